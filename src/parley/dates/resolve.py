"""From what an expression says to its TIMEX3 value: which year "in April" means, which day "on Friday".

Three clocks are read: the reference (the day of writing), the focus (the date the text spoke of last), and the clause's
tense. A text that tells history by years ("narrative") takes missing years from the focus; news takes them from the reference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from parley.data import TimexType
from parley.dates import arithmetic as cal
from parley.dates.arithmetic import Point
from parley.dates.found import Found
from parley.dates.holidays import holiday, month_day
from parley.dates.tense import Tense

Value = tuple[TimexType, str]

_STEP = {"before last": -2, "last": -1, "previous": -1, "next": 1, "following": 1, "this": 0, "that": 0}
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_ASIDE = 12
_SELDOM = 10
"""One "today" among more expressions than this is somebody's of then, quoted: the words of a president in a history of his war."""
_NEXT_WEEKS = 45
_SOON = 60
_HALF_A_YEAR = 183
"""Days within which a date is taken to come: a day despite a past verb; a date without a verb; one whose phrase leaves it open."""
_PAST_WORDS = ("ago", "earlier", "before")


@dataclass(slots=True)
class Clock:
    """What is known while a text is read from left to right."""

    reference: dt.date | None
    narrative: bool = False
    day_first: bool | None = None
    tense: Callable[[Found], Tense | None] = lambda _found: None
    may_come: Callable[[Found], bool] = lambda _found: False
    focus: Point = field(default_factory=lambda: Point(None))
    told: Point = field(default_factory=lambda: Point(None))
    strayed: int | None = None
    quarter: tuple[int | None, int] | None = None

    @property
    def day(self) -> Point:
        """The day that "that night" and "at 5 p.m." belong to: the focus where it is one, in news else the reference."""
        if self.focus.date is None and self.reference is not None and not self.narrative:
            return Point.of(self.reference)
        return self.here

    @property
    def era(self) -> Point:
        """What lends its year to a date without one. News that prints no day of its own is not told by the years that it mentions
        ("a pension that was frozen in 2014"): there only a date in full says which year is meant."""
        return self.focus if self.narrative else self.told

    @property
    def here(self) -> Point:
        """Where "that day" and "two weeks later" count from."""
        if self.focus.year is not None or self.reference is None:
            return self.focus
        return Point.of(self.reference)

    def note(self, point: Point) -> None:
        """The text has spoken of this date.

        In history a year far from what is being told ("as in 1812") is an aside, until a second one confirms it.
        """
        year, told = point.year, self.focus.year
        if year is None:
            return
        if self.narrative and told is not None and abs(year - told) > _ASIDE:
            confirmed = self.strayed is not None and abs(year - self.strayed) <= _ASIDE // 2
            self.strayed = year
            if not confirmed:
                return
        self.strayed = None
        if point.day is not None:
            self.told = point
        if point.month is None and year == told:
            return  # "this year", said of a day in it, leaves the day where it was
        self.focus = point

    def note_today(self, point: Point) -> None:
        """A date counted from the reference: what news speaks of, an aside in history."""
        if not self.narrative and point.month is not None:
            self.note(point)


def resolve(found: Found, clock: Clock) -> Value:
    """Type and value of an expression, and the clock moved on to what it spoke of."""
    if found.kind == "fixed":
        return found.type, found.value or ""
    return found.type, _RESOLVERS[found.kind](found, clock)


def reads_as_history(founds: Sequence[Found], reference: dt.date | None) -> bool:
    """True where a text dates what it tells by years that are not the reference's own, and hardly by weekdays."""
    years = [f.year for f in founds if f.year is not None and f.kind in ("date", "clock")]
    weekdays = sum(f.kind == "weekday" for f in founds)
    if reference is None:
        return len(years) >= 2 and weekdays * 3 <= len(years)
    far = sum(y < reference.year - 1 for y in years)
    spoken_from_now = any(f.kind in ("deictic", "weekday") or f.relation in ("last", "next", "ago") for f in founds)
    if not spoken_from_now:
        return len(years) >= 3 and far >= 0.8 * len(years)
    now = sum(f.kind in ("deictic", "weekday") or (f.relation in _STEP and f.unit in ("week", "month")) for f in founds)
    return len(years) >= 8 and far >= 0.6 * len(years) and now * _SELDOM <= len(founds)


