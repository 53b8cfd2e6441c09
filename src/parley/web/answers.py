"""Answers of a ledger across articles, kept until the ledger changes: they are asked for by every page that is leafed through."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from parley.store import browse, reviewing, tally
from parley.store.across import REFRESHED
from parley.store.ledger import Ledger
from parley.store.rows import Row
from parley.store.tally import Tally
from parley.store.weightiest import MOST, Weightiest

T = TypeVar("T")
KEPT, SEARCHES = 48, 16
"""Answers that are kept, and searches: of those each may hold the places of thousands of rows."""
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
        self._searches: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def ask(self, name: str, **asked: Any) -> list[Row]:
        """A question of `compare/registry.py`, such as `series` or `matrix`, answered with the weightiest results."""
        return self._answer(name, asked)[0]

    def part(self, name: str, **asked: Any) -> str | None:
        """What part of all results an answer was taken from, in words; None where it was all of them."""
        if not self._answer(name, asked)[1]:
            return None
        return f"the {MOST:,} {'newest' if name in NEWEST else 'weightiest'} results"

    def _answer(self, name: str, asked: dict[str, Any]) -> tuple[list[Row], bool]:
        return self.kept((name, *sorted(asked.items())), lambda: self._asked(name, asked))

    def _asked(self, name: str, asked: dict[str, Any]) -> tuple[list[Row], bool]:
        """The answer among the results that hold the words asked for; where those are spelt otherwise, among all; and whether it is a part."""
        from parley.compare.registry import ask

        words = tuple(str(asked[k]) for k in SOUGHT.get(name, ()) if asked.get(k))
        newest = name in NEWEST
        for holding in (words, ()) if words else ((),):
            some = Weightiest(self.ledger, holding=holding, newest=newest)
            found = ask(some, name, asked)
            if found or not holding:
                return found, some.cut
        raise AssertionError(name)

    def found(self, kind: str, *, holding: tuple[str, ...] = ()) -> list[Row]:
        """What comparing found of one kind, the weightiest."""
        return self.kept(("found", kind, holding), lambda: Weightiest(self.ledger).found(kind, holding=holding))

    def tally(self) -> Tally:
        """How much of everything there is."""
        return self.kept("tally", lambda: tally.tally(self.ledger))

    def newest(self, kind: str, most: int) -> list[Row]:
        """The latest results of a kind."""
        return self.kept(("newest", kind, most), lambda: self.ledger.found(kind, limit=most, newest=True))

    def heaviest(self, kind: str, most: int) -> list[Row]:
        """The weightiest results of a kind."""
        return self.kept(("heaviest", kind, most), lambda: self.ledger.found(kind, limit=most))

    def disagreements(self, most: int = MOST) -> list[Row]:
        """The plainest disagreements, of so many results of each kind, without the sentences of their sides."""
        return self._disagreements(most)[0]

    def parted(self) -> str | None:
        """What part of all results disagreements were taken from, in words; None where it was all of them."""
        return f"the {MOST:,} weightiest results of each kind" if self._disagreements(MOST)[1] else None

    def _disagreements(self, most: int) -> tuple[list[Row], bool]:
        from parley.compare.disagreements import ranked

        def made() -> tuple[list[Row], bool]:
            some = Weightiest(self.ledger, most=most)
            return ranked(some), some.cut

        return self.kept(("disagreements", most), made)

    def searched(self, kind: str, text: str | None, filters: dict[str, Any]) -> browse.Search:
        """How the rows of a list are found; whoever leafs on does not look for them again."""
        key = ("searched", kind, text, *sorted(filters.items()))
        return self.kept(key, lambda: browse.searched(self.ledger, kind, text=text, **filters), of=self._searches)

    def kept(self, key: Any, make: Callable[[], T], *, of: OrderedDict[Any, Any] | None = None) -> T:
        """What was made under a key since the ledger last changed, or made now."""
        shelf = self._held if of is None else of
        whole = (self._stamp(), key)
        with self._lock:
            if whole in shelf:
                shelf.move_to_end(whole)
                held: T = shelf[whole]
                return held
        made = make()
        with self._lock:
            shelf[whole] = made
            while len(shelf) > (KEPT if shelf is self._held else SEARCHES):
                shelf.popitem(last=False)
        return made

    def _stamp(self) -> tuple[Any, ...]:
        """What is another one when a build has run, somebody has judged, or judged rows have been compared: here or elsewhere."""
        return (reviewing.last_said(self.ledger), self.ledger.state(REFRESHED), *tally.builds(self.ledger))
