"""A Reading as rows of tables, and rows of tables as the objects that exports, the terminal and Python show.

The shapes are those of `parley export --format jsonl`: the keys and their order are promised to whoever reads them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
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
    Reading,
    Span,
    Speaker,
    Statement,
    Timex,
    Wording,
)
from parley.store.search import chunks, fold

Row = dict[str, Any]
"""One row as it is shown: `row` names its type."""

_DIGITS = re.compile(r"[0-9]+")
BETWEEN = " … "
"""What stands between the parts of a statement's content where they are shown as one text."""


def place(page: Article) -> str:
    """The text that puts articles in order: by file name, then record, numbers counted as numbers."""
    name = PurePosixPath(page.file.replace("\\", "/")).name
    natural = [_DIGITS.sub(lambda m: m[0].zfill(12), part) for part in (name, page.source_id)]
    return "\t".join([*natural, page.id])


def name_key(name: str, side: str | None = None) -> str:
    """A name as printed, with the side it speaks for: what links to actors start from.

    >>> name_key("Osama  Hamdan", "Hamas")
    'osama hamdan [hamas]'
    """
    return f"{fold(name)} [{fold(side)}]" if side else fold(name)


def _span(span: Span | None) -> list[Any] | None:
    return None if span is None else [span.start, span.end, span.text]


def _basis(basis: Basis | None) -> Row | None:
    return None if basis is None else {"rule": basis.rule, "detail": basis.detail, "span": _span(basis.span)}


def _at(article: str, n: int, span: Span) -> Row:
    return {"article": article, "n": n, "start": span.start, "stop": span.end, "text": span.text}


# --- what is stored -------------------------------------------------------------------------------------------------


def article_row(article: Article, page: RawPage, fingerprint: str, run: str) -> Row:
    said = ("title", "outlet", "url", "authors", "published", "published_rule", "language", "main")
    return {
        "id": article.id,
        "place": place(article),
        "file": article.file,
        "source_id": article.source_id,
        "sha256": article.sha256,
        "page": {k: getattr(page, k) for k in said if getattr(page, k) not in (None, ())},
        "title": _span(article.title),
        "title_text": article.title_text,
        "outlet": article.outlet,
        "url": article.url,
        "authors": list(article.authors),
        "language": article.language,
        "dateline_place": article.dateline_place,
        "dateline": _span(article.dateline),
        "published": article.published,
        "published_latest": article.published_latest,
        "published_basis": [_basis(b) for b in article.published_basis],
        "body_start": None if article.body is None else article.body.start,
        "body_stop": None if article.body is None else article.body.end,
        "copy_of": article.copy_of,
        "text": article.text,
        "fingerprint": fingerprint,
        "run": run,
    }


def _statement(s: Statement) -> Row:
    who = s.speaker
    return {
        "start": min(c.start for c in s.content),
        "stop": max(c.end for c in s.content),
        "text": BETWEEN.join(c.text for c in s.content),
        "kind": s.kind,
        "source": _span(s.source),
        "cue": _span(s.cue),
        "content": [_span(c) for c in s.content],
        "speaker": who.name if who else None,
        "speaker_key": name_key(who.name, who.side) if who else None,
        "speaker_id": who.id if who else None,
        "speaker_role": who.role if who else None,
        "speaker_side": who.side if who else None,
        "speaker_basis": _basis(who.basis) if who else None,
    }


def _figure(f: Figure) -> Row:
    return {"number": float(f.value) if isinstance(f.value, int | float) else None}


def _event(e: Event) -> Row:
    code = e.plover
    return {
        "actors": list(e.actors),
        "plover_type": code.type if code else None,
        "plover_mode": code.mode if code else None,
    }


_PLAIN: dict[str, tuple[str, ...]] = {
    "statement": ("addressee", "venue", "said_on", "via", "nested_in", "nested", "confidence", "method", "status"),
    "figure": (
        *("value", "low", "high", "qualifier", "category", "population", "place", "claimant", "via", "date", "since"),
        *("until", "scope", "change", "part_of", "statement", "confidence", "method", "status"),
    ),
    "position": (
        *("party", "issue", "stance", "said_by", "condition", "since", "statement"),
        *("confidence", "method", "status"),
    ),
    "event": ("type", "status", "date", "place", "statement", "confidence", "method", "row_status"),
    "wording": ("voice", "term", "referent", "statement", "confidence", "method", "status"),
    "date": ("type", "value"),
}
"""The fields that are stored as they are."""

