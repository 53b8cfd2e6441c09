"""Contradictory accounts of one event stand side by side; accounts of two events do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from reports import Case, cases, fill

from parley.compare.base import Row
from parley.compare.disputes.contradictions import COMPARISONS
from parley.store.ledger import Ledger

RULES = {c.name: c for c in COMPARISONS}


def told(row: Row) -> str:
    """A dispute as the golden files write it."""
    return f"{row['date']} {row['outlets']}/{row['independent']}: {row['why']}"


@pytest.mark.parametrize("case", cases("disputes"), ids=lambda c: c.title)
def test_golden(case: Case, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        fill(ledger, case.reports, RULES)
        assert [told(row) for row in ledger.found("dispute")] == case.expected


@pytest.mark.parametrize("case", [c for c in cases("disputes") if c.expected], ids=lambda c: c.title)
def test_every_side_has_its_rows(case: Case, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        fill(ledger, case.reports, RULES)
        for row in ledger.found("dispute"):
            known = ledger.by_ids(row["rows"])
            assert set(known) == set(row["rows"]) == {id for side in row["sides"] for id in side["rows"]}
            assert all(side["rows"] for side in row["sides"])
