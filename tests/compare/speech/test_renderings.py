"""What of a statement is held against others."""

from __future__ import annotations

import datetime

import pytest

from parley.compare.speech.renderings import denies, stems, values, when


def test_words_that_every_statement_has_tell_nothing() -> None:
    assert stems("He said that they would not do it on Tuesday") == frozenset()


def test_numbers_count_by_value() -> None:
    assert values("nine of 4,096") == values("9 of 4 096")


def test_a_denial_of_a_denial_denies_nothing() -> None:
    assert denies("did not")
    assert not denies("denied that it had not")


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("said_on", "published", "latest", "first", "last", "firm"),
    [
        ("2031-03-07", "2031-03-08", "2031-03-08", "2031-03-07", "2031-03-07", True),
        ("2031-03", "2031-03-08", "2031-03-08", "2031-03-01", "2031-03-08", True),
        (None, "2031-03-08", "2031-03-09", "2031-03-06", "2031-03-09", False),
        (None, "2031-02", None, "2031-01-30", "2031-02-28", False),
    ],
)
def test_words_were_said_on_the_day_given_or_shortly_before_the_news(
    said_on: str | None, published: str, latest: str | None, first: str, last: str, firm: bool
) -> None:
    found = when(said_on, published, latest)
    assert (found.first, found.last, found.firm) == (day(first), day(last), firm)


def test_days_that_nobody_knows_meet_all() -> None:
    unknown = when(None, None, None)
    assert not unknown.known
    assert unknown.meets(when("2031-03-07", None, None))
    assert not when("2031-03-07", None, None).meets(when("2031-03-09", None, None))
