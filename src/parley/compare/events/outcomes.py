"""Plans, and what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from parley.compare.events.same_event import Event
from parley.compare.events.specifics import shared

EARLY, LATE = 2, 5
"""Days before and after the one planned on which what was planned may come: an exchange held up by two days, talks begun the
evening before. Later than that, it is told as another event."""


def with_plans(events: Sequence[Event]) -> list[Event]:
    """The events, each with the plans that it came of; plans that nothing came of stay by themselves."""
    told = [e for e in events if not e.planned]
    days: dict[int, list[int]] = defaultdict(list)
    for n, event in enumerate(told):
        if event.dated:
            days[event.day].append(n)
    left = []
    for plan in (e for e in events if e.planned):
        near = (n for day in range(plan.day - EARLY, plan.day + LATE + 1) for n in days.get(day, ()))
        fits = [(fit, -n) for n in near if (fit := _fit(plan, told[n]))]
        if fits:
            told[-max(fits)[1]].plans += plan.tellings
        else:
            left.append(plan)
    return sorted([*told, *left], key=lambda e: e.day)


def _fit(plan: Event, event: Event) -> int:
    """How well an event of the days around fits a plan, 0 where it is not what was planned."""
    away = event.day - plan.day
    if _known_before(plan, event):
        return 0
    same = bool(plan.types & event.types) or plan.head.type == "talks_announced"
    both = bool(plan.actors & event.actors)
    words = shared(plan.words, event.words)
    if not same or "other" in event.types or (plan.actors and event.actors and not both):
        return 0
    near = 4 if not away else 1 if plan.dated else 0
    return words + 2 * both + near if both or words >= 2 or (near == 4 and words) else 0


def _known_before(plan: Event, event: Event) -> bool:
    """True where the plan was told after the event had come: it is a plan for the next one."""
    told = [p.news.first for p in plan.tellings if p.news]
    return bool(told) and min(told) > event.day
