"""Label Studio tasks: an article a task, the machine's rows as its prediction, what people judged as its annotation.

`labels.xml` is the labelling configuration to paste into the project, `tasks-00001.json` and so on are imported into it. Offsets
count code points, as Label Studio's own do since version 1.4 (its editor turns JavaScript's units into code points when it saves).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley._version import __version__
from parley.errors import UsageError
from parley.export.marks import LAYERS, REFERS, marks, refers, status
from parley.export.places import folder_at, portions, whole_file
from parley.store.rows import Row

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.whole import Whole

A_FILE = 1_000
"""Tasks in one file: Label Studio takes uploads in one piece."""

COLOURS = {
    "Content": "#2f6db5",
    "Source": "#7a4fa3",
    "Cue": "#6b7280",
    "Figure": "#b45309",
    "Position": "#0f766e",
    "Event": "#b91c1c",
    "Wording": "#a21caf",
    "Date": "#4d7c0f",
}
"""The labels of regions: the parts of a statement, and a label for each other layer."""

CHOICES: dict[str, tuple[str, ...]] = {
    "statement": ("kind",),
    "figure": ("category", "qualifier", "scope", "change"),
    "position": ("issue", "stance"),
    "event": ("type", "status"),
    "wording": ("voice",),
    "date": ("type",),
}
"""Fields that hold codes: a choice on the region."""

WORDS: dict[str, tuple[str, ...]] = {
    "statement": ("speaker", "role", "side", "addressee", "venue", "said_on", "via"),
    "figure": ("value", "low", "high", "population", "place", "claimant", "via", "date", "since", "until"),
    "position": ("party", "said_by", "condition", "since"),
    "event": ("actors", "date", "place"),
    "wording": ("term", "referent"),
    "date": ("value",),
}
"""Fields that hold words: a text on the region."""

PARTS = {"source": "said by", "cue": "cue"}
RELATIONS = (*PARTS.values(), "goes on", *(name.replace("_", " ") for name in REFERS.values()))

Result = dict[str, Any]


def save(ledger: Ledger, folder: Path) -> int:
    """Write every article into a folder; how many rows there were."""
    folder_at(folder)
    if any(not p.match("tasks-[0-9]*.json*") and not p.match("labels.xml*") for p in folder.iterdir()):
        raise UsageError(f"{folder} holds other files: name an empty folder, or one that this export wrote, with -o")
    config = Config()
    count = files = 0
    for files, some in enumerate(portions(ledger.whole(), A_FILE), 1):
        with whole_file(folder / f"tasks-{files:05}.json") as out:
            for n, whole in enumerate(some):
                task = json.dumps(task_of(whole, config), ensure_ascii=False).encode("utf-8")
                out.write((b",\n" if n else b"[\n") + task)
                count += sum(len(rows) for rows in whole.found.values())
            out.write(b"\n]\n")
    with whole_file(folder / "labels.xml") as out:
        out.write(config.written().encode("utf-8"))
    for path in folder.glob("tasks-[0-9]*.json"):  # what an earlier, longer export left would be imported with this one
        if int(path.stem.rpartition("-")[2]) > files:
            path.unlink()
    return count


class Config:
    """The codes that were met, which the labelling configuration has to offer."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], set[str]] = defaultdict(set)

    def written(self) -> str:
        """The labelling configuration: labels, relations, and for each label the fields of its rows."""
        labels = "".join(f'    <Label value="{n}" background="{c}"/>\n' for n, c in COLOURS.items())
        relations = "".join(f'    <Relation value="{r}"/>\n' for r in RELATIONS)
        fields = "".join(self._fields(layer) for layer in LAYERS)
        return (
            f'<View>\n  <Labels name="layer" toName="text">\n{labels}  </Labels>\n'
            f'  <Text name="text" value="$text" granularity="symbol"/>\n'
            f"  <Relations>\n{relations}  </Relations>\n{fields}</View>\n"
        )

    def _fields(self, layer: str) -> str:
        label = _label(layer, "content")
        head = f'  <View visibleWhen="region-selected" whenTagName="layer" whenLabelValue="{label}">\n'
        lines = []
        for field in CHOICES[layer]:
            offered = "".join(f'<Choice value="{escape(v)}"/>' for v in sorted(self.values[layer, field]))
            control = f'name="{layer}_{field}" toName="text" perRegion="true"'
            if offered:
                lines.append(f'    <Choices {control} choice="single-radio">{offered}</Choices>\n')
        for field in WORDS[layer]:
            control = f'name="{layer}_{field}" toName="text" perRegion="true" editable="true"'
            lines.append(f'    <TextArea {control} placeholder="{field}"/>\n')
        return head + "".join(lines) + "  </View>\n"


