"""What a figure counts: whom and where, brought to keys under which the same thing told in other words falls together."""

from __future__ import annotations

import re
from typing import NamedTuple

from parley.store.words import fold

_ANYBODY = frozenset(
    [
        "person",
        "people",
        "victim",
        "dead",
        "death",
        "live",
        "life",
        "other",
        "individual",
        "fatality",
        "casualty",
        "toll",
        "soul",
        "martyr",
        "count",
        "number",
        "they",
    ]
)
"""Words that say no more than that people are counted."""

_ALIKE = {
    "fighter": "fighter rebel militant insurgent terrorist gunman gunmen jihadist combatant mercenary guerrilla",
    "soldier": "soldier troop serviceman servicemen trooper",
    "captive": "captive hostage",
    "detainee": "detainee prisoner inmate",
    "child": "child children kid minor",
    "woman": "woman women",
    "civilian": "civilian non-combatant noncombatant",
    "man": "man men",
    "officer": "officer policeman policemen police",
}
"""Words for the same people, whichever side chooses them: which one it is makes no other count."""

_MEANS = {word: name for name, words in _ALIKE.items() for word in words.split()}
_TAIL = re.compile(
    r",|\b(?:who|whom|which|that|from|in|at|on|near|with|by|across|inside|most|including|found|per|a)\b|\("
)
_NOT = re.compile(r"\b(?:not|no|non|other than)\b", re.I)
_ENDINGS = ("ese", "ian", "ish", "an", "ia", "is", "i", "a", "s", "e")
"""Endings by which names of countries and of their people differ: Syria, Syrians; Lebanon, Lebanese; Israel, Israelis."""

_AT = re.compile(r"^(?:the|in|at|inside|within|all of|whole of|all|whole) ")
_OF = re.compile(r"^(?:.*\w['’]s?|[A-Z]\w{3,}s) (?=[A-Z])")
"""Whose a place is: "Meruvia's Fennick" is Fennick; many crawled texts have lost the apostrophe."""

_KIND = frozenset(
    [
        "city",
        "town",
        "village",
        "province",
        "region",
        "area",
        "district",
        "neighborhood",
        "neighbourhood",
        "governorate",
        "state",
        "capital",
        "countryside",
        "county",
    ]
)
"""Words for kinds of places. Alone, or with a people's name ("a Syrian town"), they name none."""


class Counted(NamedTuple):
    """Whom a figure counts: `head`, empty for people in general, and the stem of the `nation` they are of, empty where none."""

    head: str
    nation: str


def place_key(place: str | None) -> str:
    """A place's key, the same as that of its people.

    >>> place_key("Meruvia"), place_key("Idlib province"), place_key("a Meruvian town"), place_key(None)
    ('meruv', 'idlib', '', '')
    """
    if not place:
        return ""
    words = [w for w in re.findall(r"[^\W_]+", _OF.sub("", place)) if w.lower() not in ("a", "an")]
    named = [w for w in words if w.lower() not in _KIND]
    if len(named) < len(words) and all(_names_people(w) for w in named if w[0].isupper()):
        return ""
    return " ".join(map(_stem, _AT.sub("", fold(" ".join(named))).split()))


def _stem(word: str) -> str:
    """A name's first letters, without the endings that make people of a country.

    >>> [_stem(w) for w in ("syria", "syrians", "calveran", "israelis", "gaza", "fennick")]
    ['syr', 'syr', 'calver', 'israel', 'gaz', 'fennick']
    """
    while True:
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), None)
        if ending is None:
            return word
        word = word[: -len(ending)]


def counted(population: str | None) -> Counted:
    """Whom a printed population means.

    >>> counted("people"), counted("Meruvians"), counted("Calveran soldiers"), counted("the 64 hostages")
    (Counted(head='', nation=''), Counted(head='', nation='meruv'), Counted(head='soldier', nation='calver'), Counted(head='captive', nation=''))
    """
    if not population:
        return Counted("", "")
    if _NOT.search(population):
        return Counted(fold(population), "")
    start = _TAIL.split(population.strip(), maxsplit=1)[0] or population
    nations = [w for w in re.findall(r"[^\W\d_]+", start) if w[0].isupper() and _names_people(w)]
    nation = _stem(fold(nations[0])) if nations else ""
    words = [_single(w) for w in fold(start).split() if not w.isdigit()]
    last = words[-1] if words else ""
    if not last or last in _ANYBODY or (nations and last == _single(fold(nations[-1]))):
        return Counted("", nation)
    return Counted(_MEANS.get(last, last), nation)


def _names_people(word: str) -> bool:
    """True of a capitalised word that looks like a people's name, singular or plural: "Meruvians", "Calveran".

    >>> [_names_people(w) for w in ("Meruvians", "Iraqi", "Lebanese", "Dozens", "Toven", "Britons")]
    [True, True, True, False, False, False]
    """
    return bool(re.search(r"(?:ans?|ese|is?|ish|ites?)$", word)) and len(word) > 4


def _single(word: str) -> str:
    if word in _MEANS or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word[:-1]


def where_key(place: str | None, who: Counted) -> str:
    """The place that a count is about: the printed one, else the land of the people counted; empty where neither is told."""
    return place_key(place) or who.nation
