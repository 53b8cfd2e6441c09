"""A stance word at its place in a sentence: whether it takes its stance there, against negation, hedge and report.

"Has not rejected", "might accept", "denied that it had agreed", "the company's latest offer", "what its rival wants": the same
words, and no position, or another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parley.annotate.language.clauses import PRONOUNS, WALLS, Doer, doer, forced, group_start, negated
from parley.annotate.language.grammar import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    HAVE,
    NEGATIONS,
    PREPOSITIONS,
    TIMES,
    is_adverb,
)
from parley.annotate.language.lines import Line, Named
from parley.annotate.language.phrases import Hit
from parley.annotate.positions.stances import Trigger, actions, word_class
from parley.data import Statement, Token

MARKS = frozenset('“”"«»')
_SOUGHT = 12
_ASKING = frozenset(("whether", "how", "why"))
_IFS = frozenset(("if", "unless", "whether", "until", "once"))
_WILLS = frozenset(("political", "good", "clear", "free", "genuine", "real", "ill", "sincere"))
"""What stands before the "will" that is a noun: "until there is a clear will for peace"."""
_OFFERS = frozenset(("would", "wouldn't", "could"))
_LAST = frozenset(("last", "this", "on", "week", "month", "year", "earlier", "yet"))
_AGENT = 3
_SINCE_WHEN = 4
"""Words of time between a participle and the "by" of its doer."""
_DRAFTS = frozenset(("plan", "proposal", "draft", "offer", "terms", "initiative", "text"))
"""Papers of one side alone."""
_DENIALS = frozenset(("deny", "denies", "denied", "denying"))
_MAYBE = frozenset(("may", "might"))
_SIGNED = 10
"""Words from a signature to its year."""
_YEAR = 4
_TAKES = frozenset(("without", "until", "unless", "before", "under"))
_THERE = 4
_MODAL = 1
_FEW = frozenset(("no", "little", "scant"))
_REFUSALS = frozenset(("reject", "refuse", "oppose", "resist", "block", "fight"))
_WHOSE = frozenset(("'s", "its", "their", "his", "her", "our", "my"))
_DENIED = 8
_PROMISE = 7
"""Words between "promised" and the "will" of what is promised."""
_FACT = 10
_ASKED = 16
"""Words between what asks and the second thing that is asked."""
_SUBJECTS = frozenset(
    ("the", "they", "it", "he", "she", "we", "you", "either", "both", "any", "these", "those", "this")
)
_SHORT = frozenset(
    p + e
    for p in ("we", "i", "they", "he", "she", "it", "you", "who", "that")
    for e in ("'ll", "'d", "'re", "'ve", "'m")
)
"""Two words written as one."""
_OBJECT = 5
_PRICED = 14
"""Words between "contingent on" and what somebody has to do for it."""
_WHERE = frozenset(
    ("in", "at", "on", "until", "closed", "open", "put", "where", "here", "there", "within", "out", "to")
)
_OWNERS = tuple([w] for w in ("the", "a", "an", "its", "their", "his", "her", "our", "'s"))
"""What stands before a participle that belongs to a noun."""
CUTS = frozenset((",", ".", ";", ":", "and", "but", "or", "that", "which"))


@dataclass(frozen=True, slots=True)
class Held:
    """A stance word at its place: who does it, and in whose words it stands.

    `passive` where its doer is behind a "by"; `participle` where it only describes a noun: "the truce proposed by Karsk".
    """

    hit: Hit[Trigger]
    stance: str
    doer: Doer
    statement: Statement | None
    is_cue: bool
    passive: bool = False
    participle: bool = False

    @property
    def kind(self) -> str:
        return self.hit.entry.kind


def bare(line: Line) -> Line:
    """The sentence without its quotation marks, and with "we'll" as "we" and "'ll": grammar sees plain words."""
    if MARKS.isdisjoint(line.lowers) and _SHORT.isdisjoint(line.lowers):
        return line
    tokens: list[Token] = []
    place: dict[int, int] = {}
    for i, token in enumerate(line.tokens):
        if token.lower in MARKS:
            continue
        place[i] = len(tokens)
        tokens += _two(token) if token.lower in _SHORT else (token,)
    if not tokens:
        return line
    named = []
    for n in line.named:
        inside = [place[i] for i in range(n.first, n.last) if i in place]
        if inside and not _is_short(n):
            named.append(replace(n, first=inside[0], last=inside[-1] + 1))
    return replace(line, tokens=tokens, lowers=[t.lower for t in tokens], named=tuple(named))


def _two(token: Token) -> tuple[Token, Token]:
    at = len(token.lower) - 1 - token.lower[::-1].index("'")
    cut = token.start + at
    return (
        Token(token.start, cut, token.text[:at], token.lower[:at]),
        Token(cut, token.end, token.text[at:], token.lower[at:]),
    )


def _is_short(named: Named) -> bool:
    """True for a "We've" that was taken for a name, as words in capitals at the beginning are."""
    return named.mention.span.text.lower().replace("’", "'") in _SHORT


def held(line: Line, hits: Sequence[Hit[Trigger]]) -> list[Held]:
    """The stances that a sentence takes, each once, in reading order."""
    chosen = [h for n, h in enumerate(hits) if n == 0 or not _is_object(line, hits[n - 1], h)]
    asking = [h for h in chosen if h.entry.stance == "demands" and h.entry.kind == "verb"]
    if asking:
        chosen = [h for h in chosen if not any(_is_asked(line, a, h) for a in asking)]
    found = [h for hit in chosen if (h := _held(line, hit)) is not None]
    return list(_own(line, found))


def _is_object(line: Line, earlier: Hit[Trigger], hit: Hit[Trigger]) -> bool:
    """True for the noun of "rejected opposition calls for" and "endorsed a plan to": what the verb before it is about."""
    between = line.lowers[earlier.last : hit.first]
    noun = hit.entry.kind == "noun" or _after_determiner(line.lowers, hit.first) or _of_paper(line.lowers, hit.first)
    if not noun or len(between) > _OBJECT or not CUTS.isdisjoint(between):
        return False
    if earlier.entry.kind == "modal" and earlier.entry.stance == "demands" and hit.entry.kind == "noun":
        return True  # "must come up with an offer on pay": the offer is what is wanted
    if earlier.entry.kind not in ("verb", "adj"):
        return False
    return earlier.entry.stance in ("accepts", "rejects", "undecided") or "'s" not in between


def _is_asked(line: Line, earlier: Hit[Trigger], hit: Hit[Trigger]) -> bool:
    """True for the "accept" of "called on drivers to return and accept the offer": what others are asked to do."""
    if hit.entry.kind != "verb" or not 0 < hit.first - earlier.last < _ASKED:
        return False
    word = line.lowers[hit.first]
    between = line.lowers[earlier.last - 1 : hit.first]
    plain = not word.endswith(("s", "ed", "ing")) and word in actions() | word_class("yes")
    return plain and between[-1:] in (["and"], ["or"]) and "to" in between and "," not in between


def _of_paper(lowers: Sequence[str], at: int) -> bool:
    """True for the "calling" of "a resolution calling for a truce": the paper calls, whoever votes on it."""
    return lowers[at].endswith("ing") and at > 0 and lowers[at - 1] in word_class("papers")


def _after_determiner(lowers: Sequence[str], at: int) -> bool:
    return not DETERMINERS.isdisjoint(lowers[max(0, at - 1) : at])


def _after_article(lowers: Sequence[str], at: int) -> bool:
    """True for the bare word of "an outright challenge": a verb without an ending has no single subject."""
    two = lowers[max(0, at - 2) : at]
    return two[:1] in (["a"], ["an"]) and two[1] not in word_class("handfuls") and not two[1].endswith("s")


def _own(line: Line, found: Sequence[Held]) -> Iterator[Held]:
    """Without the "will" of "promised that no plant will close" and of "will accept": what is meant is told once."""
    last: Held | None = None
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if one.kind == "will" and following is not None and _is_its_verb(line, one, following):
            continue
        near = last is not None and one.hit.first - last.hit.last <= _PROMISE
        if last is not None and near and one.kind == "will":
            if last.stance == "intends" and last.hit.entry.speech and one.stance != "rejects":
                continue
            if last.stance == "demands" and last.hit.last < one.hit.first and one.doer.first > last.hit.last + 1:
                continue  # "wants guarantees that the other side will not walk away"
            if last.kind == "will" and one.statement is last.statement and _is_inside(line, last, one):
                continue  # "would give guarantees the rebels would not be seized"
        last = one
        yield one


def _is_inside(line: Line, earlier: Held, one: Held) -> bool:
    """True where the second of two stances stands in a clause of its own inside what the first governs."""
    between = line.lowers[earlier.hit.last : one.hit.first]
    return 0 < len(between) <= _PROMISE and one.doer.first > earlier.hit.last and CUTS.isdisjoint(between)


def _is_its_verb(line: Line, will: Held, following: Held) -> bool:
    """True where the stance word that follows is the verb of the "will": "would not accept", "will be ready to"."""
    between = line.lowers[will.hit.last : following.hit.first]
    return following.kind in ("verb", "adj") and all(is_adverb(w) or w in NEGATIONS or w in BE for w in between)


def _held(line: Line, hit: Hit[Trigger]) -> Held | None:
    """The stance that the words at `hit` take in this sentence; None where they take none."""
    trigger, lowers = hit.entry, line.lowers
    span = line.span(hit.first, hit.last)
    cue_of = line.cued_by(span)
    statement = cue_of or line.statement_at(span)
    if statement is None and _goes_on_telling(lowers, hit):
        statement = line.told or _told_so_far(line, hit)
    if _is_elsewise(line, hit) or (statement is None and lowers[-1] == "?"):
        return None  # "Is the movement ready to talk?": an outlet that asks tells nobody's position
    who = _doer(line, hit, statement, is_cue=cue_of is not None)
    if trigger.kind == "verb" and (_supposed(line, hit) or (who.first > 0 and lowers[who.first - 1] in _IFS)):
        return None  # "if both say yes", "should both say yes": nobody has
    if trigger.kind in ("verb", "will") and _of_thing(line, hit):
        return None
    if trigger.kind == "will" and (
        _is_sought(lowers, hit.first) or not _ASKING.isdisjoint(lowers[max(0, who.first - 1) : hit.first])
    ):
        return None  # "did not explain how the sanctions would be lifted"
    if lowers[hit.first] in _OFFERS and trigger.kind == "will":
        drafter = _drafter(line, hit.first)
        if drafter is not None:
            return Held(hit, "proposes", drafter, statement, is_cue=False)
        if not _own_word(who, statement) or _draft(lowers) is not None:
            return None  # "under the plan, the government would release ..."
    if _is_denied(line, hit, statement) or _is_signing(lowers, hit, who):
        return None
    stance = _stance(line, hit, who)
    if stance == "none":
        return None
    group = lowers[group_start(line, hit.first) : hit.first]
    if trigger.kind in ("verb", "adj") and any(w in _MAYBE or (w == "could" and statement is None) for w in group):
        return None
    if trigger.kind in ("verb", "will") and _is_unreal(group, lowers[hit.first : hit.last + 1]):
        return None
    describes = _describes(line, hit, group)
    passive = trigger.kind == "verb" and any(w in BE for w in group) and lowers[hit.first].endswith(("ed", "wn"))
    return Held(hit, stance, who, statement, cue_of is not None, passive or describes, describes)


def _describes(line: Line, hit: Hit[Trigger], group: Sequence[str]) -> bool:
    """True for the participle of "the truce proposed last week by Karsk", whose doer is named behind it."""
    plain = hit.entry.kind == "verb" and hit.last - hit.first == 1 and line.lowers[hit.first].endswith("ed")
    by = _by(line.lowers, hit.last) if plain and BE.isdisjoint(group) else None
    if by is None:
        return False
    return line.lowers[by + 1 : by + 2] == ["both"] or any(by < n.first <= by + _AGENT for n in line.named)


def _by(lowers: Sequence[str], at: int) -> int | None:
    """The "by" of a participle's doer: right behind it, or behind the day and the words of time."""
    for i in range(at, min(len(lowers), at + _SINCE_WHEN)):
        if lowers[i] == "by":
            return i
        if not (lowers[i] in TIMES or lowers[i] in _LAST or is_adverb(lowers[i])):
            return None
    return None


