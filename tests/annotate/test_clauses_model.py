"""The clause networks' answers become ranges: what always holds, and what a plain case gives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parley.annotate.clauses_model import ISSUES, PARTS, STANCES, STATUSES, TYPES, candidates, parts_of

SHARES = arrays(np.float32, st.tuples(st.integers(0, 40), st.just(3)), elements=st.floats(0, 1, width=32))


@given(SHARES, st.floats(0.05, 0.9))
def test_candidates_stand_apart_and_in_order(shares: np.ndarray, threshold: float) -> None:  # type: ignore[type-arg]
    found = candidates(shares, threshold=threshold)
    assert all(start < end <= len(shares) for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(shares[at, 1] + shares[at, 2] >= threshold for start, end in found for at in range(start, end))


def test_a_clause_is_what_is_likely_and_parted_where_another_surely_begins() -> None:
    outside, begin, inside, either = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0.4, 0.3, 0.3)
    shares = np.array([outside, either, inside, begin, inside, outside, inside], dtype=np.float32)
    assert candidates(shares, threshold=0.5) == [(1, 3), (3, 5), (6, 7)]


def test_the_parts_of_a_clause_are_as_many_as_the_network_wants() -> None:
    states = np.arange(20, dtype=np.float32).reshape(10, 2)
    parts = parts_of(states, -states, 2, 4)
    assert parts.shape == (2 * PARTS,)
    assert parts[:2].tolist() == [5.0, 6.0]
    assert parts[-4:].tolist() == [4.0, 5.0, 6.0, 7.0]


def test_no_label_stands_twice() -> None:
    for labels in (ISSUES, STANCES, TYPES, STATUSES):
        assert len(set(labels)) == len(labels)
