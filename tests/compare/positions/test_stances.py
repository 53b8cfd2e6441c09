"""What a party is reported to want, day by day, and never out of silence."""

from __future__ import annotations

from typing import Any

import pytest
from piles import pile_of, position, told

from parley.compare.base import Row, Told
from parley.compare.positions.stances import Day, daily, items


def days(*articles: Told) -> list[Day]:
    held = [{**item, "article": page.id} for page in articles for _, item in items(page)]
    return daily(held, pile_of(articles))


def stances(*articles: Told) -> list[tuple[str, str]]:
    return [(d.date, d.stance) for d in days(*articles)]


def page(day: str, *told_: Row, outlet: str = "Harbour Post", **more: Any) -> Told:
    return told(f"2033-05-{day}", positions=told_, outlet=outlet, **more)


def test_a_stance_stands_at_the_day_from_which_it_is_told_to_be_held() -> None:
    old = position("rejects", since="2033-01")
    ahead = position("intends", issue="plants", since="2034-01")
    assert stances(page("10", old)) == [("2033-01", "rejects")]
    assert stances(page("10", ahead)) == [("2033-05-10", "intends")]


def test_a_yes_that_hangs_on_something_is_conditional() -> None:
    tied = position("accepts", condition="provided that monitors come")
    assert stances(page("10", tied, position("demands"))) == [("2033-05-10", "conditional")]


def test_contradicting_reports_of_one_day_change_nothing() -> None:
    yes, no = position("accepts"), position("rejects")
    assert stances(page("10", position("accepts")), page("11", yes, no)) == [
        ("2033-05-10", "accepts"),
        ("2033-05-11", "accepts"),
    ]
    held = days(page("10", position("rejects")), page("11", yes, no))[1]
    assert (held.stance, [i["id"] for i in held.others]) == ("rejects", [yes["id"]])


def test_an_answer_is_not_lost_among_demands_of_the_same_day() -> None:
    assert stances(page("10", position("demands"), position("rejects"), position("demands")))[0][1] == "rejects"


@pytest.mark.parametrize(
    ("text", "clause", "more"),
    [
        ("The union had first demanded 9 per cent.", "demanded 9 per cent", {"stance": "demands"}),
        ("It wants monitors, which it had refused until now.", "which it had refused", {"stance": "rejects"}),
        ("His cabinet had thrown it out two days before.", "His cabinet had thrown it out", {"stance": "rejects"}),
    ],
)
def test_what_an_article_tells_as_former_is_no_news(text: str, clause: str, more: Any) -> None:
    at = text.index(clause)
    old = position(**more, span=[at, at + len(clause)])
    assert stances(page("10", old, text=text)) == []


def test_a_demand_told_as_former_is_settled_by_the_deal_that_its_party_accepts() -> None:
    text = "The union voted for the deal. It had first demanded 9 per cent."
    deal = position("accepts", "Weavers Union", span=[0, 28])
    old = position("demands", "Weavers Union", "pay", span=[30, 62])
    made = dict(items(page("10", deal, old, text=text)))
    assert made["weavers union\tdeal"]["through"] is None
    assert made["weavers union\tpay"]["stance"] == "accepts"
    assert made["weavers union\tpay"]["id"] == deal["id"]
    assert made["weavers union\tpay"]["through"] == "deal"


def test_whose_voice_a_position_is_in() -> None:
    names = {"Ana Pell": "ac_1\tAna Pell\tNorvale", "Norvale": "ac_2\tNorvale\tNorvale"}
    rows = (position("accepts", said_by="Ana Pell"), position("accepts", said_by="Rask"), position("accepts"))
    assert [i["voice"] for _, i in items(page("10", *rows, names=names))] == ["own", "else", "outlet"]
