"""Wording: loaded labels for all sides alike, each with whose voice it is in."""

from __future__ import annotations

import itertools
import time

import pytest
from cases import line_cases
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.annotate.wording import _labels, entry_of
from parley.clean.tokens import tokens
from parley.codebooks import lexicon
from parley.data import Wording


def told(row: Wording, expected: str) -> str:
    """A label as the golden files write it, with whom it labels where the expected line says so."""
    return f"{row.voice} [{row.span.text}]" + (f" of={row.referent}" if "of=" in expected else "")


@pytest.mark.parametrize(
    ("title", "text", "expected"), line_cases("wording"), ids=lambda v: v if isinstance(v, str) else ""
)
def test_golden(title: str, text: str, expected: list[str]) -> None:
    rows = parley.analyse(text, profile="rules").wording
    lines = [*expected, *[""] * (len(rows) - len(expected))]
    assert [told(w, e) for w, e in zip(rows, lines, strict=False)] == expected, title


def test_a_label_in_the_headline_is_the_headlines() -> None:
    text = "Regime shells the port again\n\nThe army shelled the port on Monday. Two people were hurt."
    assert [(w.voice, w.span.text) for w in parley.analyse(text, profile="rules").wording] == [("headline", "Regime")]


def test_the_term_is_the_word_that_was_printed() -> None:
    """Who counts how often an outlet writes "rebels" must not be told "militants"."""
    rows = parley.analyse(
        "Then gunmen of the Qassir regime met the rebels and the left-wing guerrillas.", profile="rules"
    ).wording
    assert [w.term for w in rows] == ["gunmen", "regime", "rebels", "left-wing guerrillas"]
    assert [entry_of(w.term) for w in rows] == ["militants", "regime", "militants", "political wing"]


@pytest.mark.parametrize("row", lexicon("wording")["label"], ids=lambda r: r["term"])
def test_each_label_finds_its_example(row: dict[str, str]) -> None:
    words = [t.lower for t in tokens(row["example"], 0, len(row["example"]))]
    assert row["term"] in {h.entry.term for h in _labels().find(words) if not h.entry.blocks}


PAIRS = (
    ("regime", "terrorists"),
    ("occupation forces", "gunmen"),
    ("invaders", "rebels"),
    ("junta", "insurgents"),
    ("aggressors", "militants"),
    ("corporate greed", "union bosses"),
)


@pytest.mark.parametrize(("states", "movements"), PAIRS)
def test_what_one_side_is_called_counts_as_what_the_other_is(states: str, movements: str) -> None:
    one, other = (parley.analyse(f"Then the {label} came.", profile="rules").wording for label in (states, movements))
    assert len(one) == len(other) == 1


FRAGMENTS = st.sampled_from(
    [
        "the",
        "regime",
        "[occupying]",
        "“",
        "”",
        "brutal",
        "war",
        "Egypt",
        "said",
        "that",
        "resistance",
        "to",
        ",",
        ".",
        "terrorists",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=40))
def test_spans_slice_back_and_do_not_overlap(pieces: list[str]) -> None:
    reading = parley.analyse(" ".join(pieces), profile="rules")
    rows = sorted(reading.wording, key=lambda w: w.span.start)
    for row in rows:
        assert reading.text[row.span.start : row.span.end] == row.span.text
    for left, right in itertools.pairwise(rows):
        assert left.span.end <= right.span.start


def test_a_sentence_without_an_end_takes_bounded_time() -> None:
    text = "the brutal regime and the terrorists and “ the [occupying] entity ” " * 500
    parley.analyse("The regime came.", profile="rules")
    started = time.perf_counter()
    parley.analyse(text, profile="rules")
    assert time.perf_counter() - started < 15
