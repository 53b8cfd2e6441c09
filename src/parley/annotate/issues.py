"""The issues of talks: where a text names them, read with the kind of story it tells.

"Strike" is an attack in a story of a conflict and a walkout in one about a plant. So the article as a whole says first
which list it is read with: the one whose issues it names most often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from parley.annotate.lines import Line
from parley.annotate.phrases import Hit, Phrases, apart
from parley.codebooks import lexicon, shipped

COMMON = frozenset(("deal", "talks"))
"""Issues of every kind of talks; they say nothing about the kind of story."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of one kind of story; `blocks` marks words that look like it and are not,
    `weak` those that stories of other kinds use as well, `faint` those that count only where no clearer word stands."""

    name: str
    story: str
    blocks: bool = False
    weak: bool = False
    faint: bool = False


@cache
def _books() -> tuple[Mapping[str, Any], ...]:
    return tuple(lexicon(name) for name in shipped() if name.startswith("issues/"))


@cache
def _phrases() -> Phrases[Issue]:
    entries: list[tuple[str, Issue]] = []
    for book in _books():
        for row in book["issue"]:
            issue = Issue(
                row["name"],
                book["story"],
                weak=row.get("weak", False) or row.get("faint", False),
                faint=row.get("faint", False),
            )
            entries += [(p, issue) for p in row["patterns"]]
            entries += [(p, replace(issue, blocks=True)) for p in row.get("unless", ())]
    return Phrases(entries)


@cache
def _stories() -> tuple[str, ...]:
    return tuple(book["story"] for book in _books())


def issues_of(lines: Sequence[Line]) -> list[list[Hit[Issue]]]:
    """For each sentence, the issues it names, in order and apart from each other."""
    found = [_unblocked(_phrases().find(line.lowers)) for line in lines]
    told = {s: [_clearest([h for h in hits if h.entry.story == s]) for hits in found] for s in _stories()}
    weight = {s: _weight(rows) + _cued(lines, s) for s, rows in told.items()}
    best = max(weight, key=lambda s: weight[s], default=None)
    if best is None or weight[best] == 0:
        # Only deals and talks: any story's words for them.
        return [_clearest([h for h in hits if h.entry.name in COMMON]) for hits in found]
    if weight[best] < 1:
        return [[h for h in hits if not h.entry.faint] for hits in told[best]]
    return told[best]


@cache
def _cues(story: str) -> frozenset[str]:
    """Words of people and things that only stories of one kind are full of: "union", "exporters", "troops"."""
    return next(frozenset(book["cues"]) for book in _books() if book["story"] == story)


def _cued(lines: Sequence[Line], story: str) -> float:
    cues = _cues(story)
    return float(sum(w in cues for line in lines for w in line.lowers))


def _clearest(hits: Sequence[Hit[Issue]]) -> list[Hit[Issue]]:
    """The hits apart from each other, clear words before faint ones."""
    clear = apart(h for h in hits if not h.entry.faint)
    taken = {i for h in clear for i in range(h.first, h.last)}
    faint = apart(h for h in hits if h.entry.faint and taken.isdisjoint(range(h.first, h.last)))
    return sorted([*clear, *faint], key=lambda h: h.first) if faint else clear


def _weight(rows: Sequence[Sequence[Hit[Issue]]]) -> float:
    """How much sentences speak of one kind of story: by the words that only it uses, and a little by all."""
    issues = [h.entry for hits in rows for h in hits if h.entry.name not in COMMON]
    return sum(not i.weak for i in issues) + len(issues) / 100


def _unblocked(hits: Sequence[Hit[Issue]]) -> list[Hit[Issue]]:
    """Blocks are taken out first: a hit inside one is none, a longer hit around one stands."""
    blocks = [h for h in hits if h.entry.blocks]
    return [h for h in hits if not h.entry.blocks and not any(_covers(b, h) for b in blocks)]


def _covers(block: Hit[Issue], hit: Hit[Issue]) -> bool:
    same = block.entry.name == hit.entry.name and block.entry.story == hit.entry.story
    return same and block.first <= hit.first and hit.last <= block.last
