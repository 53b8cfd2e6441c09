"""What is printed in capitals is read as if it were printed like the rest, and cited as it stands.

Old wires and monitored broadcasts come so throughout; elsewhere a headline shouts, or a sentence of somebody's post. Names, sentence starts and
what a model learned of speech all hang on capitals; without them half of the statements go unseen. So such a text is read in a likeness of
the same length, in which only what is known or looks like a name is in capitals, and every span gets its own characters back afterwards.

A page that is in capitals throughout is put in its likeness before anything else is looked at (`likeness`). Of any other, the step
`capitals` does so with the sentences that shout: the headings and datelines that tell what a page is made of are in capitals for a reason,
and by then the rest of the article has told which of the words are names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from parley.clean.tokens import abbreviations
from parley.codebooks import Codebook, lexicon
from parley.data import RawPage, Reading, Sentence, Span, Token, small
from parley.models import common_words

if TYPE_CHECKING:
    from parley.pipeline import Settings

_LETTERS, _SHARE = 120, 0.9
"""A page of so many letters of which so many are capitals is printed in capitals."""
_SHOUT = 9
"""Letters of a sentence that shouts: "UN" and "NATO" alone do not."""
_FREQUENT = 9_000
"""Halves of a compound are at most so far down the list of words by frequency."""
_SURNAME = 2_500
"""Behind a given name a word that is less frequent than this is a surname, unless it looks like a verb ("Alan Garcia", "Alan asked")."""
_ACRONYM, _COMPOUND = 4, 7
"""An unknown word of up to four letters is an acronym, where no longer name stands beside it; one of seven may be two words in one."""
_DATELINE = re.compile(r"[^a-z]{0,160}?(?:--|[—–])(?:[ ]?\[[^]a-z\n]{1,40}\])?")
_WORDS_TOO = frozenset(
    [
        "angel",
        "art",
        "bill",
        "christian",
        "dawn",
        "faith",
        "frank",
        "gene",
        "grace",
        "grant",
        "hope",
        "joy",
        "mark",
        "may",
        "miles",
        "page",
        "pat",
        "rich",
        "rob",
        "rose",
        "sue",
        "will",
    ]
)
_BEFORE_NAMES = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_START = re.compile(
    r"(?:\A|\n[ \t\u00a0\r]{0,9}\n|(?<![A-Z]\.[A-Z])(?<![\s(][A-Z])[.!?:][\"”’)\]]{0,2}[\s\u00a0]{1,4}|--[ ]?(?:\[[^\]\n]{1,40}\][ ]{0,3})?)[\s\"“'‘(\[]{0,9}([^\W\d_])"
)
_SAINTS = frozenset(("san", "santa", "santo", "são"))
_ALWAYS_CAPITAL = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mr",
        "mrs",
        "ms",
    ]
)
_MONTHS_TOO = re.compile(
    r"(?:\b(?:IN|SINCE|UNTIL|BY|OF|EARLY|LATE|MID|LAST|NEXT)[ -]|\d )(MARCH|MAY)\b|\b(MARCH|MAY) (?=\d)"
)
"""Where a word that means something else too is a month."""
_ENDINGS = (
    "'s",
    "’s",
    "'",
    "’",
    "s",
    "es",
    "d",
    "ed",
    "ing",
    "ly",
    "er",
    "ers",
    "ment",
    "ness",
    "ist",
    "ists",
    "ation",
)
_ENGLISH = re.compile(
    r"\w{2,}(?:ed|ing|ly|tions?|sions?|ness|ments?|it(?:y|ies)|isms?|ists?|ives?|ous|[ai]ble|i[sz]e[sd]?|ify|ifies|[ae]nces?|less|ful"
    r"|[ai]tors?|ages|dges|ates|ional|ical)"
)
"""Endings that English words have and names seldom."""
_BEGINNINGS = ("un", "re", "anti", "counter", "pre", "non", "over", "dis", "inter", "machine", "news", "mis")


def in_capitals(text: str) -> bool:
    """True for a text printed in capitals throughout.

    >>> in_capitals("THE TALKS WENT ON. " * 10), in_capitals("The talks went on. " * 10), in_capitals("UN")
    (True, False, False)
    """
    return _is_large(text, _LETTERS)


def shouts(text: str) -> bool:
    """True for a sentence in capitals.

    >>> shouts("WE WILL NOT WAIT, said McRae."), shouts("“WE WILL NOT WAIT,” McRAE SAID."), shouts("The UN said NO.")
    (False, True, False)
    """
    return _is_large(text, _SHOUT)


def _is_large(text: str, letters: int) -> bool:
    if text.count("e") * 50 > len(text):  # most texts are told at one glance
        return False
    large = sum(map(str.isupper, text))
    return large >= letters and large >= _SHARE * (large + sum(map(str.islower, text)))


class Casing:
    """Gives words the capitals they would have: from the words of English, most frequent first, and the names that are known."""

    def __init__(self, words: Sequence[str], names: Iterable[str]) -> None:
        self._rank: Mapping[str, int] = {word: at for at, word in enumerate(words)}
        self._plain: frozenset[str] = frozenset()
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._know(names)
        given = {small(name) for row in lexicon("speakers")["gender"] for name in row["names"]}
        self._given = given - _WORDS_TOO
        self._titles = {small(w) for row in lexicon("titles")["title"] for w in row["words"]} | abbreviations("title")

    def knowing(self, names: Iterable[str], plain: frozenset[str]) -> Casing:
        """The same with further names, and words that are none: as the rest of an article prints them."""
        made = copy(self)
        made._names = {first: list(known) for first, known in self._names.items()}
        made._know(names)
        made._plain = plain
        return made

    def _know(self, names: Iterable[str]) -> None:
        for name in names:
            parts = tuple(small(m[0]) for m in _WORD.finditer(name))
            if parts and name[:1].isupper() and (len(parts) > 1 or len(name) > 3):  # "us" is not the US
                self._names.setdefault(parts[0], []).append((parts, name))
        for known in self._names.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def __call__(self, text: str, *, dateline: bool = True) -> str:
        """The text with other capitals, its dateline as it was where it begins with one; as long as it was, character by character."""
        out = [letter if len(letter := c.lower()) == 1 else c for c in text]
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        low = [_plain("".join(out[start:end])) for start, end in words]
        named = self._known(text, words, low, out)
        strange = [n in named or self._is_strange(word) for n, word in enumerate(low)]
        surnames = self._surnames(text, words, low, strange)
        for n, (start, end) in enumerate(words):
            if n in named:
                continue
            if end - start == 1 and (text[end : end + 1] == "." or low[n] == "i"):
                out[start] = text[start]
            elif strange[n]:
                beside = [m for m in (n - 1, n + 1) if 0 <= m < len(words) and strange[m] and _close(text, words, n, m)]
                alone = low[n] not in surnames and not any(len(low[m]) > _ACRONYM for m in beside)
                self._name(text, out, start, end, alone=alone)
            elif self._is_part(text, words, low, strange, n):
                out[start] = text[start]
        for match in _START.finditer(text):
            out[match.start(1)] = match[1]
        for month in _MONTHS_TOO.finditer(text):
            out[month.start(month.lastindex or 0)] = "M"
        if dateline and (begins := _DATELINE.match(text)):
            out[: begins.end()] = begins[0]
        return "".join(out)

    def _known(self, text: str, words: list[tuple[int, int]], low: list[str], out: list[str]) -> set[int]:
        """The words that belong to known names, which are printed as they are known."""
        named: set[int] = set()
        at = 0
        while at < len(words):
            for parts, name in self._names.get(low[at], ()):
                last = at + len(parts)
                start = words[at][0]
                end = start + len(name)
                if tuple(low[at:last]) == parts and end - len(parts[-1]) == words[last - 1][0]:
                    out[start:end] = [
                        p if p.lower() == c.lower() else c for p, c in zip(name, text[start:end], strict=True)
                    ]
                    named.update(range(at, last))
                    at = last - 1
                    break
            at += 1
        return named

    def _surnames(self, text: str, words: list[tuple[int, int]], low: list[str], strange: list[bool]) -> set[str]:
        """The strange words that stand right behind a title or a given name somewhere ("PRESIDENT ALDO REVE"): short ones are no acronyms."""
        called, found = False, set()
        for n, word in enumerate(low):
            called = called and strange[n] and _close(text, words, n - 1, n)
            if called:
                found.add(word)
            called = called or word in self._given or word in self._titles
        return found

    def _is_strange(self, word: str) -> bool:
        """True for a word that English does not know in any of its forms."""
        if word in self._plain:
            return False
        if word in _ALWAYS_CAPITAL or word in self._given:
            return True
        if word in self._rank or len(word) == 1 or _ENGLISH.fullmatch(word):
            return False
        if "-" in word:
            return any(self._is_strange(part) for part in word.split("-") if part)
        stems = {word.removesuffix(e) for e in _ENDINGS} | {word.removeprefix(b) for b in _BEGINNINGS}
        stems |= {stem + "e" for stem in stems} | {stem.removesuffix("i") + "y" for stem in stems}
        stems |= {stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]}
        return not any(len(stem) > 2 and stem in self._rank for stem in stems) and not self._is_compound(word)

    def _is_compound(self, word: str) -> bool:
        """ "Eyewitness", "machineguns": two frequent words in one."""
        word = word.removesuffix("s")
        if len(word) < _COMPOUND:
            return False
        halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
        return any(max(self._rank.get(a, _FREQUENT), self._rank.get(b, _FREQUENT)) < _FREQUENT for a, b in halves)

    def _name(self, text: str, out: list[str], start: int, end: int, *, alone: bool) -> None:
        """A name of its own: a short one without vowels, or in brackets, is an acronym."""
        body = re.split("['’]", text[start:end], maxsplit=1)[0]
        if body.lower() in _ALWAYS_CAPITAL:
            out[start] = text[start]
            return
        bracketed = text[max(0, start - 1) : start] in ("(", "[") and text[end : end + 1] in (")", "]")
        short = alone and len(body) <= _ACRONYM and body.lower() not in self._given
        if short or bracketed or not set("AEIOUY") & set(body):
            out[start : start + len(body)] = body
            return
        for part in re.finditer(r"[^\W\d_]+", body):
            out[start + part.start()] = text[start + part.start()]

    def _is_part(self, text: str, words: list[tuple[int, int]], low: list[str], strange: list[bool], n: int) -> bool:
        """True for a word of English that stands in a name: a title, what follows one up to a strange word."""
        if (n and low[n - 1] in _SAINTS) or low[n] in _SAINTS:
            return True
        if n and self._is_first_name(text, words, low, strange, n - 1) and _close(text, words, n - 1, n):
            return self._rank.get(low[n], 0) > _SURNAME and not low[n].endswith(("ed", "ing", "s"))
        beside = [m for m in (n - 1, n + 1) if 0 <= m < len(words) and strange[m] and _close(text, words, n, m)]
        if beside and low[n] in self._titles:
            return True
        ahead = n
        while ahead + 1 < len(words) and ahead - n < _BEFORE_NAMES and _close(text, words, ahead, ahead + 1):
            ahead += 1
            if strange[ahead]:
                back = n
                while back > 0 and n - back < _BEFORE_NAMES and _close(text, words, back - 1, back):
                    back -= 1
                    if low[back] in self._titles:
                        return True
                return low[n] in self._titles
        return False

    def _is_first_name(
        self, text: str, words: list[tuple[int, int]], low: list[str], strange: list[bool], n: int
    ) -> bool:
        """True for a given name, and for a strange word behind a title or another one ("Ana Guadalupe")."""
        behind = n > 0 and (strange[n - 1] or low[n - 1] in self._titles) and _close(text, words, n - 1, n)
        return low[n] in self._given or (strange[n] and len(low[n]) > _ACRONYM and behind)


def _plain(word: str) -> str:
    """A word in small letters without the ending of the possessive."""
    return small(word).removesuffix("'s").removesuffix("'")


def _close(text: str, words: list[tuple[int, int]], one: int, other: int) -> bool:
    """True where nothing but a space, or the full stop of a title, stands between two words."""
    first, second = min(one, other), max(one, other)
    return text[words[first][1] : words[second][0]] in (" ", "\u00a0", ". ", ".\u00a0", "\n")


def likeness(page: RawPage, codebook: Codebook) -> RawPage:
    """The page itself, or of one printed in capitals throughout a likeness of the same length that can be read."""
    return replace(page, text=_casing(codebook)(page.text)) if in_capitals(page.text) else page


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step, with the names that a codebook knows."""
    return lambda reading: quieted(reading, settings.codebook)


