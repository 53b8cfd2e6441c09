"""Lines that stand alone at an article's head or foot, where pages print their date."""

from __future__ import annotations

import re

WORDS = re.compile(r"[^\W\d_]{2,}")
ARCHIVE = re.compile(r"\b(?:also read|related|archives?|see also|read more|read next|expires?)\b", re.IGNORECASE)
"""Lines that lead to other articles."""

LONGEST = 120
FEW = 6
"""Words beside the date: "By Ana Petrel | 3 min read" are five."""


def line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line around a stretch, as far as 200 characters either side."""
    low, high = max(0, start - 200), min(len(text), end + 200)
    first, last = text.rfind("\n", low, start), text.find("\n", end, high)
    return (first + 1 if first >= 0 else low), (last if last >= 0 else high)


def stands_alone(text: str, start: int, end: int) -> bool:
    """True for a date on a short line with hardly any other words.

    >>> text = "Thursday, September 20"
    >>> stands_alone(text, 0, len(text)), stands_alone("He came on May 3 to see us all at home again.", 11, 16)
    (True, False)
    """
    low, high = line_around(text, start, end)
    line = text[low:high]
    return (
        len(line) <= LONGEST
        and not ARCHIVE.search(line)
        and len(WORDS.findall(text[low:start] + " " + text[end:high])) <= FEW
    )
