"""What only several articles together can tell: where accounts do not agree, what moved, and every further comparison as a table."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

from parley.compare.disputes.disagreements import with_sentences
from parley.compare.registry import questions
from parley.compare.usage.shares import FEWEST_ARTICLES, FEWEST_MENTIONS
from parley.errors import UsageError
from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked, at_least
from parley.web.pages.lines import lines_of
from parley.web.pages.overview import side_rows

KNOWN = ("what", "outlet", "term", "voice", "least", "since", "until")
OFFERED = {
    "copies": "Copies: whose words stand in whose pages",
    "missing": "What one outlet does not carry",
    "naming": "How far apart outlets are in naming a thing",
    "heard": "Whom outlets let speak",
    "doubt": "Verbs that doubt, or take for true",
    "passives": "Where nobody is said to have done it",
    "utterances": "Utterances, with every rendering",
}
QUOTED = ("utterances", "missing")
"""Comparisons of which a line says little without the words that it is about."""
MOST, CITED = 60, 4


def differences(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Disagreements, the weightiest first, each with both sides' sentences."""
    every = answers.disagreements()
    chosen = [d for d in every if asked.get("type") in (None, d["type"])][:MOST]
    wanted = with_sentences(answers.ledger, [dict(d) for d in chosen])
    cited = {d["id"]: side_rows(d)[:8] for d in wanted}
    held = {line.id: line for line in lines_of(answers.ledger, (i for ids in cited.values() for i in ids))}
    return {
        "title": "Where accounts do not agree",
        "asked": asked,
        "found": [(d, [held[i] for i in cited[d["id"]] if i in held]) for d in wanted],
        "types": Counter(d["type"] for d in every).most_common(),
        "filters": asked.some("type"),
        "all": len([d for d in every if asked.get("type") in (None, d["type"])]),
        "part": answers.parted(),
    }


def across(answers: Answers, asked: Asked) -> dict[str, Any]:
    """One comparison as a table, each result with the sentences that it rests on."""
    offered = {k: v for k, v in OFFERED.items() if k in questions()}
    name = asked.get("what") or next(iter(offered))
    if name not in offered:
        raise UsageError(f"{name!r} is not compared here; there are {', '.join(offered)}")
    question = questions()[name]
    options: dict[str, Any] = asked.some(*question.asks)
    if "least" in options:
        options["least"] = at_least(options["least"])
    needs = name == "missing" and "outlet" not in options
    found: list[Row] = [] if needs else answers.ask(name, **options)
    cited = [list(islice(dict.fromkeys(question.cites(r)), CITED)) for r in found[:MOST]]
    rows = (i for ids in cited for i in ids if not i.startswith("ar_"))
    held = {line.id: line for line in lines_of(answers.ledger, rows, beside=False)}
    heads = answers.ledger.by_ids(i for ids in cited for i in ids if i.startswith("ar_"))
    return {
        "title": offered[name],
        "asked": asked,
        "name": name,
        "offered": offered,
        "asks": question.asks,
        "needs": needs,
        "outlets": sorted(o for o, _ in answers.tally().outlets if o) if needs else [],
        "headings": question.headings,
        "found": [
            (question.cells(r), [held[i] for i in ids if i in held], [heads[i] for i in ids if i in heads])
            for r, ids in zip(found, cited, strict=False)
        ],
        "all": len(found),
        "part": None if needs else answers.part(name, **options),
        "quotes": name in QUOTED,
        "few": (FEWEST_MENTIONS, FEWEST_ARTICLES) if name == "naming" else None,
    }
