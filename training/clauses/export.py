"""Weights -> the model folder that Parley loads: two int8 ONNX files and the manifest; the tokenizer is that of the attribution model beside it.

    PYTHONPATH=src:. python -m training.clauses.export MODEL.pt -o FOLDER [--texts TEXTS.jsonl ...] [--float]

`--texts` are news: word pieces that stand in them fewer than `SELDOM` times share the vector of the unknown word, which halves the file.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from parley.annotate.clauses.labels import ISSUES, PARTS, STANCES, STATUSES, TYPES
from parley.annotate.clauses.model import FILES
from parley.annotate.statements.attribution.files import load_tokenizer
from parley.annotate.statements.attribution.model import DEFAULT_MODEL as ATTRIBUTION
from parley.annotate.statements.attribution.texts import WINDOW
from training.attribution.export import FusedLayer, digest, quantise
from training.attribution.train import base_folder
from training.clauses.data import OWN
from training.clauses.markup import pieces
from training.clauses.model import FEATURES, Model, read_model

OUTPUTS = ("stance", "issue", "type", "status", "valid", "queries", "nobody")
UNKNOWN = 100
SPECIAL = (101, 102, 103)
SELDOM = 3


class Words(nn.Module):
    """One window without padding -> what is told of its words, the states above, tags and keys; [CLS] and [SEP] are left out."""

    def __init__(self, model: Model, kept: Tensor | None) -> None:
        super().__init__()
        self.encoder, self.head = model.encoder, model.head
        for layer in (*self.encoder.layers, *self.head.layers):
            layer.__class__ = FusedLayer
        self.places: Tensor
        if kept is not None:
            places = (kept == UNKNOWN).nonzero()[0, 0].repeat(len(self.encoder.words.weight))
            places[kept] = torch.arange(len(kept))
            self.encoder.words = nn.Embedding.from_pretrained(self.encoder.words.weight[kept])
        else:
            places = torch.arange(len(self.encoder.words.weight))
        self.register_buffer("places", places)

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        told = self.head.told(self.encoder(self.places[ids], features, None)[:, :, 1:-1])
        states, tags, keys = self.head.words(told, None)
        return told, states, tags, keys


class Clauses(nn.Module):
    """The parts of some clauses -> what each is."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.head = model.head

    def forward(self, parts: Tensor) -> tuple[Tensor, ...]:
        answers = self.head.clauses(parts)
        return tuple(answers[name] for name in OUTPUTS)


def frequent(paths: Sequence[Path]) -> Tensor:
    """The word pieces that news and our own pieces use, and those that every window has."""
    tokenizer = load_tokenizer(base_folder() / "tokenizer.json")
    counts = Counter(dict.fromkeys((0, UNKNOWN, *SPECIAL), SELDOM))
    texts = [json.loads(line)["text"] for path in paths for line in path.open(encoding="utf-8")]
    texts += [piece.text for path in sorted(OWN.glob("*.txt")) for piece in pieces(path)]
    for at in range(0, len(texts), 200):
        for coded in tokenizer.encode_batch(texts[at : at + 200], add_special_tokens=False):
            counts.update(coded.ids)
    return torch.tensor(sorted(piece for piece, count in counts.items() if count >= SELDOM))


def write_onnx(model: Model, folder: Path, *, kept: Tensor | None) -> None:
    """The networks in 32-bit floats."""
    ids, features = torch.randint(1000, 2000, (1, 64)), torch.zeros(1, 64, len(FEATURES), dtype=torch.long)
    jobs = (
        (FILES[0], Words(model, kept), (ids, features), ("ids", "features"), ("told", "states", "tags", "keys"), 1),
        (FILES[1], Clauses(model), (torch.randn(3, PARTS * model.sizes.hidden),), ("parts",), OUTPUTS, 0),
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="JSON Lines with a `text` each")
    parser.add_argument("--float", action="store_true", help="leave the weights in 32-bit floats")
    parser.add_argument("--begin", type=float, default=0.3, help="what the marker must give a word of a clause")
    parser.add_argument("--fitted", type=Path, help="JSON of `fit.py`: the gate and the scales")
    parser.add_argument("--notes", type=Path, help="JSON file with scores and training data, taken into the manifest")
    args = parser.parse_args()
    model = read_model(args.weights)
    args.out.mkdir(parents=True, exist_ok=True)
    kept = frequent(args.texts) if args.texts else None
    with tempfile.TemporaryDirectory() as scratch:
        write_onnx(model, Path(scratch), kept=kept)
        for name in FILES:
            (shutil.copy if args.float else quantise)(Path(scratch) / name, args.out / name)
    fitted = json.loads(args.fitted.read_text(encoding="utf-8")) if args.fitted else {}
    notes = json.loads(args.notes.read_text(encoding="utf-8")) if args.notes else {}
    files = (*FILES, f"../{ATTRIBUTION}/tokenizer.json")
    manifest = {
        "name": args.out.name,
        "task": "clauses",
        "language": "en",
        "max_length": WINDOW,
        "tokenizer": files[-1],
        "labels": {"stances": STANCES, "issues": ISSUES, "types": TYPES, "statuses": STATUSES},
        "sizes": model.sizes.as_dict() | ({"vocabulary": len(kept)} if kept is not None else {}),
        "decoding": {"begin": args.begin},
        **fitted,
        **notes,
        "files": {f: {"sha256": digest(args.out / f), "bytes": (args.out / f).stat().st_size} for f in files},
    }
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{args.out}: {sum((args.out / f).stat().st_size for f in FILES) / 1e6:.1f} MB of ONNX")


if __name__ == "__main__":
    main()
