"""What made this ledger: versions, models, codebooks, files, what was set aside and what could not be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from typing import Any

from parley.models import CONFIDENCE
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.words import KINDS

FAILURES, RUNS = 100, 20
HELD = {
    "article": "articles",
    **KINDS | {"wording": "loaded labels"},
    "actor": "actors",
    "link": "names that mean an actor",
    "run": "builds",
    "failure": "what could not be read",
}
"""What is counted, as people say it."""


def about(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Everything that is known of how the rows came to be."""
    tally = answers.tally()
    runs = list(answers.ledger.runs(last=RUNS + 1))
    return {
        "title": "About this ledger",
        "asked": asked,
        "where": answers.ledger.where,
        "runs": runs[-RUNS:],
        "earlier": len(runs) > RUNS,
        "tally": tally,
        "counts": [(name, tally.rows[kind]) for kind, name in HELD.items() if kind in tally.rows],
        "failures": list(islice(answers.ledger.failures(), FAILURES)),
        "failed": tally.rows["failure"],
        "sure": _sure(tally.sure),
    }


def _sure(sure: Sequence[tuple[str, float, int]]) -> list[tuple[str, float, int, float]]:
    """Of each kind: the share of rows that is likely wrong, of how many, and how far such shares were off where people looked."""
    held = json.loads(CONFIDENCE.read_text(encoding="utf-8"))["layers"]
    off = {kind: held.get(words, {}).get("error", {}).get("heldback") for kind, words in KINDS.items()}
    return [(KINDS[kind], 1 - mean, n, off[kind]) for kind, mean, n in sure if off.get(kind) is not None]
