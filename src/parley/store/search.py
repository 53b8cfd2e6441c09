"""Finding rows by words, alike on SQLite (FTS5) and PostgreSQL (tsvector and trigrams).

What is searched is not the text but `fold(text)`: small letters without accents, everything that is no letter or
digit a space. So both databases cut words at the same places, a curly apostrophe finds a straight one, and "Elysee"
finds "Élysée". Words are looked for whole; where nothing has them, inside longer words.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.errors import UsageError
from parley.store.schema import passage
from parley.store.words import fold

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


def phrases(words: str) -> list[str]:
    """What a query asks for: each word, and each `"several words"` as one; all of them must be there."""
    found = [fold(quoted or word) for quoted, word in _PHRASE.findall(words)]
    wanted = [p for p in found if p]
    if not wanted:
        raise UsageError(f"nothing to search for in {words!r}: give at least one word or number")
    return wanted


def _whole(connection: Connection, wanted: list[str]) -> sa.Select[tuple[int]]:
    if connection.dialect.name == "postgresql":
        vector = sa.func.to_tsvector(sa.literal_column("'simple'"), passage.c.text)
        query = [vector.op("@@")(sa.func.phraseto_tsquery(sa.literal_column("'simple'"), p)) for p in wanted]
        return sa.select(passage.c.n).where(*query)
    match = " ".join(f'"{p}"' for p in wanted)
    index = sa.table("passage_words", sa.column("rowid", sa.Integer))
    return sa.select(index.c.rowid).where(sa.literal_column("passage_words").op("MATCH")(match))


def _inside(connection: Connection, wanted: list[str]) -> sa.Select[tuple[int]]:
    if connection.dialect.name == "postgresql":
        return sa.select(passage.c.n).where(*[passage.c.text.like(f"%{p}%") for p in wanted])
    index = sa.table("passage_trigrams", sa.column("rowid", sa.Integer), sa.column("text", sa.Text))
    return sa.select(index.c.rowid).where(*[index.c.text.like(f"%{p}%") for p in wanted])


def whole(connection: Connection, wanted: list[str]) -> bool:
    """True where a passage holds all the phrases as whole words."""
    return connection.execute(_whole(connection, wanted).limit(1)).first() is not None


def matching(connection: Connection, words: str) -> sa.Select[tuple[int]]:
    """A query for the passages that hold all the words, or, where none has them whole, hold them inside words."""
    wanted = phrases(words)
    return _whole(connection, wanted) if whole(connection, wanted) else _inside(connection, wanted)


FEW = 5_000
"""Passages that are put in the order of their articles in some hundredths of a second."""


def few(connection: Connection, hits: sa.Select[tuple[int]]) -> bool:
    """True where the passages that match are few enough to be put in order; no more of them are met than it takes to know."""
    some = hits.limit(FEW + 1).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()) <= FEW
