"""Disagreements: what comparing found of all kinds, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.base import Row
from parley.compare.disputes.disagreements import KINDS, QUESTIONS, STRENGTHS, of_shift, of_utterance, read


class Ledger:
    """Stands for a ledger: results by kind, and rows of a few sentences."""

    def __init__(self, **found: list[Row]) -> None:
        self._found = found

    def found(self, kind: str) -> list[Row]:
        return self._found.get(kind, [])

    def text(self, article: str) -> str:
        return f"words of {article.removeprefix('ar_')}"

    def by_ids(self, ids: Iterator[str]) -> dict[str, Row]:
        wanted = dict.fromkeys(ids)
        rows = {
            i: {"article": f"ar_{i}", "text": f"words of {i}", "span": [0, 5], "claimant": i.upper()} for i in wanted
        }
        heads = {i: {"source_id": f"{i}.txt", "outlet": "Herald", "published": "2031-03-09"} for i in wanted}
        return {i: heads[i] if i.startswith("ar_") else rows[i] for i in wanted}


def disagreements(**found: list[Row]) -> list[Row]:
    ledger: Any = Ledger(**found)
    return read(ledger)


DISPUTE: dict[str, Any] = {
    "why": "A says that it was B; B says that it was A",
    "sides": [
        {"who": "A", "says": "that it was B", "rows": ["a"]},
        {"who": "B", "says": "that it was A", "rows": ["b"]},
    ],
    "date": "2031-04-05",
    "outlets": 2,
    "independent": 2,
    "mutual": True,
}
CONFLICT: dict[str, Any] = {
    "why": "17 or 9",
    "rows": ["a", "b"],
    "conflict": {"kind": "claimants", "claimants": ["A", "B"], "date": None, "outlets": 1, "independent": 1},
}
UTTERANCE: dict[str, Any] = {
    "speaker": "Oran Melk",
    "said_on": "2031-03-07",
    "outlets": 3,
    "independent": 3,
    "drift": [
        {
            "statements": ["a", "b"],
            "removed": ["bargain"],
            "added": ["haggle"],
            "kind": "changed",
            "why": "",
            "alike": ["c"],
        },
        {"statements": ["a", "d"], "removed": ["here"], "added": [], "kind": "shortened", "why": "", "alike": []},
        {"statements": ["a", "e"], "removed": [], "added": [], "kind": "excerpt", "why": "", "alike": []},
    ],
}
SHIFT: dict[str, Any] = {
    "party": "Veyra",
    "issue": "deal",
    "from": "rejects",
    "to": "accepts",
    "date": "2031-03-24",
    "rows": ["a", "b"],
}


def test_the_plainest_and_most_widely_told_come_first() -> None:
    found = disagreements(shift=[SHIFT], utterance=[UTTERANCE], conflict=[CONFLICT], dispute=[DISPUTE])
    assert [r["type"] for r in found] == ["quotes", "events", "figures", "positions"]
    scores = [r["score"] for r in found]
    assert scores == sorted(scores, reverse=True)


def test_both_sides_stand_with_their_sentences() -> None:
    [row] = disagreements(dispute=[DISPUTE])
    assert row["rows"] == ["a", "b"]
    assert row["articles"] == ["ar_a.txt", "ar_b.txt"]
    assert [s["sentences"][0]["text"] for s in row["sides"]] == ["words of a", "words of b"]
    [figures] = disagreements(conflict=[CONFLICT])
    assert [s["who"] for s in figures["sides"]] == ["A", "B"]


def test_a_quotation_is_told_with_each_way_of_printing_it() -> None:
    [row] = of_utterance(UTTERANCE)
    assert row["why"].endswith("are printed differently: “haggle” for “bargain”; without “here”")
    assert [side["rows"] for side in row["sides"]] == [["a"], ["b", "c"], ["d"]]


def test_a_quotation_cut_at_its_end_is_no_disagreement() -> None:
    assert list(of_utterance(UTTERANCE | {"drift": UTTERANCE["drift"][2:]})) == []


def test_a_no_that_became_a_yes_comes_before_a_condition_dropped() -> None:
    [turned], [moved] = of_shift(SHIFT), of_shift(SHIFT | {"from": "conditional"})
    assert turned["score"] > moved["score"]


def test_what_another_holds_whole_is_not_told_again() -> None:
    part = DISPUTE | {"sides": DISPUTE["sides"][:1], "mutual": False}
    assert [r["rows"] for r in disagreements(dispute=[part, DISPUTE])] == [["a", "b"]]


@given(st.permutations([SHIFT, SHIFT | {"rows": ["c", "d"], "party": "Calvera"}]))
def test_who_it_is_changes_no_place(shifts: list[Row]) -> None:
    assert len({r["score"] for r in disagreements(shift=shifts)}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_strength(kind: str) -> None:
    types = {"dispute": "events", "conflict": "figures", "utterance": "quotes", "shift": "positions", "clash": "dates"}
    assert 0 < STRENGTHS[types[kind], ""] <= 1


def test_a_line_of_the_table_says_what_who_and_where() -> None:
    [row] = disagreements(dispute=[DISPUTE])
    [question] = QUESTIONS
    assert question.cells(row) == ("events\n2031-04-05\n2 outlets, 2 independent", DISPUTE["why"])
    assert list(question.cites(row)) == ["a", "b"]
