"""The networks' answers -> ranges of tokens: candidates for cues, label sequences, neighbourhoods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parley.annotate.statements.attribution.texts import Floats, Ints

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
ROLE_LABELS = {role: (LABELS.index(f"B-{role}"), LABELS.index(f"I-{role}")) for role in ROLES}

# Tokens that the linker sees around a cue. In PolNeAR's training part 95 of 100 attributions lie within; what sticks out
# is found by the tagger's labels.
LEFT, RIGHT = 40, 56
SPAN = LEFT + RIGHT


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; spans are half-open character ranges of the text given, in reading order."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    confidence: float


def softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def cue_candidates(shares: Floats, *, threshold: float) -> list[tuple[int, int]]:
    """Token ranges that may be a cue, from the tagger's shares [tokens, labels]; they never overlap.

    The threshold is low on purpose: the linker has the last word on whether a candidate is a cue.
    """
    begin, inside = shares[:, ROLE_LABELS["cue"][0]], shares[:, ROLE_LABELS["cue"][1]]
    starts = np.flatnonzero(begin >= threshold)
    taken = np.zeros(len(shares), dtype=bool)
    found = []
    for start in sorted(starts.tolist(), key=lambda at: (-float(begin[at]), at)):
        if taken[start]:
            continue
        end = start + 1
        while end < len(shares) and not taken[end] and inside[end] >= max(0.35, float(begin[end])):
            end += 1
        taken[start:end] = True
        found.append((start, end))
    return sorted(found)


def _forbidden() -> Floats:
    moves = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for begin, inside in ROLE_LABELS.values():
        moves[:, inside] = -1e9
        moves[[begin, inside], inside] = 0.0
    return moves


_MOVES = _forbidden()
_FIRST = np.where(np.array([label.startswith("I-") for label in LABELS]), -1e9, 0.0).astype(np.float32)


def best_paths(scores: Floats) -> Ints:
    """The best label sequence of each row of scores [rows, tokens, labels], where an inside needs its begin.

    Where each word's best label may follow the one before, these labels are that sequence; only the other rows are searched.
    """
    path: Ints = scores.argmax(axis=2)
    whole = (_FIRST[path[:, 0]] == 0) & (_MOVES[path[:, :-1], path[:, 1:]] == 0).all(axis=1)
    torn = np.flatnonzero(~whole)
    if len(torn):
        path[torn] = _viterbi(scores[torn])
    return path


def _viterbi(scores: Floats) -> Ints:
    """What `best_paths` promises, label by label; all rows at once."""
    rows, length, count = scores.shape
    back = np.zeros((length, rows, count), dtype=np.int64)
    best = scores[:, 0] + _FIRST
    for at in range(1, length):
        arrivals = best[:, :, None] + _MOVES
        back[at] = arrivals.argmax(axis=1)
        best = arrivals.max(axis=1) + scores[:, at]
    path = np.zeros((rows, length), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    every = np.arange(rows)
    for at in range(length - 1, 0, -1):
        path[:, at - 1] = back[at, every, path[:, at]]
    return path


def role_spans(path: Ints, role: str) -> list[tuple[int, int]]:
    """Ranges of one role in one label sequence."""
    begin, inside = ROLE_LABELS[role]
    spans: list[tuple[int, int]] = []
    for at, label in enumerate(path.tolist()):
        if label == begin or (label == inside and not (spans and spans[-1][1] == at)):
            spans.append((at, at + 1))
        elif label == inside:
            spans[-1] = (spans[-1][0], at + 1)
    return spans


def neighbourhoods(hidden: Floats, cues: Sequence[tuple[int, int]]) -> tuple[Floats, Ints, Ints]:
    """What the linker sees: for each cue the hidden states around it, which of them are real, and which are the cue."""
    count = len(hidden)
    padded = np.zeros((count + SPAN, hidden.shape[1]), dtype=np.float32)
    padded[LEFT : LEFT + count] = hidden
    states = np.stack([padded[start : start + SPAN] for start, _ in cues])
    place = np.array([start for start, _ in cues])[:, None] - LEFT + np.arange(SPAN)[None]
    mask = ((place >= 0) & (place < count)).astype(np.int64)
    ends = np.array([end for _, end in cues])[:, None]
    marks = ((np.arange(SPAN)[None] >= LEFT) & (place < ends)).astype(np.int64)
    return states, mask, marks
