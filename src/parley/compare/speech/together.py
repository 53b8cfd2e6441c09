"""Utterances as people put them together or apart: their word over what comparing found, laid on whenever it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from parley.compare.base import Row
from parley.data import row_id

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


def as_judged(ledger: Ledger, found: Sequence[Row], said: Iterable[Row] | None = None) -> list[Row]:
    """The utterances with what people said of them (all that was said, or `said`): each has `status`, and `judged` where it is a
    person's word.
    """
    rows = [{**row, "status": "machine", "judged": None} for row in found]
    for entry in ledger.said_of_utterances() if said is None else said:
        rows = _merged(rows, entry) if entry["act"] == "merge" else _split(rows, entry)
    changed = [row for row in rows if row["judged"] is not None]
    if changed:
        _count(ledger, changed)
    return rows


def tellings(ledger: Ledger, statements: Iterable[str]) -> dict[str, Row]:
    """The utterance that each of some statements is part of, as people left it; statements that stand alone are left out."""
    from parley.store.browse import resting

    wanted = set(statements)
    said = _touching(ledger.said_of_utterances(), wanted)
    beside = {s for entry in said for group in entry["groups"] for s in group}
    found = resting(ledger, "utterance", wanted | beside)
    if not said:
        return found
    rows = list({row["id"]: row for row in found.values()}.values())
    judged = as_judged(ledger, rows, said)
    return {s: row for row in judged for s in row["statements"] if s in wanted}


def _touching(said: Sequence[Row], statements: set[str]) -> list[Row]:
    """What was said of the utterances of some statements, and of those that they were put together with."""
    near, known = set(statements), -1
    while len(near) != known:
        known = len(near)
        near |= {s for e in said for g in e["groups"] if near & {x for y in e["groups"] for x in y} for s in g}
    return [e for e in said if any(near & set(g) for g in e["groups"])]


def _word(entry: Row) -> Row:
    said = {k: entry[k] for k in ("by", "at", "why")}
    return {"status": "corrected", "judged": {**said, "kept": False, "disputed": False, "differs": []}}


def _merged(rows: Sequence[Row], entry: Row) -> list[Row]:
    """One row of all that hold a statement of the group, where the first of them stood; statements that stood alone join it."""
    group = entry["groups"][0]
    mine = [row for row in rows if set(group) & set(row["statements"])]
    if len(group) < 2 or not mine:
        return [*rows, _alone(group, entry)] if len(group) > 1 else list(rows)
    statements = list(dict.fromkeys([*(s for row in mine for s in row["statements"]), *group]))
    one = {**mine[0], "statements": statements, "drift": [d for row in mine for d in row["drift"]], **_word(entry)}
    one |= {"first": None, "why": _why(entry, "put them together")}
    return [one if row is mine[0] else row for row in rows if row is mine[0] or row not in mine]


def _alone(group: Sequence[str], entry: Row) -> Row:
    """An utterance that only a person sees."""
    return {
        "row": "utterance",
        "id": row_id("re", "judged", *sorted(group)),
        "speaker": None,
        "statements": list(group),
        "outlets": 0,
        "independent": 0,
        "first": None,
        "drift": [],
        "said_on": None,
        "why": _why(entry, "put them together"),
        **_word(entry),
    }


def _split(rows: Sequence[Row], entry: Row) -> list[Row]:
    """The statements that are no part of it taken out of a row, and in one of their own where they are several."""
    left, taken = (set(group) for group in entry["groups"])
    out: list[Row] = []
    for row in rows:
        here = set(row["statements"])
        if not (here & left and here & taken):
            out.append(row)
            continue
        for part in (here - taken, here & taken):
            if len(part) > 1:
                out.append(_part(row, part, entry, own=part == here & taken))
    return out


def _part(row: Row, part: set[str], entry: Row, *, own: bool) -> Row:
    statements = [s for s in row["statements"] if s in part]
    first = row["first"] if row["first"] in part else None
    one = {**row, "statements": statements, "first": first, **_word(entry), "why": _why(entry, "took it apart")}
    one["drift"] = [d for d in row["drift"] if set(d["statements"]) <= part]
    return one | ({"id": row_id("re", "judged", *sorted(part))} if own else {})


def _why(entry: Row, did: str) -> str:
    return f"{entry['by']} {did}" + (f": {entry['why']}" if entry["why"] else "")


def _count(ledger: Ledger, rows: Iterable[Row]) -> None:
    """Count anew by how many outlets each is carried, and by how many independently, and name who printed it first."""
    from parley.compare.refresh import pile_of  # which knows every comparison, this one's registry too

    for row in rows:
        statements = ledger.by_ids(row["statements"])
        row["statements"] = list(statements)
        spans = [(s["article"], s["content"][0][0], s["content"][-1][1]) for s in statements.values()]
        with ledger.looking() as desk:
            outlets, independent = pile_of(desk, {article for article, _, _ in spans}).independent(spans)
        row |= {"outlets": outlets, "independent": independent}
        row["speaker"] = row["speaker"] or _speaker(statements.values())
        row["first"] = row["first"] or _first(ledger, statements.values())


def _speaker(statements: Iterable[Row]) -> str | None:
    names = [s["speaker"]["name"] for s in statements if s["speaker"]]
    return max(names, key=lambda n: (len(n), n), default=None)


def _first(ledger: Ledger, statements: Iterable[Row]) -> str | None:
    """The statement of the article that came out on an earlier day than all others; None where that cannot be told."""
    held = list(statements)
    articles = ledger.by_ids({s["article"] for s in held})
    days = sorted((articles[s["article"]]["published"] or "", s["id"]) for s in held)
    sure = all(len(day) == 10 for day, _ in days) and (len(days) < 2 or days[0][0] < days[1][0])
    return days[0][1] if days and sure else None
