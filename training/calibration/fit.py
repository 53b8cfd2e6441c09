"""Reads the annotated sets, compares each row's confidence with whether it is right, fits a curve for each layer, draws the result.

    PYTHONPATH=src:. python -m training.calibration.fit [--profile fast] [--check]

A row is right where a gold row matches it (`benchmarks.quality.score`) and agrees in the field that counts: a statement in its source, a figure in
all fields, a position in its stance, an event in its status, wording in its voice. Stories with a codebook have a curve fitted on `sample`; stories
without one have theirs from `practice`, on which rules were developed, and `heldback`, on which none were, with equal weight; two
numbers a layer leave nothing to tune to. Written to `src/parley/models/confidence.json`, drawn to
`docs/reliability.svg`. `--check` only measures.

Expected calibration error: rows in ten bins of equal width; the distance between a bin's mean confidence and its share of right
rows, weighted by its rows (Guo et al., 2017).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import parley
from benchmarks.quality.gate import GoldSet, gold_sets
from benchmarks.quality.score import LAYERS, agreement, pairs
from parley.annotate.confidence import Scale, logit, scales
from parley.data import Profile
from parley.export.jsonl import all_rows
from parley.models import CONFIDENCE
from training.calibration.plot import drawn

NAMED = {"sample": True, "practice": False, "heldback": False}
COUNTS = {
    "statements": "source",
    "figures": "all_fields",
    "positions": "stance",
    "events": "status",
    "wording": "voice",
}
"""What a row has to be right in, beside its span."""
PLOT = Path(__file__).resolve().parents[2] / "docs" / "reliability.svg"

Points = npt.NDArray[np.float64]  # [rows, 2]: confidence, whether it is right


def judged(gold_set: GoldSet, profile: Profile) -> dict[str, Points]:
    """Every row of a set by layer: its confidence as the ledger has it, and whether it is right."""
    gold = {article["file"]: article for article in json.loads(gold_set.gold.read_text(encoding="utf-8"))}
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "ledger.db")
        parley.build(
            gold_set.sources, ledger=path, codebook=gold_set.codebooks, series=gold_set.series, profile=profile
        )
        with parley.Ledger.open(path) as ledger:
            rows = list(all_rows(ledger))
    names = {row["id"]: _name(row, gold) for row in rows if row["row"] == "article"}
    points: dict[str, list[tuple[float, float]]] = {layer: [] for layer in LAYERS}
    for layer, kind in LAYERS.items():
        for article, name in names.items():
            if name is not None:
                found = [
                    row for row in rows if row["row"] == kind and row["article"] == article and not row.get("nested")
                ]
                points[layer] += _judge(layer, gold[name].get(layer) or [], found)
    return {layer: np.array(found).reshape(-1, 2) for layer, found in points.items()}


def _name(row: Mapping[str, Any], gold: Mapping[str, Any]) -> str | None:
    names = (str(row["file"]).rsplit("/", 1)[-1], str(row["source_id"]), f"{row['source_id']}.txt")
    return next((name for name in names if name in gold), None)


def _judge(layer: str, gold: Sequence[Any], found: Sequence[Any]) -> Iterator[tuple[float, float]]:
    matched = {j: gold[i] for i, j in pairs(layer, gold, found)}
    for at, row in enumerate(found):
        want = matched.get(at)
        right = want is not None and agreement(layer, want, row)[COUNTS[layer]]
        yield row["confidence"], float(right)


def fit(points: Sequence[Points]) -> Scale:
    """Slope and shift by Newton's method, each set with equal weight."""
    weights = np.concatenate([np.full(len(held), 1 / max(1, len(held))) for held in points])
    both = np.concatenate(points)
    inputs = np.stack((np.array([logit(p) for p in both[:, 0]]), np.ones(len(both))), axis=1)
    line = np.array([1.0, 0.0])
    for _ in range(200):
        fitted = 1 / (1 + np.exp(-np.clip(inputs @ line, -30, 30)))
        curve = inputs.T @ (inputs * (weights * fitted * (1 - fitted))[:, None]) + 1e-6 * np.eye(2)
        line += np.clip(np.linalg.solve(curve, inputs.T @ (weights * (both[:, 1] - fitted))), -0.2, 0.2)
    # A curve that falls or lies flat would turn the order of rows round: then only the level is taken.
    return Scale(round(max(float(line[0]), 0.1), 4), round(float(line[1]), 4))


def error(points: Points) -> float:
    """The expected calibration error of some rows."""
    if not len(points):
        return 0.0
    bins = np.minimum((points[:, 0] * 10).astype(int), 9)
    gaps = [abs(float((points[bins == at, 0] - points[bins == at, 1]).sum())) for at in range(10)]
    return sum(gaps) / len(points)


def rescaled(points: Points, old: Scale, new: Scale) -> Points:
    """The same rows as another curve would have them."""
    return np.array([(new.share(old.raw(share)), right) for share, right in points]).reshape(-1, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default="accurate", choices=("accurate", "fast"))
    parser.add_argument("--check", action="store_true", help="measure only")
    args = parser.parse_args()
    measured = {held.name: judged(held, args.profile) for held in gold_sets() if held.name in NAMED}
    old = {named: scales(named=named) for named in (True, False)}
    new = old if args.check else {named: fitted(measured, old[named], named=named) for named in (True, False)}
    final = {
        name: {layer: rescaled(rows[layer], old[NAMED[name]][layer], new[NAMED[name]][layer]) for layer in LAYERS}
        for name, rows in measured.items()
    }
    errors = {layer: {name: round(error(rows[layer]), 3) for name, rows in final.items()} for layer in LAYERS}
    for layer in LAYERS:
        told = "  ".join(f"{name} {value:.3f} of {len(final[name][layer])}" for name, value in errors[layer].items())
        print(f"{layer:11} {told}")
    if not args.check:
        write(new, errors, final)


def fitted(measured: Mapping[str, Mapping[str, Points]], old: Mapping[str, Scale], *, named: bool) -> dict[str, Scale]:
    """The curve of each layer from the sets with, or without, a codebook of their own."""
    rows = [found for name, found in measured.items() if NAMED[name] is named]
    return {layer: fit([rescaled(found[layer], old[layer], Scale()) for found in rows]) for layer in LAYERS}


def write(
    curves: Mapping[bool, Mapping[str, Scale]],
    errors: Mapping[str, Mapping[str, float]],
    final: Mapping[str, Mapping[str, Points]],
) -> None:
    """The file that the step reads, and the plot."""
    layers = {
        layer: {
            "named": {"slope": curves[True][layer].slope, "shift": curves[True][layer].shift},
            "unnamed": {"slope": curves[False][layer].slope, "shift": curves[False][layer].shift},
            "error": errors[layer],
        }
        for layer in LAYERS
    }
    gold = {held.name: held.sha256 for held in gold_sets() if held.name in NAMED}
    CONFIDENCE.write_text(json.dumps({"layers": layers, "gold_sha256": gold}, indent=1) + "\n", encoding="utf-8")
    together = {layer: np.concatenate([rows[layer] for rows in final.values()]) for layer in LAYERS}
    PLOT.write_text(drawn(together), encoding="utf-8")


if __name__ == "__main__":
    main()
