"""Reference series stand beside what articles count, on the same days, and are never merged."""

from __future__ import annotations

from datetime import date, timedelta

from piles import compared, figure, rows, told

from parley.compare.base import Row
from parley.compare.figures.references import Reference, keep_references, kept_references, overlaid
from parley.compare.figures.series import COMPARISONS
from parley.dates.series import Series
from parley.store.ledger import Ledger

FIRST = date(2033, 5, 1)
TOLL = Reference(
    "tolls.csv:value",
    "killed",
    (),
    tuple((FIRST + timedelta(n)).toordinal() for n in range(30)),
    tuple(4000.0 + 10 * n for n in range(30)),
)


def series(*counts: tuple[str, int, str]) -> list[Row]:
    pages = [told(day, figures=[figure(value, who, scope="cumulative")]) for day, value, who in counts]
    return [{**r, "id": f"re_{r['claimant']}"} for r in rows(compared(COMPARISONS[0], pages), "series")]


COUNTS = (("2033-05-06", 4050, "A Ministry"), ("2033-05-11", 4100, "A Ministry"), ("2033-05-11", 2800, "B Ministry"))


def test_a_reference_whose_numbers_articles_print_is_laid_over_all_counts_of_the_thing() -> None:
    found = overlaid(series(*COUNTS), [TOLL])
    assert {r["claimant"]: [p["value"] for p in r["reference"][0]["points"]] for r in found} == {
        "A Ministry": [4050, 4100],
        "B Ministry": [4100],
    }
    assert [p["value"] for r in found if r["claimant"] == "B Ministry" for p in r["points"]] == [2800]


def test_a_count_of_other_people_at_the_place_stands_without_it() -> None:
    pages = [told("2033-05-11", figures=[figure(1900, "B Ministry", scope="cumulative", population="soldiers")])]
    found = overlaid(series(*COUNTS) + rows(compared(COMPARISONS[0], pages), "series"), [TOLL])
    assert [bool(r["reference"]) for r in found if r["population"] == "soldiers"] == [False]


def test_a_reference_about_something_else_is_not_laid_over() -> None:
    other = Reference("tolls.csv:value", "killed", (), TOLL.days, tuple(v + 3 for v in TOLL.values))
    assert all(not r["reference"] for r in overlaid(series(*COUNTS), [other]))
    named = Reference("vellin.csv:value", "killed", ("vellin",), TOLL.days, TOLL.values)
    assert all(not r["reference"] for r in overlaid(series(*COUNTS), [named]))
    here = Reference("ostrel.csv:value", "killed", ("ostrel",), TOLL.days, other.values)
    assert all(r["reference"] for r in overlaid(series(*COUNTS), [here]))
    injured = Reference("tolls.csv:injured", "injured", (), TOLL.days, TOLL.values)
    assert all(not r["reference"] for r in overlaid(series(*COUNTS), [injured]))


def test_a_ledger_keeps_the_references_that_it_was_last_given(ledger_place: str) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        assert kept_references(ledger) == []
        days = tuple(date.fromordinal(d) for d in TOLL.days)
        keep_references(ledger, [Series(TOLL.name, TOLL.counted, TOLL.about, days, TOLL.values)])
        keep_references(ledger, [])
        assert kept_references(ledger) == [TOLL]


def test_before_its_first_day_a_reference_says_nothing() -> None:
    assert TOLL.at(FIRST.toordinal() - 1) is None
    assert TOLL.at(FIRST.toordinal() + 100) == 4290
