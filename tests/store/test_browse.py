"""Leafing through a ledger: every row once, the newest first, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from parley.data import Reading
from parley.errors import UsageError
from parley.store import browse, narrow, search
from parley.store.ledger import Ledger

DAYS = ["2031-03-05", "2031-03-03", None, "2031-03-05", "2031-03", None]


@pytest.fixture(scope="module")
def leafed(module_ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """Six articles, two of one day, two without any."""
    with Ledger.open(module_ledger_place, create=True) as ledger:
        for n, day in enumerate(DAYS):
            made = reading(file=f"in/{n}.txt", source_id=f"{n}")
            dated = replace(made.article, published=day, published_latest=day, outlet="Herald" if n % 2 else "Post")
            ledger.add(replace(made, article=dated), fingerprint="f", run="ru_1")
        yield ledger


def leaf(ledger: Ledger, kind: str, **filters: Any) -> list[browse.Page]:
    pages, after = [], None
    while True:
        pages.append(browse.page(ledger, kind, after=after, limit=2, **filters))
        after = pages[-1].after
        if after is None:
            return pages


@pytest.mark.parametrize("kind", list(browse.CHOICES))
def test_every_row_is_met_once_whatever_the_size_of_a_page(leafed: Ledger, kind: str) -> None:
    met = [r["id"] for page in leaf(leafed, kind) for r in page.rows]
    whole = [r["id"] for r in browse.page(leafed, kind, limit=1_000).rows]
    assert met == whole
    assert len(set(met)) == len(met) == len(list(getattr(leafed, METHODS[kind])()))


METHODS = {"statement": "statements", "figure": "figures", "position": "positions", "event": "events"}
METHODS |= {"wording": "wording", "article": "articles"}


def test_the_newest_articles_come_first_and_those_without_a_day_last(leafed: Ledger) -> None:
    days = [r["published"] for page in leaf(leafed, "article") for r in page.rows]
    assert days == ["2031-03-05", "2031-03-05", "2031-03-03", "2031-03", None, None]


def test_filters_and_words_narrow_every_page(leafed: Ledger) -> None:
    pages = leaf(leafed, "statement", outlet="Post", text="road")
    assert {page.articles[r["article"]]["outlet"] for page in pages for r in page.rows} == {"Post"}


@pytest.mark.parametrize(
    "asked", [{"outlet": "o"}, {"text": "road"}, {"text": "road", "outlet": "s"}, {"text": "zzyzx"}]
)
def test_what_is_frequent_is_leafed_through_as_what_is_rare_is(
    leafed: Ledger, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large ledger rows that fit are walked for, and looked up where too few are met; here six articles are many."""
    rare = [r["id"] for page in leaf(leafed, "statement", **asked) for r in page.rows]
    monkeypatch.setattr(narrow, "FEW", 1)
    monkeypatch.setattr(search, "FEW", 0)
    for strides in ((1, 2, 3), (1, 4, 5), (9, 9, 9)):
        monkeypatch.setattr(browse, "STRIDES", strides)
        assert [r["id"] for page in leaf(leafed, "statement", **asked) for r in page.rows] == rare
        assert browse.choices(leafed, "statement", **asked).of <= len(rare)


def test_the_first_page_shows_what_choices_met_and_the_next_ones_go_on_behind_it(
    leafed: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse, "SAMPLE", 3)
    monkeypatch.setattr(narrow, "FEW", 1)
    every = [r["id"] for r in browse.page(leafed, "statement", limit=100, outlet="o").rows]
    found, offered = browse.chosen(leafed, "statement", outlet="o")
    assert list(found.head) == offered.ids == every[:3]
    first = browse.page(leafed, "statement", limit=2, search=found)
    behind = browse.page(leafed, "statement", limit=100, search=found, after=first.after)
    assert [r["id"] for page in (first, behind) for r in page.rows] == every


@pytest.mark.parametrize(
    "after", ["", "x", "[1]", "{}", '["2031", "a", 1, 2]', '["2031","a",1e99,2,"b"]', "null", '[1,"a",1,2,"b"]']
)
def test_a_place_that_is_none_is_refused_in_words(leafed: Ledger, after: str) -> None:
    with pytest.raises(UsageError, match="first one"):
        browse.page(leafed, "statement", after=after)


def test_choices_count_what_fits_and_say_of_how_many(leafed: Ledger) -> None:
    every = browse.choices(leafed, "statement")
    assert dict(every.values["outlet"]) == {"Herald": every.of // 2, "Post": every.of // 2}
    assert every.whole
    post = browse.choices(leafed, "statement", outlet="Post")
    assert dict(post.values["outlet"]) == {"Post": post.of}


def test_choices_of_a_large_ledger_are_those_of_its_newest_rows(
    leafed: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse, "SAMPLE", 3)
    some = browse.choices(leafed, "statement")
    assert (some.of, some.whole) == (3, False)
