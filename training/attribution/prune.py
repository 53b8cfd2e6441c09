"""Takes the least useful heads and inner units out of a trained tagger, and whole layers; training goes on from what is left.

    PYTHONPATH=src:. python -m training.attribution.prune OLD.pt TRAIN.jsonl -o NEW.pt --heads 6 --inner 768 --layers [0,1,2,4,5]

What a head or an inner unit is worth is the loss that would be felt without it, to first order: the mean absolute product of its output
and the loss's slope there (Michel, Levy and Neubig 2019, "Are sixteen heads really better than one?").
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from parley.annotate.statements.attribution.files import load_tokenizer
from training.attribution.augment import hide_names
from training.attribution.data import batches, read_polnear, stream
from training.attribution.model import Layer, Model
from training.attribution.train import WEIGHTS, base_folder, losses, read_model, save

BATCHES = 60


def worth(model: Model, train: Path) -> list[tuple[Tensor, Tensor]]:
    """For each layer of the tagger: the worth of its heads and of its inner units."""
    layers: list[Layer] = list(model.tagger.layers)
    for layer in layers:
        layer.head_gate = torch.ones(layer.heads, requires_grad=True)
        layer.inner_gate = torch.ones(layer.up.out_features, requires_grad=True)
    sums = [(torch.zeros(layer.heads), torch.zeros(layer.up.out_features)) for layer in layers]
    rng = random.Random(7)
    tokenizer = load_tokenizer(base_folder() / "tokenizer.json")
    styles = {name: place for place, name in enumerate(model.sizes.styles)}
    supply = batches(stream(read_polnear(train), [], tokenizer, rng=rng, change=hide_names), tokens=768)
    for _, (length, group) in zip(range(BATCHES), supply, strict=False):
        parts = losses(model, group, length, styles, rng, 1000)
        loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
        gates = [gate for layer in layers for gate in (layer.head_gate, layer.inner_gate) if gate is not None]
        slopes = torch.autograd.grad(loss, gates)
        for place, (heads, inner) in enumerate(sums):
            heads += slopes[2 * place].abs()
            inner += slopes[2 * place + 1].abs()
    for layer in layers:
        layer.head_gate = layer.inner_gate = None
    return sums


def pruned(
    model: Model, worths: list[tuple[Tensor, Tensor]], *, heads: int, inner: int, layers: Sequence[int] = ()
) -> Model:
    """The model with the worthiest heads and inner units only, of the layers given (all of them where none is)."""
    layers = layers or range(model.sizes.layers)
    sizes = replace(model.sizes, heads=heads, inner=inner, layers=len(layers))
    width = sizes.head_width
    whole_state = model.state_dict()
    state = {name: value for name, value in whole_state.items() if not name.startswith("tagger.layers.")}
    for place, old in enumerate(layers):
        of_heads, of_inner = worths[old]
        name, before = f"tagger.layers.{place}", f"tagger.layers.{old}."
        state |= {
            f"{name}.{key.removeprefix(before)}": value for key, value in whole_state.items() if key.startswith(before)
        }
        kept = of_heads.topk(heads).indices.sort().values
        rows = (kept[:, None] * width + torch.arange(width)[None]).flatten()
        whole = model.sizes.heads * width
        for kind in ("weight", "bias"):
            parts = state[f"{name}.qkv.{kind}"].split(whole)
            state[f"{name}.qkv.{kind}"] = torch.cat([part[rows] for part in parts])
        state[f"{name}.out.weight"] = state[f"{name}.out.weight"][:, rows]
        units = of_inner.topk(inner).indices.sort().values
        for kind in ("weight", "bias"):
            state[f"{name}.up.{kind}"] = state[f"{name}.up.{kind}"][units]
        state[f"{name}.down.weight"] = state[f"{name}.down.weight"][:, units]
    smaller = Model(sizes)
    smaller.load_state_dict(state)
    return smaller


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("train", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=8)
    parser.add_argument("--inner", type=int, default=1024)
    parser.add_argument("--layers", default="[]", help="JSON list of the layers to keep; all of them by default")
    args = parser.parse_args()
    model = read_model(args.weights)
    layers = json.loads(args.layers)
    save(pruned(model, worth(model, args.train), heads=args.heads, inner=args.inner, layers=layers), args.out)


if __name__ == "__main__":
    main()
