"""Dossiers: rows that people collect, in their order, with notes and headings, each anchored in print."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def words() -> sa.Text:
    """Text compared by code point on both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", words(), nullable=False),
        sa.Column("name", words(), nullable=False),
        sa.Column("note", words(), nullable=False),
        sa.Column("made", words(), nullable=False),
        sa.Column("changed", words(), nullable=False),
        sa.Column("removed", words(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
    )
    op.create_index(op.f("ix_dossier_changed"), "dossier", ["changed"])
    op.create_table(
        "dossier_entry",
        sa.Column("id", words(), nullable=False),
        sa.Column("dossier", words(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("about", words(), nullable=True),
        sa.Column("heading", words(), nullable=True),
        sa.Column("note", words(), nullable=False),
        sa.Column("added", words(), nullable=False),
        sa.Column("by", words(), nullable=True),
        sa.Column("removed", words(), nullable=True),
        sa.Column("anchor", words(), nullable=True),
        sa.Column("held", words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.id"], name=op.f("fk_dossier_entry_dossier"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_entry")),
    )
    op.create_index(op.f("ix_dossier_entry_about"), "dossier_entry", ["about"])
    op.create_index(op.f("ix_dossier_entry_dossier_place"), "dossier_entry", ["dossier", "place"])


def downgrade() -> None:
    op.drop_table("dossier_entry")
    op.drop_table("dossier")
