"""Leafing through a ledger of any size: a page of rows after the last one seen, and what else there is to choose from.

Nothing here counts a table. A page starts at a *place* (its article's day, the article, where in the text), so the thousandth
page costs what the first does; what there is to choose from is told of the newest rows, and says of how many.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from parley.errors import UsageError
from parley.store import query
from parley.store import schema as t
from parley.store.rows import Row
from parley.store.search import matching

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

SAMPLE = 2_000
"""Rows that choices are told of: enough for every outlet and speaker of a month, and read in some hundredths of a second."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "statement": {"outlet": "outlet", "speaker": "speaker", "side": "speaker_side", "kind": "kind"},
    "figure": {"outlet": "outlet", "category": "category", "claimant": "claimant", "place": "place"},
    "position": {"outlet": "outlet", "party": "party", "issue": "issue", "stance": "stance"},
    "event": {"outlet": "outlet", "type": "type", "status": "status", "place": "place"},
    "wording": {"outlet": "outlet", "voice": "voice", "referent": "referent", "term": "term"},
    "article": {"outlet": "outlet", "language": "language"},
}
"""What each kind of row is chosen by: the filter, and the column that it looks at."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, the newest first, with their articles; `after` is where the next page starts, None on the last one."""

    rows: list[Row]
    articles: dict[str, Row]
    after: str | None


def _order(table: sa.Table) -> list[Any]:
    within = [] if table is t.article else [table.c.start, table.c.n, table.c.id]
    return [t.article.c.id, *within]


def _asked(connection: sa.Connection, kind: str, text: str | None, filters: Mapping[str, Any]) -> list[Any]:
    table = t.article if kind == "article" else t.FINDINGS[kind]
    where = [query.FILTERS[kind][k](table, v) for k, v in filters.items()]
    if text:
        passages = sa.select(t.passage.c.row).where(t.passage.c.kind == kind)
        where.append(table.c.id.in_(passages.where(t.passage.c.n.in_(matching(connection, text)))))
    return where


def _of(table: sa.Table, walked: bool, *columns: Any) -> sa.Select[Any]:
    """Rows with their articles.

    Where `walked`, SQLite is kept from looking an article up for each row, so that it walks the articles by day, looks up the
    rows of each, and stops when a page is full: left to itself it reads and sorts the whole table (at 1,000,000 statements
    0.4 s instead of 0.02 s).
    """
    wanted = sa.select(*columns)
    if table is t.article:
        return wanted
    id = t.article.c.id.concat("") if walked else t.article.c.id
    return wanted.join_from(t.article, table, id == table.c.article)


def _walked(connection: sa.Connection, text: str | None) -> bool:
    """Words are found first, and their rows looked up; else articles are walked."""
    return connection.dialect.name == "sqlite" and not text


def page(
    ledger: Ledger, kind: str, /, *, after: str | None = None, limit: int = 50, text: str | None = None, **filters: Any
) -> Page:
    """The rows of a kind that fit, from the newest article to the oldest; those without a day come last."""
    table = t.article if kind == "article" else t.FINDINGS[kind]
    day, order = t.article.c.published, _order(table)
    place = _placed(after, len(order))
    with ledger._reading() as connection:
        where = _asked(connection, kind, text, query.check_filters(kind, filters))
        whole = _of(table, _walked(connection, text), table, day.label("place_day")).where(*where)
        found: list[Any] = []
        if place is None or place[0] is not None:
            dated = whole.where(day.is_not(None))
            if place is not None:
                later = sa.tuple_(*order) > sa.tuple_(*place[1])
                dated = dated.where(day <= place[0], sa.or_(day < place[0], later))
            found = list(connection.execute(dated.order_by(day.desc(), *order).limit(limit + 1)).mappings())
        if len(found) <= limit:
            undated = whole.where(day.is_(None))
            if place is not None and place[0] is None:
                undated = undated.where(sa.tuple_(*order) > sa.tuple_(*place[1]))
            found += connection.execute(undated.order_by(*order).limit(limit + 1 - len(found))).mappings()
        rows = list(query.shown(connection, kind, found[:limit]))
    articles = {r["id"]: r for r in rows} if kind == "article" else ledger.by_ids(r["article"] for r in rows)
    return Page(rows, articles, _place_of(table, found[limit - 1]) if len(found) > limit else None)


