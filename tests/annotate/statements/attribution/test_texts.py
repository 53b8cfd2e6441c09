"""What the networks see of a text."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.statements.attribution.texts import (
    CLOSING,
    INSIDE,
    OPENING,
    OUTSIDE,
    SINGLE,
    UNCLOSED,
    quote_states,
    split_blocks,
    windows,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a "b" c', [OUTSIDE, OUTSIDE, OPENING, INSIDE, CLOSING, OUTSIDE, OUTSIDE]),
        ("“b", [OPENING, UNCLOSED]),
        ("b” c", [OUTSIDE, CLOSING, OUTSIDE, OUTSIDE]),
        ("''b''", [OPENING, OPENING, INSIDE, CLOSING, CLOSING]),
        ("a 'b' c", [OUTSIDE, OUTSIDE, SINGLE, SINGLE, SINGLE, OUTSIDE, OUTSIDE]),
        ("he's", [OUTSIDE] * 4),
    ],
)
def test_each_character_knows_its_quotation_marks(text: str, expected: list[int]) -> None:
    assert quote_states(text).tolist() == expected


def test_paragraphs_are_parted_by_blank_lines_or_else_by_line_ends() -> None:
    assert split_blocks("one\ntwo\n\nthree") == [(0, 7), (9, 14)]
    assert split_blocks("one\ntwo") == [(0, 3), (4, 7)]
    assert split_blocks(" \n ") == []


@given(st.lists(st.integers(1, 700), max_size=12), st.integers(10, 256))
def test_windows_cover_every_token_once_and_fit(lengths: list[int], size: int) -> None:
    edges = np.cumsum([0, *lengths]).tolist()
    packed = windows(list(itertools.pairwise(edges)), size=size)
    assert [at for start, end in packed for at in range(start, end)] == list(range(edges[-1]))
    assert all(0 < end - start <= size - 2 for start, end in packed)
