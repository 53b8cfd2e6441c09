"""The network: an encoder of its own, a small layer over its states, and what they say of words and of clauses."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from parley.annotate.clauses.labels import ISSUES, NEIGHBOURS, PARTS, STANCES, STATUSES, TYPES
from parley.annotate.clauses.signs import SIZES as SIGNS
from parley.annotate.statements.attribution.texts import WINDOW
from training.attribution.model import Layer, attention_bias

FEATURES = (6, 5, 2, *SIGNS)
"""How many values each feature of a word piece has: quotation, shape, first of its paragraph, then Parley's signs."""


@dataclass(frozen=True)
class Sizes:
    """Everything that fixes the shape of the network."""

    words: int = 384
    heads: int = 12
    head_width: int = 32
    inner: int = 1536
    layers: int = 4
    vocabulary: int = 30522
    hidden: int = 256
    top_heads: int = 4
    top_inner: int = 512
    top_layers: int = 1
    pointer: int = 64

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Encoder(nn.Module):
    """Word pieces and features -> the states below, between and above the layers."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.words)
        self.words.weight.requires_grad_(False)
        self.places = nn.Embedding(WINDOW, sizes.words)
        self.features = nn.ModuleList(nn.Embedding(count, sizes.words) for count in FEATURES)
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(sizes.words, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(sizes.words, sizes.heads, sizes.head_width, sizes.inner, dropout) for _ in range(sizes.layers)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        x = self.words(ids) + self.places(torch.arange(ids.shape[1]))[None]
        for at, table in enumerate(self.features):
            x = x + table(features[:, :, at])
        x = self.dropout(self.norm(x))
        bias = None if mask is None else attention_bias(mask)
        states = [x]
        for layer in self.layers:
            states.append(x := layer(x, bias))
        return torch.stack(states)


class Head(nn.Module):
    """States of the encoder -> for each word whether a clause begins or goes on, and what each clause is."""

    def __init__(self, sizes: Sizes, dropout: float = 0.2) -> None:
        super().__init__()
        width = sizes.hidden
        self.mix = nn.Parameter(torch.zeros(sizes.layers + 1))
        self.narrow = nn.Linear(sizes.words, width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.layers = nn.ModuleList(
            Layer(width, sizes.top_heads, width // sizes.top_heads, sizes.top_inner, dropout, smooth=False)
            for _ in range(sizes.top_layers)
        )
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, 6)  # outside, begin, inside: of positions, then of events
        self.keys = nn.Linear(width, 2 * sizes.pointer)
        self.clause = nn.Sequential(nn.Linear(PARTS * width, width), nn.ReLU(), nn.Dropout(dropout))
        self.stance = nn.Linear(width, len(STANCES))
        self.issue = nn.Linear(width, len(ISSUES))
        self.happening = nn.Linear(width, len(TYPES))
        self.status = nn.Linear(width, len(STATUSES))
        self.valid = nn.Linear(width, 2)  # is it a position, is it an event, after all
        self.queries = nn.Linear(width, 2 * sizes.pointer)
        self.nobody = nn.Linear(width, 2)

    def told(self, levels: Tensor) -> Tensor:
        """What the encoder's states [levels, windows, tokens, ...] tell of each word, narrowed to the head's width."""
        mixed = (torch.softmax(self.mix, 0)[:, None, None, None] * levels).sum(0)
        narrowed: Tensor = self.narrow(mixed)
        return narrowed

    def words(self, told: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """States [windows, tokens, hidden], tag scores [.., 6], keys of the pointer [.., 2 * pointer]."""
        x = self.dropout(self.norm(told))
        bias = None if mask is None else attention_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x, self.tags(x), self.keys(x)

    def clauses(self, parts: Tensor) -> dict[str, Tensor]:
        """What each clause is, from its parts (`parts_of`)."""
        x = self.clause(parts)
        return {
            "stance": self.stance(x),
            "issue": self.issue(x),
            "type": self.happening(x),
            "status": self.status(x),
            "valid": self.valid(x),
            "queries": self.queries(x),
            "nobody": self.nobody(x),
        }


class Model(nn.Module):
    """Encoder and head together."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes)
        self.head = Head(sizes)


def parts_of(states: Tensor, told: Tensor, row: int, start: int, end: int, length: int) -> Tensor:
    """The states that stand for the clause `[start, end)` of a window of `length` tokens, side by side."""
    own, below = states[row], told[row]
    near = slice(max(0, start - NEIGHBOURS), min(length, end + NEIGHBOURS))
    means = (own[start:end].mean(0), own[near].mean(0), below[start:end].mean(0), below[near].mean(0))
    return torch.cat([*means, own[start], own[end - 1]])


def started(base: Path, attribution: Path | None, base_share: float, sizes: Sizes) -> Model:
    """A model whose encoder begins with the first layers of the base, or between it and one that learned attributions.

    What the base knew of topics fades while it learns who says what; between the two both are there (Wortsman et al. 2022).
    """
    model = Model(sizes)
    state = _base_state(load_file(base), sizes)
    if attribution is not None:
        known = torch.load(attribution, weights_only=True)["state"]
        for name, weight in state.items():
            other = known.get(f"tagger.{name}")
            if name != "words.weight" and other is not None and other[: len(weight)].shape == weight.shape:
                state[name] = torch.lerp(other[: len(weight)], weight, base_share)
        for at, name in enumerate(("quotes", "shapes", "firsts")):
            state[f"features.{at}.weight"] = known[f"tagger.{name}.weight"] * (1 - base_share)
    wrong = model.encoder.load_state_dict(state, strict=False)
    assert not wrong.unexpected_keys, wrong.unexpected_keys
    return model


def _base_state(base: dict[str, Tensor], sizes: Sizes) -> dict[str, Tensor]:
    places = base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
    state = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "places.weight": places[:WINDOW],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for at in range(sizes.layers):
        old, new = f"encoder.layer.{at}", f"layers.{at}"
        for kind in ("weight", "bias"):
            parts = [base[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"{new}.qkv.{kind}"] = torch.cat(parts)
            for here, there in names.items():
                state[f"{new}.{here}.{kind}"] = base[f"{old}.{there}.{kind}"]
    return state


def read_model(path: Path) -> Model:
    """A trained model, ready to be used."""
    saved = torch.load(path, weights_only=True)
    model = Model(Sizes(**saved["sizes"]))
    model.load_state_dict(saved["state"])
    return model.eval()


def save(model: Model, path: Path) -> None:
    torch.save({"state": model.state_dict(), "sizes": model.sizes.as_dict()}, path)
