"""Whether two printed speakers can be one voice: one person, one body, or somebody who speaks for a body beside that body."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from parley.annotate.language.grammar import word_set
from parley.compare.stems import stem
from parley.resolve.names import compare, normalise

Sameness = Literal["same", "speaks for", "unnamed", "other"]

_SPEAKING = word_set(
    """
    spokesman spokeswoman spokesperson spokesmen spokespeople official officials minister ministers president leader leaders chief envoy
    negotiator negotiators delegate delegates ambassador aide adviser advisers source sources diplomat diplomats secretary
    commander officer captain colonel general director head chairman chairwoman man woman mayor lawmaker
    """
)
"""Descriptions of a person who is not named: any of the body's people may be meant."""

_CUT = word_set("of in for from with who close on at to near by and briefed whose which that")
_LINKING = word_set("of the for and in de del di da al el bin ibn von van der le la")


class Voice(NamedTuple):
    """A speaker: `key` is the actor's where that is known, else the folded name; `side` the party it speaks for."""

    key: str
    name: str
    side: str | None
    known: bool


def same_voice(one: Voice | None, two: Voice | None) -> Sameness:
    """How two speakers can be one.

    `same`: one actor, or two printings of one name. `speaks for`: the party itself beside one of its people or offices, as
    one outlet writes "Veyra said" where another names the spokeswoman. `unnamed`: a description ("an official") that may be
    either, or no speaker at all. `other`: two people, or two offices.

    >>> wren = Voice("ac_1", "Talia Wren", "Veyra", True)
    >>> [same_voice(wren, v) for v in (Voice("wren", "Wren", "Veyra", False), Voice("ac_2", "Veyra", "Veyra", True),
    ...     Voice("", "Veyra spokeswoman", "Veyra", False), Voice("ac_3", "Oran Melk", "Veyra", True))]
    ['same', 'speaks for', 'unnamed', 'other']
    """
    if one is None or two is None:
        return "unnamed"
    if one.key == two.key and (one.known or two.known or one.side == two.side):
        return "same"
    if one.side and two.side and normalise(one.side) != normalise(two.side):
        return "other"
    return _by_name(one.name, two.name, one.side or two.side)


@lru_cache(maxsize=65536)
def _by_name(one: str, two: str, side: str | None) -> Sameness:
    a, b = normalise(one), normalise(two)
    if compare(one, two).rule != "different" or _given_name(a, b) or _given_name(b, a):
        return "same"
    described = _described(one), _described(two)
    bodies = _is_body(one) and _is_body(two)
    if bodies and _holds(a, b, side):
        return "same"
    party = normalise(side) if side else None
    if party in (a, b):
        return "speaks for"
    if any(described):
        return "unnamed"
    return "other"


def shelf(name: str) -> str:
    """The word of a name by which those are looked for who may be the same: a surname, or the noun of a description.

    >>> [shelf(n) for n in ("Oran Melk", "officials", "official of the Straits League", "Odo Hanley of Estmark")]
    ['melk', 'offici', 'offici', 'hanley']
    """
    words = list(takewhile(lambda w: w not in _CUT, normalise(name).split())) or [normalise(name)]
    return stem(words[-1]) if _is_body(name) else words[-1]


def given_name(name: str) -> str | None:
    """The first word of a full name, by which alone somebody may be called elsewhere: "Ansa" of Ansa Korr."""
    words = normalise(name).split()
    return None if _is_body(name) or len(words) < 2 else words[0]


def _given_name(short: str, full: str) -> bool:
    """A given name alone, as of people in the street: "Ansa" for "Ansa Korr"."""
    return " " not in short and " " in full and full.split()[0] == short


def _described(name: str) -> bool:
    """True of a description of a person: "Veyra spokesman", "senior official"."""
    return any(w in _SPEAKING for w in normalise(name).split()) and _is_body(name)


def _is_body(name: str) -> bool:
    """True where a name has a common noun in it: "Calvera interior ministry", "the army"."""
    words = [w for w in name.split() if normalise(w) not in _LINKING]
    return any(w[:1].islower() for w in words)


def _holds(a: str, b: str, side: str | None) -> bool:
    """One of two bodies' names holds the other but for the party's name: "interior ministry", "Calvera interior ministry"."""
    own = _party_words(side)
    one, two = (frozenset(w for w in n.split() if w not in _LINKING and w[:5] not in own) for n in (a, b))
    return bool(one and two) and (one <= two or two <= one)


def _party_words(side: str | None) -> frozenset[str]:
    """The beginnings of a party's words: "Calveran" is said of Calvera."""
    return frozenset(w[:5] for w in normalise(side).split()) if side else frozenset()
