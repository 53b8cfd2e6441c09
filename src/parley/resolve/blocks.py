"""What is known of a printed name, and whom it may mean: candidates found by blocks, never by going through all of them.

Two names that share no block never influence each other's links; `keys` gives a name's blocks, and `Registry` finds
candidates by them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.names import normalise
from parley.codebooks import ActorEntry, Codebook
from parley.data import Actor, row_id
from parley.resolve import organs, personal
from parley.resolve.holders import Owners
from parley.resolve.organs import Body, folded
from parley.resolve.personal import Person

BODIES = frozenset({"organisation", "government"})
"""Kinds whose names may end in a small letter: "the health ministry" of one side is the same one everywhere."""

Office = tuple[str, str]
"""Whose office, and which."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed, with what the articles say of it, how often, and from which day to which; `key` is what links start from."""

    key: str
    name: str
    kind: str = "unknown"
    side: str | None = None
    role: str | None = None
    uses: int = 1
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A name in one article: the role that it is given there, and the day of the article."""

    key: str
    article: str
    role: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """All uses of one key: its kind, side and role the ones most often given, and every row behind them."""

    key: str
    name: str
    kind: str
    side: str | None
    role: str | None
    uses: int
    rows: tuple[Name, ...]
    named: bool
    person: Person | None
    body: Body | None
    office: Office | None

    @property
    def roles(self) -> list[str | None]:
        """The roles that articles give it."""
        return [r.role for r in self.rows]

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The first and the last day of articles that print it, as far as they have one."""
        first = min((r.first for r in self.rows if r.first), default=None)
        return first, max((r.last for r in self.rows if r.last), default=first)


def entities(names: Iterable[Name], owners: Owners) -> list[Entity]:
    """One entity a key, in an order that depends on nothing else."""
    by_key: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_key[name.key].append(name)
    made = [entity(key, same, owners) for key, same in by_key.items()]
    return sorted(made, key=lambda n: (most_used(n), n.key))


def most_used(name: Entity) -> tuple[Any, ...]:
    """The rank of a name: the one printed most, of equals the fuller one, then the one printed first.

    The alphabet is not part of it: which party's ministry "the ministry" is must not hang on what the parties are called.
    """
    first, last = name.days
    return -name.uses, -len(name.name.split()), -len(name.name), first or "~", last or "~", name.role or "~"


def entity(key: str, same: Sequence[Name], owners: Owners) -> Entity:
    """What the rows of one key say together."""
    rows = tuple(sorted(same, key=lambda n: (n.name, n.kind, n.side or "", n.role or "", n.first or "", n.uses)))
    name = most((n.name, n.uses) for n in rows) or ""
    kind = most((n.kind, n.uses) for n in rows if n.kind != "unknown") or "unknown"
    side = surely((n.side, n.uses) for n in rows if n.side)
    role = most((n.role, n.uses) for n in rows if n.role)
    named, person, body = _parts(name, kind, side, owners)
    office = None if named and kind != "organisation" else owners.office(name, side)
    return Entity(key, name, kind, side, role, sum(n.uses for n in rows), rows, named, person, body, office)


def most(counted: Iterable[tuple[str | None, int]]) -> str | None:
    """The value with the highest count, the first in the alphabet of equals."""
    counted = list(counted)
    if len(counted) == 1:
        return counted[0][0]
    totals: Counter[str] = Counter()
    for value, count in counted:
        if value is not None:
            totals[value] += count
    return min(totals, key=lambda v: (-totals[v], v), default=None)


def surely(counted: Iterable[tuple[str, int]]) -> str | None:
    """The value with the highest count; None where two have it: no side beats one chosen by the alphabet.

    >>> surely([("Calvera", 2), ("Veyra", 1)]), surely([("Calvera", 1), ("Veyra", 1)])
    ('Calvera', None)
    """
    totals: Counter[str] = Counter()
    for value, count in counted:
        totals[value] += count
    best = totals.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _parts(name: str, kind: str, side: str | None, owners: Owners) -> tuple[bool, Person | None, Body | None]:
    """Whether the words are a name at all, and what they say as a person's and as a body's."""
    if not _is_name(name, kind):
        return False, None, None
    if kind == "person" and personal.person(name) is None:
        return False, None, None
    nobody = kind not in ("person", "unknown") or (kind == "unknown" and _is_body(name))
    person = None if nobody else personal.person(name)
    body = None if kind == "person" else _body(name, kind, side, owners)
    other = body is not None and not (body.organ or body.itself) and (kind not in BODIES or " " not in name)
    if other and ((name[:1].islower() and person is None) or not _plain(name)):
        return False, None, None
    return True, person, body


