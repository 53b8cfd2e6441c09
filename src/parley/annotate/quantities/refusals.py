"""Numbers that are no quantities: dates, years, clock times, numbers in names, list markers, addresses, phone numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from parley.annotate.quantities.counted import is_plural, stop_words
from parley.annotate.quantities.numbers import Number, Tok, words_named

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|\S{1,200}@\S{1,200}|\b[\w-]{1,60}\.(?:com|org|net|gov|html?|php|aspx)\b\S{0,500}"
)


def is_capitals(text: str) -> bool:
    """A text printed in capitals throughout, where capitals tell nothing about names."""
    sample = text[:4000].encode("latin-1", "ignore")
    upper = len(sample) - len(sample.translate(None, _UPPER))
    lower = len(sample) - len(sample.translate(None, _LOWER))
    return upper > 0.7 * (upper + lower)


_UPPER, _LOWER = (
    bytes(k for k in range(256) if chr(k).isupper()),
    bytes(k for k in range(256) if chr(k).islower()),
)


def is_title_case(toks: Sequence[Tok]) -> bool:
    """A headline Printed Like This: capitals tell nothing there either."""
    upper = lower = 0
    for tok in toks:
        if tok[3] == "w" and len(tok[2]) > 3:
            if tok[4]:
                upper += 1
            else:
                lower += 1
                if lower > 4:
                    return False  # a sentence, as most texts are
    return upper + lower > 3 and upper > 4 * lower


def addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand."""
    if "http" not in text and "www." not in text and "@" not in text and ".com" not in text and ".htm" not in text:
        return []
    return [m.span() for m in _ADDRESS.finditer(text)]


def why_refused(
    toks: Sequence[Tok], number: Number, *, kind: str | None, caps: bool, addresses: Sequence[tuple[int, int]]
) -> str | None:
    """The reason why a number is no quantity, or None where it is one."""
    start = toks[number.first].start
    if _inside(start, addresses):
        return "address"
    if number.value == 1 and toks[number.first].low == "one" and number.last == number.first + 1:
        return _pronoun(toks, number.first)
    if toks[number.first].kind != "n" or number.scale != 1 or number.share:
        return "name" if _word_in_name(toks, number, caps=caps) else None
    if _is_clock(toks, number):
        return "clock"
    if _is_date(toks, number):
        return "date"
    if kind is None or kind == "time":
        return _plain(toks, number, kind=kind, caps=caps)
    return None


def _inside(start: int, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (start, start)) - 1
    return any(spans[k][0] <= start < spans[k][1] for k in (at, at + 1) if 0 <= k < len(spans))


def _low(toks: Sequence[Tok], at: int) -> str:
    return toks[at].low if 0 <= at < len(toks) else ""


def _pronoun(toks: Sequence[Tok], at: int) -> str | None:
    before, after = _low(toks, at - 1), _low(toks, at + 1)
    name = toks[at].capital and at > 0 and toks[at - 1].capital and toks[at - 1].kind == "w"
    pointed = before in ("that", "this", "the") and at + 1 < len(toks) and toks[at + 1].kind == "w"
    if pointed and after not in stop_words() and not name:
        return None  # "said that one soldier", "the one survivor"
    told = before in words_named("quantities", "pronoun_one") or after in words_named("quantities", "after_one")
    return "pronoun" if told or name else None


def _word_in_name(toks: Sequence[Tok], number: Number, *, caps: bool) -> bool:
    """ "Group of Seven", "phase one", "Big Five"."""
    at = number.first
    before = _low(toks, at - 1)
    if toks[at].kind != "w" or number.value is None or number.value > 20:
        return False
    if before in words_named("quantities", "named") - {"top", "point", "year", "day", "week", "no"} and not _counts(
        toks, number.last
    ):
        return True
    if before == "of" and _low(toks, at - 2) == "group" and toks[at].capital and not caps:
        return True
    return bool(
        at
        and toks[at].capital
        and toks[at - 1].capital
        and toks[at - 1].kind == "w"
        and not caps
        and _low(toks, at - 2) not in (".", "")
    )


