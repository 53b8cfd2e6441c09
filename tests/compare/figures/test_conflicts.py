"""Two counts are held against each other only where no number fits both and both mean the same thing and days."""

from __future__ import annotations

from typing import Any

import pytest
from piles import compared, figure, rows, told

from parley.compare.base import Row, Told
from parley.compare.figures.series import COMPARISONS

SHELLS = "Shells hit the covered market of Ostrel at noon and {} people died among the stalls, it said."
SERIES = COMPARISONS[0]


def conflicts(*articles: Told) -> list[Row]:
    return rows(compared(SERIES, articles), "conflict")


def shelled(day: str, value: int, claimant: str | None, words: str = SHELLS, **more: Any) -> Told:
    """An article about the shelling of a market."""
    text = words.format(value)
    row = figure(value, claimant, scope="incident", text=str(value), **more)
    row["span"] = [text.index(str(value)), text.index(str(value)) + len(str(value))]
    return told(day, outlet=f"Outlet {value}", figures=[row], text=text)


def running(day: str, value: int, claimant: str, **more: Any) -> Told:
    return told(day, outlet=f"Outlet {value}", figures=[figure(value, claimant, scope="cumulative", **more)])


def test_two_claimants_who_count_the_same_happening_differently() -> None:
    [found] = conflicts(shelled("2033-05-10", 17, "Health Ministry"), shelled("2033-05-10", 9, "Interior Ministry"))
    assert found["type"] == "figures"
    assert found["why"] == (
        "people killed, Ostrel, 2033-05-10: Health Ministry counts 17, Interior Ministry 9; no number fits both"
    )
    assert len(found["rows"]) == len(found["articles"]) == 2


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (shelled("2033-05-10", 50, "A Ministry", qualifier="at_least"), shelled("2033-05-10", 60, "B Ministry")),
        (shelled("2033-05-10", 9, "A Ministry"), shelled("2033-05-11", 17, "B Ministry")),
        (
            shelled("2033-05-10", 17, "A Ministry", date="2033-05-10"),
            shelled("2033-05-10", 9, "B Ministry", date="2033-05-08"),
        ),
        (shelled("2033-05-10", 17, "A Ministry"), shelled("2033-05-10", 9, "B Ministry", "A bus left the road: {}.")),
        (shelled("2033-05-10", 17, "A Ministry"), shelled("2033-05-10", 9, "B Ministry", place="Vellin")),
        (shelled("2033-05-10", 17, "A Ministry"), shelled("2033-05-10", 9, "B Ministry", population="children")),
        (shelled("2033-05-10", 17, "A Ministry"), running("2033-05-10", 4100, "B Ministry")),
        (shelled("2033-05-10", 17, "A Ministry"), shelled("2033-05-10", 9, "A Ministry")),
        (shelled("2033-05-10", 170, "A Ministry"), shelled("2033-05-10", 9, "B Ministry")),
    ],
    ids=[
        "at least",
        "grew",
        "other days",
        "other happening",
        "other place",
        "other people",
        "daily and running",
        "one claimant",
        "other order",
    ],
)
def test_no_conflict(one: Told, two: Told) -> None:
    assert conflicts(one, two) == conflicts(two, one) == []


def test_a_toll_told_beside_an_earlier_one_has_grown() -> None:
    later = shelled("2033-05-10", 17, "A Ministry", SHELLS + " That is up from an earlier toll.")
    assert conflicts(later, shelled("2033-05-10", 9, "B Ministry")) == []


def test_an_article_that_tells_both_numbers_tells_two_happenings() -> None:
    both = shelled("2033-05-10", 17, None)
    more = shelled("2033-05-10", 9, None)
    both.figures[0]["id"], more.figures[0]["article"] = "fi_both", both.id
    two = told("2033-05-10", figures=[*both.figures, *more.figures], text=both.text, outlet="Outlet 1")
    assert conflicts(two, shelled("2033-05-10", 9, None)) == []


def test_running_counts_side_by_side_in_one_article_conflict() -> None:
    both = [figure(n, who, scope="cumulative") for n, who in ((4061, "A Ministry"), (2740, "B Ministry"))]
    [found] = conflicts(told("2033-05-10", figures=both))
    assert found["conflict"]["kind"] == "claimants"
    assert "running count" in found["why"]


def test_a_lower_running_count_may_only_be_old() -> None:
    assert conflicts(running("2033-05-10", 4061, "A Ministry"), running("2033-05-11", 4012, "B Ministry")) == []
    assert conflicts(running("2033-05-10", 4061, "A Ministry"), running("2033-05-11", 4012, "A Ministry")) == []
    assert len(conflicts(running("2033-05-10", 4061, "A Ministry"), running("2033-05-19", 4012, "B Ministry"))) == 1


def test_one_claimants_running_count_falls_where_its_day_is_told_or_that_it_was_lowered() -> None:
    before = running("2033-05-10", 4061, "A Ministry")
    [found] = conflicts(before, running("2033-05-12", 4012, "A Ministry", date="2033-05-12"))
    assert found["conflict"]["kind"] == "falls"
    assert "4,061 as of 2033-05-10 and 4,012 as of 2033-05-12" in found["why"]
    assert len(conflicts(before, running("2033-05-22", 4012, "A Ministry", change="down"))) == 1
    assert conflicts(before, running("2033-05-12", 61, "A Ministry", date="2033-05-12")) == []


def test_counts_since_different_beginnings_do_not_meet() -> None:
    war = running("2033-05-10", 4061, "A Ministry", since="2033-01")
    assert conflicts(war, running("2033-05-20", 3000, "B Ministry", since="2033-05")) == []
    assert len(conflicts(war, running("2033-05-20", 3000, "B Ministry", since="2033-01-14"))) == 1


def test_shares_held_at_one_time_conflict_and_rates_never_do() -> None:
    def share(value: str, who: str, category: str) -> Told:
        return told("2033-05-10", figures=[figure(value, who, category=category, population="armed")])

    one, two = ("60%", "Interior Ministry"), ("1/3", "diplomats")
    assert len(conflicts(share(*one, "share_of_killed"), share(*two, "share_of_killed"))) == 1
    assert conflicts(share(*one, "rate"), share(*two, "rate")) == []


def test_who_repeats_a_claimants_number_makes_no_second_conflict() -> None:
    named = shelled("2033-05-10", 17, "Health Ministry"), shelled("2033-05-10", 9, "Interior Ministry")
    echo = shelled("2033-05-10", 17, None)
    [found] = conflicts(*named, echo)
    assert found["conflict"]["claimants"] == ["Health Ministry", "Interior Ministry"]
    assert echo.figures[0]["id"] in found["rows"]
