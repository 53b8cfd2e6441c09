"""The gate: build each gold set that is at hand, score it, and fail below a pinned floor.

    python -m benchmarks.quality.gate [--set NAME] [--update] [--lower] [--json]

Floors stand in floors.json with the hash of the gold they were measured on and how many articles it has; another gold of the same
name is a mistake and stops the gate. A score may lie `NOISE` under its floor.
`--update` raises floors to what was measured and never lowers one; `--lower` does, and is for the commit that says why.
The set `sample` comes with Parley and runs everywhere; so do `practice`, stories without a codebook that anybody may learn from, and
`heldback`, more of them, whose rows nobody tunes on: look at its scores, not at its rows. `seeds`, `real_dev` and `real_blind` are real
articles and run where their texts are (PARLEY_SHARED, or `shared` beside the checkout); of `real_blind`, too, only the scores are looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality import real_sets
from benchmarks.quality.score import score_rows

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FLOORS = HERE / "floors.json"
NOISE = 0.01
"""The model's int8 products round differently on processors with and without VNNI; nothing here is random."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A set of sources with its gold; `codebooks` and `series` are what a user would name for it.

    Where `bench` is named, the gold holds offsets into texts of that folder, and the sources are made from them.
    """

    name: str
    gold: Path
    sources: tuple[str, ...] = ()
    codebooks: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    bench: Path | None = None

    @property
    def here(self) -> bool:
        return real_sets.at_hand(self.gold, self.bench) if self.bench else self.gold.is_file()

    def opened(self, folder: Path) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
        """The gold as the scorer reads it, and the sources to build; what has to be made for that is written into the folder."""
        if self.bench:
            return real_sets.fill(self.gold, self.bench, folder)
        return json.loads(self.gold.read_text(encoding="utf-8")), self.sources

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.gold.read_bytes()).hexdigest()


def shared() -> Path:
    """The folder with the sets that do not come with Parley."""
    return Path(os.environ.get("PARLEY_SHARED", ROOT.parent / "shared"))


def gold_sets() -> tuple[GoldSet, ...]:
    """Every set the gate knows, at hand or not."""
    sample = ROOT / "src/parley/sample"
    return (
        GoldSet(
            "sample",
            sample / "gold.json",
            tuple(str(sample / f"*.{kind}") for kind in ("txt", "html", "jsonl")),
            codebooks=(str(sample / "sides.toml"), str(sample / "outlets.toml")),
            series=(f"{sample / 'series.csv'}:value",),
        ),
        GoldSet("practice", HERE / "practice/gold.json", (str(HERE / "practice/*.txt"),)),
        GoldSet("heldback", HERE / "heldback/gold.json", (str(HERE / "heldback/*.txt"),)),
        GoldSet(
            "seeds",
            shared() / "seeds/gold.json",
            (str(shared() / "seeds/*.txt"),),
            series=(f"{shared() / 'reference/gaza_daily.csv'}:killed_cum",),
        ),
        *(GoldSet(f"real_{half}", HERE / f"real/{half}.json", bench=shared() / "bench") for half in ("dev", "blind")),
    )


def measure(gold_set: GoldSet) -> dict[str, float]:
    """Build the set into a fresh ledger and score what it holds."""
    import parley
    from parley.export.jsonl import all_rows

    with tempfile.TemporaryDirectory() as folder:
        gold, sources = gold_set.opened(Path(folder))
        path = Path(folder) / "gate.db"
        parley.build(sources, ledger=str(path), codebook=gold_set.codebooks, series=gold_set.series)
        with parley.Ledger.open(str(path)) as ledger:
            return score_rows(gold, all_rows(ledger))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure against its floor."""

    name: str
    score: float
    floor: float | None

    @property
    def holds(self) -> bool:
        return self.floor is None or self.score >= self.floor - NOISE


def judge(scores: Mapping[str, float], floors: Mapping[str, float]) -> list[Verdict]:
    """Every measured figure with its floor, and every floor whose figure is gone as a score of 0."""
    names = [*scores, *(n for n in floors if n not in scores)]
    return [Verdict(n, scores.get(n, 0.0), floors.get(n)) for n in names]


