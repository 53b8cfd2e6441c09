"""A pipeline in a wrong order fails when it is made, and says which step lacks what."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from parley.data import Profile
from parley.errors import ParleyError
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text


def test_the_steps_are_in_an_order_that_works() -> None:
    made = Pipeline.make(Settings())
    assert [step.name for step, _ in made.annotators] == [step.name for step in STEPS]


def test_a_step_before_what_it_needs_is_refused_by_name() -> None:
    wrong = [s for s in STEPS if s.name != "statements"]
    with pytest.raises(ParleyError, match="step 'speakers' needs statements"):
        Pipeline.make(Settings(), wrong)


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["rules", "fast"])
def test_an_article_without_a_full_stop_costs_with_its_length(profile: Profile) -> None:
    """Four times the text takes about four times the processor time; a step with a square in it would take sixteen."""
    pipeline = Pipeline.make(Settings(profile=profile))
    said = "Oran Melk said that road 12 will open for 300 people, “we go on” he said, "

    def cost(length: int) -> float:
        page = page_from_text((said * (length // len(said) + 1))[:length], published="2031-03-04")
        began = time.process_time()
        pipeline.run(page)
        return time.process_time() - began

    cost(5_000)  # once, so that what is loaded once is loaded
    assert cost(120_000) < 8 * cost(30_000)


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
