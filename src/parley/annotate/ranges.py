"""Character ranges asked about often: is this place taken?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


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
