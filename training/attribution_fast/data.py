"""Labelled text -> training pieces: whole paragraphs with separators, in numbers and `sided` labels."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from safetensors.torch import load_file
from torch import Tensor

from parley.annotate.statements.attribution.sided import label_rows, sided
from parley.annotate.statements.attribution.texts import Ints, split_blocks
from parley.annotate.statements.attribution.words import Numbered, Vocabulary
from parley.annotate.statements.hidden_names import KEPT
from parley.clean.tokens import tokens
from parley.data import Token
from training.attribution.augment import inner_names
from training.attribution.data import Document, Labelled, joined
from training.attribution.train import base_folder

Paragraphs = list[tuple[Token, ...]]


@cache
def base_words() -> tuple[list[str], Tensor]:
    """The whole words of the base model's vocabulary, and their vectors [words, 384]."""
    listed = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    chosen = [(word, at) for word, at in listed.items() if not word.startswith(("##", "["))]
    vectors = load_file(base_folder() / "model.safetensors")["embeddings.word_embeddings.weight"]
    return [word for word, _ in chosen], vectors[[at for _, at in chosen]]


@dataclass
class Piece:
    """Some paragraphs: ids, marks and labels, [tokens + separators]; a separator's label is -100."""

    ids: Ints
    marks: Ints
    labels: Ints


def paragraphs_of(text: str) -> Paragraphs:
    """The tokens of each paragraph, as Parley cuts them."""
    return [found for block in split_blocks(text) if (found := tokens(text, *block))]


def names_of(text: str) -> frozenset[str]:
    """Words that look like names; at run time they come from the mentions."""
    return frozenset(inner_names(text)) - KEPT


def labels_of(document: Document, paragraphs: Paragraphs) -> list[Ints]:
    """The labels of each paragraph's tokens."""
    return [_labels(document.attributions, paragraph) for paragraph in paragraphs]


def _labels(attributions: list[Labelled], paragraph: tuple[Token, ...]) -> Ints:
    starts = np.array([token.start for token in paragraph])
    ends = np.array([token.end for token in paragraph])

    def run(span: tuple[int, int]) -> tuple[int, int]:
        return int(np.searchsorted(ends, span[0], side="right")), int(np.searchsorted(starts, span[1], side="left"))

    rows: dict[str, list[tuple[str, tuple[int, int]]]] = {"content": [], "source": [], "cue": []}
    for one in attributions:
        cue = max(one.cue, key=lambda part: part[1] - part[0], default=None)
        here = None if cue is None else run(cue)
        if here is not None and here[0] >= here[1]:
            here = None  # it stands in another paragraph
        rows["content"] += [(sided(here, run(span), "content"), run(span)) for span in one.content]
        if here is not None:
            rows["source"] += [(sided(here, run(span), "source"), run(span)) for span in one.source]
            rows["cue"].append(("cue", here))
    # Cues lie over sources, and sources over contents, where annotators let them overlap.
    return label_rows((row for role in rows.values() for row in role if row[1][0] < row[1][1]), len(paragraph))


def pieces(document: Document, words: Vocabulary, *, hide: bool, size: int) -> Iterator[Piece]:
    """A document in pieces of about `size` tokens, never parting a paragraph."""
    paragraphs = paragraphs_of(document.text)
    names = names_of(document.text) if hide else frozenset()
    waiting: list[tuple[tuple[Token, ...], Ints]] = []
    for row in zip(paragraphs, labels_of(document, paragraphs), strict=True):
        if waiting and sum(len(held[0]) for held in waiting) + len(row[0]) > size:
            yield _piece(document.text, waiting, words, names)
            waiting = []
        waiting.append(row)
    if waiting:
        yield _piece(document.text, waiting, words, names)


def _piece(text: str, rows: list[tuple[tuple[Token, ...], Ints]], words: Vocabulary, names: frozenset[str]) -> Piece:
    numbered = Numbered(words)
    labels = [np.array([-100])]
    for paragraph, found in rows:
        numbered.add(text, paragraph, names)
        labels += [found, np.array([-100])]
    arrays = numbered.arrays
    return Piece(arrays["ids"], arrays["marks"], np.concatenate(labels))


def stream(
    documents: list[Document],
    own: list[Document],
    words: Vocabulary,
    *,
    rng: random.Random,
    change: Callable[[Document, random.Random], Document],
    hidden: float,
) -> Iterator[Piece]:
    """Pieces without end: shuffled documents, changed on the way, with our own short pieces mixed in.

    `hidden` is the share of documents whose names are all one word.
    """
    while True:
        order = list(documents)
        rng.shuffle(order)
        for document in order:
            size = rng.choice((100, 200, 200, 400))
            yield from pieces(change(document, rng), words, hide=rng.random() < hidden, size=size)
            if own and rng.random() < 0.3:
                few = joined(rng.sample(own, min(4, len(own))))
                yield from pieces(change(few, rng), words, hide=hidden > 0, size=200)
