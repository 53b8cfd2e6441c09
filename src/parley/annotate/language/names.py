"""Two names compared: the primitives that telling mentions and actors apart rests on."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from parley.annotate.language.grammar import word_set

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PARTICLES = word_set(
    """
    al el bin ibn ben abu abd van von de der den del della di da dos du la le st
    """
)
_GENERATIONS = word_set("jr sr ii iii iv")


@lru_cache(maxsize=8192)
def normalise(name: str) -> str:
    """A name without accents, case, possessive and leading article, its words parted by single spaces.

    Nor does it have where somebody sits: "Port Amity-based" before a name is said about it.

    >>> normalise("the Côte d’Ivoire's"), normalise("the Adrim-based Harbour Monitor")
    ("cote d'ivoire", 'harbour monitor')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'").lower()
    words = _WORD.findall(plain)
    if words and words[0] in ("the", "a", "an") and len(words) > 1:
        words = words[1:]
    based = next((n for n, w in enumerate(words[:3], 1) if w.endswith("-based")), 0)
    if based < len(words):
        words = words[based:]
    return " ".join(w.removesuffix("'s") for w in words)


def surname(name: str) -> str:
    """The word that stands for a person once he is known, with its particle's hyphen: `al-Assad`.

    >>> surname("Osama Hamdan"), surname("Bashar al-Assad"), surname("Ursula von der Leyen")
    ('hamdan', 'al-assad', 'von der leyen')
    >>> surname("Ada Tarn Jr.")
    'tarn'
    """
    words = normalise(name).split()
    if len(words) > 2 and words[-1] in _GENERATIONS:
        del words[-1]
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return " ".join(words[max(start, 0) :])


def edits(left: str, right: str, *, most: int = 2) -> int:
    """Letters to add, drop, change or swap with a neighbour to make one from the other; `most + 1` where it is more.

    >>> edits("bardan", "badran"), edits("hamdan", "hamad")
    (1, 2)
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def misspelt(left: str, right: str) -> bool:
    """True where two words look like one name, one of them mistyped: same letters but one slip, or letters moved.

    Short names differ by one letter and are different people: below five letters nothing counts as a slip.

    >>> misspelt("Bardan", "Badran"), misspelt("Haniyeh", "Haniyah"), misspelt("Hamdan", "Hamad"), misspelt("Khan", "Khat")
    (True, True, False, False)
    """
    a, b = normalise(left), normalise(right)
    if min(len(a), len(b)) < 5 or a[:1] != b[:1]:
        return False
    return edits(a, b, most=1) <= 1 or (sorted(a) == sorted(b) and edits(a, b) <= 2)


def initials_match(left: str, right: str) -> bool:
    """True where one name has an initial for the other's given name: `J. Biden`, `Joe Biden`.

    >>> initials_match("J. Biden", "Joe Biden"), initials_match("R. Biden", "Joe Biden")
    (True, False)
    """
    a, b = normalise(left).split(), normalise(right).split()
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    first, second = a[0].rstrip("."), b[0].rstrip(".")
    return (len(first) == 1 or len(second) == 1) and first[0] == second[0]
