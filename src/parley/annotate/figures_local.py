"""A reading cut down to one sentence, so that a figure looks through a handful of rows and not through the whole article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from parley.data import Mention, Reading, Span, Statement, Timex

_Row = TypeVar("_Row", Mention, Timex)


class Locals:
    """The statements, mentions and dates of a sentence and of the one before, found by place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.starts = [s.span.start for s in reading.sentences]
        self.mentions = sorted(reading.mentions, key=lambda m: m.span.start)
        self.dates = sorted(reading.dates, key=lambda t: t.span.start)
        self.mention_starts = [m.span.start for m in self.mentions]
        self.date_starts = [t.span.start for t in self.dates]
        self.statements: dict[int, list[Statement]] = {}
        for statement in reading.statements:
            for at in sorted(self._touched(statement)):
                self.statements.setdefault(at, []).append(statement)

    def at(self, index: int) -> Reading:
        """The reading with nothing but what stands in sentence `index` and in the one before."""
        here = self.reading.sentences[index].span
        first = self.reading.sentences[max(0, index - 1)].span.start
        mentions = _between(self.mentions, self.mention_starts, first, here.end)
        dates = _between(self.dates, self.date_starts, first, here.end)
        return replace(
            self.reading, statements=tuple(self.statements.get(index, ())), mentions=tuple(mentions), dates=tuple(dates)
        )

    def _touched(self, statement: Statement) -> set[int]:
        """The sentences that a statement's content, cue or source stands in."""
        spans = [s for s in (*statement.content, statement.cue, statement.source) if s is not None]
        return {k for s in spans for k in self._sentences(s)}

    def _sentences(self, span: Span) -> range:
        return range(max(0, bisect_right(self.starts, span.start) - 1), bisect_left(self.starts, span.end))


def _between(rows: Sequence[_Row], starts: Sequence[int], first: int, last: int) -> Sequence[_Row]:
    return rows[bisect_left(starts, first) : bisect_left(starts, last)]
