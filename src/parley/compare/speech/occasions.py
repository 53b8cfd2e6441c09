"""Blocks of days, and groups that come out alike from whichever block they are seen.

Statements of one side are compared in blocks of a month. A statement that stands near the edge of a block is brought to the next
one too, and each group is given out by one block only: the one in which its first statement stands. What a block sees of a
group, the next block sees of it too, as far as both see it at all: groups are told from links within a week on either side of
each statement, never from what lies farther away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

BLOCK = 30
"""Days of a block."""

REACH = 7
"""Days on either side of a statement within which the statements linked to it are looked for: OPEN, and two for the news."""

WIDEST = 400
"""Days of a window that are still worth looking through."""

UNDATED = "undated"

Links: TypeAlias = Mapping[int, Iterable[int]]


def blocks_of(first: int | None, last: int | None) -> list[str]:
    """The blocks in which a statement is compared that was made between two days, given as ordinals.

    >>> blocks_of(None, None), len(blocks_of(739000, 739000)), len(blocks_of(739000, 739100))
    (['undated'], 2, 5)
    """
    if first is None or last is None or last - first > WIDEST:
        return [UNDATED]
    return [str(b) for b in range((first - 2 * REACH) // BLOCK, (last + REACH) // BLOCK + 1)]


def owner(day: int | None) -> str:
    """The block that gives out a group whose first statement was made on a day."""
    return UNDATED if day is None else str(day // BLOCK)


def origins(days: Sequence[int], links: Links) -> list[int]:
    """For each of some statements, in their order, the first one of its group: the statements linked to it, directly or
    through others, within REACH days of it.

    >>> origins([0, 1, 30], {0: [1], 1: [0]})
    [0, 0, 2]
    """
    found: list[int | None] = [None] * len(days)
    for at in range(len(days)):
        if found[at] is None:
            group = _reached(at, links, None, days)
            if max(days[i] for i in group) - min(days[i] for i in group) <= REACH:
                for i in group:
                    found[i] = min(group)
            else:
                for i in group:
                    found[i] = min(_reached(i, links, days[i], days))
    return [at if first is None else first for at, first in enumerate(found)]


def _reached(start: int, links: Links, around: int | None, days: Sequence[int]) -> set[int]:
    """What is linked to a statement, through others too; only within REACH of a day where one is given."""
    seen = {start}
    ahead = [start]
    while ahead:
        for other in links.get(ahead.pop(), ()):
            if other not in seen and (around is None or abs(days[other] - around) <= REACH):
                seen.add(other)
                ahead.append(other)
    return seen


def shown_day(ordinal: int | None) -> str | None:
    """An ordinal as an ISO date."""
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()