def _is_clock(toks: Sequence[Tok], number: Number) -> bool:
    first, last = number.first, number.last
    after, before = _low(toks, last), _low(toks, first - 1)
    colon = (
        after == ":" and last + 1 < len(toks) and toks[last + 1].kind == "n" and toks[last + 1].start == toks[last].end
    ) or (before == ":" and first > 1 and toks[first - 2].kind == "n" and toks[first - 1].end == toks[first].start)
    meridian = after in ("a", "p") and _low(toks, last + 1) == "." and _low(toks, last + 2) == "m"
    local = after in ("hours", "local") and len(toks[first].low) == 4 and number.bare
    zero = number.bare and len(toks[first].low) > 1 and toks[first].low[0] == "0"
    return (
        colon
        or meridian
        or local
        or zero
        or after in words_named("quantities", "clock")
        or (before == "(" and after == "gmt")
    )


def _is_date(toks: Sequence[Tok], number: Number) -> bool:
    """ "March 29", "4 FEB 90", "16-23 JANUARY", "2024-06-02", "9/11"."""
    first, last = number.first, number.last
    if not number.bare:
        return False
    if _joined(toks, first, last, "/") or (_joined(toks, first, last, "-") and _chain(toks, first, last)):
        return True
    day = (number.value or 0) <= 31
    if day and (_month_before(toks, first) or _month_after(toks, last)):
        return True
    if (
        _low(toks, first - 1) in words_named("quantities", "months")
        and len(toks[first].low) in (2, 4)
        and first > 1
        and toks[first - 2].kind == "n"
        and not _counts(toks, last)
    ):
        return True
    joint = (
        _low(toks, last) in ("-", "–", "to", "and", "or", ",", "&")
        and last + 1 < len(toks)
        and toks[last + 1].kind == "n"
    )
    # no comma: "On March 3, 12 people were killed"
    back = _low(toks, first - 1) in ("-", "–", "to", "and", "&") and first > 1 and toks[first - 2].kind == "n"
    back = back and not _counts(toks, last)
    return day and ((joint and _month_after(toks, last + 2)) or (back and _month_before(toks, first - 2)))


def _month_before(toks: Sequence[Tok], first: int) -> bool:
    at = first - 1
    if _low(toks, at) == "." and len(_low(toks, at - 1)) < 5:
        at -= 1
    if _low(toks, at) not in words_named("quantities", "months") or not toks[at].capital:
        return False
    # "on 23 September 28 bodies were found": the month has its day already
    return not (at > 0 and toks[at - 1].kind == "n" and len(toks[at - 1].low) < 3)


def _month_after(toks: Sequence[Tok], last: int) -> bool:
    at = last + (_low(toks, last) == "of")
    if _low(toks, at) not in words_named("quantities", "months") or not toks[at].capital:
        return False
    return _low(toks, at) != "may" or _low(toks, at + 1) not in ("have", "be", "not", "also", "well", "still", "yet")


def _joined(toks: Sequence[Tok], first: int, last: int, mark: str) -> bool:
    after = (
        _low(toks, last) == mark
        and last + 1 < len(toks)
        and toks[last + 1].kind == "n"
        and toks[last].start == toks[last - 1].end
    )
    before = (
        _low(toks, first - 1) == mark
        and first > 1
        and toks[first - 2].kind == "n"
        and toks[first - 1].end == toks[first].start
    )
    return after or before


def _chain(toks: Sequence[Tok], first: int, last: int) -> bool:
    """Three numbers joined by hyphens: an ISO date or a phone number; two years; a score such as 2-0."""
    run = [k for k in range(max(0, first - 4), min(len(toks), last + 4)) if toks[k].kind == "n"]
    touching = [k for k in run if _low(toks, k + 1) == "-" and k + 2 in run and toks[k + 2].start == toks[k].end + 1]
    if len(touching) > 1:
        return True
    if not touching:
        return False
    left, right = toks[touching[0]].low, toks[touching[0] + 2].low
    if not (left.isdecimal() and right.isdecimal()):
        return False
    years = len(left) == 4 and 1000 <= int(left) < 2100 and len(right) in (2, 4) and not _counts(toks, touching[0] + 3)
    return years or int(right) <= int(left)


