"""Quotations of a paragraph: which marks open, which close, and which mean nothing.

A mark left open never reaches past its own paragraph, so that one stray mark cannot turn the rest of an article inside out. Singles are
taken for quotations only where a closing one is found; everything else with that shape is an apostrophe.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from parley.data import Quotation, Span

_MARK = re.compile(r"[\"“”„‟«»‘’‚‹›'`]")
_TWIN = re.compile(r"''|``|‘‘|’’")
"""Two singles for a double, as old wires and typewriters print it: ''yes'', ``yes'', ‘‘yes’’."""
_DOUBLE = frozenset('"“”„‟«»')
_OPENS = frozenset("“„«‟")
_BEFORE_OPENER = frozenset("([{-–—/…:;,“„«‘'\"\u00a0\u202f")
_AFTER_CLOSER = frozenset(")]}.,;:!?-–—/…”»’'\"")
# ‘90s, ’em, 'til: an apostrophe at the head of a shortened word.
_SHORTENED = re.compile(r"(?:\d0?s?\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|round\b|s\b|ll\b|re\b|ve\b)", re.IGNORECASE)
# How many closing singles are looked at for one opening single; bounds the work on a text of apostrophes.
_CLOSERS_TRIED = 12


@dataclass(slots=True)
class _Pair:
    start: int
    end: int  # just after the closing mark, or where an open quotation is cut
    closed: bool
    width: int = 1  # of each mark
    bare: bool = False  # begins at the paragraph's start without a mark of its own


def quotations(text: str, start: int, end: int, *, paragraph: int, goes_on: bool = False) -> tuple[Quotation, ...]:
    """The quotations of the paragraph `text[start:end]`, by start.

    `goes_on` says that the paragraph before ended inside a quotation: a closing mark that nothing opened then closes that one
    here, from the paragraph's start.

    >>> [(q.inner.text, q.depth) for q in quotations("“He said ‘no’ twice,” she said.", 0, 31, paragraph=1)]
    [('He said ‘no’ twice,', 1), ('no', 2)]
    """
    marks = [m.start() for m in _MARK.finditer(text, start, end)]
    if not marks:
        return ()
    pairs = _doubles(text, start, end, [m for m in marks if text[m] in _DOUBLE], goes_on)
    pairs += (twins := _twins(text, start, end))
    used = {at for p in twins for at in (p.start, p.start + 1, p.end - 2, p.end - 1)}
    pairs += _singles(text, start, end, [m for m in marks if text[m] in "‘’'`‚‹›" and m not in used], pairs)
    pairs.sort(key=lambda p: (p.start, -p.end))
    return tuple(
        _quotation(text, pair, depth, paragraph) for pair, depth in _with_depth(pairs) if pair.end - pair.start > 2
    )


def _quotation(text: str, pair: _Pair, depth: int, paragraph: int) -> Quotation:
    inner_start = pair.start + (0 if pair.bare else pair.width)
    inner_end = pair.end - (pair.width if pair.closed else 0)
    return Quotation(
        outer=Span.of(text, pair.start, pair.end),
        inner=Span.of(text, inner_start, max(inner_start, inner_end)),
        paragraph=paragraph,
        closed=pair.closed,
        depth=depth,
    )


def _with_depth(pairs: list[_Pair]) -> list[tuple[_Pair, int]]:
    out: list[tuple[_Pair, int]] = []
    around: list[int] = []
    for pair in pairs:
        while around and around[-1] <= pair.start:
            around.pop()
        out.append((pair, min(2, len(around) + 1)))
        around.append(pair.end)
    return out


def _looks_opening(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in _BEFORE_OPENER) and not after.isspace()


def _looks_closing(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return not before.isspace() and (after.isspace() or after in _AFTER_CLOSER or not after.isalnum())


def _doubles(text: str, start: int, end: int, marks: Sequence[int], goes_on: bool) -> list[_Pair]:
    """Double marks paired with a stack; what stays open is cut at the next opening mark's sentence, or at the end."""
    out: list[_Pair] = []
    stack: list[int] = []
    left: list[int] = []
    for at in marks:
        if not stack and text[at] == '"' and _stands_alone(text, at, start, end):
            continue
        if _opens(text, at, start, end, stack):
            if stack and text[at] == '"' == text[stack[-1]]:
                left.append(stack.pop())  # straight marks do not nest: the one before was never closed
            stack.append(at)
        elif stack:
            out.append(_Pair(stack.pop(), at + 1, closed=True))
        elif goes_on and not out and not left and at > start:
            out.append(_Pair(start, at + 1, closed=True, bare=True))
    openers = sorted(left + stack)
    taken = sorted([p.start for p in out] + openers)
    for at in openers:
        following = bisect_left(taken, at + 1)
        # An unclosed mark before which others open: a slip, or a missing mark; cut where its sentence can end.
        # With nothing opening after it, the quotation goes on in the next paragraph.
        stop = taken[following] if following < len(taken) else end
        if stop < end:
            stop = _sentence_end(text, at, stop)
        out.append(_Pair(at, stop, closed=False))
    return out


