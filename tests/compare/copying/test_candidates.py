"""Candidates are the pairs that share enough hashes, each once, whatever is new among them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.copying.candidates import SAME, among, candidates

if TYPE_CHECKING:
    from parley.compare.copying.shingles import Sketch


def sketches(drawn: dict[str, set[int]]) -> dict[str, Sketch]:
    return {id: np.array(sorted(hashes), dtype=np.uint32) for id, hashes in drawn.items()}


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.integers(0, 12)), min_size=1),
    st.sets(st.sampled_from("abcdefgh")),
)
def test_a_new_article_meets_all_that_share_hashes_with_it(drawn: dict[str, set[int]], chosen: set[str]) -> None:
    known = sketches(drawn)
    new = {id: known[id] for id in known.keys() & chosen}
    expected = {
        frozenset(pair)
        for pair in combinations(drawn, 2)
        if set(pair) & new.keys() and len(drawn[pair[0]] & drawn[pair[1]]) >= SAME
    }
    found = candidates(new, known)
    assert len(found) == len(expected)
    assert {frozenset(pair) for pair in found} == expected
    assert among(new, known) == found
