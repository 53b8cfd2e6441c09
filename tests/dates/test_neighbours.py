"""What other articles tell of a day: only what they tell by themselves, and only words that are no accident."""

from __future__ import annotations

import datetime as dt
from typing import Any

from parley.data import Reading
from parley.dates.neighbours import own_days, told_by_others
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text


class Held:
    """As much of a ledger as is asked: articles with their days, and which of them hold some words."""

    def __init__(self, *articles: tuple[str, str | None, str | None, str], holding: tuple[str, ...] = ()) -> None:
        self._articles = articles
        self._holding = holding
        self.asked: list[str] = []

    def articles(self) -> list[dict[str, Any]]:
        return [
            {"id": i, "published_earliest": first, "published_latest": last, "published_basis": [{"rule": rule}]}
            for i, first, last, rule in self._articles
        ]

    def search(self, words: str, *, limit: int) -> list[dict[str, Any]]:
        self.asked.append(words)
        return [{"row": "article", "id": i} for i in self._holding][:limit]


def _reading(text: str) -> Reading:
    return Pipeline.make(Settings(), STEPS[:3]).run(page_from_text(f"Ferries\n\n{text}"))


def test_a_day_learned_from_others_is_not_passed_on() -> None:
    held = Held(
        ("a", "2031-03-09", "2031-03-09", "source_field"),
        ("b", "2031-03-09", "2031-03-10", "weekday"),
        ("c", "2031-03-09", "2031-03-10", "same_words"),
        ("d", "2031-03-09", "2031-03-19", "duration"),
        ("e", "2031-03", "2031-03", "source_field"),
        ("f", None, None, "no_year"),
    )
    dated = own_days(held)  # type: ignore[arg-type]
    assert dated.days == {"a": dt.date(2031, 3, 9), "b": dt.date(2031, 3, 9)}
    assert dated.undated == ("c", "d", "e", "f")


def test_a_shared_quotation_is_news_of_the_same_days() -> None:
    held = Held(("a", "2031-03-09", "2031-03-09", "printed"), holding=("a",))
    reading = _reading("“Nobody will carry another stone for nothing,” the ferrymen said on Sunday.")
    found = told_by_others(held, reading, own_days(held))  # type: ignore[arg-type]
    assert [(e.low.isoformat(), e.high.isoformat(), e.basis.rule) for e in found] == [
        ("2031-03-07", "2031-03-13", "same_words")
    ]
    assert found[0].basis.span is not None
    assert found[0].basis.span.text == "Nobody will carry another stone for nothing"


def test_a_short_quotation_is_not_even_looked_for() -> None:
    held = Held(("a", "2031-03-09", "2031-03-09", "printed"), holding=("a",))
    assert told_by_others(held, _reading("“Not for nothing,” they said."), own_days(held)) == ()  # type: ignore[arg-type]
    assert held.asked == []
