"""Charts put counts where they belong: steps, open arrows, ranges, nothing invented."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from parley.web.charts import Bar, by_time, days_chart, steps


def point(date: str | None, value: float | None, **more: Any) -> dict[str, Any]:
    return {"date": date, "value": value, "low": value, "high": value, "qualifier": "exact", "rows": ["fi_1"], **more}


def series(*points: dict[str, Any], claimant: str | None = "a ministry") -> dict[str, Any]:
    return {"claimant": claimant, "points": list(points)}


def test_a_line_holds_until_the_next_count() -> None:
    chart = steps([series(point("2031-03-01", 10), point("2031-03-05", 20), point("2031-03-09", 30))])
    assert chart
    (track,) = chart.tracks
    assert track.path.count("H") == track.path.count("V") == 2
    assert [p.x for p in track.points] == sorted(p.x for p in track.points)
    assert [p.y for p in track.points] == sorted((p.y for p in track.points), reverse=True)


def test_counts_of_incidents_long_apart_are_not_joined_and_running_counts_are() -> None:
    counts = (point("2031-03-01", 10), point("2031-03-09", 20), point("2033-05-01", 3000))
    one = steps([series(*counts) | {"scope": "incident"}])
    running = steps([series(*counts) | {"scope": "cumulative"}])
    assert one
    assert running
    assert (one.tracks[0].path.count("M"), running.tracks[0].path.count("M")) == (2, 1)
    assert len(one.tracks[0].points) == 3


def test_names_stay_in_the_chart_and_only_those_that_would_leave_it_move() -> None:
    low = [series(point("2031-03-01", n), point("2031-03-02", n), claimant=f"c{n}") for n in range(1, 8)]
    high = series(point("2031-03-01", 9000), point("2031-03-02", 9000), claimant="high")
    chart = steps([high, *low])
    assert chart
    places = [t.label_y for t in chart.tracks]
    assert places[0] == chart.tracks[0].points[-1].y + 4
    assert all(10 <= y <= chart.height - 6 for y in places)


def test_marks_say_at_least_nearly_and_between() -> None:
    chart = steps(
        [
            series(
                point("2031-03-01", 10, qualifier="at_least", high=None),
                point("2031-03-02", 20, qualifier="nearly"),
                point("2031-03-03", None, qualifier="between", low=20, high=40),
                point("2031-03-04", 30),
            )
        ]
    )
    assert chart
    points = chart.tracks[0].points
    assert [p.mark for p in points] == ["open", "cap", "dot", "dot"]
    assert [p.low is not None for p in points] == [False, False, True, False]
    assert points[2].words == "a ministry, 3 March 2031: between 20 and 40"


def test_counts_without_a_day_of_their_own_are_not_drawn() -> None:
    assert steps([series(point(None, 1), point("2031-03", 2), point("2031-03-01", 3))]) is None


def test_names_do_not_stand_on_each_other() -> None:
    chart = steps([series(point("2031-03-01", n), point("2031-03-02", n), claimant=f"c{n}") for n in range(8)])
    assert chart
    places = sorted(t.label_y for t in chart.tracks)
    assert all(b - a >= 14 for a, b in itertools.pairwise(places))


def test_every_chart_has_some_round_numbers_beside_it() -> None:
    for low, high in ((0, 1), (3, 4), (10, 11), (4012, 4331), (0.2, 0.9), (1e6, 9e6), (5, 5)):
        chart = steps([series(point("2031-03-01", low), point("2031-03-02", high))])
        assert chart
        assert 2 <= len(chart.ticks) <= 9, (low, high, chart.ticks)


def test_articles_stand_at_their_days() -> None:
    chart = days_chart([Bar("2031-03-01", 1), Bar("2031-03-11", 4)])
    assert chart
    assert chart.highest == 4
    assert chart.bars[1].x > 9 * chart.bars[0].width


@given(st.floats(0, 1e12), st.floats(1e-6, 1))
def test_whatever_is_counted_has_round_numbers_beside_it_that_differ(value: float, more: float) -> None:
    chart = steps([series(point("2031-03-01", value), point("2031-03-05", value * (1 + more) + more))])
    assert chart
    words = [words for _, words in chart.ticks]
    assert 3 <= len(words) <= 12
    assert len(set(words)) == len(words)


def test_days_that_are_too_many_to_draw_are_months() -> None:
    many = [
        (f"20{year:02}-{month:02}-{day:02}", 1) for year in (31, 32) for month in range(1, 13) for day in range(1, 28)
    ]
    bars = by_time([*many, ("2031-03", 4), ("2031", 5)])
    assert (len(bars), bars[2], sum(b.n for b in bars)) == (24, Bar("2031-03", 31), len(many) + 4)
    chart = days_chart(bars)
    assert chart
    assert (chart.first, chart.last, chart.highest) == ("January 2031", "December 2032", 31)
    assert all(a.x + a.width <= b.x + 0.7 for a, b in itertools.pairwise(chart.bars))
