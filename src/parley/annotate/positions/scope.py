"""What a stance is on: the words that it governs, and the issues among them.

From the stance word to the next wall: another stance, another speaker, a clause of time or reason. A list of things wanted is
a position on each; "any proposal that brings a ceasefire" is about the ceasefire; "it", "the call" and "the move" are what was
spoken of last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.annotate.language.clauses import OPENERS, RELATIVES, WALLS
from parley.annotate.language.grammar import BE, COORDINATORS, DETERMINERS, PREPOSITIONS
from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit
from parley.annotate.positions.issues import COMMON, Issue
from parley.annotate.positions.price import REGION, attribution
from parley.annotate.positions.stances import word_class
from parley.annotate.positions.words import Held, verb_of
from parley.data import Position

_ASSERTS = ("insist", "ma", "stress", "reiterat", "repeat", "reaffirm", "emphasi", "maintain")
_OWNERS = frozenset(("it", "he", "she", "they", "we", "i"))
_CLAUSES = frozenset(("that", "which", "who", "whether", ":"))
_FINITE = frozenset(
    ("has", "have", "had", "is", "are", "was", "were", "will", "would", "could", "may", "might", "remains")
)
"""Verbs that end the subject they stand behind."""
_MODALS = frozenset(("could", "may", "might"))
_STRANDED = (["to"], ["on"], ["with"], ["for"], ["against"])
_ADDRESSES = (
    "urg",
    "ask",
    "press",
    "push",
    "call",
    "appeal",
    "tell",
    "told",
    "order",
    "pressur",
    "exhort",
    "implor",
    "lobb",
)
_LACKS = frozenset(("not", "fails", "lacks", "excludes", "ignores", "omits", "doesn't", "n't"))
_ENSURING = frozenset(("not", "to", "that", "which", "will", "would", "must", "should", "n't"))
_ENSURED = 5
_LINKS = frozenset(("and", "or", "but", ",", ";", "also", "on", "for", "that", "only"))
_NEW = frozenset(("but", "saying", "adding", "said", "he", "she", "they", "it"))
_POINTERS = frozenset(
    ("it", "this", "them", "one", "ones", "that", "anything", "both", "neither", "half", "less", "more", "so")
)
_ASIDES = frozenset(("without", "regardless", "despite", "amid"))
_WHILE = frozenset(("during", "following"))
"""When something is done: "agreed to a truce following talks in Orsk" takes no stance on talks."""
_FELT = (["by"], ["at"], ["with"], ["over"], ["about"])
_ARTICLES = frozenset(("a", "an", "another"))
_CONTACT = 9
_GENERIC = frozenset(("any", "no", "every", "a", "an", "whatever"))
_TERMS = frozenset(("for", "of", "on", "to", "about", "over"))
_BRINGS = frozenset(("that", "which", "must", "should"))
_WITH = frozenset(("with", "backed", "including", "plus", "accompanied", "and", "guaranteed"))
_INNER = frozenset(("that", "as", "where", "following", "before", "after", "since", "once"))
_DEEDS = frozenset(("move", "step", "decision", "measure", "measures"))
_LIMITS = frozenset(("further", "higher", "lower", "budge"))
_STOPS = frozenset((".", "!", "?"))
_WHOLE = frozenset(("deal", "talks", "truce", "ceasefire"))
"""A plan for a truce is a package; a plan for a withdrawal is about the withdrawal."""
_ADDRESSEE = 9
"""Words that name whom something is asked of."""
_APART = 14
"""Words between two things wanted in one list; further apart stand other clauses."""
_COMPLEMENT = 4
"""Words between "wants" and the "that" of what is wanted: "wants a written guarantee that"."""
_DESCRIBED = 2
"""Words between a thing and the participle that describes it."""
_NAMED_BY = 4
"""Words of who names a thing so: "what the company calls"."""
_BACK = 300
"""Characters back to what a bare yes or no answers."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of what a stance word governs, about one issue: words `[first, last)`."""

    first: int
    last: int
    issue: str


