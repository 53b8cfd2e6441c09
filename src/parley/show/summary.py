"""What a ledger holds, on one screen: outlets, a few statements, figures that differ, and who wants what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from parley.show.terminal import dated, day, flat, plain_words, rows_table

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.rows import Row

SHOWN = 4
"""Statements, and pairs of figures, that are shown."""

NEAR = 3
"""Days between two articles whose figures are set side by side."""

WIDE = 72
"""Characters of a position that fit into a cell."""

UNLIKE = 2.5
"""Counts that differ by this factor are of different things: a day's toll and a running one."""


def summary(ledger: Ledger) -> RenderableType:
    """The ledger in a few paragraphs."""
    articles = list(ledger.articles())
    parts: list[RenderableType] = [_opening(ledger, articles), _outlets(ledger, articles)]
    if statements := _telling(list(ledger.statements(nested=False))):
        parts += [_title("Who said what"), rows_table(ledger, statements)]
    if figures := _differing(ledger, articles):
        parts += [
            _title("Counted differently, side by side; Parley does not say who is right"),
            rows_table(ledger, figures),
        ]
    if positions := list(ledger.positions()):
        parts += [_title("Who wants what, in the latest article that says"), _matrix(positions, articles)]
    return Group(*parts)


def _title(text: str) -> Text:
    return Text(f"\n{text}\n", "bold")


def _opening(ledger: Ledger, articles: list[Row]) -> Text:
    days = sorted(a["published"] for a in articles if a["published"])
    when = f", {day(days[0])} to {day(days[-1])}" if days else ""
    counts = ledger.counts()
    named = ("statement", "figure", "position", "event", "wording", "actor")
    found = ", ".join(f"{counts[k]} {k}s" if k != "wording" else f"{counts[k]} loaded labels" for k in named)
    outlets = len({a["outlet"] for a in articles if a["outlet"]})
    return Text(f"{len(articles)} articles from {outlets} outlets{when}: {found}.\n")


def _outlets(ledger: Ledger, articles: list[Row]) -> Table:
    outlet = {a["id"]: a["outlet"] or "unknown" for a in articles}
    counted = {"articles": Counter(outlet.values())}
    for kind in ("statements", "figures", "positions", "events", "wording"):
        counted[kind] = Counter(outlet[r["article"]] for r in getattr(ledger, kind)())
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("outlet")
    for kind in counted:
        table.add_column(kind, justify="right")
    for name in sorted(counted["articles"]):
        table.add_row(name, *(str(c[name]) for c in counted.values()))
    return table


def _telling(statements: list[Row]) -> list[Row]:
    """A few quotations of different people, the surest first."""
    named = [s for s in statements if s["speaker"] and s["kind"] != "indirect" and " " in s["speaker"]["name"]]
    sure = sorted(named, key=lambda s: -s["confidence"])
    seen: set[str] = set()
    chosen = []
    for row in sure:
        words = sum(len(t) for t in row["content_text"])
        if row["speaker"]["name"] not in seen and 60 <= words <= 220:
            seen.add(row["speaker"]["name"])
            chosen.append(row)
    return chosen[:SHOWN]


def _differing(ledger: Ledger, articles: list[Row]) -> list[Row]:
    """Pairs of figures of one thing by claimants of two sides, told within days of each other, that differ."""
    when = {a["id"]: _day_number(a["published"]) for a in articles}
    sides = {name: a["side"] for a in ledger.actors() for name in (a["name"], *a["aliases"])}
    groups: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in ledger.figures():
        whole = isinstance(row["value"], int | float) and row["value"] > 0 and row["part_of"] is None
        if whole and when[row["article"]] and sides.get(row["claimant"]):
            groups[row["category"], row["population"]].append(row)
    pairs: dict[tuple[object, ...], tuple[float, Row, Row]] = {}
    for rows in groups.values():
        for a, b in combinations(sorted(rows, key=lambda r: r["claimant"]), 2):
            days = abs((when[a["article"]] or 0) - (when[b["article"]] or 0))
            places = {a["place"], b["place"]} - {None}
            alike = 1 < max(a["value"] / b["value"], b["value"] / a["value"]) < UNLIKE
            if sides[a["claimant"]] == sides[b["claimant"]] or len(places) > 1 or not alike or days > NEAR:
                continue
            key = (a["category"], a["population"], a["claimant"], b["claimant"], len(str(a["value"])))
            if key not in pairs or days < pairs[key][0]:
                pairs[key] = (days, a, b)
    shown = sorted(pairs.values(), key=lambda p: (-max(p[1]["value"], p[2]["value"]), p[1]["id"]))
    return [row for _, a, b in shown[: SHOWN - 1] for row in (a, b)]


def _day_number(published: str | None) -> int | None:
    return date.fromisoformat(published).toordinal() if published and len(published) == 10 else None


def _matrix(positions: list[Row], articles: list[Row]) -> Table:
    """Party by issue: the stance that the latest article reports, in words."""
    by_id = {a["id"]: a for a in articles}
    when = {a["id"]: a["published"] or "" for a in articles}
    cells: dict[tuple[str, str], Row] = {}
    for row in positions:
        key = row["issue"], row["party"]
        if key not in cells or when[row["article"]] >= when[cells[key]["article"]]:
            cells[key] = row
    parties = [p for p, _ in Counter(r["party"] for r in positions).most_common(2)]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("issue", no_wrap=True)
    for party in sorted(parties):
        table.add_column(party, ratio=1)
    for issue in sorted({i for i, p in cells if p in parties}):
        table.add_row(plain_words(issue), *(_cell(cells.get((issue, p)), by_id) for p in sorted(parties)))
    return table


def _cell(row: Row | None, articles: Mapping[str, Row]) -> Text:
    """The stance with its words, and who says so, where and when: nothing stands in the table on its own authority."""
    if row is None:
        return Text("nothing reported", "dim")
    words = flat(row["text"])
    article = articles[row["article"]]
    told = ", ".join(
        (row["said_by"] or "the outlet's own words", article["outlet"] or "outlet unknown", dated(article))
    )
    cut = words if len(words) <= WIDE else words[:WIDE].rstrip() + " …"
    return Text(f"{row['stance']} ").append(f"“{cut}”", "dim").append(f"\n{told}", "dim")
