"""Quantities: numbers with their qualifier, range, unit, stated change, and the noun they count.

    find_quantities(text) -> list[Quantity]      for everybody
    measure(text) -> Measured                    the same with tokens, for the figures

The number stays what was printed: "at least 45,514" is 45514 with the qualifier `at_least`. Dates, years, clock times,
ordinals, codes and numbers in names are refused; ages and durations are reported with their unit, so that a caller can
refuse them. A share is a value in percent ("85 per cent" is 85, unit `percent`) or a fraction ("a third", unit `share`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from parley.annotate.quantities import refusals
from parley.annotate.quantities.counted import Noun, noun_after
from parley.annotate.quantities.numbers import Number, Tok, may_hold_number, numbers, scan, whole, words_named
from parley.codebooks import lexicon
from parley.data import Qualifier, Quantity, Span

Change = Literal["up", "down"] | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found beside a number: its code, its kind, and the token after its last one."""

    code: str
    kind: str
    last: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity over tokens: the number stands in `first:last`, the whole with qualifier and unit in `begin:end`.

    The second number of a range begins at `second`.
    """

    begin: int
    first: int
    last: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    qualifier: Qualifier
    kind: str
    unit: str | None
    change: Change
    noun: Noun | None
    share: tuple[int, int] | None = None
    vague: bool = False
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A text cut into tokens, with the quantities among them."""

    text: str
    toks: list[Tok]
    measures: list[Measure]
    caps: bool


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity in a text, in order; `text[q.span.start:q.span.end]` is what was printed.

    >>> [(q.span.text, q.value, q.qualifier, q.unit) for q in find_quantities("Nearly 2.4m people, or 12 per cent, fled.")]
    [('Nearly 2.4m', 2400000, 'nearly', None), ('12 per cent', 12, 'exact', 'percent')]
    """
    measured = measure(text)
    return [_public(measured, m) for m in measured.measures]


def _public(measured: Measured, m: Measure) -> Quantity:
    toks, text = measured.toks, measured.text
    noun = Span.of(text, toks[m.noun.first].start, toks[m.noun.last - 1].end) if m.noun else None
    span = Span.of(text, toks[m.begin].start, toks[m.end - 1].end)
    return Quantity(span, m.value, m.low, m.high, m.qualifier, m.unit, m.change, noun)


def measure(text: str) -> Measured:
    """Cut a text into tokens and find its quantities."""
    if not may_hold_number(text):
        return Measured(text, [], [], caps=False)
    toks = scan(text)
    caps = refusals.is_capitals(text) or refusals.is_title_case(toks)
    found: list[Measure] = []
    urls = refusals.addresses(text)
    kept: list[tuple[Number, Unit | None]] = []
    for number in numbers(toks):
        unit = _unit(toks, number)
        if refusals.why_refused(toks, number, kind=unit.kind if unit else None, caps=caps, addresses=urls) is None:
            kept.append((number, unit))
    at = 0
    while at < len(kept):
        pair = _range(toks, *kept[at], *kept[at + 1]) if at + 1 < len(kept) else None
        one = pair or _single(toks, *kept[at])
        # what stands between two numbers belongs to the first: "0$0"
        late = found and one.begin < found[-1].end
        found.append(replace(one, begin=found[-1].end) if late else one)
        at += 2 if pair else 1
    return Measured(text, toks, found, caps)


def _noun(toks: Sequence[Tok], kind: str, end: int) -> Noun | None:
    return None if kind in ("time", "age", "measure") else noun_after(toks, end)


# ---- units ---------------------------------------------------------------------------------------------------------


@cache
def _units() -> tuple[dict[tuple[str, ...], Unit], dict[str, Unit], dict[tuple[str, ...], Unit]]:
    """Units by their words, by letters glued to the digits, and by what stands before the digits."""
    words: dict[tuple[str, ...], Unit] = {}
    glued: dict[str, Unit] = {}
    before: dict[tuple[str, ...], Unit] = {}
    for row in lexicon("quantities")["unit"]:
        unit = Unit(row["code"], row["kind"], 0)
        words.update({tuple(t.low for t in scan(w)): unit for w in row["words"]})
        glued.update(dict.fromkeys(row.get("glued", ()), unit))
        before.update({tuple(t.low for t in scan(w)): unit for w in row.get("before", ())})
    return words, glued, before


def _unit(toks: Sequence[Tok], number: Number) -> Unit | None:
    words, glued, before = _units()
    at = number.last
    if at < len(toks) and toks[at].start == toks[at - 1].end and (unit := glued.get(toks[at].low)):
        return Unit(unit.code, unit.kind, at + 1)
    lead = _currency_tokens(toks, number.first)
    money = before[tuple(t.low for t in toks[number.first - lead : number.first])] if lead else None
    plain = [k for k in range(at, min(at + 6, len(toks))) if toks[k].low not in ("-", "‑")]
    if not plain or toks[plain[0]].low not in _unit_starts():
        return Unit(money.code, money.kind, at) if money else None
    for size in range(min(3, len(plain)), 0, -1):
        if unit := words.get(tuple(toks[k].low for k in plain[:size])):
            if money is None and _is_unit(toks, number, plain[0]):
                pounds = unit.code == "measure" and toks[plain[0]].low in ("pounds", "pound") and number.scale >= 1000
                return (
                    Unit("GBP", "currency", plain[size - 1] + 1)
                    if pounds
                    else Unit(unit.code, unit.kind, plain[size - 1] + 1)
                )
            break
    return Unit(money.code, money.kind, at) if money else None


@cache
def _unit_starts() -> frozenset[str]:
    return frozenset(words[0] for words in _units()[0])


def _is_unit(toks: Sequence[Tok], number: Number, at: int) -> bool:
    """Units that are words of another kind too: "two second lieutenants", "five won seats"."""
    low = toks[at].low
    if low in ("second", "quarter", "point") and at == number.last and number.value != 1:
        return False
    if low in ("won", "rand", "crowns", "dong", "soles", "crown", "marks"):
        return (number.value or 0) >= 100
    return True


@cache
def _currency_ends() -> frozenset[str]:
    return frozenset(words[-1] for words in _units()[2])


def _currency_tokens(toks: Sequence[Tok], first: int) -> int:
    """How many tokens before a number make a currency sign."""
    before = _units()[2]
    if not first or toks[first - 1].low not in _currency_ends():
        return 0
    for size in (4, 3, 2, 1):
        if (
            first >= size
            and tuple(t.low for t in toks[first - size : first]) in before
            and not _is_article(toks, first, size)
        ):
            return size
    return 0


def _is_article(toks: Sequence[Tok], first: int, size: int) -> bool:
    """ "a $7,000 bonus" is of no country's dollars: the letter of A$5 stands right at its sign."""
    return size > 1 and len(toks[first - size].low) == 1 and toks[first - size].end < toks[first - size + 1].start


