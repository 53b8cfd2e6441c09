"""Durations counted from a beginning that is known or stated: "entering its eighth month", "20 days into the strike"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from parley.codebooks import AnchorEntry, lexicon
from parley.data import Basis, Span
from parley.dates import arithmetic as cal
from parley.dates.evidence import Evidence, full_dates, sentence_around, span_of
from parley.dates.expressions import Dated
from parley.dates.found import Found
from parley.dates.words import NUMBER, ORDINAL

_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Anchor:
    """A beginning that durations count from, known from the codebook or stated by the text itself."""

    name: str
    low: dt.date
    high: dt.date
    span: Span | None = None
    groups: frozenset[str] = frozenset(("war",))
    places: tuple[str, ...] = ()
    named: int = 0
    until: dt.date | None = None


_GROUPS = ("war", "strike", "unrest", "truce")


@cache
def words_of(kind: str) -> re.Pattern[str]:
    """The words of a group of the codebook, or of all groups of lasting things, as one expression."""
    table = lexicon("anchors")["words"]
    chosen = table[kind] if kind in table else [word for group in _GROUPS for word in table[group]]
    words = sorted(chosen, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def _groups_in(text: str, low: int, high: int) -> set[str]:
    """Which kinds of lasting things a stretch names: `war`, `strike` ..."""
    return {group for group in _GROUPS if words_of(group).search(text, low, high)}


def anchors_of(dated: Dated, entries: Iterable[AnchorEntry]) -> list[Anchor]:
    """The beginnings that this text's durations may count from: those it states itself, else those of the codebook."""
    stated = list(islice(_stated_anchors(dated), _ENOUGH))
    known = {k.low: k for k in reversed(list(_known_anchors(dated, entries)))}
    stated = [replace(s, until=known[s.low].until) if s.low in known else s for s in stated]
    return stated + [k for k in known.values() if not any(s.low == k.low for s in stated)]


def _stated_anchors(dated: Dated) -> Iterator[Anchor]:
    text = dated.scan.text
    for found, day in islice(full_dates(dated), 10 * _ENOUGH):
        if found.month is None or found.kind != "date":
            continue
        low, high = sentence_around(text, found.start, found.end)
        verb = words_of("beginning").search(text, low, high)
        what = words_of("lasting").search(text, low, high)
        if verb and what:
            last = day if found.day else (cal.month_end(day.year, day.month) or day)
            yield Anchor(what.group().lower(), day, last, span_of(text, found), frozenset(_groups_in(text, low, high)))


_GOES_ON = re.compile(
    r"\b(?:end|ending|halt|halting|stop|stops|stopping|ongoing|continu(?:e|es|ing)|keep(?:ing)? up|press(?:ing)? ahead with)\s+"
    r"(?:[\w'’-]{1,20}\s+){0,3}(?:war|offensive|aggression|onslaught|genocide|fighting|invasion|hostilities|strike|walkout|shutdown)\b",
    re.IGNORECASE,
)


def under_way(dated: Dated, anchors: list[Anchor]) -> Iterator[Evidence]:
    """Not after the end of a war or strike that the text speaks of as going on."""
    text = dated.scan.text
    sign = _GOES_ON.search(text) if any(a.until for a in anchors) else None
    for anchor in anchors:
        if sign is not None and anchor.until is not None:
            span = Span.of(text, sign.start(), sign.end())
            detail = f"not after {anchor.until.isoformat()}: the {anchor.name}, over then, is told as going on ({span.text!r})"
            yield Evidence(anchor.low, anchor.until, Basis("under_way", detail, span), 3)


def _known_anchors(dated: Dated, entries: Iterable[AnchorEntry]) -> Iterator[Anchor]:
    """Codebook entries whose place the text names; only those named half as often as the most named one or more."""
    lower, words = dated.scan.text.lower(), {part.lower() for part in dated.scan.parts[1::2]}
    scored = []
    for entry in entries:
        if entry.places and not any(_first_word(p) in words for p in entry.places):
            continue  # most texts name no place of most wars
        named = sum(lower.count(p.lower()) for p in entry.places)
        if (entry.places and not named) or not any(_has_word(lower, p.lower()) for p in entry.phrases or ("",)):
            continue
        window = cal.bounds(entry.date)
        if window:
            scored.append((named, _known(entry, window, named)))
    most = max((n for n, _ in scored), default=0)
    yield from (anchor for n, anchor in scored if 2 * n > most)


