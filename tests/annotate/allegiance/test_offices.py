"""Whose position it is where nobody with a side is named: by office, by kind, and never a movement for a state."""

from __future__ import annotations

import pytest

import parley
from parley.annotate.allegiance.offices import kind_of


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Peru sent envoys. President Vito Cerran rejected the proposal.", "Peru"),
        (
            "Peru sent envoys. Vito Cerran, president of the Growers' Chamber, rejected the proposal.",
            "Growers' Chamber",
        ),
        ("The strikers rejected the proposal.", "strikers"),
        ("The residents rejected the proposal.", None),
        ("Peru sent envoys. The Peruvian opposition rejected the proposal.", "Peruvian opposition"),
        ("Peru sent envoys. The Peruvian army rejected the proposal.", "Peru"),
    ],
)
def test_an_office_or_a_kind_tells_the_party(text: str, party: str | None) -> None:
    assert {p.party for p in parley.find_positions(text)} == ({party} if party else set())


def test_the_last_word_that_tells_the_kind_counts() -> None:
    assert kind_of(["rebel", "commander"]) == "movement"
    assert kind_of(["port", "employers"]) == "company"
    assert kind_of([]) is None
