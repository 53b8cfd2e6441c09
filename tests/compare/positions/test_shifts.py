"""Positions that moved in the annotated sample, and what is no move."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piles import compared, mirrored, position, reflected, rows, sample, told

from parley.compare.base import Row, Told
from parley.compare.positions.shifts import COMPARISONS

POSITIONS = COMPARISONS[0]

PLANTED = {
    ("Calvera", "territory", "demands", "conditional", "2031-03-14"),
    ("Veyra", "deal", "rejects", "accepts", "2031-03-24"),
    ("Calvera", "deal", "accepts", "rejects", "2031-03-25"),
    ("Calvera", "deal", "rejects", "accepts", "2031-03-27"),
    ("Veyra", "monitoring", "conditional", "accepts", "2031-03-22"),
    ("Veyra", "prisoners", "demands", "conditional", "2031-03-23"),
    ("Dockers' Union", "pay", "demands", "accepts", "2031-03-21"),
}
"""The positions that move, of the sample's README."""

ALSO_TOLD = {
    ("Quayside Company", "pay", "rejects", "accepts", "2031-03-21"),
    ("Veyra", "truce", "rejects", "conditional", "2031-04-02"),
    ("Veyra", "truce", "conditional", "accepts", "2031-04-06"),
}
"""Moves that the README does not list and the articles tell: the company "cannot go further", then agrees to 6.5 per cent; a truce of
21 days rejected, then kept "as long as ...", then kept."""


def shifts(*articles: Told) -> list[Row]:
    return rows(compared(POSITIONS, articles), "shift")


def key(row: Row) -> tuple[str, ...]:
    return tuple(row[k] for k in ("party", "issue", "from", "to", "date"))


def test_two_parties_without_a_name_are_two_in_two_articles() -> None:
    no = told(
        "2033-05-10", positions=[position("rejects", party="Government")], outlet="Harbour Post", title="Hill war"
    )
    yes = told(
        "2033-05-12", positions=[position("accepts", party="Government")], outlet="Harbour Post", title="Lake war"
    )
    found = rows(compared(POSITIONS, (no, yes)), "stance")
    assert sorted(r["party"] for r in found) == ["Government in “Hill war”", "Government in “Lake war”"]
    assert shifts(no, yes) == []


def test_every_planted_shift_stands_before_what_was_not_planted() -> None:
    found = [key(r) for r in shifts(*sample())]
    assert set(found) >= PLANTED
    last = max(found.index(p) for p in PLANTED)
    assert set(found[: last + 1]) <= PLANTED | ALSO_TOLD


def test_swapping_the_parties_mirrors_every_shift() -> None:
    here, there = ([f.row for f in compared(POSITIONS, s)] for s in (sample(), sample(mirrored)))
    assert sorted(json.dumps(reflected(r), sort_keys=True) for r in here) == sorted(
        json.dumps(r, sort_keys=True) for r in there
    )


def page(day: int, *stances: str, outlet: str = "Harbour Post", **more: Any) -> Told:
    return told(f"2033-05-{day:02}", positions=[position(s, **more) for s in stances], outlet=outlet)


def test_a_shift_says_how_many_outlets_report_it() -> None:
    [one] = shifts(page(10, "rejects"), page(12, "accepts"))
    assert (one["from"], one["to"], one["date"], one["reported_by"]) == ("rejects", "accepts", "2033-05-12", 1)
    assert one["why"].endswith("reported by 1 outlet only")
    [two] = shifts(page(10, "rejects"), page(12, "accepts"), page(13, "accepts", outlet="Ostrel Echo"))
    assert two["reported_by"] == 2


@pytest.mark.parametrize(
    "days",
    [
        [("demands",), ("proposes",), ("demands",)],
        [("accepts",), ("demands",)],
        [("rejects",)],
        [("rejects",), (), ("rejects",)],
        [("undecided",), ("rejects",)],
        [("rejects",), ("accepts", "rejects")],
        [("accepts", "rejects"), ("accepts", "rejects")],
    ],
    ids=["asking on", "asking beside a yes", "once", "silence", "first answer", "both told", "both told twice"],
)
def test_no_shift(days: list[tuple[str, ...]]) -> None:
    assert shifts(*(page(10 + n, *stances) for n, stances in enumerate(days))) == []


def test_a_demand_told_again_does_not_hide_that_a_condition_was_dropped() -> None:
    found = shifts(page(10, "conditional"), page(11, "demands"), page(12, "accepts"))
    assert [(r["from"], r["to"]) for r in found] == [("conditional", "accepts")]


def test_half_a_year_of_silence_is_no_shift() -> None:
    later = told("2034-02-12", positions=[position("accepts")], outlet="Harbour Post")
    assert shifts(page(10, "rejects"), later) == []
    told_between = told("2033-10-12", positions=[position("rejects")], outlet="Harbour Post")
    assert [r["date"] for r in shifts(page(10, "rejects"), told_between, later)] == ["2034-02-12"]


def test_what_one_outlet_lets_somebody_else_say_of_a_party_is_no_shift() -> None:
    said = page(12, "accepts", said_by="Norbus")
    assert shifts(page(10, "rejects"), said) == []
    again = page(13, "accepts", said_by="Norbus", outlet="Ostrel Echo")
    assert [r["reported_by"] for r in shifts(page(10, "rejects"), said, again)] == [2]


STANCES = st.lists(
    st.tuples(st.sampled_from(("demands", "accepts", "rejects", "conditional", "undecided")), st.integers(1, 9))
)


@given(STANCES, st.randoms())
@settings(max_examples=60)
def test_every_shift_rests_on_reports_of_both_stances(stances: list[tuple[str, int]], rng: Any) -> None:
    pages = [
        told(f"2033-05-{day:02}", id=f"ar_{n:03}", positions=[position(stance, id=f"po_{n}")])
        for n, (stance, day) in enumerate(stances)
    ]
    said = {f"po_{n}": stance for n, (stance, _) in enumerate(stances)}
    found = shifts(*pages)
    for row in found:
        assert {said[i] for i in row["rows"]} == {row["from"], row["to"]}
        assert row["reported_by"] >= 1
    rng.shuffle(pages)
    assert shifts(*pages) == found
