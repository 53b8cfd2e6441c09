"""One row to correct: its fields as a form, the article's text beside it, what was said of it and what Parley has there."""

from __future__ import annotations

from typing import Any

from parley.errors import LedgerError
from parley.show.judging import in_words
from parley.store import browse, reviewing
from parley.store.judgements.fields import FIELDS
from parley.store.rows import Row
from parley.web import words
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.fields import LABELS, Field, fields_of, passage
from parley.web.given import Given
from parley.web.pages.lines import Line, lines
from parley.web.pages.review import KEYS, beside, log_of

KNOWN = ("back", "said")


def workbench(answers: Answers, id: str, asked: Asked, said: Given | None = None) -> dict[str, Any]:
    """The row with an id, or its form as somebody left it; raises LedgerError where there is no such row."""
    row = row_to_correct(answers, id)
    article = _article(answers, row)
    text = answers.ledger.text(article["id"])
    spans = words.spans_of(row) if row["row"] != "article" else []
    held = [s for s in (row.get("source"), row.get("cue")) if s]
    return {
        "title": f"Correct: {words.flat(article['title'] or 'no title')}"
        if row["row"] == "article"
        else "Correct a row",
        "asked": asked,
        "row": row,
        "line": _line(answers, row),
        "article": article,
        "seen": reviewing.marks(answers.ledger, [row["id"]])[row["id"]],
        "fields": form_of(answers, row, text, said),
        "passage": passage(text, [*spans, *held]) if spans else [],
        "log": log_of(answers, row["id"]),
        "machine": machine_says(answers, row),
        "why": (said.get("why") if said else None) or "",
        "keys": KEYS,
        "people": "actors",
        **beside(answers, asked),
    }


def row_to_correct(answers: Answers, id: str) -> Row:
    """The row with an id, if it has fields that can be corrected."""
    row = answers.ledger.row(id)
    if row is None or row["row"] not in FIELDS or row["row"] == "actor":
        raise LedgerError("there is no such row in this ledger to correct; it may have been read otherwise since")
    return row


def form_of(answers: Answers, row: Row, text: str, said: Given | None = None) -> list[Field]:
    """The fields of a row with what there is to choose from."""
    ledger, kind = answers.ledger, row["row"]
    article = row["id"] if kind == "article" else row["article"]
    beside_it = browse.rows_in(ledger, article) if kind != "article" else {}
    people = reviewing.people_in(ledger, article) if kind == "statement" else []
    return fields_of(kind, row, text, people=people, beside=beside_it, choices=_choices(answers, kind), said=said)


def _choices(answers: Answers, kind: str) -> dict[str, list[str]]:
    """What stands in such fields elsewhere: the newest rows' issues, types, places ..."""
    if kind not in browse.CHOICES:
        return {}
    _, found = answers.searched(kind, None, {})
    return {field: [value for value, _ in values] for field, values in found.values.items()}


def _article(answers: Answers, row: Row) -> Row:
    found = row if row["row"] == "article" else answers.ledger.row(row["article"])
    if found is None:
        raise LedgerError("the article of this row is being written anew: open it again in a moment")
    return found


def _line(answers: Answers, row: Row) -> Line | None:
    return next(iter(lines(answers.ledger, [row])), None)


def machine_says(answers: Answers, row: Row) -> list[tuple[str, str, str]]:
    """The fields in which Parley reads otherwise than the row shows: label, what Parley has, what is shown."""
    if row["judged"] is None:
        return []
    machine = answers.ledger.machine_row(row["id"])
    if machine is None:
        return []
    return [
        (LABELS.get(f, words.plain_words(f)), value(machine, f), value(row, f))
        for f in FIELDS[row["row"]]
        if machine.get(f) != row.get(f)
    ]


def value(row: Row, field: str) -> str:
    """What a field of a row shows, in words."""
    if field == "span":
        return in_words([*row["span"], row["text"]])
    texts = {"content": "content_text", "source": "source_text", "cue": "cue_text"}
    held = row.get(texts.get(field, field))
    if field == "content":
        return " … ".join(f"“{words.flat(t)}”" for t in held or ())
    if isinstance(held, dict):
        held = {k: v for k, v in held.items() if k != "id"}
    return in_words(held)


def both_readings(row: Row, fields: list[Field], changes: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The fields that somebody changed, as they are shown by now and as that person has them: label, now, mine."""
    forms = {f.name: f for f in fields}
    return [(forms[f].label, value(row, f), _mine(forms[f], change)) for f, change in changes.items()]


def _mine(field: Field, change: Any) -> str:
    if field.shape == "spans":
        return " … ".join(f"“{words.flat(p.words)}”" for p in field.parts) or "nothing"
    return in_words(change)
