"""Rows in a terminal: numbers as they were told."""

from __future__ import annotations

from parley.show.terminal import amount


def test_a_vague_figure_is_told_in_its_words() -> None:
    """Who prints "thousands" has not counted 2,000."""
    row = {"value": None, "low": 2000, "high": None, "qualifier": "vague"}
    assert amount(row) == "thousands"
    assert amount(row | {"low": 2400}) == "2,400 or more"
