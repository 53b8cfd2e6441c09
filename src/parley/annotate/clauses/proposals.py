"""Rows that may stand in the ledger, each with what speaks for it: those that the rules found, and those that the network alone marks.

Nothing is decided here. What speaks for a row (`signs`, in the order of `SIGNS`) is weighed in `weigh.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from parley.annotate.clauses.holders import Holders, takes_part
from parley.annotate.clauses.labels import ISSUES, STANCES, STATUSES, TYPES
from parley.annotate.clauses.model import Marked
from parley.annotate.clauses.signs import EVENT as TOLD
from parley.annotate.clauses.signs import ISSUE, STANCE, Signs
from parley.annotate.events.when import is_behind_relative
from parley.annotate.figures.places import places
from parley.annotate.language.lines import Line
from parley.annotate.positions.holder import side_of
from parley.annotate.positions.rows import STANCES as STANCE_NAMED
from parley.annotate.positions.stances import conditions
from parley.codebooks import lexicon
from parley.data import Event, EventStatus, Plover, Position, Span, Statement
from parley.dates.lookup import date_near, iso_of

SIGNS = (
    "chance",
    "share",
    "label",
    "detail",
    "holder",
    "rules",
    "listed",
    "said",
    "cued",
    "again",
    "speaker",
    "here",
    "main",
)
"""What speaks for a row: log odds that it is a clause at all; how much of it is marked; log shares of its two labels and of its holder; the
rules' own confidence; whether the lists know its words; whether somebody says it; whether the list of stances (or happenings) has a word of it; whether
the article has a row like it. Of a position's party: whether its own speaker says it, whether the sentence names it, whether the article is mostly
about it. Of an event: told as done, anybody named, an act of arms."""
HOLDERS, LEAST_VOTE = 3, 0.07
"""Parties that are thought of for one clause, and the share of the pointer's vote that each needs, the speaker's side apart."""
LEAST = 0.15
"""Share that a label needs for a row of its own beside the likeliest; a holder too."""
_STATUSES: Mapping[str, EventStatus] = {
    "actual": "actual",
    "planned": "planned",
    "claimed": "claimed",
    "denied": "denied",
    "hypothetical": "hypothetical",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """What the network says of some words, in the text's characters; `holders` are words with their share of the pointer's vote."""

    span: Span
    marked: Marked
    holders: tuple[tuple[Span, float], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row and what speaks for it; `ruled` are those of the rules. `clause` is what the network says of its words."""

    row: Position | Event
    ruled: bool
    signs: tuple[float, ...]
    clause: Clause


def _odds(share: float) -> float:
    share = min(max(share, 0.01), 0.99)
    return math.log(share / (1 - share))


def _log(share: float) -> float:
    return math.log(max(share, 0.02))


# ---------------------------------------------------------------- positions


def ruled_position(holders: Holders, row: Position, clause: Clause, marks: Signs) -> Proposal:
    """A row of the rules."""
    line = holders.line_at(row.span.start)
    said = _said(line, row.span) if line else None
    voted = holders.votes(clause.holders, said)
    stance, issue = STANCES.index(row.stance), ISSUES.index(row.issue) if row.issue in ISSUES else 0
    signs = (
        *_marks(clause),
        _log(float(clause.marked.labels[stance])),
        _log(float(clause.marked.details[issue])),
        _log(voted.get(row.party, 0.0)),
        _odds(row.confidence),
        float((marks[ISSUE, row.span.start : row.span.end] == issue + 1).any()),
        float(said is not None),
        1.0,
        0.0,
        *_of_party(line, row.party, said),
    )
    return Proposal(row, True, signs, clause)


def _of_party(line: Line | None, party: str, said: Statement | None) -> tuple[float, float, float]:
    """What speaks for a party but the network's vote."""
    if line is None:
        return 0.0, 0.0, 0.0
    speakers = side_of(line, said.speaker) if said is not None else ()
    named = any(m.side == party or m.name == party for m in line.inner)
    return float(party in speakers), float(named), float(party in line.cast.sides[:2])


def marked_positions(holders: Holders, clause: Clause, ruled: Sequence[Position], marks: Signs) -> Iterator[Proposal]:
    """The rows that a marked clause may be: its likeliest issues with its likeliest holders, those left out that the rules have."""
    line = holders.line_at(clause.span.start)
    if line is None:
        return
    said = _said(line, clause.span)
    voted = {party: share for party, share in holders.votes(clause.holders, said).items() if takes_part(line, party)}
    voted = {party: share for party, share in voted.items() if share >= LEAST_VOTE}
    for party in side_of(line, said.speaker) if said is not None else ():
        if takes_part(line, party):
            voted.setdefault(party, 0.0)
    stance = int(clause.marked.labels.argmax())
    here = marks[:, clause.span.start : clause.span.end]
    for party, vote in sorted(voted.items(), key=lambda pair: (-pair[1], pair[0]))[:HOLDERS]:
        for issue in _likeliest(clause.marked.details):
            if any(r.party == party and r.issue == ISSUES[issue] and r.span.overlaps(clause.span) for r in ruled):
                continue
            row = Position(
                article=line.reading.article.id,
                span=clause.span,
                party=party,
                issue=ISSUES[issue],
                stance=STANCE_NAMED[STANCES[stance]],
                said_by=_said_by(said),
                condition=_condition(line, clause.span) if STANCES[stance] == "conditional" else None,
                statement=said.id if said is not None else None,
                method="model",
            )
            signs = (
                *_marks(clause),
                _log(float(clause.marked.labels[stance])),
                _log(float(clause.marked.details[issue])),
                _log(vote),
                0.0,
                float((here[ISSUE] == issue + 1).any()),
                float(said is not None),
                float(here[STANCE].any()),
                float(any(r.span.overlaps(clause.span) for r in ruled)),
                *_of_party(line, party, said),
            )
            yield Proposal(row, False, signs, clause)