_MADE: dict[str, Callable[[Any], Row]] = {"statement": _statement, "figure": _figure, "event": _event}
_HELD = {
    "statement": "statements",
    "figure": "figures",
    "position": "positions",
    "event": "events",
    "wording": "wording",
    "date": "dates",
}


def finding_rows(reading: Reading) -> dict[str, list[Row]]:
    """The rows of each table that a reading gives; of two with one id, which mean the same, the first."""
    out: dict[str, list[Row]] = {}
    for table, attribute in _HELD.items():
        rows: dict[str, Row] = {}
        for n, finding in enumerate(getattr(reading, attribute)):
            span = finding.content[0] if table == "statement" else finding.span
            row = _at(reading.article.id, n, span) | {k: getattr(finding, k) for k in _PLAIN[table]}
            rows.setdefault(finding.id, {"id": finding.id} | row | _MADE.get(table, lambda _: {})(finding))
        out[table] = list(rows.values())
    return out


def dropped_rows(article: Article) -> list[Row]:
    return [_at(article.id, n, d.span) | {"reason": d.reason, "step": d.step} for n, d in enumerate(article.dropped)]


def passage_rows(article: Article, findings: Mapping[str, list[Row]]) -> list[Row]:
    """What search finds the article and its rows by."""
    title = article.title_text or (article.title.text if article.title is not None else "")
    body = " ".join(s.text for s in article.kept()) or ("" if title else article.text)
    pieces = [("article", article.id, text) for text in chunks(fold(f"{title} {body}"))]
    pieces += [
        (table, row["id"], text)
        for table in ("statement", "figure", "position", "event", "wording")
        for row in findings[table]
        for text in chunks(fold(row["text"]))
    ]
    return [{"article": article.id, "kind": kind, "row": row, "text": text} for kind, row, text in pieces]


def name_rows(reading: Reading) -> list[Row]:
    """Everybody whom the article's rows name, once each, with what the article says of them."""
    told = {m.name: m for m in reversed(reading.mentions)}
    people = [(s.speaker.name, s.speaker.side, s.speaker.role) for s in reading.statements if s.speaker]
    parties = [p.party for p in reading.positions]
    others = [p.said_by for p in reading.positions] + [f.claimant for f in reading.figures]
    others += [a for e in reading.events for a in e.actors]
    sides = {name: side for name, side, _ in people}
    rows: dict[str, Row] = {}
    for name, side, role in [*people, *((n, sides.get(n), None) for n in [*parties, *others] if n)]:
        if not (folded := fold(name)):
            continue
        mention = told.get(name)
        party = side or (mention.side if mention else None)
        party = None if party and fold(party) == folded else party
        key = name_key(name, side)
        row = rows.setdefault(key, {"article": reading.article.id, "key": key, "name": name, "side": party, "uses": 0})
        row["uses"] += 1
        kind = "organisation" if name in parties and not mention else "unknown"
        row.setdefault("kind", mention.kind if mention else kind)
        row["role"] = row.get("role") or role or (mention.role if mention else None)
    return list(rows.values())


# --- what is shown --------------------------------------------------------------------------------------------------


def _pair(span: list[Any] | None) -> list[int] | None:
    return None if span is None else span[:2]


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def shown_article(r: Mapping[Any, Any], dropped: list[Row]) -> Row:
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
        "copy_of": r["copy_of"],
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
    return {**_head("figure", r), **{k: bounds.get(k, r[k]) for k in _PLAIN["figure"]}, "text": r["text"]}


def shown_plain(kind: str, r: Mapping[Any, Any]) -> Row:
    return {**_head(kind, r), **{k: r[k] for k in _PLAIN[kind]}, "text": r["text"]}


# --- what is loaded -------------------------------------------------------------------------------------------------


def _as_span(value: list[Any] | None) -> Span | None:
    return None if value is None else Span(*value)


def _as_basis(value: Row | None) -> Basis | None:
    return None if value is None else Basis(value["rule"], value["detail"], _as_span(value["span"]))


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
    basis = _as_basis(r["speaker_basis"])
    return Speaker(r["speaker"], r["speaker_id"], r["speaker_role"], r["speaker_side"], basis)


def finding_of(kind: str, r: Mapping[Any, Any]) -> Any:
    """The finding of its row."""
    plain = {k: r[k] for k in _PLAIN[kind]}
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


def content_hash(*parts: object) -> str:
    """A short hash of values, for noticing that nothing has changed."""
    return hashlib.blake2b(repr(parts).encode("utf-8"), digest_size=16).hexdigest()
