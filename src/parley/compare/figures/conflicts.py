"""Where counts of one thing cannot all stand: two claimants exclude each other, or a running count falls.

What may be an older count, another happening or a toll that went on to rise is no conflict: it must be told by the text, or
printed side by side, that both mean the same days.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from parley.annotate.quantities.told import amount_told
from parley.compare.base import Pile, Row
from parley.compare.days import days
from parley.compare.figures.bounds import Bounds, apart
from parley.compare.figures.points import as_of, limits, shown_limits
from parley.compare.figures.scopes import DEEDS, LAG, SAME_COUNT, when

SAME_ORDER = 4
"""Counts of which one is more than so many times the other count different things: of the disagreements between claimants in
the annotated articles, none is wider than 3."""

ALIKE = 2
"""Rarer words that two tellings of one happening have in common, at least, where no day or claimant says that it is one."""

STANDS = {"share_of_killed": 60, "captives_held": 3, "detained": 7, "displaced": 7, "forces": 7}
"""Days for which a told state of things stands, by what is counted; what is not named here is never in conflict across articles."""

LONGEST = 31
"""Days after which a lower running count by somebody else is not held against the higher one any more."""


class Clash(NamedTuple):
    """Two items that cannot both stand; `fall` where one claimant's running count falls."""

    one: Row
    two: Row
    fall: bool = False

    @property
    def ratio(self) -> float:
        return apart(limits(self.one), limits(self.two))


def clashes(items: Sequence[Row], category: str, pile: Pile) -> list[Clash]:
    """Every two items of one thing, scope and window that exclude each other; items in the order of articles."""
    prints = _printed(items)
    found = []
    for n, m in _excluding(items, _reach(items, category)):
        clash = _clash(items[min(n, m)], items[max(n, m)], category, pile)
        if clash is not None and not _tells_both(clash, prints):
            found.append(clash)
    return sorted(found, key=lambda c: (_place(c.one, pile), _place(c.two, pile)))


def _reach(items: Sequence[Row], category: str) -> int:
    """Days by which two items may lie apart and still be held against each other: happenings none, as their days must meet."""
    if category not in DEEDS:
        return STANDS.get(category, 0)
    return LONGEST if items[0]["scope"] == "cumulative" else 0


def _excluding(items: Sequence[Row], reach: int) -> Iterator[tuple[int, int]]:
    """Which items, as numbers, leave no number that fits both, are of one order, and lie within reach of each other."""
    dated = sorted((d.first, d.last, n, *limits(i)) for n, i in enumerate(items) if (d := when(i)) and not i["others"])
    for at, (_, last, n, least, most) in enumerate(dated):
        end = last + reach
        for first, _, m, low, high in islice(dated, at + 1, None):
            if first > end:
                break
            if (most < low and low <= SAME_ORDER * most) or (high < least and least <= SAME_ORDER * high):
                yield n, m


def _printed(items: Sequence[Row]) -> Mapping[str, set[Bounds]]:
    """By article, the counts of this thing that it prints."""
    prints: dict[str, set[Bounds]] = defaultdict(set)
    for item in items:
        prints[item["article"]].add(limits(item))
    return prints


def _tells_both(clash: Clash, prints: Mapping[str, set[Bounds]]) -> bool:
    """True of single happenings where an article prints the other article's number too: then there were two."""
    one, two = clash.one, clash.two
    if one["article"] == two["article"] or one["scope"] != "incident":
        return False
    return limits(two) in prints[one["article"]] or limits(one) in prints[two["article"]]


def _place(item: Row, pile: Pile) -> tuple[str, int]:
    return pile.head(item["article"]).place, item["span"][0]


def voice(item: Row, pile: Pile) -> tuple[str, str]:
    """Whose word a count is: a claimant's; the outlet's own; a description's ("police") within one article only.

    "A ministry" of one article need not be "a ministry" of another.
    """
    if item["who"] is None:
        return "outlet", pile.outlet(item["article"]) or item["article"]
    return ("claimant", item["who"]) if item["known"] else (item["article"], item["who"])


