"""The issues of talks: where a text names them, read with the kind of story it tells.

"Strike" is an attack in a story of a conflict and a walkout in one about a plant. So the article as a whole says first
which list it is read with: the one whose issues it names most often.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from parley.annotate.language.lines import Line, lines
from parley.annotate.language.phrases import Hit, Phrases, apart
from parley.annotate.positions.stances import word_class
from parley.codebooks import lexicon, shipped
from parley.data import Reading, Sentence

_PLENTY = 4
"""Cue words that leave no doubt about the kind of story."""
_ABOUT = 1.5
"""Words for issues, and for the people and things of such stories, in a hundred words of an article that is about a dispute.

Measured: invented news of talks has 2.0 and more (40 articles), news of a war 2.7 (60 of FA-KES); of 300 articles of an
election campaign (PolNeAR) 251 have less, and three in four of their rows were wrong.
"""
_TALKERS = 2
"""What a word for those who talk ("delegation", "mediator") counts for: campaign news has one in 15 articles."""
_LONG = 150
"""Words from which an article is long enough for that measure."""
_TOLD = 0.15
"""What a kind must weigh before the words that name an issue only there are read."""
_IFS = frozenset(("if", "unless"))
COMMON = frozenset(("deal", "talks"))
"""Issues of every kind of talks; they say nothing about the kind of story."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of one kind of story; `blocks` marks words that look like it and are not,
    `weak` those that stories of other kinds use as well, `faint` those that count only where no clearer word stands, and a clear one elsewhere in the article."""

    name: str
    story: str
    blocks: bool = False
    weak: bool = False
    faint: bool = False


@cache
def _books() -> dict[str, Mapping[str, Any]]:
    books = [lexicon(name) for name in shipped() if name.startswith("issues/")]
    return {book["story"]: book for book in books}


@cache
def _phrases(story: str) -> Phrases[Issue]:
    """The phrases of one kind of story."""
    return Phrases(_entries(story))


def _entries(story: str) -> list[tuple[str, Issue]]:
    entries: list[tuple[str, Issue]] = []
    for row in _books()[story]["issue"]:
        issue = Issue(
            row["name"],
            story,
            weak=row.get("weak", False) or row.get("faint", False),
            faint=row.get("faint", False),
        )
        entries += [(p, issue) for p in row["patterns"]]
        entries += [(p, replace(issue, blocks=True)) for p in row.get("unless", ())]
    return entries


@cache
def _all_phrases() -> Phrases[Issue]:
    """The phrases of all kinds of story: looked for together they cost a third of what they do one kind after the other."""
    return Phrases(entry for story in _books() for entry in _entries(story))


@cache
def _cues() -> dict[str, str]:
    """Words of people and things that only stories of one kind are full of ("union", "exporters", "troops") -> the kind."""
    return {word: story for story, book in _books().items() for word in book["cues"]}


def issues_of(asked: Sequence[Line], whole: Sequence[Line]) -> list[list[Hit[Issue]]]:
    """For each sentence asked about, the issues it names, in order and apart from each other; `whole` is its article."""
    if not asked:
        return []
    cued = _cued(whole, _cues())
    story = _told_by_cues(cued)
    if story is not None:
        return _backed([_clearest(named_in(line.lowers, story)) for line in asked], story)
    named = [_named_by_story(line.lowers) for line in asked]
    told = {s: [_clearest(row.get(s, ())) for row in named] for s in _books()}
    own = _cued(whole, _own())
    weight = {
        s: (_weight(rows) + cued[s] / 2 + own[s]) * (1 if own[s] or cued[s] > 1 else _books()[s]["unclear"])
        for s, rows in told.items()
    }
    best = max(weight, key=lambda s: weight[s])
    if weight[best] == 0:
        # Only deals and talks: any story's words for them.
        rows = zip(*told.values(), strict=True)
        return [_clearest([h for hits in row for h in hits if h.entry.name in COMMON]) for row in rows]
    if weight[best] < _TOLD:
        return [[h for h in hits if not h.entry.faint] for hits in told[best]]
    return _backed(told[best], best)


def _backed(named: Sequence[list[Hit[Issue]]], story: str) -> list[list[Hit[Issue]]]:
    """Without the faint words of what no clear word of the article names: a "site" is nuclear only where something else is."""
    told = {*_books()[story]["heart"], *(h.entry.name for hits in named for h in hits if not h.entry.faint)}
    return [[h for h in hits if not h.entry.faint or h.entry.name in told] for hits in named]


def tells_of_dispute(whole: Sequence[Line]) -> bool:
    """True where an article is about a conflict, a trade dispute or a labour dispute, and does not mention one in passing."""
    words = sum(len(line.lowers) for line in whole)
    needed = _ABOUT * words / 100
    counts = _cued(whole, _cues())
    talkers = word_class("talkers")
    needed -= _TALKERS * sum(sum(map(talkers.__contains__, line.lowers)) for line in whole)
    if words < _LONG or max(counts.values(), default=0) >= needed:
        return True
    for line in whole:
        named = _named_by_story(line.lowers)
        for story, hits in named.items():
            counts[story] += sum(not h.entry.weak for h in _clearest(hits))
        if named and max(counts.values()) >= needed:
            return True
    return False


class _Last(threading.local):
    """The article asked about last, by its sentences, and the answer: two layers after each other ask."""

    of: tuple[Sentence, ...] | None = None
    told = False


_last = _Last()


def is_about_dispute(reading: Reading) -> bool:
    """Whether the body of an article `tells_of_dispute`."""
    if _last.of is not reading.sentences:
        _last.told, _last.of = tells_of_dispute(lines(reading)), reading.sentences
    return _last.told


def story_of(whole: Sequence[Line]) -> str | None:
    """The kind of story that an article is, where its words leave no doubt."""
    return _told_by_cues(_cued(whole, _cues()))


def named_in(lowers: Sequence[str], story: str) -> list[Hit[Issue]]:
    """The issues of one kind of story among the words of a sentence; what only looks like one is left out."""
    return _unblocked(_joined(lowers, _phrases(story).find(lowers)))


def _named_by_story(lowers: Sequence[str]) -> dict[str, list[Hit[Issue]]]:
    """What `named_in` says for each kind of story that has any of it."""
    by_story: dict[str, list[Hit[Issue]]] = {}
    for hit in _joined(lowers, _all_phrases().find(lowers)):
        by_story.setdefault(hit.entry.story, []).append(hit)
    return {story: kept for story, hits in by_story.items() if (kept := _unblocked(hits))}


def _joined(lowers: Sequence[str], hits: Sequence[Hit[Issue]]) -> Sequence[Hit[Issue]]:
    """Without the phrases that reach into a condition: "a halt only if it includes an end to the attacks"."""
    ifs = [i for i, w in enumerate(lowers) if w in _IFS]
    return [h for h in hits if not any(h.first < i < h.last for i in ifs)] if ifs else hits


def _cued(whole: Sequence[Line], cues: Mapping[str, str]) -> Counter[str]:
    words = cues.keys()
    return Counter(cues[w] for line in whole if not words.isdisjoint(line.lowers) for w in line.lowers if w in cues)


@cache
def _own() -> dict[str, str]:
    """Words that only stories of one kind use -> the kind."""
    return {word: story for story, book in _books().items() for word in book["own"]}


def _told_by_cues(cued: Counter[str]) -> str | None:
    """The kind of story where an article's words for people and things leave no doubt."""
    (story, most), (_, next_most) = [*cued.most_common(2), ("", 0), ("", 0)][:2]
    return story if most >= _PLENTY and most >= 2 * next_most else None


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
    return [h for h in hits if not h.entry.blocks and not any(_covers(b, h) for b in blocks)] if blocks else list(hits)


def _covers(block: Hit[Issue], hit: Hit[Issue]) -> bool:
    same = block.entry.name == hit.entry.name and block.entry.story == hit.entry.story
    return same and block.first <= hit.first and hit.last <= block.last
