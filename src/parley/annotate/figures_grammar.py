"""What a number counts, read from its clause: verbs before it and after it, nouns, tolls, coordination, subsets.

No parser: from each number the reader walks left and right over the words that may stand between a noun and its verb, and
stops at whatever begins another clause. A wrong step costs a figure; a wrong leap invents one, so doubt stops the walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.annotate.counted import Noun, is_time
from parley.annotate.figures_words import Hit, Kind, fits, kind_of, phrases, words_of
from parley.annotate.numbers import Tok, words_named
from parley.annotate.quantities import Measure, Measured

# A number right after one of these belongs to another phrase than the verb that may follow.
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
_OLD = (
    ("and", "not"),
    ("not",),
    ("instead", "of"),
    ("rather", "than"),
    ("up", "from"),
    ("down", "from"),
    ("compared", "to"),
    ("compared", "with"),
)
_ALONG = (("along", "with"), ("together", "with"), ("as", "well", "as"), ("in", "addition", "to"))
# Nouns that name people in a state; the verb beside them says more ("12 hostages were freed").


_WEAK_NOUNS = ("captives_held", "captives_released", "detained", "displaced", "forces", "attacks", "injured")


def _words(name: str) -> frozenset[str]:
    return words_named("figures", name)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its category; `parent` is the index of the candidate whose subset it is."""

    measure: Measure
    category: str
    method: str
    confidence: float
    kind: Kind
    head: str | None
    trigger: Hit | None = None
    parent: int | None = None
    perfect: bool = False
    toll: bool = False
    part: bool = False


class Clause:
    """One sentence with its measures, read left to right."""

    def __init__(self, measured: Measured) -> None:
        self.toks: Sequence[Tok] = measured.toks
        self.caps = measured.caps
        self.measures = [m for m in measured.measures if m.kind in ("count", "share", "percent", "currency")]
        self.at = {m.begin: m for m in self.measures}
        self.found: list[Candidate] = []

    def low(self, at: int) -> str:
        return self.toks[at].low if 0 <= at < len(self.toks) else ""

    def words(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(t.low for t in self.toks[max(0, first) : max(0, last)])

    def right(self, m: Measure) -> int:
        """The token after the counted noun."""
        return m.noun.last if m.noun else m.end

    def kind(self, noun: Noun | None) -> Kind:
        if noun is None:
            return "bare"
        return kind_of(noun.head, capital=not self.caps and self.toks[noun.last - 1].capital)


def classify(measured: Measured) -> list[Candidate]:
    """All figures of a sentence, in order."""
    clause = Clause(measured)
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
        if not c.part and c.category == part.category and _larger(c.measure, part.measure)
    )
    return replace(part, parent=next(wholes, None))


def _classify(clause: Clause, m: Measure) -> Candidate | None:
    if m.kind == "currency":
        return _money(clause, m)
    if _is_old(clause, m):
        return None
    if m.kind in ("percent", "share"):
        return _share(clause, m)
    if _is_age(clause, m) or (m.value is not None and m.value != int(m.value) and m.value < 100):
        return None
    kind = clause.kind(m.noun)
    head = m.noun.head if m.noun else None
    base = Candidate(m, "", "", 0.5, kind, head)
    for rule in (_subset_told, _adjacent, _inside, _strong_noun, _toll, _after, _subset, _coordinated, _weak_noun):
        found = rule(clause, base)
        if found is not None:
            return found
    return _other(base)


def _is_old(clause: Clause, m: Measure) -> bool:
    """ "59 and not 62", "up from 59": the number that the text sets aside."""
    return any(clause.words(m.begin - len(w), m.begin) == w for w in _OLD)


def _is_age(clause: Clause, m: Measure) -> bool:
    """ "Buenaventura Martinez, 47, and": a number alone between two commas after a name."""
    alone = m.noun is None and clause.low(m.begin - 1) == "," and clause.low(m.end) in (",", ".")
    return alone and (m.value or 0) <= 110 and clause.toks[m.begin - 2].kind == "w" and clause.toks[m.begin - 2].capital


