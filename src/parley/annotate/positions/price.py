"""The conditions of a position: what a yes hangs on, and what a no waits for.

"Will return to the talks if the siege is lifted" is a conditional yes to talks, and a demand to lift the siege. "Will strike
unless" is a threat and stays one; what has been agreed or refused already stays so too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.annotate.language.clauses import RELATIVES, WALLS
from parley.annotate.language.grammar import BE, HAVE
from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit
from parley.annotate.positions.stances import conditions
from parley.annotate.positions.words import Held, inverted

WEAPONS = frozenset(("military_action", "strike", "tariffs", "sanctions"))
"""Issues that are a weapon of the talks: being ready for one is a threat, not a yes."""
_NEAR = 3
"""Words between a condition that comes first and what hangs on it."""
REGION = 70
"""Words a stance may govern: a bound for sentences without an end."""
_AHEAD = 8
_NEARBY = 6
_NOW = frozenset(("will", "'ll", "ready", "prepared", "willing"))
_STRICT = frozenset(("if", "provided", "providing", "on", "as", "so"))
"""Markers that make even what "has been agreed" a conditional yes."""
_TIMES = frozenset(("long", "day", "moment", "hour", "minute"))
_LASTING = frozenset(("while", "when", "after"))
_TURNS = frozenset(("while", "but", "although", "whereas"))
_WILL = frozenset(("would", "will", "can", "could"))


@dataclass(frozen=True, slots=True)
class Price:
    """A condition by its words: `first` is its marker, `inside` the first word after it, `last` its end."""

    first: int
    inside: int
    last: int
    marker: str

    def lasts(self, lowers: Sequence[str]) -> bool:
        """True for "while", "when" and "as long as", which say how things stand and ask for nothing."""
        words = lowers[self.first : self.inside]
        return self.marker in _LASTING or not _TIMES.isdisjoint(words)


def price(line: Line, held: Held, end: int) -> Price | None:
    """The condition that hangs on a stance whose words end at `end`, if any."""
    floor = held.hit.last
    end = _past_attribution(line, end)
    for hit in conditions().find(line.lowers[floor : end + _AHEAD]):
        if floor + hit.first <= end + 2 and _is_price(line, held, hit, floor):
            return _at(line, floor + hit.first, floor + hit.last, _end(line, floor + hit.last))
    return _before(line, held)


def _at(line: Line, first: int, inside: int, last: int) -> Price:
    return Price(first, inside, last, line.lowers[first])


def _past_attribution(line: Line, end: int) -> int:
    """Past the ", she added," that interrupts what somebody says."""
    if end >= len(line.lowers) or line.lowers[end] != "," or not attribution(line, end):
        return end
    comma = next((i for i in range(end + 1, min(len(line.lowers), end + _AHEAD)) if line.lowers[i] == ","), None)
    return comma + 1 if comma is not None else end


def _before(line: Line, held: Held) -> Price | None:
    """A condition that opens the clause: "If they leave the ridge, we will talk"."""
    if held.kind not in ("will", "adj", "modal") and held.doer.pronoun is None and not _will_before(line, held):
        return None
    if held.kind == "modal" and held.stance != "rejects":
        return None
    floor = max(0, held.doer.first - REGION)
    for hit in reversed(conditions().find(line.lowers[floor : held.doer.first])):
        first, after = floor + hit.first, floor + hit.last
        opens = first == 0 or line.lowers[first - 1] in (",", "that", "but", "and")
        comma = next((i for i in range(after, held.doer.first) if line.lowers[i] == ","), None)
        if opens and comma is not None and held.doer.first - comma <= _NEAR and _is_price(line, held, hit, floor):
            return _at(line, first, after, comma)
    return None


def _is_price(line: Line, held: Held, hit: Hit[str], floor: int) -> bool:
    """True unless a word of time ("when", "after") stands beside something already done or demanded."""
    before = line.lowers[floor + hit.first - 1] if floor + hit.first else ""
    if before == "of" or (before == "at" and line.lowers[floor + hit.first] == "once"):
        return False  # "any hour of the day", "at once"
    if before == "even":
        return False  # "will talk even if they attack"
    if line.lowers[floor + hit.first] == "assuming" and line.lowers[held.hit.first].endswith("ed"):
        return False  # "rejected the talks, assuming that ..."
    if hit.entry == "price":
        return True
    if hit.entry == "inverted":
        return inverted(line, floor + hit.first)
    if hit.entry == "lack":
        # "turned it down without putting it to a vote" tells how
        how = "".join(line.lowers[floor + hit.last : floor + hit.last + 1]).endswith("ing")
        return held.stance == "rejects" and not how
    if line.lowers[held.hit.first] in _NOW and _is_past(line.lowers, floor + hit.last):
        return False  # "will hit back after Karsk raised its duties"
    ahead = held.kind in ("will", "adj") or line.lowers[held.hit.first] in _WILL or _will_before(line, held)
    return ahead and held.stance in ("accepts", "intends", "proposes", "rejects")


def _is_past(lowers: Sequence[str], at: int) -> bool:
    """True where the clause from word `at` on tells what has happened: its first verb is a plain past one."""
    for i in range(at, min(len(lowers), at + _NEARBY)):
        if lowers[i] in BE or lowers[i] in HAVE:
            return False
        if lowers[i].endswith("ed") and i > at:
            return True
    return False


def _will_before(line: Line, held: Held) -> bool:
    return not _WILL.isdisjoint(line.lowers[max(0, held.hit.first - 2) : held.hit.first])


def _end(line: Line, at: int) -> int:
    for i in range(at, min(len(line.lowers), at + REGION)):
        word = line.lowers[i]
        if word in _TURNS or word in WALLS or word in (".", "!", "?"):
            return i
        if word == "," and (attribution(line, i) or not RELATIVES.isdisjoint(line.lowers[i + 1 : i + 2])):
            return i
    return min(len(line.lowers), at + REGION)


def attribution(line: Line, comma: int) -> bool:
    """True where ", X said" or ", according to X" follows."""
    start = line.tokens[comma].end
    said = any(s.source is not None and start <= s.source.start <= start + 3 for s in line.statements)
    return said or line.lowers[comma + 1 : comma + 3] == ["according", "to"]


def under(stance: str, held: Held, issue: str, marker: str, verb: str, *, relents: bool = False) -> str:
    """The stance with a condition: a yes, or a no that ends, becomes conditional."""
    done = held.kind == "verb" and (verb.endswith("ed") or verb in ("gave", "said"))
    if stance == "rejects" and marker in ("until", "without", "absent"):
        return "conditional"
    if done and not verb.startswith(("offer", "promis", "pledg", "propos")) and marker not in _STRICT:
        return stance
    if stance == "rejects":
        return "conditional" if marker in ("until", "unless", "without", "except") else stance
    threat = stance == "intends" and ((issue in WEAPONS and not relents) or verb.startswith("threat"))
    if stance in ("accepts", "intends", "proposes") and marker not in ("until", "before") and not threat:
        return "conditional"
    return stance
