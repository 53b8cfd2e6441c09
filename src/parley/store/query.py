"""Reading a ledger: rows by kind and filter, in the order of articles and of their text.

Names match where they contain the words given, whatever the case; codes (category, issue, stance, ...) match whole.
Dates are ISO texts of any precision; an article dated 2024-05 is within since 2024-05-10, because it may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, overload

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from parley.errors import ParleyError, UsageError
from parley.store import rows as shapes
from parley.store import schema as t
from parley.store.rows import Row
from parley.store.search import matching

if TYPE_CHECKING:
    import pyarrow

BATCH = 500
"""Rows fetched at a time: large results are streamed, never held."""

OUTLETS = 4_000
"""Names of outlets that a query may be given one by one."""

Condition = Callable[[sa.Table, Any], Any]


class Rows(Sequence[Row]):
    """Rows of a ledger: iterating streams them, indexing and `len` hold them in memory.

    They become a frame in one call: `ledger.figures(category="killed").to_pandas()`.
    """

    def __init__(self, kind: str, fetch: Callable[[], Iterator[Row]]) -> None:
        self.kind = kind
        self._fetch = fetch
        self._held: list[Row] | None = None

    def _all(self) -> list[Row]:
        if self._held is None:
            self._held = list(self._fetch())
        return self._held

    def __iter__(self) -> Iterator[Row]:
        # a generator, so that nothing is fetched before the first row is asked for: `list` asks for the length in between
        yield from self._fetch() if self._held is None else self._held

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._all()[index]

    def __repr__(self) -> str:
        return f"<{len(self)} {self.kind} rows>"

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table with typed columns: spans as lists, speakers as structs."""
        from parley.store.frames import to_arrow

        return to_arrow(self.kind, self)

    def to_pandas(self) -> Any:
        """A pandas frame; pandas must be installed."""
        return _framed("pandas", self.to_arrow().to_pandas)

    def to_polars(self) -> Any:
        """A polars frame; polars must be installed."""
        table = self.to_arrow()

        return _framed("polars", lambda: import_module("polars").from_arrow(table))


