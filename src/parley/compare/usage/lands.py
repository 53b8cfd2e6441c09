"""Whose victims: the side or the people that a count of victims names, as the article itself tells.

"Calverans" are Calvera's where Calvera is a side. Where a people has no side by its own name ("Meruvians", governed by a movement of
another name) it stands for itself: nobody is put on a movement's side for living where it governs.
"""

from __future__ import annotations

import re

from parley.compare.base import Row
from parley.compare.usage.sided import Sides, made_from

_NAME = re.compile(r"\b[A-Z][a-zà-ÿ]{3,30}\b")


class Lands:
    """The lands of an article: names from which it also prints the name of a people ("Meruvia", "Meruvians")."""

    def __init__(self, text: str) -> None:
        self._names: list[str] = sorted(set(_NAME.findall(text)), key=lambda w: (len(w), w))

    def of(self, words: str | None) -> str | None:
        """The land that words name, or whose people they name; None where the article does not print both."""
        found: list[str] = _NAME.findall(words or "")
        for word in found:
            for name in self._names:
                if name != word and made_from(word.lower(), name):
                    return name
            if any(name != word and made_from(name.lower(), word) for name in self._names):
                return word
        return None


def victims_of(figure: Row, sides: Sides, lands: Lands) -> str | None:
    """Whose victims a figure counts: by the people that it names, else by the place."""
    people, place = figure["population"], figure["place"]
    return sides.of_text(people) or lands.of(people) or sides.of_text(place) or lands.of(place)