def raised(old: Mapping[str, float], scores: Mapping[str, float], *, lower: bool) -> dict[str, float]:
    """The floors after an update: never under the old ones unless `lower`.

    >>> raised({"a": 0.5, "b": 0.5}, {"a": 0.6, "b": 0.4}, lower=False)
    {'a': 0.6, 'b': 0.5}
    """
    return {n: s if lower else max(s, old.get(n, 0.0)) for n, s in scores.items()}


def load_floors() -> dict[str, Any]:
    """Everything that floors.json holds, by set."""
    held: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    return held


def save_floors(held: dict[str, Any]) -> None:
    """Write floors.json anew."""
    FLOORS.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def report(name: str, verdicts: list[Verdict]) -> None:
    """Print a set's figures beside their floors."""
    print(f"\n{name}")
    for v in verdicts:
        floor = "no floor" if v.floor is None else f"floor {v.floor:.3f}"
        print(f"  {v.name:24} {v.score:.3f}   {floor}{'' if v.holds else '   BELOW'}")


def run(names: set[str], *, update: bool, lower: bool) -> int:
    """Measure the named sets (all when empty); 0 where every floor holds."""
    held = load_floors()
    failed = False
    for gold_set in gold_sets():
        if names and gold_set.name not in names:
            continue
        if not gold_set.here:
            print(f"\n{gold_set.name}: skipped, its {'texts are' if gold_set.bench else 'gold is'} not at hand")
            continue
        entry = held.get(gold_set.name, {})
        if entry.get("gold_sha256") not in (None, gold_set.sha256) and not update:
            print(
                f"\n{gold_set.name}: the gold is not the one the floors were measured on; look at the change, then --update"
            )
            failed = True
            continue
        scores = measure(gold_set)
        verdicts = judge(scores, entry.get("floors", {}))
        report(gold_set.name, verdicts)
        failed |= any(not v.holds for v in verdicts)
        if update or lower:
            articles = len(json.loads(gold_set.gold.read_text(encoding="utf-8")))
            floors = raised(entry.get("floors", {}), scores, lower=lower)
            held[gold_set.name] = {"gold_sha256": gold_set.sha256, "articles": articles, "floors": floors}
    if update or lower:
        save_floors(held)
    return 1 if failed else 0


Measuring = Callable[[], "dict[str, float] | None"]
"""Gives a task's figures, None where its set is not at hand."""


def pinned(section: str, tasks: Mapping[str, Measuring], names: set[str], *, update: bool, lower: bool) -> int:
    """Measure tasks (all when none is named) whose floors stand together under one section; 0 where every floor holds.

    A figure is called after its task: `copies.recall`.
    """
    held = load_floors()
    floors: dict[str, float] = held.get(section, {}).get("floors", {})
    failed = False
    for task, measuring in tasks.items():
        if names and task not in names:
            continue
        scores = measuring()
        if scores is None:
            print(f"\n{task}: skipped, its set is not at hand")
            continue
        mine = {name: floor for name, floor in floors.items() if name.split(".")[0] == task}
        verdicts = judge(scores, mine)
        report(task, verdicts)
        failed |= any(not verdict.holds for verdict in verdicts)
        if update or lower:
            floors |= raised(mine, scores, lower=lower)
    if update or lower:
        held[section] = {"floors": floors}
        save_floors(held)
    return 1 if failed else 0


def asked(doc: str | None, what: str) -> argparse.Namespace:
    """The command line of a gate: `what` is the option that chooses, given as often as wanted."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument(f"--{what}", dest="names", action="append", default=[], help=f"only this {what}")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--lower", action="store_true", help="set the floors to what is measured now, lower ones too")
    return parser.parse_args()


def main() -> int:
    """The command line of the gate."""
    options = asked(__doc__, "set")
    return run(set(options.names), update=options.update, lower=options.lower)


if __name__ == "__main__":
    sys.exit(main())
