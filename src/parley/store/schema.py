"""The tables of a ledger, the same on SQLite and PostgreSQL.

Everything said in an article hangs on its row in `article` and goes with it. Spans are half-open character offsets
(`start`, `stop`) beside the characters themselves; further spans of a row, lists and evidence are JSON, a span as
`[start, stop, text]`. `n` keeps the order in which the steps found things, so that loading gives back what was stored.

Databases cannot hold every character that a file can: PostgreSQL refuses NUL, and no UTF-8 store takes half of a
surrogate pair. Each such character is kept in text columns as one U+FFFD, so that every offset holds; the source's
bytes are kept exactly, and its hash is of those bytes.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from parley.store.words import storable

VERSION = "0011"
"""The newest migration; a ledger with another one is upgraded on opening, or refused if it is newer than Parley."""


def storable_all(value: Any) -> Any:
    """Any value, or part of one, with every text in it as databases can hold it."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list | tuple):
        return [storable_all(v) for v in value]
    if isinstance(value, dict):
        return {storable(k): storable_all(v) for k, v in value.items()}
    return value


class Words(TypeDecorator[str]):
    """Text that may hold any character, compared by code point on both databases."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text(collation="C") if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """JSON: text in SQLite, where a JSON column would turn 1.0 into 1, and jsonb in PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(sa.Text())
        from sqlalchemy.dialects.postgresql import JSONB  # a tenth of a second that SQLite does not need

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        clean = storable_all(value)
        return clean if dialect.name == "postgresql" else json.dumps(clean, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else json.loads(value)


class Ordered(TypeDecorator[Any]):
    """JSON as text on both databases: jsonb forgets the order of keys, and what comparing gives is shown in its order."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: Any, _: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _: Dialect) -> Any:
        return None if value is None else json.loads(value)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def _article_key() -> sa.Column[Any]:
    return sa.Column("article", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), nullable=False)


def _named(table: str, column: str) -> sa.Index:
    """An index of the rows that name somebody. The migration leaves those out that name nobody; said here, that would load PostgreSQL."""
    return sa.Index(f"ix_{table}_{column}", column)


def _finding(name: str, *columns: sa.Column[Any] | sa.Index, judged: bool = True) -> sa.Table:
    """A table of one kind of row found in articles, each with the characters that prove it."""
    quality = [
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("method", Words, nullable=False),
        sa.Column("row_status" if name == "event" else "status", Words, nullable=False),
    ]
    return sa.Table(
        name,
        metadata,
        sa.Column("id", Words, primary_key=True),
        _article_key(),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("text", Words, nullable=False),
        *columns,
        *(quality if judged else []),
        *([sa.Index(None, quality[2].name, "confidence", "id")] if judged else []),
        sa.Index(None, "article", "start"),
    )


source = sa.Table(
    "source",
    metadata,
    sa.Column("sha256", Words, primary_key=True),
    sa.Column("file", Words, nullable=False),
    sa.Column("media", Words, nullable=False),
    sa.Column("encoding", Words, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("first_seen", Words, nullable=False),
)

article = sa.Table(
    "article",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("place", Words, nullable=False, index=True),
    sa.Column("file", Words, nullable=False),
    sa.Column("source_id", Words, nullable=False),
    sa.Column("sha256", Words, sa.ForeignKey("source.sha256"), nullable=False),
    sa.Column("page", Json, nullable=False),
    sa.Column("title", Json),
    sa.Column("title_text", Words),
    sa.Column("outlet", Words),
    sa.Column("url", Words),
    sa.Column("authors", Json, nullable=False),
    sa.Column("language", Words),
    sa.Column("dateline_place", Words),
    sa.Column("dateline", Json),
    sa.Column("published", Words),
    sa.Column("published_latest", Words),
    sa.Column("published_basis", Json, nullable=False),
    sa.Column("body_start", sa.Integer),
    sa.Column("body_stop", sa.Integer),
    sa.Column("copy_of", Words),
    sa.Column("text", Words, nullable=False),
    sa.Column("fingerprint", Words, nullable=False),
    sa.Column("run", Words, nullable=False),
    sa.Index("ix_article_published_id", sa.desc("published"), "id"),
    sa.Index("ix_article_outlet_published_id", "outlet", sa.desc("published"), "id"),
)
"""`place` orders articles by file name and record, whatever order they came in; `page` is what the source's own fields said."""

dropped = sa.Table(
    "dropped",
    metadata,
    sa.Column("article", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("stop", sa.Integer, nullable=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("step", Words, nullable=False),
)

name = sa.Table(
    "name",
    metadata,
    sa.Column("article", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", Words, primary_key=True, index=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("kind", Words, nullable=False),
    sa.Column("side", Words),
    sa.Column("role", Words),
    sa.Column("uses", sa.Integer, nullable=False),
)
"""Who an article's rows name, once an article: what linking names to actors starts from."""

date = _finding(
    "date", sa.Column("type", Words, nullable=False), sa.Column("value", Words, nullable=False), judged=False
)

statement = _finding(
    "statement",
    sa.Column("kind", Words, nullable=False),
    sa.Column("source", Json),
    sa.Column("cue", Json),
    sa.Column("content", Json, nullable=False),
    sa.Column("speaker", Words),
    sa.Column("speaker_key", Words, index=True),
    sa.Column("speaker_id", Words),
    sa.Column("speaker_role", Words),
    sa.Column("speaker_side", Words),
    sa.Column("speaker_basis", Json),
    sa.Column("addressee", Words),
    sa.Column("venue", Words),
    sa.Column("said_on", Words),
    sa.Column("via", Words),
    sa.Column("nested_in", Words),
    sa.Column("nested", sa.Boolean, nullable=False),
    _named("statement", "speaker"),
    _named("statement", "speaker_side"),
    _named("statement", "via"),
)

figure = _finding(
    "figure",
    sa.Column("value", Json),
    sa.Column("number", sa.Float),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("qualifier", Words, nullable=False),
    sa.Column("category", Words, nullable=False, index=True),
    sa.Column("population", Words),
    sa.Column("place", Words),
    sa.Column("claimant", Words),
    sa.Column("via", Words),
    sa.Column("date", Words),
    sa.Column("since", Words),
    sa.Column("until", Words),
    sa.Column("scope", Words),
    sa.Column("change", Words),
    sa.Column("part_of", Words),
    sa.Column("statement", Words),
    _named("figure", "claimant"),
    _named("figure", "place"),
)
"""`value` is what the article gives (a number, or a share as text), `number` the same where it is a number."""

position = _finding(
    "position",
    sa.Column("party", Words, nullable=False),
    sa.Column("issue", Words, nullable=False, index=True),
    sa.Column("stance", Words, nullable=False, index=True),
    sa.Column("said_by", Words),
    sa.Column("condition", Words),
    sa.Column("waits_for", Words),
    sa.Column("since", Words),
    sa.Column("statement", Words, index=True),
    _named("position", "said_by"),
    sa.Index(None, "party", "issue"),
)

event = _finding(
    "event",
    sa.Column("type", Words, nullable=False, index=True),
    sa.Column("status", Words, nullable=False, index=True),
    sa.Column("actors", Json, nullable=False),
    sa.Column("plover_type", Words),
    sa.Column("plover_mode", Words),
    sa.Column("date", Words),
    sa.Column("place", Words),
    sa.Column("statement", Words),
    _named("event", "place"),
)

wording = _finding(
    "wording",
    sa.Column("voice", Words, nullable=False, index=True),
    sa.Column("term", Words, nullable=False, index=True),
    sa.Column("referent", Words),
    sa.Column("statement", Words),
    _named("wording", "referent"),
)

passage = sa.Table(
    "passage",
    metadata,
    sa.Column("n", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("article", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("row", Words, nullable=False, index=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("text", Words, nullable=False),
)
"""What search looks through: the words of each row, and each article's title and body. The indexes are in `search.py`."""

actor = sa.Table(
    "actor",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("name", Words, nullable=False, index=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("role", Words),
    sa.Column("side", Words),
    sa.Column("aliases", Json, nullable=False),
    _named("actor", "side"),
)

link = sa.Table(
    "link",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("left", Words, nullable=False, index=True),
    sa.Column("right", Words, nullable=False, index=True),
    sa.Column("judgement", Words, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("rule", Words, nullable=False),
    sa.Column("detail", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("parley", Words, nullable=False),
    sa.Column("models", Json, nullable=False),
    sa.Column("codebooks", Json, nullable=False),
    sa.Column("settings", Words, nullable=False),
    sa.Column("started", Words, nullable=False),
    sa.Column("finished", Words),
)

linked = sa.Table(
    "linked",
    metadata,
    sa.Column("article", Words, primary_key=True),
    sa.Column("held", Words, sa.ForeignKey("article.id", ondelete="SET NULL"), index=True),
    sa.Column("keys", Ordered, nullable=False),
)
"""The articles whose names are linked, and which they are; `held` goes with the article, as in `compared`."""

name_block = sa.Table(
    "name_block",
    metadata,
    sa.Column("block", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("key", Words, primary_key=True, index=True),
)
"""The blocks of each name: names that share none have nothing to do with each other."""

failure = sa.Table(
    "failure",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("file", Words, nullable=False, index=True),
    sa.Column("record", Words),
    sa.Column("article", Words),
    sa.Column("step", Words, nullable=False),
    sa.Column("error", Words, nullable=False),
    sa.Column("run", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
)

state = sa.Table(
    "state",
    metadata,
    sa.Column("key", Words, primary_key=True),
    sa.Column("value", Words, nullable=False),
)
"""What the last resolving saw, so that nothing is resolved twice."""

# --- what comparing articles gives; everything here can be made again from the tables above ------------------------

compared = sa.Table(
    "compared",
    metadata,
    sa.Column("article", Words, primary_key=True),
    sa.Column("held", Words, sa.ForeignKey("article.id", ondelete="SET NULL"), index=True),
)
"""The articles whose rows are in `member`. An article that goes or is read again takes `held` with it: the database itself
notes what is to be compared anew."""

member = sa.Table(
    "member",
    metadata,
    sa.Column("comparison", Words, primary_key=True),
    sa.Column("block", Words, primary_key=True),
    sa.Column("article", Words, primary_key=True, index=True),
    sa.Column("items", Ordered, nullable=False),
)
"""What each article brings to each block of a comparison. No key to `article`: it must be known where a gone article was."""

touched = sa.Table(
    "touched",
    metadata,
    sa.Column("comparison", Words, primary_key=True),
    sa.Column("block", Words, primary_key=True),
)
"""Blocks whose members have changed since their results were made."""

result = sa.Table(
    "result",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("comparison", Words, nullable=False),
    sa.Column("block", Words, nullable=False),
    sa.Column("kind", Words, nullable=False),
    sa.Column("date", Words),
    sa.Column("weight", sa.Float, nullable=False),
    sa.Column("row", Ordered, nullable=False),
    sa.Index(None, "comparison", "block"),
    sa.Index(None, "kind", "weight"),
    sa.Index("ix_result_kind_date_weight_id", "kind", sa.desc("date"), sa.desc("weight"), sa.desc("id")),
)

rests = sa.Table(
    "rests",
    metadata,
    sa.Column("result", Words, sa.ForeignKey("result.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("row", Words, primary_key=True, index=True),
)
"""The rows that a result rests on."""

meant = sa.Table(
    "meant",
    metadata,
    sa.Column("key", Words, primary_key=True),
    sa.Column("actor", Words, nullable=False),
)
"""Whom each name meant when its articles were compared: id, name and side of the actor in one text."""

sketch = sa.Table(
    "sketch",
    metadata,
    sa.Column("article", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("hashes", sa.LargeBinary, nullable=False),
    sa.Column("number", sa.Integer),
    sa.Index(None, "number", "article"),
)
"""A sample of each article's shingles, by which articles that share text are found (`compare/copying/shingles.py`). `number` is given
when the article has been held against all others; by it the article stands in `bucket`."""

shelf = sa.Table(
    "shelf",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("stop", sa.Integer, nullable=False),
    sa.Column("held", sa.BigInteger, nullable=False),
    sa.Column("bits", sa.Integer, nullable=False),
)
"""Parts of the index of all sketches (`compare/copying/candidates.py`): of the articles numbered `[first, stop)`, so many entries in
`2 ** bits` buckets."""

bucket = sa.Table(
    "bucket",
    metadata,
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("bucket", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("held", sa.LargeBinary, nullable=False),
)
"""Entries of a part: hash and number, four bytes each, little end first."""

copy = sa.Table(
    "copy",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("left", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("right", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("kind", Words, nullable=False, index=True),
    sa.Column("origin", Words),
    sa.Column("left_share", sa.Float, nullable=False),
    sa.Column("right_share", sa.Float, nullable=False),
    sa.Column("passages", Ordered, nullable=False),
    sa.Column("rule", Words, nullable=False),
    sa.Column("detail", Words, nullable=False),
)
"""Two articles that share text: `origin` is the one that had it first where that can be told, a share is of that
article's own words, and a passage is `[[start, stop], [start, stop]]`, left and right."""

# --- people's last word ---------------------------------------------------------------------------------------------

judgement = sa.Table(
    "judgement",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("at", Words, nullable=False, index=True),
    sa.Column("by", Words, nullable=False),
    sa.Column("act", Words, nullable=False),
    sa.Column("why", Words, nullable=False),
    sa.Column("kind", Words, nullable=False, index=True),
    sa.Column("about", Words, nullable=False, index=True),
    sa.Column("case", Words, nullable=False, index=True),
    sa.Column("changes", Ordered),
    sa.Column("others", Ordered, nullable=False),
    sa.Column("undoes", Words),
    sa.Column("anchor", Ordered, nullable=False),
    sa.Column("machine", Ordered),
    sa.Index(None, "by", "at"),
)
"""What people judged, entry by entry: nothing is ever changed or taken out here, an undo is an entry too. `case` holds together
what was said of one row, whatever its id is by now; `anchor` is where it stands in print, `machine` the row as Parley had it."""

anchored = sa.Table(
    "anchored",
    metadata,
    sa.Column("case", Words, primary_key=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("article", Words, nullable=False, index=True),
    sa.Column("sha256", Words, nullable=False, index=True),
    sa.Column("file", Words, nullable=False, index=True),
    sa.Column("source_id", Words, nullable=False),
    sa.Column("url", Words, index=True),
    sa.Column("row", Words, index=True),
    sa.Column("state", Words, nullable=False, index=True),
    sa.Column("told", Words, nullable=False),
)
"""Where each case stands now: `state` is here, moved, kept, agreed or lost, `told` the reason in a sentence. Can be made again
from the log and the rows."""

judged = sa.Table(
    "judged",
    metadata,
    sa.Column("row", Words, primary_key=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("article", Words, sa.ForeignKey("article.id", ondelete="CASCADE"), index=True),
    sa.Column("machine", Ordered),
    sa.Column("status", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("why", Words, nullable=False),
    sa.Column("kept", sa.Boolean, nullable=False),
    sa.Column("disputed", sa.Boolean, nullable=False, index=True),
    sa.Column("differs", Ordered, nullable=False),
)
"""The rows that show a person's word: what Parley has beside it (`machine`, nothing where it finds no such row any more), whose
word it is, whether people disagree, and in which fields Parley says something else by now than when it was judged."""

# --- dossiers -------------------------------------------------------------------------------------------------------

dossier = sa.Table(
    "dossier",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("note", Words, nullable=False),
    sa.Column("made", Words, nullable=False),
    sa.Column("changed", Words, nullable=False, index=True),
    sa.Column("removed", Words),
)
"""What people collect for one purpose. `removed` is when it was taken away; it can be brought back."""

dossier_entry = sa.Table(
    "dossier_entry",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("dossier", Words, sa.ForeignKey("dossier.id", ondelete="CASCADE"), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("kind", Words, nullable=False),
    sa.Column("about", Words, index=True),
    sa.Column("heading", Words),
    sa.Column("note", Words, nullable=False),
    sa.Column("added", Words, nullable=False),
    sa.Column("by", Words),
    sa.Column("removed", Words),
    sa.Column("anchor", Ordered),
    sa.Column("held", Ordered),
    sa.Index(None, "dossier", "place"),
)
"""A row that was collected, or a heading between rows (`kind`). No key to the row or its article: an entry outlives them.
`anchor` is where the row stands in print, as of a judgement; `held` is the row and its article as they were when collected."""

FINDINGS = {str(t.name): t for t in (statement, figure, position, event, wording, date)}
"""The tables of rows found in articles, in the order in which an export has them."""
