"""A second look at positions and events: what the rules have not seen is found, with the shape of a row, and nothing where there is no dispute."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases import reading_of
from looks import TALKS, before, look

from parley.annotate.clauses.step import make, trimmed, unchanged
from parley.annotate.clauses.weigh import Scales
from parley.data import Event, Position
from parley.pipeline import Settings

BAKING = (
    """Bread rises in the north

The bakery on Mill Street opened a second oven on Monday. Its owner, Ada Fenn, said that she would sell rye on Fridays.

Customers asked for longer hours. The oven came from Sarnov and cost less than a car. It is warm and it is loud.

A second shop may follow next year if the first one sells well, Fenn said.
"""
    + "\nThe dough rests for a night, then the loaves are shaped and stand on long boards until the oven is hot enough.\n"
    * 8
)


def test_what_is_found_beside_the_rules_has_the_shape_of_a_row() -> None:
    reading = before(TALKS)
    curves = {curve: replace(scale, least=0.05) for curve, scale in look().scales.curves.items()}
    seen = replace(look(), scales=Scales(curves))(reading)  # with what it would say if it spoke more freely
    rows: list[Position | Event] = [*seen.positions, *seen.events]
    new = [row for row in rows if row.method == "model"]
    assert new
    for row in new:
        assert reading.text[row.span.start : row.span.end] == row.span.text
        assert 0 < row.confidence < 1
    assert [p.span.start for p in seen.positions] == sorted(p.span.start for p in seen.positions)
    ids = {p.id for p in seen.positions}
    assert len(ids) == len(seen.positions)
    assert all(p.waits_for is None or p.waits_for in ids for p in seen.positions)


def test_the_same_article_gives_the_same_rows() -> None:
    assert look()(before(TALKS)) == look()(before(TALKS))


def test_other_layers_stay_as_they_are() -> None:
    reading = before(TALKS)
    seen = look()(reading)
    assert replace(seen, positions=reading.positions, events=reading.events) == reading


def test_an_article_without_a_dispute_is_not_looked_at() -> None:
    assert look().proposals(before(BAKING)) is None
    assert look()(before(BAKING)) is before(BAKING)


@pytest.mark.parametrize("text", ["", "Talks.", "The Front will not leave."])
def test_next_to_no_text_is_left_alone(text: str) -> None:
    assert look().proposals(reading_of(text)) is None


def test_profiles_without_large_models_do_without_it() -> None:
    assert make(Settings(profile="fast")) is unchanged
    assert make(Settings(profile="rules")) is unchanged
    reading = before(TALKS)
    assert unchanged(reading) is reading


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (", said no .", "said no"),
        ("“no deal”, he", "“no deal”, he"),
        ("-- 5% --", "5%"),
        (".", "."),
    ],
)
def test_spans_have_no_marks_at_their_edges(text: str, words: str) -> None:
    start, end = trimmed(text, (0, len(text)))
    assert text[start:end] == words
