"""One official in two places on one day; places inside each other, and bodies, are no contradiction."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parley.compare.base import Head, Pile, Row, Told
from parley.compare.disputes.whereabouts import items, results


def told(article: str, name: str, venue: str, said_on: str | None, published: str = "2031-03-09") -> Told:
    statement = {
        "id": f"st_{article}",
        "venue": venue,
        "said_on": said_on,
        "content": [[0, 9]],
        "speaker": {"id": "ac_1", "name": name, "side": None},
    }
    about = {"id": article, "published_earliest": published, "published_latest": published}
    return Told(about, "", statements=[statement], names={name.lower(): f"ac_1\t{name}\t"})


def found(*articles: Told) -> list[Row]:
    blocks: dict[str, list[Row]] = {}
    for one in articles:
        for block, item in items(one):
            blocks.setdefault(block, []).append({**item, "article": one.id})
    heads = {a.id: Head(a.id, a.id, a.id, None, a.id, None, None) for a in articles}
    return [r.row for block, held in blocks.items() for r in results(block, held, Pile(heads))]


def test_two_places_on_one_day_are_shown_side_by_side() -> None:
    [row] = found(
        told("a", "Oran Melk", "press conference in Toven", "2031-03-09"),
        told("b", "Oran Melk", "Port Amity", "2031-03-09"),
    )
    assert row["why"].startswith("Oran Melk speaks in Toven and in Port Amity on 2031-03-09")
    assert [side["says"] for side in row["sides"]] == ["in Toven", "in Port Amity"]


@pytest.mark.parametrize(
    "articles",
    [
        [("a", "Oran Melk", "in Toven", "2031-03-09"), ("b", "Oran Melk", "in Port Amity", "2031-03-10")],
        [("a", "Oran Melk", "in Toven", "2031-03-09"), ("b", "Oran Melk", "Toven Hospital", "2031-03-09")],
        [("a", "Oran Melk", "in Toven", None), ("b", "Oran Melk", "in Port Amity", None)],
        [("a", "Oran Melk", "in Toven", "2031-03-09"), ("b", "Oran Melk", "statement", "2031-03-09")],
        [("a", "Veyra Council", "in Toven", "2031-03-09"), ("b", "Veyra Council", "in Port Amity", "2031-03-09")],
    ],
    ids=["other days", "one place in the other", "no day told", "no place", "a body"],
)
def test_these_are_no_contradiction(articles: Sequence[tuple[str, str, str, str | None]]) -> None:
    assert found(*(told(*a) for a in articles)) == []
