"""brat standoff: for each article its text (`.txt`) and what stands in it (`.ann`), and one `annotation.conf` for all.

Offsets count code points of the `.txt`, which is the text as read but for carriage returns: `\\r\\n` becomes a space and a line
feed, so that readers that fold line ends count the same. A `.ann` keeps one line an annotation, so a span that runs over a line
end is written in fragments, as brat's own do. Statements and events are brat events, all other rows text-bound annotations;
codes are attributes, references between rows relations, and the whole row stands in a note.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parley.errors import UsageError
from parley.export.marks import REFERS, marks, refers, status
from parley.export.places import folder_at, whole_file
from parley.store.rows import Row

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.whole import Whole

FLAT = 5_000
"""Articles in one folder at most; of more, each goes to a folder named by the first letters of its id."""

_BREAK = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line, or a field of one, for some reader of `.ann`."""
_NOT_NAME = re.compile(r"[^A-Za-z0-9_-]+")

NAMES = {"figure": "Figure", "position": "Position", "wording": "Wording", "date": "Date"}
PARTS = {"content": "Content", "source": "Source"}
STATEMENT = "Statement"
_OWN = frozenset((STATEMENT, *NAMES.values(), *PARTS.values()))

ATTRIBUTES: dict[str, tuple[tuple[str, str], ...]] = {
    "statement": (("Kind", "kind"),),
    "figure": (("Category", "category"), ("Qualifier", "qualifier")),
    "position": (("Issue", "issue"), ("Stance", "stance")),
    "event": (("Happened", "status"),),
    "wording": (("Voice", "voice"),),
    "date": (("Timex", "type"),),
}
"""The codes of each kind of row that are attributes, each with its field; `Judged` goes to all that a person judged."""

RELATIONS = {field: name.capitalize() for field, name in REFERS.items()}


def text_of(text: str) -> str:
    """The text as it is written: as long as it was, with line feeds alone ending lines.

    >>> text_of("a\\r\\nb\\rc")
    'a \\nb\\nc'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n")


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """`[start, end)` without the characters that end a line; where nothing else is in it, nothing.

    >>> fragments("one\\ntwo", 0, 7)
    [(0, 3), (4, 7)]
    """
    found: list[tuple[int, int]] = []
    at = start
    for stop in [*(m.start() for m in _BREAK.finditer(text, start, end)), end]:
        if text[at:stop].strip():
            found.append((at, stop))
        at = stop + 1
    return found


def save(ledger: Ledger, folder: Path) -> int:
    """Write every article into a folder; how many rows there were."""
    folder_at(folder)
    if not (folder / "annotation.conf").exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds other files: name an empty folder, or one that this export wrote, with -o")
    flat = ledger.counts()["article"] <= FLAT
    schema = Schema()
    count = 0
    with whole_file(folder / "articles.jsonl") as index:
        for whole in ledger.whole():
            name = whole.article["id"]
            home = folder if flat else folder_at(folder / name.partition("_")[2][:2])
            lines = list(standoff(whole, schema))
            with whole_file(home / f"{name}.txt") as out:
                out.write(text_of(whole.text).encode("utf-8"))
            with whole_file(home / f"{name}.ann") as out:
                out.write("".join(lines).encode("utf-8"))
            index.write(json.dumps(whole.article, ensure_ascii=False).encode("utf-8") + b"\n")
            count += sum(len(rows) for rows in whole.found.values())
    with whole_file(folder / "annotation.conf") as out:
        out.write(schema.written().encode("utf-8"))
    return count


class Schema:
    """The types and values that were met, which `annotation.conf` has to name."""

    def __init__(self) -> None:
        self.events: set[str] = set()
        self.values: dict[str, set[str]] = defaultdict(set)

    def written(self) -> str:
        """`annotation.conf`: every type, relation and attribute, with the values that occur."""
        entities = [*sorted(NAMES.values()), *PARTS.values()]
        events = [f"{STATEMENT}\tSource*:Source, Content*:Content", *sorted(self.events)]
        bound = "|".join([*NAMES.values(), *PARTS.values(), "<EVENT>"])
        relations = [f"{name}\tArg1:{bound}, Arg2:{bound}" for name in RELATIONS.values()]
        relations.append("<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>")
        everything = "<ANY>"
        attributes = [
            f"{name}\tArg:{everything}, Value:{'|'.join(sorted(values))}"
            for name, values in sorted(self.values.items())
            if values
        ]
        sections = (("entities", entities), ("relations", relations), ("events", events), ("attributes", attributes))
        return "".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) + "\n" for name, lines in sections)


def standoff(whole: Whole, schema: Schema) -> Iterator[str]:
    """The lines of one article's `.ann`."""
    rows = [row for found in whole.found.values() for row in found]
    writer = _Standoff(text_of(whole.text), schema)
    for row in rows:
        yield from writer.row(row)
    yield from writer.relations(rows)


