"""What a figure takes over from the figures and the sentence before it: whose part it is, who counts, where and when.

"The dead included six women" are part of the 17 told before, and died where and when they did. Only plain deeds take over a
place or a day, and only from near by: a wrong day is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parley.annotate.figures.places import land_of
from parley.data import Figure, Value

Key = tuple[int, int]
DEEDS = (
    "killed",
    "injured",
    "casualties",
    "captives_released",
    "infrastructure_damaged",
    "attacks",
    "displaced",
    "missing",
)
_COUNTED_AT_HOME = ("killed", "injured", "casualties", "missing")


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure before what it takes over is known and repeated ones are dropped.

    `parent` is the key of the draft whose subset it is; `here` is the only place its sentence and the one before it in its paragraph name; `settled` says
    that its own sentence tells when, or tells of another time than the one before; `plain` that it is told as news, in a plain past tense.
    """

    key: Key
    parent: Key | None
    figure: Figure
    head: str | None
    paragraph: int
    part: bool = False
    others: bool = False
    background: bool = False
    settled: bool = False
    plain: bool = False
    here: str | None = None
    whole: Value = None


def handed_on(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of an article, in the order of its text, with what each takes over from those before it."""
    out: list[Draft] = []
    by_key: dict[Key, Draft] = {}
    for draft in drafts:
        parent = draft.parent or (_whole_before(draft, out) if draft.part else None)
        draft = draft if parent == draft.parent else replace(draft, parent=parent)
        if parent is None or parent in by_key:  # a whole told after its part is looked at again below
            draft = _filled(draft, out, by_key)
        out.append(draft)
        by_key[draft.key] = draft
    return [_from_whole(d, by_key) for d in out]


def _whole_before(draft: Draft, earlier: Sequence[Draft]) -> Key | None:
    """The whole that a part of an earlier sentence's figure is a part of."""
    for other in reversed(earlier[-4:]):
        same = other.figure.category == draft.figure.category and not other.part
        if same and draft.paragraph - other.paragraph <= 1 and _size(other.figure) > _size(draft.figure):
            return other.key
    return None


def _size(figure: Figure) -> float:
    values = (v for v in (figure.value, figure.high, figure.low) if isinstance(v, int | float))
    return max(values, default=0)


def _filled(draft: Draft, earlier: Sequence[Draft], by_key: Mapping[Key, Draft]) -> Draft:
    draft = _from_whole(draft, by_key)
    own = draft.figure
    if own.category not in DEEDS or own.scope == "cumulative":
        at_home = _at_home(own)
        return draft if at_home is own else replace(draft, figure=at_home)
    if draft.others and own.place is None and (before := _last_whole(draft, earlier)) is not None:
        own = replace(own, place=before.figure.place)
    own = _at_home(own)
    if own.place is None and draft.plain and draft.here is not None:
        own = replace(own, place=draft.here)
    if own.date is None and own.since is None and not draft.settled and draft.plain:
        day = _day_before(draft, earlier)
        own = own if day is None else replace(own, date=day)
    return draft if own is draft.figure else replace(draft, figure=own)


def _at_home(own: Figure) -> Figure:
    """ "Meruvia's health ministry said 14 people had been killed": in Meruvia, where nothing nearer is named."""
    if own.place is not None or own.category not in _COUNTED_AT_HOME:
        return own
    return replace(own, place=land_of(own.claimant))


def _from_whole(draft: Draft, by_key: Mapping[Key, Draft]) -> Draft:
    """A part takes from its whole who counts, when and where, as far as it says none of its own."""
    if draft.parent is None or draft.parent not in by_key:
        return draft
    whole = by_key[draft.parent].figure
    own = draft.figure
    if own.claimant is None and whole.claimant is not None:
        own = replace(own, claimant=whole.claimant, via=whole.via)
    if own.date is None and own.since is None:
        own = replace(own, date=whole.date, since=whole.since)
    return replace(draft, figure=replace(own, place=own.place or whole.place))


def _last_whole(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    return next((d for d in reversed(earlier[-4:]) if not d.part and draft.paragraph == d.paragraph), None)


def _day_before(draft: Draft, earlier: Sequence[Draft]) -> str | None:
    """The day of the last deed told as news, in this paragraph or the one before."""
    for other in reversed(earlier[-6:]):
        day = other.figure.date
        if draft.paragraph - other.paragraph > 1:
            return None
        if day is not None and len(day) == 10 and other.figure.category in DEEDS:
            return day if other.plain else None
    return None
