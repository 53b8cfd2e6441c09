"""Dates of any precision as days."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from parley.compare.days import Days, between, days, shown


@given(st.dates(), st.dates())
def test_what_is_shown_of_two_dates_holds_both(one: date, two: date) -> None:
    first, last = sorted((one, two))
    text = shown(first.isoformat(), last.isoformat())
    held = days(text)
    assert held is None or (held.first <= first.toordinal() and last.toordinal() <= held.last + 1)


def test_days_meet_where_they_share_one() -> None:
    may, tenth = days("2033-05"), days("2033-05-10")
    assert may
    assert tenth
    assert may.meets(tenth)
    assert not tenth.meets(Days(tenth.last + 2, tenth.last + 3))
    assert tenth.meets(Days(tenth.last + 2, tenth.last + 3), slack=2)
    assert days("2033-13") is None


def test_an_interval_runs_from_its_first_to_its_last_day() -> None:
    assert between("2033-05-10", None) == days("2033-05-10")
    assert between("2033-05", "2033-06-02") == Days(date(2033, 5, 1).toordinal(), date(2033, 6, 2).toordinal())
    assert between(None, None) is None
