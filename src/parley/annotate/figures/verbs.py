"""The verb of a number: right before it, inside its noun phrase, or after it across what may stand between.

The walk stops at whatever begins another clause. A wrong step costs a figure; a wrong leap invents one.
"""

from __future__ import annotations

from dataclasses import replace

from parley.annotate.figures.clause import Candidate, Clause, is_perfect, start_of, words_in
from parley.annotate.figures.words import Hit, fits, phrases
from parley.annotate.quantities.counted import is_time
from parley.annotate.quantities.find import Measure

_OF_THE_DEAD = tuple(
    ("of", *words)
    for words in (
        ("the", "dead"),
        ("those", "killed"),
        ("the", "victims"),
        ("the", "wounded"),
        ("the", "injured"),
        ("the", "killed"),
    )
)


def before(clause: Clause, base: Candidate) -> Candidate | None:
    """ "killed at least 35 people", "the deaths of two soldiers": the trigger stands right before."""
    if (taken := _taken_hostage(clause, base)) is not None:
        return taken
    found = active_before(clause, base, start_of(clause, base.measure), method="verb_before", confidence=0.85)
    return None if found is not None and _has_its_own(clause, base, found) else found


def _taken_hostage(clause: Clause, base: Candidate) -> Candidate | None:
    """ "taking about 250 hostage": the noun tells in what state they are, and who they are stands before."""
    m = base.measure
    if (
        m.noun is None
        or m.noun.last - m.noun.first > 1
        or clause.low(start_of(clause, m) - 1) not in words_in("taking")
    ):
        return None
    state = phrases("state").category(m.noun.head)
    return (
        replace(base, measure=replace(m, noun=None), category=state, method="coordinated", kind="bare", head=None)
        if state == "captives_held"
        else None
    )


def _has_its_own(clause: Clause, base: Candidate, found: Candidate) -> bool:
    """ "10 civilians killed 15 injured": each number stands before its own participle."""
    if found.trigger is None or not any(clause.right(m) == found.trigger.first for m in clause.measures):
        return False
    own = phrases("passive").at(clause.toks, clause.right(base.measure))
    return own is not None and own.category != found.category


def active_before(clause: Clause, base: Candidate, at: int, *, method: str, confidence: float) -> Candidate | None:
    hit = phrases("active").before(clause.toks, at)
    if hit is not None and clause.words(hit.first - 2, hit.first) in (("of", "those"), ("of", "the")):
        return None  # "of those killed six were children"
    if hit is not None and hit.category == "infrastructure_damaged" and base.kind == "weapon":
        hit = hit._replace(category="attacks")  # "destroyed 22 drones"
    if hit is not None and hit.category == "infrastructure_damaged" and base.head in words_in("armed"):
        hit = hit._replace(category="killed")  # "destroyed 60 militants"
    if hit is not None and hit.category == "attacks" and clause.words(hit.first - 2, hit.first) == ("test", "-"):
        return replace(base, category="other", method=method, confidence=0.5, trigger=hit)  # "test-fired two missiles"
    if hit is not None and _is_active(clause, hit) and fits(hit.category, base.kind):
        return replace(
            base,
            category=hit.category,
            method=method,
            confidence=confidence,
            trigger=hit,
            perfect=is_perfect(clause, hit) or _goes_on(clause, hit),
        )
    if clause.low(at - 1) in LOST:
        told = [*clause.told[-1:], *(c.category for c in clause.found[-1:])]
        if base.kind == "bare" and "killed" in told and (base.measure.value or 0) > 1:
            return replace(
                base, category="killed", method="carried", confidence=0.5
            )  # "11 were killed, and Ondra lost six"
        return lost(base, Hit("killed", at - 1, at), method=method)
    if clause.low(at - 1) != "of":
        return None
    hit = phrases("of").before(clause.toks, at - 1)
    if hit is None and clause.low(at - 3) == "and":
        hit = phrases("of").before(clause.toks, at - 3)  # "the release and transfer of 292 prisoners"
    if hit is not None and fits(hit.category, base.kind):
        return replace(base, category=hit.category, method="noun_of", confidence=confidence, trigger=hit)
    return None


