"""Who holds a position: the sides of the doer, or of the speaker.

The doer of the stance verb holds it. In somebody's mouth "we", "his side", "our army" and what *must* be are the speaker's
own; "they" across the table are the other side. Those who mediate, help, report or watch hold no position in the talks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parley.annotate.allegiance.offices import called, is_organ, kind_of
from parley.annotate.language.clauses import RELATIVES, Doer
from parley.annotate.language.grammar import is_adverb
from parley.annotate.language.lines import Line
from parley.annotate.parties.words import POSSESSIVES, heads, is_bystander
from parley.annotate.positions.stances import word_class
from parley.annotate.positions.words import Held
from parley.data import Mention, Speaker

SPEAKER = frozenset(("we", "i", "us", "our"))
_THEY = frozenset(("they", "you"))
_OURS = frozenset(("our", "my", "his", "her", "its", "their", "own"))
_SPEAKERS_OWN = frozenset(("his", "her", "our", "my"))
_PERSONS = frozenset(("they", "he", "she"))
_MEETS = frozenset(("at", "about", "over", "against", "despite"))
_NEAR = 5
_OWNED = 3
"""Words between whose a paper is and the paper: "Karsk's new peace plan"."""
_CAMPS = frozenset(("sides", "parties", "delegations", "teams", "governments", "camps", "countries", "leaders"))
_BODIES = frozenset(("government", "organisation", "group"))


def may_hold(line: Line) -> bool:
    """False where a sentence names, and goes on about, nobody who could hold a position: most sentences of most news."""
    if any(m.side or m.kind in _BODIES for m in line.inner) or any(m.side for m in line.before):
        return True
    said = (*line.statements, line.told) if line.told is not None else line.statements
    return any(s.speaker is not None and (s.speaker.side or kind_of([s.speaker.name])) for s in said)


def parties(line: Line, held: Held) -> tuple[str, ...]:
    """The parties that hold a stance; empty where nobody who takes part does."""
    speaker = held.statement.speaker if held.statement else None
    if not held.doer.names and line.lowers[held.doer.first] in RELATIVES and held.kind == "verb":
        return ()  # "whoever it is who refuses this paper"
    if _is_met(line, held):
        return ()
    found = _found(line, held, speaker) or _stand_in(line, held, speaker)
    if speaker is not None and found and all(p.lower() in word_class("nobody") for p in found):
        found = side_of(line, speaker)  # "members want ..., the union's leader said"
    return tuple(p for p in found if _takes_part(line, p))


def _is_met(line: Line, held: Held) -> bool:
    """True for "were furious at an offer of 6 per cent": the offer that somebody meets with is not his own."""
    between = line.lowers[held.doer.first : held.hit.first]
    if held.kind == "noun" and any(a.endswith("ed") and b == "by" for a, b in pairwise(between)):
        return True  # "disappointed by their decision to strike"
    at = next((i for i in range(len(between) - 1, -1, -1) if between[i] in _MEETS), None)
    return (
        held.kind == "noun"
        and at is not None
        and not set(between[at:]) & (POSSESSIVES | _OURS)
        and len(between) - at < _NEAR
    )


def _stand_in(line: Line, held: Held, speaker: Speaker | None) -> tuple[str, ...]:
    """Who takes the stance by office or kind, where no side is named."""
    if held.passive or (held.kind == "modal" and speaker is None):
        return ()
    by_speaker = held.is_cue or held.kind == "modal" or held.doer.pronoun is not None
    source = held.statement.source if held.statement is not None and by_speaker else None
    named = [m for m in line.inner if m.side == m.name and m.kind != "place" and " " in m.span.text]
    within = [m.side or "" for m in named if source is not None and source.holds(m.span)]
    if within and speaker is not None and speaker.name[:1].isupper():
        return tuple(within[:1])  # "DLV co-chairs Ada Fenn and Bo Lorn"
    if by_speaker and speaker is not None:
        return _crowd(called(speaker.name)) if speaker.name.islower() else ()
    return _crowds(held.doer.names)


def _crowds(names: Sequence[Mention]) -> tuple[str, ...]:
    """The strikers or guerrillas among some names, who are a party of their own where the article has none for them."""
    told = (_crowd(m.span.text) for m in names if m.side is None and m.kind in ("group", "organisation"))
    return next((party for party in told if party), ())


def _crowd(words: str) -> tuple[str, ...]:
    plain = words.removeprefix("the ").removeprefix("The ")
    return (plain,) if kind_of(plain.split()[-1:]) is not None else ()


def _states(line: Line) -> frozenset[str]:
    return frozenset(p.name for p in line.reading.parties if p.kind == "state")


def _is_of_state(line: Line, speaker: Speaker) -> bool:
    """True for a state and for who holds an office of one: what he calls "the administration" is his own."""
    if speaker.side is None:
        return False
    role = (speaker.role or "").lower().split()
    return speaker.side in _states(line) or not word_class("state office").isdisjoint(role)


def _takes_part(line: Line, party: str) -> bool:
    named = not line.cast.sides or any(c.isupper() for c in party) or kind_of(party.split()[-1:]) is not None
    return (
        named
        and party not in line.cast.between
        and party.lower() not in word_class("nobody")
        and not is_bystander(party)
    )


def _found(line: Line, held: Held, speaker: Speaker | None) -> tuple[str, ...]:
    if held.passive:
        return _agent(line, held.hit.last)
    words = line.lowers[held.doer.first : held.hit.first]
    if _is_paper(line, held, words):
        return ()
    if speaker is not None and len(held.doer.names) == 1 and not _SPEAKERS_OWN.isdisjoint(words[:2]):
        return side_of(line, speaker)  # "his group had no option, Fenn said"
    owner = _whose(line, held.doer)
    if owner is not None:
        return owner
    if held.is_cue or held.kind == "modal" or held.doer.pronoun in SPEAKER:
        found = (
            _together(held, speaker)
            or side_of(line, speaker)
            or (_spoken_of(line, held) if _is_common(held, speaker) else ())
        )
        return found or (_both(line) if speaker is not None and names_both(speaker.name.lower().split()) else ())
    if names_both(words) and not any(m.side or m.kind == "person" for m in held.doer.names):
        return _both(line)
    if held.doer.pronoun in _THEY and _is_direct(held) and _to_us(line, held):
        return _other_side(line, speaker)
    if held.doer.pronoun in _PERSONS and _is_direct(held):
        return ()  # "they have imposed a condition", he said: not he
    return _doers(line, held, speaker)


def _is_paper(line: Line, held: Held, subject: Sequence[str]) -> bool:
    """True for "the contract proposed rises" and "the plan backed by Karsk calls for a truce": what a paper provides is
    nobody's word, unless it is called after him whose it is ("the Karsk plan")."""
    plain = [w for w in subject if w.isalpha() and not is_adverb(w)]
    if held.kind != "verb" or held.doer.pronoun is not None or held.is_cue or not plain:
        return False
    if plain[-1] not in word_class("papers"):
        return False
    at = next(i for i in range(held.hit.first - 1, -1, -1) if line.lowers[i] == plain[-1])
    return not any(n.last <= at and at - n.last < _OWNED for n in line.named if n.mention in held.doer.names)


