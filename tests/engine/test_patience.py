"""Patience: what a later try may mend is tried again, all else is explained at once."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

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
