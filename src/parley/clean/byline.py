"""Who wrote an article: lines such as "By Jane Doe in Port Amity", and the lines of dates around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.clean.blocks import Block
from parley.clean.dateline import DATE, titled

_LONGEST = 200
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,25}(?:\s(?:de|van|von|der|al|bin|el|la|da|di)\b)?"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{0,4}}"
_BY = re.compile(
    rf"(?:(?i:written|reported|posted|story)\s)?(?i:by)[:\s]\s?({_NAMES}(?:(?:\s?,\s?(?:and\s)?|\s(?i:and)\s|\s?&\s?){_NAMES}){{0,5}})"
    r"(?i:\s?[,|–—-]?\s?(?:in\s.{2,40}|\||[–—-]|,|for\s.{2,40}|.{0,40}(?:correspondent|reporter|writer|editor|desk|staff|bureau|press|news|reuters|agencies)\b.{0,40}|@\w{2,30}|and agencies).{0,80})?"
)
_ROLE = re.compile(
    rf"({_NAMES})\s?[,|–—-]\s?(?:.{{0,40}}\b)?(?i:staff writer|correspondent|reporter|editor|bureau chief|associated press|reuters|afp|staff|columnist)\b.{{0,60}}"
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?\b|\b\d{1,2}\s?[ap]\.?m\.?(?!\w)|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_LEFT_OVER = re.compile(
    r"\b(?:gmt|utc|est|edt|cet|cest|pst|pdt|bst|ist|msk|local time|at|on|updated?|published|last|modified|posted|posted on|time|date|"
    r"first|created|et|pt|\w{2,12} time|min read|minutes?|read|hours?|ago|\d{1,2}|th|st|nd|rd)\b|[\W_]",
    re.IGNORECASE,
)


def is_byline(block: Block) -> bool:
    """True for a line that holds nothing but who wrote it, when.

    >>> from parley.clean.blocks import Block
    >>> is_byline(Block(0, 0, "Saturday 8 March 2031 | By Nils Overby in Port Amity", None, False, True))
    True
    """
    if len(block.text) > _LONGEST:
        return False
    return any(_is_date(p) or _authors(p) is not None for p in _parts(block.plain)[-1:]) and all(
        _is_date(p) or _authors(p) is not None or len(p.split()) < 4 for p in _parts(block.plain)
    )


def _is_date(line: str) -> bool:
    """True for a line that is a date or time and little else."""
    if len(line) > 90 or not (any(c.isdigit() for c in line) or line[-3:].lower() == "day"):
        return False
    rest, dates = DATE.subn(" ", line)
    rest, clocks = _CLOCK.subn(" ", rest)
    return dates + clocks > 0 and not _LEFT_OVER.sub("", rest)


def _authors(line: str) -> str | None:
    """The names in a line that is a byline; None for any other line."""
    for part in _parts(line):
        if part[:3].lower() == "by ":
            part = DATE.sub("", part).rstrip(" ,.|–—-")
        match = _BY.fullmatch(part) or _ROLE.fullmatch(part)
        if match and _capital_names(match.group(1)):
            return match.group(1)
    return None


def _parts(line: str) -> list[str]:
    return re.split(r"\s[|•·]\s", line)[:5]


def _capital_names(names: str) -> bool:
    words = [
        w
        for w in re.findall(r"[\w.’'-]+", names)
        if w.lower() not in ("and", "de", "van", "von", "der", "al", "bin", "el", "la", "da", "di")
    ]
    return bool(words) and all(w[0].isupper() for w in words)


def authors_in(found: Sequence[Block]) -> tuple[str, ...]:
    """The people whom the first byline names; agencies and "staff" are no authors."""
    for block in found[:60]:
        names = _authors(block.plain) if len(block.text) <= _LONGEST else None
        if names:
            people = re.split(r"\s?,\s?(?:and\s)?|\sand\s|\s?&\s?", names, flags=re.IGNORECASE)
            return tuple(
                titled(p.strip())
                for p in people
                if len(p.split()) > 1
                and not re.search(r"\b(?:staff|agencies|desk|news|press|writers?|reporters?)\b", p, re.IGNORECASE)
            )
    return ()
