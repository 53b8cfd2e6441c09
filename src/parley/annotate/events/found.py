"""Which words of the list tell something in a sentence: the longest that are whole, each beside the others and not inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parley.annotate.events.happenings import Happening, finite, happenings, words
from parley.annotate.language.grammar import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    TIMES,
    is_adverb,
    is_mark,
)
from parley.annotate.language.lines import MOST, Line
from parley.annotate.language.phrases import Hit

_ASIDE = 12
"""Words that an aside between two commas may have."""
_PARTNERS = 24
"""Words in which those are named whom talks or a deal are between."""
_PARTIES_FOLLOW = frozenset(("between", "with", "involving"))
_BEFORE = 8
"""Words before a plan to go or to come in which those who talk are looked for."""
_DAY_WORDS = frozenset(("on", "late", "early", "last", "this", "next", "again"))
_CLAUSES = frozenset(("that", "which", "who", "because", "if", "when", "while", "whose", "since"))
_LINKS = frozenset((",", "which", "that", "was", "were", "been", "has", "have", "had"))
_CLASSES = frozenset(("labour", "labour or trade", "aid", "ballot", "forces", "meeting", "talkers", "trade", "truce"))


def found_in(line: Line) -> list[Hit[Happening]]:
    """The hits of a sentence that stand for a telling each, in order."""
    found = _found(line.lowers)
    if not found:
        return []
    blocks = [h for h in found if h.entry.blocks]
    kept = [h for h in found if not h.entry.blocks and not _blocked(h, blocks) and not _crosses(line, h)]
    kept = [h for h in kept if h.entry.kind != "verb" or not _modifies(line.lowers, h.first)]
    # What lacks a part tells nothing, and must not stand in the way of a shorter phrase that lacks none.
    hits = _nested(_begun([h for h in kept if _complete(line, h)]))
    hits, brokers = _brokered(line.lowers, hits)
    # A vote is an event beside what was voted for, and who brokered a truce beside the truce.
    core = [h for vote in (False, True) for h in _apart(_heads(h for h in hits if (h.entry.type == "vote") == vote))]
    return sorted([*core, *_apart(brokers)], key=lambda h: h.first)[:MOST]


def _brokered(
    lowers: Sequence[str], hits: Sequence[Hit[Happening]]
) -> tuple[list[Hit[Happening]], list[Hit[Happening]]]:
    """What tells of a deal up to the words for who brokered it, and those: "a truce between the two, | brokered by Egypt"."""
    deals = [h for h in hits if h.entry.type == "agreement"]
    brokers = [h for h in hits if h.entry.type == "mediate" and any(d.first < h.first < d.last for d in deals)]
    kept = []
    for hit in hits:
        ends = [b.first for b in brokers if hit.first < b.first < hit.last <= b.last]
        if hit in deals and ends:
            last = min(ends)
            while last - 1 > hit.first and lowers[last - 1] in _LINKS:
                last -= 1
            kept.append(replace(hit, last=last))
        elif hit not in brokers:
            kept.append(hit)
    return kept, brokers


def _found(lowers: Sequence[str]) -> list[Hit[Happening]]:
    """All hits; where an aside parts a subject from its verb, also those that reach over it."""
    found = happenings().find(lowers)
    kept = _bones(lowers)
    if len(kept) == len(lowers):
        return found
    over = [
        Hit(kept[h.first], kept[h.last - 1] + 1, h.entry)
        for h in happenings().find([lowers[i] for i in kept])
        if kept[h.last - 1] - kept[h.first] > h.last - 1 - h.first
    ]
    return found + over


def _bones(lowers: Sequence[str]) -> list[int]:
    """The places of the words without asides before a verb, without days, and without whom talks are between.

    "The talks, in their third week, ended on Friday"; "talks between the government and the two unions will begin".
    """
    if TIMES.isdisjoint(lowers) and lowers.count(",") < 2 and words("have parties").isdisjoint(lowers):
        return list(range(len(lowers)))
    kept: list[int] = []
    i = 0
    while i < len(lowers):
        if lowers[i] == "," and i:
            end = next((j for j in range(i + 2, min(i + _ASIDE, len(lowers) - 1)) if lowers[j] == ","), None)
            if end is not None and (lowers[end + 1] in AUXILIARIES or lowers[end + 1] in finite()):
                i = end + 1
                continue
        if lowers[i] in _PARTIES_FOLLOW and i and lowers[i - 1] in words("have parties"):
            end = _whom(lowers, i)
            if end is not None:
                i = end
                continue
        if lowers[i] in TIMES and i + 1 < len(lowers) and lowers[i + 1] != "'s":
            while kept and lowers[kept[-1]] in _DAY_WORDS and kept[-1] == i - 1:
                kept.pop()
                i -= 1
            i = next(j for j in range(i, len(lowers)) if lowers[j] in TIMES) + 1
            continue
        kept.append(i)
        i += 1
    return kept


def _whom(lowers: Sequence[str], at: int) -> int | None:
    """Where what follows "talks between" ends, at the verb of the talks; None where another clause comes first."""
    marks = ("(", ")", "-", ",") if lowers[at] == "between" else ("(", ")", "-")
    for i in range(at + 1, min(at + _PARTNERS, len(lowers))):
        if lowers[i] in AUXILIARIES or lowers[i] in finite():
            return i
        if lowers[i] in _CLAUSES or (is_mark(lowers[i]) and lowers[i] not in marks):
            return None
    return None


def _modifies(lowers: Sequence[str], at: int) -> bool:
    """True for a participle that only tells what kind of thing it is: "an internationally recognised government", "striking miners"."""
    after = lowers[at + 1 : at + 2]
    if (
        not after
        or not after[0].isalpha()
        or after[0] in PREPOSITIONS
        or after[0] in DETERMINERS
        or is_adverb(after[0])
    ):
        return False
    if lowers[at] == "striking":
        return True
    first = at - 1 if at and is_adverb(lowers[at - 1]) else at
    before = lowers[first - 1] if first else ""
    return lowers[at].endswith("ed") and (before in DETERMINERS or before in ("'s", "’s") or before[:1].isdigit())


def _crosses(line: Line, hit: Hit[Happening]) -> bool:
    """True where its words stand in two clauses: "announced that it accepts | the truce", "told the meeting that they failed"."""
    if hit.entry.kind == "verb":
        between = line.lowers[hit.first + 1 : hit.last - 1]
        return (
            not _CLAUSES.isdisjoint(between)
            or any(w in COORDINATORS and (after in finite() or after.endswith("ed")) for w, after in pairwise(between))
            or (hit.entry.type in words("transitive") and between[1:] != [] and between[0] in words("besides"))
        )
    if not hit.entry.type.startswith("talks_"):
        return False
    inside = line.lowers[hit.first : hit.last]
    return any(w == "that" and after not in AUXILIARIES and after not in finite() for w, after in pairwise(inside))


def _blocked(hit: Hit[Happening], blocks: Sequence[Hit[Happening]]) -> bool:
    return any(b.entry.row == hit.entry.row and b.first < hit.last and hit.first < b.last for b in blocks)


def _complete(line: Line, hit: Hit[Happening]) -> bool:
    """True unless a bare verb lacks what makes it a happening: people released, somebody met."""
    if line.lowers[hit.last - 1] == "no" and not _ends_there(line.lowers[hit.last : hit.last + 1]):
        return False  # "said no date had been fixed"
    if hit.entry.needs in _CLASSES:
        beside = line.lowers[max(0, hit.first - _BEFORE) : hit.last] if hit.entry.needs == "meeting" else line.lowers
        if words(f"needs {hit.entry.needs}").isdisjoint(beside):
            return False
    if hit.entry.needs == "a place":
        return any((n := line.named_at(i)) is not None and n.mention.kind == "place" for i in (hit.last, hit.last + 1))
    if hit.entry.needs == "position":
        span = line.span(hit.first, hit.last)
        if hit.last - hit.first == 1 and hit.last < len(line.lowers) and not is_mark(line.lowers[hit.last]):
            return False  # "accepted" alone tells it only where nothing follows
        return any(p.span.overlaps(span) for p in line.reading.positions)
    if hit.last - hit.first > 1:
        return True
    near = range(hit.last, min(hit.last + 4, len(line.lowers)))
    if not near or is_mark(line.lowers[hit.last]):
        return hit.entry.needs is None and line.lowers[hit.first] not in words("with a name")
    if hit.entry.needs == "people":
        return any(_counts(line.lowers[i]) for i in near)
    if line.lowers[hit.first] in words("with a name"):
        return any((n := line.named_at(i)) is not None and n.mention.side is not None for i in near[:3])
    return True


def _ends_there(after: Sequence[str]) -> bool:
    """True where a "no" is somebody's whole answer: nothing follows, or a mark, or to what it is said."""
    return not after or is_mark(after[0]) or after[0] in ("to", "and", "on", "again", "twice")


