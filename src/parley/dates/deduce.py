"""When an article was published that does not say so: all windows of evidence laid over each other.

What is left is told as it is: a day, an interval, a month, a year, or nothing, each with its reasons. No day is put out that the
evidence does not pin.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from parley.data import Article, Basis, Reading, Span
from parley.dates import arithmetic as cal
from parley.dates.counts import series_evidence
from parley.dates.evidence import (
    EARLIEST,
    LATEST,
    Evidence,
    copyright_year,
    full_dates,
    latest_mention,
    plans,
    saved_before,
    span_of,
)
from parley.dates.expressions import Dated
from parley.dates.found import Found
from parley.dates.landmarks import landmark_evidence
from parley.dates.lines import stands_alone
from parley.dates.newsday import (
    counted_days,
    named_days,
    news_weekday,
    stated_weekday,
    told_twice,
    turns_of_age,
    with_weekday_before,
)
from parley.dates.series import Series
from parley.dates.since import anchors_of, anniversaries, durations, told_in_title, under_way
from parley.dates.tense import tense_of

if TYPE_CHECKING:
    from parley.codebooks import Codebook

_ENOUGH = 50
"""Durations looked at in one article; no honest article has more."""
_WIDEST = 400
"""Days beyond which a window says too little to be told as an interval."""


@dataclass(frozen=True, slots=True)
class Published:
    """The answer: `first` (its length is its precision), `latest` where it is an interval, and every reason."""

    first: str | None
    latest: str | None
    basis: tuple[Basis, ...]


def dateline_of(reading: Reading, dated: Dated) -> Found | None:
    """The date in the dateline: the one in the article's dateline span, or "Place, Month Day (AGENCY) --" at a line's start."""
    span = reading.article.dateline
    for found in dated.founds:
        if found.kind != "date" or found.day is None or found.month is None:
            continue
        if span is not None and span.start <= found.start and found.end <= span.end:
            return found
        if span is None and found.start < 3000 and _opens_line(reading.text, found):
            return found
    return None


def header_date(reading: Reading, dated: Dated) -> Found | None:
    """A day and month on a line of its own above the body: "Thursday, September 20", "Friday 22 March · 5 min read"."""
    body = reading.article.body
    if body is None:
        return None
    for found in dated.founds:
        if found.start >= body.start:
            return None
        whole = found.kind == "date" and found.month and found.day and found.year is None
        if whole and stands_alone(reading.text, found.start, found.end):
            return found
    return None


_AFTER_DATELINE = re.compile(r"[^\n]{0,3}(?:\([^)\n]{1,40}\))?\s{0,3}(?:-{1,3}|–|—|:)\s")
_PLACE = re.compile(r"[A-Z][^\d\n.;:!?]{1,60},\s*")


def _opens_line(text: str, found: Found) -> bool:
    start = text.rfind("\n", max(0, found.start - 100), found.start) + 1
    return _PLACE.fullmatch(text, start, found.start) is not None and _AFTER_DATELINE.match(text, found.end) is not None


# --- what the text gives away ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Days:
    """The days still possible."""

    low: dt.date
    high: dt.date

    def narrowed(self, evidence: Evidence) -> _Days | None:
        low, high = max(self.low, evidence.low), min(self.high, evidence.high)
        return _Days(low, high) if low <= high else None


def deduced(
    reading: Reading, dated: Dated, codebook: Codebook, series: Iterable[Series], told: Iterable[Evidence] = ()
) -> Published:
    """What follows from the text, the series, and what is `told` from elsewhere (other articles of the ledger)."""
    article = reading.article
    whole, dated = dated, _in_body(dated, article)
    anchors = anchors_of(dated, codebook.anchors)
    gathered = [*told, *series_evidence(reading.text, series), *islice(durations(dated, anchors), _ENOUGH)]
    gathered += anniversaries(dated, anchors)
    gathered += islice(told_twice(dated), _ENOUGH)
    gathered += told_in_title(whole, article.title, anchors)
    if article.body is not None:
        gathered += landmark_evidence(dated, article.body.start, article.body.end)
    gathered += counted_days(dated, reading.text, _weekday_of(reading, dated))
    gathered += turns_of_age(dated)
    mention = latest_mention(dated)
    if mention:
        gathered.append(mention)
    if gathered:
        # What only bounds from above is worth a look where something else bounds from below.
        above = (under_way(dated, anchors), copyright_year(reading.text), saved_before(reading.page.saved))
        gathered += chain.from_iterable(above)
    days, basis = _overlaid(gathered)
    if days is not None:
        days, basis = _overlaid([*gathered, *named_days(dated, days.low, days.high)])
    dateline = dateline_of(reading, whole) or header_date(reading, whole)
    if dateline is not None:
        if days is None and dateline.weekday:
            # Plans are told of in too many ways to bound a text by themselves; beside a weekday they pick a year.
            days, basis = _overlaid(list(plans(dated)))
        ongoing = days is not None and any(a.span is not None and a.low == days.low for a in anchors)
        return _by_dateline(reading, dated, dateline, days, basis, ongoing=ongoing)
    return _by_weekday(reading, dated, days, basis)


def _weekday_of(reading: Reading, dated: Dated) -> int | None:
    """The weekday that the text gives itself, else that of its news."""
    told = stated_weekday(dated, reading.article.dateline)
    found = news_weekday(dated, reading.article.body)
    return told[0] if told else found.weekday if found else None


def _in_body(dated: Dated, article: Article) -> Dated:
    """Only what the article itself says: a footer's "© 2025" or another story's date is no evidence."""
    kept = article.kept()
    kept = tuple(s for s in (article.title, article.dateline) if s is not None) + kept if kept else kept
    founds = with_weekday_before(dated.founds, dated.scan.text)
    if kept:
        founds = tuple(f for f in founds if any(k.start <= f.start < k.end for k in kept))
    return replace(dated, founds=founds)


def _overlaid(gathered: list[Evidence]) -> tuple[_Days | None, list[Basis]]:
    """All windows over each other, the surest first; one that contradicts those before it is told and left out."""
    days: _Days | None = None
    basis: list[Basis] = []
    for evidence in sorted(gathered, key=lambda e: (e.weight, e.high - e.low)):
        narrowed = _Days(evidence.low, evidence.high) if days is None else days.narrowed(evidence)
        if narrowed is None:
            basis.append(
                Basis(
                    "contradiction",
                    f"{evidence.basis.detail}; this does not fit the evidence above",
                    evidence.basis.span,
                )
            )
            continue
        days = narrowed
        basis.append(evidence.basis)
    return days, basis


def _years_for(month: int, day: int, days: _Days) -> list[dt.date]:
    years = range(days.low.year, min(days.high.year, days.low.year + 30) + 1)
    found = (cal.day_of(year, month, day) for year in years)
    return [d for d in found if d is not None and days.low <= d <= days.high]


def _by_dateline(
    reading: Reading, dated: Dated, found: Found, days: _Days | None, basis: list[Basis], *, ongoing: bool
) -> Published:
    """Day and month from the dateline, the year from all the rest."""
    span = reading.span(found.start, found.end)
    month, day = found.month or 1, found.day or 1
    where = "the dateline says" if dateline_of(reading, dated) else "a line above the text says"
    line = Basis("dateline", f"day and month: {where} {span.text!r}", span)
    if days is None:
        return Published(None, None, (line, Basis("no_year", "nothing in the text tells the year", None)))
    # A series bounds from above only loosely (a report may quote an old count), so the next such day is taken too.
    if days.low <= EARLIEST:
        # Only plans and the foot of the page bound it: the weekday picks one of the years just before.
        days = _Days(dt.date(days.high.year - 3 if found.weekday else days.high.year, 1, 1), days.high)
    options = _years_for(month, day, days)
    if not options:
        options = _years_for(month, day, _Days(days.low, LATEST))[:1]
        basis = [*basis, Basis("late", "the dateline lies after the time that the other evidence suggests")]
    if found.weekday:
        options = [o for o in options if o.isoweekday() == found.weekday]
        basis = [*basis, Basis("named_day", f"{span.text!r} has that weekday in {_listed(options[:3])}", span)]
    options, year_style = _not_its_own_year(dated, options)
    basis = basis + year_style
    if days.high >= LATEST:
        # Nothing bounds it from above: what is still going on since a stated beginning narrows it to two years, and the
        # weekday of the dateline comes back after five or six.
        limit = 2 if ongoing else 1 if found.weekday and options and options[0].year <= days.low.year + 3 else 0
        options = options[:limit]
        basis = basis if limit else [*basis, Basis("no_year", "nothing in the text bounds the year from above")]
    if len(options) > 1:
        options, by_weekday = _news_of_the_day(reading, dated, options)
        basis = basis + by_weekday
    if not options:
        return Published(None, None, (line, *basis))
    first, last = options[0], options[-1]
    if first == last:
        return Published(first.isoformat(), None, (line, *basis))
    why = f"the year may be any of {_listed(options)}"
    return Published(first.isoformat(), last.isoformat(), (line, *basis, Basis("interval", why)))


def _listed(days: list[dt.date]) -> str:
    return ", ".join(str(d.year) for d in days) or "no year near"


_RECENT = 45
"""Days after which a date of the same year is told without its year; before, an outlet may still give it in full."""


def _not_its_own_year(dated: Dated, options: list[dt.date]) -> tuple[list[dt.date], list[Basis]]:
    """News gives the year of a date only where it is not its own year: "on October 7, 2023" is not written in December 2023."""
    printed = [
        (day, found)
        for found, day in full_dates(dated)
        if found.month and tense_of(dated.scan, found.first, found.last) != "future"
    ]
    for day, found in printed:
        left = [o for o in options if o.year != day.year or (o - day).days <= _RECENT]
        if left and len(left) < len(options):
            span = span_of(dated.scan.text, found)
            detail = (
                f"not in {day.year}: the text gives the year of {span.text!r}, as news does of other years than its own"
            )
            return left, [Basis("year_given", detail, span)]
    return options, []


def _news_of_the_day(reading: Reading, dated: Dated, options: list[dt.date]) -> tuple[list[dt.date], list[Basis]]:
    """Of several years, the one in which the weekday of the news is the dateline's day, or the day before where none is nearer."""
    found = news_weekday(dated, reading.article.body)
    if found is None or not found.weekday:
        return options, []
    gap = {o: (o.isoweekday() - found.weekday) % 7 for o in options}
    nearest = [o for o in options if gap[o] == min(gap.values())]
    if len(nearest) > 1 or gap[nearest[0]] > 1:
        return options, []
    span = reading.span(found.start, found.end)
    detail = f"the news is of {span.text!r}, which is {'that day' if gap[nearest[0]] == 0 else 'the day before'} in {nearest[0].year}"
    return nearest, [Basis("weekday", detail, span)]