def _is_unreal(group: Sequence[str], words: Sequence[str]) -> bool:
    """True for "would have granted": what did not come about."""
    verbs = [*group, *words]
    return any(a in _OFFERS and b == "have" for a, b in pairwise(verbs))


def _is_signing(lowers: Sequence[str], hit: Hit[Trigger], who: Doer) -> bool:
    """True for "Karsk and Ondra signed a pact", "signed a treaty in 1979": an event, and no answer that one of them gives."""
    if lowers[hit.first] != "signed":
        return False
    after = lowers[hit.last : hit.last + _SIGNED]
    return len(who.sides) > 1 or any(a == "in" and b.isdigit() and len(b) == _YEAR for a, b in pairwise(after))


def _of_thing(line: Line, hit: Hit[Trigger]) -> bool:
    """True for "a plan that would move the camps", "the deal that allowed exports": what a paper does is nobody's word."""
    at = group_start(line, hit.first)
    if at < 2 or line.lowers[at - 1] not in ("that", "which"):
        return False
    return line.lowers[at - 3 if line.lowers[at - 2] == "," else at - 2] in word_class("papers")


def _is_sought(lowers: Sequence[str], at: int) -> bool:
    """True for the "will" of "a commitment from the government that it will ...": what is wanted of it, not what it says."""
    before = lowers[max(0, at - _SOUGHT) : at]
    noun = next((i for i, w in enumerate(before[:-1]) if w in word_class("pledges") and before[i + 1] == "from"), None)
    return noun is not None and "that" in before[noun:]


