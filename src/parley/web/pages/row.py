"""One row by itself: its sentence, what it rests on, what rests on it, and how to check and cite it."""

from __future__ import annotations

from typing import Any

from parley.errors import LedgerError
from parley.show.citing import cited
from parley.web import words
from parley.web.answers import Answers
from parley.web.pages.lines import lines, lines_of

RESULTS = {"stance": "Position over time", "shift": "A position that moved", "series": "One series of counts"}
OTHERS = {"conflict": "Counts that cannot both stand", "event_told": "One event and its tellings"}


def row(answers: Answers, id: str) -> dict[str, Any]:
    """The row with an id; raises LedgerError where there is none that has characters of its own."""
    found = answers.ledger.row(id)
    if found is None or found["row"] not in words.KINDS:
        raise LedgerError("there is no such row in this ledger")
    line = lines(answers.ledger, [found])[0]
    over = found.get("statement") or found.get("nested_in")
    return {
        "title": f"{line.who}: {line.what}",
        "line": line,
        "spans": words.spans_of(found),
        "within": lines_of(answers.ledger, [over])[:1] if over else [],
        "rests": [
            (words_of, r)
            for kind, words_of in {**RESULTS, **OTHERS}.items()
            for r in _resting(answers, kind, found["id"])
        ],
        "cite": cited(line.row, line.article),
    }


def _resting(answers: Answers, kind: str, id: str) -> list[Any]:
    return answers.ledger.found(kind, row=id, limit=3)
