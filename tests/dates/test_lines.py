"""Lines that stand alone."""

from __future__ import annotations

import pytest

from parley.dates.lines import stands_alone


@pytest.mark.parametrize(
    ("line", "date", "alone"),
    [
        ("Friday 22 March · 5 min read", "22 March", True),
        ("By Ana Petrel | May 4", "May 4", True),
        ("Also read: what happened on May 4", "May 4", False),
        ("On May 4 the two ministers sat down to talk of the harbour for an hour.", "May 4", False),
        ("x" * 120 + " May 4", "May 4", False),
    ],
)
def test_a_date_stands_alone_on_a_short_line(line: str, date: str, alone: bool) -> None:
    text = f"Ministers meet again after all these years of silence\n{line}\nThe body."
    start = text.index(date)
    assert stands_alone(text, start, start + len(date)) is alone
