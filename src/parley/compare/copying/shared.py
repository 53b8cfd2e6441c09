"""What two articles share, and of what kind it is: a whole reprint, an edited one, an excerpt; or nothing but quotations.

Everybody prints what a minister said, so equal words count for a copy only where they stand outside quotation marks on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from parley.clean.quotes import quotations
from parley.compare.copying.passages import chains, equal_words, runs
from parley.compare.copying.shingles import Worded, worded

if TYPE_CHECKING:
    import numpy.typing as npt

    from parley.compare.copying.passages import Flags

Kind = Literal["whole", "excerpt", "edited"]

PASSAGE = 10
"""Equal words of a passage at least; shorter ones are phrases that anybody prints."""

OWN = 24
"""Equal words outside quotations that make a copy where they are a good part (`PART`) of either article, or one credits the other. Reports that share
quotations only share up to twenty words around them ("told reporters in Port Amity on Monday")."""

OWN_INSIDE = 44
"""The same for one passage in two longer texts: an outlet's note under its articles has some 35 words, a paragraph more."""

PART = 0.33
"""The share of either article from which what it shares is a good part of it."""

OWN_OUTLET = 0.5
"""The share of either article from which an outlet that prints its own words again reprints; less is background told again."""

WHOLE = 0.9
"""The share of either article's words in shared passages from which one is the other's reprint, and not an excerpt."""

EDITED = 0.6
"""The same where words were changed too: an editor who rewrites also cuts and adds."""

FAITHFUL = 0.985
"""The share of equal words within passages from which nothing was edited: a misprint or a date in a hundred words."""

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """An article's own words, and which of them stand in quotation marks."""

    id: str
    worded: Worded
    quoted: npt.NDArray[np.bool_]
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles share. Shares are of an article's own words; passages are in characters, left and right."""

    kind: Kind
    left_share: float
    right_share: float
    passages: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def own(id: str, text: str, spans: Sequence[tuple[int, int]], outlet: str | None = None) -> Own:
    """The own words of an article, given as spans of its text."""
    words = worded(text, spans)
    quoted = np.zeros(words.size, dtype=bool)
    for start, stop in spans:
        for line in _LINE.finditer(text, start, stop):
            for found in quotations(text, line.start(), line.end(), paragraph=0):
                first, last = np.searchsorted(words.starts, (found.outer.start, found.outer.end))
                quoted[first:last] |= last - first > _SCARE
    return Own(id, words, quoted, outlet)


_SCARE = 3
"""Words in marks that are no quotation yet: a title, a name, a word held at arm's length."""


def share(left: Own, right: Own, *, credited: bool = False) -> Shared | None:
    """What two articles share, None where it is nothing, or no more than quotations; `credited` where one names the other."""
    a, b = left.worded, right.worded
    mine, theirs = np.zeros(a.size, dtype=bool), np.zeros(b.size, dtype=bool)  # equal words
    over, under = (
        np.zeros(a.size, dtype=bool),
        np.zeros(b.size, dtype=bool),
    )  # words of passages, edited ones among them
    places = []
    for chain in chains(runs(a, b)):
        here, there = slice(chain[0].left, chain[-1].left_end), slice(chain[0].right, chain[-1].right_end)
        equal, same = equal_words(chain, a, b)
        if min(np.count_nonzero(equal), np.count_nonzero(same)) >= PASSAGE:
            mine[here] |= equal
            theirs[there] |= same
            over[here] = under[there] = True
            places.append((_place(a, here), _place(b, there)))
    if not places or not _copied(left, right, mine, theirs, credited):
        return None
    faithful = (_count(mine) + _count(theirs)) / (_count(over) + _count(under))
    return Shared(
        kind=_kind(_count(over) / a.size, _count(under) / b.size, faithful),
        left_share=_count(mine) / a.size,
        right_share=_count(theirs) / b.size,
        passages=tuple(places),
    )


def _copied(left: Own, right: Own, mine: Flags, theirs: Flags, credited: bool) -> bool:
    part = max(_count(mine) / len(mine), _count(theirs) / len(theirs))
    if left.outlet is not None and left.outlet == right.outlet and part < OWN_OUTLET:
        return False
    unquoted = min(_count(mine & ~left.quoted), _count(theirs & ~right.quoted))
    return unquoted >= (OWN if part >= PART or credited else OWN_INSIDE)


def _kind(left: float, right: float, faithful: float) -> Kind:
    if faithful >= FAITHFUL:
        return "whole" if min(left, right) >= WHOLE else "excerpt"
    return "edited" if min(left, right) >= EDITED else "excerpt"


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def _place(article: Worded, words: slice) -> tuple[int, int]:
    return int(article.starts[words.start]), int(article.ends[words.stop - 1])
