"""Character ranges asked about often: is this place taken, and by what? Each question costs a look-up, not a walk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from parley.data import Quotation, Reading, Sentence, Span

T = TypeVar("T")


class Ranges:
    """The union of some half-open ranges; each question costs a look-up, however many there are."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(pairs):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """True where `[start, end)` shares a character with one of the ranges.

        >>> taken = Ranges([(5, 9), (0, 3), (8, 12)])
        >>> [taken.touches(3, 5), taken.touches(4, 6), taken.touches(12, 20)]
        [False, True, False]
        """
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end


class ByPlace(Generic[T]):
    """Things that do not overlap, such as sentences or outer quotations, by where they stand."""

    def __init__(self, things: Iterable[T], span_of: Callable[[T], Span]) -> None:
        self.all = sorted(things, key=lambda t: span_of(t).start)
        self._span_of = span_of
        self._starts = [span_of(t).start for t in self.all]

    def at(self, offset: int) -> T | None:
        """The one that holds the character at `offset`."""
        i = bisect_right(self._starts, offset) - 1
        return self.all[i] if i >= 0 and offset < self._span_of(self.all[i]).end else None

    def touching(self, start: int, end: int) -> list[T]:
        """Those that share a character with `[start, end)`, in order."""
        i = max(bisect_right(self._starts, start) - 1, 0)
        return [t for t in self.all[i : bisect_left(self._starts, end)] if self._span_of(t).end > start]


def sentences_of(reading: Reading) -> ByPlace[Sentence]:
    """The sentences of an article by place."""
    return ByPlace(reading.sentences, lambda s: s.span)


def quotations_of(reading: Reading) -> ByPlace[Quotation]:
    """The outer quotations of an article by place."""
    return ByPlace((q for q in reading.quotations if q.depth == 1), lambda q: q.outer)