def _goes_on(clause: Clause, hit: Hit) -> bool:
    """ "has killed 280,000 people and displaced millions": the second verb is as perfect as the first."""
    return bool(clause.found) and clause.low(hit.first - 1) in ("and", ",") and clause.found[-1].perfect


LOST = ("lost", "losing", "loses")


def lost(base: Candidate, verb: Hit, *, method: str) -> Candidate | None:
    """ "lost 240 soldiers", "lost 1,959 of its people", "lost 18 tanks"; who lost "300 jobs" has no dead."""
    if base.head in words_in("arms"):
        return replace(base, category="infrastructure_damaged", method=method, confidence=0.6, trigger=verb)
    noun = base.measure.noun
    if base.kind == "person" and noun is not None and (noun.of or base.head in words_in("armed") | words_in("fallen")):
        return replace(base, category="killed", method=method, confidence=0.6, trigger=verb)
    return None


def arrested(found: Candidate) -> Candidate:
    """Who captures guerrillas, suspects or traffickers detains them."""
    if found.category != "captives_held" or found.trigger is None:
        return found
    if found.head not in words_in("outlaws") and found.head not in ("detainees", "inmates"):
        return found
    return replace(found, category="detained")


def settled(clause: Clause, found: Candidate) -> Candidate:
    """What stands behind decides: who is held in a jail is detained, a hostage believed dead is killed, who goes home was displaced."""
    m, hit = found.measure, found.trigger
    if found.category == "captives_held":
        behind = clause.words(m.end, m.end + _REACH)
        if (
            not words_in("prisons").isdisjoint(behind)
            and "hostages" not in behind
            and found.head not in ("hostages", "captives")
        ):
            return replace(found, category="detained")
        stops = next((n for n, w in enumerate(behind) if w in (",", ";", "and", "but")), len(behind))
        fate = behind[:stops]
        if not _DEAD.isdisjoint(fate) and not {"are", "were", "is", "was", "be"}.isdisjoint(fate) and "not" not in fate:
            return replace(found, category="killed")
    if found.category == "captives_released" and clause.low(start_of(clause, m) - 1) in ("leaving", "leaves"):
        return replace(found, category="captives_held")  # "were freed, leaving 190 in the hands of the group"
    if found.category == "captives_released" and hit is not None:
        verb = clause.words(hit.first, hit.last)[0].removesuffix("ed").removesuffix("ing")
        if (
            verb == "return"
            and (found.head in words_in("homecomers") or found.head is None)
            and found.kind in ("person", "bare")
        ):
            near = clause.words(m.begin - _REACH, m.end + _REACH)
            if found.head is not None and words_in("captivity").isdisjoint(near):
                return replace(found, category="displaced")
    return found


_REACH = 10
_DEAD = frozenset(("dead", "killed", "died"))


def _is_active(clause: Clause, hit: Hit) -> bool:
    """Not a passive ("were killed 12 km away"), not a wish ("to kill 12 people", "would kill")."""
    before = clause.low(hit.first - 1)
    harm = hit.category in ("killed", "injured", "casualties")
    return not (before in ("was", "were", "is", "are", "been", "being") or (harm and before in words_in("modal")))


def inside(clause: Clause, base: Candidate) -> Candidate | None:
    """ "seven kidnapped students", "30 dead civilians": a participle between the number and its noun."""
    noun = base.measure.noun
    if noun is None or base.kind not in ("person", "unknown", "building"):
        return None
    for k in range(base.measure.end, noun.last - 1):
        hit = phrases("passive").at(clause.toks, k) or phrases("state").at(clause.toks, k)
        if hit is not None and hit.last < noun.last and fits(hit.category, base.kind):
            later = after(clause, base) if noun.of else None
            if later is not None and later.category in ("killed", "captives_released"):
                return later  # "two of the wounded soldiers died"
            return replace(base, category=hit.category, method="adjective", confidence=0.7, trigger=hit)
    return None


