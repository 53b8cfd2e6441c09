"""Trains the fast attribution model on the CPU, on one thread.

    PYTHONPATH=src:. python -m training.attribution_fast.train TRAIN.jsonl -o OUT.pt --minutes 22

The length of a run is given in minutes and the learning rate follows the clock, as in `training.attribution.train`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as nn_f
from torch import Tensor, nn

from parley.annotate.statements.attribution.words import SEPARATOR_SHAPE, SUFFIXES, Vocabulary
from training.attribution.augment import keep, vary
from training.attribution.data import read_own, read_polnear
from training.attribution_fast.data import Piece, base_words, stream
from training.attribution_fast.model import WordNetwork

HIDE = 0.05  # share of words hidden, so that the network learns to lean on more than one
LONGEST = 500
BATCH = 1600  # tokens


def batches(supply: Iterator[Piece]) -> Iterator[list[Piece]]:
    """Pieces of like lengths, about `BATCH` tokens at a time."""
    waiting: dict[int, list[Piece]] = {}
    for piece in supply:
        if len(piece.ids) > LONGEST:
            continue
        group = waiting.setdefault(len(piece.ids) // 32, [])
        group.append(piece)
        if sum(len(held.ids) for held in group) >= BATCH:
            yield waiting.pop(len(piece.ids) // 32)


def padded(group: list[Piece], words: Vocabulary) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, marks and labels [batch, length]; what is filled up looks like separators and teaches nothing."""
    length = max(len(piece.ids) for piece in group)

    def rows(name: str, fill: int) -> Tensor:
        held = [torch.from_numpy(getattr(piece, name)) for piece in group]
        return torch.stack([nn_f.pad(row, (0, length - len(row)), value=fill) for row in held])

    return rows("ids", words.separator), rows("marks", SEPARATOR_SHAPE), rows("labels", -100)


def train(args: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    listed, vectors = base_words()
    words = Vocabulary(listed)
    network = WordNetwork(vectors, words.size - len(listed))
    if args.start:
        network.load_state_dict(torch.load(args.start, weights_only=True)["state"])
    learning = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.Adam(learning, lr=args.rate, betas=(0.9, 0.98))
    documents, own = read_polnear(args.train), [] if args.no_own else read_own()
    began = time.monotonic()
    seen = step = 0
    total = 0.0
    change = keep if args.no_augment else vary
    for group in batches(stream(documents, own, words, rng=rng, change=change, hidden=0.0 if args.show_names else 0.8)):
        done = seen / args.words if args.words else (time.monotonic() - began) / (60 * args.minutes)
        if done >= 1:
            break
        ids, marks, labels = padded(group, words)
        ids[torch.rand(ids.shape) < HIDE] = words.separator
        scores = network(ids, marks)
        loss = nn_f.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=-100, label_smoothing=0.03)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        for entry in optimiser.param_groups:
            entry["lr"] = args.rate * min(1.0, step / 100) * (1 - done)
        optimiser.step()
        step += 1
        seen += int((labels != -100).sum())
        total += float(loss.detach())
        if step % 100 == 0:
            print(f"step {step} done {done:.2f} tokens {seen} loss {total / 100:.4f}", flush=True)
            total = 0.0
    torch.save({"state": network.state_dict(), "shape": network.shape, "others": words.size - len(listed)}, args.out)
    print(f"end: {step} steps, {seen} tokens, {time.monotonic() - began:.0f} s, {SUFFIXES} endings", flush=True)


def read_network(path: Path) -> WordNetwork:
    """A trained network, ready to be used."""
    saved = torch.load(path, weights_only=True)
    shape = saved["shape"]
    vectors = saved["state"]["vectors"]
    network = WordNetwork(
        vectors, saved["others"], width=shape["width"], state=shape["state"], dilations=tuple(shape["dilations"])
    )
    network.load_state_dict(saved["state"])
    return network.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=22)
    parser.add_argument("--words", type=int, help="the length of the run in words instead, for runs to compare")
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--no-own", action="store_true")
    parser.add_argument("--no-augment", action="store_true")
    parser.add_argument("--show-names", action="store_true", help="let the network tell names apart")
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
