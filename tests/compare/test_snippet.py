"""The sentence that is shown is the one around the words, short and on one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.compare.snippet import WIDE, snippet

LONG = "word " * 200


def test_a_sentence_ends_where_the_next_begins() -> None:
    text = "He left.” Mr. Ode said that the\nrebels stayed! The end."
    at = text.index("rebels")
    assert snippet(text, at, at + 6) == "rebels stayed!"


def test_a_long_sentence_is_cut_on_both_sides() -> None:
    text = LONG + "rebels " + LONG
    shown = snippet(text, len(LONG), len(LONG) + 6)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "rebels" in shown
    assert len(shown) <= WIDE + 8


@given(st.text(max_size=600), st.integers(0, 600), st.integers(0, 30))
def test_any_text_gives_one_line(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    shown = snippet(text, start, min(len(text), start + length))
    assert "\n" not in shown
    assert len(shown) <= WIDE + length + 8
