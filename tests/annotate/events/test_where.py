"""Where something happened, whether a gazetteer knows the place or not."""

from __future__ import annotations

import pytest

import parley

FRAME = "A day in the valley\n\n{}\n\nIt rained. The shops were full. Few looked up."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A drone hit a depot in the Imerian town of Khidi on Monday.", "Khidi"),
        ("Egypt held talks with Sudanese officials in Cairo on Monday.", "Cairo"),
        ("The rebels captured Goma on Monday.", "Goma"),
        ("Egypt and Sudan signed the pact on Monday.", None),
    ],
)
def test_place(text: str, expected: str | None) -> None:
    (row,) = parley.analyse(FRAME.format(text), published="2031-05-21", profile="rules").events
    assert row.place == expected
