"""Calendar dates: days, months, years, ranges, seasons, quarters, decades, holidays; and what only looks like one."""

from __future__ import annotations

from parley.dates.found import (
    Found,
    calendar_fields,
    edge_in,
    is_counted,
    make_found,
    ordinal_in,
    part_of,
    relation_in,
    two_digit_year,
    unit_in,
    without_that,
    year_at,
)
from parley.dates.holidays import is_holiday
from parley.dates.read_days import read_relative
from parley.dates.scan import Hit, Scan
from parley.dates.words import DECADE_WORD, MONTH_NUMBER, SEASON_CODE, word_set


def read_calendar(s: Scan, hit: Hit) -> list[Found]:
    pointing, hit = hit, without_that(s, hit)
    if hit is not pointing and hit.last - hit.first <= 1:
        return read_month(s, hit)
    said = calendar_fields(s, hit)
    if part_of(s, hit, "CENTURY"):
        return _century(s, hit)
    if part_of(s, hit, "DECADE", "DECADE2", "DECADE3", "DECADEW"):
        return _decade(s, hit)
    if "month" not in said and "season" not in said:
        key = "quarter" if part_of(s, hit, "QUARTER", "Q") else "half"
        number = ordinal_in(s, hit) or (said.pop("day", None) if key == "quarter" else None)
        if key == "half" and part_of(s, hit, "YEAR", "YEARW") is None and not _about_money(s, hit):
            return []
        relation = relation_in(s, hit)
        if number is None and relation and relation != "last":
            return read_relative(s, hit)
        if number is None and key == "quarter" and part_of(s, hit, "ORDW") is None:
            return read_relative(s, hit)
        if number is None:
            number = 4 if key == "quarter" else 2
        if not isinstance(number, int) or number > (4 if key == "quarter" else 2):
            return []
        said[key] = number
        said.pop("day", None)
    if said.get("season") and said.get("year") is None and said.get("unit") is None and relation_in(s, hit) is None:
        return read_season(s, hit)
    day = said.get("day")
    if isinstance(day, int) and not 1 <= day <= 31:
        return []
    if said.get("day") is None and said.get("month") and _rejected_month_year(s, hit):
        return []
    return [make_found(s, hit.first, hit.last, "date", relation=relation_in(s, hit), edge=edge_in(s, hit), **said)]


_MONEY = word_set(
    "profit profits sales revenue revenues earnings growth economy economic exports imports output orders loss losses income"
    " percent shares billion million quarter budget gdp investment production demand prices inflation deficit"
)
_NEAR = 24


def _about_money(s: Scan, hit: Hit) -> bool:
    """True where "the first half" is a year's and not a match's: the words around speak of business."""
    around = s.parts[max(1, hit.first - _NEAR) | 1 : hit.last + _NEAR : 2]
    return any(word.lower() in _MONEY for word in around)


def _rejected_month_year(s: Scan, hit: Hit) -> bool:
    """ "may 2000 people": a modal that happens to stand before a number."""
    at = part_of(s, hit, "MAMB")
    return at is not None and s.between(hit.last) == "_" and s.word(hit.last + 1) in ("people", "men", "women")


def _century(s: Scan, hit: Hit) -> list[Found]:
    number = ordinal_in(s, hit)
    if not number:
        return []
    before = part_of(s, hit, "BC", "B") is not None
    return [
        make_found(
            s, hit.first, hit.last, "fixed", value=f"{'BC' if before else ''}{number - 1:02d}", edge=edge_in(s, hit)
        )
    ]


