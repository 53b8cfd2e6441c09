"""Who takes part: who does it, with whom, on whose word; never where it was."""

from __future__ import annotations

import pytest

import parley

FRAME = "A day in the valley\n\n{}\n\nIt rained. The shops were full. Few looked up."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt and Sudan signed the protocol in the Norwegian capital.", ("Egypt", "Sudan")),
        ("Sudan accused Egypt of shelling the village of Hadd.", ("Egypt",)),
        ("Gunmen shot at a patrol near the Kenyan border on Sunday.", ()),
        ("Egypt held talks with Sudan in Bern.", ("Egypt", "Sudan")),
        ("The draft was rejected by Sudan.", ("Sudan",)),
        ("Washington is to impose a tariff on steel from 7 May.", ("United States",)),
    ],
)
def test_actors(text: str, expected: tuple[str, ...]) -> None:
    (row,) = parley.analyse(FRAME.format(text), published="2031-05-02", profile="rules").events
    assert row.actors == expected
