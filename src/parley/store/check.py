"""Looking a ledger over: the database itself, what rows refer to, every source against its hash, every span against its text.

Articles are read some at a time, so that a million take no more memory than a hundred. Nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.store import schema as t
from parley.store.words import storable

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

AT_ONCE = 100
"""Articles that are held at a time, each with its source and rows."""

SHOWN = 20
"""Rows that are named where many are wrong in one way."""

Told = Callable[[int, int], None]

_MEND = "restore it from a copy, or save what can be read as docs/reliability.md says, and build again: what is whole is not read twice"


def problems(ledger: Ledger, *, told: Told | None = None) -> Iterator[str]:
    """One sentence for each thing that is wrong; nothing for a sound ledger."""
    with ledger._reading() as connection:
        try:
            count = int(connection.execute(sa.select(sa.func.count()).select_from(t.article)).scalar_one())
            if told is not None:
                told(0, count)
            yield from _database(connection)
            yield from _references(connection)
            yield from _articles(connection, told or _nothing, count)
        except sa.exc.DatabaseError as error:
            said = " ".join(str(error.orig).split())
            yield f"the database is damaged, or went away, and cannot be read further: {said}; {_MEND}"


def _nothing(_: int, __: int) -> None:
    """Whoever does not listen is not told."""


# --- the database -----------------------------------------------------------------------------------------------------


def _database(connection: Connection) -> Iterator[str]:
    """Damaged pages, indexes that miss rows, and rows that belong to none."""
    if connection.dialect.name != "sqlite":
        return
    damaged = 0
    for (found,) in connection.exec_driver_sql(f"PRAGMA integrity_check({SHOWN})"):
        if found != "ok":
            damaged += 1
            yield f"the database file is damaged: {' '.join(str(found).split())}"
    for name in _search_indexes(connection):
        if not _index_is_whole(connection, name):
            damaged += 1
            yield f"the search index {name!r} is damaged, or does not hold what the rows hold"
    if damaged:
        yield f"the database file is damaged: {_MEND}"
    orphans: dict[tuple[str, str], int] = defaultdict(int)
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        orphans[table, parent] += 1
    for (table, parent), count in sorted(orphans.items()):
        yield f"{_many(count, f'row of {table!r}', f'rows of {table!r}')} belong to a row of {parent!r} that is not here"


def _search_indexes(connection: Connection) -> list[str]:
    asked = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%' ORDER BY name"
    return [str(name) for (name,) in connection.exec_driver_sql(asked)]


def _index_is_whole(connection: Connection, name: str) -> bool:
    """What SQLite's own check of pages passes over; nothing is written. A ledger that can only be read keeps it to itself."""
    try:
        connection.exec_driver_sql(f'INSERT INTO "{name}"("{name}", rank) VALUES (\'integrity-check\', 1)')  # noqa: S608 - a name of our own schema
    except sa.exc.DatabaseError as error:
        return "readonly" in str(error.orig) or "locked" in str(error.orig)
    return True


REFERENCES = (
    ("passage", "row", "what search finds", (*t.FINDINGS, "article")),
    *(
        (kind, "statement", f"the statement that a {kind} stands in", ("statement",))
        for kind in ("figure", "position", "event", "wording")
    ),
    ("statement", "nested_in", "the statement that one stands in", ("statement",)),
    ("link", "right", "the actor whom a name means", ("actor",)),
    ("copy", "origin", "the article that was copied", ("article",)),
)
"""What rows name without the database seeing to it: table, column, what it is, and where that is kept."""


def _references(connection: Connection) -> Iterator[str]:
    """Rows that name others which are not here."""
    for name, column, what, kept in REFERENCES:
        table = t.metadata.tables[name]
        there = [t.metadata.tables[k].alias() for k in kept]
        missing = sa.select(table.c[column]).where(table.c[column].is_not(None))
        for other in there:
            missing = missing.where(~sa.select(other.c.id).where(other.c.id == table.c[column]).exists())
        gone = connection.execute(missing.limit(SHOWN + 1)).scalars().all()
        if gone:
            some = f"at least {SHOWN}" if len(gone) > SHOWN else str(len(gone))
            yield f"{what} is not here, of {some} rows of {name!r}: {', '.join(gone[:3])}"