# ---------------------------------------------------------------- how far


def region(line: Line, held: Held, following: Held | None) -> tuple[int, int]:
    """The words that the stance governs, up to the next wall, the next stance word or the next thing said."""
    first = held.hit.last
    stop = min(len(line.lowers), first + REGION)
    if following is not None:
        named = following.doer.first > first and (following.doer.names or following.doer.pronoun)
        stop = min(stop, max(following.doer.first if named else following.hit.first, first))
    stop = min(stop, _subject_end(line, held, stop))
    if first < stop and line.lowers[first] == "," and _contact(line, held) is not None:
        stop = first
    said = _next_said(line, held, first)
    listing = False
    for i in range(first, stop):
        word = line.lowers[i]
        listing = listing or (word == ":" and held.stance == "demands")
        if word in _STOPS or (not (listing and word in (":", ";")) and (i == said or _walls(line, first, i))):
            stop = i
            break
    while stop > first and line.lowers[stop - 1] in (".", ",", "and", "but", "that", "after", "even"):
        stop -= 1
    return first, stop


def _subject_end(line: Line, held: Held, stop: int) -> int:
    """Where the verb begins whose subject a noun's phrase is: "its refusal to disarm | has held up the talks"."""
    first, low = held.hit.last, line.lowers
    if held.kind != "noun":
        return stop
    if low[first - 1] in BE or not _CLAUSES.isdisjoint(low[first - 1 : stop]):
        return next((i for i in range(first, stop) if _next_verb(low, i)), stop)
    return next((i for i in range(first + 1, stop) if low[i] in _FINITE or _next_verb(low, i)), stop)


def _next_verb(low: Sequence[str], at: int) -> bool:
    """True for the comma of ", and hinges on" and ", was refused": the subject's own verb, or its second."""
    if low[at] != "," or at + 3 >= len(low):
        return False
    return low[at + 1] in _FINITE or (
        low[at + 1] == "and" and low[at + 2].endswith("s") and low[at + 3] in PREPOSITIONS
    )


def is_complement(line: Line, held: Held, following: Held) -> bool:
    """True where the next stance word stands inside what is demanded: "demanded that Karsk accept", "wants a guarantee that no ..."."""
    if held.stance != "demands" or held.kind not in ("verb", "noun", "modal"):
        return False
    between = line.lowers[held.hit.last : following.hit.first]
    if held.kind == "modal":
        return "that" in between and not word_class("declaring").isdisjoint(between) and "," not in between
    opened = held.hit.last - 1 if line.lowers[held.hit.last - 1] == "that" else held.hit.last
    stretch = line.lowers[opened : opened + _COMPLEMENT]
    that = "that" in stretch or (following.kind in ("modal", "will") and following.doer.first <= held.hit.last + 1)
    if not that or any(w in (";", "but", "while", "—", "–") for w in between):
        return False
    return following.statement is held.statement or following.statement is None or held.is_cue


def is_own(line: Line, held: Held, following: Held) -> bool:
    """True for the "will not" of "insisted that it will not pay": who makes it clear takes that stance himself."""
    if not line.lowers[held.hit.first].startswith(_ASSERTS) or following.stance == "demands":
        return False
    own = following.doer.pronoun in _OWNERS or bool(set(following.doer.sides) & set(held.doer.sides))
    return own or following.kind == "modal"


