"""Which descriptions can mean one person: "the premier" a prime minister, "the Hamas official" no analyst."""

from __future__ import annotations

from functools import cache, lru_cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import word_set
from parley.codebooks import lexicon

# Heads that say nothing about the office: any of them may stand for any other.
ANY_OFFICE = word_set("official leader figure member representative head chief man woman politician source")
OFFICIALS = word_set(
    """
    minister premier president spokesman spokeswoman spokesperson negotiator envoy ambassador diplomat adviser
    secretary chancellor commissioner governor mayor commander general
    """
)
# A father or a resident is not named later by whoever speaks next; who speaks for a body may be.
SPEAKS_FOR = OFFICIALS | word_set("official leader member head chief representative figure commander general lawmaker")
_TITLES = word_set("secretary-general director-general undersecretary spokesperson speaker commissioner")
# What a minister or a ministry is for: two that differ are two.
_PORTFOLIOS = word_set(
    """
    prime foreign defence interior finance health trade labour transport energy justice education economy
    agriculture housing culture environment information security commerce industry home water planning
    """
)
_SPELLINGS = {
    "defense": "defence",
    "labor": "labour",
    "economic": "economy",
    "prof": "professor",
    "sen": "senator",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "amb": "ambassador",
    "dr": "doctor",
    "pm": "premier",
}


@lru_cache(maxsize=4096)
def folded(text: str) -> tuple[str, ...]:
    """The words of a description in lower case, without marks, in one spelling.

    >>> folded("The Defense Minister,")
    ('the', 'defence', 'minister')
    """
    words = [w.strip(",.()“”\"'’").lower() for w in text.replace("\u00a0", " ").replace("’", "'").split()]
    return tuple(_SPELLINGS.get(w, w) for w in words if w)


@lru_cache(maxsize=4096)
def heads(text: str) -> frozenset[str]:
    """The nouns for persons in a description.

    >>> sorted(heads("a senior member of the politburo"))
    ['member']
    """
    return _head_words().intersection(folded(text))


@cache
def _head_words() -> frozenset[str]:
    return words_of_class("role", "person") | _TITLES | {"mp", "boss", "delegate", "emissary", "parliamentarian"}


@cache
def _classes() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Words for offices by their first word, each with its class."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in lexicon("speakers")["office"]:
        for phrase in row["words"]:
            words = tuple(phrase.split())
            out.setdefault(words[0], []).append((words, row["class"]))
    return out


def offices(text: str) -> frozenset[str]:
    """The offices that a description may name.

    >>> sorted(offices("the country's top diplomat"))
    ['envoy', 'foreign minister']
    """
    words = folded(text)
    table = _classes()
    return frozenset(
        office
        for at, word in enumerate(words)
        for phrase, office in table.get(word, ())
        if words[at : at + len(phrase)] == phrase
    )


def portfolios_clash(left: str, right: str) -> bool:
    """True for a foreign and a health minister.

    >>> portfolios_clash("the health minister", "foreign minister of Kell"), portfolios_clash("the minister", "health minister")
    (True, False)
    """
    a, b = (_PORTFOLIOS & set(folded(t)) for t in (left, right))
    return bool(a and b and not a & b) and not offices(left) & offices(right)


def one_office(left: str, right: str) -> bool:
    """True where two descriptions have a noun for a person, or an office, in common, and no portfolio speaks against it."""
    shared = (heads(left) & heads(right)) - ANY_OFFICE or offices(left) & offices(right)
    return bool(shared) and not portfolios_clash(left, right)


def may_be_one(left: str | None, right: str | None) -> bool:
    """True unless the two descriptions speak against each other: "a senior official" may be a minister, but no analyst."""
    if not left or not right:
        return True
    a, b = heads(left) - ANY_OFFICE, heads(right) - ANY_OFFICE
    if not b:
        return True
    if not a:
        return bool(b & OFFICIALS)
    return one_office(left, right)
