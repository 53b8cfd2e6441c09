"""What made this ledger: versions, models, codebooks, files, what was set aside and what could not be read."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

from parley.models import CONFIDENCE
from parley.store import browse
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.words import KINDS

FAILURES = 100


def about(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Everything that is known of how the rows came to be."""
    failures = list(islice(answers.ledger.failures(), FAILURES))
    return {
        "title": "About this ledger",
        "asked": asked,
        "where": answers.ledger.where,
        "runs": list(answers.ledger.runs()),
        "counts": answers.kept("counts", answers.ledger.counts),
        "dropped": answers.kept("dropped", lambda: browse.set_aside(answers.ledger)),
        "failures": failures,
        "sure": answers.kept("sure", lambda: _sure(answers)),
        "failed": answers.kept("counts", answers.ledger.counts)["failure"],
    }


def _sure(answers: Answers) -> list[tuple[str, float, int, float | None]]:
    """Of each kind: the share of rows that is likely wrong, of how many, and how far such shares were off where people looked."""
    held = json.loads(CONFIDENCE.read_text(encoding="utf-8"))["layers"]
    off = {kind: held.get(words, {}).get("error", {}).get("heldback") for kind, words in KINDS.items()}
    return [
        (KINDS[kind], 1 - mean, n, off[kind])
        for kind, mean, n in browse.how_sure(answers.ledger)
        if off[kind] is not None
    ]
