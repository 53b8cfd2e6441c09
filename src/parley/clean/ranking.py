"""Which of the lines above an article is its title: each line's look, its place, and what it shares with the text below.

A headline tells what the text tells, so its words come again below; a masthead's, a motto's, a section's and another story's
seldom do. A deck shares as much and more, so of lines that do well the first is the title.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import islice

from parley.clean.blocks import Block
from parley.clean.byline import is_byline
from parley.clean.dateline import DATE
from parley.clean.masthead import is_motto

# A line this far behind the best one may still be the title where it stands above that.
_MARGIN = 1.25
_SHARED, _ENOUGH_SHARED = 3.0, 0.6
_SHORT = {0: 4.0, 1: 3.0, 2: 2.0, 3: 1.0, 4: 0.4}
_LONGEST, _READ = 26, 6_000
_WORD = re.compile(r"[^\W_]{3,}")
# Words that any two texts share.
_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "what",
        "which",
        "who",
        "how",
        "why",
        "when",
        "where",
        "not",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "could",
        "says",
        "said",
        "say",
        "but",
        "its",
        "his",
        "her",
        "their",
        "our",
        "your",
        "you",
        "they",
        "she",
        "after",
        "before",
        "over",
        "into",
        "out",
        "about",
        "more",
        "than",
        "all",
        "one",
        "two",
        "new",
        "back",
    ]
)
_STEM = 6
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ed|ers?|es|s|ly)\Z")


def stems(text: str) -> set[str]:
    """The telling words of a text, cut to what their forms share.

    >>> sorted(stems("Negotiators say the talks ended"))
    ['end', 'negoti', 'talk']
    """
    return {_ENDING.sub("", w)[:_STEM] for w in set(_WORD.findall(text.casefold())) if w not in _COMMON}


def shared(line: str, below: Container[str]) -> float:
    """Of a line's telling words, the share that comes again below; a line with few of them is trusted less."""
    own = stems(line)
    return (sum(s in below for s in own) + 0.25) / (len(own) + 0.5)


def text_below(found: Sequence[Block], first: int) -> set[str]:
    """The telling words of the paragraphs from the first on."""
    out: set[str] = set()
    size = 0
    for block in islice(found, first, None):
        if block.reason is None and block.words > 8:
            out |= stems(block.text[:_READ])
            size += len(block.text)
        if size > _READ:
            break
    return out


def best_heading(found: Sequence[Block], numbers: Sequence[int], heads: Container[int], first: int) -> int:
    """Of the blocks that may be the title, the number of the one that is; `first` is the first block of prose."""
    if len(numbers) == 1:
        return numbers[0]
    below = text_below(found, first)
    scores = {n: _look(found, n, heads) + _told(found[n], below) for n in numbers}
    top = max(scores.values())
    return next(n for n in numbers if scores[n] >= top - _MARGIN)


def _told(block: Block, below: set[str]) -> float:
    return _SHARED * min(shared(block.plain, below), _ENOUGH_SHARED) / _ENOUGH_SHARED


def _look(found: Sequence[Block], number: int, heads: Container[int]) -> float:
    """What a line's form and its neighbours say for and against its being a title."""
    block = found[number]
    plain, words = block.plain, block.words
    score = -_SHORT.get(words, 1.0 if words > _LONGEST else 0.0)
    if words < 6 and plain.isupper():
        # "PAY TALKS AT ORLEN" right above a longer line that does not shout is a kicker.
        below = found[number + 1].plain if number + 1 < len(found) else ""
        score -= 3 if len(below) > len(plain) and not below.isupper() else 1
    if plain[:1].islower():
        score -= 1.5
    if block.ends and plain[-1:] not in "?!…":
        score -= 1.5
    if number and (number - 1 in heads or found[number - 1].words < 5):
        # Under a masthead stands a motto: "Serving Upper Kinder since 1889", "All the news of the coast."
        score -= 2.0 if is_motto(plain) else 0.0
        score -= (
            0.0
            if block.blank_before or words > 9
            else 2.5
            if number - 1 in heads and _blank_below(found, number)
            else 1.0
        )
    if DATE.search(plain) and words < 8:
        score -= 1
    if plain.endswith(":"):
        score -= 2
    after = found[number + 1] if number + 1 < len(found) else None
    if after is not None and (after.reason == "byline" or is_byline(after)):
        score += 0.5 if words > 3 else 0
    return score


def _blank_below(found: Sequence[Block], number: int) -> bool:
    return number + 1 < len(found) and found[number + 1].blank_before
