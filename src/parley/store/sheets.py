"""A reading as a sheet: the rows that a database takes of one article, their values in the order of its columns.

Made where the article was read, in a worker process as a rule, so that the one process that writes has nothing left to do
but to hand the sheets on. Nothing here needs a database.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from parley.data import Article, Basis, Event, Figure, RawPage, Reading, Span, Speaker, Statement
from parley.store.rows import BETWEEN, PLAIN, name_key
from parley.store.words import chunks, fold, storable

Values: TypeAlias = tuple[Any, ...]

_AT = ("id", "article", "n", "start", "stop", "text")
_SPEAKER = ("speaker", "speaker_key", "speaker_id", "speaker_role", "speaker_side", "speaker_basis")
COLUMNS: dict[str, tuple[str, ...]] = {
    "source": ("sha256", "file", "media", "encoding", "size", "bytes", "first_seen"),
    "article": (
        *("id", "place", "file", "source_id", "sha256", "page", "title", "title_text", "outlet", "url", "authors"),
        *("language", "dateline_place", "dateline", "published", "published_latest", "published_basis"),
        *("body_start", "body_stop", "copy_of", "text", "fingerprint", "run"),
    ),
    "dropped": ("article", "n", "start", "stop", "text", "reason", "step"),
    "name": ("article", "key", "name", "kind", "side", "role", "uses"),
    "statement": (*_AT, "kind", "source", "cue", "content", *_SPEAKER, *PLAIN["statement"]),
    "figure": (*_AT, "value", "number", *PLAIN["figure"][1:]),
    "position": (*_AT, *PLAIN["position"]),
    "event": (*_AT, "actors", "plover_type", "plover_mode", *PLAIN["event"]),
    "wording": (*_AT, *PLAIN["wording"]),
    "date": (*_AT, *PLAIN["date"]),
    "passage": ("article", "row", "kind", "text"),
}
"""The tables that an article has rows in, in the order in which they are written, and the columns that are given."""

KINDS = ("statements", "figures", "positions", "events", "wording", "dates")
_SEARCHED = ("statement", "figure", "position", "event", "wording")
_DIGITS = re.compile(r"[0-9]+")
_PACKED = 6
"""How hard sources are compressed, of 9: of news, more takes twice the time for a hundredth of the room."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written of one article: `rows` by table, their values in the order of COLUMNS; `found` counts findings by kind."""

    article: str
    fingerprint: str
    sha256: str
    file: str
    source_id: str
    rows: Mapping[str, Sequence[Values]]
    found: Mapping[str, int]


def sheet_of(reading: Reading, *, fingerprint: str, run: str) -> Sheet:
    """The sheet of a reading; of two findings with one id, which mean the same, it has the first."""
    article = reading.article
    rows: dict[str, Sequence[Values]] = {
        "source": [_source(reading.page)],
        "article": [_article(article, reading.page, fingerprint, run)],
        "dropped": [
            (article.id, n, d.span.start, d.span.end, storable(d.span.text), d.reason, storable(d.step))
            for n, d in enumerate(article.dropped)
        ],
        "name": _names(reading),
        "statement": _once(_statement(n, s) for n, s in enumerate(reading.statements)),
        "figure": _once(_figure(n, f) for n, f in enumerate(reading.figures)),
        "position": _once(_plain("position", n, p) for n, p in enumerate(reading.positions)),
        "event": _once(_event(n, e) for n, e in enumerate(reading.events)),
        "wording": _once(_plain("wording", n, w) for n, w in enumerate(reading.wording)),
        "date": _once(_plain("date", n, d) for n, d in enumerate(reading.dates)),
    }
    rows["passage"] = _passages(article, rows)
    return Sheet(
        article=article.id,
        fingerprint=fingerprint,
        sha256=article.sha256,
        file=storable(article.file),
        source_id=storable(article.source_id),
        rows=rows,
        found={kind: len(getattr(reading, kind)) for kind in KINDS},
    )


# --- values ---------------------------------------------------------------------------------------------------------


