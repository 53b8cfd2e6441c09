"""What the clause head finds in texts that it has not learned from, clause by clause.

    PYTHONPATH=src:. python -m training.clauses.evaluate MODEL.pt GROUP ... [--threshold 0.5]

A clause counts as found where a predicted one of its kind overlaps it; each is used once.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from parley.annotate.statements.attribution.files import load_tokenizer
from training.attribution.model import Model
from training.attribution.train import base_folder, read_model
from training.clauses.data import OWN, Window, cut, everything
from training.clauses.labels import candidates
from training.clauses.model import Head, HeadSizes, levels_of, parts_of


@dataclass(frozen=True, slots=True)
class Found:
    """A clause as the head sees it, in word pieces of its window."""

    kind: str
    start: int
    end: int
    first: int
    second: int
    chance: float
    holder: np.ndarray  # type: ignore[type-arg]  # share of each word piece, then of nobody


def encoder_states(model: Model, window: Window) -> torch.Tensor:
    """The states of one window as at run time: [levels, tokens, hidden]."""
    ids = torch.from_numpy(np.concatenate(([101], window.ids, [102])))[None]
    features = torch.from_numpy(np.pad(window.features, ((1, 1), (0, 0))))[None]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        levels = levels_of(model.tagger, ids, features, None, torch.zeros(1, dtype=torch.long))
    return levels[:, 0, 1:-1]


def read_head(path: Path) -> Head:
    """A trained head, ready to be used."""
    saved = torch.load(path, weights_only=True)
    head = Head(HeadSizes(**saved["head_sizes"]))
    head.load_state_dict(saved["head"])
    return head.eval()


def found_in(head: Head, levels: torch.Tensor, *, begin: float = 0.6) -> list[Found]:
    """All candidates of one window with what the head says of each."""
    with torch.no_grad():
        below = head.told(levels.float()[:, None])
        states, scores, keys = head.words(below, None)
        shares = torch.softmax(scores[0].reshape(-1, 2, 3), -1).numpy()
        width, length = head.sizes.pointer, len(shares)
        result = []
        for column, kind in enumerate("PE"):
            spans = candidates(shares[:, column], threshold=begin)
            if not spans:
                continue
            told = head.clauses(torch.stack([parts_of(states, below, 0, a, b, length) for a, b in spans]))
            slot = slice(column * width, (column + 1) * width)
            points = torch.cat(
                [told["queries"][:, slot] @ keys[0, :, slot].T / width**0.5, told["nobody"][:, column : column + 1]], 1
            )
            holders = torch.softmax(points, -1).numpy()
            one, two = ("stance", "issue") if kind == "P" else ("type", "status")
            chances = torch.sigmoid(told["valid"][:, column])
            for at, (a, b) in enumerate(spans):
                result.append(
                    Found(
                        kind,
                        a,
                        b,
                        int(told[one][at].argmax()),
                        int(told[two][at].argmax()),
                        float(chances[at]),
                        holders[at],
                    )
                )
    return result


def scores(
    windows: list[tuple[Window, list[Found]]], threshold: float
) -> dict[str, tuple[int, int, int, int, int, int, int]]:
    """By kind: gold, found, matched, of the matched the first label right, the second, both; holder right."""
    out = {}
    for kind in "PE":
        gold = got = hit = one = two = both = who = 0
        for window, found in windows:
            mine = [f for f in found if f.kind == kind and f.chance >= threshold]
            wanted = [c for c in window.clauses if c.kind == kind]
            gold += len(wanted)
            got += len(mine)
            pairs = sorted(
                (
                    (min(f.end, c.end) - max(f.start, c.start), i, j)
                    for i, c in enumerate(wanted)
                    for j, f in enumerate(mine)
                ),
                reverse=True,
            )
            used: tuple[set[int], set[int]] = set(), set()
            for overlap, i, j in pairs:
                if overlap > 0 and i not in used[0] and j not in used[1]:
                    used[0].add(i)
                    used[1].add(j)
                    hit += 1
                    a = any(mine[j].first == label[0] for label in wanted[i].labels)
                    b = any(mine[j].second == label[1] for label in wanted[i].labels)
                    one, two, both = one + a, two + b, both + (a and b)
                    if wanted[i].holders is not None:
                        target = wanted[i].holders.tolist() or [len(window.ids)]
                        who += mine[j].holder[target].sum() > 0.5
        out[kind] = (gold, got, hit, one, two, both, who)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("groups", nargs="+", help="what is looked at, by how the groups' names begin")
    parser.add_argument("--own", type=Path, default=OWN, help="the folder of marked pieces")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, head = read_model(args.model), read_head(args.model)
    tokenizer = load_tokenizer(base_folder() / "tokenizer.json")
    windows = [
        (w, found_in(head, encoder_states(model, w)))
        for s in everything(args.own)
        if s.group.startswith(tuple(args.groups))
        for w in cut(s, tokenizer)
    ]
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        for kind, (gold, got, hit, one, two, both, who) in scores(windows, threshold).items():
            f1 = 2 * hit / max(1, gold + got)
            names = ("stance", "issue") if kind == "P" else ("type", "status")
            print(
                f"{threshold} {kind} gold {gold} found {got} F1 {f1:.3f} P {hit / max(1, got):.3f} R {hit / max(1, gold):.3f}"
                f" {names[0]} {one / max(1, hit):.3f} {names[1]} {two / max(1, hit):.3f} both {both / max(1, hit):.3f} holder {who / max(1, hit):.3f}"
            )


if __name__ == "__main__":
    main()