@cache
def _first_word(name: str) -> str:
    found = re.match(r"\w+", name.lower())
    return found.group() if found else ""


def _known(entry: AnchorEntry, window: tuple[dt.date, dt.date], named: int) -> Anchor:
    phrases = " ; ".join(entry.phrases)
    places = tuple(place.lower() for place in entry.places)
    return Anchor(
        entry.name,
        *window,
        groups=frozenset(_groups_in(phrases, 0, len(phrases)) or {"war"}),
        places=places,
        named=named,
        until=dt.date.fromisoformat(entry.until) if entry.until else None,
    )


def _has_word(lower: str, phrase: str) -> bool:
    at = lower.find(phrase)
    while at >= 0:
        before, after = lower[at - 1 : at], lower[at + len(phrase) : at + len(phrase) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = lower.find(phrase, at + 1)
    return False


_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NTH = rf"\d{{1,4}}(?:st|nd|rd|th)|(?:{_TENS})[- ][a-z]{{3,9}}|[a-z]{{4,12}}"
_ORDINAL_IN = re.compile(
    r"\b(?P<verb>enter(?:ing|s|ed)|in|into|now|marks?|near(?:ing|s)|approach(?:ing|es)|ended|finish(?:es|ed)|on)\s+(?:in\s+)?(?:its|their|the|a)\s+"
    rf"(?P<nth>{_NTH})\s+(?P<unit>day|week|month|year)\b",
    re.IGNORECASE,
)
_DAY_N = re.compile(r"\b(?P<unit>day|week|month)\s+(?P<n>\d{1,4})\s+of\b", re.IGNORECASE)
_SLACK = {"day": 1, "week": 2, "month": 7, "year": 45}


def durations(dated: Dated, anchors: list[Anchor]) -> Iterator[Evidence]:
    """Windows from "entering its eighth month", "more than eight months ago", "after nine months of war", "day 100"."""
    if not anchors:
        return
    text = dated.scan.text
    for match in _ORDINAL_IN.finditer(text):
        number = ordinal_number(match["nth"])
        if number:
            yield from _ordinal_window(dated, match, number, anchors)
    for match in _DAY_N.finditer(text):
        number = int(match["n"])
        unit = match["unit"].lower()
        last = number - (1 if unit == "day" else 0)
        yield from _window(text, match.start(), match.end(), number - 1, last, unit, anchors, "ordinal")
    for found in dated.founds:
        if found.unit in ("day", "week", "month", "year") and found.number and found.kind in ("shifted", "fixed"):
            yield from _counted_window(text, found, anchors)
        elif found.kind == "date" and found.relation == "last" and found.month:
            yield from _last_month_window(text, found, anchors)


def ordinal_number(text: str) -> int | None:
    """`eighth` is 8, `21st` is 21, `twenty-first` is 21.

    >>> ordinal_number("eighth"), ordinal_number("twenty-first"), ordinal_number("last")
    (8, 21, None)
    """
    lower = text.lower()
    if lower[0].isdigit():
        return int(lower[:-2])
    if lower == "hundredth":
        return 100
    if lower.endswith("tieth") and lower[:-4] + "y" in NUMBER:
        return int(NUMBER[lower[:-4] + "y"])
    tens, _, rest = lower.replace(" ", "-").partition("-")
    if rest:
        return int(NUMBER.get(tens, 0)) + ORDINAL[rest] if rest in ORDINAL else None
    return ORDINAL.get(lower)


def _after(day: dt.date, number: float, unit: str) -> dt.date:
    if unit in ("day", "week"):
        return cal.shift_days(day, round(number * (7 if unit == "week" else 1))) or day
    months = number * (12 if unit == "year" else 1)
    whole = cal.add_months(day, int(months)) or day
    return cal.shift_days(whole, round(30 * (months % 1))) or whole


_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}


def _anchor_for(
    text: str, start: int, end: int, anchors: list[Anchor], days: float, *, direct: bool = False
) -> Anchor | None:
    """The one beginning that a duration can mean; None where several fit as well, or none for sure.

    A beginning that the text states itself must be of the same kind (a strike is not counted from a war). One that only the
    codebook knows must be named in the sentence, or often in the text and be long ago: "three days of fighting" are
    hardly counted from a war's first day; "four days into the truce" (`direct`) are.
    """
    low, high = sentence_around(text, start, end)
    groups = _groups_in(text, low, high)
    sentence = text[low:high].lower()
    fitting = []
    for anchor in anchors:
        here = any(place in sentence for place in anchor.places)
        often = (anchor.named >= 3 and days >= 28) or (direct and anchor.named > 0)
        stated = anchor.span is not None and (days >= 28 or (anchor.low == anchor.high and anchor.name in sentence))
        if groups & anchor.groups and (stated or (here and days >= 7) or often):
            fitting.append(anchor)
    return fitting[0] if len({a.low for a in fitting}) == 1 else None


