"""Words, numbers and marks of a stretch of text, with their offsets.

Inner hyphens and apostrophes stay in the word; the possessive is a token of its own; a number keeps its separators
(no-break spaces included); titles and dotted abbreviations keep their full stop; every other mark stands alone.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from sys import intern

from parley.codebooks import lexicon
from parley.data import Token, small

_LETTER = r"[^\W\d_]"
_MARKS = r"\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f"


@cache
def abbreviations(kind: str) -> frozenset[str]:
    """The words of one table of the codebook `abbreviations`: `title`, `numbered` or `either`."""
    return frozenset(word for entry in lexicon("abbreviations")[kind] for word in entry["words"])


@cache
def pattern() -> re.Pattern[str]:
    """What one token looks like, as its only group."""
    titles = "|".join(sorted((re.escape(w) for w in abbreviations("title") if "." not in w), key=len, reverse=True))
    return re.compile(
        rf"""
        \s{{0,3}}+(  # white space is passed over here, not tried for every kind of token
        [A-Za-z]{{1,40}}(?=[ ,;!?)”"])                        # most words, told at one glance
      | [,;:!?“”"()\[\]]                                      # and most marks
      | https?://[^\s<>"”’)\]]{{1,2000}}
      | (?:{_LETTER}\.){{1,6}}{_LETTER}(?!\w)\.?(?:-\w+)?   # U.S.  p.m.  U.S.-backed
      | (?i:{titles})\.(?=\s+[\w"“])                          # Mr.  Gen.
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
    # News says the same words again and again: what stands between two spaces is cut once and remembered.
    out: list[Token] = []
    at = start
    for chunk in text[start:end].split(" "):
        pieces = _remembered.get(chunk)
        if pieces is None:
            pieces = _cut(chunk, text[at + len(chunk) : min(end, at + len(chunk) + _LOOK_AHEAD)])
        for first, last, word, lower in pieces:
            # `tuple.__new__` is what Token(...) comes to, without the detour over a Python function
            out.append(_make(Token, (at + first, at + last, word, lower)))
        at += len(chunk) + 1
    return tuple(out)


_Piece = tuple[int, int, str, str]
_make = tuple.__new__
_remembered: dict[str, tuple[_Piece, ...]] = {}
_MOST_REMEMBERED = 30_000
"""Chunks remembered: most of what a story's articles say; an end for text made to exhaust memory."""
_LONGEST_REMEMBERED = 64
_LOOK_AHEAD = 40


def _cut(chunk: str, following: str) -> tuple[_Piece, ...]:
    """The tokens of a chunk without an inner space, by their place in it."""
    # "Mr." is one token before a name and two elsewhere; nothing else asks what follows.
    open_end = chunk[-1:] == "." or chunk[-1:].isspace()
    found = takewhile(lambda m: m.end() <= len(chunk), pattern().finditer(chunk + following if open_end else chunk))
    pieces = tuple([(*m.span(1), intern(m[1]), intern(small(m[1]))) for m in found])
    if not open_end and len(chunk) <= _LONGEST_REMEMBERED:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[chunk] = pieces
    return pieces
