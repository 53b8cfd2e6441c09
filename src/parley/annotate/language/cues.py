"""The words that make an attribution, from the codebook `cues`, with their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Any, Literal

from parley.annotate.language.grammar import word_set
from parley.codebooks import lexicon

Form = Literal["base", "s", "past", "ing"]
_VOWELS = frozenset("aeiou")
# Two-syllable verbs that double their last letter are listed with their forms; of one syllable these end so.
_DOUBLED = word_set("plan quip slam dub beg nod sob tag")


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a cue: its words, the verb it belongs to, what may follow it, and the kind of act it is."""

    words: tuple[str, ...]
    lemma: str
    act: str
    takes: frozenset[str]
    form: Form
    noun: bool
    needs: tuple[str, ...] = ()
    shuns: tuple[str, ...] = ()
    counts: bool = False
    """Only where a number follows: "counts 4,158 dead"."""
    also: bool = False
    """Looked for beside whatever another finder finds."""


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue met in a sentence: tokens `[first, last)`."""

    first: int
    last: int
    cue: Cue


@cache
def verbs() -> dict[str, tuple[Cue, ...]]:
    """All forms of the cue verbs by their first word, longer ones first."""
    out: dict[str, list[Cue]] = {}
    for row in lexicon("cues")["verb"]:
        takes = frozenset(row["takes"])
        for form, text in _forms(row["lemma"], tuple(row.get("forms", ()))):
            words = tuple(text.split())
            noun = len(words) == 1 and (form == "s" or text == row["lemma"])
            needs, shuns = _stems(row, "needs"), _stems(row, "shuns")
            counts, also = row.get("counts", False), row.get("also", False)
            cue = Cue(words, row["lemma"], row["class"], takes, form, noun, needs, shuns, counts, also)
            out.setdefault(words[0], []).append(cue)
    return {word: tuple(sorted(cues, key=lambda c: -len(c.words))) for word, cues in out.items()}


def _stems(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The word list that a verb names for its objects, as stems."""
    name = row.get(key)
    return tuple(lexicon("cues")["objects"][name]["words"]) if name else ()


def _forms(lemma: str, listed: tuple[str, ...]) -> list[tuple[Form, str]]:
    head, _, tail = lemma.partition(" ")
    rest = f" {tail}" if tail else ""
    if listed:
        return [("base", lemma), *((_form_of(text, head), text) for text in listed if text != lemma)]
    stem = head[:-1] if head.endswith("e") else head + head[-1] if head in _DOUBLED else head
    third = head + ("es" if head.endswith(("s", "sh", "ch", "x")) else "s")
    past = stem + "ed"
    if head.endswith("y") and head[-2] not in _VOWELS:
        third, past = head[:-1] + "ies", head[:-1] + "ied"
    return [("base", lemma), ("s", third + rest), ("past", past + rest), ("ing", stem + "ing" + rest)]


def _form_of(text: str, head: str) -> Form:
    word = text.split()[0]
    if word.endswith("ing"):
        return "ing"
    if word == head:
        return "base"
    return "s" if word.endswith("s") and not word.endswith("ss") else "past"


def find_verbs(low: Sequence[str]) -> list[CueHit]:
    """Every cue verb among the lower-cased words of a sentence, the longest at each place.

    >>> [h.cue.lemma for h in find_verbs("he went on to say it pointed to a failure".split())]
    ['go on to say', 'point to']
    """
    out: list[CueHit] = []
    end = 0
    table = verbs()
    for at in compress(range(len(low)), map(table.__contains__, low)):
        if at < end:
            continue
        for cue in table[low[at]]:
            if len(cue.words) == 1 or tuple(low[at : at + len(cue.words)]) == cue.words:
                end = at + len(cue.words)
                out.append(CueHit(at, end, cue))
                break
    return out


@cache
def phrase_words() -> frozenset[str]:
    """Words that a cue phrase begins with."""
    return frozenset((*_phrases("phrase"), *_phrases("passive")))


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A cue phrase met in a sentence: tokens `[first, last)`, and where its source stands (`after`, `subject`, `none`)."""

    first: int
    last: int
    source: str


@cache
def _phrases(table: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The cue phrases of one table by their first word."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in lexicon("cues")[table]:
        found = tuple(row["words"].split())
        out.setdefault(found[0], []).append((found, row["source"]))
    return {word: tuple(rows) for word, rows in out.items()}


def find_phrases(low: Sequence[str], table: str) -> list[PhraseHit]:
    """Every cue phrase of one table (`phrase`, `passive`) among the lower-cased words of a sentence."""
    starts = _phrases(table)
    return [
        PhraseHit(at, at + len(found), source)
        for at in compress(range(len(low)), map(starts.__contains__, low))
        for found, source in starts[low[at]]
        if tuple(low[at : at + len(found)]) == found
    ]
