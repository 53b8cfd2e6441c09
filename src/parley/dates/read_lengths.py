"""Lengths of time and what repeats: "eight months", "two days ago", "the past week", "every Friday"."""

from __future__ import annotations

from parley.dates.found import Found, count_in, duration_value, make_found, part_of, qualifier_of, unit_in
from parley.dates.scan import Hit, Scan
from parley.dates.tense import tense_of
from parley.dates.words import (
    MONTH_NUMBER,
    ORDINAL,
    PART_CODE,
    SEASON_CODE,
    SET_VALUE,
    UNIT_LETTER,
    UNIT_NAME,
    WEEKDAY_NUMBER,
    word_set,
)


def read_every(s: Scan, hit: Hit) -> list[Found]:
    if part_of(s, hit, "WEEKENDS", "WEEKDAYS") is not None:
        value = "XXXX-WXX-WE" if s.word(hit.first | 1) == "weekends" else "P1D"
        return [make_found(s, hit.first, hit.last, "fixed", type="SET", value=value)]
    at = part_of(s, hit, "SETW")
    if at is not None:
        if s.printed(at)[0].isupper() and (s.printed(at + 2)[:1].isupper() or s.is_a(at - 2, "THE")):
            return []
        return [make_found(s, hit.first, hit.last, "fixed", type="SET", value=SET_VALUE[s.word(at)])]
    at = part_of(s, hit, "WDS", "WD")
    if at is not None:
        return [make_found(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-WXX-{WEEKDAY_NUMBER[s.word(at)]}")]
    at = part_of(s, hit, "PARTN")
    if at is not None:
        return [make_found(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-XX-XXT{PART_CODE[s.word(at)]}")]
    at = part_of(s, hit, "MONTH", "MAMB", "MABB")
    if at is not None:
        return [make_found(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-{MONTH_NUMBER[s.word(at)]:02d}")]
    at = part_of(s, hit, "SEASON")
    if at is not None:
        return [make_found(s, hit.first, hit.last, "fixed", type="SET", value=f"XXXX-{SEASON_CODE[s.word(at)]}")]
    units = [k for k in range(hit.first | 1, hit.last, 2) if s.word(k) in UNIT_NAME]
    if not units or (s.word(units[-1]) == "second" and part_of(s, hit, "EVERY", "PER") is None):
        return []
    tail = Hit(hit.rule, hit.first + (2 if part_of(s, hit, "EVERY", "TIMES", "PER") else 0), hit.last)
    number = 2.0 if part_of(s, hit, "OTHER") else 1.0 if part_of(s, hit, "TIMES") is not None else _set_count(s, tail)
    return [
        make_found(
            s, hit.first, hit.last, "fixed", type="SET", value=duration_value(number, UNIT_NAME[s.word(units[-1])])
        )
    ]


def _set_count(s: Scan, hit: Hit) -> float | None:
    ordinal = part_of(s, hit, "ORDW")
    if ordinal is not None and s.word(ordinal) in ORDINAL and ordinal + 2 < hit.last:
        return float(ORDINAL[s.word(ordinal)])
    return count_in(s, hit)


def read_shifted(s: Scan, hit: Hit) -> list[Found]:
    way = part_of(s, hit, "AGO", "THEN", "FROM")
    if way is None:
        return []
    if part_of(s, hit, "LONGW") is not None:
        return [make_found(s, hit.first, hit.last, "fixed", value="PAST_REF")]
    if s.is_a(way, "FROM"):
        return _from_now(s, hit, way)
    unit = unit_in(s, hit)
    if unit is None:
        return []
    number = None if s.is_a(hit.first | 1, "LONGUNITS") else count_in(s, hit)
    return [
        make_found(
            s,
            hit.first,
            hit.last,
            "shifted",
            unit=unit,
            number=number,
            relation=s.word(way),
            qualifier=qualifier_of(s, hit),
        )
    ]


def _from_now(s: Scan, hit: Hit, way: int) -> list[Found]:
    """ "two weeks from now", "a year from today"."""
    length = Hit(hit.rule, hit.first, way - 1)
    unit = unit_in(s, length)
    if unit is None or s.word(hit.last - 1) not in ("now", "today"):
        return []
    number = count_in(s, length)
    return [make_found(s, hit.first, hit.last, "shifted", unit=unit, number=number, relation="from now")]


_WITHIN = word_set("in over during within for throughout")


def read_window(s: Scan, hit: Hit) -> list[Found]:
    unit = unit_in(s, hit)
    if unit is None:
        return []
    one = (
        hit.last - (hit.first | 1) == 5 and part_of(s, hit, "LASTW") is not None and s.word(hit.last - 1) in UNIT_LETTER
    )
    if one and s.word(hit.first - 2) not in _WITHIN:
        # "the last day", "on the last year's record": no length of time.
        return []
    at = part_of(s, hit, "MULTI")
    inner = Hit(hit.rule, at + 2, hit.last) if at is not None and at + 2 < hit.last else hit
    plural_only = part_of(s, inner, "NUM", "NUMW", "TENS", "HUNDRED", "VAGUE", "YEAR", "A") is None
    number = None if plural_only and s.word(hit.last - 1) not in UNIT_LETTER else count_in(s, inner)
    if plural_only and s.word(hit.last - 1) in UNIT_LETTER:
        number = 1.0
    relation = {"last": "last", "past": "last", "next": "next", "coming": "next"}.get(
        s.word(at) if at is not None else ""
    )
    return [
        make_found(
            s, hit.first, hit.last, "fixed", type="DURATION", value=duration_value(number, unit), relation=relation
        )
    ]


def read_duration(s: Scan, hit: Hit) -> list[Found]:
    unit = unit_in(s, hit)
    if unit is None or _is_age(s, hit):
        return []
    if s.word(hit.first - 2) == "as" and s.word(hit.first | 1) == "many":
        return []
    number = count_in(s, hit)
    single = s.word(hit.first | 1) in ("a", "an") and hit.last - (hit.first | 1) <= 4
    if single and unit in ("second", "quarter"):
        return []
    if unit == "second" and not s.is_a(hit.last - 1, "UNITS") and s.between(hit.last - 2) != "-":
        return []
    if unit == "weekend" or (unit == "quarter" and not _is_period(s, hit, number)):
        return []
    if s.is_a(hit.first | 1, "UNIT") or s.is_a(hit.first | 1, "UNITS"):
        number = None if s.is_a(hit.first | 1, "UNITS") else 1.0
    if _is_ahead(s, hit, unit, number):
        return [make_found(s, hit.first, hit.last, "shifted", unit=unit, number=number, relation="from now")]
    rate = single and _is_rate(s, hit)
    return [
        make_found(
            s,
            hit.first,
            hit.last,
            "fixed",
            type="SET" if rate else "DURATION",
            value=duration_value(number, unit),
            unit=unit,
            number=number,
            qualifier=qualifier_of(s, hit),
        )
    ]


_AHEAD_UNITS = word_set("day week fortnight month year")


def _is_ahead(s: Scan, hit: Hit, unit: str, number: float | None) -> bool:
    """ "They will meet in two weeks": a day ahead, and not how long it takes ("in two weeks of talks")."""
    at = hit.first | 1
    if number is None or unit not in _AHEAD_UNITS or s.word(at - 2) != "in" or s.word(hit.last + 1) in _LASTING:
        return False
    return tense_of(s, hit.first, hit.last) == "future"


_LASTING = word_set("of or to after before if as")
_AMOUNTS = word_set(
    "percent million billion trillion dollars euros pounds yen dollar times cents hours people tonnes tons barrels"
)


def _is_rate(s: Scan, hit: Hit) -> bool:
    """ "$50 a day", "3% a year", "two million barrels a day"."""
    gap, before = s.parts[hit.first - 1] if hit.first else "", s.word(hit.first - 2)
    return gap.startswith("%") or (s.between(hit.first - 1) == "_" and (before.isdigit() or before in _AMOUNTS))


def _is_period(s: Scan, hit: Hit, number: float | None) -> bool:
    """Quarters of a year, not of a cake: "three straight quarters", not "three quarters of them"."""
    consecutive = part_of(s, hit, "ADJ") is not None
    return (
        number is not None
        and number > 1
        and (consecutive or (s.between(hit.last - 2) == "_" and s.word(hit.last + 1) != "of"))
    )


def _is_age(s: Scan, hit: Hit) -> bool:
    after = [s.word(hit.last + 1), s.word(hit.last + 3)]
    return (
        (after[0] in ("old", "olds") and s.between(hit.last) in "-_")
        or after == ["of", "age"]
        or s.word(hit.first - 1) == "aged"
        or s.word(hit.first - 2) == "aged"
    )


_OWN = word_set("his her their my our your its old golden teenage whose")


_PLURAL_BEFORE = word_set(
    "for in over after before within during of the took take takes lasting lasted spent spend despite by on "
    "only just about many with through past"
)


_PLURAL_AFTER = word_set("of before after following in on at")


def read_plural(s: Scan, hit: Hit) -> list[Found]:
    before, after = s.word(hit.first - 2), s.word(hit.last + 1)
    if before in _OWN or after == "old":
        return []
    if before not in _PLURAL_BEFORE and after not in _PLURAL_AFTER:
        return []
    if before == "the" and after != "of" and after not in ("before", "after", "since", "following"):
        return []
    unit = UNIT_NAME[s.word(hit.first)]
    return [make_found(s, hit.first, hit.last, "fixed", type="DURATION", value=duration_value(None, unit))]


def read_recent(s: Scan, hit: Hit) -> list[Found]:
    if part_of(s, hit, "NEXT") is not None:
        return read_window(s, hit)
    words = [s.word(k) for k in range(hit.first | 1, hit.last, 2)]
    value = "PRESENT_REF" if "these" in words and len(words) == 2 else "PAST_REF"
    return [make_found(s, hit.first, hit.last, "fixed", value=value)]