class _Standoff:
    """One article's annotations, numbered as they come."""

    def __init__(self, text: str, schema: Schema) -> None:
        self._text = text
        self._schema = schema
        self._numbers: dict[str, int] = defaultdict(int)
        self._ids: dict[str, str] = {}

    def row(self, row: Row) -> Iterator[str]:
        if row["row"] in ("statement", "event"):
            found = self._statement(row) if row["row"] == "statement" else self._event(row)
        else:
            found = self._bound(row)
        if found is None:  # it stands on nothing but line ends
            return
        id, lines = found
        self._ids[row["id"]] = id
        yield from lines
        for name, field in ATTRIBUTES[row["row"]]:
            yield self._attribute(name, id, row[field])
        if status(row) != "machine":
            yield self._attribute("Judged", id, status(row))
        said = {k: v for k, v in row.items() if v is not None}
        yield f"{self._next('#')}\tAnnotatorNotes {id}\t{_one_line(json.dumps(said, ensure_ascii=False))}\n"

    def relations(self, rows: Iterable[Row]) -> Iterator[str]:
        known = set(self._ids)
        for row in rows:
            if row["id"] in known:
                for name, other in refers(row, known - {row["id"]}):
                    ends = f"Arg1:{self._ids[row['id']]} Arg2:{self._ids[other]}"
                    yield f"{self._next('R')}\t{name.capitalize()} {ends}\n"

    def _statement(self, row: Row) -> tuple[str, list[str]] | None:
        """An event whose trigger is the cue, or without one the content, with source and content as its arguments."""
        by_part: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for part, start, end in marks(row):
            by_part[part] += fragments(self._text, start, end)
        lines, arguments = [], []
        for part in ("content", "source"):
            if by_part[part]:
                id, line = self._text_bound(PARTS[part], by_part[part])
                lines.append(line)
                arguments.append(f" {PARTS[part]}:{id}")
        on = by_part["cue"] or by_part["content"]
        if not on:
            return None
        trigger, line = self._text_bound(STATEMENT, on)
        event = self._next("E")
        return event, [*lines, line, f"{event}\t{STATEMENT}:{trigger}{''.join(reversed(arguments))}\n"]

    def _event(self, row: Row) -> tuple[str, list[str]] | None:
        name = _name(row["type"])
        name = f"{name}_event" if name in _OWN else name
        on = fragments(self._text, *row["span"])
        if not on:
            return None
        self._schema.events.add(name)
        trigger, line = self._text_bound(name, on)
        event = self._next("E")
        return event, [line, f"{event}\t{name}:{trigger}\n"]

    def _bound(self, row: Row) -> tuple[str, list[str]] | None:
        on = fragments(self._text, *row["span"])
        if not on:
            return None
        id, line = self._text_bound(NAMES[row["row"]], on)
        return id, [line]

    def _text_bound(self, name: str, on: Sequence[tuple[int, int]]) -> tuple[str, str]:
        id = self._next("T")
        apart = _apart(on)
        where = ";".join(f"{start} {end}" for start, end in apart)
        words = " ".join(self._text[start:end] for start, end in apart)
        return id, f"{id}\t{name} {where}\t{words}\n"

    def _attribute(self, name: str, id: str, value: str) -> str:
        code = _name(value)
        self._schema.values[name].add(code)
        return f"{self._next('A')}\t{name} {id} {code}\n"

    def _next(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"


def _apart(on: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Fragments in the order of the text, those that share a character as one: brat refuses fragments that overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(on):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _name(code: str) -> str:
    """A code as brat's names can be spelt."""
    return _NOT_NAME.sub("_", code) or "_"


def _one_line(text: str) -> str:
    return _BREAK.sub(" ", text)
