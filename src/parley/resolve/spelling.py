"""One word of a name in two spellings: carried over from another script in two ways, or mistyped.

Letters that transcriptions choose freely are folded (`Q` and `K`, `ou` and `u`, a final `h`), others are not: a vowel that
is always another one makes another name (`Mohammed`, `Mahmoud`), and so does an ending (`Martin`, `Martina`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from parley.annotate.language.names import edits

Spelt = Literal["same", "transliteration", "slip", "ending", "different"]

_CONSONANTS = (
    *(("tsch", "C"), ("tch", "C"), ("sch", "S"), ("dzh", "j"), ("ck", "k"), ("kh", "X"), ("gh", "g"), ("dh", "d")),
    *(("th", "t"), ("ph", "f"), ("sh", "S"), ("ch", "C"), ("cz", "C"), ("sz", "S"), ("zh", "j"), ("dj", "j")),
    *(("tz", "z"), ("ts", "z"), ("x", "ks"), ("w", "v"), ("c", "k")),
)
"""Letters of the languages that write names with Latin letters, and what stands for them here; longer ones first."""

_CLOSE = {frozenset(p) for p in ("Xk", "Xh", "qk", "qg", "qX", "fv", "SC")}
"""Consonants that one name has by turns, as it is transcribed."""

_VOWELS_CLOSE = {frozenset(p) for p in ("ae", "ei", "ou")}
_PARTS = re.compile(r"[aeiou]+|[^aeiou]")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = str.maketrans({"X": "k", "q": "k", "g": "k", "f": "v", "C": "s", "S": "s", "z": "s", "j": "j"})

SHORTEST = 5
"""Letters that a word must have before a vowel or a slip is overlooked: names of four differ by one letter and are two."""


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """What spellings of one name share, for finding them: the consonants, like ones as one, and the fact of a first vowel.

    >>> sound("Qaddafi") == sound("Gadhafi"), sound("Haniyeh") == sound("Haniya"), sound("Zelensky") == sound("Zelenskyy")
    (True, True, True)
    """
    written = _written(word)
    bare = "".join(c for c in written[1:].translate(_SOUNDS) if c not in "aeiouh")
    first = written[:1].translate(_SOUNDS)
    whole = ("a" if first in "aeiou" else first) + bare
    return _DOUBLED.sub(r"\1", whole)


@lru_cache(maxsize=65536)
def _written(word: str) -> str:
    """The word with one letter a consonant, without doubled letters, `y` as `i`, and no silent `h` at its end."""
    text = "".join(c for c in word.lower() if c.isalpha())
    if len(text) > 2 and text[0] in "yj" and text[1] in "eiu" and text[0] == "y":
        text = text[1:]
    for letters, one in _CONSONANTS:
        text = text.replace(letters, one)
    text = text.replace("y", "i").replace("ij", "i").replace("ee", "i").replace("oo", "u").replace("ou", "u")
    text = _DOUBLED.sub(r"\1", text)
    return text[:-1] if len(text) > 3 and text.endswith("h") else text


@lru_cache(maxsize=65536)
def spelt(left: str, right: str) -> Spelt:
    """How two words of names, in small letters without accents, are spellings of one.

    >>> [spelt(*pair) for pair in (("haniyeh", "haniya"), ("bardan", "badran"), ("martin", "martina"), ("hamad", "hamdan"))]
    ['transliteration', 'slip', 'ending', 'different']
    >>> spelt("mohammed", "muhammad"), spelt("mohammed", "mahmoud")
    ('transliteration', 'different')
    """
    if left == right:
        return "same"
    if sound(left) == sound(right) and _transcribed(left, right):
        return "transliteration"
    if _other_ending(left, right):
        return "ending"
    return "slip" if _slip(left, right) else "different"


def _transcribed(left: str, right: str) -> bool:
    a, b = _PARTS.findall(_written(left)), _PARTS.findall(_written(right))
    if not a or not b:
        return False
    lax = min(len(left), len(right)) >= SHORTEST
    a, b = _padded(a, b) if lax else (a, b)
    return len(a) == len(b) and all(x == y or _close(x, y, lax=lax) for x, y in zip(a, b, strict=True))


def _padded(a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
    """Both with an empty vowel where only the other has an `e` between consonants: Aleksandr, Aleksander."""
    if abs(len(a) - len(b)) != 1:
        return a, b
    long, short = (a, b) if len(a) > len(b) else (b, a)
    for n in range(1, len(long) - 1):
        if long[n] == "e" and long[:n] == short[:n] and short[n][0] not in "aeiou":
            filled = [*short[:n], "e", *short[n:]]
            return (long, filled) if long is a else (filled, long)
    return a, b


def _close(x: str, y: str, *, lax: bool) -> bool:
    if x[0] not in "aeiou" or y[0] not in "aeiou":
        return frozenset((x, y)) in _CLOSE
    if not lax:
        return x in "ou" and y in "ou"
    one, two = _DOUBLED.sub(r"\1", x), _DOUBLED.sub(r"\1", y)
    if len(one) != len(two):
        return {one, two} <= {"ei", "ai", "e", "i"} and {one, two} & {"ei", "ai"} != set()
    return all(p == q or frozenset((p, q)) in _VOWELS_CLOSE for p, q in zip(one, two, strict=True))


def _other_ending(left: str, right: str) -> bool:
    """True where the words differ in their last vowel alone: a man's and a woman's name, or another name."""
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) == 1 and long[:-1] == short:
        return long[-1] in "aeiouy"
    return len(long) == len(short) and long[:-1] == short[:-1] and {long[-1], short[-1]} <= set("aeiouy")


def _slip(left: str, right: str) -> bool:
    if min(len(left), len(right)) < SHORTEST or left[0] != right[0]:
        return False
    return edits(left, right, most=1) <= 1 or (sorted(left) == sorted(right) and edits(left, right) <= 2)
