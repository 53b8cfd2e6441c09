"""Gold of real articles whose texts do not come with Parley: labels and offsets here, every printed word filled in from the texts.

`real/*.json` names each article by its file of a set from elsewhere, its id there and the hash of its text. A name in it (a speaker, a
party, what is counted) is the list of the spans that spell it; `{"record": field}` is a field of the set's own record. An agency that
prints its initials is written with its full name.

    fill(gold, bench, folder)  the gold as `score` reads it, and the file that `parley build` reads
    at_hand(gold, bench)       whether every file that the gold points into is there
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

LAYERS = ("statements", "figures", "positions", "events", "wording")
NAMES = ("speaker", "claimant", "population", "place", "party", "said_by", "addressee", "venue", "via")
"""The fields of a row that hold words of the article; `actors` holds a list of such."""


class OtherTextError(ValueError):
    """A set holds another text under the id than the one that was annotated, or none."""


def entries(gold: Path) -> list[dict[str, Any]]:
    """The articles of a gold file as stored."""
    held: list[dict[str, Any]] = json.loads(gold.read_text(encoding="utf-8"))
    return held


def at_hand(gold: Path, bench: Path) -> bool:
    """True where the gold and every file that it points into are there."""
    return gold.is_file() and all((bench / entry["source"]).is_file() for entry in entries(gold))


def printed(text: str, spans: Sequence[Sequence[int]] | None) -> str | None:
    """The words at the spans, broken lines joined.

    >>> printed("THE SALVADORAN\\nARMY SAID", [[4, 19]])
    'SALVADORAN ARMY'
    """
    return " ".join(" ".join(text[start:end] for start, end in spans).split()) if spans else None


def filled_row(text: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its names as words."""
    words = {key: printed(text, row[key]) for key in NAMES if key in row}
    actors = {"actors": [printed(text, spans) for spans in row["actors"]]} if "actors" in row else {}
    return {**row, **words, **actors}


def filled(entry: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """One article's gold as the scorer reads it."""
    text = record["text"]
    meta = dict(entry["meta"])
    for key in ("title", "outlet", "dateline_place"):
        held = meta[key]
        if isinstance(held, Mapping):
            meta[key] = record[held["record"]]
        elif not isinstance(held, str):
            meta[key] = printed(text, held)
    rows = {layer: [filled_row(text, row) for row in entry[layer]] for layer in LAYERS}
    return {"file": f"{entry['id']}.txt", "meta": meta, **rows}


def as_input(entry: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody who holds the set would hand to `parley build`: the text, and the fields that the set gives beside it."""
    return {"id": entry["id"], "text": record["text"]} | {name: record[key] for name, key in entry["input"].items()}


def records(bench: Path, wanted: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The sets' records of the wanted articles, in their order, each checked against its hash."""
    keys = {(entry["source"], entry["id"]): entry["sha256"] for entry in wanted}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for source in sorted({source for source, _ in keys}):
        with (bench / source).open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                key = (source, record["id"])
                if keys.get(key) == hashlib.sha256(record["text"].encode()).hexdigest():
                    found[key] = record
    for key in keys:
        if key not in found:
            raise OtherTextError(f"{key[0]}: no {key[1]} with the text that was annotated")
        yield found[key]


def fill(gold: Path, bench: Path, folder: Path) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The gold with its words, and the sources to build, written into the folder."""
    held = entries(gold)
    pairs = list(zip(held, records(bench, held), strict=True))
    source = folder / f"{gold.stem}.jsonl"
    lines = [json.dumps(as_input(entry, record), ensure_ascii=False) + "\n" for entry, record in pairs]
    source.write_text("".join(lines), encoding="utf-8")
    return [filled(entry, record) for entry, record in pairs], (str(source),)
