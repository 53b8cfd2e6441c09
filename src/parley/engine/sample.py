"""The sample corpus that comes with Parley: what `parley demo` reads, and where it puts the ledger."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

LEDGER = "parley-demo.db"


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample's files, and the ledger to make of them."""

    sources: tuple[str, ...]
    codebooks: tuple[str, ...]
    series: tuple[str, ...]
    ledger: str

    def next_steps(self) -> tuple[str, ...]:
        """Commands worth trying on it."""
        asked = ("show statements --speaker Melk", "show figures --category killed", "show positions --issue truce")
        return tuple(f"parley {words} -l {self.ledger}" for words in (*asked, "search dam road", "explain ROW_ID"))


def sample() -> Sample:
    """The sample corpus; its ledger goes here, or to the folder for temporary files where this one cannot be written."""
    folder = Path(str(import_module("parley").__file__)).parent / "sample"
    sources = [p for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".html", ".jsonl")]
    here = Path(LEDGER)
    ledger = here if os.access(here if here.exists() else Path(), os.W_OK) else Path(tempfile.gettempdir()) / LEDGER
    return Sample(
        sources=tuple(map(str, sources)),
        codebooks=tuple(str(folder / f) for f in ("sides.toml", "outlets.toml") if (folder / f).is_file()),
        series=tuple(str(folder / f) for f in ("series.csv",) if (folder / f).is_file()),
        ledger=str(ledger),
    )
