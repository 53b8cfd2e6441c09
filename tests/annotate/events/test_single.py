"""An act of arms is told as one happening, or not at all."""

from __future__ import annotations

import pytest

import parley

FRAME = "A day in the valley\n\n{}\n\nIt rained. The shops were full. Few looked up."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Shells hit the market of Hadd on Monday.", True),
        ("The army shells the village.", False),
        ("The war has killed 4,000 people so far.", False),
        ("The army routinely shelled the village.", False),
        ("Sudan blamed Egypt for shelling the market of Hadd.", True),
        ("She was serving him when the shells fell.", False),
    ],
)
def test_one_act(text: str, told: bool) -> None:
    rows = parley.analyse(FRAME.format(text), published="2031-05-21", profile="rules").events
    assert bool(rows) == told
