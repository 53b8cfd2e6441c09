"""Words that tell which event it is, and days; names of the doers and words of the act do not count."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.days import iso, months
from parley.compare.events.specifics import common, shared, specifics

WORDS = st.lists(
    st.sampled_from(["Orlen", "bridge", "lorries", "killed", "22", "Fennick’s", "market", "the", "on", "Saturday"]),
    max_size=9,
)


@pytest.mark.parametrize(
    ("clause", "without", "words"),
    [
        ("Shells killed people on Sunday", [], {}),
        ("Veyra shelled the market in Fennick", ["Veyra"], {"market": 1, "fennick": 2}),
        ("Veyran guns fired on Lower Kell", ["Veyra"], {"gun": 1, "lower": 2, "kell": 2}),
        ("1,959 drivers waited", [], {"1959": 2, "driver": 1, "wait": 1}),
        ("froze the assets of 14 companies", [], {"freez": 1, "asset": 1, "14": 2, "company": 1}),
    ],
)
def test_places_numbers_and_things_count(clause: str, without: list[str], words: dict[str, int]) -> None:
    assert specifics(clause, without=without) == words


@given(WORDS, WORDS)
def test_what_two_share_is_the_same_either_way_and_no_more_than_either_has(one: list[str], two: list[str]) -> None:
    a, b = specifics(" ".join(one)), specifics(" ".join(two))
    assert shared(a, b) == shared(b, a) <= min(sum(a.values()), sum(b.values()))
    assert common().isdisjoint(a)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)), st.integers(0, 400))
def test_every_day_lies_in_one_of_the_months(first: datetime.date, length: int) -> None:
    days = range(first.toordinal(), first.toordinal() + length + 1)
    found = months(days[0], days[-1])
    assert found == sorted({iso(d)[:7] for d in days})