# ---- qualifiers ----------------------------------------------------------------------------------------------------


@cache
def _qualifiers() -> dict[str, dict[tuple[str, ...], Qualifier]]:
    out: dict[str, dict[tuple[str, ...], Qualifier]] = {"before": {}, "after": {}}
    for row in lexicon("quantities")["qualifier"]:
        out[row["side"]].update({tuple(t.low for t in scan(p)): row["qualifier"] for p in row["phrases"]})
    return out


@cache
def _qualifier_edges() -> tuple[frozenset[str], frozenset[str]]:
    """The words with which qualifiers before a number end, and those with which qualifiers after it begin."""
    table = _qualifiers()
    return frozenset(words[-1] for words in table["before"]), frozenset(words[0] for words in table["after"])


def _before(toks: Sequence[Tok], first: int) -> tuple[Qualifier | None, int]:
    """The qualifier that ends right before token `first`, and where it begins; an outer one wins over "some" and "about"."""
    table, ends = _qualifiers()["before"], _qualifier_edges()[0]
    found: Qualifier | None = None
    begin = at = first
    for _ in range(3):
        size = 0
        if at and toks[at - 1].low in ends:
            lead = tuple([t.low for t in toks[max(0, at - 5) : at]])
            size = next((n for n in (5, 4, 3, 2, 1) if at >= n and lead[-n:] in table), 0)
        if (
            size == 1
            and toks[at - 1].low == "over"
            and at > 1
            and toks[at - 2].low in words_named("quantities", "over_after")
        ):
            break  # "handed over 34 prisoners"
        if size:
            found, begin = table[tuple(t.low for t in toks[at - size : at])], at - size
            at = begin
        elif at and (
            toks[at - 1].low in words_named("quantities", "filler")
            or (toks[at - 1].low == "-" and at > 1 and toks[at - 2].low == "sub")
        ):
            at -= 1
        else:
            break
    return found, begin


