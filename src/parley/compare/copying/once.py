"""Copies count once: of what several articles print alike, only the first one's is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from parley.compare.base import Pile, Row


class Once:
    """Which characters of some articles are copied from an earlier one of them.

    Only these articles are looked at: what comes of a block hangs on nothing outside of it. Of two, the earlier is the one
    with the earlier day; of one day, or where a day is missing, the one that stands first in the ledger.
    """

    def __init__(self, articles: Iterable[str], pile: Pile) -> None:
        self._held = set(articles)
        self._pile = pile

    def counts(self, article: str, start: int, stop: int) -> bool:
        """True for characters that are this article's own: less than half of them stand in a copied passage."""
        length = max(1, stop - start)
        for earlier, side, pair in self._pile.copied.get(article, ()):
            if earlier not in self._held:
                continue
            for passage in pair.passages:
                begin, end = passage[side]
                if 2 * (min(stop, end) - max(start, begin)) >= length:
                    return False
        return True


def by_outlet(held: Sequence[Row], pile: Pile, field: str) -> Iterator[tuple[str | None, list[tuple[str, list[Any]]]]]:
    """What each outlet tells, copies once, outlets by name: `(article, about)` of every `[start, stop, *about]` under a field of its items."""
    once = Once((item["article"] for item in held), pile)
    outlets: dict[str | None, list[tuple[str, list[Any]]]] = defaultdict(list)
    for item in held:
        for start, stop, *about in item[field]:
            if once.counts(item["article"], start, stop):
                outlets[pile.outlet(item["article"])].append((item["article"], about))
    yield from sorted(outlets.items(), key=lambda pair: pair[0] or "")
