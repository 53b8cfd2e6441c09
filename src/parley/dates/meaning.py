"""What a date expression says, before anybody knows which day it was written: `Found`.

`read` takes a stretch that the grammar fits and gives what it means, or nothing where the words around it show that it
is no date ("may" the verb, "2000 villages", "24-year-old").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from parley.data import TimexType
from parley.dates.scan import Hit, Scan, class_of
from parley.dates.words import (
    DECADE_WORD,
    FIXED_DAYS,
    MONTH_NUMBER,
    NUMBER,
    ORDINAL,
    PART_CODE,
    REF_VALUE,
    SEASON_CODE,
    SET_VALUE,
    UNIT_LETTER,
    UNIT_NAME,
    WEEKDAY_NUMBER,
)


@dataclass(frozen=True, slots=True)
class Found:
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


def read(scanned: Scan, hit: Hit) -> list[Found]:
    """What a hit says; two for a range, none where it is no date after all."""
    return _READERS[hit.rule](scanned, hit)


def _make(s: Scan, first: int, last: int, kind: str, **said: object) -> Found:
    return Found(s.offsets[first], s.offsets[last], first, last, kind, **said)  # type: ignore[arg-type]


def _find(s: Scan, hit: Hit, *names: str) -> int | None:
    """The first part of a hit that belongs to one of the classes."""
    codes = frozenset().union(*(class_of(n) for n in names)) if len(names) > 1 else class_of(names[0])
    return next((k for k in range(hit.first | 1, hit.last, 2) if s.codes[k] in codes), None)


def _relation(s: Scan, hit: Hit) -> str | None:
    table = _relation_codes()
    return next((table[s.codes[k]] for k in range(hit.first | 1, hit.last, 2) if s.codes[k] in table), None)


def _edge(s: Scan, hit: Hit) -> str | None:
    at = _find(s, hit, "EDGE", "ENDW")
    return s.word(at) if at is not None else None


def _year(s: Scan, k: int) -> int:
    """The year at a part, negative before Christ."""
    year = int(s.parts[k])
    era = s.word(k + 2)
    before = era in ("bc", "bce") or (era == "b" and s.word(k + 4) == "c" and s.between(k + 3) == "!")
    return -year if before and year else year


def two_digit_year(text: str) -> int:
    """'45 is 1945, '24 is 2024: two digits mean the hundred years around the turn of the millennium."""
    year = int(text)
    return 1900 + year if year > 40 else 2000 + year


def _count(s: Scan, hit: Hit) -> float | None:
    """The number in a hit; None for "several", "a few"."""
    total: float | None = None
    k = hit.first | 1
    while k < hit.last:
        word = s.word(k)
        if s.is_a(k, "VAGUE"):
            return None
        if s.is_a(k, "NUM") or s.is_a(k, "YEAR"):
            joined = s.between(k + 1)
            tail = s.printed(k + 2) if joined in ";!" and k + 2 < hit.last else ""
            number = (
                float(f"{word}{tail}") if joined == ";" and tail else float(f"{word}.{tail}") if tail else float(word)
            )
            return number + (0.5 if _find(s, hit, "HALF") else 0)
        if word == "half":
            if s.word(k + 2) in ("a", "an") or s.word(k + 2) in UNIT_NAME:
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


def _calendar_fields(s: Scan, hit: Hit) -> dict[str, object]:
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
            said.setdefault("year", _year(s, k))
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


def _ordinal(s: Scan, hit: Hit) -> int | None:
    at = _find(s, hit, "ORDN", "ORDW")
    if at is None:
        return None
    word = s.word(at)
    return ORDINAL.get(word) or (int(word[:-2]) if word[:-2].isdigit() else None)


def _calendar(s: Scan, hit: Hit) -> list[Found]:
    said = _calendar_fields(s, hit)
    if _find(s, hit, "CENTURY"):
        return _century(s, hit)
    if _find(s, hit, "DECADE", "DECADE2", "DECADEW"):
        return _decade(s, hit)
    if "month" not in said and "season" not in said:
        key = "quarter" if _find(s, hit, "QUARTER", "Q") else "half"
        number = _ordinal(s, hit) or (said.pop("day", None) if key == "quarter" else None)
        relation = _relation(s, hit)
        if number is None and relation and relation != "last":
            return _relative(s, hit)
        if number is None and key == "quarter" and _find(s, hit, "ORDW") is None:
            return _relative(s, hit)
        if number is None:
            number = 4 if key == "quarter" else 2
        if not isinstance(number, int) or number > (4 if key == "quarter" else 2):
            return []
        said[key] = number
        said.pop("day", None)
    if said.get("season") and said.get("year") is None and said.get("unit") is None and _relation(s, hit) is None:
        return _season(s, hit)
    day = said.get("day")
    if isinstance(day, int) and not 1 <= day <= 31:
        return []
    if said.get("day") is None and said.get("month") and _rejected_month_year(s, hit):
        return []
    return [_make(s, hit.first, hit.last, "date", relation=_relation(s, hit), edge=_edge(s, hit), **said)]


def _rejected_month_year(s: Scan, hit: Hit) -> bool:
    """ "may 2000 people": a modal that happens to stand before a number."""
    at = _find(s, hit, "MAMB")
    return at is not None and s.between(hit.last) == "_" and s.word(hit.last + 1) in ("people", "men", "women")


def _century(s: Scan, hit: Hit) -> list[Found]:
    number = _ordinal(s, hit)
    if not number:
        return []
    before = _find(s, hit, "BC", "B") is not None
    return [
        _make(s, hit.first, hit.last, "fixed", value=f"{'BC' if before else ''}{number - 1:02d}", edge=_edge(s, hit))
    ]


def _decade(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "DECADE")
    if at is not None:
        number, before = int(s.parts[at][:-1]) // 10, _find(s, hit, "BC", "B") is not None
        return [
            _make(s, hit.first, hit.last, "fixed", value=f"{'BC' if before else ''}{number:03d}", edge=_edge(s, hit))
        ]
    at = _find(s, hit, "DECADE2", "DECADEW")
    if at is None:
        return []
    number = int(s.parts[at][:-1]) if s.is_a(at, "DECADE2") else DECADE_WORD[s.word(at)]
    if s.is_a(at, "DECADE2") and s.between(hit.last) == "_" and s.word(hit.last + 1) in ("and", "percent"):
        return []
    return [
        _make(
            s, hit.first, hit.last, "fixed", value=str((1900 + number) // 10 if number > 20 else (2000 + number) // 10)
        )
    ]


def _iso(s: Scan, hit: Hit) -> list[Found]:
    numbers = [int(s.parts[k]) for k in range(hit.first | 1, hit.last, 2) if s.parts[k].isdigit()]
    clock = f"{numbers[3]:02d}:{numbers[4]:02d}" if len(numbers) > 4 else None
    year, month, day = numbers[:3]
    if not (month <= 12 and day <= 31):
        return []
    if clock:
        return [_make(s, hit.first, hit.last, "clock", type="TIME", year=year, month=month, day=day, clock=clock)]
    return [_make(s, hit.first, hit.last, "date", year=year, month=month, day=day)]


def _numeric(s: Scan, hit: Hit) -> list[Found]:
    texts = [s.parts[k] for k in range(hit.first | 1, hit.last, 2)]
    if s.between(hit.first - 1) in "/!-" or s.between(hit.last) in "/-":
        return []
    if len(texts[0]) == 4:
        return [_make(s, hit.first, hit.last, "date", year=int(texts[0]), month=int(texts[1]), day=int(texts[2]))]
    first, second = int(texts[0]), int(texts[1])
    year = int(texts[2]) if len(texts[2]) == 4 else two_digit_year(texts[2])
    if min(first, second) > 12:
        return []
    if first > 12 or second > 12 or s.between(hit.first + 1) == "!":
        day, month = (first, second) if second <= 12 else (second, first)
        return [_make(s, hit.first, hit.last, "date", year=year, month=month, day=day)]
    return [_make(s, hit.first, hit.last, "date", year=year, numeric=(first, second))]


def _nine_eleven(s: Scan, hit: Hit) -> list[Found]:
    if s.between(hit.last) in "/" or s.between(hit.first - 1) in "/":
        return []
    return [_make(s, hit.first, hit.last, "date", year=2001, month=9, day=11)]


def _range(s: Scan, hit: Hit) -> list[Found]:
    """Both ends of a range; what only one end names (month, year) holds for the other."""
    end, start = _range_cut(s, hit)
    left, right = Hit(hit.rule, hit.first, end), Hit(hit.rule, start, hit.last)
    a, b = _calendar_fields(s, left), _calendar_fields(s, right)
    for one in (a, b):
        one.pop("weekday", None)
        one.pop("unit", None)
    if "month" not in a and "month" not in b:
        return _year_range(s, left, right)
    if "month" in a and "month" in b and "day" not in a and "day" in b:
        return []
    a.setdefault("month", b.get("month"))
    b.setdefault("month", a.get("month"))
    if "year" in b:
        a.setdefault("year", b["year"])
    if "month" in a and "day" not in a and "day" not in b and "year" not in b and _find(s, hit, "MAMB", "MABB"):
        return []
    return [_make(s, left.first, left.last, "date", **a), _make(s, right.first, right.last, "date", **b)]


def _range_cut(s: Scan, hit: Hit) -> tuple[int, int]:
    """Where the first end stops and the second begins: around a hyphen, a dash, "to", "and"."""
    for k in range(hit.first | 1, hit.last - 1, 2):
        if s.between(k + 1) in "-=/":
            return k + 1, k + 2
    for k in range((hit.first | 1) + 2, hit.last - 2, 2):
        if s.is_a(k, "TO") or s.is_a(k, "AND"):
            return k - 1, k + 2
    return hit.first + 1, hit.first + 2


def _year_range(s: Scan, left: Hit, right: Hit) -> list[Found]:
    a, b = _find(s, left, "YEAR", "NUM"), _find(s, right, "YEAR", "YY", "NUM")
    if a is None or b is None:
        return []
    first, text = _year(s, a), s.parts[b]
    era = _year(s, b) if len(text) > 2 or s.word(b + 2) in ("bc", "bce", "b") else None
    second = era if era is not None else int(s.parts[a][:2] + text)
    first = -first if second < 0 < first else first
    if (first > 0 and second > 0 and not first <= second <= first + 400) or _counted(s, right.last):
        return []
    return [
        _make(s, left.first, left.last, "date", year=first, qualifier="range"),
        _make(s, right.first, right.last, "date", year=second, qualifier="range"),
    ]


_SUFFIX_AM = ("am", "pm")


def _clock(s: Scan, hit: Hit) -> list[Found]:
    clock = _clock_text(s, hit)
    if clock is None:
        return []
    said = {k: v for k, v in _calendar_fields(s, hit).items() if k in ("weekday",)}
    month = _find(s, hit, "MONTH", "MAMB", "MABB")
    if month is not None:
        tail = next(
            (
                k
                for k in range(hit.first | 1, hit.last, 2)
                if s.between(k - 1) in "_," and k > hit.first + 1 and _starts_date(s, k)
            ),
            month,
        )
        said |= _calendar_fields(s, Hit(hit.rule, tail, hit.last))
    deictic = _find(s, hit, "DEICTIC")
    value = s.word(deictic) if deictic is not None else None
    last = hit.last
    return [
        _make(s, hit.first, last, "clock", type="TIME", clock=clock, value=value, relation=_relation(s, hit), **said)
    ]


def _starts_date(s: Scan, k: int) -> bool:
    return s.is_a(k, "MONTH") or s.is_a(k, "MAMB") or s.is_a(k, "MABB") or (s.is_a(k, "DAY") and s.is_a(k + 2, "MONTH"))


def _clock_text(s: Scan, hit: Hit) -> str | None:
    """`17:30`, or None where the digits are no time of day."""
    word = _find(s, hit, "CLOCKWORD")
    if word is not None:
        return PART_CODE[s.word(word)]
    first = _find(s, hit, "HOUR", "HAMPM", "HHMM")
    if first is None:
        return None
    text = s.parts[first].lower()
    half = next(
        (m for m in _SUFFIX_AM for k in range(first, min(first + 8, hit.last), 2) if s.word(k).endswith(m)), None
    )
    letter = next(
        (
            s.word(k)
            for k in range(first + 2, min(first + 8, hit.last), 2)
            if s.word(k) in ("a", "p") and s.word(k + 2) == "m"
        ),
        None,
    )
    half = half or (f"{letter}m" if letter else None)
    if len(text) == 4 and text.isdigit():
        return f"{text[:2]}:{text[2:]}"
    hour = int(text.removesuffix("am").removesuffix("pm"))
    has_minute = s.between(first + 1) in ":!" and s.printed(first + 2)[:2].isdigit() and first + 2 < hit.last
    minute = int(s.parts[first + 2][:2]) if has_minute else 0
    known = half or _find(s, hit, "TZ", "HRS", "CLOCKW", "WD", "DEICTIC", "MONTH") is not None
    if not known and not (has_minute and (s.word(hit.first - 2) in _CLOCK_BEFORE or len(text) == 2)):
        return None
    if hour > 24 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"


_CLOCK_BEFORE = frozenset(
    ["at", "by", "around", "from", "until", "till", "to", "before", "after", "about", "between", "since"]
)


def _part_of_day(s: Scan, hit: Hit) -> list[Found]:
    part = _find(s, hit, "PARTN")
    said = _calendar_fields(s, hit)
    code = PART_CODE[s.word(part or 0)]
    kind = "weekday" if "month" not in said and "weekday" in said else "date"
    return [_make(s, hit.first, hit.last, kind, type="TIME", part=code, edge=_edge(s, hit), **said)]


def _every(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "SETW")
    if at is not None:
        if s.printed(at)[0].isupper() and (s.printed(at + 2)[:1].isupper() or s.is_a(at - 2, "THE")):
            return []
        return [_make(s, hit.first, hit.last, "fixed", type="SET", value=SET_VALUE[s.word(at)])]
    at = _find(s, hit, "WDS", "WD")
    if at is not None:
        return [_make(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-WXX-{WEEKDAY_NUMBER[s.word(at)]}")]
    at = _find(s, hit, "PARTN")
    if at is not None:
        return [_make(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-XX-XXT{PART_CODE[s.word(at)]}")]
    at = _find(s, hit, "MONTH", "MAMB", "MABB")
    if at is not None:
        return [_make(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-{MONTH_NUMBER[s.word(at)]:02d}")]
    at = _find(s, hit, "SEASON")
    if at is not None:
        return [_make(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-{SEASON_CODE[s.word(at)]}")]
    units = [k for k in range(hit.first | 1, hit.last, 2) if s.word(k) in UNIT_NAME]
    if not units or (s.word(units[-1]) == "second" and _find(s, hit, "EVERY", "PER") is None):
        return []
    tail = Hit(hit.rule, hit.first + (2 if _find(s, hit, "EVERY", "TIMES", "PER") else 0), hit.last)
    number = 2.0 if _find(s, hit, "OTHER") else 1.0 if _find(s, hit, "TIMES") is not None else _set_count(s, tail)
    return [
        _make(s, hit.first, hit.last, "fixed", type="SET", value=duration_value(number, UNIT_NAME[s.word(units[-1])]))
    ]


def _set_count(s: Scan, hit: Hit) -> float | None:
    ordinal = _find(s, hit, "ORDW")
    if ordinal is not None and s.word(ordinal) in ORDINAL and ordinal + 2 < hit.last:
        return float(ORDINAL[s.word(ordinal)])
    return _count(s, hit)


def _last_unit(s: Scan, hit: Hit) -> str | None:
    at = next((k for k in range(hit.last - 1, hit.first - 1, -1) if k % 2 and s.word(k) in UNIT_NAME), None)
    return UNIT_NAME[s.word(at)] if at is not None else None


def _shifted(s: Scan, hit: Hit) -> list[Found]:
    unit = _last_unit(s, hit)
    way = _find(s, hit, "AGO", "THEN")
    if unit is None or way is None:
        return []
    number = None if s.is_a(hit.first | 1, "LONGUNITS") else _count(s, hit)
    return [
        _make(
            s,
            hit.first,
            hit.last,
            "shifted",
            unit=unit,
            number=number,
            relation=s.word(way),
            qualifier=_qualifier(s, hit),
        )
    ]


def _qualifier(s: Scan, hit: Hit) -> str | None:
    """What stands before a number: `more`, `less`, `about`."""
    first = s.word(hit.first | 1)
    if first in ("more", "over", "longer") or (first == "at" and s.word(hit.first + 2) == "least"):
        return "more"
    if first in ("less", "fewer", "under", "nearly", "almost", "barely", "up") or (first == "at"):
        return "less"
    return "about" if first in ("about", "around", "roughly", "approximately", "some") else None


def _window(s: Scan, hit: Hit) -> list[Found]:
    unit = _last_unit(s, hit)
    if unit is None:
        return []
    at = _find(s, hit, "MULTI")
    inner = Hit(hit.rule, at + 2, hit.last) if at is not None and at + 2 < hit.last else hit
    plural_only = _find(s, inner, "NUM", "NUMW", "TENS", "HUNDRED", "VAGUE", "YEAR", "A") is None
    number = None if plural_only and s.word(hit.last - 1) not in UNIT_LETTER else _count(s, inner)
    if plural_only and s.word(hit.last - 1) in UNIT_LETTER:
        number = 1.0
    relation = {"last": "last", "past": "last", "next": "next", "coming": "next"}.get(
        s.word(at) if at is not None else ""
    )
    return [
        _make(s, hit.first, hit.last, "fixed", type="DURATION", value=duration_value(number, unit), relation=relation)
    ]


def _duration(s: Scan, hit: Hit) -> list[Found]:
    unit = _last_unit(s, hit)
    if unit is None or _is_age(s, hit):
        return []
    number = _count(s, hit)
    single = s.word(hit.first | 1) in ("a", "an") and hit.last - (hit.first | 1) <= 4
    if single and unit in ("second", "quarter"):
        return []
    if unit == "second" and not s.is_a(hit.last - 1, "UNITS") and s.between(hit.last - 2) != "-":
        return []
    if unit in ("weekend",) or (unit == "quarter" and number is not None and number % 1):
        return []
    if s.is_a(hit.first | 1, "UNIT") or s.is_a(hit.first | 1, "UNITS"):
        number = None if s.is_a(hit.first | 1, "UNITS") else 1.0
    rate = single and s.word(hit.first - 2).isdigit() and s.between(hit.first - 1) == "_"
    return [
        _make(
            s,
            hit.first,
            hit.last,
            "fixed",
            type="SET" if rate else "DURATION",
            value=duration_value(number, unit),
            unit=unit,
            number=number,
            qualifier=_qualifier(s, hit),
        )
    ]


def _is_age(s: Scan, hit: Hit) -> bool:
    after = [s.word(hit.last + 1), s.word(hit.last + 3)]
    return (
        (after[0] in ("old", "olds") and s.between(hit.last) in "-_")
        or after == ["of", "age"]
        or s.word(hit.first - 1) == "aged"
        or s.word(hit.first - 2) == "aged"
    )


_OWN = frozenset(["his", "her", "their", "my", "our", "your", "its", "old", "golden", "teenage", "whose"])
_PLURAL_BEFORE = frozenset(
    [
        "for",
        "in",
        "over",
        "after",
        "before",
        "within",
        "during",
        "of",
        "the",
        "took",
        "take",
        "takes",
        "lasting",
        "lasted",
        "spent",
        "spend",
        "despite",
        "by",
        "on",
        "only",
        "just",
        "about",
        "many",
        "with",
        "through",
        "past",
    ]
)
_PLURAL_AFTER = frozenset(["of", "before", "after", "following", "in", "on", "at"])


def _plural(s: Scan, hit: Hit) -> list[Found]:
    before, after = s.word(hit.first - 2), s.word(hit.last + 1)
    if before in _OWN or after == "old":
        return []
    if before not in _PLURAL_BEFORE and after not in _PLURAL_AFTER:
        return []
    if before == "the" and after != "of" and after not in ("before", "after", "since", "following"):
        return []
    unit = UNIT_NAME[s.word(hit.first)]
    return [_make(s, hit.first, hit.last, "fixed", type="DURATION", value=duration_value(None, unit))]


def _recent(s: Scan, hit: Hit) -> list[Found]:
    words = [s.word(k) for k in range(hit.first | 1, hit.last, 2)]
    value = (
        "PRESENT_REF"
        if "these" in words and len(words) == 2
        else "PAST_REF"
        if {"recent", "past"} & set(words)
        else "FUTURE_REF"
    )
    return [_make(s, hit.first, hit.last, "fixed", value=value)]


def _reference(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "REFW")
    if at is not None:
        word = s.word(at)
        if s.printed(at)[0].isupper() and s.printed(at + 2)[:1].isupper():
            return []
        return [_make(s, hit.first, hit.last, "fixed", value=REF_VALUE[word])]
    value = "FUTURE_REF" if _find(s, hit, "FUTURE") else "PAST_REF" if _find(s, hit, "PASTW") else "PRESENT_REF"
    return [_make(s, hit.first, hit.last, "fixed", value=value)]


def _relative(s: Scan, hit: Hit) -> list[Found]:
    relation = _relation(s, hit)
    unit_at = next((k for k in range(hit.last - 1, hit.first - 1, -1) if k % 2 and s.word(k) in UNIT_NAME), None)
    if unit_at is None:
        before = s.word(hit.last - 1)
        if "day" not in [s.word(k) for k in range(hit.first | 1, hit.last, 2)]:
            return []
        return [
            _make(
                s,
                hit.first,
                hit.last,
                "relative",
                unit="day",
                relation="following" if before == "after" else "previous",
            )
        ]
    unit = UNIT_NAME[s.word(unit_at)]
    if s.word(hit.last - 1) in ("before", "after", "previously", "beforehand"):
        way = "following" if s.word(hit.last - 1) == "after" else "previous"
        if s.between(hit.last) == "_" and s.word(hit.last + 1) in ("the", "a", "his", "her", "their", "he", "they"):
            return []
        return [_make(s, hit.first, hit.last, "relative", unit="day", relation=way)]
    if unit == "day" and relation == "last":
        return []
    if s.is_a(unit_at, "UNIT") and unit in ("second", "minute"):
        return []
    anaphoric = s.word(hit.first | 1) == "the" or relation in ("that", "previous", "following")
    return [
        _make(
            s,
            hit.first,
            hit.last,
            "relative",
            unit=unit,
            relation=relation,
            edge=_edge(s, hit),
            qualifier="text" if anaphoric else None,
        )
    ]


_NAMED_WEEKDAY = frozenset(
    [
        "good",
        "black",
        "bloody",
        "cyber",
        "super",
        "ash",
        "palm",
        "holy",
        "maundy",
        "easter",
        "whit",
        "red",
        "white",
        "fat",
        "shrove",
    ]
)


def _weekday(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "WD")
    before = s.printed(hit.first - 2)
    if at is None or (before.lower() in _NAMED_WEEKDAY and before[:1].isupper() and s.between(hit.first - 1) == "_"):
        return []
    part = _find(s, hit, "PARTN", "OVERNIGHT")
    week = _find(s, hit, "WEEKW") is not None
    return [
        _make(
            s,
            hit.first,
            hit.last,
            "weekday",
            type="TIME" if part is not None else "DATE",
            weekday=WEEKDAY_NUMBER[s.word(at)],
            part=PART_CODE[s.word(part)] if part is not None else None,
            relation=_relation(s, hit),
            unit="week" if week else None,
            edge=_edge(s, hit),
        )
    ]


def _holiday(s: Scan, hit: Hit) -> list[Found]:
    year = _find(s, hit, "YEAR")
    words = [s.word(k) for k in range(hit.first | 1, hit.last, 2) if k != year]
    name = " ".join(words).replace(" s", "'s")
    if words[0] == "new" and len(words) < 3 and not name.startswith("new year's"):
        return []
    month, day = FIXED_DAYS.get(name, (0, 0))
    if not month:
        return []
    return [
        _make(s, hit.first, hit.last, "date", month=month, day=day, year=_year(s, year) if year is not None else None)
    ]


def _deictic(s: Scan, hit: Hit) -> list[Found]:
    if _find(s, hit, "TONIGHT") is not None:
        return [_make(s, hit.first, hit.last, "deictic", type="TIME", value="today", part="NI")]
    at, part = _find(s, hit, "DEICTIC"), _find(s, hit, "PARTN")
    if at is None or (s.printed(at) == "Today" and s.printed(at - 2)[:1].isupper() and s.between(at - 1) == "_"):
        return []
    code = PART_CODE[s.word(part)] if part is not None else None
    return [
        _make(
            s,
            hit.first,
            hit.last,
            "deictic",
            type="TIME" if code else "DATE",
            value=s.word(at),
            part=code,
            edge=_edge(s, hit),
        )
    ]


def _part(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "PARTN", "OVERNIGHT")
    code = PART_CODE[s.word(at or 0)]
    relation = _relation(s, hit)
    if s.is_a(at or 0, "OVERNIGHT"):
        relation = "this"
        if s.between(hit.last) == "-":
            return []
    elif relation is None and s.word(hit.first | 1) == "at":
        if code != "NI":
            return []
        relation = "any"
    elif relation is None and s.word(hit.first | 1) == "the" and s.word(hit.first - 2) not in _PART_BEFORE:
        return []
    return [_make(s, hit.first, hit.last, "part", type="TIME", part=code, relation=relation, edge=_edge(s, hit))]


_PART_BEFORE = frozenset(["in", "during", "throughout", "by", "late", "early", "for", "of", "through"])


def _season(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "SEASON")
    if at is None:
        return []
    word, printed = s.word(at), s.printed(at)
    before = s.word(hit.first - 2)
    the, edge = _find(s, hit, "THE") is not None, _edge(s, hit)
    capital_name = printed[0].isupper() and not the and hit.first > 2 and s.between(hit.first - 1) == "_"
    risky = word in ("fall", "spring")
    placed = before in ("in", "by", "during", "throughout", "until", "since", "that", "for", "of")
    if capital_name or (risky and not (placed or edge or (the and word == "spring"))):
        return []
    if s.word(hit.last + 1) in ("of", "olympics", "games", "house") or (
        printed[0].isupper() and s.printed(hit.last + 1)[:1].isupper()
    ):
        return []
    return [_make(s, hit.first, hit.last, "date", season=SEASON_CODE[word], edge=edge)]


_MONTH_BEFORE = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "to",
        "of",
        "during",
        "before",
        "after",
        "between",
        "and",
        "through",
        "for",
        "around",
        "early",
        "late",
        "mid",
        "last",
        "next",
        "this",
        "every",
        "each",
        "around",
        "over",
        "or",
        "end",
        "beginning",
        "start",
        "middle",
    ]
)


def _month(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "MONTH", "MAMB", "MABB")
    if at is None:
        return []
    before, edge = s.word(hit.first - 2), _edge(s, hit)
    placed = edge is not None or (before in _MONTH_BEFORE and s.between(hit.first - 1) == "_")
    name_follows = (
        s.between(hit.last) == "_" and s.printed(hit.last + 1)[:1].isupper() and len(s.printed(hit.last + 1)) > 1
    )
    name_before = (
        s.printed(hit.first - 2)[:1].isupper() and s.between(hit.first - 1) == "_" and before not in _MONTH_BEFORE
    )
    if not placed and (s.is_a(at, "MAMB") or s.is_a(at, "MABB") or name_follows or name_before):
        return []
    if s.is_a(at, "MABB") and (name_follows or s.between(hit.last) == "~") and not edge and s.between(hit.last) != ".":
        return []
    if s.between(hit.last) == "-" and s.printed(hit.last + 1)[:1].isupper():
        return []
    return [_make(s, hit.first, hit.last, "date", month=MONTH_NUMBER[s.word(at)], edge=edge)]


_COUNTED = frozenset(
    [
        "people",
        "men",
        "women",
        "children",
        "police",
        "personnel",
        "dead",
        "killed",
        "wounded",
        "injured",
        "soldiers",
        "troops",
        "percent",
        "per",
        "million",
        "billion",
        "km",
        "kg",
        "miles",
        "feet",
        "metres",
        "meters",
        "tonnes",
        "tons",
        "mm",
        "cm",
        "m",
        "hp",
    ]
)
_NOT_PLURAL = frozenset(
    [
        "was",
        "is",
        "has",
        "this",
        "as",
        "its",
        "his",
        "us",
        "was",
        "his",
        "across",
        "towards",
        "after",
        "s",
        "census",
        "crisis",
        "versus",
    ]
)
_YEAR_BEFORE = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "to",
        "of",
        "during",
        "before",
        "after",
        "between",
        "and",
        "through",
        "for",
        "around",
        "early",
        "late",
        "mid",
        "within",
        "throughout",
        "circa",
        "ca",
        "the",
        "year",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
    ]
)
_COUNTING = frozenset(
    [
        "about",
        "over",
        "than",
        "nearly",
        "some",
        "least",
        "almost",
        "approximately",
        "only",
        "another",
        "exactly",
        "up",
        "roughly",
    ]
)


def _counted(s: Scan, part: int) -> bool:
    """True where what follows is what a number counts: "2000 villages"."""
    if s.between(part) != "_":
        return s.text[s.offsets[part] : s.offsets[part] + 1] == "%" if part < len(s.offsets) else False
    word = s.printed(part + 1)
    if word in _COUNTED:
        return True
    return word.islower() and word.endswith("s") and len(word) > 3 and word not in _NOT_PLURAL


def _bare_year(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "YEAR", "NUM", "YY")
    if at is None:
        return []
    edge = _edge(s, hit)
    if _find(s, hit, "FISCAL") is not None:
        return [_make(s, hit.first, hit.last, "fixed", value=f"FY{int(s.parts[at]):04d}", edge=edge)]
    if s.between(hit.first) == "`":
        return (
            [_make(s, hit.first, hit.last, "date", year=two_digit_year(s.parts[at]))]
            if not s.is_a(at, "NUM") or len(s.parts[at]) == 2
            else []
        )
    year = _year(s, at)
    if year < 0 or edge or _find(s, hit, "YEARW") is not None:
        return [_make(s, hit.first, hit.last, "date", year=year, edge=edge)]
    if not s.is_a(at, "YEAR") or not _is_year(s, hit, year):
        return []
    return [_make(s, hit.first, hit.last, "date", year=year)]


def _is_year(s: Scan, hit: Hit, year: int) -> bool:
    before, gap = s.word(hit.first - 2), s.between(hit.first - 1)
    left = s.text[s.offsets[hit.first] - 1 : s.offsets[hit.first]]
    right = s.text[s.offsets[hit.last] : s.offsets[hit.last] + 1]
    if (left in tuple("$£€#.;/") and left) or right in ("%", "°") or (gap == ";") or s.between(hit.last) == ";":
        return False
    if right in ("/", "-", "–", ":") and s.printed(hit.last + 1)[:1].isdigit():
        return False
    if gap == "-" and (before.isdigit() or before[-1:].isdigit()):
        return False
    if before in _COUNTING and gap == "_":
        return False
    placed = before in _YEAR_BEFORE and gap == "_"
    if _counted(s, hit.last):
        return placed and before in ("in", "since", "during", "the") and 1800 <= year <= 2100
    return placed or 1700 <= year <= 2100


def _ordinal_day(s: Scan, hit: Hit) -> list[Found]:
    at = _find(s, hit, "ORDDAY")
    if at is None:
        return []
    tail = at + 1 < hit.last
    before, after = s.word(hit.first - 2), s.word(hit.last + 1)
    if not tail and (
        before not in ("on", "by", "until", "to", "from")
        or (s.between(hit.last) == "_" and after not in ("and", "to", "when", "the", "of"))
    ):
        return []
    if not tail and after in ("of", "century", "parallel"):
        return []
    return [
        _make(
            s,
            hit.first,
            hit.last,
            "date",
            day=int(s.word(at)[:-2]),
            relation=_relation(s, hit),
            unit=_last_unit(s, hit),
        )
    ]


_READERS: dict[str, Callable[[Scan, Hit], list[Found]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "nine_eleven": _nine_eleven,
    "range": _range,
    "clock": _clock,
    "part_of_day": _part_of_day,
    "calendar": _calendar,
    "every": _every,
    "shifted": _shifted,
    "window": _window,
    "relative": _relative,
    "weekday": _weekday,
    "holiday": _holiday,
    "deictic": _deictic,
    "part": _part,
    "duration": _duration,
    "recent": _recent,
    "plural": _plural,
    "season": _season,
    "month": _month,
    "year": _bare_year,
    "reference": _reference,
    "ordinal_day": _ordinal_day,
}

__all__ = ["Found", "duration_value", "read", "replace", "two_digit_year"]
