"""A position with a condition names the position that it waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def words() -> sa.Text:
    """Text compared by code point on both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("position", sa.Column("waits_for", words(), nullable=True))


def downgrade() -> None:
    op.drop_column("position", "waits_for")
