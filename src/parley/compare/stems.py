"""What a word shares with its other forms: near enough to compare what two outlets print."""

from __future__ import annotations

import re
from functools import lru_cache

from parley.annotate.language.grammar import word_set
from parley.annotate.language.inflection import forms
from parley.data import small

_IRREGULAR = word_set(
    """
    become begin break bring build buy catch choose come cut deal draw drive fall feed fight find fly forget freeze get give go grow
    hear hide hit hold hurt keep know lay lead leave lend lose make meet pay put run see seek sell send set shake shoot shut sink
    speak spend stand steal strike swear take teach tear think throw understand win withdraw withhold write
    """
)
_BASES = {form: verb for verb in sorted(_IRREGULAR) for form in forms(verb)}
_DOUBLED = re.compile(r"([bdgkmnprt])\1$")
_ENDINGS = {
    **dict.fromkeys(("ations", "ation", "ingly", "ments", "ment", "ances", "ance", "als", "al", "ly"), 5),
    **dict.fromkeys(("ings", "ing", "edly", "es"), 4),
    **dict.fromkeys(("ed", "s", "e"), 3),
}
"""Endings, and how many letters must be left before them. Not "-er": a driver is no drive, and water and craters have no verb."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What a word shares with its other forms, near enough to compare: "accepts", "accepted" and "acceptance" are one.

    >>> [stem(w) for w in ("accepts", "acceptance", "stopped", "broke", "children’s", "Calverans")]
    ['accept', 'accept', 'stop', 'break', 'children', 'calvera']
    """
    low = small(word).removesuffix("'s").removesuffix("'")
    low = _BASES.get(low, low)
    if low.endswith(("an", "ans")) and len(low) > 5:
        return low.removesuffix("s")[:-1]  # of a country's people: "Calveran"
    if low.endswith(("ies", "ied")) and len(low) > 4:
        return f"{low[:-3]}y"
    for ending, left in _ENDINGS.items():
        if low.endswith(ending) and len(low) - len(ending) >= left:
            return _DOUBLED.sub(r"\1", low[: -len(ending)])
    return low
