"""The matrix party x issue on any day: the latest stance, since when it is held, who said so, and how many outlets report it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.compare.base import Question, Row
from parley.compare.days import days
from parley.compare.figures.points import carried
from parley.errors import UsageError

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


def read(ledger: Ledger, *, at: str | None = None, party: str | None = None, issue: str | None = None) -> list[Row]:
    """What each party wants on each issue, as last reported up to the end of `at`, an ISO date of a day, a month or a year."""
    end = days(at)
    if at is not None and end is None:
        raise UsageError(f"{at!r} is not a date; write 2031-03-20, 2031-03 or 2031")
    cells: dict[tuple[str, str], Row] = {}
    for history in ledger.found("stance"):
        cell = cell_at(history, end.last if end else None)
        key = history["party"], history["issue"]
        if cell is not None and (key not in cells or _last(cells[key]) < _last(cell)):
            cells[key] = cell
    return [cells[key] for key in sorted(cells) if _wanted(key[0], party) and issue in (None, key[1])]


def _wanted(name: str, asked: str | None) -> bool:
    return asked is None or asked.lower() in name.lower()


def _last(cell: Row) -> tuple[int, str]:
    told = days(cell["told"])
    return (told.last if told else 0), cell["since"]


def cell_at(history: Row, end: int | None) -> Row | None:
    """A stance as it stood at the end of a day; None where it was not reported yet.

    `rows` are all that say so up to then, `others` those of the same days that say something else.
    """
    told = [d for d in history["days"] if end is None or ((day := days(d["date"])) is not None and day.last <= end)]
    if not told:
        return None
    last = told[-1]
    return {
        "row": "stance",
        "id": history["id"],
        **{k: history[k] for k in ("party", "issue", "stance", "since")},
        "rows": list(dict.fromkeys(i for d in told for i in d["rows"])),
        "reported_by": last["reported_by"],
        "outlets": last["outlets"],
        "told": last["date"],
        "said_by": list(dict.fromkeys(n for d in reversed(told) for n in d["said_by"])),
        "condition": next((d["condition"] for d in reversed(told) if d["condition"]), None),
        "others": list(dict.fromkeys(i for d in told for i in d["others"])),
    }


def _cells(row: Row) -> tuple[str, ...]:
    tied = f" {row['condition']}" if row["condition"] and row["stance"] == "conditional" else ""
    held = f"since {row['since']}" + (f", told till {row['told']}" if row["told"] != row["since"] else "")
    said = f"said by {', '.join(row['said_by'][:3])}" if row["said_by"] else "in outlets' own words"
    against = f"; {len(row['others'])} reports of these days say otherwise" if row["others"] else ""
    return (
        row["party"],
        f"{row['issue'].replace('_', ' ')}:\n{row['stance']}{tied}",
        f"{held}; {carried(row['outlets'], row['reported_by'])}; {said}{against}",
    )


QUESTIONS = (
    Question(
        "matrix",
        "stance",
        read,
        ("party", "issue: stance", "reported"),
        _cells,
        asks=("at", "party", "issue"),
        cites=lambda row: [*reversed(row["rows"])][:2],
    ),
)
