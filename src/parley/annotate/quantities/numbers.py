"""Numbers as they are printed: digits, words, magnitudes, shares and vague amounts, with their value.

This is the lowest layer of the figures: it knows nothing of what is counted. `scan` cuts a text into tokens, `numbers`
finds the numbers among them. Ordinals ("third round", "21st") are no numbers here; fractions ("a third of") are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from parley.codebooks import lexicon

_SPACE = "\u00a0\u202f\u2009 "
# Bounded repeats: a megabyte of digits costs one pass. The order is Indian groups, western groups, spaced groups,
# points as thousands (two groups or more: "1.500" alone is a decimal), plain.
_DIGITS = (
    r"[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}(?![0-9])|[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])"
    rf"|[0-9]{{1,3}}(?:[{_SPACE}][0-9]{{3}}){{1,5}}(?![.,]?[0-9])|[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,5}}(?![0-9])"
    r"|[0-9]{1,40}"
)
_TOKEN = re.compile(
    r"(?P<w>[^\W\d_]+(?:['’][^\W\d_]{1,3}(?![^\W\d_]))?)"
    rf"|(?P<n>(?:{_DIGITS})(?:[.·][0-9]{{1,40}}|,[0-9]{{1,2}}(?![0-9,]))?|(?<![0-9.])\.[0-9]{{1,40}})|(?P<p>\S)"
)

Kind = Literal["n", "w", "p"]


class Tok(NamedTuple):
    """A token: `low` is its text in lower case with straight apostrophes; `kind` is number, word or mark."""

    start: int
    end: int
    low: str
    kind: Kind
    capital: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number over the tokens `first` to `last` (not included).

    `vague` numbers have only `low`; `share` is (numerator, denominator) of a fraction; `bare` marks plain digits that
    may be a year, a time or part of a name; `scale` is the printed magnitude (1 where none is printed).
    """

    first: int
    last: int
    value: float | None
    low: float | None = None
    vague: bool = False
    share: tuple[int, int] | None = None
    bare: bool = False
    scale: float = 1


def scan(text: str) -> list[Tok]:
    """All tokens of a text, in order."""
    out = []
    make, tok = tuple.__new__, Tok  # half the time of calling Tok
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        printed = match[0]
        if match.lastindex == 1:
            low = printed.lower()
            out.append(make(tok, (start, end, low.replace("’", "'") if "’" in low else low, "w", low != printed)))
        else:
            out.append(make(tok, (start, end, printed.lower(), "n" if match.lastindex == 2 else "p", False)))
    return out


_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9,
    "tenth": 10, "tenths": 10,
}  # fmt: skip
_GLYPHS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5)}


@cache
def words_named(book: str, name: str) -> frozenset[str]:
    """One word list of a codebook's table `words`."""
    return frozenset(w for row in lexicon(book)["words"] if row["name"] == name for w in row["words"])


@cache
def magnitudes() -> tuple[dict[str, float], dict[str, float]]:
    """Magnitude words, and the letters that may be glued to digits: `({"million": 1e6}, {"m": 1e6})`."""
    rows = lexicon("quantities")["magnitude"]
    words = {w: row["factor"] for row in rows for w in row["words"]}
    glued = {w: row["factor"] for row in rows for w in row.get("glued", ())}
    return words, glued


@cache
def _vague() -> dict[tuple[str, ...], tuple[float, bool]]:
    return {tuple(r["words"].split()): (r["low"], r.get("multiplies", False)) for r in lexicon("quantities")["vague"]}


@cache
def vague_words(low: float) -> str | None:
    """The words that say so much and no more, as the list has them first: nobody who prints "thousands" has counted 2,000.

    >>> vague_words(2000), vague_words(2001), vague_words(200_000)
    ('thousands', None, 'hundreds of thousands')
    """
    return next((" ".join(words) for words, told in _vague().items() if told == (low, False)), None)


@cache
def _vague_starts() -> dict[str, tuple[tuple[str, ...], ...]]:
    starts: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(_vague(), key=len, reverse=True):
        starts.setdefault(words[0], []).append(words)
    return {k: tuple(v) for k, v in starts.items()}


def amount(printed: str) -> float:
    """The value of printed digits: commas and spaces part thousands, a comma with one or two digits after it is a decimal.

    >>> amount("45,514"), amount("2,4"), amount("1,50,000"), amount("1.500.000"), amount("7.25")
    (45514, 2.4, 150000, 1500000, 7.25)
    """
    text = re.sub(rf"[{_SPACE}]", "", printed).replace("·", ".")
    if text.count(".") > 1:
        text = text.replace(".", "")
    head, comma, tail = text.rpartition(",")
    text = head.replace(",", "") + "." + tail if comma and len(tail) < 3 and "." not in text else text.replace(",", "")
    return whole(float(text))


