"""Text in capitals is read as if printed today, and every character stays where it stands."""

from __future__ import annotations

import pytest
from cases import reading_of
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.annotate.mentions import make
from parley.annotate.statements.quieted import quieted
from parley.pipeline import Settings

mentions = make(Settings(profile="rules"))
LOUD = (
    "PRESIDENT ALDO REVE SAID TODAY THAT THE ARMY WOULD NOT LEAVE THE BRIDGE. HE ADDED THAT TALKS MAY GO ON IN MARCH.\n\n"
    '"WE WILL NOT WAIT," REVE SAID. ACCORDING TO THE LABOR MINISTRY, 3,500 MINERS HAVE STOPPED WORK.'
)


def test_a_shouting_text_is_put_in_print() -> None:
    text = quieted(mentions(reading_of(LOUD))).text
    assert text.startswith(
        "President Aldo Reve said today that the army would not leave the bridge. He added that talks"
    )
    assert "in March" in text
    assert '"We will not wait," Reve said.' in text


def test_a_text_in_ordinary_print_is_the_same_reading() -> None:
    reading = reading_of("The UN said NO. The FMLN did not answer.")
    assert quieted(reading) is reading


@given(st.text(alphabet="ABß ÉİŉZ.,'’\n", max_size=80))
def test_no_character_moves(text: str) -> None:
    reading = reading_of(text)
    quiet = quieted(reading)
    assert len(quiet.text) == len(text)
    for old, new in zip(reading.sentences, quiet.sentences, strict=True):
        assert old.span.pair == new.span.pair
        assert quiet.text[new.span.start : new.span.end] == new.span.text


@pytest.mark.parametrize("profile", ["fast", "accurate"])
def test_the_models_read_capitals(profile: str) -> None:
    found = parley.analyse(LOUD, profile=profile).statements  # type: ignore[arg-type]
    assert [s.source and s.source.text for s in found] == [
        "PRESIDENT ALDO REVE",
        "HE",
        "REVE",
        "THE LABOR MINISTRY",
    ]
    assert all(LOUD[c.start : c.end] == c.text for s in found for c in s.content)
