"""Which parties a stretch of text names, by the names that the article's rows name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from parley.compare.base import Told, Who
from parley.store.words import fold

LONGER = 3
"""Letters by which a word may be longer than the name it is made of: "Calveran", "Calverans"."""


def party(who: Who) -> str:
    """What stands for an actor where sides are compared: its side, else its own name, which is what a side is called by.

    >>> party(Who("ac_1", "Talia Wren", "Veyra", known=True)), party(Who("ac_2", "Veyra", None, known=True))
    ('Veyra', 'Veyra')
    """
    return who.side or (who.name if who.known else who.key)


def label(who: Who) -> str:
    """What to call the party of an actor: its side, else its name."""
    return who.side or who.name


def parties_named(told: Told, text: str) -> dict[str, str]:
    """The parties named in a text, in the order in which they are, each with what to call it.

    >>> told = Told({"id": "a"}, "", names={"calvera": "ac_1\\tCalvera\\tCalvera", "brigades": "ac_2\\tToven Brigades\\tVeyra"})
    >>> list(parties_named(told, "The Brigades shelled two Calveran towns."))
    ['Veyra', 'Calvera']
    """
    return {key: name for _, _, key, name in stood(told, fold(text).split())}


def stood(told: Told, words: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Where parties stand among folded words: from which word to which, the party, and what to call it."""
    known = _by_first_letters(tuple(told.names))
    for at, word in enumerate(words):
        for name in known.get(word[:_LETTERS], ()):
            if _stands(name, words, at):
                who = told.who(" ".join(name))
                yield at, at + len(name), party(who), label(who)


_LETTERS = 4


@lru_cache(maxsize=256)
def _by_first_letters(names: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    known: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(name.split())
        if words:
            known.setdefault(words[0][:_LETTERS], []).append(words)
    return known


def _stands(name: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    """True where the name, or a word made of its only word, begins at a place."""
    if len(name) == 1:
        word = words[at]
        return word == name[0] or (
            len(name[0]) > _LETTERS and word.startswith(name[0]) and len(word) - len(name[0]) <= LONGER
        )
    return tuple(words[at : at + len(name)]) == name
