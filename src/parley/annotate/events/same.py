"""Which tellings tell the same event: one row for each, at its fullest telling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parley.annotate.events.happenings import words
from parley.data import Event

_ENDS_OF_TALKS = {"talks_no_progress", "talks_suspended"}
_BESIDE = 60
"""Characters between two tellings that stand beside each other."""
_ANSWERS = 600
"""Characters between what somebody is said to have done and his denial of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event: the row, its clause and its own words by their places in the sentence.

    `own` is where its verb group begins, or its subject where that is among its words (`befalls`); `clause` is the same for tellings that share a clause.
    """

    row: Event
    first: int
    last: int
    words: tuple[int, int]
    own: int
    toll: bool = False
    noun: bool = False
    plain: bool = True
    befalls: bool = False
    clause: tuple[int, int] = (0, 0)

    @property
    def weight(self) -> tuple[bool, bool, bool, int, int]:
        """How much it tells: the act before its toll, told before claimed, plain before figurative, dated before not, long before short."""
        row = self.row
        return (
            not self.toll,
            row.status == "actual",
            self.plain,
            (row.date is not None) + bool(row.actors),
            len(row.span),
        )


def once(told: Sequence[Told]) -> Iterator[Event]:
    """Each event at its fullest telling; what that leaves open, another telling of the same event fills in."""
    kept: list[Told] = []
    for one in sorted(told, key=lambda t: t.weight, reverse=True):
        same = next((n for n, k in enumerate(kept) if same_event(one, k)), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = replace(kept[same], row=_filled(kept[same].row, one.row))
    yield from (k.row for k in kept)


def _filled(row: Event, other: Event) -> Event:
    return replace(row, actors=row.actors or other.actors, date=row.date or other.date, place=row.place or other.place)


def same_event(left: Told, right: Told) -> bool:
    """True where two tellings tell one event."""
    one, other = left.row, right.row
    if one.type != other.type:
        return _both_end_talks(one, other)
    if one.type == "other" and one.plover != other.plover:
        return False
    parties = one.type.startswith("talks_") or one.type == "agreement_ends"
    if not parties and one.actors and other.actors and not set(one.actors) & set(other.actors):
        return False
    if left.clause == right.clause:
        return _compatible(one.date, other.date)
    if "denied" in (one.status, other.status) and one.status != other.status:
        return _answers(one, other)
    if left.toll != right.toll:
        return _compatible(one.date, other.date)
    if one.type in words("many") and not _alike(one, other):
        return False
    if _earlier(one) != _earlier(other):
        return False
    return _compatible(one.date, other.date) and (one.status == other.status or "claimed" in (one.status, other.status))


def _answers(one: Event, other: Event) -> bool:
    """True for a denial of what is told shortly before it: the same event, that one side has otherwise."""
    denial, told = (one, other) if one.status == "denied" else (other, one)
    gap = denial.span.start - told.span.end
    elsewhere = None not in (one.place, other.place) and one.place != other.place
    return 0 <= gap <= _ANSWERS and not elsewhere and _compatible(one.date, other.date)


def _both_end_talks(one: Event, other: Event) -> bool:
    """True for talks that "collapsed" and, on the same day or right beside it, "broke off": one end of them, told twice."""
    if {one.type, other.type} != _ENDS_OF_TALKS or one.status != other.status or _earlier(one) != _earlier(other):
        return False
    gap = max(one.span.start - other.span.end, other.span.start - one.span.end)
    return _compatible(one.date, other.date) and (gap <= _BESIDE or None not in (one.date, other.date))


def _earlier(row: Event) -> bool:
    """True where the words themselves say that it is not the one that the news is about: "a previous truce"."""
    return not words("earlier").isdisjoint(row.span.text.lower().split())


def _alike(one: Event, other: Event) -> bool:
    """True where two acts of arms, or releases, share what tells them from others: a place, a number, a thing hit.

    A word in capitals throughout is a name as little as any other, so there every long word counts.
    """
    doers = {w.lower() for e in (one, other) for a in e.actors for w in a.split()}
    return bool((_telling(one) & _telling(other)) - doers - words("common"))


def _telling(row: Event) -> set[str]:
    """The words of a telling that another event would not have."""
    told = [w.strip(",.”\"'’“‘()") for w in row.span.text.split()]
    capitals = row.span.text.isupper()
    things = words("things hit")
    return {
        w.lower()
        for n, w in enumerate(told)
        if w[:1].isdigit() or w.lower() in things or (len(w) > 3 and (capitals or (n > 0 and w[:1].isupper())))
    }


def _compatible(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.startswith(other) or other.startswith(one)
