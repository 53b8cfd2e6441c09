"""The words of an article as numbers, and a sample of its shingles by which articles that share text find each other.

A shingle is `SHINGLE` words in a row. The sample is by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every
`WINDOW` shingles in a row the one with the smallest hash. Two articles that share any `SHINGLE + WINDOW - 1` words in a row
are certain to share one of the sample.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from parley.data import small

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]
    Places = npt.NDArray[np.int32]

SHINGLE = 5
"""Words of a shingle: of five, one in some thousands is shared by chance in news of one matter; six lose more where single words are edited."""

WINDOW = 8
"""Shingles of which the smallest is kept: about two in nine are, and twelve shared words in a row are always found."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PRIME = np.uint64(0x9E3779B97F4A7C15)


class _Vocabulary(dict[str, int]):
    """The number of each word, the same on every machine; made when first met."""

    def __missing__(self, word: str) -> int:
        number = int.from_bytes(blake2b(small(word).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        if len(self) > 2_000_000:  # names and numbers without end: some 200 MB
            self.clear()
        self[word] = number
        return number


_vocabulary = _Vocabulary()


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """The words of an article's own text: the number of each, and where it begins and ends."""

    article: str
    words: Numbers
    starts: Places
    ends: Places

    @property
    def size(self) -> int:
        return len(self.words)


def worded(article: str, text: str, spans: Iterable[Sequence[int]]) -> Worded:
    """The words of some spans of a text, in order."""
    found: list[str] = []
    starts: list[int] = []
    for start, stop in spans:
        for match in _WORD.finditer(text, start, stop):
            found.append(match[0])
            starts.append(match.start())
    words = np.fromiter(map(_vocabulary.__getitem__, found), dtype=np.uint64, count=len(found))
    begin = np.array(starts, dtype=np.int32)
    return Worded(article, words, begin, begin + np.fromiter(map(len, found), dtype=np.int32, count=len(found)))


def shingles(words: Numbers, size: int = SHINGLE) -> Numbers:
    """The hash of every `size` words in a row."""
    count = len(words) - size + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        hashes = np.zeros(count, dtype=np.uint64)
        for at in range(size):
            hashes = hashes * _PRIME + words[at : at + count]
        return hashes ^ (hashes >> np.uint64(29))


def sketch(words: Numbers) -> npt.NDArray[np.uint32]:
    """The sample of an article's shingles, sorted, each once; all of them of a short article."""
    hashes = (shingles(words) >> np.uint64(32)).astype(np.uint32)
    if len(hashes) > WINDOW:
        hashes = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1)
    return np.unique(hashes)
