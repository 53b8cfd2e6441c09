"""An article's paragraphs with what each looks like, before it is decided which of them are the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from parley.clean.junk import bare, look
from parley.clean.lines import joined_lines, lines, wrap_width
from parley.data import DropReason, RawPage

_ENDS = re.compile(r"[.!?…:;。！？؟।۔][\"”’'»›)\]*_]*(?:\[\d{1,3}\])?\Z|[,.][”\"’']\Z")
# "[PASSAGE OMITTED]", "(end of text)" after the last full stop.
_ASIDE = re.compile(r"(?<=[.!?\"”’])\s?(?:\[[^\[\]]{2,60}\]|\([^()]{2,60}\)|Enditems?|ENDS?|/ends)\s{0,3}\Z")
_FOLD = re.compile(r"[\W_]+")
_ITEM = re.compile(r"(?:[-–—•·◦▪*‣]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")


@dataclass(frozen=True)
class Block:
    """A paragraph `[start, end)`: its text, and why it is no prose where its look says so."""

    start: int
    end: int
    text: str
    reason: DropReason | None
    tail: bool
    blank_before: bool
    outside: bool = False

    @cached_property
    def folded(self) -> str:
        """The paragraph's letters and digits alone, for comparing."""
        return fold(self.text)

    @cached_property
    def plain(self) -> str:
        """The paragraph without marks of emphasis."""
        return bare(self.text)

    @cached_property
    def ends(self) -> bool:
        """True where it closes as sentences do."""
        return bool(_ENDS.search(_ASIDE.sub("", self.text[-80:]).rstrip("*_ ")[-12:]))

    @property
    def is_item(self) -> bool:
        """True where it is an item of a list."""
        return bool(_ITEM.match(self.text[:12]))

    @cached_property
    def words(self) -> int:
        return len(self.text.split())


def fold(text: str) -> str:
    """Letters and digits only, lower case, single spaces.

    >>> fold("“Talks” – resume!")
    'talks resume'
    """
    return _FOLD.sub(" ", text).strip().casefold()


def blocks(page: RawPage) -> list[Block]:
    """The page's paragraphs, in order."""
    text = page.text
    found = lines(text)
    width = wrap_width(found)
    after_blank = {line.start: line.blank_before for line in found}
    out = []
    for start, end in joined_lines(found, width):
        seen = look(text[start:end])
        reason, tail = seen if seen else (None, False)
        out.append(Block(start, end, text[start:end], reason, tail, after_blank[start], _outside(page, start, end)))
    return out


def _outside(page: RawPage, start: int, end: int) -> bool:
    """True where an extractor ran and left most of the paragraph out."""
    if not page.main:
        return False
    kept = sum(max(0, min(end, b) - max(start, a)) for a, b in page.main)
    return kept * 2 < end - start
