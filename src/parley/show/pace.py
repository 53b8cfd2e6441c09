"""How fast a build goes, and how long it will still take."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glance:
    """What can be told at one moment: articles so far, how many a second of late, seconds left where that is known."""

    articles: int
    per_second: float
    left: float | None

    def __str__(self) -> str:
        told = f"{self.articles:,} articles, {self.per_second:.3g}/s"
        return told if self.left is None else f"{told}, about {duration(self.left)} left"


class Pace:
    """The pace of the last minute: of a build that goes on where another stopped, the first part flies by and tells nothing."""

    def __init__(self, window: float = 60.0) -> None:
        self._window = window
        self._seen: deque[tuple[float, int, float | None]] = deque()
        self._articles = 0

    def step(self, now: float, share: float | None) -> None:
        """One more article at this time; `share` of all sources' bytes has gone by."""
        self._articles += 1
        # one look a tenth of a second is plenty, so a window holds some hundreds, however fast it goes
        if self._seen and now - self._seen[-1][0] < 0.1:
            return
        self._seen.append((now, self._articles, share))
        while now - self._seen[0][0] > self._window:
            self._seen.popleft()

    def glance(self) -> Glance:
        """What can be told now.

        >>> pace = Pace()
        >>> for second in range(11):
        ...     pace.step(second, second / 100)
        >>> print(pace.glance())
        11 articles, 1/s, about 1 min 30 s left
        """
        if len(self._seen) < 2:
            return Glance(self._articles, 0.0, None)
        (began, before, from_share), (now, after, to_share) = self._seen[0], self._seen[-1]
        seconds = now - began
        gone = None if from_share is None or to_share is None else to_share - from_share
        left = (1 - (to_share or 0)) * seconds / gone if gone and gone > 0 else None
        return Glance(self._articles, (after - before) / seconds, left)


def duration(seconds: float) -> str:
    """A stretch of time as one says it.

    >>> duration(8), duration(200), duration(7500), duration(200_000)
    ('8 s', '3 min 20 s', '2 h 5 min', '2 d 7 h')
    """
    whole = round(seconds)
    for name, size, part, smaller in (("d", 86_400, "h", 3_600), ("h", 3_600, "min", 60), ("min", 60, "s", 1)):
        if whole >= size:
            rest = whole % size // smaller
            return f"{whole // size} {name} {rest} {part}" if rest else f"{whole // size} {name}"
    return f"{whole} s"
