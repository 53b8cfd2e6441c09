"""A second look: what the rules see beside what another finder found.

Words that it may not know, the speaker whom an outlet passes on, the other half of "A truce, he said, was a truce", and what somebody
says inside of what somebody else says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from parley.annotate.language.grammar import word_set
from parley.annotate.language.ranges import Ranges
from parley.annotate.statements.rules import RawAttribution
from parley.annotate.statements.unsaid import HELPERS
from parley.codebooks import lexicon
from parley.data import Reading

_PAPERS = (
    " Observer",
    " Guardian",
    " Chronicle",
    " Examiner",
    " Telegraph",
    " Standard",
    " Inquirer",
    " Mirror",
)
"""What papers are called, and much else is when it is printed small: "the observer"."""
_NO_WORDS = word_set("show seem intend think")
_LEADS_IN = re.compile(r"(?:addressing|speaking|in|at|on|during|after|earlier)\b[^,;:“”\"]{0,90},(?: the)?")
_NEAR = 40
_FEW = 40
"""Attributions of the rules that a look-up gives at most: one sentence holds no more."""


class _ByCue:
    """Attributions by where their cue stands, so that each question costs a look-up, however many there are."""

    def __init__(self, rules: Sequence[RawAttribution]) -> None:
        self._all = sorted((r for r in rules if r.cue is not None), key=lambda r: r.cue or (0, 0))
        self._starts = [r.cue[0] for r in self._all if r.cue is not None]

    def between(self, start: int, end: int) -> list[RawAttribution]:
        """Those whose cue begins in `[start, end)`; at most the first few, as one sentence holds no more."""
        first = bisect_left(self._starts, start)
        return self._all[first : min(bisect_left(self._starts, end), first + _FEW)]


class _Holders:
    """Which stretches lie inside one content."""

    def __init__(self, raws: Sequence[RawAttribution]) -> None:
        pairs = sorted(part for raw in raws for part in raw.content)
        self._starts = [start for start, _ in pairs]
        self._furthest = list(accumulate((end for _, end in pairs), max))

    def hold(self, low: int, high: int) -> bool:
        at = bisect_right(self._starts, low) - 1
        return at >= 0 and self._furthest[at] >= high


def second_look(
    reading: Reading, raws: Sequence[RawAttribution], rules: Sequence[RawAttribution]
) -> list[RawAttribution]:
    """What another finder found, with what the rules see beside it: words it may not know, the speaker whom an outlet passes
    on, and what somebody says inside of what somebody else says.
    """
    by_cue = _ByCue(rules)
    out = [_on_both_sides(_passed_on(reading, _swallowed(raw, by_cue), by_cue), by_cue) for raw in raws]
    out = [part for raw in out for part in _joined(reading.text, raw, by_cue)]
    cues = Ranges(raw.cue for raw in out if raw.cue is not None)
    contents = Ranges(part for raw in out for part in raw.content)
    holders = _Holders(out)
    for rule in rules:
        if rule.cue is None or cues.touches(*rule.cue):
            continue
        free = not any(contents.touches(*part) for part in rule.content) and not contents.touches(*rule.cue)
        if (rule.also and free) or _is_within(rule, holders):
            out.append(rule)
    return sorted(out, key=lambda r: (r.content[0], r.cue or r.content[0]))


def _is_within(rule: RawAttribution, holders: _Holders) -> bool:
    """True where source, cue and content stand inside one content."""
    if rule.source is None or rule.cue is None or rule.act in _NO_WORDS:
        return False
    parts = (rule.source, rule.cue, *rule.content)
    return holders.hold(min(p[0] for p in parts), max(p[1] for p in parts))


def _swallowed(raw: RawAttribution, rules: _ByCue) -> RawAttribution:
    """ "*He said Tor Olim, the envoy,* had come, contradicting ...": a source that holds an attribution of its own is that one."""
    if raw.source is None or raw.cue is None:
        return raw
    start, end = raw.source
    for rule in rules.between(start, end):
        if rule.cue is None or rule.source is None or rule.act != "say" or rule.cue[0] == raw.cue[0]:
            continue
        if rule.source[0] == start and rule.cue[1] < end and rule.content[0][0] >= rule.cue[1]:
            return replace(rule, confidence=raw.confidence)
    return raw


def _on_both_sides(raw: RawAttribution, rules: _ByCue) -> RawAttribution:
    """ "A truce, he said, was a truce": where one half was found, the rules know the other."""
    if raw.cue is None or len(raw.content) != 1:
        return raw
    start, end = raw.content[0]
    for rule in rules.between(raw.cue[0] - _NEAR, raw.cue[1]):
        if rule.cue is None or len(rule.content) != 2 or not (rule.cue[0] < raw.cue[1] and raw.cue[0] < rule.cue[1]):
            continue
        (a, b), (c, d) = rule.content
        if abs(a - start) <= 2 and abs(b - end) <= 3:
            return replace(raw, content=((start, end), (c, d)))
        if abs(c - start) <= 2 and abs(d - end) <= 3:
            return replace(raw, content=((a, b), (start, end)))
    return raw


def _joined(text: str, raw: RawAttribution, rules: _ByCue) -> list[RawAttribution]:
    """ "Told it that the reactor would stay open and demanded that they move first": two statements of one source."""
    if raw.source is None:
        return [raw]
    start, end = raw.content[-1]
    for rule in rules.between(start + 1, end):
        if rule.cue is None or rule.source != raw.source:
            continue
        front = text[start : rule.cue[0]].rstrip()
        words = front.split()
        while words and words[-1].lower() in HELPERS | {"also", "then"}:
            words.pop()
        if len(words) < 3 or words[-1].lower() not in ("and", "but") or rule.content[0][0] < rule.cue[1]:
            continue
        cut = start + front.rfind(words[-1])
        while cut > start and text[cut - 1] in " \u00a0,":
            cut -= 1
        return [replace(raw, content=(*raw.content[:-1], (start, cut))), replace(rule, confidence=raw.confidence)]
    return [raw]


def _passed_on(reading: Reading, raw: RawAttribution, rules: _ByCue) -> RawAttribution:
    """ "State media reported Barrani said on Sunday that ...", "Rebels have said that ..., the agency reported": the words are
    those of whom the outlet names at the head of what it reports.
    """
    text = reading.text
    if raw.source is None or not is_medium(text[slice(*raw.source)]):
        return raw
    start, end = raw.content[0][0], raw.content[-1][1]
    for rule in rules.between(start, end):
        if rule.source is None or rule.cue is None or rule.source == raw.source:
            continue
        if rule.source[0] < start or rule.cue[1] > end:
            continue
        lead = text[start : rule.source[0]].strip().lower()
        if (
            (lead in ("", "that", "the") or _LEADS_IN.fullmatch(lead))
            and rule.content[0][0] >= rule.cue[1]
            and abs(rule.content[-1][1] - end) <= 3
        ):
            return replace(rule, confidence=raw.confidence, via=text[slice(*raw.source)])
    return raw


@cache
def _media() -> frozenset[str]:
    return frozenset(w for row in lexicon("speakers")["medium"] for w in row["words"])


def is_medium(source: str) -> bool:
    """True for a body that passes on what others say.

    >>> is_medium("Averonese state media"), is_medium("the Kell ministry")
    (True, False)
    """
    if source.removeprefix("The ").removeprefix("the ").rstrip(".,").endswith(_PAPERS):
        return True
    words = [w.strip(",.").lower().removesuffix("'s").removesuffix("’s") for w in source.split(",")[0].split()]
    return any(w in _media() for w in words)
