"""Which codes a rule can open with, so that a rule is only tried where its first word stands.

Rules open with optional parts ("early", "the end of the"), which a regular expression tries one after the other before it
gives up; a look at the first code ends three tries in four.
"""

from __future__ import annotations

from dataclasses import dataclass

_SKIPPED = ("(?!", "(?=")


@dataclass(slots=True)
class _Cursor:
    pattern: str
    at: int = 0

    @property
    def here(self) -> str:
        return self.pattern[self.at : self.at + 1]


def guarded(pattern: str) -> str:
    """The pattern behind a look at its first code.

    >>> guarded("(?:[ab]_)?[cd]")
    '(?=[abcd])(?:(?:[ab]_)?[cd])'
    """
    codes, empty = _options(_Cursor(pattern))
    if empty:
        return pattern
    escaped = "".join(f"\\{c}" if c in "^-]\\" else c for c in sorted(codes))
    return f"(?=[{escaped}])(?:{pattern})"


def _options(cursor: _Cursor) -> tuple[frozenset[str], bool]:
    """The first codes of `a|b|c`, and whether one of them may be empty."""
    codes, empty = _sequence(cursor)
    while cursor.here == "|":
        cursor.at += 1
        more, may = _sequence(cursor)
        codes, empty = codes | more, empty or may
    return codes, empty


def _sequence(cursor: _Cursor) -> tuple[frozenset[str], bool]:
    codes: frozenset[str] = frozenset()
    empty = True
    while cursor.here not in ("", "|", ")"):
        more, may = _item(cursor)
        codes = codes | more if empty else codes
        empty = empty and may
    return codes, empty


def _item(cursor: _Cursor) -> tuple[frozenset[str], bool]:
    head = cursor.pattern[cursor.at : cursor.at + 3]
    if head in _SKIPPED or head == "(?:":
        cursor.at += 3
        found = _options(cursor)
        cursor.at += 1
        if head in _SKIPPED:
            return frozenset(), True
    elif cursor.here == "[":
        end = cursor.pattern.index("]", cursor.at)
        found = frozenset(cursor.pattern[cursor.at + 1 : end]), False
        cursor.at = end + 1
    else:
        cursor.at += cursor.here == "\\"
        found = frozenset(cursor.here), False
        cursor.at += 1
    if cursor.here == "?":
        cursor.at += 1
        return found[0], True
    return found
