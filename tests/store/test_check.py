"""Whatever is wrong in a ledger is found and named, and nothing is where nothing is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from parley.data import Reading
from parley.errors import LedgerError
from parley.store import check
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]

WRONG = {
    "UPDATE figure SET start = start + 1": "its span",
    "UPDATE article SET text = 'x' || text": "its span",
    "UPDATE source SET size = 3": "bytes, not 3",
    "UPDATE article SET body_stop = 999999": "is not within its text",
    "UPDATE event SET statement = 'st_gone'": "the statement that a event stands in is not here",
    "DELETE FROM passage WHERE kind = 'x'": "",
    "UPDATE passage SET \"row\" = 'fi_gone' WHERE kind = 'figure'": "what search finds is not here",
}


@pytest.mark.parametrize(("done", "told"), WRONG.items())
def test_what_is_wrong_is_told(ledger_place: str, reading: MakeReading, done: str, told: str) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
        assert list(ledger.check()) == []
        with ledger._writing() as connection:
            connection.execute(sa.text(done))
        found = list(ledger.check())
        assert any(told in line for line in found) if told else found == []


def test_a_source_that_was_changed_is_told(ledger_place: str, reading: MakeReading) -> None:
    import zlib

    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
        for data, told in ((zlib.compress(b"other"), "is not what its hash"), (b"\x00", "is damaged")):
            with ledger._writing() as connection:
                connection.execute(sa.text("UPDATE source SET bytes = :b"), {"b": data})
            assert any(told in line for line in ledger.check())


def test_every_article_is_looked_at_however_many_are_held_at_a_time(
    ledger_place: str, reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "AT_ONCE", 2)
    far: list[tuple[int, int]] = []
    with Ledger.open(ledger_place, create=True) as ledger:
        for n in range(5):
            ledger.add(reading(file=f"in/{n}.txt", source_id=str(n)), fingerprint="f", run="ru_1")
        with ledger._writing() as connection:
            connection.execute(sa.text("UPDATE figure SET text = 'never printed'"))
        found = list(ledger.check(told=lambda done, of: far.append((done, of))))
        articles = {a["id"] for a in ledger.articles()}
    assert {line.split(":")[0] for line in found} == articles
    assert far == [(0, 5), (2, 5), (4, 5), (5, 5)]


def filled(where: Path, reading: MakeReading, articles: int = 60) -> None:
    with Ledger.open(where, create=True) as ledger:
        for n in range(articles):
            ledger.add(reading(file=f"in/{n}.txt", source_id=str(n)), fingerprint="f", run="ru_1")
    with sqlite3.connect(where) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_a_page_of_the_file_that_was_overwritten_is_told_wherever_it_is(tmp_path: Path, reading: MakeReading) -> None:
    whole = tmp_path / "whole.db"
    filled(whole, reading)
    data = whole.read_bytes()
    pages = len(data) // 4096
    broken = tmp_path / "broken.db"
    for page in (0, *range(1, pages, max(1, pages // 12))):
        broken.write_bytes(data[: page * 4096] + b"\xa5" * 4096 + data[(page + 1) * 4096 :])
        assert "damaged" in " ".join(told(broken)), f"page {page} of {pages}"


def test_a_search_index_that_no_longer_holds_what_rows_hold_is_told(tmp_path: Path, reading: MakeReading) -> None:
    """Its pages are sound to SQLite, whose own check does not look into them."""
    where = tmp_path / "ledger.db"
    filled(where, reading, articles=2)
    with sqlite3.connect(where) as connection:
        connection.execute("UPDATE passage_trigrams_data SET block = zeroblob(length(block)) WHERE id > 10")
    connection.close()
    assert "the search index 'passage_trigrams' is damaged" in " ".join(told(where))


def told(where: Path) -> list[str]:
    try:
        with Ledger.open(where) as ledger:
            return list(ledger.check())
    except LedgerError as error:
        return [str(error)]


def test_flipped_bits_in_what_was_read_are_told(tmp_path: Path, reading: MakeReading) -> None:
    where = tmp_path / "ledger.db"
    filled(where, reading, articles=1)
    data = bytearray(where.read_bytes())
    at = data.find(b"The envoy Oran Melk said")
    assert at > 0
    data[at] ^= 0x20
    where.write_bytes(bytes(data))
    with Ledger.open(where) as ledger:
        assert list(ledger.check())


def test_rows_without_their_article_are_told(tmp_path: Path, reading: MakeReading) -> None:
    where = tmp_path / "ledger.db"
    filled(where, reading, articles=1)
    with sqlite3.connect(where) as connection:  # foreign keys are off here
        connection.execute("DELETE FROM article")
    connection.close()
    with Ledger.open(where) as ledger:
        assert any("belong to a row of 'article' that is not here" in line for line in ledger.check())
