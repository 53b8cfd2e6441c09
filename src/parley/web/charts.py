"""Charts as places on a page: a template draws them as SVG, without script, and a table with the same stands beside each.

A step holds until the next count; nothing is smoothed, and nothing is drawn where there is no count.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from parley.annotate.quantities.told import amount_told, number
from parley.store.rows import Row
from parley.web.words import day

WIDE = 720
ACROSS, HIGH = 780, 260
LEFT, RIGHT, TOP, BOTTOM = 90, 226, 16, 34
"""Beside the steps there is room for "17.5 trillion" on the left, for 26 letters of a name on the right."""

APART = 14
"""Days after which another count of a single incident, or of money, is a count of another one: no line joins them."""
OPEN_ABOVE = frozenset(("at_least", "more_than", "vague"))
CAPPED = frozenset(("nearly", "up_to", "less_than"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A count on a day, or in a month."""

    day: str
    n: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar where it stands."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Days:
    """Bars along days, with the words at both ends and the highest count."""

    bars: list[Drawn]
    first: str
    last: str
    highest: int


def days_chart(bars: Sequence[Bar]) -> Days | None:
    """Articles by day or by month, at their places in time."""
    places = [(n, b) for b in bars if (n := _number(_first_day(b.day))) is not None]
    if len(places) < 2:
        return None
    long = [28 if len(b.day) == MONTH else 1 for _, b in places]
    first, last = places[0][0], places[-1][0] + long[-1] - 1
    width = WIDE / (last - first + 1)
    highest = max(b.n for _, b in places)
    drawn = [
        Drawn(
            round((n - first) * width, 2),
            round(60 * (1 - b.n / highest), 2),
            round(max(width * days - 1, 0.6), 2),
            round(60 * b.n / highest, 2),
            f"{day(b.day)}: {b.n:,}",
        )
        for (n, b), days in zip(places, long, strict=True)
    ]
    return Days(drawn, day(places[0][1].day), day(places[-1][1].day), highest)


MONTH = len("2031-03")


def _first_day(time: str) -> str:
    return f"{time}-01" if len(time) == MONTH else time


DRAWN = 400
"""Days that are drawn one by one: more of them are thinner than a hair."""


def by_time(days: Sequence[tuple[str, int]]) -> list[Bar]:
    """Counts by day; by month where there are more than `DRAWN` days. What is less precise is left out.

    >>> by_time([("2031", 9), ("2031-03-01", 2), ("2031-03-15", 1)])
    [Bar(day='2031-03-01', n=2), Bar(day='2031-03-15', n=1)]
    """
    whole = [(d, n) for d, n in days if len(d) == len("2031-03-15")]
    if len(whole) <= DRAWN:
        return [Bar(d, n) for d, n in sorted(whole)]
    months: Counter[str] = Counter()
    for d, n in days:
        if len(d) >= MONTH:
            months[d[:MONTH]] += n
    return [Bar(d, n) for d, n in sorted(months.items())]


@dataclass(frozen=True, slots=True)
class Point:
    """A count where it stands; `low` and `high` are the ends of a range, None where there is none."""

    x: float
    y: float
    low: float | None
    high: float | None
    mark: str
    row: str
    words: str


@dataclass(frozen=True, slots=True)
class Track:
    """One claimant's counts: the path of the step line, its points, and its name where there is room for it."""

    name: str
    path: str
    points: list[Point]
    label_y: float
    n: int


@dataclass(frozen=True, slots=True)
class Steps:
    """A step chart: tracks, the reference series behind, and what stands along both sides."""

    tracks: list[Track]
    reference: list[str]
    ticks: list[tuple[float, str]]
    ends: list[tuple[float, str, str]]
    width: int = ACROSS
    height: int = HIGH
    left: int = LEFT
    right: int = ACROSS - RIGHT
    bottom: int = HIGH - BOTTOM


def _number(day: str | None) -> int | None:
    """A day as a number; None where it is no whole day."""
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return None


def value_of(point: Row) -> float | None:
    """The number at which a point is drawn."""
    for key in ("value", "low", "high"):
        if isinstance(point[key], int | float):
            return float(point[key])
    return None