def after(clause: Clause, base: Candidate) -> Candidate | None:
    """ "35 people were killed", "a dozen of them died", "12 dead", "six priests and two women were murdered"."""
    m = base.measure
    start = start_of(clause, m)
    led_by = clause.low(start - 1) not in ("by", "against") and clause.words(start - 3, start - 1)[-2:] in (
        ("by", "the"),
        ("by", "its"),
    )
    if led_by:
        return None  # "a text signed by the top five commanders and read out has been released"
    told = phrases("state").at(clause.toks, m.end) if clause.low(start - 1) == "at" and base.kind == "bare" else None
    if told is not None and told.category in ("killed", "injured"):
        return replace(
            base, category=told.category, method="verb_after", confidence=0.7, trigger=told
        )  # "put at 38 dead"
    if clause.low(start - 1) in words_in("blocking") and clause.low(clause.right(m)) not in ("'", "’"):
        return None  # but "involved in the six priests' murder"
    crosses = not (
        clause.low(start - 1).endswith(("ed", "ing")) and clause.low(start - 1) not in ("leaving", "including", "among")
    )
    hit = walk_right(clause, m, crosses=crosses) or _out_on_strike(clause, m)
    if hit is not None and hit.category == "forces" and base.kind == "bare" and _is_stoppage(clause):
        return replace(base, category="forces", method="verb_after", confidence=0.7, trigger=hit)
    if hit is not None and hit.category in ("captives_held", "detained"):
        hit = _slain_after(clause, hit) or _freed_after(clause, hit) or hit
    if (
        hit is not None
        and hit.category == "displaced"
        and base.head not in words_in("settled")
        and _is_home(clause, hit)
    ):
        hit = hit._replace(category="captives_released")
    if hit is not None and clause.low(hit.first).startswith("cross") and base.head in words_in("armed"):
        hit = hit._replace(category="forces")  # "3,000 soldiers crossed the border"
    if hit is None or not fits(hit.category, base.kind, base.head):
        return None
    gap = range(clause.right(m), hit.first)
    if any(clause.low(k) == "among" and clause.low(k - 1) in words_in("aux") for k in gap):
        return replace(base, category=hit.category, method="subset", confidence=0.75, trigger=hit, part=True)
    if clause.words(m.end, m.end + 3) in _OF_THE_DEAD or (
        m.noun is not None and m.noun.of and m.noun.head in ("dead", "victims", "wounded", "injured", "killed")
    ):
        return replace(base, category=hit.category, method="subset", confidence=0.7, trigger=hit, part=True)
    near = hit.first - clause.right(m) <= 2
    return replace(
        base,
        category=hit.category,
        method="verb_after",
        confidence=0.85 if near else 0.7,
        trigger=hit,
        perfect=is_perfect(clause, hit),
    )


def _is_home(clause: Clause, hit: Hit) -> bool:
    """ "62 have returned so far", where captives are spoken of."""
    if not {"returned", "home", "back"}.intersection(clause.words(hit.first, hit.last)):
        return False
    near = clause.told[-2:] + [c.category for c in clause.found[-2:]]
    return any(c in ("captives_held", "captives_released") for c in near) or not words_in("captives").isdisjoint(
        clause.lows
    )


def _slain_after(clause: Clause, held: Hit) -> Hit | None:
    """ "were rounded up and executed", "captured and later shot dead": what became of them in the end."""
    at = held.last
    if clause.low(at) not in ("and", ",") and clause.low(at) != "then":
        return None
    for k in range(at + 1, at + 4):
        hit = phrases("passive").at(clause.toks, k)
        if hit is not None:
            return hit if hit.category == "killed" else None
        if clause.low(k) not in words_in("adverbs"):
            return None
    return None


def _is_stoppage(clause: Clause) -> bool:
    return clause.labour or not words_in("stoppage").isdisjoint(clause.lows) or "forces" in clause.told


