"""How alike two renderings of words are, and whether they can be one utterance: a share of common words, weighed, with a reason.

Only what is printed counts; no model is asked. Words weigh by how rare they are among the block's statements; the same words in
quotation marks are the strongest evidence there is; numbers that exclude each other, a denial beside its opposite, other people
and other days speak against.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, pairwise
from operator import or_

from parley.compare.speech.renderings import OPEN, Rendering
from parley.compare.speech.voices import Sameness, same_voice

ENOUGH = 0.45
"""Share of weighed words from which two renderings by one speaker are one utterance; chosen on the sample corpus and
`benchmarks/quality/utterance_sets/fresh.txt`, checked on `heldback.txt`, on whose rows nothing was chosen. At 0.4 two sentences of one
article fall together. Mean states of the shipped encoder, tried beside it, gained 6 of 18 missed pairs of the sample at 427
false ones, and a hundred times the work."""

STRICTER: Mapping[Sameness, float] = {"same": 0.0, "speaks for": 0.1, "unnamed": 0.15}
"""How much more is asked where the speakers are not surely one."""

VERBATIM = 4
"""Words in a row, two of them telling, that make two quotations the same words; fewer where they are all that is quoted."""


MOST = 0.6
"""Share of the shorter quotation that must stand in the other one in runs of two words and more."""

RARE = 1000
"""A number from which it is seldom the same by chance."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two renderings are, 0 to 1, and why; `same` where they are taken for one utterance."""

    score: float
    same: bool
    why: str


NOT = Likeness(0.0, False, "")


class Weights:
    """How much a word tells among some renderings: the rarer, the more."""

    def __init__(self, renderings: Sequence[Rendering]) -> None:
        self._seen = Counter(chain.from_iterable(r.stems for r in renderings))
        # As if fifty more had been seen: among a handful all words are rare, and none should weigh much more than another.
        self._of = len(renderings) + 50
        self._logs: dict[str, float] = {}
        self._sums: dict[frozenset[str], float] = {}

    def of(self, stem: str) -> float:
        """The weight of one word."""
        if stem not in self._logs:
            self._logs[stem] = math.log(self._of / (self._seen[stem] + 0.5))
        return self._logs[stem]

    def sum(self, stems: frozenset[str]) -> float:
        """The weight of some words together, whatever their order."""
        if stems not in self._sums:
            self._sums[stems] = math.fsum(self.of(s) for s in stems)
        return self._sums[stems]

    def ranks(self) -> dict[str, int]:
        """The words that stand in several renderings, numbered from the rarest on."""
        several = [stem for stem, seen in self._seen.items() if seen > 1]
        return {stem: n for n, stem in enumerate(sorted(several, key=lambda s: (self._seen[s], s)))}


def likeness(one: Rendering, two: Rendering, weights: Weights) -> Likeness:
    """Whether two renderings are one utterance."""
    voice = same_voice(one.voice, two.voice)
    if voice == "other" or not _one_occasion(one, two, words=True):
        return (
            NOT  # words that are the same may lie further apart than others, so this is told before they are looked at
        )
    words = verbatim(one, two)
    if not words and not _one_occasion(one, two, words=False):
        return NOT
    if words and (voice != "unnamed" or len(words.split()) > VERBATIM):
        return Likeness(_closeness(one, two), True, f"the same words in quotation marks: “{words}”")
    score = _score(one, two, weights)
    least = ENOUGH + STRICTER[voice] + _asked_within(one, two)
    if score < least:
        return Likeness(score, False, "")
    common = sorted(one.stems & two.stems, key=lambda s: (-weights.of(s), s))[:4]
    return Likeness(score, True, f"{score:.2f} of the telling words in common: {', '.join(common)}")


def _closeness(one: Rendering, two: Rendering) -> float:
    """How much of two quotations is the same, above any likeness of words that are not quoted."""
    left, right = one.words.lows, two.words.lows
    if left == right:
        return 2.0
    return round(1 + SequenceMatcher(None, left, right, autojunk=False).ratio(), 3)


def excluded(one: Rendering, two: Rendering) -> bool:
    """True where two renderings cannot be one utterance, whatever joins them: other speakers, or days that exclude each other."""
    return same_voice(one.voice, two.voice) == "other" or not _one_occasion(one, two, words=True)