def _counts(word: str) -> bool:
    """True for a number, or a word for people: "twenty-four", "12", "sailors"."""
    return word[0].isdigit() or word.partition("-")[0] in words("people")


def _begun(hits: Sequence[Hit[Happening]]) -> list[Hit[Happening]]:
    """Without what begins inside the same happening told from its verb on: "went on | strike early on Tuesday for"."""
    verbs = [h for h in hits if h.entry.kind == "verb"]
    return [h for h in hits if h.entry.kind != "verb" or not any(_goes_into(v, h) for v in verbs)]


def _goes_into(verb: Hit[Happening], hit: Hit[Happening]) -> bool:
    return verb.entry.type == hit.entry.type and verb.first < hit.first < verb.last < hit.last


def _nested(hits: Sequence[Hit[Happening]]) -> list[Hit[Happening]]:
    """What befalls a deal leaves the words to what told of the deal: "a truce agreed in May | collapsed"."""
    out = []
    for hit in hits:
        inside = [
            h.last
            for h in hits
            if h.first == hit.first
            and h.last < hit.last
            and h.entry.type != hit.entry.type
            and "verb" not in (h.entry.kind, hit.entry.kind)
        ]
        out.append(replace(hit, first=max(inside)) if inside and hit.entry.kind == "state" else hit)
    return out


