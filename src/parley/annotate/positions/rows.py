"""The rows that one stance word of a sentence makes: on which issues, under which condition, on whose word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parley.annotate.language.clauses import group_start
from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit
from parley.annotate.positions.holder import names_both
from parley.annotate.positions.issues import COMMON, Issue
from parley.annotate.positions.price import WEAPONS, Price, under
from parley.annotate.positions.scope import (
    Item,
    across,
    after_addressee,
    after_colon,
    asked_before,
    before_relative,
    described,
    goes_back,
    items,
    pointed_at,
    promised,
    subject_items,
    tied,
    without,
)
from parley.annotate.positions.since import since
from parley.annotate.positions.stances import relents, word_class
from parley.annotate.positions.words import Held, progressive, verb_of
from parley.data import Position, Stance

_ARMS = frozenset(("military_action", "strike"))
_KEEPS = frozenset(("keep", "keeping", "retain", "retaining", "stay", "remain"))
_KEPT = frozenset(("disarmament", "withdrawal"))
"""To keep one's weapons or one's troops is to refuse what the other side asks."""
_SILENT = ("reject", "boycott", "block", "snub", "spurn")
_CALM = frozenset(("ceasefire", "truce"))
_SUBMITS = frozenset(("put", "present", "submit", "table"))
_ALL = (["all", "sides"], ["all", "parties"], ["the", "parties"], ["the", "sides"], ["both", "to"])
_TO = frozenset(("for", "of", "condition", "precondition", "demand", "priority"))
_LONG = 4
STANCES: dict[str, Stance] = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "rejects": "rejects",
    "intends": "intends",
    "conditional": "conditional",
    "undecided": "undecided",
}


@dataclass(frozen=True, slots=True)
class Telling:
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
        if self._to_own(parties) or (condition is None and self._is_nobodys()):
            return
        if condition is not None and first <= condition.first < last:
            last = condition.first
        lack = without(line, held, first, last)
        if lack is not None:
            yield from replace(self, held=replace(held, stance="demands")).rows(lack, last, None)
            return
        on = self._on(parties, first, last, condition)
        if on is None:
            return
        if held.stance == "undecided":
            # Who has not refused to talk has said nothing; who has not ruled talks out keeps a door open.
            silent = line.lowers[held.hit.first].startswith(_SILENT)
            on = [i for i in on if i.issue != "talks" or not silent]
        for party in parties:
            for n, item in enumerate(on):
                if not self._is_idle(held, item):
                    yield self._position(self._turned(item, n), party, item, condition)
            if condition is not None and on and not condition.lasts(line.lowers) and not self._threatens(condition):
                yield from self._asked(party, condition)

    def _threatens(self, condition: Price) -> bool:
        """True for "threatened to bar inspectors if sanctions return", "if the shelling goes on": what is feared is not asked for."""
        if not word_class("going on").isdisjoint(self.line.lowers[condition.inside : condition.last]):
            return True
        return self.held.stance == "intends" and condition.marker == "if" and self.held.hit.entry.speech

    # ------------------------------------------------------------ what it is on

    def _on(self, parties: Sequence[str], first: int, last: int, condition: Price | None) -> list[Item] | None:
        """What the stance is on; None where the words state no position after all."""
        line, held = self.line, self.held
        found = self._governed(first, last)
        if held.kind == "will" and found and found[0].issue == "talks" and self._is_news():
            return None
        if held.kind == "will" and self._comes_about():
            return None
        if held.kind == "will" and verb_of(line.lowers, held.hit.last) in word_class("arranging"):
            found = [i for i in found if i.issue not in COMMON]
            if not found:
                return None  # "will announce the date of the talks"
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
        ties = held.hit.entry.stance == "conditional" and held.kind != "modal"
        return tied(held, self.issues, last) if ties else found

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
        asked = after_addressee(line, held, start, last)
        if any(h.first < asked < h.last for h in self.issues):
            asked = start  # "called for an end to hostilities": the "to" belongs to the issue
        inside = self.issues if asked == start else [h for h in self.issues if h.first >= asked]
        found = items(line, inside, start, last, each=held.stance == "demands")
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
            is_told = verb_of(line.lowers, held.hit.last) == "be" and not progressive(line.lowers, held.hit.last)
            found = theirs if theirs or is_told else found
        conditions = line.lowers[held.hit.last - 1] in _TO and held.hit.last - held.hit.first > _LONG
        addressed = held.stance == "demands" and line.lowers[held.hit.last - 1] == "to"
        if held.hit.last - held.hit.first > 2 and (not found or conditions) and not addressed:
            # "has made the opening of the road a condition for peace": it wants the road opened.
            within = [h for h in self.issues if held.hit.first < h.first and h.last < held.hit.last] or [
                h for h in self.issues if not found and held.hit.first < h.first < held.hit.last
            ]
            found = [Item(h.first, h.last, h.entry.name) for h in within[:1]] or found
        if not found and goes_back(line, held, last):
            found = [Item(held.hit.first, last, "talks")]
        if held.passive:
            found = described(held, self.issues) if held.participle else subject_items(line, held, self.issues)
        if held.hit.entry.issue and held.stance in ("accepts", "rejects") and line.lowers[held.hit.last - 1] != "to":
            return []  # "said yes": whatever stands after it, the answer is to what was offered
        return found or before_relative(line, held, self.issues) or self._in_words()

    def _in_words(self) -> list[Item]:
        """The issue that the stance's own words name: "will keep walking out"."""
        hit = self.held.hit
        own = [h for h in self.issues if hit.first <= h.first and h.last <= hit.last and h.entry.name not in COMMON]
        named = own if self.held.stance in ("intends", "conditional") else []
        return [Item(h.first, h.last, h.entry.name) for h in named[:1]]

    def _defers(self, item: Item) -> bool:
        """True for "an agreement that fulfils our demands for ...": the demands say what it is about."""
        assert self.following is not None
        between = self.line.lowers[item.first : self.following.hit.first]
        return item.issue == "deal" and "that" in between[-6:] and any(w in ("a", "an", "any") for w in between)

    def _comes_about(self) -> bool:
        """True for "the talks will move with good speed to an agreement": who would have to do something is not told."""
        held, low = self.held, self.line.lowers
        subject = [w for w in low[held.doer.first : held.hit.first] if w.isalpha()]
        talks = bool(subject) and (subject[-1] in word_class("papers") or subject[-1] in word_class("processes"))
        return talks and held.doer.pronoun is None and verb_of(low, held.hit.last) not in word_class("fates")

    def _is_news(self) -> bool:
        """True for "the teams will meet on Monday": that talks are to be held is an event, unless a side gives its word."""
        held = self.held
        speaker = held.statement.speaker if held.statement else None
        if speaker is None or not (speaker.side or speaker.name[:1].isupper()):
            return held.stance == "accepts"
        theirs = bool(held.doer.names) and speaker.side not in held.doer.sides
        return held.stance == "accepts" and theirs and speaker.name not in held.doer.sides

    def _is_nobodys(self) -> bool:
        """True for "the pause will provide room" and "an account would close": no party is named that does it, and nothing is its price."""
        return self.held.kind == "will" and not self.held.doer.names and self.held.doer.pronoun is None

    def _to_own(self, parties: Sequence[str]) -> bool:
        """True where somebody wants something of his own side ("urged his government to ...") or of both: no party's position."""
        if self.held.stance != "demands" or self.held.kind != "verb":
            return False
        at = self.held.hit.last
        if names_both(self.line.lowers[at : at + 3]) or self.line.lowers[at : at + 2] in _ALL:
            return True  # who urges both sides stands between them
        named = [n for n in self.line.named if self.held.hit.first < n.first < at]  # "pressed Ondra to"
        beside = [n.mention for n in named or self.line.named if named or at <= n.first <= at + 2]
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
            elif held.stance != "rejects" and (
                condition.marker == "before" or (condition.marker == "once" and item.issue in _CALM)
            ):
                continue  # "will talk before a truce", "will send troops once the guns fall silent": when, not what for
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
            stance=STANCES[stance],
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
            verb = verb_of(line.lowers, held.hit.last)
            yes = "intends" if progressive(line.lowers, held.hit.last) else "accepts"
            stance = "proposes" if verb in _SUBMITS else "rejects" if verb in word_class("leaving") else yes
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
