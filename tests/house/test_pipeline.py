"""A pipeline in a wrong order fails when it is made, and says which step lacks what."""

from __future__ import annotations

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