def _after(toks: Sequence[Tok], last: int) -> tuple[Qualifier | None, int]:
    """The qualifier that begins at token `last` ("or more", "-plus", "+"), and where it ends."""
    table = _qualifiers()["after"]
    at = last + (last < len(toks) and toks[last].low == "-")
    if at >= len(toks) or toks[at].low not in _qualifier_edges()[1]:
        return None, last
    size = next(
        (n for n in (4, 3, 2, 1) if at + n <= len(toks) and tuple(t.low for t in toks[at : at + n]) in table), 0
    )
    words = tuple(t.low for t in toks[at : at + size])
    glued = at < len(toks) and toks[at].start == toks[at - 1].end
    if not size or (words in (("plus",), ("odd",), ("+",)) and not glued) or words == ("and", "more"):
        return None, last
    return table[words], at + size


# ---- one quantity, and two that make a range ---------------------------------------------------------------------------


def _single(toks: Sequence[Tok], number: Number, unit: Unit | None) -> Measure:
    end = unit.last if unit else number.last
    lead = number.first - _currency_tokens(toks, number.first)
    lead, sign = _sign(toks, lead)
    before, begin = _before(toks, lead)
    after, end = _after(toks, end)
    value = None if number.value is None else whole(number.value * sign)
    kind = unit.kind if unit else "share" if number.share else "count"
    change = _change(toks, begin, end, kind=kind, signed=toks[lead].low if lead < number.first else "")
    qualifier: Qualifier = "vague" if number.vague else before or after or "exact"
    if before is not None and number.vague:
        begin = begin if before != "approximately" else lead
    return Measure(
        begin, number.first, number.last, end, value, number.low if number.vague else value, None if number.vague else value,
        qualifier, kind, _code(kind, unit), change, _noun(toks, kind, end), number.share, number.vague,
    )  # fmt: skip


def _code(kind: str, unit: Unit | None) -> str | None:
    return unit.code if unit else "share" if kind == "share" else None


def _sign(toks: Sequence[Tok], lead: int) -> tuple[int, int]:
    """A minus (or plus) sign right before the digits: where it begins, and -1 or 1."""
    sign = toks[lead - 1] if lead else None
    if sign is None or sign.low not in ("-", "−", "+", "minus", "plus") or lead >= len(toks):
        return lead, 1
    if sign.low == "-" and lead > 1 and toks[lead - 2].low == "minus":
        return lead - 2, -1
    touching = sign.end == toks[lead].start
    free = lead == 1 or toks[lead - 2].end < sign.start
    if sign.low == "minus" or (sign.low in ("-", "−") and touching and free):
        return lead - 1, -1
    return (lead - 1, 1) if sign.low == "+" and touching and free else (lead, 1)


_TO = frozenset(("to", "-", "–", "‑"))


