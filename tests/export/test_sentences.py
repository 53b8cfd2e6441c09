"""A row in one line of words."""

from __future__ import annotations

import pytest

from parley.export.sentences import quotes, sentence

EMPTY = dict.fromkeys(("population", "place", "date", "since", "until", "claimant", "via", "low", "high", "value"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {
                "row": "statement",
                "speaker": {"name": "Oran Melk", "role": "envoy", "side": "Calvera"},
                "content_text": ["“the road”", "opens"],
            },
            "Oran Melk (envoy, Calvera): “the road” … opens",
        ),
        ({"row": "statement", "speaker": None, "source_text": "it", "content_text": ["a"]}, "it: a"),
        (
            {
                **EMPTY,
                "row": "figure",
                "value": 23,
                "qualifier": "at_least",
                "category": "killed",
                "claimant": "a clerk",
            },
            "killed at least 23, counted by a clerk",
        ),
        (
            {**EMPTY, "row": "figure", "low": 200, "qualifier": "vague", "category": "displaced", "place": "Orlen"},
            "displaced vague 200, in Orlen",
        ),
        (
            {"row": "position", "party": "Veyra", "stance": "demands", "issue": "military_action"}
            | {"condition": None, "said_by": "Oran Melk"},
            "Veyra demands: military action, said by Oran Melk",
        ),
        (
            {
                "row": "event",
                "type": "talks_held",
                "status": "planned",
                "actors": ["A", "B"],
                "date": None,
                "place": "P",
            },
            "talks held (planned), by A and B, in P",
        ),
        ({"row": "wording", "term": "regime", "referent": None, "voice": "quoted"}, "regime, voice: quoted"),
    ],
    ids=lambda v: v["row"] if isinstance(v, dict) else "",
)
def test_a_row_is_said_in_the_words_it_holds(row: dict[str, object], said: str) -> None:
    assert sentence(row) == said


def test_parts_of_a_statement_are_told_apart() -> None:
    assert quotes({"row": "statement", "content_text": ["a", "b"]}) == "a … b"
    assert quotes({"row": "figure", "text": "23 people"}) == "23 people"
