"""How a clause tells a happening: as done, planned, only claimed, denied, imagined, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parley.annotate.events.actors import is_blamed
from parley.annotate.events.happenings import Happening, bases, words
from parley.annotate.language.clauses import doer, forced, group_start, negated
from parley.annotate.language.grammar import BE, DETERMINERS, MODALS
from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit
from parley.data import EventStatus, Statement

_NOBODY = frozenset(("neither", "none", "nobody", "no", "nor", "few", "hardly"))
_NEAR = 8
_MONTH = len("2024-06")
_DENIALS = frozenset(("denied", "denies", "deny", "denying"))
_GOES_ON = frozenset(("said", "says", "saying", "accused", "accusing", "claimed", "told", "added"))
_NOS = frozenset(("not", "never", "n't", "no"))
_WISHES = frozenset(("demands", "proposes"))
_IFS = frozenset(("if", "unless", "whether", "provided"))
"""What makes all that follows it in its sentence a condition or a question, and what depends on one."""
_ANY = frozenset(("any", "possible", "potential", "future", "without"))
_WHEN = frozenset(("when", "once", "until", "till", "before", "unless"))
_FUTURE = frozenset(("will", "would", "shall", "'ll", "won't", "wouldn't"))
_UNKNOWN = frozenset(
    ("clear", "unclear", "known", "certain", "sure", "say", "open", "sign", "signs", "doubt", "hope", "hopes")
)
_BEFORE_GERUNDS = frozenset(("at", "to", "on", "in", "about", "towards", "toward", "against", "despite"))
_BOUNDS = frozenset((";", "“", "”", '"', ":", "—", "–"))
_SPEAKS_FOR_BOTH = frozenset(("both", "two", "sides", "parties", "delegations", "ministers", "governments"))


def floor_of(line: Line, statement: Statement | None) -> int:
    """The first word of what is said, where a statement tells it: its cue and source stand outside."""
    if statement is None:
        return 0
    start = min((c.start for c in statement.content if c.overlaps(line.sentence.span)), default=0)
    return next((i for i, t in enumerate(line.tokens) if t.start >= start), 0)


def is_wished(line: Line, hit: Hit[Happening], statement: Statement | None) -> bool:
    """True for what is demanded, proposed or made a condition: it has not happened for that."""
    if hit.entry.type in words("deeds"):
        return False
    cue = statement.cue.text.lower() if statement is not None and statement.cue is not None else ""
    if any(w.startswith(tuple(words("wishing"))) for w in cue.split()):
        return True
    span = line.span(hit.first, hit.last)
    return any(
        p.stance in _WISHES and p.span.start < span.start and p.span.end >= span.end for p in line.reading.positions
    )


def status_of(
    line: Line, hit: Hit[Happening], at: int, statement: Statement | None, *, begins: int, date: str | None
) -> EventStatus | None:
    """How the clause tells it; None where it tells a wish, a condition or nothing that happened."""
    lowers = line.lowers
    start = group_start(line, hit.first)
    group = list(lowers[start : hit.first])
    inner = list(lowers[hit.first : hit.last])
    forbids = hit.entry.type == "sanction" and inner[0] in ("may", "can")
    says_no = forbids or hit.entry.type == "talks_no_progress" or hit.entry.plover.type == "REJECT"
    if statement is not None and hit.entry.type in words("deniable") and _disclaimed(line, hit, group):
        return "denied"
    if negated(line, hit.first) or forced(lowers, hit.first) or (any(w in _NOS for w in inner[:-1]) and not says_no):
        return None
    if not _NOBODY.isdisjoint(lowers[begins : min(begins + 2, hit.first)]) and not says_no:
        return None  # "none of them walked free"
    if hit.entry.kind != "verb" and not says_no and _unmade(lowers, hit.first):
        return None
    if is_blamed(line, hit.first) and hit.entry.type in words("deniable"):
        return "claimed"
    told = _by_verb(line, hit, group, inner, statement)
    to_come = date is not None and _to_come(line, date, group)
    if to_come and (told == "actual" or not {"must", "would"}.isdisjoint((*group, *inner))):
        told = "planned"
    if hit.entry.status == "claimed" and told == "actual":
        return "claimed"
    if "be" in inner[:-1] and hit.entry.kind != "verb" and told == "actual":
        return None  # "that the embargo be lifted"
    if told == "planned" and date is None and (hit.entry.type == "other" or _only_said(hit, group, inner)):
        return "hypothetical"
    if told in ("actual", "planned") and date is None and lowers[0] == "under" and not statement and not _is_deal(hit):
        return None  # the terms of a deal or plan, in the present tense: "Under the deal, the army leaves"
    if told == "actual" and hit.entry.kind == "verb" and _bare(line, hit, group):
        return None
    if _conditional(line, hit, start, planned=told == "planned", dated=to_come):
        return "hypothetical"
    if _denied(lowers[max(0, hit.first - 10) : hit.first]):
        return "denied"
    if told == "planned" and _cue(statement).startswith(("warn", "threat", "caution")):
        return "hypothetical"
    if statement is None or told in ("planned", "hypothetical"):
        return told
    return _on_word(line, hit, at, statement)


def _disclaimed(line: Line, hit: Hit[Happening], group: Sequence[str]) -> bool:
    """True for what a speaker says has not been done: "had not opened fire", "did not attack civilians"."""
    done = not {"did", "has", "have", "had", "were", "was"}.isdisjoint(group)
    return done and negated(line, hit.first) and MODALS.isdisjoint(group)


def _denied(before: Sequence[str]) -> bool:
    """True after "denied that its troops", and not where he goes on: "denied it and said that theirs ..."."""
    denials = [i for i, w in enumerate(before) if w in _DENIALS]
    return bool(denials) and _GOES_ON.isdisjoint(before[denials[-1] + 1 :])


def _is_deal(hit: Hit[Happening]) -> bool:
    """True where the words are the deal itself and not one of its terms: "Under an agreement reached in March"."""
    return hit.entry.type == "agreement" and (hit.entry.kind != "verb" or hit.first == 0)


def _only_said(hit: Hit[Happening], group: Sequence[str], inner: Sequence[str]) -> bool:
    """True for what a side would do on no named day: an offer or a condition, rather than a plan."""
    return "would" in (*group, *inner) and hit.entry.type in words("dated")


def _unmade(lowers: Sequence[str], at: int) -> bool:
    """True for a happening named only to say that it is none: "will not allow any release", "no further talks"."""
    before = lowers[max(0, at - 6) : at]
    return any(w in _NOS or w.endswith("n't") for w in before) or any(w in _ANY for w in lowers[max(0, at - 2) : at])


def _cue(statement: Statement | None) -> str:
    return statement.cue.text.lower() if statement is not None and statement.cue is not None else ""


def _by_verb(
    line: Line, hit: Hit[Happening], group: Sequence[str], inner: Sequence[str], statement: Statement | None
) -> EventStatus:
    """What tense and modals say."""
    modal = next((w for w in [*group, *inner[hit.entry.type == "sanction" : -1]] if w in MODALS), None)
    if modal in ("will", "shall", "'ll") or (modal is None and hit.entry.status == "planned"):
        return "planned"
    if modal == "would" and statement is not None and statement.kind != "direct":
        return "planned"  # "said that it would": the future of a past
    if modal is not None:
        return "planned" if (modal, hit.entry.status) == ("would", "planned") else "hypothetical"
    if any(a in BE and b == "to" for a, b in pairwise(inner)):
        return "planned"
    if "to" not in group[-2:]:
        return "actual"
    if any(w in words("beginning") for w in line.lowers[max(0, hit.first - 3) : hit.first]):
        return "actual"
    before = line.lowers[max(0, hit.first - 6) : hit.first]
    planned = (len(group) > 1 and group[-2] in BE) or any(w in words("plans") for w in before)
    return "planned" if planned and hit.entry.type != "armed_action" else "hypothetical"


def _to_come(line: Line, date: str, group: Sequence[str]) -> bool:
    """True where the day lies after the article's: what is told so is yet to happen."""
    published = line.reading.article.published
    if published is None or len(date) < _MONTH or any(w in ("has", "have", "had") for w in group):
        return False
    shared = min(len(date), len(published))
    return date[:shared] > published[:shared]


