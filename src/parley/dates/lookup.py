"""When did this clause happen? The date expression that tells, for layers that date what they find."""

from __future__ import annotations

import re

from parley.data import Reading, Sentence, Span, Timex

_YEAR = 4
_OF_A_THING = re.compile(r"(?:\b(?:the|a|its|their|his|her|our)|['’]s)\s{1,3}$", re.I)
_THING = re.compile(
    r"\s{1,3}(?!(?:and|or|to|in|on|at|by|for|with|from|after|before|when|that|which|was|were|is|are|has|had|have|as|the|a)\b)[A-Za-z]"
)


def iso_of(timex: Timex) -> str | None:
    """The calendar date of an expression as far as it is one: `2024`, `2024-06`, `2024-06-02`; else None.

    >>> iso_of(Timex(Span(0, 6, "Friday"), "DATE", "2024-05-03")), iso_of(Timex(Span(0, 3, "now"), "DATE", "PRESENT_REF"))
    ('2024-05-03', None)
    """
    return timex.day


def date_near(reading: Reading, span: Span) -> Timex | None:
    """The date expression that tells when the clause at `span` happened, or None.

    It stands in the same sentence; one inside `span` or nearest to it wins, one in the same clause before one across a
    semicolon or a quotation mark. What another statement's content says does not date what stands outside it.
    """
    sentence = reading.sentence_at(span.start)
    if sentence is None:
        return None
    candidates = [
        t for t in reading.dates if sentence.span.holds(t.span) and iso_of(t) and _same_voice(reading, t.span, span)
    ]
    return min(candidates, key=lambda t: (names_a_thing(reading, t), *_distance(reading, t.span, span)), default=None)


def names_a_thing(reading: Reading, timex: Timex) -> bool:
    """True for a year that only tells which thing is meant: "signatories of the 2016 peace accord"."""
    year = timex.span
    if not timex.span.text.isdecimal() or len(timex.span.text) != _YEAR:
        return False
    before = reading.text[max(0, year.start - 24) : year.start]
    return _OF_A_THING.search(before) is not None and _THING.match(reading.text, year.end) is not None


def dates_in(reading: Reading, sentence: Sentence) -> tuple[Timex, ...]:
    """The date expressions of a sentence, in order."""
    return tuple(t for t in reading.dates if sentence.span.holds(t.span))


def _same_voice(reading: Reading, date: Span, span: Span) -> bool:
    """True unless the date stands in the content of a statement that does not hold `span`."""
    statement = reading.statement_at(date)
    if statement is not None:
        return any(c.holds(span) or c.overlaps(span) for c in statement.content)
    quoted = [q for q in reading.quotations if q.outer.holds(date)]
    return not quoted or any(q.outer.overlaps(span) for q in quoted)


def _distance(reading: Reading, date: Span, span: Span) -> tuple[int, int]:
    if date.overlaps(span):
        return 0, 0
    low, high = (date.end, span.start) if date.end <= span.start else (span.end, date.start)
    between = reading.text[low:high]
    crossings = sum(between.count(mark) for mark in ';“”"') + between.count(" and ") + between.count(", but ")
    return crossings, high - low
