"""Names of persons taken apart and held against each other: given names, initials, surname, generation, order.

`alike` is graded and says why, and knows three answers: one name (score 0.6 and more), perhaps (from 0.3), and two names.
The scores are what the evaluation in benchmarks/quality/actors.py was tuned with; a likeness of two parts is their product.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import ADVERBS, COORDINATORS, DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS
from parley.annotate.language.names import normalise
from parley.codebooks import lexicon
from parley.resolve.names import Likeness
from parley.resolve.spelling import sound, spelt

POSITIVE = 0.6
"""From here on two names are taken for one where nothing speaks against it."""

UNSURE = 0.3
"""From here on they may be one."""

_SLIP = 0.75
_TRANSCRIBED = 0.9
_SHORT_FORM = 0.8
_INITIAL = 0.85
_FEWER = 0.9
_GIVEN_SLIP = 0.5

_ARTICLE = re.compile(r"^(?:al|el)[-' ]?(?=\w{3})")
_SERVANT = re.compile(r"^abd(?:[aeou]l|[aeou]r|[aeou]s)?-?(?:[ae]l-)?$")
_JOINED = re.compile(r"^abd[aeou]?[lrs]-?(?=[a-z]{3})")
_DROPPED = frozenset(
    {"bin", "ibn", "ben", "al", "el", "van", "von", "der", "den", "de", "la", "le", "du", "da", "di", "dos"}
)
NO_NAME = (ADVERBS | COORDINATORS | DETERMINERS | PREPOSITIONS | PRONOUNS | SUBORDINATORS) - {"as"} | {
    *(
        "neither",
        "either",
        "nobody",
        "everybody",
        "everyone",
        "somebody",
        "someone",
        "anyone",
        "others",
        "meanwhile",
        "they",
    )
}
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in parts, in small letters: `words` without titles, particles and generation; initials are one letter."""

    words: tuple[str, ...]
    generation: str | None = None
    alone: bool = False

    @property
    def surname(self) -> str:
        """The last word: what a person is called by once known."""
        return self.words[-1]

    @property
    def given(self) -> tuple[str, ...]:
        """What stands before the surname."""
        return self.words[:-1]

    @property
    def initials(self) -> bool:
        """True where a name is only a letter."""
        return any(len(w) == 1 for w in self.words)


@lru_cache(maxsize=65536)
def person(name: str) -> Person | None:
    """The parts of a person's name; None where the words are no name.

    >>> person("Massachusetts Sen. Ada Tarn Jr.")
    Person(words=('ada', 'tarn'), generation='jr', alone=False)
    >>> person("Abd al-Karim Nassour").words, person("Abdulkarim Nassour").words, person("al-Nassour").alone
    (('abdkarim', 'nassour'), ('abdkarim', 'nassour'), True)
    >>> person("advisers to Mr Tarn") is None, person("Neither Tarn") is None
    (True, True)
    """
    printed = _without_origin(untitled(name)).replace(",", " ").split()
    if len(printed) > 2 and f"{printed[0].lower()}s" in words_of_class("role", "group"):
        printed = printed[1:]  # "Democrat Ada Tarn"
    printed, generation = _without_generation(printed)
    if not printed or len(printed) > _MOST_WORDS or not all(map(_name_like, printed)):
        return None
    words = tuple(_words(printed))
    if not words or any(c.isdigit() for w in words for c in w):
        return None
    return Person(words, generation, alone=len(words) == 1 or (len(printed) == 1 and "-" in printed[0]))


def _without_origin(name: str) -> str:
    """ "Ada Tarn of Kell" is Ada Tarn; "Bank of Kell" stays whole, and is no person."""
    before, found, after = name.partition(" of ")
    return before if found and " " in before and after[:1].isupper() else name


def _name_like(word: str) -> bool:
    plain = word.strip("“”\"'’‘().").lower()
    if len(plain) == 1:
        return word[:1].isupper()
    return (
        bool(plain)
        and plain not in NO_NAME
        and (not word[:1].islower() or plain in _DROPPED | {"bin", "abd", "st"} or "-" in word)
    )


def untitled(name: str) -> str:
    """The name without titles in front, and without what stands before them: "House Speaker Ada Tarn" is Ada Tarn.

    >>> untitled("Former Kell Gov. Ada Tarn"), untitled("Dr Esserey"), untitled("National Defence Forces")
    ('Ada Tarn', 'Esserey', 'National Defence Forces')
    """
    words = name.split()
    last = max((n for n, w in enumerate(words[:-1]) if w.lower() in titles() and not w[:1].islower()), default=-1)
    if any(w[:1].islower() and w.lower() not in titles() for w in words[: last + 1]):
        return name
    rest = words[last + 1 :]
    if len(rest) > 3 and last >= 0 and rest[0] == "of":
        rest = rest[2:]  # "Secretary of State Ada Tarn"
    nobody = words_of_class("role", "organisation", "group", "place")
    return name if last >= 0 and rest[-1].lower() in nobody else " ".join(rest)


