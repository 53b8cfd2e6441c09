"""Linking names to actors over a whole ledger: who "Melk", "O. Melk" and "Oran Melck" are.

A pure function of the names printed and of the codebook, so the order of articles changes nothing. Each link is a
judgement with its rule and reason, kept beside the rows; what cannot be told is `unsure`, and two people who share a
surname stay two. Names are only compared within blocks that share a word or all but a letter of one, so the work grows
with the number of names and not with its square.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from parley.codebooks import Codebook, lexicon
from parley.data import Actor, Link, row_id
from parley.resolve.judgements import MACHINE
from parley.resolve.names import compare, initials_match, misspelt, normalise, surname

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

STATE = "actors"
VERSION = 1
"""Part of what is compared to notice that nothing changed: raise it with every change of the rules here."""

_BODIES = frozenset({"organisation", "government"})
"""Kinds whose names may end in a small letter: "the health ministry" of one side is the same one everywhere."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed, with what the articles say of it and how often; `key` is what links start from."""

    key: str
    name: str
    kind: str = "unknown"
    side: str | None = None
    role: str | None = None
    uses: int = 1


@dataclass(slots=True)
class _Candidate:
    """Somebody whom names may mean: from the codebook, or a full name that articles print."""

    name: str
    kind: str
    side: str | None
    role: str | None
    aliases: set[str] = field(default_factory=set)
    uses: int = 0

    @property
    def id(self) -> str:
        return row_id("ac", normalise(self.name), self.kind)


def link_names(ledger: Ledger, codebook: Codebook) -> None:
    """Link all names of a ledger; nothing is done where neither names nor codebook have changed since the last time."""
    found = [Name(**{k: r[k] for k in ("key", "name", "kind", "side", "role", "uses")}) for r in ledger.names()]
    seen = hashlib.sha256(repr((VERSION, codebook.sha256, found)).encode()).hexdigest()
    if ledger.state(STATE) != seen:
        actors, links = resolve(found, codebook)
        ledger.replace_actors(actors, links, by=MACHINE, state=(STATE, seen))


def resolve(names: Iterable[Name], codebook: Codebook) -> tuple[list[Actor], list[Link]]:
    """The actors whom some names mean, and the links from each name's key to them."""
    return _Resolver(codebook).resolve(_merged(names))


def _merged(names: Iterable[Name]) -> list[Name]:
    """One Name a key, its kind, side and role the ones most often given, in an order that depends on nothing else."""
    by_key: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_key[name.key].append(name)
    merged = [
        Name(
            key=key,
            name=_most((n.name, n.uses) for n in same) or "",
            kind=_most((n.kind, n.uses) for n in same if n.kind != "unknown") or "unknown",
            side=_most((n.side, n.uses) for n in same if n.side),
            role=_most((n.role, n.uses) for n in same if n.role),
            uses=sum(n.uses for n in same),
        )
        for key, same in by_key.items()
    ]
    return sorted(merged, key=lambda n: (-n.uses, n.key))


def _most(counted: Iterable[tuple[str | None, int]]) -> str | None:
    """The value with the highest count, the first in the alphabet of equals."""
    totals: Counter[str] = Counter()
    for value, count in counted:
        if value is not None:
            totals[value] += count
    return min(totals, key=lambda v: (-totals[v], v), default=None)


