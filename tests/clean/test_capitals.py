"""Articles printed in capitals: how they are read, and that they are cited as they stand."""

from __future__ import annotations

from typing import Literal

import pytest
from cases import reading_of
from hypothesis import given
from hypothesis import strategies as st

from parley import analyse
from parley.clean.capitals import Casing, as_printed, in_capitals, quieted, shouts
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


MIXED = (
    "TITLE: REVE AND THE FMLN AGREE ON BRIDGE\n"
    "President Aldo Reve met the Zorn group and the FMLN in Kell on Monday. “Orden will wait,” one said.\n\n"
    "“WE WILL NOT LEAVE THE BRIDGE,” REVE POSTED. THE ZORN GROUP WILL MEET IN MARCH.\n\n"
    "Nobody else will wait. UN."
)


def test_in_an_ordinary_article_the_sentences_that_shout_are_read_as_the_rest_prints_its_words() -> None:
    reading = reading_of(MIXED)
    assert "“We will not leave the bridge,” Reve posted. The Zorn group will meet in March." in reading.text
    assert "Reve and the FMLN agree on bridge" in reading.text
    assert reading.text.endswith("Nobody else will wait. UN.")
    assert "Reve" in [token.text for sentence in reading.sentences for token in sentence.tokens]


def test_an_article_that_does_not_shout_is_the_same_reading() -> None:
    reading = reading_of("The UN said NO. The FMLN did not answer.")
    assert quieted(reading, load_codebook()) is reading
    assert as_printed(reading, reading.page) is reading


@given(st.text(alphabet="ABeß ÉİŉZ.,'’\n", max_size=80))
def test_no_character_moves(text: str) -> None:
    reading = reading_of(text)
    assert len(reading.text) == len(text)
    for sentence in reading.sentences:
        assert sentence.span.text == reading.text[sentence.span.start : sentence.span.end]
        assert [t.text for t in sentence.tokens] == [reading.text[t.start : t.end] for t in sentence.tokens]
    assert not any(shouts(s.span.text) for s in reading.sentences if len(s.span.text) > 60)


LOUD = (
    "The talks went on.\n\n"
    "PRESIDENT ALDO REVE SAID TODAY THAT THE ARMY WOULD NOT LEAVE THE BRIDGE. HE ADDED THAT TALKS MAY GO ON IN MARCH.\n\n"
    '"WE WILL NOT WAIT," REVE SAID.\n\nACCORDING TO THE LABOR MINISTRY, 3,500 MINERS HAVE STOPPED WORK.'
)


@pytest.mark.parametrize("profile", ["rules", "fast", "accurate"])
def test_what_shouted_is_read_by_every_profile_and_cited_as_printed(
    profile: Literal["rules", "fast", "accurate"],
) -> None:
    found = analyse(LOUD, profile=profile)
    assert [s.source and s.source.text for s in found.statements] == [
        "PRESIDENT ALDO REVE",
        "HE",
        "REVE",
        "THE LABOR MINISTRY",
    ]
    assert all(LOUD[c.start : c.end] == c.text for s in found.statements for c in s.content)
    assert [f.span.text for f in found.figures] == ["3,500 MINERS"]
