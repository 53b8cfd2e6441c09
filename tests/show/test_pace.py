"""How fast a build goes and how long it will still take, told from the last minute."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.show.pace import Pace


def test_before_two_looks_nothing_is_known() -> None:
    pace = Pace()
    assert str(pace.glance()) == "0 articles, 0/s"
    pace.step(1.0, 0.5)
    assert str(pace.glance()) == "1 articles, 0/s"


def test_what_flew_by_at_first_does_not_make_the_rest_look_short() -> None:
    """A build that goes on where another stopped skips half of the articles within a second."""
    pace = Pace(window=60)
    for n in range(1000):
        pace.step(n / 1000, n / 2000)
    for n in range(200):
        pace.step(1 + n, 0.5 + n / 4000)
    glance = pace.glance()
    assert glance.articles == 1200
    assert round(glance.per_second) == 1
    assert glance.left is not None
    assert 1700 < glance.left < 1900  # 45 % at 0.025 % a second


def test_from_a_pipe_only_the_pace_is_told() -> None:
    pace = Pace()
    for n in range(100):
        pace.step(n / 4, None)
    assert str(pace.glance()) == "100 articles, 4/s"


@given(st.lists(st.tuples(st.floats(0, 1e6), st.none() | st.floats(0, 1)), max_size=50))
def test_any_history_can_be_told(steps: list[tuple[float, float | None]]) -> None:
    pace, now = Pace(), 0.0
    for more, share in steps:
        now += more
        pace.step(now, share)
    glance = pace.glance()
    assert glance.articles == len(steps)
    assert glance.per_second >= 0
    assert str(glance)