def _is_body(name: str) -> bool:
    """True where the last of several words is a noun for a body: "Defence Ministry"."""
    return " " in name and name.rpartition(" ")[2].lower() in words_of_class("role", "organisation")


def _body(name: str, kind: str, side: str | None, owners: Owners) -> Body | None:
    if kind != "organisation" and (owner := owners.of(name, side)) is not None:
        return Body(owner, None, True, (), None, None)
    return organs.body(name, side, owners)


def _plain(name: str) -> bool:
    """True for words that may be a body's name where nobody has said what it is: none of a sentence's."""
    words = name.split()
    return len(words) <= 6 and not any(w.lower() in _SENTENCE for w in words) and not any(c in name for c in '“”",;:')


_SENTENCE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "said",
        "says",
        "say",
        "tell",
        "told",
        "that",
        "which",
        "who",
        "whose",
        "if",
        "and",
        "or",
        "but",
        "he",
        "she",
        "they",
        "we",
        "i",
        "it",
        "his",
        "her",
        "their",
    ]
)


@lru_cache(maxsize=65536)
def _is_name(name: str, kind: str) -> bool:
    """True for a name; "residents" and "an envoy" are somebody else in every article, and "Reve and Idrow" are two."""
    words = name.split()
    if not words or len(name) > 90:
        return False
    if kind in BODIES:
        return True
    last = words[-1].lower()
    if words[-1] == last and last not in personal.generations():
        return (
            kind == "unknown" and last in words_of_class("role", "organisation") and any(w[:1].isupper() for w in words)
        )
    if kind in ("unknown", "group") and ("and" in words or last in words_of_class("role", "group")):
        return organs.organ_of(name) is not None
    return len(words) > 1 or words[0].lower() not in _no_names()


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return personal.NO_NAME


def office_terms(name: Entity, owners: Owners) -> dict[Office, list[tuple[str, str]]]:
    """The offices that articles say somebody holds, each with the days from which to which they say so."""
    out: dict[Office, list[tuple[str, str]]] = {}
    for row in name.rows:
        if row.role and row.first and row.last and len(row.first) == len(row.last) == 10:
            office = owners.office(row.role, row.side or name.side)
            if office is not None:
                out.setdefault(office, []).append((row.first, row.last))
    return out


def keys(name: Entity, owners: Owners) -> list[str]:
    """The blocks of a name: two that share none have nothing to do with each other."""
    listed = [f"c:{one}" for form in forms(name.name) for one in owners.listed(form)]
    found = [*listed, *(f"x:{form}" for form in forms(name.name))]
    if name.named:
        if name.person is not None:
            found += personal.keys(name.person)
        if name.body is not None:
            found += organs.keys(name.body, name.name)
            if name.body.itself and name.body.owner:
                found += [f"x:{normalise(name.body.owner)}", f"c:{name.body.owner}"]
            if not name.body.organ and name.role and name.side and (organ := organs.organ_of(name.role)):
                found += organs.keys(Body(owners.named(name.side), organ, False, (), None, None), "")
        found += [f"h:{owner}:{office}" for owner, office in office_terms(name, owners)]
    elif name.office:
        found.append(f"h:{name.office[0]}:{name.office[1]}")
    elif not listed:
        return []
    return list(dict.fromkeys(found))


def listed_keys(entry: ActorEntry, owners: Owners) -> tuple[list[str], list[Person]]:
    """The blocks of somebody whom the codebook lists, and the parts of a listed person's names."""
    found = [f"c:{entry.name}"]
    people: list[Person] = []
    for name in (entry.name, *entry.aliases):
        found += [f"x:{form}" for form in forms(name)]
        if entry.kind in ("person", "unknown") and (parts := personal.person(name)) and len(parts.words) > 1:
            people.append(parts)
            found += personal.keys(parts)
        if entry.kind in BODIES:
            body = organs.body(name, entry.side if entry.side != entry.name else None, owners)
            found += organs.keys(body, name)
    if entry.role and entry.side and entry.side != entry.name and (organ := organs.organ_of(entry.role)):
        found += organs.keys(Body(owners.named(entry.side), organ, False, (), None, None), "")
    return list(dict.fromkeys(found)), people