def _other(base: Candidate) -> Candidate | None:
    """People counted without a word of what became of them: kept from ten upwards, in little confidence."""
    big = base.measure.vague or (base.measure.value or base.measure.low or 0) >= 10
    return replace(base, category="other", method="other", confidence=0.35) if base.kind == "person" and big else None


# ---- the words right before ---------------------------------------------------------------------------------------------


def _start(clause: Clause, m: Measure) -> int:
    """Where the phrase of a number begins, its articles and "a total of" included."""
    at = m.begin
    while at and (
        clause.low(at - 1) in _words("fillers")
        or (clause.low(at - 1) == "of" and clause.low(at - 2) in ("total", "group", "estimated"))
    ):
        at -= 1
    if clause.low(at - 1) == "group" and clause.low(at) == "of":
        at -= 1
    return at


def _adjacent(clause: Clause, base: Candidate) -> Candidate | None:
    """ "killed at least 35 people", "the deaths of two soldiers": the trigger stands right before."""
    return _active_before(clause, base, _start(clause, base.measure), method="verb_before", confidence=0.85)


def _active_before(clause: Clause, base: Candidate, at: int, *, method: str, confidence: float) -> Candidate | None:
    hit = phrases("active").before(clause.toks, at)
    if hit is not None and _is_active(clause, hit) and fits(hit.category, base.kind):
        return replace(
            base,
            category=hit.category,
            method=method,
            confidence=confidence,
            trigger=hit,
            perfect=_perfect(clause, hit),
        )
    if clause.low(at - 1) != "of":
        return None
    hit = phrases("of").before(clause.toks, at - 1)
    if hit is not None and fits(hit.category, base.kind):
        return replace(base, category=hit.category, method="noun_of", confidence=confidence, trigger=hit)
    return None


def _is_active(clause: Clause, hit: Hit) -> bool:
    """Not a passive ("were killed 12 km away"), not a wish ("to kill 12 people", "would kill")."""
    before = clause.low(hit.first - 1)
    harm = hit.category in ("killed", "injured", "casualties")
    return not (before in ("was", "were", "is", "are", "been", "being") or (harm and before in _words("modal")))


def _perfect(clause: Clause, hit: Hit) -> bool:
    return any(w in ("has", "have", "had") for w in clause.words(hit.first - 3, hit.first))


# ---- the counted noun ---------------------------------------------------------------------------------------------------


def _inside(clause: Clause, base: Candidate) -> Candidate | None:
    """ "seven kidnapped students", "30 dead civilians": a participle between the number and its noun."""
    noun = base.measure.noun
    if noun is None or base.kind not in ("person", "unknown"):
        return None
    for k in range(base.measure.end, noun.last - 1):
        hit = phrases("passive").at(clause.toks, k) or phrases("state").at(clause.toks, k)
        if hit is not None and hit.last < noun.last and fits(hit.category, base.kind):
            return replace(base, category=hit.category, method="adjective", confidence=0.7, trigger=hit)
    return None


