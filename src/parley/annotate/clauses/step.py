"""The step `clauses`: a second look at positions and events, by a small trained network.

The rules have found what their lists know. The network reads the paragraphs that can hold a position or an event, says of each row of
the rules how likely it is one, and marks clauses that the rules have not seen. Rows that have too little to speak for them are dropped, and
rows that the network alone sees are added where much speaks for them (`weigh.py`); a row is always about words of the text.

    gate.py       which paragraphs can hold something
    signs.py      what Parley's lists and layers know of each word
    seen.py       the article as the network sees it
    model.py      the network
    holders.py    whose a clause is
    proposals.py  the rows that may stand, and what speaks for each
    weigh.py      which of them stand
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.annotate.clauses.gate import asked, is_prepared
from parley.annotate.clauses.holders import Holders
from parley.annotate.clauses.model import EVENT, POSITION, ClauseModel, Marked
from parley.annotate.clauses.proposals import (
    Clause,
    Proposal,
    marked_events,
    marked_positions,
    ruled_event,
    ruled_position,
)
from parley.annotate.clauses.seen import Seen, seen
from parley.annotate.clauses.signs import Signs, signs
from parley.annotate.clauses.weigh import Scales
from parley.annotate.language.lines import Line, lines
from parley.annotate.language.sentence_view import Pair
from parley.annotate.positions.issues import is_about_dispute
from parley.annotate.statements.attribution.texts import continued, windows
from parley.data import Event, Position, Reading, Span

if TYPE_CHECKING:
    from parley.pipeline import Settings

LEAST_SHARE = 0.02
"""Words with a smaller share of the pointer's vote are not looked at."""
BRIEF = 2
"""A text of so many sentences is a wire lead, which event coders' rules read."""


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step with its model; in profiles without large models, a step that changes nothing."""
    if settings.profile != "accurate":
        return unchanged
    return SecondLook.load()


def unchanged(reading: Reading) -> Reading:
    """The reading as it is."""
    return reading


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Reading -> Reading with positions and events as the network leaves them."""

    model: ClauseModel
    scales: Scales

    @classmethod
    def load(cls) -> SecondLook:
        model = ClauseModel.load()
        return cls(model, Scales.of(model.manifest))

    def __call__(self, reading: Reading) -> Reading:
        found = self.proposals(reading)
        return reading if found is None else self.scales.settled(reading, found)

    def proposals(self, reading: Reading) -> list[Proposal] | None:
        """Every row that may stand; None where there is no dispute to look at, or the rules know the story."""
        whole = lines(reading)
        if len(whole) <= BRIEF or is_prepared(reading) or not is_about_dispute(reading):
            return None
        marks = signs(reading, whole, whole)
        read = asked(whole, marks)
        if not read:
            return None
        view = seen(reading, paragraphs(read), marks, self.model.tokenizer)
        return list(self._proposed(reading, whole, view, marks))

    def _proposed(self, reading: Reading, whole: Sequence[Line], view: Seen, marks: Signs) -> Iterator[Proposal]:
        ruled = [(POSITION, view.tokens(p.span.pair)) for p in reading.positions]
        ruled += [(EVENT, view.tokens(e.span.pair)) for e in reading.events]
        rows: list[Position | Event] = [*reading.positions, *reading.events]
        holders = Holders.of(reading, whole)
        whole_words = continued(view.coded)
        for first, last in windows(view.coded.paragraphs, size=self.model.window):
            at = [n for n, (_, (a, b)) in enumerate(ruled) if first <= a < b and a < last]
            spans = [(ruled[n][0], ruled[n][1][0] - first, min(ruled[n][1][1], last) - first) for n in at]
            marked, told = self.model.read(view.coded.ids[first:last], view.features[first:last], spans)
            for n, one in zip(at, told, strict=True):
                row = rows[n]
                clause = Clause(row.span, one, _holders(reading, view, first, one))
                if n < len(reading.positions):
                    yield ruled_position(holders, reading.positions[n], clause, marks)
                else:
                    yield ruled_event(holders, reading.events[n - len(reading.positions)], clause)
            for one in marked:
                clause = Clause(_span(reading, view, whole_words, first, one), one, _holders(reading, view, first, one))
                if one.kind == POSITION:
                    yield from marked_positions(holders, clause, reading.positions, marks)
                else:
                    yield from marked_events(holders, clause, reading.events, marks)


def paragraphs(read: Iterable[Line]) -> list[Pair]:
    """The paragraphs of the given sentences, from the first of them to the last, as character ranges."""
    found: dict[int, Pair] = {}
    for line in read:
        start, end = line.sentence.span.pair
        first, last = found.get(line.sentence.paragraph, (start, end))
        found[line.sentence.paragraph] = min(first, start), max(last, end)
    return sorted(found.values())


def _span(reading: Reading, view: Seen, glued: np.ndarray, first: int, one: Marked) -> Span:
    """The words of a marked clause, whole ones."""
    start, end = first + one.start, first + one.end
    while glued[start]:
        start -= 1
    while end < len(glued) and glued[end]:
        end += 1
    pair = view.hidden.back((int(view.coded.starts[start]), int(view.coded.ends[end - 1])))
    return reading.span(*trimmed(reading.text, pair))


def trimmed(text: str, pair: Pair) -> Pair:
    """A range without the marks and spaces at its edges."""
    start, end = pair
    while start < end - 1 and not (text[start].isalnum() or text[start] in "\"“'‘$€£("):
        start += 1
    while end > start + 1 and not (text[end - 1].isalnum() or text[end - 1] in "\"”'’%)"):
        end -= 1
    return start, end


def _holders(reading: Reading, view: Seen, first: int, one: Marked) -> tuple[tuple[Span, float], ...]:
    """The words that the pointer's vote falls on."""
    out: list[tuple[Span, float]] = []
    for piece in np.flatnonzero(one.holder >= LEAST_SHARE).tolist():
        pair = view.hidden.back((int(view.coded.starts[first + piece]), int(view.coded.ends[first + piece])))
        out.append((reading.span(*pair), float(one.holder[piece])))
    return tuple(out)
