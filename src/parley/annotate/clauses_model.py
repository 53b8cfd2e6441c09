"""Which clauses state a position or tell an event: small networks on top of the encoder that reads attributions.

The first looks at a window's words and marks, for positions and for events apart, where a clause begins and how far it goes.
The second looks at each clause so marked and tells what it is: the stance and the issue, or the type of event and its status,
whether it is one after all, and whose it is, as shares of the words around it ("the union", "he").
Names are hidden from both, as from the encoder, so that who bears a name changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from parley.annotate.attribution.files import load_session
from parley.annotate.attribution.spans import softmax
from parley.annotate.attribution.texts import Floats

ISSUES = (
    *("ceasefire", "truce", "withdrawal", "prisoners", "aid", "reconstruction", "displaced", "deal", "talks"),
    *("military_action", "blockade", "guarantees", "disarmament", "governance", "territory", "recognition"),
    *("sanctions", "nuclear", "monitoring"),
    *("tariffs", "purchases", "technology", "enforcement"),
    *("pay", "benefits", "jobs", "plants", "conditions", "strike"),
)
TYPES = (
    *("talks_announced", "talks_held", "talks_no_progress", "talks_suspended", "talks_resumed", "mediate", "propose"),
    *("accept_proposal", "reject_proposal", "agreement", "agreement_ends", "violation", "release", "armed_action"),
    *("withdraw", "aid_delivery", "recognition", "sanction", "strike_begins", "strike_ends", "vote", "other"),
)
STANCES = ("demands", "proposes", "accepts", "rejects", "intends", "conditional", "undecided")
STATUSES = ("actual", "planned", "claimed", "denied", "hypothetical")
LABELS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {"position": (STANCES, ISSUES), "event": (TYPES, STATUSES)}
KINDS = ("position", "event")
OUTSIDE, BEGIN, INSIDE = range(3)
NEIGHBOURS = 24
"""Word pieces on either side that tell of a clause's surroundings."""
PARTS = 6
"""Vectors that stand for a clause."""
SMOOTH = np.array((0.25, 0.5, 0.25), dtype=np.float32)
SHORTEST = 2
"""Word pieces of a clause; what is shorter is noise."""
PARTED = 0.4
"""Share of a begin that parts two clauses which follow each other without a gap."""
FILES = ("words.onnx", "clauses.onnx")


@dataclass(frozen=True, slots=True)
class Marked:
    """A clause in word pieces `[start, end)` of a window.

    `labels` and `details` are the shares of stances and issues, or of types and statuses; `chance` that it is one at all.
    `holder` is for each word piece of the window the share with which it names whose clause it is; `nobody` the rest.
    """

    kind: str
    start: int
    end: int
    labels: Floats
    details: Floats
    chance: float
    holder: Floats
    nobody: float


def candidates(shares: Floats, *, threshold: float) -> list[tuple[int, int]]:
    """Token ranges that may be a clause, from shares [tokens, outside/begin/inside]; they never overlap.

    A range is what is more likely than `threshold` part of a clause, wherever that begins; it is parted where a second one
    begins, surely (`PARTED`): where exactly a clause starts is often a matter of taste, that there is one less so.
    """
    likely = shares[:, BEGIN] + shares[:, INSIDE]
    # a word alone that the marker is in doubt about goes with its neighbours
    smooth = np.convolve(np.pad(likely, 1, mode="edge"), SMOOTH, mode="valid") if len(likely) else likely
    covered = (smooth >= threshold).tolist()
    begins = shares[:, BEGIN].tolist()
    found: list[tuple[int, int]] = []
    start = None
    for at, (inside, begin) in enumerate(zip([*covered, False], [*begins, 0.0], strict=True)):
        if start is not None and (not inside or begin >= PARTED):
            if at - start >= SHORTEST:
                found.append((start, at))
            start = None
        if start is None and inside:
            start = at
    return found


def parts_of(states: Floats, told: Floats, start: int, end: int) -> Floats:
    """What stands for a clause, side by side: the means of its words and of its neighbourhood, and its first and last word.

    `told` is what the encoder tells of each word [tokens, hidden], `states` what the first network makes of it.
    """
    near = slice(max(0, start - NEIGHBOURS), end + NEIGHBOURS)
    means = (states[start:end].mean(0), states[near].mean(0), told[start:end].mean(0), told[near].mean(0))
    return np.concatenate((*means, states[start], states[end - 1]))


class ClauseModel:
    """The trained networks; one instance may be used by one thread at a time. It holds no state between calls."""

    def __init__(
        self, words: onnxruntime.InferenceSession, clauses: onnxruntime.InferenceSession, numbers: dict[str, Any]
    ) -> None:
        self._words = words
        self._clauses = clauses
        self._begin = float(numbers["begin"])
        self._threshold = float(numbers["threshold"])

    @classmethod
    def load(cls, folder: Path, numbers: dict[str, Any]) -> ClauseModel:
        """The networks of a model folder whose files were checked; `numbers` are its thresholds."""
        words, clauses = (load_session(folder / name) for name in FILES)
        return cls(words, clauses, numbers)

    def read(self, told: Floats) -> list[Marked]:
        """The clauses of one window, from what the encoder tells of its words [tokens, hidden]."""
        states, tags, keys = (out[0] for out in self._words.run(None, {"told": told[None]}))
        shares = softmax(tags.reshape(-1, 2, 3))
        spans = [(c, s) for c in (0, 1) for s in candidates(shares[:, c], threshold=self._begin)]
        if not spans:
            return []
        parts = np.stack([parts_of(states, told, *span) for _, span in spans])
        names = [out.name for out in self._clauses.get_outputs()]
        answers = dict(zip(names, self._clauses.run(None, {"parts": parts}), strict=True))
        return list(self._marked(spans, answers, keys))

    def _marked(
        self, spans: list[tuple[int, tuple[int, int]]], answers: dict[str, Floats], keys: Floats
    ) -> Iterator[Marked]:
        width = keys.shape[1] // 2
        for at, (column, (start, end)) in enumerate(spans):
            chance = float(1 / (1 + np.exp(-answers["valid"][at, column])))
            if chance < self._threshold:
                continue
            slot = slice(column * width, (column + 1) * width)
            points = keys[:, slot] @ answers["queries"][at, slot] / np.float32(width**0.5)
            holder = softmax(np.append(points, answers["nobody"][at, column]))
            one, two = ("stance", "issue") if column == 0 else ("type", "status")
            yield Marked(
                KINDS[column],
                start,
                end,
                softmax(answers[one][at]),
                softmax(answers[two][at]),
                chance,
                holder[:-1],
                float(holder[-1]),
            )
