"""The network: small layers over the states of the attribution encoder, and what they say of words and of clauses."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from training.attribution.model import Layer, Tagger, attention_bias
from training.clauses.labels import ISSUES, NEIGHBOURS, PARTS, STANCES, STATUSES, TYPES


@dataclass(frozen=True)
class HeadSizes:
    """Everything that fixes the shape of the head."""

    encoder: int = 384
    levels: int = 7
    hidden: int = 256
    heads: int = 4
    inner: int = 512
    layers: int = 2
    pointer: int = 64

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def levels_of(tagger: Tagger, ids: Tensor, features: Tensor, mask: Tensor | None, style: Tensor) -> Tensor:
    """The encoder's states below, between and above its layers: [levels, windows, tokens, hidden]."""
    x = tagger.norm(
        tagger.widen(tagger.words(ids))
        + tagger.places(torch.arange(ids.shape[1], device=ids.device))[None]
        + tagger.quotes(features[:, :, 0])
        + tagger.shapes(features[:, :, 1])
        + tagger.firsts(features[:, :, 2])
        + tagger.styles(style)[:, None]
    )
    bias = None if mask is None else attention_bias(mask)
    states = [x]
    for layer in tagger.layers:
        states.append(x := layer(x, bias))
    return torch.stack(states)


class Head(nn.Module):
    """States of the encoder -> for each word whether a clause begins or goes on, and what each clause is."""

    def __init__(self, sizes: HeadSizes, dropout: float = 0.2) -> None:
        super().__init__()
        self.sizes = sizes
        width = sizes.hidden
        self.mix = nn.Parameter(torch.zeros(sizes.levels))
        self.narrow = nn.Linear(sizes.encoder, width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.layers = nn.ModuleList(
            Layer(width, sizes.heads, width // sizes.heads, sizes.inner, dropout, smooth=False)
            for _ in range(sizes.layers)
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


def parts_of(states: Tensor, told: Tensor, row: int, start: int, end: int, length: int) -> Tensor:
    """The states that stand for the clause `[start, end)` of a window of `length` tokens, side by side."""
    own, below = states[row], told[row]
    near = slice(max(0, start - NEIGHBOURS), min(length, end + NEIGHBOURS))
    means = (own[start:end].mean(0), own[near].mean(0), below[start:end].mean(0), below[near].mean(0))
    return torch.cat([*means, own[start], own[end - 1]])
