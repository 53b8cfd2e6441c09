"""Disagreements: what an analyst should look at first, of all kinds in one list, each with both sides' sentences.

Counts that exclude each other, quotations printed differently, contradictory accounts of one event, positions that moved, and dates
and places that do not agree. Nobody is judged: each side stands with its own words. Swapping two parties swaps the sides and
changes no place in the list.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from parley.compare.base import Question, Row
from parley.compare.snippet import snippet
from parley.data import row_id

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

SENTENCES = 3
"""Sentences that are given of each side at most."""

_CHANGES = ("changed", "shortened", "lengthened", "reworded", "brackets")
"""Kinds of drift that make somebody say other words, the plainest first."""


def strength(type: str, how: str) -> float:
    """How plainly two accounts contradict each other, from 0 to 1: accusations and counts that exclude each other before words
    left out of a quotation, these before days that differ by one.

    The order is that of what a reader cannot reconcile: two accounts of who did it; two numbers; two wordings of one sentence; a
    yes that was a no; then what time, a cut or a journey may explain.
    """
    return STRENGTHS.get((type, how), STRENGTHS[type, ""])


STRENGTHS: Mapping[tuple[str, str], float] = {
    ("events", "both"): 1.0,
    ("events", ""): 0.8,
    ("figures", ""): 0.9,
    ("figures", "falls"): 0.4,
    ("quotes", "changed"): 0.9,
    ("quotes", "shortened"): 0.7,
    ("quotes", "lengthened"): 0.7,
    ("quotes", "reworded"): 0.5,
    ("quotes", "brackets"): 0.3,
    ("quotes", ""): 0.2,
    ("positions", "turned"): 0.9,
    ("positions", ""): 0.7,
    ("dates", ""): 0.1,
}


def read(ledger: Ledger) -> list[Row]:
    """All disagreements, the plainest and most widely told first."""
    return with_sentences(ledger, ranked(ledger))


def ranked(ledger: Ledger) -> list[Row]:
    """The same, without the sentences of the sides."""
    found = [row for kind in KINDS for row in _in_order(kind, ledger.found(kind))]
    return list(_once(sorted(found, key=lambda r: -r["score"])))


def _in_order(kind: str, found: Sequence[Row]) -> Iterator[Row]:
    """What comparing found of one kind, in its own order: none scores more than the one before it."""
    least = math.inf
    for row in (row for result in found for row in KINDS[kind](result)):
        least = row["score"] = min(least, row["score"])
        yield row


def _once(found: Sequence[Row]) -> Iterator[Row]:
    """Without what another of its type holds whole: an account may have been compared in two months."""
    sets = [(row["type"], frozenset(row["rows"])) for row in found]
    holders: dict[str, list[int]] = defaultdict(list)
    for n, (_, rows) in enumerate(sets):
        for id in rows:
            holders[id].append(n)
    for n, (row, (type, rows)) in enumerate(zip(found, sets, strict=True)):
        others = holders[row["rows"][0]] if rows else []
        if not any(sets[o][0] == type and (rows < sets[o][1] or (rows == sets[o][1] and o < n)) for o in others):
            yield row


def _row(
    type: str, how: str, *, why: str, sides: Sequence[Row], date: str | None, outlets: int, independent: int
) -> Row:
    rows = list(dict.fromkeys(id for side in sides for id in side["rows"]))
    score = strength(type, how) * math.log2(1 + max(1, independent))
    return {
        "row": "disagreement",
        "id": row_id("di", type, *sorted(rows)),
        "type": type,
        "why": why,
        "rows": rows,
        "articles": [],
        "sides": [dict(side) for side in sides],
        "date": date,
        "outlets": outlets,
        "independent": independent,
        "score": round(score, 3),
    }


def of_dispute(result: Row) -> Iterator[Row]:
    """Contradictory accounts of one event."""
    yield _taken("events", "both" if result["mutual"] else "", result)


def of_clash(result: Row) -> Iterator[Row]:
    """Dates of one event, or places of one person, that do not agree."""
    yield _taken(result["type"], "", result)


def _taken(type: str, how: str, result: Row) -> Row:
    known = {k: result[k] for k in ("why", "sides", "date", "outlets", "independent")}
    return _row(type, how, **known)


def of_conflict(result: Row) -> Iterator[Row]:
    """Counts that exclude each other."""
    about = result["conflict"]
    yield _row(
        "figures",
        about["kind"],
        why=result["why"],
        sides=[{"who": None, "says": "", "rows": result["rows"]}],
        date=about["date"],
        outlets=about["outlets"],
        independent=about["independent"],
    )


def _by_claimant(ids: Sequence[str], rows: Mapping[str, Row]) -> list[Row]:
    """Counts by who counts so, in the order in which they stand."""
    sides: dict[str | None, Row] = {}
    for id in ids:
        row = rows[id]
        side = sides.setdefault(
            row["claimant"], {"who": row["claimant"] or "outlets themselves", "says": "", "rows": []}
        )
        side["rows"].append(id)
    return list(sides.values())


def of_utterance(result: Row) -> Iterator[Row]:
    """A quotation that outlets print differently: the ways of printing it, the first one first.

    Who only quotes less of it, or translates it, changes nobody's words.
    """
    drift = [d for d in result["drift"] if d["kind"] in (*_CHANGES, "marks")]
    kinds = [k for k in _CHANGES if any(d["kind"] == k for d in drift)]
    if not kinds:
        return
    first = {"who": "as first printed", "says": "", "rows": [drift[0]["statements"][0]]}
    others = [{"who": "printed", "says": _changes(d), "rows": [d["statements"][1], *d.get("alike", ())]} for d in drift]
    told = "; ".join(dict.fromkeys(_changes(d) for d in drift))
    said = f" of {result['said_on']}" if result.get("said_on") else ""
    yield _row(
        "quotes",
        kinds[0],
        why=f"words of {result['speaker'] or 'an unnamed speaker'}{said} are printed differently: {told}",
        sides=[first, *others],
        date=result.get("said_on"),
        outlets=result["outlets"],
        independent=result["independent"],
    )


def _changes(drift: Row) -> str:
    removed, added = ("“" + "”, “".join(drift[k]) + "”" if drift[k] else "" for k in ("removed", "added"))
    if removed and added:
        return f"{added} for {removed}"
    if removed or added:
        return f"without {removed}" if removed else f"with {added}"
    return str(drift["why"])


TURNS = (frozenset(("accepts", "rejects")), frozenset(("demands", "rejects")), frozenset(("proposes", "rejects")))
"""Stances that exclude each other: a yes that was a no."""


def of_shift(result: Row) -> Iterator[Row]:
    """A position that moved."""
    turned = frozenset((result["from"], result["to"])) in TURNS
    before, after = result["rows"][:1], result["rows"][1:]
    told = int(result.get("reported_by") or 1)
    moved = result.get("why") or f"{result['from']}, then {result['to']}"
    yield _row(
        "positions",
        "turned" if turned else "",
        why=f"{result['party']} on {result['issue'].replace('_', ' ')}: {moved}",
        sides=[
            {"who": result["party"], "says": result["from"], "rows": before},
            {"who": result["party"], "says": result["to"], "rows": after},
        ],
        date=result["date"],
        outlets=int(result.get("outlets") or told),
        independent=int(result.get("independent") or told),
    )


KINDS: Mapping[str, Callable[[Row], Iterator[Row]]] = {
    "dispute": of_dispute,
    "conflict": of_conflict,
    "utterance": of_utterance,
    "shift": of_shift,
    "clash": of_clash,
}
"""What comparing found, by kind, and how each becomes a line of the list."""


def with_sentences(ledger: Ledger, found: Sequence[Row]) -> list[Row]:
    """Each with its articles, and each side with its sentences as printed."""
    rows = ledger.by_ids(id for row in found for id in row["rows"])
    articles = ledger.by_ids(r["article"] for r in rows.values())
    text = cache(ledger.text)
    for row in found:
        known = [id for id in row["rows"] if id in rows]
        printed = (articles[rows[id]["article"]]["published"] for id in known)
        row["date"] = row["date"] or min(
            filter(None, printed), default=None
        )  # of words whose day nobody tells: when first printed
        row["articles"] = list(dict.fromkeys(articles[rows[id]["article"]]["source_id"] for id in known))
        if row["type"] == "figures":
            row["sides"] = _by_claimant(known, rows)
        for side in row["sides"]:
            cited = islice((rows[id] for id in side["rows"] if id in rows), SENTENCES)
            side["sentences"] = [_sentence(r, articles[r["article"]], text) for r in cited]
    return list(found)


def _sentence(row: Row, article: Row, text: Callable[[str], str]) -> Row:
    """A row's words: of a statement what was said, of a figure or an event the sentence in which it stands."""
    said = row.get("content_text")
    words = " … ".join(said) if said else snippet(text(row["article"]), *row["span"])
    return {"outlet": article["outlet"], "published": article["published"], "text": words}


def _cells(row: Row) -> tuple[str, ...]:
    outlets = "1 outlet" if row["outlets"] == 1 else f"{row['outlets']} outlets"
    return f"{row['type']}\n{row['date'] or 'no date'}\n{outlets}, {row['independent']} independent", row["why"]


def _cites(row: Row) -> Iterator[str]:
    """One row of each side in turn, so that both are seen."""
    columns = [side["rows"] for side in row["sides"]]
    for at in range(max(map(len, columns), default=0)):
        yield from (column[at] for column in columns if at < len(column))


QUESTIONS = (
    Question(
        "disagreements",
        "disagreement",
        read,
        ("what", "why, and both sides' words"),
        _cells,
        cites=_cites,
    ),
)
