"""Words, numbers and marks of a stretch of text, with their offsets.

Inner hyphens and apostrophes stay in the word; the possessive is a token of its own; a number keeps its separators
(no-break spaces included); titles and dotted abbreviations keep their full stop; every other mark stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import accumulate
from typing import TypeVar

from parley.codebooks import lexicon
from parley.data import Token, small

T = TypeVar("T")

_LETTER = r"[^\W\d_]"
_MARKS = r"\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f"


@cache
def abbreviations(kind: str) -> frozenset[str]:
    """The words of one table of the codebook `abbreviations`: `title`, `numbered` or `either`."""
    return frozenset(word for entry in lexicon("abbreviations")[kind] for word in entry["words"])


@cache
def pattern() -> re.Pattern[str]:
    """What one token looks like, as its only group."""
    words = [word for word in abbreviations("title") if "." not in word]
    titles = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    longest = max(map(len, words))
    return re.compile(
        rf"""
        (?=\S)(  # white space is passed over here, not tried for every kind of token
        [A-Za-z]{{1,40}}(?=[ ,;!?)”"])                        # most words, told at one glance
      | [,;:!?“”"()\[\]]                                      # and most marks
      | https?://[^\s<>"”’)\]]{{1,2000}}
      | (?:{_LETTER}\.){{1,6}}{_LETTER}(?!\w)\.?(?:-\w+)?   # U.S.  p.m.  U.S.-backed
      | (?=\w{{1,{longest}}}\.)(?i:{titles})\.(?=\s+[\w"“])  # Mr.  Gen.
      | \d{{1,3}}(?:[\u00a0\u202f]\d{{3}}(?!\d)){{1,5}}       # 45 514 with no-break spaces
      | \d+(?:[.,:/]\d+)*(?:-?{_LETTER}+)*                    # 45,514  2.4m  20th  10-year
      | ['’][sS](?!\w)(?<=[\w”"]..)                           # possessive
      | [\w{_MARKS}]+(?:(?:['’](?![sS](?!\w))|[-‐‑])[\w{_MARKS}]+)*
      | \.\.\.+ | --+ | [^\w\s]
        )
        """,
        re.VERBOSE,
    )


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of `text[start:end]`, in order.

    >>> [t.text for t in tokens("Israel's U.S.-backed 45,514 said “no.”", 0, 38)]
    ['Israel', "'s", 'U.S.-backed', '45,514', 'said', '“', 'no', '.', '”']
    """
    # Split on its tokens, a text falls into gap, token, gap, ...; from there on no line of Python is run for each token.
    pieces = pattern().split(text[start:end])
    edges = list(accumulate(map(len, pieces), initial=start))
    words = pieces[1::2]
    return tuple(map(_token, zip(edges[1::2], edges[2::2], words, map(_lowers.__getitem__, words), strict=False)))


_token = partial(tuple.__new__, Token)
"""What `Token(*fields)` comes to, without the detour over a Python function."""


class Remembered(dict[str, T]):
    """What a function makes of words, remembered, because texts repeat their words; an end for text made to exhaust memory.

    A word that was met costs no call: `map(remembered.__getitem__, words)`.
    """

    most = 50_000

    def __init__(self, make: Callable[[str], T]) -> None:
        self._make = make

    def __missing__(self, word: str) -> T:
        if len(self) >= self.most:
            self.clear()
        made = self[word] = self._make(word)
        return made


_lowers = Remembered(small)
