"""Where two articles have the same words: passages, aligned word by word, with single words edited inside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from parley.compare.copying.shingles import SHINGLE

if TYPE_CHECKING:
    import numpy.typing as npt

    from parley.compare.copying.shingles import Worded

    Flags: TypeAlias = npt.NDArray[np.bool_]

GAP = 15
"""Words that an edit may have put in, taken out or changed inside a passage; a longer gap ends it."""

_OPEN = 3
"""Chains that a run is tried with, the last ones."""


class Run(NamedTuple):
    """Words `[left, left_end)` of one article that stand as `[right, right_end)` in the other."""

    left: int
    left_end: int
    right: int
    right_end: int


def runs(left: Worded, right: Worded) -> list[Run]:
    """The longest stretches of equal words, in the order of the left article; each at least a shingle long.

    A shingle that stands several times in an article counts where it first stands.
    """
    mine, first = left.shingles
    theirs, second = right.shingles
    if not len(mine) or not len(theirs):
        return []
    at = np.minimum(np.searchsorted(theirs, mine), len(theirs) - 1)
    equal = theirs[at] == mine
    here, there = first[equal], second[at[equal]]
    if not len(here):
        return []
    order = np.argsort(here)
    here, there = here[order], there[order]
    breaks = np.flatnonzero((np.diff(here) != 1) | (np.diff(there) != 1))
    begins = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(here) - 1]))
    columns = (here[begins], here[ends] + SHINGLE, there[begins], there[ends] + SHINGLE)
    return [Run(*run) for run in zip(*(c.tolist() for c in columns), strict=True)]


def chains(equal: Sequence[Run]) -> list[list[Run]]:
    """Runs of equal words joined over what an edit changed between them; each chain is a passage.

    A run may go on with one of the last few chains, so that words shared by chance in the middle of a passage do not cut it.
    """
    found: list[list[Run]] = []
    for run in equal:
        for chain in found[: -_OPEN - 1 : -1]:
            if _goes_on(chain[-1], run):
                chain.append(run)
                break
        else:
            found.append([run])
    return found


def _goes_on(last: Run, run: Run) -> bool:
    return -SHINGLE < run.left - last.left_end <= GAP and -SHINGLE < run.right - last.right_end <= GAP


def equal_words(chain: Sequence[Run], left: Worded, right: Worded) -> tuple[Flags, Flags]:
    """Which words of a passage are the same on both sides, by article and counted from its first: those of its runs, and between
    two runs those that stand at the same distance from one of them."""
    begin, start = chain[0].left, chain[0].right
    mine = np.zeros(chain[-1].left_end - begin, dtype=bool)
    theirs = np.zeros(chain[-1].right_end - start, dtype=bool)
    for run in chain:
        mine[run.left - begin : run.left_end - begin] = True
        theirs[run.right - start : run.right_end - start] = True
    for last, run in pairwise(chain):
        for at in range(min(run.left - last.left_end, run.right - last.right_end)):
            for i, j in ((last.left_end + at, last.right_end + at), (run.left - 1 - at, run.right - 1 - at)):
                if left.words[i] == right.words[j]:
                    mine[i - begin] = theirs[j - start] = True
    return mine, theirs
