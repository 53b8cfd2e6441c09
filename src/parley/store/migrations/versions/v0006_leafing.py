"""Leafing through a million articles: rows by day, names by a part of them, results by day.

Names that rows are chosen by stand once in `spelling` on SQLite, with a trigram index, and each column has an index to find its
rows; on PostgreSQL trigram indexes stand on the columns themselves, where the server has pg_trgm.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SPELT = {
    "statement": ("speaker", "speaker_side"),
    "figure": ("claimant", "place"),
    "position": ("party", "said_by"),
    "event": ("place",),
    "wording": ("term", "referent"),
    "actor": ("name", "side"),
}
"""Columns that hold names of which people give a part. Those of `OWN` have an index already."""
OWN = (("position", "party"), ("wording", "term"), ("actor", "name"))
DAYS = (
    ("ix_article_published_id", "article", "published DESC, id"),
    ("ix_article_outlet_published_id", "article", "outlet, published DESC, id"),
    ("ix_result_kind_date_weight_id", "result", "kind, date DESC, weight DESC, id"),
)
"""Orders in which pages are leafed through."""
BEFORE = (
    ("ix_article_published", "article", "published"),
    ("ix_article_outlet", "article", "outlet"),
    ("ix_result_kind_date", "result", "kind, date"),
)
"""What they take the place of."""
SPELLING = (
    "CREATE TABLE spelling (n INTEGER PRIMARY KEY, text TEXT NOT NULL, folded TEXT NOT NULL)",
    "CREATE UNIQUE INDEX ix_spelling_text ON spelling (text)",
    "CREATE VIRTUAL TABLE spelling_trigrams USING fts5(folded, content='spelling', content_rowid='n', "
    "tokenize='trigram', detail='none')",
    "CREATE TRIGGER spelling_added AFTER INSERT ON spelling BEGIN "
    "INSERT INTO spelling_trigrams(rowid, folded) VALUES (new.n, new.folded); END",
)


def words() -> sa.Text:
    """Text compared by code point on both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name, table, order in DAYS:
        op.execute(f"CREATE INDEX {name} ON {table} ({order})")
    for name, _, _ in BEFORE:
        op.execute(f"DROP INDEX {name}")
    op.create_index("ix_copy_kind", "copy", ["kind"])
    for table, column in _new():
        op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column}) WHERE {column} IS NOT NULL")
    if op.get_bind().dialect.name == "sqlite":
        _spelling()
    else:
        _trigrams_if_allowed()


def _new() -> list[tuple[str, str]]:
    return [(table, column) for table, columns in SPELT.items() for column in columns if (table, column) not in OWN]


def _spelling() -> None:
    for statement in SPELLING:
        op.execute(statement)
    for table, columns in SPELT.items():
        for column in columns:
            held = f"SELECT DISTINCT {column}, lower({column}) FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608
            op.execute(f"INSERT OR IGNORE INTO spelling (text, folded) {held}")
        kept = " ".join(
            f"INSERT OR IGNORE INTO spelling (text, folded) SELECT new.{c}, lower(new.{c}) WHERE new.{c} IS NOT NULL;"  # noqa: S608
            for c in columns
        )
        op.execute(f"CREATE TRIGGER spelling_{table}_added AFTER INSERT ON {table} BEGIN {kept} END")
        changed = ", ".join(columns)
        op.execute(f"CREATE TRIGGER spelling_{table}_changed AFTER UPDATE OF {changed} ON {table} BEGIN {kept} END")


def _trigrams_if_allowed() -> None:
    """Indexes for parts of names, where the server has pg_trgm and lets this user have it; pages are right without, and slower."""
    connection = op.get_bind()
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            for table, columns in SPELT.items():
                for column in columns:
                    made = f"ix_{table}_{column}_trigrams ON {table} USING gin (lower({column}) gin_trgm_ops)"
                    connection.execute(sa.text(f"CREATE INDEX {made}"))
    except sa.exc.DBAPIError:
        return


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in SPELT:
            op.execute(f"DROP TRIGGER spelling_{table}_added")
            op.execute(f"DROP TRIGGER spelling_{table}_changed")
        op.execute("DROP TABLE spelling_trigrams")
        op.execute("DROP TABLE spelling")
    else:
        for table in SPELT:
            for column in SPELT[table]:
                op.execute(f"DROP INDEX IF EXISTS ix_{table}_{column}_trigrams")
    for table, column in _new():
        op.drop_index(f"ix_{table}_{column}", table)
    op.drop_index("ix_copy_kind", "copy")
    for name, table, order in BEFORE:
        op.execute(f"CREATE INDEX {name} ON {table} ({order})")
    for name, _, _ in DAYS:
        op.execute(f"DROP INDEX {name}")