def _place_of(table: sa.Table, row: Mapping[str, Any]) -> str:
    keys = ("id",) if table is t.article else ("article", "start", "n", "id")
    return json.dumps([row["place_day"], *(row[k] for k in keys)], separators=(",", ":"))


def _placed(after: str | None, keys: int) -> tuple[str | None, list[Any]] | None:
    """What a place says; raises UsageError where it is none."""
    if after is None:
        return None
    try:
        day, *rest = json.loads(after)
    except (ValueError, TypeError):
        raise UsageError("that page is not known: start from the first one") from None
    fits = [type(v) for v in rest] == ([str, int, int, str] if keys > 1 else [str])
    if not fits or not isinstance(day, str | None) or any(abs(v) > 2**31 for v in rest if isinstance(v, int)):
        raise UsageError("that page is not known: start from the first one")
    return day, rest


@dataclass(frozen=True, slots=True)
class Choices:
    """What the rows that fit can be narrowed to: for each filter its values with how many rows have them, the most first."""

    values: dict[str, list[tuple[str, int]]]
    of: int
    whole: bool
    """True where `of` are all the rows that fit, False where they are the newest."""


def choices(ledger: Ledger, kind: str, /, *, text: str | None = None, **filters: Any) -> Choices:
    """What is to choose from among the newest rows that fit."""
    table = t.article if kind == "article" else t.FINDINGS[kind]
    named = {k: (t.article if c in t.article.c and c not in table.c else table).c[c] for k, c in CHOICES[kind].items()}
    with ledger._reading() as connection:
        where = _asked(connection, kind, text, query.check_filters(kind, filters))
        wanted = (
            _of(table, _walked(connection, text), *named.values())
            .where(*where)
            .order_by(t.article.c.published.desc())
            .limit(SAMPLE + 1)
        )
        found = connection.execute(wanted).all()
    counts: dict[str, Counter[str]] = {k: Counter() for k in named}
    for row in found[:SAMPLE]:
        for key, value in zip(named, row, strict=True):
            if value:
                counts[key][value] += 1
    most = {k: sorted(c.items(), key=lambda i: (-i[1], i[0])) for k, c in counts.items()}
    return Choices(most, min(len(found), SAMPLE), len(found) <= SAMPLE)


def resting(ledger: Ledger, kind: str, ids: Iterable[str]) -> dict[str, Row]:
    """For each of some rows the weightiest result of a kind that rests on it; rows that none rests on are left out."""
    wanted = list(dict.fromkeys(ids))
    result, rests = t.result.c, t.rests.c
    out: dict[str, Row] = {}
    with ledger._reading() as connection:
        for some in (wanted[i : i + 400] for i in range(0, len(wanted), 400)):
            found = sa.select(rests.row, t.result.c.row).join_from(t.rests, t.result, result.id == rests.result)
            order = (result.weight.desc(), result.id)
            for id, row in connection.execute(found.where(rests.row.in_(some), result.kind == kind).order_by(*order)):
                out.setdefault(id, row)
    return out


def per_day(ledger: Ledger) -> list[tuple[str | None, str | None, int]]:
    """How many articles each outlet has on each day: `(outlet, day, articles)`; a day may be a month, a year, or not known."""
    article = t.article.c
    counted = sa.select(article.outlet, article.published, sa.func.count()).group_by(article.outlet, article.published)
    with ledger._reading() as connection:
        found = [(outlet, day, int(n)) for outlet, day, n in connection.execute(counted)]
    return sorted(found, key=lambda r: (r[0] or "", r[1] or ""))


def set_aside(ledger: Ledger) -> list[tuple[str, int]]:
    """How many passages were set aside, by reason, the most first."""
    dropped = t.dropped.c
    counted = sa.select(dropped.reason, sa.func.count()).group_by(dropped.reason)
    with ledger._reading() as connection:
        return sorted(((r, int(n)) for r, n in connection.execute(counted)), key=lambda r: (-r[1], r[0]))


def rows_in(ledger: Ledger, article: str) -> dict[str, Sequence[Row]]:
    """All rows of one article, by kind, in the order of its text."""
    return {kind: page(ledger, kind, limit=5_000, article=article).rows for kind in t.FINDINGS}
