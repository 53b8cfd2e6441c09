"""What a reviewer is shown beside rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from parley.data import Reading
from parley.store import reviewing
from parley.store.ledger import Ledger


@pytest.fixture
def ledger(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
        yield held


def test_the_log_is_read_from_its_end_a_page_at_a_time(ledger: Ledger) -> None:
    rows = [r["id"] for r in ledger.queue()]
    made = [ledger.judge(id, "confirm", by=name) for id in rows for name in ("Ana", "Ben")]
    ledger.judge(made[-1]["id"], "undo", by="Cem")
    first = reviewing.said(ledger, limit=3)
    assert [(e["by"], e["act"], e["stands"]) for e in first] == [
        ("Cem", "undo", True),
        ("Ben", "confirm", False),
        ("Ana", "confirm", True),
    ]
    assert [e["id"] for e in reviewing.said(ledger, before=first[-1]["at"], limit=2)] == [
        made[-3]["id"],
        made[-4]["id"],
    ]
    assert {e["by"] for e in reviewing.said(ledger, by="Ana")} == {"Ana"}
    assert reviewing.last_said(ledger) == first[0]["at"]


def test_nothing_said_is_nothing_told(ledger: Ledger) -> None:
    assert reviewing.said(ledger) == []
    assert reviewing.last_said(ledger) is None
    assert reviewing.contested(ledger) == (0, False)


def test_rows_with_a_persons_word_are_told_from_the_others(ledger: Ledger) -> None:
    first, second, third = [r["id"] for r in ledger.queue()][:3]
    ledger.judge(first, "reject", by="Ana")
    ledger.judge(second, "confirm", by="Ana")
    ledger.judge(first, "confirm", by="Ben")
    assert reviewing.words_on(ledger, [first, second, third, "st_none"]) == {first: "confirmed", second: "confirmed"}
    assert reviewing.contested(ledger) == (1, False)


def test_people_of_an_article_are_those_who_speak_then_those_who_are_named(ledger: Ledger) -> None:
    article = next(iter(ledger.articles()))["id"]
    people = reviewing.people_in(ledger, article)
    assert people[0] == {"name": "Oran Melk", "role": "envoy", "side": "Calvera"}
    assert len({p["name"].lower() for p in people}) == len(people)
    assert reviewing.people_in(ledger, "ar_none") == []


def test_refreshing_is_noted_so_that_kept_answers_are_known_to_be_old(ledger: Ledger) -> None:
    from parley.store.across import REFRESHED

    assert ledger.state(REFRESHED) is None
    ledger.refresh()
    first = ledger.state(REFRESHED)
    ledger.refresh()
    assert first
    assert ledger.state(REFRESHED) != first
