"""The measure of utterances, on groups small enough to count by hand, and the sets it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.utterances import (
    SETS,
    b_cubed,
    found_groups,
    fresh,
    head_of,
    labelled,
    measure,
    together,
    wrong,
)
from parley.compare.base import Row


def test_what_is_found_as_labelled_scores_one() -> None:
    gold = {"a": 1, "b": 1, "c": 2}
    measured = measure(gold, {"a": "x", "b": "x", "c": "y"})
    assert (measured.f1, measured.pair_precision, measured.pair_recall) == (1.0, 1.0, 1.0)


def test_putting_all_together_costs_precision_and_putting_nothing_together_recall() -> None:
    gold = {"a": 1, "b": 1, "c": 2, "d": 3}
    assert b_cubed(gold, dict.fromkeys(gold, 0))[:2] == (0.375, 1.0)
    assert b_cubed(gold, {k: k for k in gold})[:2] == (1.0, 0.75)
    assert measure(gold, {k: k for k in gold}).alone == measure(gold, {k: k for k in gold}).f1


def test_wrong_pairs_are_named_with_their_words() -> None:
    words = {"a": "yes", "b": "no", "c": "perhaps"}
    lines = wrong({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 2, "c": 1}, words)
    assert lines == ["together, wrongly: a “yes” / c “perhaps”", "apart, wrongly: a “yes” / b “no”"]
    assert together({"a": 1, "b": 1}) == {("a", "b")}


TEXT = "he left; he never left"
ARTICLES: list[Row] = [{"file": "one.txt", "statements": [{"content": [[0, 7]]}, {"content": [[9, 22]]}]}]


def test_labels_name_one_statement_each(tmp_path: Path) -> None:
    path = tmp_path / "set.txt"
    path.write_text("# a note\none.txt: he left\none.txt: never\n", encoding="utf-8")
    assert labelled(ARTICLES, {"one.txt": TEXT}, path) == {"one.txt#0": 0, "one.txt#1": 0}
    path.write_text("one.txt: left\n", encoding="utf-8")
    with pytest.raises(ValueError, match="names 2 statements"):
        labelled(ARTICLES, {"one.txt": TEXT}, path)


def test_the_fresh_set_is_large_and_hard_enough() -> None:
    told, gold = fresh()
    groups = list(gold.values())
    assert len(told) >= 60
    assert sum(groups.count(g) > 1 for g in set(groups)) >= 18
    assert sum(groups.count(g) == 1 for g in set(groups)) >= 12


@pytest.mark.parametrize("name", ["fresh.txt", "heldback.txt"])
def test_utterances_of_invented_sets_are_told_apart(name: str) -> None:
    told, gold = fresh(SETS / name)
    measured = measure(gold, found_groups(told, {t.id: head_of(t.article) for t in told}))
    assert measured.f1 >= 0.9
    assert measured.pair_precision >= 0.9
    assert measured.alone < 0.8
