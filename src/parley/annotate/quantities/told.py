"""A count in words, everywhere alike: at the terminal, on the pages, in what outlets are told to differ by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def number(value: Any) -> str:
    """A number as people write it: 45,514.

    >>> number(45514), number(2.5), number(3.0), number("1/3")
    ('45,514', '2.5', '3', '1/3')
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) or value != int(value) else f"{int(value):,}"


def amount_told(row: Mapping[str, Any]) -> str:
    """A count with what is said of its bounds, of anything with `value`, `low`, `high` and `qualifier`.

    >>> amount_told({"value": 4012, "low": 4012, "high": None, "qualifier": "at_least"})
    'at least 4,012'
    >>> amount_told({"value": None, "low": 7000, "high": 9000, "qualifier": "between"})
    'between 7,000 and 9,000'
    >>> amount_told({"value": None, "low": 2000, "high": None, "qualifier": "vague"})
    'thousands'
    """
    value, low, high, how = row["value"], row["low"], row["high"], row["qualifier"]
    if how == "between" and low is not None and high is not None:
        return f"between {number(low)} and {number(high)}"
    words = "" if how in ("exact", "vague", None) else how.replace("_", " ") + " "
    if value is not None:
        return words + number(value)
    if low is None:
        return words + number(high)
    if high is not None:
        return f"{words}{number(low)} to {number(high)}"
    return (_vague(low) if how == "vague" else None) or f"{words}{number(low)} or more"


def _vague(low: float) -> str | None:
    from parley.annotate.quantities.numbers import vague_words  # here: most rows have a number, and it reads a codebook

    return vague_words(low)
