"""Scores a folder of the fast model on a PolNeAR split with the split's own scorer, and fits its two numbers.

PYTHONPATH=src:. python -m training.attribution_fast.evaluate FOLDER DEV.jsonl --scorer score.py [--tune]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from parley.annotate.confidence import Scale
from parley.annotate.statements.attribution.words import WordTagger
from training.attribution.evaluate import Rows, as_row, fit, load_scorer, summary
from training.attribution_fast.data import names_of, paragraphs_of


def predict(model: WordTagger, gold: Rows) -> tuple[Rows, float]:
    """Predictions, and milliseconds an article of one thread, tokens not counted."""
    ready = {key: (row["text"], paragraphs_of(row["text"]), names_of(row["text"])) for key, row in gold.items()}
    began = time.process_time()
    rows = {
        key: as_row(model.attributions(text, paragraphs, names=names))
        for key, (text, paragraphs, names) in ready.items()
    }
    return rows, 1000 * (time.process_time() - began) / max(1, len(gold))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--tune", action="store_true", help="try biases against `O`, and fit the confidence")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    gold: Rows = scorer.load(args.data)
    model = WordTagger(args.folder)
    rows, spent = predict(model, gold)
    print(summary(scorer.score(gold, rows)), f" {spent:.1f} ms an article")
    if not args.tune:
        return
    model.calibration = Scale()
    for bias in (-0.4, 0.0, 0.4, 0.8, 1.2):
        model.bias = bias
        rows, _ = predict(model, gold)
        print(f"bias {bias}: {summary(scorer.score(gold, rows))}")
        points = [
            (one["confidence"], scorer.score({key: gold[key]}, {key: {"attributions": [one]}})["joint"]["tp"])
            for key, row in rows.items()
            for one in row["attributions"]
        ]
        print("  calibration", fit(np.array(points)))


if __name__ == "__main__":
    main()
