"""Drift: the quotations of one utterance held against each other word by word.

Each quotation is held against one of them, the one printed first as far as that is known. Which is right nobody says: what stands in
quotation marks here and not there is named, with both statements beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from parley.compare.base import Row
from parley.compare.speech.quoted import Word
from parley.compare.speech.renderings import Rendering, denies, values
from parley.compare.speech.spellings import spelled_alike

Kind = Literal[
    "changed", "shortened", "lengthened", "translation", "reworded", "brackets", "marks", "excerpt", "spelling"
]

WHYS: dict[Kind, str] = {
    "changed": "a word or two inside the quotation marks are others",
    "shortened": "words are missing inside the quotation",
    "lengthened": "words have come into the quotation",
    "translation": "the same things in other words throughout, as two translators put them",
    "reworded": "much of the quotation is put in other words",
    "brackets": "an outlet's own words stand in brackets in it",
    "marks": "the quotation marks stand round fewer of the words",
    "excerpt": "whole sentences of it are left out",
    "spelling": "the same words, spelled differently",
}

RANK: tuple[Kind, ...] = tuple(WHYS)
"""From what most changes what somebody is made to say to what least does."""

SAME = 0.5
"""Share of a quotation's words that must stand in the other one, in order, for the two to be one quotation edited."""

EDITS = 2
"""Places at which an editor changes words; more of them, evenly strewn, come of translating twice."""


@dataclass(slots=True)
class _Aligned:
    """Two quotations aligned: what only one has, at how many places words are exchanged, which
    words are only spelled differently, and what one leaves out at its ends."""

    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    exchanged: int = 0
    spelled: list[tuple[str, str]] = field(default_factory=list)
    outside: list[tuple[int, int]] = field(default_factory=list)
    same: int = 0
    of: int = 0


def drifts(group: Sequence[Rendering]) -> list[Row]:
    """How the quotations of one utterance differ from the first one; those printed alike are named once, the others under `alike`.

    An article that gives its own quotation in two pieces or shortens it in its headline changes nobody's words.
    """
    quoting = sorted((r for r in group if len(r.words.quoted()) > 1), key=_order)
    if len(quoting) < 2:
        return []
    first = quoting[0]
    found: dict[str, Row] = {}
    for other in (one for one in quoting[1:] if one.article != first.article):
        row = between(first, other)
        if row is None:
            continue
        held = found.setdefault(repr((row["removed"], row["added"], row["kind"], _lows(other))), row)
        if held is not row:
            held["alike"].append(other.id)
    return sorted(found.values(), key=lambda r: (RANK.index(r["kind"]), r["statements"]))


def _order(one: Rendering) -> tuple[bool, tuple[int, int], tuple[int, int]]:
    printed = one.printed or (9**9, 9**9)
    return not one.direct, (printed[1], printed[0]), one.place


def _lows(one: Rendering) -> tuple[tuple[str, bool], ...]:
    return tuple((w.low, w.inserted) for w in one.words.words if w.quoted)


def between(first: Rendering, other: Rendering) -> Row | None:
    """How a quotation differs from an earlier one; None where it is printed alike, or quotes other words."""
    base = first.words.quoted()
    aligned = [_aligned(base, part) for part in _quotations(other)]
    kept = [a for a in aligned if a.same >= SAME * a.of and (a.same > 2 or a.same == a.of)]
    if not kept:
        return _translated(first, other, base)
    removed, added = [w for a in kept for w in a.removed], [w for a in kept for w in a.added]
    outside = list(_outside(base, kept)) if other.direct and len(kept) == 1 else []
    sentences = [words for words, whole in outside if whole]
    removed = [words for words, whole in outside if not whole] + removed
    brackets = _inserted(first) != _inserted(other)
    kind = _kind(kept, removed, added)
    if kind is None and sentences:
        kind, removed = "excerpt", sentences
    if kind is None and brackets:
        kind, removed, added = "brackets", _inserted(first), _inserted(other)
    if kind is None and _fewer(first, other):
        kind = "marks"
    if kind is None and (spelled := [pair for a in kept for pair in a.spelled]):
        kind, removed, added = "spelling", [one for one, _ in spelled], [two for _, two in spelled]
    return None if kind is None else _row(first, other, kind, removed, added)