def _heads(hits: Iterable[Hit[Happening]]) -> Iterator[Hit[Happening]]:
    """Of the hits that begin at one verb the one that ends at its object: "announced a tariff truce | after talks".

    A verb alone gives way to any of its phrases; what befalls the talks may stand far from them.
    """
    by_first: dict[int, list[Hit[Happening]]] = {}
    for hit in hits:
        if hit.entry.kind == "verb" and hit.last - hit.first > 1:
            by_first.setdefault(hit.first, []).append(hit)
        else:
            yield hit
    for group in by_first.values():
        lasts = {h.last for h in group}
        last = min(lasts)
        while last + 1 in lasts:
            last += 1
        yield next(h for h in group if h.last == last)


def _apart(hits: Iterable[Hit[Happening]]) -> list[Hit[Happening]]:
    """The hits that do not share a word, longer ones first; but what befalls the object of a verb is told too.

    "Ended a strike which began in May" tells of two events, and the strike stands in both.
    """
    taken: set[int] = set()
    kept: list[Hit[Happening]] = []
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first)):
        shared = taken.intersection(range(hit.first, hit.last))
        if (
            not shared
            or (shared == {hit.first} and hit.entry.kind != "verb" and _ends_a_verb(kept, hit))
            or (shared == {hit.last - 1} and hit.entry.kind == "verb" and _begins_a_noun(kept, hit))
        ):
            taken.update(range(hit.first, hit.last))
            kept.append(hit)
    return kept


def _ends_a_verb(kept: Sequence[Hit[Happening]], noun: Hit[Happening]) -> bool:
    return any(h.last == noun.first + 1 and h.entry.kind == "verb" and h.entry.type != noun.entry.type for h in kept)


def _begins_a_noun(kept: Sequence[Hit[Happening]], verb: Hit[Happening]) -> bool:
    return any(h.first == verb.last - 1 and h.entry.kind != "verb" and h.entry.type != verb.entry.type for h in kept)
