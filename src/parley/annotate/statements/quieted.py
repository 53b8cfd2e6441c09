"""Text printed in capitals as it would be printed today, so that a model that learned from today's news can read it.

"CRISTIANI SAID THAT THE REBELS MUST STOP" tells a tagger nothing by its capitals, and its word pieces hardly know such words. Sentences
that shout are put in small letters, save what begins them and what is a name by all that the article tells. Every character stays
where it stands, so ranges found in the quiet text hold in the printed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

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
    shouts,
)
from parley.data import Mention, Reading, Sentence, Span, Token, small

_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = (
    DETERMINERS | PRONOUNS | OBJECT_PRONOUNS | PREPOSITIONS | SUBORDINATORS | COORDINATORS | AUXILIARIES
) - {"i"}
_ALWAYS = ((MONTHS | WEEKDAYS) - {"may"}) | {"i"}


def quieted(reading: Reading) -> Reading:
    """The reading with its shouting sentences in ordinary print; the same reading where none shouts.

    Only what a finder of statements looks at is made anew: the text, the sentences, and the spans of mentions.
    """
    loud = [s for s in reading.sentences if s.span.text.isupper() and shouts(s.span.text)]
    if not loud:
        return reading
    names = _names(reading.mentions)
    pieces: list[str] = []
    at = 0
    for sentence in loud:
        start, end = sentence.span.pair
        pieces += [reading.text[at:start], _in_print(sentence.span.text, names)]
        at = end
    text = "".join([*pieces, reading.text[at:]])
    shouted = {s.span.start for s in loud}
    sentences = tuple([_again(s, text) if s.span.start in shouted else s for s in reading.sentences])
    mentions = tuple([replace(m, span=Span.of(text, *m.span.pair)) for m in reading.mentions])
    return replace(reading, article=replace(reading.article, text=text), sentences=sentences, mentions=mentions)


def _again(sentence: Sentence, text: str) -> Sentence:
    tokens = tuple([Token.of(text, t.start, t.end) for t in sentence.tokens])
    return replace(sentence, span=Span.of(text, *sentence.span.pair), tokens=tokens)


def _names(mentions: Iterable[Mention]) -> frozenset[str]:
    """The words of names: of every mention but groups, less those for what somebody is ("rebels", "ministry")."""
    told = words_of_class("role") | words_of_class("modifier") | _SMALL_WORDS
    named = (m for m in mentions if m.kind != "group" and m.span.text.isupper())
    found = {small(word) for m in named for word in _WORD.findall(m.span.text) if len(word) > 1}
    return frozenset(found - told) | _ALWAYS


def _in_print(sentence: str, names: frozenset[str]) -> str:
    """A sentence in small letters, its first word and the names with a capital.

    >>> _in_print("TODAY ADA TARN SAID THAT THE FRONT HAD LEFT KELL.", frozenset({"ada", "tarn", "kell"}))
    'Today Ada Tarn said that the front had left Kell.'
    """
    printed = _WORD.sub(_cased(names), sentence)
    first = _WORD.search(printed)
    return printed if first is None else printed[: first.start()] + _capital(first[0]) + printed[first.end() :]


def _cased(names: frozenset[str]) -> Callable[[re.Match[str]], str]:
    def cased(found: re.Match[str]) -> str:
        low = _lower(found[0])
        return _capital(low) if low in names else low

    return cased


def _lower(word: str) -> str:
    """Small letters, save where they would take another number of characters."""
    low = word.lower()
    return low if len(low) == len(word) else word


def _capital(word: str) -> str:
    upper = word[0].upper()
    return (upper if len(upper) == 1 else word[0]) + word[1:]
