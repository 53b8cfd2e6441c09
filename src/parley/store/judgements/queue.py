"""What to look at next: rows that nobody has judged, by how unsure they are or by layer, a page at a time."""

from __future__ import annotations

from heapq import merge
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.errors import UsageError
from parley.store import query
from parley.store import schema as t
from parley.store.judgements.rows import status_column, table_of
from parley.store.rows import Row

ORDERS = ("confidence", "layer", "disagreement")
LAYERS = ("statement", "figure", "position", "event", "wording")


def layer_of(name: str) -> str:
    """A layer by its name, in the singular or as `parley show` has it."""
    found = next((kind for kind in LAYERS if name in (kind, f"{kind}s")), None)
    if found is None:
        raise UsageError(f"there is no layer {name!r} to judge; there are {', '.join(LAYERS)}")
    return found


def queue(
    connection: Connection, order: str, *, layer: str | None, article: str | None, after: str | None, limit: int
) -> list[Row]:
    """The next rows by confidence or by layer, after the row that was seen last."""
    layers = LAYERS if layer is None else (layer_of(layer),)
    seen = _seen(connection, after)
    pages = []
    for kind in layers:
        if order == "layer" and seen and LAYERS.index(kind) < LAYERS.index(seen[2]):
            continue
        from_here = seen[:2] if seen and (order == "confidence" or kind == seen[2]) else None
        pages.append([(c, i, kind) for i, c in _page(connection, kind, article, from_here, limit)])
    chosen = merge(*pages) if order == "confidence" else (one for page in pages for one in page)
    return rows_of(connection, [(kind, id) for _, id, kind in islice(chosen, limit)])


def _seen(connection: Connection, after: str | None) -> tuple[float, str, str] | None:
    for kind in LAYERS if after else ():
        table = table_of(kind)
        found = connection.execute(sa.select(table.c.confidence).where(table.c.id == after)).scalar()
        if found is not None and after:
            return found, after, kind
    if after:
        raise UsageError(f"there is no row {after!r} any more to go on from: start the queue again")
    return None


def _page(
    connection: Connection, kind: str, article: str | None, after: tuple[float, str] | None, limit: int
) -> list[Any]:
    c = table_of(kind).c
    wanted = sa.select(c.id, c.confidence).where(c[status_column(kind) or "status"] == "machine")
    if article is not None:
        wanted = wanted.where(c.article == article)
    if after is not None:
        wanted = wanted.where(sa.tuple_(c.confidence, c.id) > sa.tuple_(*map(sa.literal, after)))
    return list(connection.execute(wanted.order_by(c.confidence, c.id).limit(limit)).all())


def rows_of(connection: Connection, wanted: list[tuple[str, str]]) -> list[Row]:
    """Rows by kind and id, in this order."""
    by_id: dict[str, Row] = {}
    for kind in dict.fromkeys(k for k, _ in wanted):
        table = table_of(kind)
        found = connection.execute(sa.select(table).where(table.c.id.in_([i for k, i in wanted if k == kind])))
        by_id |= {r["id"]: r for r in query.shown(connection, kind, found.mappings().all())}
    return [by_id[i] for _, i in wanted if i in by_id]


def contested(connection: Connection) -> list[str]:
    """Judged rows on which people disagree, then those of which Parley says something else by now; the latest first."""
    j = t.judged.c
    wanted = sa.select(j.row).where(j.kind.in_(LAYERS), sa.or_(j.disputed, j.differs != []))
    return list(connection.execute(wanted.order_by(j.disputed.desc(), j.at.desc(), j.row)).scalars())
