"""FollowTheMoney entities (JSON Lines), for Aleph and the tools around it; needs the extra `ftm`.

Articles, actors and parties, what each said, counts or wants as a Note about it, what happened as an Event, names in print as a
Mention. The library itself checks each value against the schema and writes it in its own spelling. Rows that somebody rejected are
left out: an investigation has no place to heed that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from parley.data import row_id
from parley.export.marks import label, marks, status
from parley.export.places import needs, whole_file
from parley.export.sentences import quotes, sentence
from parley.store.rows import Row
from parley.store.words import fold

if TYPE_CHECKING:
    from pathlib import Path

    from parley.store.ledger import Ledger
    from parley.store.whole import Whole

KINDS = {"person": "Person", "organisation": "Organization", "government": "PublicBody"}
"""The schema of each kind of actor; of any other it is LegalEntity, which does not say what somebody is."""
TOLD = ("actual", "planned")
HELD = 100_000
"""Parties that are remembered as written; past that one may be written twice, which readers of this format merge."""


@cache
def _model() -> Any:
    try:
        from followthemoney import model
    except ImportError as error:
        raise needs("followthemoney", "ftm", "the FollowTheMoney export") from error
    return model


def entities(ledger: Ledger, article: str | None = None) -> Iterator[dict[str, Any]]:
    """The entities of a ledger, or of one article with the actors who speak in it."""
    writer = _Writer(ledger)
    for whole in ledger.whole(article):
        yield from writer.article(whole)
    if article is None:
        yield from writer.actors(ledger.actors())


def write(ledger: Ledger, out: BinaryIO, *, article: str | None = None) -> int:
    """Write an entity a line; how many there were."""
    _model()  # said before anything is written
    count = 0
    for entity in entities(ledger, article):
        out.write(json.dumps(entity, ensure_ascii=False).encode("utf-8") + b"\n")
        count += 1
    return count


def save(ledger: Ledger, path: Path) -> int:
    """Write an entity a line to a file; how many there were."""
    with whole_file(path) as out:
        return write(ledger, out)


def _id(id: str) -> str:
    """A row's id as entities' ids can be spelt.

    >>> _id("ac_2bc9c7")
    'ac-2bc9c7'
    """
    return id.replace("_", "-")


_ENTITIES = frozenset(("document", "resolved", "entity", "proof", "involved", "subject", "object"))
"""Properties that hold another entity's id."""


def _entity(schema: str, id: str, **values: Any) -> dict[str, Any]:
    """One entity; values are one or several, and what is no value of the property's type (an address without a host) is left out."""
    proxy = _model().make_entity(schema)
    proxy.id = _id(id)
    for name, value in values.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if one not in (None, ""):
                proxy.add(name, _id(one) if name in _ENTITIES else str(one))
    made: dict[str, Any] = proxy.to_dict()
    return made