def _marks(clause: Clause) -> tuple[float, float]:
    return _odds(clause.marked.chance), _odds(clause.marked.share)


def _likeliest(shares: np.ndarray) -> list[int]:
    """The likeliest label, and the next where it is likely too."""
    first, second = np.argsort(-shares)[:2].tolist()
    return [first, second] if shares[second] >= LEAST else [first]


def _said(line: Line | None, span: Span) -> Statement | None:
    """The statement whose words, or whose cue, a clause is."""
    if line is None:
        return None
    within = line.statement_at(span) or line.cued_by(span)
    return within or next((s for s in line.statements if any(c.overlaps(span) for c in s.content)), None)


def _said_by(said: Statement | None) -> str | None:
    if said is None or said.speaker is None or said.speaker.name.islower():
        return None
    return said.speaker.name


def _condition(line: Line, span: Span) -> str | None:
    """What a conditional position hangs on: from the marker nearest to its clause to the end of that clause."""
    hits = conditions().find(line.lowers)
    if not hits:
        return None
    first, last = line.sentence.words(span.start, span.end)
    hit = min(hits, key=lambda h: (abs(h.first - last) if h.first >= first else abs(first - h.last), h.first))
    ends = (i for i in range(hit.last, len(line.lowers)) if line.lowers[i] in (",", ";", ".", "”", '"'))
    end = next(ends, len(line.lowers))
    return line.span(hit.first, end).text if end > hit.last else None


# ---------------------------------------------------------------- events


def ruled_event(holders: Holders, row: Event, clause: Clause) -> Proposal:
    """A row of the rules."""
    line = holders.line_at(row.span.start)
    said = line.statement_at(row.span) if line else None
    voted = holders.votes(clause.holders, said)
    type, status = TYPES.index(row.type) if row.type in TYPES else len(TYPES) - 1, STATUSES.index(row.status)
    signs = (
        *_marks(clause),
        _log(float(clause.marked.labels[type])),
        _log(float(clause.marked.details[status])),
        _log(max((voted.get(a, 0.0) for a in row.actors), default=clause.marked.nobody)),
        _odds(row.confidence),
        float(row.date is not None),
        float(said is not None),
        1.0,
        0.0,
        *_of_doers(row),
    )
    return Proposal(row, True, signs, clause)


def _of_doers(row: Event) -> tuple[float, float, float]:
    """Whether it is told as done, whether anybody is named for it, whether it is an act of arms, of which news has many."""
    return float(row.status == "actual"), float(bool(row.actors)), float(row.type == "armed_action")


def marked_events(holders: Holders, clause: Clause, ruled: Sequence[Event], marks: Signs) -> Iterator[Proposal]:
    """The rows that a marked clause may be: of its likeliest types, those left out that the rules have."""
    line = holders.line_at(clause.span.start)
    if line is None:
        return
    said = line.statement_at(clause.span)
    voted = holders.votes(clause.holders, said)
    ranked = sorted(((p, v) for p, v in voted.items() if v >= LEAST), key=lambda pair: (-pair[1], pair[0]))
    status = int(clause.marked.details.argmax())
    here = marks[TOLD, clause.span.start : clause.span.end]
    for type in _likeliest(clause.marked.labels):
        if any(r.type == TYPES[type] and r.span.overlaps(clause.span) for r in ruled):
            continue
        row = Event(
            article=line.reading.article.id,
            span=clause.span,
            type=TYPES[type],
            status=_STATUSES[STATUSES[status]],
            actors=tuple(p for p, _ in ranked[:3]),
            plover=plover_of(TYPES[type]),
            date=_date(line, clause.span, said),
            place=_place(line, clause.span),
            statement=said.id if said is not None else None,
            method="model",
        )
        signs = (
            *_marks(clause),
            _log(float(clause.marked.labels[type])),
            _log(float(clause.marked.details[status])),
            _log(max([clause.marked.nobody, *voted.values()])),
            0.0,
            float(row.date is not None),
            float(said is not None),
            float((here == type + 1).any()),
            float(any(r.type == TYPES[type] for r in ruled)),
            *_of_doers(row),
        )
        yield Proposal(row, False, signs, clause)


@cache
def plover_of(type: str) -> Plover:
    """The code of PLOVER that the list of happenings gives a type first."""
    row = next((r for r in lexicon("events")["event"] if r["type"] == type), None)
    return Plover(row["plover"], row.get("mode")) if row is not None else Plover("CONSULT")


def _date(line: Line, span: Span, said: Statement | None) -> str | None:
    """When it happened. A date outside of what is said tells when it was said, and is no answer."""
    when = date_near(line.reading, span)
    if when is None or (said is not None and not any(c.holds(when.span) for c in said.content)):
        return None
    return None if is_behind_relative(line.reading, span, when.span) else iso_of(when)


def _place(line: Line, span: Span) -> str | None:
    found = (
        p for p in places(line.reading, line.sentence, meetings=True) if p.named and span.start < p.start < span.end
    )
    return next((p.name for p in found), None)
