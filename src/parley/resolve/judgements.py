"""Judgements: that a name means an actor, that it does not, or that nobody can tell. Kept beside the rows, never an edit.

A person's judgement stands over Parley's; taking it back brings Parley's forth again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MACHINE = "parley"
"""Who judges when nobody has: `by` of the links that Parley makes itself."""


_IN = " @"


def in_article(key: str, article: str) -> str:
    """What a link starts from that holds for a name in one article only: it stands over the link of the name everywhere.

    >>> in_article("foreign minister [veyra]", "ar_1")
    'foreign minister [veyra] @ar_1'
    """
    return f"{key}{_IN}{article}"


def of_key(left: str) -> tuple[str, str | None]:
    """The name's key that a link starts from, and the one article that it holds for, None where it holds everywhere.

    >>> of_key("foreign minister [veyra] @ar_1"), of_key("oran melk")
    (('foreign minister [veyra]', 'ar_1'), ('oran melk', None))
    """
    key, found, article = left.rpartition(f"{_IN}ar_")
    return (key, f"ar_{article}") if found else (left, None)


def decided(links: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Which actor each name means: the positive link that stands, a person's before Parley's, the surest of equals.

    >>> decided([
    ...     {"left": "x", "right": "ac_1", "judgement": "positive", "score": 1.0, "by": "parley"},
    ...     {"left": "x", "right": "ac_1", "judgement": "negative", "score": 1.0, "by": "ana"},
    ...     {"left": "x", "right": "ac_2", "judgement": "positive", "score": 1.0, "by": "ana"},
    ... ])
    {'x': 'ac_2'}
    """
    by_pair: dict[tuple[str, str], Mapping[str, Any]] = {}
    for link in sorted(links, key=lambda k: (k["by"] == MACHINE, k["by"])):
        by_pair.setdefault((link["left"], link["right"]), link)
    best: dict[str, Mapping[str, Any]] = {}
    for link in by_pair.values():
        if link["judgement"] == "positive":
            held = best.get(link["left"])
            if held is None or _rank(link) < _rank(held):
                best[link["left"]] = link
    return {left: link["right"] for left, link in best.items()}


def _rank(link: Mapping[str, Any]) -> tuple[bool, float, str]:
    return link["by"] == MACHINE, -link["score"], link["right"]