def _strong_noun(clause: Clause, base: Candidate) -> Candidate | None:
    """ "nearly 38,000 deaths", "28 bodies of peasants": the noun itself tells."""
    category = phrases("noun").category(base.head) if base.head else None
    if category is None or category in _WEAK_NOUNS:
        return None
    if base.head == "lives" and not {
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
    return replace(base, category=category, method="noun", confidence=0.85)


def _weak_noun(clause: Clause, base: Candidate) -> Candidate | None:
    category = phrases("noun").category(base.head) if base.head else None
    if category is None or (base.measure.begin and clause.low(base.measure.begin - 1) in ("by", "against")):
        return None
    return replace(base, category=category, method="noun", confidence=0.5)


def _toll(clause: Clause, base: Candidate) -> Candidate | None:
    """ "the death toll rose to 112", "put the toll at 58", "the number of wounded reached 300"."""
    at = _start(clause, base.measure)
    if clause.low(at - 1) not in _words("reaching") or base.kind in ("thing", "building", "weapon"):
        return None
    for back in range(at - 1, max(-1, at - 24), -1):
        if clause.low(back) in (".", ";", "who", "when", "after"):
            return None
        hit = phrases("toll").before(clause.toks, back + 1)
        if hit is not None and (back + 1 < at or clause.low(at - 1) == "of"):
            return replace(base, category=hit.category, method="toll", confidence=0.85, trigger=hit, toll=True)
    return None


# ---- the words after ----------------------------------------------------------------------------------------------------


def _after(clause: Clause, base: Candidate) -> Candidate | None:
    """ "35 people were killed", "a dozen of them died", "12 dead", "six priests and two women were murdered"."""
    m = base.measure
    start = _start(clause, m)
    if clause.low(start - 1) in _words("blocking"):
        return None
    crosses = not (
        clause.low(start - 1).endswith(("ed", "ing")) and clause.low(start - 1) not in ("leaving", "including", "among")
    )
    hit = _walk_right(clause, m, crosses=crosses)
    if hit is None or not fits(hit.category, base.kind):
        return None
    if "among" in clause.words(clause.right(m), hit.first):
        return replace(base, category=hit.category, method="subset", confidence=0.75, trigger=hit, part=True)
    if m.noun is not None and m.noun.of and m.noun.head in ("dead", "victims", "wounded", "injured", "killed"):
        return replace(base, category=hit.category, method="subset", confidence=0.7, trigger=hit, part=True)
    near = hit.first - clause.right(m) <= 2
    return replace(
        base,
        category=hit.category,
        method="verb_after",
        confidence=0.85 if near else 0.7,
        trigger=hit,
        perfect=_perfect(clause, hit),
    )


def _walk_right(clause: Clause, m: Measure, *, crosses: bool) -> Hit | None:
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
        relative = clause.low(at - 1) in ("who", "which", "that")
        if clause.words(at, at + 3) == ("as", "well", "as"):
            at += 3
            continue
        if low in _words("breaks") and not (low == "that" and at == clause.right(m)):
            return None
        if low in _words("aux") or low in _words("modal") - {"to"}:
            hit = _after_auxiliary(clause, at)
            if hit is not None or not relative:
                return hit
        hit = _bare(clause, at)
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
        lead in _words("links")
        or lead in _words("prepositions")
        or lead in ("-", "–", "—", "(", "the", "them", "whom", "another", "or", "as")
    )


def _closing(clause: Clause, at: int) -> int:
    """The token after the bracket that closes the one at `at`: "10 people [not identified] were hurt"."""
    close = {"[": "]", "(": ")"}[clause.low(at)]
    return next((k + 1 for k in range(at, min(at + 16, len(clause.toks))) if clause.low(k) == close), at + 1)


