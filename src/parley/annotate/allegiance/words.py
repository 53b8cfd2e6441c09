"""The word classes of codebooks/allegiance.toml, and what the words behind a name say of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from parley.annotate.language.grammar import AUXILIARIES, is_adverb
from parley.annotate.language.lines import Line
from parley.annotate.parties.words import words
from parley.codebooks import lexicon

_BEFORE = frozenset(("in", "at", "from", "of", "to", "with", "near", "against", "for", "on", "by"))
_REACH = 4
_ASIDE = 6
_SPEAKERS = frozenset(("he", "she", "they", "said", "says", "it"))
_WISHES = frozenset(("wish", "intention", "plan", "plans", "desire", "interest", "objection"))


@cache
def word_class(name: str) -> frozenset[str]:
    """One class of the list."""
    return frozenset(w for row in lexicon("allegiance")["words"] if row["name"] == name for w in row["words"])


@cache
def _common() -> frozenset[str]:
    kinds = ("unnamed state", "unnamed movement", "hands", "employer", "unions")
    return frozenset().union(*map(word_class, kinds))


def is_unnamed(party: str) -> bool:
    """True for what only its article gives a meaning: "Government", "Rebels", "striking nurses".

    >>> is_unnamed("Government"), is_unnamed("communist rebels"), is_unnamed("Ondran rebels"), is_unnamed("Port employers")
    (True, True, False, False)
    """
    *before, last = party.split() or [""]
    if last.lower() not in _common():
        return False
    return all(w.islower() or w.lower() in word_class("unnamed modifier") for w in before)


def commits(lowers: Sequence[str], at: int) -> bool:
    """True for "Velland would ...", "the Front was ready to ...": what one says of one's own side."""
    told = word_class("commits")
    if at < len(lowers) and lowers[at] == ",":
        # "the Ondran side, she reported, is prepared to": who speaks stands between
        closing = next((i for i in range(at + 1, min(len(lowers), at + _ASIDE)) if lowers[i] == ","), None)
        at = closing + 1 if closing is not None and not _SPEAKERS.isdisjoint(lowers[at + 1 : closing]) else at
    for i in range(at, min(len(lowers), at + _REACH)):
        word = lowers[i]
        if word in told or (word == "no" and not _WISHES.isdisjoint(lowers[i + 1 : i + 2])):
            return True
        if word not in AUXILIARIES and not is_adverb(word) and word not in ("remains", "not", "never"):
            return False
    return False


def finds_fault(lowers: Sequence[str], at: int) -> bool:
    """True for "Karsk had failed ...": what one says of the other side."""
    told = word_class("faults")
    for word in lowers[at : at + 3]:
        if word in told:
            return True
        if word not in AUXILIARIES and not is_adverb(word) and word not in ("side", "government", "regime", "party"):
            return False
    return False


def acts(lowers: Sequence[str], at: int) -> bool:
    """True where a verb of doing or saying follows, auxiliaries and adverbs aside."""
    will = word_class("commits")
    for word in lowers[at : at + _REACH]:
        if word in will or (word in words("act") and word.endswith(("s", "ed"))):
            return True
        if word not in AUXILIARIES and not is_adverb(word) and word != "not":
            return word.endswith("ed") and word not in ("based", "called", "named")
    return False


def hangs_on(line: Line, first: int) -> bool:
    """True where a name stands behind a preposition: "in Belqar", "from Quenza"."""
    at = first - 1
    if at >= 0 and line.lowers[at] == "the":
        at -= 1
    if at > 0 and line.lowers[at] == "and" and "between" in line.lowers[max(0, at - _REACH) : at]:
        return True
    return at >= 0 and line.lowers[at] in _BEFORE
