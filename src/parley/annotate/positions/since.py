"""Since when a position is held, where the sentence tells: "has demanded since March", "rejected the plan in 2023"."""

from __future__ import annotations

from parley.annotate.language.lines import Line
from parley.annotate.positions.words import Held
from parley.data import Timex

_PAST = frozenset(("was", "were", "had", "did", "gave", "said", "sought", "made", "held", "took", "put"))


def since(line: Line, held: Held, first: int, last: int) -> str | None:
    """The day, month or year from which a stance is told to be held; words `[first, last)` are its clause.

    A date behind "since" says it of any stance; any other date only of one that was taken in the past ("rejected").
    """
    start, end = line.tokens[first].start, line.tokens[last - 1].end
    dates = [d for d in _dates(line) if d.day is not None]
    for date in dates:
        if line.reading.text[max(0, date.span.start - 12) : date.span.start].lower().rstrip().endswith("since"):
            return date.day
    if not _is_past(line, held):
        return None
    near = [d for d in dates if start <= d.span.start < end or _opens(line, d)]
    return near[0].day if near else None


def _dates(line: Line) -> list[Timex]:
    span = line.sentence.span
    return [d for d in line.reading.dates if span.start <= d.span.start < span.end]


def _opens(line: Line, date: Timex) -> bool:
    return date.span.start - line.sentence.span.start < 4


def _is_past(line: Line, held: Held) -> bool:
    verb = line.lowers[held.hit.first]
    group = line.lowers[max(0, held.hit.first - 3) : held.hit.first]
    will = not {"will", "would", "to", "has", "have"}.isdisjoint(group)
    return held.kind == "verb" and not will and (verb.endswith("ed") or verb in _PAST or not _PAST.isdisjoint(group))
