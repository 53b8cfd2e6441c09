"""From a stretch that the grammar fits to what it says, or to nothing where the words around it show that it is no date
("may" the verb, "2000 villages", "24-year-old")."""

from __future__ import annotations

from collections.abc import Callable

from parley.dates.found import Found
from parley.dates.read_calendar import (
    read_calendar,
    read_holiday,
    read_iso,
    read_month,
    read_nine_eleven,
    read_numeric,
    read_ordinal_day,
    read_range,
    read_season,
    read_year,
)
from parley.dates.read_days import (
    read_clock,
    read_deictic,
    read_next_but_one,
    read_part,
    read_part_of_day,
    read_reference,
    read_relative,
    read_unit_end,
    read_weekday,
    read_year_ago,
)
from parley.dates.read_lengths import read_duration, read_every, read_plural, read_recent, read_shifted, read_window
from parley.dates.scan import Hit, Scan


def read(scanned: Scan, hit: Hit) -> list[Found]:
    """What a hit says; two for a range, none where it is no date after all."""
    return READERS[hit.rule](scanned, hit)


READERS: dict[str, Callable[[Scan, Hit], list[Found]]] = {
    "iso": read_iso,
    "numeric": read_numeric,
    "nine_eleven": read_nine_eleven,
    "range": read_range,
    "clock": read_clock,
    "part_of_day": read_part_of_day,
    "calendar": read_calendar,
    "every": read_every,
    "shifted": read_shifted,
    "year_ago": read_year_ago,
    "window": read_window,
    "next_but_one": read_next_but_one,
    "relative": read_relative,
    "unit_end": read_unit_end,
    "weekday": read_weekday,
    "holiday": read_holiday,
    "deictic": read_deictic,
    "part": read_part,
    "duration": read_duration,
    "recent": read_recent,
    "plural": read_plural,
    "season": read_season,
    "month": read_month,
    "year": read_year,
    "reference": read_reference,
    "ordinal_day": read_ordinal_day,
}
