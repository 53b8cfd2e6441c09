"""Wire leads: the one thing that a sentence tells, by PLOVER's sixteen types.

The sentences of golden/leads were written, twenty for each type, before the list that reads them; the floor is for all of them
together, as no list of words reads every sentence as a person does.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.annotate.events.leads import leads, read_lead
from parley.annotate.language.lines import lines
from parley.clean.tokens import tokens
from parley.codebooks import lexicon

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "leads"
FLOOR = 0.93
OPERATORS = {"INTENT", "REFUSAL", "DUTY", "CHANCE"}


def coded(text: str) -> str | None:
    """The type of the event that a reader of the ledger would take: the surest one."""
    best = max(parley.analyse(text, profile="rules").events, key=lambda e: e.confidence, default=None)
    return best.plover.type if best is not None and best.plover is not None else None


def sentences() -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for path in sorted(GOLDEN.glob("*.txt")):
        rows = [r for r in path.read_text(encoding="utf-8").splitlines() if r and not r.startswith("#")]
        out += [(row, path.stem.upper()) for row in rows]
    return out


def test_leads_are_typed_as_a_coder_would() -> None:
    rows = sentences()
    assert min(Counter(kind for _, kind in rows).values()) >= 20
    wrong = [(kind, got, text) for text, kind in rows if (got := coded(text)) != kind]
    assert 1 - len(wrong) / len(rows) >= FLOOR, wrong


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The envoy visited the island.", "CONSULT"),
        ("The envoy will visit the island.", "AGREE"),
        ("The envoy will not visit the island.", "REJECT"),
        ("The envoy must visit the island.", "REQUEST"),
        ("The rebels attacked the port.", "ASSAULT"),
        ("The rebels will attack the port.", "THREATEN"),
        ("The rebels will not attack the port.", "AGREE"),
        ("The rebels would withdraw from the talks unless they were paid.", "THREATEN"),
        ("The visit that the envoy had planned was criticised by the rebels.", "ACCUSE"),
        ("After an attack on the port the two presidents signed a treaty.", "SUPPORT"),
        ("The banned newspaper sued the ministry.", "ACCUSE"),
        ("The ministry said it had freed two sailors.", "RETREAT"),
    ],
)
def test_what_stands_over_a_verb_decides(text: str, kind: str) -> None:
    assert coded(text) == kind


@pytest.mark.parametrize("row", lexicon("leads")["lead"], ids=lambda r: r["plover"] + r.get("kind", ""))
def test_each_entry_finds_its_example(row: dict[str, str]) -> None:
    words = [t.lower for t in tokens(row["example"], 0, len(row["example"]))]
    found = {(h.entry.type, h.entry.noun) for h in leads().find(words) if not h.entry.blocks}
    assert (row["plover"], row.get("kind") == "noun") in found


def test_the_types_are_plovers() -> None:
    types = {row["plover"] for row in lexicon("leads")["lead"]}
    assert len(types - OPERATORS) == 16


def test_an_article_is_not_read_as_a_lead() -> None:
    text = "The union demanded more pay. It blamed the company. Nobody was surprised by that."
    assert parley.analyse(text, profile="rules").events == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "will",
                "not",
                "must",
                "attack",
                "visit",
                "talks",
                "that",
                "which",
                ",",
                ".",
                "of",
                "said",
                "to",
                "banned",
            ]
        ),
        max_size=30,
    )
)
def test_a_lead_lies_inside_its_sentence(pieces: list[str]) -> None:
    for line in lines(parley.analyse(" ".join(pieces), profile="rules")):
        read = read_lead(line)
        if read is not None:
            assert 0 <= read.first < read.last <= len(line.lowers)
            assert read.type not in OPERATORS


def test_a_sentence_without_an_end_takes_bounded_time() -> None:
    text = "They will attack and demand talks that the banned union must hold while " * 400
    parley.analyse("They attacked.", profile="rules")
    started = time.perf_counter()
    parley.analyse(text, profile="rules")
    assert time.perf_counter() - started < 15


def test_wire_leads_get_a_code(shared: Path) -> None:
    path = shared / "bench" / "plover" / "dev.jsonl"
    if not path.is_file():
        pytest.skip("the wire leads are not at hand")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][::4]
    assert sum(coded(row["text"]) == row["event16"] for row in rows) / len(rows) >= 0.8
