"""Numbers that share another's verb: coordination, gapping, companions, and subsets of a whole."""

from __future__ import annotations

from dataclasses import replace

from parley.annotate.figures.clause import Candidate, Clause, larger, start_of, words_in
from parley.annotate.figures.verbs import LOST, active_before, lost
from parley.annotate.figures.words import fits, phrases
from parley.annotate.quantities.find import Measure

_SUBSET = (
    ("including",),
    ("among", "them"),
    ("of", "them"),
    ("among", "whom"),
    ("of", "whom"),
    ("including", "the"),
    ("included",),
    ("includes",),
    ("include",),
    ("of", "which"),
)
_SUBSET_ENDS = frozenset(words[-1] for words in _SUBSET)
_GAPPED = ("killed", "injured", "captives_released", "captives_held", "detained", "missing")
_OF_THEM = (("of", "them"), ("of", "those"), ("of", "these"), ("of", "which"), ("of", "whom"))
_ALONG = (("along", "with"), ("together", "with"), ("as", "well", "as"), ("in", "addition", "to"))


def among(clause: Clause, base: Candidate) -> Candidate | None:
    """ "Among the 31 dead were 12 children and three aid workers": the whole stands first, after its "among"."""
    at = start_of(clause, base.measure)
    if clause.low(at - 1) not in ("were", "was", "are") or not clause.found:
        return None
    whole = clause.found[-1]
    lead = clause.words(start_of(clause, whole.measure) - 2, start_of(clause, whole.measure))
    if (
        not {"among", "of"} & set(lead)
        or not larger(whole.measure, base.measure)
        or at - clause.right(whole.measure) > 6
    ):
        return None
    parent = len(clause.found) - 1
    return replace(base, category=whole.category, method="subset", confidence=0.7, parent=parent, part=True)


def subset_told(clause: Clause, base: Candidate) -> Candidate | None:
    """A subset named as such; "of whom five were later found murdered" waits for its own verb."""
    return None if clause.low(base.measure.begin - 2) == "of" else subset(clause, base)


def subset_too(clause: Clause, base: Candidate) -> Candidate | None:
    """ "51 people, including eight women and 11 children, were killed": the second is as much a part as the first."""
    before = clause.found[-1] if clause.found else None
    if before is None or not before.part or before.method != "subset" or before.parent is None:
        return None
    gap = clause.words(clause.right(before.measure), start_of(clause, base.measure))
    if gap not in (("and",), (",",)) or not larger(clause.found[before.parent].measure, base.measure):
        return None
    if base.kind not in ("person", "bare"):
        return None
    return replace(base, category=before.category, method="subset", confidence=0.65, parent=before.parent, part=True)


def subset(clause: Clause, base: Candidate) -> Candidate | None:
    """ "six, including two women", "15 people, among them 11 children", "the dead included five children"."""
    at, right = base.measure.begin, clause.right(base.measure)
    if clause.words(right, right + 2) in (("among", "them"), ("among", "whom")) and clause.low(at - 1) in (
        ",",
        "–",
        "—",
    ):
        return _among_them(clause, base)
    if clause.low(at - 1) not in _SUBSET_ENDS:
        return None
    if not any(clause.words(at - len(w), at) == w for w in _SUBSET) or base.kind in ("thing", "building", "weapon"):
        return None
    size = next(len(w) for w in _SUBSET if clause.words(at - len(w), at) == w)
    for index in range(len(clause.found) - 1, -1, -1):
        whole = clause.found[index]
        if (
            whole.parent is None
            and at - clause.right(whole.measure) <= 14
            and whole.category != "other"
            and larger(whole.measure, base.measure)
        ):
            return replace(
                base,
                category=whole.category,
                method="subset",
                confidence=0.75,
                trigger=whole.trigger,
                parent=index,
                part=True,
            )
    dead = {
        "dead": "killed",
        "killed": "killed",
        "victims": "killed",
        "fatalities": "killed",
        "wounded": "injured",
        "injured": "injured",
        "casualties": "casualties",
    }
    category = next((dead[w] for w in clause.words(at - size - 3, at - size) if w in dead), None)
    return replace(base, category=category, method="subset", confidence=0.7, part=True) if category else None


