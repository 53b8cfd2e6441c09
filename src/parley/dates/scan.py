"""A text as words and codes, and the stretches of it that the grammar takes for dates. Linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import NamedTuple

from parley.dates.grammar import core, grammar
from parley.dates.words import SEPARATOR_CODE, STOP, codes, members

# Ranges of letters, not `\\w`: they are looked up in a bitmap, at a third less time for the whole text. Letters beyond
# them (Chinese, Arabic presentation forms) end an expression like any other mark.
_LETTERS = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff"
_SPLIT = re.compile(rf"([{_LETTERS}]+|[0-9]+(?:st|nd|rd|th|s|am|pm)?)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\")\]]{1,2000}")


class Hit(NamedTuple):
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
    mark: list[int] = field(default_factory=lambda: [0, 0])

    def offset(self, part: int) -> int:
        """Where a part begins in the text. Asked in reading order, all offsets together cost one pass over the parts."""
        known, at = self.mark
        if part >= known:
            at += len("".join(self.parts[known:part]))
        else:
            at -= len("".join(self.parts[part:known]))
        self.mark[:] = part, at
        return at

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
    line = "".join(map(_meanings().get, parts, repeat(STOP)))
    return Scan(text, parts, line)


@cache
def _meanings() -> dict[str, str]:
    """What a part means: words and what stands between them are never the same text."""
    return codes() | SEPARATOR_CODE


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
            if closed and _inside(closed, scanned.offset(match.start())):
                continue
            yield Hit(match.lastgroup or "", match.start(), match.end())


def _inside(closed: list[tuple[int, int]], at: int) -> bool:
    """True where `at` lies inside one of the stretches; those that end before it are let go."""
    while closed and closed[-1][1] <= at:
        closed.pop()
    return bool(closed) and at >= closed[-1][0]


def _addresses(text: str) -> list[tuple[int, int]]:
    """Web addresses, the last one first, so that the next one in reading order is cheap to drop."""
    if "://" not in text and "www." not in text:
        return []
    return [m.span() for m in _ADDRESS.finditer(text)][::-1]


@cache
def class_of(name: str) -> frozenset[str]:
    """The codes of a class, for quick membership."""
    return frozenset(members(name))
