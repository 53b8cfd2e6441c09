"""Answers in an interview that is printed as questions and answers: nobody "says" them, and no marks stand around them.

    Why did you resign?

    I was asked to sign a paper I had not read.

An answer is all of the paragraphs behind a question, direct, and whoever is introduced before the first question said it. An article that
asks and answers its own questions is none: an interview says that it is one, and its answers say "I" and "we".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from parley.annotate.language.grammar import word_set
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.rules import RawAttribution
from parley.data import Mention, Reading, Sentence

_TOLD = re.compile(
    r"\b(?:interviews?|interviewed|q\s?&\s?a|excerpts|edited (?:for|and)|conversation with|spoke (?:to|with)|speaks (?:to|with)|sat down with)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?P<who>Q|A|Question|Answer)\s?[:.]\s{0,3}")
_FIRST_PERSON = word_set("i we my our me us i'm we're i've we've i’m we’re i’ve we’ve")
_MARKS = '"“”„«»'
_LEAST = 3
"""Questions that make an interview."""
_LONGEST_QUESTION = 80
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading, sentences: Sequence[Sentence]) -> _Paragraph:
        start, end = sentences[0].span.start, sentences[-1].span.end
        return cls(start, end, reading.text[start:end], tuple(w for s in sentences for w in s.lowers))

    @property
    def asks(self) -> bool:
        label = _LABEL.match(self.text)
        if label is not None:
            return label["who"].startswith("Q")
        return self.text.rstrip().endswith("?") and len(self.words) <= _LONGEST_QUESTION and self.text[0] not in _MARKS

    @property
    def personal(self) -> bool:
        return not _FIRST_PERSON.isdisjoint(self.words)


def answers(reading: Reading) -> list[RawAttribution]:
    """The answers of an interview, each with the name of who is interviewed as its source; nothing where the article is none."""
    if reading.text.count("?") < _LEAST:
        return []
    held = groupby(reading.sentences, key=lambda s: s.paragraph)
    paragraphs = [_Paragraph.of(reading, list(sentences)) for _, sentences in held]
    asked = [n for n, p in enumerate(paragraphs) if n and p.asks]
    if len(asked) < _LEAST:
        return []
    intro = reading.text[: paragraphs[asked[0]].start]
    questions = set(asked)
    found = [paragraphs[n + 1] for n in asked if n + 1 < len(paragraphs) and n + 1 not in questions]
    found = [p for p in found if p.text[0] not in _MARKS]
    if _TOLD.search(intro) is None or 2 * sum(p.personal for p in found) < len(found):
        return []
    who = _interviewed(reading, paragraphs[asked[0]].start)
    if who is None:
        return []
    return [RawAttribution(who.span.pair, None, (_unlabelled(p),), _SURE, act="answer") for p in found]


def _interviewed(reading: Reading, until: int) -> Mention | None:
    """Who is introduced before the first question: the first full name that begins a sentence, else the first."""
    names = [m for m in reading.mentions if m.span.end <= until and _full_name(m)]
    leads = {s.span.start for s in reading.sentences}
    return next((m for m in names if m.span.start in leads), next(iter(names), None))


def _full_name(mention: Mention) -> bool:
    words = mention.name.split()
    return (
        mention.kind in ("person", "unknown")
        and len(words) > 1
        and all(w[0].isupper() and w[-1].isalpha() for w in words)
    )


def _unlabelled(paragraph: _Paragraph) -> Pair:
    label = _LABEL.match(paragraph.text)
    return paragraph.start + (label.end() if label else 0), paragraph.end
