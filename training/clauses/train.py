"""Trains the clause reader on the CPU.

    PYTHONPATH=src:. python -m training.clauses.train -o FIRST.pt --attribution ATTRIBUTION.pt --parts own gold --epochs 4
    PYTHONPATH=src:. python -m training.clauses.train -o LAST.pt --start FIRST.pt --bench BENCH --gold-share 4 --own-share 0.3 --epochs 6

`--leave-out` names what is not learned from, by how the groups' names begin; `--third N` leaves out every third real article.
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as nn_f
from torch import Tensor

from parley.annotate.clauses.labels import candidates
from parley.annotate.statements.attribution.files import load_tokenizer
from parley.annotate.statements.attribution.texts import WINDOW
from training.attribution.train import base_folder, rate
from training.clauses.data import OWN, Clause, Window, cut, everything, joined
from training.clauses.model import Model, Sizes, parts_of, read_model, save, started
from training.clauses.real import third_of

WEIGHTS = {"tags": 3.0, "valid": 0.5, "stance": 0.7, "issue": 1.0, "type": 1.0, "status": 0.4, "holder": 0.3}
HIDE = 0.06
"""Share of word pieces hidden, so that the model leans on more than one."""
UNSIGNED = 0.15
"""Share of windows, and of words of the others, without the signs of the lists: news has words that no list knows."""
LISTS = slice(5, 8)
"""The features that come from the lists: issue, stance, event."""


def is_gold(window: Window) -> bool:
    return window.group.startswith(("practice", "sample", "real"))


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


def packed(windows: list[Window], rng: random.Random, *, gold_share: int, own_share: float) -> list[Window]:
    """The windows of one epoch: annotated articles `gold_share` times, and a share of the short pieces, those of one field side by side
    as paragraphs of an article stand at run time."""
    out: list[Window] = []
    by_field: dict[str, list[Window]] = {}
    for window in windows:
        if is_gold(window):
            out += [window] * gold_share
        elif rng.random() < own_share:
            by_field.setdefault(re.sub(r"[_-].*", "", window.group), []).append(window)
    for same in by_field.values():
        rng.shuffle(same)
        held = same[0]
        for window in same[1:]:
            if len(held.ids) + len(window.ids) <= WINDOW - 2 and rng.random() < 0.9:
                held = joined(held, window)
            else:
                out.append(held)
                held = window
        out.append(held)
    return out


def padded(group: list[Window], rng: random.Random) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Word pieces, features, mask (all with [CLS] and [SEP]) and tags (without) of a batch."""
    length = max(len(w.ids) for w in group)
    dice = np.random.default_rng(rng.randrange(1 << 30))
    ids = np.zeros((len(group), length + 2), dtype=np.int64)
    features = np.zeros((len(group), length + 2, group[0].features.shape[1]), dtype=np.int64)
    mask = np.zeros((len(group), length + 2), dtype=np.int64)
    tags = np.full((len(group), length, 2), -100, dtype=np.int64)
    for row, one in enumerate(group):
        count = len(one.ids)
        ids[row, 0], ids[row, 1 : count + 1], ids[row, count + 1] = 101, one.ids, 102
        ids[row, 1 : count + 1][dice.random(count) < HIDE] = 103
        features[row, 1 : count + 1] = one.features
        unsigned = dice.random(count + 2) < (1.0 if rng.random() < UNSIGNED else UNSIGNED)
        features[row, : count + 2, LISTS][unsigned] = 0
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
    """What the tagger, or the rules, take for clauses and is none."""
    found = [
        (kind, *span)
        for kind, column in (("P", 0), ("E", 1))
        for span in candidates(shares[: len(window.ids), 3 * column : 3 * column + 3].numpy(), threshold=0.35)
    ]
    wrong = [f for f in [*found, *window.ruled] if not any(_touches(f, c) for c in window.clauses)]
    return rng.sample(wrong, min(len(wrong), 8))


def _touches(found: tuple[str, int, int], clause: Clause) -> bool:
    return found[0] == clause.kind and min(found[2], clause.end) > max(found[1], clause.start)


def ruled_right(window: Window) -> list[tuple[Clause, int, int]]:
    """The clauses that the rules see, with the words by which they see them."""
    return [(c, a, b) for kind, a, b in window.ruled for c in window.clauses if _touches((kind, a, b), c)]


def holder_loss(keys: Tensor, query: Tensor, nobody: Tensor, holders: np.ndarray, width: int) -> Tensor:  # type: ignore[type-arg]
    """How little of the pointer's share falls on words that name the holder, in nats."""
    scores = torch.cat([keys @ query / width**0.5, nobody[None]])
    shares = torch.log_softmax(scores, 0)
    wanted = torch.tensor(holders.tolist() if len(holders) else [len(keys)])
    return -torch.logsumexp(shares[wanted], 0)


