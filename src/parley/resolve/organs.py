"""Bodies and their organs: whose ministry, army or armed wing a name means, and what a body is called without what it is.

"Ondra's interior ministry", "the Ministry of the Interior of Ondra" and, said of Ondra, "the interior ministry" are one organ
of one owner. "The Ondran government" is Ondra itself. Owners are those that a codebook knows, and the side that the article
gives; an organ without any owner is somebody else in every article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.names import normalise
from parley.codebooks import Codebook, lexicon
from parley.resolve.spelling import sound, spelt

_SMALL = frozenset({"of", "the", "and", "for", "in", "a", "an", "de", "at", "on", "to"})
_MINISTRY = frozenset({"ministry", "department"})
_SPELLINGS = {"defense": "defence", "labor": "labour", "organization": "organisation", "center": "centre"}
_OWNED = re.compile(r"^(?:the )?(.+?)(?:'s?|’s?) (.+)$")
_PREPOSITION = re.compile(r" (?<=\w )(?:of|in|for) (?=\w)")
_GENERIC_MINISTRY_WORDS = frozenset({"affairs", "public", "general"})


@dataclass(frozen=True, slots=True)
class Body:
    """What a body's name says: `owner` and `organ` of an organ, else `core`, the words without what kind of body it is.

    `itself` is True where the words mean the owner: "the Ondran government". `head` is the noun for what it is.
    """

    owner: str | None
    organ: str | None
    itself: bool
    core: tuple[str, ...]
    head: str | None
    letters: str | None


class Owners:
    """Whom organs may belong to: every government and body of a codebook, by its names, people words and capital."""

    def __init__(self, book: Codebook) -> None:
        meant: dict[str, set[str]] = {}
        self.kinds: dict[str, str] = {}
        for entry in book.actors:
            if entry.kind in ("government", "organisation"):
                self.kinds[entry.name] = entry.kind
                for form in (entry.name, *entry.aliases, *entry.demonyms, *((entry.capital,) if entry.capital else ())):
                    meant.setdefault(folded(form), set()).add(entry.name)
        self._meant: Mapping[str, set[str]] = meant
        self._listed: dict[str, list[str]] = {}
        for entry in book.actors:
            for form in (entry.name, *entry.aliases, *entry.demonyms, *((entry.capital,) if entry.capital else ())):
                names = self._listed.setdefault(normalise(form), [])
                names += [entry.name] if entry.name not in names else []

    def of(self, words: str, side: str | None) -> str | None:
        """The one owner whom some words mean, beside the side that the article gives: "Ondran" is Ondra's."""
        plain = folded(words)
        known = self._meant.get(plain, set())
        named = self.named(side)
        if len(known) > 1 and named in known:
            return named
        if len(known) == 1:
            return next(iter(known))
        if side and not known and _of_side(plain, folded(side)):
            return named
        return None

    def listed(self, form: str) -> list[str]:
        """The names of those for whom the codebook has this form of a name."""
        return self._listed.get(form, [])

    def ambiguous(self, words: str) -> bool:
        """True for words that several own: a capital's name that two states have."""
        return len(self._meant.get(folded(words), ())) > 1

    def named(self, side: str | None) -> str | None:
        """A side under the one name that the codebook has for it."""
        if not side:
            return None
        known = self._meant.get(folded(side), set())
        return next(iter(known)) if len(known) == 1 else side

    def kind(self, owner: str) -> str | None:
        """What the codebook says an owner is."""
        return self.kinds.get(owner)


def folded(words: str) -> str:
    """Words of a body's name in one spelling, the possessive kept apart from them.

    >>> folded("the Defense Ministry")
    'defence ministry'
    """
    return " ".join(_SPELLINGS.get(w, w) for w in normalise(words).split())


def _of_side(words: str, side: str) -> bool:
    """ "Calveran" is of Calvera, "Veyra" of Veyra: the side's word, or one made from it by its ending."""
    if words == side:
        return True
    stem = side[:-1] if side[-1:] in "aeiouy" else side
    return len(stem) >= 4 and " " not in words and words.startswith(stem) and len(words) - len(stem) <= 4