def task_of(whole: Whole, config: Config) -> dict[str, Any]:
    """One article as a task."""
    rows = [row for found in whole.found.values() for row in found]
    machine = [m for row in rows if (m := row if status(row) == "machine" else whole.machine.get(row["id"]))]
    judged = [row for row in rows if status(row) in ("confirmed", "corrected")]
    words = {row["id"]: row["judged"] | {"status": status(row)} for row in rows if row["judged"]}
    task: dict[str, Any] = {"data": _data(whole, words)}
    scores = [row["confidence"] for row in machine if "confidence" in row]
    predicted = {"model_version": f"parley {__version__}", "result": list(_results(whole.text, machine, words, config))}
    task["predictions"] = [predicted | ({"score": round(sum(scores) / len(scores), 4)} if scores else {})]
    if judged:
        task["annotations"] = [{"result": list(_results(whole.text, judged, words, config, scored=False))}]
    return task


def _data(whole: Whole, words: dict[str, Row]) -> dict[str, Any]:
    row = whole.article
    kept = {k: row[k] for k in ("title", "outlet", "url", "published", "language", "file", "source_id", "sha256")}
    rejected = [id for id, word in words.items() if word["status"] == "rejected"]
    return {"text": whole.text, "article": row["id"], **kept, "rejected": rejected}


# --- results --------------------------------------------------------------------------------------------------------


def _results(
    text: str, rows: Iterable[Row], words: dict[str, Row], config: Config, *, scored: bool = True
) -> Iterator[Result]:
    """The regions of some rows, with their fields and the relations between them."""
    rows = list(rows)
    first: dict[str, str] = {}
    for row in rows:
        regions = list(_regions(text, row))
        if not regions:
            continue
        first[row["id"]] = regions[0]["id"]
        for region in regions:
            if scored and "confidence" in row:
                region["score"] = row["confidence"]
            if row["id"] in words:
                region["meta"] = {"text": [_word(words[row["id"]])]}
            yield region
        yield from _fields(row, regions[0], config)
        yield from _within(regions)
    for row in rows:
        if row["id"] in first:
            for name, other in refers(row, first.keys() - {row["id"]}):
                yield _relation(first[row["id"]], first[other], name.replace("_", " "))


def _regions(text: str, row: Row) -> Iterator[Result]:
    """The row's stretches of text; an empty one cannot be shown."""
    for n, (part, start, end) in enumerate(marks(row)):
        if start < end:
            id = row["id"] if n == 0 else f"{row['id']}-{n}"
            value = {"start": start, "end": end, "text": text[start:end], "labels": [_label(row["row"], part)]}
            yield {"id": id, "from_name": "layer", "to_name": "text", "type": "labels", "value": value}


def _label(layer: str, part: str) -> str:
    return part.capitalize() if layer == "statement" else layer.capitalize()


def _fields(row: Row, region: Result, config: Config) -> Iterator[Result]:
    """The row's fields, on its first region."""
    where = {k: region["value"][k] for k in ("start", "end")}
    layer = row["row"]
    for field in CHOICES[layer]:
        if row[field] is not None:
            config.values[layer, field].add(row[field])
            value = {**where, "text": region["value"]["text"], "choices": [row[field]]}
            yield _field(region, layer, field, "choices", value)
    for field in WORDS[layer]:
        if said := _said(row, field):
            yield _field(region, layer, field, "textarea", {**where, "text": said})


def _field(region: Result, layer: str, field: str, type: str, value: dict[str, Any]) -> Result:
    return {"id": region["id"], "from_name": f"{layer}_{field}", "to_name": "text", "type": type, "value": value}


def _said(row: Row, field: str) -> list[str]:
    if row["row"] == "statement" and field in ("speaker", "role", "side"):
        who = row["speaker"] or {}
        value = who.get("name" if field == "speaker" else field)
    else:
        value = row[field]
    return [str(v) for v in (value if isinstance(value, list) else [value]) if v not in (None, "")]


def _within(regions: list[Result]) -> Iterator[Result]:
    """How the parts of one statement hang together: content that goes on, who said it, and with which cue."""
    head = regions[0]
    for before, region in pairwise(regions):
        part = region["value"]["labels"][0].lower()
        if part in PARTS:
            yield _relation(head["id"], region["id"], PARTS[part])
        else:
            yield _relation(before["id"], region["id"], "goes on")


def _relation(left: str, right: str, name: str) -> Result:
    return {"type": "relation", "from_id": left, "to_id": right, "direction": "right", "labels": [name]}


def _word(word: Row) -> str:
    why = f": {word['why']}" if word["why"] else ""
    return f"{word['status']} by {word['by']}, {word['at'][:10]}{why}"
