"""Rows of tables as the objects that exports, the terminal and Python show, and as what was read; `sheets.py` makes them.

The shapes are those of `parley export --format jsonl`: the keys and their order are promised to whoever reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parley.data import (
    Article,
    Basis,
    Dropped,
    Event,
    Figure,
    Plover,
    Position,
    RawPage,
    Span,
    Speaker,
    Statement,
    Timex,
    Wording,
)
from parley.store.words import fold

Row = dict[str, Any]
"""One row as it is shown: `row` names its type."""

BETWEEN = " … "
"""What stands between the parts of a statement's content where they are shown as one text."""


def name_key(name: str, side: str | None = None) -> str:
    """A name as printed, with the side it speaks for: what links to actors start from.

    >>> name_key("Osama  Hamdan", "Hamas")
    'osama hamdan [hamas]'
    """
    return f"{fold(name)} [{fold(side)}]" if side else fold(name)


PLAIN: dict[str, tuple[str, ...]] = {
    "statement": ("addressee", "venue", "said_on", "via", "nested_in", "nested", "confidence", "method", "status"),
    "figure": (
        *("value", "low", "high", "qualifier", "category", "population", "place", "claimant", "via", "date", "since"),
        *("until", "scope", "change", "part_of", "statement", "confidence", "method", "status"),
    ),
    "position": (
        *("party", "issue", "stance", "said_by", "condition", "waits_for", "since", "statement"),
        *("confidence", "method", "status"),
    ),
    "event": ("type", "status", "date", "place", "statement", "confidence", "method", "row_status"),
    "wording": ("voice", "term", "referent", "statement", "confidence", "method", "status"),
    "date": ("type", "value"),
}
"""The fields that are stored as they are."""


# --- what is shown --------------------------------------------------------------------------------------------------


def _pair(span: list[Any] | None) -> list[int] | None:
    return None if span is None else span[:2]


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def shown_article(r: Mapping[Any, Any], dropped: list[Row], origin: str | None = None) -> Row:
    whole = article_of(r, [])
    return {
        "row": "article",
        **{k: r[k] for k in ("id", "file", "source_id", "sha256")},
        "title": r["title_text"] if r["title_text"] is not None else (r["title"] or [None] * 3)[2],
        **{k: r[k] for k in ("outlet", "url", "authors", "language", "dateline_place")},
        "published": whole.published_shown,
        "published_precision": whole.published_precision,
        "published_basis": [
            {"rule": b["rule"], "span": _pair(b["span"]), "detail": b["detail"]} for b in r["published_basis"]
        ],
        "body": None if r["body_start"] is None else [r["body_start"], r["body_stop"]],
        "dropped": [{"span": [d["start"], d["stop"]], "reason": d["reason"]} for d in dropped],
        "copy_of": origin or r["copy_of"],
        "published_earliest": r["published"],
        "published_latest": r["published_latest"] or r["published"],
        "title_span": _pair(r["title"]),
    }


def shown_statement(r: Mapping[Any, Any], actor: str | None) -> Row:
    who = {"id": actor or r["speaker_id"], "name": r["speaker"], "role": r["speaker_role"], "side": r["speaker_side"]}
    return {
        "row": "statement",
        **{k: r[k] for k in ("id", "article")},
        "source": _pair(r["source"]),
        "cue": _pair(r["cue"]),
        "content": [_pair(c) for c in r["content"]],
        "kind": r["kind"],
        "speaker": who if r["speaker"] is not None else None,
        **{k: r[k] for k in ("addressee", "venue", "said_on", "via", "nested_in", "nested")},
        **{k: r[k] for k in ("confidence", "method", "status")},
        "source_text": r["source"][2] if r["source"] else None,
        "cue_text": r["cue"][2] if r["cue"] else None,
        "content_text": [c[2] for c in r["content"]],
    }