def whole(value: float) -> float:
    """An int where nothing is lost by it; rounds the noise that multiplying decimals leaves.

    >>> whole(129.89 * 1e9), whole(2.4 * 1e6), whole(0.1 + 0.2)
    (129890000000, 2400000, 0.3)
    """
    value = float(f"{value:.15g}")
    return int(value) if value == int(value) else value


def numbers(toks: Sequence[Tok]) -> list[Number]:
    """All numbers among the tokens, left to right, none overlapping."""
    out: list[Number] = []
    begins = _begins()
    free = 0
    # most tokens are words that begin no number, so tell them apart first
    for at in [k for k, t in enumerate(toks) if t[3] == "n" or t[2] in begins]:
        if at < free:
            continue
        if toks[at].low in ("a", "an") and (at + 1 >= len(toks) or toks[at + 1].low not in _after_article()):
            continue
        found = _number_at(toks, at)
        if found is not None:
            out.append(found)
            free = found.last
    return out


@cache
def _begins() -> frozenset[str]:
    return _starters() | _GLYPHS.keys()


def _number_at(toks: Sequence[Tok], at: int) -> Number | None:
    tok = toks[at]
    if tok.kind == "n":
        return None if _is_code(toks, at) else _digits(toks, at)
    if tok.kind == "p":
        return (
            Number(at, at + 1, _GLYPHS[tok.low][0] / _GLYPHS[tok.low][1], share=_GLYPHS[tok.low])
            if tok.low in _GLYPHS
            else None
        )
    if tok.low not in _starters():
        return None
    return _share(toks, at) or _vague_at(toks, at) or _words(toks, at)


@cache
def _starters() -> frozenset[str]:
    return (
        frozenset(_UNITS)
        | frozenset(_TENS)
        | frozenset(_vague_starts())
        | {"a", "an", "half", "dozen", "few", "quarter"}
    )


@cache
def _after_article() -> frozenset[str]:
    """What makes a number of "a" and "an": "a third", "a few", "a dozen", "a million"."""
    phrases = {words[1] for words in _vague() if words[0] in ("a", "an")}
    return frozenset(_PARTS) | frozenset(magnitudes()[0]) | phrases | {"-"}


@cache
def _number_words() -> frozenset[str]:
    return (_starters() - {"a", "an"}) | _PARTS.keys() | magnitudes()[0].keys() | {"handful"}


_DIGIT = re.compile(r"[0-9½⅓⅔¼¾⅕]")
_WORD = re.compile(r"[a-z]+")
# Dates as `refusals` refuses them: a day beside its month; a year after "in" or "since", round ones aside, which may count.
_DATE = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
    r" (?:[0-9]|[12][0-9]|3[01])(?![0-9.,:/–-])(?! (?:to|and|or|[a-z]{3,12}s)\b)"
    r"|\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring) (?:199[1-9]|20[0-3][1-9])(?![0-9.,:/–%-][0-9%]|[%–-]| (?:and|to|or|[a-z]{3,12}s)\b)"
)


def may_hold_number(text: str) -> bool:
    """A quick look that spares most texts the full reading: False only where no number can be."""
    return _DIGIT.search(text) is not None or not _number_words().isdisjoint(_WORD.findall(text.lower()))


def words_hold_number(lowers: Sequence[str], text: str) -> bool:
    """The same for a sentence whose words in small letters are at hand."""
    if not _number_words().isdisjoint(lowers) or (
        _DIGIT.search(text) is not None and _DIGIT.search(_DATE.sub(" ", text)) is not None
    ):
        return True
    return ("-" in text or "‑" in text or "–" in text) and may_hold_number(text)


def _low(toks: Sequence[Tok], at: int) -> str:
    return toks[at].low if 0 <= at < len(toks) else ""


def _glued(toks: Sequence[Tok], at: int) -> bool:
    """True where token `at` touches the one before it."""
    return 0 < at < len(toks) and toks[at].start == toks[at - 1].end


def _is_code(toks: Sequence[Tok], at: int) -> bool:
    """Digits that belong to a code, a name or an ordinal: F-16, G20, COVID-19, 21st, 1990s."""
    before, after = _low(toks, at - 1), _low(toks, at + 1)
    if (
        _glued(toks, at)
        and toks[at - 1].kind == "w"
        and before not in ("us", "rs", "usd", "eur", "gbp", "inr", "ps", "nis", "rmb")
    ):
        return _low(toks, at - 2) != "$"
    if before == "-" and _glued(toks, at) and _glued(toks, at - 1) and toks[at - 2].kind == "w":
        return toks[at - 2].low not in ("to", "sub", "minus", "now", "mid", "and", "than")
    return _glued(toks, at + 1) and after in ("st", "nd", "rd", "th")


