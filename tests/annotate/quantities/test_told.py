"""Counts in words."""

from __future__ import annotations

import pytest

from parley.annotate.quantities.told import amount_told, number


@pytest.mark.parametrize(
    ("value", "low", "high", "qualifier", "words"),
    [
        (12, None, None, "exact", "12"),
        (12, 12, None, "more_than", "more than 12"),
        ("1/2", None, None, "approximately", "approximately 1/2"),
        (None, None, 40, "up_to", "up to 40"),
        (None, 24, None, "vague", "dozens"),
        (None, 2400, None, "vague", "2,400 or more"),
        (None, 20, 30, "vague", "20 to 30"),
        (None, 20, 30, "between", "between 20 and 30"),
    ],
)
def test_in_words(value: object, low: float | None, high: float | None, qualifier: str, words: str) -> None:
    assert amount_told({"value": value, "low": low, "high": high, "qualifier": qualifier}) == words


def test_a_number_keeps_its_decimals_and_no_others() -> None:
    assert (number(1352), number(7.25), number(8.0), number(True)) == ("1,352", "7.25", "8", "True")
