"""Days and times told from where the speaker stands: "on Friday", "yesterday", "this morning", "5 p.m.", "last week"."""

from __future__ import annotations

from parley.dates.found import Found, calendar_fields, edge_in, make_found, part_of, relation_in, without_that
from parley.dates.scan import Hit, Scan
from parley.dates.words import PART_CODE, REF_VALUE, UNIT_NAME, WEEKDAY_NUMBER, word_set

_SUFFIX_AM = ("am", "pm")


def read_clock(s: Scan, hit: Hit) -> list[Found]:
    clock = _clock_text(s, hit)
    if clock is None:
        return []
    said = {k: v for k, v in calendar_fields(s, hit).items() if k in ("weekday",)}
    month = part_of(s, hit, "MONTH", "MAMB", "MABB")
    if month is not None:
        tail = next(
            (
                k
                for k in range(hit.first | 1, hit.last, 2)
                if s.between(k - 1) in "_," and k > hit.first + 1 and _starts_date(s, k)
            ),
            month,
        )
        said |= calendar_fields(s, Hit(hit.rule, tail, hit.last))
    deictic = part_of(s, hit, "DEICTIC")
    value = s.word(deictic) if deictic is not None else None
    last = hit.last
    return [
        make_found(
            s, hit.first, last, "clock", type="TIME", clock=clock, value=value, relation=relation_in(s, hit), **said
        )
    ]


def _starts_date(s: Scan, k: int) -> bool:
    return _is_month(s, k) or (
        (s.is_a(k, "DAY") or s.is_a(k, "ORDDAY")) and (_is_month(s, k + 2) or s.word(k + 2) == "of")
    )


def _is_month(s: Scan, k: int) -> bool:
    return s.is_a(k, "MONTH") or s.is_a(k, "MAMB") or s.is_a(k, "MABB")


def _clock_text(s: Scan, hit: Hit) -> str | None:
    """`17:30`, or None where the digits are no time of day."""
    word = part_of(s, hit, "CLOCKWORD")
    if word is not None:
        return PART_CODE[s.word(word)]
    first = part_of(s, hit, "HOUR", "HAMPM", "HHMM")
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
    if len(text) == 4 and text.isdecimal():
        return f"{text[:2]}:{text[2:]}"
    hour = int(text.removesuffix("am").removesuffix("pm"))
    has_minute = s.between(first + 1) in ":!" and s.printed(first + 2)[:2].isdigit() and first + 2 < hit.last
    minute = int(s.parts[first + 2][:2]) if has_minute else 0
    known = half or part_of(s, hit, "TZ", "HRS", "CLOCKW", "WD", "DEICTIC", "MONTH") is not None
    if not known and not (has_minute and (s.word(hit.first - 2) in _CLOCK_BEFORE or len(text) == 2)):
        return None
    if hour > 24 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"


_CLOCK_BEFORE = word_set("at by around from until till since")


def read_part_of_day(s: Scan, hit: Hit) -> list[Found]:
    part = part_of(s, hit, "PARTN")
    said = calendar_fields(s, hit)
    code = PART_CODE[s.word(part)] if part is not None else "MO"  # the small hours
    kind = "weekday" if "month" not in said and "weekday" in said else "date"
    return [make_found(s, hit.first, hit.last, kind, type="TIME", part=code, edge=edge_in(s, hit), **said)]


def read_reference(s: Scan, hit: Hit) -> list[Found]:
    at = part_of(s, hit, "REFW")
    if at is not None:
        word = s.word(at)
        if s.printed(at)[0].isupper() and s.printed(at + 2)[:1].isupper():
            return []
        return [make_found(s, hit.first, hit.last, "fixed", value=REF_VALUE[word])]
    value = "FUTURE_REF" if part_of(s, hit, "FUTURE") else "PAST_REF" if part_of(s, hit, "PASTW") else "PRESENT_REF"
    return [make_found(s, hit.first, hit.last, "fixed", value=value)]


