"""What each party wants, offers or refuses, issue by issue.

A position is a word that takes a stance ("demands", "is ready to", "must", codebooks/stances.toml), somebody who holds it,
and an issue (codebooks/issues/*.toml) in what the word governs. Who holds it is the doer of the verb; inside a
statement "we" is the speaker, and a demand that something *must* happen is the speaker's, whoever the sentence is about.
The side is the party: an official speaks for his side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from parley.annotate.clauses import OPENERS, RELATIVES, WALLS, Doer, doer, group_start, negated
from parley.annotate.grammar import BE, COORDINATORS, DETERMINERS, HAVE, NEGATIONS, PREPOSITIONS, is_adverb
from parley.annotate.issues import COMMON, Issue, issues_of
from parley.annotate.lines import MOST, Line, lines
from parley.annotate.phrases import Hit, Phrases, apart
from parley.codebooks import lexicon
from parley.data import Position, Reading, Speaker, Stance, Statement

if TYPE_CHECKING:
    from parley.pipeline import Settings

SPEAKER = frozenset(("we", "i", "us", "our"))
_IFS = frozenset(("if", "unless", "whether", "until", "once"))
_OFFERS = frozenset(("would", "wouldn't", "could"))
_LINKS = frozenset(("and", "or", "but", ",", ";", "also", "on", "for", "that", "only"))
_NEW = frozenset(("but", "saying", "adding", "said", "he", "she", "they", "it"))
_CAMPS = frozenset(("sides", "parties", "delegations", "teams", "governments", "camps", "countries", "leaders"))
_POINTERS = frozenset(("it", "this", "them", "one", "that", "both", "neither", "half", "less", "more"))
_BACKWARD = frozenset(("demand", "demands", "call", "calls", "condition", "conditions", "request", "requests"))
QUOTES = frozenset('“”"«»')
_ENDS = frozenset((",", ".", "!", ";", "and", "or", *QUOTES))
_ASIDES = frozenset(("without", "regardless", "despite", "amid"))
_GENERIC = frozenset(("any", "no", "every", "a", "an", "whatever"))
_APART = 14
"""Words between two things wanted in one list; further apart stand other clauses."""
_SEEN = 8
_BACK = 300
"""Characters back to what a bare yes or no answers."""
_TALKS = 3
"""Deals and talks named in an article that is about them."""
_PROMISE = 7
"""Words between "promised" and the "will" of what is promised."""
_FACT = 10
_NEAR = 3
"""Words between a condition that comes first and what hangs on it."""
_REGION = 70
"""Words a stance may govern: a bound for sentences without an end."""

# Being ready or willing is a yes to talks and deals, and a plan where the issue is a weapon of the talks.
_ARMS = frozenset(("military_action", "strike"))
_WEAPONS = frozenset(("military_action", "strike", "tariffs", "sanctions"))


@dataclass(frozen=True, slots=True)
class Trigger:
    """An entry of the list of stance words."""

    stance: str
    kind: str
    negated: str = "none"
    speech: bool = False
    issue: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A stance word at its place: who holds it and which words it governs."""

    hit: Hit[Trigger]
    stance: str
    doer: Doer
    statement: Statement | None
    is_cue: bool
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of what a stance word governs, about one issue: words `[first, last)`."""

    first: int
    last: int
    issue: str


@cache
def _triggers() -> Phrases[Trigger]:
    rows = lexicon("stances")["trigger"]
    return Phrases(
        (p, Trigger(r["stance"], r["kind"], r.get("negated", "none"), r.get("speech", False), r.get("issue")))
        for r in rows
        for p in r["patterns"]
    )


@cache
def _conditions() -> Phrases[str]:
    """The words that open a condition; their entry says of what kind: `price`, or `time` ("as soon as", "when")."""
    return Phrases((p, r.get("kind", "price")) for r in lexicon("stances")["condition"] for p in r["patterns"])


@cache
def _actions() -> frozenset[str]:
    return frozenset(w for r in lexicon("stances")["action"] for w in r["words"])


@cache
def _class(name: str) -> frozenset[str]:
    """One of the small word classes of the list."""
    return frozenset(w for r in lexicon("stances")["words"] if r["name"] == name for w in r["words"])


@cache
def _relents() -> frozenset[str]:
    return frozenset(w for r in lexicon("stances")["relent"] for w in r["words"])


@cache
def _bystanders() -> frozenset[str]:
    return frozenset(n for r in lexicon("stances")["bystander"] for n in r["names"])


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  the lists need no setting
    """The step that adds `positions`."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """The reading with every position its body states."""
    found: list[Position] = []
    body = lines(reading)
    named = issues_of(body)
    tells_of_talks = sum(h.entry.name in COMMON for issues in named for h in issues) >= _TALKS
    for line, issues in zip(body, named, strict=True):
        rows = _in_line(line, issues, found)
        # A bare yes or no is about the deal only where the article is about one.
        found += [r for r in rows if tells_of_talks or not (r.issue == "deal" and not _names(r, issues, line))]
    return replace(reading, positions=tuple(_once(found)))


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


def _in_line(line: Line, issues: Sequence[Hit[Issue]], before: Sequence[Position]) -> Iterator[Position]:
    found = apart(_triggers().find(line.lowers))
    refuted = min((h.last for h in found if h.entry.kind == "void"), default=len(line.lowers))
    # What follows "rejected the claim" is the claim, as far as the clause goes.
    over = next((i for i in range(refuted, len(line.lowers)) if line.lowers[i] in ("but", ";")), len(line.lowers))
    hits = [h for h in found if h.entry.kind != "void" and not refuted <= h.first < over]
    held = list(_own(h for hit in hits[:MOST] if (h := _held(line, hit)) is not None))
    for at, one in enumerate(held):
        following = held[at + 1] if at + 1 < len(held) else None
        yield from _rows(line, one, following, issues, before)
    yield from _ordered(line, issues)


def _ordered(line: Line, issues: Sequence[Hit[Issue]]) -> Iterator[Position]:
    """Demands that a quotation gives as orders: "Open the road, lift the siege"."""
    for at, word in enumerate(line.lowers[:-1]):
        refusal = word in ("no", "not") and (word == "no" or line.lowers[at + 1] in ("one", "a", "an"))
        if not (refusal or word in _class("orders")) or not _opens_order(line, at):
            continue
        statement = line.statement_at(line.span(at, at + 1))
        if statement is None or statement.kind == "indirect" or line.lowers[at + 1] in ("us", "me", "'s"):
            continue
        end = next((i for i in range(at + 1, len(line.lowers)) if line.lowers[i] in _ENDS), len(line.lowers))
        inside = [h for h in issues if at <= h.first and h.last <= end]
        words = line.lowers[at:end]
        if "without" in words:
            continue  # "no deal without": a demand, and told as one
        stance = ("conditional" if {"until", "before", "unless"} & set(words) else "rejects") if refusal else "demands"
        if refusal and inside and inside[0].first > at + _NEAR:
            continue
        for party in _side_of(line, statement.speaker) if inside else ():
            hit = Hit(at, at + 1, Trigger(stance, "order"))
            held = Held(hit, stance, Doer(at), statement, is_cue=False)
            yield _position(line, held, party, Item(at, end, inside[0].entry.name), None)


def _opens_order(line: Line, at: int) -> bool:
    """True for a plain verb that begins a quotation, a sentence in one, or goes on with a list of orders."""
    before = line.lowers[at - 1] if at else '"'
    if before in QUOTES or at == 0:
        return True
    earlier = line.lowers[max(0, at - _APART) : at - 1]
    return before in (",", "and") and any(
        (w in _class("orders") or w == "no") and (i == 0 or earlier[i - 1] in QUOTES) for i, w in enumerate(earlier)
    )


def _own(held: Iterable[Held]) -> Iterator[Held]:
    """Without the "will" of "promised that no plant will close": what is promised is told once."""
    last: Held | None = None
    for one in held:
        near = last is not None and one.hit.first - last.hit.last <= _PROMISE
        if last is not None and near and one.hit.entry.kind == "will":
            if last.stance == "intends" and last.hit.entry.speech and one.stance != "rejects":
                continue
            if last.stance == "demands" and last.hit.last < one.hit.first and one.doer.first > last.hit.last + 1:
                continue  # "wants guarantees that the other side will not walk away"
        last = one
        yield one


def _held(line: Line, hit: Hit[Trigger]) -> Held | None:
    """The stance that the words at `hit` take in this sentence; None where they take none."""
    trigger = hit.entry
    lowers = line.lowers
    span = line.span(hit.first, hit.last)
    cue_of = line.cued_by(span)
    statement = cue_of or line.statement_at(span)
    if statement is None and _goes_on_telling(lowers, hit):
        statement = line.told or _told_so_far(line, hit)
    if trigger.kind in ("verb", "noun") and hit.first > 0 and lowers[hit.first - 1] == "to":
        return None  # "pressed them to accept": what somebody else wants of them
    if trigger.kind == "will" and (not _acts(lowers, hit.last) or line.tokens[hit.last].text[0].isupper()):
        return None
    if trigger.kind == "verb" and _is_noun(lowers, hit):
        return None
    if lowers[hit.first].startswith("insist") and _is_fact(lowers[hit.last : hit.last + _FACT]):
        return None
    who = _doer(line, hit, statement, cue_of is not None)
    if trigger.kind == "verb" and who.first > 0 and lowers[who.first - 1] in _IFS:
        return None  # "if both say yes": nobody has
    if lowers[hit.first] in _OFFERS and not _own_word(who, statement):
        return None  # "under the plan, the government would release ..."
    if _denied(line, hit, statement):
        return None
    stance = trigger.stance
    following = lowers[hit.last : hit.last + 2]
    no = negated(line, hit.first) or lowers[hit.first].endswith("n't") or following[:1] in (["not"], ["never"])
    no = no or (trigger.kind == "will" and following[1:2] == ["no"]) or _neither(lowers[who.first : hit.first])
    no = no or (trigger.kind in ("noun", "adj") and lowers[max(0, hit.first - 1) : hit.first] in (["no"], ["little"]))
    if stance == "intends" and trigger.kind == "will" and _verb_of(lowers, hit.last) in _class("yes"):
        stance = "accepts"
    settled = trigger.kind == "modal" and stance != "accepts"
    if no and following[:2] != ["not", "only"] and not settled:
        stance = trigger.negated
    if stance == "intends" and any(w in ("reject", "refuse", "oppose", "resist", "block") for w in following):
        stance = "rejects"
    if stance == "none":
        return None
    group = lowers[group_start(line, hit.first) : hit.first]
    passive = trigger.kind == "verb" and any(w in BE for w in group) and lowers[hit.first].endswith("ed")
    if any(w in ("may", "might") or (w == "could" and statement is None) for w in group) and trigger.kind in (
        "verb",
        "adj",
    ):
        return None
    return Held(hit, stance, who, statement, cue_of is not None, passive)


def _is_noun(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for "the company's latest offer" and "the demand was": a thing, not what somebody does."""
    if hit.last - hit.first > 1 or lowers[hit.first].endswith(("ed", "ing")):
        return False
    follows = lowers[hit.last] if hit.last < len(lowers) else "."
    ends = follows in (".", ",", ";", "of", "from", "and", "or", ")") or follows in BE or follows in HAVE
    return ends or "'s" in lowers[max(0, hit.first - 3) : hit.first]


