"""Who judges: a name that is asked once and kept in a cookie of this browser. It says who, it lets nobody in."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

COOKIE = "parley_reviewer"
LONGEST = 80
YEAR = 365 * 24 * 3600


def reviewer(request: Request) -> str | None:
    """Who judges in this browser; None where nobody has said so yet."""
    return name_of(unquote(request.cookies.get(COOKIE, ""), errors="replace"))


def name_of(given: str | None) -> str | None:
    """A name as it is kept: one line without anything that cannot be seen; None where nothing is left.

    >>> name_of("  Ana\\n Pell "), name_of("\\u202e "), name_of(None)
    ('Ana Pell', None, None)
    """
    seen = "".join(c if c.isprintable() else " " for c in given or "")
    return " ".join(seen.split())[:LONGEST].strip() or None


def remember(answer: Response, name: str) -> None:
    """Keep the name in this browser for a year."""
    answer.set_cookie(COOKIE, quote(name), max_age=YEAR, httponly=True, samesite="strict", path="/")
