"""Days that the text itself ties to its publication: the weekday of the news, of today, and dates told with their weekday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise

from parley.data import Basis, Span
from parley.dates import arithmetic as cal
from parley.dates.evidence import LATEST, Evidence, full_dates, sentence_around
from parley.dates.expressions import Dated
from parley.dates.found import Found
from parley.dates.tense import tense_of

_LEAD = 600
"""Characters in which news tells its own day; further down, weekdays are those of what came before."""


def news_weekday(dated: Dated, body: Span | None) -> Found | None:
    """The weekday on which the news happened: the latest of those that the text speaks of as just past."""
    low, high = (body.start, body.end) if body else (0, len(dated.scan.text))
    just_past = [
        f
        for f in dated.founds
        if f.kind == "weekday" and f.weekday and low <= f.start < high and f.relation in (None, "this") and f.unit is None
        and tense_of(dated.scan, f.first, f.last) != "future"
    ]  # fmt: skip
    if not just_past:
        return None
    lead = [f for f in just_past if f.start < low + _LEAD]
    just_past = lead or just_past
    named = [f.weekday or 0 for f in just_past]
    # The week that spans the fewest days wins: of Saturday and Sunday, Sunday is the later.
    return min(just_past, key=lambda f: (max(((f.weekday or 0) - other) % 7 for other in named), f.start))


def stated_weekday(dated: Dated, dateline: Span | None) -> tuple[int, Span] | None:
    """The weekday of publication where the text tells it: a dateline "Friday", "today, Monday", "tomorrow's Sunday service"."""
    text = dated.scan.text
    for before, found in zip((None, *dated.founds), dated.founds, strict=False):
        if found.kind != "weekday" or not found.weekday or found.relation or found.part:
            continue
        if dateline is not None and dateline.start <= found.start < dateline.end:
            return found.weekday, Span.of(text, found.start, found.end)
        step = (
            {"yesterday": 1, "today": 0, "tomorrow": -1}.get(before.value or "")
            if before and before.kind == "deictic"
            else None
        )
        if before is not None and step is not None and text[before.end : found.start].strip() in ("", ",", "'s", "’s"):
            return (found.weekday - 1 + step) % 7 + 1, Span.of(text, before.start, found.end)
    return None


# --- dates told with their weekday: "Friday, March 19" is a Friday in one year of six -----------------------------

_FAR = 3
"""Years beyond the latest that a text speaks of in which its dates are looked for; the same weekday comes back after five or six."""
_BEHIND, _AHEAD = 45, 30
"""Days for which news gives a date with its weekday, of what is past and of what is to come."""


def named_days(dated: Dated, low: dt.date, high: dt.date) -> Iterator[Evidence]:
    """Windows from dates that are told with their weekday and without a year, in the one year in which they agree.

    A year that the text names is another one than its own: a text of 2027 does not say "in 2027".
    """
    printed = {found.year for found in dated.founds if found.year is not None and found.month is None}
    for found in dated.founds:
        weekday = found.weekday
        if found.kind != "date" or found.year is not None or not (weekday and found.month and found.day):
            continue
        top = min(high.year, low.year + _FAR + (high < LATEST))
        years = (y for y in range(low.year, top + 1) if y not in printed)
        days = [d for y in years if (d := cal.day_of(y, found.month, found.day)) is not None]
        fitting = [
            w
            for d in days
            if d.isoweekday() == weekday and (w := _around(dated, found, d)) and w[0] <= high and w[1] >= low
        ]
        if len(fitting) == 1:
            first, last, day = fitting[0]
            span = Span.of(dated.scan.text, found.start, found.end)
            detail = f"between {first.isoformat()} and {last.isoformat()}: {span.text!r} has that weekday in {day.year}"
            yield Evidence(first, last, Basis("named_day", detail, span), 2)


def _around(dated: Dated, found: Found, day: dt.date) -> tuple[dt.date, dt.date, dt.date] | None:
    """When news would speak so of a day, and the day."""
    week = _same_week(dated, found)
    monday = cal.shift_days(day, 1 - day.isoweekday())
    tense = tense_of(dated.scan, found.first, found.last)
    if found.relation == "next":
        reach = -13, -1
    elif week is not None and monday is not None:
        reach = ((monday - day).days - 1, 0) if week == "this" else ((monday - day).days - 7, (monday - day).days - 1)
    else:
        reach = (0 if tense == "past" else -_AHEAD, 0 if tense == "future" else _BEHIND)
    first, last = cal.shift_days(day, reach[0]), cal.shift_days(day, reach[1])
    return (first, last, day) if first and last else None


_MEETINGS = (
    re.compile(r"\b(?:talks|negotiations|meeting|summit|round|session|conference|dialogue)\b", re.IGNORECASE),
    re.compile(r"\b(?:vote|votes|election|elections|referendum|ballot|polls)\b", re.IGNORECASE),
    re.compile(r"\b(?:strike|walkout|stoppage)\b", re.IGNORECASE),
    re.compile(r"\b(?:hearing|trial|verdict|ruling)\b", re.IGNORECASE),
)


def _same_week(dated: Dated, found: Found) -> str | None:
    """`this` or `next` where "this week's talks" are the talks of the day found; None where the text does not say."""
    text = dated.scan.text
    low, high = sentence_around(text, found.start, found.end)
    kinds = [kind for kind in _MEETINGS if kind.search(text, low, high)]
    for other in dated.founds:
        if (
            other.kind == "relative"
            and other.unit == "week"
            and other.relation in ("this", "next")
            and other.edge is None
        ):
            beside = text[max(0, other.start - 30) : other.end + 30]
            if any(kind.search(beside) for kind in kinds):
                return other.relation
    return None


def with_weekday_before(founds: tuple[Found, ...], text: str) -> tuple[Found, ...]:
    """ "next Wednesday, June 20" is one day told twice: the date takes the weekday and the relation."""
    out = list(founds)
    for at, (a, b) in enumerate(pairwise(founds)):
        if a.kind == "weekday" and b.kind == "date" and b.day and b.weekday is None and text[a.end : b.start] == ", ":
            out[at + 1] = b._replace(weekday=a.weekday, relation=a.relation)
    return tuple(out)


# --- "day 507": counted from the one date that makes the weekdays agree --------------------------------------------

_DAY_N = re.compile(r"\bday\s+(?P<n>\d{2,4})\b", re.IGNORECASE)


def counted_days(dated: Dated, text: str, weekday: int | None) -> Iterator[Evidence]:
    """ "Day 507 of the aggression", counted from a date that the text gives in full, where the weekday of the news agrees."""
    match = _DAY_N.search(text) if weekday is not None else None
    if match is None or weekday is None:
        return
    number = int(match["n"]) - 1
    counted = ((f, cal.shift_days(start, number)) for f, start in full_dates(dated) if f.month and f.day)
    days = {day: found for found, day in counted if day is not None}
    fitting = [d for d in days if d.isoweekday() == weekday]
    if len(fitting) == 1:
        day, found = fitting[0], days[fitting[0]]
        span = Span.of(text, match.start(), match.end())
        start = text[found.start : found.end]
        detail = (
            f"{day.isoformat()} or the day after: {span.text!r}, counted from {start!r}, is the weekday of the news"
        )
        yield Evidence(day, cal.shift_days(day, 1) or day, Basis("counted_days", detail, span), 2)


# --- one day told twice: "tomorrow, 3 May 2034", "in May 2032, two years ago" --------------------------------------

_LOOSE = {"day": 1, "week": 5, "month": 21, "quarter": 60, "year": 240, "decade": 900}
"""Days by which "N units ago" may miss."""
_BESIDE = re.compile(r",? ?\(?(?:,? ?(?:on|in|of) )?(?:the )?")


def told_twice(dated: Dated) -> Iterator[Evidence]:
    """Windows from a date in full beside the word that tells how far off it is."""
    text = dated.scan.text
    for a, b in pairwise(dated.founds):
        if b.start - a.end > 8 or _BESIDE.fullmatch(text, a.end, b.start) is None or text[a.end : b.start] == " ":
            continue
        for date, word in ((b, a), (a, b)):
            window = _from_full(date, word)
            if window is not None:
                span = Span.of(text, a.start, b.end)
                low, high = window
                days = low.isoformat() if low == high else f"between {low.isoformat()} and {high.isoformat()}"
                yield Evidence(low, high, Basis("told_twice", f"{days}: {span.text!r}", span), 1)


def _from_full(date: Found, word: Found) -> tuple[dt.date, dt.date] | None:
    """The days on which `date` is what `word` says ("yesterday", "two years ago", "next Friday")."""
    if date.kind != "date" or date.year is None or date.numeric or date.edge or not 1 <= date.year <= 9999:
        return None
    first = cal.day_of(date.year, date.month or 1, date.day or 1)
    last = first if date.day else cal.month_end(date.year, date.month or 12)
    if first is None or last is None:
        return None
    if word.kind == "deictic" and date.day:
        step = {"yesterday": 1, "today": 0, "tomorrow": -1}.get(word.value or "")
        return _moved(first, last, step, step) if step is not None and not word.part else None
    if word.kind == "weekday" and date.day and word.weekday == first.isoweekday() and word.relation in ("next", "last"):
        return _moved(first, last, -13, -1) if word.relation == "next" else _moved(first, last, 1, 13)
    if word.kind == "shifted" and word.relation in ("ago", "from now") and word.number and word.unit in _LOOSE:
        sign = 1 if word.relation == "ago" else -1
        days = round(
            word.number * {"day": 1, "week": 7, "month": 30.4, "quarter": 91, "year": 365.25, "decade": 3652}[word.unit]
        )
        return _moved(first, last, sign * days - _LOOSE[word.unit], sign * days + _LOOSE[word.unit])
    return None


def _moved(first: dt.date, last: dt.date, low: int, high: int) -> tuple[dt.date, dt.date] | None:
    a, b = cal.shift_days(first, low), cal.shift_days(last, high)
    return (a, b) if a and b else None


_TURNS = re.compile(
    r"\b(?:turn(?:s|ed|ing)?|(?:mark|celebrat)\w{1,4} (?:its|their|his|her))\s+(?P<age>\d{2,3})(?:st|nd|rd|th)?\b"
)


def turns_of_age(dated: Dated) -> Iterator[Evidence]:
    """ "Opened in 1961, it turns 70 next year": the year before 2031."""
    text = dated.scan.text
    for match in _TURNS.finditer(text):
        low, high = sentence_around(text, match.start(), match.end())
        beside = [f for f in dated.founds if low <= f.start < high]
        years = [f.year for f in beside if f.kind == "date" and f.year and not f.month]
        steps = [
            {"last": -1, "this": 0, "next": 1}.get(f.relation or "")
            for f in beside
            if f.kind == "relative" and f.unit == "year"
        ]
        if len(years) == 1 and len(steps) == 1 and steps[0] is not None:
            year = years[0] + int(match["age"]) - steps[0]
            first, last = cal.day_of(year, 1, 1), cal.day_of(year, 12, 31)
            if first and last:
                span = Span.of(text, match.start(), match.end())
                detail = f"in {year}: what is of {years[0]} is said to be {match['age']} ({span.text!r}) in {year + steps[0]}"
                yield Evidence(first, last, Basis("told_twice", detail, span), 2)