def _with_time(value: str, found: Found) -> str:
    if found.clock:
        return f"{value}T{found.clock}"
    return (
        f"{value}T{found.part}"
        if found.part and ":" not in found.part
        else f"{value}T{found.part}"
        if found.part
        else value
    )


def _date(found: Found, clock: Clock) -> str:
    if found.numeric:
        return _numeric(found, clock)
    if found.season:
        return _season(found, clock)
    if found.quarter or found.half:
        year = _year_by_relation(found, clock)
        if year is None:
            year = _nearest_period(found, clock)
        if found.quarter:
            clock.quarter = year, found.quarter
        return f"{cal.year_text(year)}-{'Q' if found.quarter else 'H'}{found.quarter or found.half}"
    if found.month is None and found.day is not None:
        return _day_of_month(found, clock)
    year = found.year if found.year is not None else _missing_year(found, clock)
    point = Point(year, found.month, found.day)
    clock.note(point)
    return _with_time(point.iso(), found)


def _numeric(found: Found, clock: Clock) -> str:
    """02/06/2024: as the text's other dates go, else the nearer to the reference that is not after it, else day first."""
    first, second = found.numeric or (1, 1)
    day_first = clock.day_first
    if day_first is None and clock.reference is not None and found.year is not None:
        options = {True: cal.day_of(found.year, second, first), False: cal.day_of(found.year, first, second)}
        gaps = {k: (d > clock.reference, abs((clock.reference - d).days)) for k, d in options.items() if d}
        day_first = min(gaps, key=lambda k: (gaps[k], not k)) if gaps else True
    day, month = (second, first) if day_first is False else (first, second)
    point = Point(found.year, month, day)
    clock.note(point)
    return _with_time(point.iso(), found)


def _year_by_relation(found: Found, clock: Clock) -> int | None:
    """The year that "last", "this", "of that year" name; None where only the nearest can be meant."""
    if found.year is not None:
        return found.year
    if found.relation is None and found.unit != "year":
        return None
    base = clock.focus.year if found.relation in ("that", "following", "previous") or clock.narrative else None
    if base is None:
        base = clock.reference.year if clock.reference else None
    if base is None or (found.unit != "year"):
        return None
    return base + _STEP.get(found.relation or "this", 0)


def _missing_year(found: Found, clock: Clock) -> int | None:
    if found.unit == "year":
        return _year_by_relation(found, clock)
    if found.relation:
        return _related_month(found, clock)
    if (clock.narrative or clock.reference is None) and clock.era.year is not None:
        return _carried_year(found, clock.era)
    return _nearest_year(found, clock) if clock.reference else None


def _carried_year(found: Found, focus: Point) -> int | None:
    """The focus' year; the next one where a text in autumn goes on to speak of winter's end."""
    if (
        focus.year is not None
        and focus.month is not None
        and found.month is not None
        and focus.month >= 11
        and found.month <= 2
    ):
        return focus.year + 1
    return focus.year


def _related_month(found: Found, clock: Clock) -> int | None:
    """ "last October", "next May", "the following April"."""
    if found.relation == "coming" and clock.reference and found.month:
        return clock.reference.year + (found.month < clock.reference.month)
    anchored = found.relation in ("that", "previous", "following") or clock.reference is None
    base = clock.focus if anchored and clock.focus.year is not None else clock.here if anchored else None
    if base is None or base.year is None:
        base = Point.of(clock.reference) if clock.reference else Point(None)
    if base.year is None or found.month is None:
        return None
    month = base.month or 1
    if found.relation in ("last", "previous"):
        return base.year if found.month < month else base.year - 1
    if found.relation in ("next", "following"):
        return base.year if found.month > month else base.year + 1
    return base.year


