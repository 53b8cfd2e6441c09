"""Tellings that share a clause share its words and days out."""

from __future__ import annotations

import parley

FRAME = "A day in the valley\n\n{}\n\nIt rained. The shops were full. Few looked up."


def rows(text: str) -> list[tuple[str, str, str | None]]:
    reading = parley.analyse(FRAME.format(text), published="2031-05-21", profile="rules")
    return [(e.type, e.span.text, e.date) for e in reading.events]


def test_each_tells_in_its_own_words() -> None:
    assert rows("Shells hit the market of Hadd on Monday and rockets struck the depot of Lunt on Tuesday.") == [
        ("armed_action", "Shells hit the market of Hadd on Monday", "2031-05-19"),
        ("armed_action", "rockets struck the depot of Lunt on Tuesday", "2031-05-20"),
    ]


def test_a_day_in_a_relative_clause_is_the_day_of_what_that_tells() -> None:
    assert rows("The union ended a strike that began on 2 May.") == [
        ("strike_ends", "The union ended a strike", None),
        ("strike_begins", "strike that began on 2 May", "2031-05-02"),
    ]
