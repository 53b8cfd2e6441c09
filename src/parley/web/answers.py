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
from parley.store.weightiest import Weightiest

T = TypeVar("T")
KEPT = 48
SOUGHT = {
    "series": ("category", "claimant", "place"),
    "timeline": ("type", "actor", "place"),
    "matrix": ("party", "issue"),
    "wording": ("outlet", "term", "voice"),
    "naming": ("outlet",),
    "heard": ("outlet",),
    "doubt": ("outlet",),
    "passives": ("outlet",),
}
"""What is asked of each question that stands in the results themselves."""
NEWEST = frozenset(("timeline", "shifts"))
"""Questions whose answers are read from the latest on."""


class Answers:
    """A ledger, and what it answered last."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._held: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def ask(self, name: str, **asked: Any) -> list[Row]:
        """A question of `compare/registry.py`, such as `series` or `matrix`, answered with the weightiest results."""
        return self.kept((name, *sorted(asked.items())), lambda: self._asked(name, asked))

    def _asked(self, name: str, asked: dict[str, Any]) -> list[Row]:
        """The answer among the results that hold the words asked for; where those are spelt otherwise, among all."""
        from parley.compare.registry import ask

        words = tuple(str(asked[k]) for k in SOUGHT.get(name, ()) if asked.get(k))
        newest = name in NEWEST
        found = ask(Weightiest(self.ledger, holding=words, newest=newest), name, asked) if words else []
        return found or ask(Weightiest(self.ledger, newest=newest), name, asked)

    def found(self, kind: str, *, holding: tuple[str, ...] = ()) -> list[Row]:
        """What comparing found of one kind, the weightiest."""
        return self.kept(("found", kind, holding), lambda: Weightiest(self.ledger).found(kind, holding=holding))

    def disagreements(self) -> list[Row]:
        """The plainest disagreements, without the sentences of their sides."""
        from parley.compare.disagreements import ranked

        return self.kept("disagreements", lambda: ranked(Weightiest(self.ledger)))

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
