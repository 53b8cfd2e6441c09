"""The budget of one article: past it the reading is interrupted, and everything is as it was before."""

from __future__ import annotations

import re
import resource
import signal
import sys
import threading
import time

import pytest

from parley.engine.budget import Budget, OverBudget, within


def test_a_regular_expression_that_would_never_end_is_interrupted() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    began = time.process_time()
    with pytest.raises(OverBudget), within(Budget(seconds=0.2)):
        re.match("(a+)+b", "a" * 60)
    assert time.process_time() - began < 5
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_an_error_of_a_step_does_not_swallow_the_interruption() -> None:
    def step() -> None:
        while True:
            try:
                re.match("(a+)+b", "a" * 60)
            except Exception:  # as a step may do
                continue

    with pytest.raises(OverBudget), within(Budget(seconds=0.2)):
        step()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux only")
def test_memory_past_the_budget_is_refused_and_the_limit_taken_back() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with pytest.raises(MemoryError), within(Budget(megabytes=100)):
        bytearray(300 << 20)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(bytearray(300 << 20)) == 300 << 20


def test_in_another_thread_time_is_not_limited_and_nothing_breaks() -> None:
    done: list[bool] = []

    def work() -> None:
        with within(Budget(seconds=0.01)):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
