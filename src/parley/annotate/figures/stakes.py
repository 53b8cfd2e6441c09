"""What is at stake beside people's fate: money, rates of policy, shares, goods and jobs, and how often a truce was broken."""

from __future__ import annotations

from dataclasses import replace

from parley.annotate.figures.clause import Candidate, Clause, words_in
from parley.annotate.figures.verbs import walk_right
from parley.annotate.figures.words import fits, phrases, words_of
from parley.annotate.quantities.counted import is_plural
from parley.annotate.quantities.find import Measure

_OF_DEAD = (("of", "those", "killed"), ("of", "the", "dead"), ("of", "the", "victims"), ("of", "the", "casualties"))
_OF_THEM = (("of", "them"), ("of", "those"), ("of", "whom"))
_OF_IT = (("that",), ("of", "it"), ("of", "that"), ("that", "sum"), ("that", "figure"), ("as", "much"))


def money(clause: Clause, m: Measure) -> Candidate | None:
    """Sums; prices by the piece and small change are none, unless somebody is paid or charged so by the day or the year."""
    top = m.value if m.value is not None else m.high or m.low
    each = clause.low(m.end) in ("per", "each", "apiece", "a", "an")
    timed = clause.low(m.end + 1) in words_in("periods")
    if top is None or (each and not timed and clause.low(m.end) != "each"):
        return None
    paid = timed or not words_in("paid").isdisjoint(clause.words(m.begin - 14, m.end + 8))
    if abs(top) < 1000 and not (paid and abs(top) >= 10):
        return None
    return Candidate(m, "money", "money", 0.7, "bare", None)


def goods(clause: Clause, m: Measure) -> Candidate | None:
    """ "60,000 tonnes of beef", "1.4 million barrels a day"; a few kilos of nothing named are a person's."""
    size = m.value or m.low or m.high or 0
    small = size <= 1 or (size < 50 and m.noun is None and clause.low(m.end - 1) in words_in("small_units"))
    return (
        None
        if small or clause.low(m.end - 1) == "times"
        else Candidate(m, "other", "goods", 0.5, "thing", m.noun.head if m.noun else None)
    )


def bare_sum(clause: Clause, base: Candidate) -> Candidate | None:
    """ "the money costs the state 48 million a year": millions of nothing named, beside a word of cost or pay."""
    m = base.measure
    if m.noun is not None and clause.low(m.end) not in ("a", "per"):
        return None
    near = clause.words(m.begin - 9, m.begin) + clause.words(m.end, m.end + 6)
    if (m.value or m.low or 0) < 1_000_000 or (words_in("paid") | words_in("sums")).isdisjoint(near):
        return None
    return replace(base, category="money", method="money", confidence=0.5)


def share(clause: Clause, m: Measure) -> Candidate | None:
    """Shares of the dead, of people displaced, of buildings damaged; percentages of policy; and others' shares."""
    noun, kind = m.noun, clause.kind(m.noun)
    base = Candidate(m, "", "", 0.6, kind, noun.head if noun else None)
    after = clause.words(m.end, m.end + 6)
    deadly = noun is not None and noun.of and phrases("noun").category(noun.head) == "killed"
    if deadly or after[:3] in _OF_DEAD:
        return replace(base, category="share_of_killed", method="share", confidence=0.8)
    whole = clause.found[-1] if clause.found else None
    apposed = whole is not None and clause.words(clause.right(whole.measure), m.begin) == (",",)
    if (
        whole is not None
        and apposed
        and noun is not None
        and clause.low(noun.last) == ","
        and whole.category not in ("money", "rate")
    ):
        return replace(
            base, category=whole.category, method="share", confidence=0.6
        )  # "240,000, over half of them, have fled"
    of_them = after[:2] in _OF_THEM
    if of_them and "killed" in clause.told[-2:] and words_in("sorts") & set(after):
        return replace(base, category="share_of_killed", method="share", confidence=0.65)
    if (noun is not None and noun.of) or of_them or (noun is None and m.share is not None):
        hit = walk_right(clause, m, crosses=noun is None)
        if hit is not None and (fits(hit.category, kind) or kind == "unknown"):
            category = "share_of_killed" if hit.category == "killed" else hit.category
            return replace(base, category=category, method="share", confidence=0.75, trigger=hit)
    before = clause.found[-1] if clause.found else None
    if noun is None and m.share is not None and before is not None and before.measure.share is not None:
        near = clause.low(m.begin - 1) in ("or", "and", ",") and m.begin - clause.right(before.measure) <= 8
        if near:  # "a third of the dead, as some believe, or three fifths"
            return replace(base, category=before.category, method="coordinated", confidence=0.6)
    if noun is not None and noun.of and is_plural(noun.head) and noun.head not in words_of("policy"):
        paid = m.kind == "percent" and not {"pay", "paying", "paid", "contribute"}.isdisjoint(
            clause.words(m.begin - 4, m.begin)
        )
        # "duties on 92 percent of goods", but "pay 12 percent of their premiums"
        return replace(base, category="rate", method="rate", confidence=0.6) if paid else _other_share(base)
    return _rate(clause, base) or _share_of_last(clause, base) or _other_share(base)