def broken_down(clause: Clause, base: Candidate) -> Candidate | None:
    """ "eight people (three soldiers and five civilians) were wounded": in brackets right after it, the whole's parts."""
    at = base.measure.begin
    whole = clause.found[-1] if clause.found else None
    if whole is None or base.kind not in ("person", "bare") or not larger(whole.measure, base.measure):
        whole = None if whole is None or not whole.part else whole
    if whole is None or whole.category in ("money", "rate"):
        return None
    gap = clause.words(clause.right(whole.measure), at)
    if gap in (("(",), ("[",)) and not whole.part:
        return replace(
            base, category=whole.category, method="subset", confidence=0.7, parent=len(clause.found) - 1, part=True
        )
    if (
        gap in (("and",), (",",), (",", "and"))
        and whole.method == "subset"
        and _in_brackets(clause, whole.measure.begin)
    ):
        return replace(base, category=whole.category, method="subset", confidence=0.7, parent=whole.parent, part=True)
    return None


def _in_brackets(clause: Clause, at: int) -> bool:
    return any(low in ("(", "[") for low in clause.words(at - 12, at)) and ")" not in clause.words(at - 6, at)


def _among_them(clause: Clause, base: Candidate) -> Candidate | None:
    """ "22 people, three women among them": part of the number right before."""
    whole = clause.found[-1] if clause.found else None
    if whole is None or not larger(whole.measure, base.measure) or whole.category in ("money", "rate"):
        return None
    parent = whole.parent if whole.part else len(clause.found) - 1
    return replace(base, category=whole.category, method="subset", confidence=0.7, parent=parent, part=True)


def coordinated(clause: Clause, base: Candidate) -> Candidate | None:
    """ "killed 12 soldiers and three civilians", "killed a lieutenant and five civilians"."""
    at = start_of(clause, base.measure)
    if clause.low(at - 1) == "of" and clause.low(at - 2) in ("and", ","):
        return _of_too(clause, base)
    if any(clause.words(at - len(w), at) == w for w in _ALONG):
        return _along(clause, base, at)
    if clause.low(at - 1) not in words_in("links"):
        return None
    before = clause.found[-1] if clause.found else None
    if before is not None and before.part and before.method == "subset" and at - 1 - clause.right(before.measure) <= 1:
        return replace(
            base, category=before.category, method="subset", confidence=0.65, parent=before.parent, part=True
        )
    if (
        before is not None
        and before.trigger is not None
        and clause.low(before.trigger.first) in LOST
        and at - 1 <= clause.right(before.measure)
    ):
        return lost(base, before.trigger, method="coordinated")
    if before is not None and before.trigger is not None and before.method in ("verb_before", "noun_of", "coordinated"):
        gap = range(clause.right(before.measure), at)
        if len(gap) <= 12 and not any(_stops_left(clause, k) for k in gap) and fits(before.category, base.kind):
            return replace(
                base,
                category=before.category,
                method="coordinated",
                confidence=0.7,
                trigger=before.trigger,
                perfect=before.perfect,
            )
    if (
        before is not None
        and before.category == "forces"
        and base.head in words_in("arms")
        and at - 1 <= clause.right(before.measure)
    ):
        return replace(base, category="forces", method="coordinated", confidence=0.6)
    return _walk_left(clause, base, at - 1)


def _of_too(clause: Clause, base: Candidate) -> Candidate | None:
    """ "the release of 64 captives, six of them women, and of 520 detainees"."""
    for before in reversed(clause.found):
        if before.method == "noun_of" and fits(before.category, base.kind):
            return replace(
                base, category=before.category, method="coordinated", confidence=0.65, trigger=before.trigger
            )
    return None


def apposed(clause: Clause, base: Candidate) -> Candidate | None:
    """ "released the second group of captives two days late: 20 farmers", "the second group, of 20": what stands before
    a colon or a comma says what is counted."""
    at = start_of(clause, base.measure)
    marked = clause.low(at - 1) in (":", "–", "—") or clause.words(at - 2, at) in ((",", "of"), ("group", "of"))
    group = {"group", "batch"} & set(clause.words(at - 8, at)) and clause.low(at - 1) in (",", "and")
    held = not words_in("captives").isdisjoint(clause.words(at - 14, at))
    home = not words_in("homecoming").isdisjoint(clause.words(at, at + 16))
    if group and held and home and base.kind in ("person", "bare"):
        return replace(base, category="captives_released", method="apposed", confidence=0.6)
    if not marked or clause.low(at) == "the" or base.kind not in ("person", "bare", "unknown"):
        return None
    words = clause.words(at - 30, at)
    held = not words_in("captives").isdisjoint(words)
    if held and not words_in("homecoming").isdisjoint(words):
        return replace(base, category="captives_released", method="apposed", confidence=0.6)
    for back in range(at - 2, max(-1, at - 24), -1):
        for role in ("active", "passive", "intransitive", "of", "state"):
            hit = phrases(role).at(clause.toks, back)
            if (
                hit is not None
                and hit.category in (*_GAPPED, "displaced", "casualties")
                and fits(hit.category, base.kind)
            ):
                return replace(base, category=hit.category, method="apposed", confidence=0.55, trigger=hit)
    return None


