"""Date expressions: the golden pairs, and what must hold for any text."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.dates.grammar import RULES
from parley.dates.meaning import READERS
from parley.errors import UsageError

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "dates"
GOLDEN = {"expressions.txt": "2024-05-08", "news.txt": "2013-03-22"}
"""The files of golden cases, each with its reference where a case sets none."""


def _cases() -> Iterator[tuple[str, str | None, list[str]]]:
    """(text, reference, expected lines)"""
    blocks = [
        (b, day) for name, day in GOLDEN.items() for b in (FOLDER / name).read_text(encoding="utf-8").split("\n\n")
    ]
    for block, day in blocks:
        rows = [row for row in block.splitlines() if row and not row.startswith("# ")]
        reference: str | None = day
        if rows and rows[0].startswith("@ "):
            at = rows.pop(0).removeprefix("@ ")
            reference = None if at == "-" else at
        if rows:
            yield rows[0], reference, [row.removeprefix("=> ") for row in rows[1:]]


CASES = list(_cases())


@pytest.mark.parametrize(("text", "reference", "wanted"), CASES, ids=[c[0][:50] for c in CASES])
def test_a_golden_case_is_found_as_written(text: str, reference: str | None, wanted: list[str]) -> None:
    found = [f"{t.span.text} {t.type} {t.value}" for t in parley.find_dates(text, reference=reference)]
    assert found == wanted


def test_every_rule_of_the_grammar_has_a_reader() -> None:
    assert set(RULES) == set(READERS)


def test_a_reference_may_be_a_date_a_timestamp_or_text() -> None:
    for reference in (
        dt.date(2024, 5, 8),
        dt.datetime(2024, 5, 8, 10, tzinfo=dt.UTC),
        "2024-05-08",
        "2024-05-08T10:00Z",
    ):
        assert parley.find_dates("yesterday", reference=reference)[0].value == "2024-05-07"


def test_a_reference_that_is_no_date_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="'soon'"):
        parley.find_dates("yesterday", reference="soon")


def test_no_break_spaces_and_curly_apostrophes_read_as_plain_ones() -> None:
    found = parley.find_dates("On Friday’s edge, June\u00a02,\u00a02024.", reference="2024-06-02")
    assert [t.value for t in found] == ["2024-05-31", "2024-06-02"]


_WORDS = st.sampled_from(
    [
        "the",
        "last",
        "next",
        "May",
        "March",
        "3",
        "12",
        "31st",
        "2024",
        "1939",
        "490",
        "BC",
        "of",
        "in",
        "on",
        "Friday",
        "Monday",
        "two",
        "a",
        "few",
        "several",
        "years",
        "days",
        "ago",
        "later",
        "early",
        "mid",
        "quarter",
        "third",
        "spring",
        "night",
        "p.m.",
        "5:30",
        "and",
        "to",
        "-",
        ",",
        ".",
        "'",
        "/",
        "every",
        "week",
        "now",
        "9",
        "11",
        "'89",
        "1990s",
        "half",
        "more",
        "than",
        "century",
        "noon",
    ]
)


@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=200), st.none() | st.dates())
@settings(deadline=None)
def test_spans_slice_back_in_order_and_nothing_raises(text: str, reference: dt.date | None) -> None:
    found = parley.find_dates(text, reference=reference)
    end = 0
    for timex in found:
        assert timex.span.start >= end
        assert text[timex.span.start : timex.span.end] == timex.span.text != ""
        assert timex.value
        end = timex.span.end


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1)))
@settings(deadline=None)
def test_a_weekday_said_in_the_past_is_one_of_the_last_seven_days(reference: dt.date) -> None:
    for name in ("Monday", "Thursday", "Sunday"):
        value = parley.find_dates(f"He said on {name}.", reference=reference)[0].value
        assert 0 <= (reference - dt.date.fromisoformat(value)).days < 7


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1)), st.dates())
@settings(deadline=None)
def test_a_full_date_means_itself_whatever_the_reference(day: dt.date, reference: dt.date) -> None:
    for text in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", day.isoformat()):
        found = parley.find_dates(f"It was signed on {text}.", reference=reference)
        assert [t.value for t in found] == [day.isoformat()]


@pytest.mark.parametrize(
    "unit", ["May ", "1,", "the ", "1/2/", "early late mid ", "http://x ", "' ", "x", "twenty ", "to "]
)
def test_a_megabyte_line_takes_bounded_time(unit: str) -> None:
    started = time.process_time()
    parley.find_dates(unit * (200_000 // len(unit)), reference="2024-05-08")
    assert time.process_time() - started < 8


def test_history_is_dated_as_well_as_before(shared: Path) -> None:
    """WikiWars keeps TIMEX2 values; days and months are written alike, so full dates are compared."""
    import json

    path = shared / "bench" / "wikiwars" / "wikiwars.jsonl"
    if not path.is_file():
        pytest.skip("WikiWars is not at hand")
    right = total = 0
    for line in path.read_text(encoding="utf-8").splitlines()[:6]:
        document = json.loads(line)
        gold = document["timexes"]
        gold = json.loads(gold) if isinstance(gold, str) else gold
        found = {t.span.start: t.value for t in parley.find_dates(document["text"], reference=document["dct"])}
        for timex in gold:
            value = timex["value"] or ""
            if len(value) == 10 and value.replace("-", "").isdigit():
                total += 1
                right += found.get(timex["start"]) == value
    assert total > 100
    assert right / total > 0.85