def _supposed(line: Line, hit: Hit[Trigger]) -> bool:
    """True behind the "should" of "should Karsk agree to audits"."""
    return any(line.lowers[i] == "should" and inverted(line, i) for i in range(max(0, hit.first - 6), hit.first))


def _draft(lowers: Sequence[str]) -> int | None:
    """Where the paper is named whose terms a sentence tells: "under the latest *draft*"."""
    at = next((i for i, w in enumerate(lowers) if w == "under"), None)
    papers = word_class("papers")
    return (
        None if at is None else next((i for i in range(at + 1, min(len(lowers), at + 6)) if lowers[i] in papers), None)
    )


def _drafter(line: Line, at: int) -> Doer | None:
    """Whose proposal it is that a sentence tells: "under the *Karsk* plan, prisoners would be freed"."""
    paper = _draft(line.lowers)
    if paper is None or paper > at or line.lowers[paper] not in _DRAFTS:
        return None
    owner = line.named_at(paper - 1) or (line.named_at(paper - 2) if paper > 1 else None)
    owned = owner is not None and owner.mention.side is not None and owner.mention.kind != "person"
    return Doer(owner.first, (owner.mention,)) if owned and owner is not None else None


def inverted(line: Line, at: int) -> bool:
    """True for the "should" of "Should Karsk agree to audits, we could ...", which opens a condition."""
    opens = at == 0 or line.lowers[at - 1] in (",", ";", "that", "and", "but")
    return (
        opens and at + 1 < len(line.lowers) and (line.named_at(at + 1) is not None or line.lowers[at + 1] in _SUBJECTS)
    )


