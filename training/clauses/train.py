"""Trains the clause head on the CPU, and the encoder below it with it.

    PYTHONPATH=src:. python -m training.clauses.train --encoder ENCODER.pt -o OUT.pt --epochs 10 --polnear TRAIN.jsonl

The encoder goes on reading attributions: with `--polnear` each step also learns from a batch of PolNeAR and our own pieces,
and from what the encoder as it began says of it, so that it keeps what it knows. `--frozen` leaves the encoder as it is.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn.functional as nn_f
from torch import Tensor

from parley.annotate.statements.attribution.files import load_tokenizer
from parley.annotate.statements.attribution.texts import WINDOW
from training.attribution.augment import hide_names
from training.attribution.data import Window as AttributionWindow
from training.attribution.data import batches as attribution_batches
from training.attribution.data import read_own as read_attributions
from training.attribution.data import read_polnear, stream
from training.attribution.model import Model, Sizes, Tagger, load_base
from training.attribution.train import WEIGHTS as ATTRIBUTION_WEIGHTS
from training.attribution.train import base_folder, rate, read_model
from training.attribution.train import losses as attribution_losses
from training.clauses.data import OWN, Clause, Window, cut, everything, joined
from training.clauses.labels import candidates
from training.clauses.model import Head, HeadSizes, levels_of, parts_of


def batches(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, in random order; `size` is in word pieces."""
    order = sorted(windows, key=lambda w: len(w.ids) + 30 * rng.random())
    groups: list[list[Window]] = [[]]
    for one in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(one.ids) > size:
            groups.append([])
        groups[-1].append(one)
    rng.shuffle(groups)
    return groups


GOLD_SHARE = 3
"""How often annotated articles are read in an epoch: they draw the lines as the gold does, and there are few of them."""


def packed(windows: list[Window], rng: random.Random) -> list[Window]:
    """The windows of one epoch: short pieces of one field side by side, as paragraphs of an article stand at run time."""
    out: list[Window] = []
    by_field: dict[str, list[Window]] = {}
    for window in windows:
        field = re.sub(r"[_-].*", "", window.group)
        if field in ("practice", "sample"):
            out += [window] * GOLD_SHARE
        else:
            by_field.setdefault(field, []).append(window)
    for same in by_field.values():
        rng.shuffle(same)
        held = same[0]
        for window in same[1:]:
            if len(held.ids) + len(window.ids) <= WINDOW - 2 and rng.random() < 0.85:
                held = joined(held, window)
            else:
                out.append(held)
                held = window
        out.append(held)
    return out


def padded(group: list[Window], rng: random.Random) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Word pieces, features, mask (all with [CLS] and [SEP]) and tags (without) of a batch."""
    length = max(len(w.ids) for w in group)
    ids = np.zeros((len(group), length + 2), dtype=np.int64)
    features = np.zeros((len(group), length + 2, 3), dtype=np.int64)
    mask = np.zeros((len(group), length + 2), dtype=np.int64)
    tags = np.full((len(group), length, 2), -100, dtype=np.int64)
    for row, one in enumerate(group):
        count = len(one.ids)
        ids[row, 0], ids[row, 1 : count + 1], ids[row, count + 1] = 101, one.ids, 102
        ids[row, 1 : count + 1][np.array([rng.random() < HIDE for _ in range(count)], dtype=bool)] = 103
        features[row, 1 : count + 1] = one.features
        mask[row, : count + 2] = 1
        tags[row, :count] = one.tags
    return (torch.from_numpy(ids), torch.from_numpy(features), torch.from_numpy(mask), torch.from_numpy(tags))


def moved(clause: Clause, length: int, rng: random.Random) -> tuple[int, int]:
    """The clause as the tagger may find it: now and then a little shorter or longer."""
    start, end = clause.start, clause.end
    if rng.random() < 0.5:
        start = min(max(0, start + rng.randint(-2, 2)), end - 1)
        end = max(min(length, end + rng.randint(-3, 3)), start + 1)
    return start, end


def false_ones(shares: Tensor, window: Window, rng: random.Random) -> list[tuple[str, int, int]]:
    """What the tagger takes for clauses and is none."""
    found = []
    for kind, column in (("P", 0), ("E", 1)):
        spans = candidates(shares[: len(window.ids), 3 * column : 3 * column + 3].numpy(), threshold=0.35)
        gold = [(c.start, c.end) for c in window.clauses if c.kind == kind]
        for start, end in spans:
            if not any(min(end, b) > max(start, a) for a, b in gold):
                found.append((kind, start, end))
    return rng.sample(found, min(len(found), 6))


def holder_loss(keys: Tensor, query: Tensor, nobody: Tensor, holders: np.ndarray, width: int) -> Tensor:  # type: ignore[type-arg]
    """How little of the pointer's share falls on words that name the holder, in nats."""
    scores = torch.cat([keys @ query / width**0.5, nobody[None]])
    shares = torch.log_softmax(scores, 0)
    wanted = torch.tensor(holders.tolist() if len(holders) else [len(keys)])
    return -torch.logsumexp(shares[wanted], 0)