@cache
def titles() -> frozenset[str]:
    """The words of titles, in small letters."""
    return words_of_class("title")


@cache
def generations() -> dict[str, str]:
    """Words that tell a generation, each with which."""
    return {word: row["class"] for row in lexicon("organs")["generation"] for word in row["words"]}


def _without_generation(words: list[str]) -> tuple[list[str], str | None]:
    for count in (2, 1):
        last = " ".join(words[-count:]).lower()
        if len(words) > count and last in generations():
            return words[:-count], generations()[last]
    return words, None


def _words(printed: list[str]) -> Iterator[str]:
    """Small letters; hyphens part, articles and particles go, `Abd al-` and `Abu` are one with what follows."""
    joined = ""
    capital = printed[0][:1].isupper()
    parts = [p for word in printed for p in _parts(word)]
    for n, part in enumerate(parts):
        if n + 1 < len(parts) and not joined and (_SERVANT.match(part) or part in ("abu", "umm")):
            joined = "abd" if part.startswith("abd") else part
        elif joined and part in ("al", "el"):
            continue
        elif part not in _DROPPED or n + 1 == len(parts) or (n == 0 and capital and part not in ("al", "el")):
            yield joined + (_JOINED.sub("abd", part) if not joined else part)
            joined = ""


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.replace("’", "'").removesuffix("'s"))
    return "".join(c for c in folded if not unicodedata.combining(c)).lower()


def _parts(word: str) -> Iterator[str]:
    plain = _plain(word.strip("“”\"'’‘()")).replace("'", "")
    plain = _ARTICLE.sub("", plain) if "-" in plain or " " in plain else plain
    for part in re.split(r"[-\s]+", plain):
        if re.fullmatch(r"(?:\w\.)+\w?", part):
            yield from part.replace(".", "")
        elif bare := part.replace(".", ""):
            yield bare


# --- keys by which like names are found -----------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def keys(one: Person) -> tuple[str, ...]:
    """What two names share where they may be one: nothing else is ever held against each other.

    A surname alone shares the sound of the surname; full names share the first letter of the given name and that sound, or the
    given name and the first two, the last two or all consonants of the surname in any order, as a slip leaves one of these be.
    """
    last = sound(one.surname)
    if one.alone or len(one.words) == 1:
        return (f"s:{last}",)
    first = sound(one.words[0])
    found = [f"s:{last}", f"g:{first[:1]}:{last}"]
    if len(one.words[0]) > 1:
        found += [f"p:{first}:{last[:2]}", f"q:{first}:{last[:1]}{last[-2:]}", f"t:{first}:{''.join(sorted(last))}"]
        if not one.initials:
            found.append("o:" + ":".join(sorted(map(sound, one.words))))
    found += [f"g:{first[:1]}:{sound(w)}" for w in one.words[1:-1] if len(w) > 1]
    found += [f"g:{sound(w)[:1]}:{last}" for row in _short_forms().get(one.words[0], ()) for w in row]
    return tuple(dict.fromkeys(found))


# --- two names ------------------------------------------------------------------------------------------------------


def alike(left: Person, right: Person) -> Likeness:
    """How alike two names are, by the rule that fits best, with the reason in words.

    >>> def rule(a, b): return alike(person(a), person(b)).rule
    >>> [rule("Ada Tarn", b) for b in ("A. Tarn", "Ada Liv Tarn", "Ada Tarne", "Tarn", "Adah Tarn", "Ida Tarn")]
    ['initials', 'fewer given names', 'different', 'surname', 'spelling', 'different']
    >>> rule("Ada Tarn Jr.", "Ada Tarn Sr."), rule("Bill Tarn", "William Tarn"), rule("Shim Jae-won", "Jae Won Shim")
    ('generation', 'short form', 'order')
    """
    if left.generation and right.generation and left.generation != right.generation:
        return Likeness(0.05, "generation", "one is of another generation")
    if left.alone != right.alone or len(left.words) == 1 or len(right.words) == 1:
        found = _by_surname(left, right)
    else:
        found = _full(left, right)
        turned = _turned(left, right)
        found = max(found, turned, key=lambda f: f.score)
    if left.generation != right.generation and found.score >= UNSURE:
        return Likeness(round(found.score * 0.7, 3), "generation", f"{found.detail}; only one says which generation")
    return found


def _by_surname(left: Person, right: Person) -> Likeness:
    short, long = sorted((left, right), key=lambda p: (not p.alone, len(p.words)))
    tail = long.words[-len(short.words) :]
    how: set[str] = {spelt(a, b) for a, b in zip(short.words, tail, strict=False)}
    if len(tail) < len(short.words) or how & {"different", "ending"}:
        return _different()
    if how == {"same"}:
        return Likeness(0.7 if len(long.words) > len(short.words) else 1.0, "surname", "they share the surname")
    if how <= {"same", "transliteration"}:
        return Likeness(0.55, "spelling", "the surname is one name in two spellings")
    return Likeness(_GIVEN_SLIP, "spelling", "the surname differs by a slip of spelling")


def _different() -> Likeness:
    return Likeness(0.0, "different", "they share no name")


