"""Patience: what a later try may mend is tried again, all else is explained at once."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from parley.engine import patience
from parley.errors import LedgerError


class Gone(Exception):  # noqa: N818
    """What a driver raises where its server is away."""


@pytest.mark.parametrize(
    "said", ["server closed the connection unexpectedly", "FATAL:  sorry, too many clients already"]
)
def test_a_server_that_comes_back_is_asked_again(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FIRST", 0.001)
    left = [OperationalError("", {}, Gone(said))] * 3
    told: list[str] = []

    def work() -> int:
        if left:
            raise left.pop()
        return 7

    assert patience.patiently(work, waiting=told.append) == 7
    assert len(told) == 1
    assert "the database is away" in told[0]


def test_a_server_that_stays_away_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST", 0.0)
    monkeypatch.setattr(patience, "_FIRST", 0.001)

    def work() -> int:
        raise OperationalError("", {}, Gone("connection refused"))

    with pytest.raises(OperationalError):
        patience.patiently(work)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (sqlite3.OperationalError("database or disk is full"), "no room left on the disk"),
        (sqlite3.OperationalError("unable to open database file"), "check the permissions"),
        (sqlite3.DatabaseError("database disk image is malformed"), "parley doctor"),
        (Gone("permission denied for table article"), "may not write"),
        (Gone("connection refused"), "its server does not answer"),
        (Gone("something new"), "something new"),
    ],
)
def test_a_refusal_says_what_to_do_and_that_nothing_is_lost(error: Exception, advice: str) -> None:
    with pytest.raises(LedgerError, match=advice) as told, patience.explained("news.db"):
        raise OperationalError("", {}, error)
    assert "the same command goes on" in str(told.value)
    assert str(told.value).startswith("news.db: ")


class Crossed(Gone):
    """What a driver raises where another transaction was in the way."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("in the way")
        self.sqlstate = sqlstate


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "23503"])
def test_what_another_build_was_in_the_way_of_is_given_again(sqlstate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FIRST", 0.001)
    left = [IntegrityError("", {}, Crossed(sqlstate))] * 3
    told: list[str] = []

    def work() -> int:
        if left:
            raise left.pop()
        return 7

    assert patience.patiently(work, waiting=told.append) == 7
    assert told == []


def test_a_row_that_is_wrong_is_told_at_once() -> None:
    def work() -> int:
        raise IntegrityError("", {}, Crossed("23502"))

    with pytest.raises(IntegrityError):
        patience.patiently(work)


@pytest.mark.postgres
def test_a_ledger_is_opened_when_a_full_server_has_room_again(postgres: str) -> None:
    """As after builds that were killed, whose connections the server lets go of in a while."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as owner:
        name = owner.info.dbname
        owner.execute(f'CREATE ROLE "r{name}" LOGIN CONNECTION LIMIT 1'.encode())
        owner.execute(f'GRANT ALL ON SCHEMA public TO "r{name}"'.encode())
        address = postgres.replace("//postgres:", f"//r{name}:").replace("//postgres@", f"//r{name}@")
        only = psycopg.connect(address)
        told: list[str] = []
        threading.Timer(0.6, only.close).start()
        with patience.opened(address, waiting=told.append) as ledger:
            assert ledger.version is not None
        assert len(told) == 1
        assert "takes nobody" in told[0]
        owner.execute(f'DROP OWNED BY "r{name}"'.encode())
        owner.execute(f'DROP ROLE "r{name}"'.encode())


def test_an_address_that_nobody_answers_at_is_told_at_once() -> None:
    with pytest.raises(LedgerError, match=r"refused|does not answer|cannot be opened"):
        patience.opened("postgresql://ana@127.0.0.1:9/none")
