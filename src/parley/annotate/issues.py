"""The issues of talks: where a text names them, read with the kind of story it tells.

"Strike" is an attack in a story of a conflict and a walkout in one about a plant. So the article as a whole says first
which list it is read with: the one whose issues it names most often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parley.annotate.clauses import Line
from parley.annotate.phrases import Hit, Phrases, apart
from parley.codebooks import lexicon, shipped

COMMON = frozenset(("deal", "talks"))
"""Issues of every kind of talks; they say nothing about the kind of story."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of one kind of story; `blocks` marks words that look like it and are not."""

    name: str
    story: str
    blocks: bool = False


@cache
def _phrases() -> dict[str, Phrases[Issue]]:
    out = {}
    for name in (n for n in shipped() if n.startswith("issues/")):
        book = lexicon(name)
        entries = [(p, Issue(r["name"], book["story"])) for r in book["issue"] for p in r["patterns"]]
        entries += [
            (p, Issue(r["name"], book["story"], blocks=True)) for r in book["issue"] for p in r.get("unless", ())
        ]
        out[book["story"]] = Phrases(entries)
    return out


def issues_of(lines: Sequence[Line]) -> list[list[Hit[Issue]]]:
    """For each sentence, the issues it names, in order and apart from each other."""
    found = {story: [_named(phrases, line) for line in lines] for story, phrases in _phrases().items()}
    weight = Counter(
        {story: sum(h.entry.name not in COMMON for hits in rows for h in hits) for story, rows in found.items()}
    )
    if not weight:
        return [[] for _ in lines]
    best = max(sorted(weight), key=lambda s: weight[s])
    return found[best]


def _named(phrases: Phrases[Issue], line: Line) -> list[Hit[Issue]]:
    """Blocks are taken out first: a hit inside one is none, a longer hit around one stands."""
    hits = phrases.find(line.lowers)
    blocks = [h for h in hits if h.entry.blocks]
    return apart(h for h in hits if not h.entry.blocks and not any(_covers(b, h) for b in blocks))


def _covers(block: Hit[Issue], hit: Hit[Issue]) -> bool:
    return block.entry.name == hit.entry.name and block.first <= hit.first and hit.last <= block.last
