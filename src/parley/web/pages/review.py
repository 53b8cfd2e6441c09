"""Review: the queue of what to look at next, with what waits and what was said last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from parley.show.judging import said as in_words
from parley.store import reviewing
from parley.store.judgements.queue import LAYERS, ORDERS
from parley.store.rows import Row
from parley.store.weightiest import MOST
from parley.web import words
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import Line, lines, lines_of

KNOWN = ("order", "layer", "article", "after", "said")
PER_PAGE = 12
LOG_PAGE = 40
LOOKED_AT = 100
"""Results of a kind, the weightiest, among whose disagreements the next rows are as a rule."""

ORDER_WORDS = {
    "confidence": "the least sure first",
    "layer": "layer by layer",
    "disagreement": "where people or accounts disagree",
}
KEYS = (
    ("j", "next row"),
    ("k", "row before"),
    ("c", "confirm"),
    ("e", "correct"),
    ("x", "reject"),
    ("w", "write why"),
    ("u", "undo what was said last"),
    ("n", "next page"),
)
"""What single keys do on the Review pages, as it stands there."""


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A row with the mark of how it reads, and what people said of it so far."""

    line: Line
    seen: str
    log: list[Row]


def queue(answers: Answers, asked: Asked) -> dict[str, Any]:
    """A page of the queue."""
    order, layer = asked.get("order") or ORDERS[0], asked.get("layer")
    some = _next(answers, order, layer=layer, article=asked.get("article"), after=asked.get("after"))
    rows = some[:PER_PAGE]
    return {
        "title": "Review",
        "asked": asked,
        "order": order,
        "orders": [(key, ORDER_WORDS[key]) for key in ORDERS],
        "layers": LAYERS,
        "layer": layer,
        "rows": to_judge(answers, lines(answers.ledger, rows)),
        "next": asked.link(after=rows[-1]["id"], said=None) if len(some) > PER_PAGE else None,
        "keys": KEYS,
        **beside(answers, asked),
    }


def _next(answers: Answers, order: str, **asked: Any) -> list[Row]:
    """The next rows, one more than a page has; of disagreements the plainest are looked through first, and all where those are judged."""
    for most in (LOOKED_AT, MOST) if order == "disagreement" else ():
        accounts = (id for found in answers.disagreements(most) for id in found["rows"])
        some = answers.ledger.queue(order, limit=PER_PAGE + 1, accounts=accounts, **asked)
        if len(some) > PER_PAGE:
            return some
    return answers.ledger.queue(order, limit=PER_PAGE + 1, **asked)


def to_judge(answers: Answers, held: Iterable[Line]) -> list[ToJudge]:
    """Rows with what their forms need."""
    shown = list(held)
    marks = reviewing.marks(answers.ledger, (line.id for line in shown))
    return [
        ToJudge(line, marks[line.id], log_of(answers, line.id) if line.row["judged"] else [])
        for line in shown
        if line.id in marks
    ]


def one_to_judge(answers: Answers, id: str) -> ToJudge | None:
    """One row; None where it is not here, or has no characters of its own."""
    return next(iter(to_judge(answers, lines_of(answers.ledger, [id]))), None)


def log_of(answers: Answers, row: str) -> list[Row]:
    """What was said of a row, the newest first, in words."""
    return [told(e) for e in reversed(list(answers.ledger.judgements(row)))]


def told(entry: Row) -> Row:
    """An entry with what it says in words."""
    return entry | {"words": in_words(entry | {"why": ""}), "of": of_what(entry), "when": words.moment(entry["at"])}


def of_what(entry: Row) -> str:
    """The words that an entry was said of; of an actor its name."""
    anchor = entry["anchor"]
    if "selector" in anchor:
        return words.flat(anchor["selector"][0]["exact"])
    if "actor" in anchor:
        return str(anchor["actor"]["name"])
    if entry["kind"] == "utterance":
        group = (entry["others"] or [[]])[0]
        return words.flat(group[0]["selector"][0]["exact"]) if group else ""
    return words.flat((anchor.get("article") or {}).get("title") or "")


def beside(answers: Answers, asked: Asked) -> dict[str, Any]:
    """What stands on every page of Review: what has lost its place, on what people disagree, what was said just now."""
    return {**alarms(answers), "said_now": said_now(answers, asked.get("said"))}


def alarms(answers: Answers) -> dict[str, Any]:
    """What cannot wait to be told."""
    return {
        "lost": answers.kept("lost", lambda: len(answers.ledger.lost_judgements())),
        "contested": answers.kept("contested", lambda: reviewing.contested(answers.ledger)),
    }


def said_now(answers: Answers, id: str | None) -> Row | None:
    """The entry that was made just now, so that it can be undone."""
    if id is None or not id.startswith("ju_"):
        return None
    entry = reviewing.entry(answers.ledger, id)
    return None if entry is None else told(entry)


def said(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Everything that was said, the newest first, a page at a time."""
    act = asked.get("act")
    found = reviewing.said(answers.ledger, by=asked.get("by"), act=act, before=asked.get("before"), limit=LOG_PAGE + 1)
    shown = [told(e) for e in found[:LOG_PAGE]]
    return {
        "title": "Everything that was said",
        "asked": asked,
        "entries": shown,
        "next": asked.link(before=shown[-1]["at"], said=None) if len(found) > LOG_PAGE else None,
        **beside(answers, asked),
    }
