"""What a figure leaves possible: the interval that its words allow, and whether two figures can both stand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

ABOUT = 0.1
"""How far "about", "nearly" and "some" may be off. Of numbers that newspapers round, hardly one is off by more."""

ROUND = 1000
"""From here on a number that ends in two noughts may be rounded to its last digit: "4,000" stands for 3,500 to 4,500."""


class Bounds(NamedTuple):
    """The least and the most that a figure leaves possible, both included; `most` is infinite where nothing bounds it."""

    least: float
    most: float


def bounds(figure: Mapping[str, Any]) -> Bounds | None:
    """The interval that a figure's value, bounds and qualifier allow; None where it has no number.

    >>> bounds({"value": 50, "low": None, "high": None, "qualifier": "at_least"})
    Bounds(least=50.0, most=inf)
    >>> bounds({"value": "1/2", "low": None, "high": None, "qualifier": "less_than"})
    Bounds(least=0.0, most=0.5)
    >>> bounds({"value": None, "low": 200, "high": None, "qualifier": "vague"})
    Bounds(least=200.0, most=inf)
    """
    value = number(figure["value"])
    if value is None:
        low, high = figure["low"], figure["high"]
        if low is None and high is None:
            return None
        return Bounds(float(low or 0), math.inf if high is None else float(high))
    return _around(value, figure["qualifier"])


def _around(value: float, qualifier: str) -> Bounds:
    slack = _rounding(value)
    if qualifier in ("at_least", "more_than"):
        return Bounds(value - slack, math.inf)
    if qualifier in ("up_to", "less_than"):
        return Bounds(0.0, value + slack)
    if qualifier in ("approximately", "between", "vague"):
        return Bounds(value - max(slack, ABOUT * value), value + max(slack, ABOUT * value))
    if qualifier == "nearly":
        return Bounds(value - max(slack, ABOUT * value), value)
    return Bounds(value - slack, value + slack)


def _rounding(value: float) -> float:
    """Half of what the last digit that is no nought counts, for numbers that look round.

    >>> _rounding(4000.0), _rounding(4070.0), _rounding(600.0), _rounding(2_400_000_000.0)
    (500.0, 0.0, 0.0, 50000000.0)
    """
    if value < ROUND or value % 100:
        return 0.0
    unit = 100
    while value % (unit * 10) == 0:
        unit *= 10
    return unit / 2


def number(value: Any) -> float | None:
    """A value as a number; of a share its part of one.

    >>> number("85%"), number("1/3"), number(7), number(None)
    (0.85, 0.3333333333333333, 7.0, None)
    """
    if isinstance(value, int | float):
        return float(value)
    if value is None:
        return None
    try:
        if value.endswith("%"):
            return float(value[:-1]) / 100
        part, _, whole = value.partition("/")
        return float(part) / float(whole or 1)
    except (ValueError, ZeroDivisionError):
        return None


def exclude(a: Bounds, b: Bounds) -> bool:
    """True where no number lies in both.

    >>> exclude(Bounds(50, math.inf), Bounds(60, 60)), exclude(Bounds(17, 17), Bounds(9, 9))
    (False, True)
    """
    return a.most < b.least or b.most < a.least


def apart(a: Bounds, b: Bounds) -> float:
    """How many times one is the other, at the ends that lie nearest to each other; 1 where they meet."""
    low, high = (a, b) if a.most < b.least else (b, a)
    if not exclude(a, b):
        return 1.0
    return math.inf if low.most <= 0 else high.least / low.most
