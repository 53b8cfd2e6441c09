"""What one outlet has, by the days that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from parley.data import Reading
from parley.store import outlets
from parley.store.ledger import Ledger
from parley.store.words import fold


@pytest.fixture
def herald(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """Two articles of the Herald, one of the Herald on Sunday."""
    with Ledger.open(ledger_place, create=True) as ledger:
        for n, (outlet, day) in enumerate(
            [("Herald", "2031-03-05"), ("Herald", None), ("Herald on Sunday", "2031-03-07")]
        ):
            made = reading(file=f"in/{n}.txt", source_id=f"{n}")
            article = replace(made.article, outlet=outlet, published=day, published_latest=day)
            ledger.add(replace(made, article=article), fingerprint="f", run="r")
        yield ledger


def test_an_outlet_is_called_by_its_name_before_those_that_hold_it(herald: Ledger) -> None:
    assert outlets.called(herald, "HERALD") == ["Herald"]
    assert outlets.called(herald, "sunday") == ["Herald on Sunday"]
    assert outlets.called(herald, "her") == ["Herald", "Herald on Sunday"]
    assert outlets.called(herald, "Post") == []


def test_its_articles_come_with_their_days_within_those_asked_for(herald: Ledger) -> None:
    assert sorted(str(day) for day, _ in outlets.articles(herald, "Herald")) == ["2031-03-05", "None"]
    assert outlets.articles(herald, "Herald", since="2031-03-06") == []


def test_words_are_those_of_the_whole_article_with_what_was_set_aside(herald: Ledger) -> None:
    ids = [id for _, id in outlets.articles(herald, "Herald")]
    words = outlets.words_of(herald, ids)
    assert set(words) == set(ids)
    for article, held in words.items():
        assert " the road will open " in held
        assert all(f" {word} " in held for word in fold(herald.text(article)).split())


def test_rows_come_by_article_as_exports_have_them(herald: Ledger) -> None:
    ids = [id for _, id in outlets.articles(herald, "Herald")]
    held = outlets.rows_of(herald, "figure", ids)
    assert [r["id"] for rows in held.values() for r in rows] == [
        r["id"] for article in held for r in herald.figures(article=article)
    ]
    assert all(rows for rows in held.values())
