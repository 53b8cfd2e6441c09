"""Labels that say on which side the cue lies, and how they pair up into attributions.

A word's label tells its role and where its attribution's cue stands: `content_after` is content that comes after its cue ("said THE
TALKS FAILED"), `content_before` content in front of it, `content_alone` content whose cue is not in the paragraph; sources likewise.
So a content belongs to the nearest cue on the side it names, and one sequence of labels holds whole attributions, interrupted
quotations included. On PolNeAR's development part the gold, written in these labels and read back, loses .025 of joint F1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from parley.annotate.statements.attribution.texts import Floats, Ints

KINDS = ("cue", "source_before", "source_after", "content_after", "content_before", "content_alone")
LABELS = ("O", *(f"{edge}-{kind}" for kind in KINDS for edge in "BI"))

_BEGINS = np.array([label.startswith("B-") for label in LABELS])
_KIND = np.array([0, *(place for place in range(1, len(KINDS) + 1) for _ in "BI")])

Run = tuple[int, int]
Marked = tuple[str, Run]


@dataclass(slots=True)
class Paired:
    """One attribution in tokens of its paragraph."""

    cue: Run | None
    source: list[Run] = field(default_factory=list)
    content: list[Run] = field(default_factory=list)


def runs(labels: Ints) -> list[Marked]:
    """The stretches of one kind in a sequence of labels, in order; an inside without its begin begins one.

    >>> runs(np.array([0, 1, 2, 2, 8, 8]))
    [('cue', (1, 4)), ('content_after', (4, 6))]
    """
    kinds = _KIND[labels]
    edges = _edges(kinds, _BEGINS[labels])
    return [(KINDS[kinds[start] - 1], (start, end)) for start, end in pairwise(edges) if kinds[start]]


def best_runs(shares: Floats) -> list[Marked]:
    """The stretches of the likeliest sequence of labels, given the shares [tokens, labels], where an inside has its begin.

    Where each word's likeliest label may follow the one before, these labels are that sequence; only the rest is searched (Viterbi),
    between words that are surely outside.
    """
    labels: Ints = shares.argmax(axis=1)
    if not labels.any():
        return []
    torn = np.flatnonzero(_torn(labels)).tolist()
    if torn:
        edges = _edges(shares[:, 0] > _SURELY, np.zeros(len(shares), dtype=np.bool_))
        for stretch in {bisect_right(edges, place) - 1 for place in torn}:
            start, end = edges[stretch : stretch + 2]
            labels[start:end] = _best_path(np.log(shares[start:end] + 1e-9).tolist())
    return runs(labels)


def _torn(labels: Ints) -> npt.NDArray[np.bool_]:
    """Where an inside stands without its begin."""
    kinds = _KIND[labels]
    torn: npt.NDArray[np.bool_] = (kinds > 0) & ~_BEGINS[labels]
    torn[1:] &= kinds[1:] != kinds[:-1]
    return torn


_SURELY = 0.99
_INSIDES = tuple(range(2, len(LABELS), 2))


def _best_path(rows: list[list[float]]) -> list[int]:
    """Viterbi in plain Python: with thirteen labels a step costs less than one call into numpy.

    An inside comes after its begin or itself, any other label after whichever is best; so scores alone tell the way back.
    """
    before = rows[0].copy()
    for inside in _INSIDES:
        before[inside] = -1e9
    steps = [before]
    for row in rows[1:]:
        top = max(before)
        now = [top + share for share in row]
        for inside in _INSIDES:
            begun, gone_on = before[inside - 1], before[inside]
            now[inside] = (gone_on if gone_on >= begun else begun) + row[inside]
        steps.append(now)
        before = now
    path: list[int] = []
    label = 0
    for scores in reversed(steps):
        if label == 0 or label % 2:
            label = scores.index(max(scores))
        elif scores[label] < scores[label - 1]:
            label -= 1
        path.append(label)
    return path[::-1]


def _edges(groups: npt.NDArray[Any], begins: npt.NDArray[np.bool_]) -> list[int]:
    """Where stretches of one group begin, and the end of all."""
    if not len(groups):
        return [0]
    fresh = begins.copy()
    fresh[0] = True
    fresh[1:] |= groups[1:] != groups[:-1]
    return [*np.flatnonzero(fresh).tolist(), len(groups)]


def paired(found: Sequence[Marked], *, stops: Collection[int] = ()) -> list[Paired]:
    """The attributions of one paragraph; `stops` are the tokens that end its sentences.

    A cue without a source of its own takes that of the cue before it in the sentence ("he said ..., adding ..."). A content whose
    cue is missing stands alone.
    """
    cues = sorted(run for kind, run in found if kind == "cue")
    whole = [Paired(run) for run in cues]
    begins, ends = [run[0] for run in cues], [run[1] for run in cues]
    alone: list[Paired] = []
    for kind, run in found:
        if kind == "cue":
            continue
        role, _, side = kind.partition("_")
        # the nearest cue on the side where the run says that its cue lies; looked up, as a paragraph may hold thousands
        at = bisect_right(ends, run[0]) - 1 if side == "after" else bisect_left(begins, run[1])
        if side in ("before", "after") and 0 <= at < len(whole):
            owner = whole[at]
            (owner.source if role == "source" else owner.content).append(run)
        elif role == "content":
            alone.append(Paired(None, content=[run]))
    _share_sources(whole, sorted(stops))
    return sorted((one for one in whole + alone if one.content), key=lambda one: one.cue or one.content[0])


def _share_sources(whole: Sequence[Paired], stops: Sequence[int]) -> None:
    last: Paired | None = None
    for one in whole:
        if not one.source and last is not None and _same_sentence(last, one, stops):
            one.source = last.source
        if one.source:
            last = one


def _same_sentence(first: Paired, second: Paired, stops: Sequence[int]) -> bool:
    if first.cue is None or second.cue is None:
        return False
    return bisect_left(stops, first.cue[1]) == bisect_left(stops, second.cue[0])


def sided(cue: Run | None, run: Run, role: str) -> str:
    """The kind that a run of a role has, given its cue: the way from gold attributions to labels."""
    if cue is None:
        return "content_alone"
    return f"{role}_after" if run[0] >= cue[0] else f"{role}_before"


def label_rows(spans: Iterable[Marked], count: int) -> Ints:
    """Labels of `count` tokens from runs with their kinds; a later run lies over an earlier one."""
    labels = np.zeros(count, dtype=np.int64)
    for kind, (start, end) in spans:
        begin = LABELS.index(f"B-{kind}")
        labels[start:end] = begin + 1
        labels[start : start + 1] = begin
    return labels