class _Writer:
    """What is known while a ledger is written: which actor a party's name means, and which parties were written."""

    def __init__(self, ledger: Ledger) -> None:
        self._known = {fold(a["name"]): a["id"] for a in ledger.actors() if a["kind"] in ("organisation", "government")}
        self._written: set[str] = set()

    def article(self, whole: Whole) -> Iterator[dict[str, Any]]:
        yield _article(whole)
        if whole.article["copy_of"]:
            id = row_id("cp", whole.article["id"], whole.article["copy_of"])
            ends = {"subject": whole.article["id"], "object": whole.article["copy_of"]}
            yield _entity("UnknownLink", id, **ends, role="copy of", proof=whole.article["id"])
        yield from _mentions(whole)
        for rows in whole.found.values():
            for row in rows:
                if row["row"] != "date" and status(row) != "rejected":
                    yield from self._row(whole.article, row)

    def actors(self, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
        for row in rows:
            person = {"position": row["role"]} if row["kind"] == "person" else {"notes": row["role"]}
            aliases = [a for a in row["aliases"] if a != row["name"]]
            yield _entity(KINDS.get(row["kind"], "LegalEntity"), row["id"], name=row["name"], alias=aliases, **person)
            if row["side"] and fold(row["side"]) != fold(row["name"]):
                side, made = self._party(row["side"])
                yield from made
                link = {"subject": row["id"], "object": side, "role": "side"}
                yield _entity("UnknownLink", row_id("sd", row["id"], side), **link)

    def _row(self, article: Row, row: Row) -> Iterator[dict[str, Any]]:
        parties: list[str] = []
        for name in _parties(row):
            party, made = self._party(name)
            parties.append(party)
            yield from made
        if row["row"] == "event" and row["status"] in TOLD:
            about = {"name": row["type"].replace("_", " "), "date": row["date"], "location": row["place"]}
            yield _entity("Event", row["id"], **about, involved=parties, **_said(article, row))
            return
        speaker = (row.get("speaker") or {}).get("id")
        day = row.get("said_on") or row.get("date") or article["published"]
        about = {"entity": [*parties, *([speaker] if speaker else [])], "createdAt": day}
        yield _entity("Note", row["id"], **about, **_said(article, row))

    def _party(self, name: str) -> tuple[str, list[dict[str, Any]]]:
        """A party's id, and its entity where it is no actor of the ledger and was not written yet."""
        key = fold(name)
        if key in self._known:
            return self._known[key], []
        id = row_id("pa", key)
        if id in self._written:
            return id, []
        if len(self._written) >= HELD:
            self._written.clear()
        self._written.add(id)
        return id, [_entity("LegalEntity", id, name=name)]


def _article(whole: Whole) -> dict[str, Any]:
    row = whole.article
    body = whole.text[slice(*row["body"])] if row["body"] else whole.text
    held = {"title": row["title"], "author": row["authors"], "publisher": row["outlet"], "sourceUrl": row["url"]}
    held |= {"publishedAt": row["published"], "date": row["published"], "language": row["language"]}
    file = {"fileName": row["source_id"], "notes": f"sha256 of the source as read: {row['sha256']}"}
    return _entity("Article", row["id"], **held, **file, bodyText=body)


def _mentions(whole: Whole) -> Iterator[dict[str, Any]]:
    """Each name in print of a speaker who is somebody across articles, once an article."""
    seen: set[tuple[str, str]] = set()
    for row in whole.found.get("statement", ()):
        who, printed = row["speaker"], row["source_text"]
        if status(row) == "rejected" or not (who and who["id"] and printed) or (who["id"], printed) in seen:
            continue
        seen.add((who["id"], printed))
        id = row_id("me", whole.article["id"], who["id"], printed)
        yield _entity("Mention", id, document=whole.article["id"], resolved=who["id"], name=printed)


def _parties(row: Row) -> list[str]:
    """The parties whose act or position a row is."""
    if row["row"] == "position":
        return [row["party"]]
    return list(row["actors"]) if row["row"] == "event" else []


def _said(article: Row, row: Row) -> dict[str, Any]:
    """The words, what they come to, where they stand and whose word the row is."""
    names = [row.get(k) for k in ("claimant", "said_by", "referent", "via")]
    where = "; ".join(f"{m.part} [{m.start}, {m.end})" for m in marks(row))
    told = [f"characters of the text as read: {where}", f"confidence {row['confidence']}"]
    if word := row["judged"]:
        told.append(f"{status(row)} by {word['by']}, {word['at'][:10]}{': ' + word['why'] if word['why'] else ''}")
    return {
        "description": quotes(row),
        "summary": sentence(row),
        "keywords": [row["row"], *label(row).split(":"), f"judged:{status(row)}"],
        "namesMentioned": [n for n in names if n],
        "proof": article["id"],
        "publisher": article["outlet"],
        "sourceUrl": article["url"],
        "notes": told,
    }
