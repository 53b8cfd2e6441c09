"""Datelines: "PORT AMITY, March 7 (CWS) -- ", and what they say: place, agency.

A dateline is read part by part and not by one pattern: an agency in parentheses, a date, and what is left must look like a place.
"""

from __future__ import annotations

import re
from collections.abc import Container
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
# The agency behind the date; a full stop parts it from the text where no dash does.
_AFTER_DATE = re.compile(r"\d\w{0,4}(?:,? \d{4})?\s?,\s(?:[A-Z]{2,12}|[A-Z][a-z]{1,12}[A-Z][A-Za-z]{1,12})\W{0,2}\Z")
_STOPS = re.compile(r"(?<=[A-Z]{4})\.\s(?=[A-Z\d])|(?<=\d)\.\s(?=[A-Z])")
_SEPARATOR = re.compile(
    r"(?<=[A-Za-z]{2})\.\s(?=[A-Z“\"])|\s?(?:--+|[—–―])\s?|\s-\s?|(?<=\))\s?-|(?<=\w)-\s|(?<=[A-Z]{4}):\s|(?<=\d):\s|(?<=[a-z]):\s(?=[A-Z])|(?<=/)\.?\s|(?<=\))\.?:?\s"
)
_MARKER = re.compile(
    r"(?:\s?\[(?:TEXT|EXCERPTS?|Text|Excerpts?|REPORT|ARTICLE|COMMENTARY|SUMMARY|PASSAGE OMITTED)\])?\s{0,4}"
)
# A place: one to five capitalised words, joined by the small words of place names.
_PLACE = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,30}|St\.|[A-Z]\.[A-Z]\.)"
    r"(?:(?:\s|,\s?|\s?/\s?|-)(?:(?:of|de|del|la|el|al|the|upon|an|am|and|on|es|da|do|le|los|las|den)\s)?[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,30}){0,5}"
)
_CAPITALS = re.compile(r"(?<![\w.])[^\W\d_a-zß-öø-ÿ]{2,}(?!\w)(?!\.[A-Z])")
_ACRONYMS = frozenset(("UN", "US", "UK", "UAE", "DC", "EU"))
_TRIM = " \t\u00a0,.;:-–—―*_#|\n\r/"
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


def find_dateline(text: str, start: int, end: int, places: Container[str] = ()) -> Dateline | None:
    """The dateline that the paragraph `text[start:end]` begins with, or None.

    Without an agency, a date or capitals to show that it is one ("Kell — The talks ..."), its place must be one of `places`.

    >>> find_dateline("PORT AMITY, March 7 (CWS) -- Talks ended.", 0, 41)
    Dateline(start=0, end=29, place='Port Amity', agency='CWS')
    """
    reach = min(end, start + REACH)
    for match in _SEPARATOR.finditer(text, start, reach):
        head = text[start : match.start()]
        if not head.strip():
            continue
        stop = match.group().startswith(".")
        if (stop or (":" in match.group() and not text[match.start() - 1].isupper())) and not (
            "," in head and any(c.isdigit() for c in head)
        ):
            continue
        read = _read_head(head, colon=":" in match.group(), stop=stop, places=places)
        if read is None or (":" in match.group() and head.isupper() and not _is_long_sentence(text, match.end(), end)):
            continue
        marker = _MARKER.match(text, match.end(), end)
        after = marker.end() if marker else match.end()
        upcoming = text[after : after + 2].lstrip("“\"‘'[")
        if not upcoming[:1].islower():
            return Dateline(start, after, *read)
    return None


def _is_long_sentence(text: str, start: int, end: int) -> bool:
    """After "CAIRO: " a paragraph follows; after "EXCLUSIVE: " a headline."""
    return end - start > 100 and text[end - 1] in ".!?”\"’')…"


def _read_head(head: str, *, colon: bool, stop: bool, places: Container[str]) -> tuple[str | None, str | None] | None:
    """(place, agency) where `head` is nothing but a dateline's parts, else None."""
    # "TALVER. April 26. TALVINFORM - ": stops where others put commas.
    head, agency, country = _without_asides(_STOPS.sub(", ", head))
    if agency and not _is_agency(agency):
        return None
    rest, dates = DATE.subn(" ", head)
    rest = rest.strip(_TRIM)
    if not rest:
        return (None, agency) if agency and (dates or not head.strip(_TRIM)) else None
    parts = [p.strip(_TRIM) for p in re.split(r"[,\n]", rest) if p.strip(_TRIM)]
    # "Tehran, March 3, IRNA" and "Kell, March 3, KellPress": an agency without parentheses, after the date.
    if agency is None and len(parts) > 1 and _AFTER_DATE.search(head):
        agency, parts = parts[-1], parts[:-1]
    if stop and not (agency and dates):
        return None
    place = " ".join(parts[0].split()) if parts else ""
    region = " ".join(" ".join(parts[1:]).split())
    if not _PLACE.fullmatch(place) or len(place) > 60 or _NO_PLACE & set(place.lower().split()):
        return None
    if region and (len(region.split()) > 4 or not _PLACE.fullmatch(region.rstrip("."))):
        return None
    capitals = place.isupper()
    shown = bool(agency) or bool(country) or dates > 0 or (capitals and len(place.split()) <= 4)
    if (colon and not capitals and not dates) or not (shown or place in places):
        return None
    return titled(place), agency


def _without_asides(head: str) -> tuple[str, str | None, str | None]:
    """`head` without its parentheses, the agency in them, and the country: "LIMA (PERU), 29 MAR 89 (EFE)"."""
    found = list(_AGENCY.finditer(head))[:3]
    country = None
    if len(found) > 1 or (found and re.match(r"\s?,\s?\d", head[found[0].end() :])):
        country = found.pop(0)
    agency = found[-1].group(1).strip() if found else None
    for match in reversed([*([country] if country else []), *found]):
        head = head[: match.start()] + " " + head[match.end() :]
    return head, agency, country.group(1) if country else None


def _is_agency(name: str) -> bool:
    return name[:1].isupper() or name.isalpha()


def titled(place: str) -> str:
    """A place printed in capitals as it is written in running text.

    >>> titled("PORT AMITY"), titled("HEMPSTEAD, N.Y"), titled("ROME/UN HEADQUARTERS")
    ('Port Amity', 'Hempstead, N.Y', 'Rome/UN Headquarters')
    """
    return _CAPITALS.sub(lambda m: m.group() if m.group() in _ACRONYMS else m.group().capitalize(), place)
