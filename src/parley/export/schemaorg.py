"""schema.org (JSON-LD): articles, what is quoted in them, what is claimed in them, and by whom.

One document with a `@graph`, a node a line. Words in quotation marks are a Quotation; what an article says that somebody said,
counts or wants is a Claim; what it reports as having happened or planned is an Event. Nothing here says that a claim is true,
and a ClaimReview stands only where a person judged the row: it reviews the attribution, and says so. Rows that somebody
rejected are left out: readers of this format have no way to heed that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from parley._version import __version__
from parley.export.marks import status
from parley.export.places import whole_file
from parley.export.sentences import quotes
from parley.export.webanno import iri, web_address
from parley.store.rows import Row

if TYPE_CHECKING:
    from pathlib import Path

    from parley.store.ledger import Ledger
    from parley.store.whole import Whole

CONTEXT = "https://schema.org"
OFFLINE = {"@vocab": "https://schema.org/"}
"""What stands for the context where nothing may be fetched: every name we use is one of schema.org's own."""

ASPECT = "attribution: whether the article says so and who says it, not whether it is true"
KINDS = {
    "person": "Person",
    "organisation": "Organization",
    "government": "GovernmentOrganization",
    "group": "Organization",
    "place": "Place",
}
TOLD = ("actual", "planned")
"""What an article itself reports; events that are claimed, denied or supposed are claims."""

Node = dict[str, Any]


def nodes(ledger: Ledger, article: str | None = None) -> Iterator[Node]:
    """The graph: the export itself, articles with their rows, then actors."""
    yield _about_this()
    for whole in ledger.whole(article):
        yield _article(whole.article)
        for rows in whole.found.values():
            for row in rows:
                if row["row"] in _NODES and status(row) != "rejected":
                    yield from _found(whole, row)
    if article is None:
        yield from map(_actor, ledger.actors())


def write(ledger: Ledger, out: BinaryIO, *, offline: bool = False, article: str | None = None) -> int:
    """Write the document; how many nodes there were."""
    out.write(_json({"@context": OFFLINE if offline else CONTEXT})[:-1] + b', "@graph": [')
    count = 0
    for node in nodes(ledger, article):
        out.write((b",\n" if count else b"\n") + _json(node))
        count += 1
    out.write(b"\n]}\n")
    return count


def save(ledger: Ledger, path: Path, *, offline: bool = False) -> int:
    """Write the document to a file; how many nodes there were."""
    with whole_file(path) as out:
        return write(ledger, out, offline=offline)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _set(**fields: Any) -> Node:
    """The fields that hold something; a name's trailing underscore stands for the @ before it."""
    kept = {k: v for k, v in fields.items() if v not in (None, "", [], {})}
    return {(f"@{k[:-1]}" if k.endswith("_") else k): v for k, v in kept.items()}


def _about_this() -> Node:
    return _set(
        type_="Dataset",
        id_="urn:parley:ledger",
        name="What a Parley ledger holds",
        description="Read out of news articles by machine, and judged by people where a node says so. "
        "Each claim and quotation is what an article reports; none is asserted here.",
        creator={"@type": "SoftwareApplication", "name": "Parley", "softwareVersion": __version__},
    )


def _article(row: Row) -> Node:
    address = web_address(row)
    return _set(
        type_="NewsArticle",
        id_=address or iri(row["id"]),
        identifier=iri(row["id"]),
        url=address,
        headline=row["title"],
        author=[{"@type": "Person", "name": name} for name in row["authors"]],
        publisher=_organisation(row["outlet"]),
        inLanguage=row["language"],
        datePublished=row["published"],
        locationCreated=_place(row["dateline_place"]),
        isBasedOn={"@id": iri(row["copy_of"])} if row["copy_of"] else None,
        encoding={"@type": "MediaObject", "name": row["source_id"], "sha256": row["sha256"]},
    )


def _found(whole: Whole, row: Row) -> Iterator[Node]:
    article = {"@id": web_address(whole.article) or iri(whole.article["id"])}
    node = _NODES[row["row"]](row, article)
    yield node
    if row["judged"] is not None:
        yield _review(row, node)


