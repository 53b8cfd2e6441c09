"""What each party wants, offers or refuses, issue by issue.

A position is a word that takes a stance ("demands", "is ready to", "must": codebooks/stances.toml), somebody who holds it,
and an issue (codebooks/issues/*.toml) in what the word governs. The pieces, in the order in which a sentence is read:

    words.py    does the word take its stance here, or is it denied, hedged, another's, a noun?
    holder.py   whose stance is it: the doer's side, or the speaker's?
    party.py    whose is it where nobody with a side is named: a minister's state, the strikers' union?
    scope.py    which words does it govern, and which issues stand among them?
    price.py    what does it hang on?
    orders.py   "Lift the siege": demands without a word for demanding
    since.py    since when?
    rows.py     the rows that one stance word makes
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.annotate.language.lines import MOST, Line, lines
from parley.annotate.language.phrases import Hit, apart
from parley.annotate.parties.words import is_bystander
from parley.annotate.positions.holder import may_hold, side_of
from parley.annotate.positions.holder import parties as parties_of
from parley.annotate.positions.issues import COMMON, Issue, is_about_dispute, issues_of
from parley.annotate.positions.orders import may_order, orders
from parley.annotate.positions.price import price
from parley.annotate.positions.rows import STANCES, Telling
from parley.annotate.positions.scope import is_complement, is_own, region
from parley.annotate.positions.stances import Trigger, triggers
from parley.annotate.positions.words import Held, bare, held
from parley.data import Position, Reading

if TYPE_CHECKING:
    from parley.pipeline import Settings

_SEEN = 8
_SENTENCE = 800
"""Characters within which a position and what it waits for are told."""
_PARTICLES = frozenset(("for", "ahead"))
_PAIR = 2
"""Words of a verb with its particle: "ask for", "press ahead"."""
_TALKS = 3
"""Deals and talks named in an article that is about them."""


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  the lists need no setting
    """The step that adds `positions`."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """The reading with every position its body states."""
    if not is_about_dispute(reading):
        return reading
    whole = lines(reading)
    # What an issue is costs more to find than who takes a stance, and most sentences take none.
    takes = [t for t in (_take(line) for line in whole) if t is not None]
    if not takes:
        return reading
    issues = issues_of([t.line for t in takes], whole)
    tells_of_talks = sum(h.entry.name in COMMON for named in issues for h in named) >= _TALKS
    found: list[Position] = []
    last = _Last()
    for take, named in zip(takes, issues, strict=True):
        line = take.line
        if line.sentence.paragraph != last.paragraph:
            last = _Last(line.sentence.paragraph)
        ordered = list(_ordered(take, named))
        rows = [r for r in _told(take, named, found, last.issues) if not any(_same(r, o) for o in ordered)] + ordered
        if named:
            last = _Last(line.sentence.paragraph, [h.entry.name for h in named if not h.entry.faint])
        # A bare yes or no is about the deal only where the article is about one.
        found += [r for r in rows if tells_of_talks or not (r.issue == "deal" and not _names(r, named, line))]
    return replace(reading, positions=tuple(_linked(list(_once(found)))))


def _same(row: Position, order: Position) -> bool:
    """True where an order's price is told already without its order: "lift the sanctions and we will return to the talks"."""
    return (row.party, row.issue) == (order.party, order.issue) and row.span.overlaps(order.span)


def _linked(rows: Sequence[Position]) -> Iterator[Position]:
    """Each conditional position with the demand that its own condition holds: the first that stands in its words."""
    asked = [r for r in rows if r.stance == "demands"]
    for row in rows:
        wanted = None
        if row.condition is not None and row.stance == "conditional" and asked:
            text = row.condition
            wanted = next((a for a in asked if a.party == row.party and a.span.text in text and _near(a, row)), None)
        yield row if wanted is None else replace(row, waits_for=wanted.id)


def _near(asked: Position, row: Position) -> bool:
    return abs(asked.span.start - row.span.start) < _SENTENCE


def _names(row: Position, issues: Sequence[Hit[Issue]], line: Line) -> bool:
    """True where the words of the row, or those right before them, name its issue; a vote on a strike is one on a deal."""
    names = {row.issue, "strike"} if row.span.text[:3].lower() == "vot" else {row.issue}
    return any(h.entry.name in names and line.span(h.first, h.last).overlaps(row.span) for h in issues)


