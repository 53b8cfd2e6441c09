"""Which articles are worth holding beside each other: those whose sketches share some hashes.

Exact, so that an excerpt is found however long the rest is; MinHash, which estimates how alike two texts are as wholes, finds one in
twenty of the excerpts of two fifths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.compare.shingles import Places, Sketch

SAME = 4
"""Hashes that two sketches share at least: 24 words in a row share four on average of those kept, and phrases seldom more than two."""

COMMON = 2_000
"""Articles from which a hash says nothing any more: a line that an outlet prints under everything."""


def candidates(new: Mapping[str, Sketch], known: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """Pairs of a new article and one that is known, the new ones among them, each pair once, in the order of ids."""
    ids = sorted(known)
    if not new or not ids:
        return []
    hashes = np.concatenate([known[i] for i in ids])
    owners = np.repeat(np.arange(len(ids)), [len(known[i]) for i in ids])
    asked = np.unique(np.concatenate(list(new.values())))
    if not len(asked):
        return []
    at = np.minimum(np.searchsorted(asked, hashes), len(asked) - 1)
    held = asked[at] == hashes
    hashes, owners = hashes[held], owners[held]
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    return list(_pairs(new, ids, hashes, owners))


def _pairs(new: Mapping[str, Sketch], ids: list[str], hashes: Sketch, owners: Places) -> Iterator[tuple[str, str]]:
    for id in sorted(new):
        first = np.searchsorted(hashes, new[id], side="left")
        counts = np.searchsorted(hashes, new[id], side="right") - first
        telling = (counts > 0) & (counts <= COMMON)
        holders = owners[_ranges(first[telling], counts[telling])]
        others, shared = np.unique(holders, return_counts=True)
        for other in others[shared >= SAME].tolist():
            if ids[other] != id and (ids[other] not in new or id < ids[other]):
                yield id, ids[other]


def _ranges(first: Places, counts: Places) -> Places:
    """The numbers `first[n], first[n] + 1, ...`, as many as `counts[n]`, for each n in turn.

    >>> _ranges(np.array([3, 9]), np.array([2, 3])).tolist()
    [3, 4, 9, 10, 11]
    """
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))
