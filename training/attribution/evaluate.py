"""Scores a model folder on a PolNeAR split with the split's own scorer, times it, and fits its thresholds.

    PYTHONPATH=src python -m training.attribution.evaluate FOLDER DEV.jsonl --scorer score.py [--own] [--tune]

`--own` also scores our own pieces (by file: styles); the model has seen them in training, so this shows only whether
it learned them. `--tune` tries thresholds and fits the confidence; take the numbers over by hand.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from parley.annotate.statements.attribution.certainty import Certainty, log_odds
from parley.annotate.statements.attribution.model import Answers, AttributionModel, Decoding, in_characters, links
from parley.annotate.statements.attribution.spans import Attribution
from parley.annotate.statements.attribution.texts import Encoded, continued, encode, split_blocks
from training.attribution.data import OWN, read_piece

Rows = dict[str, dict[str, Any]]


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_row(found: list[Attribution]) -> dict[str, Any]:
    return {
        "attributions": [
            {"source": one.source, "cue": one.cue, "content": one.content, "confidence": one.confidence}
            for one in found
        ]
    }


def predict(model: AttributionModel, gold: Rows) -> tuple[Rows, float]:
    """Predictions, and articles a second of one thread."""
    began = time.perf_counter()
    rows = {key: as_row(model.attributions(row["text"])) for key, row in gold.items()}
    return rows, len(gold) / (time.perf_counter() - began)


def summary(result: dict[str, Any]) -> str:
    words = [f"{name} {result[name]['F1']:.4f}" for name in ("joint", "exact content", "overlap content")]
    words.append(f"(P {result['joint']['P']:.3f} R {result['joint']['R']:.3f})")
    words += [f"{kind} {row['joint R']:.3f}" for kind, row in result["recall_by_kind"].items()]
    return "  ".join(words)


def own_rows() -> dict[str, Rows]:
    """Our own pieces as gold, by file."""
    rows: dict[str, Rows] = {}
    for path in sorted(OWN.glob("*.txt")):
        pieces = path.read_text(encoding="utf-8").split("\n---\n")
        for number, piece in enumerate(pieces):
            text = "\n".join(line for line in piece.strip().split("\n") if not line.startswith("# ")).strip()
            if text:
                document = read_piece(text)
                attributions = [
                    {"source": one.source, "cue": one.cue, "content": one.content} for one in document.attributions
                ]
                rows.setdefault(path.stem, {})[str(number)] = {"text": document.text, "attributions": attributions}
    return rows


def tune(model: AttributionModel, gold: Rows, score: Callable[[Rows, Rows], dict[str, Any]]) -> None:
    """Source bonus and threshold by joint F1, each with its own fit of the confidence to being right."""
    coded = {
        key: encode(row["text"], blocks=split_blocks(row["text"]), tokenizer=model.tokenizer)
        for key, row in gold.items()
    }
    answers = {key: model.read(one) for key, one in coded.items()}

    @cache
    def right(key: str, found: Attribution) -> int:
        alone: int = score({key: gold[key]}, {key: as_row([found])})["joint"]["tp"]
        return alone

    best: tuple[float, Decoding] | None = None
    for bonus in (0.0, 1.5, 2.5):
        every = replace(model.decoding, threshold=0.0, source_bonus=bonus)
        certainty = fit(np.array(list(candidates(every, coded, answers, right))))
        for threshold in (0.35, 0.4, 0.45, 0.5):
            model.decoding = replace(
                model.decoding, threshold=threshold, source_bonus=bonus, certainty=Certainty(*certainty)
            )
            rows = {key: as_row(model.decoded(coded[key], answers[key])) for key in gold}
            result = score(gold, rows)
            print(f"bonus {bonus} threshold {threshold}: {summary(result)}", flush=True)
            if best is None or result["joint"]["F1"] > best[0]:
                best = result["joint"]["F1"], model.decoding
    assert best is not None
    print("best", json.dumps(asdict(best[1])))


def candidates(
    decoding: Decoding, coded: dict[str, Encoded], answers: dict[str, list[Answers]], right: Callable[..., int]
) -> Iterator[tuple[float, float, float, float]]:
    """What the linker gives with each candidate, and whether the candidate is right: the fit's points."""
    axes = [Certainty(first, second, third, shift=0.0) for first, second, third in np.eye(3).tolist()]
    for key, windows in answers.items():
        glued = continued(coded[key])
        told = [links(windows, replace(decoding, certainty=axis)) for axis in axes]
        for same in zip(*told, strict=True):
            spans = replace(in_characters(coded[key], glued, same[0]), confidence=0.0)
            yield same[0].confidence, same[1].confidence, same[2].confidence, right(key, spans)


def fit(points: np.ndarray[Any, Any]) -> list[float]:
    """The weights of three log odds and a shift, by short Newton steps; long ones can run away."""
    inputs = np.concatenate([log_odds(points[:, :-1]), np.ones((len(points), 1))], axis=1)
    weights = np.zeros(inputs.shape[1])
    for _ in range(200):
        fitted = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        curve = inputs.T @ (inputs * (fitted * (1 - fitted))[:, None]) + 1e-6 * np.eye(len(weights))
        step = np.linalg.solve(curve, inputs.T @ (points[:, -1] - fitted))
        weights += np.clip(step, -0.2, 0.2)
    return [round(float(x), 3) for x in weights]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--json", action="store_true", help="print the scorer's whole answer")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    gold: Rows = scorer.load(args.data)
    began = time.perf_counter()
    model = AttributionModel.load(args.folder)
    loading = time.perf_counter() - began
    rows, speed = predict(model, gold)
    result = scorer.score(gold, rows)
    print(json.dumps(result, indent=1) if args.json else summary(result))
    print(f"loaded in {loading:.2f} s, {speed:.1f} articles/s on one thread")
    if args.own:
        for style, pieces in own_rows().items():
            found, _ = predict(model, pieces)
            print(f"own {style}: {summary(scorer.score(pieces, found))}")
    if args.tune:
        tune(model, gold, scorer.score)


if __name__ == "__main__":
    main()
