"""How long comparing takes: of many articles at once, of one more, and how much memory.

    python -m benchmarks.speed.compare [--articles N] [--ledger FILE] [--json]

PolNeAR's articles of the shared folder, again and again with other names and later days, so that each has copies, speakers and events of
its own in every round. They are read once, with `--profile rules`; the other rounds are those rows with other names
of the same length, so that every span holds. FILE is kept, and used again where it is given. What is timed is comparing alone, in a
process of its own. Processor time: two cores at work take half of it where they have nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.quality.gate import shared
from parley import build
from parley.codebooks import load_codebook
from parley.resolve.relink import link_names
from parley.store.ledger import Ledger
from parley.store.rows import name_key

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_KEPT = frozenset(
    [
        "This",
        "That",
        "They",
        "There",
        "When",
        "What",
        "While",
        "With",
        "From",
        "After",
        "Before",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
    ]
)
_VOWELS = "aeiou"
DAYS = 40
"""Days by which a round is later than the one before."""

TIMED = """
import json, resource, sys, time
from parley.compare.refresh import refresh
from parley.store.ledger import Ledger
with Ledger.open(sys.argv[1], create=True) as ledger:
    wall, began = time.time(), time.process_time()
    refresh(ledger)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": time.process_time() - began, "wall": time.time() - wall, "megabytes": used / 1024}))
"""


def renamed(text: str, turn: int) -> str:
    """The text with other names of the same length: two vowels of each are turned, alike for the same name in one round.

    >>> renamed("Melk met Castel.", 0), renamed("Melk met Castel.", 1)
    ('Melk met Castel.', 'Milk met Cestil.')
    """
    if not turn:
        return text

    def turned(match: re.Match[str]) -> str:
        name = match[0]
        if name in _KEPT:
            return name
        return name[0] + "".join(_VOWELS[(_VOWELS.index(c) + turn) % 5] if c in _VOWELS else c for c in name[1:])

    return _NAME.sub(turned, text)


def articles() -> list[dict[str, Any]]:
    """PolNeAR's articles as JSON lines that Parley reads."""
    texts = [(shared() / f"bench/polnear/{name}.jsonl").read_text(encoding="utf-8") for name in ("train", "dev")]
    lines = [json.loads(line) for text in texts for line in text.split("\n") if line]
    return [{k: one[k] for k in ("id", "title", "text", "date")} | {"outlet": one["publisher"]} for one in lines]


def written(some: Sequence[dict[str, Any]], ledger: Path) -> None:
    """Read articles into a ledger without comparing them."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_text("".join(json.dumps(a) + "\n" for a in some), encoding="utf-8")
        with mock.patch("parley.compare.refresh.refresh"):
            build(source, ledger, profile="rules")


def multiplied(ledger: Path, count: int) -> None:
    """Bring a ledger to so many articles with those that it has, in other rounds; its names are linked again."""
    with sqlite3.connect(ledger) as held:
        first = [id for (id,) in held.execute("SELECT id FROM article ORDER BY place")]
        for turn in range(1, -(-count // len(first))):
            some = set(first[: count - turn * len(first)])
            for table in ("article", "dropped", "name", "statement", "figure", "position", "event", "wording", "date"):
                _again(held, table, turn, some)
    with Ledger.open(ledger) as opened:
        opened.note("actors", "")
        link_names(opened, load_codebook())


def _again(held: sqlite3.Connection, table: str, turn: int, articles: AbstractSet[str]) -> None:
    """The rows of some articles once more, as another round has them."""
    found = held.execute(f'SELECT * FROM "{table}"')
    columns = [c[0] for c in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found]
    mine = [_turned(r, turn) for r in rows if r["article" if table != "article" else "id"] in articles]
    marks = ", ".join(f":{c}" for c in columns)
    held.executemany(f'INSERT INTO "{table}" VALUES ({marks})', mine)


def _turned(row: dict[str, Any], turn: int) -> dict[str, Any]:
    keys = ("id", "article", "statement", "nested_in", "part_of", "waits_for")
    out = {
        k: f"{v}-{turn}" if k in keys and v else renamed(v, turn) if isinstance(v, str) and k in _TOLD else v
        for k, v in row.items()
    }
    if "key" in row:
        out["key"] = name_key(out["name"], _side(row["key"], turn))
    if row.get("speaker_key"):
        out["speaker_key"] = name_key(out["speaker"], out["speaker_side"])
    for day in ("published", "published_latest", "said_on", "date"):
        if isinstance(row.get(day), str) and len(row[day]) == 10:
            out[day] = str(date.fromisoformat(row[day]) + timedelta(days=DAYS * turn))
    if "fingerprint" in row:
        out["place"] = f"{row['place']}-{turn}"
        out["outlet"] = f"{row['outlet']} {turn}" if turn % 3 else row["outlet"]
    return out


_TOLD = frozenset(
    [
        "text",
        "title",
        "title_text",
        "content",
        "source",
        "cue",
        "speaker",
        "speaker_side",
        "addressee",
        "venue",
        "name",
        "side",
        "claimant",
        "party",
        "said_by",
        "condition",
        "actors",
        "population",
        "place",
        "via",
    ]
)
"""Columns that hold names."""


def _side(key: str, turn: int) -> str | None:
    found = re.search(r"\[(.*)\]$", key)
    return renamed(found[1].title(), turn) if found else None


def timed(ledger: Path) -> dict[str, float]:
    """Seconds and megabytes that comparing what is not compared yet takes, by a program that was run before: its modules are compiled."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as compiled:
        env["PYTHONPYCACHEPREFIX"] = compiled
        for once in (Path(compiled) / "empty.db", ledger):
            line = [sys.executable, "-c", TIMED, str(once)]
            done = subprocess.run(line, capture_output=True, text=True, check=True, env=env)
    out: dict[str, float] = json.loads(done.stdout)
    return out


def measure(count: int, ledger: Path) -> dict[str, dict[str, float]]:
    """What comparing all of `count` articles takes, and then one more."""
    if not ledger.exists():
        written(articles(), ledger)
        multiplied(ledger, count)
    whole = timed(ledger)
    one = {"id": f"one more {random.random()}", "title": "One more", "date": "2016-05-01", "outlet": "The Plumbline"}
    written([{**articles()[0], **one}], ledger)
    return {"all": whole, "one more": timed(ledger), "nothing new": timed(ledger)}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        result = measure(given.articles, given.ledger or Path(folder) / "compare.db")
    if given.json:
        print(json.dumps(result))
    for what, took in () if given.json else result.items():
        print(f"{what:12}{took['seconds']:8.1f} s of processor{took['wall']:8.1f} s in all{took['megabytes']:8.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
