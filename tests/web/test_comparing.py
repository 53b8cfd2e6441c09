"""Judged rows are compared beside the pages, several at a time, and nobody waits for it."""

from __future__ import annotations

from typing import Any

import pytest

from parley.errors import LedgerError
from parley.web.comparing import Comparer


class Counting:
    """A ledger that counts how often it was compared."""

    def __init__(self, error: Exception | None = None) -> None:
        self.times = 0
        self.error = error

    def refresh(self) -> None:
        self.times += 1
        if self.error:
            raise self.error


def test_judgements_that_follow_each_other_are_compared_once() -> None:
    ledger: Any = Counting()
    comparer = Comparer(ledger, pause=0.2)
    for _ in range(5):
        comparer.judged()
    assert comparer.done(20)
    assert ledger.times == 1
    comparer.judged()
    assert comparer.done(20)
    assert ledger.times == 2


@pytest.mark.parametrize("error", [LedgerError("closed"), RuntimeError("the disk is full")])
def test_what_goes_wrong_ends_nothing(error: Exception) -> None:
    ledger: Any = Counting(error)
    comparer = Comparer(ledger, pause=0.01)
    for _ in range(2):
        comparer.judged()
        assert comparer.done(20)
    assert ledger.times == 2


def test_nothing_judged_is_nothing_to_wait_for() -> None:
    ledger: Any = Counting()
    assert Comparer(ledger).done(1)
    assert ledger.times == 0
