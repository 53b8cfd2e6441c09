"""Rows by what they are chosen by: positions by issue, stance and statement, events by status, labels by voice,
statements that were passed on."""

from alembic import op

revision = "0009"
down_revision = "0008"

CHOSEN_BY = (
    ("position", "issue"),
    ("position", "stance"),
    ("position", "statement"),
    ("event", "status"),
    ("wording", "voice"),
)
"""Without an index a value that few rows have, or none, is looked for in every row."""


def upgrade() -> None:
    for table, column in CHOSEN_BY:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.execute("CREATE INDEX ix_statement_via ON statement (via) WHERE via IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_statement_via", "statement")
    for table, column in CHOSEN_BY:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