def _full(left: Person, right: Person) -> Likeness:
    last = spelt(left.surname, right.surname)
    if last in ("different", "ending"):
        return _second_surname(left, right) if len(left.words) != len(right.words) else _different()
    given = _given(left.given, right.given)
    if given is None:
        return _different()
    if given.rule in ("ending", "other given name"):
        return given
    if last == "same":
        return given
    if last == "slip" and given.score < _TRANSCRIBED:
        return Likeness(
            round(given.score * 0.6, 3), "spelling", f"{given.detail}; the surname differs by a slip of spelling"
        )
    grade, rule, told = {
        "transliteration": (_TRANSCRIBED, "spelling", "the surname is one name in two spellings"),
        "slip": (_SLIP, "spelling", "the surname differs by a slip of spelling"),
    }[last]
    both = f"{given.detail}; {told}" if given.rule != "same" else told
    return Likeness(round(given.score * grade, 3), given.rule if given.rule != "same" else rule, both)


def _given(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness | None:
    """How two persons' given names are alike; None where they are not."""
    if a == b or "".join(a) == "".join(b):
        return Likeness(1.0, "same", "they are the same name")
    short, long = sorted((a, b), key=len)
    pairs = list(zip(short, long, strict=False))
    first = _one_given(*pairs[0])
    if first.rule in ("ending", "other given name", "different"):
        return first if first.rule != "different" else None
    rest = [_one_given(*p) for p in pairs[1:]]
    if any(r.score < UNSURE for r in rest):
        return _skipping(first, short, long)
    worst = min([first, *rest], key=lambda r: r.score)
    if len(long) > len(short):
        if worst.score == 1.0:
            return Likeness(_FEWER, "fewer given names", "one has a given name that the other leaves out")
        return Likeness(round(worst.score * _FEWER, 3), worst.rule, f"{worst.detail}; one leaves a given name out")
    return worst


def _skipping(first: Likeness, short: tuple[str, ...], long: tuple[str, ...]) -> Likeness | None:
    """A given name left out in the middle: "Ada Liv Ros Tarn", "Ada Ros Tarn"."""
    at = 0
    for word in long:
        if at < len(short) and _one_given(short[at], word).score >= UNSURE:
            at += 1
    if at == len(short) and len(long) > len(short) and len(short[-1]) > 1:
        return Likeness(
            round(first.score * _FEWER, 3), "fewer given names", "one has a given name that the other leaves out"
        )
    return Likeness(0.1, "other given name", "they share the surname and a given name, but another given name differs")


def _one_given(a: str, b: str) -> Likeness:
    if a == b:
        return Likeness(1.0, "same", "they are the same name")
    if len(a) == 1 or len(b) == 1:
        if a[0] == b[0]:
            return Likeness(_INITIAL, "initials", "they share the surname, and an initial fits the given name")
        return Likeness(0.05, "different", "the initials differ")
    how = spelt(a, b)
    if how == "transliteration":
        return Likeness(_TRANSCRIBED, "spelling", "the given name is one name in two spellings")
    if any(b in row for row in _short_forms().get(a, ())):
        return Likeness(_SHORT_FORM, "short form", f"“{a.title()}” and “{b.title()}” are forms of one given name")
    if how == "ending":
        return Likeness(0.1, "ending", f"“{a.title()}” and “{b.title()}” differ in their ending: two given names")
    if how == "slip" and not (a in _known_given() and b in _known_given()):
        return Likeness(_GIVEN_SLIP, "spelling", "the given name differs by a slip of spelling, or is another one")
    if a[0] == b[0]:
        return Likeness(0.1, "other given name", f"they share the surname, but “{a.title()}” is not “{b.title()}”")
    return Likeness(0.0, "different", "the given names differ")


@cache
def _known_given() -> frozenset[str]:
    rows = lexicon("speakers")["gender"]
    return frozenset(normalise(name) for row in rows for name in row["names"])


@cache
def _short_forms() -> dict[str, list[tuple[str, ...]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for row in lexicon("organs")["short"]:
        for word in row["words"]:
            out.setdefault(word, []).append(tuple(row["words"]))
    return out


def _second_surname(left: Person, right: Person) -> Likeness:
    """Two surnames, of which one article prints the first only: "Ros Pell Calva", "Ros Pell"."""
    short, long = sorted((left, right), key=lambda p: len(p.words))
    if len(short.words) >= 2 and long.words[: len(short.words)] == short.words and not short.initials:
        return Likeness(0.65, "second surname", "one has a second surname that the other leaves out")
    return _different()


def _turned(left: Person, right: Person) -> Likeness:
    """The surname first in one, last in the other, as names of some languages are printed both ways."""
    a, b = left.words, right.words
    if a == b or sorted(a) != sorted(b) or left.initials:
        return _different()
    if a[1:] + a[:1] == b or b[1:] + b[:1] == a or a == b[::-1]:
        score = 0.8 if len(a) > 2 else 0.5
        return Likeness(score, "order", "they are the same words, the surname first in one and last in the other")
    return _different()
