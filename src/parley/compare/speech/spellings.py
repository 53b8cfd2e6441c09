"""Whether other letters are other words: "air strikes" and "airstrikes", "Raqa" and "Raqqa", "organise" and "organize" are not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.data import small

NAME = 4
"""Letters of a name from which on its spellings can be told from other names."""

_NO_LETTER = re.compile(r"[\W_]+")
_VOWELS = re.compile(r"[aeiouy'’]+|h$")
_TWICE = re.compile(r"(.)\1+")
_HOUSES = (
    (re.compile(r"is(e|es|ed|ing|ation|ations|er|ers)$"), r"iz\1"),
    (re.compile(r"yse(d|s)?$"), r"yze\1"),
    (re.compile(r"our(s|ed|ing|able|ite|hood|hoods)?$"), r"or\1"),
    (re.compile(r"([bt])re(s)?$"), r"\1er\2"),
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"amme(s)?$"), r"am\1"),
)
"""What British and American newspapers write differently, the British form first."""


def spelled_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """True where two runs of words, as printed, differ by spelling alone.

    >>> spelled_alike(["air", "strikes"], ["airstrikes"]), spelled_alike(["Raqa"], ["Raqqa"]), spelled_alike(["Hamad"], ["Hamdan"])
    (True, True, False)
    >>> spelled_alike(["labour"], ["labor"]), spelled_alike(["year"], ["winter"]), spelled_alike(["four"], ["for"])
    (True, False, False)
    """
    if not one or not other:
        return False
    if _letters(one) == _letters(other):
        return True
    return len(one) == len(other) and all(map(_one_word, one, other))


def _letters(words: Sequence[str]) -> str:
    return _NO_LETTER.sub("", small("".join(words)))


def _one_word(one: str, other: str) -> bool:
    a, b = (_NO_LETTER.sub("", small(w)) for w in (one, other))
    if a == b:
        return True
    if one[:1].isupper() and other[:1].isupper():
        return min(len(a), len(b)) >= NAME and a[0] == b[0] and _skeleton(a) == _skeleton(b)
    return min(len(a), len(b)) > NAME and _american(a) == _american(b)


def _skeleton(name: str) -> str:
    """The consonants of a name, doubled ones once: what is left when Arabic or Russian names are put into Latin letters."""
    return _TWICE.sub(r"\1", name[0] + _VOWELS.sub("", name[1:]))


def _american(word: str) -> str:
    for british, american in _HOUSES:
        word = british.sub(american, word)
    return word
