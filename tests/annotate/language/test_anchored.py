"""Phrases by their rarest word: the same hits as by their first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.language.anchored import Anchored
from parley.annotate.language.phrases import Phrases
from parley.errors import CodebookError

LIST = [
    ("end|halt ... war|talks", "end"),
    ("talks", "talks"),
    ("go back? to the? talks", "back"),
    ("said no", "no"),
    ("the war on steel*", "steel"),
]
WORDS = st.lists(
    st.sampled_from(
        ["end", "halt", "the", "war", "talks", "go", "back", "to", "said", "no", "on", "steelworkers", ",", "of"]
    ),
    max_size=25,
)


@given(WORDS)
def test_the_hits_are_those_of_phrases(words: list[str]) -> None:
    assert sorted((h.first, h.last, h.entry) for h in Anchored(LIST).find(words)) == sorted(
        (h.first, h.last, h.entry) for h in Phrases(LIST).find(words)
    )


def test_the_longest_comes_first_at_each_word() -> None:
    words = ["they", "end", "the", "talks"]
    found = [(h.first, h.last) for h in Anchored([("end", 1), ("end ... talks", 2)]).find(words)]
    assert found == [(1, 4), (1, 2)]


def test_a_phrase_that_begins_with_a_stem_is_refused() -> None:
    with pytest.raises(CodebookError, match="plain words"):
        Anchored([("violat* the truce", 1)])