def quieted(reading: Reading, codebook: Codebook) -> Reading:
    """The reading with the sentences that shout in a likeness that can be read; the same reading where none shouts."""
    loud = {s.span.start for s in reading.sentences if shouts(s.span.text)}
    if not loud:
        return reading
    casing = _casing(codebook).knowing(*_as_the_rest_prints(s for s in reading.sentences if s.span.start not in loud))
    pieces: list[str] = []
    at = 0
    for start, end in sorted(s.span.pair for s in reading.sentences if s.span.start in loud):
        pieces += [reading.text[at:start], casing(reading.text[start:end], dateline=False)]
        at = end
    text = "".join([*pieces, reading.text[at:]])
    seen = _seen_as(reading, replace(reading.page, text=text))
    return replace(seen, sentences=tuple([_again(s, text) if s.span.start in loud else s for s in seen.sentences]))


def _as_the_rest_prints(sentences: Iterable[Sentence]) -> tuple[set[str], frozenset[str]]:
    """The words that sentences print with a capital alone, and those that they print in small letters too; headlines tell of neither."""
    names: dict[str, str] = {}
    plain: set[str] = set()
    for sentence in sentences:
        if sentence.in_title:
            continue
        large = frozenset(sentence.capitals)
        for n, token in enumerate(sentence.tokens):
            if n in large and n:
                names.setdefault(token.lower, token.text)
            elif n not in large and token.text[0].isalpha():
                plain.add(token.lower)
    return {name for low, name in names.items() if low not in plain}, frozenset(plain)


