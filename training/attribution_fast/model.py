"""The network: word vectors, three dilated convolutions, one bidirectional LSTM, a label for each word."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as nn_f
from torch import Tensor, nn

from parley.annotate.statements.attribution.sided import LABELS
from parley.annotate.statements.attribution.words import SEPARATOR_SHAPE

MARKS = 6 * (SEPARATOR_SHAPE + 1)
# A word's own shift of its pre-trained vector learns more slowly than the rest: most words are seen a few times only.
OWN_SHIFT = 0.2


class WordNetwork(nn.Module):
    """Numbers of words and marks [batch, length] -> label scores [batch, length, labels]."""

    def __init__(
        self,
        vectors: Tensor,
        others: int,
        *,
        width: int = 96,
        state: int = 64,
        dilations: tuple[int, ...] = (1, 2, 4),
        dropout: float = 0.3,
    ) -> None:
        super().__init__()
        self.shape: dict[str, Any] = {"width": width, "state": state, "dilations": list(dilations)}
        self.vectors = nn.Parameter(vectors.clone(), requires_grad=False)
        self.project = nn.Linear(vectors.shape[1], width, bias=False)
        self.others = nn.Embedding(others, width)  # names, numbers, endings, the separator
        self.shift = nn.Embedding(len(vectors) + others, width)
        self.marks = nn.Embedding(MARKS, width)
        nn.init.zeros_(self.shift.weight)
        for table in (self.others, self.marks):
            nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.LayerNorm(width)
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in dilations)
        self.recurrent = nn.LSTM(width, state, batch_first=True, bidirectional=True)
        self.label = nn.Linear(width + 2 * state, len(LABELS))
        self.dropout = nn.Dropout(dropout)

    def table(self) -> Tensor:
        """The vector of each number [numbers, width]."""
        return torch.cat([self.project(self.vectors), self.others.weight]) + OWN_SHIFT * self.shift.weight

    def forward(self, ids: Tensor, marks: Tensor) -> Tensor:
        x = nn_f.embedding(ids, self.table()) + self.marks(marks)
        x = self.dropout(self.norm(x)).transpose(1, 2)
        for convolution in self.convolutions:
            x = x + self.dropout(nn_f.relu(convolution(x)))
        x = x.transpose(1, 2)
        y: Tensor = self.label(torch.cat([x, self.dropout(self.recurrent(x)[0])], dim=-1))
        return y
