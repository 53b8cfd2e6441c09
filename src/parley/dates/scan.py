"""A text as words and codes, and the stretches of it that the grammar takes for dates. Linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat

from parley.dates.grammar import core, grammar
from parley.dates.words import SEPARATOR_CODE, STOP, codes, members

_SPLIT = re.compile(r"(\d+(?:st|nd|rd|th|s|am|pm)?|[^\W\d_]+)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\")\]]{1,2000}")


@dataclass(frozen=True, slots=True)
class Hit:
    """Parts `[first, last)` of a scan that a rule of the grammar fits."""

    rule: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A text cut into words (odd parts) and what stands between them (even parts), with a code for each."""

    text: str
    parts: list[str]
    codes: str
    offsets: list[int]

    def word(self, part: int) -> str:
        """The word at a part, in lower case; empty beyond the ends."""
        return self.parts[part].lower() if 0 < part < len(self.parts) else ""

    def printed(self, part: int) -> str:
        """The word at a part as printed; empty beyond the ends."""
        return self.parts[part] if 0 < part < len(self.parts) else ""

    def between(self, part: int) -> str:
        """The code of what stands at an even part; the stop code beyond the ends."""
        return self.codes[part] if 0 <= part < len(self.codes) else STOP

    def is_a(self, part: int, name: str) -> bool:
        """True where the word at a part belongs to the class."""
        return 0 < part < len(self.codes) and self.codes[part] in members(name)


def scan(text: str) -> Scan:
    """Cut a text into words and codes."""
    parts = _SPLIT.split(text)
    meaning = codes()
    line = [STOP] * len(parts)
    line[1::2] = map(meaning.get, parts[1::2], repeat(STOP))
    line[::2] = map(SEPARATOR_CODE.get, parts[::2], repeat(STOP))
    return Scan(text, parts, "".join(line), list(accumulate(map(len, parts), initial=0)))


def hits(scanned: Scan) -> Iterator[Hit]:
    """Every stretch that a rule fits, in order, none overlapping, none inside a web address."""
    line = scanned.codes
    find = grammar().finditer
    closed = _addresses(scanned.text)
    end = 0
    for found in core().finditer(line):
        if found.start() < end:
            continue
        start = line.rfind(STOP, end, found.start()) + 1 or end
        end = line.find(STOP, found.end())
        end = len(line) if end < 0 else end
        for match in find(line, start, end):
            at = scanned.offsets[match.start()]
            while closed and closed[-1][1] <= at:
                closed.pop()
            if not closed or at < closed[-1][0]:
                yield Hit(match.lastgroup or "", match.start(), match.end())


def _addresses(text: str) -> list[tuple[int, int]]:
    """Web addresses, the last one first, so that the next one in reading order is cheap to drop."""
    if "://" not in text and "www." not in text:
        return []
    return [m.span() for m in _ADDRESS.finditer(text)][::-1]


@cache
def class_of(name: str) -> frozenset[str]:
    """The codes of a class, for quick membership."""
    return frozenset(members(name))
