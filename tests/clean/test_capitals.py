"""Articles printed in capitals: how they are read, and that they are cited as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import analyse
from parley.clean.capitals import Casing, in_capitals
from parley.codebooks import load_codebook
from parley.models import common_words

casing = Casing(common_words(), ["Averone", "Averonese", "Port Amity", "Turkey", "US"])

PRINTED = """
PORT AMITY, 8 JAN 89 (AKP) -- [TEXT] DEFENSE MINISTER GENERAL ORLO VANSKI REJECTED THE TRUCE THAT THE
AVERONESE REBELS OFFERED ON MONDAY.  HE SAID: "THE U.S. ENVOY DID NOT ASK US."

   FOUR SOLDIERS OF THE ZLKN WERE KILLED IN SAN MAREN, PRESIDENT CARLOS BUSH TOLD NEWSMEN.  AVERONE'S ARMY WILL ANSWER.
"""
READ = """
PORT AMITY, 8 JAN 89 (AKP) -- [TEXT] Defense Minister General Orlo Vanski rejected the truce that the
Averonese rebels offered on Monday.  He said: "The U.S. envoy did not ask us."

   Four soldiers of the ZLKN were killed in San Maren, President Carlos Bush told newsmen.  Averone's army will answer.
"""


def test_only_names_and_first_words_keep_their_capitals() -> None:
    assert casing(PRINTED.strip()) == READ.strip()


@pytest.mark.parametrize(
    "text", ["", "UN", "The talks went on. " * 40, "45,514 " * 100, "THE TALKS. the talks went on and on. " * 9]
)
def test_what_is_not_printed_in_capitals_throughout_is_left_alone(text: str) -> None:
    assert not in_capitals(text)


@given(st.text(max_size=300))
def test_a_likeness_is_as_long_as_its_text_and_says_the_same(text: str) -> None:
    likeness = casing(text)
    assert len(likeness) == len(text)
    assert [a for a, b in zip(text, likeness, strict=True) if a != b and a.lower() != b.lower()] == []


def test_rows_cite_the_characters_as_printed() -> None:
    text = PRINTED.strip()
    reading = analyse(text, profile="rules", codebook=load_codebook())
    assert reading.text == text == reading.page.text
    rows = [s.source for s in reading.statements] + [f.span for f in reading.figures] + [d.span for d in reading.dates]
    assert {row.text for row in rows if row} >= {"PRESIDENT CARLOS BUSH", "FOUR SOLDIERS", "MONDAY"}
    assert all(row is None or row.text == text[row.start : row.end] for row in rows)
