"""In whose voice words stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tellings import tell

from parley.compare.base import Told
from parley.compare.usage.spoken import Spoken, pieces

TEXT = """Envoy hails talks

The envoy said that the road would open. “We shall see,” Udo Marn said on Monday.
The so called “peace plan” is dead.
"""


@pytest.fixture(scope="module")
def told() -> Told:
    return tell(TEXT)


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("hails", "headline"),
        ("the road", "indirect"),
        ("We shall", "quoted"),
        ("peace plan", "scare"),
        ("is dead", "outlet"),
    ],
)
def test_a_voice_is_told_by_title_statements_and_marks(told: Told, words: str, voice: str) -> None:
    at = told.text.index(words)
    assert Spoken(told).voice(at, at + len(words)) == voice


def test_a_statement_that_somebody_rejected_is_nobodys_voice(told: Told) -> None:
    refused = [{**s, "status": "rejected"} for s in told.statements]
    at = told.text.index("the road")
    assert Spoken(Told(told.article, told.text, refused)).voice(at, at + 8) == "outlet"


def test_what_was_set_aside_is_not_read_and_nothing_is_read_twice(told: Told) -> None:
    read = pieces(told)
    assert all(a[1] <= b[0] for a, b in pairwise(read))
    hole = told.text.index("“We")
    article = {**told.article, "dropped": [{"span": [hole, hole + 15], "reason": "other"}]}
    kept = "".join(told.text[a:b] for a, b in pieces(Told(article, told.text)))
    assert "We shall see" not in kept
    assert "Udo Marn" in kept
