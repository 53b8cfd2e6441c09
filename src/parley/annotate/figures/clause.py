"""One sentence with its numbers, and what a number in it turns out to count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parley.annotate.figures.words import Hit, Kind, kind_of, telling_words
from parley.annotate.quantities.counted import Noun, noun_after
from parley.annotate.quantities.find import Measure, Measured
from parley.annotate.quantities.numbers import Tok, words_named


def words_in(name: str) -> frozenset[str]:
    """One word list of the codebook `figures`."""
    return words_named("figures", name)


_KINDS = ("count", "share", "percent", "currency", "goods")
_DETERMINERS = ("the", "its", "their", "our", "all", "his", "her")
_STAKES = ("other", "money", "rate")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its category; `parent` is the index of the candidate whose subset it is."""

    measure: Measure
    category: str
    method: str
    confidence: float
    kind: Kind
    head: str | None
    trigger: Hit | None = None
    parent: int | None = None
    perfect: bool = False
    toll: bool = False
    part: bool = False


class Clause:
    """One sentence with its measures, read left to right; `told` are the categories of the figures before it."""

    def __init__(
        self,
        measured: Measured,
        told: Sequence[str] = (),
        *,
        policy: bool = False,
        labour: bool = False,
        coins: frozenset[str] = frozenset(),
    ) -> None:
        self.policy, self.labour, self.coins = policy, labour, coins
        self.told = [c for c in told if c not in _STAKES]
        self.last = told[-1] if told else None
        self.toks: Sequence[Tok] = measured.toks
        self.lows = tuple([t.low for t in measured.toks])
        self.telling = not telling_words().isdisjoint(self.lows)
        self.caps = measured.caps
        self.wholes: set[int] = set()
        kept = (m for one in measured.measures for m in self._apart(self._goods(one)) if m.kind in _KINDS)
        self.measures = self._with_wholes(self._corrected(list(kept)))
        self.at = {m.begin: m for m in self.measures}
        self.found: list[Candidate] = []

    def _goods(self, m: Measure) -> Measure:
        """ "60,000 tonnes of beef" counts goods; kilometres and degrees count nothing at stake."""
        if m.kind == "share" and m.noun is None and self.low(m.end) in _DETERMINERS:
            noun = noun_after(self.toks, m.end + 1)
            return m if noun is None else replace(m, noun=noun._replace(of=True))  # "half the wells"
        if m.kind == "count" and self.coins and self.low(m.end) in self.coins:
            return replace(m, kind="currency", unit="other", end=m.end + 1, noun=None)
        unit = self.toks[m.end - 1].low
        if m.kind == "measure" and unit == "times":
            return replace(m, kind="goods")
        if m.kind != "measure" or unit not in words_in("goods"):
            return m
        noun = noun_after(self.toks, m.end) if self.low(m.end) == "of" else None
        return replace(m, kind="goods", noun=noun)

    def _apart(self, m: Measure) -> tuple[Measure, ...]:
        """ "raised from 10 percent to 25 percent" tells two rates, no range."""
        if m.kind != "percent" or m.second is None or (self.low(m.begin - 1) != "from" and self.low(m.begin) != "from"):
            return (m,)
        begin = m.begin + (self.low(m.begin) == "from")
        first = replace(
            m, begin=begin, last=begin + 1, end=m.second - 1, value=m.low, high=m.low, qualifier="exact", second=None
        )
        then = replace(m, begin=m.second, first=m.second, value=m.high, low=m.high, qualifier="exact", second=None)
        return first, then

    def _corrected(self, measures: list[Measure]) -> list[Measure]:
        """ "59 and not 62 of the freed": the number that stands counts what the one set aside would."""
        out = list(measures)
        for i, (right, wrong) in enumerate(pairwise(measures)):
            gap = self.words(right.end, wrong.begin)
            if right.noun is None and wrong.noun is not None and gap in (("and", "not"), (",", "not"), ("not",)):
                out[i] = replace(right, noun=wrong.noun)
        return out

    def _with_wholes(self, measures: list[Measure]) -> list[Measure]:
        """ "Eleven of the region's 16 hospitals": the eleven count what the sixteen do, and the sixteen are no news."""
        out = list(measures)
        for i, (part, whole) in enumerate(pairwise(measures)):
            gap = self.words(part.end, whole.begin)
            share = part.kind in ("share", "percent")
            if not (share or part.kind == "count") or whole.kind != "count" or whole.noun is None:
                continue
            if not share and not larger(whole, part):
                continue
            if (
                1 <= len(gap) <= 6
                and gap[0] == "of"
                and not any(w in words_in("breaks") or w in (",", "and") for w in gap)
            ):
                out[i] = replace(part, noun=whole.noun._replace(of=True))
                # "one of 22 people whom they let go": the one is a person, the 22 are the figure
                if part.value == 1:
                    self.wholes.add(part.begin)
                elif whole.noun.head not in words_in("captives"):
                    self.wholes.add(whole.begin)  # but "four of the 200 hostages who were seized" tells both
        return out

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def words(self, first: int, last: int) -> tuple[str, ...]:
        return self.lows[max(0, first) : max(0, last)]

    def right(self, m: Measure) -> int:
        """The token after the counted noun."""
        return m.noun.last if m.noun else m.end

    def kind(self, noun: Noun | None) -> Kind:
        if noun is None:
            return "bare"
        return kind_of(noun.head, capital=not self.caps and self.toks[noun.last - 1].capital)


def start_of(clause: Clause, m: Measure) -> int:
    """Where the phrase of a number begins, its articles and "a total of" included."""
    at = m.begin
    while at and (
        clause.low(at - 1) in words_in("fillers")
        or (clause.low(at - 1) == "of" and clause.low(at - 2) in ("total", "group", "estimated"))
    ):
        at -= 1
    if clause.low(at - 1) == "group" and clause.low(at) == "of":
        at -= 1
    return at


def larger(whole: Measure, part: Measure) -> bool:
    top, bottom = whole.high or whole.value or whole.low, part.value or part.low
    return whole.vague or top is None or bottom is None or top > bottom


def is_perfect(clause: Clause, hit: Hit) -> bool:
    return any(w in ("has", "have", "had") for w in clause.words(hit.first - 3, hit.first))
