"""The same people and places fall together under one key, whoever names them."""

from __future__ import annotations

import pytest

from parley.compare.figures.counted import Counted, counted, place_key, where_key


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("people", None),
        ("the dead", "others"),
        ("hostages", "captives"),
        ("terrorists", "rebel fighters"),
        ("Norvalians", "Norvalian people"),
        ("three children", "children"),
        ("captives, most of them soldiers", "captives"),
        ("lorry drivers from Ostrel", "lorry drivers"),
    ],
)
def test_words_for_the_same_people_are_one(one: str | None, two: str | None) -> None:
    assert counted(one) == counted(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("people", "children"),
        ("soldiers", "civilians"),
        ("Norvalians", "Quessans"),
        ("people", "people who were not members"),
    ],
)
def test_other_people_are_another_count(one: str, two: str) -> None:
    assert counted(one) != counted(two)


def test_a_land_and_its_people_have_one_key() -> None:
    assert place_key("Norvalia") == counted("Norvalians").nation == where_key(None, Counted("", "norval"))
    assert place_key("Quessa's Ostrel") == place_key("the Ostrel district") == "ostrel"
    assert place_key("a Quessan town") == place_key("the city") == place_key(None) == ""
    assert place_key("near Ostrel") != place_key("Ostrel")