def _text(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _value(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def _quoted(text: str) -> str:
    return encode_basestring(storable(text))


# Spans and evidence are most of the JSON that is stored; written out they take a fifth of the time.
def _span(span: Span | None) -> str | None:
    return None if span is None else f"[{span.start},{span.end},{_quoted(span.text)}]"


def _basis(basis: Basis | None) -> str | None:
    if basis is None:
        return None
    rule, detail = _quoted(basis.rule), _quoted(basis.detail)
    return f'{{"rule":{rule},"detail":{detail},"span":{_span(basis.span) or "null"}}}'


def _because(who: Speaker) -> str | None:
    """Why a name is whose it is, and under "side" why he is on that side."""
    side = _basis(who.side_basis)
    if side is None:
        return _basis(who.basis)
    whole = _basis(who.basis) or '{"rule":null,"detail":null,"span":null}'
    return f'{whole[:-1]},"side":{side}}}'


def _list(items: Iterable[str | None]) -> str:
    return f"[{','.join([i for i in items if i is not None])}]"


def _json(value: Any) -> str | None:
    return None if value is None else _encode(_cleaned(value))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list | tuple):
        return [_cleaned(v) for v in value]
    if isinstance(value, dict):
        return {storable(k): _cleaned(v) for k, v in value.items()}
    return value


# --- an article -----------------------------------------------------------------------------------------------------


def now() -> str:
    """The time, to the second, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def place(article: Article) -> str:
    """The text that puts articles in order: by file name, then record, numbers counted as numbers."""
    name = PurePosixPath(article.file.replace("\\", "/")).name
    natural = [_DIGITS.sub(lambda m: m[0].zfill(12), part) for part in (name, article.source_id)]
    return "\t".join([*natural, article.id])


def _source(page: RawPage) -> Values:
    packed = zlib.compress(page.data, _PACKED)
    return page.sha256, storable(page.file), page.media, storable(page.encoding), len(page.data), packed, now()


def _article(article: Article, page: RawPage, fingerprint: str, run: str) -> Values:
    said = ("title", "outlet", "url", "authors", "published", "published_rule", "language", "saved", "main")
    return (
        article.id,
        storable(place(article)),
        storable(article.file),
        storable(article.source_id),
        article.sha256,
        _json({k: getattr(page, k) for k in said if getattr(page, k) not in (None, ())}),
        _span(article.title),
        _text(article.title_text),
        _text(article.outlet),
        _text(article.url),
        _list(map(_quoted, article.authors)),
        _text(article.language),
        _text(article.dateline_place),
        _span(article.dateline),
        _text(article.published),
        _text(article.published_latest),
        _list(map(_basis, article.published_basis)),
        None if article.body is None else article.body.start,
        None if article.body is None else article.body.end,
        _text(article.copy_of),
        storable(article.text),
        fingerprint,
        run,
    )


# --- its findings ---------------------------------------------------------------------------------------------------

_fields = {kind: attrgetter(*names) for kind, names in PLAIN.items()}


def _once(rows: Iterable[Values]) -> list[Values]:
    """The rows without those whose id has been before."""
    first: dict[str, Values] = {}
    for row in rows:
        first.setdefault(row[0], row)
    return list(first.values())


def _plain(kind: str, n: int, finding: Any) -> Values:
    span = finding.span
    values = map(_value, _fields[kind](finding))
    return finding.id, finding.article, n, span.start, span.end, storable(span.text), *values


def _statement(n: int, s: Statement) -> Values:
    who = s.speaker
    told: Values = (None,) * len(_SPEAKER)
    if who is not None:
        key = storable(name_key(who.name, who.side))
        told = (storable(who.name), key, _text(who.id), _text(who.role), _text(who.side), _because(who))
    return (
        s.id,
        s.article,
        n,
        min([c.start for c in s.content]),
        max([c.end for c in s.content]),
        storable(BETWEEN.join([c.text for c in s.content])),
        s.kind,
        _span(s.source),
        _span(s.cue),
        _list(map(_span, s.content)),
        *told,
        *map(_value, _fields["statement"](s)),
    )


def _figure(n: int, f: Figure) -> Values:
    whole = _plain("figure", n, f)
    number = float(f.value) if isinstance(f.value, int | float) else None
    return *whole[:6], _json(f.value), number, *whole[7:]


def _event(n: int, e: Event) -> Values:
    whole = _plain("event", n, e)
    code = (_text(e.plover.type), _text(e.plover.mode)) if e.plover else (None, None)
    return *whole[:6], _list(map(_quoted, e.actors)), *code, *whole[6:]


def _passages(article: Article, rows: Mapping[str, Sequence[Values]]) -> list[Values]:
    """What search finds the article and its rows by."""
    title = article.title_text or (article.title.text if article.title is not None else "")
    body = " ".join([s.text for s in article.kept()]) or ("" if title else article.text)
    pieces: list[Values] = [(article.id, article.id, "article", text) for text in chunks(fold(f"{title} {body}"))]
    for kind in _SEARCHED:
        for row in rows[kind]:
            pieces += [(article.id, row[0], kind, text) for text in chunks(fold(row[5]))]
    return pieces


def _names(reading: Reading) -> list[Values]:
    """Everybody whom the article's rows name, once each, with what the article says of them."""
    told = {m.name: m for m in reversed(reading.mentions)}
    people = [(s.speaker.name, s.speaker.side, s.speaker.role) for s in reading.statements if s.speaker]
    parties = [p.party for p in reading.positions]
    others = [p.said_by for p in reading.positions] + [f.claimant for f in reading.figures]
    others += [a for e in reading.events for a in e.actors]
    sides = {name: side for name, side, _ in people}
    rows: dict[str, dict[str, Any]] = {}
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
    return [tuple([_value(row[column]) for column in COLUMNS["name"]]) for row in rows.values()]