def _digits(toks: Sequence[Tok], at: int) -> Number:
    printed = toks[at].low
    value, last = amount(printed), at + 1
    if _low(toks, at + 1) in ("/", "⁄") and _glued(toks, at + 1) and _glued(toks, at + 2) and toks[at + 2].kind == "n":
        over = amount(toks[at + 2].low)
        if 0 < value < over <= 1000 and (value == 1 or over in (3, 4, 5, 8, 10)) and _low(toks, at + 3) != "/":
            return Number(at, at + 3, value / over, share=(int(value), int(over)))
    if last < len(toks) and toks[last].low in _GLYPHS and _glued(toks, last):
        top, bottom = _GLYPHS[toks[last].low]
        value, last = value + top / bottom, last + 1
    value, last, scale = _scaled(toks, at, value, last)
    one_in = _one_in(toks, at, value, last)
    return one_in or Number(at, last, whole(value), bare=printed.isdigit() and scale == 1, scale=scale)


def _scaled(toks: Sequence[Tok], at: int, value: float, last: int) -> tuple[float, int, float]:
    """Apply a magnitude printed after digits: "4.5bn", "2.4 million", "4 hundred million", "1.8 billion-mile"."""
    words, glued = magnitudes()
    scale: float = 1
    if _glued(toks, last) and (factor := glued.get(toks[last].low)) and _is_magnitude(toks, at, last, value):
        return value * factor, last + 1, factor
    if _low(toks, last) == "and" and _low(toks, last + 1) == "a" and _low(toks, last + 2) == "half":
        value, last = value + 0.5, last + 3
    while (factor := words.get(_low(toks, last))) or (
        _low(toks, last) == "-" and (factor := words.get(_low(toks, last + 1)))
    ):
        last += 1 if _low(toks, last) != "-" else 2
        value, scale = value * factor, scale * factor
    return value, last, scale


def _is_magnitude(toks: Sequence[Tok], at: int, last: int, value: float) -> bool:
    """Tell "2.4m people" and "$50m" from "50m pool" and "100m away": a lone m after a count needs a noun after it."""
    letter = toks[last].low
    if letter not in ("m", "b", "cr"):
        return True
    before = _low(toks, at - 1)
    if (before[-1:] in "$€£¥₹₪" and before) or before in ("rs", "usd", "us", "ps", "nis"):
        return True
    after = toks[last + 1] if last + 1 < len(toks) else None
    if after is not None and after.low == "-":
        return False
    plain = after is not None and after.kind == "w" and after.low not in words_named("quantities", "lengths")
    return (plain and (value < 100 or letter != "m")) or toks[at].capital


def _words(toks: Sequence[Tok], at: int) -> Number | None:
    """A number in words: "twenty-three", "a dozen", "two hundred and five thousand", "two and a half million"."""
    words, _ = magnitudes()
    first, total, current, last_kind, scale = at, 0.0, 0.0, "", 1.0
    if toks[at].low in ("a", "an"):
        if _low(toks, at + 1) not in words:
            return None
        current, last_kind, at = 1, "unit", at + 1
    while at < len(toks):
        low = toks[at].low
        if low in _UNITS and (last_kind in ("", "hundred", "scale") or (last_kind == "tens" and 0 < _UNITS[low] < 10)):
            current, last_kind = current + _UNITS[low], "unit"
        elif low in _TENS and last_kind in ("", "hundred", "scale"):
            current, last_kind = current + _TENS[low], "tens"
        elif low == "dozen":
            current, at = (current or 1) * 12, at + 1
            break
        elif low == "hundred" and last_kind in ("unit", "tens"):
            current, last_kind, scale = current * 100, "hundred", scale * 100
        elif low in words and low != "hundred" and last_kind:
            total, current, last_kind = (total + current) * words[low] if current else total * words[low], 0, "scale"
            scale = words[low]
        elif (step := _link(toks, at, last_kind, words)) == "half":
            current, last_kind, at = current + 0.5, "unit", at + 2
        elif not step:
            break
        at += 1
    if not last_kind and not current:
        return None
    value = total + current
    return _one_in(toks, first, value, at) or Number(first, at, whole(value), scale=scale)


def _link(toks: Sequence[Tok], at: int, last_kind: str, words: dict[str, float]) -> str:
    """What a hyphen or "and" joins here: "number", "half" (for "and a half"), or "" for nothing."""
    low, after = toks[at].low, _low(toks, at + 1)
    if low in ("-", "‑") and last_kind and _glued(toks, at):
        joins = (last_kind == "tens" and after in _UNITS) or after in words
        return "number" if joins and toks[at + 1].start == toks[at].end else ""
    if low == "and" and last_kind in ("hundred", "scale") and (after in _UNITS or after in _TENS):
        return "number"
    if low == "and" and last_kind == "unit" and after == "a" and _low(toks, at + 2) == "half":
        return "half"
    return ""


