"""What comparing articles gives: members of blocks, results, whom names meant, sketches and copies."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = ("copy", "sketch", "meant", "rests", "result", "touched", "member", "compared")


def words() -> sa.Text:
    """Text compared by code point on both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "compared",
        sa.Column("article", words(), nullable=False),
        sa.Column("held", words(), nullable=True),
        sa.ForeignKeyConstraint(["held"], ["article.id"], name=op.f("fk_compared_held"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_compared")),
    )
    op.create_index(op.f("ix_compared_held"), "compared", ["held"])
    op.create_table(
        "member",
        sa.Column("comparison", words(), nullable=False),
        sa.Column("block", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("items", words(), nullable=False),
        sa.PrimaryKeyConstraint("comparison", "block", "article", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_article"), "member", ["article"])
    op.create_table(
        "touched",
        sa.Column("comparison", words(), nullable=False),
        sa.Column("block", words(), nullable=False),
        sa.PrimaryKeyConstraint("comparison", "block", name=op.f("pk_touched")),
    )
    op.create_table(
        "result",
        sa.Column("id", words(), nullable=False),
        sa.Column("comparison", words(), nullable=False),
        sa.Column("block", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("date", words(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("row", words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
    )
    op.create_index(op.f("ix_result_comparison_block"), "result", ["comparison", "block"])
    op.create_index(op.f("ix_result_kind_weight"), "result", ["kind", "weight"])
    op.create_index(op.f("ix_result_kind_date"), "result", ["kind", "date"])
    op.create_table(
        "rests",
        sa.Column("result", words(), nullable=False),
        sa.Column("row", words(), nullable=False),
        sa.ForeignKeyConstraint(["result"], ["result.id"], name=op.f("fk_rests_result"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("result", "row", name=op.f("pk_rests")),
    )
    op.create_index(op.f("ix_rests_row"), "rests", ["row"])
    op.create_table(
        "meant",
        sa.Column("key", words(), nullable=False),
        sa.Column("actor", words(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meant")),
    )
    op.create_table(
        "sketch",
        sa.Column("article", words(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_sketch_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_sketch")),
    )
    op.create_table(
        "copy",
        sa.Column("id", words(), nullable=False),
        sa.Column("left", words(), nullable=False),
        sa.Column("right", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("origin", words(), nullable=True),
        sa.Column("left_share", sa.Float(), nullable=False),
        sa.Column("right_share", sa.Float(), nullable=False),
        sa.Column("passages", words(), nullable=False),
        sa.Column("rule", words(), nullable=False),
        sa.Column("detail", words(), nullable=False),
        sa.ForeignKeyConstraint(["left"], ["article.id"], name=op.f("fk_copy_left"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["right"], ["article.id"], name=op.f("fk_copy_right"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy")),
    )
    op.create_index(op.f("ix_copy_left"), "copy", ["left"])
    op.create_index(op.f("ix_copy_right"), "copy", ["right"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