def _walls(line: Line, first: int, at: int) -> bool:
    """True where what is wanted ends: a clause of time or reason, an attribution, a new subject."""
    word = line.lowers[at]
    if word == "," and _relative(line, first) is not None and (at == first or line.lowers[first:at] in _STRANDED):
        return True  # "a step that Karsk turned down, is ...": the clause ends with its verb
    if word == ",":
        follows = line.lowers[at + 1 : at + 2]
        return bool(follows) and (follows[0] in _NEW or attribution(line, at))
    if word == "and" and at > first and line.lowers[at - 1] == "," and line.lowers[at + 1 : at + 2] != ["not"]:
        follows = "".join(line.lowers[at + 1 : at + 2])
        if follows in _FINITE and follows not in _MODALS:
            return True  # "does not want to seem defiant, and will bring a plan": the subject's next verb
    aside = word in RELATIVES and (line.lowers[at - 1] == "," or line.lowers[first - 2 : first] == ["open", "to"])
    if (word in _WHILE and at > first + 1) or line.lowers[at : at + 2] == ["ahead", "of"]:
        return True
    if (
        word in COORDINATORS
        and "".join(line.lowers[at + 1 : at + 2]).endswith("ed")
        and line.lowers[at + 2 : at + 3] in _FELT
    ):
        return True  # "ready to continue talks and disappointed by their decision to strike"
    return word in _ASIDES or word in WALLS or aside or (at > first and word in OPENERS and word not in _INNER)


def _next_said(line: Line, held: Held, first: int) -> int | None:
    """The word where another statement's cue stands, as in "has offered 4 per cent and says ..."."""
    near = first + 1  # a cue right beside the stance word is part of what is wanted ("seeks written assurances")
    start = line.tokens[near].start if near < len(line.tokens) else line.sentence.span.end
    cues = [s.cue.start for s in line.statements if s.cue is not None and s is not held.statement]
    cues = [c for c in cues if not _is_what(line, c)]
    cue = min((c for c in cues if c >= start), default=None)
    return None if cue is None else next((i for i, t in enumerate(line.tokens) if t.start >= cue), None)


def _is_what(line: Line, cue: int) -> bool:
    """True for the "called" of "rejected what it called an illegal demand": a way to name the thing."""
    at = next((i for i, t in enumerate(line.tokens) if t.start >= cue), 0)
    return at > 1 and "what" in line.lowers[max(0, at - _NAMED_BY) : at]


# ---------------------------------------------------------------- which issues


def items(line: Line, issues: Sequence[Hit[Issue]], first: int, last: int, *, each: bool = False) -> list[Item]:
    """What is governed, piece by piece: one for each issue of a list, the head of each noun phrase.

    With `each` two things wanted on one issue stay two ("raises of 24 per cent and an end to the lower tier").
    """
    inside = _clear(line, [h for h in issues if h.first >= first and h.last <= last])
    inside = [h for n, h in enumerate(inside) if not _ensures(line, h, inside[n + 1 : n + 2])]
    heads = [h for n, h in enumerate(inside) if n + 1 == len(inside) or inside[n + 1].first > h.last]
    kept: list[Hit[Issue]] = []
    for hit in heads:
        if not kept:
            kept = [hit]
        elif _is_generic(line, kept[-1], hit):
            kept[-1] = hit
        elif _joins(line, kept, hit, each=each):
            kept.append(hit)
    return [Item(*_edges(line, kept, n, first, last), hit.entry.name) for n, hit in enumerate(kept)]


def _clear(line: Line, inside: Sequence[Hit[Issue]]) -> Sequence[Hit[Issue]]:
    """Without the faint words beside clear ones; in a list of infinitives each part has its own."""
    clear = [h for h in inside if not h.entry.faint]
    if not clear or len(clear) == len(inside):
        return inside
    parts = [_part(line, h) for h in inside]
    told = {part for part, h in zip(parts, inside, strict=True) if not h.entry.faint}
    listed = "to" in line.lowers[inside[0].last : inside[-1].first]
    return [h for part, h in zip(parts, inside, strict=True) if not h.entry.faint or (listed and part not in told)]


def _ensures(line: Line, hit: Hit[Issue], following: Sequence[Hit[Issue]]) -> bool:
    """True for the verb of "a deal that does not guarantee the withdrawal": the issue is what it would guarantee."""
    if hit.entry.name != "guarantees" or not following or following[0].first - hit.last > _ENSURED:
        return False
    return hit.last - hit.first == 1 and line.lowers[hit.first - 1] in _ENSURING


def _part(line: Line, hit: Hit[Issue]) -> int:
    """Where the part of a list begins that holds a hit: behind the last "and to" or ", to"."""
    return next(
        (i for i in range(hit.first, 0, -1) if line.lowers[i] == "to" and line.lowers[i - 1] in ("and", ",")), 0
    )


