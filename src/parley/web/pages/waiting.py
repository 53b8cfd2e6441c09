"""What was said and has lost its place: its article or its words are not here any more. It asks what is to become of it."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from parley.errors import UsageError
from parley.store import browse
from parley.store.judgements.entries import Act
from parley.store.judgements.log import _is_span
from parley.store.rows import Row
from parley.web import words
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import Line, lines
from parley.web.pages.review import beside, told

KNOWN = ("said", "after")
PER_PAGE = 20
OFFERED = 5
"""Rows that are offered for each."""


def waiting(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Each case that waits, with the rows that it may have been said of."""
    lost = answers.ledger.lost_judgements()
    given = asked.get("after") or "0"
    at = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
    shown = lost[at : at + PER_PAGE]
    return {
        "title": "What has lost its place",
        "asked": asked,
        "cases": [(told(e), offered(answers, e)) for e in shown],
        "many": len(lost),
        "next": asked.link(after=str(at + PER_PAGE), said=None) if at + PER_PAGE < len(lost) else None,
        **beside(answers, asked),
    }


def offered(answers: Answers, entry: Row) -> list[Line]:
    """Rows of the same kind that are most like the one that was judged: of its article, else those that hold its words."""
    kind = entry["kind"]
    if "selector" not in entry["anchor"] or kind not in words.KINDS:
        return []
    exact = words.flat(entry["anchor"]["selector"][0]["exact"])
    article = entry["anchor"]["article"]["id"]
    here = answers.ledger.row(article)
    if here is not None:
        rows = list(browse.rows_in(answers.ledger, here["id"])[kind])
    else:
        some = " ".join(exact.split()[:6])
        found = answers.ledger.search(some, limit=40) if any(c.isalnum() for c in some) else []
        rows = [r for r in found if r["row"] == kind]
    ranked = sorted(rows, key=lambda r: (-_alike(exact, words.content(r)), r["id"]))
    return lines(answers.ledger, ranked[:OFFERED])


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def place(answers: Answers, id: str, row: str, *, by: str, why: str) -> Row:
    """Say of another row what a waiting entry says, and take that entry back; spans stay as that row has them."""
    entry = next((e for e in answers.ledger.lost_judgements() if e["id"] == id), None)
    if entry is None:
        raise UsageError("that does not wait any more; nothing was written")
    changes = {k: v for k, v in (entry["changes"] or {}).items() if not _spans(v)}
    act: Act = "confirm" if entry["act"] == "correct" and not changes else entry["act"]
    whose = why or f"as {entry['by']} said on {entry['at'][:10]}" + (f": {entry['why']}" if entry["why"] else "")
    made = answers.ledger.judge(row, act, by=by, why=whose, changes=changes if act == "correct" else None)
    answers.ledger.judge(id, "undo", by=by, why="said of another row now")
    return made


def _spans(value: Any) -> bool:
    return _is_span(value) or (isinstance(value, list) and bool(value) and all(_is_span(v) for v in value))