def _range(
    toks: Sequence[Tok], left: Number, left_unit: Unit | None, right: Number, right_unit: Unit | None
) -> Measure | None:
    """ "10 to 15", "between 20 and 30", "50-60", "$1 million to $2 million", "three or four"; None where the two are apart."""
    if left.value is None or right.value is None or left.share or right.share:
        return None
    lead = left.first - _currency_tokens(toks, left.first)
    gap_from = left_unit.last if left_unit else left.last
    gap_to = right.first - _currency_tokens(toks, right.first)
    gap = [t.low for t in toks[gap_from:gap_to] if t.low not in ("the", "of", "a")] if 0 < gap_to - gap_from < 4 else []
    begin = _range_start(toks, lead, gap, left, right, by=left_unit is not None)
    if begin is None or not _same_kind(left_unit, right_unit):
        return None
    low, high = _propagated(left, right), right.value
    if low > high or (low == high and gap[0] != "to"):
        return None
    unit = right_unit or left_unit
    end = right_unit.last if right_unit else right.last
    kind = unit.kind if unit else "count"
    change = _change(toks, begin, end, kind=kind, signed="")
    return Measure(
        begin,
        left.first,
        right.last,
        end,
        None,
        whole(low),
        whole(high),
        "between",
        kind,
        _code(kind, unit),
        change,
        _noun(toks, kind, end),
        second=right.first,
    )


def _range_start(
    toks: Sequence[Tok], lead: int, gap: list[str], left: Number, right: Number, *, by: bool
) -> int | None:
    """Where a range begins (at "between", at its qualifier), or None where the words between make none."""
    _, begin = _before(toks, lead)
    prior = toks[begin - 1].low if begin else ""
    if gap == ["and"] or gap == ["and", "between"]:
        return begin - 1 if prior in ("between", "from") else None
    if gap == ["or"]:
        near = (
            left.value is not None
            and right.value is not None
            and left.value < right.value <= max(left.value + 2, left.value * 1.6)
        )
        return begin if near and left.scale == 1 and right.scale == 1 else None
    if not gap or gap[0] not in _TO or (len(gap) > 1 and not (gap[0] == "to" and gap[1] in ("-", "about", "over"))):
        return None
    if gap[0] != "to" and (prior == gap[0] or toks[lead - 1].low == gap[0] if lead else False):
        return None
    if (by and prior == "by") or (gap[0] == "to" and prior in _movers()):
        return None
    return begin - 1 if prior == "between" else begin


def _same_kind(left: Unit | None, right: Unit | None) -> bool:
    return left is None or right is None or left.code == right.code


def _propagated(left: Number, right: Number) -> float:
    """ "1 to 2 thousand" counts both in thousands; "$200 to $4 million" does not."""
    value, top = left.value or 0, right.value or 0
    return (
        value * right.scale if left.scale == 1 < right.scale and value < 1000 and value < top / right.scale else value
    )


# ---- a stated rise or fall ---------------------------------------------------------------------------------------------


@cache
def _changes() -> tuple[dict[str, Change], dict[str, Change]]:
    before: dict[str, Change] = {}
    after: dict[str, Change] = {}
    for row in lexicon("quantities")["change"]:
        before.update(dict.fromkeys(row["before"], row["direction"]))
        after.update(dict.fromkeys(row["after"], row["direction"]))
    return before, after


@cache
def _movers() -> frozenset[str]:
    return frozenset(_changes()[0]) - {"up", "down", "cut", "cuts", "cutting", "added", "adding", "+"}


def _change(toks: Sequence[Tok], begin: int, end: int, *, kind: str, signed: str) -> Change:
    """The direction told right before ("rose by 5 percent", "up 3%") or right after ("a 5 percent rise")."""
    before, after = _changes()
    if signed == "+" and kind == "percent":
        return "up"
    at = begin - 1
    while at >= 0 and toks[at].low in ("by", "a", "an", "another", "further", "only", "just", "additional", "between"):
        at -= 1
    by = any(t.low == "by" for t in toks[at + 1 : begin])
    if at >= 0 and (kind in ("percent", "currency", "measure", "share") or by) and kind != "time":
        told = before.get(toks[at].low)
        if toks[at].low == "up" and at and toks[at - 1].low in ("make", "makes", "made", "making"):
            return None  # "make up 18 percent"
        if told and not (kind == "measure" and not by and toks[at].low in ("up", "down", "cut", "lost", "added")):
            return told
    if kind == "percent" and end < len(toks):
        return after.get(toks[end].low)
    return None


SPACES = re.compile(r"\s+")
"""Any run of white space, the no-break space too: printed names and nouns are told with single spaces."""
