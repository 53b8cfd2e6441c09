"""A pipeline in a wrong order fails when it is made, and says which step lacks what."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.errors import ParleyError
from parley.pipeline import STEPS, Pipeline, Settings


def test_the_steps_are_in_an_order_that_works() -> None:
    made = Pipeline.make(Settings())
    assert [step.name for step, _ in made.annotators] == [step.name for step in STEPS]


def test_a_step_before_what_it_needs_is_refused_by_name() -> None:
    wrong = [s for s in STEPS if s.name != "statements"]
    with pytest.raises(ParleyError, match="step 'speakers' needs statements"):
        Pipeline.make(Settings(), wrong)


def test_a_corrected_series_is_another_reading_and_a_moved_one_is_not(tmp_path: Path) -> None:
    here, there = tmp_path / "here" / "tolls.csv", tmp_path / "there" / "tolls.csv"
    for path in (here, there):
        path.parent.mkdir()
        path.write_text("date,value\n2031-03-01,10\n", encoding="utf-8")
    settings = [Settings(series=(f"{path}:value",)) for path in (here, there)]
    assert settings[0].fingerprint == settings[1].fingerprint
    before = settings[0].fingerprint
    here.write_text("date,value\n2031-03-01,11\n", encoding="utf-8")
    assert settings[0].fingerprint != before
