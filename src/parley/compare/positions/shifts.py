"""Positions that moved: a demand that became a condition, a no that became a yes, a condition that was dropped, and back.

Each shift names a last report of the old stance and, after it, all of the new one, and how many outlets report the new one
independently: where that is one, it may be one outlet's paraphrase. Half a year of silence between two reports is no shift, nor is what
one outlet lets somebody else say of a party.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from parley.compare.base import Comparison, Found, Pile, Question, Row, stored
from parley.compare.days import days
from parley.compare.positions.stances import Day, daily, histories, items, reported, support

MOVES = {
    ("rejects", "accepts"): (3.0, "a no became a yes"),
    ("accepts", "rejects"): (3.0, "a yes became a no"),
    ("demands", "accepts"): (2.5, "what was demanded is settled: the party accepts"),
    ("demands", "conditional"): (2.5, "a demand became a condition"),
    ("rejects", "conditional"): (2.5, "a no became a yes with a condition"),
    ("conditional", "accepts"): (2.0, "a condition was dropped"),
    ("conditional", "rejects"): (1.5, "a yes with a condition became a no"),
    ("accepts", "conditional"): (1.0, "a yes was tied to a condition"),
}
"""From what to what a stance moves, how much that tells, and in words. Demands and proposals beside each other are no move, nor is
a demand told again after a yes: parties repeat their demands while they deal."""

OPEN = 1.5
"""What a move on talks tells less: a no to one venue or one day is no "no" to talks."""

SILENCE = 180
"""Days between the last report of one stance and the first of another beyond which nobody can say when it moved, or how often."""

WANTS = frozenset(("demands", "rejects", "accepts", "conditional"))


def results(_: str, items: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """The stances of a party on an issue, and the shifts between them."""
    told = daily(items, pile)
    yield from histories(told, pile)
    for before, after in pairwise(_runs(told)):
        if (before[0].stance, after[0].stance) in MOVES and _moved(before, after, pile):
            yield _shift(before, after, pile)


def _moved(before: Sequence[Day], after: Sequence[Day], pile: Pile) -> bool:
    """False where silence lies between two reports, and where a stance is only what a single outlet lets somebody else say of it."""
    since, until = days(before[-1].date), days(after[0].date)
    if since is None or until is None or until.first - since.last > SILENCE:
        return False
    return all(_borne(run, pile) for run in (before, after))


def _borne(run: Sequence[Day], pile: Pile) -> bool:
    rows = [row for day in run for row in day.rows]
    return any(row["voice"] != "else" for row in rows) or reported(rows, pile)[1] > 1


def _runs(told: Iterable[Day]) -> list[list[Day]]:
    """Days of one stance after the other. A demand told again after an answer is passed over, so is what is neither."""
    runs: list[list[Day]] = []
    for day in told:
        last = runs[-1][-1].stance if runs else None
        if day.stance == last:
            runs[-1].append(day)
        elif day.stance in WANTS and (last is None or day.stance != "demands"):
            runs.append([day])
    return runs


def _shift(before: Sequence[Day], after: Sequence[Day], pile: Pile) -> Found:
    old, new = ([row for day in run for row in day.rows] for run in (before, after))
    outlets, independent = reported(new, pile)
    stances = before[0].stance, after[0].stance
    tells, words = MOVES[stances]
    date, issue = after[0].date, new[0]["issue"]
    row = {
        "party": new[0]["party"],
        "issue": issue,
        "from": stances[0],
        "to": stances[1],
        "date": date,
        "rows": [i["id"] for i in (_best(before[-1].rows), *new)],
        "reported_by": independent,
        "outlets": outlets,
        "since": before[0].date,
        "condition": next((i["condition"] for i in new if i["condition"]), None),
        "why": f"{words}: {stances[0]} until {before[-1].date}, {stances[1]} from {date}, {_by(independent)}",
    }
    weight = tells + min(support(old, pile), support(new, pile)) - (OPEN if issue == "talks" else 0)
    return Found("shift", row, row["rows"], date, date, round(weight, 3))


def _best(rows: Sequence[Row]) -> Row:
    """The report that says most of a stance: the party's own, else the outlet's, else the first."""
    return min(rows, key=lambda i: ("own", "outlet", "else").index(i["voice"]))


def _by(independent: int) -> str:
    return "reported by 1 outlet only" if independent == 1 else f"reported by {independent} outlets independently"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"{row['party']}, {row['issue'].replace('_', ' ')}",
        f"{row['date']}\n{row['from']} ->\n{row['to']}",
        row["why"],
    )


COMPARISONS = (Comparison("positions", "4", items, results),)

QUESTIONS = (Question("shifts", "shift", stored("shift"), ("whose position", "shift", "why"), _cells),)
