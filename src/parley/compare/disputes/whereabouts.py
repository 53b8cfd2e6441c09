"""One official in two places on one day, as articles tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from parley.annotate.parties.words import body_words
from parley.compare.base import Comparison, Found, Pile, Row, Told
from parley.compare.days import between, iso

_PLACE = re.compile(r"\b(?:in|at|from|to)\s+((?:[A-Z][\w’'-]+)(?:\s+(?:[A-Z][\w’'-]+))*)")
_LONE = re.compile(r"(?:[A-Z][\w’'-]+)(?:\s+[A-Z][\w’'-]+)*")


def items(told: Told) -> Iterator[tuple[str, Row]]:
    """What an article brings: who spoke where, where both are named and the day is known."""
    news = between(told.article["published_earliest"], told.article["published_latest"])
    for statement in told.statements:
        who = told.speaker(statement)
        place = place_in(statement["venue"] or "")
        if not who or not who.known or not place or not person(who.name):
            continue
        day = between(statement["said_on"], None) or news
        if day and day.first == day.last and statement["content"]:
            span = [statement["content"][0][0], statement["content"][-1][1]]
            item = {
                "id": statement["id"],
                "span": span,
                "who": who.name,
                "place": place,
                "told": bool(statement["said_on"]),
            }
            yield f"{who.key}\t{iso(day.first)}", item


def place_in(venue: str) -> str | None:
    """The place that the words for an occasion name.

    >>> place_in("news conference in Port Amity"), place_in("Hallow Island"), place_in("statement")
    ('Port Amity', 'Hallow Island', None)
    """
    found = _PLACE.search(venue)
    if found:
        return found[1]
    return venue if _LONE.fullmatch(venue) else None


def person(name: str) -> bool:
    """True of a name that a body does not bear.

    >>> person("Oran Melk"), person("Veyra council"), person("Calvera")
    (True, False, False)
    """
    words = name.split()
    return len(words) > 1 and all(w[0].isupper() for w in words) and body_words().isdisjoint(w.lower() for w in words)


def results(block: str, brought: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """Two places of one day. One inside the other ("Toven", "Toven hospital") is no contradiction, nor are two in one article."""
    day = block.partition("\t")[2]
    for at, one in enumerate(brought):
        other = next((o for o in brought[at + 1 :] if _apart(one, o)), None)
        if other:
            yield _found(day, one, other, pile)
            return


def _apart(one: Row, other: Row) -> bool:
    a, b = one["place"].lower(), other["place"].lower()
    return one["article"] != other["article"] and (one["told"] or other["told"]) and a not in b and b not in a


def _found(day: str, one: Row, other: Row, pile: Pile) -> Found:
    n, m = pile.independent((i["article"], *i["span"]) for i in (one, other))
    rows = [one["id"], other["id"]]
    row = {
        "type": "dates",
        "why": f"{one['who']} speaks in {one['place']} and in {other['place']} on {day}: a journey, or a wrong day or place",
        "rows": rows,
        "sides": [{"who": _outlet(i, pile), "says": f"in {i['place']}", "rows": [i["id"]]} for i in (one, other)],
        "outlets": n,
        "independent": m,
        "date": day,
    }
    return Found("clash", row, rests=rows, key="places", date=day, weight=m + n / 100)


def _outlet(item: Row, pile: Pile) -> str:
    return pile.outlet(item["article"]) or "an outlet"


COMPARISONS = (Comparison("whereabouts", "1", items, results),)
