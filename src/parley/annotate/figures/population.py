"""Who or what a figure counts, as printed, and where the words of the figure end.

"31 others" are of the kind counted before; "5 percent" is of the tariff or the wage that the clause speaks of; "$6bn" are
dollars.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from parley.annotate.figures.clause import Candidate, words_in
from parley.annotate.quantities.counted import is_plural
from parley.annotate.quantities.find import SPACES, Measure, Measured
from parley.annotate.quantities.numbers import Tok
from parley.codebooks import lexicon

_NAMELESS = ("deaths", "fatalities", "dead", "casualties", "injuries", "lives", "killed", "wounded", "injured")
_OF_THEM = (("of", "them"), ("of", "those"), ("of", "these"))
_CARRIED = ("carried", "gapped", "coordinated", "subset", "verb_after", "apposed")


def end_of(measured: Measured, candidate: Candidate) -> int:
    """The token after the counted noun, "others", ", mostly women and children" and "of them children" included."""
    m, toks = candidate.measure, measured.toks
    end = m.noun.last if m.noun and candidate.category != "money" else m.end
    while end < len(toks) and end == m.end and toks[end].low in ("others", "more", "other"):
        end += 1
    if candidate.part and m.noun is None and (sort := _sort_of_them(toks, m.end)):
        return sort
    if end + 2 < len(toks) and toks[end].low == "," and toks[end + 1].low in ("mostly", "mainly", "predominantly"):
        last = end + 2
        while last < len(toks) and last < end + 8 and toks[last].kind == "w":
            last += 1
        end = last
    return end


def _sort_of_them(toks: Sequence[Tok], at: int) -> int:
    """ "29 of them children": the token after what the part is, or 0."""
    if at + 2 >= len(toks) or (toks[at].low, toks[at + 1].low) not in _OF_THEM:
        return 0
    return at + 3 if toks[at + 2].low in words_in("sorts") or toks[at + 2].low.endswith("men") else 0


def population(measured: Measured, candidate: Candidate, *, beside: str | None, whole: str | None) -> str | None:
    """Who or what is counted; `beside` was counted before in this sentence, `whole` the last time that no part was."""
    m = candidate.measure
    if candidate.category == "money":
        return _currency(measured, m)
    if m.noun is not None and m.noun.head in ("others", "more") and m.noun.last - m.noun.first == 1:
        return whole
    if m.noun is None:
        return _unnamed(measured, candidate, beside)
    if m.noun.head in _NAMELESS and m.noun.last - m.noun.first == 1:
        return None
    first = m.noun.first - (2 if candidate.kind == "thing" and m.kind == "goods" and m.noun.of else 0)
    words = _printed(measured, first, end_of(measured, candidate))
    if candidate.head in ("deaths", "fatalities", "casualties", "injuries"):
        words = words.rsplit(" ", 1)[0]
    return words or None


def _unnamed(measured: Measured, candidate: Candidate, beside: str | None) -> str | None:
    """What a number without a noun counts: a rate's own subject, what its toll names, its sort, or what stood before."""
    m, toks = candidate.measure, measured.toks
    if m.kind == "goods":
        return toks[m.end - 1].low
    if candidate.category == "rate" or m.kind == "percent":
        return _rated(measured, m) or (beside if candidate.category == "rate" else None)
    if candidate.toll:
        return _tolled(measured, m)
    if (sort := _sort_of_them(toks, m.end)) and candidate.part:
        return toks[sort - 1].low
    if candidate.part and (told := _said_to_be(toks, m.end)) is not None:
        return told
    if m.end < len(toks) and toks[m.end].low in ("others", "more", "other"):
        return beside.split(",")[0] if beside else None
    return beside.split(",")[0] if beside and candidate.method in _CARRIED else None


def _said_to_be(toks: Sequence[Tok], at: int) -> str | None:
    """ "900,000 are children", "109 of the dead were evacuees": what a part is said to be."""
    for k in range(at, min(at + 5, len(toks) - 1)):
        if toks[k].low in ("are", "were"):
            return toks[k + 1].low if is_plural(toks[k + 1].low) or toks[k + 1].low.endswith("men") else None
        if toks[k].kind != "w":
            return None
    return None


def _rated(measured: Measured, m: Measure) -> str | None:
    """ "enrichment capped at 5 percent", "the tariff was 20 percent": the nearest name of what is rated, before it first."""
    toks = measured.toks
    for k in [*range(m.begin - 1, max(-1, m.begin - 14), -1), *range(m.end, min(m.end + 5, len(toks)))]:
        if toks[k].low in (".", ";"):
            if k >= m.end:
                break
            continue
        if toks[k].low in words_in("rated"):
            return _printed(
                measured, k - (toks[k].low in ("rise", "rises", "raise") and toks[k - 1].low == "pay"), k + 1
            )
    return None


def _tolled(measured: Measured, m: Measure) -> str | None:
    """ "the number of Calverans killed at 1,874": who the number is of."""
    toks = measured.toks
    at = next((k for k in range(m.begin - 1, max(0, m.begin - 16), -1) if toks[k].low == "number"), None)
    if at is None or toks[at + 1].low != "of":
        return None
    end = next((k for k in range(at + 2, at + 6) if k < len(toks) and toks[k].low in _NAMELESS), at + 2)
    words = [t.low for t in toks[at + 2 : end]]
    return None if not words or words[0] in ("the", "those") else _printed(measured, at + 2, end)


def _currency(measured: Measured, m: Measure) -> str | None:
    """The money as it is called: "crowns" as printed, "dollars" for a sign."""
    words = [t.low for t in measured.toks[m.last : m.end] if t.kind == "w"]
    return (
        words[-1] if words and (m.unit == "other" or words[-1] in _money_words()) else _money_names().get(m.unit or "")
    )


@cache
def _money_names() -> dict[str, str]:
    rows = (row for row in lexicon("quantities")["unit"] if row["kind"] == "currency" and row["code"] != "other")
    return {row["code"]: row["words"][0] for row in rows}


@cache
def _money_words() -> frozenset[str]:
    rows = (row for row in lexicon("quantities")["unit"] if row["kind"] == "currency")
    return frozenset(w for row in rows for w in row["words"])


def _printed(measured: Measured, first: int, last: int) -> str:
    toks = measured.toks
    return SPACES.sub(" ", measured.text[toks[first].start : toks[last - 1].end]).strip()
