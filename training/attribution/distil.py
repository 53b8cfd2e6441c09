"""Teaches a smaller tagger to make of any news text what a larger one makes of it; no labels are asked for.

    PYTHONPATH=src:. python -m training.attribution.distil LARGE.pt SMALL.pt TRAIN.jsonl [TEXTS.jsonl...] -o OUT.pt --minutes 25

`SMALL.pt` is what `prune.py` left of the larger one, `--layers` the layers of the larger one that its layers are to
follow. The states after each layer are compared, then the labels. What comes out has the larger one's linker and is
nearly as good; a leg of `train.py --teacher LARGE.pt` with the labels ends it. `TEXTS.jsonl` are news texts without
labels, one `{"text"}` a line.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from parley.annotate.statements.attribution.files import load_tokenizer
from training.attribution.augment import hide_names
from training.attribution.data import Document, Window, batches, read_own, read_polnear, stream
from training.attribution.model import Tagger
from training.attribution.train import apart, base_folder, collate, difference, rate, read_model, save

UNLABELLED = "unlabelled"


def read_texts(path: Path) -> list[Document]:
    """News texts without labels. One that is all capitals, as telex was, is put into small letters with capitals at the start of
    sentences, since Parley reads few of that kind; hard line ends inside paragraphs go."""
    with path.open(encoding="utf-8") as lines:
        return [Document(readable(json.loads(line)["text"]), [], UNLABELLED) for line in lines]


def readable(text: str) -> str:
    """
    >>> readable("THE MAYOR SAID: \\"NO.\\"\\nHE LEFT.\\n\\nBOMBS FELL.")
    'The mayor said: "no." He left.\\n\\nBombs fell.'
    """
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    if not text.isupper():
        return "\n\n".join(paragraphs)
    return "\n\n".join(
        ". ".join(sentence[:1] + sentence[1:].lower() for sentence in paragraph.split(". ")) for paragraph in paragraphs
    )


def likeness(small: Tagger, large: Tagger, batch: dict[str, Tensor], layers: Sequence[int]) -> dict[str, Tensor]:
    """How far the smaller tagger is from the larger one: states layer by layer, as shares of their own variance, and labels in nats."""
    inputs = batch["ids"], batch["features"], batch["mask"], batch["style"]
    real = batch["mask"] == 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        with torch.no_grad():
            told = [found[real].float() for found in large.by_layer(*inputs)]
            told_labels, told_states = large.label(told[-1]).float(), large.states(told[-1]).float()
        found = [one[real] for one in small.by_layer(*inputs)]
        labels, states = small.label(found[-1]).float(), small.states(found[-1]).float()
    by_layer = [apart(one.float(), told[place]) for one, place in zip(found, layers, strict=True)]
    return {
        "layers": torch.stack(by_layer).mean(),
        "states": apart(states, told_states),
        "labels": difference(labels, told_labels),
    }


WEIGHTS = {"layers": 1.0, "states": 1.0, "labels": 1.0}


def teach(args: argparse.Namespace, supply: Iterator[tuple[int, list[Window]]]) -> None:
    """As many batches as the minutes allow, with the learning rate going by the clock."""
    large, model = read_model(args.large), read_model(args.small)
    layers = json.loads(args.layers)
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = args.dropout
    model.train()
    rng = random.Random(args.seed)
    learning = [p for p in model.tagger.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learning, betas=(0.9, 0.98), weight_decay=0.01)
    began = saved = time.monotonic()
    sums: dict[str, float] = {}
    step = seen = 0
    while (done := (time.monotonic() - began) / (60 * args.minutes)) < 1:
        length, group = next(supply)
        batch = collate(group, length, {}, rng)
        parts = likeness(model.tagger, large.tagger, batch, layers)
        optimiser.zero_grad()
        torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        for entry in optimiser.param_groups:
            entry["lr"] = args.rate * rate(done, last=args.last_rate)
        optimiser.step()
        step += 1
        seen += sum(len(window.ids) for window in group)
        for name, part in parts.items():
            sums[name] = sums.get(name, 0.0) + float(part.detach()) / 100
        if step % 100 == 0:
            speed = seen / (time.monotonic() - began)
            means = " ".join(f"{name} {value:.4f}" for name, value in sums.items())
            print(f"step {step} done {done:.3f} tokens {seen} ({speed:.0f}/s) {means}", flush=True)
            sums = {}
        if time.monotonic() - saved > 240:
            saved = time.monotonic()
            save(model, args.out.with_suffix(".part.pt"))
    save(model, args.out)
    print(f"end: {step} steps, {seen} tokens, {time.monotonic() - began:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("large", type=Path)
    parser.add_argument("small", type=Path)
    parser.add_argument("train", type=Path)
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--layers", default="[0,1,2,4,5]", help="JSON list: which layer of the larger one each follows")
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--tokens", type=int, default=768, help="tokens in a batch")
    parser.add_argument("--rate", type=float, default=5e-4, help="peak learning rate")
    parser.add_argument("--last-rate", type=float, default=0.0, help="share of the peak rate at the end")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    documents = read_polnear(args.train) + [text for path in args.texts for text in read_texts(path)]
    windows = stream(
        documents,
        read_own(),
        load_tokenizer(base_folder() / "tokenizer.json"),
        rng=random.Random(args.seed),
        change=hide_names,
        own_share=0.1,
    )
    teach(args, batches(windows, tokens=args.tokens))


if __name__ == "__main__":
    main()