def _is_elsewise(line: Line, hit: Hit[Trigger]) -> bool:
    """True where the words stand in another use: wished of somebody else, a noun, a fact, a thing that comes about."""
    lowers, kind = line.lowers, hit.entry.kind
    if kind in ("verb", "noun") and hit.first > 0 and lowers[hit.first - 1] == "to":
        # "pressed them to accept": what somebody else wants of them; but "vowed to reject" is his own.
        return lowers[hit.first - 2 : hit.first - 1] != ["going"]
    if kind == "modal" and lowers[hit.first] == "should":
        return hit.first == 0 or lowers[hit.first - 1] in (",", ";")  # "Should Karsk agree, we ...": a condition
    if kind == "will":
        noun = lowers[hit.first] == "will" and (
            _after_determiner(lowers, hit.first) or not _WILLS.isdisjoint(lowers[max(0, hit.first - 1) : hit.first])
        )
        happens = lowers[hit.last : hit.last + 2] == ["take", "place"]
        return noun or happens or not _acts(lowers, hit.last) or line.tokens[hit.last].text[0].isupper()
    if kind in ("verb", "noun") and (_are_others(lowers, hit) or _is_priced(lowers, hit)):
        return True
    if kind == "noun" and _is_nobodys(lowers, hit.first):
        return True
    if kind == "modal" and lowers[hit.first] == "no" and _is_told_missing(lowers, hit):
        return True
    if kind == "modal" and lowers[hit.first].startswith("stay") and not _WHOSE.isdisjoint(lowers[: hit.first][-1:]):
        return True  # "during his stay in the capital"
    if kind == "modal" and (_MAYBE | {"which"}).intersection(lowers[max(0, hit.first - _MODAL) : hit.first]):
        return True  # "may have to", "a date by which they must leave"
    if kind == "verb" and (_is_noun(lowers, hit) or _is_of_noun(lowers, hit)):
        return True
    if lowers[hit.first] in ("back", "backs") and not word_class("carrying").isdisjoint(
        lowers[max(0, hit.first - 1) : hit.first]
    ):
        return True  # "hold back the second group"
    return lowers[hit.first].startswith("insist") and _is_fact(lowers[hit.last : hit.last + _FACT])


