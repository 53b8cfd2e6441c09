"""Datelines: "PORT AMITY, March 7 (CWS) -- ", and what they say: place, agency.

A dateline is read part by part and not by one pattern: an agency in parentheses, a date, and what is left must look like a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Of a paragraph, the characters that may hold a dateline.
REACH = 140
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
DATE = re.compile(
    rf"(?:{_WEEKDAY}\s?,?\s?)?(?:{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s?{_MONTH})(?:\s?,?\s?(?:\d{{4}}|\d{{2}}))?(?!\w)"
    rf"|{_WEEKDAY}(?!\w)|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}(?!\d)",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"[(/]\s?([^()/\n]{2,60}?)\s?[)/]")
_SEPARATOR = re.compile(
    r"\s?(?:--+|[—–―])\s?|\s-\s?|(?<=\))\s?-|(?<=\w)-\s|(?<=[A-Z]{4}):\s|(?<=/)\.?\s|(?<=\))\.?:?\s"
)
_MARKER = re.compile(
    r"(?:\s?\[(?:TEXT|EXCERPTS?|Text|Excerpts?|REPORT|ARTICLE|COMMENTARY|SUMMARY|PASSAGE OMITTED)\])?\s{0,4}"
)
# A place: one to five capitalised words, joined by the small words of place names.
_PLACE = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,30}|St\.|[A-Z]\.[A-Z]\.)"
    r"(?:(?:\s|,\s?|\s?/\s?|-)(?:(?:of|de|del|la|el|al|the|upon|an|am|and|on|es|da|do|le|los|las|den)\s)?[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,30}){0,5}"
)
_NO_PLACE = frozenset(
    [
        "analysis",
        "opinion",
        "exclusive",
        "update",
        "updated",
        "video",
        "watch",
        "breaking",
        "live",
        "editorial",
        "comment",
        "explainer",
        "factbox",
        "interview",
        "column",
        "review",
        "feature",
        "photos",
        "news",
        "sources",
        "source",
        "officials",
        "report",
        "reports",
        "note",
        "editor",
        "correction",
        "summary",
        "urgent",
    ]
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The stretch `[start, end)` before the first sentence, and what it says."""

    start: int
    end: int
    place: str | None
    agency: str | None


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that the paragraph `text[start:end]` begins with, or None.

    >>> find_dateline("PORT AMITY, March 7 (CWS) -- Talks ended.", 0, 41)
    Dateline(start=0, end=29, place='Port Amity', agency='CWS')
    """
    reach = min(end, start + REACH)
    for match in _SEPARATOR.finditer(text, start, reach):
        head = text[start : match.start()]
        if not head.strip():
            continue
        read = _read_head(head, colon=":" in match.group(), strong=match.group().strip() not in ("", "-", ":"))
        if read is None:
            continue
        marker = _MARKER.match(text, match.end(), end)
        after = marker.end() if marker else match.end()
        upcoming = text[after : after + 2].lstrip("“\"‘'[")
        if after < end and not upcoming[:1].islower():
            return Dateline(start, after, *read)
    return None


def _read_head(head: str, *, colon: bool, strong: bool) -> tuple[str | None, str | None] | None:
    """(place, agency) where `head` is nothing but a dateline's parts, else None."""
    agency: str | None = None
    found = _AGENCY.search(head)
    rest = head
    if found:
        agency = found.group(1).strip()
        rest = head[: found.start()] + " " + head[found.end() :]
    rest, dates = DATE.subn(" ", rest)
    rest = rest.strip(" \t\u00a0,.;:-–—*_#|\n\r/")
    if not rest:
        return (None, agency) if agency and _is_agency(agency) and (dates or head.strip()[:1] in "(/") else None
    # "Tehran, March 3, IRNA": an agency without parentheses, after the date.
    parts = [p.strip() for p in re.split(r"[,\n]", rest) if p.strip()]
    if agency is None and len(parts) > 1 and re.fullmatch(r"[A-Z]{2,6}", parts[-1]) and not rest.isupper():
        agency, parts = parts[-1], parts[:-1]
    place = " ".join(", ".join(parts).split())
    if not _PLACE.fullmatch(place) or len(place) > 60 or _NO_PLACE & set(place.lower().split()):
        return None
    evidence = bool(agency and _is_agency(agency)) or dates > 0
    capitals = place.isupper()
    words = len(place.split())
    if colon and not capitals:
        return None
    if not evidence and not (capitals and words <= 4) and not (strong and words <= 3):
        return None
    if agency and not _is_agency(agency):
        return None
    return _titled(place), agency


def _is_agency(name: str) -> bool:
    return name[:1].isupper() or name.isalpha()


def _titled(place: str) -> str:
    """ "PORT AMITY" as "Port Amity"; anything else as it is.

    >>> _titled("ST. MAREN")
    'St. Maren'
    """
    if not place.isupper() or len(place) <= 3:
        return place
    return " ".join(
        w
        if "." in w and len(w) > 3 and w.count(".") > 1
        else w.capitalize()
        if "-" not in w
        else "-".join(p.capitalize() for p in w.split("-"))
        for w in place.split()
    )
