"""Leafing through a ledger of any size: a page of rows after the last one seen, and what else there is to choose from.

Nothing here counts a table. A page starts at a *place* (its article's day, the article, where in the text), so the thousandth
page costs what the first does; what there is to choose from is told of the newest rows, and says of how many.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from parley.errors import UsageError
from parley.store import narrow, query
from parley.store import schema as t
from parley.store.rows import Row
from parley.store.search import in_order, matching, phrases, whole

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

SAMPLE = 1_000
"""Rows that choices are told of: enough for every outlet and speaker of a month, and read in some hundredths of a second."""

ENOUGH = 100
"""Rows that are enough to choose from where looking for more would take longer than a page may."""

STRIDES = (300, 2_500, 20_000)
"""Articles that are walked in search of rows of which a filter leaves many: no more than it takes, and not more than these."""

Place: TypeAlias = tuple[str | None, list[Any]]
"""The day of an article, and the rest of the order of a row in it."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "statement": {"outlet": "outlet", "speaker": "speaker", "side": "speaker_side", "kind": "kind", "voice": "voice"},
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
    of: int | None
    """How many rows fit, where that is known: they are few."""


# --- finding rows -----------------------------------------------------------------------------------------------------


def page(
    ledger: Ledger,
    kind: str,
    /,
    *,
    after: str | None = None,
    limit: int = 50,
    text: str | None = None,
    search: Search | None = None,
    **filters: Any,
) -> Page:
    """The rows of a kind that fit, from the newest article to the oldest; those without a day come last.

    `search` is what `searched` gave for the same kind, words and filters, where that was asked for before.
    """
    table = t.article if kind == "article" else t.FINDINGS[kind]
    place = _placed(after, len(_order(table)))
    asked = search or searched(ledger, kind, text=text, **filters)
    with ledger._reading() as connection:
        found = asked.rows(connection, (table, t.article.c.published.label("place_day")), place=place, limit=limit + 1)
        rows = list(query.shown(connection, kind, found[:limit]))
    articles = {r["id"]: r for r in rows} if kind == "article" else ledger.by_ids(r["article"] for r in rows)
    after = _place_of(table, found[limit - 1]) if len(found) > limit else None
    return Page(rows, articles, after, None if asked.places is None else len(asked.places))


def searched(ledger: Ledger, kind: str, /, *, text: str | None = None, **filters: Any) -> Search:
    """How rows that fit are found; where they are few, which they are. It holds until the ledger changes."""
    with ledger._reading() as connection:
        return Search.of(connection, kind, text, query.check_filters(kind, filters))


def _order(table: sa.Table) -> list[Any]:
    within = [] if table is t.article else [table.c.start, table.c.n, table.c.id]
    return [t.article.c.id, *within]


