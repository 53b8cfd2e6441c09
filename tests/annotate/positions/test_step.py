"""Positions: who wants what, on whose word, under which condition; and what is no position."""

from __future__ import annotations

import time

import pytest
from cases import line_cases
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.annotate.positions.issues import named_in
from parley.annotate.positions.stances import conditions, triggers
from parley.clean.tokens import tokens
from parley.codebooks import lexicon, shipped
from parley.data import Position


def told(row: Position) -> str:
    """A position as the golden files write it."""
    by = f" by={row.said_by}" if row.said_by else ""
    price = f" if=[{row.condition}]" if row.condition else ""
    return f"{row.party}: {row.issue} {row.stance} [{row.span.text}]{by}{price}"


@pytest.mark.parametrize(
    ("title", "text", "expected"), line_cases("positions"), ids=lambda v: v if isinstance(v, str) else ""
)
def test_golden(title: str, text: str, expected: list[str]) -> None:
    assert [told(p) for p in parley.find_positions(text)] == expected, title


def words(text: str) -> list[str]:
    return [t.lower for t in tokens(text, 0, len(text))]


@pytest.mark.parametrize("row", lexicon("stances")["trigger"], ids=lambda r: f"{r['stance']}-{r['kind']}")
def test_each_stance_finds_its_example(row: dict[str, str]) -> None:
    found = {(h.entry.stance, h.entry.kind) for h in triggers().find(words(row["example"]))}
    assert (row["stance"], row["kind"]) in found


ISSUES = [(lexicon(n)["story"], r) for n in shipped() if n.startswith("issues/") for r in lexicon(n)["issue"]]


@pytest.mark.parametrize(("story", "row"), ISSUES, ids=lambda v: v if isinstance(v, str) else v["name"])
def test_each_issue_finds_its_example(story: str, row: dict[str, str]) -> None:
    assert row["name"] in {h.entry.name for h in named_in(words(row["example"]), story)}


def test_the_other_words_of_the_list_find_their_examples() -> None:
    book = lexicon("stances")
    for row in book["condition"]:
        assert conditions().find(words(row["example"]))
    assert any(w in words(book["relent"][0]["example"]) for w in book["relent"][0]["words"])
    assert any(w in words(book["action"][0]["example"]) for w in book["action"][0]["words"])
    assert any(n in book["bystander"][0]["example"] for n in book["bystander"][0]["names"])


def test_issues_are_those_of_the_guide() -> None:
    conflict = "ceasefire truce withdrawal prisoners aid reconstruction displaced deal talks military_action blockade"
    conflict += " guarantees disarmament governance territory recognition sanctions nuclear monitoring"
    known = {
        "conflict": set(conflict.split()),
        "trade": {"tariffs", "purchases", "technology", "enforcement", "deal", "talks"},
        "labour": {"pay", "benefits", "jobs", "plants", "conditions", "strike", "deal", "talks"},
    }
    assert {s: {r["name"] for t, r in ISSUES if t == s} for s in known} == known


def test_both_sides_are_read_alike() -> None:
    left = (
        "Egypt rejected the proposal, and Sudan said it was ready to withdraw its troops if Egypt lifts the blockade."
    )
    right = left.replace("Egypt", "X").replace("Sudan", "Egypt").replace("X", "Sudan")
    swap = {"Egypt": "Sudan", "Sudan": "Egypt"}
    mirrored = [(swap[p.party], p.issue, p.stance) for p in parley.find_positions(left)]
    assert mirrored
    assert mirrored == [(p.party, p.issue, p.stance) for p in parley.find_positions(right)]


def test_it_is_what_was_wanted_last() -> None:
    found = parley.find_positions("Sudan demanded a ceasefire. Egypt rejected it.")
    assert [(p.party, p.issue, p.stance) for p in found] == [
        ("Sudan", "ceasefire", "demands"),
        ("Egypt", "ceasefire", "rejects"),
    ]


FRAGMENTS = st.sampled_from(
    [
        "Egypt",
        "Sudan",
        "rejected",
        "demands",
        "must",
        "will",
        "if",
        "unless",
        "the",
        "a",
        "ceasefire",
        "deal",
        "that",
        "which",
        ",",
        ".",
        ":",
        ";",
        "“",
        "”",
        "ready",
        "to",
        "not",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=40))
def test_spans_slice_back_whatever_is_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for row in parley.find_positions(text):
        assert text[row.span.start : row.span.end] == row.span.text
        assert row.party
        assert row.span.text.strip()


def test_a_sentence_without_an_end_takes_bounded_time() -> None:
    text = "Egypt demands that Sudan must accept any deal that is ready to not reject the ceasefire, and " * 400
    parley.find_positions("Egypt rejected the deal.")
    started = time.perf_counter()
    parley.find_positions(text)
    assert time.perf_counter() - started < 15


def test_a_condition_is_linked_to_the_position_it_waits_for() -> None:
    yes, price = parley.find_positions("Russia will return to the talks if Ukraine withdraws its troops from Kursk.")
    assert (yes.stance, price.stance) == ("conditional", "demands")
    assert yes.waits_for == price.id
    assert price.waits_for is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Sudan has demanded a ceasefire since March 2024.", "2024-03"),
        ("Egypt rejected the proposal in May 2023.", "2023-05"),
        ("Egypt will sign the agreement in May 2031.", None),
        ("Egypt rejects the proposal.", None),
    ],
)
def test_since_is_filled_where_the_text_tells_it(text: str, since: str | None) -> None:
    assert [p.since for p in parley.find_positions(text)] == [since]