def _plain(toks: Sequence[Tok], number: Number, *, kind: str | None, caps: bool) -> str | None:
    """Bare digits: a year, a name, a list marker, digits glued to letters that are no unit?"""
    first, last = number.first, number.last
    before, after = _low(toks, first - 1), _low(toks, last)
    value = number.value or 0
    if last < len(toks) and toks[last].kind == "w" and toks[last].start == toks[last - 1].end:
        decade = after == "s" and number.bare and (value % 10 == 0 or value > 1000 or toks[first - 1].capital)
        if kind is None or decade:
            return "code"
        return None
    if number.bare and len(toks[first].low) == 4 and 1000 <= value < 2200 and _is_year(toks, number, kind=kind):
        return "year"
    if kind == "time":
        return None
    if before in ("#", "№", "@", "§") or (before == "." and _low(toks, first - 2) in ("no", "nos", "art", "sec", "ch")):
        return "name"
    if before in words_named("quantities", "named") and not _counts(toks, last):
        return "name"
    if after in (".", ")") and first == 0 and last < len(toks):
        return "marker"
    return "name" if not caps and _in_name(toks, number) else None


def _is_year(toks: Sequence[Tok], number: Number, *, kind: str | None) -> bool:
    before = _low(toks, number.first - 1)
    if kind == "time" or (before in ("than", "least", "to", "over", "nearly", "almost") and _counts(toks, number.last)):
        return False
    value = int(number.value or 0)
    if (
        before == "and"
        and number.first > 1
        and _low(toks, number.first - 2).isdigit()
        and len(_low(toks, number.first - 2)) == 4
    ):
        return True
    # A count of two thousand and some is printed with a comma; without one, and not round, it is the year 2018.
    if 1990 <= value <= 2040 and value % 10 and before not in words_named("quantities", "counting"):
        return True
    if (
        before in words_named("quantities", "months")
        or before in words_named("quantities", "year_after")
        or (number.value is not None and number.value < 1500 and before != "in")
    ):
        return (
            before in words_named("quantities", "months")
            or not _counts(toks, number.last)
            or before in ("in", "since", "during", "of")
        )
    return (number.value or 0) >= 1900 and not _counts(toks, number.last)


def _counts(toks: Sequence[Tok], at: int) -> bool:
    """True where a plural noun follows within three words, so that the number counts."""
    for k in range(at, min(at + 3, len(toks))):
        tok = toks[k]
        if tok.kind != "w" or tok.low in stop_words():
            return tok.low in ("dead", "killed", "injured", "wounded", "missing") or (tok.low == "of" and k == at)
        if is_plural(tok.low):
            return True
    return False


def _in_name(toks: Sequence[Tok], number: Number) -> bool:
    """ "Channel 12", "iPhone 11", "Game 7": after a capitalised word that begins no sentence, with no counted noun after it."""
    first = number.first
    if not first or toks[first - 1].kind != "w" or not toks[first - 1].capital:
        return False
    prior = toks[first - 1].low
    if prior in stop_words() or prior in ("at", "nearly", "almost", "roughly", "approximately"):
        return False
    after = toks[number.last] if number.last < len(toks) else None
    if after is not None and after.kind == "w" and not after.capital and after.low not in stop_words():
        return False
    if after is not None and after.low in (
        "dead",
        "killed",
        "injured",
        "wounded",
        "people",
        "others",
        "more",
        "missing",
        "died",
        "have",
        "were",
    ):
        return False
    return first > 1 and toks[first - 2].low not in (".", "!", "?", '"', "“")
