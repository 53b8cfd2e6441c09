"""What each party wants, offers or refuses, issue by issue.

A position is a word that takes a stance ("demands", "is ready to", "must": codebooks/stances.toml), somebody who holds it,
and an issue (codebooks/issues/*.toml) in what the word governs. The pieces, in the order in which a sentence is read:

    positions_words.py    does the word take its stance here, or is it denied, hedged, another's, a noun?
    positions_holder.py   whose stance is it: the doer's side, or the speaker's?
    positions_scope.py    which words does it govern, and which issues stand among them?
    positions_price.py    what does it hang on?
    positions_orders.py   "Lift the siege": demands without a word for demanding
    positions_since.py    since when?
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.annotate.clauses import group_start
from parley.annotate.issues import COMMON, Issue, issues_of
from parley.annotate.lines import MOST, Line, lines
from parley.annotate.phrases import Hit, apart
from parley.annotate.positions_holder import may_hold, names_both, side_of
from parley.annotate.positions_holder import parties as parties_of
from parley.annotate.positions_orders import may_order, orders
from parley.annotate.positions_price import WEAPONS, Price, price, under
from parley.annotate.positions_scope import (
    Item,
    across,
    after_colon,
    asked_before,
    before_relative,
    goes_back,
    is_complement,
    items,
    pointed_at,
    promised,
    region,
    subject_items,
    tied,
)
from parley.annotate.positions_since import since
from parley.annotate.positions_words import Held, bare, held, verb_of
from parley.annotate.stances import Trigger, is_bystander, relents, triggers, word_class
from parley.data import Position, Reading, Stance

if TYPE_CHECKING:
    from parley.pipeline import Settings

_ARMS = frozenset(("military_action", "strike"))
_KEEPS = frozenset(("keep", "keeping", "retain", "retaining", "stay", "remain"))
_KEPT = frozenset(("disarmament", "withdrawal"))
"""To keep one's weapons or one's troops is to refuse what the other side asks."""
_SUBMITS = frozenset(("put", "present", "submit", "table"))
_ALL = (["all", "sides"], ["all", "parties"], ["the", "parties"], ["the", "sides"], ["both", "to"])
_TO = frozenset(("for", "of", "condition", "precondition", "demand", "priority"))
_LONG = 4
_SEEN = 8
_SENTENCE = 800
"""Characters within which a position and what it waits for are told."""
_TALKS = 3
"""Deals and talks named in an article that is about them."""
_STANCES: dict[str, Stance] = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "rejects": "rejects",
    "intends": "intends",
    "conditional": "conditional",
    "undecided": "undecided",
}


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  the lists need no setting
    """The step that adds `positions`."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """The reading with every position its body states."""
    whole = lines(reading)
    # What an issue is costs more to find than who takes a stance, and most sentences take none.
    takes = [t for t in (_take(line) for line in whole) if t is not None]
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
    """True where the words of the row, or those right before them, name its issue."""
    return any(h.entry.name == row.issue and line.span(h.first, h.last).overlaps(row.span) for h in issues)


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
    found = triggers().find(line.lowers)
    ordering = may_order(marked)
    if not found and not ordering:
        return None
    stances = held(line, _unrefuted(line, apart(found))) if found else []
    parties = [parties_of(line, h) for h in stances]
    return _Take(marked, line, stances, parties) if ordering or any(parties) else None


def _unrefuted(line: Line, found: Sequence[Hit[Trigger]]) -> list[Hit[Trigger]]:
    """Without what is said of a claim: what follows "rejected the claim" is the claim, as far as the clause goes."""
    refuted = min((h.last for h in found if h.entry.kind == "void"), default=len(line.lowers))
    over = next((i for i in range(refuted, len(line.lowers)) if line.lowers[i] in ("but", ";")), len(line.lowers))
    return [h for h in found if h.entry.kind != "void" and not refuted <= h.first < over][:MOST]


def _told(
    take: _Take, issues: Sequence[Hit[Issue]], before: Sequence[Position], earlier: Sequence[str]
) -> Iterator[Position]:
    line, stances = take.line, take.stances
    covered = 0
    for at, one in enumerate(stances):
        if one.hit.first < covered:
            continue  # part of a demand or a condition told already
        following = stances[at + 1] if at + 1 < len(stances) else None
        if following is not None and is_complement(line, one, following):
            following = next((h for h in stances[at + 1 :] if not is_complement(line, one, h)), None)
            covered = following.hit.first if following is not None else len(line.lowers)
        if not take.parties[at]:
            continue
        first, last = region(line, one, following)
        condition = price(line, one, last)
        yield from _Telling(line, one, take.parties[at], following, issues, before, earlier).rows(
            first, last, condition
        )
        if condition is not None and condition.first > one.hit.first:
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
                stance=_STANCES[order.stance],
                said_by=speaker.name if speaker is not None and not speaker.name.islower() else None,
                statement=order.statement.id,
                confidence=0.7,
            )


def _marked(marked: Line, line: Line, hit: Hit[Issue]) -> tuple[int, int]:
    """The words of a hit in the sentence with its quotation marks."""
    return marked.sentence.words(line.tokens[hit.first].start, line.tokens[hit.last - 1].end)


@dataclass(frozen=True, slots=True)
class _Telling:
    """One stance word of a sentence, with the next one and what was told before it."""

    line: Line
    held: Held
    parties: tuple[str, ...]
    following: Held | None
    issues: Sequence[Hit[Issue]]
    before: Sequence[Position]
    earlier: Sequence[str]

    def rows(self, first: int, last: int, condition: Price | None) -> Iterator[Position]:
        """The positions that the stance word states; it governs the words `[first, last)`."""
        line, held, parties = self.line, self.held, self.parties
        if self._to_own(parties):
            return
        if condition is not None and first <= condition.first < last:
            last = condition.first
        on = self._on(parties, first, last, condition)
        if on is None:
            return
        if held.stance == "undecided":
            # Who has not refused to talk has said nothing; who has not ruled talks out keeps a door open.
            on = [i for i in on if i.issue != "talks" or not line.lowers[held.hit.first].startswith("reject")]
        for party in parties:
            for n, item in enumerate(on):
                if not self._is_idle(held, item):
                    yield self._position(self._turned(item, n), party, item, condition)
            if condition is not None and on and not condition.lasts(line.lowers) and not self._threatens(condition):
                yield from self._asked(party, condition)

    def _threatens(self, condition: Price) -> bool:
        """True for "threatened to bar inspectors if sanctions return": what is feared is not asked for."""
        return self.held.stance == "intends" and condition.marker == "if" and self.held.hit.entry.speech

    # ------------------------------------------------------------ what it is on

    def _on(self, parties: Sequence[str], first: int, last: int, condition: Price | None) -> list[Item] | None:
        """What the stance is on; None where the words state no position after all."""
        line, held = self.line, self.held
        found = self._governed(first, last)
        if held.kind == "will" and found and found[0].issue == "talks" and self._is_news():
            return None
        if line.lowers[held.hit.first] == "could" and held.kind == "will" and condition is None:
            return None  # what could be is a wish or a fear, unless it has its price
        if held.stance in ("accepts", "rejects") and found and found[0].issue == "deal":
            found = found[:1]
        if self.following is not None and len(found) == 1 and self._defers(found[0]):
            return None
        found = self._elsewhere(found, last, condition)
        if not found:
            issue = asked_before(line, first, last, parties, self.before)
            issue = (
                issue or pointed_at(line, first, held, self.issues, self.before, self.earlier) or held.hit.entry.issue
            )
            found = [Item(held.hit.first, max(last, held.hit.last), issue)] if issue else []
        if len(found) == 1:
            start = held.doer.first if held.kind == "modal" else held.hit.first
            if held.stance != held.hit.entry.stance:
                start = group_start(line, held.hit.first)  # "has not rejected": its "not" is what turns it
            found = [replace(found[0], first=min(start, found[0].first), last=max(last, found[0].last))]
        return tied(held, self.issues, last) if held.stance == "conditional" and held.kind != "modal" else found

    def _governed(self, first: int, last: int) -> list[Item]:
        """The issues among the words that the stance governs."""
        line, held = self.line, self.held
        # "signed the truce paper": the word for the issue is part of the stance's own words.
        ends = [
            h.first
            for h in self.issues
            if held.hit.first <= h.first < held.hit.last <= h.last
            and (h.first > held.hit.first or h.entry.name not in COMMON)
        ]
        within = ends[0] if ends and held.kind == "verb" else first
        start = max(within, after_colon(line, held, within, last))
        found = items(line, self.issues, start, last, each=held.stance == "demands")
        if line.lowers[held.hit.first].startswith("vot") and held.stance == "intends":
            found = [i for i in found if i.issue == "strike"]
        return found

    def _elsewhere(self, found: list[Item], last: int, condition: Price | None) -> list[Item]:
        """The issues that stand in the subject, in the stance's own words or before a "which", where none is governed."""
        line, held = self.line, self.held
        if held.kind == "modal":
            found = across(held, self.issues) + found or subject_items(line, held, self.issues)
        if held.kind == "will" and held.statement is not None and not held.doer.sides:
            theirs = [] if held.doer.pronoun else promised(line, held, self.issues, priced=condition is not None)
            found = theirs if theirs or verb_of(line.lowers, held.hit.last) == "be" else found
        conditions = line.lowers[held.hit.last - 1] in _TO and held.hit.last - held.hit.first > _LONG
        if held.hit.last - held.hit.first > 2 and (not found or conditions):
            # "has made the opening of the road a condition for peace": it wants the road opened.
            within = [h for h in self.issues if held.hit.first < h.first and h.last < held.hit.last] or [
                h for h in self.issues if not found and held.hit.first < h.first < held.hit.last
            ]
            found = [Item(h.first, h.last, h.entry.name) for h in within[:1]] or found
        if not found and goes_back(line, held, last):
            found = [Item(held.hit.first, last, "talks")]
        if held.passive:
            found = subject_items(line, held, self.issues)
        if held.hit.entry.issue and held.stance in ("accepts", "rejects") and line.lowers[held.hit.last - 1] != "to":
            return []  # "said yes": whatever stands after it, the answer is to what was offered
        return found or before_relative(line, held, self.issues)

    def _defers(self, item: Item) -> bool:
        """True for "an agreement that fulfils our demands for ...": the demands say what it is about."""
        assert self.following is not None
        between = self.line.lowers[item.first : self.following.hit.first]
        return item.issue == "deal" and "that" in between[-6:] and any(w in ("a", "an", "any") for w in between)

    def _is_news(self) -> bool:
        """True for "the teams will meet on Monday": that talks are to be held is an event, unless a side gives its word."""
        held = self.held
        speaker = held.statement.speaker if held.statement else None
        if speaker is None or not (speaker.side or speaker.name[:1].isupper()):
            return held.stance == "accepts"
        theirs = bool(held.doer.names) and speaker.side not in held.doer.sides
        return held.stance == "accepts" and theirs and speaker.name not in held.doer.sides

    def _to_own(self, parties: Sequence[str]) -> bool:
        """True where somebody wants something of his own side ("urged his government to ...") or of both: no party's position."""
        if self.held.stance != "demands" or self.held.kind != "verb":
            return False
        at = self.held.hit.last
        if names_both(self.line.lowers[at : at + 3]) or self.line.lowers[at : at + 2] in _ALL:
            return True  # who urges both sides stands between them
        beside = [n.mention for n in self.line.named if at <= n.first <= at + 2]
        return bool(beside) and beside[0].side in parties

    # ------------------------------------------------------------ the row

    def _is_idle(self, held: Held, item: Item) -> bool:
        """True for "promised a package", "plans a meeting": a plan to talk or to deal is no stance on it."""
        return held.stance == "intends" and held.kind == "verb" and item.issue in COMMON

    def _turned(self, item: Item, n: int) -> Held:
        """The stance on one item of a list: "ready to talk about shifts but not about pay" refuses the second; a tie asks it."""
        held = self.held
        if held.stance == "conditional" and n > 0 and held.hit.entry.stance == "conditional":
            return replace(held, stance="demands")
        if held.stance == "accepts" and n > 0 and self.line.lowers[item.first] == "not":
            return replace(held, stance="rejects")
        return held

    def _asked(self, party: str, condition: Price) -> Iterator[Position]:
        """What the condition itself demands: "if they lift the siege"."""
        line, held = self.line, self.held
        for item in items(line, self.issues, condition.inside, condition.last):
            if held.stance == "demands":
                # "wants the dam back before any truce": the truce has its price.
                if condition.marker == "before" and item.first - condition.inside < 2:
                    yield self._position(replace(held, stance="conditional"), party, item, None)
            elif condition.marker == "before" and held.stance != "rejects":
                continue  # "will talk before a truce": when, not what for
            elif item.issue not in COMMON or self._theirs(item, condition):
                yield self._position(replace(held, stance="demands"), party, item, None)

    def _theirs(self, item: Item, condition: Price) -> bool:
        """True where the condition is that somebody comes to the talks: "unless the union returns to the table"."""
        words = self.line.lowers[condition.inside : item.last]
        return item.issue == "talks" and not word_class("coming").isdisjoint(words)

    def _position(self, held: Held, party: str, item: Item, condition: Price | None) -> Position:
        line = self.line
        stance, relent = self._by_issue(held, item)
        text = None
        if condition is not None:
            text = line.span(condition.first, condition.last).text
            stance = under(stance, held, item.issue, condition.marker, line.lowers[held.hit.first], relents=relent)
        last = min(max(item.last, item.first + 1), len(line.tokens))
        return Position(
            article=line.reading.article.id,
            span=line.span(item.first, last),
            party=party,
            issue=item.issue,
            stance=_STANCES[stance],
            said_by=self._said_by(held),
            condition=text,
            since=since(line, held, held.doer.first, last),
            statement=held.statement.id if held.statement else None,
            confidence=0.8 if held.is_cue else 0.7,
        )

    def _by_issue(self, held: Held, item: Item) -> tuple[str, bool]:
        """The stance that the words take on this issue, and whether they take a weapon away."""
        line, stance = self.line, held.stance
        if stance == "demands" and item.issue in _ARMS and line.lowers[held.hit.first].startswith("insist"):
            stance = "intends"
        relent = not relents().isdisjoint(line.lowers[held.hit.first : held.hit.last + 2])
        if stance == "accepts" and held.kind == "adj" and item.issue in WEAPONS and not relent:
            stance = "intends"
        keeps = not _KEEPS.isdisjoint(line.lowers[held.hit.first : held.hit.last + 2])
        if stance in ("intends", "demands") and keeps and item.issue in _KEPT:
            stance = "rejects"
        if stance == "intends" and held.kind == "will" and item.issue in COMMON:
            stance = "proposes" if verb_of(line.lowers, held.hit.last) in _SUBMITS else "accepts"
        return stance, relent

    def _said_by(self, held: Held) -> str | None:
        outer = held.statement
        if outer is not None and outer.nested_in is not None:
            outer = next((s for s in self.line.statements if s.id == outer.nested_in), outer)
        speaker = outer.speaker if outer else None
        if speaker is not None:
            # That a body agreed or refused is the outlet's telling; that it demanded is its own word.
            told = (
                held.is_cue and held.stance in ("accepts", "rejects") and speaker.name == (speaker.side or speaker.name)
            )
            return None if (told and outer is held.statement) or speaker.name.islower() else speaker.name
        if held.doer.person:
            return held.doer.person
        return held.doer.side if held.hit.entry.speech else None
