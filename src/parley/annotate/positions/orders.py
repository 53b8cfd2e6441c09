"""Demands that a quotation gives as orders: "Open the road, lift the siege", "No troops on our soil"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit
from parley.annotate.positions.issues import Issue
from parley.annotate.positions.stances import word_class
from parley.annotate.positions.words import MARKS
from parley.data import Statement

_ENDS = frozenset((",", ".", "!", ";", "and", "or", *MARKS))
_WAITS = frozenset(("until", "before", "unless"))
_APART = 14
"""Words between two orders of one list."""
_NEAR = 3
_NOS = frozenset(("no", "not"))
_STOPS = frozenset((".", ";", *MARKS))
_THEN = frozenset(("we", "you", "they", "it"))
_WILLS = frozenset(("will", "'ll"))


@dataclass(frozen=True, slots=True)
class Order:
    """An order by its words, `[first, last)` of the sentence with its marks."""

    first: int
    last: int
    stance: str
    issue: str
    statement: Statement


def may_order(line: Line) -> bool:
    """True where a sentence may hold an order: somebody is quoted, and a word for ordering stands there."""
    if all(s.kind == "indirect" for s in line.statements):
        return False
    return not (word_class("orders") | _NOS).isdisjoint(line.lowers)


def orders(line: Line, issues: Sequence[Hit[Issue]]) -> Iterator[Order]:
    """The orders of a sentence; it must have its quotation marks."""
    for at, word in enumerate(line.lowers[:-1]):
        refusal = word in ("no", "not") and (word == "no" or line.lowers[at + 1] in ("one", "a", "an"))
        if not (refusal or word in word_class("orders")) or not _opens(line, at):
            continue
        statement = line.statement_at(line.span(at, at + 1))
        if statement is None or statement.kind == "indirect" or line.lowers[at + 1] in ("us", "me", "'s"):
            continue
        yield from _order(line, issues, at, statement, refusal=refusal)


def _order(
    line: Line, issues: Sequence[Hit[Issue]], at: int, statement: Statement, *, refusal: bool
) -> Iterator[Order]:
    end = next((i for i in range(at + 1, len(line.lowers)) if line.lowers[i] in _ENDS), len(line.lowers))
    words = line.lowers[at:end]
    if "without" in words:
        return  # "no deal without": a demand, and told as one
    inside = [h for h in issues if at <= h.first and h.last <= end]
    if inside and not (refusal and inside[0].first > at + _NEAR):
        stance = ("conditional" if _WAITS & set(words) else "rejects") if refusal else "demands"
        yield Order(at, end, stance, inside[0].entry.name, statement)
    if not refusal:
        yield from _what_follows(line, issues, end, statement)


def _what_follows(line: Line, issues: Sequence[Hit[Issue]], end: int, statement: Statement) -> Iterator[Order]:
    """The yes that an order is the price of: "Lift the sanctions, and you will find us at the table"."""
    for at in range(end, min(len(line.lowers) - 2, end + _APART)):
        if line.lowers[at] == "and" and line.lowers[at + 1] in _THEN and line.lowers[at + 2] in _WILLS:
            stop = next((i for i in range(at + 3, len(line.lowers)) if line.lowers[i] in _STOPS), len(line.lowers))
            inside = [h for h in issues if at < h.first and h.last <= stop]
            if inside:
                yield Order(at + 1, stop, "conditional", inside[0].entry.name, statement)
            return


def _opens(line: Line, at: int) -> bool:
    """True for a plain verb that begins a quotation, a sentence in one, or goes on with a list of orders."""
    before = line.lowers[at - 1] if at else '"'
    if before in MARKS or at == 0:
        return not _closes(line.lowers, at - 1)
    earlier = line.lowers[max(0, at - _APART) : at - 1]
    return before in (",", "and") and any(
        (w in word_class("orders") or w == "no") and (i == 0 or earlier[i - 1] in MARKS) for i, w in enumerate(earlier)
    )


def _closes(lowers: Sequence[str], at: int) -> bool:
    """True for the mark behind "paltry" in: a "paltry" pay offer."""
    return at >= 0 and (lowers[at] in ("”", "»") or (lowers[at] == '"' and lowers[:at].count('"') % 2 == 1))
