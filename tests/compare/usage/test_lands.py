"""Whose victims a count names."""

from __future__ import annotations

import pytest
from tellings import tell

from parley.compare.usage.lands import Lands, victims_of
from parley.compare.usage.sided import Sides

TEXT = "Calverans and Meruvians fled. Meruvia's ministry spoke in Toven; Veyra did not. Calvera was silent."


@pytest.mark.parametrize(
    ("population", "place", "whose"),
    [
        ("Calverans", None, "Calvera"),
        ("Meruvians", "Calvera", "Meruvia"),
        ("people", "Meruvia", "Meruvia"),
        ("people", "Calvera", "Calvera"),
        ("people", "Toven", None),
        ("Albanians", None, "Albania"),
        (None, None, None),
    ],
)
def test_a_people_is_its_sides_or_stands_for_itself(
    population: str | None, place: str | None, whose: str | None
) -> None:
    sides = Sides(tell("Words.", sides={"Calvera": "Calvera", "Veyra": "Veyra"}))
    assert victims_of({"population": population, "place": place}, sides, Lands(TEXT)) == whose