def _many(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


# --- its articles -----------------------------------------------------------------------------------------------------


def _articles(connection: Connection, told: Told, count: int) -> Iterator[str]:
    seen, last = 0, ""
    while some := _next(connection, last):
        yield from _batch(connection, some)
        seen, last = seen + len(some), some[-1]["id"]
        told(min(seen, count), count)


def _next(connection: Connection, after: str) -> Sequence[Mapping[Any, Any]]:
    a = t.article.c
    wanted = sa.select(a.id, a.sha256, a.text, a.body_start, a.body_stop, a.title).where(a.id > after)
    return connection.execute(wanted.order_by(a.id).limit(AT_ONCE)).mappings().all()


def _batch(connection: Connection, some: Sequence[Mapping[Any, Any]]) -> Iterator[str]:
    ids = [a["id"] for a in some]
    first = {a["sha256"]: a["id"] for a in reversed(some)}
    held = connection.execute(sa.select(t.source).where(t.source.c.sha256.in_(list(first)))).mappings()
    sources = {row["sha256"]: row for row in held}
    for sha256, article in first.items():
        yield from _source_problems(article, sha256, sources.get(sha256))
    for article in some:
        yield from _text_problems(article, sources.get(article["sha256"]))
    texts = {a["id"]: a["text"] for a in some}
    for kind, table in {**t.FINDINGS, "dropped": t.dropped}.items():
        for row in connection.execute(sa.select(table).where(table.c.article.in_(ids))).mappings():
            yield from (f"{row['article']}: {wrong}" for wrong in _row_problems(kind, row, texts[row["article"]]))


def _source_problems(article: str, sha256: str, source: Mapping[Any, Any] | None) -> Iterator[str]:
    if source is None:
        yield f"{article}: its source {sha256} is not here"
        return
    try:
        data = zlib.decompress(source["bytes"])
    except zlib.error as error:
        yield f"{article}: its source {sha256} is damaged: {error}"
        return
    if hashlib.sha256(data).hexdigest() != sha256:
        yield f"{article}: its source is not what its hash {sha256} says"
    elif len(data) != source["size"]:
        yield f"{article}: its source {sha256} has {len(data)} bytes, not {source['size']}"


def _text_problems(article: Mapping[Any, Any], source: Mapping[Any, Any] | None) -> Iterator[str]:
    """The text in which spans count is that of the source, where a source is its text or a record that holds it."""
    text = article["text"]
    title, body = article["title"], (article["body_start"], article["body_stop"])
    if title and text[title[0] : title[1]] != title[2]:
        yield f"{article['id']}: its title's span {title[0]}-{title[1]} is not its title"
    if body[0] is not None and not 0 <= body[0] <= body[1] <= len(text):
        yield f"{article['id']}: its body {body[0]}-{body[1]} is not within its text"
    if source is not None and _text_is_elsewhere(text, source):
        yield f"{article['id']}: its text is not the text of its source {source['sha256']}"


def _text_is_elsewhere(text: str, source: Mapping[Any, Any]) -> bool:
    try:
        told = zlib.decompress(source["bytes"]).decode(source["encoding"])
    except (zlib.error, UnicodeDecodeError, LookupError):
        return False  # damaged, which is told; or read with replacements, or by another reader
    if source["media"] == "text":
        return text not in storable(told).removeprefix("\ufeff") and text not in storable(told)
    if source["media"] == "record" and told.startswith("{"):
        try:
            record = json.loads(told)
        except ValueError:
            return False
        return isinstance(record, dict) and text not in {storable(v) for v in record.values() if isinstance(v, str)}
    return False


def _row_problems(kind: str, row: Mapping[Any, Any], text: str) -> Iterator[str]:
    spans = [[row["start"], row["stop"], row["text"]]]
    if kind == "statement":
        spans = [*row["content"], *(s for s in (row["source"], row["cue"]) if s)]
    for start, stop, words in spans:
        if text[start:stop] != words:
            yield f"{kind} {row.get('id', row['n'])}: its span {start}-{stop} is “{text[start:stop]}”, not “{words}”"
