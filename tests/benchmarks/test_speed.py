"""The speed measure runs and speaks of every layer; how fast anything is, no test says."""

from __future__ import annotations

import pytest

from benchmarks.speed import measure
from parley.engine.sample import sample
from parley.pipeline import STEPS


def test_every_layer_store_and_build_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    measure.main([*sample().sources[:2], "--profile", "fast"])
    told = capsys.readouterr().out
    assert "2 articles" in told
    names = [line.split()[0] for line in told.splitlines()[2:] if line.strip()]
    assert names == [*(step.name for step in STEPS), "all", "store", "whole", "memory", "first"]


def test_the_articles_at_hand_are_read_where_none_are_named() -> None:
    assert measure.pages_of(measure.default_sources(), 3)
