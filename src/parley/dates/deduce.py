"""When an article was published that does not say so: all windows of evidence laid over each other.

What is left is told as it is: a day, an interval, a month, a year, or nothing, each with its reasons. No day is put out that the
evidence does not pin.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from parley.data import Article, Basis, Reading, Span
from parley.dates import arithmetic as cal
from parley.dates.counts import series_evidence
from parley.dates.evidence import LATEST, Evidence, latest_mention
from parley.dates.expressions import Dated
from parley.dates.found import Found
from parley.dates.series import Series
from parley.dates.since import anchors_of, durations
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


def deduced(reading: Reading, dated: Dated, codebook: Codebook, series: Iterable[Series]) -> Published:
    whole, dated = dated, _in_body(dated, reading.article)
    anchors = anchors_of(dated, codebook.anchors)
    gathered = [*series_evidence(reading.text, series), *islice(durations(dated, anchors), _ENOUGH)]
    mention = latest_mention(dated)
    if mention:
        gathered.append(mention)
    days, basis = _overlaid(gathered)
    dateline = dateline_of(reading, whole)
    if dateline is not None:
        ongoing = days is not None and any(a.span is not None and a.low == days.low for a in anchors)
        return _by_dateline(reading, dateline, days, basis, ongoing=ongoing)
    return _by_weekday(reading, dated, days, basis)


def _in_body(dated: Dated, article: Article) -> Dated:
    """Only what the article itself says: a footer's "© 2025" or another story's date is no evidence."""
    kept = article.kept()
    if not kept:
        return dated
    return replace(dated, founds=tuple(f for f in dated.founds if any(k.start <= f.start < k.end for k in kept)))


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


def _by_dateline(reading: Reading, found: Found, days: _Days | None, basis: list[Basis], *, ongoing: bool) -> Published:
    """Day and month from the dateline, the year from all the rest."""
    span = reading.span(found.start, found.end)
    month, day = found.month or 1, found.day or 1
    line = Basis("dateline", f"day and month: the dateline says {span.text!r}", span)
    if days is None:
        return Published(None, None, (line, Basis("no_year", "nothing in the text tells the year", None)))
    # A series bounds from above only loosely (a report may quote an old count), so the next such day is taken too.
    options = _years_for(month, day, days)
    if not options:
        options = _years_for(month, day, _Days(days.low, LATEST))[:1]
        basis = [*basis, Basis("late", "the dateline lies after the time that the other evidence suggests")]
    if days.high >= LATEST:
        # Nothing bounds it from above: only what is still going on since a stated beginning narrows it, to two years.
        options = options[:2] if ongoing else []
        basis = basis if ongoing else [*basis, Basis("no_year", "nothing in the text bounds the year from above")]
    if not options:
        return Published(None, None, (line, *basis))
    if found.weekday and len(options) > 1:
        options = [o for o in options if o.isoweekday() == found.weekday] or options
    first, last = options[0], options[-1]
    if first == last:
        return Published(first.isoformat(), None, (line, *basis))
    why = f"the year may be any of {', '.join(str(o.year) for o in options)}"
    return Published(first.isoformat(), last.isoformat(), (line, *basis, Basis("interval", why)))


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
