"""How much each thing that speaks for a row weighs, fitted on articles that the network has not learned from; and what comes of it.

    PYTHONPATH=src:. python -m training.clauses.fit FOLDER --bench BENCH --third 0 --stories practice-f practice-g practice-h -o FITTED.json

Prints the scores of the rules alone and of rules and network together, the curves fitted on other articles than those they are used on
(`--folds`); then fits the curves on all of the articles and writes them for `export.py --fitted`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality.score import Score, add, similarity
from parley.annotate.clauses.model import ClauseModel
from parley.annotate.clauses.proposals import SIGNS, Proposal
from parley.annotate.clauses.step import SecondLook
from parley.annotate.clauses.weigh import Scale, Scales
from parley.data import Event, Position, Reading
from training.clauses.data import GOLD, reader, real_names
from training.clauses.data import read as read_text
from training.clauses.real import read_real, third_of

LAYERS = {"positions": Position, "events": Event}
Curve = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Case:
    """An article with its gold, what the rules read in it, and every row that may stand."""

    group: str
    gold: Mapping[str, Any]
    reading: Reading
    found: list[Proposal] | None


def cases(look: SecondLook, bench: Path | None, stories: Sequence[str], third: int | None) -> Iterator[Case]:
    """The articles left out: whole stories of annotated ones, and a third of the real ones (all of them where none is named)."""
    pipeline = reader()
    for gold, texts in GOLD:
        for row in json.loads(gold.read_text(encoding="utf-8")):
            group = f"{gold.parent.name}-{row['file'][0]}"
            if group in stories and (texts / row["file"]).is_file():
                reading = read_text(pipeline, (texts / row["file"]).read_text(encoding="utf-8"))
                yield Case(group, row, reading, look.proposals(reading))
    for text, row, group in read_real(bench) if bench else ():
        if third is None or third_of(group) == third:
            reading = read_text(pipeline, text)
            yield Case(group, with_names(row, reading), reading, look.proposals(reading))


def with_names(gold: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """Gold of a real article, each holder by every name that the reading has for whom its words name."""
    rows = [
        {**row, "party": " ".join(real_names(reading, row["holder"])) or None} if row["holder"] else row
        for row in gold["positions"]
    ]
    return {**gold, "positions": rows}


def scored(row: Position | Event) -> dict[str, Any]:
    """A row as the scorer reads it."""
    if isinstance(row, Position):
        return {
            "span": row.span.pair,
            "party": row.party,
            "issue": row.issue,
            "stance": row.stance,
            "said_by": row.said_by,
        }
    return {"span": row.span.pair, "type": row.type, "status": row.status}


def is_right(layer: str, row: Position | Event, gold: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether a row is one of the gold's; None where it is one that may be left out."""
    near = [g for g in gold if similarity(layer, g, scored(row)) > 0]
    return bool(near) if not near or any(not g.get("optional") for g in near) else None


def examples(held: Sequence[Case], curve: Curve) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """What speaks for each row, and whether it is right."""
    layer, ruled = curve
    rows = [
        (one.signs, right)
        for case in held
        for one in case.found or ()
        if one.ruled == ruled and isinstance(one.row, LAYERS[layer])
        for right in [is_right(layer, one.row, case.gold[layer])]
        if right is not None
    ]
    signs = np.array([r[0] for r in rows], dtype=np.float64).reshape(len(rows), len(SIGNS))
    return signs, np.array([r[1] for r in rows], dtype=np.float64)


def logistic(x: np.ndarray, y: np.ndarray, *, ridge: float = 2.0, steps: int = 30) -> tuple[float, ...]:  # type: ignore[type-arg]
    """The weights of a logistic curve, the shift last, by Newton's method; `ridge` holds the weights small, not the shift."""
    x = np.c_[x, np.ones(len(x))]
    hold = np.r_[np.full(x.shape[1] - 1, ridge), 1e-3]
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + hold * w
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(hold), slope)
    return tuple(round(float(v), 4) for v in w)


def fitted(held: Sequence[Case], least: Mapping[Curve, float]) -> Scales:
    """The curves of some articles."""
    return Scales({curve: Scale(logistic(*examples(held, curve)), least[curve], whole(held, curve)) for curve in least})


def whole(held: Sequence[Case], curve: Curve) -> float:
    """How many of the right rows are right in their stance, or status, too."""
    layer, ruled = curve
    name = "stance" if layer == "positions" else "status"
    told = [
        any(g[name] == scored(one.row)[name] for g in near)
        for case in held
        for one in case.found or ()
        if one.ruled == ruled and isinstance(one.row, LAYERS[layer])
        for near in [[g for g in case.gold[layer] if similarity(layer, g, scored(one.row)) > 0]]
        if near
    ]
    return round(sum(told) / len(told), 3) if told else 1.0


def score(held: Sequence[Case], scales: Scales | None) -> dict[str, Score]:
    """The articles' scores by layer; without curves those of the rules alone."""
    out = {layer: Score() for layer in LAYERS}
    for case in held:
        reading = case.reading if case.found is None or scales is None else scales.settled(case.reading, case.found)
        for layer, total in out.items():
            add(total, layer, case.gold[layer], [scored(row) for row in getattr(reading, layer)])
    return out


def told(scores: Mapping[str, Score]) -> str:
    """Scores as a line: F1, F1 with stance or status, precision, recall."""
    parts = []
    for layer, s in scores.items():
        second = s.f1(s.right["stance" if layer == "positions" else "status"])
        shares = (s.f1(), second, s.matched / max(1, s.found), s.matched / max(1, s.gold))
        parts.append(f"{layer} F1 {shares[0]:.3f} ({shares[1]:.3f}) P {shares[2]:.3f} R {shares[3]:.3f}")
    return "   ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--stories", nargs="*", default=[])
    parser.add_argument("--third", type=int)
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument(
        "--least", default="[0.1, 0.35, 0.1, 0.3]", help="least shares: positions ruled, marked, events ruled, marked"
    )
    parser.add_argument("-o", "--out", type=Path)
    args = parser.parse_args()
    names: list[Curve] = [(layer, ruled) for layer in LAYERS for ruled in (True, False)]
    least = dict(zip(names, json.loads(args.least), strict=True))
    look = SecondLook(ClauseModel.load(args.folder), Scales({}))
    held = list(cases(look, args.bench, args.stories, args.third))
    print("rules:", told(score(held, None)))
    others = [[case for at, case in enumerate(held) if at % args.folds != n] for n in range(args.folds)]
    apart = [score(held[n :: args.folds], fitted(rest, least)) for n, rest in enumerate(others)]
    print("both: ", told({layer: _sum([one[layer] for one in apart]) for layer in LAYERS}))
    if args.out:
        curves = fitted(held, least).curves
        rows = {
            layer: {who: asdict(curves[layer, ruled]) for ruled, who in ((True, "ruled"), (False, "marked"))}
            for layer in LAYERS
        }
        args.out.write_text(json.dumps({"signs": SIGNS, "scales": rows}, indent=1) + "\n", encoding="utf-8")


def _sum(scores: Sequence[Score]) -> Score:
    out = Score()
    for one in scores:
        out.gold, out.found, out.matched = out.gold + one.gold, out.found + one.found, out.matched + one.matched
        out.right.update(one.right)
    return out


if __name__ == "__main__":
    main()
