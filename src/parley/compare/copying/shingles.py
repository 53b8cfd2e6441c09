"""The words of an article as numbers, and a sample of its shingles by which articles that share text find each other.

A shingle is `SHINGLE` words in a row. The sample is by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every
`WINDOW` shingles in a row the one with the smallest hash. Two articles that share any `SHINGLE + WINDOW - 1` words in a row
are certain to share one of the sample.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.uint64]
    Places: TypeAlias = npt.NDArray[np.int64]
    Sketch: TypeAlias = npt.NDArray[np.uint32]

SHINGLE = 5
"""Words of a shingle: longer ones lose more where single words are edited, shorter ones are shared by chance."""

WINDOW = 8
"""Shingles of which the smallest is kept: about two in nine are, and twelve shared words in a row are always found."""

_WORD = re.compile(r"[^\W_]+")
_MARKS = "“”‘’—–…\u00a0"
_NO_WORD = {n: " " for n in range(128) if not chr(n).isalnum()}
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_KNOWN = 200_000
"""Words that are remembered with their numbers, in 25 MB; names and misprints have no end."""


class _Vocabulary(dict[str, int]):
    """The number of each word in small letters, the same on every machine; made when first met."""

    def __missing__(self, word: str) -> int:
        if len(self) > _KNOWN:
            self.clear()
        number = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        self[word] = number
        return number


_number_of = _Vocabulary().__getitem__


@dataclass(frozen=True, eq=False)
class Worded:
    """The words of an article's own text: the number of each, and where it begins and ends."""

    words: Numbers
    starts: Places
    ends: Places

    @property
    def size(self) -> int:
        return len(self.words)

    @cached_property
    def shingles(self) -> tuple[Numbers, Places]:
        """The hashes of its shingles, sorted, each once, and the word at which each first begins."""
        hashes = shingles(self.words)
        order = np.argsort(hashes, kind="stable")
        hashes = hashes[order]
        first = np.concatenate(([True], hashes[1:] != hashes[:-1])) if len(hashes) else np.zeros(0, dtype=bool)
        return hashes[first], order[first]


def numbered(words: Sequence[str]) -> Numbers:
    """Words in small letters as numbers."""
    return np.fromiter(map(_number_of, words), dtype=np.uint64, count=len(words))


def numbers(text: str, spans: Sequence[tuple[int, int]]) -> Numbers:
    """The words of some spans of a text as numbers, without where they stand: all that a sketch needs."""
    whole = (
        " ".join([text[start:stop] for start, stop in spans])
        if len(spans) > 1
        else text[slice(*spans[0])]
        if spans
        else ""
    )
    return numbered(_split(whole.lower()))


def _split(text: str) -> list[str]:
    """The words of a text. Almost all news is ASCII but for its marks, and that is cut four times as quickly without a pattern."""
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    return text.translate(_NO_WORD).split() if text.isascii() else _WORD.findall(text)


def worded(text: str, spans: Sequence[tuple[int, int]]) -> Worded:
    """The words of some spans of a text, in order."""
    found = [match for start, stop in spans for match in _WORD.finditer(text, start, stop)]
    words = numbered([match[0].lower() for match in found])
    starts = np.array([match.start() for match in found], dtype=np.int64)
    ends = np.array([match.end() for match in found], dtype=np.int64)
    return Worded(words, starts, ends)


def shingles(words: Numbers) -> Numbers:
    """The hash of every `SHINGLE` words in a row."""
    count = len(words) - SHINGLE + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        hashes = words[:count].copy()
        for at in range(1, SHINGLE):
            hashes = hashes * _PRIME + words[at : at + count]
        return hashes ^ (hashes >> np.uint64(29))


def sketch(words: Numbers) -> Sketch:
    """The sample of an article's shingles, sorted, each once; all of them of a short article."""
    hashes = (shingles(words) >> np.uint64(32)).astype(np.uint32)
    if len(hashes) > WINDOW:
        # the smallest of eight in a row, by the smallest of two, then of four
        pairs = np.minimum(hashes[:-1], hashes[1:])
        fours = np.minimum(pairs[:-2], pairs[2:])
        hashes = np.minimum(fours[:-4], fours[4:])
    hashes = np.sort(hashes)  # np.unique takes five times as long
    return hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))] if len(hashes) else hashes