# "for the quarter" is the one under report, "for the month" likewise; "in the week", "of the year" seldom are.
_UNIT_BEFORE = {
    "quarter": word_set("in for during of from over throughout"),
    "year": word_set("in for during over throughout"),
    "month": word_set("for during over"),
    "week": word_set("for during over"),
}


def read_relative(s: Scan, hit: Hit) -> list[Found]:
    relation = relation_in(s, hit)
    unit_at = next((k for k in range(hit.last - 1, hit.first - 1, -1) if k % 2 and s.word(k) in UNIT_NAME), None)
    if unit_at is None:
        before = s.word(hit.last - 1)
        if "day" not in [s.word(k) for k in range(hit.first | 1, hit.last, 2)]:
            return []
        return [
            make_found(
                s,
                hit.first,
                hit.last,
                "relative",
                unit="day",
                relation="following" if before == "after" else "previous",
            )
        ]
    unit = UNIT_NAME[s.word(unit_at)]
    if s.is_a(hit.last - 1, "LASTW") and s.is_a(hit.last - 3, "BEFOREW"):
        return [make_found(s, hit.first, hit.last, "relative", unit=unit, relation="before last")]
    if s.word(hit.last - 1) in ("before", "after", "previously", "beforehand"):
        way = "following" if s.word(hit.last - 1) == "after" else "previous"
        if s.between(hit.last) == "_" and s.word(hit.last + 1) in ("the", "a", "his", "her", "their", "he", "they"):
            return []
        return [make_found(s, hit.first, hit.last, "relative", unit=unit, relation=way)]
    if unit == "day" and relation == "last":
        return []
    bare = unit != "weekend" and relation is None and edge_in(s, hit) is None
    if bare and s.word(hit.first - 2) not in _UNIT_BEFORE.get(unit, ()):
        return []
    if s.is_a(unit_at, "UNIT") and unit in ("second", "minute"):
        return []
    # "the next day" counts from the day told last, "the end of next week" from today.
    pointed = s.word(hit.first | 1) == "the" and (relation is None or edge_in(s, hit) is None)
    anaphoric = pointed or relation in ("that", "previous", "following")
    return [
        make_found(
            s,
            hit.first,
            hit.last,
            "relative",
            unit=unit,
            relation=relation,
            edge=edge_in(s, hit),
            qualifier=("ahead" if s.word(hit.first - 2) in ("over", "within") else "text") if anaphoric else None,
        )
    ]


def _of_that_day(s: Scan, hit: Hit) -> bool:
    """ "a Wednesday deadline" is that of one Wednesday; "on a Wednesday" is of any."""
    following = s.printed(hit.last + 1)
    return (
        s.word(hit.first - 4) != "on" and s.between(hit.last) == "_" and following.islower() and following not in _SMALL
    )


_SMALL = word_set(
    "in at on of and or to for with by from when that as after before night morning evening afternoon was is"
)
_NAMED_WEEKDAY = word_set("good black bloody cyber super ash palm holy maundy easter whit red white fat shrove")


def read_weekday(s: Scan, hit: Hit) -> list[Found]:
    hit = without_that(s, hit)
    at = part_of(s, hit, "WD")
    before = s.printed(hit.first - 2)
    if at is None or (before.lower() in _NAMED_WEEKDAY and before[:1].isupper() and s.between(hit.first - 1) == "_"):
        return []
    part = part_of(s, hit, "PARTN", "OVERNIGHT")
    week = part_of(s, hit, "WEEKW") is not None
    if s.word(hit.first - 2) in ("a", "any") and s.between(hit.first - 1) == "_" and not _of_that_day(s, hit):
        return [make_found(s, hit.first, hit.last, "fixed", value=f"XXXX-WXX-{WEEKDAY_NUMBER[s.word(at)]}")]
    return [
        make_found(
            s,
            hit.first,
            hit.last,
            "weekday",
            type="TIME" if part is not None else "DATE",
            weekday=WEEKDAY_NUMBER[s.word(at)],
            part=PART_CODE[s.word(part)] if part is not None else None,
            relation=relation_in(s, hit),
            unit="week" if week else None,
            edge=edge_in(s, hit),
        )
    ]


