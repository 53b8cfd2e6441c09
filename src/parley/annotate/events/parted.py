"""Tellings that share a clause share its words out: the one ends where what the next tells begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.annotate.events.happenings import words
from parley.annotate.events.same import Told
from parley.annotate.events.when import is_behind_relative
from parley.annotate.language.lines import Line
from parley.data import Span
from parley.dates.lookup import date_near, dates_in, iso_of

_JOINS = frozenset(("and", "but", "while", "whereas", ";"))


def parted(line: Line, told: Sequence[Told]) -> list[Told]:
    """Neighbours that share a clause share its words out: the one ends where what the next tells begins."""
    out: list[Told] = []
    clause = 0
    for one in told:
        if out:
            before = out[-1]
            begins = _new_clause(line, before.words[1], one)
            clause += begins is not None
            first = max(before.words[1], one.own if begins is None else begins)
            if one.first >= before.words[1]:
                first = max(one.first, begins or 0)
            if begins is None and one.row.type == before.row.type:
                out.append(replace(one, clause=out[-1].clause))
                continue
            if first < before.last:
                out[-1] = _cut(line, before, before.first, max(before.words[1], first))
            if first > one.first:
                one = _cut(line, one, min(first, one.words[0]), one.last)
        out.append(replace(one, clause=(line.sentence.span.start, clause)))
    return out


def _new_clause(line: Line, after: int, told: Told) -> int | None:
    """Where a clause with a subject of its own begins between two tellings: "... and rockets hit the port"."""
    for i in range(told.own - 1, after - 1, -1):
        word = line.lowers[i]
        if word in _JOINS and i + 1 < told.own + told.befalls:
            return i + 1
        if word == "," and told.noun:
            return i + 1
    return None


def _cut(line: Line, told: Told, first: int, last: int) -> Told:
    """The telling in fewer words; a day among those is its own."""
    while last > told.words[1] and line.lowers[last - 1] in ("and", "but", ",", "while", "who", "which", "that"):
        last -= 1
    span = line.span(first, last)
    own = next((t for t in dates_in(line.reading, line.sentence) if span.holds(t.span) and iso_of(t)), None)
    if told.row.type in words("begins") and own is not None:
        date = told.row.date
    else:
        date = iso_of(own) if own is not None else _shared(line, span, told.row.date)
    return replace(told, first=first, last=last, row=replace(told.row, span=span, date=date))


def _shared(line: Line, span: Span, date: str | None) -> str | None:
    """The day of the whole sentence, unless it stands in a relative clause that was cut off: that is the other's day."""
    when = date_near(line.reading, span)
    return None if when is not None and is_behind_relative(line.reading, span, when.span) else date
