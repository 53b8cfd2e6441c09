"""Whose side words name, in one article: "Calveran army", "the government of Veyra", "Toven's fighters".

Learned from the article's own rows (who was told to belong to whom) and from the shipped names of states; a word that two
sides bear names neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import takewhile

from parley.codebooks import load_codebook
from parley.compare.base import Told
from parley.data import Token
from parley.store.words import fold

LONGEST = 3
"""Words of a name that is looked for at most: "the Straits League" is two, "Bosnia and Herzegovina" three."""

REACH = 2
"""Words in front of a noun among which a name may describe it: "Veyra's northern fighters"."""

_STEM = 4
"""Letters that a side's name must have left without its last vowels for words that begin so to be made from it."""
_ENDINGS = ("n", "an", "ian", "ans", "ians", "ns", "ese", "ish", "i", "is", "er", "ers", "ic")
_VOWELS = re.compile(r"[aeiouy]+$")
_WORD = re.compile(r"\w[\w-]*")
_JOINING = frozenset(("of", "in", "from", "by"))
_ADJECTIVE = re.compile(r"\b([A-Z][\w-]{3,30})[ \u00a0](?=[a-z])")


class Sides:
    """The sides that an article's words can name."""

    def __init__(self, told: Told) -> None:
        self._sides: dict[tuple[str, ...], str | None] = {}
        self._parties = sorted(_parties(told))
        for party in self._parties:
            self._learn(party, party)
        for folded, meant in sorted(told.names.items()):
            _, name, side = meant.split("\t")
            self._learn(folded, side or (name if name in self._parties else ""))
        for words, side in _learned(told):
            self._learn(words, side)

    def _learn(self, words: str, side: str) -> None:
        key = tuple(fold(words).split())
        if side and 0 < len(key) <= LONGEST and self._sides.setdefault(key, side) != side:
            self._sides[key] = None

    def of(self, words: Sequence[str]) -> str | None:
        """The side that words name, as printed, the first such of them; None where none does, or two at once."""
        for at in range(len(words)):
            for length in range(min(LONGEST, len(words) - at), 0, -1):
                side = self._named(words[at : at + length])
                if side:
                    return side
        return None

    def _named(self, words: Sequence[str]) -> str | None:
        key = tuple(w.lower() for w in words)
        if key in self._sides:
            return self._sides[key]
        if not words[0][:1].isupper():
            return None  # "us" is no state
        if len(key) == 1:
            made = [p for p in self._parties if made_from(key[0], p)]
            if len(made) == 1:
                return made[0]
        return _shipped().get(key)

    def of_text(self, text: str | None) -> str | None:
        """The side that a text names."""
        return self.of(_WORD.findall(text)) if text else None

    def near(self, tokens: Sequence[Token], first: int, last: int) -> str | None:
        """The side that describes the noun `tokens[first:last]`: named in it, right before it, or after "of" or "in"."""
        begin = first
        while begin > 0 and first - begin < REACH and _describes(tokens[begin - 1]):
            begin -= 1
        side = self.of([t.text for t in tokens[begin:last]])
        if side is None and last < len(tokens) and tokens[last].lower in _JOINING:
            after = takewhile(lambda t: t.text[0].isalnum(), tokens[last + 1 : last + 1 + LONGEST])
            words = [t.text for t in after if t.lower not in ("the", "s")]
            side = self.of(words) if words and words[0][:1].isupper() else None
        return side


def _describes(token: Token) -> bool:
    return token.lower == "'s" or token.lower == "’s" or token.text[0].isalpha()


def made_from(word: str, side: str) -> bool:
    """True for words made from a side's name: "calveran" of "Calvera", "ukrainians" of "Ukraine"."""
    name = side.lower()
    stem = _VOWELS.sub("", name)
    if " " in name or len(stem) < _STEM or not word.startswith(stem):
        return False
    return word == name or word[len(stem) :] in _ENDINGS or (word.startswith(name) and word[len(name) :] in _ENDINGS)


def _parties(told: Told) -> Iterable[str]:
    """The sides that the article's rows name."""
    sides = {meant.split("\t")[2] for meant in told.names.values()}
    sides |= {row["speaker"]["side"] for row in told.statements if row["speaker"]}
    sides |= {row["referent"] for row in told.wording}
    sides |= {told.who(row["party"]).side or told.who(row["party"]).name for row in told.positions}
    return (s for s in sides if s)


def _learned(told: Told) -> Iterable[tuple[str, str]]:
    """Adjectives of sides, from words that were told to be somebody's: "Meruvian" of "Meruvian militants", Veyra's."""
    pairs = [(row["text"], row["referent"]) for row in told.wording]
    pairs += [(row["source_text"], row["speaker"]["side"]) for row in told.statements if row["speaker"]]
    for text, side in pairs:
        for word in _ADJECTIVE.findall(text or "") if side else ():
            if f" {word.lower()} " not in told.text:  # "Senior officials": a word that is no name
                yield word, side


@cache
def _shipped() -> Mapping[tuple[str, ...], str]:
    """What the shipped lists know: names, people words and capitals of states, and known movements."""
    known: dict[tuple[str, ...], str] = {}
    for actor in load_codebook().actors:
        if actor.kind == "person":
            continue
        for name in (actor.name, *actor.demonyms, *actor.aliases, *((actor.capital,) if actor.capital else ())):
            key = tuple(fold(name).split())
            if 0 < len(key) <= LONGEST:
                known.setdefault(key, actor.side or actor.name)
    return known
