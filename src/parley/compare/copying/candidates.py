"""Which articles are worth holding beside each other: those whose sketches share some hashes.

Exact, so that an excerpt is found however long the rest is; MinHash, which estimates how alike two texts are as wholes, finds one in
twenty of the excerpts of two fifths. What a look costs grows with the articles that are looked at, and with those that are
there only as the logarithm: hashes are kept sorted in a few parts, each more than twice as long as the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.compare.copying.shingles import Places, Sketch

SAME = 4
"""Hashes that two sketches share at least: 24 words in a row share four on average of those kept, and phrases seldom more than two."""

COMMON = 2_000
"""Articles from which a hash says nothing any more: a line that an outlet prints under everything."""

TOGETHER = 64
"""Articles whose hashes are looked up at once: few enough that common phrases do not fill the memory."""

FEW = 64
"""New articles up to which what is known is looked through as it lies: to sort it for them would take ten times as long."""

STALE = 0.25
"""The share of articles that are gone from which on the index is made anew."""


class Index:
    """The sketches of all articles, by hash."""

    def __init__(self) -> None:
        self._sketches: dict[str, Sketch] = {}
        self._ids: list[str] = []
        self._place: dict[str, int] = {}
        self._gone = 0
        self._parts: list[tuple[Sketch, Places]] = []

    def keys(self) -> Iterable[str]:
        """The articles that are in it."""
        return self._sketches.keys()

    def drop(self, ids: Iterable[str]) -> None:
        """Take articles out that are gone."""
        for id in ids:
            self._gone += self._sketches.pop(id, None) is not None
        if self._gone > STALE * len(self._ids):
            held, self._sketches, self._ids, self._parts, self._gone = self._sketches, {}, [], [], 0
            self.add(held)

    def add(self, sketches: Mapping[str, Sketch]) -> None:
        """Take articles in; those of an id that is there are left as they are."""
        new = [id for id in sorted(sketches) if id not in self._sketches]
        if not new:
            return
        at = len(self._ids)
        self._ids += new
        self._place |= {id: at + n for n, id in enumerate(new)}
        self._sketches |= {id: sketches[id] for id in new}
        hashes = np.concatenate([sketches[id] for id in new])
        owners = np.repeat(np.arange(at, at + len(new)), [len(sketches[id]) for id in new])
        self._parts.append(_sorted(hashes, owners))
        while len(self._parts) > 1 and len(self._parts[-2][0]) <= 2 * len(self._parts[-1][0]):
            (one, theirs), (two, ours) = self._parts[-2:]
            self._parts[-2:] = [_sorted(np.concatenate((one, two)), np.concatenate((theirs, ours)))]

    def near(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """Pairs of one of some articles and any other that is here, each pair once, in the order of ids."""
        asked = sorted(ids)
        among = set(asked)
        found = (pair for at in range(0, len(asked), TOGETHER) for pair in self._near(asked[at : at + TOGETHER]))
        return sorted((a, b) for a, b in found if a != b and b in self._sketches and (b not in among or a < b))

    def _near(self, asked: list[str]) -> Iterator[tuple[str, str]]:
        held = [self._sketches[id] for id in asked]
        hashes = np.concatenate(held)
        askers = np.repeat(np.arange(len(asked)), [len(h) for h in held])
        ends = [[np.searchsorted(part, hashes, side=side) for side in ("left", "right")] for part, _ in self._parts]
        telling = sum(stop - start for start, stop in ends) <= COMMON
        pairs = []
        for (_, owners), (start, stop) in zip(self._parts, ends, strict=True):
            counts = np.where(telling, stop - start, 0)
            pairs.append(np.repeat(askers, counts) * len(self._ids) + owners[_ranges(start, counts)])
        shared, often = np.unique(np.concatenate(pairs), return_counts=True)
        for pair in shared[often >= SAME].tolist():
            asker, other = divmod(pair, len(self._ids))
            if self._place.get(self._ids[other]) == other:
                yield asked[asker], self._ids[other]


def among(new: Mapping[str, Sketch], known: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """The pairs that `candidates` gives, for a few new articles and any number of known ones; nothing is sorted but the new ones."""
    if not any(map(len, new.values())):
        return []
    held = {**known, **new}
    ids = list(held)
    every = np.concatenate(list(held.values()))
    asked = np.unique(np.concatenate(list(new.values())))
    ending = np.zeros(1 << 16, dtype=np.bool_)
    ending[asked & 0xFFFF] = True
    at = np.flatnonzero(ending[every & 0xFFFF])  # one in some hundred: the rest cannot be among those asked for
    number = np.minimum(np.searchsorted(asked, every[at]), len(asked) - 1)
    same = asked[number] == every[at]
    at, number = at[same], number[same]
    owner = np.searchsorted(np.cumsum([len(sketch) for sketch in held.values()]), at, side="right")
    telling = np.bincount(number, minlength=len(asked)) <= COMMON
    pairs = set()
    for id, sketch in new.items():
        mine = np.zeros(len(asked), dtype=np.bool_)
        mine[np.searchsorted(asked, sketch)] = True
        often = np.bincount(owner[(mine & telling)[number]], minlength=len(ids))
        for other in np.flatnonzero(often >= SAME).tolist():
            if ids[other] != id:
                pairs.add((id, ids[other]) if ids[other] not in new else (min(id, ids[other]), max(id, ids[other])))
    return sorted(pairs)


def candidates(new: Mapping[str, Sketch], known: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """Pairs of a new article and one that is known, the new ones among them, each pair once, in the order of ids."""
    index = Index()
    index.add({**known, **new})
    return index.near(new)


def _sorted(hashes: Sketch, owners: Places) -> tuple[Sketch, Places]:
    order = np.argsort(hashes, kind="stable")
    return hashes[order], owners[order]


def _ranges(first: Places, counts: Places) -> Places:
    """The numbers `first[n], first[n] + 1, ...`, as many as `counts[n]`, for each n in turn.

    >>> _ranges(np.array([3, 9]), np.array([2, 3])).tolist()
    [3, 4, 9, 10, 11]
    """
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))
