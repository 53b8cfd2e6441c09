"""On which day a clause tells that something happened, or from when on it holds."""

from __future__ import annotations

from parley.annotate.events.happenings import Happening, words
from parley.annotate.language.clauses import RELATIVES
from parley.annotate.language.grammar import MONTHS, TIMES
from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit
from parley.data import Reading, Span, Statement
from parley.dates.lookup import date_near, dates_in, iso_of

_RELATIVE = RELATIVES | {"that"}


def date_of(line: Line, hit: Hit[Happening], span: Span, statement: Statement | None) -> str | None:
    """When it happened, or from when on it holds: "announced on Monday a levy that starts on 1 July"."""
    if hit.entry.type in words("begins"):
        for when in dates_in(line.reading, line.sentence):
            before = [t.lower for t in line.tokens[hit.last :] if t.end <= when.span.start][-2:]
            if iso_of(when) and not words("from").isdisjoint(before):
                return iso_of(when)
    near = date_near(line.reading, span)
    if near is not None and hit.entry.type in words("undoes") and _is_of_a_plan(line, hit, near.span):
        return None
    return _date(line.reading, span, statement)


def _is_of_a_plan(line: Line, hit: Hit[Happening], day: Span) -> bool:
    """True for the day of what is undone, and not of its undoing: "called off the strike set for Monday"."""
    before = [t.lower for t in line.tokens if t.end <= day.start]
    if day.start < line.tokens[hit.first].start:
        return before[-1:] == ["for"]  # "called a strike for 27 July, rejecting the offer"
    return not words("set for").isdisjoint(before[hit.first :][-3:])


def _date(reading: Reading, span: Span, statement: Statement | None) -> str | None:
    """A date outside of what is said tells when it was said, one behind a relative when something else was: neither is an answer."""
    when = date_near(reading, span)
    if when is None or (statement is not None and not any(c.holds(when.span) for c in statement.content)):
        return None
    return None if is_behind_relative(reading, span, when.span) else iso_of(when)


def is_behind_relative(reading: Reading, span: Span, day: Span) -> bool:
    """True where a relative clause begins between a telling and a day behind it: "a strike | that began on 2 May"."""
    return not _RELATIVE.isdisjoint(reading.text[span.end : day.start].lower().split())


def is_dated(line: Line, first: int, last: int) -> bool:
    """True where a day or a month is told, whether or not the article says which one that is."""
    if any(w in TIMES or w in MONTHS for w in line.lowers[first:last]):
        return True
    span = line.span(first, last)
    return any(
        t.type == "DATE" and span.holds(t.span) and t.value[:1] in "X12" for t in dates_in(line.reading, line.sentence)
    )