def _conditional(line: Line, hit: Hit[Happening], start: int, *, planned: bool, dated: bool) -> bool:
    """True where an "if" governs the clause; a plan for a named day stays one, whatever it depends on."""
    lowers = line.lowers
    ifs = words("ifs")
    for i in range(start - 1, -1, -1):
        word = lowers[i]
        if word in _BOUNDS:
            break
        near = start - i <= _NEAR
        if word in _IFS or (word in ifs and near) or (word in _WHEN and near and not _FUTURE.isdisjoint(lowers[:i])):
            return True
        if word in ("when", "that") and near and i and lowers[i - 1] in _UNKNOWN and "no" in lowers[max(0, i - 4) : i]:
            return True
        if word in ("when", "how", "who") and near and i and lowers[i - 1] in _UNKNOWN:
            return True
    if not planned or dated:
        return False
    return any(w in ifs and w != "unless" for w in lowers[hit.last : hit.last + 12])


def _bare(line: Line, hit: Hit[Happening], group: Sequence[str]) -> bool:
    """True for a verb without a doer of its own ("to be released", "efforts aimed at releasing")."""
    word = line.lowers[hit.first]
    if word in bases() and not any(w == "to" or w in MODALS for w in group):
        return not _finite(line, hit.first)
    if word in bases() and line.lowers[hit.first + 1 : hit.first + 2] == ["of"]:
        return True  # a noun: "the release of the captives"
    if word.endswith("ing") and not any(w in BE for w in group):
        if hit.first and line.lowers[hit.first - 1] in words("beginning"):
            return False  # "began mediating in May"
        if hit.entry.type in words("no participle"):
            return True
        before = line.lowers[hit.first - 1] if hit.first else ""
        return before in words("manner") or before in _BEFORE_GERUNDS or before in DETERMINERS
    return bool(group) and group[-1] == "be"


def _finite(line: Line, at: int) -> bool:
    """True for a base form that a plural subject stands before: "the two sides meet again"."""
    if at == 0 or line.lowers[at] in words("nouns"):
        return False
    before = line.lowers[at - 1]
    return len(before) > 3 and before.endswith("s") and before not in DETERMINERS and not before.endswith("ss")


def _on_word(line: Line, hit: Hit[Happening], at: int, statement: Statement) -> EventStatus:
    """Claimed, unless the cue says that it is so, or the speaker does it by saying so."""
    cue = _cue(statement)
    if any(w.startswith(("den", "reject", "dismiss")) for w in cue.split()):
        return "denied"
    if any(w.startswith(tuple(words("announcing"))) for w in cue.split()):
        return "actual"
    speaker = statement.speaker
    both = speaker is not None and speaker.basis is not None and speaker.basis.rule == "pair"
    if both or (speaker is not None and not _SPEAKS_FOR_BOTH.isdisjoint(speaker.name.lower().split())):
        return "actual"  # what all sides say alike, nobody disputes
    who = doer(line, at, floor=floor_of(line, statement))
    own = who.pronoun in ("we", "i", "it") or (speaker is not None and who.side in (speaker.side, speaker.name))
    past = "had" in line.lowers[group_start(line, hit.first) : hit.first]
    return "actual" if hit.entry.type in words("deeds") and own and not past else "claimed"
