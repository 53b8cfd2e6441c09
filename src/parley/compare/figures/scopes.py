"""Which counts belong together: the running ones, those of one happening, and those of a state of things."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from parley.compare.base import Row
from parley.compare.days import Days, between, days

DEEDS = frozenset(
    ("killed", "injured", "casualties", "captives_released", "infrastructure_damaged", "attacks", "missing")
)
"""What happens, and so is counted for one happening or as a running total. The rest are states: they rise and fall."""

SAME_COUNT = 0.5
"""A running count told later that is below this share of the one before counts something else: no revision that is known of
in the wars of the last thirty years took back more than half."""

LAG = 7
"""Days by which a running count that is printed without its day may be old."""

NEWS = 2
"""Days within which what happened is told as news without its day."""

WINDOW = 45
"""Days by which two beginnings of one count may differ: "since December", "since 14 December"."""


def when(item: Row) -> Days | None:
    """The days as of which a count may stand: the told ones, else those before it was printed."""
    told = days(item["told"])
    printed = between(*item["printed"])
    if told is not None:
        last = min(told.last, printed.last) if printed and printed.last >= told.first else told.last
        return Days(told.first, last)
    if printed is None:
        return None
    return Days(printed.first - (LAG if item["scope"] == "cumulative" else NEWS), printed.last)


def settled(items: Sequence[Row], category: str) -> list[Row]:
    """The items with `scope` as their company tells it, and the `window` that a running count covers, None for the main one.

    A count whose scope the text leaves open is a running one where it is of the same order as a running one; a "running" one far
    below its claimant's last counts one happening. States have no scope.
    """
    if category not in DEEDS:
        return [{**i, "scope": None, "window": None} for i in items]
    running = _levels(items)
    out = [{**i, "scope": _scope(i, running)} for i in items]
    begins = min((d.first for i in out if i["scope"] == "cumulative" and (d := days(i["since"]))), default=None)
    return [{**i, "window": _window(i, begins)} for i in out]


WAR = 1000
"""So many at once are told of a day; so many in a war, often without one."""

Levels = Mapping[str | None, tuple[list[int], list[float]]]
"""Per claimant, and under None of all together, the days of running counts and the highest count up to each."""


def _levels(items: Sequence[Row]) -> Levels:
    found: dict[str | None, list[tuple[int, float]]] = defaultdict(list)
    for i in items:
        day = when(i)
        if day is not None and (i["scope"] == "cumulative" or _large(i)):
            found[None].append((day.last, i["least"] or i["most"] or 0))
            found[i["who"] or ""].append((day.last, i["least"] or i["most"] or 0))
    return {who: _highest(sorted(points)) for who, points in found.items()}


def _highest(points: Sequence[tuple[int, float]]) -> tuple[list[int], list[float]]:
    return [day for day, _ in points], list(accumulate((value for _, value in points), max))


def _level(levels: Levels, who: str | None, day: int | None) -> float | None:
    """The highest running count up to a day, else the first one after it."""
    if who not in levels or day is None:
        return None
    at, highest = levels[who]
    return highest[max(0, bisect_left(at, day + 1) - 1)]


def _scope(item: Row, levels: Levels) -> str | None:
    day = when(item)
    last = day.last if day else None
    mine = _level(levels, item["who"] or "", last)
    size = item["least"] or item["most"] or 0
    if item["scope"] == "cumulative":
        return "incident" if mine is not None and size < SAME_COUNT * mine else "cumulative"
    if item["scope"] is None:
        level = mine if mine is not None else _level(levels, None, last)
        return "cumulative" if level and SAME_COUNT <= size / level <= 1 / SAME_COUNT else "incident"
    return str(item["scope"])


def _large(item: Row) -> bool:
    return item["scope"] is None and item["told"] is None and (item["least"] or item["most"] or 0) >= WAR


def _window(item: Row, begins: int | None) -> str | None:
    since = days(item["since"])
    if item["scope"] != "cumulative" or since is None or begins is None:
        return None
    return None if since.first <= begins + WINDOW or since.last - since.first > WINDOW else str(item["since"])[:7]
