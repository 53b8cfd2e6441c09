"""The words of a statement as printed: which of them stand in quotation marks, and which in brackets inside those."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parley.data import small

_TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:['’.,:-][^\W_]+)*)|(?P<open>[“„«‘])|(?P<close>[”»’])|(?P<straight>[\"'])|(?P<bracket>[\[\]])"
)
_ENDS = re.compile(r"[.!?…]")


class Word(NamedTuple):
    """A word as printed; `quoted` inside quotation marks, `inserted` in brackets inside them, `ends` before a full stop."""

    text: str
    low: str
    quoted: bool
    inserted: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of a statement in order, its quoted stretches as `[first, end)` among them, and all words as they are compared."""

    words: tuple[Word, ...]
    runs: tuple[tuple[int, int], ...]

    own: tuple[Word, ...]
    lows: tuple[str, ...]

    def quoted(self) -> tuple[Word, ...]:
        """The words in quotation marks that are the speaker's: what stands in brackets is the outlet's."""
        return self.own


def printed(parts: Sequence[str], *, whole: bool = False) -> Printed:
    """The words of a statement's parts; with `whole` all are quoted, whatever marks are printed.

    >>> [w.text for w in printed(["it was “a door, not yet a house”"]).quoted()]
    ['a', 'door', 'not', 'yet', 'a', 'house']
    >>> [w.text for w in printed(["‘It’s the [enemy] dogs’ war,’ he"]).quoted()]
    ['It’s', 'the', 'dogs', 'war']
    """
    words: list[Word] = []
    for part in parts:
        words += _words(part, whole)
    own = tuple(w for w in words if w.quoted and not w.inserted)
    return Printed(tuple(words), tuple(_runs(words)), own, tuple(w.low for w in words))


def _words(text: str, whole: bool) -> list[Word]:
    found: list[Word] = []
    mark: str | None = None
    inserted = False
    for token in _TOKEN.finditer(text):
        sort, value = token.lastgroup, token[0]
        if sort == "word":
            after = text[token.end() : token.end() + 2]
            found.append(Word(value, small(value), whole or mark is not None, inserted, bool(_ENDS.match(after))))
        elif sort == "bracket":
            inserted = value == "["
        elif mark is None and _opens(text, token):
            mark = _CLOSING[value]
        elif value == mark and _closes(text, token, mark):
            mark = None
    return found


_CLOSING = {"“": "”", "„": "”", "«": "»", "‘": "’", '"': '"', "'": "'"}

OPENING = frozenset(_CLOSING)
"""Marks without which nothing is quoted."""


def _opens(text: str, token: re.Match[str]) -> bool:
    """A mark opens before a word; an apostrophe that stands in for a left mark only after a gap."""
    if token[0] not in _CLOSING or not text[token.end() : token.end() + 1].strip():
        return False
    return token[0] != "'" or not text[: token.start()][-1:].isalnum()


def _closes(text: str, token: re.Match[str], mark: str) -> bool:
    """A single mark closes only where no later one of its kind does so better: "the dogs’ war’" ends with the second."""
    if mark not in "’'":
        return True
    rest = text[token.end() :]
    if rest[:1].isalnum():
        return False
    before = text[: token.start()]
    plural = before[-1:] == "s" and rest[:1] == " " and mark in rest
    return not plural or any(m in rest[: rest.find(mark)] for m in "‘")


def _runs(words: Sequence[Word]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        if not word.quoted:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
