"""When was this article published? What the source says, else what its text gives away, each with its reason.

A date that the source states is taken. Without one, every window of `evidence` is laid over the others, and what is left
is told as it is: a day, an interval, a month, a year, or nothing. No day is put out that the evidence does not support.
Then the text's date expressions are resolved against that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from parley.data import Article, Basis, Reading, Span, Timex
from parley.dates import arithmetic as cal
from parley.dates.evidence import LATEST, Evidence, anchors_of, durations, latest_mention, series_evidence
from parley.dates.expressions import Dated, understand
from parley.dates.found import Found
from parley.dates.series import Series, load_series
from parley.dates.tense import tense_of
from parley.dates.words import MONTH_NUMBER
from parley.read.day import day_of

if TYPE_CHECKING:
    from parley.codebooks import Codebook
    from parley.pipeline import Settings

_HEAD = 1_500
_REACH = 6_000
"""Characters at head and foot where a printed date may stand."""
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


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step: fills `article.published` with its basis, and `reading.dates`."""
    series = tuple(load_series(reference) for reference in settings.series)

    def date(reading: Reading) -> Reading:
        dated = understand(reading.text)
        told = _stated(reading, dated, settings.date) or _deduced(reading, dated, settings.codebook, series)
        article = replace(
            reading.article, published=told.first, published_latest=told.latest, published_basis=told.basis
        )
        return replace(reading, article=article, dates=resolved_dates(dated, article))

    return date


def resolved_dates(dated: Dated, article: Article) -> tuple[Timex, ...]:
    """The expressions of an article; where its date is an interval, only what is the same for both ends is settled."""
    ends = [_reference(end) for end in (article.published, article.published_latest or article.published)]
    if ends[0] is None or ends[1] is None:
        return tuple(dated.resolved(None, article=article.id))
    first = dated.resolved(ends[0], article=article.id)
    if ends[0] == ends[1]:
        return tuple(first)
    last, unsettled = dated.resolved(ends[1], article=article.id), dated.resolved(None, article=article.id)
    return tuple(a if a.value == b.value else c for a, b, c in zip(first, last, unsettled, strict=True))


def _reference(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso and len(iso) == 10 else None


# --- what the source states --------------------------------------------------------------------------------------


def _stated(reading: Reading, dated: Dated, user_date: str | None) -> Published | None:
    page = reading.page
    iso = day_of(page.published)
    if iso:
        rule = page.published_rule or "source_field"
        return Published(iso, None, (Basis(rule, f"the source's own date field says {page.published!r}"),))
    iso = day_of(user_date)
    if iso:
        return Published(iso, None, (Basis("given", f"given with the run: {user_date}"),))
    printed = _dateline_with_year(reading, dated) or _printed_line(reading, dated)
    if printed:
        return printed
    url = reading.article.url or page.url
    iso = date_in_url(url)
    if iso and len(iso) == 10:
        return Published(iso, None, (Basis("url", f"the address carries the date: {url}"),))
    return None


_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-](\d{1,2}|[a-z]{3,9})[/_-](\d{1,2})(?!\d)|(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)"
)


def date_in_url(url: str | None) -> str | None:
    """The day that a web address carries, if any.

    >>> date_in_url("https://example.org/news/2024/06/02/talks"), date_in_url("https://example.org/373076-talks")
    ('2024-06-02', None)
    """
    for match in _URL_DAY.finditer((url or "").lower()[:2000]):
        year, month, day = (p for p in match.groups() if p)
        number = int(month) if month.isdigit() else MONTH_NUMBER.get(month, 0)
        found = cal.day_of(int(year), number, int(day)) if number else None
        if found:
            return found.isoformat()
    return None


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


def _iso_of(found: Found, dated: Dated) -> str | None:
    if found.year is None or found.day is None:
        return None
    if found.numeric:
        found_day = next((t.day for t in dated.resolved(None) if t.span.start == found.start), None)
        return found_day if found_day and len(found_day) == 10 else None
    day = cal.day_of(found.year, found.month or 0, found.day) if found.month else None
    return day.isoformat() if day else None


def _dateline_with_year(reading: Reading, dated: Dated) -> Published | None:
    found = dateline_of(reading, dated)
    iso = _iso_of(found, dated) if found else None
    if found is None or iso is None:
        return None
    span = reading.span(found.start, found.end)
    return Published(iso, None, (Basis("dateline", f"the dateline says {span.text!r}", span),))


_SAYS_PUBLISHED = re.compile(
    r"\b(?:publish\w*|posted|updated|last modified|date|issued|released|written on|first published)\b", re.IGNORECASE
)
_LINE_WORDS = re.compile(r"[^\W\d_]{2,}")
_ARCHIVE = re.compile(r"\b(?:also read|related|archives?|see also|read more|read next|expires?)\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\b(?:copyright|all rights)\b|©", re.IGNORECASE)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line around a stretch, as far as 200 characters either side."""
    low, high = max(0, start - 200), min(len(text), end + 200)
    first, last = text.rfind("\n", low, start), text.find("\n", end, high)
    return (first + 1 if first >= 0 else low), (last if last >= 0 else high)


def _printed_line(reading: Reading, dated: Dated) -> Published | None:
    """A line of its own that prints the full date, near the article's head or foot."""
    text = reading.text
    body = reading.article.body
    options: list[tuple[int, str, Span]] = []
    for found in dated.founds:
        if found.kind not in ("date", "clock") or found.year is None or found.year < 1800:
            continue
        if _REACH < found.start < len(text) - _REACH:
            continue
        if body is not None and body.start + 400 < found.start < body.end - 1:
            continue
        start, end = _line(text, found.start, found.end)
        line = text[start:end]
        iso = _iso_of(found, dated)
        says = _SAYS_PUBLISHED.search(line)
        if not says and found.start > min(len(text) // 2, _HEAD):
            continue  # a date alone at the foot is a correction's as often as the article's
        if iso is None or len(line) > 120 or _ARCHIVE.search(line) or (_COPYRIGHT.search(line) and not says):
            continue
        words = _LINE_WORDS.findall(text[start : found.start] + " " + text[found.end : end])
        if says or len(words) <= 6:
            updated = says is not None and "pdat" in says.group().lower()
            options.append(
                (0 if says and not updated else 1 if not updated else 2, iso, reading.span(found.start, found.end))
            )
    if not options:
        return None
    _, iso, span = min(options, key=lambda o: (o[0], o[2].start))
    return Published(iso, None, (Basis("printed", f"printed on a line of its own: {span.text!r}", span),))


# --- what the text gives away ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Days:
    """The days still possible."""

    low: dt.date
    high: dt.date

    def narrowed(self, evidence: Evidence) -> _Days | None:
        low, high = max(self.low, evidence.low), min(self.high, evidence.high)
        return _Days(low, high) if low <= high else None


def _deduced(reading: Reading, dated: Dated, codebook: Codebook, series: Iterable[Series]) -> Published:
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