def steps(series: Sequence[Row], reference: Iterable[Row] = ()) -> Steps | None:
    """A chart of some series of one thing; None where fewer than two counts have a day."""
    held = [(s, _dated(s["points"])) for s in series]
    seen = [(x, v, p) for _, points in held for x, v, p in points]
    if len(seen) < 2 or len({x for x, _, _ in seen}) < 2:
        return None
    behind = [_dated(r["points"]) for r in reference]
    first, last = min(x for x, _, _ in seen), max(x for x, _, _ in seen)
    behind = [[p for p in r if first <= p[0] <= last] for r in behind]
    ends = [e for _, v, p in seen for e in (v, p["low"], p["high"]) if isinstance(e, int | float)]
    ends += [v for r in behind for _, v, _ in r]
    scale = _Scale(first, last, *_bounds(ends))
    tracks = [_track(s, points, scale, n) for n, (s, points) in enumerate(held) if points]
    return Steps(
        _apart(tracks),
        [_path([(scale.x(x), scale.y(v)) for x, v, _ in r], set()) for r in behind if len(r) > 1],
        [(scale.y(v), words) for v, words in scale.ticks()],
        [
            (LEFT, "start", day(date.fromordinal(first).isoformat())),
            (ACROSS - RIGHT, "end", day(date.fromordinal(last).isoformat())),
        ],
    )


def _dated(points: Iterable[Row]) -> list[tuple[int, float, Row]]:
    whole: Row = {"low": None, "high": None, "qualifier": "exact", "rows": []}
    out = []
    for p in points:
        point = {**whole, **p}
        x, v = _number(point["date"]), value_of(point)
        if x is not None and v is not None:
            out.append((x, v, point))
    return sorted(out, key=lambda p: p[0])


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1
    return (max(0.0, low - room) if low >= 0 else low - room), high + room


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    low: float
    high: float

    def x(self, at: float) -> float:
        return round(LEFT + (at - self.first) / (self.last - self.first) * (ACROSS - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(TOP + (self.high - value) / (self.high - self.low) * (HIGH - TOP - BOTTOM), 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Some round numbers in between, and how they are written; three at least, and no two alike.

        >>> [words for _, words in _Scale(0, 1, 3000, 4500).ticks()]
        ['3,000', '3,500', '4,000', '4,500']
        >>> [words for _, words in _Scale(0, 1, 2.401, 2.409).ticks()]
        ['2.4025', '2.405', '2.4075']
        """
        span = self.high - self.low
        size = math.floor(math.log10(span)) + 1
        step = next(10.0**size / d for d in (1, 2, 4, 5, 10, 20, 40) if span * d >= 3 * 10.0**size)
        digits = max(0, 2 - size)
        first = math.ceil(self.low / step)
        places = (step * i for i in range(first, math.floor(self.high / step) + 1))
        return [(at, short(round(at, digits))) for at in places]


def short(value: float) -> str:
    """A round number in few characters.

    >>> short(20e12), short(2_500_000.0), short(4500), short(1_234_567)
    ('20 trillion', '2.5 million', '4,500', '1,234,567')
    """
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and value % (size / 1000) == 0:
            return f"{number(value / size)} {word}"
    return number(value)


def _track(series: Row, points: Sequence[tuple[int, float, Row]], scale: _Scale, n: int) -> Track:
    name = series["claimant"] or "outlets in their own words"
    places = [_point(scale, x, v, p, name) for x, v, p in points]
    far = () if series.get("scope") == "cumulative" else itertools.pairwise(points)
    anew = {i for i, (one, other) in enumerate(far, 1) if other[0] - one[0] > APART}
    return Track(name, _path([(p.x, p.y) for p in places], anew), places, places[-1].y + 4, n)


def _point(scale: _Scale, x: int, v: float, point: Row, name: str) -> Point:
    ranged = point["low"] is not None and point["high"] is not None and point["low"] != point["high"]
    how = point["qualifier"]
    mark = "open" if how in OPEN_ABOVE else "cap" if how in CAPPED else "dot"
    words = f"{name}, {day(point['date'])}: {amount_told(point)}"
    low, high = (scale.y(point["low"]), scale.y(point["high"])) if ranged else (None, None)
    return Point(scale.x(x), scale.y(v), low, high, mark, (point["rows"] or [""])[0], words)


def _path(places: Sequence[tuple[float, float]], anew: Set[int]) -> str:
    """Steps from place to place, along, then up or down; at some places, by their number, it begins anew.

    >>> _path([(0, 9), (4, 7), (8, 5)], {2})
    'M0 9H4V7M8 5'
    """
    return "".join(f"M{x} {y}" if not n or n in anew else f"H{x}V{y}" for n, (x, y) in enumerate(places))


def _apart(tracks: Sequence[Track]) -> list[Track]:
    """Labels moved apart where they would stand on each other, in their order from the top."""
    out: list[Track] = []
    at = 0.0
    for track in sorted(tracks, key=lambda t: t.label_y):
        at = max(track.label_y, at + 15)
        out.append(replace(track, label_y=round(at, 1)))
    under = HIGH - 6 + 15.0
    for n, track in reversed(list(enumerate(out))):  # those that were pushed out at the bottom move up, and no others
        under = min(track.label_y, under - 15)
        out[n] = replace(track, label_y=round(under, 1))
    return sorted(out, key=lambda t: t.n)