def _row(first: Rendering, other: Rendering, kind: Kind, removed: list[str], added: list[str]) -> Row:
    turns = kind != "translation" and _turns(removed, added)
    return {
        "statements": [first.id, other.id],
        "removed": removed,
        "added": added,
        "kind": kind,
        "turns": turns,
        "alike": [],
        "why": WHYS[kind] + ("; a denial or a number is among them" if turns else ""),
    }


def _turns(removed: Sequence[str], added: Sequence[str]) -> bool:
    """True where a denial or a number came in, went or changed."""
    before, after = " ".join(removed), " ".join(added)
    return denies(before) != denies(after) or values(before) != values(after)


def _quotations(other: Rendering) -> list[list[Word]]:
    """What is compared as one: a direct quotation whole, though its source stands in the middle; else each quoted stretch."""
    if other.direct:
        return [list(other.words.quoted())]
    words = other.words.words
    return [part for first, end in other.words.runs if (part := [w for w in words[first:end] if not w.inserted])]


def _aligned(base: Sequence[Word], part: Sequence[Word]) -> _Aligned:
    found = _Aligned(of=min(len(part), len(base)))
    match = SequenceMatcher(None, [w.low for w in base], [w.low for w in part], autojunk=False)
    ops = match.get_opcodes()
    for at, (tag, a, a_end, b, b_end) in enumerate(ops):
        if tag == "equal":
            found.same += a_end - a
        elif tag == "delete" and at in (0, len(ops) - 1):
            found.outside.append((a, a_end))
        elif spelled_alike([w.text for w in base[a:a_end]], [w.text for w in part[b:b_end]]):
            found.same += a_end - a
            found.spelled += zip(_text(base[a:a_end]), _text(part[b:b_end]), strict=True)
        else:
            found.removed += _text(base[a:a_end])
            found.added += _text(part[b:b_end])
            found.exchanged += tag == "replace"
    return found


def _text(words: Sequence[Word]) -> list[str]:
    return [" ".join(w.text for w in words)] if words else []


def _outside(base: Sequence[Word], kept: Sequence[_Aligned]) -> Iterable[tuple[str, bool]]:
    """What a quotation leaves out at its ends, and whether that is whole sentences."""
    for a, end in kept[0].outside:
        whole = base[end - 1].ends if a == 0 else base[a - 1].ends
        yield " ".join(w.text for w in base[a:end]), whole


def _kind(kept: Sequence[_Aligned], removed: Sequence[str], added: Sequence[str]) -> Kind | None:
    """What was done to the words, None where they are the same."""
    exchanged = sum(a.exchanged for a in kept)
    share = sum(a.same for a in kept) / max(1, sum(a.of for a in kept))
    if exchanged > EDITS:
        return "translation" if share < 0.8 else "reworded"
    if exchanged:
        return "changed"
    if removed:
        return "shortened" if not added else "changed"
    return "lengthened" if added else None


def _translated(first: Rendering, other: Rendering, base: Sequence[Word]) -> Row | None:
    """Two direct quotations of one utterance with few words in the same order: translations, if they tell the same things at like length."""
    mine, theirs = len(base), len(other.words.quoted())
    common = len(first.stems & other.stems)
    if not (first.direct and other.direct) or common < 3 or not 0.5 <= theirs / max(1, mine) <= 2:
        return None
    if common < 0.4 * min(len(first.stems), len(other.stems)):
        return None
    found = _aligned(base, other.words.quoted())
    return _row(first, other, "translation", found.removed, found.added)


def _inserted(one: Rendering) -> list[str]:
    """What an outlet put in brackets, in brackets."""
    words = one.words.words
    runs = groupby(words, key=lambda w: w.quoted and w.inserted)
    return [f"[{' '.join(w.text for w in run)}]" for inserted, run in runs if inserted]


def _fewer(first: Rendering, other: Rendering) -> bool:
    """True where words that one has in quotation marks stand without them in the other."""
    for wide, narrow in ((first, other), (other, first)):
        inside = {w.low for w in wide.words.quoted()}
        mine = {w.low for w in narrow.words.quoted()}
        outside = {w.low for w in narrow.words.words if not w.quoted}
        if len(narrow.words.quoted()) < len(wide.words.quoted()) and len((inside - mine) & outside) > 1:
            return True
    return False
