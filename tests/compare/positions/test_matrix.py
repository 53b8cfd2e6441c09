"""The matrix on any day: what was last reported by then, and nothing that came later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from piles import compared, position, rows, sample, told

from parley.compare.base import Row
from parley.compare.days import days
from parley.compare.positions.matrix import cell_at
from parley.compare.positions.shifts import COMPARISONS
from parley.compare.refresh import refresh
from parley.data import Reading
from parley.errors import UsageError
from parley.store.ledger import Ledger

POSITIONS = COMPARISONS[0]


def cell(found: list[Row], at: str) -> Row | None:
    """The latest cell of histories of one party and issue."""
    end = days(at)
    assert end
    cells = [c for h in found if (c := cell_at(h, end.last))]
    return max(cells, key=lambda c: str(c["told"]), default=None)


def test_each_day_has_what_was_last_reported_by_then() -> None:
    pages = [
        told("2033-05-10", positions=[position("rejects", said_by="Ana Pell")], outlet="A"),
        told("2033-05-12", positions=[position("rejects")], outlet="B"),
        told("2033-05-15", positions=[position("accepts")], outlet="A"),
    ]
    found = rows(compared(POSITIONS, pages), "stance")
    assert cell(found, "2033-05-09") is None
    for at, stance, since, by in (
        ("2033-05-10", "rejects", "2033-05-10", 1),
        ("2033-05-14", "rejects", "2033-05-10", 2),
        ("2033-05", "accepts", "2033-05-15", 1),
    ):
        held = cell(found, at)
        assert held
        assert (held["stance"], held["since"], held["reported_by"]) == (stance, since, by)
    held = cell(found, "2033-05-14")
    assert held
    assert held["said_by"] == ["Ana Pell"]
    assert len(held["rows"]) == 2


def test_the_sample_has_each_side_where_the_story_has_it() -> None:
    found = rows(compared(POSITIONS, sample()), "stance")

    def stance(party: str, issue: str, at: str) -> str | None:
        held = cell([h for h in found if (h["party"], h["issue"]) == (party, issue)], at)
        return held["stance"] if held else None

    assert stance("Calvera", "deal", "2031-03-11") is None
    assert stance("Calvera", "deal", "2031-03-16") == "accepts"
    assert stance("Veyra", "deal", "2031-03-16") == "rejects"
    assert stance("Calvera", "deal", "2031-03-25") == "rejects"
    assert stance("Veyra", "deal", "2031-03-25") == "accepts"
    assert stance("Calvera", "deal", "2031-04") == "accepts"
    assert stance("Calvera", "territory", "2031-03-10") == "demands"
    assert stance("Calvera", "territory", "2031-03-22") == "conditional"


@pytest.fixture
def ledger(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        held.add(reading(file="1.txt", source_id="1"), fingerprint="f", run="r")
        refresh(held, rules={"positions": POSITIONS})
        yield held


def test_a_ledger_answers_at_a_date(ledger: Ledger) -> None:
    whole: Any = ledger.matrix()
    assert whole
    assert list(whole[0])[2:8] == ["party", "issue", "stance", "since", "rows", "reported_by"]
    assert ledger.matrix(at="1999") == []
    assert ledger.matrix(party=whole[0]["party"], issue=whole[0]["issue"]) == whole[:1]
    assert ledger.shifts() == []
    with pytest.raises(UsageError, match="not a date"):
        ledger.matrix(at="soon")
