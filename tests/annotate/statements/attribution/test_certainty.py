"""How sure an attribution is: what the linker's shares say of its words, and the curve over them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.statements.attribution.certainty import Certainty, told
from parley.annotate.statements.attribution.spans import LABELS

SHARE = st.floats(0.0, 1.0)


def shares(*words: dict[str, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """One candidate's shares, word by word; what is not named is "O"."""
    rows = [[word.get(label, 0.0) for label in LABELS] for word in words]
    for row in rows:
        row[0] += 1 - sum(row)
    return np.array([rows], dtype=np.float32)


def test_content_and_source_are_as_sure_as_their_words_are_on_average() -> None:
    given_shares = shares({"B-source": 0.8}, {"B-cue": 1.0}, {"B-content": 0.6}, {"I-content": 0.8, "B-content": 0.2})
    path = np.array([[LABELS.index(label) for label in ("B-source", "B-cue", "B-content", "I-content")]])
    contents, sources = told(given_shares, path, np.ones((1, 4), dtype=np.int64))
    assert contents.round(3).tolist() == [0.8]
    assert sources.round(3).tolist() == [0.8]


def test_no_source_is_as_sure_as_that_no_word_is_one_and_places_without_words_count_nothing() -> None:
    given_shares = shares({"B-source": 0.5}, {"B-source": 0.2}, {"B-cue": 1.0}, {"B-content": 1.0})
    path = np.array([[LABELS.index(label) for label in ("O", "O", "B-cue", "B-content")]])
    _, sources = told(given_shares, path, np.array([[0, 1, 1, 1]]))
    assert sources.round(3).tolist() == [0.8]


@given(SHARE, SHARE, SHARE, SHARE)
def test_an_attribution_is_surer_the_surer_its_content_is(
    chance: float, source: float, one: float, other: float
) -> None:
    curve = Certainty(0.7, 0.5, 0.3, -1.0)
    found = curve.shares(np.full(2, chance), np.array(sorted((one, other))), np.full(2, source))
    assert 0 < found[0] <= found[1] < 1
