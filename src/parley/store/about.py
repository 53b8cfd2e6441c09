"""What a ledger holds on one actor: the names that mean them, in which articles, what they say there, and whom they meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.resolve.judgements import decided, in_article, of_key
from parley.store import query
from parley.store import schema as t
from parley.store.rows import Row, name_key

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

_MANY = 400
"""Values of one `IN`: older SQLites refuse more than 999."""


@dataclass(frozen=True, slots=True)
class About:
    """What is stored on an actor.

    `names` are names as printed, a row an article: key, name, kind, side, role, uses, article, outlet, published. `links` are
    all links to the actor. `events` are those that name them, each with `met`: id and name of the other actors in it.
    `beside` counts the articles that name another actor too, by that actor's id and name.
    """

    actor: Row
    names: Sequence[Row]
    links: Sequence[Row]
    statements: Sequence[Row]
    events: Sequence[Row]
    beside: dict[tuple[str, str], int]


def about(ledger: Ledger, actor: Row) -> About:
    """What a ledger holds on one actor."""
    opened: AbstractContextManager[Connection] = ledger._reading()
    with opened as connection:
        links = _links(connection, t.link.c.right == actor["id"])
        keys = sorted({of_key(link["left"])[0] for link in links})
        names = [row for row in _names(connection, t.name.c.key, keys) if row["actor"] == actor["id"]]
        places = {(row["key"], row["article"]) for row in names}
        articles = sorted({article for _, article in places})
        others = list(_names(connection, t.name.c.article, articles))
        return About(
            actor=actor,
            names=names,
            links=links,
            statements=list(_statements(connection, places)),
            events=list(_events(connection, articles, actor["id"], others)),
            beside=_beside(connection, others, actor["id"]),
        )


def _cut(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[at : at + _MANY] for at in range(0, len(values), _MANY))


def _links(connection: Connection, where: sa.ColumnElement[bool]) -> list[Row]:
    return [dict(r) for r in connection.execute(sa.select(t.link).where(where).order_by(t.link.c.left)).mappings()]


def _names(connection: Connection, column: sa.Column[str], values: Sequence[str]) -> Iterator[Row]:
    """Names as printed, a row an article, each with the `actor` whom it means there."""
    article = t.article.c
    for some in _cut(values):
        wanted = sa.select(t.name, article.outlet, article.published, article.place).join(
            t.article, article.id == t.name.c.article
        )
        rows = [dict(r) for r in connection.execute(wanted.where(column.in_(some))).mappings()]
        lefts = sorted({left for r in rows for left in (r["key"], in_article(r["key"], r["article"]))})
        links = [link for part in _cut(lefts) for link in _links(connection, t.link.c.left.in_(part))]
        meant = decided(links)
        for row in sorted(rows, key=lambda r: (r["place"], r["key"])):
            here = in_article(row["key"], row["article"])
            yield {**row, "actor": meant.get(here, meant.get(row["key"]))}


def _statements(connection: Connection, places: set[tuple[str, str]]) -> Iterator[Row]:
    for keys in _cut(sorted({key for key, _ in places})):
        wanted = (
            sa.select(t.statement)
            .join(t.article, t.article.c.id == t.statement.c.article)
            .where(t.statement.c.speaker_key.in_(keys))
            .order_by(t.article.c.published, t.article.c.place, t.statement.c.start)
        )
        rows = connection.execute(wanted).mappings().all()
        yield from query.shown(connection, "statement", [r for r in rows if (r["speaker_key"], r["article"]) in places])


def _events(connection: Connection, articles: Sequence[str], actor: str, others: Iterable[Row]) -> Iterator[Row]:
    meant = {(r["article"], name_key(r["name"])): r["actor"] for r in others if r["actor"]}
    called = _called(connection, sorted(set(meant.values())))
    for some in _cut(articles):
        wanted = sa.select(t.event).where(t.event.c.article.in_(some)).order_by(t.event.c.article, t.event.c.start)
        rows = connection.execute(wanted).mappings().all()
        for row in query.shown(connection, "event", rows):
            who = {meant.get((row["article"], name_key(name))) for name in row["actors"]} - {None}
            if actor in who:
                yield {**row, "met": sorted((str(i), called[str(i)]) for i in who - {actor})}


def _beside(connection: Connection, others: Iterable[Row], actor: str) -> dict[tuple[str, str], int]:
    """How many articles name another actor too."""
    together = {(r["actor"], r["article"]) for r in others if r["actor"] and r["actor"] != actor}
    called = _called(connection, sorted({who for who, _ in together}))
    counted: dict[tuple[str, str], int] = {}
    for who, _ in together:
        key = who, called[who]
        counted[key] = counted.get(key, 0) + 1
    return counted


def _called(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    columns = (t.actor.c.id, t.actor.c.name)
    parts = [sa.select(*columns).where(t.actor.c.id.in_(some)) for some in _cut(ids)]
    found = {id: name for part in parts for id, name in connection.execute(part)}
    return {id: found.get(id, id) for id in ids}
