"""Figures in documents: each script writes its own part, between two comments that name it."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


def put(name: str, text: str, document: Path = DOCUMENT) -> None:
    """Put a script's figures between `<!-- NAME -->` and `<!-- end NAME -->`; raises ValueError where the document has no such place."""
    whole = document.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end {name} -->"
    if begin not in whole or end not in whole:
        raise ValueError(f"{document} has no place for {name!r}: write {begin} and {end} into it")
    pattern = re.compile(f"({re.escape(begin)}\n).*?({re.escape(end)})", re.DOTALL)
    document.write_text(pattern.sub(lambda m: f"{m[1]}{text}\n{m[2]}", whole), encoding="utf-8")
