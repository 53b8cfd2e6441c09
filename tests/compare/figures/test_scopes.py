"""Running counts, counts of one happening and states of things are kept apart."""

from __future__ import annotations

from typing import Any

from piles import figure, told

from parley.compare.base import Row
from parley.compare.figures.counts import items
from parley.compare.figures.scopes import settled, when


def scoped(*figures: Row, category: str = "killed") -> list[tuple[Any, Any]]:
    made = [i for n, f in enumerate(figures) for _, i in items(told(f"2033-05-{10 + n}", figures=[f]))]
    return [(i["scope"], i["window"]) for i in settled(made, category)]


def test_a_count_that_leaves_its_scope_open_joins_those_of_its_order() -> None:
    running = figure(4012, "Ministry", scope="cumulative", since="2033-01")
    assert scoped(running, figure(4158, "Ministry"), figure(2790, "Interior"), figure(17, "Ministry")) == [
        ("cumulative", None),
        ("cumulative", None),
        ("cumulative", None),
        ("incident", None),
    ]


def test_a_running_count_far_below_the_last_one_counts_one_happening() -> None:
    running = figure(4012, "Ministry", scope="cumulative")
    assert scoped(running, figure(14, "Ministry", scope="cumulative"))[1] == ("incident", None)
    assert scoped(running, figure(14, "Relief", scope="cumulative"))[1] == ("cumulative", None)


def test_counts_since_another_beginning_are_another_window() -> None:
    war = figure(4012, "Ministry", scope="cumulative", since="2033-01")
    also = figure(4020, "Ministry", scope="cumulative", since="2033-01-14")
    truce = figure(3900, "Ministry", scope="cumulative", since="2033-05-02")
    assert [w for _, w in scoped(war, also, truce)] == [None, None, "2033-05"]


def test_states_of_things_have_no_scope() -> None:
    assert scoped(figure(64, category="captives_held", scope="incident"), category="captives_held") == [(None, None)]


def test_a_running_count_without_a_day_may_be_a_week_old_and_news_two_days() -> None:
    [(_, item)] = items(told("2033-05-10", figures=[figure(4012, scope="cumulative")]))
    found = when(item)
    assert found
    assert found.last - found.first == 7
    news = when({**item, "scope": "incident"})
    assert news
    assert news.last - news.first == 2
    assert when({**item, "told": "2033-05-03"}) == when({**item, "told": "2033-05-03", "scope": "incident"})
    assert when({**item, "printed": [None, None]}) is None
