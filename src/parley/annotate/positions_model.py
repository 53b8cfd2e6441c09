"""Positions in the clauses that the model marks: whose each is, on whose word, and what it hangs on.

The model tells which words state a stance on which issue, and points at the words that name whose it is; it sees no names.
Here those words become a party: the side of the name they are part of, or of the speaker they belong to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.annotate.issues import Issue, issues_of
from parley.annotate.lines import Line
from parley.annotate.phrases import Hit
from parley.annotate.positions_holder import SPEAKER, names_both, side_of
from parley.annotate.stances import conditions, is_bystander, word_class
from parley.data import Clause, Mention, Position, Reading, Span, Stance, Statement

ALONE = 0.25
"""Share from which a clause that the model alone marks is a position."""
OPEN = 0.05
"""Share from which a clause of the model lets a row of the rules stand."""
INSIDE, BESIDE = 6.0, 1.5
"""How much likelier an issue is where the clause itself names it by a word of the list, or the rest of its sentence does."""
SECOND = 0.38
"""Share from which a clause is also on its second issue."""
LEAST = 0.25
"""Share of the pointer's vote that a party needs; a second party needs as much to hold the position too."""
_BODIES = frozenset(("government", "organisation", "group"))
_STANCES: dict[str, Stance] = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "rejects": "rejects",
    "intends": "intends",
    "conditional": "conditional",
    "undecided": "undecided",
}


def by_model(reading: Reading, lines: Sequence[Line], ruled: Sequence[Position]) -> list[Position]:
    """The positions of an article, from what the model marks and what the rules find, in the order of the text."""
    marked = [c for c in reading.clauses or () if c.kind == "position" and c.chance >= OPEN]
    told = [t for t in (_told(lines, c) for c in marked) if t is not None]
    named = issues_of([t.line for t in told], lines)
    kept = [r for r in ruled if any(c.span.overlaps(r.span) for c in marked)]
    rows = [r for t, hits in zip(told, named, strict=True) for r in _rows(lines, t, hits)]
    new = [r for r in rows if not any(_same(r, k) for k in kept)]
    return sorted([*kept, *new], key=lambda r: r.span.start)


def _same(row: Position, other: Position) -> bool:
    return (row.party, row.issue) == (other.party, other.issue) and row.span.overlaps(other.span)


@dataclass(frozen=True, slots=True)
class _Told:
    """A marked clause in its sentence, `[first, last)` in words."""

    line: Line
    clause: Clause
    first: int
    last: int


def _told(lines: Sequence[Line], clause: Clause) -> _Told | None:
    line = _line_of(lines, clause.span)
    if line is None:
        return None
    first, last = line.sentence.words(clause.span.start, clause.span.end)
    return _Told(line, clause, first, last) if first < last else None


def _line_of(lines: Sequence[Line], span: Span) -> Line | None:
    at = bisect_right(lines, span.start, key=lambda n: n.sentence.span.start) - 1
    return lines[at] if at >= 0 and lines[at].sentence.span.end > span.start else None


def _rows(lines: Sequence[Line], told: _Told, named: Sequence[Hit[Issue]]) -> Iterator[Position]:
    """The positions that one marked clause states; none where the model is not sure, or nobody holds it."""
    line, clause = told.line, told.clause
    issues = _issues(told, named)
    stance, sure = clause.labels[0]
    if clause.chance * sure * issues[0][1] < ALONE:
        return
    said = line.statement_at(clause.span) or line.cued_by(clause.span)
    if said is None:
        said = next((s for s in line.statements if any(c.overlaps(clause.span) for c in s.content)), None)
    for party in parties(lines, line, clause, said):
        for issue, share in issues:
            yield Position(
                article=line.reading.article.id,
                span=clause.span,
                party=party,
                issue=issue,
                stance=_STANCES[stance],
                said_by=_said_by(line, clause, said),
                condition=_condition(told) if stance == "conditional" else None,
                statement=said.id if said is not None else None,
                confidence=clause.chance * sure * share,
                method="model",
            )


