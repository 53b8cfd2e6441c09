"""The timeline: events of all articles, each once, with all its tellings, the plans it came of, and how many outlets tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from parley.compare.base import Comparison, Found, Pile, Question, Row
from parley.compare.days import iso
from parley.compare.events.outcomes import with_plans
from parley.compare.events.same_event import Event, contested_days, joined
from parley.compare.events.tellings import Telling, items, shown_day, telling
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


def results(block: str, brought: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """The events of one family whose day lies in one month, the fullest tellings first."""
    month = block.partition("\t")[2]
    tellings = [telling(item) for item in brought]
    events = with_plans(joined(tellings)) if month else [Event(list(same)) for same in _copies(tellings)]
    for event in events:
        if not month or iso(event.day)[: len(month)] == month:
            found = _found(event, pile)
            yield found
            if days := contested_days(event):
                yield _contested(days, found, pile)


def _copies(tellings: Sequence[Telling]) -> Iterable[Sequence[Telling]]:
    """Tellings of no day at all: the same words are the same event, nothing else is."""
    same: dict[tuple[object, ...], list[Telling]] = {}
    for one in tellings:
        same.setdefault((one.type, one.status, tuple(sorted(one.actors)), tuple(sorted(one.words))), []).append(one)
    return same.values()


def _found(event: Event, pile: Pile) -> Found:
    told = event.tellings
    n, m = pile.independent((t.article, *t.span) for t in told)
    date = shown_day(told)
    background = _background(event)
    row = {
        "date": date,
        "precision": None if date is None else {4: "year", 7: "month", 10: "day"}[len(date)],
        "type": _type(told),
        "actors": _actors(told),
        "status": _status(told),
        "rows": [t.id for t in told],
        "outlets": n,
        "independent": m,
        "place": next((t.place for t in told if t.place), None),
        "background": background,
        "planned": [{"date": t.date, "row": t.id} for t in event.plans],
        "why": _why(event, n, m, background=background),
    }
    # background is told by many outlets because it is old: it comes after what is news
    weight = (m + n / 100) * (0.01 if background else 1.0)
    rests = [t.id for t in (*told, *event.plans)]
    return Found("event_told", row, rests=rests, date=date or _by(told), weight=weight)


def _by(told: Sequence[Telling]) -> str | None:
    """The last day of the news that tells it, which an undated event is not later than."""
    return min((iso(t.news.last) for t in told if t.news), default=None)


def _background(event: Event) -> bool:
    fresh = [t.fresh for t in event.tellings]
    return False in fresh and True not in fresh


def _type(told: Sequence[Telling]) -> str:
    types = [t.type for t in told]
    return max(dict.fromkeys(types), key=lambda kind: (types.count(kind), kind == "violation"))


def _status(told: Sequence[Telling]) -> str:
    """`actual` where an outlet says so in its own voice, else what is said of it."""
    statuses = {t.status for t in told}
    return next((s for s in ("actual", "claimed", "denied") if s in statuses), "planned")


def _actors(told: Sequence[Telling]) -> list[str]:
    """Who took part; nobody where the only ones who name a doer name different ones."""
    sure = [t for t in told if t.status in ("actual", "planned") and t.actors] or [t for t in told if t.actors]
    claimed = {frozenset(t.actors) for t in sure if t.status == "claimed"}
    if len(claimed) > 1 and not frozenset.intersection(*claimed):
        return []
    return list({key: name for t in sure for key, name in t.actors.items()}.values())


def _why(event: Event, outlets: int, independent: int, *, background: bool) -> str:
    told = event.tellings
    parts = [f"told {_times(len(told))}"]
    if len(told) > 1:
        parts[0] += f" by {_outlets(outlets)}" + (f", {independent} independent" if outlets > 1 else "")
    dated = sum(t.dated == "day" for t in told)
    if dated not in (0, len(told)):
        parts.append(f"{dated} of them {'gives' if dated == 1 else 'give'} the day")
    if event.plans:
        days = list(dict.fromkeys(t.date for t in event.plans if t.date))
        parts.append("planned" + (f" for {' or '.join(days)}" if days else ""))
    if event.planned:
        parts.append("a plan of which nothing has been told since")
    if background:
        parts.append("background: all that tell it appeared more than ten days later")
    return "; ".join(parts)


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def _outlets(count: int) -> str:
    return "1 outlet" if count == 1 else f"{count} outlets"


def _contested(days: Sequence[tuple[str, list[Telling]]], found: Found, pile: Pile) -> Found:
    """Tellings that date one event differently."""
    one, *rest = (f"{date} ({', '.join(_who(told, pile))})" for date, told in days)
    rows = [t.id for _, told in days for t in told]
    row = {
        "type": "dates",
        "why": f"one {found.row['type'].replace('_', ' ')}, dated {one} and {' and '.join(rest)}",
        "rows": rows,
        "sides": [{"says": date, "rows": [t.id for t in told]} for date, told in days],
        "outlets": found.row["outlets"],
        "independent": found.row["independent"],
        "date": days[0][0],
    }
    return Found("clash", row, rests=rows, key="dates", date=days[0][0], weight=found.weight)


def _who(told: Sequence[Telling], pile: Pile) -> list[str]:
    return list(dict.fromkeys(pile.outlet(t.article) or "outlet unknown" for t in told))


def read(
    ledger: Ledger,
    *,
    since: str | None = None,
    until: str | None = None,
    type: str | None = None,
    actor: str | None = None,
    place: str | None = None,
) -> list[Row]:
    """Events, those told by most outlets first: of some days, of a type, of an actor or at a place."""
    return [
        row
        for row in ledger.found("event_told", date=until)
        if (since is None or (row["date"] or "") >= since)
        and (type is None or row["type"] == type)
        and (actor is None or any(fold(actor) in fold(a) for a in row["actors"]))
        and (place is None or fold(place) in fold(row["place"] or ""))
    ]


def _cells(row: Row) -> tuple[str, ...]:
    what = row["type"].replace("_", " ") + ("" if row["status"] == "actual" else f", {row['status']}")
    who = ", ".join(row["actors"]) or "nobody named"
    where = f" ({row['place']})" if row["place"] else ""
    return (
        f"{row['date'] or 'no date'}\n{_outlets(row['outlets'])}, {row['independent']} independent",
        f"{what}: {who}{where}",
    )


COMPARISONS = (Comparison("timeline", "5", items, results),)
QUESTIONS = (
    Question(
        "timeline",
        "event_told",
        read,
        ("when", "what, who and where"),
        _cells,
        asks=("since", "until", "type", "actor", "place"),
    ),
)