def _one_occasion(one: Rendering, two: Rendering, words: bool) -> bool:
    """Days must agree: those that articles give within a day for words that are the same, and what is printed was said before.

    News of the same words may come out some days apart, of other words not.
    """
    a, b = one.when, two.when
    if not words:
        return a.meets(b)
    if a.firm and b.firm:
        return a.meets(b, slack=1)
    return a.earlier(OPEN).meets(b.earlier(OPEN))


def _asked_within(one: Rendering, two: Rendering) -> float:
    """In one article two statements are two, unless one of them is in the title, or tells what the next one quotes."""
    if one.article != two.article:
        return 0.0
    if one.title != two.title:
        return -0.1
    return -0.1 if one.direct != two.direct else 0.3


def _score(one: Rendering, two: Rendering, weights: Weights) -> float:
    common = one.stems & two.stems
    if len(common) < 2 and not (one.values & two.values):
        return 0.0
    shared, left, right = weights.sum(common), weights.sum(one.stems), weights.sum(two.stems)
    numbers = _numbers(one, two)
    if numbers > 0:
        extra = numbers * weights.of("")
        shared, left, right = shared + extra, left + extra, right + extra
    if not shared:
        return 0.0
    both = shared / math.sqrt(left * right)
    inside = shared / min(left, right)
    # A part of a sentence is wholly inside the sentence; a part of one word or two is so by chance.
    score = 0.6 * both + 0.4 * inside * min(1.0, len(common) / 3)
    score -= 0.6 * (numbers < 0) + 0.2 * (one.denied != two.denied)
    if one.direct and two.direct:
        score -= (
            0.1  # two quotations of the same words have the same words; others are translations, or another sentence
        )
    return max(score, 0.0)


def _numbers(one: Rendering, two: Rendering) -> int:
    """How many numbers are the same, rare ones twice; -1 where each has numbers and none is the same."""
    common = one.values & two.values
    if not common and one.values and two.values:
        return -1
    return sum(1 + (v >= RARE) for v in common)


def verbatim(one: Rendering, two: Rendering) -> str:
    """The longest run of words that both have and at least one has in quotation marks; empty where it proves nothing.

    It must be most of what the shorter one quotes, so that a phrase of the day in two different sentences proves nothing.
    """
    if not (one.quotes or two.quotes):
        return ""
    quoted = [r.words.quoted() for r in (one, two)]
    if not quoted[0] and not quoted[1]:
        return ""
    if one.words.lows == two.words.lows and len(one.words.lows) > 2:
        return " ".join(one.words.lows)
    if not (one.stems & two.stems):
        return ""
    if all(quoted):
        a, b = quoted
    else:
        a, b = (q or r.words.words for q, r in zip(quoted, (one, two), strict=True))
    left, right = [w.low for w in a], [w.low for w in b]
    least = min(len(q) for q in quoted if q)
    if sum((Counter(left) & Counter(right)).values()) < MOST * least:
        return ""  # that many words must be the same in order, so this many in any order; it is told in a tenth of the time
    if _in_twos(left, right) < MOST * least:
        return (
            ""  # and two of them in a row, wherever: this keeps nine in ten of the rest from being looked at in order
        )
    match = SequenceMatcher(None, left, right, autojunk=False)
    blocks = match.get_matching_blocks()
    longest = max(blocks, key=lambda m: m.size)
    same = sum(m.size for m in blocks if m.size > 1)
    run = left[longest.a : longest.a + longest.size]
    telling = len({w for w in run if len(w) > 3})
    needed = VERBATIM if all(quoted) else VERBATIM + 2
    if same < MOST * least or telling < 2 or longest.size < min(needed, least if all(quoted) else needed):
        return ""
    return " ".join(run)


def _in_twos(left: Sequence[str], right: Sequence[str]) -> int:
    """How many of the words on the left stand in two words in a row that the right has too.

    >>> _in_twos("a door is a house".split(), "not a door is".split())
    3
    """
    there = set(pairwise(right))
    found = [pair in there for pair in pairwise(left)]
    return sum(map(or_, [*found, False], [False, *found]))