def _ordinal_window(dated: Dated, match: re.Match[str], number: int, anchors: list[Anchor]) -> Iterator[Evidence]:
    text = dated.scan.text
    unit, verb = match["unit"].lower(), match["verb"].lower()
    low, high = number - 1.0, number - (1.0 if unit == "day" else 0.0)
    enters = verb.startswith("enter")
    if verb.startswith(("enter", "near", "approach")):
        edge = {"day": 1.0, "week": 0.3, "month": 0.25, "year": 0.1}[unit]
        low, high = (low - edge, low + edge) if enters else (low - 2 * edge, low)
    slack = 0 if enters else None
    found = list(_window(text, match.start(), match.end(), low, high, unit, anchors, "ordinal", slack=slack))
    yield from found
    if enters and found:
        yield from _entered_on(dated, match, number, anchors)


def _entered_on(dated: Dated, match: re.Match[str], number: int, anchors: list[Anchor]) -> Iterator[Evidence]:
    """ "enters its fourth month on Friday": where the month turns on a Friday, it is that week."""
    text, unit = dated.scan.text, match["unit"].lower()
    weekday = next((f for f in dated.founds if f.kind == "weekday" and 0 <= f.start - match.end() <= 12), None)
    anchor = _anchor_for(text, match.start(), match.end(), anchors, (number - 1) * _DAYS_IN[unit])
    if weekday is None or anchor is None or anchor.low != anchor.high:
        return
    turn = _after(anchor.low, number - 1, unit)
    low, high = cal.shift_days(turn, -6), cal.shift_days(turn, 6)
    if turn.isoweekday() == weekday.weekday and low and high:
        span = Span.of(text, match.start(), weekday.end)
        detail = f"within a week of {turn.isoformat()}, the {span.text.split()[-1]} of which {span.text!r} is said"
        yield Evidence(low, high, Basis("ordinal", detail, span), 2)


def _counted_window(text: str, found: Found, anchors: list[Anchor]) -> Iterator[Evidence]:
    """ "more than eight months ago" said of a beginning, "eight months of war", "the eight-month war"."""
    low, high = sentence_around(text, found.start, found.end)
    number, unit = found.number or 0, found.unit or "month"
    counted = False
    if found.kind == "shifted":
        if found.relation != "ago" or not words_of("beginning").search(text, low, high):
            return
    elif not _lasts(text, found):
        return
    counted = text.startswith(" into", found.end)
    bottom, top = number - 0.6, number + 1
    if unit == "day" and found.qualifier is None:
        bottom = number - 1
    if found.qualifier == "more":
        bottom = number
    elif found.qualifier == "less":
        bottom, top = number - 1, number
    yield from _window(
        text,
        found.start,
        found.end,
        bottom,
        top,
        unit,
        anchors,
        "duration",
        slack=0 if found.qualifier == "more" or unit == "day" else None,
        direct=counted,
    )


