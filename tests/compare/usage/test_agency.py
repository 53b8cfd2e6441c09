"""Whether a sentence says who did it: golden cases in plain text, the counted people in brackets."""

from __future__ import annotations

import pytest
from cases import line_cases
from hypothesis import given
from hypothesis import strategies as st
from tellings import tell

from parley.clean.tokens import tokens
from parley.compare.usage.agency import FORMS, form_of
from parley.compare.usage.sided import Sides

CASES = line_cases("agency")
SIDES = Sides(tell("Words.", sides={"Calvera": "Calvera", "Veyra": "Veyra"}))


@pytest.mark.parametrize(("title", "marked", "expected"), CASES, ids=[c[0] for c in CASES])
def test_who_did_it(title: str, marked: str, expected: list[str]) -> None:
    start, stop = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    words = tokens(text, 0, len(text))
    inside = [i for i, t in enumerate(words) if start <= t.start < stop]
    form = form_of(words, inside[0], inside[-1] + 1, SIDES, "Veyra")
    assert form == (expected[0] if expected else None)


@given(
    st.lists(
        st.sampled_from(
            ["17", "people", "were", "killed", "by", "in", "a", "Calveran", "raid", "died", ".", "Veyra", "killing"]
        ),
        max_size=30,
    ),
    st.data(),
)
def test_any_words_have_a_form_or_none(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    told = tokens(text, 0, len(text))
    first = data.draw(st.integers(0, len(told)))
    last = data.draw(st.integers(first, len(told)))
    assert form_of(told, first, last, SIDES, "Veyra") in (*FORMS, None)