@dataclass(frozen=True, slots=True)
class Search:
    """Rows of one kind that fit, in order, some at a time.

    Where a filter leaves few rows, those are looked up and put in order: `places`. Else articles are walked from the newest on, and rows
    that fit are soon met; where they are not, because it takes several filters together to leave few, it is back to the first filter.
    """

    table: sa.Table
    conditions: list[Any]
    words: list[Any]
    """The conditions that the words stand in what is searched of a row: frequent ones are soon met by reading."""
    by_index: list[Any]
    """The same, answered from the index of words: for very many rows, of which few have them."""
    first: narrow.Ids | None
    by_words: bool
    """True where `first` are the rows that hold the words: then none of them need be read for that."""
    places: list[Place] | None
    head: Sequence[str] = ()
    """The newest rows that fit, where more do: they were met when choices were told, and the first page need not look for them again."""

    @staticmethod
    def of(connection: sa.Connection, kind: str, text: str | None, filters: Mapping[str, Any]) -> Search:
        """The search for words and filters."""
        table = t.article if kind == "article" else t.FINDINGS[kind]
        conditions = list(_asked(connection, table, kind, filters))
        ids, known = narrow.smallest(connection, narrow.sets(connection, kind, text, filters))
        words = list(_read(connection, table, kind, text)) if text else []
        by_index = list(_indexed(connection, table, kind, text)) if text else []
        first, by_words = (known.ids, known.by_words) if known else (None, False)
        found = Search(table, conditions, words, by_index or words, first, by_words, None)
        return found if ids is None else replace(found, places=found._places(connection, ids))

    def newest(
        self, connection: sa.Connection, columns: Sequence[Any], *, limit: int
    ) -> tuple[Sequence[RowMapping], bool]:
        """The columns of the newest rows, and whether these are all that fit. Of rows that are walked for, some are enough."""
        strides = STRIDES if self.words else STRIDES[1:]  # of words each row that is walked by is read
        met = None
        for articles in strides if self._many(connection) else ():
            if self.first is not None and _hopeless(met, articles, ENOUGH):
                break
            most = ENOUGH if articles == STRIDES[-1] else limit
            found = self._met(connection, self._walked(connection, columns), None, most, articles)
            if len(found) >= ENOUGH:
                return found, False
            met = (articles, len(found))
        if self.places is None:
            rows: Sequence[RowMapping] = self._unwalked(connection, columns, place=None, limit=limit + 1)
        else:
            rows = self.rows(connection, columns, place=None, limit=limit + 1)
        return rows[:limit], len(rows) <= limit

    def _many(self, connection: sa.Connection) -> bool:
        """True where not all that fit are soon looked at: there are more articles than a walk begins with."""
        some = sa.select(t.article.c.id).offset(STRIDES[1]).limit(1)
        return self.places is None and connection.execute(some).first() is not None

    def rows(
        self, connection: sa.Connection, columns: Sequence[Any], *, place: Place | None, limit: int
    ) -> Sequence[RowMapping]:
        """The columns of so many rows after a place, or of fewer where there are no more."""
        if self.places is not None:
            begin = 0 if place is None else next((n for n, p in enumerate(self.places) if _later(p, place)), None)
            shown = [] if begin is None else self.places[begin : begin + limit]
            return self._held(connection, columns, [keys[-1] for _, keys in shown])
        if place is None and limit <= len(self.head):
            return self._held(connection, columns, self.head[:limit])
        walk, met = self._walked(connection, columns), None
        for articles in STRIDES if self.first is not None else ():
            if _hopeless(met, articles, limit):
                break
            found = self._met(connection, walk, place, limit, articles)
            if len(found) >= limit:
                return found
            met = (articles, len(found))
        return self._unwalked(connection, columns, place=place, limit=limit)

    def _unwalked(
        self, connection: sa.Connection, columns: Sequence[Any], *, place: Place | None, limit: int
    ) -> list[RowMapping]:
        """The same, where walking some articles has not met so many."""
        if self.first is None:
            return self._all(connection, self._walked(connection, columns), place, limit)
        return self._sorted(connection, self._looked_up(columns, self.first), place, limit)

    def placed(self, connection: sa.Connection, ids: Sequence[str]) -> Search:
        """The same search, where these are found to be all the rows that fit."""
        return self if self.places is not None else replace(self, places=self._places(connection, ids))

    def _places(self, connection: sa.Connection, ids: Sequence[str]) -> list[Place]:
        """Where the rows of a small set stand that fit, in order."""
        wanted = self._joined([t.article.c.published, *_order(self.table)])
        wanted = wanted.where(narrow.among(connection, self.table.c.id, ids), *self._unmet())
        found = sorted(((day, keys) for day, *keys in connection.execute(wanted)), key=lambda p: p[1])
        dated = sorted((p for p in found if p[0] is not None), key=lambda p: str(p[0]), reverse=True)
        return [*dated, *(p for p in found if p[0] is None)]

    def _held(self, connection: sa.Connection, columns: Sequence[Any], ids: Sequence[str]) -> list[RowMapping]:
        """The columns of some rows, in this order; a row that has gone since is left out."""
        wanted = self._joined([*columns, self.table.c.id.label("row_id")])
        found = connection.execute(wanted.where(narrow.among(connection, self.table.c.id, ids))).mappings()
        by_id = {r["row_id"]: r for r in found}
        return [by_id[i] for i in ids if i in by_id]

    def _joined(self, columns: Sequence[Any]) -> sa.Select[Any]:
        if self.table is t.article:
            return sa.select(*columns)
        return sa.select(*columns).join_from(self.table, t.article, t.article.c.id == self.table.c.article)

    def _looked_up(self, columns: Sequence[Any], ids: narrow.Ids) -> sa.Select[Any]:
        """Rows of a set; the limit keeps databases from looking at anything else first."""
        hits = ids.distinct().limit(sa.literal_column(str(2**60))).subquery()
        table = self.table
        wanted = sa.select(*columns).join_from(hits, table, table.c.id == hits.c[0])
        if table is not t.article:
            wanted = wanted.join(t.article, t.article.c.id == table.c.article)
        return wanted.where(*self._unmet())

    def _unmet(self) -> list[Any]:
        """What is still to be asked of rows of the first set."""
        return self.conditions if self.by_words else [*self.conditions, *self.by_index]

    def _walked(self, connection: sa.Connection, columns: Sequence[Any]) -> sa.Select[Any]:
        """Rows met when articles are walked by day.

        SQLite is kept from looking an article up for each row: left to itself it reads and sorts the whole table.
        """
        table = self.table
        wanted = sa.select(*columns)
        if table is not t.article:
            by_walk = connection.dialect.name == "sqlite"
            id = t.article.c.id.concat("") if by_walk else t.article.c.id
            wanted = wanted.join_from(t.article, table, id == table.c.article)
        return wanted.where(*self.conditions, *self.words)

    def _met(
        self, connection: sa.Connection, walk: sa.Select[Any], place: Place | None, limit: int, articles: int
    ) -> list[RowMapping]:
        """Rows among the next so many articles; those of articles without a day are not among them."""
        article = t.article.c
        if place is not None and place[0] is None:
            return []
        met = sa.select(article.published).where(article.published.is_not(None)).order_by(article.published.desc())
        if place is not None:
            met = met.where(article.published <= place[0])
        last = connection.execute(met.offset(articles).limit(1)).scalar()
        with in_order(connection):
            return self._dated(
                connection, walk if last is None else walk.where(article.published >= last), place, limit
            )

    def _all(
        self, connection: sa.Connection, wanted: sa.Select[Any], place: Place | None, limit: int
    ) -> list[RowMapping]:
        found: list[RowMapping] = []
        if place is None or place[0] is not None:
            found = self._dated(connection, wanted, place, limit)
        if len(found) < limit:
            order = _order(self.table)
            undated = wanted.where(t.article.c.published.is_(None))
            if place is not None and place[0] is None:
                undated = undated.where(sa.tuple_(*order) > sa.tuple_(*place[1]))
            found += connection.execute(undated.order_by(*order).limit(limit - len(found))).mappings()
        return found

    def _sorted(
        self, connection: sa.Connection, wanted: sa.Select[Any], place: Place | None, limit: int
    ) -> list[RowMapping]:
        """Rows of a set, which are all looked at to be put in order: once, those without a day last."""
        day, order = t.article.c.published, _order(self.table)
        if place is not None:
            later = sa.tuple_(*order) > sa.tuple_(*place[1])
            here, after = (day.is_(None), sa.false()) if place[0] is None else (day == place[0], day < place[0])
            behind = sa.false() if place[0] is None else day.is_(None)
            wanted = wanted.where(sa.or_(after, sa.and_(here, later), behind))
        return list(connection.execute(wanted.order_by(day.is_(None), day.desc(), *order).limit(limit)).mappings())

    def _dated(
        self, connection: sa.Connection, wanted: sa.Select[Any], place: Place | None, limit: int
    ) -> list[RowMapping]:
        day, order = t.article.c.published, _order(self.table)
        dated = wanted.where(day.is_not(None))
        if place is not None:
            later = sa.tuple_(*order) > sa.tuple_(*place[1])
            dated = dated.where(day <= place[0], sa.or_(day < place[0], later))
        return list(connection.execute(dated.order_by(day.desc(), *order).limit(limit)).mappings())