def _stands_alone(text: str, at: int, start: int, end: int) -> bool:
    """True for a mark with white space, or the paragraph's edge, on both sides: a slip."""
    return (at == start or text[at - 1].isspace()) and (at + 1 >= end or text[at + 1].isspace())


def _opens(text: str, at: int, start: int, end: int, stack: list[int]) -> bool:
    mark = text[at]
    opening, closing = _looks_opening(text, at, start, end), _looks_closing(text, at, start, end)
    if mark == "«":
        return not (stack and text[stack[-1]] == "»")
    if mark == "»":
        return not stack and opening and not closing
    if mark in _OPENS:
        # “ closes after „, and where a careless writer turned it round.
        return not (stack and (text[stack[-1]] == "„" or (closing and not opening)))
    if mark == "”":
        return not stack and opening and not closing
    if opening != closing:
        return opening
    return not stack


def _sentence_end(text: str, start: int, stop: int) -> int:
    """Just after the first sentence end in `text[start:stop]`, or the last character that is no space."""
    match = re.compile(r"[.!?…](?=\s)").search(text, start, stop)
    if match:
        return match.end()
    while stop > start + 1 and text[stop - 1].isspace():
        stop -= 1
    return stop


def _twins(text: str, start: int, end: int) -> list[_Pair]:
    """Marks of two singles, each opening one with the next that closes."""
    out: list[_Pair] = []
    opened: int | None = None
    for match in _TWIN.finditer(text, start, end):
        at, behind = match.span()
        spaced = at == start or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENER
        if opened is None or match.group() in ("``", "‘‘"):
            opened = at if spaced and behind < end and not text[behind].isspace() else None
        elif not text[at - 1].isspace():
            out.append(_Pair(opened, behind, closed=True, width=2))
            opened = None
    return out


def _singles(text: str, start: int, end: int, marks: Sequence[int], doubles: list[_Pair]) -> list[_Pair]:
    if not marks:
        return []
    out: list[_Pair] = []
    edges = sorted({p.start for p in doubles} | {p.end for p in doubles})
    closers = [m for m in marks if text[m] in "’'›‘" and _single_closes(text, m, start, end)]
    until = start
    for at in marks:
        if at < until or not _single_opens(text, at, start, end):
            continue
        found = _closer(text, at, closers, edges, doubles)
        if found is not None:
            out.append(_Pair(at, found + 1, closed=True))
            until = found + 1
    return out


def _single_opens(text: str, at: int, start: int, end: int) -> bool:
    if text[at] in "’›":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if not (before.isspace() or before in '([{-–—/“„«"\u00a0') or not (after.isalnum() or after in '[“"…('):
        return False
    return not _SHORTENED.match(text, at + 1, min(end, at + 8))


def _single_closes(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return not before.isspace() and not after.isalnum() and before not in "(["


def _closer(text: str, at: int, closers: list[int], edges: list[int], doubles: list[_Pair]) -> int | None:
    """The closing single for the opening one at `at`: the first that is no plural possessive, else the first."""
    first: int | None = None
    index = bisect_left(closers, at + 2)
    for close in closers[index : index + _CLOSERS_TRIED]:
        if _crosses(at, close, edges, doubles):
            continue
        if text[close - 1] not in "sS" or not text[close + 1 : close + 2].isspace():
            return close
        first = close if first is None else first
    return first


def _crosses(at: int, close: int, edges: list[int], doubles: list[_Pair]) -> bool:
    """True where one double quotation holds only one of the two marks."""
    if bisect_left(edges, at) == bisect_left(edges, close):
        return False
    return any((p.start < at < p.end) != (p.start < close < p.end) for p in doubles[: _CLOSERS_TRIED * 4])
