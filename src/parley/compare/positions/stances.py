"""What each party is reported to want on each issue, day by day: the ground of the matrix and of shifts.

Nothing is told out of silence: a stance stands from the day on which somebody reports it, and only a report of another one ends
it. A report that says itself that it is old ("had first demanded") is not news of the day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from parley.annotate.allegiance.words import is_unnamed
from parley.compare.base import Found, Pile, Row, Told, Who
from parley.compare.days import between, days, shown
from parley.store.words import fold

_IF = re.compile(r"\b(?:if|provided|providing|on condition|as long as|so long as|unless|only when|only after)\b", re.I)
"""What makes an acceptance hang on something. "before", "until" and "once" alone tell a time as often as a condition."""

_TITLE = 60
"""Characters of a title that tell whose "Government" is meant."""

_AT_FIRST = re.compile(
    r"\b(?:had (?:first|initially|originally|previously|earlier|at first|once)|used to|formerly)\b", re.I
)
_UNTIL_NOW = re.compile(r"\buntil (?:now|then|recently)\b", re.I)
_HAD = re.compile(r"^(?:\w+ ){0,4}?had \w+|\bhad\W+$", re.I)
"""In an outlet's own words "had refused" is told of before; in reported speech it may be today's."""

CLEAR = ("conditional", "accepts", "rejects", "intends", "demands", "proposes", "undecided")
"""Of stances told alike on one day, the one that says more comes first: a yes with a condition is told by some without it."""

HOLDS_OFF = frozenset(("accepts", "rejects"))
"""What answers a question: a day on which it is told is not one of demands, which go on beside it."""


def items(told: Told) -> Iterable[tuple[str, Row]]:
    """Each position of an article, with the block of its party and issue."""
    statements = {s["id"]: s for s in told.statements}
    made = [_item(row, statements.get(row["statement"]), told) for row in told.positions if row["status"] != "rejected"]
    yield from (*made, *_settled(made))


def _item(row: Row, statement: Row | None, told: Told) -> tuple[str, Row]:
    party = _whose(row["party"], told)
    voice = _voice(row, statement, party, told)
    printed = [told.article["published_earliest"], told.article["published_latest"]]
    item = {
        "id": row["id"],
        "span": row["span"],
        "party": party.name,
        "issue": row["issue"],
        "stance": _stance(row),
        "condition": row["condition"],
        "said_by": told.who(row["said_by"]).name if row["said_by"] else None,
        "voice": voice,
        "date": _day(row, statement, printed),
        "former": _former(row, told.text, outlet=voice == "outlet"),
        "through": None,
    }
    return f"{party.key}\t{row['issue']}", item


def _whose(name: str, told: Told) -> Who:
    """The party; one without a name, "Government", is another in every article but copies, and named with the article it is of."""
    if not is_unnamed(name):
        return told.who(name)
    title = told.article["title"] or told.article["source_id"]
    shown = title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0] + " …"
    return Who(f"{told.article['copy_of'] or told.id} {fold(name)}", f"{name} in “{shown}”", None, known=False)


def _former(row: Row, text: str, *, outlet: bool) -> bool:
    """True where the article tells a position as one held before."""
    start, end = row["span"]
    if _AT_FIRST.search(text[max(0, start - 25) : start + 30]):
        return True
    if row["stance"] in ("demands", "rejects") and _UNTIL_NOW.search(text[max(start, end - 12) : end + 14]):
        return True
    return outlet and bool(_HAD.search(text[start:end]) or _HAD.search(text[max(0, start - 12) : start]))


def _settled(made: Sequence[tuple[str, Row]]) -> Iterable[tuple[str, Row]]:
    """A demand that the article tells as a former one, beside the deal that the same party accepts: the deal settles it."""
    for block, item in made:
        if item["former"] and item["stance"] == "demands" and item["issue"] != "deal":
            party = block.split("\t")[0]
            for other, deal in made:
                if other == f"{party}\tdeal" and deal["stance"] == "accepts" and not deal["former"]:
                    yield block, {**deal, "issue": item["issue"], "through": "deal"}


def _stance(row: Row) -> str:
    """The stance; an acceptance that hangs on something is conditional.

    >>> _stance({"stance": "accepts", "condition": "provided that monitors came"})
    'conditional'
    >>> _stance({"stance": "accepts", "condition": "before the deadline"})
    'accepts'
    """
    hangs = row["stance"] in ("accepts", "intends") and _IF.search(row["condition"] or "")
    return "conditional" if hangs else str(row["stance"])


def _voice(row: Row, statement: Row | None, party: Who, told: Told) -> str:
    """Who says that it is the party's position: the party itself (`own`), the `outlet`, or somebody `else`."""
    if not row["said_by"]:
        return "outlet"
    who = told.who(row["said_by"])
    speaker = told.speaker(statement) if statement else None
    sides = {fold(s) for s in (who.side, who.name, speaker.side if speaker else None) if s}
    ours = {fold(s) for s in (party.side, party.name, row["party"]) if s}
    return "own" if who.key == party.key or sides & ours else "else"