def read_deictic(s: Scan, hit: Hit) -> list[Found]:
    if part_of(s, hit, "TONIGHT") is not None:
        return [make_found(s, hit.first, hit.last, "deictic", type="TIME", value="today", part="NI")]
    at, part = part_of(s, hit, "DEICTIC"), part_of(s, hit, "PARTN")
    if at is None or _is_in_name(s, at):
        return []
    code = PART_CODE[s.word(part)] if part is not None else None
    return [
        make_found(
            s,
            hit.first,
            hit.last,
            "deictic",
            type="TIME" if code else "DATE",
            value=s.word(at),
            part=code,
            edge=edge_in(s, hit),
        )
    ]


def _is_in_name(s: Scan, at: int) -> bool:
    """True for the papers' "Tanjara Today", "USA TODAY"."""
    shouted = s.printed(at) == "TODAY" and s.printed(at - 2) == "USA"
    return s.between(at - 1) == "_" and (shouted or (s.printed(at) == "Today" and s.printed(at - 2)[:1].isupper()))


def read_next_but_one(s: Scan, hit: Hit) -> list[Found]:
    """ "the day before yesterday", "the day after tomorrow"; not "the day after today's vote"."""
    said = s.word(hit.last - 3), s.word(hit.last - 1)
    if said not in (("before", "yesterday"), ("after", "tomorrow")):
        day = Hit("deictic", hit.last - 1, hit.last)
        return [*read_relative(s, Hit("relative", hit.first, hit.last - 2)), *read_deictic(s, day)]
    return [make_found(s, hit.first, hit.last, "deictic", value=" ".join(said))]


def read_part(s: Scan, hit: Hit) -> list[Found]:
    if part_of(s, hit, "DAWN") is not None:
        return _read_dawn(s, hit)
    at = part_of(s, hit, "PARTN", "OVERNIGHT")
    code = PART_CODE[s.word(at or 0)]
    relation = relation_in(s, hit)
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
    return [make_found(s, hit.first, hit.last, "part", type="TIME", part=code, relation=relation, edge=edge_in(s, hit))]


_PART_BEFORE = word_set("in during throughout by late early for of through")


def _read_dawn(s: Scan, hit: Hit) -> list[Found]:
    """ "at dawn", "before dawn on Saturday": the preposition tells that a time is meant, and stands outside."""
    dawn, weekday = part_of(s, hit, "DAWN"), part_of(s, hit, "WD")
    code = "MO" if s.word(dawn or 0) in ("dawn", "daybreak", "sunrise") else "EV"
    if s.word(hit.first | 1) in ("after", "before", "at", "since", "until", "till", "by", "around"):
        hit = Hit(hit.rule, dawn or hit.first, hit.last)
    if weekday is not None:
        number = WEEKDAY_NUMBER[s.word(weekday)]
        return [make_found(s, hit.first, hit.last, "weekday", type="TIME", weekday=number, part=code)]
    return [make_found(s, hit.first, hit.last, "part", type="TIME", part=code, relation="that")]


def read_unit_end(s: Scan, hit: Hit) -> list[Found]:
    """ "year-end", "the month's end"."""
    year = part_of(s, hit, "YEAR")
    if year is not None:
        return [make_found(s, hit.first, hit.last, "date", year=int(s.parts[year]), edge="end")]
    if s.between(hit.last) == "-":
        return []
    unit = UNIT_NAME[s.word(part_of(s, hit, "YEARW", "MONTHW", "WEEKW", "QUARTER") or 0)]
    return [make_found(s, hit.first, hit.last, "relative", unit=unit, relation="this", edge="end")]


def read_year_ago(s: Scan, hit: Hit) -> list[Found]:
    """ "the year-ago quarter", "year-earlier figures": a year before the period that the text speaks of."""
    quarter = part_of(s, hit, "QUARTER") is not None
    return [make_found(s, hit.first, hit.last, "year_ago", unit="quarter" if quarter else "year")]