_NOT_LASTED = re.compile(
    r"\b(?:within|in the next|next|for another|another|first|last|past|final|every|per|up to|proposed|pause|for|initial)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def _lasts(text: str, found: Found) -> bool:
    """True where the duration is how long something has gone on: "of war", "into the strike", "-old conflict".

    "The six-day war" is none of these: it is said long after.
    """
    tail = text[found.end : found.end + 70]
    what = words_of("lasting").search(tail)
    if (
        what is None
        or re.search(r"[.;,\n]", tail[: what.start()])
        or _NOT_LASTED.search(text[max(0, found.start - 30) : found.start])
    ):
        return False
    lead = tail[: what.start()].strip().lower()
    if lead.startswith("since"):
        return words_of("beginning").match(tail, what.end() + 1) is not None
    return lead.startswith(("of", "into", "-old"))


def _window(
    text: str,
    start: int,
    end: int,
    bottom: float,
    top: float,
    unit: str,
    anchors: list[Anchor],
    rule: str,
    slack: int | None = None,
    direct: bool = False,
) -> Iterator[Evidence]:
    anchor = _anchor_for(text, start, end, anchors, max(bottom, 0) * _DAYS_IN[unit], direct=direct)
    if anchor is None:
        return
    room = _SLACK[unit] if slack is None else slack
    low = cal.shift_days(_after(anchor.low, max(bottom, 0), unit), -room)
    high = cal.shift_days(_after(anchor.high, top, unit), room)
    if low is None or high is None:
        return
    span = Span.of(text, start, end)
    known = f"stated as {anchor.low.isoformat()}" if anchor.span else f"known to have begun on {anchor.low.isoformat()}"
    detail = f"between {low.isoformat()} and {high.isoformat()}: {span.text!r}, counted from the {anchor.name.removeprefix('the ')}, {known}"
    yield Evidence(low, high, Basis(rule, detail, span), 2)


def _last_month_window(text: str, found: Found, anchors: list[Anchor]) -> Iterator[Evidence]:
    """ "launched the war last October": within a year after the October in which it began."""
    low, high = sentence_around(text, found.start, found.end)
    anchor = _anchor_for(text, found.start, found.end, anchors, 7)
    if anchor is None or anchor.low.month != found.month or not words_of("beginning").search(text, low, high):
        return
    first = cal.shift_days(cal.month_end(anchor.low.year, anchor.low.month) or anchor.low, 1)
    last = cal.month_end(anchor.low.year + 1, anchor.low.month)
    if first and last:
        span = span_of(text, found)
        detail = f"between {first.isoformat()} and {last.isoformat()}: the {anchor.name}, begun on {anchor.low.isoformat()}, was {span.text!r}"
        yield Evidence(first, last, Basis("last_month", detail, span), 2)


# --- headlines and anniversaries ---------------------------------------------------------------------------------


def told_in_title(dated: Dated, title: Span | None, anchors: list[Anchor]) -> Iterator[Evidence]:
    """A headline's "after 20 days", counted from the one beginning that the text states to the day."""
    exact = [a for a in anchors if a.span is not None and a.low == a.high]
    if title is None or len(exact) != 1:
        return
    anchor, text = exact[0], dated.scan.text
    for found in dated.founds:
        counted = found.kind == "fixed" and found.unit in ("day", "week") and found.number
        if not (counted and title.start <= found.start < title.end and dated.scan.word(found.first - 2) == "after"):
            continue
        low = _after(anchor.low, (found.number or 0) - 1, found.unit or "day")
        high = _after(anchor.low, (found.number or 0) + (1 if found.unit == "week" else 0), found.unit or "day")
        span = span_of(text, found)
        detail = f"between {low.isoformat()} and {high.isoformat()}: the headline's {span.text!r}, counted from {anchor.low.isoformat()}"
        yield Evidence(low, cal.shift_days(high, 1) or high, Basis("duration", detail, span), 3)


_ANNIVERSARY = re.compile(
    r"\b(?P<nth>[a-z]{4,12}|\d{1,3}(?:st|nd|rd|th))(?:[- ]year)? anniversary of (?:the |its |their |a )?(?P<what>[^.;,\n]{3,60})",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\b(?:marked|marks|marking|on)\s+(?:the|its|their|a)\s+$", re.IGNORECASE)
_ONE_YEAR = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}


def anniversaries(dated: Dated, anchors: list[Anchor]) -> Iterator[Evidence]:
    """ "on the second anniversary of the invasion": within two weeks of it."""
    text = dated.scan.text
    if "anniversary" not in text:
        return
    for match in islice(_ANNIVERSARY.finditer(text), _ENOUGH):
        number = _ONE_YEAR.get(match["nth"].lower()) or ordinal_number(match["nth"])
        if not number or not words_of("lasting").search(match["what"]):
            continue
        anchor = _anchor_for(text, match.start(), match.end(), anchors, 365 * number)
        day = _after(anchor.low, number, "year") if anchor and anchor.low == anchor.high else None
        marked = _MARKED.search(text, max(0, match.start() - 20), match.start()) is not None
        before, after = (1, 3) if marked else (14, 14)
        low, high = (cal.shift_days(day, -before), cal.shift_days(day, after)) if day else (None, None)
        if day and low and high:
            span = Span.of(text, match.start(), match.end())
            detail = f"{'within days' if marked else 'within two weeks'} of {day.isoformat()}: {span.text!r}"
            yield Evidence(low, high, Basis("anniversary", detail, span), 2)
