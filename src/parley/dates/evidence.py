"""What a text gives away about the day it was published: each piece as a window of days with its reason.

`Evidence` never guesses: a window holds every day that the words allow, with room for how loosely such words are used.
`deduce` lays the windows over each other. What counts from a beginning is in `since`, running counts are in `counts`,
known events in `landmarks`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from parley.data import Basis, Span
from parley.dates import arithmetic as cal
from parley.dates.expressions import Dated
from parley.dates.found import Found
from parley.dates.tense import tense_of

EARLIEST, LATEST = dt.date(1800, 1, 1), dt.date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Published on or after `low` and on or before `high`, because of `basis`; `weight` says what yields to what."""

    low: dt.date
    high: dt.date
    basis: Basis
    weight: int


def span_of(text: str, found: Found) -> Span:
    return Span.of(text, found.start, found.end)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a stretch begins and ends, within 400 characters either side."""
    low, high = max(0, start - 400), min(len(text), end + 400)
    before = max((text.rfind(mark, low, start) for mark in (". ", "\n", "? ", "! ", ".” ", '." ')), default=-1)
    after = [at for mark in (". ", "\n", "? ", "! ") if (at := text.find(mark, end, high)) >= 0]
    return max(low, before + 1), min([*after, high])


def full_dates(dated: Dated) -> Iterator[tuple[Found, dt.date]]:
    """Every date given with its year: the first day that it can mean."""
    for found in dated.founds:
        if found.kind in ("date", "clock") and found.year is not None and found.numeric is None and found.year > 0:
            day = cal.day_of(found.year, found.month or 1, found.day or 1)
            if day is not None:
                yield found, day


def latest_mention(dated: Dated) -> Evidence | None:
    """The latest date that the text speaks of as past: it cannot have been written before."""
    best: tuple[dt.date, Found] | None = None
    for found, day in full_dates(dated):
        if day <= (best[0] if best else EARLIEST) or tense_of(dated.scan, found.first, found.last) == "future":
            continue
        if _planned(dated, found):
            continue
        best = (day, found)
    if best is None:
        return None
    day, found = best
    span = span_of(dated.scan.text, found)
    # A day in full is hard to be wrong about; a bare year or month may be a goal that no verb marks.
    weight = 0 if found.day else 3
    detail = f"not before {day.isoformat()}: the text speaks of {span.text!r}"
    return Evidence(day, LATEST, Basis("latest_mention", detail, span), weight)


def _planned(dated: Dated, found: Found) -> bool:
    """ "by 2030", "until 2027": a goal, not a memory."""
    return (
        dated.scan.word(found.first - 2) in ("by", "until", "till", "before", "through", "to") and found.month is None
    )


def plans(dated: Dated) -> Iterator[Evidence]:
    """The earliest date in full that the text speaks of as still to come: it was not written after that."""
    ahead = [
        (cal.month_end(f.year, f.month or 12) if not f.day else day, f)
        for f, day in full_dates(dated)
        if f.year and tense_of(dated.scan, f.first, f.last) == "future"
    ]
    best = min(((day, f) for day, f in ahead if day is not None), key=lambda p: (p[0], p[1].start), default=None)
    if best is not None:
        span = span_of(dated.scan.text, best[1])
        detail = f"not after {best[0].isoformat()}: the text speaks of {span.text!r} as still to come"
        yield Evidence(EARLIEST, best[0], Basis("plan", detail, span), 4)


_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n\d]{0,20}(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?(?P<to>20\d\d))?(?!\d)", re.IGNORECASE
)


def saved_before(saved: str | None) -> Iterator[Evidence]:
    """A page was published when it was saved or crawled, or before; the day after allows for the clocks of two places."""
    if saved is not None and len(saved) == 10:
        high = dt.date.fromisoformat(saved)
        detail = f"not after {high.isoformat()}: it was saved or crawled on that day"
        yield Evidence(EARLIEST, high + dt.timedelta(days=1), Basis("saved", detail), 4)


def copyright_year(text: str) -> Iterator[Evidence]:
    """A page's "© 2025" was put there in its own year or later: the article is not younger."""
    if "©" not in text and "opyright" not in text and "(c)" not in text:
        return
    last = max(_COPYRIGHT.finditer(text), key=lambda m: m["to"] or m["year"], default=None)
    if last is not None:
        high = dt.date(int(last["to"] or last["year"]), 12, 31)
        span = Span.of(text, last.start(), last.end())
        detail = f"not after {high.isoformat()}: the page says {span.text!r}"
        yield Evidence(EARLIEST, high, Basis("copyright", detail, span), 4)
