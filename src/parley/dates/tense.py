"""Does a clause speak of what was or of what is to come? Told by the nearest verb that says so."""

from __future__ import annotations

from typing import Literal

from parley.dates.scan import Scan
from parley.dates.words import word_set

Tense = Literal["past", "future"]

_REACH = 14
_FUTURE = word_set("will ll shall won upcoming scheduled due expected slated planned plans planning would tentatively")
_PAST = word_set(
    "said told was were had did went came took made held met began left led fell rose struck hit shot saw sent "
    "gave won lost found became got spoke wrote broke fought drove flew kept brought bought thought sought "
    "fled blew ran has have been says according grew stood sat knew felt heard paid sold withdrew threw drew "
    "overthrew bore swore"
)
# Participles and adjectives in -ed that tell no time, and words that only look like a past.
_NO_TENSE = word_set(
    "united armed need indeed red bed feed speed occupied besieged proposed alleged wounded wanted hundred "
    "sacred naked limited mixed exceed proceed succeed breed creed seed weed shed led-"
)
_GOVERNS = word_set(
    "plan plans planned planning expected scheduled due set agree agreed agrees hope hopes hoped want wants "
    "wanted likely intend intends intended prepare prepares preparing prepared promise promised promises vow "
    "vowed vows supposed ready poised about decided invited deadline time chance talks summit meeting election "
    "vote is are were was pledged threatened"
)
_NOT_VERB = word_set(
    "the a an its his her their our my this that these those another some any all both no one two three end "
    "midnight noon date"
)


def tense_of(scanned: Scan, first: int, last: int) -> Tense | None:
    """The tense around parts `[first, last)`: what stands before in the clause decides, else what follows.

    >>> from parley.dates.scan import scan
    >>> s = scan("The court will rule on Monday"); tense_of(s, 11, 12)
    'future'
    """
    return _walk(scanned, first | 1, -2) or _walk(scanned, (last - 1) | 1, 2)


def _walk(s: Scan, start: int, step: int) -> Tense | None:
    k = start + step
    for _ in range(_REACH):
        gap = s.parts[k - step // 2] if 0 <= k - step // 2 < len(s.parts) else "."
        if not 0 < k < len(s.parts) or _ends_clause(gap):
            return None
        found = _cue(s, k)
        if found:
            return found
        k += step
    return None


def _ends_clause(gap: str) -> bool:
    return len(gap) > 1 and any(c in gap for c in ".;!?\n:") and gap not in ("\n", " \n", "\n ")


def _cue(s: Scan, k: int) -> Tense | None:
    word = s.word(k)
    if word in _FUTURE or (word in ("have", "be") and s.word(k - 2) in _FUTURE):
        return "future"
    if word in _PAST:
        return "past"
    if word == "to":
        return _infinitive(s, k)
    if len(word) > 4 and word.endswith("ed") and word not in _NO_TENSE and s.printed(k).islower():
        return "past"
    return None


def _infinitive(s: Scan, k: int) -> Tense | None:
    """ "scheduled to meet", "talks to be held": what is still to come."""
    following = s.printed(k + 2)
    if not following.islower() or following in _NOT_VERB:
        return None
    before = [s.word(k - 2 * n) for n in (1, 2, 3)]
    if (
        following == "be"
        or before[0] in _GOVERNS
        or (before[1] in _GOVERNS and before[1] not in ("is", "are", "was", "were"))
    ):
        return "future"
    return None
