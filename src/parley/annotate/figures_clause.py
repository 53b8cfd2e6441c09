"""One sentence with its numbers, and what a number in it turns out to count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.annotate.counted import Noun
from parley.annotate.figures_words import Hit, Kind, kind_of
from parley.annotate.numbers import Tok, words_named
from parley.annotate.quantities import Measure, Measured


def words_in(name: str) -> frozenset[str]:
    """One word list of the codebook `figures`."""
    return words_named("figures", name)


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
    """One sentence with its measures, read left to right."""

    def __init__(self, measured: Measured, told: Sequence[str] = ()) -> None:
        self.told = told
        self.toks: Sequence[Tok] = measured.toks
        self.caps = measured.caps
        self.measures = [m for m in measured.measures if m.kind in ("count", "share", "percent", "currency")]
        self.at = {m.begin: m for m in self.measures}
        self.found: list[Candidate] = []

    def low(self, at: int) -> str:
        return self.toks[at].low if 0 <= at < len(self.toks) else ""

    def words(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(t.low for t in self.toks[max(0, first) : max(0, last)])

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