def losses(model: Model, group: list[Window], rng: random.Random, *, warm: bool) -> dict[str, Tensor]:
    """What the model still gets wrong, by part."""
    head = model.head
    ids, features, mask, tags = padded(group, rng)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        levels = model.encoder(ids, features, mask)
        # the end mark of the shorter windows is masked like what follows it
        told_of = head.told(levels[:, :, 1:-1])
        states, scores, keys = (x.float() for x in head.words(told_of, mask[:, 2:]))
        below = told_of.float()
    flat = scores.reshape(*scores.shape[:2], 2, 3)
    result = {"tags": nn_f.cross_entropy(flat.flatten(0, 2), tags.flatten(), ignore_index=-100, label_smoothing=0.03)}
    shares = torch.softmax(flat.detach(), -1).flatten(2)
    places: list[tuple[int, Clause | None, str]] = []
    parts = []
    for row, one in enumerate(group):
        length = len(one.ids)
        for clause in one.clauses:
            places.append((row, clause, clause.kind))
            parts.append(parts_of(states, below, row, *moved(clause, length, rng), length))
        for right, start, end in ruled_right(one):
            if rng.random() < 0.5:
                places.append((row, right, right.kind))
                parts.append(parts_of(states, below, row, start, end, length))
        if warm:
            for kind, start, end in false_ones(shares[row], one, rng):
                places.append((row, None, kind))
                parts.append(parts_of(states, below, row, start, end, length))
    if not parts:
        return result
    told = head.clauses(torch.stack(parts))
    width = model.sizes.pointer
    sums: dict[str, list[Tensor]] = {}
    for at, (row, held, kind) in enumerate(places):
        column = "PE".index(kind)
        if held is None or not held.optional:
            truth = torch.tensor(float(held is not None))
            sums.setdefault("valid", []).append(nn_f.binary_cross_entropy_with_logits(told["valid"][at, column], truth))
        if held is None:
            continue
        first, second = ("stance", "issue") if kind == "P" else ("type", "status")
        for labels, name in zip(zip(*held.labels, strict=True), (first, second), strict=True):
            log = torch.log_softmax(told[name][at], -1)
            sums.setdefault(name, []).append(-log[torch.tensor(sorted(set(labels)))].mean())
        if held.holders is not None:
            length = len(group[row].ids)
            slot = slice(column * width, (column + 1) * width)
            query, nobody = told["queries"][at, slot], told["nobody"][at, column]
            loss = holder_loss(keys[row, :length, slot], query, nobody, held.holders, width)
            sums.setdefault("holder", []).append(loss)
    return result | {name: torch.stack(values).mean() for name, values in sums.items()}


def train(model: Model, windows: list[Window], args: argparse.Namespace) -> Iterator[int]:
    """Read everything `epochs` times; yields after each."""
    rng = random.Random(args.seed)
    lower = {id(p) for p in model.encoder.layers.parameters()} | {id(p) for p in model.encoder.norm.parameters()}
    learning = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learning if id(p) not in lower], "lr": args.rate, "peak": args.rate},
        {"params": [p for p in learning if id(p) in lower], "lr": args.rate_below, "peak": args.rate_below},
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    began, step = time.monotonic(), 0

    def epoch_windows() -> list[Window]:
        return packed(windows, rng, gold_share=args.gold_share, own_share=args.own_share)

    total = args.epochs * len(batches(epoch_windows(), args.tokens, rng))
    for epoch in range(args.epochs):
        sums: dict[str, float] = {}
        supply = batches(epoch_windows(), args.tokens, rng)
        for group in supply:
            optimiser.zero_grad(set_to_none=True)
            parts = losses(model, group, rng, warm=args.start is not None or epoch >= 1)
            torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum().backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            for entry in optimiser.param_groups:
                entry["lr"] = entry["peak"] * rate(min(1.0, step / total))
            optimiser.step()
            step += 1
            for name, part in parts.items():
                sums[name] = sums.get(name, 0.0) + float(part.detach()) / len(supply)
        told = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
        print(f"epoch {epoch + 1} ({time.monotonic() - began:.0f} s) {told}", flush=True)
        yield epoch + 1


def all_windows(bench: Path | None, own: Path, cache: Path | None) -> list[Window]:
    """The windows of all sources; reading them takes minutes, so a folder may keep them."""
    tokenizer = load_tokenizer(base_folder() / "tokenizer.json")
    out: list[Window] = []
    for part in ("own", "gold", "real"):
        kept = cache / f"{part}.pkl" if cache else None
        if kept and kept.is_file():
            out += pickle.loads(kept.read_bytes())
            continue
        new = [w for s in everything(bench, own, parts=(part,)) for w in cut(s, tokenizer)]
        if kept:
            kept.write_bytes(pickle.dumps(new))
        out += new
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--attribution", type=Path, help="an attribution model of six layers to begin near to")
    parser.add_argument("--base-share", type=float, default=0.5, help="how far from it to the base the weights begin")
    parser.add_argument("--sizes", default="{}", help="JSON of sizes that differ from the usual")
    parser.add_argument("--bench", type=Path, help="the folder that holds the sets whose articles `real/*.json` labels")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--tokens", type=int, default=1500, help="word pieces of a batch")
    parser.add_argument("--gold-share", type=int, default=2, help="how often annotated articles are read in an epoch")
    parser.add_argument("--own-share", type=float, default=1.0, help="the share of the pieces that is read in an epoch")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--rate-below", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leave-out", nargs="*", default=[], help="groups not learned from, by how they begin")
    parser.add_argument("--third", type=int, help="the third of the real articles that is not learned from")
    parser.add_argument("--own", type=Path, default=OWN, help="the folder of marked pieces")
    parser.add_argument("--cache", type=Path, help="a folder that keeps what was read")
    args = parser.parse_args()
    import json

    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    if args.start:
        model = read_model(args.start).train()
    else:
        base = base_folder() / "model.safetensors"
        model = started(base, args.attribution, args.base_share, Sizes(**json.loads(args.sizes))).train()
    left = tuple(args.leave_out) or ("\0",)
    windows = [w for w in all_windows(args.bench, args.own, args.cache) if not w.group.startswith(left)]
    windows = [w for w in windows if not w.group.startswith("real") or third_of(w.group) != args.third]
    count, clauses = sum(len(w.ids) for w in windows), sum(len(w.clauses) for w in windows)
    print(f"{len(windows)} windows, {count} pieces, {clauses} clauses", flush=True)
    for _ in train(model, windows, args):
        save(model, args.out)


if __name__ == "__main__":
    main()
