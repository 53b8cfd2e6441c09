"""What made this ledger: versions, models, codebooks, files, what was set aside and what could not be read."""

from __future__ import annotations

from itertools import islice
from typing import Any

from parley.store import browse
from parley.web.answers import Answers
from parley.web.asked import Asked

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
        "failed": answers.kept("counts", answers.ledger.counts)["failure"],
    }