def _is_fact(words: Sequence[str]) -> bool:
    """True for "insists the tariffs are legal": something held to be so, which nobody is asked to do."""
    at = next((i for i, w in enumerate(words) if w in ("is", "are", "was", "were", "has", "had", *WALLS)), None)
    if at is None or words[at] in WALLS or "must" in words or words[:1] in (["on"], ["upon"]):
        return False
    after = next((w for w in words[at + 1 :] if not is_adverb(w) and w not in NEGATIONS), "")
    return not after.endswith(("ed", "en"))


def _own_word(who: Doer, statement: Statement | None) -> bool:
    """True where somebody says what he himself, or his side, would do."""
    if statement is None or statement.speaker is None:
        return False
    return not who.names or who.side in (None, statement.speaker.side, statement.speaker.name)


def _acts(lowers: Sequence[str], at: int) -> bool:
    """True where "will" is followed by a verb of doing, adverbs aside; "will be", "will cost" tell what comes about."""
    verb = _verb_of(lowers, at)
    if verb == "be":
        return any(w.endswith("ed") for w in lowers[at + 1 : at + 4]) and "been" not in lowers[at + 1 : at + 4]
    return verb.isalpha() and (verb in _actions() or verb not in _class("states"))


def _verb_of(lowers: Sequence[str], at: int) -> str:
    """The verb that follows "will", past adverbs and negations; empty where none does."""
    after = (w for w in lowers[at : at + 4] if not is_adverb(w) and w not in NEGATIONS)
    return next(after, "")


