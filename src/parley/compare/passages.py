"""Where two articles have the same words: passages, aligned word by word, with single words edited inside them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from parley.compare.shingles import Worded, shingles

GAP = 12
"""Words that an edit may have put in, taken out or changed inside one passage; a longer gap ends it."""


class Passage(NamedTuple):
    """Words `[left, left_end)` of one article that stand as `[right, right_end)` in the other; `same` of them are equal."""

    left: int
    left_end: int
    right: int
    right_end: int
    same: int


def passages(left: Worded, right: Worded) -> list[Passage]:
    """The passages that two articles share, in the order of the left one; none overlaps another in it.

    A shingle that stands several times in an article counts where it first stands.
    """
    mine, first = np.unique(shingles(left.words), return_index=True)
    theirs, second = np.unique(shingles(right.words), return_index=True)
    _, at, on = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
    pairs = sorted(zip(first[at].tolist(), second[on].tolist(), strict=True))
    found: list[Passage] = []
    for here, there in pairs:
        if found and _follows(found[-1], here, there):
            found[-1] = _longer(found[-1], here, there)
        else:
            found.append(Passage(here, here + _SIZE, there, there + _SIZE, _SIZE))
    return found


_SIZE = 5


def _follows(passage: Passage, here: int, there: int) -> bool:
    return (
        here - passage.left_end <= GAP
        and -_SIZE < there - passage.right_end <= GAP
        and there >= passage.right
        and there + _SIZE > passage.right_end
    )


def _longer(passage: Passage, here: int, there: int) -> Passage:
    more = min(here + _SIZE - passage.left_end, there + _SIZE - passage.right_end, _SIZE)
    return Passage(passage.left, here + _SIZE, passage.right, there + _SIZE, passage.same + max(more, 0))
