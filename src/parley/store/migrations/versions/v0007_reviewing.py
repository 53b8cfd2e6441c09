"""Review among many judgements: the log by kind and by person, and the rows on which people disagree."""

from alembic import op

revision = "0007"
down_revision = "0006"

INDEXES = (
    ("ix_judgement_kind", "judgement", ["kind"]),
    ("ix_judgement_by_at", "judgement", ["by", "at"]),
    ("ix_judged_disputed", "judged", ["disputed"]),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(op.f(name), table, columns)


def downgrade() -> None:
    for name, table, _ in reversed(INDEXES):
        op.drop_index(op.f(name), table_name=table)
