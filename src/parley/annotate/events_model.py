"""Events in the clauses that the model marks: their doers, day and place, and what the rules' tellings add.

The model tells which words tell an event, of what type and status; the rules (`events.py`) know who does what in a clause.
Where both see one event the rules' row stands; what the model alone sees becomes a row where it is sure enough; what the
rules alone see stays only where the model leaves it open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from parley.annotate.events_same import Told
from parley.annotate.happenings import words
from parley.annotate.lines import Line
from parley.annotate.positions_model import sides_named
from parley.codebooks import lexicon
from parley.data import Clause, Event, EventStatus, Plover, Reading, Span, Statement
from parley.dates.lookup import date_near, iso_of

ALONE = 0.3
"""Share from which a clause that the model alone marks is an event."""
OPEN = 0.05
"""Share from which a clause of the model lets a telling of the rules stand."""
_DOER = 0.25
_STATUSES: Mapping[str, EventStatus] = {
    "actual": "actual",
    "planned": "planned",
    "claimed": "claimed",
    "denied": "denied",
    "hypothetical": "hypothetical",
}


def by_model(lines: Sequence[Line], clauses: Sequence[Clause], told: Sequence[Told]) -> list[Told]:
    """The tellings of an article, from what the model marks and what the rules tell."""
    marked = [c for c in clauses if c.kind == "event" and c.chance >= OPEN]
    kept = [t for t in told if any(c.span.overlaps(t.row.span) for c in marked)]
    seen = [t.row for t in kept]
    alone = [c for c in marked if sure(c) >= ALONE and not any(_is_told(c, row) for row in seen)]
    return [*kept, *(t for c in alone for t in _told(lines, c))]


def sure(clause: Clause) -> float:
    """How sure the model is of a clause and of its type, from 0 to 1."""
    return clause.chance * clause.labels[0][1]


def _is_told(clause: Clause, row: Event) -> bool:
    return row.type == clause.labels[0][0] and row.span.overlaps(clause.span)


def _told(lines: Sequence[Line], clause: Clause) -> Iterator[Told]:
    at = bisect_right(lines, clause.span.start, key=lambda n: n.sentence.span.start) - 1
    if at < 0 or not lines[at].sentence.span.overlaps(clause.span) or clause.details[0][0] == "hypothetical":
        return
    line, type = lines[at], clause.labels[0][0]
    first, last = line.sentence.words(clause.span.start, clause.span.end)
    if first >= last:
        return
    said = line.statement_at(clause.span)
    status = _STATUSES[clause.details[0][0]]
    row = Event(
        article=line.reading.article.id,
        span=clause.span,
        type=type,
        status="claimed" if status == "actual" and said is not None else status,
        actors=_doers(line, clause, said),
        plover=plover_of(type),
        date=date_told(line.reading, clause.span, said),
        place=place_told(line, first, last),
        statement=said.id if said is not None else None,
        confidence=sure(clause),
        method="model",
    )
    yield Told(row, first, last, (first, last), first, clause=(line.sentence.span.start, first))


def _doers(line: Line, clause: Clause, said: Statement | None) -> tuple[str, ...]:
    votes: dict[str, float] = {}
    for at, share in clause.holders:
        for side in sides_named(line, at, said) if line.sentence.span.holds(at) else ():
            votes[side] = votes.get(side, 0.0) + share
    return tuple(sorted((s for s in votes if votes[s] >= _DOER), key=lambda s: (-votes[s], s))[:3])


@cache
def plover_of(type: str) -> Plover:
    """The code of PLOVER that the list of happenings gives a type first."""
    row = next((r for r in lexicon("events")["event"] if r["type"] == type), None)
    return Plover(row["plover"], row.get("mode")) if row is not None else Plover("CONSULT")


def date_told(reading: Reading, span: Span, statement: Statement | None) -> str | None:
    """When it happened. A date outside of what is said tells when it was said, and is no answer."""
    when = date_near(reading, span)
    if when is None or (statement is not None and not any(c.holds(when.span) for c in statement.content)):
        return None
    return iso_of(when)


def place_told(line: Line, first: int, last: int) -> str | None:
    """Where it happened: a place named in words `[first, last)` behind a preposition of place."""
    for name in line.named:
        if first < name.first < last and name.mention.kind == "place":
            before = line.lowers[max(first, name.first - 3) : name.first]
            if any(w in words("place") for w in before):
                return name.mention.span.text
    return None