def _joins(line: Line, kept: Sequence[Hit[Issue]], hit: Hit[Issue], *, each: bool) -> bool:
    """True where an issue goes on with the list of those before it."""
    between = line.lowers[kept[-1].last : hit.first]
    if hit.entry.name == "guarantees" and len(between) <= 3 and not _WITH.isdisjoint(between):
        return kept[-1].entry.name != "guarantees"  # "a ceasefire backed by international guarantees"
    if not _listed(between):
        return False
    if hit.entry.name not in [k.entry.name for k in kept]:
        return True
    return "not" in between or ((each or between[-2:-1] == ["to"] or "to" in between) and _opens_phrase(between))


def _opens_phrase(between: Sequence[str]) -> bool:
    """True where a list goes on with a thing of its own: ", an end to", "and the"."""
    at = max((i for i, w in enumerate(between) if w in (",", ";") or w in COORDINATORS), default=len(between))
    return any(w in DETERMINERS or w == "to" for w in between[at + 1 : at + 2])


def _is_generic(line: Line, deal: Hit[Issue], inner: Hit[Issue]) -> bool:
    """True for "any proposal that brings ..." and "a plan for a pause": what the proposal is for is the issue."""
    if deal.entry.name not in COMMON:
        return False
    between = line.lowers[deal.last : inner.first]
    if line.lowers[deal.first] in word_class("talking") and inner.entry.name != "deal" and len(between) <= 3:
        # "discuss its weapons", "bargain over its missiles": the issue is what is talked about.
        return all(w in DETERMINERS or w in ("over", "about", "on") for w in between)
    if deal.entry.name == "deal" and between[:1] and between[0] in _TERMS and not _listed(between):
        # "an offer to host a third round" is about the round, "a plan for a truce" a plan.
        return len(between) <= 4 and (inner.entry.name not in _WHOLE or between[0] == "to")
    if _BRINGS.isdisjoint(between[:3]):
        return False
    before = line.lowers[max(0, deal.first - 3) : deal.first + 1]
    return any(w in _GENERIC for w in before) or line.lowers[deal.last - 1].endswith("s")


def _listed(between: Sequence[str]) -> bool:
    return len(between) <= _APART and any(w in (",", ";") or w in COORDINATORS for w in between)


def _edges(line: Line, kept: Sequence[Hit[Issue]], n: int, first: int, last: int) -> tuple[int, int]:
    start = first if n == 0 else _parting(line, kept[n - 1].last, kept[n].first) + 1
    end = last if n + 1 == len(kept) else _parting(line, kept[n].last, kept[n + 1].first)
    while start < kept[n].first and line.lowers[start] in _LINKS:
        start += 1
    return min(start, kept[n].first), max(end, kept[n].last)


def _parting(line: Line, after: int, before: int) -> int:
    marks = [i for i in range(after, before) if line.lowers[i] in (",", ";") or line.lowers[i] in COORDINATORS]
    return marks[0] if marks else after


def after_addressee(line: Line, held: Held, first: int, last: int) -> int:
    """Where what is asked begins: behind the "to" of "urged the armed groups to leave"."""
    if held.stance != "demands" or held.kind != "verb" or not line.lowers[held.hit.first].startswith(_ADDRESSES):
        return first
    for i in range(first, min(last, first + _ADDRESSEE)):
        follows = line.lowers[i + 1 : i + 2]
        if line.lowers[i] == "to" and follows and follows[0] not in DETERMINERS and line.named_at(i + 1) is None:
            return i
        if line.lowers[i] in (",", "for", "that") or line.lowers[i] in COORDINATORS:
            return first
    return first


def after_colon(line: Line, held: Held, first: int, last: int) -> int:
    """Where a list of demands begins: after its colon."""
    colons = [i for i in range(first, last) if line.lowers[i] == ":"]
    return colons[0] + 1 if colons and held.stance == "demands" else first


