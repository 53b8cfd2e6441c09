"""Text as a database takes it, and as it is searched: what both databases can hold, and words without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NO_WORD = re.compile(r"[\W_]+")
_NO_WORD_ASCII = str.maketrans({chr(c): " " for c in range(128) if not chr(c).isalnum()})
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+")
"""Accents, once they stand apart from their letters, and the vowel points of Hebrew and Arabic."""

CHUNK = 50_000
"""Characters of one searched passage: PostgreSQL refuses a word index of more than 1 MB."""


def storable(text: str) -> str:
    """The text with each character that a database cannot hold replaced by one U+FFFD.

    >>> storable("a\\x00b") == "a\\ufffdb"
    True
    """
    if text.isascii() and "\x00" not in text:
        return text
    return _UNSTORABLE.sub("�", text) if _UNSTORABLE.search(text) else text


def fold(text: str) -> str:
    """The words of a text as they are searched.

    >>> fold("The Élysée’s “offer” of 3.5m")
    'the elysee s offer of 3 5m'
    """
    if text.isascii():  # the same in half the time: names and most sentences of English are
        return " ".join(text.lower().translate(_NO_WORD_ASCII).split())
    text = _MARKS.sub("", unicodedata.normalize("NFKD", storable(text)))
    return _NO_WORD.sub(" ", text.lower()).strip()


def chunks(text: str) -> Iterator[str]:
    """A folded text in passages of bounded length, cut between words where there is a gap to cut at."""
    at = 0
    while at < len(text):
        end = min(at + CHUNK, len(text))
        gap = text.rfind(" ", at, end) if end < len(text) else -1
        end = gap if gap > at else end
        yield text[at:end]
        at = end
