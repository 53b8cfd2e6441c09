"""Weights -> the model folder that Parley loads: two int8 ONNX files, tokenizer, manifest.

    PYTHONPATH=src:. python -m training.attribution.export OUT.pt -o FOLDER [--style NAME] [--float]

Quantisation is dynamic int8, per channel, of the matrix products and of the word vectors; with one scale for a whole
matrix too much is lost. The words of the folder's card are written by hand; scores come from `evaluate.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from parley.annotate.statements.attribution.spans import LABELS, LEFT, RIGHT, SPAN
from parley.annotate.statements.attribution.texts import WINDOW
from training.attribution.model import Layer, Model
from training.attribution.train import base_folder, read_model


def folded(model: Model) -> Model:
    """The same model without what only training needs: unused places, the projection of the word vectors."""
    tagger = model.tagger
    tagger.places = nn.Embedding.from_pretrained(tagger.places.weight[:WINDOW].detach().clone())
    if isinstance(tagger.widen, nn.Linear):
        with torch.no_grad():
            tagger.words = nn.Embedding.from_pretrained(tagger.widen(tagger.words.weight))
        tagger.widen = nn.Identity()
    return model


class FusedAttention(torch.autograd.Function):
    """Attention without a mask as the one operator that ONNX Runtime has for it: a tenth less time for the tagger."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        del ctx, k, heads
        return torch.zeros_like(v) + q.mean()  # only the shape is looked at while exporting

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


class FusedLayer(Layer):
    """A layer of the tagger as it is exported."""

    def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
        assert bias is None, "the tagger reads one window at a time, without padding"
        mixed: Tensor = FusedAttention.apply(q, k, v, self.heads)
        return mixed


class OneWindow(nn.Module):
    """The tagger for one window without padding, in one fixed style."""

    def __init__(self, model: Model, style: str) -> None:
        super().__init__()
        self.tagger = model.tagger
        for layer in self.tagger.layers:
            layer.__class__ = FusedLayer
        self.style = model.sizes.styles.index(style)

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        logits, states = self.tagger(ids, features, None, torch.tensor([self.style]))
        return logits, states


def write_onnx(model: Model, folder: Path, *, style: str) -> None:
    """The two networks in 32-bit floats."""
    ids = torch.randint(1000, 2000, (1, 64))
    features = torch.zeros(1, 64, 3, dtype=torch.long)
    states = torch.randn(3, SPAN, model.sizes.linker_hidden)
    mask = torch.ones(3, SPAN, dtype=torch.long)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            OneWindow(model, style).eval(),
            (ids, features),
            str(folder / "tagger.onnx"),
            input_names=["ids", "features"],
            output_names=["logits", "states"],
            dynamic_axes={
                "ids": {1: "length"},
                "features": {1: "length"},
                "logits": {1: "length"},
                "states": {1: "length"},
            },
            opset_version=17,
            dynamo=False,
        )
        torch.onnx.export(
            model.linker,
            (states, mask, torch.zeros_like(mask)),
            str(folder / "linker.onnx"),
            input_names=["states", "mask", "marks"],
            output_names=["scores", "valid"],
            dynamic_axes={name: {0: "cues"} for name in ("states", "mask", "marks", "scores", "valid")},
            opset_version=17,
            dynamo=False,
        )


def quantise(source: Path, target: Path) -> None:
    """int8 weights; activations are scaled as they come."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            ready,
            target,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=_small_tables(ready),
        )


def _small_tables(path: Path) -> list[str]:
    """Look-ups other than the word vectors: small, and added to everything."""
    graph = onnx.load(str(path)).graph
    large = {table.name for table in graph.initializer if len(table.dims) == 2 and table.dims[0] > 10_000}
    return [node.name for node in graph.node if node.op_type == "Gather" and node.input[0] not in large]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(
    folder: Path, model: Model, *, name: str, style: str, decoding: dict[str, Any], notes: dict[str, Any]
) -> None:
    """The manifest, with the hash of every other file."""
    files = ("tagger.onnx", "linker.onnx", "tokenizer.json")
    manifest = {
        "name": name,
        "task": "attribution",
        "language": "en",
        "max_length": WINDOW,
        "neighbourhood": [LEFT, RIGHT],
        "labels": list(LABELS),
        "features": {
            "quotes": ["outside", "inside", "opening", "closing", "unclosed", "single"],
            "shapes": ["lower", "capitalised", "upper", "number", "punctuation"],
            "first": ["no", "first of its paragraph"],
        },
        "style": style,
        "sizes": {key: value for key, value in model.sizes.as_dict().items() if key != "styles"},
        "decoding": decoding,
        **notes,
        "files": {file: {"sha256": digest(folder / file), "bytes": (folder / file).stat().st_size} for file in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--style", default="unknown")
    parser.add_argument("--float", action="store_true", help="leave the weights in 32-bit floats")
    parser.add_argument("--cue-threshold", type=float, default=0.15)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--source-bonus", type=float, default=0.0)
    parser.add_argument(
        "--certainty", default="[1, 0, 0, 0]", help="JSON: weights of attribution, content and source, and a shift"
    )
    parser.add_argument("--notes", type=Path, help="JSON file with scores and training data, taken into the manifest")
    args = parser.parse_args()
    model = folded(read_model(args.weights))
    args.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(base_folder() / "tokenizer.json", args.out / "tokenizer.json")
    with tempfile.TemporaryDirectory() as scratch:
        write_onnx(model, Path(scratch), style=args.style)
        for name in ("tagger.onnx", "linker.onnx"):
            if args.float:
                shutil.copy(Path(scratch) / name, args.out / name)
            else:
                quantise(Path(scratch) / name, args.out / name)
    decoding = {
        "cue_threshold": args.cue_threshold,
        "threshold": args.threshold,
        "source_bonus": args.source_bonus,
        "certainty": dict(zip(("attribution", "content", "source", "shift"), json.loads(args.certainty), strict=True)),
    }
    notes = json.loads(args.notes.read_text(encoding="utf-8")) if args.notes else {}
    write_manifest(args.out, model, name=args.out.name, style=args.style, decoding=decoding, notes=notes)
    size = sum(path.stat().st_size for path in args.out.glob("*.onnx"))
    print(f"{args.out}: {size / 1e6:.1f} MB of ONNX")


if __name__ == "__main__":
    main()