class _Resolver:
    """The candidates, and where to look them up: by whole name, surname, and name with a letter left out."""

    def __init__(self, codebook: Codebook) -> None:
        self._by_name: dict[str, list[_Candidate]] = defaultdict(list)
        self._by_surname: dict[str, list[_Candidate]] = defaultdict(list)
        self._by_slip: dict[tuple[str, ...], list[_Candidate]] = defaultdict(list)
        self._printed: dict[str, str] = {}
        for entry in codebook.actors:
            known = _Candidate(entry.name, entry.kind, entry.side, entry.role, set(entry.aliases))
            forms = [entry.name, *entry.aliases, *entry.demonyms, *([entry.capital] if entry.capital else [])]
            self._add(known, forms)

    def _add(self, candidate: _Candidate, forms: Sequence[str]) -> None:
        for form in dict.fromkeys(normalise(f) for f in forms):
            self._by_name[form].append(candidate)
        words = _bare(candidate.name)
        if len(words) > 1 and candidate.kind in ("person", "unknown"):
            self._by_surname[surname(" ".join(words))].append(candidate)
        for key in _slips(words):
            self._by_slip[key].append(candidate)

    def resolve(self, names: Sequence[Name]) -> tuple[list[Actor], list[Link]]:
        links: list[Link] = []
        short: list[Name] = []
        # full names first: a surname alone can only mean somebody whom a full name has made known
        for name in names:
            if len(_bare(name.name)) > 1 or normalise(name.name) in self._by_name:
                links += self._full(name)
            else:
                short.append(name)
        links += [link for name in short for link in self._short(name)]
        by_id = {c.id: c for c in self._candidates()}
        meant = {link.right for link in links}
        return [self._actor(by_id[i]) for i in sorted(meant)], sorted(links, key=lambda k: (k.left, k.right))

    def _candidates(self) -> Iterator[_Candidate]:
        seen = {id(c): c for same in self._by_name.values() for c in same}
        yield from seen.values()

    def _actor(self, c: _Candidate) -> Actor:
        others = {a for a in c.aliases if normalise(a) != normalise(c.name)}
        return Actor(c.id, c.name, c.kind, c.role, c.side, tuple(sorted(others)))

    def _full(self, name: Name) -> list[Link]:
        """A name of several words, or one that the codebook has."""
        for form in dict.fromkeys((normalise(name.name), " ".join(_bare(name.name)))):
            known = _on_side(self._by_name.get(form, []), name.side)
            if known:
                return self._known(name, known, form)
        if not _is_name(name):
            return []
        like = _on_side([c for k in _slips(_bare(name.name)) for c in self._by_slip.get(k, [])], name.side)
        alike = [c for c in _distinct(like) if _one_slip(name.name, c.name)]
        if alike:
            return self._alike(name, alike, "spelling", 0.75)
        words = _bare(name.name)
        if len(words[0].rstrip(".")) == 1:
            same = _on_side(self._by_surname.get(surname(" ".join(words)), []), name.side)
            if fitting := [c for c in _distinct(same) if initials_match(" ".join(words), c.name)]:
                return self._alike(name, fitting, "initials", 0.85)
        return [self._new(name)]

    def _short(self, name: Name) -> list[Link]:
        """A single word that the codebook does not have: a surname, a surname with a slip, or a name of its own."""
        if not _is_name(name):
            return []
        word = " ".join(_bare(name.name)) or normalise(name.name)
        same = _distinct(_on_side(self._by_surname.get(word, []), name.side))
        if same and name.kind in ("person", "unknown"):
            return self._alike(name, same, "surname", 0.7)
        near = [c for k in _slips([word]) for c in self._by_slip.get(k, [])]
        alike = [c for c in _distinct(_on_side(near, name.side)) if misspelt(word, normalise(c.name))]
        new = self._new(name)
        others = [c for c in alike if c.id != new.right]
        return [new] + [_link(name, c, "unsure", 0.5, "spelling", _why(name, c)) for c in others]

    def _known(self, name: Name, known: Sequence[_Candidate], form: str) -> list[Link]:
        if len(known) > 1:
            told = f"“{name.name}” is a name of {len(known)} actors"
            return [_link(name, c, "unsure", round(1 / len(known), 3), "alias", told) for c in known]
        [one] = known
        self._meant(one, name)
        if form == normalise(one.name):
            return [_link(name, one, "positive", 1.0, "exact", f"“{name.name}” is the actor's name")]
        return [_link(name, one, "positive", 0.95, "alias", f"“{name.name}” is listed as another name of {one.name}")]

    def _alike(self, name: Name, candidates: Sequence[_Candidate], rule: str, score: float) -> list[Link]:
        """One candidate is meant; of several nobody can tell which."""
        if len(candidates) == 1:
            self._meant(candidates[0], name)
            return [_link(name, candidates[0], "positive", score, rule, _why(name, candidates[0]))]
        share = round(score / len(candidates), 3)
        return [_link(name, c, "unsure", share, rule, f"{_why(name, c)}; others fit as well") for c in candidates]

    def _new(self, name: Name) -> Link:
        made = _Candidate(_plain(name.name), name.kind, name.side, name.role)
        same = [c for c in self._by_name.get(normalise(made.name), []) if c.id == made.id]
        if same:
            made = same[0]
        else:
            self._add(made, [name.name, made.name])
        self._meant(made, name)
        return _link(name, made, "positive", 1.0, "exact", f"“{name.name}” is the actor's name")

    def _meant(self, candidate: _Candidate, name: Name) -> None:
        candidate.aliases.add(name.name)
        candidate.uses += name.uses
        candidate.side = candidate.side or name.side
        candidate.role = candidate.role or name.role


def _link(name: Name, to: _Candidate, judgement: Any, score: float, rule: str, detail: str) -> Link:
    return Link(name.key, to.id, judgement, score, rule, detail)


def _why(name: Name, candidate: _Candidate) -> str:
    return compare(_plain(name.name), candidate.name).detail


def _on_side(candidates: Sequence[_Candidate], side: str | None) -> list[_Candidate]:
    """Those who may speak for the side; where a side is known on both hands it must be the same."""
    wanted = normalise(side) if side else None
    return _distinct([c for c in candidates if not wanted or not c.side or normalise(c.side) == wanted])


def _distinct(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    return list({c.id: c for c in candidates}.values())


def _is_name(name: Name) -> bool:
    """True for a name; "residents" and "an envoy" are somebody else in every article, and "Reve and Idrow" are two."""
    if name.kind in _BODIES:
        return True
    words = name.name.split()
    return bool(words) and not words[-1][:1].islower() and not (name.kind == "unknown" and "and" in words)


def _one_slip(left: str, right: str) -> bool:
    return compare(_plain(left), right).rule == "spelling"


def _slips(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Keys that two names share when they differ by a slip in one word: that word less a letter, or its letters sorted."""
    for at, word in enumerate(words):
        if len(word) < 5:
            continue
        rest = (*words[:at], "*", *words[at + 1 :])
        yield (*rest, "".join(sorted(word)), "sorted")
        for form in sorted({word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}):
            yield (*rest, form)


def _plain(name: str) -> str:
    """The name as printed without titles in front: "Dr Esserey" is Esserey."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in _titles():
        words = words[1:]
    return " ".join(words)


def _bare(name: str) -> list[str]:
    return normalise(_plain(name)).split()


@cache
def _titles() -> frozenset[str]:
    rows: Sequence[Mapping[str, Any]] = lexicon("titles").get("title", [])
    return frozenset(w.lower() for row in rows for w in row["words"])
