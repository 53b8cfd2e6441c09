"""Spellings of one word are one word, and other words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.speech.spellings import spelled_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("air strikes", "airstrikes"),
        ("Hasakah", "Hasakeh"),
        ("co-operate", "cooperate"),
        ("Hezbollah", "Hizbullah"),
        ("programme", "program"),
        ("the Harbour", "the Harbor"),
        ("recognised", "recognized"),
        ("travelled", "traveled"),
        ("defence", "defense"),
    ],
)
def test_spellings_of_one(one: str, other: str) -> None:
    assert spelled_alike(one.split(), other.split())
    assert spelled_alike(other.split(), one.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iraq"),
        ("winter", "year"),
        ("bargain", "haggle"),
        ("Oman", "Amman"),
        ("not", "now"),
        ("four", "for"),
        ("17", "71"),
        ("", "here"),
        ("close", "closer"),
        ("Hamad", "Hamdan"),
    ],
)
def test_other_words(one: str, other: str) -> None:
    assert not spelled_alike(one.split(), other.split())


@given(st.lists(st.text(max_size=12), max_size=4), st.lists(st.text(max_size=12), max_size=4))
def test_it_holds_both_ways(one: list[str], other: list[str]) -> None:
    assert spelled_alike(one, other) == spelled_alike(other, one)