def _together(held: Held, speaker: Speaker | None) -> tuple[str, ...]:
    """All who demand or warn together, where the speaker is only one of them: "France and Britain warned ..."."""
    sides = held.doer.sides if held.is_cue else ()
    return sides if len(sides) > 1 and speaker is not None and {speaker.side, speaker.name} & set(sides) else ()


def _doers(line: Line, held: Held, speaker: Speaker | None) -> tuple[str, ...]:
    if speaker is not None and held.doer.names and all(map(is_organ, held.doer.names)) and _is_of_state(line, speaker):
        return side_of(line, speaker)  # "the administration was ready, the minister said"
    sides = _sides(held.doer)
    if sides:
        return sides
    if held.doer.names and all(_brings_together(m) for m in held.doer.names):
        return ()
    apart = _crowds(held.doer.names)
    if apart:
        return apart  # "the guerrillas", "the government": whoever was spoken of last
    if any(_is_stranger(m) for m in held.doer.names):
        return ()  # "Mayor Ellen Whitcomb has offered ..., the spokeswoman said": the mayor's, who is on no side
    if speaker is not None:
        if names_both(speaker.name.lower().split()):
            return _both(line)
        return side_of(line, speaker) or (_spoken_of(line, held) if held.doer.names else ())
    if held.doer.pronoun is not None or held.doer.names:
        return _spoken_of(line, held)
    return ()


def _sides(who: Doer) -> tuple[str, ...]:
    """All sides named; a crowd of a nation ("Ondran companies") is not the nation."""
    crowd = [
        m for m in who.names if m.kind == "group" and m.span.text.rpartition(" ")[2].lower() in word_class("crowd")
    ]
    if crowd and len(crowd) == len(who.names):
        return ()
    return who.sides


