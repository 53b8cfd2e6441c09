"""What the log of judgements comes to: which entries stand, and what a row shows because of them. Pure functions.

An entry is a dict as `parley export --judgements` writes it (docs/judgements.md). Entries are ordered by time; the order in
which ledgers came to know of them plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from parley.store.rows import BETWEEN, Row, name_key

CONTEXT = 64
"""Characters of context kept on either side of a span: what tells two places with the same words apart."""

REFERS = ("statement", "nested_in", "part_of", "waits_for")
"""Fields that name another row of the article: they follow the machine's newest reading."""

_MEASURED = ("confidence", "method")


def standing(entries: Iterable[Row]) -> list[Row]:
    """The entries that stand, the oldest first: undone ones do not, nor do undoings; what an undone undoing undid does again."""
    ordered = in_order(entries)
    undone: set[str] = set()
    for entry in reversed(ordered):
        if entry["act"] == "undo" and entry["id"] not in undone:
            undone.add(entry["undoes"])
    return [e for e in ordered if e["act"] != "undo" and e["id"] not in undone]


def in_order(entries: Iterable[Row]) -> list[Row]:
    """Entries by time, and by id where two have the same."""
    return sorted(entries, key=lambda e: (e["at"], e["id"]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the standing entries of one row come to. `changes` are the corrected fields, of each the last word."""

    status: str
    changes: Mapping[str, Any]
    last: Row | None
    disputed: bool


def verdict(entries: Iterable[Row]) -> Verdict:
    """The last word on a row, and whether people disagree on it.

    Corrections of different fields add up; of one field the later is shown. Who confirms a corrected row confirms it as it
    is shown; who corrects a rejected row brings it back.

    >>> told = {"changes": None, "undoes": None, "id": "x"}
    >>> verdict([told | {"act": "confirm", "by": "ana", "at": "1"}, told | {"act": "reject", "by": "ben", "at": "2"}]).disputed
    True
    """
    held = standing(entries)
    changes: Row = {}
    status = "machine"
    for entry in held:
        if entry["act"] == "correct":
            changes |= entry["changes"]
        status = "rejected" if entry["act"] == "reject" else "corrected" if changes else "confirmed"
    return Verdict(status, changes, held[-1] if held else None, _disputed(held))


def _disputed(held: Sequence[Row]) -> bool:
    words: dict[str, dict[str, Any]] = {}
    for entry in held:
        words.setdefault(entry["by"], {})["act"] = entry["act"] == "reject"
        if entry["act"] == "correct":
            words[entry["by"]] |= {f"field {k}": v for k, v in entry["changes"].items()}
    people = list(words.values())
    return any(a[k] != b[k] for n, a in enumerate(people) for b in people[n + 1 :] for k in a.keys() & b.keys())


# --- anchors --------------------------------------------------------------------------------------------------------


def selectors(text: str, start: int, stop: int) -> list[Row]:
    """Where words stand, as the W3C Web Annotation model says it: by the words with their context, and by position."""
    quote = {"exact": text[start:stop], "prefix": text[max(0, start - CONTEXT) : start]}
    quote["suffix"] = text[stop : stop + CONTEXT]
    return [{"type": "TextQuoteSelector", **quote}, {"type": "TextPositionSelector", "start": start, "end": stop}]


def found(text: str, anchor: Row) -> tuple[int, int] | None:
    """Where an anchor's words stand in a text: at their place, else where their context is most alike, else nowhere.

    >>> anchor = {"selector": selectors("He said no. She said no.", 20, 23)}
    >>> found("Then: he said no. Then: she said no.", anchor)
    (32, 35)
    >>> found("Nobody spoke.", anchor)
    """
    quote, position = anchor["selector"]
    exact, prefix, suffix = quote["exact"], quote["prefix"], quote["suffix"]
    start, stop = position["start"], position["end"]
    if text[start:stop] == exact and text[max(0, start - CONTEXT) : start] == prefix:
        return start, stop
    places = [(m.start(), m.end()) for m in re.finditer(re.escape(exact), text)] if exact else []
    if not places:
        words = exact.split()
        places = [(m.start(), m.end()) for m in re.finditer(r"\s+".join(map(re.escape, words)), text)] if words else []
    return max(places, key=lambda p: (_alike(text, p, prefix, suffix), -abs(p[0] - start)), default=None)


def _alike(text: str, place: tuple[int, int], prefix: str, suffix: str) -> tuple[int, float]:
    """How alike the context of a place is: by the characters next to the words that are the same, then as a whole."""
    before, after = text[max(0, place[0] - CONTEXT) : place[0]], text[place[1] : place[1] + CONTEXT]
    next_to = _same(reversed(before), reversed(prefix)) + _same(after, suffix)
    return next_to, round(_ratio(before, prefix) + _ratio(after, suffix), 2)


def _same(one: Iterable[str], two: Iterable[str]) -> int:
    """How many characters are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _ratio(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def moved(value: Any, by: int, text: str) -> Any:
    """A value with every span in it moved, each to where its own words stand nearest; raises ValueError where they do not."""
    if _is_span(value):
        start, stop, words = value
        if text[start + by : stop + by] == words:
            return [start + by, stop + by, words]
        places = [m.start() for m in re.finditer(re.escape(words), text)]
        if not places:
            raise ValueError(words)
        near = min(places, key=lambda p: abs(p - start - by))
        return [near, near + len(words), words]
    if isinstance(value, list):
        return [moved(v, by, text) for v in value]
    return {k: moved(v, by, text) for k, v in value.items()} if isinstance(value, dict) else value


def _is_span(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 3
        and all(isinstance(v, int) and not isinstance(v, bool) for v in value[:2])
        and isinstance(value[2], str)
    )


# --- columns --------------------------------------------------------------------------------------------------------


def columns_of(kind: str, changes: Mapping[str, Any], by: str) -> Row:
    """The columns that corrected fields change."""
    out: Row = {}
    for field, value in changes.items():
        if field == "span":
            out |= {"start": value[0], "stop": value[1], "text": value[2]}
        elif field == "content":
            out |= {"start": min(c[0] for c in value), "stop": max(c[1] for c in value)}
            out |= {"content": value, "text": BETWEEN.join(c[2] for c in value)}
        elif field == "speaker":
            out |= _speaker(value, by)
        elif field == "plover":
            out |= {"plover_type": value and value["type"], "plover_mode": value and value.get("mode")}
        elif field == "title":
            out["title_text"] = value
        elif kind == "figure" and field == "value":
            number = isinstance(value, int | float) and not isinstance(value, bool)
            out |= {"value": value, "number": float(value) if number else None}
        elif kind == "article" and field == "published":
            basis = [{"rule": "judged", "detail": f"{by} said so", "span": None}]
            out |= {"published": value, "published_latest": None, "published_basis": basis}
        else:
            out[field] = value
    return out


def _speaker(value: Row | None, by: str) -> Row:
    who: Row = value or {"name": None}
    name, side = who["name"], who.get("side")
    return {
        "speaker": name,
        "speaker_key": name_key(name, side) if name else None,
        "speaker_id": None,
        "speaker_role": who.get("role"),
        "speaker_side": side,
        "speaker_basis": {"rule": "judged", "detail": f"{by} said so", "span": None} if name else None,
    }


def shown_columns(kind: str, said: Verdict, machine: Row | None, text: str) -> Row:
    """The columns of a row as people left it, whole: the machine's row as it was judged, with what was corrected.

    Confidence, method and references to other rows are the machine's newest. Raises ValueError where words are gone.
    """
    assert said.last is not None
    values: Row = {k: v for k, v in (said.last["machine"] or {}).items() if k not in _MEASURED or machine is None}
    values |= columns_of(kind, said.changes, said.last["by"])
    if kind != "article":
        values = placed(values, said.last["anchor"], text)
    if machine is not None:
        values |= {k: machine[k] for k in REFERS if k in machine and k not in said.changes}
    return values


def placed(values: Row, anchor: Row, text: str) -> Row:
    """Columns with their spans where the words stand in this text."""
    here = found(text, anchor)
    if here is None:
        raise ValueError(anchor["selector"][0]["exact"])
    by = here[0] - anchor["selector"][1]["start"]
    out = {
        k: moved(v, by, text) if k in ("source", "cue", "content", "speaker_basis") else v for k, v in values.items()
    }
    if "content" in out:
        starts, stops = [c[0] for c in out["content"]], [c[1] for c in out["content"]]
        return out | {"start": min(starts), "stop": max(stops)}
    start, stop, _ = moved([out["start"], out["stop"], out["text"]], by, text)
    return out | {"start": start, "stop": stop}


# --- which row stands on the same words -----------------------------------------------------------------------------

MARKS = {
    "statement": (),
    "figure": ("category", "value"),
    "position": ("party", "issue", "stance"),
    "event": ("type",),
    "wording": (),
    "date": ("type",),
}
"""What tells two rows on the same words apart."""

LEAST = 0.5
"""The share of their characters that two spans must have in common to be the same words."""

ALIKE = 0.8
"""The share from which they are so without anything else that speaks for it."""


def match(kind: str, said: Verdict, place: tuple[int, int], rows: Iterable[Row]) -> Row | None:
    """The row that stands on the same words and means the same: by what the machine said then, or by what a person said.

    `place` is where the words of the anchor stand now.
    """
    before: Row = (said.last or {}).get("machine") or {}
    after = before | columns_of(kind, said.changes, "")
    by = place[0] - before.get("start", place[0])
    places = {place, (after.get("start", place[0]) + by, after.get("stop", place[1]) + by)}
    best: tuple[float, float, Row] | None = None
    for row in rows:
        shared = max(_shared(p, (row["start"], row["stop"])) for p in places)
        if shared < LEAST:
            continue
        same = max(sum(row[m] == told.get(m) for m in MARKS[kind]) for told in (before, after))
        if _is_it(kind, said, row, before, after, shared=shared, same=same):
            rank = (same, shared, row)
            best = rank if best is None or rank[:2] > best[:2] else best
    return best[2] if best else None


def _is_it(kind: str, said: Verdict, row: Row, before: Row, after: Row, *, shared: float, same: int) -> bool:
    if said.status == "rejected":  # another reading of rejected words is a new row to judge
        return shared >= ALIKE and same == len(MARKS[kind]) and row.get("speaker") == before.get("speaker")
    if not MARKS[kind]:
        return True
    if kind == "position":
        return row["party"] in (before.get("party"), after.get("party"))  # two parties want things in the same words
    return same > 0 or shared >= ALIKE


def _shared(one: tuple[int, int], two: tuple[int, int]) -> float:
    common = min(one[1], two[1]) - max(one[0], two[0])
    return max(0, common) / max(1, max(one[1], two[1]) - min(one[0], two[0]))