def _one_in(toks: Sequence[Tok], first: int, value: float, last: int) -> Number | None:
    """ "one in five", "two out of three", "nine in every 10"."""
    if not 1 <= value <= 9 or value != int(value):
        return None
    at = (
        last + 1
        if _low(toks, last) == "in"
        else last + 2
        if (_low(toks, last), _low(toks, last + 1)) == ("out", "of")
        else 0
    )
    if not at:
        return None
    at += _low(toks, at) == "every"
    if at >= len(toks):
        return None
    low = toks[at].low
    over = _UNITS.get(low) or _TENS.get(low) or (int(low) if low.isdecimal() and len(low) < 4 else 0)
    told = over in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 50, 100)
    if (
        not told
        or over <= value
        or _low(toks, at + 1) in magnitudes()[0]
        or _low(toks, at + 1) in ("-", "days", "months", "years")
    ):
        return None
    return Number(first, at + 1, value / over, share=(int(value), over))


def _share(toks: Sequence[Tok], at: int) -> Number | None:
    """ "a third of", "two-thirds", "half the", "half a million", "a quarter of a million"."""
    low = toks[at].low
    if low in ("half", "quarter"):
        return _half(toks, at)
    top = 1 if low in ("a", "an") else _UNITS.get(low, 0)
    if not 0 < top < 10:
        return None
    hyphen = _low(toks, at + 1) == "-"
    part = _PARTS.get(_low(toks, at + 1 + hyphen))
    if part is None or (top > 1) != _low(toks, at + 1 + hyphen).endswith("s"):
        return None
    after = _low(toks, at + 2 + hyphen)
    certain = (hyphen or (top > 1 and part != 4)) and after not in ("party", "world", "round", "time")
    if (
        not certain
        and after not in words_named("quantities", "compared")
        and after != "of"
        and not (_low(toks, at - 1) in words_named("quantities", "lead") and part != 4)
        and not (_low(toks, at - 1) == "by" and after in _AFTER_CHANGE)  # "fell by a third, to 410,000"
    ):
        return None
    return _of_magnitude(toks, Number(at, at + 2 + hyphen, top / part, share=(top, part)))


_AFTER_CHANGE = frozenset(
    ("", ",", ".", ";", "to", "from", "in", "since", "over", "on", "this", "last", "compared", "and")
)


def _half(toks: Sequence[Tok], at: int) -> Number | None:
    after, before = _low(toks, at + 1), _low(toks, at - 1)
    if toks[at].low == "quarter":
        return None
    number = _of_magnitude(toks, Number(at, at + 1, 0.5, share=(1, 2)))
    if number.share is None:
        return number
    if (
        before in ("second", "first", "other", "later", "latter", "last", "final", "a", "each", "opening")
        or (before == "and" and after not in ("the", "of", "its", "their"))
        or after == "-"
    ):
        return None
    if after in ("a", "an") or (after == "the" and _low(toks, at + 2) in ("time", "battle", "story", "way")):
        return None
    return (
        number if after in words_named("quantities", "halved") or before in words_named("quantities", "lead") else None
    )


def _of_magnitude(toks: Sequence[Tok], number: Number) -> Number:
    """ "half a million", "half a dozen", "a quarter of a million", "half-million": the share of a magnitude is a count."""
    words, _ = magnitudes()
    at = number.last
    at += _low(toks, at) == "of"
    at += _low(toks, at) in ("a", "an", "-")
    factor = words.get(_low(toks, at))
    if factor is None or number.value is None:
        return number
    return Number(number.first, at + 1, whole(number.value * factor), scale=factor)


def _vague_at(toks: Sequence[Tok], at: int) -> Number | None:
    """ "dozens", "tens of thousands", "several hundred", "a few": a lower bound and no value."""
    words, _ = magnitudes()
    if toks[at].low == "few" and _low(toks, at + 1) in words:
        return Number(at, at + 2, None, low=2 * words[_low(toks, at + 1)], vague=True)
    for phrase in _vague_starts().get(toks[at].low, ()):
        if any(_low(toks, at + k) != word for k, word in enumerate(phrase)):
            continue
        low, multiplies = _vague()[phrase]
        last = at + len(phrase)
        if multiplies and (factor := words.get(_low(toks, last))):
            return Number(at, last + 1, None, low=low * factor, vague=True)
        if phrase == ("a", "handful", "of"):
            last -= 1
        if phrase == ("scores",) and _low(toks, last) not in (
            "of",
            "more",
            "were",
            "others",
            "dead",
            "killed",
            "have",
            "had",
        ):
            return None
        return Number(at, last, None, low=low, vague=True)
    return None