def _told_so_far(line: Line, hit: Hit[Trigger]) -> Statement | None:
    """The statement that "..., it said, and the army would answer" goes on with."""
    start = line.tokens[hit.first].start
    if not line.lowers[hit.first].startswith("would"):
        return None
    over = [s for s in line.statements if s.cue is not None and s.speaker is not None and s.cue.end <= start]
    return over[-1] if over and all(c.end <= start for c in over[-1].content) else None


def _neither(words: Sequence[str]) -> bool:
    """True for "neither is willing to": a no of both."""
    return any(w in ("neither", "none", "nobody") for w in words)


def _goes_on_telling(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for the words by which reported speech goes on without a new "said": "It would discuss prisoners."""
    return hit.entry.kind == "modal" or lowers[hit.first].startswith("would")


def _denied(line: Line, hit: Hit[Trigger], statement: Statement | None) -> bool:
    if (
        statement is not None
        and statement.cue is not None
        and statement.cue.text.lower().startswith(("den", "has den"))
    ):
        return True
    return any(w in ("deny", "denies", "denied", "denying") for w in line.lowers[max(0, hit.first - 8) : hit.first])


def _doer(line: Line, hit: Hit[Trigger], statement: Statement | None, is_cue: bool) -> Doer:
    floor = 0
    if statement is not None and not is_cue:
        start = min((c.start for c in statement.content if c.end > line.tokens[hit.first].start), default=0)
        floor = next((i for i, t in enumerate(line.tokens) if t.start >= start), 0)
    if line.lowers[hit.first - 1 : hit.first] == ["'s"]:
        owner = line.named_at(hit.first - 2)
        return Doer(owner.first, (owner.mention,)) if owner is not None else Doer(hit.first)
    return doer(line, hit.first, floor=floor)


def _rows(
    line: Line, held: Held, following: Held | None, issues: Sequence[Hit[Issue]], before: Sequence[Position]
) -> Iterator[Position]:
    parties = _parties(line, held)
    if not parties or _to_own(line, held, parties):
        return
    first, last = _region(line, held, following)
    condition = _condition(line, held, last)
    if condition is not None and first <= condition[0] < last:
        last = condition[0]
    # "signed the truce paper": the word for the issue is part of the stance's own words.
    ends = [h.first for h in issues if held.hit.first < h.first < held.hit.last <= h.last]
    within = ends[0] if ends and held.hit.entry.kind == "verb" else first
    items = _items(line, issues, max(within, _after_colon(line, held, within, last)), last)
    if line.lowers[held.hit.first].startswith("vot") and held.stance == "intends":
        items = [i for i in items if i.issue == "strike"]
    if held.hit.entry.kind == "will" and items and items[0].issue == "talks" and _is_news(held):
        return
    if line.lowers[held.hit.first] == "could" and held.hit.entry.kind == "will" and condition is None:
        return  # what could be is a wish or a fear, unless it has its price
    if held.stance in ("accepts", "rejects") and items and items[0].issue == "deal":
        items = items[:1]
    if following is not None and len(items) == 1 and _defers(line, items[0], following):
        return
    if held.hit.entry.kind == "modal":
        items = _across(held, issues) + items
    if not items and held.hit.entry.kind == "modal":
        items = _subject_items(held, issues)
    if held.hit.entry.kind == "will" and held.statement is not None and not held.doer.sides:
        promised = [] if held.doer.pronoun else _promised(line, held, issues, condition is not None)
        items = promised if promised or _verb_of(line.lowers, held.hit.last) == "be" else items
    if not items and held.hit.last - held.hit.first > 2:
        items = [Item(h.first, h.last, h.entry.name) for h in issues if held.hit.first < h.first < held.hit.last][:1]
    if not items and _goes_back(line, held, last):
        items = [Item(held.hit.first, last, "talks")]
    if held.passive:
        items = _subject_items(held, issues)
    if held.hit.entry.issue and held.stance in ("accepts", "rejects") and line.lowers[held.hit.last - 1] != "to":
        items = []  # "said yes": whatever stands after it, the answer is to what was offered
    elif not items:
        items = _before_relative(line, held, issues)
    if not items:
        issue = _asked_before(line, first, last, parties, before)
        issue = issue or _pointed_at(line, first, held, issues, before) or held.hit.entry.issue
        items = [Item(held.hit.first, last, issue)] if issue else []
    if len(items) == 1:
        start = held.doer.first if held.hit.entry.kind == "modal" else held.hit.first
        items = [replace(items[0], first=min(start, items[0].first), last=max(last, items[0].last))]
    if held.stance == "conditional":
        items = _tied(held, issues, last)
    for party in parties:
        for n, item in enumerate(items):
            yield _position(line, _turned(line, held, item, n), party, item, condition)
        if condition is not None and items and not _lasts(line, condition):
            for item in _items(line, issues, condition[1], condition[2]):
                if held.stance == "demands":
                    # "wants the dam back before any truce": the truce has its price.
                    if line.lowers[condition[0]] == "before":
                        yield _position(line, replace(held, stance="conditional"), party, item, None)
                elif item.issue not in ("deal", "talks"):
                    yield _position(line, replace(held, stance="demands"), party, item, None)


def _promised(line: Line, held: Held, issues: Sequence[Hit[Issue]], priced: bool) -> list[Item]:
    """Where the issue itself is what "will": "enrichment would continue", "the embargo will be lifted once ..."."""
    if _verb_of(line.lowers, held.hit.last) not in _class("fates"):
        return []
    found = _subject_items(held, issues)
    return [i for i in found if priced or i.issue not in ("deal", "talks")]


def _turned(line: Line, held: Held, item: Item, n: int) -> Held:
    """The stance on one item of a list: "ready to talk about shifts but not about pay" refuses the second; a tie asks it."""
    if held.stance == "conditional" and n > 0 and held.hit.entry.stance == "conditional":
        return replace(held, stance="demands")
    if held.stance == "accepts" and n > 0 and line.lowers[item.first] == "not":
        return replace(held, stance="rejects")
    return held


def _tied(held: Held, issues: Sequence[Hit[Issue]], last: int) -> list[Item]:
    """Both ends of "linked the return of inspectors to the release of funds": what is given, then its price."""
    given = [h for h in issues if held.hit.first < h.first and h.last <= held.hit.last]
    price = [h for h in issues if held.hit.last <= h.first and h.last <= last]
    first = [Item(held.hit.first, held.hit.last, h.entry.name) for h in given[:1]]
    return first + [Item(held.hit.last, last, h.entry.name) for h in price[:1]] if first else []


def _goes_back(line: Line, held: Held, last: int) -> bool:
    """True for "would return to Port Amity": the place stands for the talks in it."""
    verb = _verb_of(line.lowers, held.hit.last)
    if held.hit.entry.kind not in ("will", "adj") or verb not in ("return", "come", "go"):
        return False
    return any(
        line.lowers[n.first - 1] == "to" and n.mention.kind in ("place", "unknown") and n.mention.side is None
        for n in line.named
        if held.hit.last < n.first < last
    )


def _is_news(held: Held) -> bool:
    """True for "the teams will meet on Monday": that talks are to be held is an event, unless a side gives its word."""
    speaker = held.statement.speaker if held.statement else None
    if speaker is None or not (speaker.side or speaker.name[:1].isupper()):
        return held.stance == "accepts"
    theirs = bool(held.doer.names) and speaker.side not in held.doer.sides
    return held.stance == "accepts" and theirs and speaker.name not in held.doer.sides


def _lasts(line: Line, condition: tuple[int, int, int]) -> bool:
    """True for "while", "when" and "as long as", which say how things stand and ask for nothing."""
    return line.lowers[condition[0]] in ("while", "when", "after") or "long" in line.lowers[condition[0] : condition[1]]


def _to_own(line: Line, held: Held, parties: Sequence[str]) -> bool:
    """True where somebody wants something of his own side ("urged his government to ..."): that is no party's position."""
    if held.stance != "demands" or held.hit.entry.kind != "verb":
        return False
    beside = [n.mention for n in line.named if held.hit.last <= n.first <= held.hit.last + 2]
    return bool(beside) and beside[0].side in parties


def _position(line: Line, held: Held, party: str, item: Item, condition: tuple[int, int, int] | None) -> Position:
    stance = held.stance
    if stance == "demands" and item.issue in _ARMS and line.lowers[held.hit.first].startswith("insist"):
        stance = "intends"
    relents = any(w in _relents() for w in line.lowers[held.hit.last : held.hit.last + 2])
    if stance == "accepts" and held.hit.entry.kind == "adj" and item.issue in _WEAPONS and not relents:
        stance = "intends"
    if stance == "intends" and held.hit.entry.kind == "will" and item.issue in ("talks", "deal"):
        stance = (
            "proposes" if _verb_of(line.lowers, held.hit.last) in ("put", "present", "submit", "table") else "accepts"
        )
    text = None
    if condition is not None:
        text = line.span(condition[0], condition[2]).text
        stance = _under(
            stance, held, item.issue, line.lowers[condition[0]], line.lowers[held.hit.first], relents=relents
        )
    return Position(
        article=line.reading.article.id,
        span=line.span(item.first, item.last),
        party=party,
        issue=item.issue,
        stance=_STANCES[stance],
        said_by=_said_by(line, held),
        condition=text,
        statement=held.statement.id if held.statement else None,
        confidence=0.8 if held.is_cue else 0.7,
    )


_STANCES: dict[str, Stance] = {
    "demands": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "rejects": "rejects",
    "intends": "intends",
    "conditional": "conditional",
    "undecided": "undecided",
}


def _under(stance: str, held: Held, issue: str, marker: str, verb: str, *, relents: bool = False) -> str:
    """The stance with a condition: a yes, or a no that ends, becomes conditional.

    What has been agreed or refused already stays so, and so does a threat: "will strike unless" is no offer.
    """
    done = held.hit.entry.kind == "verb" and (verb.endswith("ed") or verb in ("gave", "said"))
    if stance == "rejects" and marker in ("until", "without", "absent"):
        return "conditional"
    if done and not verb.startswith(("offer", "promis", "pledg")):
        return stance
    if stance == "rejects":
        return "conditional" if marker in ("until", "unless", "without", "except") else stance
    threat = stance == "intends" and issue in _WEAPONS and not relents
    if stance in ("accepts", "intends", "proposes") and marker not in ("until", "before") and not threat:
        return "conditional"
    return stance


def _said_by(line: Line, held: Held) -> str | None:
    outer = held.statement
    if outer is not None and outer.nested_in is not None:
        outer = next((s for s in line.statements if s.id == outer.nested_in), outer)
    speaker = outer.speaker if outer else None
    if speaker is not None:
        # That a body agreed or refused is the outlet's telling; that it demanded is its own word.
        told = held.is_cue and held.stance in ("accepts", "rejects") and speaker.name == (speaker.side or speaker.name)
        return None if (told and outer is held.statement) or speaker.name.islower() else speaker.name
    if held.doer.person:
        return held.doer.person
    return held.doer.side if held.hit.entry.speech else None


def _parties(line: Line, held: Held) -> tuple[str, ...]:
    """Who holds the position: the sides of the doer, or of the speaker."""
    speaker = held.statement.speaker if held.statement else None
    found: tuple[str, ...]
    if not held.doer.names and line.lowers[held.doer.first] in RELATIVES and held.hit.entry.kind == "verb":
        return ()  # "whoever it is who refuses this paper"
    if held.passive:
        found = _agent(line, held.hit.last)
    elif held.is_cue or held.hit.entry.kind == "modal" or held.doer.pronoun in SPEAKER:
        found = _side_of(line, speaker) or (_spoken_of(line, held) if _is_common(held, speaker) else ())
        if not found and speaker is not None and _names_both(speaker.name.lower().split()):
            found = _both(line)
    elif not any(m.side or m.kind == "person" for m in held.doer.names) and _names_both(
        line.lowers[held.doer.first : held.hit.first]
    ):
        found = _both(line)
    else:
        found = _doers(line, held, speaker)
    if speaker is not None and found and all(p.lower() in _class("nobody") for p in found):
        found = _side_of(line, speaker)  # "members want ..., the union's leader said"
    return tuple(p for p in found if p not in _bystanders() | line.cast.between and p.lower() not in _class("nobody"))


def _doers(line: Line, held: Held, speaker: Speaker | None) -> tuple[str, ...]:
    sides = held.doer.sides
    if sides:
        return sides
    if speaker is not None:
        if _names_both(speaker.name.lower().split()):
            return _both(line)
        return _side_of(line, speaker) or (_spoken_of(line, held) if held.doer.names else ())
    if held.doer.pronoun is not None or held.doer.names:
        return _spoken_of(line, held)
    return ()


def _spoken_of(line: Line, held: Held) -> tuple[str, ...]:
    """Who "it", "they" or "the movement" most likely is: the doer that the text spoke of last."""
    kinds = {m.kind for m in held.doer.names} - {"person", "unknown", "place"}
    if kinds & {"organisation", "group"}:
        kinds |= {"organisation", "group"}
    start = line.tokens[held.doer.first].start
    fit = [m for m in (*line.before, *line.inner) if m.side and m.kind != "place" and (not kinds or m.kind in kinds)]
    here = [m for m in fit if line.sentence.span.start <= m.span.start < start]
    there = [m for m in fit if m.span.end <= line.sentence.span.start]
    if not line.cast.sides:
        return tuple(m.name for m in held.doer.names if m.kind in ("government", "organisation", "group"))
    return tuple(m.side for m in (here or there)[:1] if m.side)


def _is_common(held: Held, speaker: Speaker | None) -> bool:
    """True for a speaker who is named by a common noun alone: "the company", "the gang"."""
    return held.is_cue and speaker is not None and speaker.name.islower()


def _names_both(words: Sequence[str]) -> bool:
    """True for "both sides", "the two delegations" and "neither"."""
    return any(a in ("both", "two") and b in _CAMPS for a, b in pairwise(words)) or list(words[:1]) in (
        ["both"],
        ["neither"],
    )


def _both(line: Line) -> tuple[str, ...]:
    """The two sides that the article speaks of most: who "both sides" are."""
    sides = [s for s in line.cast.sides if s not in _bystanders() and s not in line.cast.between]
    return tuple(sides[:2]) if len(sides) > 1 else ()


def _side_of(line: Line, speaker: Speaker | None) -> tuple[str, ...]:
    """A speaker's side; one who speaks for himself is a side only where he is a body with a name."""
    if speaker is None:
        return ()
    if speaker.side:
        return (speaker.side,)
    return (speaker.name,) if speaker.name in line.cast.bodies and speaker.name[:1].isupper() else ()


def _agent(line: Line, at: int) -> tuple[str, ...]:
    if at < len(line.lowers) and line.lowers[at] == "by":
        near = [n.mention for n in line.named if at < n.first <= at + 3]
        return tuple(m.side or m.name for m in near[:1])
    return ()


def _region(line: Line, held: Held, following: Held | None) -> tuple[int, int]:
    """The words that the stance governs, up to the next wall, the next stance word or the next thing said."""
    first = held.hit.last
    stop = min(len(line.lowers), first + _REGION)
    if following is not None:
        stop = min(stop, max(following.doer.first if following.doer.first > first else following.hit.first, first))
    said = _next_said(line, held, first)
    listing = False
    for i in range(first, stop):
        word = line.lowers[i]
        listing = listing or (word == ":" and held.stance == "demands")
        if word in QUOTES:
            if line.lowers[i - 1] in (",", ".", "!", "?"):
                return first, i - 1
        elif not (listing and word in (":", ";")) and (i == said or _walls(line, first, i)):
            stop = i
            break
    while stop > first and line.lowers[stop - 1] in (".", ",", "and", "but"):
        stop -= 1
    return first, stop


def _walls(line: Line, first: int, at: int) -> bool:
    """True where what is wanted ends: a clause of time or reason, an attribution, a new subject."""
    word = line.lowers[at]
    if word == ",":
        follows = line.lowers[at + 1 : at + 2]
        return bool(follows) and (follows[0] in _NEW or _attribution(line, at))
    aside = word in RELATIVES and (line.lowers[at - 1] == "," or line.lowers[first - 2 : first] == ["open", "to"])
    return word in _ASIDES or word in WALLS or aside or (at > first and _opens(line, at))


def _next_said(line: Line, held: Held, first: int) -> int | None:
    """The word where another statement's cue stands, as in "has offered 4 per cent and says ..."."""
    near = first + 1  # a cue right beside the stance word is part of what is wanted ("seeks written assurances")
    start = line.tokens[near].start if near < len(line.tokens) else line.sentence.span.end
    cues = [s.cue.start for s in line.statements if s.cue is not None and s is not held.statement]
    cue = min((c for c in cues if c >= start), default=None)
    return None if cue is None else next((i for i, t in enumerate(line.tokens) if t.start >= cue), None)


def _opens(line: Line, at: int) -> bool:
    word = line.lowers[at]
    return word in OPENERS and word not in ("that", "as", "where", "following", "before", "after", "since", "once")


def _attribution(line: Line, comma: int) -> bool:
    """True where ", X said" follows."""
    start = line.tokens[comma].end
    return any(s.source is not None and start <= s.source.start <= start + 1 for s in line.statements)


def _condition(line: Line, held: Held, end: int) -> tuple[int, int, int] | None:
    """Where a condition that hangs on the stance stands: its marker, its first word, and its end."""
    floor = held.hit.last
    for hit in _conditions().find(line.lowers[floor : end + 8]):
        if floor + hit.first <= end + 2 and _is_price(line, held, hit):
            return floor + hit.first, floor + hit.last, _condition_end(line, floor + hit.last)
    return _condition_before(line, held)


def _condition_before(line: Line, held: Held) -> tuple[int, int, int] | None:
    """A condition that opens the clause: "If they leave the ridge, we will talk"."""
    if held.hit.entry.kind not in ("will", "adj", "modal") and held.doer.pronoun is None:
        return None
    if held.hit.entry.kind == "modal" and held.stance != "rejects":
        return None
    floor = max(0, held.doer.first - _REGION)
    for hit in reversed(_conditions().find(line.lowers[floor : held.doer.first])):
        first, after = floor + hit.first, floor + hit.last
        opens = first == 0 or line.lowers[first - 1] in QUOTES or line.lowers[first - 1] in (",", "that", "but", "and")
        comma = next((i for i in range(after, held.doer.first) if line.lowers[i] == ","), None)
        if opens and comma is not None and held.doer.first - comma <= _NEAR and _is_price(line, held, hit):
            return first, after, comma
    return None


def _is_price(line: Line, held: Held, hit: Hit[str]) -> bool:
    """True unless a word of time ("when", "after") stands beside something already done or demanded."""
    if hit.entry == "price":
        return True
    ahead = held.hit.entry.kind in ("will", "adj") or line.lowers[held.hit.first] in ("would", "will", "can")
    return ahead and held.stance in ("accepts", "intends", "proposes", "rejects")


def _condition_end(line: Line, at: int) -> int:
    for i in range(at, min(len(line.lowers), at + _REGION)):
        word = line.lowers[i]
        if (
            word in ("while", "but", "although", "whereas")
            or word in WALLS
            or word == "."
            or (word == "," and (_attribution(line, i) or line.lowers[i + 1] in RELATIVES))
        ):
            return i
    return min(len(line.lowers), at + _REGION)


def _items(line: Line, issues: Sequence[Hit[Issue]], first: int, last: int) -> list[Item]:
    """What is governed, piece by piece: one for each issue of a list, the head of each noun phrase."""
    inside = [h for h in issues if h.first >= first and h.last <= last]
    inside = [h for h in inside if not h.entry.faint] or inside
    heads = [h for n, h in enumerate(inside) if n + 1 == len(inside) or inside[n + 1].first > h.last]
    kept: list[Hit[Issue]] = []
    for hit in heads:
        if not kept:
            kept = [hit]
        elif _is_generic(line, kept[-1], hit):
            kept[-1] = hit
        elif _listed(line.lowers[kept[-1].last : hit.first]) and hit.entry.name not in [k.entry.name for k in kept]:
            kept.append(hit)
    return [Item(*_edges(line, kept, n, first, last), hit.entry.name) for n, hit in enumerate(kept)]


def _after_colon(line: Line, held: Held, first: int, last: int) -> int:
    """Where a list of demands begins: after its colon."""
    colons = [i for i in range(first, last) if line.lowers[i] == ":"]
    return colons[0] + 1 if colons and held.stance == "demands" else first


def _is_generic(line: Line, deal: Hit[Issue], inner: Hit[Issue]) -> bool:
    """True for "any proposal that brings ...": what the proposal must bring is the issue."""
    if deal.entry.name not in ("deal", "talks"):
        return False
    between = line.lowers[deal.last : inner.first]
    if line.lowers[deal.first] in _class("talking") and inner.entry.name != "deal" and len(between) <= 3:
        # "discuss its weapons", "bargain over its missiles": the issue is what is talked about.
        return all(w in DETERMINERS or w in ("over", "about", "on") for w in between)
    if not any(w in ("that", "which") for w in between[:3]):
        return False
    before = line.lowers[max(0, deal.first - 3) : deal.first + 1]
    return any(w in _GENERIC for w in before) or line.lowers[deal.last - 1].endswith("s")


def _defers(line: Line, item: Item, following: Held) -> bool:
    """True for "an agreement that fulfils our demands for ...": the demands say what it is about."""
    between = line.lowers[item.first : following.hit.first]
    return item.issue == "deal" and "that" in between[-6:] and any(w in _GENERIC for w in between)


def _listed(between: Sequence[str]) -> bool:
    return len(between) <= _APART and any(w in (",", ";") or w in COORDINATORS for w in between)


def _edges(line: Line, kept: Sequence[Hit[Issue]], n: int, first: int, last: int) -> tuple[int, int]:
    start = first if n == 0 else _parting(line, kept[n - 1].last, kept[n].first) + 1
    end = last if n + 1 == len(kept) else _parting(line, kept[n].last, kept[n + 1].first)
    while start < kept[n].first and line.lowers[start] in _LINKS:
        start += 1
    return start, max(end, kept[n].last)


def _parting(line: Line, after: int, before: int) -> int:
    marks = [i for i in range(after, before) if line.lowers[i] in (",", ";") or line.lowers[i] in COORDINATORS]
    return marks[0] if marks else after


def _across(held: Held, issues: Sequence[Hit[Issue]]) -> list[Item]:
    """An issue told by subject and predicate together: "any deal must be permanent"."""
    return [Item(h.first, h.last, h.entry.name) for h in issues if h.first < held.hit.first < h.last]


def _subject_items(held: Held, issues: Sequence[Hit[Issue]]) -> list[Item]:
    """Where the issue is the subject: "the blockade must end", "the plan was rejected by ..."."""
    inside = [h for h in issues if held.doer.first <= h.first < held.hit.first or h.first < held.hit.first < h.last]
    return [Item(h.first, max(h.last, held.hit.last), h.entry.name) for h in inside[:1]]


def _before_relative(line: Line, held: Held, issues: Sequence[Hit[Issue]]) -> list[Item]:
    """Where the issue stands before the clause: "the plan which our ally accepted"."""
    at = next(
        (i for i in range(held.hit.first, max(0, held.hit.first - 9), -1) if line.lowers[i] in ("which", "that")), 0
    )
    if at == 0:
        return []
    at += 1
    near = [h for h in issues if 0 <= at - 1 - h.last <= 5]
    return [Item(near[-1].first, held.hit.last, near[-1].entry.name)] if near else []


def _pointed_at(
    line: Line, first: int, held: Held, issues: Sequence[Hit[Issue]], before: Sequence[Position]
) -> str | None:
    """The issue of "could accept it": the last that the sentence named, or that a position was on."""
    if held.stance == "demands" and held.hit.entry.kind == "modal":
        return None
    if held.stance not in ("accepts", "rejects", "conditional", "undecided"):
        at = first + 2 if line.lowers[first] == "to" else first + 1
        if line.lowers[at : at + 1] not in (["it"], ["them"]) or line.lowers[at - 1] in PREPOSITIONS:
            return None
    elif not any(w in _POINTERS for w in line.lowers[first - 1 : first + 1]) and not _bare(line, held):
        return None
    named = [h.entry.name for h in issues if h.last <= held.hit.first]
    if named:
        return named[-1]
    if before and "\n" not in line.reading.text[before[-1].span.end : line.sentence.span.start][:_BACK]:
        return before[-1].issue
    return "deal" if _bare(line, held) else None


def _bare(line: Line, held: Held) -> bool:
    """True for a yes or no with nothing after it: "The union accepted."""
    if held.hit.entry.kind != "verb" or held.passive or held.stance not in ("accepts", "rejects"):
        return False
    after = line.lowers[held.hit.last : held.hit.last + 1]
    return (not after or after[0] in (".", ";", ":")) and held.hit.last - held.hit.first <= 2


def _asked_before(line: Line, first: int, last: int, parties: Sequence[str], before: Sequence[Position]) -> str | None:
    """The issue of "rejected the demand": what the other side asked last."""
    if not any(w in _BACKWARD for w in line.lowers[first:last]):
        return None
    asked = [p for p in before[-4:] if p.party not in parties and p.stance == "demands"]
    return asked[-1].issue if asked else None
