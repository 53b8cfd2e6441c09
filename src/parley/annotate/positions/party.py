"""Whose a position is where nobody with a side is named: told by office and kind, and by whom the article speaks of.

"President Ada Fenn" in an article that names one state is that state; "the guerrillas" are its one movement, "the strikers" its one
union, and themselves where it has none. "The Calveran guerrillas" and "the Calveran Coalition" are not Calvera, whatever their adjective says.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from parley.annotate.language.lines import Line
from parley.annotate.parties.words import body_words, heads
from parley.annotate.positions.stances import is_bystander, word_class
from parley.data import Mention, Reading, Speaker

_FIRST = 3
"""What it weighs to be the state that an article names first."""
_PLAIN = 2
_CLEAR = 1.5
"""How many times as much as any other the state of officials without a nation must weigh."""
_MOVEMENT, _UNION, _COMPANY = "movement", "union", "company"


@dataclass(frozen=True, slots=True)
class Parties:
    """Who takes part in an article, by kind: `home` is the state of its officials without a nation."""

    states: frozenset[str] = frozenset()
    home: str | None = None
    most: dict[str, str] = field(default_factory=dict)
    """Kind of body -> the one of that kind that the article speaks of most."""
    offices: dict[str, str] = field(default_factory=dict)
    """Word of a person's name -> what he is said to be."""


class _Last(threading.local):
    """The article asked about last, by its mentions."""

    of: tuple[Mention, ...] | None = None
    parties = Parties()


_last = _Last()


def parties_of(reading: Reading) -> Parties:
    """The parties of an article by kind; told once an article."""
    if _last.of is not reading.mentions:
        _last.of, _last.parties = reading.mentions, _told(reading)
    return _last.parties


def _told(reading: Reading) -> Parties:
    states: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    offices: dict[str, str] = {}
    for m in reading.mentions:
        if (
            m.side is not None
            and m.side.lower() not in word_class("crowd")
            and m.kind in ("government", "organisation", "group", "person")
        ):
            (states if m.kind == "government" else bodies)[m.side] += 1
        if m.role and m.kind == "person":
            offices |= {w: m.role for w in m.name.split() if w[:1].isupper() and w not in offices}
    named = set(states)
    for side in named:
        states[side] += bodies[side]
    most: dict[str, str] = {}
    for side, _ in bodies.most_common():
        kind = kind_of(side.split())
        if side not in named and kind is not None and not is_bystander(side):
            most.setdefault(kind, side)
    for party in reading.parties:
        if party.kind in (_MOVEMENT, _UNION, _COMPANY) and not is_bystander(party.name):
            most.setdefault(party.kind, party.name)
    unnamed = {p.name for p in reading.parties if p.kind == "state" and p.name not in named}
    return Parties(frozenset(named | unnamed), _home(states, reading.mentions), most, offices)


def _home(states: Counter[str], mentions: Sequence[Mention]) -> str | None:
    first = min((m for m in mentions if m.kind == "government" and m.side), key=lambda m: m.span.start, default=None)
    if first is None or first.side is None or first.side not in states:
        return None
    weighed = Counter(states)
    weighed[first.side] += _FIRST
    (best, most), (_, other) = [*weighed.most_common(2), ("", 0)][:2]
    return best if most >= _CLEAR * other else None


def kind_of(words: Sequence[str]) -> str | None:
    """What kind of body words name: a movement, a union, a company; None where they do not tell.

    >>> kind_of(["Calveran", "guerrillas"]), kind_of(["the", "strikers"]), kind_of(["residents"])
    ('movement', 'union', None)
    """
    lowers = [w.lower() for w in words]
    for word in reversed(lowers):
        kind = heads().get(word)
        if kind in (_MOVEMENT, _UNION, _COMPANY):
            return kind
        if word in word_class("hands"):
            return _UNION
        if word in word_class("masters"):
            return _COMPANY
    return None


def own_name(words: str, side: str | None, reading: Reading) -> str | None:
    """What a nation's rebels and opposition are called: they are no party with the state; None for the state's own bodies."""
    plain = words.removeprefix("the ").removeprefix("The ").split()
    if side is None or len(plain) < 2 or not plain[0][0].isupper():
        return None
    last = plain[-1]
    if last[0].isupper() and last.lower() in word_class("unowned") and side not in words:
        return " ".join(plain)
    if side not in parties_of(reading).states:
        return None
    if last in word_class("hands"):
        return parties_of(reading).most.get(_UNION, " ".join(plain))
    if last.lower() in word_class("foes"):
        return parties_of(reading).most.get(_MOVEMENT, " ".join(plain))
    return None


def is_organ(mention: Mention) -> bool:
    """True for "the administration", "the ministry": a state's body, and no word of whose."""
    words = mention.span.text.removeprefix("The ")
    return words.count(" ") < _PLAIN and words.islower() and heads().get(words.rpartition(" ")[2]) == "state"


def is_of_state(line: Line, speaker: Speaker) -> bool:
    """True for a state and for who holds an office of one: what he calls "the administration" is his own."""
    if speaker.side is None:
        return False
    role = (speaker.role or "").lower().split()
    return speaker.side in parties_of(line.reading).states or not word_class("state office").isdisjoint(role)


def stand_in(line: Line, names: Sequence[Mention], speaker: Speaker | None) -> tuple[str, ...]:
    """The party of who is named without a side: of the names that do something, or of the speaker where none does."""
    parties = parties_of(line.reading)
    organ = names[0].span.text if names else speaker.name if speaker is not None else ""
    if heads().get(organ.rpartition(" ")[2]) == "state" and organ.count(" ") < _PLAIN:
        lately = parties.home or next((m.side for m in reversed(line.before) if m.side in parties.states), None)
        return (lately,) if lately is not None else ()
    for mention in names:
        told = (mention.role or _office(mention.name, parties)) if mention.kind in ("person", "unknown") else None
        party = _by_kind(told, parties) if told else _group(mention, parties)
        if party is not None:
            return (party,)
    if names or speaker is None:
        return ()
    told = speaker.role or _office(speaker.name, parties)
    party = _by_kind(told, parties) if told else None
    if party is None and speaker.name.islower():
        party = _crowd(speaker.name, parties)
    return () if party is None else (party,)


def _office(name: str, parties: Parties) -> str | None:
    return next((parties.offices[w] for w in name.split() if w in parties.offices), None)


def _by_kind(role: str, parties: Parties) -> str | None:
    """The party of an office: a minister's state, a rebel commander's movement, a shop steward's union."""
    words = role.lower().replace("-", " ").replace("'s", " ").replace("’s", " ").split()
    if not word_class("bystanding").isdisjoint(words) or not word_class("no office").isdisjoint(words):
        return None
    kind = kind_of([w for w in words if w not in word_class("vague kinds")])
    if kind is not None:
        return parties.most.get(kind)
    offices = word_class("state office")
    return None if offices.isdisjoint(words) or not (body_words() - offices).isdisjoint(words) else parties.home


def _group(mention: Mention, parties: Parties) -> str | None:
    return _crowd(mention.span.text, parties) if mention.kind in ("group", "organisation") else None


def _crowd(words: str, parties: Parties) -> str | None:
    """ "The strikers" are the article's one union, or themselves; "the guerrillas" its one movement."""
    plain = words.removeprefix("the ").removeprefix("The ")
    kind = kind_of(plain.split()[-1:])
    return parties.most.get(kind, plain) if kind is not None else None
