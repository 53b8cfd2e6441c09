"""What the tests of builds share: builds by the quick steps of `engine/stubs.py`, small sources, rows to compare."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parley.engine import build as engine
from parley.export import jsonl
from parley.pipeline import Step
from parley.store.ledger import Ledger

ENGINE = Path(__file__).resolve().parent / "engine"
sys.path.insert(0, str(ENGINE))  # so that `stubs` can be imported here and in worker processes
STEPS = (Step("stub", "stubs", needs=(), adds=("article", "statements")),)


def build(*args: Any, **options: Any) -> engine.BuildReport:
    """A build by the quick steps."""
    return engine.build(*args, steps=STEPS, **options)


def source(folder: Path, count: int, bad: Mapping[int, str] | None = None, *, more: str = "") -> Path:
    """A file of `count` articles; `bad` says by number what an article holds besides, `more` what each does."""
    path = folder / "articles.jsonl"
    lines = [
        {"id": f"a{n}", "date": "2031-03-04", "text": f"Oran Melk said road {n} opens. {(bad or {}).get(n, more)}"}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def rows(ledger: str | Path) -> list[bytes]:
    """Every row as exported, but for the runs, which say when they were made."""
    with Ledger.open(ledger) as held:
        return [jsonl.line(r) for r in jsonl.all_rows(held) if r["row"] != "run"]
