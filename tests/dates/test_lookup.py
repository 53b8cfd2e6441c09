"""Which date tells when a clause happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley.data import Reading, Statement
from parley.dates.lookup import date_near, iso_of
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text


def _reading(sentence: str) -> Reading:
    page = replace(page_from_text(f"Title of it\n\n{sentence}"), published="2024-05-08")
    return Pipeline.make(Settings(), STEPS[:4]).run(page)


@pytest.mark.parametrize(
    ("sentence", "clause", "wanted"),
    [
        ("The army struck the camp on Saturday, the ministry said.", "The army struck the camp", "2024-05-04"),
        ("On Monday the union struck and on Tuesday it went back.", "it went back", "2024-05-07"),
        ("On Monday the union struck and on Tuesday it went back.", "the union struck", "2024-05-06"),
        ("The army struck the camp, the ministry said.", "The army struck the camp", None),
        ("The truce has held for eight months, he said.", "The truce has held", None),
    ],
)
def test_the_nearest_date_of_the_sentence_is_taken(sentence: str, clause: str, wanted: str | None) -> None:
    reading = _reading(sentence)
    at = reading.text.index(clause)
    timex = date_near(reading, reading.span(at, at + len(clause)))
    assert (iso_of(timex) if timex else None) == wanted


def test_a_date_inside_what_somebody_said_does_not_date_the_saying() -> None:
    reading = _reading("The envoy said that the truce began on Monday.")
    start = reading.text.index("the truce")
    content = reading.span(start, len(reading.text.rstrip()) - 1)
    reading = replace(reading, statements=(Statement(article=reading.article.id, content=(content,), kind="indirect"),))
    cue = reading.text.index("said")
    assert date_near(reading, reading.span(cue, cue + 4)) is None
    assert date_near(reading, reading.span(start, start + 9)) is not None