def _nearest_year(found: Found, clock: Clock) -> int:
    """News leaves out the year of what is near: the latest such date not after the reference, or the next in a clause about the future."""
    reference = clock.reference
    assert reference is not None
    assert found.month is not None
    now = (reference.month, reference.day if found.day is not None else 0)
    then = (found.month, found.day or 0)
    tense = clock.tense(found)
    if tense == "future":
        return reference.year if then >= now else reference.year + 1
    if then <= now:
        return reference.year
    # Without a verb, a date a few weeks ahead is more likely to come than to lie eleven months back.
    ahead = (found.month - reference.month) * 30 + ((found.day or 15) - reference.day)
    if tense == "past":  # a day that lies eleven months back would have its year told, whatever verb stands near
        return reference.year if found.day is not None and ahead <= _NEXT_WEEKS else reference.year - 1
    return reference.year if ahead <= (_HALF_A_YEAR if clock.may_come(found) else _SOON) else reference.year - 1


def _season(found: Found, clock: Clock) -> str:
    year = _year_by_relation(found, clock)
    if year is None and found.year is None:
        year = _season_year(found, clock)
    clock.note(Point(year) if year is not None else Point(None))
    return f"{cal.year_text(year)}-{found.season}"


def _season_year(found: Found, clock: Clock) -> int | None:
    start = _SEASON_START[found.season or "SP"]
    anchored = clock.narrative or found.relation in ("that", "previous", "following")
    if anchored and clock.focus.year is not None:
        step = (
            _STEP.get(found.relation or "that", 0) if found.relation in ("following", "next", "previous", "last") else 0
        )
        month = clock.focus.month
        if step and month is not None:
            return clock.focus.year + (0 if (start > month) == (step > 0) else step)
        return clock.focus.year + step
    if clock.reference is None:
        return None
    begun = start <= clock.reference.month
    silent = found.relation is None and clock.tense(found) is None and clock.may_come(found)
    if not begun and silent and start - clock.reference.month <= 6:
        return clock.reference.year
    if found.relation == "last":
        ended = start + 2 < clock.reference.month
        return clock.reference.year if ended else clock.reference.year - 1
    if found.relation == "next" or (found.relation is None and clock.tense(found) == "future"):
        return clock.reference.year + (1 if begun else 0)
    if found.relation == "this":
        return clock.reference.year
    return clock.reference.year if begun else clock.reference.year - 1


def _nearest_period(found: Found, clock: Clock) -> int | None:
    """The year of "the third quarter": the latest begun, or the coming one in a clause about the future."""
    if clock.narrative or clock.reference is None:
        return clock.era.year
    start = 3 * (found.quarter or 1) - 2 if found.quarter else 6 * (found.half or 1) - 5
    if clock.tense(found) == "future" or start <= clock.reference.month:
        return clock.reference.year
    return clock.reference.year - 1


def _day_of_month(found: Found, clock: Clock) -> str:
    """ "the 20th", "the 9th of last month"."""
    base = clock.focus if clock.focus.month else clock.here
    year, month = base.year, base.month
    if found.unit == "month" and found.relation in ("last", "next", "this") and clock.reference:
        year, month = cal.shift_months(clock.reference.year, clock.reference.month, _STEP[found.relation])
    point = Point(year, month, found.day)
    clock.note(point)
    return _with_time(point.iso(), found)


def _anchor_day(clock: Clock) -> dt.date | None:
    """The day that weekdays count from."""
    if clock.narrative or clock.reference is None:
        return clock.focus.date
    return clock.reference


def _weekday(found: Found, clock: Clock) -> str:
    day = _weekday_date(found, clock)
    if day is None:
        return _with_time(f"XXXX-WXX-{found.weekday}", found)
    clock.note(Point.of(day))
    return _with_time(day.isoformat(), found)


def _weekday_date(found: Found, clock: Clock) -> dt.date | None:
    anchor, weekday = _anchor_day(clock), found.weekday or 1
    if found.relation in ("following", "previous", "that"):
        anchor = clock.focus.date or anchor
    if anchor is None:
        return None
    if found.unit == "week":
        monday = cal.shift_days(anchor, 1 - anchor.isoweekday() + 7 * _STEP.get(found.relation or "this", 0))
        return cal.shift_days(monday, weekday - 1) if monday else None
    if clock.narrative and found.relation is None:
        return cal.weekday_near(anchor, weekday, 1)
    if found.relation in ("last", "previous"):
        return cal.weekday_near(anchor, weekday, -1)
    if found.relation in ("next", "following"):
        return cal.weekday_near(anchor, weekday, 2)
    if found.relation == "this":
        return cal.shift_days(anchor, weekday - anchor.isoweekday())
    if clock.tense(found) == "future":
        return cal.weekday_near(anchor, weekday, 1)
    return cal.weekday_near(anchor, weekday, 0)


