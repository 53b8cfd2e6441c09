"""On which day something happened, or from when on it holds."""

from __future__ import annotations

import pytest

import parley

FRAME = "A day in the valley\n\n{}\n\nIt rained. The shops were full. Few looked up."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt signed the protocol on Monday.", "2031-05-19"),
        ("Egypt announced on Monday a tariff on steel from 1 July.", "2031-07-01"),
        ("Egypt signed the protocol, which takes effect on Friday.", None),
        ("“Egypt signed the protocol,” Sudan said on Monday.", None),
        ("The union called off the strike set for Monday.", None),
        ("The union called off the strike on Monday.", "2031-05-19"),
        ("Egypt cancelled the talks scheduled for 26 May.", None),
        ("For 26 May, rejecting the offer of the mine, the union planned a march.", None),
    ],
)
def test_date(text: str, expected: str | None) -> None:
    rows = parley.analyse(FRAME.format(text), published="2031-05-21", profile="rules").events
    assert rows[0].date == expected


def test_a_plan_to_meet_needs_a_day_and_not_the_date_of_it() -> None:
    text = "The rebel leader said he would attend talks in Nairobi {}."
    assert parley.analyse(FRAME.format(text.format("next week")), profile="rules").events
    assert not parley.analyse(FRAME.format(text.format("some day")), profile="rules").events
