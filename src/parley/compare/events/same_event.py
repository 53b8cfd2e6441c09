"""Which tellings of many articles tell one event.

First the tellings of one day are put together, each with the fullest that it is like; then what is dated otherwise or not at all
goes to the fullest of the days around. Both steps look no farther than some days, so months can be compared by themselves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from parley.compare.events.specifics import names_shared, shared
from parley.compare.events.tellings import MANY, RECENT, Telling

ASTRAY = 3
"""Days by which outlets that tell the same event may date it apart: a weekday misread, a night counted to either day."""

AROUND = 2
"""What the words of the sentences and titles around may add to those of the clauses at most."""

UNNAMED = 2
"""What more the words of two acts of arms must be worth where no place, name or number is among them: shells, districts and
civilians are everywhere."""

SEVERAL = 8
"""Tellings of an event that another is held against, the fullest ones."""

THEATRE = 5
"""Days within a week or two on which acts of arms are told with a word until it tells nothing of which act it was."""

ALIKE = {
    frozenset(("armed_action", "violation")),
    frozenset(("vote", "accept_proposal")),
    frozenset(("vote", "reject_proposal")),
    frozenset(("talks_held", "talks_resumed")),
    frozenset(("talks_held", "talks_no_progress")),
}
"""Types that name one event from two sides: talks that brought nothing were held."""

STANDING = frozenset(
    ("talks_held", "talks_no_progress", "talks_resumed", "armed_action", "strike_begins", "aid_delivery")
)
"""Types that last: another day told is another day of it and no contradiction."""


@dataclass(slots=True)
class Event:
    """Tellings of one event, the fullest first, and the plans that it came of."""

    tellings: list[Telling]
    plans: list[Telling] = field(default_factory=list)
    types: set[str] = field(init=False)
    actors: set[str] = field(init=False)
    words: dict[str, int] = field(init=False)
    around: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.types, self.actors, self.words, self.around = set(), set(), {}, {}
        for one in self.tellings:
            self._know(one)

    def _know(self, one: Telling) -> None:
        self.types.add(one.type)
        self.actors |= one.actors.keys()
        for mine, new in ((self.words, one.words), (self.around, one.around)):
            for word, worth in new.items():
                mine[word] = max(worth, mine.get(word, 0))

    def take(self, one: Telling) -> None:
        """Add a telling."""
        self.tellings.append(one)
        self._know(one)

    @property
    def head(self) -> Telling:
        """The fullest telling."""
        return self.tellings[0]

    @property
    def day(self) -> int:
        """The day by which it is looked for."""
        return self.head.day

    @property
    def dated(self) -> bool:
        """True where a telling gives the day."""
        return self.head.dated == "day"

    @property
    def planned(self) -> bool:
        """True of what is told as a plan alone."""
        return self.head.planned


def joined(tellings: Iterable[Telling]) -> list[Event]:
    """The events of some tellings of one family, in the order of their days; plans stand apart."""
    days: dict[tuple[int, str | None, bool], list[Telling]] = defaultdict(list)
    for one in without_theatres(list(tellings)):
        days[one.day, one.dated, one.planned].append(one)
    events = [event for key in sorted(days, key=_when) for event in _of_one_day(days[key])]
    return _gathered([e for e in events if e.planned]) + _gathered([e for e in events if not e.planned])


def without_theatres(tellings: Sequence[Telling]) -> list[Telling]:
    """Acts of arms without the words that stand in tellings of many days around: the country, the front, the city under siege
    tell where the war is, not which of its days this was."""
    seen: dict[str, set[int]] = defaultdict(set)
    for one in tellings:
        if one.dated == "day" and one.type in MANY:
            for word in (*one.words, *one.around):
                seen[word].add(one.day)
    often = {word: sorted(days) for word, days in seen.items() if len(days) >= THEATRE}
    return [_without(one, often) for one in tellings] if often else list(tellings)


def _without(one: Telling, often: Mapping[str, Sequence[int]]) -> Telling:
    wide = {word for word in {**one.words, **one.around} if word in often and _days_around(often[word], one) >= THEATRE}
    if one.type not in MANY or not wide:
        return one
    words, around = ({w: n for w, n in some.items() if w not in wide} for some in (one.words, one.around))
    return replace(one, words=words, around=around)


def _days_around(days: Sequence[int], one: Telling) -> int:
    return bisect_right(days, one.day + RECENT) - bisect_left(days, one.day - RECENT)


def _when(key: tuple[int, str | None, bool]) -> tuple[int, str, bool]:
    return key[0], key[1] or "~", key[2]


def _of_one_day(tellings: Sequence[Telling]) -> list[Event]:
    """The tellings of one day, each put to the event whose words it shares most."""
    events: list[Event] = []
    shelves: dict[str, set[int]] = defaultdict(set)
    for one in sorted(tellings, key=attrgetter("fullness"), reverse=True):
        new = Event([one])
        near = _near(new, shelves, len(events))
        best, at = max(((likeness(new, events[n], days=0), -n) for n in near), default=(0, 0))
        if best > 0:
            events[-at].take(one)
        else:
            at = -len(events)
            events.append(new)
        for word in one.words:
            shelves[word].add(-at)
    return events


def _near(event: Event, shelves: Mapping[str, set[int]], count: int) -> Iterable[int]:
    """The events that may be the same: of acts that a day has many of, only those that share a word."""
    if MANY.isdisjoint(event.types):
        return range(count)
    return sorted(set().union(*(shelves.get(word, ()) for word in event.words)))


def likeness(one: Event, other: Event, *, days: int) -> int:
    """How surely two are one event; 0 where they are not. `days` is 0 for tellings of one day, else 1."""
    many = not MANY.isdisjoint(one.types) or not MANY.isdisjoint(other.types)
    if not _kindred(one.types, other.types):
        return 0
    own, near, named = _nearest(one, other) if many else _alike(one, other)
    if many and not own:
        return 0
    both = not one.actors.isdisjoint(other.actors)
    words = own + min(AROUND, near - own)
    need = (
        _needed(one, other, both=both, many=many)
        + (1 if days else 0)
        + (2 if days and one.dated and other.dated else 0)
        + (UNNAMED if many and not named else 0)
        + (2 if many and "month" in (one.head.dated, other.head.dated) else 0)
    )
    denial = "denied" in {t.status for t in (*one.tellings, *other.tellings)}
    if not denial and {t.article for t in one.tellings} & {t.article for t in other.tellings}:
        need += 3
    return words + 2 * both + 1 if words >= need else 0


def _nearest(one: Event, other: Event) -> tuple[int, int, bool]:
    """As `_alike`, of the two tellings that are most alike: of acts of arms, the words of several tellings together are like those of
    any other act."""
    pairs = ((a, b) for a in one.tellings[:SEVERAL] for b in other.tellings[:SEVERAL])
    return max(
        (_alike(a, b) for a, b in pairs), key=lambda found: (found[0] + min(AROUND, found[1] - found[0]), found[2])
    )


def _alike(one: Event | Telling, other: Event | Telling) -> tuple[int, int, bool]:
    """What the words of two clauses share is worth, what they share with those around, and whether a name or a number is among
    what the clauses share."""
    own = shared(one.words, other.words)
    near = shared({**one.words, **one.around}, {**other.words, **other.around}) if own else 0
    return own, near, own > 0 and names_shared(one.words, other.words) > 0


def _kindred(one: set[str], other: set[str]) -> bool:
    return not one.isdisjoint(other) or any(frozenset((a, b)) in ALIKE for a in one for b in other)


def _needed(one: Event, other: Event, *, both: bool, many: bool) -> int:
    """What the shared words must be worth. Doers who differ are two events, unless somebody says so of one that is well known."""
    if both:
        return 2 if many else 0
    if one.actors and other.actors:
        doubted = any(t.status != "actual" for t in one.tellings + other.tellings)
        return 4 if many and doubted else 99
    return 3 if many else 2


def _gathered(events: Sequence[Event]) -> list[Event]:
    """Events dated apart, or not at all, put to the fullest one nearby that they are like; a chain of them is not followed."""
    ordered = sorted(events, key=lambda e: (e.day, not e.dated))
    shelves: dict[str, set[int]] = defaultdict(set)
    for at, event in enumerate(ordered):
        for word in event.words:
            shelves[word].add(at)
    days = [event.day for event in ordered]
    heads = [_head(event, ordered, at, days, shelves) for at, event in enumerate(ordered)]
    kept = [event for event, head in zip(ordered, heads, strict=True) if head is None or heads[head] is not None]
    for event, head in zip(ordered, heads, strict=True):
        if head is not None and heads[head] is None:
            for one in event.tellings:
                ordered[head].take(one)
    return kept


def _head(
    event: Event, events: Sequence[Event], at: int, days: Sequence[int], shelves: Mapping[str, set[int]]
) -> int | None:
    """The event nearby to which this one goes, as its place among `events`, which are in the order of their `days`."""
    reach = 31 if event.head.dated == "month" else RECENT
    first, last = bisect_left(days, event.day - reach), bisect_right(days, event.day + reach)
    best: tuple[int, int, int] | None = None
    for n in range(first, last) if MANY.isdisjoint(event.types) else _near(event, shelves, len(events)):
        other = events[n]
        if n == at or not first <= n < last or not _fuller(other, n, event, at) or not _may_be(event, other):
            continue
        alike = likeness(event, other, days=1)
        if alike and (best is None or (alike, -abs(other.day - event.day), -n) > best):
            best = (alike, -abs(other.day - event.day), -n)
    return -best[2] if best else None


def _fuller(one: Event, at: int, other: Event, there: int) -> bool:
    """True where `one` is the one to keep: a day told before none, more tellings before fewer, the earlier one of equals."""
    return (one.dated, len(one.tellings), -at) > (other.dated, len(other.tellings), -there)


def _may_be(event: Event, other: Event) -> bool:
    """True where the days allow two to be one event."""
    if event.dated and other.dated:
        return abs(event.day - other.day) <= ASTRAY
    if event.dated:
        return False
    head = event.head
    return head.first <= other.day <= head.last or (not other.dated and abs(event.day - other.day) <= ASTRAY)


def contested_days(event: Event) -> list[tuple[str, list[Telling]]]:
    """The days that its tellings give, where they contradict each other, with who gives which."""
    if event.head.type in STANDING:
        return []
    given: dict[str, list[Telling]] = defaultdict(list)
    for one in event.tellings:
        if one.dated == "day" and one.date:
            given[one.date].append(one)
    counted = Counter({date: len(told) for date, told in given.items()})
    return [(date, given[date]) for date in sorted(counted)] if len(given) > 1 else []
