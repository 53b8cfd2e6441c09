"""The network that reads clauses: which words state a position or tell an event, what each is, and whose.

An encoder of its own reads a window of the article and marks, for positions and for events apart, where a clause begins and how far it goes.
A second, small network looks at each clause so marked, and at each that the rules have found, and tells what it is: the stance
and the issue, or the type of event and its status, whether it is one after all, and whose it is, as shares of the words around it
("the union", "he"). Names are hidden from both, so that who bears a name changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from parley.annotate.clauses.labels import NEIGHBOURS, candidates
from parley.annotate.statements.attribution.files import load_session, load_tokenizer, read_manifest
from parley.annotate.statements.attribution.spans import softmax
from parley.annotate.statements.attribution.texts import Floats, Ints
from parley.models import FOLDER

DEFAULT_MODEL = "clauses-en-20261122"
FILES = ("words.onnx", "clauses.onnx")
POSITION, EVENT = 0, 1
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Marked:
    """A clause in word pieces `[start, end)` of a window, or words of a row of the rules.

    `share` is how much of it the marker takes for part of a clause, `chance` that it is one at all. `labels` and `details` are the
    shares of stances and issues, or of types and statuses. `holder` is for each word piece of the window the share with which it names
    whose clause it is; `nobody` the rest.
    """

    kind: int
    start: int
    end: int
    share: float
    chance: float
    labels: Floats
    details: Floats
    holder: Floats
    nobody: float


def parts_of(states: Floats, told: Floats, start: int, end: int) -> Floats:
    """What stands for a clause, side by side: the means of its words and of its neighbourhood, and its first and last word.

    `told` is what the encoder tells of each word [tokens, hidden], `states` what the layer above makes of it.
    """
    near = slice(max(0, start - NEIGHBOURS), end + NEIGHBOURS)
    means = (states[start:end].mean(0), states[near].mean(0), told[start:end].mean(0), told[near].mean(0))
    return np.concatenate((*means, states[start], states[end - 1]))


class ClauseModel:
    """The trained networks; one instance may be used by one thread at a time. It holds no state between calls."""

    def __init__(
        self,
        folder: Path,
        manifest: dict[str, Any],
        words: onnxruntime.InferenceSession,
        clauses: onnxruntime.InferenceSession,
    ) -> None:
        self.manifest = manifest
        self.tokenizer = load_tokenizer((folder / manifest["tokenizer"]).resolve())
        self.window = int(manifest["max_length"])
        self._words = words
        self._clauses = clauses
        self._names = [out.name for out in clauses.get_outputs()]
        self._begin = float(manifest["decoding"]["begin"])

    @classmethod
    def load(cls, folder: Path | None = None) -> ClauseModel:
        """The model of a folder, by default the one that comes with Parley; its files' hashes are checked."""
        folder = FOLDER / DEFAULT_MODEL if folder is None else folder
        manifest = read_manifest(folder)
        words, clauses = (load_session(folder / name) for name in FILES)
        return cls(folder, manifest, words, clauses)

    def read(
        self, ids: Ints, features: Ints, ruled: Sequence[tuple[int, int, int]]
    ) -> tuple[list[Marked], list[Marked]]:
        """The clauses of one window, and what the network says of those that the rules found (kind, start, end)."""
        inputs = {
            "ids": np.concatenate(([_CLS], ids, [_SEP]))[None],
            "features": np.pad(features, ((1, 1), (0, 0)))[None],
        }
        told, states, tags, keys = (out[0] for out in self._words.run(None, inputs))
        shares = softmax(tags.reshape(-1, 2, 3))
        found = [
            (kind, *span) for kind in (POSITION, EVENT) for span in candidates(shares[:, kind], threshold=self._begin)
        ]
        spans = [*found, *ruled]
        if not spans:
            return [], []
        parts = np.stack([parts_of(states, told, start, end) for _, start, end in spans])
        answers = dict(zip(self._names, self._clauses.run(None, {"parts": parts}), strict=True))
        marked = list(_marked(spans, shares, answers, keys))
        return marked[: len(found)], marked[len(found) :]


def _marked(
    spans: Sequence[tuple[int, int, int]], shares: Floats, answers: dict[str, Floats], keys: Floats
) -> Iterator[Marked]:
    width = keys.shape[1] // 2
    for at, (kind, start, end) in enumerate(spans):
        slot = slice(kind * width, (kind + 1) * width)
        points = keys[:, slot] @ answers["queries"][at, slot] / np.float32(width**0.5)
        holder = softmax(np.append(points, answers["nobody"][at, kind]))
        one, two = ("stance", "issue") if kind == POSITION else ("type", "status")
        yield Marked(
            kind,
            start,
            end,
            float(1 - shares[start:end, kind, 0].mean()),
            float(1 / (1 + np.exp(-answers["valid"][at, kind]))),
            softmax(answers[one][at]),
            softmax(answers[two][at]),
            holder[:-1],
            float(holder[-1]),
        )
