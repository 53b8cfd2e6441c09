"""Running counts held against a dated series: "34,622 killed" is not printed before the day that the count was reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from parley.data import Basis, Span
from parley.dates import arithmetic as cal
from parley.dates.evidence import LATEST, Evidence, sentence_around
from parley.dates.series import COUNTED, Series

_FIGURE = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u00a0\u202f ]\d{3}){1,3}(?![\d,]\d)|(?<![\d.,])\d{3,7}(?![\d,.]\d)")
_NEARLY = re.compile(r"\b(?:nearly|almost|close to|approaching|just under|up to)\s+$", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"\b(?:more than|over|at least|some|around|about|above|roughly|exceeded|exceeds|surpassed)\s+$", re.IGNORECASE
)


@cache
def _counting_words() -> re.Pattern[str]:
    words = sorted((w for ws in COUNTED.values() for w in ws), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


@cache
def _category() -> dict[str, str]:
    return {w: category for category, ws in COUNTED.items() for w in ws}


def series_evidence(text: str, series: Iterable[Series]) -> Iterator[Evidence]:
    """The largest cumulative count of each series that the text reports: no earlier than the day it was reached."""
    lower = text.lower()
    for one in series:
        if not one.is_about(lower):
            continue
        counts = [c for c in _counts(text, one.counted) if _is_of(text, c, one)]
        if counts:
            evidence = _series_window(text, *max(counts), one)
            if evidence:
                yield evidence


def _counts(text: str, counted: str) -> Iterator[tuple[float, int, int]]:
    for match in _FIGURE.finditer(text):
        value = float(re.sub(r"\D", "", match.group()))
        if 1900 <= value <= 2100 and "," not in match.group():
            continue
        if _nearest_category(text, match.start(), match.end()) in (counted, None):
            yield value, match.start(), match.end()


def _is_of(text: str, count: tuple[float, int, int], series: Series) -> bool:
    """A count is the series' own where it is one of its values, or a round one said to be rounded ("more than 37,000").

    Any other number counts something else, or somebody else's dead.
    """
    value, start, end = count
    if value < 100 or not series.values[0] <= value <= series.values[-1] * 1.05:
        return False
    if series.holds(value):
        return True
    rounded = value % 100 == 0 and _qualifier_before(text, start) is not None
    return rounded and _nearest_category(text, start, end) == series.counted


def _qualifier_before(text: str, start: int) -> re.Match[str] | None:
    return _NEARLY.search(text, max(0, start - 20), start) or _AT_LEAST.search(text, max(0, start - 20), start)


def _nearest_category(text: str, start: int, end: int) -> str | None:
    """What a number counts: the nearest counting word in its sentence, 60 characters either side."""
    low, high = sentence_around(text, start, end)
    low, high = max(low, start - 60), min(high, end + 60)
    best: tuple[int, str] | None = None
    for match in _counting_words().finditer(text, low, high):
        gap = start - match.end() if match.end() <= start else match.start() - end
        if best is None or gap < best[0]:
            best = (gap, match.group().lower())
    return _category()[best[1]] if best else None


def _series_window(text: str, value: float, start: int, end: int, series: Series) -> Evidence | None:
    """A printed count is the latest or some days old; a round one is loose by half a percent, "nearly" by one percent."""
    lead = text[max(0, start - 20) : start]
    nearly = _NEARLY.search(lead)
    qualified = nearly or _AT_LEAST.search(lead)
    round_number = value % 100 == 0 and qualified is not None
    low = series.reached(value * 0.99 if nearly else value)
    top = series.passed(value * 1.005 if round_number and not nearly else value)
    if low is None:
        return None
    lag = 0 if round_number else _LAG
    high = (cal.shift_days(top, lag) if top else None) or LATEST
    high = max(high, cal.shift_days(low, 1) or low)
    span = Span.of(text, start - len(lead) + qualified.start() if qualified else start, end)
    detail = f"not before {low.isoformat()}: {span.text!r} {series.counted}, a count that {series.name} reaches then"
    if high < LATEST:
        detail += f"; by {high.isoformat()} a report would likely give a later count"
    return Evidence(low, high, Basis("series", detail, span), 1)


# Outlets print the latest count for some days: over a weekend, a holiday, a break in reporting.
_LAG = 4
