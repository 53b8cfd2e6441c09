"""Linking the names of a ledger again where articles came, went or were read again: only theirs, and those they bear on.

Two names bear on each other where they share a block and are alike, and through each other on further ones. Linking all names
of such a circle by themselves gives the links that linking everything gives (a test holds it to that), so nothing else is read.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from parley.codebooks import Codebook
from parley.resolve.actors import VERSION, Resolver
from parley.resolve.blocks import Entity, Name, Use, entity, keys, listed_keys, most_used, related
from parley.resolve.holders import Owners
from parley.resolve.judgements import MACHINE
from parley.resolve.personal import Person

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.linking import LinkDesk

STATE = "actors"

MOST = 0.3
"""The share of all names from which on all are linked: looking up who bears on whom takes longer than linking them."""

FIELDS = ("key", "name", "kind", "side", "role", "uses", "first", "last")


def link_names(ledger: Ledger, codebook: Codebook) -> None:
    """Link the names of a ledger; nothing is done where neither articles nor codebook have changed since the last time."""
    with ledger.linking() as desk:
        known = desk.begin(STATE, hashlib.sha256(repr((VERSION, codebook.sha256)).encode()).hexdigest())
        changed = desk.changed()
        if not known:
            _all(desk, codebook)
        elif changed:
            _some(desk, codebook, changed)


def _all(desk: LinkDesk, codebook: Codebook) -> None:
    owners = Owners(codebook)
    found = _entities(desk.names(), owners)
    actors, links = Resolver(codebook, owners, _uses(desk)).resolve(_ordered(found.values()))
    desk.replace(None, actors, links, by=MACHINE)
    desk.put_blocks({key: {hashed(block) for block in keys(one, owners)} for key, one in found.items()})


def _some(desk: LinkDesk, codebook: Codebook, changed: Collection[str]) -> None:
    owners = Owners(codebook)
    circle = Circle(desk, codebook, owners)
    found = circle.around(changed)
    actors, links = Resolver(codebook, owners, _uses(desk)).resolve(_ordered(found.values()))
    desk.replace({*changed, *found}, actors, links, by=MACHINE)
    desk.put_blocks({key: circle.hashes(found[key]) if key in found else set() for key in changed})


def _uses(desk: LinkDesk) -> Callable[[Iterable[str]], Iterable[Use]]:
    return lambda wanted: [Use(**row) for row in desk.uses(wanted)]


def _entities(rows: Iterable[Mapping[str, object]], owners: Owners) -> dict[str, Entity]:
    by_key: dict[str, list[Name]] = defaultdict(list)
    for row in rows:
        name = Name(**{k: row[k] for k in FIELDS})  # type: ignore[arg-type]
        by_key[name.key].append(name)
    return {key: entity(key, same, owners) for key, same in by_key.items()}


def _ordered(found: Iterable[Entity]) -> list[Entity]:
    return sorted(found, key=lambda n: (most_used(n), n.key))


def hashed(block: str) -> int:
    """A block's key as a number that databases keep in eight bytes.

    >>> hashed("s:trn") == hashed("s:trn"), -(2**63) <= hashed("s:trn") < 2**63
    (True, True)
    """
    return int.from_bytes(hashlib.blake2b(block.encode(), digest_size=8).digest(), "big", signed=True)


class _Listed(NamedTuple):
    """Somebody whom the codebook lists, as far as finding who bears on whom goes."""

    blocks: Mapping[int, str]
    people: tuple[Person, ...]


class Circle:
    """All names that some names bear on, through whomever."""

    def __init__(self, desk: LinkDesk, codebook: Codebook, owners: Owners) -> None:
        self._desk = desk
        self._owners = owners
        self._names: dict[str, Entity] = {}
        self._blocks: dict[str, dict[int, str]] = {}
        self._listed: list[_Listed] = []
        self._listed_in: dict[int, list[int]] = defaultdict(list)
        for entry in codebook.actors:
            blocks, people = listed_keys(entry, owners)
            by_hash = {hashed(block): block for block in blocks}
            for one in by_hash:
                self._listed_in[one].append(len(self._listed))
            self._listed.append(_Listed(by_hash, tuple(people)))

    def hashes(self, name: Entity) -> set[int]:
        """The blocks of a name."""
        return set(self._of(name))

    def _of(self, name: Entity) -> dict[int, str]:
        if name.key not in self._blocks:
            self._blocks[name.key] = {hashed(block): block for block in keys(name, self._owners)}
        return self._blocks[name.key]

    def _load(self, wanted: Collection[str]) -> None:
        new = [key for key in wanted if key not in self._names]
        self._names |= _entities(self._desk.names(new), self._owners)

    def around(self, changed: Collection[str]) -> dict[str, Entity]:
        """The names that changed, as they are now, and all those they bear on."""
        self._load(changed)
        found = {key: self._names[key] for key in changed if key in self._names}
        before = self._desk.blocks(changed)
        left = {block for key, blocks in before.items() for block in blocks - self._held(found.get(key))}
        edge = dict(found)
        for key in self._desk.sharing(left):
            self._load([key])
            if key in self._names and key not in found:
                edge[key] = self._names[key]
        found |= edge
        people: set[int] = set()
        while edge:
            edge = self._next(edge, people, found)
            found |= edge
        return found

    def _held(self, name: Entity | None) -> set[int]:
        return set() if name is None else set(self._of(name))

    def _next(self, edge: Mapping[str, Entity], people: set[int], found: Mapping[str, Entity]) -> dict[str, Entity]:
        """Who bears on the names at the edge, by themselves or through somebody whom the codebook lists."""
        asking: list[tuple[tuple[Person | None, ...], Mapping[int, str]]] = [
            ((one.person,), self._of(one)) for one in edge.values()
        ]
        for at in self._listed_near(asking) - people:
            people.add(at)
            asking.append((self._listed[at].people or (None,), self._listed[at].blocks))
        in_block: dict[int, list[int]] = defaultdict(list)
        for at, (_, blocks) in enumerate(asking):
            for block in blocks:
                in_block[block].append(at)
        near = {k: b for k, b in self._desk.sharing(in_block).items() if k not in found}
        self._load(near)
        return {
            k: self._names[k]
            for k, shared in near.items()
            if k in self._names and self._bears(k, shared, asking, in_block)
        }

    def _bears(
        self,
        key: str,
        shared: Collection[int],
        asking: list[tuple[tuple[Person | None, ...], Mapping[int, str]]],
        in_block: Mapping[int, list[int]],
    ) -> bool:
        by_asker: dict[int, list[str]] = defaultdict(list)
        for block in shared:
            for at in in_block[block]:
                by_asker[at].append(asking[at][1][block])
        one = self._names[key].person
        return any(related(other, one, blocks) for at, blocks in by_asker.items() for other in asking[at][0])

    def _listed_near(self, asking: list[tuple[tuple[Person | None, ...], Mapping[int, str]]]) -> set[int]:
        near: set[int] = set()
        for persons, blocks in asking:
            shared: dict[int, list[str]] = defaultdict(list)
            for block, told in blocks.items():
                for at in self._listed_in.get(block, ()):
                    shared[at].append(told)
            for at, told_blocks in shared.items():
                others = self._listed[at].people or (None,)
                if any(related(one, other, told_blocks) for one in persons for other in others):
                    near.add(at)
        return near
