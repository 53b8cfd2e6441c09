"""The desk at which names are linked: which have changed since the last time, who shares a block with them, and their new links.

A desk is one transaction (`Ledger.linking`): links are made anew for the names that changed and those they bear on, or not
at all. `linked` holds the articles whose names are in the links, `name_block` the blocks of each name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.data import Actor, Link
from parley.resolve.judgements import of_key
from parley.store import schema as t
from parley.store.judgements.actors import clear, settle
from parley.store.roles import kept
from parley.store.rows import Row

_MANY = 400
"""Values of one `IN`: older SQLites refuse more than 999."""

_LINK = ("id", "left", "right", "judgement", "score", "rule", "detail", "by")


class LinkDesk:
    """One transaction of linking."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- what has changed -------------------------------------------------------------------------------------------

    def begin(self, key: str, rules: str) -> bool:
        """Note by which rules names are linked; False where they were linked by others, and all is to be done anew."""
        at = t.state.c.key == key
        if self._connection.execute(sa.select(t.state.c.value).where(at)).scalar() == rules:
            return True
        for table in (t.linked, t.name_block):
            self._connection.execute(table.delete())
        self._connection.execute(t.state.delete().where(at))
        self._connection.execute(t.state.insert().values(key=key, value=rules))
        return False

    def changed(self) -> set[str]:
        """The keys of names in articles that are new, gone or read again since the last time."""
        gone = self._connection.execute(
            sa.select(t.linked.c.article, t.linked.c["keys"]).where(t.linked.c.held.is_(None))
        )
        before: dict[str, list[str]] = {row[0]: row[1] for row in gone}
        for some in _cut(sorted(before)):
            self._connection.execute(t.linked.delete().where(t.linked.c.article.in_(some)))
        here = sa.select(t.linked.c.held).where(t.linked.c.held == t.article.c.id)
        # PostgreSQL keeps them as they are until this is done: what another build reads anew meanwhile would be noted as linked, with its old names
        lacking = kept(self._connection, sa.select(t.article.c.id).where(~here.exists()))
        new = list(self._connection.execute(lacking).scalars())
        brought: dict[str, list[str]] = {article: [] for article in new}
        for some in _cut(new):
            wanted = sa.select(t.name.c.article, t.name.c.key).where(t.name.c.article.in_(some))
            for article, key in self._connection.execute(wanted):
                brought[article].append(key)
        rows = [{"article": a, "held": a, "keys": sorted(keys)} for a, keys in brought.items()]
        if rows:
            self._connection.execute(t.linked.insert(), rows)
        return {key for keys in (*before.values(), *brought.values()) for key in keys}

    # --- names ------------------------------------------------------------------------------------------------------

    def names(self, keys: Collection[str] | None = None) -> Iterator[Row]:
        """Names with each kind, side and role they are given, how often, and from which day to which; of some keys or of all."""
        name, day = t.name.c, t.article.c.published
        columns = [name.key, name.name, name.kind, name.side, name.role]
        counted = (
            sa.select(
                *columns,
                sa.func.sum(name.uses).label("uses"),
                sa.func.min(day).label("first"),
                sa.func.max(day).label("last"),
            )
            .join(t.article, t.article.c.id == name.article)
            .group_by(*columns)
        )
        for part in [counted] if keys is None else [counted.where(name.key.in_(some)) for some in _cut(sorted(keys))]:
            yield from (dict(r) for r in self._connection.execute(part).mappings())

    def uses(self, keys: Iterable[str]) -> Iterator[Row]:
        """The articles that print the names of some keys: `key`, `article`, the `role` given there and the article's `date`."""
        name, article = t.name.c, t.article.c
        columns = (name.key, name.article, name.role, article.published.label("date"))
        for some in _cut(sorted(keys)):
            wanted = sa.select(*columns).join(t.article, article.id == name.article).where(name.key.in_(some))
            found = self._connection.execute(wanted.order_by(name.key, name.article)).mappings()
            yield from (dict(r) for r in found)

    # --- blocks -----------------------------------------------------------------------------------------------------

    def blocks(self, keys: Collection[str]) -> dict[str, set[int]]:
        """The blocks that some names were in the last time."""
        out: dict[str, set[int]] = defaultdict(set)
        for some in _cut(sorted(keys)):
            wanted = sa.select(t.name_block).where(t.name_block.c.key.in_(some))
            for block, key in self._connection.execute(wanted):
                out[key].add(block)
        return out

    def sharing(self, blocks: Collection[int]) -> dict[str, set[int]]:
        """The names that are in some blocks, and in which of them."""
        out: dict[str, set[int]] = defaultdict(set)
        for some in _cut(sorted(blocks)):
            wanted = sa.select(t.name_block).where(t.name_block.c.block.in_(some))
            for block, key in self._connection.execute(wanted):
                out[key].add(block)
        return out

    def put_blocks(self, blocks: Mapping[str, Collection[int]]) -> None:
        """Put the blocks of some names in the place of those they had; a name without any is gone."""
        for some in _cut(sorted(blocks)):
            self._connection.execute(t.name_block.delete().where(t.name_block.c.key.in_(some)))
        rows = sorted((block, key) for key, held in blocks.items() for block in held)
        if rows:
            self._connection.execute(t.name_block.insert(), [{"block": b, "key": k} for b, k in rows])

    # --- links ------------------------------------------------------------------------------------------------------

    def replace(self, keys: Collection[str] | None, actors: Sequence[Actor], links: Sequence[Link], *, by: str) -> None:
        """Put links in the place of those that `by` made for some names, or for all; people's judgements are laid over again."""
        clear(self._connection)
        stale = self._stale(keys, by)
        for some in _cut(sorted(stale)):
            self._connection.execute(t.link.delete().where(t.link.c.id.in_(some)))
        fields = ("id", "name", "kind", "role", "side")
        made = {a.id: {k: getattr(a, k) for k in fields} | {"aliases": list(a.aliases)} for a in actors}
        before = set(stale.values()) | set(made)
        for some in _cut(sorted(before)):
            self._connection.execute(t.actor.delete().where(t.actor.c.id.in_(some)))
        if made:
            self._connection.execute(t.actor.insert(), list(made.values()))
        if links:
            self._connection.execute(t.link.insert(), [{k: getattr(x, k) for k in _LINK} for x in links])
        settle(self._connection)

    def _stale(self, keys: Collection[str] | None, by: str) -> dict[str, str]:
        """The links that `by` made for some names, and to whom: those that hold everywhere, and those of one article."""
        link = t.link.c
        wanted = sa.select(link.id, link.left, link.right).where(link.by == by)
        if keys is None:
            return {id: right for id, _, right in self._connection.execute(wanted)}
        found = {id: right for some in _cut(sorted(keys)) for id, _, right in self._run(wanted, link.left.in_(some))}
        local = self._run(wanted, link.left.like("% @ar\\_%", escape="\\"))
        return found | {id: right for id, left, right in local if of_key(left)[0] in keys}

    def _run(self, wanted: sa.Select[Any], where: Any) -> Iterator[Any]:
        yield from self._connection.execute(wanted.where(where))


def _cut(values: Sequence[str] | Sequence[int] | list[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + _MANY] for at in range(0, len(values), _MANY))
