"""What an article brings: counts that say little of themselves take it from the count before them."""

from __future__ import annotations

from typing import Any

from piles import figure, told

from parley.compare.base import Row
from parley.compare.figures.counts import items


def brought(text: str, *figures: Row, **more: Any) -> list[tuple[str, Row]]:
    """Items of figures whose `text` stands in the text in this order."""
    at = 0
    for row in figures:
        at = text.index(row["text"], at)
        row["span"] = [at, at + len(row["text"])]
        at += 1
    return list(items(told(figures=figures, text=text, **more)))


def test_a_bare_number_by_somebody_else_counts_what_the_one_before_it_counts() -> None:
    text = "The army said three soldiers had died near Ostrel on Monday. Norvale put the number at seven."
    first = figure(3, "Army", population="soldiers", text="three soldiers", date="2033-05-09", place="near Ostrel")
    bare = figure(7, "Norvale", population=None, place=None, text="seven")
    [(one, _), (two, item)] = brought(text, first, bare)
    assert one == two == "killed\tnear ostrel"
    assert (item["head"], item["told"], item["after"]) == ("soldier", "2033-05-09", first["id"])


def test_a_bare_number_of_the_same_claimant_or_of_others_is_left_alone() -> None:
    text = (
        "The army said three soldiers had died in Ostrel. It said seven were civilians. Norvale said two clerks died."
    )
    first = figure(3, "Army", population="soldiers", text="three soldiers")
    same = figure(7, "Army", population=None, place=None, text="seven")
    clerks = figure(2, "Norvale", population="clerks", place=None, text="two clerks")
    assert [i["after"] for _, i in brought(text, first, same, clerks)] == [None, None, None]


def test_less_than_half_that_is_a_count_of_its_own() -> None:
    text = "Each day costs 1.2 million marks, says the company; the union puts it at less than half that."
    whole = figure(
        1_200_000, "Quay Company", category="money", population="marks", place=None, text="1.2 million marks"
    )
    part = figure(
        "1/2", "Union", category="money", population=None, place=None, qualifier="less_than", text="less than half"
    )
    [_, (_, item)] = brought(text, whole, part)
    assert (item["value"], item["least"], item["most"]) == (600_000, 0, 650_000)
    assert item["head"] == "mark"


def test_a_number_that_replaces_another_says_so() -> None:
    text = "Of those freed, 59 and not 62, as was printed on Tuesday, are from Ostrel. It is down from 70 in May."
    [(_, item)] = brought(text, figure(59, "Ministry", category="captives_released", text="59"))
    assert item["not"] == 62


def test_counts_of_one_place_share_the_only_day_that_is_told_of_it() -> None:
    text = "17 people were killed in Ostrel. On Sunday three children died there. 4,100 have died since May."
    people, children = (
        figure(17, "Ministry", text="17 people", scope="incident"),
        figure(3, "Ministry", population="children", text="three children", date="2033-05-08", scope="incident"),
    )
    running = figure(4100, "Ministry", text="4,100", scope="cumulative")
    assert [i["told"] for _, i in brought(text, people, children, running)] == ["2033-05-08", "2033-05-08", None]


def test_what_is_no_count_of_anything_is_left_out() -> None:
    text = "The toll rose by 12 people. All but two of them were soldiers. 30 people fled."
    rise, part = figure(12, "Ministry", text="12 people"), figure(2, "Ministry", text="two", part_of="fi_x")
    wrong = figure(30, category="displaced", text="30 people", status="rejected")
    assert brought(text, rise, part, wrong) == []


def test_others_after_a_count_of_the_same_kind_are_to_be_added() -> None:
    text = "Ostrel: 58 people died. 24 other people were killed later, and 20 others were hurt."
    made = (
        figure(58, text="58 people"),
        figure(24, text="24 other people"),
        figure(20, category="injured", text="20 others"),
    )
    assert [i["others"] for _, i in brought(text, *made)] == [False, True, False]
