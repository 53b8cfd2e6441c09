"""Words by the kind of row that has them: of a frequent word, those of one kind are met without reading the others.

On SQLite the index of words knows the kind of each passage; on PostgreSQL each kind but the articles', of which it holds most, has one of its own.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

KINDS = ("statement", "figure", "position", "event", "wording")
INDEX = "CREATE VIRTUAL TABLE passage_words USING fts5({columns}, content='passage', content_rowid='n', tokenize='unicode61')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _indexed("text", "kind")
        return
    for kind in KINDS:
        made = f"ix_passage_words_{kind} ON passage USING gin (to_tsvector('simple', text)) WHERE kind = '{kind}'"
        op.execute(f"CREATE INDEX {made}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _indexed("text")
        return
    for kind in KINDS:
        op.execute(f"DROP INDEX ix_passage_words_{kind}")


def _indexed(*columns: str) -> None:
    """Make the index of words anew over these columns, and what keeps it."""
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
    for statement in (
        "DROP TRIGGER passage_added",
        "DROP TRIGGER passage_removed",
        "DROP TABLE passage_words",
        INDEX.format(columns=names),
        "INSERT INTO passage_words(passage_words) VALUES ('rebuild')",
        "CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN"
        f" INSERT INTO passage_words(rowid, {names}) VALUES (new.n, {new});"
        " INSERT INTO passage_trigrams(rowid, text) VALUES (new.n, new.text); END",
        "CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN"
        f" INSERT INTO passage_words(passage_words, rowid, {names}) VALUES ('delete', old.n, {old});"
        " INSERT INTO passage_trigrams(passage_trigrams, rowid, text) VALUES ('delete', old.n, old.text); END",
    ):
        op.execute(statement)
