"""Numbers that share another's verb: coordination, gapping, companions, and subsets of a whole."""

from __future__ import annotations

from dataclasses import replace

from parley.annotate.figures_clause import Candidate, Clause, larger, start_of, words_in
from parley.annotate.figures_verbs import active_before
from parley.annotate.figures_words import fits, phrases

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
_GAPPED = ("killed", "injured", "captives_released", "captives_held", "detained", "missing")
_ALONG = (("along", "with"), ("together", "with"), ("as", "well", "as"), ("in", "addition", "to"))


def subset_told(clause: Clause, base: Candidate) -> Candidate | None:
    """A subset named as such; "of whom five were later found murdered" waits for its own verb."""
    return None if clause.low(base.measure.begin - 2) == "of" else subset(clause, base)


def subset(clause: Clause, base: Candidate) -> Candidate | None:
    """ "six, including two women", "15 people, among them 11 children", "the dead included five children"."""
    at = base.measure.begin
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
    }
    category = next((dead[w] for w in clause.words(at - size - 3, at - size) if w in dead), None)
    return replace(base, category=category, method="subset", confidence=0.7, part=True) if category else None


def coordinated(clause: Clause, base: Candidate) -> Candidate | None:
    """ "killed 12 soldiers and three civilians", "killed a lieutenant and five civilians"."""
    at = start_of(clause, base.measure)
    if any(clause.words(at - len(w), at) == w for w in _ALONG):
        return _along(clause, base, at)
    if clause.low(at - 1) not in words_in("links"):
        return None
    before = clause.found[-1] if clause.found else None
    if before is not None and before.part and before.method == "subset" and at - 1 - clause.right(before.measure) <= 1:
        return replace(
            base, category=before.category, method="subset", confidence=0.65, parent=before.parent, part=True
        )
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
    return _walk_left(clause, base, at - 1)


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
            return (
                found
                if found is not None
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
    if clause.low(at - 1) == ",":
        for back in range(at - 2, max(-1, at - 8), -1):
            hit = phrases("passive").at(clause.toks, back) or phrases("state").at(clause.toks, back)
            if hit is not None and clause.words(back - 2, back) in (("of", "those"), ("of", "the")):
                return replace(base, category=hit.category, method="subset", confidence=0.65, part=True)
    sort = clause.low(right) in ("were", "was", "are") and clause.low(right + 1) in words_in("sorts")
    if sort and base.kind == "bare" and clause.told and clause.told[-1] in _GAPPED:
        return replace(base, category=clause.told[-1], method="subset", confidence=0.6, part=True)
    return None


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
