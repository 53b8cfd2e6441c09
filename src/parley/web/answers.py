"""Answers of a ledger across articles, kept until the ledger changes: they are asked for by every page that is leafed through."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from parley.store import reviewing
from parley.store.across import REFRESHED
from parley.store.ledger import Ledger
from parley.store.rows import Row

T = TypeVar("T")
KEPT = 48


class Answers:
    """A ledger, and what it answered last."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._held: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def ask(self, name: str, **asked: Any) -> list[Row]:
        """A question of `compare/registry.py`, such as `series` or `matrix`."""
        from parley.compare.registry import ask

        return self.kept((name, *sorted(asked.items())), lambda: ask(self.ledger, name, asked))

    def found(self, kind: str) -> list[Row]:
        """Everything of one kind that comparing found."""
        return self.kept(("found", kind), lambda: self.ledger.found(kind))

    def kept(self, key: Any, make: Callable[[], T]) -> T:
        """What was made under a key since the ledger last changed, or made now."""
        whole = (self._stamp(), key)
        with self._lock:
            if whole in self._held:
                self._held.move_to_end(whole)
                held: T = self._held[whole]
                return held
        made = make()
        with self._lock:
            self._held[whole] = made
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return made

    def _stamp(self) -> tuple[Any, ...]:
        """What is another one when a build has run, somebody has judged, or judged rows have been compared: here or elsewhere."""
        runs = list(self.ledger.runs())
        said = (reviewing.last_said(self.ledger), self.ledger.state(REFRESHED))
        return (*said, len(runs), *((runs[-1]["id"], runs[-1]["finished"]) if runs else ()))
