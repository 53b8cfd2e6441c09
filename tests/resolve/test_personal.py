"""Names of persons: parts, and whether two are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.resolve.personal import POSITIVE, UNSURE, alike, keys, person


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ada Tarn", ("ada", "tarn")),
        ("Massachusetts Sen. Ada Tarn", ("ada", "tarn")),
        ("Secretary of State Ada Tarn", ("ada", "tarn")),
        ("Ada Tarn of Kell", ("ada", "tarn")),
        ("Bashar al-Tarn", ("bashar", "tarn")),
        ("Abd al-Karim Tarn", ("abdkarim", "tarn")),
        ("Ursula von der Tarn", ("ursula", "tarn")),
        ("A.-S. Tarn", ("a", "s", "tarn")),
        ("Jae-won Shim", ("jae", "won", "shim")),
        ("Democrat Ada Tarn", ("ada", "tarn")),
        ("for Ada Tarn", None),
        ("Neither Tarn", None),
        ("advisers to Mr Tarn", None),
        ("We", None),
        ("Bank of Kell", None),
    ],
)
def test_a_name_is_taken_apart(name: str, words: tuple[str, ...] | None) -> None:
    found = person(name)
    assert (found.words if found else None) == words


SAME, MAYBE, TWO = "one", "perhaps", "two"


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ("Ada Tarn", "A. Tarn", SAME),
        ("Ada Liv Tarn", "Ada L. Tarn", SAME),
        ("Ada Liv Tarn", "Ada Tarn", SAME),
        ("Mohammed Tarniyeh", "Muhammad Tarniya", SAME),
        ("William Tarn", "Bill Tarn", SAME),
        ("Shim Jae-won", "Jae Won Shim", SAME),
        ("Ros Pell Calva", "Ros Pell", SAME),
        ("Oran Solvane", "Oran Slovane", SAME),
        ("Ivana Tarn", "Ivanka Tarn", MAYBE),
        ("James Kelly", "Kelly James", MAYBE),
        ("George W. Tarn", "George H. W. Tarn", TWO),
        ("Ada Tarn Sr.", "Ada Tarn Jr.", TWO),
        ("Ada Tarn", "Ida Tarn", TWO),
        ("Martin Tarn", "Martina Tarn", TWO),
        ("Khalid Tarn", "Khalil Tarn", TWO),
        ("Mohammed Tarn", "Mahmoud Tarn", TWO),
        ("Anne-Sophie Tarn", "Sophie Tarn", TWO),
        ("Ada Tarn", "Ada Orsk", TWO),
    ],
)
def test_two_names_are_one_or_two(left: str, right: str, answer: str) -> None:
    a, b = person(left), person(right)
    assert a is not None
    assert b is not None
    score = alike(a, b).score
    assert (SAME if score >= POSITIVE else MAYBE if score >= UNSURE else TWO) == answer


_names = st.lists(
    st.sampled_from(
        ["Ada", "Ida", "Oran", "Mohammed", "Muhammad", "A.", "Bill", "William", "Tarn", "Tarne", "Solvane", "Jr."]
    ),
    min_size=2,
    max_size=4,
)


@given(_names, _names)
def test_likeness_goes_both_ways_and_like_names_share_a_key(left: list[str], right: list[str]) -> None:
    a, b = person(" ".join(left)), person(" ".join(right))
    if a and b:
        found = alike(a, b)
        assert found.score == alike(b, a).score
        assert alike(a, a).score == 1.0
        if found.score >= POSITIVE and found.rule not in ("generation",):
            assert set(keys(a)) & set(keys(b)), (left, right, found)
