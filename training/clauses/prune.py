"""Takes the least useful heads and inner units out of the encoder of a clause reader; training goes on from what is left.

    PYTHONPATH=src:. python -m training.clauses.prune OLD.pt -o NEW.pt --heads 8 --inner 768 [--bench BENCH] [--cache FOLDER]

What a head or a unit is worth is the loss that would be felt without it, as in `training.attribution.prune`.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from training.attribution.model import Layer
from training.clauses.data import OWN
from training.clauses.model import Model, read_model, save
from training.clauses.train import WEIGHTS, all_windows, batches, losses, packed

BATCHES = 60


def worth(model: Model, groups: list[list[object]]) -> list[tuple[Tensor, Tensor]]:
    """For each layer of the encoder: the worth of its heads and of its inner units."""
    layers: list[Layer] = list(model.encoder.layers)
    for layer in layers:
        layer.head_gate = torch.ones(layer.heads, requires_grad=True)
        layer.inner_gate = torch.ones(layer.up.out_features, requires_grad=True)
    sums = [(torch.zeros(layer.heads), torch.zeros(layer.up.out_features)) for layer in layers]
    rng = random.Random(7)
    for group in groups:
        parts = losses(model, group, rng, warm=True)  # type: ignore[arg-type]
        loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
        gates = [gate for layer in layers for gate in (layer.head_gate, layer.inner_gate) if gate is not None]
        slopes = torch.autograd.grad(loss, gates)
        for place, (heads, inner) in enumerate(sums):
            heads += slopes[2 * place].abs()
            inner += slopes[2 * place + 1].abs()
    for layer in layers:
        layer.head_gate = layer.inner_gate = None
    return sums


def pruned(model: Model, worths: list[tuple[Tensor, Tensor]], *, heads: int, inner: int) -> Model:
    """The model with the worthiest heads and inner units only."""
    width, whole = model.sizes.head_width, model.sizes.heads * model.sizes.head_width
    state = dict(model.state_dict())
    for at, (of_heads, of_inner) in enumerate(worths):
        name = f"encoder.layers.{at}"
        kept = of_heads.topk(heads).indices.sort().values
        rows = (kept[:, None] * width + torch.arange(width)[None]).flatten()
        units = of_inner.topk(inner).indices.sort().values
        for kind in ("weight", "bias"):
            parts = state[f"{name}.qkv.{kind}"].split(whole)
            state[f"{name}.qkv.{kind}"] = torch.cat([part[rows] for part in parts])
            state[f"{name}.up.{kind}"] = state[f"{name}.up.{kind}"][units]
        state[f"{name}.out.weight"] = state[f"{name}.out.weight"][:, rows]
        state[f"{name}.down.weight"] = state[f"{name}.down.weight"][:, units]
    smaller = Model(replace(model.sizes, heads=heads, inner=inner))
    smaller.load_state_dict(state)
    return smaller


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=8)
    parser.add_argument("--inner", type=int, default=768)
    parser.add_argument("--leave-out", nargs="*", default=[], help="groups that are not looked at, by how they begin")
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--own", type=Path, default=OWN)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = read_model(args.weights)
    left = tuple(args.leave_out) or ("\0",)
    windows = [w for w in all_windows(args.bench, args.own, args.cache) if not w.group.startswith(left)]
    rng = random.Random(7)
    groups = batches(packed(windows, rng, gold_share=1, own_share=0.5), 768, rng)[:BATCHES]
    save(pruned(model, worth(model, groups), heads=args.heads, inner=args.inner), args.out)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
