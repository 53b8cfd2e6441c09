"""Of a passage that several articles print, only the first one's characters count."""

from __future__ import annotations

from parley.compare.base import Head, Pile
from parley.compare.copying.independent import Pair
from parley.compare.copying.once import Once


def head(id: str, published: str | None) -> Head:
    return Head(id, id, id, None, "Herald", published, published)


HEADS = {"a": head("a", "2031-03-05"), "b": head("b", "2031-03-04"), "c": head("c", None)}
PAIR = Pair("a", "b", [[[0, 100], [200, 300]]])


def test_the_later_day_is_the_copy_whichever_stands_left() -> None:
    once = Once(["a", "b"], Pile(HEADS, {"a": [PAIR]}))
    assert not once.counts("a", 10, 20)
    assert once.counts("b", 210, 220)


def test_an_article_without_a_day_comes_after_those_that_have_one() -> None:
    once = Once(["a", "c"], Pile(HEADS, {"a": [Pair("a", "c", [[[0, 50], [0, 50]]])]}))
    assert once.counts("a", 0, 9)
    assert not once.counts("c", 0, 9)


def test_half_of_the_characters_decide() -> None:
    once = Once(["a", "b"], Pile(HEADS, {"a": [PAIR]}))
    assert not once.counts("a", 90, 110)
    assert once.counts("a", 91, 120)


def test_copies_of_articles_that_are_not_asked_about_count() -> None:
    assert Once(["a"], Pile(HEADS, {"a": [PAIR]})).counts("a", 10, 20)