def _hopeless(met: tuple[int, int] | None, articles: int, wanted: int) -> bool:
    """True where the rows met in some articles let too few be hoped for in so many: looking them up takes less time.

    >>> _hopeless((2_500, 12), 20_000, 100), _hopeless((2_500, 13), 20_000, 100), _hopeless(None, 300, 100)
    (True, False, False)
    """
    return met is not None and met[1] * articles < wanted * met[0]


def _asked(connection: sa.Connection, table: sa.Table, kind: str, filters: Mapping[str, Any]) -> Iterator[Any]:
    """The conditions that filters are; names are looked up first where that spares looking at each row."""
    for name, value in filters.items():
        if name == "outlet":
            known = query.outlets(connection, value)
            if len(known) <= query.OUTLETS:
                one = t.article.c.outlet
                yield one == known[0] if len(known) == 1 else one.in_(known)
                continue
        if name in ("speaker", "side") and kind == "statement":
            spoken = narrow.speaks(connection, table, value, name)
            if spoken is not None:
                yield spoken
                continue
        if name == "since":
            yield t.article.c.published >= _not_before(value)
        yield query.FILTERS[kind][name](table, value)


def _read(connection: sa.Connection, table: sa.Table, kind: str, text: str) -> Iterator[Any]:
    searched, wanted = t.passage.c, phrases(text)
    if whole(connection, wanted, kind):
        held = [sa.literal(" ").concat(searched.text).concat(" ").contains(f" {p} ") for p in wanted]
    else:
        held = [searched.text.contains(p) for p in wanted]
    here = sa.select(searched.row).where(searched.row == table.c.id, searched.kind == kind, *held).limit(1)
    # not EXISTS, of which PostgreSQL makes a join: it would rather read all passages first
    yield here.scalar_subquery().is_not(None)