def _along(clause: Clause, base: Candidate, at: int) -> Candidate | None:
    """ "was killed along with two of his bodyguards", "killed the mayor, as well as two peasants"."""
    for back in range(at - 1, max(0, at - 24), -1):
        if clause.low(back) in (".", ";", "when", "after", "who"):
            return None
        hit = phrases("active").before(clause.toks, back) or phrases("passive").before(clause.toks, back)
        if hit is not None:
            hard = hit.category in ("killed", "injured", "captives_held", "detained", "captives_released")
            return (
                replace(base, category=hit.category, method="coordinated", confidence=0.65, trigger=hit)
                if hard and fits(hit.category, base.kind)
                else None
            )
    return None


def _walk_left(clause: Clause, base: Candidate, at: int) -> Candidate | None:
    if base.kind == "bare" and clause.low(at) == ",":
        return None
    for back in range(at, max(0, at - 12), -1):
        if _stops_left(clause, back):
            found = active_before(clause, base, back + 1, method="coordinated", confidence=0.6)
            met = clause.low(at) == "with" and found is not None and found.category == "captives_held"
            return (
                found
                if found is not None
                and not met  # "a meeting held with 50 mayors"
                and found.category in ("killed", "injured", "captives_held", "captives_released", "detained")
                else None
            )
        if clause.low(back - 1) == "of":
            found = active_before(clause, base, back, method="coordinated", confidence=0.6)
            if found is not None:
                return replace(found, method="coordinated")
    return None


def gapped(clause: Clause, base: Candidate) -> Candidate | None:
    """ "Veyra freed 22 captives and Calvera 180 detainees", "12 soldiers had died, and about 40 people in the town"."""
    before = clause.found[-1] if clause.found else None
    if (
        before is None
        or before.trigger is None
        or base.kind not in ("person", "bare")
        or before.category not in _GAPPED
    ):
        return None
    at, gap = start_of(clause, base.measure), clause.right(before.measure)
    lead = max((k for k in range(gap, at) if clause.low(k) in ("and", ",", ";")), default=None)
    if lead is None or at - gap > 14:
        return None
    names = range(lead + 1, at)
    subject = 0 < len(names) <= 3 and all(clause.toks[k].capital for k in names) and before.method == "verb_before"
    rest = clause.low(clause.right(base.measure)) in ("in", "at", "near", "on", ".", "", ";", "outside")
    tail = not names and before.method == "verb_after" and clause.low(lead) == "and" and rest
    if not subject and not tail:
        return None
    return replace(base, category=before.category, method="gapped", confidence=0.6, trigger=before.trigger)


def of_those(clause: Clause, base: Candidate) -> Candidate | None:
    """ "Of those freed, 59 are from the town"; "214 of the dead were soldiers and 38 were children"."""
    at, right = start_of(clause, base.measure), clause.right(base.measure)
    if clause.low(at - 1) == "," or clause.low(at - 1) in ("killed", "dead", "wounded", "injured", "freed", "released"):
        for back in range(at - 1, max(-1, at - 8), -1):
            hit = phrases("passive").at(clause.toks, back) or phrases("state").at(clause.toks, back)
            if hit is not None and clause.words(back - 2, back) in (("of", "those"), ("of", "the")):
                return replace(base, category=hit.category, method="subset", confidence=0.65, part=True)
    m = base.measure
    past = m.noun.last if m.noun else m.end
    near = clause.words(m.end, m.end + 8)
    for k in range(m.end, m.end + len(near)) if "of" in near else ():
        if clause.words(k, k + 2) not in (("of", "the"), ("of", "those")) or (
            k != m.end and "not" not in clause.words(m.end, k)
        ):
            continue
        hit = phrases("passive").at(clause.toks, k + 2)
        if hit is not None and hit.category in _GAPPED and hit.last >= past:
            return replace(base, category=hit.category, method="subset", confidence=0.6, part=True)
    sort = clause.low(right) in ("were", "was", "are") and clause.low(right + 1) in words_in("sorts")
    # "Nine are under 16", "Four were from Tarn": so many of those that the sentence before counted
    begins = at == 0 and clause.low(right) in ("were", "was", "are", "have", "had")
    if sort and base.kind == "bare" and {"dead", "victims"} & set(clause.words(0, at)):
        return replace(base, category="killed", method="subset", confidence=0.6, part=True)
    if (sort or begins) and base.kind == "bare" and clause.told and clause.told[-1] in _GAPPED:
        return replace(base, category=clause.told[-1], method="subset", confidence=0.6, part=True)
    return None


