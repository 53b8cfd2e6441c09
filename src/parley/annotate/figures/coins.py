"""Money that no list knows: a noun that stands after millions where the text speaks of costs, pay or funds.

Old coins, local names and new currencies are printed like any other: "1.9 billion coroas of her members' money". A noun is
taken for one only if it does so after two different numbers, or once after billions, and is no word that the lists know.
"""

from __future__ import annotations

import re
from functools import cache

from parley.annotate.figures.clause import words_in
from parley.annotate.figures.words import words_of
from parley.annotate.quantities.counted import stop_words

_SUM = re.compile(r"(?<![0-9.,$€£¥₹₪])([0-9][0-9.,]{0,12}) ?(million|billion|trillion|bn|m|tn) ([a-z]{3,10})\b(?!-)")
_WORD = re.compile(r"[a-z]+")
_ENDINGS = (
    "ers",
    "ors",
    "ists",
    "ants",
    "ians",
    "men",
    "ees",
    "ness",
    "ment",
    "tion",
    "ions",
    "ing",
    "ed",
    "ly",
    "ity",
    "ies",
)


@cache
def _known() -> frozenset[str]:
    classes = ("person", "building", "weapon", "thing", "generic", "policy", "outcome")
    lists = ("goods", "place_nouns", "uncounted", "arms", "armed", "stocks", "crew", "documents", "rated")
    return frozenset().union(*map(words_of, classes), *map(words_in, lists), stop_words())


def coins(text: str) -> frozenset[str]:
    """The nouns of a text that are money there, beside the currencies everybody knows."""
    if "illion" not in text and "bn " not in text:
        return frozenset()
    billions: set[str] = set()
    seen: set[str] = set()
    for match in _SUM.finditer(text[:60_000]):
        _, size, noun = match.groups()
        if noun in _known() or noun.endswith(_ENDINGS) or not _of_money(text, match.start(), match.end()):
            continue
        seen.add(noun)
        if size[0] in "bt":
            billions.add(noun)
    return frozenset(noun for noun in seen if noun in billions or _numbers_before(text, noun) > 1)


def _numbers_before(text: str, noun: str) -> int:
    """How many different numbers stand before a noun; "between 700 million and 900 million dukats" are two."""
    size = "(?:million |billion |bn |m )?"
    ends = re.finditer(
        rf"(?:([0-9][0-9.,]{{0,12}}) {size}(?:and|to|or) )?([0-9][0-9.,]{{0,12}}) {size}{noun}\b", text[:60_000]
    )
    return len({number for m in ends for number in m.groups() if number})


def _of_money(text: str, start: int, end: int) -> bool:
    near = text[max(0, start - 70) : start] + " " + text[end : end + 40]
    return not (words_in("paid") | words_in("sums")).isdisjoint(_WORD.findall(near.lower()))