def _out_on_strike(clause: Clause, m: Measure) -> Hit | None:
    """ "870 of its 900 members at the terminal are out": in a dispute at work, on strike."""
    if not clause.labour:
        return None
    right = clause.right(m)
    for k in range(right, min(right + 8, len(clause.toks))):
        if clause.low(k) in words_in("breaks"):
            return None
        if clause.low(k) in ("is", "are", "was", "were") and clause.low(k + 1) in ("out", "still"):
            return Hit("forces", k, k + 2) if "out" in clause.words(k + 1, k + 3) else None
    return None


def _freed_after(clause: Clause, held: Hit) -> Hit | None:
    """ "Five prisoners held in Orlen would be freed": held describes them, freed is what is told."""
    at = held.last
    while at < min(held.last + 24, len(clause.toks)):
        if clause.low(at) == "," and clause.low(at + 1) in ("which", "who", "where"):
            at = next((k for k in range(at + 2, at + 16) if clause.low(k) == ","), at) + 1
            continue
        if clause.low(at) in words_in("breaks") or clause.low(at) == ",":
            return None
        if clause.low(at) in words_in("aux") or clause.low(at) in words_in("modal") - {"to"}:
            hit = _after_auxiliary(clause, at)
            return hit if hit is not None and hit.category == "captives_released" else None
        at += 1
    return None


def walk_right(clause: Clause, m: Measure, *, crosses: bool) -> Hit | None:
    at = clause.right(m)
    if clause.low(at) in ("'", "’") and (slain := phrases("of").at(clause.toks, at + 1)) is not None:
        return slain  # "the six Jesuits' murder"
    for _ in range(22):
        if at >= len(clause.toks):
            return None
        low = clause.low(at)
        if low in ("[", "("):
            at = _closing(clause, at)
            continue
        if low == "," and (past := _past_aside(clause, at)):
            at = past
            continue
        relative = clause.low(at - 1) in ("who", "which", "that")
        if clause.words(at, at + 3) == ("as", "well", "as"):
            at += 3
            continue
        if low in words_in("breaks") and not (low == "that" and at == clause.right(m)):
            return None
        if low in words_in("aux") or low in words_in("modal") - {"to"}:
            hit = _after_auxiliary(clause, at)
            if hit is not None or not relative:
                return hit
        hit = _bare(clause, at)
        if (
            hit is not None
            and low == "held"
            and at > clause.right(m)
            and clause.low(at - 1) not in (",", "still", "and")
        ):
            hit = None  # "the funeral of a judge held in the port"
        if hit is not None:
            return hit
        other = clause.at.get(at)
        if other is not None and other is not m:
            if not _crosses(clause, m, other, at):
                return None
            at = clause.right(other)
            continue
        if low in ("and", "or", ",") and not crosses:
            return None
        if _begins_clause(clause, at):
            return None
        at += 1
    return None


def _crosses(clause: Clause, m: Measure, other: Measure, at: int) -> bool:
    """May the walk go on over another number? Over one that is coordinated, a subset, or in a phrase of place or time."""
    lead = clause.low(at - 1)
    bare = (
        other.noun is None and m.noun is not None and lead in ("and", ",") and clause.low(clause.right(other)) != "of"
    )
    return not bare and (
        lead in words_in("links")
        or lead in words_in("prepositions")
        or lead in ("-", "–", "—", "(", "the", "them", "whom", "another", "or", "as")
    )


def _past_aside(clause: Clause, at: int) -> int:
    """The token after an aside that says who counts, or who they are: "61 children, according to figures of the state, died",
    "11 captives, all of whom were women, had been freed"; else 0."""
    told = clause.words(at + 1, at + 3) in (("according", "to"), ("by", "its"), ("by", "their"))
    who = clause.low(at + 1) in ("who", "whom") or clause.words(at + 2, at + 4) == ("of", "whom")
    if not told and not who:
        return 0
    past = next((k + 1 for k in range(at + 3, min(at + 18, len(clause.toks))) if clause.low(k) == ","), 0)
    return past if told or clause.low(past) in words_in("aux") | words_in("modal") else 0