def _framed(library: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except ImportError as error:
        raise ParleyError(f"this needs {library}, which is not installed: pip install {library}") from error


class _AnyCase(FunctionElement[str]):
    """A text in which ASCII is looked for whatever its case: SQLite's LIKE does that by itself, and spares a call for each row."""

    name = "any_case"
    inherit_cache = True
    type = sa.Text()


@compiles(_AnyCase, "sqlite")
def _any_case_sqlite(element: _AnyCase, compiler: Any, **how: Any) -> str:
    return str(compiler.process(element.clauses, **how))


@compiles(_AnyCase, "postgresql")
def _any_case_postgresql(element: _AnyCase, compiler: Any, **how: Any) -> str:
    return f"lower({compiler.process(element.clauses, **how)})"


def holds(column: Any, words: str) -> Any:
    """The column holds the words, whatever the case."""
    text = _AnyCase(column) if words.isascii() else sa.func.lower(column)
    return text.contains(words.lower(), autoescape=True)


def _since(_: sa.Table, date: str) -> Any:
    # "~" sorts after every character of a date, so that a coarse date reaches to the end of its month or year
    return sa.func.coalesce(t.article.c.published_latest, t.article.c.published).concat("~") >= date


def _until(_: sa.Table, date: str) -> Any:
    return t.article.c.published <= f"{date}~"


def _name(column: str) -> Condition:
    return lambda table, words: holds(table.c[column], words)


def _code(column: str) -> Condition:
    return lambda table, value: table.c[column] == value


def _side(table: sa.Table, words: str) -> Any:
    actors = sa.select(t.actor.c.id).where(holds(t.actor.c.side, words))
    return sa.or_(holds(table.c.speaker_side, words), _speaks(table, actors))


def _speaker(table: sa.Table, words: str) -> Any:
    actors = sa.select(t.actor.c.id).where(holds(t.actor.c.name, words))
    return sa.or_(holds(table.c.speaker, words), _speaks(table, actors))


def _speaks(table: sa.Table, actors: sa.Select[Any]) -> Any:
    """The speaker's name means one of some actors, everywhere or in this article."""
    here = table.c.speaker_key.concat(" @").concat(table.c.article)
    return sa.or_(table.c.speaker_key.in_(_linked(actors)), here.in_(_linked(actors)))


def _linked(actors: sa.Select[Any]) -> sa.Select[Any]:
    return sa.select(t.link.c.left).where(t.link.c.judgement == "positive", t.link.c.right.in_(actors))


class _At(FunctionElement[int]):
    """A number in a list that is kept as JSON, by its place in it."""

    name = "at"
    inherit_cache = True
    type = sa.Integer()


@compiles(_At, "sqlite")
def _at_sqlite(element: _At, compiler: Any, **how: Any) -> str:
    held, place = (compiler.process(c, **how) for c in element.clauses)
    return f"json_extract({held}, '$[{place}]')"


@compiles(_At, "postgresql")
def _at_postgresql(element: _At, compiler: Any, **how: Any) -> str:
    held, place = (compiler.process(c, **how) for c in element.clauses)
    return f"(({held}) ->> {place})::integer"


class _ByPlace(FunctionElement[str]):
    """A column of `article` as something that no index finds: SQLite then goes through the articles in their order, and looks up what each says.

    Left to itself it goes through all findings and sorts them, which for twenty of two million takes half a minute.
    """

    name = "by_place"
    inherit_cache = True
    type = sa.Text()


@compiles(_ByPlace, "sqlite")
def _by_place_sqlite(element: _ByPlace, compiler: Any, **how: Any) -> str:
    return f"+{compiler.process(element.clauses, **how)}"


@compiles(_ByPlace)
def _by_place(element: _ByPlace, compiler: Any, **how: Any) -> str:
    return str(compiler.process(element.clauses, **how))


VOICES = ("text", "headline", "passed_on", "nested")


def voice(table: sa.Table) -> Any:
    """Who tells that a statement was made, in a word: it is `nested` in somebody else's, `passed_on` from another outlet or agency,
    the outlet's own `headline` says so, or its `text`. The first of these that holds.
    """
    title = t.article.c.title
    above = sa.and_(
        table.c.start < _At(title, sa.literal_column("1")), table.c.stop > _At(title, sa.literal_column("0"))
    )
    return sa.case(
        (table.c.nested, "nested"), (table.c.via.is_not(None), "passed_on"), (above, "headline"), else_="text"
    )


KINDS = ("direct", "indirect", "mixed")


def _kind(table: sa.Table, value: str) -> Any:
    if value not in KINDS:
        raise UsageError(f"{value!r} is no kind of statement; there are {', '.join(KINDS)}")
    return table.c.kind == value


def _voice(table: sa.Table, value: str) -> Any:
    if value not in VOICES:
        raise UsageError(f"{value!r} is no voice of statements; there are {', '.join(VOICES)}")
    return voice(table) == value


def _taken_on(table: sa.Table, issue: str) -> Any:
    p = t.position.c
    return table.c.id.in_(sa.select(p.statement).where(p.issue == issue, p.statement.is_not(None)))


def _nested(table: sa.Table, wanted: bool) -> Any:
    return table.c.nested == wanted


def _actor_of_event(table: sa.Table, words: str) -> Any:
    return holds(sa.cast(table.c.actors, sa.Text), words)


_EVERYWHERE: dict[str, Condition] = {
    "article": lambda _, value: t.article.c.id == value,
    "outlet": lambda _, words: holds(t.article.c.outlet, words),
    "since": _since,
    "until": _until,
}
_JUDGED: dict[str, Condition] = {
    "status": _code("status"),
    "min_confidence": lambda table, value: table.c.confidence >= value,
}
FILTERS: Mapping[str, Mapping[str, Condition]] = {
    "article": {**_EVERYWHERE, "language": _code("language")},
    "statement": {
        **_EVERYWHERE,
        **_JUDGED,
        "speaker": _speaker,
        "side": _side,
        "kind": _kind,
        "issue": _taken_on,
        "voice": _voice,
        "nested": _nested,
    },
    "figure": {
        **_EVERYWHERE,
        **_JUDGED,
        "category": _code("category"),
        "claimant": _name("claimant"),
        "place": _name("place"),
        "statement": _code("statement"),
    },
    "position": {
        **_EVERYWHERE,
        **_JUDGED,
        "party": _name("party"),
        "issue": _code("issue"),
        "stance": _code("stance"),
        "said_by": _name("said_by"),
        "statement": _code("statement"),
    },
    "event": {
        **_EVERYWHERE,
        **_JUDGED,
        "type": _code("type"),
        "status": _code("status"),
        "row_status": _code("row_status"),
        "actor": _actor_of_event,
        "place": _name("place"),
        "statement": _code("statement"),
    },
    "wording": {
        **_EVERYWHERE,
        **_JUDGED,
        "voice": _code("voice"),
        "term": _name("term"),
        "referent": _name("referent"),
        "statement": _code("statement"),
    },
    "date": {**_EVERYWHERE, "type": _code("type")},
}
"""What each kind of row can be asked for by; `text` (words) and `limit` go everywhere."""

_WIDE = frozenset(("outlet", "since", "until", "status", "min_confidence", "kind", "voice", "nested", "row_status"))
"""Filters that leave many rows: those are found by going through the articles in order, others by an index and put in order then."""


def check_filters(kind: str, filters: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that are set; raises UsageError naming those that this kind of row has."""
    known = FILTERS[kind]
    for key in filters:
        if key not in known:
            raise UsageError(f"{kind} rows have no filter {key!r}; they have {', '.join([*known, 'text', 'limit'])}")
    return {k: v for k, v in filters.items() if v is not None}


def select(
    connection: Connection, kind: str, filters: Mapping[str, Any], text: str | None, limit: int | None
) -> sa.Select[Any]:
    """The query for the rows of a kind, in the order of articles and of their text."""
    table = t.article if kind == "article" else t.FINDINGS[kind]
    query = sa.select(table)
    order = [t.article.c.place]
    if table is not t.article:
        wide = text is None and filters.keys() <= _WIDE
        query = query.join(t.article, (_ByPlace(t.article.c.id) if wide else t.article.c.id) == table.c.article)
        order += [table.c.n] if kind == "figure" else [table.c.start, table.c.n]
    query = query.where(*[_asked(connection, kind, table, name, value) for name, value in filters.items()])
    if text is not None:
        hits = sa.select(t.passage.c.row).where(t.passage.c.n.in_(matching(connection, text, kind)))
        query = query.where(table.c.id.in_(hits))
    return query.order_by(*order).limit(limit)


def _asked(connection: Connection, kind: str, table: sa.Table, name: str, value: Any) -> Any:
    """The condition that a filter is. Outlets are looked up first: there are few, and a name that none has is no reason to read all articles."""
    known = outlets(connection, value) if name == "outlet" else ()
    if name != "outlet" or len(known) > OUTLETS:
        return FILTERS[kind][name](table, value)
    return t.article.c.outlet.in_(known) if known else sa.false()


def outlets(connection: Connection, words: str) -> list[str]:
    """The outlets whose names hold some words: there are few, and each is met once in the index."""
    column = t.article.c.outlet
    met = sa.select(sa.func.min(column).label("name")).cte("met", recursive=True)
    after = sa.select(sa.func.min(column)).where(column > met.c.name).scalar_subquery()
    met = met.union_all(sa.select(after).where(met.c.name.is_not(None)))
    names = connection.execute(sa.select(met.c.name).where(met.c.name.is_not(None))).scalars()
    return [name for name in names if words.lower() in name.lower()]


def shown(
    connection: Connection, kind: str, found: Sequence[Mapping[Any, Any]], *, judged: bool = True
) -> Iterator[Row]:
    """Some rows of one kind in the shape in which they are shown, each with whose word it is under `judged`."""
    words = _judged(connection, kind, found) if judged else {}
    for row in _shaped(connection, kind, found):
        word = words.get(row["id"])
        if kind in ("article", "date", "actor"):
            row["status"] = word["status"] if word else "machine"
        row["judged"] = None if word is None else {k: v for k, v in word.items() if k not in ("row", "status")}
        yield row


def _judged(connection: Connection, kind: str, found: Sequence[Mapping[Any, Any]]) -> dict[str, Row]:
    """What is told of the word that people had on some rows, by row."""
    status = "row_status" if kind == "event" else "status"
    ids = [r["id"] for r in found if kind in ("article", "date", "actor") or r[status] != "machine"]
    if not ids:
        return {}
    j = t.judged.c
    wanted = sa.select(j.row, j.status, j.by, j.at, j.why, j.kept, j.disputed, j.differs).where(j.row.in_(ids))
    return {r["row"]: dict(r) for r in connection.execute(wanted).mappings()}


def _shaped(connection: Connection, kind: str, found: Sequence[Mapping[Any, Any]]) -> Iterator[Row]:
    if kind == "article":
        ids = [r["id"] for r in found]
        dropped, origins = dropped_of(connection, ids), origins_of(connection, ids)
        yield from (shapes.shown_article(r, dropped.get(r["id"], []), origins.get(r["id"])) for r in found)
    elif kind == "statement":
        actors = _actors(connection, {(r["speaker_key"], r["article"]) for r in found if r["speaker_key"]})
        yield from (shapes.shown_statement(r, actors.get((r["speaker_key"], r["article"]))) for r in found)
    elif kind == "event":
        yield from map(shapes.shown_event, found)
    elif kind == "figure":
        yield from map(shapes.shown_figure, found)
    elif kind == "actor":
        yield from ({"row": "actor", **r} for r in found)
    else:
        yield from (shapes.shown_plain(kind, r) for r in found)


def stream(connection: Connection, query: sa.Select[Any]) -> Iterator[Sequence[RowMapping]]:
    """The result of a query in batches, none of them large; who stops in between leaves no cursor open."""
    with connection.execution_options(yield_per=BATCH).execute(query) as result:
        yield from result.mappings().partitions(BATCH)


def dropped_of(connection: Connection, articles: Iterable[str]) -> dict[str, list[Row]]:
    """What was set aside of some articles, by article."""
    query = (
        sa.select(t.dropped).where(t.dropped.c.article.in_(list(articles))).order_by(t.dropped.c.article, t.dropped.c.n)
    )
    out: dict[str, list[Row]] = {}
    for row in connection.execute(query).mappings():
        out.setdefault(row["article"], []).append(dict(row))
    return out


COPIED = 0.5
"""The share of an article's own words from which it is a copy as a whole, and not an article with a passage of another's."""


def origins_of(connection: Connection, articles: Sequence[str]) -> dict[str, str]:
    """Of which article each of some is a copy, where that can be told: of several the one that is itself no copy of the others."""
    taken = _taken(connection, articles)
    chains = _taken(connection, sorted({origin for origins in taken.values() for origin in origins}))
    out: dict[str, str] = {}
    for article, origins in taken.items():
        first = {o: share for o, share in origins.items() if not chains.get(o, {}).keys() & origins.keys()}
        out[article] = min(first or origins, key=lambda o: (-origins[o], o))
    return out


def _taken(connection: Connection, articles: Sequence[str]) -> dict[str, dict[str, float]]:
    """The articles that each of some has most of its words from, with the share of its words."""
    if not articles:
        return {}
    out: dict[str, dict[str, float]] = {}
    for mine, theirs, share in (("left", "right", "left_share"), ("right", "left", "right_share")):
        copy = t.copy.c
        wanted = sa.select(copy[mine], copy[theirs], copy[share])
        where = (copy[mine].in_(articles), copy.origin == copy[theirs], copy[share] >= COPIED)
        for article, origin, held in connection.execute(wanted.where(*where)):
            out.setdefault(article, {})[origin] = held
    return out


def _actors(connection: Connection, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The actor whom each name means in its article, where that is judged."""
    from parley.resolve.judgements import decided, in_article

    here = {name: in_article(*name) for name in names}
    wanted = sorted({key for key, _ in here} | set(here.values()))
    if not wanted:
        return {}
    links = connection.execute(sa.select(t.link).where(t.link.c.left.in_(wanted))).mappings()
    meant = decided([dict(link) for link in links])
    both = {(key, article): meant.get(there, meant.get(key)) for (key, article), there in here.items()}
    return {name: actor for name, actor in both.items() if actor is not None}
