"""Shares and their intervals: known values, and what must hold of any numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.usage.shares import (
    benjamini_hochberg,
    by_article,
    by_name,
    drawn,
    enough,
    jensen_shannon,
    log_odds,
    log_odds_variance,
    middle,
    rounded,
    table,
    two_sided,
    wilson,
)

counts = st.integers(0, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("n", "of", "low", "high"), [(8, 10, 0.4902, 0.9433), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_wilsons_interval_is_the_one_of_the_tables(n: int, of: int, low: float, high: float) -> None:
    assert rounded(wilson(n, of)) == [low, high]


@given(counts)
def test_an_interval_holds_its_share_and_mirrors(pair: tuple[int, int]) -> None:
    n, of = pair
    low, high = wilson(n, of)
    assert 0 <= low <= high <= 1
    if of:
        assert low <= n / of <= high
    other = wilson(of - n, of)
    assert math.isclose(low, 1 - other[1], abs_tol=1e-9)


def test_rates_need_ten_mentions_in_three_articles() -> None:
    assert enough(10, 3)
    assert not enough(9, 9)
    assert not enough(40, 2)


def test_log_odds_are_those_of_monroe_by_hand() -> None:
    # 8 of 10 against 2 of 10, with a prior of 1 in 2: log(9/3) - log(3/9)
    assert math.isclose(log_odds(8, 10, 2, 10, prior=1, all_prior=2), 2 * math.log(3))
    assert math.isclose(log_odds_variance(8, 2, prior=1), 1 / 9 + 1 / 3)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_log_odds_of_the_one_are_the_others_with_the_sign_turned(a: int, b: int, c: int, d: int) -> None:
    there = log_odds(a, a + b, c, c + d, prior=0.5, all_prior=1)
    back = log_odds(c, c + d, a, a + b, prior=0.5, all_prior=1)
    assert math.isclose(there, -back, abs_tol=1e-9)


def test_chance_is_halved_on_neither_side() -> None:
    assert two_sided(0) == 1
    assert math.isclose(two_sided(-2.5758), 0.01, abs_tol=1e-4)


@given(st.lists(st.floats(0, 1), max_size=20))
def test_false_alarms_are_never_fewer_than_chance_and_keep_the_order(chances: list[float]) -> None:
    found = benjamini_hochberg(chances)
    assert all(p <= q + 1e-12 and q <= 1 for p, q in zip(chances, found, strict=True))
    ranked = [q for _, q in sorted(zip(chances, found, strict=True))]
    assert ranked == sorted(ranked)


def test_draws_are_the_same_every_time_and_differ_by_turn() -> None:
    assert (drawn(5) == drawn(5)).all()
    assert (drawn(5) != drawn(5, turn=1)).any()
    assert (drawn(5, of=9).sum(axis=1) == 5).all()


def test_what_leans_together_in_one_article_widens_the_interval() -> None:
    assert by_article(np.ones((40, 1)), np.full(40, 2.0)) == [(0.5, 0.5)]
    assert by_article(np.array([[40.0], [0.0]]), np.array([40.0, 40.0])) == [(0.0, 1.0)]


def test_amounts_become_a_table_by_article_and_name() -> None:
    names, filled = table([("b", "y", 2), ("a", "x", 1), ("b", "x", 3), ("b", "y", 1)])
    assert names == ["x", "y"]
    assert filled.tolist() == [[3, 3], [1, 0]]
    assert by_name([("a", "x", 1), ("b", "x", 2), ("b", "y", 2)]).keys() == {"x", "y"}


def test_without_a_known_value_anything_is_possible() -> None:
    assert middle(np.array([math.nan])) == (0.0, 1.0)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_the_distance_of_namings_is_a_distance(pairs: list[tuple[int, int]]) -> None:
    left, right = (np.array([float(p[i]) for p in pairs]) + 0.001 for i in (0, 1))
    there, back = float(jensen_shannon(left, right)), float(jensen_shannon(right, left))
    assert math.isclose(there, back, abs_tol=1e-9)
    assert 0 <= there <= 1
    assert math.isclose(float(jensen_shannon(left, left * 3)), 0, abs_tol=1e-6)
