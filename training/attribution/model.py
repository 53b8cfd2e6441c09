"""The two networks: a BERT-like encoder with a tagger on top, and a linker that is conditioned on one cue."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
import torch.nn.functional as nn_f
from safetensors.torch import load_file
from torch import Tensor, nn

from parley.annotate.statements.attribution.spans import LABELS, LEFT, SPAN


@dataclass(frozen=True)
class Sizes:
    """Everything that fixes the shape of the networks."""

    hidden: int = 384
    heads: int = 12
    head_width: int = 32
    inner: int = 1536
    layers: int = 6
    vocabulary: int = 30522
    positions: int = 512
    word_width: int = 384  # width of the frozen word vectors; projected to `hidden` where it differs
    linker_hidden: int = 192
    linker_heads: int = 3
    linker_inner: int = 384
    linker_layers: int = 2
    styles: tuple[str, ...] = field(default=("unknown",))

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT, with query, key and value in one matrix."""

    def __init__(
        self, hidden: int, heads: int, head_width: int, inner: int, dropout: float, *, smooth: bool = True
    ) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * heads * head_width)
        self.out = nn.Linear(heads * head_width, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.curve = nn_f.gelu if smooth else nn_f.relu
        # Gates of ones: their gradients tell what a head or an inner unit is worth (`prune.py`).
        self.head_gate: Tensor | None = None
        self.inner_gate: Tensor | None = None

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        x = self.norm1(x + self.out(self.attend(q, k, v, bias)))
        inner = self.curve(self.up(x))
        if self.inner_gate is not None:
            inner = inner * self.inner_gate
        return self.norm2(x + self.dropout(self.down(inner)))

    def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
        """What each token takes from the others, head by head."""
        batch, length, _ = q.shape
        q, k, v = (part.view(batch, length, self.heads, -1).transpose(1, 2) for part in (q, k, v))
        if not torch.is_grad_enabled() and self.head_gate is None:  # a teacher: a quarter of the time at 256 tokens
            bias = None if bias is None else bias.to(q.dtype)
            mixed = nn_f.scaled_dot_product_attention(q, k, v, attn_mask=bias)
            return mixed.transpose(1, 2).reshape(batch, length, -1)
        # Spelled out: faster here than the fused kernel, whose backward pass took a quarter of the time.
        scores = q @ k.transpose(-1, -2) * (1.0 / math.sqrt(q.shape[-1]))
        mixed = torch.softmax(scores if bias is None else scores + bias, dim=-1).to(v.dtype) @ v
        if self.head_gate is not None:
            mixed = mixed * self.head_gate[:, None, None]
        return mixed.transpose(1, 2).reshape(batch, length, -1)


def attention_bias(mask: Tensor) -> Tensor:
    """0 where a token may be looked at, a large negative number where it is padding."""
    return (1.0 - mask.float())[:, None, None, :] * -1e4


class Tagger(nn.Module):
    """Word pieces and features -> label scores per token, and the states that the linker reads."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.words = nn.Embedding(sizes.vocabulary, sizes.word_width)
        self.words.weight.requires_grad_(False)
        self.widen = nn.Identity() if sizes.word_width == sizes.hidden else nn.Linear(sizes.word_width, sizes.hidden)
        self.places = nn.Embedding(sizes.positions, sizes.hidden)
        self.quotes = nn.Embedding(6, sizes.hidden)
        self.shapes = nn.Embedding(5, sizes.hidden)
        self.firsts = nn.Embedding(2, sizes.hidden)
        self.styles = nn.Embedding(len(sizes.styles), sizes.hidden)
        for table in (self.quotes, self.shapes, self.firsts, self.styles):
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(sizes.hidden, sizes.heads, sizes.head_width, sizes.inner, dropout) for _ in range(sizes.layers)
        )
        self.dropout = nn.Dropout(dropout)
        self.label = nn.Linear(sizes.hidden, len(LABELS))
        self.states = nn.Linear(sizes.hidden, sizes.linker_hidden)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None, style: Tensor) -> tuple[Tensor, Tensor]:
        x = self.by_layer(ids, features, mask, style)[-1]
        return self.label(x), self.states(x)

    def by_layer(self, ids: Tensor, features: Tensor, mask: Tensor | None, style: Tensor) -> list[Tensor]:
        """What each layer makes of the word pieces, the last one's states last."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = (
            self.widen(self.words(ids))
            + self.places(place)[None]
            + self.quotes(features[:, :, 0])
            + self.shapes(features[:, :, 1])
            + self.firsts(features[:, :, 2])
            + self.styles(style)[:, None]
        )
        x = self.dropout(self.norm(x))
        bias = None if mask is None else attention_bias(mask)
        found = []
        for layer in self.layers:
            x = layer(x, bias)
            found.append(x)
        return found


class Linker(nn.Module):
    """States around one cue -> label scores for that cue's attribution alone, and whether it is one."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.marks = nn.Embedding(2, sizes.linker_hidden)
        self.places = nn.Embedding(SPAN, sizes.linker_hidden)
        nn.init.normal_(self.places.weight, std=0.1)
        self.norm = nn.LayerNorm(sizes.linker_hidden, eps=1e-6)
        self.layers = nn.ModuleList(
            Layer(
                sizes.linker_hidden,
                sizes.linker_heads,
                sizes.linker_hidden // sizes.linker_heads,
                sizes.linker_inner,
                dropout,
                smooth=False,
            )
            for _ in range(sizes.linker_layers)
        )
        self.dropout = nn.Dropout(dropout)
        self.label = nn.Linear(sizes.linker_hidden, len(LABELS))
        self.valid = nn.Linear(sizes.linker_hidden, 1)

    def forward(self, states: Tensor, mask: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        x = self.dropout(self.norm(states + self.marks(marks) + self.places.weight[None]))
        bias = attention_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return self.label(x), self.valid(x[:, LEFT])[:, 0]


class Model(nn.Module):
    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.tagger = Tagger(sizes, dropout)
        self.linker = Linker(sizes, dropout)


def load_base(tagger: Tagger, path: Path, *, take: tuple[int, ...]) -> None:
    """Copies the pre-trained weights in; `take[i]` is the pre-trained layer that becomes layer i."""
    base = load_file(path)
    state: dict[str, Tensor] = {}
    if tagger.sizes.word_width == tagger.sizes.hidden:
        state["places.weight"] = (
            base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        )
        state["norm.weight"] = base["embeddings.LayerNorm.weight"]
        state["norm.bias"] = base["embeddings.LayerNorm.bias"]
        for here, there in enumerate(take):
            old, new = f"encoder.layer.{there}", f"layers.{here}"
            for kind in ("weight", "bias"):
                state[f"{new}.qkv.{kind}"] = torch.cat(
                    [base[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                )
                state[f"{new}.out.{kind}"] = base[f"{old}.attention.output.dense.{kind}"]
                state[f"{new}.norm1.{kind}"] = base[f"{old}.attention.output.LayerNorm.{kind}"]
                state[f"{new}.up.{kind}"] = base[f"{old}.intermediate.dense.{kind}"]
                state[f"{new}.down.{kind}"] = base[f"{old}.output.dense.{kind}"]
                state[f"{new}.norm2.{kind}"] = base[f"{old}.output.LayerNorm.{kind}"]
    state["words.weight"] = base["embeddings.word_embeddings.weight"]
    wrong = tagger.load_state_dict(state, strict=False)
    assert not wrong.unexpected_keys, wrong.unexpected_keys