def _clash(one: Row, two: Row, category: str, pile: Pile) -> Clash | None:
    same = voice(one, pile) == voice(two, pile)
    if one["scope"] == "cumulative":
        return _fall(one, two) if same else _running(one, two)
    if same or one["who"] == two["who"] is not None:
        return None
    held = _happening(one, two) if category in DEEDS else _state(one, two, category)
    return Clash(one, two) if held else None


def _by_day(one: Row, two: Row) -> tuple[Row, Row] | None:
    """The earlier and the later of two items, where the text or the days of printing tell which is which."""
    a, b = when(one), when(two)
    if a is None or b is None or a == b:
        return None
    return (one, two) if (a.last, a.first) <= (b.last, b.first) else (two, one)


def _fall(one: Row, two: Row) -> Clash | None:
    """A running count that is lower later. An article may print an old count: the later day must be told, or that it was lowered."""
    ordered = _by_day(one, two)
    if ordered is None:
        return None
    before, after = ordered
    a, b = limits(before), limits(after)
    day = days(after["told"])
    told = (day is not None and day.first == day.last) or after["lowered"]
    if not told or not b.most < a.least or b.most < SAME_COUNT * a.least:
        return None
    return Clash(one, two, fall=True)


def _running(one: Row, two: Row) -> Clash | None:
    """Two claimants' running counts: side by side in one article, as of one told day, or the later one lower than the earlier."""
    if one["article"] == two["article"]:
        return Clash(one, two) if not _other_days(one, two) else None
    first, second = when(one), when(two)
    if first is None or second is None:
        return None
    if one["told"] and two["told"] and first.meets(second):
        return Clash(one, two)
    for early, late, a, b in ((one, two, first, second), (two, one, second, first)):
        if a.last <= b.first and limits(late).most < limits(early).least:
            return Clash(one, two)
    return None


def _other_days(one: Row, two: Row) -> bool:
    a, b = days(one["told"]), days(two["told"])
    return a is not None and b is not None and not a.meets(b)


def _happening(one: Row, two: Row) -> bool:
    """True where two counts tell of one happening, and the lower one is not just the earlier one."""
    if _other_days(one, two):
        return False
    if two["after"] == one["id"] or one["after"] == two["id"]:
        return True
    if not one["where"] or not two["where"]:
        return False
    a, b = when(one), when(two)
    if a is None or b is None or not a.meets(b) or _grew(one, two):
        return False
    alike = len(set(one["near"].split()) & set(two["near"].split()))
    if one["article"] == two["article"]:
        return bool(one["known"] and two["known"])
    told = bool(one["told"] and two["told"] and one["known"] and two["known"])
    return alike >= (1 if told else ALIKE)


def _grew(one: Row, two: Row) -> bool:
    """True where the higher count was printed on a later day, or beside an earlier toll: it rises as the dead are found."""
    low, high = (one, two) if limits(one).most < limits(two).least else (two, one)
    if high["grown"] and high["article"] != low["article"]:
        return True
    a, b = low["printed"], high["printed"]
    return a[1] is not None and b[0] is not None and str(a[1]) < str(b[0])


def _state(one: Row, two: Row, category: str) -> bool:
    """True where two counts of a state of things are held at the same time."""
    if two["after"] == one["id"] or one["after"] == two["id"]:
        return True
    named = (one["known"] and two["known"]) or category == "share_of_killed"
    if category not in STANDS or not named or one["who"] is None or two["who"] is None:
        return False
    a, b = when(one), when(two)
    return a is not None and b is not None and a.meets(b, STANDS[category])


# --- what is told of them -------------------------------------------------------------------------------------------


def told(found: Sequence[Clash], items: Sequence[Row], thing: str, pile: Pile) -> list[Row]:
    """Clashes as they are shown: of single happenings one for each two amounts, whoever repeats them and
    whatever day it is told of; of running counts and states one for each two voices."""
    backed = _backers(items, pile) if found else {}
    groups: dict[tuple[object, ...], list[list[Clash]]] = defaultdict(list)
    for clash in found:
        single = clash.one["scope"] == "incident"
        by = limits if single else lambda i: backed[i["id"]]
        mine = groups[tuple(sorted(by(i) for i in (clash.one, clash.two))), clash.fall]
        near = next((g for g in mine if not single or _near(clash, g[0])), None)
        if near is None:
            mine.append([clash])
        else:
            near.append(clash)
    return [_told(group, thing, pile) for group in chain.from_iterable(groups.values())]


