"""Which rows stand, and how sure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from cases import reading_of

from parley.annotate.clauses.model import Marked
from parley.annotate.clauses.proposals import SIGNS, Clause, Proposal
from parley.annotate.clauses.weigh import Scale, Scales, again
from parley.data import Event, Position, Reading

TEXT = "The Front demanded a truce on Monday. The army shelled Kesten. The army shelled Orle."
ONE = (1.0, *(0.0 for _ in SIGNS[1:]))
NONE = (-1.0, *(0.0 for _ in SIGNS[1:]))
CURVE = Scale((4.0, *(0.0 for _ in SIGNS[1:]), 0.0), 0.5, 0.5)
SCALES = Scales({(layer, ruled): CURVE for layer in ("positions", "events") for ruled in (True, False)})
EMPTY = np.zeros(1, dtype=np.float32)


def proposal(row: Position | Event, *, ruled: bool, signs: tuple[float, ...]) -> Proposal:
    marked = Marked(0, 0, 1, 1.0, 1.0, EMPTY, EMPTY, EMPTY, 0.0)
    return Proposal(row, ruled, signs, Clause(row.span, marked, ()))


def position(reading: Reading, words: str, issue: str = "truce") -> Position:
    start = reading.text.index(words)
    return Position(reading.article.id, reading.span(start, start + len(words)), "Front", issue, "demands")


def event(reading: Reading, words: str) -> Event:
    start = reading.text.index(words)
    return Event(reading.article.id, reading.span(start, start + len(words)), "armed_action", "actual", ("army",))


def test_rows_of_the_rules_with_little_to_speak_for_them_go() -> None:
    reading = reading_of(TEXT)
    row = position(reading, "demanded a truce")
    reading = replace(reading, positions=(row,), events=())
    assert SCALES.settled(reading, [proposal(row, ruled=True, signs=NONE)]).positions == ()
    [kept] = SCALES.settled(reading, [proposal(row, ruled=True, signs=ONE)]).positions
    assert kept.id == row.id
    assert kept.confidence == round(0.5 * CURVE.share(ONE), 4)


def test_what_the_network_was_not_asked_about_stays() -> None:
    reading = reading_of(TEXT)
    row = position(reading, "demanded a truce")
    reading = replace(reading, positions=(row,), events=())
    assert SCALES.settled(reading, []).positions == (row,)


def test_a_row_is_added_once_and_not_beside_its_like() -> None:
    reading = reading_of(TEXT)
    held = position(reading, "demanded a truce")
    like = replace(position(reading, "a truce on Monday"), method="model")
    other = replace(position(reading, "a truce on Monday", "ceasefire"), method="model")
    reading = replace(reading, positions=(held,), events=())
    found = [proposal(row, ruled=False, signs=ONE) for row in (like, other, other)]
    assert [p.issue for p in SCALES.settled(reading, found).positions] == ["truce", "ceasefire"]


def test_a_position_that_waits_for_one_that_is_gone_waits_no_more() -> None:
    reading = reading_of(TEXT)
    asked = position(reading, "demanded a truce")
    waits = replace(position(reading, "The Front", "talks"), waits_for=asked.id)
    reading = replace(reading, positions=(waits, asked), events=())
    [left] = SCALES.settled(reading, [proposal(asked, ruled=True, signs=NONE)]).positions
    assert left.waits_for is None


def test_an_event_told_again_is_no_second_one() -> None:
    reading = reading_of(TEXT)
    one, two = event(reading, "The army shelled Kesten"), event(reading, "The army shelled Orle")
    assert again(one, replace(one, span=reading.span(one.span.start + 4, one.span.end)))
    assert not again(one, two)
    reading = replace(reading, positions=(), events=(one,))
    found = [proposal(replace(row, method="model"), ruled=False, signs=ONE) for row in (one, two)]
    assert len(SCALES.settled(reading, found).events) == 2
