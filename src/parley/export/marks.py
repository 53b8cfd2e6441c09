"""What a row marks in its article's text, and whose word it is: what all formats that stand beside a text start from."""

from __future__ import annotations

from typing import Literal, NamedTuple

from parley.store.rows import Row

LAYERS = ("statement", "figure", "position", "event", "wording", "date")
"""The kinds of row that stand in a text, in the order in which exports have them."""

Part = Literal["content", "source", "cue", "span"]


class Mark(NamedTuple):
    """A stretch of an article's text, `[start, end)` in characters (code points), and the part that it plays in its row."""

    part: Part
    start: int
    end: int


def marks(row: Row) -> list[Mark]:
    """The stretches that a row rests on, what it says first: a statement's content, then who said it and the cue.

    >>> marks({"row": "figure", "span": [4, 9]})
    [Mark(part='span', start=4, end=9)]
    """
    if row["row"] != "statement":
        return [Mark("span", *row["span"])]
    found = [Mark("content", *span) for span in row["content"]]
    found += [Mark(part, *row[part]) for part in ("source", "cue") if row[part]]
    return found


def status(row: Row) -> str:
    """`machine`, `confirmed`, `corrected` or `rejected`: of an event too, whose `status` says something else."""
    said: str = row["row_status" if row["row"] == "event" else "status"]
    return said


def label(row: Row) -> str:
    """The code that says most about a row: a figure's category, an event's type, a position's issue and stance.

    >>> label({"row": "position", "issue": "truce", "stance": "demands"})
    'truce:demands'
    """
    kind = row["row"]
    if kind == "position":
        return f"{row['issue']}:{row['stance']}"
    code: str = row[{"statement": "kind", "figure": "category", "event": "type", "wording": "voice"}.get(kind, "type")]
    return code


REFERS: dict[str, str] = {
    "statement": "in_statement",
    "nested_in": "nested_in",
    "part_of": "part_of",
    "waits_for": "waits_for",
}
"""Fields that hold another row's id, with what the relation is called where a format has relations."""


def refers(row: Row, ids: set[str]) -> list[tuple[str, str]]:
    """The rows among `ids` that a row refers to, each with the relation's name."""
    return [(name, row[field]) for field, name in REFERS.items() if row.get(field) in ids]
