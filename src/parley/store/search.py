"""Finding rows by words, alike on SQLite (FTS5) and PostgreSQL (tsvector and trigrams).

What is searched is not the text but `fold(text)`: small letters without accents, everything that is no letter or
digit a space. So both databases cut words at the same places, a curly apostrophe finds a straight one, and "Elysee"
finds "Élysée". Words are looked for whole; where nothing has them, inside longer words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.errors import UsageError
from parley.store.schema import passage
from parley.store.words import fold

TRIGRAM = 3
"""Letters of which an index for parts of words is made; it knows no shorter parts."""

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


def phrases(words: str) -> list[str]:
    """What a query asks for: each word, and each `"several words"` as one; all of them must be there."""
    found = [fold(quoted or word) for quoted, word in _PHRASE.findall(words)]
    wanted = [p for p in found if p]
    if not wanted:
        raise UsageError(f"nothing to search for in {words!r}: give at least one word or number")
    return wanted


def _whole(connection: Connection, wanted: list[str], kind: str | None) -> sa.Select[tuple[int]]:
    if connection.dialect.name == "postgresql":
        vector = sa.func.to_tsvector(sa.literal_column("'simple'"), passage.c.text)
        query = [vector.op("@@")(sa.func.phraseto_tsquery(sa.literal_column("'simple'"), p)) for p in wanted]
        return sa.select(passage.c.n).where(*query, *_of(kind))
    held = " ".join(f'"{p}"' for p in wanted)
    match = f"text : ({held})" + (f' AND kind : "{kind}"' if kind else "")
    index = sa.table("passage_words", sa.column("rowid", sa.Integer))
    return sa.select(index.c.rowid).where(sa.literal_column("passage_words").op("MATCH")(match))


def _of(kind: str | None) -> list[sa.ColumnElement[bool]]:
    return [passage.c.kind == kind] if kind else []


def _inside(connection: Connection, wanted: list[str], kind: str | None) -> sa.Select[tuple[int]]:
    held = {p: f"%{p}%" for p in wanted}
    if connection.dialect.name == "postgresql":
        return sa.select(passage.c.n).where(*[passage.c.text.like(like) for like in held.values()], *_of(kind))
    # SQLite 3.40 crashes where a trigram index is asked for less than a trigram before something longer
    long = [p for p in held if len(p) >= TRIGRAM]
    short = [passage.c.text.like(held[p]) for p in held if len(p) < TRIGRAM]
    if not long:
        return sa.select(passage.c.n).where(*short, *_of(kind))
    index = sa.table("passage_trigrams", sa.column("rowid", sa.Integer), sa.column("text", sa.Text))
    hits = sa.select(index.c.rowid).where(*[index.c.text.like(held[p]) for p in long])
    asked = [*short, *_of(kind)]
    return sa.select(passage.c.n).where(passage.c.n.in_(hits), *asked) if asked else hits


def whole(connection: Connection, wanted: list[str], kind: str | None) -> bool:
    """True where a passage of any kind holds all the phrases as whole words; those of one kind are asked first, as that is soon known."""
    asked = (_whole(connection, wanted, one).limit(1) for one in dict.fromkeys((kind, None)))
    return any(connection.execute(one).first() is not None for one in asked)


def matching(connection: Connection, words: str, kind: str | None = None) -> sa.Select[tuple[int]]:
    """A query for the passages, or those of one kind, that hold all the words, or, where none of any kind has them whole, hold them inside words."""
    wanted = phrases(words)
    return _whole(connection, wanted, kind) if whole(connection, wanted, kind) else _inside(connection, wanted, kind)


def rows(connection: Connection, words: str, kind: str) -> sa.Select[tuple[str]]:
    """A query for the rows of one kind that hold all the words; a row that is searched in parts may come twice."""
    hits = matching(connection, words, kind)
    if connection.dialect.name == "postgresql":
        return hits.with_only_columns(passage.c.row)
    return sa.select(passage.c.row).where(passage.c.n.in_(hits))


FEW = 1_000
"""Passages that are looked at, or put in the order of their articles, in some hundredths of a second."""


def first(connection: Connection, words: str, kind: str | None = None, *, most: int = FEW) -> list[int]:
    """The passages that match, but of those that are more than `most` one more than that: the first that the index gives."""
    with by_index(connection):
        wanted = phrases(words)
        met: list[int] = list(connection.scalars(_whole(connection, wanted, kind).limit(most + 1)))
        if met or (kind and whole(connection, wanted, None)):
            return met
        return list(connection.scalars(_inside(connection, wanted, kind).limit(most + 1)))


@contextmanager
def by_index(connection: Connection) -> Iterator[None]:
    """Within it PostgreSQL takes an index where there is one: it hopes to meet rare rows early, and then reads whole tables."""
    with _set(connection, enable_seqscan="off"):
        yield


@contextmanager
def in_order(connection: Connection) -> Iterator[None]:
    """Within it PostgreSQL walks in the order that is asked for, and ends when there is enough: it hopes that few rows fit, and then
    sorts all that do.
    """
    ways = ("enable_sort", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin")
    # nor in several processes, which start later than this ends
    with _set(connection, max_parallel_workers_per_gather="0", **dict.fromkeys(ways, "off")):
        yield


@contextmanager
def _set(connection: Connection, **settings: str) -> Iterator[None]:
    if connection.dialect.name != "postgresql":
        yield
        return
    connection.exec_driver_sql("; ".join(f"SET LOCAL {name} = {value}" for name, value in settings.items()))
    yield
    connection.exec_driver_sql("; ".join(f"SET LOCAL {name} TO DEFAULT" for name in settings))
