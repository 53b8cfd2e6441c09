"""Finding the rows that fit by the filter that leaves fewest, in a ledger where looking through all of them takes too long.

A filter that an index answers is a *set*: a query for the ids of rows. `smallest` says which of the filters that are given leaves
few enough rows to look them all up and put them in order; where none does, rows that fit are frequent, and are soon met
when articles are walked in order (`browse.py` does both).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.resolve.judgements import of_key
from parley.store import schema as t
from parley.store import search
from parley.store.query import OUTLETS, holds, outlets
from parley.store.search import by_index

FEW = 5_000
"""Rows that are looked up and put in order in some hundredths of a second; of what more rows have, a page is soon met by walking."""

NAMES = 4_000
"""Names that hold the words given, and are looked up one by one: a name known everywhere stands in hundreds of longer ones."""

Ids = sa.Select[Any]
"""A query for the ids of rows."""


class Known(NamedTuple):
    """The rows that a filter leaves, whether they may be few, and whether the filter is the words that are searched."""

    ids: Ids
    few: bool = True
    by_words: bool = False


class Smallest(NamedTuple):
    """The set to begin with, and its ids where they are few; no set where no index answers any filter."""

    ids: list[str] | None
    known: Known | None


_spelling = sa.table("spelling", sa.column("n", sa.Integer), sa.column("text", sa.Text))
_trigrams = sa.table("spelling_trigrams", sa.column("rowid", sa.Integer), sa.column("folded", sa.Text))


def sets(connection: Connection, kind: str, text: str | None, filters: Mapping[str, Any]) -> Iterator[Known]:
    """For each filter that an index answers, the rows that it leaves, those that leave fewest as a rule first."""
    table = t.article if kind == "article" else t.FINDINGS[kind]
    known: list[tuple[str, Callable[..., Ids | None]]] = [
        ("article", _of_article),
        ("outlet", _of_outlet),
        ("statement", _equal("statement")),
        ("status", _event_status if kind == "event" else _status),
        ("row_status", _status),
        ("speaker", _speaker),
        ("side", _side),
        *((c, partial(_named, column=c)) for c in ("claimant", "place", "party", "said_by", "term", "referent")),
        ("issue", _issue),
        ("voice", _voice),
        *((c, _equal(c)) for c in ("stance", "category", "type")),
    ]
    if text:
        met = search.first(connection, text, kind, most=FEW)
        if len(met) <= FEW:
            yield Known(sa.select(t.passage.c.row).where(among(connection, t.passage.c.n, met)), by_words=True)
        else:
            yield Known(search.rows(connection, text, kind), few=False, by_words=True)
    for name, made in known:
        if name in filters:
            found = made(connection, table, filters[name])
            if found is not None:
                yield Known(found)


def smallest(connection: Connection, wanted: Iterable[Known]) -> Smallest:
    """The first set that is small, with its ids, if any is; else the first that may be, else the first."""
    known: list[Known] = []
    for one in wanted:
        known.append(one)
        ids = few(connection, one.ids) if one.few else None
        if ids is not None:
            return Smallest(ids, one)
    return Smallest(None, next((k for k in known if k.few), known[0] if known else None))


def actors(connection: Connection, asked: Mapping[str, str]) -> list[str] | None:
    """The ids of the actors whose `name` or `side` holds some words; None where they are many: then they are soon met by name."""
    wanted = (_named(connection, t.actor, words, column=column) for column, words in asked.items())
    return smallest(connection, (Known(ids) for ids in wanted if ids is not None)).ids


def few(connection: Connection, wanted: Ids) -> list[str] | None:
    """The ids of a set that has few; None where it has more, and no more of them are looked at than it takes to know."""
    with by_index(connection):
        ids = [id for (id,) in connection.execute(wanted.limit(FEW + 1))]
    return list(dict.fromkeys(ids)) if len(ids) <= FEW else None  # a set may name a row twice


def among(connection: Connection, column: Any, ids: Sequence[str] | Sequence[int]) -> Any:
    """The condition that a column holds one of some ids or numbers, however many they are: they go as one value."""
    if connection.dialect.name == "postgresql":
        of: sa.types.TypeEngine[Any] = sa.BigInteger() if isinstance(column.type, sa.Integer) else sa.Text()
        return column == sa.any_(sa.literal(list(ids), sa.ARRAY(of)))
    given = sa.func.json_each(json.dumps(list(ids))).table_valued("value")
    return column.in_(sa.select(given.c.value))


# --- sets -------------------------------------------------------------------------------------------------------------


def _of_article(_: Connection, table: sa.Table, value: str) -> Ids:
    return sa.select(table.c.id).where((table.c.id if table is t.article else table.c.article) == value)


def _of_outlet(connection: Connection, table: sa.Table, words: str) -> Ids | None:
    known = outlets(connection, words)
    if len(known) > OUTLETS:
        return None
    if table is t.article:
        return sa.select(table.c.id).where(table.c.outlet.in_(known))
    return sa.select(table.c.id).join(t.article, t.article.c.id == table.c.article).where(t.article.c.outlet.in_(known))


def _equal(column: str) -> Callable[..., Ids | None]:
    def found(_: Connection, table: sa.Table, value: str) -> Ids | None:
        return sa.select(table.c.id).where(table.c[column] == value) if column in _INDEXED.get(table.name, ()) else None

    return found


_INDEXED = {
    "figure": ("category",),
    "event": ("type", "status"),
    "position": ("issue", "stance", "statement"),
    "wording": ("voice",),
}


def _event_status(connection: Connection, table: sa.Table, value: str) -> Ids | None:
    """What the text says of an event, whether it happened; not what people said of the row."""
    return _equal("status")(connection, table, value)


def _voice(connection: Connection, table: sa.Table, value: str) -> Ids | None:
    """Labels in a voice; of statements, those that another outlet or agency passed on: few are."""
    if table is t.statement:
        return sa.select(table.c.id).where(table.c.via.is_not(None)) if value == "passed_on" else None
    return _equal("voice")(connection, table, value)


def _issue(connection: Connection, table: sa.Table, value: str) -> Ids | None:
    """Positions on an issue; or statements in which somebody takes one."""
    if table is t.statement:
        held = t.position.c
        return sa.select(held.statement).where(held.issue == value, held.statement.is_not(None))
    return _equal("issue")(connection, table, value)


def _status(_: Connection, table: sa.Table, value: str) -> Ids | None:
    """Rows that people have judged; what nobody has is nearly everything."""
    column = "row_status" if table is t.event else "status"
    if value in ("confirmed", "corrected", "rejected"):
        return sa.select(table.c.id).where(table.c[column] == value)
    return None


def _named(connection: Connection, table: sa.Table, words: str, *, column: str) -> Ids | None:
    if connection.dialect.name == "postgresql":
        return sa.select(table.c.id).where(holds(table.c[column], words))
    names = spelt(connection, words)
    return None if names is None else sa.select(table.c.id).where(among(connection, table.c[column], names))


def spelt(connection: Connection, words: str) -> list[str] | None:
    """The names of a SQLite ledger that hold some words; None where they are many."""
    wanted = words.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if len(words) < search.TRIGRAM or wanted != words.lower():  # a trigram index knows no shorter words, and no escapes
        found = sa.select(_spelling.c.text).where(holds(_spelling.c.text, words))
    else:
        hits = sa.select(_trigrams.c.rowid).where(_trigrams.c.folded.like(f"%{wanted}%"))
        found = sa.select(_spelling.c.text).where(_spelling.c.n.in_(hits))
    names = list(connection.execute(found.limit(NAMES + 1)).scalars())
    return names if len(names) <= NAMES else None


def _speaker(connection: Connection, table: sa.Table, words: str) -> Ids | None:
    return _speaks(connection, table, words, "speaker")


def _side(connection: Connection, table: sa.Table, words: str) -> Ids | None:
    return _speaks(connection, table, words, "side")


_CALLED = {"speaker": ("speaker", "name"), "side": ("speaker_side", "side")}
"""What is asked of who speaks: the column of statements where it is printed, and that of actors where it is known."""


def lefts(connection: Connection, words: str, asked: str) -> list[str] | None:
    """Left sides of links to actors who are so called; None where they are many."""
    known = t.actor.c[_CALLED[asked][1]]
    if connection.dialect.name == "postgresql":
        by_actor = holds(known, words)
    else:
        names = spelt(connection, words)
        if names is None:
            return None
        by_actor = among(connection, known, names)
    linked = sa.select(t.link.c.left).join(t.actor, t.actor.c.id == t.link.c.right)
    wanted = linked.where(by_actor, t.link.c.judgement == "positive").limit(NAMES + 1)
    found = list(connection.execute(wanted).scalars())
    return found if len(found) <= NAMES else None


def _speaks(connection: Connection, table: sa.Table, words: str, asked: str) -> Ids | None:
    """Statements by whoever is so called in print, or by an actor so called whatever name is printed."""
    printed, linked = table.c[_CALLED[asked][0]], lefts(connection, words, asked)
    if linked is None:
        return None
    if connection.dialect.name == "postgresql":
        by_print = holds(printed, words)
    else:
        by_print = among(connection, printed, spelt(connection, words) or [])
    parts = [sa.select(table.c.id).where(by_print)]
    if linked:
        parts.append(
            sa.select(table.c.id).where(among(connection, table.c.speaker_key, sorted({of_key(x)[0] for x in linked})))
        )
    # not UNION, which looks at all rows before it gives the first
    return sa.select(sa.union_all(*parts).subquery().c.id) if len(parts) > 1 else parts[0]


def speaks(connection: Connection, table: sa.Table, words: str, asked: str) -> Any | None:
    """The condition that somebody so called speaks, with the links looked up; None where they are many."""
    linked = lefts(connection, words, asked)
    if linked is None:
        return None
    told = [(left, of_key(left)[1]) for left in linked]
    everywhere, here = [left for left, article in told if not article], [left for left, article in told if article]
    fits = [holds(table.c[_CALLED[asked][0]], words)]
    if everywhere:
        fits.append(among(connection, table.c.speaker_key, everywhere))
    if here:
        fits.append(among(connection, table.c.speaker_key.concat(" @").concat(table.c.article), here))
    return sa.or_(*fits)
