"""Real articles annotated by the guide: offsets and labels here (`real/*.json`), the texts where the sets are.

Each file names its articles by a file of a published set, the id there and the hash of the text; an article whose text is not at hand, or is
another one, is left out. Names (holders, doers) are the spans that spell them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.quality.real_sets import printed

REAL = Path(__file__).resolve().parent / "real"


def read_real(bench: Path, folder: Path = REAL) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Text, gold rows as the scorer has them, and a group of its own for each article that is at hand."""
    for path in sorted(folder.glob("*.json")):
        wanted = {(e["source"], e["id"]): e for e in json.loads(path.read_text(encoding="utf-8"))}
        for source in sorted({source for source, _ in wanted}):
            if not (bench / source).is_file():
                continue
            with (bench / source).open(encoding="utf-8") as held:
                for record in map(json.loads, held):
                    entry = wanted.get((source, record["id"]))
                    if entry and hashlib.sha256(record["text"].encode()).hexdigest() == entry["sha256"]:
                        yield record["text"], rows(record["text"], entry), f"real-{record['id']}"


def rows(text: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The rows of one article with their names as words."""

    def word(span: list[int] | None) -> str | None:
        return printed(text, [span] if span else None)

    return {
        "positions": [
            {**row, "party": word(row["holder"]), "said_by": word(row["said_by"])} for row in entry["positions"]
        ],
        "events": [
            {**row, "doers": row["actors"], "actors": [word(span) for span in row["actors"]]} for row in entry["events"]
        ],
    }


def third_of(group: str) -> int:
    """The third, 0 to 2, that a real article belongs to."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 3
