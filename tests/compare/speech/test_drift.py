"""Quotations held against each other word by word."""

from __future__ import annotations

from typing import Any

import pytest
from cases import GOLDEN
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.speech.drift import between, drifts
from parley.compare.speech.renderings import Rendering, brought, rendering

WORDS = st.lists(
    st.sampled_from(["we", "did", "not", "come", "here", "to", "bargain", "over", "the", "water", "open", "road"]),
    min_size=3,
    max_size=12,
)


def quoted(words: str, id: str = "st_1", published: str | None = "2031-03-08") -> Rendering:
    kind = "direct" if words[0] in '“"‘' and words[-1] in '”"’' else "mixed"
    item: dict[str, Any] = {
        "id": id,
        "article": id,
        "start": 0,
        "stop": len(words),
        "kind": kind,
        "title": False,
        "who": None,
    }
    days = {"said_on": None, "published": published, "latest": published}
    return rendering(item | days | brought(words.split(" … "), "said"), 0)


def shown(row: dict[str, Any] | None) -> str:
    if row is None:
        return ""
    gone, come = ([f"{sign}[{w}]" for w in row[key]] for sign, key in (("-", "removed"), ("+", "added")))
    changes = [] if row["kind"] == "translation" else [*gone, *come]
    return " ".join([row["kind"], *(["turns"] if row["turns"] else []), *changes])


def pairs() -> list[Any]:
    """Two quotations and what is told of them, of each paragraph of the golden file."""
    out = []
    for case in (GOLDEN / "drift" / "drift.txt").read_text(encoding="utf-8").split("\n\n")[1:]:
        name, first, other, *expected = case.strip().splitlines()
        out.append(pytest.param(first, other, expected[0][3:] if expected else "", id=name[2:]))
    return out


@pytest.mark.parametrize(("first", "other", "expected"), pairs())
def test_what_differs_is_told_as_the_golden_file_says(first: str, other: str, expected: str) -> None:
    assert shown(between(quoted(first), quoted(other))) == expected


@given(WORDS)
def test_a_quotation_does_not_differ_from_itself(words: list[str]) -> None:
    text = f"“{' '.join(words)}”"
    assert between(quoted(text), quoted(text)) is None


@given(WORDS, WORDS)
def test_what_is_gone_and_what_came_are_words_of_the_quotations(one: list[str], two: list[str]) -> None:
    row = between(quoted(f"“{' '.join(one)}”"), quoted(f"“{' '.join(two)}”"))
    if row is not None:
        assert {w for part in row["removed"] for w in part.split()} <= set(one)
        assert {w for part in row["added"] for w in part.split()} <= set(two)


def test_all_are_held_against_the_one_that_was_printed_first() -> None:
    first = quoted("“We came to open the road, not to bargain,”", "st_a", "2031-03-07")
    late = quoted("“We came to open the road, not to haggle,”", "st_b", "2031-03-09")
    later = quoted("“We came to open the road, not to haggle.”", "st_c", "2031-03-10")
    [row] = drifts([later, late, first])
    assert (row["statements"], row["removed"], row["added"]) == (["st_a", "st_b"], ["bargain"], ["haggle"])
    assert row["alike"] == ["st_c"]


def test_two_retellings_have_nothing_to_drift() -> None:
    assert drifts([quoted("they had come to open the road"), quoted("they came to open the road")]) == []
