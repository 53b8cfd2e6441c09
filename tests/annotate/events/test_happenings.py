"""The list of happenings: every entry is triggered by its example, and types are those of the guides."""

from __future__ import annotations

import pytest
from cases import EVENT_TYPES, PLOVER_TYPES

from parley.annotate.events.happenings import bases, happenings, words
from parley.clean.tokens import tokens
from parley.codebooks import lexicon


def lowers(text: str) -> list[str]:
    return [t.lower for t in tokens(text, 0, len(text))]


@pytest.mark.parametrize("row", lexicon("events")["event"], ids=lambda r: f"{r['type']}-{r['plover']}")
def test_each_entry_finds_its_example(row: dict[str, str]) -> None:
    found = {
        (h.entry.type, h.entry.plover.type) for h in happenings().find(lowers(row["example"])) if not h.entry.blocks
    }
    assert (row["type"], row["plover"]) in found


def test_types_and_codes_are_those_of_the_guides() -> None:
    rows = lexicon("events")["event"]
    assert {r["type"] for r in rows} == EVENT_TYPES
    assert {r["plover"] for r in rows} <= PLOVER_TYPES


def test_each_small_class_of_words_has_an_example() -> None:
    for row in lexicon("events")["words"]:
        assert words(row["name"])
        assert row["example"]


def test_a_form_that_is_also_the_past_is_no_bare_verb() -> None:
    assert {"reject", "sign", "open"} <= bases()
    assert not {"put", "hit", "quit", "rejected"} & bases()