def losses(tagger: Tagger, head: Head, group: list[Window], rng: random.Random, warm: bool) -> dict[str, Tensor]:
    """What the head still gets wrong, by part."""
    ids, features, mask, tags = padded(group, rng)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        levels = levels_of(tagger, ids, features, mask, torch.zeros(len(group), dtype=torch.long))
        # the end mark of the shorter windows is masked like what follows it
        told_of = head.told(levels[:, :, 1:-1])
        states, scores, keys = (x.float() for x in head.words(told_of, mask[:, 2:]))
        below = told_of.float()
    flat = scores.reshape(*scores.shape[:2], 2, 3)
    result = {"tags": nn_f.cross_entropy(flat.flatten(0, 2), tags.flatten(), ignore_index=-100, label_smoothing=0.05)}
    shares = torch.softmax(flat.detach(), -1).flatten(2)
    places: list[tuple[int, Clause | None, str]] = []
    parts = []
    for row, one in enumerate(group):
        length = len(one.ids)
        for clause in one.clauses:
            places.append((row, clause, clause.kind))
            parts.append(parts_of(states, below, row, *moved(clause, length, rng), length))
        if warm:
            for kind, start, end in false_ones(shares[row], one, rng):
                places.append((row, None, kind))
                parts.append(parts_of(states, below, row, start, end, length))
    if not parts:
        return result
    told = head.clauses(torch.stack(parts))
    width = head.sizes.pointer
    sums: dict[str, list[Tensor]] = {}
    for at, (row, clause, kind) in enumerate(places):
        column = "PE".index(kind)
        truth = torch.tensor(float(clause is not None))
        sums.setdefault("valid", []).append(nn_f.binary_cross_entropy_with_logits(told["valid"][at, column], truth))
        if clause is None:
            continue
        first, second = ("stance", "issue") if kind == "P" else ("type", "status")
        for labels, name in zip(zip(*clause.labels, strict=True), (first, second), strict=True):
            log = torch.log_softmax(told[name][at], -1)
            sums.setdefault(name, []).append(-log[torch.tensor(sorted(set(labels)))].mean())
        if clause.holders is not None:
            length = len(group[row].ids)
            slot = slice(column * width, (column + 1) * width)
            sums.setdefault("holder", []).append(
                holder_loss(
                    keys[row, :length, slot],
                    told["queries"][at, slot],
                    told["nobody"][at, column],
                    clause.holders,
                    width,
                )
            )
    return result | {name: torch.stack(values).mean() for name, values in sums.items()}


WEIGHTS = {"tags": 3.0, "valid": 0.5, "stance": 0.7, "issue": 1.0, "type": 1.0, "status": 0.4, "holder": 0.3}
HIDE = 0.06  # share of word pieces hidden, so that the model leans on more than one
ATTRIBUTION = 768  # word pieces of a batch of attributions


@dataclass(slots=True)
class Keep:
    """What the encoder must not forget: attributions, and what it said of them before."""

    supply: Iterator[tuple[int, list[AttributionWindow]]]
    styles: dict[str, int]
    teacher: Model

    @classmethod
    def of(cls, path: Path, model: Model, teacher: Model, seed: int) -> Keep:
        rng = random.Random(seed)
        tokenizer = load_tokenizer(base_folder() / "tokenizer.json")
        source = stream(read_polnear(path), read_attributions(), tokenizer, rng=rng, change=hide_names, own_share=0.3)
        styles = {name: place for place, name in enumerate(model.sizes.styles)}
        return cls(attribution_batches(source, tokens=ATTRIBUTION), styles, teacher)

    def loss(self, model: Model, rng: random.Random) -> Tensor:
        length, group = next(self.supply)
        parts = attribution_losses(model, group, length, self.styles, rng, 1000, self.teacher)
        return torch.stack([ATTRIBUTION_WEIGHTS[name] * part for name, part in parts.items()]).sum()