def _on_weekday(days: _Days, weekday: int, span: Span, basis: list[Basis]) -> Published:
    first, last = cal.weekday_near(days.low, weekday, 1), cal.weekday_near(days.high, weekday, 0)
    if first is None or last is None or first > last:
        return _as_told(days.low, days.high, basis)
    detail = f"the text tells its own weekday: {span.text!r}"
    return _as_told(first, last, [*basis, Basis("weekday", detail, span)])


def _by_weekday(reading: Reading, dated: Dated, days: _Days | None, basis: list[Basis]) -> Published:
    """No dateline: the windows, narrowed to the weekday of the news and the day after."""
    if days is None or days.high >= LATEST or (days.high - days.low).days > _WIDEST:
        return _too_wide(days, basis)
    days = _later_in_month(dated, days, basis)
    exact = stated_weekday(dated, reading.article.dateline)
    if exact is not None:
        return _on_weekday(days, *exact, basis)
    found = news_weekday(dated, reading.article.body)
    if found is None:
        return _as_told(days.low, days.high, basis)
    weekday = found.weekday or 1
    first = cal.weekday_near(days.low, weekday, 1)
    last = cal.weekday_near(days.high, weekday, 0)
    if first is None or last is None or first > days.high or last < days.low:
        return _as_told(days.low, days.high, basis)
    span = reading.span(found.start, found.end)
    after = cal.shift_days(last, 1) or last
    only = "the only such day" if first == last else "one of several such days"
    detail = f"the news is of {span.text!r}, {only} between {days.low.isoformat()} and {days.high.isoformat()}; it appeared then or the day after"
    return _as_told(first, after, [*basis, Basis("weekday", detail, span)])


def _later_in_month(dated: Dated, days: _Days, basis: list[Basis]) -> _Days:
    """ "earlier this month" is not said on the first days of one."""
    said = next(
        (
            f
            for f in dated.founds
            if f.kind == "relative" and f.unit == "month" and f.relation == "this" and f.edge == "earlier"
        ),
        None,
    )
    if said is None or days.low.day > 3:
        return days
    moved = days.low.replace(day=4)
    if moved > days.high:
        return days
    span = Span.of(dated.scan.text, said.start, said.end)
    basis.append(Basis("within_month", f"not in the first days of a month: {span.text!r}", span))
    return _Days(moved, days.high)


def _as_told(first: dt.date, last: dt.date, basis: list[Basis]) -> Published:
    if first == last:
        return Published(first.isoformat(), None, tuple(basis))
    return Published(first.isoformat(), last.isoformat(), tuple(basis))


def _too_wide(days: _Days | None, basis: list[Basis]) -> Published:
    """Only bounds that say little: the year where both lie in one, else nothing, with the reasons kept."""
    if days is not None and days.low.year == days.high.year:
        return Published(str(days.low.year), None, tuple(basis))
    return Published(None, None, tuple(basis))
