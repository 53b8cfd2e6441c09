"""Who takes part in what a clause tells: who does it, whom it is done with, or all parties to it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from parley.annotate.events.happenings import Happening, words
from parley.annotate.language.clauses import Doer, clause_end, group_start
from parley.annotate.language.grammar import BE
from parley.annotate.language.lines import Line, Named
from parley.annotate.language.phrases import Hit

_BLAMED = 12
"""Words between "accused" and the deed in which who is accused is looked for."""
_BROKERS = 8
"""Words before a name in which "brokered by" is looked for."""
_OF_ONE = frozenset(("armed_action", "withdraw", "aid_delivery", "strike_begins", "strike_ends", "sanction"))
"""Types of which somebody is the doer even where the words say what befalls: he stands before the verb."""
_BETWEEN = frozenset(("between", "with", "and"))


def actors_of(line: Line, hit: Hit[Happening], who: Doer, at: int) -> tuple[str, ...]:
    """The sides that an event names as its actors, each once; none where the clause names nobody."""
    if hit.entry.kind == "noun":
        return _of_noun(line, hit)
    if hit.entry.kind == "state" or hit.entry.who == "parties":
        return _sides(line, _parties(line, hit, who, at))
    group = line.lowers[group_start(line, hit.first) : hit.first]
    passive = any(w in BE for w in group) and "to" not in group and not line.lowers[hit.first].endswith("ing")
    if passive and line.lowers[hit.first] not in words("blames"):
        return _by(line, hit.last)
    if line.lowers[hit.first].endswith("ed") and line.lowers[hit.first + 1 : hit.first + 2] == ["by"]:
        return _by(line, hit.first)
    found = _accused(line, hit.first) or _doers(line, hit, who)
    if hit.entry.who == "both":
        end = clause_end(line, hit.last - 1)
        beside = [n for n in line.named if hit.last <= n.first < end and line.lowers[n.first - 1] in _BETWEEN]
        found += _sides(line, beside)
    return tuple(dict.fromkeys(found))


def _doers(line: Line, hit: Hit[Happening], who: Doer) -> tuple[str, ...]:
    """The sides of who does it; a capital right before the verb is its government ("Dorvan is to impose")."""
    named = [n for n in line.named if n.mention in who.names]
    start = group_start(line, hit.first)
    found = _sides(line, named)
    return found or tuple(n.mention.side for n in named if n.last == start and n.mention.side is not None)[:1]


def _parties(line: Line, hit: Hit[Happening], who: Doer, at: int) -> list[Named]:
    """All that the clause names; of a deed that one does, who stands before the verb or is told to be in it with another."""
    end = clause_end(line, at)
    named = [n for n in line.named if who.first <= n.first < end and not _brokers(line, n)]
    if hit.entry.type not in _OF_ONE:
        return named
    return [n for n in named if n.first < at or not _BETWEEN.isdisjoint(line.lowers[max(at, n.first - 3) : n.first])]


def _brokers(line: Line, named: Named) -> bool:
    """True for who brought others together: "the truce, brokered by Egypt and Qatar"."""
    before = line.lowers[max(0, named.first - _BROKERS) : named.first]
    by = next((i for i, pair in enumerate(pairwise(before)) if pair[1] == "by" and pair[0] in words("brokering")), None)
    return by is not None and not any(w in ("between", "in", "with") for w in before[by:])


def _accused(line: Line, at: int) -> tuple[str, ...]:
    """Who did it, by another's word: the second of "Ondra accused Karsk of breaking the truce", and not the first."""
    blames = words("blames")
    if line.lowers[at] in blames:
        end = next((i for i in range(at, len(line.lowers)) if line.lowers[i] in ("of", "for")), at)
        return _sides(line, (n for n in line.named if at < n.first < end))
    cue = _blame(line, at)
    return () if cue is None else _sides(line, (n for n in line.named if cue < n.first < at))


def is_blamed(line: Line, at: int) -> bool:
    """True for a deed that somebody is accused of: "blamed the army for shelling the port"."""
    return _blame(line, at) is not None


def _blame(line: Line, at: int) -> int | None:
    """Where the accusing word stands that the deed at `at` hangs on; None where it hangs on none."""
    if not line.lowers[at].endswith("ing") or line.lowers[at - 1 : at] not in (["of"], ["for"]):
        return None
    return next((i for i in range(at - 2, max(-1, at - _BLAMED), -1) if line.lowers[i] in words("blames")), None)


def _of_noun(line: Line, hit: Hit[Happening]) -> tuple[str, ...]:
    by = _by(line, hit.first)
    if by:
        return by
    return _sides(line, (n for n in line.named if n.last <= hit.first + 1 and hit.first - n.last <= 3))


def _by(line: Line, at: int) -> tuple[str, ...]:
    for i in range(at, min(len(line.lowers), at + 12)):
        if line.lowers[i] == "by":
            return _sides(line, (n for n in line.named if i < n.first <= i + 4))
    return ()


def _sides(line: Line, named: Iterable[Named]) -> tuple[str, ...]:
    there = (n.mention for n in named if n.mention.kind != "place" and not _only_where(line, n))
    return Doer(0, tuple(there)).sides


def _only_where(line: Line, named: Named) -> bool:
    """True for a name that says where, or among whom: "in the Norwegian capital", "near the Karsk border", "including two Swedes"."""
    after = line.lowers[named.last : named.last + 1]
    if after and after[0] in words("seats"):
        return True
    before = line.lowers[max(0, named.first - 2) : named.first]
    return not words("whereabouts").isdisjoint(before)
