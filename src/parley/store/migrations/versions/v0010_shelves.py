"""Who has which hash of the sketches, in an index of its own: finding copies had read all sketches again and again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("sketch", sa.Column("number", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_sketch_number_article"), "sketch", ["number", "article"])
    op.create_table(
        "shelf",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("bits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf")),
    )
    op.create_table(
        "bucket",
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("held", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("part", "bucket", name=op.f("pk_bucket")),
    )


def downgrade() -> None:
    op.drop_table("bucket")
    op.drop_table("shelf")
    op.drop_index(op.f("ix_sketch_number_article"), "sketch")
    op.drop_column("sketch", "number")
