"""The towns that act for the state that sits in them: "Belqar", where a Dorvani official says what it could accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from parley.annotate.allegiance.names import BODIES
from parley.annotate.allegiance.words import acts, commits, hangs_on, word_class
from parley.annotate.language.lines import Line, Named
from parley.annotate.parties.verdict import Votes
from parley.annotate.parties.words import CLOSED, heads, titles, words
from parley.data import Mention, Reading

if TYPE_CHECKING:
    from parley.annotate.allegiance.parties import Parties

_INSIDE = frozenset(("in", "near", "outside", "at"))
_OFFICE = 5
_OFTEN = 3
"""Times that a name must stand in an article to be no mere seat of something."""


def seats(reading: Reading, body: Sequence[Line], parties: Parties, counted: Counter[str]) -> dict[str, str]:
    """Towns that act, each with the state that sits there."""
    towns = _towns(reading, body, parties, counted)
    states = [p for p, kind in parties.kinds.items() if kind == "state" and p not in towns]
    states += [p for p in parties.main[:2] if not parties.kinds[p] and p not in towns]
    if not towns or not states:
        return {}
    told = {town: Votes() for town in towns}
    for town, places in towns.items():
        for line, at in places:
            _seat_told(line, at, states, parties, told[town])
    _by_dateline(reading, body, states, parties, told)
    _by_next(body, states, parties, told)
    taken = {town: best.party for town in towns if (best := told[town].winner()) is not None and best.party}
    able = [s for s in states if s not in parties.between]
    left = [t for t in towns if t not in taken]
    open_states = [s for s in able if s not in taken.values()]
    at_war = len(able) == 1 and any(parties.kinds.get(p) == "movement" for p in parties.main[:2])
    if len(left) == 1 and len(open_states) == 1 and (taken or at_war):
        taken[left[0]] = open_states[0]
    return taken


def _towns(
    reading: Reading, body: Sequence[Line], parties: Parties, counted: Counter[str]
) -> dict[str, list[tuple[Line, int]]]:
    """Places that act like a party and are not what the article speaks of most, each with where it is named."""
    known = {m.name for m in reading.mentions if m.actor is not None or m.kind in ("government", "person")}
    known |= {parties.one(m.side) for m in reading.mentions if m.side and m.kind == "government"}
    known |= {p for p in parties.main[:2] if parties.kinds.get(p) or counted[p] >= _OFTEN}
    known |= parties.same.keys()
    open_names = {
        m.name
        for m in reading.mentions
        if m.side in (m.name, None) and m.kind in ("place", "organisation", "unknown") and m.name not in known
    }
    long = tuple(p for p in parties.kinds if len(p) > _OFTEN and " " not in p)
    open_names = {n for n in open_names if _may_be_town(n) and (n in long or not n.startswith(long))}
    if not open_names:
        return {}
    found: dict[str, list[tuple[Line, int]]] = {}
    people: set[str] = set()
    for line in body:
        for at, named in enumerate(line.named):
            if named.mention.name in open_names:
                found.setdefault(named.mention.name, []).append((line, at))
                if named.first and line.lowers[named.first - 1] in titles():
                    people.add(named.mention.name)
    dateline = reading.article.dateline_place
    return {
        town: places
        for town, places in found.items()
        if town not in people
        and any(_does(line, line.named[at]) or _speaks(line, town) for line, at in places)
        and (town == dateline or len(places) < _OFTEN or any(_inside(line, line.named[at]) for line, at in places))
    }


def _may_be_town(name: str) -> bool:
    last = name.rpartition(" ")[2].lower()
    body = last in heads() or any(last in words(kind) for kind in (*BODIES, "media"))
    return name[:1].isupper() and name.count(" ") < 2 and name.lower() not in CLOSED and not body


def _does(line: Line, named: Named) -> bool:
    return acts(line.lowers, named.last) and not hangs_on(line, named.first)


def _speaks(line: Line, name: str) -> bool:
    return any(s.speaker is not None and s.speaker.name == name for s in line.statements)


def _inside(line: Line, named: Named) -> bool:
    return named.first > 0 and line.lowers[named.first - 1] in _INSIDE


def _seat_told(line: Line, at: int, states: Sequence[str], parties: Parties, found: Votes) -> None:
    """What one place says of a town: "in Haverstad, Norland's secretary"; a Dorvani official on what Belqar could accept."""
    named = line.named[at]
    following = line.named[at + 1] if at + 1 < len(line.named) else None
    if following is not None and line.lowers[named.last] == "," and following.first - named.last <= 2:
        side = following.mention.side
        if side is not None and parties.one(side) in states:
            found[parties.one(side)] += 4
    start = named.mention.span.start
    told = next((s for s in line.statements if any(c.start <= start < c.end for c in s.content)), None)
    if told is None and named.first > 0 and line.lowers[named.first - 1] == "in":
        # Where somebody speaks is where he sits, unless both sides speak there.
        near = next((s.speaker.side for s in line.statements if s.speaker is not None and s.speaker.side), None)
        if near is not None and parties.one(near) in states:
            found[parties.one(near)] += 1
    if told is not None and told.speaker is not None and told.speaker.side:
        side = parties.one(told.speaker.side)
        hopes = not word_class("hopes").isdisjoint(line.lowers[named.last : named.last + 2])
        if side in states:
            found[side] += 2 if hopes or commits(line.lowers, named.last) else -1
    if (
        told is None
        and _inside(line, named)
        and not word_class("cabinet").isdisjoint(line.lowers[named.last : named.last + _OFFICE])
    ):
        # "In Brell, a foreign ministry statement spoke of Ondra's borders."
        own = {parties.one(n.mention.side) for n in line.named if n.mention.side} & set(states) - parties.between
        if len(own) == 1:
            found[own.pop()] += 1.5


def _by_dateline(
    reading: Reading, body: Sequence[Line], states: Sequence[str], parties: Parties, told: Mapping[str, Votes]
) -> None:
    """The town of the dateline is the seat of the state that the first sentence begins with."""
    place = reading.article.dateline_place
    first = next((line for line in body if not line.sentence.in_title), None)
    if place is None or place not in told or first is None or not first.named:
        return
    if first.named[0].mention.side and not _in_others_mouth(first, first.named[0].mention):
        side = parties.one(first.named[0].mention.side)
        if side in states:
            told[place][side] += 2


def _by_next(body: Sequence[Line], states: Sequence[str], parties: Parties, told: Mapping[str, Votes]) -> None:
    """ "Brell sees it otherwise. The Ondran army said ...": the next sentence goes on about the same side."""
    for line, following in pairwise(body):
        if not line.named or not following.named or line.sentence.paragraph != following.sentence.paragraph:
            continue
        town, state = line.named[0], following.named[0]
        if town.first < _OFTEN and state.first < _OFTEN and town.mention.name in told and state.mention.side:
            side = parties.one(state.mention.side)
            verb = "".join(line.lowers[town.last : town.last + 1])
            does = verb.isalpha() and verb.endswith(("s", "ed")) and state.mention.kind != "person"
            if side in states and does and not hangs_on(line, town.first):
                told[town.mention.name][side] += 1.5


def settled(parties: Parties, reading: Reading, body: Sequence[Line], home: str) -> Parties:
    """The parties where an article is at home in one state: the town in the outlet's name, or of the dateline, is its seat."""
    counted = Counter(m.side for m in reading.mentions if m.side)
    named = {m.name for m in reading.mentions}
    spoke = (s.speaker.name for s in reading.statements if s.speaker is not None and s.source is not None)
    heard = [n for n in spoke if n.isalpha() and _may_be_town(n) and n not in named]
    towns = [
        t
        for t in dict.fromkeys((*_towns(reading, body, parties, counted), *heard))
        if (t not in parties.same and t not in parties.kinds.keys() - {""}) or not parties.kinds.get(t, "x")
    ]
    states = [p for p in parties.main if parties.kinds.get(p) == "state"]
    outlet = reading.article.outlet or ""
    own = [t for t in towns if t in outlet] or [t for t in towns if t == reading.article.dateline_place]
    seats = dict.fromkeys(own[:1], home)
    rest, others = [t for t in towns if t not in seats], [s for s in states if s != home]
    if len(rest) == len(others) == 1 and home in {*seats.values(), *parties.same.values()}:
        seats[rest[0]] = others[0]
    return replace(parties, same={**parties.same, **seats}) if seats else parties


def _in_others_mouth(line: Line, mention: Mention) -> bool:
    """True where a mention stands in what somebody not of its own side says."""
    at = mention.span.start
    return any(any(c.start <= at < c.end for c in s.content) for s in line.statements)