def remainder(clause: Clause, base: Candidate) -> Candidate | None:
    """ "1,044 more waiting in crates", "damaged another 400", "90 of them by the army": of what the figure before counts."""
    m = base.measure
    before = clause.found[-1] if clause.found else None
    of_them = clause.words(m.end, m.end + 2) in _OF_THEM
    more = base.head in ("more", "others") or clause.low(m.end) == "more" or clause.low(m.begin - 1) == "another"
    if (
        before is None
        or before.category in ("money", "rate")
        or not (of_them or (more and (base.kind == "bare" or base.head in ("more", "others"))))
    ):
        return None
    changed = phrases("active").before(clause.toks, start_of(clause, m))
    category = changed.category if changed is not None and fits(changed.category, before.kind) else before.category
    part = of_them and category == before.category and larger(before.measure, m)
    parent = len(clause.found) - 1 if part else None
    return replace(
        base, category=category, method="subset" if part else "carried", confidence=0.6, part=part, parent=parent
    )


_LEFT = ("leaving", "leaves", "received", "receiving")
_COUNTED = ("count", "goods", "share")


def carried(clause: Clause, base: Candidate) -> Candidate | None:
    """A number without a noun counts what the one before it does: "5,214 votes to 3,870", "police counted 2,500"."""
    m = base.measure
    if base.kind != "bare":
        return None
    before, at = clause.found[-1] if clause.found else None, start_of(clause, m)
    lead = clause.low(at - 1)
    if before is not None and before.category == "money" and m.value is not None and m.value >= 1_000_000:
        return replace(base, category="money", method="carried", confidence=0.6)
    told = _is_told(clause, m, at)
    if told and (topic := _topic(clause, at)) is not None:
        return replace(base, category=topic, method="toll", confidence=0.6, toll=True)
    in_all = clause.words(m.end, m.end + 2) in (("in", "all"), ("in", "total")) or clause.low(m.end) == "altogether"
    linked = in_all or lead in _LEFT or lead in ("to", "from", "and", "against", "versus", ",") or told
    if before is not None and linked and before.measure.kind in _COUNTED and before.category not in ("money", "rate"):
        near = told or clause.right(before.measure) + 12 >= m.begin or lead in _LEFT
        return replace(base, category=before.category, method="carried", confidence=0.5) if near else None
    last = clause.told[-1] if clause.told else clause.last
    if told and last is not None and (m.value or 0) >= 10:
        return replace(base, category=last, method="carried", confidence=0.45)
    return None


def _is_told(clause: Clause, m: Measure, at: int) -> bool:
    """ "has counted 13,400", "speak of 6,210", "says some 2,850;": a number alone after a verb of telling or reaching."""
    lead = clause.low(at - 1)
    if lead in words_in("counting") or _reaches(clause, at - 1):
        return True
    if lead == "of":
        return clause.low(at - 2) in ("speak", "speaks", "spoke", "talk", "talks", "talked", "tally", "count", "figure")
    return lead in ("says", "say", "said", "claims", "claimed") and clause.low(m.end) in (
        ".",
        ";",
        ",",
        "and",
        "while",
        "",
    )


def _topic(clause: Clause, at: int) -> str | None:
    """ "Estimates of the dead differ: the authorities speak of 6,210": what the sentence said it would count."""
    for k in range(at - 2, max(-1, at - 40), -1):
        hit = phrases("toll").at(clause.toks, k)
        if hit is None and clause.words(k, k + 2) in (("of", "the"), ("of", "those"), ("of", "people")):
            hit = phrases("state").at(clause.toks, k + 2) or phrases("passive").at(clause.toks, k + 2)
        if hit is not None:
            return hit.category if hit.category in (*_GAPPED, "displaced", "casualties") else None
    return None


def _reaches(clause: Clause, at: int) -> bool:
    """ "It stood at 44", "has since risen to 44", "put it at 44"."""
    lead = set(clause.words(at - 4, at))
    if clause.low(at) == "at":
        return not lead.isdisjoint(("stood", "stands", "standing", "remained", "remains", "put", "puts"))
    return clause.low(at) == "to" and not lead.isdisjoint(words_in("tally_verbs") | {"fell", "fallen", "grown", "grew"})


def _stops_left(clause: Clause, at: int) -> bool:
    low = clause.low(at)
    if (
        low in words_in("breaks")
        or low in words_in("aux")
        or low in words_in("verbs")
        or low in ("who", "which", "after", "before", "by", "against", "to", "during")
    ):
        return True
    tok = clause.toks[at]
    return tok.kind == "w" and (
        phrases("active").at(clause.toks, at) is not None
        or (low.endswith(("ed", "ing")) and len(low) > 4 and clause.low(at - 1) not in ("the", "a", "an", ",", "of"))
    )
