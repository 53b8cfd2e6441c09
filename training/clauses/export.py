"""Weights -> a model folder that reads attributions and clauses: four int8 ONNX files, tokenizer, manifest.

    PYTHONPATH=src:. python -m training.clauses.export MODEL.pt -o FOLDER [--float]

Everything about the tagger and the linker is as in `training.attribution.export`; the tagger also gives what the head reads.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from parley.annotate.clauses_model import FILES, PARTS
from training.attribution.export import OneWindow, folded, quantise, write_linker, write_manifest
from training.attribution.model import Model
from training.attribution.train import base_folder, read_model
from training.clauses.evaluate import read_head
from training.clauses.model import Head, levels_of

OUTPUTS = ("stance", "issue", "type", "status", "valid", "queries", "nobody")


class Told(OneWindow):
    """The tagger for one window, and what it tells the clause head of each word."""

    def __init__(self, model: Model, head: Head, style: str) -> None:
        super().__init__(model, style)
        self.head = head

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:  # type: ignore[override]
        levels = levels_of(self.tagger, ids, features, None, torch.tensor([self.style]))
        top = levels[-1]
        return self.tagger.label(top), self.tagger.states(top), self.head.told(levels)


class Words(nn.Module):
    """What is told of a window's words -> states, tags, keys."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, told: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.head.words(told, None)


class Clauses(nn.Module):
    """The parts of some clauses -> what each is."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, parts: Tensor) -> tuple[Tensor, ...]:
        answers = self.head.clauses(parts)
        return tuple(answers[name] for name in OUTPUTS)


def write_onnx(model: Model, head: Head, folder: Path, *, style: str) -> None:
    """The networks in 32-bit floats."""
    ids, features = torch.randint(1000, 2000, (1, 64)), torch.zeros(1, 64, 3, dtype=torch.long)
    hidden = head.sizes.hidden
    jobs = (
        (
            "tagger.onnx",
            Told(model, head, style),
            (ids, features),
            ("ids", "features"),
            ("logits", "states", "told"),
            1,
        ),
        (FILES[0], Words(head), (torch.randn(1, 64, hidden),), ("told",), ("words", "tags", "keys"), 1),
        (FILES[1], Clauses(head), (torch.randn(3, PARTS * hidden),), ("parts",), OUTPUTS, 0),
    )
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        for name, network, inputs, given, answers, axis in jobs:
            torch.onnx.export(
                network.eval(),
                inputs,
                str(folder / name),
                input_names=list(given),
                output_names=list(answers),
                dynamic_axes={one: {axis: "length"} for one in (*given, *answers)},
                opset_version=17,
                dynamo=False,
            )
        write_linker(model, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--style", default="unknown")
    parser.add_argument("--float", action="store_true", help="leave the weights in 32-bit floats")
    parser.add_argument("--decoding", default="{}", help="JSON: cue_threshold, threshold, source_bonus, calibration")
    parser.add_argument("--clauses", default="{}", help="JSON: begin, threshold")
    parser.add_argument("--notes", type=Path, help="JSON file with scores and training data, taken into the manifest")
    args = parser.parse_args()
    model, head = folded(read_model(args.weights)), read_head(args.weights)
    args.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(base_folder() / "tokenizer.json", args.out / "tokenizer.json")
    names = ("tagger.onnx", "linker.onnx", *FILES)
    with tempfile.TemporaryDirectory() as scratch:
        write_onnx(model, head, Path(scratch), style=args.style)
        for name in names:
            (shutil.copy if args.float else quantise)(Path(scratch) / name, args.out / name)
    decoding = {"cue_threshold": 0.25, "threshold": 0.6, "source_bonus": 1.5, "calibration": [1, 0]}
    clauses = {"begin": 0.2, "threshold": 0.5} | json.loads(args.clauses)
    notes = json.loads(args.notes.read_text(encoding="utf-8")) if args.notes else {}
    write_manifest(
        args.out,
        model,
        name=args.out.name,
        style=args.style,
        decoding=decoding | json.loads(args.decoding),
        notes={"clauses": clauses, "clause_sizes": head.sizes.as_dict(), **notes},
        files=(*names, "tokenizer.json"),
    )
    size = sum(path.stat().st_size for path in args.out.glob("*.onnx"))
    print(f"{args.out}: {size / 1e6:.1f} MB of ONNX")


if __name__ == "__main__":
    main()
