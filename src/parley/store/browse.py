"""Leafing through a ledger of any size: a page of rows after the last one seen, and what else there is to choose from.

Nothing here counts a table. A page starts at a *place* (its article's day, the article, where in the text), so the thousandth
page costs what the first does; what there is to choose from is told of the newest rows, and says of how many.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from parley.errors import UsageError
from parley.store import narrow, query
from parley.store import schema as t
from parley.store.rows import Row
from parley.store.search import phrases, whole

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

SAMPLE = 2_000
"""Rows that choices are told of: enough for every outlet and speaker of a month, and read in some hundredths of a second."""

LOOKED_AT = 20_000
"""Rows of a kind that are enough to say how sure such rows are, to less than one in a hundred."""

WALKED = 20_000
"""Articles that are walked in search of rows of which a filter leaves many."""

Place: TypeAlias = tuple[str | None, list[Any]]
"""The day of an article, and the rest of the order of a row in it."""

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


# --- finding rows -----------------------------------------------------------------------------------------------------


def page(
    ledger: Ledger, kind: str, /, *, after: str | None = None, limit: int = 50, text: str | None = None, **filters: Any
) -> Page:
    """The rows of a kind that fit, from the newest article to the oldest; those without a day come last."""
    table = t.article if kind == "article" else t.FINDINGS[kind]
    place = _placed(after, len(_order(table)))
    with ledger._reading() as connection:
        search = _Search(connection, kind, text, query.check_filters(kind, filters))
        found = search.rows((table, t.article.c.published.label("place_day")), place=place, limit=limit + 1)
        rows = list(query.shown(connection, kind, found[:limit]))
    articles = {r["id"]: r for r in rows} if kind == "article" else ledger.by_ids(r["article"] for r in rows)
    return Page(rows, articles, _place_of(table, found[limit - 1]) if len(found) > limit else None)


def _order(table: sa.Table) -> list[Any]:
    within = [] if table is t.article else [table.c.start, table.c.n, table.c.id]
    return [t.article.c.id, *within]


class _Search:
    """Rows of one kind that fit, in order, some at a time.

    Where a filter leaves few rows, those are looked up and put in order. Else articles are walked from the newest on, and rows that
    fit are soon met; where they are not, because it takes several filters together to leave few, it is back to the first filter.
    """

    def __init__(self, connection: sa.Connection, kind: str, text: str | None, filters: Mapping[str, Any]) -> None:
        self._connection = connection
        self._table = t.article if kind == "article" else t.FINDINGS[kind]
        self._kind, self._text = kind, text
        self._conditions = list(self._asked(filters))
        self._small, self._set = narrow.smallest(connection, narrow.sets(connection, kind, text, filters))

    def _asked(self, filters: Mapping[str, Any]) -> Iterator[Any]:
        for name, value in filters.items():
            if name == "outlet":
                known = narrow.outlets(self._connection, value)
                if len(known) <= narrow.NAMES:
                    one = t.article.c.outlet
                    yield one == known[0] if len(known) == 1 else one.in_(known)
                    continue
            if name in ("speaker", "side") and self._kind == "statement":
                spoken = narrow.speaks(self._connection, self._table, value, name)
                if spoken is not None:
                    yield spoken
                    continue
            if name == "since":
                yield t.article.c.published >= _not_before(value)
            yield query.FILTERS[self._kind][name](self._table, value)

    def rows(self, columns: Sequence[Any], *, place: Place | None, limit: int) -> list[RowMapping]:
        """The columns of so many rows after a place, or of fewer where there are no more."""
        if self._small is not None:
            return self._all(self._looked_up(columns, self._small), place, limit)
        walk = self._walked(columns)
        if self._set is None:
            return self._all(walk, place, limit)
        found = self._some(walk, place, limit)
        return found if found is not None else self._all(self._looked_up(columns, self._set), place, limit)

    def _looked_up(self, columns: Sequence[Any], ids: narrow.Ids) -> sa.Select[Any]:
        """Rows of a set; the limit keeps databases from looking at anything else first."""
        hits = ids.limit(sa.literal_column(str(2**60))).subquery()
        table = self._table
        wanted = sa.select(*columns).join_from(hits, table, table.c.id == hits.c[0])
        if table is not t.article:
            wanted = wanted.join(t.article, t.article.c.id == table.c.article)
        return wanted.where(*self._conditions)

    def _walked(self, columns: Sequence[Any]) -> sa.Select[Any]:
        """Rows met when articles are walked by day.

        SQLite is kept from looking an article up for each row: left to itself it reads and sorts the whole table.
        """
        table = self._table
        wanted = sa.select(*columns)
        if table is not t.article:
            by_walk = self._connection.dialect.name == "sqlite"
            id = t.article.c.id.concat("") if by_walk else t.article.c.id
            wanted = wanted.join_from(t.article, table, id == table.c.article)
        wanted = wanted.where(*self._conditions)
        return wanted.where(*self._read()) if self._text else wanted

    def _read(self) -> Iterator[Any]:
        """The words stand in what is searched of a row: frequent ones are soon met by reading."""
        searched, wanted = t.passage.c, phrases(self._text or "")
        if whole(self._connection, wanted):
            held = [sa.literal(" ").concat(searched.text).concat(" ").contains(f" {p} ") for p in wanted]
        else:
            held = [searched.text.contains(p) for p in wanted]
        here = sa.select(searched.row).where(searched.row == self._table.c.id, searched.kind == self._kind, *held)
        yield here.exists()

    def _some(self, walk: sa.Select[Any], place: Place | None, limit: int) -> list[RowMapping] | None:
        """Rows among the next WALKED articles; None where those do not fill the page and there are more."""
        article = t.article.c
        if place is not None and place[0] is None:
            return None
        met = sa.select(article.published).where(article.published.is_not(None)).order_by(article.published.desc())
        if place is not None:
            met = met.where(article.published <= place[0])
        last = self._connection.execute(met.offset(WALKED).limit(1)).scalar()
        if last is None:
            return self._all(walk, place, limit)
        found = self._dated(walk.where(article.published >= last), place, limit)
        return found if len(found) >= limit else None

    def _all(self, wanted: sa.Select[Any], place: Place | None, limit: int) -> list[RowMapping]:
        found: list[RowMapping] = []
        if place is None or place[0] is not None:
            found = self._dated(wanted, place, limit)
        if len(found) < limit:
            order = _order(self._table)
            undated = wanted.where(t.article.c.published.is_(None))
            if place is not None and place[0] is None:
                undated = undated.where(sa.tuple_(*order) > sa.tuple_(*place[1]))
            found += self._connection.execute(undated.order_by(*order).limit(limit - len(found))).mappings()
        return found

    def _dated(self, wanted: sa.Select[Any], place: Place | None, limit: int) -> list[RowMapping]:
        day, order = t.article.c.published, _order(self._table)
        dated = wanted.where(day.is_not(None))
        if place is not None:
            later = sa.tuple_(*order) > sa.tuple_(*place[1])
            dated = dated.where(day <= place[0], sa.or_(day < place[0], later))
        return list(self._connection.execute(dated.order_by(day.desc(), *order).limit(limit)).mappings())


def _not_before(since: str) -> str:
    """A day before which no article that may be of `since` is dated: one of that year, or of the day before, sorts after it.

    >>> _not_before("2024-05-10"), _not_before("2024"), _not_before("2024-01-01")
    ('2024', '2023', '2023')
    """
    year = since[:4]
    first = since in (year, f"{year}-01", f"{year}-01-01")
    return str(int(year) - 1).zfill(4) if first and year.isdigit() and int(year) else year


def _place_of(table: sa.Table, row: Mapping[Any, Any]) -> str:
    keys = ("id",) if table is t.article else ("article", "start", "n", "id")
    return json.dumps([row["place_day"], *(row[k] for k in keys)], separators=(",", ":"))


def _placed(after: str | None, keys: int) -> Place | None:
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
        search = _Search(connection, kind, text, query.check_filters(kind, filters))
        found = search.rows([c.label(k) for k, c in named.items()], place=None, limit=SAMPLE + 1)
    counts: dict[str, Counter[str]] = {k: Counter() for k in named}
    for row in found[:SAMPLE]:
        for key, value in row.items():
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


def whole_copies(ledger: Ledger) -> int:
    """How many pairs of articles are whole reprints."""
    with ledger._reading() as connection:
        counted = sa.select(sa.func.count()).select_from(t.copy).where(t.copy.c.kind == "whole")
        return int(connection.execute(counted).scalar_one())


def set_aside(ledger: Ledger) -> list[tuple[str, int]]:
    """How many passages were set aside, by reason, the most first."""
    dropped = t.dropped.c
    counted = sa.select(dropped.reason, sa.func.count()).group_by(dropped.reason)
    with ledger._reading() as connection:
        return sorted(((r, int(n)) for r, n in connection.execute(counted)), key=lambda r: (-r[1], r[0]))


def how_sure(ledger: Ledger) -> list[tuple[str, float, int]]:
    """Of each kind that knows how sure it is: the mean of their confidence, and of how many rows; ids are hashes, so the first are any of them."""
    found = []
    with ledger._reading() as connection:
        for kind, table in t.FINDINGS.items():
            if "confidence" not in table.c:
                continue
            some = sa.select(table.c.confidence).order_by(table.c.id).limit(LOOKED_AT).subquery()
            mean, n = connection.execute(sa.select(sa.func.avg(some.c.confidence), sa.func.count())).one()
            if n:
                found.append((kind, float(mean), int(n)))
    return found


def rows_in(ledger: Ledger, article: str) -> dict[str, Sequence[Row]]:
    """All rows of one article, by kind, in the order of its text."""
    return {kind: page(ledger, kind, limit=5_000, article=article).rows for kind in t.FINDINGS}
