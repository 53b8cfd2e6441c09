"""Names hidden from the model, so that who bears which name cannot change what it finds.

A model that reads "Hamas says" and "Israel says" has met the two in different company, and could treat them differently. It is shown one
stand-in for every name instead; offices and kinds of bodies ("President", "Ministry") stay, as they tell a source from a place.
The text it sees has other lengths, so each range is carried over and back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

Pair = tuple[int, int]

STAND_IN = "Jones"
"""A name the model's word pieces hold whole, common in the text it learned from. Changing it asks for a new training."""

KEPT = frozenset(
    [
        "A",
        "An",
        "And",
        "At",
        "By",
        "For",
        "From",
        "I",
        "In",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr.",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Of",
        "On",
        "The",
        "This",
        "That",
        "These",
        "We",
        "You",
        "He",
        "She",
        "It",
        "They",
        "President",
        "Vice",
        "Prime",
        "Minister",
        "Foreign",
        "Defence",
        "Defense",
        "Interior",
        "Health",
        "Finance",
        "Secretary",
        "General",
        "Gen",
        "Gen.",
        "Senator",
        "Sen",
        "Sen.",
        "Governor",
        "Gov",
        "Gov.",
        "Colonel",
        "Col",
        "Col.",
        "Ambassador",
        "King",
        "Queen",
        "Prince",
        "Pope",
        "Speaker",
        "Chairman",
        "Chancellor",
        "Ministry",
        "Government",
        "Council",
        "Department",
        "Party",
        "Union",
        "Court",
        "House",
        "Senate",
        "Congress",
        "Committee",
        "Parliament",
        "Army",
        "Movement",
        "Front",
        "Organization",
        "Organisation",
        "Agency",
        "Bank",
        "Board",
        "Commission",
        "Association",
        "Federation",
        "News",
        "Times",
        "Post",
    ]
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_POSSESSIVES = ("'s", "’s", "’", "'")


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """A text with its names hidden, and the way back."""

    text: str
    starts: tuple[int, ...]
    """Of each character of the new text, where it stood; of a stand-in's, where the name began."""
    ends: tuple[int, ...]
    """The same for ends: of a stand-in's characters, where the name ended."""

    def into(self, pair: Pair) -> Pair:
        """A range of the old text in the new one."""
        return bisect_left(self.starts, pair[0]), bisect_right(self.ends, pair[1])

    def back(self, pair: Pair) -> Pair:
        """A range of the new text in the old one; never inside a name."""
        return self.starts[pair[0]], self.ends[pair[1] - 1]


def name_words(text: str, mentions: Iterable[Pair]) -> list[Pair]:
    """The words of the mentioned names that are hidden: capitalised ones, without what makes them possessive.

    >>> text = "Prime Minister Aldan Reve's office"
    >>> [text[a:b] for a, b in name_words(text, [(0, 25)])]
    ['Aldan', 'Reve']
    """
    found: set[Pair] = set()
    for start, end in mentions:
        for word in _WORD.finditer(text, start, end):
            hidden = _hidden(word.group())
            if hidden:
                found.add((word.start(), word.start() + hidden))
    return sorted(found)


@lru_cache(maxsize=16_384)
def _hidden(word: str) -> int:
    """How many letters of a word are hidden: none of one that is no name."""
    for ending in _POSSESSIVES:
        word = word.removesuffix(ending)
    return len(word) if len(word) > 1 and word[0].isupper() and word not in KEPT else 0


def hide(text: str, names: Iterable[Pair]) -> HiddenNames:
    """The text with a stand-in for each of the given ranges, which are sorted; one that overlaps an earlier is left.

    >>> hidden = hide("Reve met Idrow.", [(0, 4), (9, 14)])
    >>> hidden.text, hidden.back((10, 15))
    ('Jones met Jones.', (9, 14))
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end in [*names, (len(text), len(text))]:
        if start < at:
            continue
        pieces.append(text[at:start])
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        if end > start:
            pieces.append(STAND_IN)
            starts += [start] * len(STAND_IN)
            ends += [end] * len(STAND_IN)
        at = end
    return HiddenNames("".join(pieces), tuple(starts), tuple(ends))
