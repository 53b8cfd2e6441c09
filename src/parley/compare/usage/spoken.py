"""In whose voice words of an article stand: the outlet's own, its headline's, or somebody's whom it quotes or reports."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from parley.clean.quotes import quotations
from parley.compare.base import Told

SCARE_WORDS = 5
"""A quotation of more words is somebody's speech even where nobody is named: as in `annotate/wording.py`."""

OWN = ("outlet", "headline", "scare", "insert")
"""The voices in which an outlet speaks for itself."""

_PARAGRAPH = re.compile(r"[^\n]+")

Stretch = tuple[int, int]


class Spoken:
    """The voices of one article."""

    def __init__(self, told: Told) -> None:
        title = told.article["title_span"]
        self._title = (title[0], title[1]) if title else None
        said = [r for r in told.statements if r["status"] != "rejected"]
        self._said = _Stretches((c[0], c[1]) for row in said for c in row["content"])
        self._quoted = _Stretches(_quoted(told.text, pieces(told)))
        self._text = told.text

    def voice(self, start: int, stop: int) -> str:
        """Whose words stand at `[start, stop)`: headline, quoted, scare, indirect or outlet."""
        if self._title and self._title[0] <= start < self._title[1]:
            return "headline"
        said = self._said.holding(start, stop)
        quoted = self._quoted.holding(start, stop)
        if quoted is not None:
            long = len(self._text[slice(*quoted)].split()) > SCARE_WORDS
            return "quoted" if said or long or self._said.touching(quoted) else "scare"
        return "indirect" if said else "outlet"


class _Stretches:
    """Stretches of text, to be asked which of them hold others."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._all = sorted(set(stretches))
        self._starts = [s for s, _ in self._all]
        self._reach: list[int] = []
        for _, stop in self._all:
            self._reach.append(max(stop, self._reach[-1] if self._reach else stop))

    def holding(self, start: int, stop: int) -> Stretch | None:
        """The innermost stretch that holds `[start, stop)`."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= stop:
            if self._all[at][1] >= stop:
                return self._all[at]
            at -= 1
        return None

    def touching(self, other: Stretch) -> bool:
        """True where a stretch shares a character with another."""
        at = bisect_right(self._starts, other[1] - 1) - 1
        return at >= 0 and self._reach[at] > other[0]


def pieces(told: Told) -> Sequence[Stretch]:
    """The article's own text: its title, then its body without what was set aside."""
    head = told.article
    out: list[Stretch] = []
    title, body = head["title_span"], head["body"] or [0, len(told.text)]
    if title:
        out.append((title[0], title[1]))
    at, end = body
    holes = sorted((d["span"][0], d["span"][1]) for d in head["dropped"])
    if title:
        holes = sorted([*holes, (title[0], title[1])])
    for start, stop in [*holes, (end, end)]:
        if at < min(start, end):
            out.append((at, min(start, end)))
        at = max(at, stop)
    return out


def _quoted(text: str, parts: Sequence[Stretch]) -> Iterable[Stretch]:
    for start, stop in parts:
        goes_on = False
        for number, match in enumerate(_PARAGRAPH.finditer(text, start, stop)):
            found = quotations(text, match.start(), match.end(), paragraph=number, goes_on=goes_on)
            goes_on = bool(found) and not found[-1].closed and found[-1].outer.end >= match.end()
            yield from ((q.inner.start, q.inner.end) for q in found)
