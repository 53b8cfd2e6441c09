"""Labels with a side: gold attributions written in them and read back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.statements.attribution.sided import LABELS, best_runs, label_rows, paired, runs, sided


class Gold(NamedTuple):
    cue: tuple[int, int]
    source: tuple[int, int]
    content: list[tuple[int, int]]


def written(*gold: Gold, count: int) -> np.ndarray:
    rows = []
    for one in gold:
        rows += [(sided(one.cue, part, "content"), part) for part in one.content]
        rows += [(sided(one.cue, one.source, "source"), one.source), ("cue", one.cue)]
    return label_rows(rows, count)


def test_an_interrupted_quotation_is_one_attribution() -> None:
    # "If the guns stop ," the general said , "we open ."
    gold = Gold(cue=(6, 7), source=(4, 6), content=[(0, 4), (8, 11)])
    (one,) = paired(runs(written(gold, count=12)))
    assert (one.cue, one.source, one.content) == (gold.cue, [gold.source], gold.content)


def test_a_content_belongs_to_the_nearest_cue_on_the_side_it_names() -> None:
    # A said B , C replied . "D ," E said .
    first = Gold(cue=(1, 2), source=(0, 1), content=[(2, 3)])
    second = Gold(cue=(9, 10), source=(8, 9), content=[(6, 8)])
    assert [(one.cue, one.content) for one in paired(runs(written(first, second, count=11)))] == [
        (first.cue, first.content),
        (second.cue, second.content),
    ]


def test_a_source_is_shared_within_its_sentence_only() -> None:
    labels = written(Gold((1, 2), (0, 1), [(2, 4)]), count=9)
    labels[5:6] = LABELS.index("B-cue")
    labels[6:8] = LABELS.index("I-content_after")
    assert [one.source for one in paired(runs(labels))] == [[(0, 1)], [(0, 1)]]
    assert [one.source for one in paired(runs(labels), stops=[4])] == [[(0, 1)], []]


def test_a_content_without_its_cue_stands_alone() -> None:
    (one,) = paired(runs(label_rows([(sided(None, (0, 3), "content"), (0, 3))], 4)))
    assert (one.cue, one.source, one.content) == (None, [], [(0, 3)])


def test_the_likeliest_sequence_gives_an_inside_its_begin() -> None:
    shares = np.full((3, len(LABELS)), 0.01)
    shares[0, LABELS.index("O")] = 0.5
    shares[0, LABELS.index("B-content_after")] = 0.4
    shares[1:, LABELS.index("I-content_after")] = 0.9
    assert best_runs(shares) == [("content_after", (0, 3))]


@given(st.lists(st.integers(0, len(LABELS) - 1), max_size=40))
def test_any_sequence_of_labels_can_be_read(labels: list[int]) -> None:
    given_labels = np.array(labels, dtype=np.int64)
    covered = [at for _, (start, end) in runs(given_labels) for at in range(start, end)]
    assert covered == [at for at, label in enumerate(labels) if label]
    for one in paired(runs(given_labels)):
        assert one.content
        assert all(start < end for start, end in [*one.source, *one.content])
