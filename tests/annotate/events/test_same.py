"""One event told twice is one row; two events in one sentence are two."""

from __future__ import annotations

import pytest

import parley


def rows(text: str) -> list[tuple[str, str | None]]:
    reading = parley.analyse(
        f"A day in the valley\n\n{text}\n\nIt rained. Few looked up.", published="2031-05-21", profile="rules"
    )
    return [(e.type, e.date) for e in reading.events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The army shelled the port of Lunt on Monday. The shelling of Lunt killed nine people.",
            [("armed_action", "2031-05-19")],
        ),
        (
            "Shells hit the market of Hadd on Monday and rockets struck the depot of Lunt on Tuesday.",
            [("armed_action", "2031-05-19"), ("armed_action", "2031-05-20")],
        ),
        (
            "The truce agreed in January collapsed after nine days.",
            [("agreement", "2031-01"), ("agreement_ends", "2031-01")],
        ),
        (
            "Talks collapsed on Monday. The talks broke off after six hours.",
            [("talks_no_progress", "2031-05-19")],
        ),
        (
            "Sudan said Egypt had shelled the town of Hadd on Monday. Cairo said its guns had not shelled the town.",
            [("armed_action", "2031-05-19")],
        ),
        (
            "The union ended a strike that began on 2 May.",
            [("strike_ends", None), ("strike_begins", "2031-05-02")],
        ),
    ],
)
def test_tellings(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert rows(text) == expected


def test_what_one_telling_leaves_open_another_fills_in() -> None:
    text = "A truce took effect on Monday. The truce between Egypt and Sudan took effect at dawn."
    reading = parley.analyse(f"A day in the valley\n\n{text}\n\nIt rained.", published="2031-05-21", profile="rules")
    (event,) = reading.events
    assert event.date == "2031-05-19"
    assert set(event.actors) == {"Egypt", "Sudan"}