def _relative(found: Found, clock: Clock) -> str:
    """ "last week", "earlier this month", "the end of the year", "the next day"."""
    step = _STEP.get(found.relation or "this", 0)
    if found.unit == "weekend" and found.relation in (None, "this") and clock.reference is not None:
        step = _weekend_step(found, clock, clock.reference)
    # "Over the next year" counts from today in news, in history from what is being told.
    from_text = (
        found.relation in ("previous", "following")
        or found.qualifier == "text"
        or (found.qualifier == "ahead" and clock.narrative)
    )
    bare = found.relation is None and not clock.narrative and found.unit != "day"
    base = Point.of(clock.reference) if clock.reference and (bare or not from_text) else clock.here
    if clock.reference is None and not clock.narrative and found.relation in ("last", "next", "this") and not from_text:
        base = Point(None)  # counted from a day of writing that nobody has told
    if found.unit == "day" and found.relation is None:
        base = clock.day  # "earlier in the day" is the day spoken of
    value, point = _moved(base, found.unit or "day", step)
    (clock.note if from_text else clock.note_today)(point)
    return value


def _weekend_step(found: Found, clock: Clock, reference: dt.date) -> int:
    """ "over the weekend" said on a weekday of what was is the weekend before; without a verb, until Wednesday."""
    if clock.narrative or reference.isoweekday() > 5:
        return 0
    tense = clock.tense(found)
    silent = tense is None and found.relation is None and reference.isoweekday() < 4
    return -1 if tense == "past" or silent else 0


def _moved(base: Point, unit: str, step: int) -> tuple[str, Point]:
    """A unit of time `step` units from `base`, and the point that it is."""
    year, month, day = base.year, base.month, base.date
    if unit in ("year", "season"):
        point = Point(year + step if year is not None else None)
        return point.iso(), point
    if unit == "decade" and year is not None and year > 0:
        return f"{year // 10 + step:03d}", Point(None)
    if unit == "century" and year is not None and year > 0:
        return f"{year // 100 + step:02d}", Point(None)
    if unit == "month":
        if year is None or month is None:
            return f"{cal.year_text(year)}-XX", Point(None)
        point = Point(*cal.shift_months(year, month, step))
        return point.iso(), point
    if unit == "quarter" and year is not None and month is not None:
        year, month = cal.shift_months(year, month, 3 * step)
        return f"{year:04d}-Q{(month + 2) // 3}", Point(None)
    if unit in ("week", "weekend", "fortnight"):
        moved = cal.shift_days(day, 7 * step) if day else None
        end = "-WE" if unit == "weekend" else ""
        if moved is None:
            return f"{cal.year_text(year)}-WXX{end}", Point(None)
        return f"{cal.week_text(moved)}{end}", Point(None)
    moved = cal.shift_days(day, step) if day else None
    if moved is None:
        head = Point(year, month).iso() if month else f"{cal.year_text(year)}-XX"
        return f"{head}-XX" if unit == "day" else "XXXX-XX-XX", Point(None)
    return moved.isoformat(), Point.of(moved)


_DEICTIC = {"yesterday": -1, "tomorrow": 1, "before yesterday": -2, "after tomorrow": 2}


def _deictic(found: Found, clock: Clock) -> str:
    step = _DEICTIC.get(found.value or "", 0)
    day = cal.shift_days(clock.reference, step) if clock.reference else None
    if day is None:
        return _with_time("XXXX-XX-XX", found)
    clock.note_today(Point.of(day))
    return _with_time(day.isoformat(), found)


