"""What a number counts, read from its clause without a parser: one rule after another, the surest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from parley.annotate.figures.clause import Candidate, Clause, larger, start_of, words_in
from parley.annotate.figures.joined import (
    among,
    apposed,
    broken_down,
    carried,
    coordinated,
    gapped,
    of_those,
    remainder,
    subset,
    subset_told,
    subset_too,
)
from parley.annotate.figures.stakes import bare_sum, counted, goods, is_source, money, share, times
from parley.annotate.figures.verbs import after, arrested, before, inside, settled
from parley.annotate.figures.words import Role, phrases, telling_words, words_of
from parley.annotate.quantities.find import Measure, Measured

_OLD = (
    ("and", "not"),
    ("not",),
    ("instead", "of"),
    ("rather", "than"),
)
# Nouns that name people in a state; the verb beside them says more ("12 hostages were freed").
_STATES: tuple[Role, ...] = ("passive", "state", "noun")
_COSTS = frozenset(["cost", "costs", "bill", "price", "damage", "losses", "loss", "budget"])
_HELD_BY = frozenset(["hands", "custody", "captivity"])
_HOLDERS = frozenset(["it", "they", "he", "she", "we"])
_HAVE = frozenset(["has", "have", "had", "still", "is", "are", "was", "were", "since"])
_WEAK_NOUNS = ("captives_held", "captives_released", "detained", "displaced", "forces", "attacks", "injured")


def classify(
    measured: Measured,
    told: Sequence[str] = (),
    *,
    policy: bool = False,
    labour: bool = False,
    coins: frozenset[str] = frozenset(),
) -> list[Candidate]:
    """All figures of a sentence, in order; `told` are the categories that the sentences before spoke of.

    `policy` says that the text is of rates that somebody sets, `labour` that it is of a dispute at work;
    `coins` are nouns that are money in it.
    """
    clause = Clause(measured, told, policy=policy, labour=labour, coins=coins)
    for m in clause.measures:
        candidate = _classify(clause, m)
        if candidate is not None:
            clause.found.append(candidate)
    return [_with_whole(clause, c) for c in clause.found]


def _with_whole(clause: Clause, part: Candidate) -> Candidate:
    """ "Six civilians were among 22 people killed": the whole that comes after its part."""
    if not part.part or part.parent is not None:
        return part
    wholes = (
        i
        for i, c in enumerate(clause.found)
        if not c.part and c.category == part.category and larger(c.measure, part.measure)
    )
    return replace(part, parent=next(wholes, None))


def _classify(clause: Clause, m: Measure) -> Candidate | None:
    if m.begin in clause.wholes:
        return None
    if m.kind == "currency":
        return money(clause, m)
    if _is_old(clause, m):
        return None
    if m.kind == "goods":
        return times(clause, m) or goods(clause, m)
    if m.kind in ("percent", "share"):
        return share(clause, m)
    m = _in_thousands(clause, m)
    if _is_age(clause, m) or (m.value is not None and m.value != int(m.value) and m.value < 100):
        return None
    kind = clause.kind(m.noun)
    head = m.noun.head if m.noun else None
    if kind == "person" and (m.value or 0) < 20 and is_source(clause, m):
        return None
    base = Candidate(_later(clause, m), "", "", 0.5, kind, head)
    for rule in _RULES if clause.telling else _PLAIN_RULES:
        found = rule(clause, base)
        if found is not None:
            return settled(clause, arrested(found))
    return bare_sum(clause, base) or counted(clause, base)


def _in_thousands(clause: Clause, m: Measure) -> Measure:
    """ "45.514 people", "37.084 dead": nobody counts thousandths of people, so the point parts thousands."""
    if m.value is None or m.value == int(m.value) or m.last - m.first != 1:
        return m
    people = clause.kind(m.noun) == "person" or clause.low(m.end) in words_in("nameless")
    printed = clause.low(m.first)
    return replace(m, value=float(round(m.value * 1000))) if people and printed[-4:-3] == "." else m


def _later(clause: Clause, m: Measure) -> Measure:
    """ "rose from 80 to 120" is no range: the number now is the second."""
    if m.second is None or clause.low(m.begin - 1) != "from":
        return m
    return replace(m, begin=m.second, first=m.second, value=m.high, low=m.high, qualifier="exact", second=None)


def _taken(clause: Clause, at: int) -> str | None:
    """ "to free 17 staff *they have detained* since June": in what state people are whom somebody holds."""
    behind = clause.words(at, at + 6)
    who = next((n for n, word in enumerate(behind[:2]) if word in _HOLDERS), None)
    if who is None:
        return None
    deed = next((word for word in behind[who + 1 : who + 4] if word not in _HAVE), "")
    return "detained" if deed in words_in("arrests") else "captives_held" if deed in words_in("seizes") else None


def _held(clause: Clause, base: Candidate) -> Candidate | None:
    """ "wants all 1,140 detainees released", "would free all 64 hostages it holds": who is still held, not who is free."""
    at = base.measure.begin
    taken = _taken(clause, clause.right(base.measure))
    done = not {"freed", "released"}.isdisjoint(clause.words(at - 3, at))
    if base.kind == "person" and taken is not None and not done:
        return replace(base, category=taken, method="noun", confidence=0.6)
    every = (clause.low(at - 1) == "all" and clause.low(at - 2) != "in") or clause.words(at - 4, at) == (
        "every",
        "one",
        "of",
        "the",
    )
    every = every or (
        clause.low(at - 1) == "the" and clause.low(at - 3) == "to" and base.head in words_in("captives")
    )  # "urged them to free the 64 hostages"
    noun = phrases("noun").category(base.head) if base.head else None
    free = any(
        w in ("release", "released", "free", "freed", "returned")
        for w in clause.words(at - 8, clause.right(base.measure) + 6)
    )
    if not every or base.kind != "person" or not free or clause.low(at - 2) in ("freed", "released"):
        return None
    return replace(base, category=noun if noun == "detained" else "captives_held", method="noun", confidence=0.6)


def _is_old(clause: Clause, m: Measure) -> bool:
    """ "59 and not 62": the number that the text sets aside."""
    return any(clause.words(m.begin - len(w), m.begin) == w for w in _OLD)


def _is_age(clause: Clause, m: Measure) -> bool:
    """ "Buenaventura Martinez, 47, and", "both 20, died": a number alone between two commas after a name."""
    lead = clause.low(m.begin - 1)
    if lead in ("both", "aged", "age") and m.noun is None and (m.value or 0) <= 110:
        return True
    if (
        lead == "of"
        and m.noun is None
        and clause.low(m.begin - 2) in ("mother", "father", "parent", "grandmother", "grandfather")
    ):
        return True
    alone = m.noun is None and clause.low(m.begin - 1) == "," and clause.low(m.end) in (",", ".")
    if not alone or (m.value or 0) > 110:
        return False
    named = clause.toks[m.begin - 2]
    if named.kind != "w":
        return False
    return named.capital or (named.low not in telling_words() and _is_one_of_ages(clause, m))


def _is_one_of_ages(clause: Clause, m: Measure) -> bool:
    """ "buenaventura martinez, 47, and geronimo alvarado, 21, were killed": names that a text of capitals does not show, told by their ages."""
    near = (
        o
        for o in clause.measures
        if o is not m and o.noun is None and 0 < (o.value or 0) <= 110 and abs(o.begin - m.begin) <= _BETWEEN_AGES
    )
    return any(clause.low(o.begin - 1) == "," == clause.low(o.end) for o in near)


_BETWEEN_AGES = 6


def _strong_noun(clause: Clause, base: Candidate) -> Candidate | None:
    """ "nearly 38,000 deaths", "28 bodies of peasants": the noun itself tells."""
    head = "lives" if base.head is None and clause.low(base.measure.end) == "lives" else base.head
    category = phrases("noun").category(head) if head else None
    if category is None or category in _WEAK_NOUNS:
        return None
    if head == "lives" and not {
        "claimed",
        "cost",
        "took",
        "claiming",
        "taking",
        "costing",
        "lost",
        "claims",
    } & set(clause.words(base.measure.begin - 6, clause.right(base.measure) + 5)):
        return None
    noun = base.measure.noun
    if (
        noun is not None
        and noun.of
        and category == "killed"
        and base.head in ("dead", "victims", "fatalities", "deaths")
    ):
        return replace(
            base, category=category, method="subset", confidence=0.7, part=True
        )  # "109 of the dead were evacuees"
    return replace(base, category=category, method="noun", confidence=0.85)


def _weak_noun(clause: Clause, base: Candidate) -> Candidate | None:
    category = phrases("noun").category(base.head) if base.head else None
    taken = phrases("active").before(clause.toks, start_of(clause, base.measure))
    if (
        category is not None
        and base.head in words_in("arms")
        and taken is not None
        and taken.category == "captives_held"
    ):
        return replace(base, category="other", method="noun", confidence=0.5)  # "captured two tanks"
    if category is None or (base.measure.begin and clause.low(base.measure.begin - 1) in ("by", "against")):
        return None
    return replace(base, category=category, method="noun", confidence=0.5)


def _toll(clause: Clause, base: Candidate) -> Candidate | None:
    """ "the death toll rose to 112", "put the toll at 58", "the number of wounded reached 300"."""
    at = start_of(clause, base.measure)
    reached = clause.low(at - 1) in words_in("reaching") or clause.low(base.measure.begin) in words_in("reaching")
    if not reached or base.kind in ("thing", "building", "weapon"):
        return None
    if (base.measure.value or 0) >= 1_000_000 and not _COSTS.isdisjoint(clause.words(at - 9, at)):
        return None  # "the cost, put by her department at 410 million"
    for back in range(at - 1, max(-1, at - 24), -1):
        if clause.low(back) in (".", ";", "who", "when", "after"):
            return None
        hit = phrases("toll").before(clause.toks, back + 1)
        if hit is not None and (back + 1 < at or clause.low(at - 1) == "of"):
            return replace(base, category=hit.category, method="toll", confidence=0.85, trigger=hit, toll=True)
        if clause.words(back - 1, back + 1) == ("number", "in") and not _HELD_BY.isdisjoint(clause.words(back + 1, at)):
            return replace(base, category="captives_held", method="toll", confidence=0.7, toll=True)
        if clause.words(back - 1, back + 1) == ("number", "of"):
            if category := _number_of(clause, back + 1, at):
                return replace(base, category=category, method="toll", confidence=0.8, toll=True)
            if not words_in("plight").isdisjoint(clause.words(back + 1, at)):
                return replace(base, category="other", method="toll", confidence=0.5)
        told = _tallied(clause, back - 4, at) if clause.low(back) in words_in("tallies") and at - back <= 9 else None
        if told is not None:
            return replace(base, category=told, method="toll", confidence=0.6, toll=True)
    return None


def _number_of(clause: Clause, first: int, last: int) -> str | None:
    """ "the number of Calverans killed at", "the number of wounded to": the category of what is numbered."""
    if not words_in("stoppage").isdisjoint(clause.words(0, last)) and clause.low(first) in words_of("person"):
        return "forces"
    for k in range(first, min(first + 5, last)):
        for role in _STATES:
            hit = phrases(role).at(clause.toks, k)
            if hit is not None:
                return hit.category
    return None


def _tallied(clause: Clause, first: int, last: int) -> str | None:
    """What a total put or reached here is a total of: the dead where any were told of, else what was told last."""
    if not words_in("tally_verbs") & set(clause.words(first, last)):
        return None
    told = [*clause.told, *(c.category for c in clause.found if c.category not in ("other", "money", "rate"))]
    return "killed" if "killed" in told else told[-1] if told else None


_RULES: tuple[Callable[[Clause, Candidate], Candidate | None], ...] = (
    _held,
    among,
    subset_told,
    subset_too,
    broken_down,
    before,
    inside,
    _strong_noun,
    _toll,
    after,
    subset,
    of_those,
    coordinated,
    gapped,
    remainder,
    apposed,
    _weak_noun,
    carried,
)
"""The rules, the surest first."""
_PLAIN_RULES = (broken_down, subset, of_those, remainder, carried)
"""What is left where no word of the sentence tells of a deed."""