def _whose(line: Line, who: Doer) -> tuple[str, ...] | None:
    """The side of the rebels of "the rebels, whose leaders all refused"; None where no "whose" tells."""
    at = next((i for i in range(max(0, who.first - 1), who.first + 1) if line.lowers[i : i + 1] == ["whose"]), None)
    if at is None:
        return None
    owner = next((n.mention for n in reversed(line.named) if n.last <= at and at - n.last <= 1), None)
    if owner is None:
        return ()
    return (owner.side,) if owner.side else _crowds((owner,))


def _brings_together(mention: Mention) -> bool:
    """True for "the mediators", whoever is quoted on them."""
    return mention.side is None and mention.span.text.rpartition(" ")[2].lower() in word_class("go-betweens")


def _is_stranger(mention: Mention) -> bool:
    """True for somebody with a name of his own who is on no side."""
    return mention.side is None and mention.kind == "person" and " " in mention.name and mention.name[:1].isupper()


def _is_direct(held: Held) -> bool:
    return held.statement is not None and held.statement.kind == "direct" and not held.is_cue


def _to_us(line: Line, held: Held) -> bool:
    """True where what "they" do is done to the speaker: "they ask us to ..."."""
    return not {"us", "our", "ours", "we"}.isdisjoint(line.lowers[held.hit.first :])


def _other_side(line: Line, speaker: Speaker | None) -> tuple[str, ...]:
    """The side across the table from a speaker: of the two that the article speaks of most, the other."""
    own = side_of(line, speaker)
    two = _both(line)
    return tuple(p for p in two if p not in own) if own and own[0] in two else ()


def _spoken_of(line: Line, held: Held) -> tuple[str, ...]:
    """Who "it", "they" or "the movement" most likely is: the doer that the text spoke of last."""
    kinds = {m.kind for m in held.doer.names} - {"person", "unknown", "place"}
    if kinds & {"organisation", "group"}:
        kinds |= {"organisation", "group"}
    start = line.tokens[held.doer.first].start
    if any(heads().get(m.span.text.rpartition(" ")[2].lower()) == "state" for m in held.doer.names):
        states = _states(line)
        return tuple(m.side for m in line.before if m.side in states)[:1]  # "the government" is never the union
    fit = [m for m in (*line.before, *line.inner) if m.side and m.kind != "place" and (not kinds or m.kind in kinds)]
    here = [m for m in fit if line.sentence.span.start <= m.span.start < start]
    there = [m for m in fit if m.span.end <= line.sentence.span.start]
    if not line.cast.sides:
        return tuple(m.name for m in held.doer.names if m.kind in _BODIES)
    return tuple(m.side for m in (here or there)[:1] if m.side)


def _is_common(held: Held, speaker: Speaker | None) -> bool:
    """True for a speaker who is named by a common noun alone: "the company", "the gang"."""
    return held.is_cue and speaker is not None and speaker.name.islower()


def names_both(words: Sequence[str]) -> bool:
    """True for "both sides", "the two delegations" and "neither".

    >>> names_both(["the", "two", "sides"]), names_both(["both", "countries"]), names_both(["two", "towns"])
    (True, True, False)
    """
    return any(a in ("both", "two") and b in _CAMPS for a, b in pairwise(words)) or list(words[:1]) in (
        ["both"],
        ["neither"],
    )


def _both(line: Line) -> tuple[str, ...]:
    """The two sides that the article speaks of most: who "both sides" are."""
    sides = [s for s in line.cast.sides if _takes_part(line, s)]
    return tuple(sides[:2]) if len(sides) > 1 else ()


def side_of(line: Line, speaker: Speaker | None) -> tuple[str, ...]:
    """A speaker's side; one who speaks for himself is a side only where he is a body with a name."""
    if speaker is None:
        return ()
    if speaker.side:
        return (speaker.side,)
    return (speaker.name,) if speaker.name in line.cast.bodies and speaker.name[:1].isupper() else ()


def _agent(line: Line, at: int) -> tuple[str, ...]:
    """Who is named behind the "by" of a passive."""
    at = next((i for i in range(at, min(len(line.lowers), at + 4)) if line.lowers[i] == "by"), len(line.lowers))
    if names_both(line.lowers[at + 1 : at + 4]):
        return _both(line)
    near = [n.mention for n in line.named if at < n.first <= at + 3]
    return tuple(m.side or m.name for m in near[:1] if m.side or m.kind in _BODIES)
