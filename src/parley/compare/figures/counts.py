"""What one article brings to the series of figures: each count with whom, where, when and by whom, as items of a block.

A figure that says little of itself ("Veyra put the number at seven") counts what the one told just before it counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from parley.compare.base import Row, Told
from parley.compare.figures.bounds import Bounds, bounds, number
from parley.compare.figures.counted import Counted, counted, place_key, where_key
from parley.compare.figures.scopes import DEEDS, WAR
from parley.store.words import fold

NEAR = 300
"""Characters within which a bare number takes over what the number before it counts: two sentences of news."""

AROUND = 160
"""Characters on either side of a number that tell which happening it is about."""

_THAT = re.compile(r"^\W{0,3}(?:that|this|as (?:many|much))\b")
_INSTEAD = re.compile(
    r"^\W{0,3}(?:and|,)?\s*(?:not|rather than|instead of)\s+(?:the\s+)?([0-9][0-9,.\u00a0 ]*[0-9]|[0-9])", re.I
)
_LOWERED = re.compile(
    r"\b(?:revised|lowered|corrected|cut|reduced)\b[^.;]{0,40}$|^[^.;]{0,60}\b(?:down from|revised down|not \d)", re.I
)
_BY = re.compile(r"\b(?:by|another|an additional|a further)\s+$", re.I)
_OTHERS = re.compile(r"\b(?:others?|more|another|additional|further)\b(?! than)", re.I)
"""Told after a count of the same kind, a number of others is one to add to it, not another count of the same."""

_EARLIER = re.compile(
    r"\bearlier (?:death )?toll\b|\b(?:toll|number of (?:dead|deaths))\b[^.]{0,40}\b(?:rose|risen|rises|rising|climb\w*)\b",
    re.I,
)
"""An article that says so tells the later count of a toll that grew."""

_BARE = frozenset(("", "others", "more", "number"))
_COMMON = frozenset(
    [
        "after",
        "their",
        "there",
        "which",
        "would",
        "could",
        "while",
        "being",
        "been",
        "were",
        "have",
        "with",
        "from",
        "that",
        "this",
        "they",
        "them",
        "said",
        "says",
        "told",
        "people",
        "killed",
        "injured",
        "wounded",
        "died",
        "dead",
        "death",
        "toll",
        "least",
        "more",
        "than",
        "about",
        "when",
        "where",
        "since",
        "also",
        "into",
        "over",
        "between",
        "during",
        "other",
        "others",
        "government",
        "country",
        "state",
        "official",
        "officials",
        "ministry",
        "according",
        "number",
        "reported",
        "report",
        "news",
        "agency",
    ]
)
_WORD = re.compile(r"[^\W\d_]{4,}")


def items(told: Told) -> Iterable[tuple[str, Row]]:
    """Each figure of an article with the block it belongs to: its category, and where."""
    before: list[Row] = []
    for figure in told.figures:
        item = _item(figure, told)
        if item is not None:
            _take_over(item, before, figure, told.text)
            item["others"] = item["others"] and any(b["category"] == item["category"] for b in before)
            before.append(item)
    grown = bool(before) and bool(_EARLIER.search(told.text))
    _share_days(before)
    for item in before:
        item["grown"] = grown
        item["where"] = where_key(item["place"], Counted(item["head"], item["nation"]))
        yield _block(item), item


def _item(figure: Row, told: Told) -> Row | None:
    low_high = bounds(figure)
    start, end = figure["span"]
    if low_high is None or figure["status"] == "rejected" or _BY.search(told.text[max(0, start - 20) : start]):
        return None
    who = told.who(figure["claimant"]) if figure["claimant"] else None
    whom = counted(figure["population"])
    if figure["part_of"] and not whom.head and not whom.nation:
        return None  # "all but two of them": a part that does not say of whom
    article = told.article
    return {
        "id": figure["id"],
        "span": figure["span"],
        "category": figure["category"],
        "value": figure["value"],
        "least": low_high.least,
        "most": None if low_high.most == float("inf") else low_high.most,
        "qualifier": figure["qualifier"],
        "population": figure["population"],
        "head": whom.head,
        "nation": whom.nation,
        "place": figure["place"],
        "who": who.key if who else None,
        "claimant": who.name if who else None,
        "known": bool(who and any(c.isupper() for c in who.name)),
        "scope": figure["scope"],
        "told": figure["date"] or figure["until"],
        "since": figure["since"],
        "printed": [article["published_earliest"], article["published_latest"]],
        "near": _near(told.text, start, end),
        "not": _instead(told.text[end : end + 40]),
        "lowered": figure["change"] == "down" or _lowered(told.text, start, end),
        "after": None,
        "others": bool(_OTHERS.search(figure["text"])),
    }


def _near(text: str, start: int, end: int) -> str:
    """The rarer words around a number, cut to their first letters, so that "shelled" and "shelling" are one."""
    words = _WORD.findall(f"{text[max(0, start - AROUND) : start]} {text[end : end + AROUND]}")
    return " ".join(sorted({fold(w)[:5] for w in words if w.lower() not in _COMMON}))


def _instead(after: str) -> float | None:
    """The number that this one replaces, of "59 and not 62".

    >>> _instead(" and not 62, as VoM reported"), _instead(" people and not one house")
    (62.0, None)
    """
    found = _INSTEAD.match(after)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    return float(digits) if digits else None


def _lowered(text: str, start: int, end: int) -> bool:
    return bool(_LOWERED.search(text[max(0, start - 60) : start]) or _LOWERED.search(text[end : end + 80]))


def _take_over(item: Row, before: Sequence[Row], figure: Row, text: str) -> None:
    """Let a number that does not say what it counts take that from the number of its kind before it, where that is near.

    Only another claimant's number does: "Veyra put it at seven", "the union puts it at less than half that".
    """
    last = next((b for b in reversed(before) if b["category"] == item["category"]), None)
    if last is None or not 0 <= item["span"][0] - last["span"][1] <= NEAR or item["who"] in (None, last["who"]):
        return
    ahead = f"{figure['text'].rpartition(' ')[2]} {text[item['span'][1] :][:20]}"
    if isinstance(item["value"], str) and (_THAT.match(ahead) or _THAT.match(ahead.partition(" ")[2])):
        _part_of(item, last)
    elif not _same_people(item, last, figure["text"]) or (item["place"] and item["place"] != last["place"]):
        return
    item["after"] = last["id"]
    for key in ("population", "head", "nation", "place", "scope", "told", "since"):
        item[key] = item[key] or last[key]


def _same_people(item: Row, last: Row, text: str) -> bool:
    """True of a number that prints nobody whom it counts, where nobody else was read into it."""
    printed = item["population"] or ""
    if fold(printed) in _BARE:
        return True
    return fold(printed) not in fold(text) and (item["head"], item["nation"]) == (last["head"], last["nation"])


def _part_of(item: Row, last: Row) -> None:
    whole, share = number(last["value"]), number(item["value"])
    if whole is None or share is None:
        return
    limits: dict[str, Any] = {"value": share * whole, "low": None, "high": None, "qualifier": item["qualifier"]}
    made = bounds(limits) or Bounds(0, 0)
    item["value"], item["least"] = share * whole, made.least
    item["most"] = None if made.most == float("inf") else made.most


def _share_days(items: Sequence[Row]) -> None:
    """Let counts of one happening that tell no day take the one that all others of their place in the article tell."""
    told: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item["place"] and item["told"] and item["scope"] == "incident":
            told[place_key(item["place"])].add(item["told"])
    for item in items:
        days = told.get(place_key(item["place"]), set())
        if item["told"] is None and _of_one(item) and len(days) == 1:
            item["told"] = next(iter(days))


def _of_one(item: Row) -> bool:
    """True of a count that may be of one happening."""
    return item["scope"] != "cumulative" and item["category"] in DEEDS and item["least"] < WAR


def _block(item: Row) -> str:
    """Category and place. Counts without a place are compared among those of the same people, others by claimant only."""
    if item["where"]:
        return f"{item['category']}\t{item['where']}"
    return f"{item['category']}\t\t{item['head'] or item['who'] or ''}"