def without(line: Line, held: Held, first: int, last: int) -> int | None:
    """Where it stands what a refused deal lacks: "will not sign any deal that does not *guarantee* ..." demands it."""
    if held.stance != "rejects":
        return None
    for i in range(first, min(last, first + _ADDRESSEE)):
        if line.lowers[i] in ("that", "which") and line.lowers[i - 1] in word_class("papers"):
            lacks = next((k for k in range(i + 1, min(last, i + 4)) if line.lowers[k] in _LACKS), None)
            return lacks + 1 if lacks is not None else None
    return None


def across(held: Held, issues: Sequence[Hit[Issue]]) -> list[Item]:
    """An issue told by subject and predicate together: "any deal must be permanent"."""
    return [Item(h.first, h.last, h.entry.name) for h in issues if h.first < held.hit.first < h.last]


def subject_items(line: Line, held: Held, issues: Sequence[Hit[Issue]]) -> list[Item]:
    """Where the issue is the subject: "the blockade must end", "the plan was rejected by ..."."""
    inside = [h for h in issues if held.doer.first <= h.first < held.hit.first or h.first < held.hit.first < h.last]
    first = inside[0] if inside else None
    for hit in inside[1:2]:
        first = hit if first is not None and _is_generic(line, first, hit) else first
    return [Item(first.first, max(first.last, held.hit.last), first.entry.name)] if first is not None else []


def described(held: Held, issues: Sequence[Hit[Issue]]) -> list[Item]:
    """What a participle describes: the truce of "rejected the truce proposed by Karsk"."""
    near = [h for h in issues if h.last <= held.hit.first and held.hit.first - h.last <= _DESCRIBED]
    return [Item(near[-1].first, held.hit.last, near[-1].entry.name)] if near else []


def before_relative(line: Line, held: Held, issues: Sequence[Hit[Issue]]) -> list[Item]:
    """Where the issue stands before the clause: "the plan which our ally accepted", "22 cranes which it plans to bring in"."""
    at = _relative(line, held.hit.first)
    if at is not None and line.lowers[at - 1] == "and":
        at = _relative(line, at - 1)  # "a step that X proposed and that Y turned down"
    if at is None:
        at = _contact(line, held)
    if at is None:
        return []
    pointing = not word_class("backward").isdisjoint(line.lowers[max(0, at - 1) : at])
    near = [h for h in issues if 0 <= at - h.last <= 5 or (pointing and h.last <= at)]
    return [Item(held.doer.first if pointing else near[-1].first, held.hit.last, near[-1].entry.name)] if near else []


def _contact(line: Line, held: Held) -> int | None:
    """Where a clause begins that needs no "which": ", a demand | Moscow has rejected"."""
    for at in range(held.hit.first - 1, max(1, held.hit.first - _CONTACT), -1):
        named = line.lowers[at] in word_class("backward") or line.lowers[at] in word_class("papers")
        if (
            named
            and not _ARTICLES.isdisjoint(line.lowers[max(0, at - 3) : at])
            and "," in line.lowers[max(0, at - 4) : at]
        ):
            return at + 1
        if line.lowers[at] == "something":
            return at + 1
    return None


def _relative(line: Line, end: int) -> int | None:
    """The nearest "which" or "that" before word `end`, within a clause's reach."""
    return next((i for i in range(end - 1, max(0, end - 10), -1) if line.lowers[i] in ("which", "that")), None)


def promised(line: Line, held: Held, issues: Sequence[Hit[Issue]], *, priced: bool) -> list[Item]:
    """Where the issue itself is what "will": "enrichment would continue", "the embargo will be lifted once ..."."""
    if verb_of(line.lowers, held.hit.last) not in word_class("fates"):
        return []
    return [i for i in subject_items(line, held, issues) if priced or i.issue not in COMMON]