def _closing(clause: Clause, at: int) -> int:
    """The token after the bracket that closes the one at `at`: "10 people [not identified] were hurt"."""
    close = {"[": "]", "(": ")"}[clause.low(at)]
    return next((k + 1 for k in range(at, min(at + 16, len(clause.toks))) if clause.low(k) == close), at + 1)


def _after_auxiliary(clause: Clause, at: int) -> Hit | None:
    """The participle after "were", "have been", "were also reportedly"; None where the verb is another one."""
    modal = clause.low(at) in words_in("modal")
    for k in range(at, at + 7):
        low = clause.low(k)
        for role in ("passive", "intransitive", "state"):
            hit = phrases(role).at(clause.toks, k)
            if hit is not None and not (low in words_in("aux") and hit.last == k + 1):
                hypothetical = modal and hit.category in ("killed", "injured") and "have" not in clause.words(at, k)
                negated = any(w in ("not", "never") for w in clause.words(at, k))
                return None if hypothetical or negated or not _is_passive_use(clause, hit, aux=True) else hit
        if low == "among":
            return _among(clause, k)
        if low in words_in("foreseen") and clause.low(k + 1) == "to":
            modal = True  # "are expected to be freed"
            continue
        if low == "in" and k > at:
            return _in_prison(clause, k)
        if (
            low not in words_in("aux")
            and low not in words_in("adverbs")
            and low not in words_in("modal")
            and not low.endswith("ly")
        ):
            return None
    return None


def _in_prison(clause: Clause, at: int) -> Hit | None:
    """ "remain in Orlenian prisons"."""
    last = next((k for k in range(at + 1, at + 5) if clause.low(k) in words_in("prisons")), None)
    return None if last is None else Hit("detained", at, last + 1)


def _among(clause: Clause, at: int) -> Hit | None:
    """ "were among the dead", "was among those killed"."""
    for k in range(at + 1, at + 9):
        if clause.low(k) in (".", ",", ";"):
            return None
        for role in ("state", "passive"):
            hit = phrases(role).at(clause.toks, k)
            if hit is not None:
                return hit
    return None


def _bare(clause: Clause, at: int) -> Hit | None:
    """A participle or state without "were": "12 killed in clashes", "left 15 people dead", "three died"."""
    hit = phrases("intransitive").at(clause.toks, at)
    if hit is not None:
        return hit
    for role in ("passive", "state"):
        hit = phrases(role).at(clause.toks, at)
        if hit is not None and _is_passive_use(clause, hit, aux=False):
            return hit
    return None


def _is_passive_use(clause: Clause, hit: Hit, *, aux: bool) -> bool:
    """ "12 men killed in clashes", not "12 men killed the mayor" nor "12 men who killed"."""
    if aux or clause.low(hit.last - 1) == "by":
        return True
    if clause.low(hit.first - 1) in ("who", "which", "that", "and"):
        return clause.low(hit.first - 1) == "and" and clause.low(hit.first - 2) in ("dead", "killed")
    after = clause.toks[hit.last] if hit.last < len(clause.toks) else None
    if (
        after is None
        or after.kind == "p"
        or after.low in words_in("prepositions")
        or after.low in words_in("breaks")
        or is_time(after.low)
    ):
        return hit.last not in clause.at  # "three bombers killed at least two people"
    return after.low in (
        "according",
        "and",
        "or",
        "here",
        "there",
        "earlier",
        "when",
        "who",
        "overnight",
        "so",
        "this",
        "last",
        "near",
        "alone",
        "were",
        "including",
    )


def _begins_clause(clause: Clause, at: int) -> bool:
    """A finite verb that is no trigger begins another story; a participle before a preposition describes the noun."""
    low = clause.low(at)
    if low in words_in("verbs") or phrases("active").at(clause.toks, at) is not None:
        return True
    if low.endswith("ed") and len(low) > 4 and clause.toks[at].kind == "w":
        return clause.low(at + 1) not in words_in("prepositions") and clause.low(at - 1) not in (
            "the",
            "a",
            "an",
            ",",
            "of",
            "in",
            "and",
            *words_in("prepositions"),
        )
    return False
