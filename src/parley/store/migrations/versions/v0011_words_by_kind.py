"""Words by the kind of row that has them: of a frequent word, those of one kind are met without reading the others.

The index of words of a SQLite ledger knows the kind of each passage. PostgreSQL looks at each passage anyway, and stays as it is.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

INDEX = "CREATE VIRTUAL TABLE passage_words USING fts5({columns}, content='passage', content_rowid='n', tokenize='unicode61')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _indexed("text", "kind")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _indexed("text")


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
