"""W3C Web Annotations (JSON-LD): each row an annotation of the words that it stands on, each judgement an annotation of a row.

One document: an AnnotationCollection with one page, an annotation a line. Positions count code points, as the data model asks,
in the text as Parley read it; quotes with 64 characters before and after find the words again in any other copy of the article.
The context is the W3C's; `offline=True` writes it into the document, and `context()` gives it to a JSON-LD processor, so that
nothing need be fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any, BinaryIO

from parley.compare.registry import ask, questions
from parley.export.marks import Mark, marks, status
from parley.export.places import whole_file
from parley.export.sentences import sentence
from parley.store.frames import COLUMNS
from parley.store.judgements.log import selectors
from parley.store.rows import Row

if TYPE_CHECKING:
    from pathlib import Path

    from parley.store.ledger import Ledger
    from parley.store.whole import Whole

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OURS = {"parley": "urn:parley:field:"}
"""The prefix of a row's own fields: `parley:category` and the others that docs/exports.md lists."""
COLLECTION = "urn:parley:annotations"

MOTIVATION = {"article": "describing", "statement": "describing", "wording": "tagging", "date": "identifying"}
"""Why each kind of row annotates its words; all others classify them."""
JUDGING = {"confirmed": "assessing", "corrected": "editing", "rejected": "moderating", "machine": "commenting"}
"""Why a person annotates a row; `machine` are those whose judgement was taken back and left a dispute."""

_ROW_ID = re.compile(r"[a-z]{2}_[0-9a-f]{16,40}\Z")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+\Z")
_MARKED = {"span", "source", "cue", "content", "text", "source_text", "cue_text", "content_text"}
_APART = {"id", "article", "row", "judged", *_MARKED}
"""Fields that the annotation itself says: its target, its id, and what people said of it."""


def context() -> dict[str, Any]:
    """The W3C's context for annotations, as shipped: what `http://www.w3.org/ns/anno.jsonld` stands for."""
    text = resources.files("parley.export").joinpath("contexts/anno.jsonld").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def iri(id: str) -> str:
    """The name of a row, an article or an actor."""
    return f"urn:parley:{id}"


def web_address(article: Row) -> str | None:
    """An article's address where it is one of the web and can stand in linked data; nothing else that a page may say it is."""
    address: str | None = article["url"]
    return address if address and _IRI.match(address) else None


def annotated(ledger: Ledger, article: str | None = None) -> Iterator[dict[str, Any]]:
    """The annotations of a ledger, or of one article: articles with their rows and judgements, then what comparing found."""
    software = {run["id"]: _software(run) for run in ledger.runs()}
    for whole in ledger.whole(article):
        yield from _article(whole, software.get(whole.run, _software(None)))
    if article is None:
        for question in questions().values():
            if question.exported:
                yield from (_compared(row) for row in ask(ledger, question.name, {}))


def write(ledger: Ledger, out: BinaryIO, *, offline: bool = False, article: str | None = None) -> int:
    """Write the document; how many annotations there were."""
    used: Any = [context()["@context"], OURS] if offline else [CONTEXT, OURS]
    page = {"id": f"{COLLECTION}:1", "type": "AnnotationPage", "startIndex": 0}
    head = {"@context": used, "id": COLLECTION, "type": "AnnotationCollection", "label": "What Parley read"}
    out.write(_json(head)[:-1] + b', "first": ' + _json(page)[:-1] + b', "items": [')
    count = 0
    for annotation in annotated(ledger, article):
        out.write((b",\n" if count else b"\n") + _json(annotation))
        count += 1
    out.write(b"\n]},\n" + b'"parley:actor": [')
    actors = ledger.actors() if article is None else ()
    for n, actor in enumerate(actors):
        out.write((b",\n" if n else b"\n") + _json(_actor(actor)))
    out.write(b"\n],\n" + f'"total": {count}}}\n'.encode())
    return count


def save(ledger: Ledger, path: Path, *, offline: bool = False) -> int:
    """Write the document to a file; how many annotations there were."""
    with whole_file(path) as out:
        return write(ledger, out, offline=offline)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


# --- what stands in an article --------------------------------------------------------------------------------------


def _article(whole: Whole, software: Row) -> Iterator[dict[str, Any]]:
    source = _source(whole.article)
    yield _annotation(whole.article, source["source"], [_fields(whole.article)], software)
    yield from _judged(whole.article)
    for rows in whole.found.values():
        for row in rows:
            targets = [{**_target(whole.text, mark), **source} for mark in marks(row)]
            spoken = {"type": "TextualBody", "value": sentence(row), "format": "text/plain", "purpose": "describing"}
            yield _annotation(row, targets if len(targets) > 1 else targets[0], [spoken, _fields(row)], software)
            yield from _judged(row)


