"""One outlet's rendering of somebody's words: what of it can be held against another outlet's.

Words are compared as stems without case, so that "accepted" and "accepts" are one; numbers by value; whether something is denied
apart from the words. A rendering is made from the item that `utterances.items` brings, and from nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from parley.annotate.language.grammar import word_set
from parley.annotate.quantities.numbers import may_hold_number, numbers, scan
from parley.compare.speech.quoted import OPENING, Printed, printed
from parley.compare.speech.voices import Voice
from parley.compare.stems import stem
from parley.data import small

STALE = 2
"""Days that may lie between words and the news of them, where no day is given: a day for the time zone, one for the paper."""

OPEN = 5
"""Days of a window beyond which it tells nothing of the occasion; also how far apart two printings of the same quotation may lie."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_EMPTY = word_set(
    """
    a an the this that these those there here it its he him his she her hers they them their theirs we us our ours i me my mine you your
    yours who whom whose which what when where why how and or but nor so if then than as at by for from in into of off on onto out over
    under up down with without within to too about after before between during through until till while because since against
    be is are was were been being am do does did done doing have has had having will would shall should can could may might must
    one some any all each every both either neither other another such same own more most less least very much many few also just
    only even still yet again already now today yesterday tomorrow said say says told tell tells saying it's that's he's she's they're
    we're i'm you're we've they've monday tuesday wednesday thursday friday saturday sunday let
    """
)
"""Words that nearly every statement has; days of the week are said of the day, not by the speaker."""

_DENYING = word_set(
    """
    no not never none nobody nothing neither nor cannot without refuse refuses refused refusing reject rejects rejected rejecting
    deny denies denied denying decline declines declined declining dismiss dismisses dismissed dispute disputes disputed
    """
)
"""Words that turn what is said round, in the content or as its cue: who denied that he fired says that he did not."""


def denies(text: str) -> bool:
    """True where a text turns what it says round an odd number of times.

    >>> denies("it had not fired"), denies("denied"), denies("no round was not counted")
    (True, True, False)
    """
    return bool(sum(w in _DENYING or w.endswith("n't") for w in _WORD.findall(small(text))) % 2)


@dataclass(frozen=True, slots=True)
class When:
    """The days on which something can have been said, as ordinals; `firm` where the article gives the day. Both ends may be open."""

    first: int | None
    last: int | None
    firm: bool

    @property
    def known(self) -> bool:
        """True where the days are few enough to tell one occasion from the next."""
        return self.first is not None and self.last is not None and self.last - self.first <= OPEN

    def meets(self, other: When, *, slack: int = 0) -> bool:
        """True where both can have been on one day, or within some days of each other."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        return self.first <= other.last + slack and other.first <= self.last + slack

    def earlier(self, days: int) -> When:
        """The same days and some before them, where the article gives none: old words are quoted as well as new ones."""
        return self if self.firm or self.first is None else When(self.first - days, self.last, firm=False)


@lru_cache(maxsize=8192)
def when(said_on: str | None, published: str | None, latest: str | None) -> When:
    """When something was said, by the day that the article gives or else by the day of the article.

    >>> spoken = when("2031-03-07", "2031-03-08", "2031-03-08")
    >>> spoken.last - spoken.first, spoken.firm
    (0, True)
    >>> when(None, "2031-03-08", "2031-03-09").last - when(None, "2031-03-08", "2031-03-09").first
    3
    """
    news = _days(published), _days(latest or published)
    if said_on and (spoken := _days(said_on)):
        first, last = spoken
        if news[1] and first <= news[1][1] < last:
            last = news[1][1]
        return When(first, last, firm=True)
    return When(
        news[0][0] - STALE if news[0] else None,
        news[1][1] if news[1] else None,
        firm=False,
    )


@lru_cache(maxsize=8192)
def _days(text: str | None) -> tuple[int, int] | None:
    """The first and the last day of a date of any precision, as ordinals."""
    if not text:
        return None
    parts = [int(p) for p in text[:10].split("-")]
    try:
        first = date(*[*parts, 1, 1][:3])
        if len(parts) == 3:
            return first.toordinal(), first.toordinal()
        year, month = (first.year + 1, 1) if len(parts) == 1 or first.month == 12 else (first.year, first.month + 1)
        return first.toordinal(), (date(year, month, 1) - timedelta(days=1)).toordinal()
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """One statement as it is compared. `place` orders renderings: by article, then by where they stand in it. A `stranger` is
    somebody whose side is not known, looked for among this one."""

    id: str
    article: str
    span: tuple[int, int]
    place: tuple[int, int]
    voice: Voice | None
    when: When
    printed: tuple[int, int] | None
    kind: str
    title: bool
    stems: frozenset[str]
    values: frozenset[float]
    denied: bool
    parts: tuple[str, ...]
    stranger: bool

    @property
    def words(self) -> Printed:
        """Its words as printed; looked at only where two renderings have words in common."""
        return _printed(self.parts, self.kind == "direct")

    @property
    def quotes(self) -> bool:
        """False where no word of it can stand in quotation marks."""
        return self.kind == "direct" or any(mark in part for part in self.parts for mark in OPENING)

    @property
    def guest(self) -> bool:
        """True where the day or the side is not known."""
        return self.stranger or not self.when.known

    @property
    def direct(self) -> bool:
        """True where all of it stands in quotation marks."""
        return self.kind == "direct"


def brought(parts: Sequence[str], cue: str | None) -> dict[str, Any]:
    """What an item holds of a statement's words: read once, when the article comes, and not with every block that is made again."""
    text = " … ".join(parts)
    return {
        "parts": list(parts),
        "stems": sorted(stems(text)),
        "values": sorted(values(text)),
        "denied": denies(text) != denies(cue or ""),
    }


def rendering(item: Mapping[str, Any], at: int) -> Rendering:
    """The rendering of an item; `at` is the place of its article among the others."""
    voice = item["who"]
    first, last = _days(item["published"]), _days(item["latest"] or item["published"])
    return Rendering(
        id=item["id"],
        article=item["article"],
        span=(item["start"], item["stop"]),
        place=(at, item["start"]),
        voice=Voice(*voice) if voice else None,
        when=when(item["said_on"], item["published"], item["latest"]),
        printed=(first[0], last[1]) if first and last else None,
        kind=item["kind"],
        title=item["title"],
        stems=frozenset(item["stems"]),
        values=frozenset(item["values"]),
        denied=item["denied"],
        parts=tuple(item["parts"]),
        stranger=item.get("stranger", False),
    )


@lru_cache(maxsize=65536)
def _printed(parts: tuple[str, ...], whole: bool) -> Printed:
    return printed(parts, whole=whole)


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, without those that say little."""
    return frozenset(stem(w) for w in set(_WORD.findall(small(text))) - _EMPTY - _DENYING if len(w) > 1)


def values(text: str) -> frozenset[float]:
    """The numbers of a text; "one" and "two" count for nothing, as they are said of anything.

    >>> sorted(values("nine people and 4 072 more, in two towns"))
    [9, 4072]
    """
    if not may_hold_number(text):
        return frozenset()
    found = (n.value if n.value is not None else n.low for n in numbers(scan(text)))
    return frozenset(v for v in found if v is not None and v > 2)