def _is_told_missing(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for "there is no agreement with Karsk": how things stand, unless it says what it takes ("no deal without ...")."""
    before = lowers[max(0, hit.first - 2) : hit.first]
    return before[:1] == ["there"] and before[-1] in BE and _TAKES.isdisjoint(lowers[hit.first : hit.last])


def _is_nobodys(lowers: Sequence[str], at: int) -> bool:
    """True for "there is still willingness to", "amid international demand for": a stance without anybody who takes it."""
    before = lowers[max(0, at - _THERE) : at]
    there = any(a == "there" and b in BE for a, b in pairwise(before)) and _WHOSE.isdisjoint(before)
    return there or not word_class("everybody's").isdisjoint(before[-1:])


def _is_of_noun(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for the "proposed" of "the proposed deal" and "its rejected offer", which say what is proposed and not who does it."""
    alone = hit.last - hit.first == 1 and lowers[hit.first].endswith("ed")
    return alone and lowers[hit.first - 1 : hit.first][0:1] in _OWNERS


def _stance(line: Line, hit: Hit[Trigger], who: Doer) -> str:
    """The stance, turned around by a "not"."""
    trigger, lowers = hit.entry, line.lowers
    following = lowers[hit.last : hit.last + 2]
    no = negated(line, hit.first) or lowers[hit.first].endswith("n't") or following[:1] in (["not"], ["never"])
    no = no or (trigger.kind == "will" and following[1:2] == ["no"])
    subject = lowers[who.first : hit.first]
    nobody = any(w in ("neither", "none", "nobody", "no") for w in subject)
    if nobody and trigger.stance == "demands" and trigger.kind == "verb" and {"neither", "longer"}.isdisjoint(subject):
        return "none"  # "no driver wants to strike"
    no = no or nobody
    no = no or (trigger.kind in ("noun", "adj") and lowers[max(0, hit.first - 1) : hit.first][:1] == ["no"])
    no = no or (lowers[hit.first] == "need" and not NEGATIONS.isdisjoint(lowers[max(0, hit.first - 4) : hit.first]))
    no = no or (trigger.kind == "noun" and bool(_FEW & set(lowers[max(0, hit.first - 1) : hit.first])))
    stance = trigger.stance
    if stance == "intends" and trigger.kind == "will" and verb_of(lowers, hit.last) in word_class("yes"):
        stance = "accepts"
    no = no or forced(lowers, hit.first)
    settled = trigger.kind == "modal" and stance != "accepts"
    if no and stance == "demands" and trigger.kind == "verb" and "longer" in lowers[who.first : hit.first]:
        return "accepts"  # "no longer insists on the return of the dam"
    if no and following[:2] != ["not", "only"] and not settled:
        stance = trigger.negated
    if stance == "intends" and any(w in _REFUSALS for w in following):
        stance = "rejects"
    if stance == "accepts" and trigger.kind in ("verb", "will") and _is_only(lowers, hit):
        stance = "conditional"
    return stance


def _is_only(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for "will only accept a deal that ...": a yes to nothing else."""
    after = lowers[hit.last : hit.last + 1] == ["only"] and hit.entry.kind == "will"
    return after or lowers[max(0, hit.first - 1) : hit.first] == ["only"]


def _is_noun(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for "the company's latest offer", "a plan to" and "the demand was": a thing, not what somebody does."""
    if lowers[hit.last - 1] in ("was", "is", "were") and verb_of(lowers, hit.last).endswith("ed"):
        return True  # "the first new proposal was finally presented to us"
    if lowers[hit.last - 1] in ("would", "will") and hit.last - hit.first > 1:
        return False  # "its latest offer would raise wages": the offer is its own subject
    if _after_determiner(lowers, hit.first):
        if not lowers[hit.first].endswith(("ed", "ing")):
            return True
        if "of" in (*lowers[hit.last : hit.last + 1], lowers[hit.first + 1]) and lowers[hit.first].endswith("ing"):
            return True  # "hosted the signing of"
    if lowers[hit.first] == "order" and lowers[hit.first - 1 : hit.first] == ["in"]:
        return True
    if (
        hit.entry.stance != "proposes"
        and _after_article(lowers, hit.first)
        and not lowers[hit.first].endswith(("s", "ed", "ing"))
    ):
        return True
    if hit.last - hit.first > 1 or lowers[hit.first].endswith(("ed", "ing")):
        return False
    if lowers[hit.first] in word_class("nouns") and not _may_precede_verb(lowers[max(0, hit.first - 1) : hit.first]):
        return True
    follows = lowers[hit.last] if hit.last < len(lowers) else "."
    ends = follows in (".", ",", ";", "of", "from", "and", "or", ")") or follows in BE or follows in HAVE
    before = lowers[max(0, hit.first - 3) : hit.first]
    return ends or ("," not in before and not _WHOSE.isdisjoint(before))


def _are_others(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for "rejected calls for a truce", "faces mounting demands to": calls that others make, not the verb of a side."""
    if lowers[hit.first] not in word_class("plural nouns") or hit.first == 0:
        return False
    before = lowers[hit.first - 1]
    if before in PREPOSITIONS:
        return hit.entry.kind == "verb"
    return before.endswith(("ed", "ing")) or before in word_class("before calls")


def _is_priced(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for the "agreeing" of "is conditional on members agreeing to changes": that they do is the price."""
    before = lowers[max(0, hit.first - _PRICED) : hit.first]
    return (
        lowers[hit.first].endswith("ing")
        and "," not in before
        and any(
            a in ("conditional", "contingent", "dependent", "depends", "hinges") and b in ("on", "upon")
            for a, b in pairwise(before)
        )
    )


def _may_precede_verb(before: Sequence[str]) -> bool:
    """True where a plain verb may stand: at the beginning, and behind "they", "will", "not" and a plural."""
    if not before:
        return False
    word = before[0]
    return word in PRONOUNS or word in AUXILIARIES or word in NEGATIONS or is_adverb(word) or word.endswith("s")


def _is_fact(words: Sequence[str]) -> bool:
    """True for "insists the tariffs are legal", "insists it signed": held to be so, and nobody is asked to do it."""
    plain = [w for w in words[:3] if w != "that"]
    if plain[:1] and plain[0] in PRONOUNS and plain[1:2] and plain[1].endswith("ed"):
        return True
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
    verb = verb_of(lowers, at)
    if verb == "be":
        if progressive(lowers, at):
            return True
        return any(w.endswith("ed") for w in lowers[at + 1 : at + 4]) and "been" not in lowers[at + 1 : at + 4]
    if verb in ("remain", "stay"):
        return not _WHERE.isdisjoint(lowers[at + 1 : at + 3])  # "will remain peaceful" tells how things are
    return verb.isalpha() and (verb in actions() or verb not in word_class("states"))


def progressive(lowers: Sequence[str], at: int) -> bool:
    """True for "will be meeting": as good as "will meet"."""
    words = [w for w in lowers[at : at + 4] if not is_adverb(w) and w not in NEGATIONS][1:2]
    if not words or not words[0].endswith("ing"):
        return False
    stem = words[0][:-3]
    return not {stem, stem + "e"}.isdisjoint(actions() | word_class("yes"))


def verb_of(lowers: Sequence[str], at: int) -> str:
    """The verb that follows "will", past adverbs and negations; empty where none does."""
    after = (w for w in lowers[at : at + 4] if not is_adverb(w) and w not in NEGATIONS)
    return next(after, "")


def _goes_on_telling(lowers: Sequence[str], hit: Hit[Trigger]) -> bool:
    """True for the words by which reported speech goes on without a new "said": "It would discuss prisoners."""
    return hit.entry.kind == "modal" or lowers[hit.first].startswith("would")


def _told_so_far(line: Line, hit: Hit[Trigger]) -> Statement | None:
    """The statement that "..., it said, and the army would answer" goes on with."""
    start = line.tokens[hit.first].start
    if not line.lowers[hit.first].startswith("would"):
        return None
    over = [s for s in line.statements if s.cue is not None and s.speaker is not None and s.cue.end <= start]
    return over[-1] if over and all(c.end <= start for c in over[-1].content) else None


def _is_denied(line: Line, hit: Hit[Trigger], statement: Statement | None) -> bool:
    cue = statement.cue.text.lower() if statement is not None and statement.cue is not None else ""
    before = line.lowers[max(0, hit.first - _DENIED) : hit.first]
    return cue.startswith(("den", "has den")) or not _DENIALS.isdisjoint(before)


def _doer(line: Line, hit: Hit[Trigger], statement: Statement | None, *, is_cue: bool) -> Doer:
    floor = 0
    if statement is not None and not is_cue:
        start = min((c.start for c in statement.content if c.end > line.tokens[hit.first].start), default=0)
        floor = next((i for i, t in enumerate(line.tokens) if t.start >= start), 0)
    if line.lowers[hit.first - 1 : hit.first] in (["'s"], ["'"], ["’"]):
        owner = line.named_at(hit.first - 2)
        return Doer(owner.first, (owner.mention,)) if owner is not None else Doer(hit.first)
    if line.lowers[hit.first - 1 : hit.first] == ["its"] and line.lowers[hit.last - 1] in ("would", "will"):
        return Doer(hit.first - 1, (), "it")  # "its latest offer would raise wages"
    start = group_start(line, hit.first)
    if start > floor and line.lowers[start - 1] in PRONOUNS:
        return Doer(start - 1, (), line.lowers[start - 1])  # "if they ask us we can talk": nobody but "we" talks
    return doer(line, hit.first, floor=floor)
