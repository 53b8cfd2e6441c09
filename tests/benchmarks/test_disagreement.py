"""The measure of conflicts names each by articles and numbers, and counts only those that somebody has checked."""

from __future__ import annotations

import json

import pytest
from piles import figure, pile_of, told

from benchmarks.quality.disagreement import CHECKED, conflicts, report

PAGE = told(
    "2033-05-10",
    id="ar_x",
    figures=[figure(4061, "A Ministry", scope="cumulative"), figure(2740, "B Ministry", scope="cumulative")],
)


def test_a_conflict_counts_by_its_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    pile = pile_of([PAGE])
    assert len(conflicts([PAGE], pile)) == 1
    assert report([[PAGE]], pile, {}, show=False) == {"not checked": 1}
    assert report([[PAGE], [PAGE]], pile, {"ar_x 2740 / ar_x 4061": "right: two ministries"}, show=True) == {"right": 1}
    assert "ar_x 2740 / ar_x 4061" in capsys.readouterr().out


def test_every_verdict_is_one_that_is_counted() -> None:
    verdicts = json.loads(CHECKED.read_text(encoding="utf-8"))
    assert {v.split(":")[0] for v in verdicts.values()} <= {"right", "later", "wrong"}
