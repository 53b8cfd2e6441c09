"""What the database may do to a build: go away for a while and come back, or refuse for good.

All that a build writes is written in transactions that may be given again: an article that is there is found there. So where
the connection breaks (a server restarts, a cable is pulled), or another build was at the same rows, the same is asked again until it answers or time is up. Everything
else ends the build with a sentence that says what happened and what to do; what was written stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from parley.errors import LedgerError
from parley.store.ledger import Ledger

_T = TypeVar("_T")

LONGEST = 120.0
"""Seconds that a server may be away."""

_FIRST, _MOST = 0.25, 5.0

_FULL = ("too many clients", "remaining connection slots", "too many connections", "temporarily unavailable")
"""A server that is there and takes nobody more: those of builds that were killed are let go of in a while."""

_COMING = ("starting up", "shutting down", "recovery mode", "is not accepting", *_FULL)
"""What a server says that will take connections soon."""

_CROSSED = frozenset(("40001", "40P01", "23503"))
"""What PostgreSQL says where two builds were at the same rows: one of both has to give its transaction again. An article that the other one reads anew
is away and there again within its transaction, and whoever notes something of it meanwhile is told that there is none (23503)."""

_AWAY = (
    "starting up",
    "shutting down",
    "connection refused",
    "connection failed",
    "server closed the connection",
    "terminating connection",
    "could not connect",
    "recovery mode",
    "is not accepting",
    *_FULL,
    "no such file or directory",  # the socket of a server that is not there yet
)


def patiently(work: Callable[[], _T], *, waiting: Callable[[str], None] | None = None) -> _T:
    """What `work` gives; while the server is away, or another build is in the way, it is asked again, with longer and longer pauses.
    `waiting` is told the first time that the server is away."""
    until: float | None = None
    pause = _FIRST
    while True:
        try:
            return work()
        except DBAPIError as error:
            if not (away(error) or crossed(error)):
                raise
            if until is None:
                until = time.monotonic() + LONGEST
                if waiting is not None and away(error):
                    waiting(f"the database is away ({_brief(error)}); waiting up to {LONGEST:.0f} s for it")
            if time.monotonic() > until:
                raise
        time.sleep(pause)
        pause = min(2 * pause, _MOST)


def opened(where: str, *, waiting: Callable[[str], None] | None = None) -> Ledger:
    """The ledger at a path or address, made where there is none; while its server comes up or is full, it is asked again.

    A server that nobody hears of is told at once: its address may be wrong.
    """
    until = time.monotonic() + LONGEST
    while True:
        try:
            return patiently(lambda: Ledger.open(where, create=True), waiting=waiting)
        except LedgerError as error:
            if not any(words in str(error).lower() for words in _COMING) or time.monotonic() > until:
                raise
            if waiting is not None:
                waiting(f"the database takes nobody yet; waiting up to {LONGEST:.0f} s for it")
                waiting = None
        time.sleep(_FIRST)


def crossed(error: DBAPIError) -> bool:
    """True where another build was at the same rows, and the same may succeed when it is through."""
    return getattr(error.orig, "sqlstate", None) in _CROSSED


def away(error: DBAPIError) -> bool:
    """True where the connection broke or none could be made, and a later one may succeed."""
    if error.connection_invalidated:
        return True
    said = str(error.orig).lower()
    if "sqlite" in type(error.orig).__module__:
        return False
    return isinstance(error, OperationalError | InterfaceError) and any(words in said for words in _AWAY)


_ADVICE = (
    (("disk is full", "no space left", "disk full", "diskfull"), "there is no room left on the disk; free some"),
    (("readonly", "read-only", "unable to open"), "it cannot be written; check the permissions of it and its folder"),
    (("locked", "busy"), "another program has held it locked for a minute; end that program"),
    (("malformed", "not a database", "checksum"), "the file is damaged; `parley doctor` tells where"),
    (("permission denied",), "this user may not write it; ask its owner"),
)


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Raises LedgerError with what to do where the database refuses something in here."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).lower()
        if away(error):
            advice = "its server does not answer; start it"
        else:
            advice = next((told for words, told in _ADVICE if any(w in said for w in words)), "")
        told = f"{advice} ({_brief(error)})" if advice else _brief(error)
        again = "What was written is kept; the same command goes on from there."
        raise LedgerError(f"{where}: {told}. {again}") from error


def _brief(error: DBAPIError) -> str:
    """What the database said, in one line."""
    return " ".join(str(error.orig).split())[:200]