def _after_auxiliary(clause: Clause, at: int) -> Hit | None:
    """The participle after "were", "have been", "were also reportedly"; None where the verb is another one."""
    modal = clause.low(at) in _words("modal")
    for k in range(at, at + 7):
        low = clause.low(k)
        for role in ("passive", "intransitive", "state"):
            hit = phrases(role).at(clause.toks, k)
            if hit is not None and not (low in _words("aux") and hit.last == k + 1):
                hypothetical = modal and hit.category in ("killed", "injured") and "have" not in clause.words(at, k)
                negated = any(w in ("not", "never") for w in clause.words(at, k))
                return None if hypothetical or negated or not _is_passive_use(clause, hit, aux=True) else hit
        if low == "among":
            return _among(clause, k)
        if (
            low not in _words("aux")
            and low not in _words("adverbs")
            and low not in _words("modal")
            and not low.endswith("ly")
        ):
            return None
    return None


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
    if aux:
        return True
    if clause.low(hit.first - 1) in ("who", "which", "that", "and"):
        return clause.low(hit.first - 1) == "and" and clause.low(hit.first - 2) in ("dead", "killed")
    after = clause.toks[hit.last] if hit.last < len(clause.toks) else None
    if (
        after is None
        or after.kind == "p"
        or after.low in _words("prepositions")
        or after.low in _words("breaks")
        or is_time(after.low)
    ):
        return True
    return after.low in (
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
    if low in _words("verbs") or phrases("active").at(clause.toks, at) is not None:
        return True
    if low.endswith("ed") and len(low) > 4 and clause.toks[at].kind == "w":
        return clause.low(at + 1) not in _words("prepositions") and clause.low(at - 1) not in (
            "the",
            "a",
            "an",
            ",",
            "of",
            "in",
            "and",
            *_words("prepositions"),
        )
    return False


# ---- coordination and subsets ---------------------------------------------------------------------------------------------


def _coordinated(clause: Clause, base: Candidate) -> Candidate | None:
    """ "killed 12 soldiers and three civilians", "killed a lieutenant and five civilians"."""
    at = _start(clause, base.measure)
    if any(clause.words(at - len(w), at) == w for w in _ALONG):
        return _along(clause, base, at)
    if clause.low(at - 1) not in _words("links"):
        return None
    before = clause.found[-1] if clause.found else None
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
            found = _active_before(clause, base, back + 1, method="coordinated", confidence=0.6)
            return (
                found
                if found is not None
                and found.category in ("killed", "injured", "captives_held", "captives_released", "detained")
                else None
            )
        if clause.low(back - 1) == "of":
            found = _active_before(clause, base, back, method="coordinated", confidence=0.6)
            if found is not None:
                return replace(found, method="coordinated")
    return None


def _stops_left(clause: Clause, at: int) -> bool:
    low = clause.low(at)
    if (
        low in _words("breaks")
        or low in _words("aux")
        or low in _words("verbs")
        or low in ("who", "which", "after", "before", "by", "against", "to", "during")
    ):
        return True
    tok = clause.toks[at]
    return tok.kind == "w" and (
        phrases("active").at(clause.toks, at) is not None
        or (low.endswith(("ed", "ing")) and len(low) > 4 and clause.low(at - 1) not in ("the", "a", "an", ",", "of"))
    )


def _subset_told(clause: Clause, base: Candidate) -> Candidate | None:
    """A subset named as such; "of whom five were later found murdered" waits for its own verb."""
    return None if clause.low(base.measure.begin - 2) in ("of", "among") else _subset(clause, base)


def _subset(clause: Clause, base: Candidate) -> Candidate | None:
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
            and _larger(whole.measure, base.measure)
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


def _larger(whole: Measure, part: Measure) -> bool:
    top, bottom = whole.high or whole.value or whole.low, part.value or part.low
    return whole.vague or top is None or bottom is None or top > bottom


# ---- shares and money -----------------------------------------------------------------------------------------------------


def _share(clause: Clause, m: Measure) -> Candidate | None:
    """Shares of the dead, of people displaced, of buildings damaged; percentages of policy."""
    noun, kind = m.noun, clause.kind(m.noun)
    base = Candidate(m, "", "", 0.6, kind, noun.head if noun else None)
    after = clause.words(m.end, m.end + 6)
    deadly = noun is not None and noun.of and phrases("noun").category(noun.head) == "killed"
    if deadly or after[:3] in (
        ("of", "those", "killed"),
        ("of", "the", "dead"),
        ("of", "the", "victims"),
        ("of", "the", "casualties"),
    ):
        return replace(base, category="share_of_killed", method="share", confidence=0.8)
    if noun is not None and noun.of:
        hit = _walk_right(clause, m, crosses=False)
        if hit is not None and (fits(hit.category, kind) or kind in ("unknown", "person")):
            category = "share_of_killed" if hit.category == "killed" else hit.category
            return replace(base, category=category, method="share", confidence=0.75, trigger=hit)
    near = set(clause.words(m.begin - 5, m.begin)) | set(after)
    if m.kind == "percent" and near & words_of("policy"):
        return replace(base, category="rate", method="rate", confidence=0.7)
    if kind == "person" and noun is not None and noun.of:
        return replace(base, category="other", method="share", confidence=0.4)
    return None


def _money(clause: Clause, m: Measure) -> Candidate | None:
    """Sums; prices by the piece and small change are none."""
    top = m.value if m.value is not None else m.high or m.low
    if (
        top is None
        or abs(top) < 1000
        or clause.low(m.end) in ("per", "each", "apiece")
        or clause.words(m.end, m.end + 1) == ("a",)
    ):
        return None
    return Candidate(m, "money", "money", 0.7, "bare", None)
