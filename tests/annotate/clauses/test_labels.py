"""Ranges from what the network says of each word."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.clauses.labels import SHORTEST, candidates


def shares(text: str) -> np.ndarray:
    """`.` outside, `B` begin, `i` inside, each nearly sure."""
    rows = {".": (0.98, 0.01, 0.01), "B": (0.02, 0.96, 0.02), "i": (0.02, 0.02, 0.96)}
    return np.array([rows[c] for c in text], dtype=np.float32).reshape(-1, 3)


def test_two_clauses_that_follow_each_other_are_parted_where_the_second_begins() -> None:
    assert candidates(shares("..Biii...BiiBii."), threshold=0.5) == [(2, 6), (9, 12), (12, 15)]


def test_nothing_gives_nothing() -> None:
    assert candidates(shares(""), threshold=0.5) == []
    assert candidates(shares("....."), threshold=0.5) == []


@given(st.text(".Bi", max_size=60), st.floats(0.05, 0.9))
def test_ranges_never_overlap_and_never_leave_the_words(text: str, threshold: float) -> None:
    found = candidates(shares(text), threshold=threshold)
    edges = [edge for pair in found for edge in pair]
    assert edges == sorted(edges)
    assert all(start >= 0 and end <= len(text) and end - start >= SHORTEST for start, end in found)