def train(
    model: Model, head: Head, windows: list[Window], keep: Keep | None, args: argparse.Namespace, rank: int
) -> Iterator[int]:
    """Read everything `epochs` times; yields after each. Of several processes each reads its share of every epoch."""
    rng, share = random.Random(args.seed), random.Random(args.seed + 1000 * rank)
    groups = [{"params": list(head.parameters()), "lr": args.rate, "peak": args.rate}]
    if not args.frozen:
        below = [p for p in model.parameters() if p.requires_grad]
        groups.append({"params": below, "lr": args.rate_below, "peak": args.rate_below})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    learning = [p for group in groups for p in group["params"]]
    began, step = time.monotonic(), 0
    total = args.epochs * len(batches(packed(windows, rng), args.tokens, rng)) // args.processes
    for epoch in range(args.epochs):
        sums: dict[str, float] = {}
        supply = batches(packed(windows, rng), args.tokens, rng)
        supply = supply[rank : len(supply) - len(supply) % args.processes : args.processes]
        for group in supply:
            optimiser.zero_grad(set_to_none=False)
            parts = losses(model.tagger, head, group, share, warm=epoch >= 2)
            torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum().backward()  # type: ignore[no-untyped-call]
            if keep is not None and step % args.keep_every == 0:
                kept = keep.loss(model, share)
                (args.keep_weight * kept).backward()  # type: ignore[no-untyped-call]
                parts["kept"] = kept
            if args.processes > 1:
                average(learning, args.processes)
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            for entry in optimiser.param_groups:
                entry["lr"] = entry["peak"] * rate(min(1.0, step / total))
            optimiser.step()
            step += 1
            for name, part in parts.items():
                sums[name] = sums.get(name, 0.0) + float(part.detach()) / len(supply)
        told = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
        if rank == 0:
            print(f"epoch {epoch + 1} ({time.monotonic() - began:.0f} s) {told}", flush=True)
        yield epoch + 1


def started(encoder: Path | None, base_share: float) -> Model:
    """The encoder to begin with: trained weights, moved back by a share of the way to those of the base.

    What the base knew of topics fades while it learns attributions; between the two both are there (Wortsman et al. 2022).
    """
    base = Model(Sizes())
    load_base(base.tagger, base_folder() / "model.safetensors", take=tuple(range(6)))
    if encoder is None:
        return base
    model = read_model(encoder)
    known = base.state_dict()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.startswith(("tagger.layers", "tagger.norm", "tagger.places")):
                weight.lerp_(known[name], base_share)
    return model


def begun(weights: Path | None) -> Head:
    """The head to begin with: that of the weights, where they have one."""
    head = Head(HeadSizes())
    if weights is not None:
        saved = torch.load(weights, weights_only=True)
        if "head" in saved:
            head.load_state_dict(saved["head"])
    return head


def average(learning: list[Tensor], processes: int) -> None:
    """The mean of all processes' gradients, in each of them."""
    grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in learning]
    flat = torch.cat([g.flatten() for g in grads])
    dist.all_reduce(flat)
    at = 0
    for p in learning:
        p.grad = flat[at : at + p.numel()].view_as(p) / processes
        at += p.numel()


def work(rank: int, args: argparse.Namespace) -> None:
    """One process of a run."""
    torch.set_num_threads(args.threads)
    if args.processes > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(args.port))
        dist.init_process_group("gloo", rank=rank, world_size=args.processes)
    torch.manual_seed(args.seed)
    model = started(args.encoder, args.base_share).train()
    head = begun(args.encoder).train()
    tokenizer = load_tokenizer(base_folder() / "tokenizer.json")
    left = tuple(args.leave_out) or ("\0",)
    windows = [w for s in everything(args.own) if not s.group.startswith(left) for w in cut(s, tokenizer)]
    if rank == 0:
        pieces, clauses = sum(len(w.ids) for w in windows), sum(len(w.clauses) for w in windows)
        print(f"{len(windows)} windows, {pieces} pieces, {clauses} clauses", flush=True)
    torch.manual_seed(args.seed + 7 * rank)
    keep = (
        Keep.of(args.polnear, model, read_model(args.teacher or args.encoder), args.seed + rank)
        if args.polnear
        else None
    )
    for _ in train(model, head, windows, keep, args, rank):
        if rank == 0:
            sizes = {"sizes": model.sizes.as_dict(), "head_sizes": head.sizes.as_dict()}
            torch.save({"state": model.state_dict(), "head": head.state_dict(), **sizes}, args.out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, help="weights to go on from; without, those of the base")
    parser.add_argument("--base-share", type=float, default=0.0, help="how far back to the base the weights begin")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--polnear", type=Path, help="a split of PolNeAR, so that attributions are not forgotten")
    parser.add_argument("--teacher", type=Path, help="weights that know attributions best; by default those begun with")
    parser.add_argument("--keep-every", type=int, default=1)
    parser.add_argument("--keep-weight", type=float, default=1.0)
    parser.add_argument("--frozen", action="store_true")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--tokens", type=int, default=1500, help="word pieces of a batch")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--rate-below", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--port", type=int, default=29711)
    parser.add_argument(
        "--leave-out", nargs="*", default=[], help="groups that are not learned from, by how they begin"
    )
    parser.add_argument("--own", type=Path, default=OWN, help="the folder of marked pieces")
    args = parser.parse_args()
    if args.processes > 1:
        mp.spawn(work, args=(args,), nprocs=args.processes)  # type: ignore[no-untyped-call]
    else:
        work(0, args)


if __name__ == "__main__":
    main()
