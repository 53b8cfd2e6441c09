"""A reading cut down to one sentence, so that a figure looks through a handful of rows and not through the whole article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from parley.data import Mention, Reading, Span, Statement, Timex

_Row = TypeVar("_Row", Mention, Timex)


class Locals:
    """The statements, mentions and dates of a sentence and of the one before, found by place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions = sorted(reading.mentions, key=lambda m: m.span.start)
        self.dates = sorted(reading.dates, key=lambda t: t.span.start)
        self.mention_starts = [m.span.start for m in self.mentions]
        self.date_starts = [t.span.start for t in self.dates]
        self.statements = [(s, _reach(s)) for s in reading.statements]

    def at(self, index: int) -> Reading:
        """The reading with nothing but what stands in sentence `index` and in the one before."""
        here = self.reading.sentences[index].span
        first = self.reading.sentences[max(0, index - 1)].span.start
        mentions = _between(self.mentions, self.mention_starts, first, here.end)
        dates = _between(self.dates, self.date_starts, first, here.end)
        return replace(self.reading, statements=self._statements(here), mentions=tuple(mentions), dates=tuple(dates))

    def _statements(self, here: Span) -> tuple[Statement, ...]:
        """Those of which content, cue or source stands in a sentence."""
        near = (s for s, (first, last) in self.statements if first < here.end and last > here.start)
        return tuple([s for s in near if any(p.start < here.end and p.end > here.start for p in _parts(s))])


def _parts(statement: Statement) -> list[Span]:
    return [s for s in (*statement.content, statement.cue, statement.source) if s is not None]


def _reach(statement: Statement) -> tuple[int, int]:
    parts = _parts(statement)
    return min(s.start for s in parts), max(s.end for s in parts)


def _between(rows: Sequence[_Row], starts: Sequence[int], first: int, last: int) -> Sequence[_Row]:
    return rows[bisect_left(starts, first) : bisect_left(starts, last)]