def _once(found: Sequence[Position]) -> Iterator[Position]:
    """Each position once: of two tellings that share words, the longer."""
    kept: dict[tuple[str, str, str], list[Position]] = {}
    for row in found:
        same = kept.setdefault((row.party, row.issue, row.stance), [])
        other = next((k for k in same[-_SEEN:] if k.span.overlaps(row.span)), None)
        if other is None:
            same.append(row)
        elif len(other.span) < len(row.span):
            same[same.index(other)] = row
    ids = {row.id for rows in kept.values() for row in rows}
    for row in found:
        if row.id in ids:
            ids.remove(row.id)
            yield row


# ---------------------------------------------------------------- one sentence


@dataclass(frozen=True, slots=True)
class _Last:
    """What the last sentence of a paragraph that named an issue was about."""

    paragraph: int = -1
    issues: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Take:
    """A sentence in which somebody takes a stance: as printed, without its quotation marks, and each stance with its holders."""

    marked: Line
    line: Line
    stances: Sequence[Held]
    parties: Sequence[tuple[str, ...]]


def _take(marked: Line) -> _Take | None:
    """The stances of a sentence; None where it has none that somebody holds."""
    if not may_hold(marked):
        return None
    line = bare(marked)
    found = _tight(line, triggers().find(line.lowers))
    ordering = may_order(marked)
    if not found and not ordering:
        return None
    stances = held(line, _unrefuted(line, apart(found))) if found else []
    parties = [parties_of(line, h) for h in stances]
    return _Take(marked, line, stances, parties) if ordering or any(parties) else None


def _tight(line: Line, found: Sequence[Hit[Trigger]]) -> Sequence[Hit[Trigger]]:
    """Without the wide reading of words that have a narrow one: "asking for" of "asking for a rise to restore", not "asking ... to"."""
    pairs = (h for h in found if h.last - h.first == _PAIR and line.lowers[h.last - 1] in _PARTICLES)
    narrow = {h.first: h.last for h in pairs if h.entry.kind == "verb"}
    return [h for h in found if h.last <= narrow.get(h.first, h.last) + 1] if narrow else found


def _unrefuted(line: Line, found: Sequence[Hit[Trigger]]) -> list[Hit[Trigger]]:
    """Without what is said of a claim: what follows "rejected the claim" is the claim, as far as the clause goes."""
    refuted = min((h.last for h in found if h.entry.kind == "claim"), default=len(line.lowers))
    over = next((i for i in range(refuted, len(line.lowers)) if line.lowers[i] in ("but", ";")), len(line.lowers))
    return [h for h in found if h.entry.kind not in ("void", "claim") and not refuted <= h.first < over][:MOST]


def _told(
    take: _Take, issues: Sequence[Hit[Issue]], before: Sequence[Position], earlier: Sequence[str]
) -> Iterator[Position]:
    line, stances = take.line, take.stances
    first_covered = covered = 0
    for at, one in enumerate(stances):
        if first_covered <= one.hit.first < covered:
            continue  # part of a demand or a condition told already
        following = stances[at + 1] if at + 1 < len(stances) else None
        if following is not None and is_complement(line, one, following):
            if take.parties[at + 1] and is_own(line, one, following):
                continue  # "insisted that it will not pay": what follows is the stance
            following = next((h for h in stances[at + 1 :] if not is_complement(line, one, h)), None)
            first_covered = one.hit.first
            covered = following.hit.first if following is not None else len(line.lowers)
        if not take.parties[at]:
            continue
        first, last = region(line, one, following)
        condition = price(line, one, last)
        rows = list(
            Telling(line, one, take.parties[at], following, issues, before, earlier).rows(first, last, condition)
        )
        yield from rows
        if condition is not None and condition.first > one.hit.first:
            first_covered = one.hit.first if rows else condition.first  # "will | keep walking out | until ..."
            covered = max(covered, condition.last)


def _ordered(take: _Take, issues: Sequence[Hit[Issue]]) -> Iterator[Position]:
    """The orders of a sentence; they are told by its quotation marks, which `line` is without."""
    line, marked = take.line, take.marked
    if not issues or not may_order(marked):
        return
    shifted = [replace(h, first=first, last=last) for h in issues for first, last in [_marked(marked, line, h)]]
    for order in orders(marked, shifted):
        speaker = order.statement.speaker
        for party in side_of(marked, speaker):
            if is_bystander(party):
                continue
            yield Position(
                article=line.reading.article.id,
                span=marked.span(order.first, order.last),
                party=party,
                issue=order.issue,
                stance=STANCES[order.stance],
                said_by=speaker.name if speaker is not None and not speaker.name.islower() else None,
                statement=order.statement.id,
                confidence=0.7,
            )


def _marked(marked: Line, line: Line, hit: Hit[Issue]) -> tuple[int, int]:
    """The words of a hit in the sentence with its quotation marks."""
    return marked.sentence.words(line.tokens[hit.first].start, line.tokens[hit.last - 1].end)
