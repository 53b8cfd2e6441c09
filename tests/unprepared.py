"""A ledger as it lies there, whatever its schema: opening it by `Ledger.open` would bring it up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from parley.store.ledger import Ledger
from parley.store.opening import engine_at


@contextmanager
def unprepared(place: str) -> Iterator[Ledger]:
    """Open a ledger without looking at its schema."""
    ledger = Ledger(engine_at(place, create=False), place)
    try:
        yield ledger
    finally:
        ledger.close()