def _annotation(row: Row, target: Any, body: list[Any], software: Row) -> dict[str, Any]:
    made = {k: v for k, v in software.items() if k != "created"}
    stamped = {"created": software["created"]} if "created" in software else {}
    why = MOTIVATION.get(row["row"], "classifying")
    head = {"id": iri(row["id"]), "type": "Annotation", "motivation": why}
    return head | {"creator": made["id"], "generator": made} | stamped | {"body": body, "target": target}


def _source(article: Row) -> dict[str, Any]:
    """The article by its address where it has one; its text as read is then the copy that positions count in."""
    mine = iri(article["id"])
    address = web_address(article)
    return {"source": address, "state": {"type": "TimeState", "cached": mine}} if address else {"source": mine}


def _target(text: str, mark: Mark) -> dict[str, Any]:
    return {"type": "SpecificResource", "selector": selectors(text, mark.start, mark.end), "parley:part": mark.part}


def _software(run: Row | None) -> Row:
    made: Row = {"id": "urn:parley:software", "type": "Software", "name": "Parley"}
    return made if run is None else made | {"name": f"Parley {run['parley']}", "created": run["started"]}


def _judged(row: Row) -> Iterator[dict[str, Any]]:
    """What people said of a row: an annotation of the annotation, by whoever had the last word."""
    word = row["judged"]
    if word is None:
        return
    body: list[Any] = [
        {"type": "Dataset", "parley:status": status(row), **_plain(word, ("kept", "disputed", "differs"))}
    ]
    if word["why"]:
        body.insert(0, {"type": "TextualBody", "value": word["why"], "format": "text/plain", "purpose": "commenting"})
    yield {
        "id": f"{iri(row['id'])}:judged",
        "type": "Annotation",
        "motivation": JUDGING[status(row)],
        "creator": {"type": "Person", "name": word["by"]},
        "created": word["at"],
        "body": body,
        "target": iri(row["id"]),
    }


# --- what stands in no article --------------------------------------------------------------------------------------


def _compared(row: Row) -> dict[str, Any]:
    """What comparing found: a link between the rows and articles that it rests on."""
    about = [iri(i) for i in dict.fromkeys(_ids(row)) if i != row["id"]]
    return {
        "id": iri(row["id"]),
        "type": "Annotation",
        "motivation": "linking",
        "generator": _software(None),
        "body": [_fields(row)],
        "target": about or [COLLECTION],
    }


def _ids(value: Any) -> Iterator[str]:
    """Every id of a row or an article that stands somewhere in a row; actors are no targets."""
    if isinstance(value, str):
        if _ROW_ID.match(value) and not value.startswith("ac_"):
            yield value
    elif isinstance(value, list):
        for one in value:
            yield from _ids(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _ids(one)


def _actor(row: Row) -> dict[str, Any]:
    kind = {"person": "Person", "organisation": "Organization", "government": "Organization"}.get(
        row["kind"], "Dataset"
    )
    return {**_fields(row), "id": iri(row["id"]), "type": kind}


# --- fields ---------------------------------------------------------------------------------------------------------


def _fields(row: Row) -> dict[str, Any]:
    """A row's own fields as a data set; what is nested deeper than a name or a code is JSON as text, as in CSV."""
    columns = COLUMNS[row["row"]]
    body: dict[str, Any] = {"type": "Dataset", "parley:row": row["row"]}
    for name in columns:
        if name not in _APART and row[name] is not None:
            body[f"parley:{name}"] = _value(columns[name], row[name])
    return body


def _value(holds: str, value: Any) -> Any:
    if holds == "speaker":
        return _speaker(value)
    if holds == "plover":
        return _plain(value, ("type", "mode"))
    if holds in ("json", "basis", "dropped", "span"):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return [_named(v) for v in value]
    return _named(value)


def _speaker(who: Row) -> Any:
    said = _plain(who, ("name", "role", "side"))
    return {"id": iri(who["id"]), **said} if who["id"] else said


def _named(value: Any) -> Any:
    """An id as what it names; anything else as it is."""
    return {"id": iri(value)} if isinstance(value, str) and _ROW_ID.match(value) else value


def _plain(value: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return {f"parley:{n}": value[n] for n in names if value.get(n) not in (None, [])}