def _decade(s: Scan, hit: Hit) -> list[Found]:
    at = part_of(s, hit, "DECADE", "DECADE3")
    if at is not None:
        number, before = int(s.parts[at][:-1]) // 10, part_of(s, hit, "BC", "B") is not None
        return [
            make_found(
                s, hit.first, hit.last, "fixed", value=f"{'BC' if before else ''}{number:03d}", edge=edge_in(s, hit)
            )
        ]
    at = part_of(s, hit, "DECADE2", "DECADEW")
    if at is None:
        return []
    number = int(s.parts[at][:-1]) if s.is_a(at, "DECADE2") else DECADE_WORD[s.word(at)]
    if (
        s.is_a(at, "DECADE2")
        and s.between(at - 1) != "`"
        and s.between(hit.last) == "_"
        and s.word(hit.last + 1) in ("and", "percent")
    ):
        return []
    return [
        make_found(
            s, hit.first, hit.last, "fixed", value=str((1900 + number) // 10 if number > 20 else (2000 + number) // 10)
        )
    ]


def read_iso(s: Scan, hit: Hit) -> list[Found]:
    numbers = [int(s.parts[k]) for k in range(hit.first | 1, hit.last, 2) if s.parts[k].isdecimal()]
    clock = f"{numbers[3]:02d}:{numbers[4]:02d}" if len(numbers) > 4 else None
    year, month, day = numbers[:3]
    if not (month <= 12 and day <= 31):
        return []
    if clock:
        return [make_found(s, hit.first, hit.last, "clock", type="TIME", year=year, month=month, day=day, clock=clock)]
    return [make_found(s, hit.first, hit.last, "date", year=year, month=month, day=day)]


def read_numeric(s: Scan, hit: Hit) -> list[Found]:
    texts = [s.parts[k] for k in range(hit.first | 1, hit.last, 2)]
    if s.between(hit.first - 1) in "/!-" or s.between(hit.last) in "/-":
        return []
    if len(texts[0]) == 4:
        return [make_found(s, hit.first, hit.last, "date", year=int(texts[0]), month=int(texts[1]), day=int(texts[2]))]
    first, second = int(texts[0]), int(texts[1])
    year = int(texts[2]) if len(texts[2]) == 4 else two_digit_year(texts[2])
    if min(first, second) > 12:
        return []
    if first > 12 or second > 12 or s.between(hit.first + 1) in "!-":
        day, month = (first, second) if second <= 12 else (second, first)
        return [make_found(s, hit.first, hit.last, "date", year=year, month=month, day=day)]
    return [make_found(s, hit.first, hit.last, "date", year=year, numeric=(first, second))]


def read_nine_eleven(s: Scan, hit: Hit) -> list[Found]:
    if s.between(hit.last) in "/" or s.between(hit.first - 1) in "/":
        return []
    return [make_found(s, hit.first, hit.last, "date", year=2001, month=9, day=11)]


def read_range(s: Scan, hit: Hit) -> list[Found]:
    """Both ends of a range; what only one end names (month, year) holds for the other."""
    end, start = _range_cut(s, hit)
    if s.word(hit.first - 2) in ("no", "nr", "issue", "vol", "volume", "number") and s.is_a(hit.first | 1, "DAY"):
        return read_calendar(s, Hit(hit.rule, start, hit.last))  # "No. 3 - 4 May 2034"
    left, right = Hit(hit.rule, hit.first, end), Hit(hit.rule, start, hit.last)
    a, b = calendar_fields(s, left), calendar_fields(s, right)
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
    if "month" in a and "day" not in a and "day" not in b and "year" not in b and part_of(s, hit, "MAMB", "MABB"):
        return []
    return [make_found(s, left.first, left.last, "date", **a), make_found(s, right.first, right.last, "date", **b)]


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
    a, b = part_of(s, left, "YEAR", "NUM"), part_of(s, right, "YEAR", "YY", "NUM")
    if a is None or b is None:
        return []
    first, text = year_at(s, a), s.parts[b]
    era = year_at(s, b) if len(text) > 2 or s.word(b + 2) in ("bc", "bce", "b") else None
    second = era if era is not None else int(s.parts[a][:2] + text)
    first = -first if second < 0 < first else first
    if (first > 0 and second > 0 and not first <= second <= first + 400) or is_counted(s, right.last):
        return []
    return [
        make_found(s, left.first, left.last, "date", year=first, qualifier="range"),
        make_found(s, right.first, right.last, "date", year=second, qualifier="range"),
    ]


def read_season(s: Scan, hit: Hit) -> list[Found]:
    at = part_of(s, hit, "SEASON")
    if at is None:
        return []
    word, printed = s.word(at), s.printed(at)
    before = s.word(hit.first - 2)
    the, edge = part_of(s, hit, "THE") is not None, edge_in(s, hit)
    capital_name = printed[0].isupper() and not the and hit.first > 2 and s.between(hit.first - 1) == "_"
    risky = word in ("fall", "spring")
    placed = before in ("in", "by", "during", "throughout", "until", "since", "that", "for", "of")
    if capital_name or (risky and not (placed or edge or (the and word == "spring"))):
        return []
    if s.word(hit.last + 1) in ("of", "olympics", "games", "house") or (
        printed[0].isupper() and s.printed(hit.last + 1)[:1].isupper()
    ):
        return []
    return [make_found(s, hit.first, hit.last, "date", season=SEASON_CODE[word], edge=edge)]


_MONTH_BEFORE = word_set(
    "in since by until till from to of during before after between and through for around early late mid last "
    "next this every each around over or end beginning start middle"
)


_MONTH_SURE = word_set(
    "in since by until till during last next this early late mid from before after through every each"
)


def read_month(s: Scan, hit: Hit) -> list[Found]:
    at = part_of(s, hit, "MONTH", "MAMB", "MABB")
    if at is None:
        return []
    before, edge = s.word(hit.first - 2), edge_in(s, hit)
    placed = edge is not None or (before in _MONTH_BEFORE and s.between(hit.first - 1) == "_")
    name_follows = (
        s.between(hit.last) == "_" and s.printed(hit.last + 1)[:1].isupper() and len(s.printed(hit.last + 1)) > 1
    )
    name_before = (
        s.printed(hit.first - 2)[:1].isupper() and s.between(hit.first - 1) == "_" and before not in _MONTH_BEFORE
    )
    if name_follows and edge is None and before not in _MONTH_SURE:
        return []
    if not placed and (s.is_a(at, "MAMB") or s.is_a(at, "MABB") or name_follows or name_before):
        return []
    if s.is_a(at, "MABB") and (name_follows or s.between(hit.last) == "~") and not edge and s.between(hit.last) != ".":
        return []
    if s.between(hit.last) == "-" and s.printed(hit.last + 1)[:1].isupper():
        return []
    month = MONTH_NUMBER[s.word(at)]
    # Oil "for May delivery" is the next May's.
    ahead = s.between(hit.last) == "_" and s.word(hit.last + 1) in ("delivery", "futures", "contract", "contracts")
    return [make_found(s, hit.first, hit.last, "date", month=month, edge=edge, relation="coming" if ahead else None)]


_YEAR_BEFORE = word_set(
    "in since by until till from to of during before after between and through for around early late mid "
    "within throughout circa ca the year spring summer autumn fall winter"
)


_COUNTING = word_set("about over than nearly some least almost approximately only another exactly up roughly")


_NUMBERED = word_set(
    "flight route room unit no number page highway channel model article resolution section act boeing line bus gate lot apartment suite"
)


def read_year(s: Scan, hit: Hit) -> list[Found]:
    at = part_of(s, hit, "YEAR", "NUM", "YY")
    if at is None:
        return []
    edge = edge_in(s, hit)
    if part_of(s, hit, "FISCAL") is not None:
        return [make_found(s, hit.first, hit.last, "fixed", value=f"FY{int(s.parts[at]):04d}", edge=edge)]
    if s.between(hit.first) == "`":
        return (
            [make_found(s, hit.first, hit.last, "date", year=two_digit_year(s.parts[at]))]
            if not s.is_a(at, "NUM") or len(s.parts[at]) == 2
            else []
        )
    year = year_at(s, at)
    if year < 0 or edge or part_of(s, hit, "YEARW") is not None:
        return [make_found(s, hit.first, hit.last, "date", year=year, edge=edge)]
    if not s.is_a(at, "YEAR") or not _is_year(s, hit, year):
        return []
    return [make_found(s, hit.first, hit.last, "date", year=year)]


def _is_year(s: Scan, hit: Hit, year: int) -> bool:
    before, gap = s.word(hit.first - 2), s.between(hit.first - 1)
    left = s.parts[hit.first - 1][-1:] if hit.first else ""
    right = s.parts[hit.last][:1]
    if (left in tuple("$£€#.;/") and left) or right in ("%", "°") or (gap == ";") or s.between(hit.last) == ";":
        return False
    if right in ("/", "-", "–", ":") and s.printed(hit.last + 1)[:1].isdigit():
        return False
    if gap == "-" and (before.isdigit() or before[-1:].isdigit()):
        return False
    if before in _COUNTING | _NUMBERED | {"at"} and gap == "_":
        return False
    placed = before in _YEAR_BEFORE and gap == "_"
    if is_counted(s, hit.last):
        joined = before in ("and", "or", "to") and s.is_a(
            (hit.first | 1) - 4, "YEAR"
        )  # "in 1988 and 1989 losses mounted"
        return placed and (joined or before in ("in", "since", "during", "the")) and 1800 <= year <= 2100
    return placed or 1700 <= year <= 2100


def read_ordinal_day(s: Scan, hit: Hit) -> list[Found]:
    at = part_of(s, hit, "ORDDAY")
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
        make_found(
            s,
            hit.first,
            hit.last,
            "date",
            day=int(s.word(at)[:-2]),
            relation=relation_in(s, hit),
            unit=unit_in(s, hit),
        )
    ]


def read_holiday(s: Scan, hit: Hit) -> list[Found]:
    year, weekend = part_of(s, hit, "YEAR"), part_of(s, hit, "WEEKEND")
    words = [s.word(k) for k in range(hit.first | 1, hit.last, 2) if k not in (year, weekend)]
    name = " ".join(words).removeprefix("the ").replace(" s ", "'s ")
    name = name.replace("thanksgiving weekend", "thanksgiving")
    bare = name in ("new year", "easter", "thanksgiving", "christmas", "halloween")
    # "New Year celebrations" and "the Easter Rising" name no day; "Good Friday Agreement" neither.
    if (
        not is_holiday(name)
        or name == "new year"
        or (s.between(hit.last) == "_" and s.printed(hit.last + 1)[:1].isupper())
    ):
        return []
    if bare and s.between(hit.last) == "_" and s.word(hit.last + 1) in _FESTIVE:
        return []
    told = year_at(s, year) if year is not None else None
    return [make_found(s, hit.first, hit.last, "holiday", value=name, year=told, unit="weekend" if weekend else None)]


_FESTIVE = word_set(
    "tree trees card cards gift gifts carol carols party parties egg eggs bunny turkey island songs song"
)
