"""How many outlets carry something, and how many of them by themselves: copies do not count twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from parley.compare.base import Head

Place: TypeAlias = str | tuple[str, int, int]
"""An article, or the characters `(article, start, stop)` of one."""


class Carried(NamedTuple):
    """ "n outlets, m independent". Articles whose outlet is not known count as one outlet together: it may be one."""

    outlets: int
    independent: int


Passages: TypeAlias = Sequence[Sequence[Sequence[int]]]


@dataclass(slots=True)
class Pair:
    """Two articles that share text. Its passages are read from JSON when they are first asked for: most never are."""

    left: str
    right: str
    told: str | Passages

    @property
    def passages(self) -> Passages:
        """Where they share it: `[[start, stop], [start, stop]]`, left and right."""
        if isinstance(self.told, str):
            self.told = json.loads(self.told)
        return self.told  # type: ignore[return-value]  # mypy cannot see that the JSON is a list


def carried(where: Iterable[Place], heads: Mapping[str, Head], pairs: Mapping[str, Sequence[Pair]]) -> Carried:
    """How many outlets carry something that stands at these places, and how many independently.

    Places that are copies of each other are one telling. An outlet that tells it twice is no second witness either, so the
    independent ones are as many tellings as can be given an outlet each, all different.
    """
    places = sorted({(p, 0, 0) if isinstance(p, str) else p for p in where})
    outlets = {heads[article].outlet for article, _, _ in places}
    if len(outlets) < 2:
        return Carried(len(outlets), len(outlets))
    tellings = _tellings(places, pairs)
    return Carried(len(outlets), _matched([{heads[article].outlet for article, _, _ in told} for told in tellings]))


def _tellings(
    places: Sequence[tuple[str, int, int]], pairs: Mapping[str, Sequence[Pair]]
) -> list[list[tuple[str, int, int]]]:
    """The places in groups of copies."""
    by_article: dict[str, list[tuple[str, int, int]]] = {}
    for place in places:
        by_article.setdefault(place[0], []).append(place)
    leader = {place: place for place in places}

    def led(place: tuple[str, int, int]) -> tuple[str, int, int]:
        while leader[place] != place:
            place = leader[place]
        return place

    for article, mine in by_article.items():
        for pair in pairs.get(article, ()):
            if pair.left != article or pair.right not in by_article:
                continue
            for here in mine:
                for there in by_article[pair.right]:
                    if _shared(pair, here, there):
                        leader[led(here)] = led(there)
    groups: dict[tuple[str, int, int], list[tuple[str, int, int]]] = {}
    for place in places:
        groups.setdefault(led(place), []).append(place)
    return list(groups.values())


def _shared(pair: Pair, left: tuple[str, int, int], right: tuple[str, int, int]) -> bool:
    """True where both places stand in one passage that the two articles share; of an article as a whole, in any."""
    return any(_within(left, a) and _within(right, b) for a, b in pair.passages)


def _within(place: tuple[str, int, int], passage: Sequence[int]) -> bool:
    """True where at least half of the characters stand in the passage: a span may reach a word beyond it."""
    _, start, stop = place
    if stop <= start:
        return True
    return 2 * (min(stop, passage[1]) - max(start, passage[0])) >= stop - start


def _matched(tellings: Sequence[set[str | None]]) -> int:
    """How many tellings can be given an outlet each, all different: a matching, found by augmenting paths."""
    given: dict[str | None, int] = {}

    def give(telling: int, tried: set[str | None]) -> bool:
        for outlet in tellings[telling] - tried:
            tried.add(outlet)
            if outlet not in given or give(given[outlet], tried):
                given[outlet] = telling
                return True
        return False

    return sum(give(telling, set()) for telling in range(len(tellings)))
