"""Dated reference series: which day a count was first reported, and when it was passed.

A series is a CSV file with a header. The date column is the one named `date`, `report_date`, `day` or `as_of`, else the
first; the value column is named after a colon (`tolls/gaza_daily.csv:killed_cum`), else it is `value`, else the first
whose name ends in `_cum`, else the second. Blank cells are passed over. Two names carry meaning: the value column's says
what is counted (`killed`, `injured`, `displaced` ...), and the file's says what it is about: `gaza_daily.csv` is only
held against articles that name Gaza.
"""

from __future__ import annotations

import bisect
import csv
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parley.dates.words import word_set
from parley.errors import ReadError, UsageError

_DATE_COLUMNS = ("date", "report_date", "day", "as_of", "reported", "reported_on")
_GENERIC = word_set(
    "daily weekly monthly series data dataset reference toll tolls deaths killed injured casualties figures "
    "count counts cumulative cum test export final table values health ministry official latest file copy"
)

# What a column name counts -> the words a text has for it.
COUNTED = {
    "killed": (
        "killed",
        "killing",
        "dead",
        "deaths",
        "death toll",
        "fatalities",
        "martyred",
        "martyrs",
        "lives",
        "kill",
        "died",
        "slain",
        "toll",
    ),
    "injured": ("injured", "wounded", "injuring", "wounding", "injuries", "hurt"),
    "displaced": ("displaced", "displacing", "refugees", "fled", "homes"),
    "detained": ("detained", "arrested", "imprisoned"),
    "cases": ("cases", "infections", "infected"),
}
_ALIASES = {"deaths": "killed", "dead": "killed", "fatalities": "killed", "wounded": "injured", "refugees": "displaced"}


@dataclass(frozen=True, slots=True)
class Series:
    """A cumulative count over time: `days` ascending, `values` the running maximum reported by each."""

    name: str
    counted: str
    about: tuple[str, ...]
    days: tuple[dt.date, ...]
    values: tuple[float, ...]

    def reached(self, value: float) -> dt.date | None:
        """The first day the count stood at `value` or more; None where it never did."""
        at = bisect.bisect_left(self.values, value)
        return self.days[at] if at < len(self.days) else None

    def passed(self, value: float) -> dt.date | None:
        """The first day the count stood above `value`; None where it never did."""
        at = bisect.bisect_right(self.values, value)
        return self.days[at] if at < len(self.days) else None

    def holds(self, value: float) -> bool:
        """True where some day's report gave exactly this count."""
        at = bisect.bisect_left(self.values, value)
        return at < len(self.values) and self.values[at] == value

    def is_about(self, text: str) -> bool:
        """True where the text (in lower case) names what the series' file is named for, or the file names nothing."""
        return not self.about or any(word in text for word in self.about)


@cache
def load_series(reference: str) -> Series:
    """The series that `FILE[:COLUMN]` names; raises ReadError or UsageError naming what is there."""
    path, column = _split(reference)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"not a readable CSV file: {error}", file=str(path)) from error
    if len(rows) < 2:
        raise ReadError("a series needs a header and at least one row", file=str(path))
    header = [cell.strip() for cell in rows[0]]
    date_at, value_at = _columns(header, column, path)
    points = sorted(p for row in rows[1:] if (p := _point(row, date_at, value_at)))
    if not points:
        raise ReadError(f"no dated values in column {header[value_at]!r}", file=str(path))
    days, values, highest = [], [], float("-inf")
    for day, value in points:
        highest = max(highest, value)
        days.append(day)
        values.append(highest)
    return Series(
        f"{path.name}:{header[value_at]}", _counted(header[value_at]), _about(path.stem), tuple(days), tuple(values)
    )


def _split(reference: str) -> tuple[Path, str | None]:
    """File and column; a colon that belongs to the path (a drive letter) is left in it."""
    if Path(reference).is_file():
        return Path(reference), None
    path, _, column = reference.rpartition(":")
    if path and Path(path).is_file():
        return Path(path), column
    raise UsageError(f"--series {reference}: no such file; it takes FILE or FILE:COLUMN")


def _columns(header: list[str], column: str | None, path: Path) -> tuple[int, int]:
    lower = [name.lower() for name in header]
    date_at = next((lower.index(name) for name in _DATE_COLUMNS if name in lower), 0)
    if column is not None:
        if column not in header:
            raise UsageError(f"--series {path}: no column {column!r}; there are {', '.join(header)}")
        return date_at, header.index(column)
    others = [n for n in range(len(header)) if n != date_at]
    if not others:
        raise ReadError("a series needs a date column and a value column", file=str(path))
    named = [n for n in others if lower[n] == "value"] or [n for n in others if lower[n].endswith("_cum")] or others
    return date_at, named[0]


def _point(row: list[str], date_at: int, value_at: int) -> tuple[dt.date, float] | None:
    if len(row) <= max(date_at, value_at) or not row[value_at].strip():
        return None
    try:
        return dt.date.fromisoformat(row[date_at].strip()[:10]), float(row[value_at].replace(",", ""))
    except ValueError:
        return None


def _counted(column: str) -> str:
    words = re.split(r"[\W_]+", column.lower())
    return next((_ALIASES.get(w, w) for w in words if w in COUNTED or w in _ALIASES), "killed")


def _about(stem: str) -> tuple[str, ...]:
    return tuple(w for w in re.split(r"[\W_\d]+", stem.lower()) if len(w) > 3 and w not in _GENERIC)
