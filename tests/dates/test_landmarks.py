"""Known events: each entry of the codebook is met by its example, and by nothing less."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from parley.codebooks import lexicon
from parley.dates.evidence import LATEST
from parley.dates.expressions import understand
from parley.dates.landmarks import landmark_evidence, landmarks

ENTRIES = lexicon("landmarks")["landmark"]


@pytest.mark.parametrize("entry", ENTRIES, ids=[e["name"] for e in ENTRIES])
def test_each_landmark_is_met_by_its_example_and_dated_by_its_weekday(entry: dict[str, Any]) -> None:
    dated = understand(entry["example"])
    found = list(landmark_evidence(dated, 0, len(entry["example"])))
    assert [(e.low.isoformat(), (e.high - e.low).days) for e in found] == [(entry["date"], 6)]


def test_an_event_told_without_its_weekday_only_bounds_from_below() -> None:
    text = "Fields have been dry since the Kakhovka dam was destroyed."
    assert [e.high for e in landmark_evidence(understand(text), 0, len(text))] == [LATEST]


def test_half_of_its_words_do_not_make_an_event() -> None:
    text = "The Kakhovka reservoir was a lake on Tuesday."
    assert list(landmark_evidence(understand(text), 0, len(text))) == []


def test_every_landmark_is_a_day() -> None:
    assert all(isinstance(landmark.day, dt.date) for landmark in landmarks())
