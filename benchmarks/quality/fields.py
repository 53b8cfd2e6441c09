"""How often each field of a matched row is right, the fields that have no floor included: where the points of a layer are lost.

    python -m benchmarks.quality.fields [--set NAME]

Of the rows that match a gold row (`score.py`), the share that says the same in a field; counted where gold or the row says anything in it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.gate import GoldSet, gold_sets
from benchmarks.quality.score import LAYERS, Row, agreement, pairs, same_name

NAMES = {
    "statements": ("addressee", "venue", "via"),
    "figures": ("population", "place", "via"),
}
"""Fields that hold a name: one may hold all the words of the other."""

DAYS = {"statements": ("said_on",), "figures": ("date", "since", "until"), "events": ("date",)}


def more(layer: str, gold: Row, row: Row) -> dict[str, bool]:
    """Agreement in every field of a layer that gold or the row says anything in.

    >>> more("figures", {"span": [0, 2], "place": "Kell"}, {"span": [0, 2], "place": "Kell Bay", "date": "2031"})
    {'place': True, 'date': False}
    """
    names = {k: same_name(gold.get(k), row.get(k)) for k in NAMES.get(layer, ()) if gold.get(k) or row.get(k)}
    days = {k: str(gold.get(k)) == str(row.get(k)) for k in DAYS.get(layer, ()) if gold.get(k) or row.get(k)}
    return names | days


def counted(layer: str, gold: Sequence[Row], rows: Iterable[Row], seen: Counter[str], right: Counter[str]) -> None:
    """Count one article's matched rows of a layer, field by field; rows that are not asked for are left out."""
    judged = [r for r in rows if not r.get("nested")]
    for i, j in pairs(layer, gold, judged):
        if gold[i].get("optional"):
            continue
        for name, ok in (agreement(layer, gold[i], judged[j]) | more(layer, gold[i], judged[j])).items():
            seen[f"{layer}.{name}"] += 1
            right[f"{layer}.{name}"] += ok


def measure(gold_set: GoldSet) -> dict[str, tuple[int, int]]:
    """Build a set; by field, how many matched rows are right and how many say anything in it."""
    import parley
    from parley.export.jsonl import all_rows

    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        gold, sources = gold_set.opened(Path(folder))
        path = str(Path(folder) / "fields.db")
        parley.build(sources, ledger=path, codebook=gold_set.codebooks, series=gold_set.series)
        with parley.Ledger.open(path) as ledger:
            found = _by_article(all_rows(ledger), {g["file"] for g in gold})
    for want in gold:
        for layer, kind in LAYERS.items():
            counted(layer, want.get(layer) or [], found.get((want["file"], kind), []), seen, right)
    return {name: (right[name], n) for name, n in seen.items()}


def _by_article(rows: Iterable[Mapping[str, Any]], files: set[str]) -> dict[tuple[str, str], list[Row]]:
    """Rows by the file of their article and by their type."""
    held = list(rows)
    file_of: dict[str, str] = {}
    for row in held:
        if row["row"] == "article":
            names = (str(row["file"]).rsplit("/", 1)[-1], str(row["source_id"]), f"{row['source_id']}.txt")
            known = next((name for name in names if name in files), None)
            if known is not None:
                file_of[row["id"]] = known
    out: dict[tuple[str, str], list[Row]] = {}
    for row in held:
        if row.get("article") in file_of:
            out.setdefault((file_of[row["article"]], row["row"]), []).append(row)
    return out


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", dest="names", action="append", default=[], help="only this set")
    names = parser.parse_args().names
    for gold_set in gold_sets():
        if (names and gold_set.name not in names) or not gold_set.here:
            continue
        print(f"\n{gold_set.name}")
        for name, (right, seen) in measure(gold_set).items():
            print(f"  {name:24} {right:4}/{seen:<4} {right / seen:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
