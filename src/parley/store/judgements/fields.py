"""What of a row people can correct, and what may stand there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from parley import data
from parley.errors import UsageError
from parley.store.rows import Row

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(/\d{4}(-\d\d(-\d\d)?)?)?")

FIELDS: dict[str, dict[str, str]] = {
    "statement": {
        "content": "spans",
        "source": "span?",
        "cue": "span?",
        "kind": "statement_kind",
        "speaker": "speaker",
        **dict.fromkeys(("addressee", "venue", "via", "nested_in"), "text?"),
        "said_on": "date?",
        "nested": "flag",
    },
    "figure": {
        "span": "span",
        "value": "value",
        **dict.fromkeys(("low", "high"), "number?"),
        "qualifier": "qualifier",
        "category": "text",
        **dict.fromkeys(("population", "place", "claimant", "via"), "text?"),
        **dict.fromkeys(("date", "since", "until"), "date?"),
        "scope": "scope",
        "change": "change",
        **dict.fromkeys(("part_of", "statement"), "text?"),
    },
    "position": {
        "span": "span",
        **dict.fromkeys(("party", "issue"), "text"),
        "stance": "stance",
        **dict.fromkeys(("said_by", "condition", "waits_for", "statement"), "text?"),
        "since": "date?",
    },
    "event": {
        "span": "span",
        "type": "text",
        "status": "event_status",
        "actors": "texts",
        "plover": "plover",
        "date": "date?",
        **dict.fromkeys(("place", "statement"), "text?"),
    },
    "wording": {"span": "span", "voice": "voice", "term": "text", **dict.fromkeys(("referent", "statement"), "text?")},
    "date": {"span": "span", "type": "timex", "value": "text"},
    "article": {
        **dict.fromkeys(("title", "outlet", "url", "language", "dateline_place"), "text?"),
        "authors": "texts",
        "published": "date?",
    },
    "actor": {"name": "text", "kind": "mention_kind", **dict.fromkeys(("role", "side"), "text?")},
}
"""The fields of each kind of row that can be corrected, and what each holds; `?` where it may be empty."""

CODES: dict[str, tuple[str | None, ...]] = {
    "statement_kind": get_args(data.StatementKind),
    "qualifier": get_args(data.Qualifier),
    "stance": get_args(data.Stance),
    "event_status": get_args(data.EventStatus),
    "voice": get_args(data.Voice),
    "timex": get_args(data.TimexType),
    "mention_kind": get_args(data.MentionKind),
    "scope": ("cumulative", "incident", None),
    "change": ("up", "down", None),
}
"""What may stand in a field that holds a code."""


def corrected(kind: str, changes: Mapping[str, Any], text: str, near: int) -> Row:
    """The changes as the log keeps them, spans with their words; UsageError says what cannot stand in a field.

    A span is `[start, end]`, or words of the article: the place nearest to `near` is meant.
    """
    known = FIELDS[kind]
    if not changes:
        raise UsageError(f"nothing to correct: give FIELD=VALUE, one of {', '.join(known)}")
    out: Row = {}
    for field, value in changes.items():
        if field not in known:
            raise UsageError(f"{kind} rows have no field {field!r} to correct; they have {', '.join(known)}")
        out[field] = _value(field, known[field], value, text, near)
    return out


def _value(field: str, holds: str, value: Any, text: str, near: int) -> Any:
    if holds in CODES:
        return _code(field, CODES[holds], value)
    if value is None:
        if holds.endswith("?") or holds in ("value", "speaker", "plover"):
            return None
        raise UsageError(f"{field} cannot be empty")
    made: Callable[[], Any] | None = {
        "span": lambda: _span(field, value, text, near),
        "spans": lambda: _spans(field, value, text, near),
        "date": lambda: _date(field, value),
        "number": lambda: _number(field, value),
        "value": lambda: value if isinstance(value, str) else _number(field, value),
        "flag": lambda: _flag(field, value),
        "texts": lambda: _texts(field, value),
        "speaker": lambda: _speaker(value),
        "plover": lambda: _plover(value),
    }.get(holds.rstrip("?"))
    return made() if made else _text(field, value)


def _code(field: str, allowed: tuple[str | None, ...], value: Any) -> Any:
    if value not in allowed:
        raise UsageError(f"{field} cannot be {value!r}; it can be {', '.join(a or 'empty' for a in allowed)}")
    return value


def _text(field: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{field} is a text, not {value!r}")
    return value.strip()


def _texts(field: str, value: Any) -> list[str]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        raise UsageError(f"{field} is a list of texts, not {value!r}")
    return [_text(field, v) for v in given]


def _flag(field: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{field} is true or false, not {value!r}")
    return value


def _number(field: str, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
        raise UsageError(f"{field} is a number, not {value!r}")
    return value


def _date(field: str, value: Any) -> str:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise UsageError(f"{field} is a date such as 2024, 2024-06 or 2024-06-02, not {value!r}")
    return value


def _speaker(value: Any) -> Row:
    if isinstance(value, str):
        return {"name": _text("speaker", value), "role": None, "side": None}
    if not isinstance(value, Mapping) or not set(value) <= {"name", "role", "side", "id"}:
        raise UsageError(f"speaker is a name, or name, role and side, not {value!r}")
    role, side = (value.get(k) or None for k in ("role", "side"))
    return {"name": _text("speaker", value.get("name")), "role": role, "side": side}


def _plover(value: Any) -> Row:
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        raise UsageError(f"plover is a type and a mode, not {value!r}")
    return {"type": value["type"], "mode": value.get("mode")}


def _spans(field: str, value: Any, text: str, near: int) -> list[list[Any]]:
    one = isinstance(value, str) or (isinstance(value, list | tuple) and value and isinstance(value[0], int))
    given = [value] if one else value
    if not isinstance(given, list | tuple) or not given:
        raise UsageError(f"{field} is a list of spans, not {value!r}")
    return sorted(_span(field, v, text, near) for v in given)


def _span(field: str, value: Any, text: str, near: int) -> list[Any]:
    if isinstance(value, str):
        return _words(field, value, text, near)
    if isinstance(value, list | tuple) and len(value) in (2, 3):
        start, stop = value[:2]
        if isinstance(start, int) and isinstance(stop, int) and 0 <= start < stop <= len(text):
            if len(value) == 3 and text[start:stop] != value[2]:
                raise UsageError(f"{field}: characters {start} to {stop} are “{text[start:stop]}”, not “{value[2]}”")
            return [start, stop, text[start:stop]]
    raise UsageError(f"{field}: {value!r} is no place in the article's text; it has {len(text)} characters")


def _words(field: str, words: str, text: str, near: int) -> list[Any]:
    places = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
    if not places:
        raise UsageError(f"{field}: the article does not hold the words “{words}”")
    start = min(places, key=lambda p: abs(p - near))
    return [start, start + len(words), words]


def read_value(kind: str, field: str, written: str) -> Any:
    """A value as written at a terminal: JSON where it is not a text, `10:24` for a span, `-` or nothing for empty.

    >>> read_value("figure", "value", "32"), read_value("figure", "span", "10:24"), read_value("figure", "place", "-")
    (32, [10, 24], None)
    >>> read_value("statement", "speaker", "Ana Pell"), read_value("figure", "value", "85%")
    ('Ana Pell', '85%')
    """
    holds = FIELDS.get(kind, {}).get(field, "text")
    if written in ("", "-"):
        return None
    if holds.rstrip("?") in ("span", "spans") and re.fullmatch(r"\d+:\d+(,\d+:\d+)*", written):
        spans = [[int(n) for n in part.split(":")] for part in written.split(",")]
        return spans if holds == "spans" else spans[0]
    if holds.rstrip("?") in ("number", "value", "flag", "texts", "spans", "plover") or written[:1] in "[{":
        try:
            return json.loads(written)
        except ValueError:
            return written
    return written
