"""What a date expression says, before anybody knows which day it was written: `Found`, and how words are read into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from parley.data import TimexType
from parley.dates.scan import Hit, Scan, class_of
from parley.dates.words import (
    MONTH_NUMBER,
    NUMBER,
    ORDINAL,
    SEASON_CODE,
    UNIT_LETTER,
    UNIT_NAME,
    WEEKDAY_NUMBER,
    members,
    word_set,
)


class Found(NamedTuple):
    """One expression: where it stands and what it says. Fields that it does not name are None.

    `kind` tells how it is resolved: a `date` (calendar fields), a `weekday`, a `relative` unit ("last week"), a `deictic`
    day ("yesterday"), a `shifted` one ("two days ago"), a `part` of day, a `clock` time, or `fixed` (`value` is final).
    """

    start: int
    end: int
    first: int
    last: int
    kind: str
    type: TimexType = "DATE"
    value: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    part: str | None = None
    clock: str | None = None
    unit: str | None = None
    number: float | None = None
    relation: str | None = None
    edge: str | None = None
    qualifier: str | None = None
    numeric: tuple[int, int] | None = None


_RELATIONS = (
    ("LASTW", "last"),
    ("LATEST", "last"),
    ("PASTW", "last"),
    ("NEXT", "next"),
    ("THIS", "this"),
    ("THAT", "that"),
    ("PREV", "previous"),
    ("FOLL", "following"),
    ("SAME", "that"),
    ("CURRENT", "this"),
)


@cache
def _relation_codes() -> dict[str, str]:
    return {code: relation for name, relation in reversed(_RELATIONS) for code in class_of(name)}


def make_found(s: Scan, first: int, last: int, kind: str, **said: object) -> Found:
    end = s.offset(last)
    if s.text[end : end + 1] == "." and ((last - first > 2 and s.between(last - 2) == "!") or s.is_a(last - 1, "MABB")):
        end += 1  # the dot of "p.m.", "B.C.", "Sept."
    start = s.offset(first)
    start += first % 2 == 0 and s.text[start : start + 1].isspace()  # the blank before "'13"
    return Found(start, end, first, last, kind, **said)  # type: ignore[arg-type]


_POINTING = word_set("on by since until till in of for during from before after over through")


def without_that(s: Scan, hit: Hit) -> Hit:
    """The hit without a leading "that" which only opens a clause: "said that Thursday's debate", not "on that Thursday"."""
    opens = s.word(hit.first | 1) == "that" and s.word((hit.first | 1) - 2) not in _POINTING
    return Hit(hit.rule, hit.first + 2, hit.last) if opens else hit


def part_of(s: Scan, hit: Hit, *names: str) -> int | None:
    """The first part of a hit that belongs to one of the classes."""
    found = _search(names)(s.codes, hit.first, hit.last)
    return found.start() if found else None


@cache
def _search(names: tuple[str, ...]) -> Callable[[str, int, int], re.Match[str] | None]:
    return re.compile(f"[{''.join(map(members, names))}]").search


def relation_in(s: Scan, hit: Hit) -> str | None:
    """`last`, `next`, `this` ...; of "this past week" and "this coming Sunday" the second word, which tells more."""
    table = _relation_codes()
    found = _relation_search()(s.codes, hit.first, hit.last)
    if found is None:
        return None
    relation, second = table[found.group()], found.start() + 2
    if relation == "this" and second < hit.last:
        return table.get(s.codes[second], relation)
    return relation


@cache
def _relation_search() -> Callable[[str, int, int], re.Match[str] | None]:
    return re.compile(f"[{''.join(_relation_codes())}]").search


def edge_in(s: Scan, hit: Hit) -> str | None:
    at = part_of(s, hit, "EDGE", "ENDW")
    return s.word(at) if at is not None else None


def count_in(s: Scan, hit: Hit) -> float | None:
    """The number in a hit; None for "several", "a few"."""
    total: float | None = None
    k = hit.first | 1
    while k < hit.last:
        word = s.word(k)
        if s.is_a(k, "VAGUE"):
            return None
        if s.is_a(k, "NUM") or s.is_a(k, "YEAR"):
            joined = s.between(k + 1)
            if joined == "_" and s.between(k + 3) == "/" and s.printed(k + 2) == "1" and s.is_a(k + 4, "DAY"):
                return float(word) + 1 / float(s.printed(k + 4))
            tail = s.printed(k + 2) if joined in ";!" and k + 2 < hit.last else ""
            number = (
                float(f"{word}{tail}") if joined == ";" and tail else float(f"{word}.{tail}") if tail else float(word)
            )
            return number + (0.5 if part_of(s, hit, "HALF") else 0)
        if word == "half":
            alone = total is None or (total == 1 and s.word(k - 2) == "a" and s.word(k - 4) != "and")
            if alone and (s.word(k + 2) in ("a", "an") or s.word(k + 2) in UNIT_NAME):
                return 0.5
            total = (total or 0) + 0.5
        elif word in ("hundred", "dozen", "thousand"):
            total = (total or 1) * NUMBER[word]
        elif word in ("a", "an"):
            total = 1 if total is None else total
        elif word in NUMBER:
            total = (total or 0) + NUMBER[word]
        k += 2
    return total if total is not None else 1


def _number_text(number: float | None) -> str:
    return "X" if number is None else f"{number:g}" if number < 1e6 else str(int(number))


def duration_value(number: float | None, unit: str) -> str:
    """`P8M`, `PT30M`, `PXY`.

    >>> duration_value(8, "month"), duration_value(0.5, "hour"), duration_value(None, "day")
    ('P8M', 'PT30M', 'PXD')
    """
    letter = UNIT_LETTER[unit]
    if unit == "fortnight" and number is not None:
        number *= 2
    if unit == "hour" and number is not None and number % 1 and number < 2:
        number, letter = number * 60, "TM"
    time, letter = ("T", letter[1]) if letter[0] == "T" else ("", letter)
    return f"P{time}{_number_text(number)}{letter}"


def unit_in(s: Scan, hit: Hit) -> str | None:
    at = next((k for k in range(hit.last - 1, hit.first - 1, -1) if k % 2 and s.word(k) in UNIT_NAME), None)
    return UNIT_NAME[s.word(at)] if at is not None else None


def qualifier_of(s: Scan, hit: Hit) -> str | None:
    """What stands before a number: `more`, `less`, `about`."""
    first = s.word(hit.first | 1)
    if first in ("more", "over", "longer") or (first == "at" and s.word(hit.first + 2) == "least"):
        return "more"
    if first in ("less", "fewer", "under", "nearly", "almost", "barely", "up") or (first == "at"):
        return "less"
    return "about" if first in ("about", "around", "roughly", "approximately", "some") else None


def ordinal_in(s: Scan, hit: Hit) -> int | None:
    at = part_of(s, hit, "ORDN", "ORDW")
    if at is None:
        return None
    word = s.word(at)
    return ORDINAL.get(word) or (int(word[:-2]) if word[:-2].isdecimal() else None)


def year_at(s: Scan, k: int) -> int:
    """The year at a part, negative before Christ."""
    year = int(s.parts[k])
    era = s.word(k + 2)
    before = era in ("bc", "bce") or (era == "b" and s.word(k + 4) == "c" and s.between(k + 3) == "!")
    return -year if before and year else year


def two_digit_year(text: str) -> int:
    """'45 is 1945, '24 is 2024: two digits mean the hundred years around the turn of the millennium."""
    year = int(text)
    return 1900 + year if year > 40 else 2000 + year


def calendar_fields(s: Scan, hit: Hit) -> dict[str, object]:
    """Month, day, year, season ... as the words of a hit name them."""
    said: dict[str, object] = {}
    for k in range(hit.first | 1, hit.last, 2):
        word = s.word(k)
        if word in SEASON_CODE:
            said.setdefault("season", SEASON_CODE[word])
        elif (
            "month" not in said
            and word in MONTH_NUMBER
            and s.is_a(k, "MONTH") | s.is_a(k, "MAMB") | s.is_a(k, "MABB") | s.is_a(k, "MUP")
        ):
            said["month"] = MONTH_NUMBER[word]
        elif s.is_a(k, "YEAR") or (s.is_a(k, "NUM") and s.word(k + 2) in ("bc", "bce", "b") and k + 2 < hit.last):
            said.setdefault("year", year_at(s, k))
        elif s.is_a(k, "DAY") and "day" not in said:
            said["day"] = int(word)
        elif s.is_a(k, "ORDDAY") and "day" not in said and s.word(k + 2) not in ("quarter", "half", "century"):
            said["day"] = int(word[:-2])
        elif s.is_a(k, "YY"):
            said.setdefault("year", two_digit_year(word))
        elif s.is_a(k, "WD") or s.is_a(k, "WDABB"):
            said.setdefault("weekday", WEEKDAY_NUMBER[word])
        elif word == "year":
            said["unit"] = "year"
    return said


def is_counted(s: Scan, part: int) -> bool:
    """True where what follows is what a number counts: "2000 villages"."""
    if s.between(part) != "_":
        return part < len(s.parts) and s.parts[part][:1] == "%"
    word = s.printed(part + 1)
    if word in _COUNTED:
        return True
    return word.islower() and word.endswith("s") and len(word) > 3 and word not in _NOT_PLURAL


_COUNTED = word_set(
    "people men women children police personnel dead killed wounded injured soldiers troops percent per "
    "million billion km kg miles feet metres meters tonnes tons mm cm m hp"
)


_NOT_PLURAL = word_set("was is has this as its his us was his across towards after s census crisis versus")
