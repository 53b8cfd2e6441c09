"""Points of a series: the day a count stands for, how many print it, how it moved."""

from __future__ import annotations

from piles import figure, pile_of, told

from parley.compare.base import Row
from parley.compare.figures.counts import items
from parley.compare.figures.points import points


def made(*articles: tuple[str, Row], running: bool = True) -> list[Row]:
    pages = [told(day, figures=[row], outlet=f"Outlet {n}") for n, (day, row) in enumerate(articles)]
    held = [{**item, "article": page.id} for page in pages for _, item in items(page)]
    return points(held, pile_of(pages), running=running)


def test_the_day_told_is_kept_apart_from_the_day_of_printing() -> None:
    told_, printed = made(("2033-05-12", figure(40, date="2033-05-09")), ("2033-05-10", figure(43)))
    assert (told_["date"], told_["basis"], told_["published"]) == ("2033-05-09", "told", "2033-05-12")
    assert (printed["date"], printed["basis"]) == ("2033-05-10", "printed")


def test_one_number_of_one_day_is_one_point_however_many_print_it() -> None:
    [point] = made(("2033-05-10", figure(40)), ("2033-05-10", figure(40)))
    assert (point["outlets"], point["independent"], len(point["rows"])) == (2, 2, 2)


def test_steps_and_lower_counts_are_noted() -> None:
    first, second, third = made(("2033-05-10", figure(40)), ("2033-05-11", figure(52)), ("2033-05-12", figure(47)))
    assert (first["step"], second["step"], third["step"]) == (None, 12, -5)
    assert third["note"] == "below the 52 of 2033-05-11: revised, or an older count"


def test_the_ends_of_a_point_are_what_its_words_leave_open() -> None:
    [point] = made(("2033-05-10", figure(2740, qualifier="approximately")))
    assert (point["value"], point["low"], point["high"]) == (2740, 2466, 3014)
    [point] = made(("2033-05-10", figure(4070, qualifier="more_than")))
    assert (point["value"], point["low"], point["high"]) == (4070, 4070, None)
    [point] = made(("2033-05-10", figure(1300, qualifier="up_to")))
    assert (point["low"], point["high"]) == (None, 1300)


def test_an_undated_count_stands_last_and_without_a_day() -> None:
    pages = [told(None, figures=[figure(12)]), told("2033-05-10", figures=[figure(9)])]
    held = [{**item, "article": page.id} for page in pages for _, item in items(page)]
    assert [p["date"] for p in points(held, pile_of(pages), running=True)] == ["2033-05-10", None]
