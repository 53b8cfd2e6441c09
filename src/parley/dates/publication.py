"""When was this article published? What the source says, else what its text gives away, each with its reason.

A date that the source states is taken; without one, `deduce` tells what follows from the text.
Then the text's date expressions are resolved against that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.data import Article, Basis, Reading, Span, Timex
from parley.dates import arithmetic as cal
from parley.dates.deduce import Published, dateline_of, deduced
from parley.dates.evidence import Evidence
from parley.dates.expressions import Dated, understand
from parley.dates.found import Found
from parley.dates.lines import ARCHIVE, FEW, LONGEST, WORDS, line_around
from parley.dates.series import load_series
from parley.dates.words import MONTH_NUMBER
from parley.errors import UsageError
from parley.read.day import day_of

if TYPE_CHECKING:
    from parley.pipeline import Settings

_HEAD = 1_500
_REACH = 6_000
"""Characters at head and foot where a printed date may stand."""


def make(settings: Settings, told: Mapping[str, Iterable[Evidence]] | None = None) -> Callable[[Reading], Reading]:
    """The step: fills `article.published` with its basis, and `reading.dates`.

    `told` is evidence from outside the article, by the article's id: what other articles of a ledger say of its day.
    """
    if settings.date is not None and day_of(settings.date) is None:
        raise UsageError(f"--date {settings.date}: no date such as 2024-06-02, 2024-06 or 2024")
    others = told if told is not None else {}
    series = tuple(load_series(reference) for reference in settings.series)

    def date(reading: Reading) -> Reading:
        dated = understand(reading.text)
        told = _stated(reading, dated, settings.date) or deduced(
            reading, dated, settings.codebook, series, others.get(reading.article.id, ())
        )
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
    printed = _dateline_with_year(reading, dated) or _led_in(reading, dated) or _printed_line(reading, dated)
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
        number = int(month) if month.isdecimal() else MONTH_NUMBER.get(month, 0)
        found = cal.day_of(int(year), number, int(day)) if number else None
        if found:
            return found.isoformat()
    return None


def _iso_of(found: Found, dated: Dated) -> str | None:
    if found.numeric and found.year is not None:
        return _slashed(found, found.numeric, found.year, dated)
    if found.year is None or found.day is None:
        return None
    day = cal.day_of(found.year, found.month or 0, found.day) if found.month else None
    return day.isoformat() if day else None


_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b", re.IGNORECASE)


def _slashed(found: Found, numbers: tuple[int, int], year: int, dated: Dated) -> str | None:
    """04/05/2034, where the text shows in which order it writes: by another such date, a weekday beside it, or its dates in words."""
    first, second = numbers
    options = {True: cal.day_of(year, second, first), False: cal.day_of(year, first, second)}
    day_first = dated.day_first()
    if day_first is None:
        start, end = line_around(dated.scan.text, found.start, found.end)
        beside = _WEEKDAY.search(dated.scan.text, start, end)
        fits = [k for k, d in options.items() if beside and d and f"{d:%a}".lower() == beside[1].lower()]
        day_first = fits[0] if len(fits) == 1 else _writes_day_first(dated)
    if first != second and day_first is None:
        return None
    day = options[day_first is not False]
    return day.isoformat() if day else None


def _writes_day_first(dated: Dated) -> bool | None:
    """How the text writes its dates in words: "12 May 2022" or "May 12, 2022"; None where it does neither or both."""
    ways = {
        dated.scan.word(f.first | 1).isdigit()
        for f in dated.founds
        if f.kind == "date" and f.day and f.month and f.year
    }
    return next(iter(ways)) if len(ways) == 1 else None


def _dateline_with_year(reading: Reading, dated: Dated) -> Published | None:
    found = dateline_of(reading, dated)
    iso = _iso_of(found, dated) if found else None
    if found is None or iso is None:
        return None
    span = reading.span(found.start, found.end)
    return Published(iso, None, (Basis("dateline", f"the dateline says {span.text!r}", span),))


_LED_IN = re.compile(r"(?:\s?\([^()\n]{2,40}\))?\s?(?:--?|[–—:])\s")
_MOST_BEFORE = 60


def _led_in(reading: Reading, dated: Dated) -> Published | None:
    """A full date that the first line of the body begins with, behind its place and agency: "BERN (ats) 26.03.2024 - The union"."""
    body = reading.article.body
    for found in dated.founds:
        if found.start > (body.start if body else 0) + _HEAD:
            return None
        start, _ = line_around(reading.text, found.start, found.end)
        before = reading.text[start : found.start]
        led = len(before) <= _MOST_BEFORE and "." not in before and len(WORDS.findall(before)) <= FEW
        iso = _iso_of(found, dated) if led and _LED_IN.match(reading.text, found.end) else None
        if iso is not None:
            span = reading.span(found.start, found.end)
            return Published(iso, None, (Basis("dateline", f"the text begins with {span.text!r}", span),))
    return None


_SAYS_PUBLISHED = re.compile(
    r"\b(?:publish\w*|posted|updated|last modified|date|issued|released|written on|first published)\b", re.IGNORECASE
)
# A label that can only go with the article's own day, and so needs no line to itself: "Date of publication 7 July 2016 Talks ...".
_LABEL = re.compile(
    r"[\s*_|•-]*(?:date of publication|publication date|date published|(?:first )?published(?: on)?|posted(?: on)?)\s?:?\s?(?:on\s)?",
    re.IGNORECASE,
)
_STANDS_ALONE = re.compile(r"\s(?=[A-Z“\"])|\s?(?:[\n|•·]|\Z)")
_COPYRIGHT = re.compile(r"\b(?:copyright|all rights)\b|©", re.IGNORECASE)


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
        start, end = line_around(text, found.start, found.end)
        if _LABEL.fullmatch(text, start, found.start) and _STANDS_ALONE.match(text, found.end):
            end = found.end
        line = text[start:end]
        iso = _iso_of(found, dated)
        says = _SAYS_PUBLISHED.search(line)
        if not says and found.start > min(len(text) // 2, _HEAD):
            continue  # a date alone at the foot is a correction's as often as the article's
        if iso is None or len(line) > LONGEST or ARCHIVE.search(line) or (_COPYRIGHT.search(line) and not says):
            continue
        words = WORDS.findall(text[start : found.start] + " " + text[found.end : end])
        if says or len(words) <= FEW:
            updated = says is not None and "pdat" in says.group().lower()
            options.append(
                (0 if says and not updated else 1 if not updated else 2, iso, reading.span(found.start, found.end))
            )
    if not options:
        return None
    _, iso, span = min(options, key=lambda o: (o[0], o[2].start))
    return Published(iso, None, (Basis("printed", f"printed on a line of its own: {span.text!r}", span),))
