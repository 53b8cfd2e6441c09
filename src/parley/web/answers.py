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
KEPT, PLACES = 48, 100_000
"""Answers that are kept, and places of rows that were found: some hundred bytes each."""
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
LOOKED_AT = {"series": 600, "wording": 1_000, "missing": 200, "disagreements": 1_000}
"""Results that are looked at where reading one takes long: a series has many points, and what one outlet lacks is looked for in its texts."""
NEWEST = frozenset(("timeline", "shifts"))
"""Questions whose answers are read from the latest on."""


class Shelf:
    """What was made last, as much as there is room for."""

    def __init__(self, room: int, size: Callable[[Any], int]) -> None:
        self.held: OrderedDict[Any, Any] = OrderedDict()
        self._room, self._size, self._full = room, size, 0

    def put(self, key: Any, value: Any) -> None:
        """Keep a value; those that nobody asked for longest go."""
        self._full += self._size(value) - (self._size(self.held[key]) if key in self.held else 0)
        self.held[key] = value
        while self._full > self._room and len(self.held) > 1:
            self._full -= self._size(self.held.popitem(last=False)[1])


class Answers:
    """A ledger, and what it answered last."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._held = Shelf(KEPT, lambda _: 1)
        self._searches = Shelf(PLACES, lambda found: 500 + len(found[0].places or ()))
        self._lock = Lock()

    def ask(self, name: str, **asked: Any) -> list[Row]:
        """A question of `compare/registry.py`, such as `series` or `matrix`, answered with the weightiest results."""
        return self._answer(name, asked)[0]

    def part(self, name: str, **asked: Any) -> str | None:
        """What part of all results an answer was taken from, in words; None where it was all of them."""
        if not self._answer(name, asked)[1]:
            return None
        return f"the {LOOKED_AT.get(name, MOST):,} {'newest' if name in NEWEST else 'weightiest'} results"

    def _answer(self, name: str, asked: dict[str, Any]) -> tuple[list[Row], bool]:
        return self.kept((name, *sorted(asked.items())), lambda: self._asked(name, asked))

    def _asked(self, name: str, asked: dict[str, Any]) -> tuple[list[Row], bool]:
        """The answer among the results that hold the words asked for; where those are spelt otherwise, among all; and whether it is a part."""
        from parley.compare.registry import ask

        words = tuple(str(asked[k]) for k in SOUGHT.get(name, ()) if asked.get(k))
        newest = name in NEWEST
        for holding in (words, ()) if words else ((),):
            some = Weightiest(self.ledger, holding=holding, newest=newest, most=LOOKED_AT.get(name, MOST))
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

    def disagreements(self, most: int = LOOKED_AT["disagreements"]) -> list[Row]:
        """The plainest disagreements, of so many results of each kind, without the sentences of their sides."""
        return self._disagreements(most)[0]

    def parted(self) -> str | None:
        """What part of all results disagreements were taken from, in words; None where it was all of them."""
        most = LOOKED_AT["disagreements"]
        return f"the {most:,} weightiest results of each kind" if self._disagreements(most)[1] else None

    def _disagreements(self, most: int) -> tuple[list[Row], bool]:
        from parley.compare.disputes.disagreements import ranked

        def made() -> tuple[list[Row], bool]:
            some = Weightiest(self.ledger, most=most)
            return ranked(some), some.cut

        return self.kept(("disagreements", most), made)

    def searched(self, kind: str, text: str | None, filters: dict[str, Any]) -> tuple[browse.Search, browse.Choices]:
        """How the rows of a list are found, and what there is to choose from; whoever leafs on does not look for them again."""

        key = (kind, text, *sorted(filters.items()))
        return self.kept(key, lambda: browse.chosen(self.ledger, kind, text=text, **filters), on=self._searches)

    def kept(self, key: Any, make: Callable[[], T], *, on: Shelf | None = None) -> T:
        """What was made under a key since the ledger last changed, or made now."""
        shelf, whole = on or self._held, (self._stamp(), key)
        with self._lock:
            if whole in shelf.held:
                shelf.held.move_to_end(whole)
                held: T = shelf.held[whole]
                return held
        made = make()
        with self._lock:
            shelf.put(whole, made)
        return made

    def _stamp(self) -> tuple[Any, ...]:
        """What is another one when a build has run, somebody has judged, or judged rows have been compared: here or elsewhere."""
        return (reviewing.last_said(self.ledger), self.ledger.state(REFRESHED), *tally.builds(self.ledger))