def _issues(told: _Told, named: Sequence[Hit[Issue]]) -> list[tuple[str, float]]:
    """The issue of a clause, and a second one that is as likely: the model's shares, weighed by the issues that words name."""
    inside = {h.entry.name for h in named if told.first <= h.first < told.last}
    beside = {h.entry.name for h in named} - inside
    weighed = {
        issue: share * (INSIDE if issue in inside else BESIDE if issue in beside else 1.0)
        for issue, share in told.clause.details
    }
    total = sum(weighed.values())
    ranked = sorted(((issue, share / total) for issue, share in weighed.items()), key=lambda pair: (-pair[1], pair[0]))
    return ranked[:1] + [pair for pair in ranked[1:2] if pair[1] >= SECOND]


def parties(lines: Sequence[Line], line: Line, clause: Clause, said: Statement | None) -> tuple[str, ...]:
    """Who holds a position: the sides that the pointer's words name, the likeliest first; else the speaker's side."""
    votes: dict[str, float] = {}
    for words, share in clause.holders:
        at = line if line.sentence.span.holds(words) else _line_of(lines, words)
        for side in sides_named(at, words, said) if at is not None else ():
            votes[side] = votes.get(side, 0.0) + share
    ranked = sorted((p for p in votes if _takes_part(line, p)), key=lambda p: (-votes[p], p))
    chosen = tuple(p for p in ranked[:2] if votes[p] >= LEAST)
    if not chosen and said is not None:
        chosen = tuple(p for p in side_of(line, said.speaker) if _takes_part(line, p))
    return chosen


def sides_named(line: Line, words: Span, said: Statement | None) -> tuple[str, ...]:
    """The sides that some words of a sentence name: a name's own, a speaker's where they are part of a source, "both sides"."""
    inside = [m for m in line.inner if m.span.overlaps(words)]
    found = next((s for m in inside for s in [_side(m)] if s is not None), None)
    if found is not None:
        return (found,)
    lower = words.text.lower()
    if lower in SPEAKER and said is not None:
        return side_of(line, said.speaker)
    spoken = next((s for s in line.statements if s.source is not None and s.source.overlaps(words)), None)
    if spoken is not None:
        return side_of(line, spoken.speaker)
    around = line.reading.text[max(0, words.start - 12) : words.end + 14].lower().split()
    if names_both(around) or lower in ("both", "neither"):
        return tuple(s for s in line.cast.sides[:2])
    return ()


def _side(mention: Mention) -> str | None:
    if mention.side:
        return mention.side
    return mention.name if mention.kind in _BODIES and mention.name[:1].isupper() else None


def _takes_part(line: Line, party: str) -> bool:
    return party not in line.cast.between and party.lower() not in word_class("nobody") and not is_bystander(party)


def _said_by(line: Line, clause: Clause, said: Statement | None) -> str | None:
    if said is not None and said.speaker is not None:
        return None if said.speaker.name.islower() else said.speaker.name
    people = [m for words, _ in clause.holders for m in line.inner if m.kind == "person" and m.span.overlaps(words)]
    return people[0].name if people and people[0].name[:1].isupper() else None


def _condition(told: _Told) -> str | None:
    """What a conditional position hangs on: from the marker nearest to its clause to the end of that clause."""
    line, first, last = told.line, told.first, told.last
    hits: list[Hit[str]] = conditions().find(line.lowers)
    if not hits:
        return None
    hit = min(hits, key=lambda h: (abs(h.first - last) if h.first >= first else abs(first - h.last), h.first))
    end = next(
        (i for i in range(hit.last, len(line.lowers)) if line.lowers[i] in (",", ";", ".", "”", '"')), len(line.lowers)
    )
    return line.span(hit.first, end).text if end > hit.last else None
