"""Names are linked where they changed: which articles' names are linked, and the blocks of each name."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def words() -> sa.Text:
    """Text compared by code point on both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "linked",
        sa.Column("article", words(), nullable=False),
        sa.Column("held", words(), nullable=True),
        sa.Column("keys", words(), nullable=False),
        sa.ForeignKeyConstraint(["held"], ["article.id"], name=op.f("fk_linked_held"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_linked")),
    )
    op.create_index(op.f("ix_linked_held"), "linked", ["held"])
    op.create_table(
        "name_block",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", words(), nullable=False),
        sa.PrimaryKeyConstraint("block", "key", name=op.f("pk_name_block")),
    )
    op.create_index(op.f("ix_name_block_key"), "name_block", ["key"])


def downgrade() -> None:
    op.drop_table("name_block")
    op.drop_table("linked")