def _indexed(connection: sa.Connection, table: sa.Table, kind: str, text: str) -> Iterator[Any]:
    if connection.dialect.name != "sqlite":
        return
    searched = t.passage.c
    # a sum is in no index: SQLite goes from the row to its passages, and not through all that have the words
    hit = (searched.n + 0).in_(matching(connection, text, kind))
    yield sa.select(searched.row).where(searched.row == table.c.id, hit).limit(1).scalar_subquery().is_not(None)


def _later(one: Place, place: Place) -> bool:
    """True where a place comes after another: days go down, those without one come last, the rest goes up."""
    if one[0] == place[0]:
        return one[1] > place[1]
    return place[0] is not None and (one[0] is None or one[0] < place[0])


def _not_before(since: str) -> str:
    """A day before which no article that may be of `since` is dated: one of that year, or of the day before, sorts after it.

    >>> _not_before("2024-05-10"), _not_before("2024"), _not_before("2024-01-01")
    ('2024', '2023', '2023')
    """
    year = since[:4]
    first = since in (year, f"{year}-01", f"{year}-01-01")
    return str(int(year) - 1).zfill(4) if first and year.isdecimal() and int(year) else year


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
    ids: list[str]
    """The rows that were looked at."""


def choices(
    ledger: Ledger, kind: str, /, *, text: str | None = None, search: Search | None = None, **filters: Any
) -> Choices:
    """What is to choose from among the newest rows that fit."""
    table = t.article if kind == "article" else t.FINDINGS[kind]
    named = {k: _column(kind, table, c).label(k) for k, c in CHOICES[kind].items()}
    asked = search or searched(ledger, kind, text=text, **filters)
    with ledger._reading() as connection:
        found, whole = asked.newest(connection, [table.c.id, *named.values()], limit=SAMPLE)
        counts = {k: Counter(row[k] for row in found if row[k]) for k in named}
        if kind == "statement":
            counts["issue"] = _issues(connection, [row["id"] for row in found])
    most = {k: sorted(c.items(), key=lambda i: (-i[1], i[0])) for k, c in counts.items()}
    return Choices(most, len(found), whole, [row["id"] for row in found])


def chosen(ledger: Ledger, kind: str, /, *, text: str | None = None, **filters: Any) -> tuple[Search, Choices]:
    """How rows that fit are found, and what there is to choose from; where all that fit were looked at for that, they are known."""
    search = searched(ledger, kind, text=text, **filters)
    offered = choices(ledger, kind, search=search)
    if not offered.whole:
        return replace(search, head=offered.ids), offered
    with ledger._reading() as connection:
        return search.placed(connection, offered.ids), offered


def _column(kind: str, table: sa.Table, name: str) -> Any:
    if kind == "statement" and name == "voice":
        return query.voice(table)
    return (t.article if name in t.article.c and name not in table.c else table).c[name]


def _issues(connection: sa.Connection, statements: Sequence[str]) -> Counter[str]:
    """On how many of some statements' issues somebody takes a position in them."""
    p = t.position.c
    wanted = sa.select(p.issue, sa.func.count(sa.distinct(p.statement))).group_by(p.issue)
    return Counter(
        dict(map(tuple, connection.execute(wanted.where(narrow.among(connection, p.statement, statements)))))
    )


def resting(ledger: Ledger, kind: str, ids: Iterable[str]) -> dict[str, Row]:
    """For each of some rows the weightiest result of a kind that rests on it; rows that none rests on are left out."""
    wanted = list(dict.fromkeys(ids))
    result, rests = t.result.c, t.rests.c
    found: list[tuple[float, str, str, Row]] = []
    with ledger._reading() as connection:
        for some in (wanted[i : i + 400] for i in range(0, len(wanted), 400)):
            held = sa.select(result.weight, result.id, rests.row, result.row.label("told"))
            held = held.join_from(t.rests, t.result, result.id == rests.result).where(rests.row.in_(some))
            # a condition that no index answers: SQLite would rather walk all results of a kind
            found += map(tuple, connection.execute(held.where(result.kind.concat("") == kind)))
    out: dict[str, Row] = {}
    for _, _, row, told in sorted(found, key=lambda f: (-f[0], f[1])):
        out.setdefault(row, told)
    return out


def rows_in(ledger: Ledger, article: str) -> dict[str, Sequence[Row]]:
    """All rows of one article, by kind, in the order of its text."""
    return {kind: page(ledger, kind, limit=5_000, article=article).rows for kind in t.FINDINGS}
