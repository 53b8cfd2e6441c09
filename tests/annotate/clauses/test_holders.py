"""Whose the words are that the network points at."""

from __future__ import annotations

from functools import cache

import pytest

from parley.annotate.clauses.holders import Holders
from parley.annotate.language.lines import lines
from parley.data import Reading
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text

TEXT = """Guns on the river

The government of Varland and the Lakes Front, a rebel movement, met on Tuesday. The Front wants a truce, Lakes Front spokeswoman Mira Olt said.

"We will not leave," she said. Varland called that a lie. The rebels rejected both maps.
"""


@cache
def told() -> Reading:
    kept = ("figures", "events", "clauses", "wording")
    pipeline = Pipeline.make(Settings(profile="rules"), [s for s in STEPS if s.name not in kept])
    return pipeline.run(page_from_text(TEXT))


@pytest.mark.parametrize(
    ("words", "side"),
    [("Varland called", "Varland"), ("Front wants", "Lakes Front"), ("Mira Olt", "Lakes Front"), ("We", "Lakes Front")],
)
def test_words_name_a_side_by_name_by_spokesman_and_by_pronoun(words: str, side: str) -> None:
    reading = told()
    holders = Holders.of(reading, lines(reading))
    start = reading.text.index(words)
    first = reading.span(start, start + len(words.split()[0]))
    said = next((s for s in reading.statements if any(c.holds(first) for c in s.content)), None)
    assert holders.named(first, said) == (side,)


def test_the_votes_for_all_words_of_a_party_count_together() -> None:
    reading = told()
    holders = Holders.of(reading, lines(reading))
    at = reading.text.index
    words = [("Front wants", 0.3), ("Mira Olt", 0.2), ("Varland called", 0.4), ("truce", 0.1)]
    spans = [(reading.span(at(w), at(w) + len(w.split()[0])), share) for w, share in words]
    votes = holders.votes(spans, None)
    assert votes == pytest.approx({"Lakes Front": 0.5, "Varland": 0.4})