def related(left: Person | None, right: Person | None, shared: Iterable[str]) -> bool:
    """True where two who share some blocks may bear on each other's links: of persons' blocks, where the names are alike."""
    if any(block[0] not in "sgpqto" for block in shared):
        return True
    if left is None or right is None:
        return False
    surnames = all(block[0] == "s" for block in shared)
    if surnames and len(left.words) > 1 and len(right.words) > 1 and not left.alone and not right.alone:
        return False  # two full names that share no more than the surname are never held against each other
    return personal.alike(left, right).score > 0


@lru_cache(maxsize=65536)
def forms(name: str) -> tuple[str, ...]:
    """The ways in which a name is looked up as it is printed: whole, and without titles."""
    return tuple(dict.fromkeys((normalise(name), normalise(personal.untitled(name)))))


# --- candidates -----------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Candidate:
    """Somebody whom names may mean: from the codebook, or made known by a name."""

    ref: str
    name: str
    kind: str
    listed: bool = False
    side: str | None = None
    role: str | None = None
    aliases: set[str] = field(default_factory=set)
    owned: tuple[str, str] | None = None
    persons: list[Person] = field(default_factory=list)
    core: tuple[str, ...] = ()
    head: str | None = None
    alone: bool = False
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    terms: dict[Office, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def uses(self) -> int:
        """How often articles print a name of theirs."""
        return self.names.total()

    def side_fits(self, side: str | None) -> bool:
        """False where a side is known on both hands and is not the same."""
        if not side or not (self.sides or self.side):
            return True
        wanted = normalise(side)
        return (self.side is not None and normalise(self.side) == wanted) or any(
            normalise(s) == wanted for s in self.sides
        )

    def take(self, name: Entity, terms: Mapping[Office, list[tuple[str, str]]]) -> None:
        """Note what a name that means them says."""
        for row in name.rows:
            if name.named:
                self.names[row.name] += row.uses
            self.kinds[row.kind] += row.uses
            if row.side:
                self.sides[row.side] += row.uses
            if row.role:
                self.roles[row.role] += row.uses
        for office, spans in terms.items():
            self.terms.setdefault(office, []).extend(spans)

    def actor(self, *, namesake: bool = False) -> Actor:
        """The actor: listed names stay, others are called what articles print most, in full where any does."""
        name = self.name if self.listed or not self.names else self._called()
        kind = self.kind
        if not self.listed:
            kind = most((k, n) for k, n in self.kinds.items() if k != "unknown") or "unknown"
        side = self.side or surely(self.sides.items())
        role = self.role or most(self.roles.items())
        others = {a for a in (*self.aliases, *self.names) if normalise(a) != normalise(name)}
        id = row_id("ac", normalise(name), kind, *([side] if namesake else []))
        return Actor(id, name, kind, role, side if side != name else None, tuple(sorted(others)))

    def _called(self) -> str:
        bare = {n: personal.untitled(n) for n in self.names}
        counted: Counter[str] = Counter()
        for printed, plain in bare.items():
            counted[plain] += self.names[printed]
        if self.owned:
            whole = [n for n in counted if folded(self.owned[0])[:4] in folded(n)]
            return min(whole, key=lambda n: (-counted[n], n)) if whole else " ".join(self.owned)
        return min(counted, key=lambda n: (not _in_full(n), -counted[n], -len(n), n))


def _in_full(name: str) -> bool:
    one = personal.person(name)
    return not organs.is_letters(name) and (one is None or not (one.alone or one.initials))


class Registry:
    """All candidates, by their blocks."""

    def __init__(self, codebook: Codebook, owners: Owners) -> None:
        self.all: list[Candidate] = []
        self._owners = owners
        self._by_key: dict[str, dict[str, Candidate]] = defaultdict(dict)
        self._listed: dict[str, dict[str, Candidate]] = defaultdict(dict)
        self._people: dict[str, dict[str, tuple[Candidate, list[Person]]]] = defaultdict(dict)
        for entry in codebook.actors:
            one = self.make(entry.name, entry.kind)
            one.listed, one.side, one.role, one.aliases = True, entry.side, entry.role, set(entry.aliases)
            for form in (entry.name, *entry.aliases, *entry.demonyms, *([entry.capital] if entry.capital else [])):
                self._listed[normalise(form)][one.ref] = one
            self._index_listed(one, (entry.name, *entry.aliases))

    def make(self, name: str, kind: str) -> Candidate:
        """A new candidate, found by its name."""
        one = Candidate(f"{len(self.all):08}", name, kind)
        self.all.append(one)
        for form in forms(name):
            self._by_key[f"x:{form}"][one.ref] = one
        return one

    def _index_listed(self, one: Candidate, names: Sequence[str]) -> None:
        for name in names:
            if one.kind in ("person", "unknown") and (parts := personal.person(name)) and len(parts.words) > 1:
                self._add_person(one, parts)
            if one.kind in BODIES:
                body = organs.body(name, one.side if one.side != one.name else None, self._owners)
                self._index_body(one, body, name)
        if one.role and one.side and one.side != one.name and (organ := organs.organ_of(one.role)):
            self._index_organ(one, self._owners.named(one.side) or one.side, organ)

    def made_of(self, name: Entity) -> Candidate:
        """A new candidate, known by a name that articles print."""
        one = self.make(name.name, name.kind)
        if name.person is not None:
            one.alone = name.person.alone or len(name.person.words) == 1
        if name.body is not None and name.body.organ and name.body.owner:
            one.owned = (name.body.owner, name.body.organ)
        self.index(one, name, again=True)
        if name.body and not name.body.organ and name.role and name.side and (organ := organs.organ_of(name.role)):
            self._index_organ(one, self._owners.named(name.side) or name.side, organ)
        return one

    def index(self, one: Candidate, name: Entity, *, again: bool) -> None:
        """Find somebody by a name too; by its parts as well where `again`."""
        for form in forms(name.name):
            if not (name.person is not None and name.person.alone and not one.alone):
                self._by_key[f"x:{form}"][one.ref] = one
        for owner, office in one.terms:
            self._by_key[f"h:{owner}:{office}"][one.ref] = one
        if not again or one.listed:
            return
        if name.person is not None and name.person not in one.persons:
            self._add_person(one, name.person)
        if name.body is not None:
            self._index_body(one, name.body, name.name)

    def _index_body(self, one: Candidate, body: Body, name: str) -> None:
        if body.organ and body.owner:
            self._index_organ(one, body.owner, body.organ)
        elif not body.itself and body.core:
            if not one.core:
                one.core, one.head = body.core, body.head
            self._add(one, organs.keys(body, name))

    def _index_organ(self, one: Candidate, owner: str, organ: str) -> None:
        self._add(one, organs.keys(Body(owner, organ, False, (), None, None), ""))

    def _add_person(self, one: Candidate, parts: Person) -> None:
        one.persons.append(parts)
        for key in personal.keys(parts):
            self._people[key].setdefault(one.ref, (one, []))[1].append(parts)

    def _add(self, one: Candidate, keys: Iterable[str]) -> None:
        for key in keys:
            self._by_key[key][one.ref] = one

    # --- finding ----------------------------------------------------------------------------------------------------

    def exact(self, name: str, *, known: bool) -> list[Candidate]:
        """Those who have a name as printed: of the codebook where `known`, else of all; the one printed most first."""
        where = self._listed if known else self._by_key
        for form in forms(name):
            if found := where.get(form if known else f"x:{form}"):
                return sorted(found.values(), key=lambda c: (-c.uses, c.ref))
        return []

    def near(self, name: Entity) -> list[tuple[Candidate, list[Person]]]:
        """Persons whom a person's name may mean, each with those of their names that share a block with it."""
        assert name.person is not None
        full = len(name.person.words) > 1 and not name.person.alone
        found: dict[str, tuple[Candidate, list[Person]]] = {}
        for key in personal.keys(name.person):
            if not (full and key.startswith("s:")):
                for ref, (one, parts) in self._people.get(key, {}).items():
                    found.setdefault(ref, (one, []))[1].extend(parts)
        return [found[ref] for ref in sorted(found)]

    def organs(self, owner: str, organ: str) -> list[Candidate]:
        """The organ of an owner."""
        return self._sorted(f"r:{folded(owner)}:{organ}")[:1]

    def ministries(self, owner: str) -> list[Candidate]:
        """All ministries of an owner."""
        return self._sorted(f"n:{folded(owner)}")

    def cores(self, body: Body) -> list[Candidate]:
        """Bodies that sound alike."""
        found = {c.ref: c for key in organs.keys(body, "") if key.startswith("b:") for c in self._sorted(key)}
        return [found[ref] for ref in sorted(found)]

    def lettered(self, letters: str) -> list[Candidate]:
        """Bodies that go by some letters."""
        return self._sorted(f"a:{letters}")

    def holders(self, office: Office) -> list[Candidate]:
        """Persons whom articles call holder of an office."""
        return self._sorted(f"h:{office[0]}:{office[1]}")

    def _sorted(self, key: str) -> list[Candidate]:
        return [c for _, c in sorted(self._by_key.get(key, {}).items())]
