"""Who is one and who is not, what was said once and what twice: actors and utterances to put together or take apart."""

from __future__ import annotations

from typing import Any

from parley.compare.speech.together import tellings
from parley.errors import LedgerError, UsageError
from parley.resolve.judgements import of_key
from parley.store import browse, reviewing
from parley.store.rows import Row
from parley.store.words import fold
from parley.web import words
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.fields import Field, changes_of, fields_of
from parley.web.given import Given
from parley.web.pages.lines import lines, lines_of
from parley.web.pages.review import beside, log_of, told

KNOWN = ("back", "said", "find")
OFFERED = 20


def actor(answers: Answers, id: str, asked: Asked) -> dict[str, Any]:
    """An actor to correct, merge or split; raises LedgerError where there is none."""
    row = _actor(answers, id)
    find = asked.get("find") or row["name"].split()[-1]
    links = [x for x in answers.ledger.links(right=row["id"]) if x["judgement"] == "positive"]
    others = answers.ledger.actors(name=find, limit=OFFERED + 1)
    return {
        "title": f"Who is {row['name']}?",
        "asked": asked,
        "row": row,
        "seen": reviewing.marks(answers.ledger, [row["id"]])[row["id"]],
        "fields": _fields(row),
        "names": _names(row, links),
        "find": find,
        "others": [o for o in others if o["id"] != row["id"]][:OFFERED],
        "log": log_of(answers, row["id"]),
        **beside(answers, asked),
    }


def _actor(answers: Answers, id: str) -> Row:
    row = answers.ledger.row(id)
    if row is None or row["row"] != "actor":
        raise LedgerError("there is no such actor in this ledger")
    return row


def _names(row: Row, links: list[Row]) -> list[str]:
    """The names that mean this actor, as printed where that is known."""
    printed = {fold(name): name for name in (row["name"], *row["aliases"])}
    return sorted({printed.get(_base(x["left"]), _base(x["left"])) for x in links})


def _base(left: str) -> str:
    """The name of a link without its side and its article."""
    return of_key(left)[0].partition(" [")[0]


def _fields(row: Row) -> list[Field]:
    return fields_of("actor", row, "")


def actor_changes(answers: Answers, id: str, form: Given) -> dict[str, Any]:
    """What somebody changed of an actor; UsageError where nothing was."""
    row = _actor(answers, id)
    changes = changes_of("actor", _fields(row), form, row | {"span": [0, 0]}, "")
    if not changes:
        raise UsageError("nothing was changed: change a field, or confirm the actor as it is")
    return changes


def utterance(answers: Answers, id: str, asked: Asked) -> dict[str, Any]:
    """The utterance that a statement belongs to, or an utterance by its id, with others to put it together with."""
    ledger = answers.ledger
    row = ledger.row(id) if id.startswith("st_") else None
    if row is None or row["row"] != "statement":
        raise LedgerError("there is no such statement in this ledger")
    one = tellings(ledger, [row["id"]]).get(row["id"])
    mine = one["statements"] if one else [row["id"]]
    find = asked.get("find")
    return {
        "title": "One utterance or several?",
        "asked": asked,
        "row": row,
        "one": one,
        "seen": reviewing.utterance_mark(ledger, row["id"]),
        "lines": lines_of(ledger, mine),
        "find": find or "",
        "others": lines(ledger, _beside(answers, row, set(mine), find)),
        "log": _log(answers, set(mine)),
        **beside(answers, asked),
    }


def _beside(answers: Answers, row: Row, mine: set[str], find: str | None) -> list[Row]:
    """Statements that may be the same: those that hold the words looked for, else the same speaker's of the same day."""
    who = row["speaker"]["name"] if row["speaker"] else None
    if find:
        found = list(browse.page(answers.ledger, "statement", limit=OFFERED * 2, text=find).rows)
    elif who:
        found = list(browse.page(answers.ledger, "statement", limit=200, speaker=who).rows)
        found.sort(key=lambda r: (r["said_on"] != row["said_on"], -_shared(row, r)))
    else:
        found = []
    return [r for r in found if r["id"] not in mine][:OFFERED]


def _shared(one: Row, other: Row) -> int:
    return len(set(words.content(one).lower().split()) & set(words.content(other).lower().split()))


def _log(answers: Answers, mine: set[str]) -> list[Row]:
    """What was said of the utterances of some statements and stands, the newest first."""
    said = [e for e in answers.ledger.said_of_utterances() if any(mine & set(g) for g in e["groups"])]
    return [told(e | {"stands": True, "state": "here", "told": ""}) for e in reversed(said)]
