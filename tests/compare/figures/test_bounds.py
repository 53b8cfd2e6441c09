"""Qualifiers are intervals, and two figures disagree only where no number fits both."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.figures.bounds import Bounds, apart, bounds, exclude, number

QUALIFIERS = ("exact", "at_least", "more_than", "up_to", "less_than", "nearly", "approximately", "between", "vague")


def of(value: Any, qualifier: str = "exact", low: float | None = None, high: float | None = None) -> Bounds:
    found = bounds({"value": value, "low": low, "high": high, "qualifier": qualifier})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "two", "disagree"),
    [
        (of(50, "at_least"), of(60), False),
        (of(60, "at_least"), of(50), True),
        (of(17), of(9), True),
        (of(4072), of(4070, "more_than"), False),
        (of(2740, "approximately"), of(2900), False),
        (of(2740, "approximately"), of(4061), True),
        (of(4000), of(4012), False),
        (of(None, "vague", low=200), of(180), True),
        (of(None, "between", low=7000, high=9000), of(12000, "approximately"), True),
        (of("1/3"), of("60%", "approximately"), True),
        (of("1/2", "more_than"), of("60%"), False),
        (of(1300, "up_to"), of(1921), True),
    ],
)
def test_counts_exclude_each_other_by_what_their_words_allow(one: Bounds, two: Bounds, *, disagree: bool) -> None:
    assert exclude(one, two) == exclude(two, one) == disagree
    assert (apart(one, two) > 1) == disagree


@given(st.integers(1, 10**7), st.sampled_from(QUALIFIERS))
def test_a_number_lies_in_its_own_interval(value: int, qualifier: str) -> None:
    least, most = of(value, qualifier)
    assert 0 <= least <= value <= most


def test_what_is_no_number_has_no_interval() -> None:
    assert bounds({"value": None, "low": None, "high": None, "qualifier": "vague"}) is None
    assert number("a few") is None
    assert apart(Bounds(0, 0), Bounds(3, 3)) == math.inf
