"""Forms of a word are one word."""

from __future__ import annotations

import pytest

from parley.compare.stems import stem


@pytest.mark.parametrize(
    "forms",
    [
        "accept accepts accepted accepting acceptance",
        "withdraw withdrew withdrawal withdrawing",
        "stop stopped stopping",
        "family families",
        "kill killed killing",
        "Calvera Calveran Calverans Calvera’s",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(w) for w in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["driver drive", "fighter fight", "reporter report", "crater crate", "answer answ"])
def test_who_does_it_is_another_word(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)
