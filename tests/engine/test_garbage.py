"""The collector is left as it was found, and looks at nothing that was there when everything was ready."""

from __future__ import annotations

import gc

import pytest

from parley.engine.garbage import SELDOM, settle, spared


def test_the_collector_looks_seldom_while_articles_are_read_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with spared():
        assert gc.get_threshold() == SELDOM
        settle()
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_an_error_leaves_the_collector_as_before_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="gone"), spared():
        raise ValueError("gone")
    assert gc.get_threshold() == before


def test_garbage_that_is_made_meanwhile_is_still_found() -> None:
    with spared():
        settle()
        loop: list[object] = []
        loop.append(loop)
        del loop
        assert gc.collect() >= 1
