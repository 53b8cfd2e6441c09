"""The step `sentences`: the title and the kept body as sentences with their tokens, and the quotations.

The splitter knows news: titles, initials, "U.S.", "a.m.", "No. 4", decimals, ellipses, full stops inside quotation marks. It
never splits inside parentheses, and inside a quotation it splits where its sentences end.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parley.clean.lines import paragraphs, width_of
from parley.clean.quotes import quotations
from parley.clean.tokens import abbreviations, tokens
from parley.codebooks import lexicon
from parley.data import Quotation, Reading, Sentence

if TYPE_CHECKING:
    from parley.pipeline import Settings

# A parenthesis longer than this was never closed; splitting must go on inside it.
_LONGEST_ASIDE = 400
LONGEST = 2_000
"""Characters of a sentence at most; of 30,660 in 840 news articles the longest has 1,094. A text without full stops is parted at this length, so
that what an article costs grows with its length and not with its square."""
_STOP = re.compile(r"(?:\.\.\.+|[.!?…]+|[。！？؟।۔])[\"”’'»›)\]*_]*")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘’'(\[]{1,24}\Z")
_FIRST_WORD = re.compile(r"[\"“‘'(\[«*_]*([^\W_]+)")
_GLUED = re.compile(r"[^\W\d_]{3,12}\Z")
# "1. The parties ...": the number of a list's item is no sentence.
_ITEM = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z])\.")
_BRACKET = re.compile(r"[()\[\]]")
_WIDE_STOPS = frozenset("。！？؟।۔")


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001 - every step is made alike
    """The step; it needs no settings."""
    return read_sentences


def read_sentences(reading: Reading) -> Reading:
    """`reading` with its sentences and quotations; the title is paragraph 0, the body counts from 1."""
    text, article = reading.text, reading.article
    found: list[Sentence] = []
    quoted: list[Quotation] = []
    if article.title is not None:
        start, end = article.title.pair
        found += _sentences(reading, start, end, 0)
        quoted += quotations(text, start, end, paragraph=0)
    width = width_of(text)
    number = 0
    goes_on = False
    for kept in article.kept():
        for start, end in paragraphs(text, kept.start, kept.end, width=width):
            number += 1
            found += _sentences(reading, start, end, number)
            here = quotations(text, start, end, paragraph=number, goes_on=goes_on)
            quoted += here
            goes_on = any(not q.closed and q.outer.end == end for q in here)
    return replace(reading, sentences=tuple(found), quotations=tuple(quoted))


def _sentences(reading: Reading, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    text = reading.text
    for a, b in split(text, start, end):
        yield Sentence(reading.span(a, b), paragraph, paragraph == 0, tokens(text, a, b))


def split(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of one paragraph, trimmed; what goes on for more than `LONGEST` characters is parted where a clause or a word ends.

    >>> [s for s in split("Mr. Vahl left. “I am done.” He flew out.")]
    [(0, 14), (15, 27), (28, 40)]
    """
    end = len(text) if end is None else end
    asides = _asides(text, start, end)
    out: list[tuple[int, int]] = []
    at = start
    for match in _STOP.finditer(text, start, end):
        stop = match.end()
        if stop >= end or _inside(asides, match.start()) or not _ends(text, match, end):
            continue
        if _ITEM.fullmatch(text, at, stop):
            continue
        _append(text, at, stop, out)
        at = stop
    _append(text, at, end, out)
    return out


def _append(text: str, start: int, end: int, out: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = _cut(text, start)
        _append(text, start, cut, out)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        out.append((start, end))


def _cut(text: str, start: int) -> int:
    """Where to part what begins here and is too long: behind the last clause, else the last word, else at the bound."""
    early, late = start + LONGEST // 2, start + LONGEST
    for mark in ("; ", ", ", " ", "\n"):
        at = text.rfind(mark, early, late)
        if at >= 0:
            return at + 1
    return late


def _asides(text: str, start: int, end: int) -> deque[tuple[int, int]]:
    """Parentheses and brackets that are opened and closed within reach, outermost only."""
    out: list[tuple[int, int]] = []
    opened: list[int] = []
    if text.find("(", start, end) < 0 and text.find("[", start, end) < 0:
        return deque()
    for match in _BRACKET.finditer(text, start, end):
        at = match.start()
        if match.group() in "([":
            opened.append(at)
        elif opened:
            first = opened.pop()
            if at - first <= _LONGEST_ASIDE:
                while out and out[-1][0] > first:
                    out.pop()
                out.append((first, at))
    return deque(out)


def _inside(asides: deque[tuple[int, int]], at: int) -> bool:
    # Sentence ends come in order: asides that lie behind are dropped, so the whole paragraph takes linear time.
    while asides and asides[0][1] < at:
        asides.popleft()
    return bool(asides) and asides[0][0] < at


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the stop that `match` found ends a sentence."""
    stop = match.end()
    mark = match.group()
    if mark[0] in _WIDE_STOPS:
        return True
    if not text[stop].isspace():
        return _glued(text, match, end)
    upcoming = text[stop : min(end, stop + 60)].lstrip()
    following = _FIRST_WORD.match(upcoming)
    word = following.group(1) if following else ""
    if word[:1].islower():
        return False
    if mark[0] != "." or mark.startswith(".."):
        return not (mark[-1] in "\"”’'»" and _tells_who_asked(upcoming))
    return _full_stop(text, match, word)


def _tells_who_asked(upcoming: str) -> bool:
    """“Why?” Dara Venn asked: the sentence goes on after its quoted question or cry."""
    words = upcoming.split()[:5]
    for number, word in enumerate(words):
        if word.strip(",.") in _asking():
            return number > 0
        if not word[:1].isupper():
            return False
    return False


def _full_stop(text: str, match: re.Match[str], word: str) -> bool:
    """Whether a single full stop before `word` ends a sentence."""
    before = _WORD_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    last = before.group().lower() if before else ""
    if not last or len(match.group()) > 1:
        # After a closing quotation mark or bracket the stop is real, an abbreviation before it or not.
        return True
    if last in abbreviations("title"):
        return False
    if last in abbreviations("numbered") and word[:1].isdigit():
        return False
    if _is_initial(last) or last in abbreviations("either"):
        return word.lower() in _starters()
    return True


def _is_initial(word: str) -> bool:
    """ "J", "J.F", "U.S", "a.m": letters parted by full stops."""
    letters = word.split(".")
    return all(len(x) == 1 and x.isalpha() for x in letters)


@cache
def _starters() -> frozenset[str]:
    return frozenset(lexicon("abbreviations")["starters"]["words"])


@cache
def _asking() -> frozenset[str]:
    return frozenset(lexicon("abbreviations")["asking"]["words"])


def _glued(text: str, match: re.Match[str], end: int) -> bool:
    """ "he said.The minister": a sentence end whose space a crawler lost."""
    stop = match.end()
    if match.group()[0] not in ".!?" or not text[stop].isupper():
        return False
    before = _GLUED.search(text[max(0, match.start() - 12) : match.start()])
    word = _FIRST_WORD.match(text[stop : min(end, stop + 30)])
    return before is not None and before.group().islower() and word is not None and word.group(1).lower() in _starters()