def _share_of_last(clause: Clause, base: Candidate) -> Candidate | None:
    """ "less than half that": a share of the figure told last."""
    m = base.measure
    things = [c.category for c in clause.found if c.category in ("money", "other")]
    last = things[-1] if things else clause.found[-1].category if clause.found else clause.last
    if last is None or not any(clause.words(m.end, m.end + len(w)) == w for w in _OF_IT):
        return None
    return replace(base, category=last, method="share", confidence=0.6)


def _rate(clause: Clause, base: Candidate) -> Candidate | None:
    """A percentage that somebody sets, not one that comes of it: the nearer word decides."""
    m = base.measure
    if m.kind != "percent":
        return None
    if clause.low(m.end) in ("more", "less", "higher", "lower", "fewer") and "than" in clause.words(
        m.end + 1, m.end + 3
    ):
        return None  # "nearly 50 percent more than in February"
    if clause.low(m.begin - 1) in ("by", "with") and m.noun is None:
        led = clause.words(m.begin - 12, m.begin)
        if not words_in("balloting").isdisjoint(led) and not _moved_by(clause, m):
            return None  # "rejected the pay rise by 94 percent"
    policy, outcome = (_nearest(clause, m, words) for words in (words_of("policy"), words_of("outcome")))
    if policy is not None and (outcome is None or policy <= outcome):
        return replace(base, category="rate", method="rate", confidence=0.7)
    before = clause.found[-1] if clause.found else None
    if before is not None and before.category == "rate" and clause.low(m.begin - 1) == "from":
        return replace(base, category="rate", method="coordinated", confidence=0.6)  # "to 45% from 20%"
    if (
        outcome is None
        and m.change is None
        and (clause.policy or clause.labour or (before is not None and before.category == "rate"))
    ):
        return replace(base, category="rate", method="coordinated", confidence=0.6)
    return None


def _moved_by(clause: Clause, m: Measure) -> bool:
    """ "approved raising pay by 9 percent": the percentage is of the raise."""
    near = clause.words(m.begin - 4, m.begin)
    return any(w.endswith("ing") or w in ("to", "raise", "cut", "increase") for w in near)


def _nearest(clause: Clause, m: Measure, words: frozenset[str]) -> int | None:
    """How many tokens away the nearest of some words stands: up to eleven before the number, six after it."""
    left = (m.begin - k for k in range(max(0, m.begin - 11), m.begin) if clause.low(k) in words)
    right = (k - m.end + 1 for k in range(m.end, m.end + 6) if clause.low(k) in words)
    return min([*left, *right], default=None)