def _again(sentence: Sentence, text: str) -> Sentence:
    return replace(sentence, tokens=tuple([Token.of(text, t.start, t.end) for t in sentence.tokens]))


@cache
def _casing(codebook: Codebook) -> Casing:
    names = [name for place in codebook.places for name in (place.name, *place.aliases)]
    for actor in codebook.actors:
        names += [actor.name, *actor.aliases, *actor.demonyms, actor.capital or ""]
    return Casing(common_words(), names)


def as_printed(reading: Reading, page: RawPage) -> Reading:
    """What was read in a likeness of a page, in the page's own characters."""
    return reading if reading.page is page else _seen_as(reading, page)


def _seen_as(reading: Reading, page: RawPage) -> Reading:
    printed: Reading = _with_spans_of(page.text, reading)
    return replace(printed, page=page, article=replace(printed.article, text=page.text))


def _with_spans_of(text: str, row: Any) -> Any:
    """A row, or rows, with the characters of `text` in all spans.

    >>> _with_spans_of("THE TALKS", (Span(0, 3, "the"), 7))
    (Span(start=0, end=3, text='THE'), 7)
    """
    if isinstance(row, Span):
        return Span.of(text, row.start, row.end)
    if isinstance(row, tuple):
        return row if hasattr(row, "_fields") else tuple(_with_spans_of(text, one) for one in row)
    if not is_dataclass(row) or isinstance(row, type | RawPage):
        return row
    values = {f.name: getattr(row, f.name) for f in fields(row) if f.init}
    rows = {name: value for name, value in values.items() if isinstance(value, tuple) or is_dataclass(value)}
    return replace(row, **{name: _with_spans_of(text, value) for name, value in rows.items()})
