"""People's last word: the log of judgements, where each stands now, and the rows that show one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

LAYERS = {"statement": "status", "figure": "status", "position": "status", "event": "row_status", "wording": "status"}


def words() -> sa.Text:
    """Text compared by code point on both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", words(), nullable=False),
        sa.Column("at", words(), nullable=False),
        sa.Column("by", words(), nullable=False),
        sa.Column("act", words(), nullable=False),
        sa.Column("why", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("about", words(), nullable=False),
        sa.Column("case", words(), nullable=False),
        sa.Column("changes", words(), nullable=True),
        sa.Column("others", words(), nullable=False),
        sa.Column("undoes", words(), nullable=True),
        sa.Column("anchor", words(), nullable=False),
        sa.Column("machine", words(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    for column in ("at", "about", "case"):
        op.create_index(op.f(f"ix_judgement_{column}"), "judgement", [column])
    op.create_table(
        "anchored",
        sa.Column("case", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("sha256", words(), nullable=False),
        sa.Column("file", words(), nullable=False),
        sa.Column("source_id", words(), nullable=False),
        sa.Column("url", words(), nullable=True),
        sa.Column("row", words(), nullable=True),
        sa.Column("state", words(), nullable=False),
        sa.Column("told", words(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_anchored")),
    )
    for column in ("article", "sha256", "file", "url", "row", "state"):
        op.create_index(op.f(f"ix_anchored_{column}"), "anchored", [column])
    op.create_table(
        "judged",
        sa.Column("row", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("article", words(), nullable=True),
        sa.Column("machine", words(), nullable=True),
        sa.Column("status", words(), nullable=False),
        sa.Column("by", words(), nullable=False),
        sa.Column("at", words(), nullable=False),
        sa.Column("why", words(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("differs", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_judged_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_judged")),
    )
    op.create_index(op.f("ix_judged_article"), "judged", ["article"])
    for layer, status in LAYERS.items():
        op.create_index(op.f(f"ix_{layer}_{status}_confidence_id"), layer, [status, "confidence", "id"])


def downgrade() -> None:
    for layer, status in LAYERS.items():
        op.drop_index(op.f(f"ix_{layer}_{status}_confidence_id"), layer)
    for table in ("judged", "anchored", "judgement"):
        op.drop_table(table)