def _near(one: Clash, two: Clash) -> bool:
    a, b = when(one.one), when(two.one)
    return a is not None and b is not None and a.meets(b, LAG)


def _backers(items: Sequence[Row], pile: Pile) -> dict[str, tuple[str, str]]:
    """By item, whose word it is; where outlets or descriptions ("the ministry") give a number that a named claimant gives within a week,
    that claimant's."""
    named: dict[object, list[Row]] = defaultdict(list)
    for item in items:
        if item["known"]:
            named[limits(item)].append(item)
    out = {}
    for item in items:
        mine = when(item)
        same = named[limits(item)] if not item["known"] and mine is not None else []
        backer = next((n for n in same if mine and (w := when(n)) and w.meets(mine, LAG)), item)
        out[item["id"]] = voice(backer, pile)
    return out


def _told(group: Sequence[Clash], thing: str, pile: Pile) -> Row:
    best = max(_of_usual_day(group), key=_clearest)
    rows = list(dict.fromkeys(i["id"] for c in (best, *group) for i in (c.one, c.two)))
    articles = list(dict.fromkeys(i["article"] for c in (best, *group) for i in (c.one, c.two)))
    outlets, independent = pile.independent((i["article"], *i["span"]) for c in group for i in (c.one, c.two))
    known = sum(i["known"] for i in (best.one, best.two))
    return {
        "kind": "falls" if best.fall else "claimants",
        "claimants": [name(best.one, pile), name(best.two, pile)],
        "date": as_of(best.two) or as_of(best.one),
        "why": _fell(best, thing, pile) if best.fall else _differ(best, thing, pile),
        "rows": rows,
        "articles": [pile.head(a).source_id for a in articles],
        "outlets": outlets,
        "independent": independent,
        "weight": round(2 * known + math.log2(1 + independent) + min(best.ratio, 3), 3),
    }


def _of_usual_day(group: Sequence[Clash]) -> Sequence[Clash]:
    """Those clashes of a single happening that tell of the day on which most articles have it."""
    if group[0].one["scope"] != "incident":
        return group
    days = Counter(as_of(i) for c in group for i in (c.one, c.two))
    usual = max(days, key=lambda d: (days[d], d or ""))
    return [c for c in group if usual in (as_of(c.one), as_of(c.two))]


def _clearest(clash: Clash) -> tuple[object, ...]:
    """Two named claimants in one article, on the latest day, are easiest to check."""
    one, two = clash.one, clash.two
    return (
        one["known"] + two["known"],
        one["article"] == two["article"],
        bool(two["told"]),
        as_of(two) or "",
        as_of(one) or "",
    )


def name(item: Row, pile: Pile) -> str:
    """Who counts so, for the reader: the claimant, or the outlet in its own words."""
    return item["claimant"] or f"{pile.outlet(item['article']) or 'an outlet'} in its own words"


def counts(item: Row) -> str:
    """An item's count in words."""
    low, high = shown_limits(item)
    return amount_told({"value": item["value"], "low": low, "high": high, "qualifier": item["qualifier"]})


def _differ(clash: Clash, thing: str, pile: Pile) -> str:
    one, two = clash.one, clash.two
    day = as_of(two) or as_of(one)
    return (
        f"{thing}{f', {day}' if day else ''}: {name(one, pile)} counts {counts(one)},"
        f" {name(two, pile)} {counts(two)}; no number fits both"
    )


def _fell(clash: Clash, thing: str, pile: Pile) -> str:
    ordered = _by_day(clash.one, clash.two) or (clash.one, clash.two)
    before, after = ordered
    return (
        f"{thing}: {name(after, pile)} counts {counts(before)} as of {as_of(before)}"
        f" and {counts(after)} as of {as_of(after)}; a running count does not fall"
    )
