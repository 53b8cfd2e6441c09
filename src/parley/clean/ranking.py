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
_TELLING = 0.9
_AGAIN = 1.5
_SHORT = {0: 4.0, 1: 3.0, 2: 2.0, 3: 1.5, 4: 0.6}
_LONGEST, _READ = 26, 6_000
_WORD = re.compile(r"[^\W_]{3,}")
# Words that any two texts share.
_COMMON = frozenset(
    (
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
        "say",
        "says",
        "said",
        "first",
        "last",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "time",
        "people",
        "amid",
        "against",
        "under",
        "between",
        "during",
        "off",
        "down",
        "may",
        "can",
        "could",
        "should",
        "must",
        "end",
        "ends",
        "make",
        "makes",
        "made",
        "get",
        "gets",
        "still",
        "want",
        "wants",
        "until",
        "since",
        "while",
        "without",
    )
)
_STEM = 6
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ed|ers?|es|s|ly)\Z")


# A site speaking to its reader.
_OF_THE_SITE = re.compile(
    r"\b(?:this (?:web)?site|this page|read us|your (?:browser|ad ?blocker|inbox|account|device)|our (?:app|channel|site|newsletter|podcast|newsroom|work|readers|mirror)"
    r"|javascript|cookies|ad-free|subscribe|sign (?:in|up)|log ?in|download|alerts)\b",
    re.IGNORECASE,
)


def of_the_site(line: str) -> bool:
    """True for a line in which a site speaks to its reader: "Your ad blocker is on"."""
    return _OF_THE_SITE.search(line) is not None


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
    told = {n: _told(found[n], below) for n in numbers}
    scores = {n: _look(found, n, heads) + told[n] + _comes_again(found, n, numbers) for n in numbers}
    top = max(scores.values())
    near = [n for n in numbers if scores[n] >= top - _MARGIN]
    # Other stories' headlines stand above a title in numbers; a title that tells little stands alone above its deck.
    telling = [n for n in near if told[n] >= _TELLING or _comes_again(found, n, numbers)]
    if not telling or telling[0] == near[0] or _is_deck(found, near[0], telling[0], numbers):
        return near[0]
    return telling[0]


def _is_deck(found: Sequence[Block], number: int, below: int, numbers: Sequence[int]) -> bool:
    """True for the longer line right under the first of all: what a terse title does not tell, its deck does."""
    return below == number + 1 and numbers[0] == number and found[below].words > found[number].words


def _comes_again(found: Sequence[Block], number: int, numbers: Sequence[int]) -> float:
    """A title comes again in the page's own title and in the path to the page: "Talks resume in Kell | The Kell Post"."""
    own = found[number].folded
    return _AGAIN if any(found[n].folded.startswith(f"{own} ") for n in numbers if n != number) else 0.0


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
    if plain.endswith(":") or block.text.endswith(("→", "»", "›", ">>")) or of_the_site(plain):
        score -= 3
    after = found[number + 1] if number + 1 < len(found) else None
    if after is not None and (after.reason == "byline" or is_byline(after)):
        score += 0.5 if words > 3 else 0
    return score


def _blank_below(found: Sequence[Block], number: int) -> bool:
    return number + 1 < len(found) and found[number + 1].blank_before
