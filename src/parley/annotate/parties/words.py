"""The word classes of codebooks/parties.toml, ready to be looked up, and the forms in which a name is made an adjective."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from parley.annotate.language.cues import verbs as cue_verbs
from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    MONTHS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    WEEKDAYS,
)
from parley.codebooks import lexicon

CLOSED = (
    DETERMINERS
    | PRONOUNS
    | OBJECT_PRONOUNS
    | PREPOSITIONS
    | SUBORDINATORS
    | COORDINATORS
    | AUXILIARIES
    | MONTHS
    | WEEKDAYS
    | frozenset(
        (
            "whoever",
            "whatever",
            "everyone",
            "anyone",
            "someone",
            "somebody",
            "everybody",
            "only",
            "even",
            "also",
            "not",
            "neighbouring",
            "neighboring",
        )
    )
    | frozenset(("yes", "no", "there", "here", "but", "nobody", "neither", "nothing", "mr", "mrs", "ms"))
)
_REMEMBERED = 16_384
"""Names remembered with the words made from them: texts repeat their names."""
POSSESSIVES = frozenset(("'s", "'", "’"))


@cache
def heads() -> dict[str, str]:
    """Each noun that shows what kind of party it hangs on -> that kind, or `voice`, `force`, `claim` for any kind."""
    return {word: row["class"] for row in lexicon("parties")["head"] for word in row["words"]}


@cache
def words(table: str) -> frozenset[str]:
    """The words of one table of the lexicon."""
    return frozenset(word for row in lexicon("parties")[table] for word in row["words"])


@cache
def body_words() -> frozenset[str]:
    """Words that end the name of a body."""
    named = words("company") | words("union") | words("bloc") | words("movement") | words("media")
    return named | words_of_class("role", "organisation") | {"relief", "office"}


def is_union_of_states(name: str) -> bool:
    """True for "European Union", "African Union": nobody strikes for them.

    >>> is_union_of_states("African Union"), is_union_of_states("Bakers Union")
    (True, False)
    """
    return name.endswith(" Union") and name.split()[0] in _lands_of_unions()


@cache
def _lands_of_unions() -> frozenset[str]:
    return frozenset(word for row in lexicon("parties")["union_of_states"] for word in row["words"])


_MADE = frozenset(("led", "run", "style", "based", "era", "type", "wide", "made", "held", "like", "born"))


def is_compound(word: str) -> bool:
    """True for an adjective made with a name, which is no part of the name behind it.

    >>> is_compound("Ondra-backed"), is_compound("Saudi-led"), is_compound("Al-Orsk")
    (True, True, False)
    """
    first, mark, last = word.rpartition("-")
    return bool(mark and first) and (last.endswith("ed") or last in _MADE)


@cache
def _bystanders() -> tuple[frozenset[str], frozenset[str]]:
    names = frozenset(n for r in lexicon("stances")["bystander"] for n in r["names"])
    return names, frozenset(w for r in lexicon("stances")["words"] if r["name"] == "bystanding" for w in r["words"])


def is_bystander(name: str) -> bool:
    """True for a body that reports, helps, judges or watches: by its name, or by what its name says it is.

    >>> is_bystander("Red Cross"), is_bystander("United Relief Council"), is_bystander("Northern Front")
    (True, True, False)
    """
    names, told = _bystanders()
    words = name.lower().split()
    return name in names or (len(words) > 1 and not told.isdisjoint(words))


@cache
def portfolios() -> frozenset[str]:
    """What a minister may be minister of."""
    return frozenset(word for row in lexicon("parties")["portfolio"] for word in row["words"])


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name."""
    return words_of_class("title") | words_of_class("role", "person")


@cache
def speech() -> frozenset[str]:
    """Verbs of attribution."""
    return frozenset(cue_verbs())


@cache
def deeds() -> frozenset[str]:
    """Verbs of doing that follow "will" where somebody announces what he does."""
    return frozenset(word for row in lexicon("stances")["action"] for word in row["words"])


@lru_cache(_REMEMBERED)
def bases(word: str) -> tuple[str, ...]:
    """The names that an adjective or people word may be made from.

    >>> "Ambrova" in bases("Ambrovan"), "Sabrant" in bases("Sabrantis"), "Karsk" in bases("Karskian")
    (True, True, True)
    """
    return tuple(_bases(word))


def _bases(word: str) -> Iterator[str]:
    word = word.removesuffix("s")
    for suffix in ("ian", "n", "an", "i", "ese", "ish", "ic", "er", "ite"):
        if word.endswith(suffix) and len(word) - len(suffix) > 3:
            stem = word[: -len(suffix)]
            yield stem
            yield stem + "a"
            if suffix == "ian":
                yield stem + "ia"


def demonyms(base: str) -> Iterator[str]:
    """The adjectives that English makes from the name of a state, all that are possible, singular.

    >>> "Calveran" in demonyms("Calvera"), "Sabranti" in demonyms("Sabrant"), "Norlandic" in demonyms("Norland")
    (True, True, True)
    """
    for suffix in ("n", "an", "ian", "i", "ese", "ish", "ic", "ite"):
        yield base + suffix
    if base[-1] in "aeiouy":
        for suffix in ("an", "ian", "ean", "i", "ese", "ish", "ic", "ite"):
            yield base[:-1] + suffix
    if base.endswith("ia") or base.endswith("land"):
        yield base[: -2 if base.endswith("ia") else -4]
        yield base[: -2 if base.endswith("ia") else -4] + "ish"


def people_of(base: str) -> Iterator[str]:
    """Words in -er, which towns have as well as states: they name people of `base` but show no state."""
    yield base + "er"
    yield base + "r"