def shown_event(r: Mapping[Any, Any]) -> Row:
    date = r["date"]
    return {
        **_head("event", r),
        "type": r["type"],
        "plover": {"type": r["plover_type"], "mode": r["plover_mode"]} if r["plover_type"] else None,
        **{k: r[k] for k in ("status", "actors", "date")},
        "date_precision": None if date is None else {4: "year", 7: "month", 10: "day"}.get(len(date)),
        **{k: r[k] for k in ("place", "statement", "confidence", "method", "row_status", "text")},
    }


def _head(kind: str, r: Mapping[Any, Any]) -> Row:
    return {"row": kind, "id": r["id"], "article": r["article"], "span": [r["start"], r["stop"]]}


def shown_figure(r: Mapping[Any, Any]) -> Row:
    bounds = {"low": _number(r["low"]), "high": _number(r["high"])}
    return {**_head("figure", r), **{k: bounds.get(k, r[k]) for k in PLAIN["figure"]}, "text": r["text"]}


def shown_plain(kind: str, r: Mapping[Any, Any]) -> Row:
    return {**_head(kind, r), **{k: r[k] for k in PLAIN[kind]}, "text": r["text"]}


# --- what is loaded -------------------------------------------------------------------------------------------------


def _as_span(value: list[Any] | None) -> Span | None:
    return None if value is None else Span(*value)


def _as_basis(value: Row | None) -> Basis | None:
    return (
        None
        if value is None or value["rule"] is None
        else Basis(value["rule"], value["detail"], _as_span(value["span"]))
    )


def _own_span(r: Mapping[Any, Any]) -> Span:
    return Span(r["start"], r["stop"], r["text"])


def article_of(r: Mapping[Any, Any], dropped: list[Row]) -> Article:
    """The article of its row."""
    body = None if r["body_start"] is None else Span.of(r["text"], r["body_start"], r["body_stop"])
    same = ("id", "file", "source_id", "sha256", "text", "title_text", "outlet", "url", "language", "dateline_place")
    return Article(
        **{k: r[k] for k in same},
        title=_as_span(r["title"]),
        authors=tuple(r["authors"]),
        dateline=_as_span(r["dateline"]),
        published=r["published"],
        published_latest=r["published_latest"],
        published_basis=tuple(b for b in map(_as_basis, r["published_basis"]) if b),
        body=body,
        dropped=tuple(Dropped(_own_span(d), d["reason"], d["step"]) for d in dropped),
        copy_of=r["copy_of"],
    )


def page_of(r: Mapping[Any, Any], source: Mapping[Any, Any], data: bytes) -> RawPage:
    """The page as it was read."""
    said = dict(r["page"])
    said["authors"] = tuple(said.get("authors", ()))
    said["main"] = tuple((a, b) for a, b in said.get("main", ()))
    same = {k: r[k] for k in ("file", "source_id", "sha256", "text")}
    return RawPage(data=data, media=source["media"], encoding=source["encoding"], **same, **said)


def _speaker_of(r: Mapping[Any, Any]) -> Speaker | None:
    if r["speaker"] is None:
        return None
    told: Row = r["speaker_basis"] or {}
    bases = _as_basis(told or None), _as_basis(told.get("side"))
    return Speaker(r["speaker"], r["speaker_id"], r["speaker_role"], r["speaker_side"], *bases)


def finding_of(kind: str, r: Mapping[Any, Any]) -> Any:
    """The finding of its row."""
    plain = {k: r[k] for k in PLAIN[kind]}
    if kind == "statement":
        content = tuple(Span(*c) for c in r["content"])
        spans: dict[str, Any] = {"source": _as_span(r["source"]), "cue": _as_span(r["cue"])}
        return Statement(r["article"], content, r["kind"], speaker=_speaker_of(r), **spans, **plain)
    at = {"article": r["article"], "span": _own_span(r)}
    if kind == "event":
        code = Plover(r["plover_type"], r["plover_mode"]) if r["plover_type"] else None
        return Event(**at, **plain, actors=tuple(r["actors"]), plover=code)
    made = {"figure": Figure, "position": Position, "wording": Wording, "date": Timex}[kind]
    return made(**at, **plain)