def _shifted(found: Found, clock: Clock) -> str:
    """ "two days ago" counts from the reference, "two days later" from the date the text spoke of last."""
    back = found.relation in _PAST_WORDS
    if found.number is None:
        return "PAST_REF" if back else "FUTURE_REF"
    base = clock.here
    spoken_from_now = found.relation in ("ago", "from now")
    if spoken_from_now and not (clock.narrative and clock.reference is None):
        base = Point.of(clock.reference) if clock.reference is not None else Point(None)
    value, point = _shifted_value(base, found.unit or "day", -found.number if back else found.number)
    (clock.note_today if spoken_from_now else clock.note)(point)
    return value


def _shifted_value(base: Point, unit: str, number: float) -> tuple[str, Point]:
    if unit == "year" and number % 1 and base.year and base.month:
        point = Point(*cal.shift_months(base.year, base.month, round(12 * number)))
        return point.iso(), point
    steps = round(number)
    if unit == "fortnight":
        unit, steps = "week", 2 * steps
    if unit == "decade" and base.year is not None and base.year > 0:
        point = Point(base.year + 10 * steps)
        return f"{(base.year + 10 * steps) // 10:03d}", point
    if unit in ("hour", "minute", "second"):
        return (f"{base.iso()}TXX" if base.date else "XXXX-XX-XXTXX"), Point(None)
    if unit == "night":
        unit = "day"
    if unit == "week" and base.date is not None:
        moved = cal.shift_days(base.date, 7 * steps)
        return (cal.week_text(moved), Point.of(moved)) if moved else ("XXXX-WXX", Point(None))
    return _moved(base, unit, steps)


def _part(found: Found, clock: Clock) -> str:
    """ "this morning", "last night", "the next evening", "in the morning"."""
    if found.relation == "any":
        return f"XXXX-XX-XXT{found.part}"
    step = _STEP.get(found.relation or "that", 0)
    from_text = found.relation in (None, "that", "following", "previous", "next")
    base = clock.day if from_text else Point.of(clock.reference) if clock.reference else Point(None)
    if base.date is None:
        head = base.iso() if base.year is not None and base.month is not None else "XXXX-XX"
        return f"{head[:7]}-XXT{found.part}"
    value, point = _moved(base, "day", step)
    clock.note(point)
    return f"{value}T{found.part}"


def _clock_time(found: Found, clock: Clock) -> str:
    if found.weekday and found.month is None:
        return _weekday(found, clock)
    if found.value in ("today", "yesterday", "tomorrow"):
        return _deictic(found, clock)
    if found.month is not None:
        return _date(found, clock)
    base = clock.day
    if found.relation:
        value, point = _moved(base, "day", _STEP.get(found.relation, 0))
        clock.note(point)
        return f"{value}T{found.clock}"
    return f"{base.iso() if base.date else 'XXXX-XX-XX'}T{found.clock}"


def _holiday(found: Found, clock: Clock) -> str:
    """The day of the holiday, in the year told, else in the one that is nearest as the clause's tense goes."""
    name = found.value or ""
    year = found.year
    if year is None and (clock.narrative or clock.reference is None):
        year = clock.era.year
    elif year is None and clock.reference is not None:
        guess = holiday(name, clock.reference.year)
        year = _nearest_year(found._replace(month=guess.month, day=guess.day), clock) if guess else None
    day = holiday(name, year) if year is not None else None
    if day is None:
        fixed = month_day(name)
        return Point(year, *fixed).iso() if fixed else cal.year_text(year)
    clock.note(Point.of(day))
    if found.unit == "weekend":
        return f"{cal.week_text(cal.shift_days(day, -1) or day)}-WE"
    return day.isoformat()


def _year_ago(found: Found, clock: Clock) -> str:
    """A year before the quarter that the text spoke of last, or before the year of writing."""
    base = clock.here.year
    if found.unit == "quarter" and clock.quarter is not None:
        year, quarter = clock.quarter
        return f"{cal.year_text(year - 1 if year is not None else None)}-Q{quarter}"
    return cal.year_text(base - 1 if base is not None else None)


_RESOLVERS: dict[str, Callable[[Found, Clock], str]] = {
    "date": _date,
    "weekday": _weekday,
    "relative": _relative,
    "deictic": _deictic,
    "shifted": _shifted,
    "part": _part,
    "clock": _clock_time,
    "holiday": _holiday,
    "year_ago": _year_ago,
}