def _day(row: Row, statement: Row | None, printed: Sequence[str | None]) -> str | None:
    """From when the text tells that the stance is held, else when it was said, else when it was printed."""
    bounds = between(*printed)
    for text in (row["since"], statement["said_on"] if statement else None):
        told = days(text)
        if told is not None and (bounds is None or told.first <= bounds.last):
            return str(text)
    return shown(*printed)


class Day(NamedTuple):
    """The stance that a party is reported to hold on a day, and the rows that say so; `others` are the rows that say something else."""

    date: str
    stance: str
    rows: tuple[Row, ...]
    others: tuple[Row, ...] = ()


def daily(items: Sequence[Row], pile: Pile) -> list[Day]:
    """Day by day, the stance best reported; what tells no day, or tells itself that it is old, is left out.

    Where a day has several, the one held before goes on if it is among them: contradicting reports of one day make no change.
    A condition is not lost because others leave it out.
    """
    by_day: dict[str, list[Row]] = defaultdict(list)
    for item in items:
        if item["date"] and not item["former"]:
            by_day[item["date"]].append(item)
    found: list[Day] = []
    for date in sorted(by_day, key=_sortable):
        stances: dict[str, list[Row]] = defaultdict(list)
        for item in by_day[date]:
            stances[item["stance"]].append(item)
        best = _held(stances, found[-1].stance if found else None, pile)
        others = [i for stance in sorted(stances) if stance != best for i in stances[stance]]
        found.append(Day(date, best, tuple(stances[best]), tuple(others)))
    return found


def _sortable(date: str) -> tuple[int, str]:
    """Dates in order; of a month or a year, at its end."""
    told = days(date)
    return told.last if told else 0, date


def _held(stances: Mapping[str, Sequence[Row]], before: str | None, pile: Pile) -> str:
    if before in HOLDS_OFF and before in stances:
        return str(before)
    if "conditional" in stances and not (before in HOLDS_OFF and HOLDS_OFF & stances.keys()):
        return "conditional"
    firm = HOLDS_OFF & stances.keys() or stances.keys()
    return min(firm, key=lambda s: (-support(stances[s], pile), CLEAR.index(s) if s in CLEAR else 99, s))


def support(rows: Sequence[Row], pile: Pile) -> float:
    """How well rows bear something out: one for each independent outlet, half as much more where the party itself is heard."""
    _, independent = reported(rows, pile)
    heard = any(i["voice"] == "own" for i in rows)
    only_others = all(i["voice"] == "else" for i in rows)
    return independent + 0.5 * heard - 0.5 * only_others


def reported(rows: Iterable[Row], pile: Pile) -> tuple[int, int]:
    """Outlets that report some rows, and independent ones."""
    outlets, independent = pile.independent((i["article"], *i["span"]) for i in rows)
    return outlets, independent


def histories(days: Iterable[Day], pile: Pile) -> Iterable[Found]:
    """The stances of a party on an issue, one after the other: each from when, and how well reported by each day since."""
    for _, run in groupby(days, key=lambda day: day.stance):
        yield _stood(list(run), pile)


def _stood(run: Sequence[Day], pile: Pile) -> Found:
    item = run[0].rows[0]
    rows: list[Row] = []
    steps = []
    for day in run:
        rows += day.rows
        outlets, independent = reported(rows, pile)
        steps.append(
            {
                "date": day.date,
                "rows": [i["id"] for i in day.rows],
                "others": [i["id"] for i in day.others],
                "said_by": _names(day.rows),
                "condition": next((i["condition"] for i in day.rows if i["condition"]), None),
                "outlets": outlets,
                "reported_by": independent,
            }
        )
    row = {"party": item["party"], "issue": item["issue"], "stance": run[0].stance, "since": run[0].date, "days": steps}
    return Found("stance", row, [i["id"] for i in rows], run[0].date, run[0].date)


def _names(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(i["said_by"] for i in rows if i["said_by"]))
