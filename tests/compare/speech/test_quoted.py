"""Which words stand in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.speech.quoted import printed


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("it was “a door, not yet a house”", "a door not yet a house"),
        ("the talks were 'polite and empty'", "polite and empty"),
        ('she had "ironed his shirt" and "his socks"', "ironed his shirt his socks"),
        ("‘the dogs’ war,’ he called it", "the dogs war"),
        ("it’s the dogs' war", ""),
        ("a quotation “that is never closed", "that is never closed"),
        ("“the [enemy] guards”", "the guards"),
        ("«nous verrons», he said", "nous verrons"),
    ],
)
def test_quoted_words_are_those_between_the_marks(text: str, quoted: str) -> None:
    assert " ".join(w.text for w in printed([text]).quoted()) == quoted


def test_what_is_quoted_whole_needs_no_marks() -> None:
    both = printed(["I do not hate her.", "Send it."], whole=True)
    assert len(both.quoted()) == 7
    assert both.runs == ((0, 7),)
    assert [w.text for w in both.words if w.ends] == ["her", "it"]


@given(st.lists(st.text(max_size=30), max_size=3))
def test_any_text_gives_runs_of_its_quoted_words(parts: list[str]) -> None:
    found = printed(parts)
    assert sum(end - first for first, end in found.runs) == sum(w.quoted for w in found.words)
