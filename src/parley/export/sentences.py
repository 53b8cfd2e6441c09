"""A row as one line of words, for formats that show a person something to read: what it says, and in whose mouth.

The words are the article's and the codes' own; nothing is added that the row does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from parley.store.rows import BETWEEN, Row


def sentence(row: Row) -> str:
    """What a row says.

    >>> sentence({"row": "date", "type": "DATE", "value": "2031-03-03"})
    'DATE 2031-03-03'
    """
    return _SAY[row["row"]](row)


def quotes(row: Row) -> str:
    """The words that a row stands on, the parts of a statement's content with dots between."""
    words: str = BETWEEN.join(row["content_text"]) if row["row"] == "statement" else row["text"]
    return words


def _statement(row: Row) -> str:
    who = row["speaker"]
    name = who["name"] if who else row["source_text"] or "no speaker named"
    described = ", ".join(filter(None, (who["role"], who["side"]))) if who else ""
    return f"{name}{f' ({described})' if described else ''}: {quotes(row)}"


def _figure(row: Row) -> str:
    value = row["value"]
    if value is None:
        value = " to ".join(str(v) for v in (row["low"], row["high"]) if v is not None)
    count = " ".join(str(w) for w in (row["category"], _plain(row["qualifier"]), value) if w not in (None, ""))
    return _listed(
        count,
        row["population"],
        _after("in", row["place"]),
        _after("date", row["date"]),
        _after("since", row["since"]),
        _after("until", row["until"]),
        _after("counted by", row["claimant"]),
        _after("via", row["via"]),
    )


def _position(row: Row) -> str:
    wants = f"{row['party']} {row['stance']}: {_plain(row['issue'])}"
    return _listed(wants, _after("if", row["condition"]), _after("said by", row["said_by"]))


def _event(row: Row) -> str:
    what = f"{_plain(row['type'])} ({row['status']})"
    return _listed(what, _after("by", " and ".join(row["actors"])), row["date"], _after("in", row["place"]))


def _wording(row: Row) -> str:
    return _listed(row["term"], _after("for", row["referent"]), f"voice: {row['voice']}")


def _date(row: Row) -> str:
    return f"{row['type']} {row['value']}"


_SAY: dict[str, Callable[[Row], str]] = {
    "statement": _statement,
    "figure": _figure,
    "position": _position,
    "event": _event,
    "wording": _wording,
    "date": _date,
}


def _plain(code: str | None) -> str:
    return (code or "").replace("_", " ")


def _after(word: str, value: str | None) -> str:
    return f"{word} {value}" if value else ""


def _listed(*parts: str | None) -> str:
    found: Iterable[str] = filter(None, parts)
    return ", ".join(found)
