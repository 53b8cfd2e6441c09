"""From the networks' scores to ranges of tokens."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from parley.annotate.statements.attribution.spans import LABELS, ROLES, _viterbi, best_paths, cue_candidates, role_spans

_scores = arrays.arrays(np.float32, (1, 9, len(LABELS)), elements=st.floats(-4, 4, width=32))


@given(_scores)
def test_no_inside_stands_without_its_begin(scores: np.ndarray) -> None:
    path = best_paths(scores)[0].tolist()
    for before, label in zip([0, *path], path, strict=False):
        if LABELS[label].startswith("I-"):
            assert LABELS[before][2:] == LABELS[label][2:]


@given(_scores)
def test_the_spans_of_a_path_hold_exactly_its_labels(scores: np.ndarray) -> None:
    path = best_paths(scores)[0]
    for role in ROLES:
        held = {at for start, end in role_spans(path, role) for at in range(start, end)}
        assert held == {at for at, label in enumerate(path.tolist()) if LABELS[label].endswith(role)}


def test_candidates_never_overlap_and_the_surest_word_begins() -> None:
    shares = np.zeros((5, len(LABELS)), dtype=np.float32)
    shares[1, LABELS.index("B-cue")] = 0.9
    shares[2, LABELS.index("I-cue")] = 0.8
    shares[2, LABELS.index("B-cue")] = 0.2
    shares[4, LABELS.index("B-cue")] = 0.3
    assert cue_candidates(shares, threshold=0.25) == [(1, 3), (4, 5)]


@given(arrays.arrays(np.float32, (3, 6, len(LABELS)), elements=st.integers(-4, 4).map(float)))
def test_no_allowed_sequence_of_labels_scores_higher_than_the_path(scores: np.ndarray) -> None:
    def sum_of(path: np.ndarray, row: np.ndarray) -> float:
        return float(sum(row[at, label] for at, label in enumerate(path)))

    searched = _viterbi(scores)
    for row, path, best in zip(scores, best_paths(scores), searched, strict=True):
        assert sum_of(path, row) == sum_of(best, row)
