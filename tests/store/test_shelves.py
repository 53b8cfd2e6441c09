"""Shelves in a ledger give back what was put there, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from parley.data import Reading
from parley.store.ledger import Ledger
from parley.store.shelves import Part, Shelves

MakeReading = Callable[..., Reading]
HELD = [(bucket, bytes([bucket] * 8)) for bucket in (0, 3, 4, 200)]


@pytest.fixture
def ledger(ledger_place: str) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        yield held


@pytest.fixture
def shelves(ledger: Ledger) -> Iterator[Shelves]:
    with ledger.comparing() as desk:
        yield desk.shelves


def test_buckets_that_are_wanted_come_in_order_whether_close_together_or_not(shelves: Shelves) -> None:
    assert shelves.put(Part(2, 5, 9, 0, 8), HELD) == 4
    assert shelves.parts() == [Part(2, 5, 9, 4, 8)]
    assert list(shelves.opened(2, [3, 4])) == [b"\3" * 8, b"\4" * 8]
    assert list(shelves.opened(2, [0, 1, 200])) == [b"\0" * 8, b"\xc8" * 8]
    assert list(shelves.opened(2, range(256))) == [held for _, held in HELD]


def test_parts_come_in_the_order_of_their_numbers_and_go_whole(shelves: Shelves) -> None:
    shelves.put(Part(9, 0, 5, 0, 0), [(0, b"12345678")])
    shelves.put(Part(4, 5, 6, 0, 0), [])
    assert [part.id for part in shelves.parts()] == [9, 4]
    shelves.remove(9)
    assert shelves.parts() == [Part(4, 5, 6, 0, 0)]
    assert list(shelves.opened(9, [0])) == []


def test_parts_of_which_every_article_is_gone_are_cleared(ledger: Ledger, reading: MakeReading) -> None:
    ledger.add(reading(file="1.txt", source_id="1"), fingerprint="f", run="r")
    with ledger.comparing() as desk:
        [article] = desk.unsketched(9)
        desk.keep_sketches([{"article": article, "words": 0, "hashes": b""}])
        desk.number([article], 6)
        for n in (1, 2):
            desk.shelves.put(Part(n, 5 * n, 5 * n + 5, 0, 0), [(0, b"12345678")])
        assert list(desk.shelves.living(0, 100)) == [6]
        desk.shelves.clear()
        assert [part.id for part in desk.shelves.parts()] == [1]