def body(name: str, side: str | None, owners: Owners) -> Body:
    """What a body's name says of whose it is and what it is.

    >>> from parley.codebooks import ActorEntry
    >>> book = Codebook((), "", actors=(ActorEntry("Ondra", "government", "Ondra", demonyms=("Ondran",)),))
    >>> [body(n, s, Owners(book)).organ for n, s in (("the Ondran Ministry of the Interior", None), ("army", "Ondra"))]
    ['interior ministry', 'army']
    >>> body("the Ondran government", None, Owners(book)).itself, body("Ondran Lamp Company", None, Owners(book)).core
    (True, ('lamp', 'ondran'))
    """
    plain = folded(name)
    for whose, what in _splits(name):
        if (owner := owners.of(whose, side)) is None:
            continue
        if _is_self(what, owners.kind(owner)):
            return Body(owner, None, True, (), None, None)
        if (organ := organ_of(what)) is not None:
            return Body(owner, organ, False, (), None, None)
    for whose, what in _owned(name):
        if whose[:1].isupper() and (organ := organ_of(what)) is not None and organ_of(f"ministry of {whose}") is None:
            return Body(None if owners.ambiguous(whose) else folded(whose), organ, False, (), None, None)
    if (organ := organ_of(plain)) is not None:
        return Body(owners.named(side), organ, False, (), None, None)
    core, head = _core(plain)
    return Body(None, None, False, core, head, _letters(name))


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Whose, and what: the ways in which a name may say so."""
    yield from _owned(name)
    flat = _flat(name)
    words = [_SPELLINGS.get(w, w) for w in flat.removeprefix("the ").removeprefix("The ").split()]
    for at in range(min(3, len(words) - 1), 0, -1):
        yield " ".join(words[:at]), " ".join(words[at:])


def _owned(name: str) -> Iterator[tuple[str, str]]:
    """Whose, and what, where the name says it with a possessive or a preposition."""
    flat = _flat(name)
    if found := _OWNED.match(flat):
        yield found[1], found[2]
    for at in reversed([m.start() for m in _PREPOSITION.finditer(flat)]):
        whose = flat[at:].split(" ", 2)[2].removeprefix("the ")
        yield whose, flat[:at].removeprefix("the ").removeprefix("The ")


def _flat(name: str) -> str:
    return " ".join(name.replace("’", "'").split())


def _is_self(what: str, kind: str | None) -> bool:
    words = folded(what).split()
    selves = _selves()
    allowed = selves.get(kind or "", frozenset()) if kind else frozenset().union(*selves.values())
    if kind == "organisation":
        modifiers = words_of_class("modifier")
        return bool(words) and words[-1] in allowed and all(w in modifiers for w in words[:-1])
    return len(words) == 1 and words[0] in allowed


@cache
def _selves() -> Mapping[str, frozenset[str]]:
    return {row["class"]: frozenset(map(folded, row["words"])) for row in lexicon("organs")["self"]}


def organ_of(words: str) -> str | None:
    """The organ that some words mean, in one form; None where they mean none.

    >>> organ_of("military wing"), organ_of("Ministry of Health"), organ_of("the ministry"), organ_of("dockers' union")
    ('armed wing', 'health ministry', 'ministry', None)
    """
    plain = _bare(words)
    if plain in _organs():
        return _organs()[plain]
    found = [w for w in re.split(r"[\s-]+", plain) if w not in _SMALL]
    if "ministry" not in found or len(found) > 4:
        return None
    rest = [w for w in found if w not in _MINISTRY and w not in _GENERIC_MINISTRY_WORDS]
    modifiers = words_of_class("modifier") | _portfolios()
    return f"{' '.join(sorted(rest))} ministry".strip() if all(w in modifiers for w in rest) else None


def _bare(words: str) -> str:
    return " ".join(w for w in folded(words).split() if w != "the")


@cache
def _organs() -> Mapping[str, str]:
    return {_bare(word): row["class"] for row in lexicon("organs")["organ"] for word in row["words"]}


@cache
def _portfolios() -> frozenset[str]:
    """What ministries are for, beside the words that titles have."""
    words = (
        "commerce industry agriculture environment culture transport housing planning tourism water home oil education"
    )
    return frozenset(f"{words} justice economy energy labour religious social women youth sports".split())


def _core(plain: str) -> tuple[tuple[str, ...], str | None]:
    """The words of a name less the noun for what it is, in an order of their own; and that noun, in one form."""
    words = [w.removesuffix("'") for w in plain.replace("-", " ").split() if w not in _SMALL]
    head = None
    if len(words) > 1 and _singular(words[-1]) in _heads():
        head = _heads()[_singular(words[-1])]
        words = words[:-1]
    return tuple(sorted(words)), head


def _singular(word: str) -> str:
    return word if word in _heads() else word.removesuffix("s")


@cache
def _heads() -> Mapping[str, str]:
    out: dict[str, str] = {}
    for row in lexicon("organs")["head"]:
        for word in row["words"]:
            out.setdefault(folded(word), row["class"])
    return out


def _letters(name: str) -> str | None:
    """The letters that a name of several words goes by: "Northern Metal Workers' Union" is NMWU."""
    words = [w for w in re.split(r"[\s-]+", name) if w.lower() not in _SMALL]
    return "".join(w[0] for w in words).upper() if len(words) > 2 and all(w[0].isupper() for w in words) else None


def is_letters(name: str) -> bool:
    """True for a name that is letters only: NMWU, N.M.W.U."""
    plain = name.replace(".", "")
    return 2 < len(plain) <= 7 and plain.isalpha() and plain.isupper()


def keys(one: Body, name: str) -> list[str]:
    """What two bodies share where they may be one."""
    if one.organ is not None:
        if one.owner is None:
            return [f"l:{one.organ}"]
        loose = [f"n:{folded(one.owner)}"] if one.organ.endswith("ministry") else []
        return [f"r:{folded(one.owner)}:{one.organ}", f"l:{one.organ}", *loose]
    found = [f"b:{' '.join(sound(_one_of(w)) for w in one.core)}"] if one.core else []
    if is_letters(name):
        found.append(f"a:{name.replace('.', '')}")
    if one.letters:
        found.append(f"a:{one.letters}")
    return found


def _one_of(word: str) -> str:
    return word.removesuffix("s") if len(word) > 4 else word


def same_core(left: Sequence[str], right: Sequence[str]) -> bool:
    """True where each word is the other's, or a spelling of it."""
    if len(left) != len(right):
        return False
    how = [spelt(a, b) if a != b else "same" for a, b in zip(left, right, strict=True)]
    return how.count("same") >= len(how) - 1 and all(h in ("same", "transliteration", "slip") for h in how)
