"""Figure series: one for each category, population, place, scope and claimant, and where they cannot all stand.

Points stand at the day as of which a number is told to count, apart from the day on which it was printed. Nobody's count is
merged with another's, and none is called right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from parley.annotate.quantities.told import amount_told
from parley.compare.base import Comparison, Found, Pile, Question, Row
from parley.compare.figures.conflicts import clashes, told, voice
from parley.compare.figures.counted import place_key
from parley.compare.figures.counts import items
from parley.compare.figures.points import carried, plain, points
from parley.compare.figures.references import kept_references, overlaid
from parley.compare.figures.scopes import settled

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

NO_CONFLICT = frozenset(("rate", "other"))
"""Categories whose numbers are offers, rates and things of all kinds: different ones exclude nothing."""


def results(block: str, items: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """The series of a block, and the conflicts between them."""
    category, place = block.split("\t")[:2]
    things: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for item in items:
        nation = "" if item["nation"] == place else item["nation"]
        things[item["head"], nation].append(item)
    for thing in sorted(things):
        yield from _thing(things[thing], category, pile)


def _thing(items: Sequence[Row], category: str, pile: Pile) -> Iterable[Found]:
    """All series of one population at one place."""
    scopes: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for item in settled(items, category):
        scopes[item["scope"] or "", item["window"] or ""].append(item)
    for key in sorted(scopes):
        yield from _scope(scopes[key], category, pile)


def _scope(items: Sequence[Row], category: str, pile: Pile) -> Iterable[Found]:
    about = _about(items, category)
    clashing = clashes(items, category, pile) if category not in NO_CONFLICT else []
    found = told(clashing, items, _named(about), pile)
    for conflict in found:
        weight = conflict.pop("weight")
        row = {"type": "figures", **{k: conflict[k] for k in ("why", "rows", "articles")}, "conflict": conflict}
        yield Found("conflict", row, conflict["rows"], conflict["kind"], conflict["date"], weight)
    claimants: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for item in items:
        claimants[_claimant(item, pile)].append(item)
    for claimant, mine in claimants.items():
        yield _series(claimant, mine, about, found, pile)


def _claimant(item: Row, pile: Pile) -> tuple[str, str]:
    """Whose series an item belongs to; what outlets count in their own words makes one series, its points with their outlets."""
    return ("outlet", "") if item["who"] is None else voice(item, pile)


def _series(claimant: tuple[str, str], items: Sequence[Row], about: Row, found: Sequence[Row], pile: Pile) -> Found:
    ids = [i["id"] for i in items]
    mine = set(ids)
    made = points(items, pile, running=about["scope"] == "cumulative")
    conflicts = [c for c in found if not mine.isdisjoint(c["rows"])]
    row = {
        **{k: about[k] for k in ("category", "population", "place", "scope")},
        "claimant": _most([i["claimant"] for i in items]),
        "points": made,
        "conflicts": conflicts,
        "since": about["since"],
        "reference": [],
    }
    key = "\t".join((*claimant, str(about["scope"]), str(about["since"])))
    return Found("series", row, ids, key, made[-1]["date"], len(conflicts) * 100 + len(made))


def _about(items: Sequence[Row], category: str) -> Row:
    """What the items count, in the words most often printed."""
    return {
        "category": category,
        "population": _most([i["population"] for i in items]),
        "place": _most([i["place"] for i in items]),
        "scope": items[0]["scope"],
        "since": items[0]["window"],
    }


def _most(words: Sequence[str | None]) -> str | None:
    """The text that stands there most often, the first of equals; None only where there is none at all."""
    counts = Counter(w for w in words if w)
    return max(counts, key=lambda w: counts[w]) if counts else None


def _named(about: Row) -> str:
    """What is counted, in words.

    >>> _named({"category": "killed", "population": "people", "place": "Fennick", "scope": "incident", "since": None})
    'people killed, Fennick'
    """
    deed = about["category"].replace("_", " ")
    running = ", running count" if about["scope"] == "cumulative" else ""
    since = f" since {about['since']}" if about["since"] else ""
    whom = "" if about["population"] in (None, deed) else f"{about['population']} "
    where = f", {about['place']}" if about["place"] else ""
    return f"{whom}{deed}{where}{running}{since}"


def read(
    ledger: Ledger, *, category: str | None = None, claimant: str | None = None, place: str | None = None
) -> list[Row]:
    """Every series, those in conflict first, then the longest; reference series stand beside them."""
    found = overlaid(ledger.found("series"), kept_references(ledger))
    return [row for row in found if _wanted(row, category, claimant, place)]


def _wanted(row: Row, category: str | None, claimant: str | None, place: str | None) -> bool:
    return (
        (category is None or row["category"] == category)
        and (claimant is None or claimant.lower() in (row["claimant"] or "").lower())
        and (place is None or place_key(place) == place_key(row["place"]))
    )


SHOWN = 6
"""Points that a line of the table has, the last ones; json and csv have all."""


def _cells(row: Row) -> tuple[str, ...]:
    told = row["points"][-SHOWN:]
    left_out = [f"{len(row['points']) - len(told)} before"] if len(told) < len(row["points"]) else []
    who = row["claimant"] or "outlets in their own words"
    lines = [*left_out, *map(_line, told), *(f"disagrees: {_against(c, row)}" for c in row["conflicts"])]
    lines += [f"{r['name']}: {_last_value(r)}" for r in row["reference"]]
    return f"{_named(row)}\ncounted by {who}", "\n".join(lines)


def _line(point: Row) -> str:
    """A point in words: its day, its number, how it moved, and how many outlets print it."""
    number = amount_told(point)
    day = f"{point['date'] or 'no date'}{'*' if point['basis'] == 'printed' else ''}"
    step = f" ({point['step']:+,})" if point["step"] else ""
    note = f", {point['note']}" if point["note"] else ""
    return f"{day} {number}{step}; {carried(point['outlets'], point['independent'])}{note}"


def _against(conflict: Row, row: Row) -> str:
    """A conflict in the words that the series itself has not: who counts what instead."""
    _, _, told = conflict["why"].partition(": ")
    return str(conflict["why"] if conflict["kind"] == "falls" or row["claimant"] is None else told)


def _last_value(reference: Row) -> str:
    last = reference["points"][-1]
    return f"{plain(last['value']):,} on {last['date']}"


def _cites(row: Row) -> Iterable[str]:
    """Of a series in conflict, both sides' rows; else the latest."""
    if row["conflicts"]:
        return list(dict.fromkeys(i for c in row["conflicts"] for i in c["rows"][:2]))
    return [p["rows"][0] for p in reversed(row["points"])][:2]


COMPARISONS = (Comparison("series", "2", items, results),)

QUESTIONS = (
    Question(
        "series",
        "series",
        read,
        ("what is counted, and by whom", "as of (* day of printing): count"),
        _cells,
        asks=("category", "claimant", "place"),
        cites=_cites,
    ),
)
