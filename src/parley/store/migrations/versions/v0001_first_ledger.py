"""The first schema: sources, articles, their rows, actors, links, runs and failures, and what search looks through.

A migration is never edited once it has shipped: it says itself what it makes, and does not look at `schema.py`.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

TABLES = (
    *("passage", "wording", "event", "position", "figure", "statement", "date", "name", "dropped", "article", "source"),
    *("actor", "link", "run", "failure", "state"),
)

SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE passage_words USING fts5(text, content='passage', content_rowid='n', tokenize='unicode61')",
    # detail=none: a third of the size, and LIKE checks what it finds against the passage.
    "CREATE VIRTUAL TABLE passage_trigrams USING fts5("
    "text, content='passage', content_rowid='n', tokenize='trigram', detail='none')",
    "CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN"
    " INSERT INTO passage_words(rowid, text) VALUES (new.n, new.text);"
    " INSERT INTO passage_trigrams(rowid, text) VALUES (new.n, new.text); END",
    "CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN"
    " INSERT INTO passage_words(passage_words, rowid, text) VALUES ('delete', old.n, old.text);"
    " INSERT INTO passage_trigrams(passage_trigrams, rowid, text) VALUES ('delete', old.n, old.text); END",
)


def words() -> sa.Text:
    """Text compared by code point on both databases."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def nested() -> sa.Text:
    """JSON: text in SQLite, jsonb in PostgreSQL."""
    return sa.Text().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", words(), nullable=False),
        sa.Column("name", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("role", words(), nullable=True),
        sa.Column("side", words(), nullable=True),
        sa.Column("aliases", nested(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
    )
    op.create_index(op.f("ix_actor_name"), "actor", ["name"], unique=False)
    op.create_table(
        "failure",
        sa.Column("id", words(), nullable=False),
        sa.Column("file", words(), nullable=False),
        sa.Column("record", words(), nullable=True),
        sa.Column("article", words(), nullable=True),
        sa.Column("step", words(), nullable=False),
        sa.Column("error", words(), nullable=False),
        sa.Column("run", words(), nullable=False),
        sa.Column("at", words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failure")),
    )
    op.create_index(op.f("ix_failure_file"), "failure", ["file"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", words(), nullable=False),
        sa.Column("left", words(), nullable=False),
        sa.Column("right", words(), nullable=False),
        sa.Column("judgement", words(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rule", words(), nullable=False),
        sa.Column("detail", words(), nullable=False),
        sa.Column("by", words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_left"), "link", ["left"], unique=False)
    op.create_index(op.f("ix_link_right"), "link", ["right"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", words(), nullable=False),
        sa.Column("parley", words(), nullable=False),
        sa.Column("models", nested(), nullable=False),
        sa.Column("codebooks", nested(), nullable=False),
        sa.Column("settings", words(), nullable=False),
        sa.Column("started", words(), nullable=False),
        sa.Column("finished", words(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "source",
        sa.Column("sha256", words(), nullable=False),
        sa.Column("file", words(), nullable=False),
        sa.Column("media", words(), nullable=False),
        sa.Column("encoding", words(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen", words(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_source")),
    )
    op.create_table(
        "state",
        sa.Column("key", words(), nullable=False),
        sa.Column("value", words(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_state")),
    )
    op.create_table(
        "article",
        sa.Column("id", words(), nullable=False),
        sa.Column("place", words(), nullable=False),
        sa.Column("file", words(), nullable=False),
        sa.Column("source_id", words(), nullable=False),
        sa.Column("sha256", words(), nullable=False),
        sa.Column("page", nested(), nullable=False),
        sa.Column("title", nested(), nullable=True),
        sa.Column("title_text", words(), nullable=True),
        sa.Column("outlet", words(), nullable=True),
        sa.Column("url", words(), nullable=True),
        sa.Column("authors", nested(), nullable=False),
        sa.Column("language", words(), nullable=True),
        sa.Column("dateline_place", words(), nullable=True),
        sa.Column("dateline", nested(), nullable=True),
        sa.Column("published", words(), nullable=True),
        sa.Column("published_latest", words(), nullable=True),
        sa.Column("published_basis", nested(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=True),
        sa.Column("body_stop", sa.Integer(), nullable=True),
        sa.Column("copy_of", words(), nullable=True),
        sa.Column("text", words(), nullable=False),
        sa.Column("fingerprint", words(), nullable=False),
        sa.Column("run", words(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["source.sha256"], name=op.f("fk_article_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index(op.f("ix_article_outlet"), "article", ["outlet"], unique=False)
    op.create_index(op.f("ix_article_place"), "article", ["place"], unique=False)
    op.create_index(op.f("ix_article_published"), "article", ["published"], unique=False)
    op.create_table(
        "date",
        sa.Column("id", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("type", words(), nullable=False),
        sa.Column("value", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_date_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date")),
    )
    op.create_index(op.f("ix_date_article_start"), "date", ["article", "start"], unique=False)
    op.create_table(
        "dropped",
        sa.Column("article", words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("reason", words(), nullable=False),
        sa.Column("step", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_dropped_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", name=op.f("pk_dropped")),
    )
    op.create_table(
        "event",
        sa.Column("id", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("type", words(), nullable=False),
        sa.Column("status", words(), nullable=False),
        sa.Column("actors", nested(), nullable=False),
        sa.Column("plover_type", words(), nullable=True),
        sa.Column("plover_mode", words(), nullable=True),
        sa.Column("date", words(), nullable=True),
        sa.Column("place", words(), nullable=True),
        sa.Column("statement", words(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("method", words(), nullable=False),
        sa.Column("row_status", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_event_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_article_start"), "event", ["article", "start"], unique=False)
    op.create_index(op.f("ix_event_type"), "event", ["type"], unique=False)
    op.create_table(
        "figure",
        sa.Column("id", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("value", nested(), nullable=True),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("qualifier", words(), nullable=False),
        sa.Column("category", words(), nullable=False),
        sa.Column("population", words(), nullable=True),
        sa.Column("place", words(), nullable=True),
        sa.Column("claimant", words(), nullable=True),
        sa.Column("via", words(), nullable=True),
        sa.Column("date", words(), nullable=True),
        sa.Column("since", words(), nullable=True),
        sa.Column("until", words(), nullable=True),
        sa.Column("scope", words(), nullable=True),
        sa.Column("change", words(), nullable=True),
        sa.Column("part_of", words(), nullable=True),
        sa.Column("statement", words(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("method", words(), nullable=False),
        sa.Column("status", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_figure_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
    )
    op.create_index(op.f("ix_figure_article_start"), "figure", ["article", "start"], unique=False)
    op.create_index(op.f("ix_figure_category"), "figure", ["category"], unique=False)
    op.create_table(
        "name",
        sa.Column("article", words(), nullable=False),
        sa.Column("key", words(), nullable=False),
        sa.Column("name", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("side", words(), nullable=True),
        sa.Column("role", words(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_name_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "key", name=op.f("pk_name")),
    )
    op.create_index(op.f("ix_name_key"), "name", ["key"], unique=False)
    op.create_table(
        "passage",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("row", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_passage_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_passage")),
    )
    op.create_index(op.f("ix_passage_article"), "passage", ["article"], unique=False)
    op.create_index(op.f("ix_passage_row"), "passage", ["row"], unique=False)
    op.create_table(
        "position",
        sa.Column("id", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("party", words(), nullable=False),
        sa.Column("issue", words(), nullable=False),
        sa.Column("stance", words(), nullable=False),
        sa.Column("said_by", words(), nullable=True),
        sa.Column("condition", words(), nullable=True),
        sa.Column("since", words(), nullable=True),
        sa.Column("statement", words(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("method", words(), nullable=False),
        sa.Column("status", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_position_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    op.create_index(op.f("ix_position_article_start"), "position", ["article", "start"], unique=False)
    op.create_index(op.f("ix_position_party_issue"), "position", ["party", "issue"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("source", nested(), nullable=True),
        sa.Column("cue", nested(), nullable=True),
        sa.Column("content", nested(), nullable=False),
        sa.Column("speaker", words(), nullable=True),
        sa.Column("speaker_key", words(), nullable=True),
        sa.Column("speaker_id", words(), nullable=True),
        sa.Column("speaker_role", words(), nullable=True),
        sa.Column("speaker_side", words(), nullable=True),
        sa.Column("speaker_basis", nested(), nullable=True),
        sa.Column("addressee", words(), nullable=True),
        sa.Column("venue", words(), nullable=True),
        sa.Column("said_on", words(), nullable=True),
        sa.Column("via", words(), nullable=True),
        sa.Column("nested_in", words(), nullable=True),
        sa.Column("nested", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("method", words(), nullable=False),
        sa.Column("status", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_statement_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_article_start"), "statement", ["article", "start"], unique=False)
    op.create_index(op.f("ix_statement_speaker_key"), "statement", ["speaker_key"], unique=False)
    op.create_table(
        "wording",
        sa.Column("id", words(), nullable=False),
        sa.Column("article", words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("voice", words(), nullable=False),
        sa.Column("term", words(), nullable=False),
        sa.Column("referent", words(), nullable=True),
        sa.Column("statement", words(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("method", words(), nullable=False),
        sa.Column("status", words(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name=op.f("fk_wording_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
    )
    op.create_index(op.f("ix_wording_article_start"), "wording", ["article", "start"], unique=False)
    op.create_index(op.f("ix_wording_term"), "wording", ["term"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE_SEARCH:
            op.execute(statement)
    else:
        op.execute("CREATE INDEX ix_passage_words ON passage USING gin (to_tsvector('simple', text))")
        _trigrams_if_allowed()


def _trigrams_if_allowed() -> None:
    """An index for words inside words, where the server has pg_trgm and lets this user have it; search works without."""
    connection = op.get_bind()
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            connection.execute(sa.text("CREATE INDEX ix_passage_trigrams ON passage USING gin (text gin_trgm_ops)"))
    except sa.exc.DBAPIError:
        return


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_words")
        op.execute("DROP TABLE passage_trigrams")
    for table in TABLES:
        op.drop_table(table)
