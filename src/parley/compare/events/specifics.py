"""The words by which two tellings of one thing can be known: places, numbers, victims, objects; not the verbs of the act itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from parley.codebooks import lexicon
from parley.compare.stems import stem

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\.?\s+\d{{1,2}}(?!,?\d))\b(?:,?\s+{_YEAR}\b)?|{_YEAR}\b(?!\s+[a-z]))",
    re.I,
)
"""Days and years: dates are compared by themselves. A number of four digits before a small word may count something."""


@cache
def common() -> frozenset[str]:
    """Words that say nothing of which event it is, as they stand and without their endings."""
    lists = lexicon("tellings")["common"].values()
    return frozenset(form for words in lists for word in words.split() for form in (word, stem(word)))


@lru_cache(maxsize=50_000)
def _weight(word: str, first: bool) -> tuple[str, int] | None:
    bare = word.replace(",", "") if word[0].isdigit() else stem(word)
    if bare in common() or (len(bare) < 3 and not bare.isdigit()):
        return None
    if bare[0].isdigit():
        return bare, 1 if len(bare) == 1 else 2
    return bare, 2 if word[0].isupper() and not first else 1


def specifics(text: str, *, without: Iterable[str] = ()) -> dict[str, int]:
    """The words of a clause that may tell which event it is, with what each is worth: 2 for a name or a number, else 1.

    A number of one digit is worth 1, as two acts of a day often have the same; days and years are worth nothing.
    `without` are names that do not count, those of the doers: they are compared by themselves.

    >>> specifics("Shells hit the Orlen crossing on Saturday and killed four lorry drivers", without=["Calvera"])
    {'orlen': 2, 'cross': 1, 'four': 1, 'lorry': 1, 'driver': 1}
    >>> specifics("On 6 October 2031 it lost 8 of 2030 lorries, and 58 more on April 4")
    {'los': 1, '8': 1, '2030': 2, 'lorry': 1, '58': 2}
    """
    names = tuple(w for name in without for w in (x.lower() for x in _WORD.findall(name)) if len(w) > 3)
    found: dict[str, int] = {}
    for n, match in enumerate(_WORD.finditer(_DATE.sub(" ", text))):
        word = match[0]
        weighed = _weight(word, n == 0)
        if weighed and not word.lower().startswith(names or ("\0",)):
            found[weighed[0]] = max(found.get(weighed[0], 0), weighed[1])
    return found


def shared(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """What the words are worth that two clauses share.

    >>> shared({"orlen": 2, "lorry": 1}, {"orlen": 2, "bridg": 1})
    2
    """
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(min(worth, large[word]) for word, worth in small.items() if word in large)


def names_shared(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """How many names and numbers two clauses share.

    >>> names_shared({"orlen": 2, "lorry": 1}, {"orlen": 2, "lorry": 1})
    1
    """
    return sum(worth > 1 and other.get(word, 0) > 1 for word, worth in one.items())