def _other_share(base: Candidate) -> Candidate | None:
    """Any other percentage, and a fraction of something that can be counted."""
    m = base.measure
    if m.kind == "percent":
        return replace(base, category="other", method="share", confidence=0.4)
    named = m.noun is not None and (base.kind in ("person", "building") or (m.noun.of and is_plural(m.noun.head)))
    told = named or (m.noun is not None and is_plural(m.noun.head) and base.kind != "thing")
    told = told or (m.noun is not None and m.noun.of and m.noun.head in words_in("stocks"))
    told = told or m.change is not None  # "fell by a third"
    told = told or (m.noun is not None and m.last - m.first == 3 and is_plural(m.noun.head))  # "1 in 4 jobs"
    return replace(base, category="other", method="share", confidence=0.4) if told else None


def times(clause: Clause, m: Measure) -> Candidate | None:
    """ "has broken the truce 37 times": so many violations."""
    if clause.low(m.end - 1) != "times" or words_in("breaches").isdisjoint(clause.words(m.begin - 10, m.begin)):
        return None
    return Candidate(m, "attacks", "verb_before", 0.6, "weapon", "times")


def _on_strike(clause: Clause) -> bool:
    return not (words_in("stoppage") | {"temporary", "replacement", "agency", "out"}).isdisjoint(clause.lows)


def counted(clause: Clause, base: Candidate) -> Candidate | None:
    """People and things counted without a word of what became of them: kept from ten upwards, in little confidence."""
    m, head = base.measure, base.head
    size = m.value if m.value is not None else m.low or 0
    if head is None:
        return None
    if head == "cases" and clause.low(m.end + 1) == "of" and clause.low(m.end + 2) in words_in("harms"):
        return replace(base, category="injured", method="noun", confidence=0.6)  # "30 cases of asphyxiation"
    if head in ("days", "hours", "shifts") and size >= 10 and _of_work(clause, m):
        return replace(base, category="other", method="goods", confidence=0.5)
    if head in ("strikes", "raids", "bombardments") and not clause.labour and _of_war(clause):
        return replace(base, category="attacks", method="noun", confidence=0.5)
    if base.kind == "person" and size >= 10 and _struck_by(clause, m):
        return replace(base, category="forces", method="noun_of", confidence=0.5)
    armed = head in words_in("armed") or (base.kind == "person" and "armed" in clause.words(m.end, clause.right(m)))
    if (armed and size >= 100) or (clause.labour and head in words_in("crew") and size >= 10 and _on_strike(clause)):
        return replace(base, category="forces", method="other", confidence=0.4)
    if base.kind == "person" and m.vague:
        return replace(base, category="other", method="other", confidence=0.35)
    if size < 10 or head in words_in("uncounted") or not (base.kind == "person" or is_plural(head)):
        return None
    return replace(base, category="other", method="other", confidence=0.35)


def _of_work(clause: Clause, m: Measure) -> bool:
    """ "12,000 working days", "13 million hours of labour": what a stoppage costs, and no length of time."""
    return not {"working", "work", "labour", "labor", "production", "teaching"}.isdisjoint(
        clause.words(m.end, clause.right(m) + 3)
    )


def _of_war(clause: Clause) -> bool:
    """Whether bombs are spoken of, so that strikes are no stoppages."""
    near = {
        "air",
        "raids",
        "warplanes",
        "jets",
        "drone",
        "drones",
        "missile",
        "missiles",
        "aircraft",
        "bombing",
        "planes",
    }
    return not near.isdisjoint(clause.lows) or "attacks" in clause.told[-3:] or "killed" in clause.told[-3:]


def _struck_by(clause: Clause, m: Measure) -> bool:
    """ "a strike by 3,500 workers", "a stoppage that is being observed by 300,000 public servants"."""
    lead = clause.words(m.begin - 16, m.begin)
    if "by" not in lead[-3:] and "of" not in lead[-2:]:
        return False
    return not words_in("stoppage").isdisjoint(lead) and not {"hit", "hurt", "affected", "killed"} & set(lead)


def is_source(clause: Clause, m: Measure) -> bool:
    """ "two officials familiar with the talks said": they count nothing and are not counted."""
    return not words_in("telling").isdisjoint(clause.words(clause.right(m), clause.right(m) + 2))
