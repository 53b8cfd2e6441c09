"""Interviews printed as questions and answers: the answers are direct statements of who is interviewed."""

from __future__ import annotations

import pytest
from cases import reading_of
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.annotate.mentions import make as make_mentions
from parley.annotate.statements.interview import answers
from parley.data import Profile
from parley.pipeline import Settings

INTRO = "Teodoro Varn was chief negotiator for six years. He spoke to the Ledger at home.\n\n"
ASKED = "Why did you leave?\n\nI had a paper to sign. I would not.\n\n"
MORE = "And now?\n\nWe wait.\n\nWould you go back?\n\nI would go tomorrow.\n"
mentions = make_mentions(Settings(profile="rules"))


@pytest.mark.parametrize("profile", ["rules", "fast"])
def test_answers_are_said_by_who_is_introduced(profile: Profile) -> None:
    text = INTRO + ASKED + MORE
    said = [s for s in parley.analyse(text, profile=profile).statements if s.cue is None and not s.nested]
    told = [(s.speaker and s.speaker.name, s.kind, s.content[0].text) for s in said]
    assert told == [
        ("Teodoro Varn", "direct", "I had a paper to sign. I would not"),
        ("Teodoro Varn", "direct", "We wait"),
        ("Teodoro Varn", "direct", "I would go tomorrow"),
    ]


def test_labels_of_questions_and_answers_are_no_part_of_them() -> None:
    text = INTRO + "Q: Why did you leave?\n\nA: I was tired.\n\nQ: Now?\n\nA: We wait.\n\nQ: And then?\n\nA: I rest.\n"
    reading = mentions(reading_of(text))
    assert [text[slice(*r.content[0])] for r in answers(reading)] == ["I was tired.", "We wait.", "I rest."]


@pytest.mark.parametrize(
    "text",
    [
        # an article that asks and answers itself, though it was spoken to
        "Ada Tarn spoke to the Ledger.\n\nWhat is in it?\n\nA truce.\n\nWho pays?\n\nThe port.\n\nAnd then?\n\nNobody knows.\n",
        # no word of an interview
        "Teodoro Varn was a negotiator.\n\n" + ASKED + MORE,
        # too few questions
        INTRO + ASKED,
        # nobody is introduced
        "An interview.\n\n" + ASKED + MORE,
    ],
)
def test_what_is_no_interview_has_no_answers(text: str) -> None:
    assert answers(mentions(reading_of(text))) == []


@given(st.text(alphabet="Q:A?. \nIwe“”interview", max_size=300))
def test_answers_never_leave_their_paragraphs(text: str) -> None:
    reading = mentions(reading_of(text))
    assert all(0 <= a <= b <= len(text) for r in answers(reading) for a, b in r.content)
