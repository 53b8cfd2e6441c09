"""Wording: which words each outlet uses for one thing, in whose voice, with n and interval; few mentions are shown as examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from parley.store.rows import Row
from parley.web import words
from parley.web.answers import Answers
from parley.web.asked import Asked

KNOWN = ("outlet", "term", "voice", "referent")
MOST = 12
"""Things named that are shown at once."""
ROWS, NAMED = 40, 100
"""Shares of one thing that are shown, those with the most mentions, and further things that are named below."""


def wording(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Labels by thing named, then by outlet and voice; outlets in the order of their names."""
    shares = answers.ask("wording", **asked.some("outlet", "term", "voice"))
    by_referent: dict[str, list[Row]] = defaultdict(list)
    fitting = [s for s in shares if asked.get("referent") in (None, s["referent"])]
    for share in fitting:
        by_referent[share["referent"] or ""].append(share)
    named = sorted(by_referent, key=lambda r: (-sum(s["n"] for s in by_referent[r]), r))
    return {
        "title": "Wording",
        "asked": asked,
        "things": [(r, _table(by_referent[r]), len(by_referent[r])) for r in named[:MOST]],
        "part": answers.part("wording", **asked.some("outlet", "term", "voice")),
        "more": named[MOST : MOST + NAMED],
        "all": len(named),
        "filters": asked.some(*KNOWN),
        "facets": {
            "referent": Counter({r: n for r, n in _sums(fitting, "referent").items() if r}).most_common(16),
            "outlet": sorted(_sums(fitting, "outlet").most_common(24)),
            "voice": _sums(fitting, "voice").most_common(6),
            "term": _sums(fitting, "term").most_common(16),
        },
        "voice_of": words.voice,
    }


def _sums(shares: list[Row], key: str) -> Counter[str]:
    out: Counter[str] = Counter()
    for share in shares:
        if share[key]:
            out[share[key]] += int(share["n"])
    return out


def _table(shares: list[Row]) -> list[Row]:
    most = sorted(shares, key=lambda s: (-s["n"], str(s["outlet"] or ""), s["term"]))[:ROWS]
    return sorted(most, key=lambda s: (str(s["outlet"] or ""), str(s["voice"]), -s["n"], s["term"]))
