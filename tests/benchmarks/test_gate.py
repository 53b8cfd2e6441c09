"""The measure and the gate, on rows small enough to check by hand."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.quality.gate import judge, raised
from benchmarks.quality.score import same_name, score_rows

ARTICLE: dict[str, Any] = {
    "row": "article",
    "id": "a",
    "file": "x/one.txt",
    "source_id": "one",
    "title": "T",
    "body": [0, 100],
    "dropped": [],
}


def gold(**layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"file": "one.txt", "meta": {"title": "T", "body": [0, 100]}, **layers}]


def statement(start: int, end: int, speaker: str, **more: object) -> dict[str, Any]:
    return {"source": [0, 2], "content": [[start, end]], "speaker": speaker, "kind": "indirect", **more}


def as_row(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    named = {"speaker": {"name": fields["speaker"]}} if "speaker" in fields else {}
    return {"row": kind, "article": "a", **fields, **named}


def test_a_ledger_that_says_what_the_gold_says_scores_one_everywhere() -> None:
    said = statement(10, 30, "Ana Pell")
    scores = score_rows(gold(statements=[said]), [ARTICLE, as_row("statement", said)])
    assert set(scores.values()) == {1.0}


@pytest.mark.parametrize(
    ("start", "end", "matched"),
    [(10, 30, 1.0), (10, 20, 1.0), (10, 19, 0.0), (10, 50, 1.0), (10, 51, 0.0), (40, 60, 0.0)],
)
def test_content_must_overlap_by_half_of_either_side(start: int, end: int, matched: float) -> None:
    rows = [ARTICLE, as_row("statement", statement(start, end, "Ana Pell"))]
    assert score_rows(gold(statements=[statement(10, 30, "Ana Pell")]), rows)["statements"] == matched


def test_a_wrong_speaker_costs_the_speaker_figure_only() -> None:
    rows = [ARTICLE, as_row("statement", statement(10, 30, "Bo Karr"))]
    scores = score_rows(gold(statements=[statement(10, 30, "Ana Pell")]), rows)
    assert (scores["statements"], scores["statements.speaker"]) == (1.0, 0.0)


def test_an_article_that_vanished_costs_recall() -> None:
    scores = score_rows(gold(statements=[statement(10, 30, "Ana Pell")]), [])
    assert (scores["articles"], scores["statements"]) == (0.0, 0.0)


def test_optional_gold_is_neither_asked_for_nor_held_against() -> None:
    wanted = [statement(10, 30, "Ana Pell"), statement(40, 60, "Bo Karr", optional=True)]
    one = [ARTICLE, as_row("statement", wanted[0])]
    both = [*one, as_row("statement", wanted[1])]
    assert score_rows(gold(statements=wanted), one)["statements"] == 1.0
    assert score_rows(gold(statements=wanted), both)["statements"] == 1.0


def test_names_agree_where_one_holds_the_words_of_the_other() -> None:
    assert same_name("the Health Ministry of Aldora", "Aldora health ministry")
    assert not same_name("Ana Pell", "Bo Karr")
    assert same_name(None, None)


def test_the_gate_fails_under_a_floor_and_where_a_figure_is_gone() -> None:
    verdicts = {v.name: v.holds for v in judge({"a": 0.6, "b": 0.4, "new": 0.1}, {"a": 0.6, "b": 0.5, "gone": 0.1})}
    assert verdicts == {"a": True, "b": False, "new": True, "gone": False}


def test_an_update_lowers_nothing_unless_told_to() -> None:
    assert raised({"a": 0.5}, {"a": 0.4}, lower=False) == {"a": 0.5}
    assert raised({"a": 0.5}, {"a": 0.4}, lower=True) == {"a": 0.4}