def tied(held: Held, issues: Sequence[Hit[Issue]], last: int) -> list[Item]:
    """Both ends of "linked the return of inspectors to the release of funds": what is given, then its price."""
    given = [h for h in issues if held.hit.first < h.first and h.last <= held.hit.last]
    asked = [h for h in issues if held.hit.last <= h.first and h.last <= last]
    first = [Item(held.hit.first, held.hit.last, h.entry.name) for h in given[:1]]
    return first + [Item(held.hit.last, last, h.entry.name) for h in asked[:1]] if first else []


def goes_back(line: Line, held: Held, last: int) -> bool:
    """True for "would return to Port Amity": the place stands for the talks in it."""
    verb = verb_of(line.lowers, held.hit.last)
    if held.kind not in ("will", "adj") or verb not in ("return", "come", "go"):
        return False
    return any(
        line.lowers[n.first - 1] == "to" and n.mention.kind in ("place", "unknown") and n.mention.side is None
        for n in line.named
        if held.hit.last < n.first < last
    )


# ---------------------------------------------------------------- what was spoken of before


def pointed_at(
    line: Line,
    first: int,
    held: Held,
    issues: Sequence[Hit[Issue]],
    before: Sequence[Position],
    earlier: Sequence[str],
) -> str | None:
    """The issue of "could accept it": the last that the sentence named, or that a position was on."""
    if held.stance == "demands" and held.kind == "modal":
        return None
    bare = _is_bare(line, held)
    if held.stance not in ("accepts", "rejects", "conditional", "undecided"):
        at = first + 2 if line.lowers[first : first + 1] == ["to"] else first + 1
        pointing = line.lowers[at : at + 1] in (["it"], ["them"]) or _is_number_alone(line, at)
        if not pointing or line.lowers[at - 1] in PREPOSITIONS:
            return None
    elif not any(w in _POINTERS for w in line.lowers[first - 1 : first + 2]) and not bare:
        return None
    if bare and held.stance == "rejects":
        asked = [p for p in before[-4:] if p.stance in ("demands", "proposes") and p.party not in held.doer.sides]
        if asked and not issues:
            return asked[-1].issue  # "Karsk has refused": what the other side asked
    named = [h.entry.name for h in issues if h.last <= held.hit.first]
    if named:
        return named[-1]
    if earlier and (not before or before[-1].issue not in earlier):
        return earlier[-1]
    if before and "\n" not in line.reading.text[before[-1].span.end : line.sentence.span.start][:_BACK]:
        return before[-1].issue
    return "deal" if bare else None


def _is_number_alone(line: Line, at: int) -> bool:
    """True for the 500 of "would take 500 as a first step": a number whose noun was named before."""
    word = line.lowers[at] if at < len(line.lowers) else ""
    if not word[:1].isdigit():
        return False
    after = line.lowers[at + 1 : at + 2]
    return (
        not after or after[0] in PREPOSITIONS - {"of"} or after[0] in OPENERS or after[0] in WALLS or after[0] in _STOPS
    )


def _is_bare(line: Line, held: Held) -> bool:
    """True for a yes or no with nothing after it: "The union accepted."""
    if held.kind != "verb" or held.passive or held.stance not in ("accepts", "rejects"):
        return False
    if not _LIMITS.isdisjoint(line.lowers[held.hit.first : held.hit.last]):
        return True
    after = line.lowers[held.hit.last : held.hit.last + 1]
    return (not after or after[0] in (".", ";", ":")) and held.hit.last - held.hit.first <= 2


def asked_before(line: Line, first: int, last: int, parties: Sequence[str], before: Sequence[Position]) -> str | None:
    """The issue of "rejected the demand" and of "withdrew that demand": what was asked last, by the other side or by one's own."""
    words = line.lowers[first:last]
    if word_class("backward").isdisjoint(words):
        return None
    asked = [p for p in before[-6:] if p.stance in ("demands", "proposes", "intends")]
    if not _DEEDS.isdisjoint(words):
        asked = [p for p in asked if p.stance == "intends"] or asked  # "the move": what the other side does
    own = {"its", "their", "his", "her", "that"} & set(words[:2])
    theirs = [p for p in asked if (p.party in parties) == bool(own)] or asked
    return theirs[-1].issue if theirs else None
