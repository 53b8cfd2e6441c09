"""Names linked to actors, on the two lists of invented names: what the rules promise stays promised."""

from __future__ import annotations

import pytest

from benchmarks.quality.actors import LISTS, read, score


@pytest.mark.parametrize("which", LISTS)
def test_linking_stays_as_good_as_it_was(which: str) -> None:
    found = score(which)
    assert found.precision >= 0.98, found.wrong
    assert found.recall >= 0.95, found.missed
    assert not found.guessed


def test_the_lists_are_large_enough_to_tell_something() -> None:
    lines = [line for which in LISTS for line in read(which)]
    assert len(lines) >= 150
    assert len({(which, x.cluster) for which in LISTS for x in read(which) if x.cluster is not None}) >= 50