# --- rows -----------------------------------------------------------------------------------------------------------


def _statement(row: Row, article: Node) -> Node:
    who = _speaker(row["speaker"])
    said = {
        "dateCreated": row["said_on"],
        "locationCreated": _place(row["venue"]),
        "audience": {"@type": "Audience", "name": row["addressee"]} if row["addressee"] else None,
        "sourceOrganization": _organisation(row["via"]),
    }
    if row["kind"] == "indirect":
        return _claim(row, article, author=who, **said)
    head = {"type_": "Quotation", "id_": iri(row["id"]), "text": quotes(row), "creativeWorkStatus": status(row)}
    return _set(**head, spokenByCharacter=who, isPartOf=article, **said)


def _figure(row: Row, article: Node) -> Node:
    number = row["value"] if isinstance(row["value"], int | float) else None
    count = _set(
        type_="QuantitativeValue",
        name=row["category"],
        value=row["value"],
        minValue=row["low"] if number is None else None,
        maxValue=row["high"] if number is None else None,
        description=row["qualifier"],
    )
    about = [count, *([_place(row["place"])] if row["place"] else [])]
    period = "/".join(filter(None, (row["since"], row["until"]))) or row["date"]
    return _claim(row, article, author=_organisation(row["claimant"]), about=about, temporalCoverage=period)


def _position(row: Row, article: Node) -> Node:
    about = {"@type": "Thing", "name": row["issue"]}
    return _claim(row, article, author=_organisation(row["party"]), about=about, keywords=row["stance"])


def _event(row: Row, article: Node) -> Node:
    if row["status"] not in TOLD:
        return _claim(row, article, about={"@type": "Event", "name": row["type"]}, keywords=row["status"])
    scheduled = "https://schema.org/EventScheduled" if row["status"] == "planned" else None
    return _set(
        type_="Event",
        id_=iri(row["id"]),
        name=row["type"].replace("_", " "),
        description=row["text"],
        startDate=row["date"],
        location=_place(row["place"]),
        contributor=[_organisation(name) for name in row["actors"]],
        eventStatus={"@id": scheduled} if scheduled else None,
        subjectOf=article,
    )


def _claim(row: Row, article: Node, **more: Any) -> Node:
    head = {"type_": "Claim", "id_": iri(row["id"]), "text": quotes(row), "creativeWorkStatus": status(row)}
    based = row.get("statement") or row.get("nested_in")
    return _set(**head, **more, appearance=article, isBasedOn={"@id": iri(based)} if based else None)


_NODES = {"statement": _statement, "figure": _figure, "position": _position, "event": _event}


def _review(row: Row, node: Node) -> Node:
    """A person's word on a row; of a claim, a ClaimReview that says that it is about the attribution."""
    word = row["judged"]
    about_claim = node["@type"] == "Claim"
    return _set(
        type_="ClaimReview" if about_claim else "Review",
        id_=f"{node['@id']}:judged",
        author={"@type": "Person", "name": word["by"]},
        datePublished=word["at"][:10],
        claimReviewed=node["text"] if about_claim else None,
        itemReviewed={"@id": node["@id"]},
        reviewAspect=ASPECT,
        reviewBody=word["why"],
        reviewRating={"@type": "Rating", "alternateName": f"Attribution {status(row)}", "reviewAspect": ASPECT},
    )


# --- who and where --------------------------------------------------------------------------------------------------


def _speaker(who: Row | None) -> Node | None:
    if who is None:
        return None
    return {"@id": iri(who["id"])} if who["id"] else {"@type": "Thing", "name": who["name"]}


def _organisation(name: str | None) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _place(name: str | None) -> Node | None:
    return {"@type": "Place", "name": name} if name else None


def _actor(row: Row) -> Node:
    kind = KINDS.get(row["kind"], "Thing")
    person = kind == "Person"
    return _set(
        type_=kind,
        id_=iri(row["id"]),
        name=row["name"],
        alternateName=[a for a in row["aliases"] if a != row["name"]],
        jobTitle=row["role"] if person else None,
        affiliation=_organisation(row["side"]) if person and row["side"] != row["name"] else None,
    )
