"""What other articles tell of a day: only what they tell by themselves, and only words that are no accident."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from parley.data import Reading
from parley.dates.neighbours import own_days, told_by_others
from parley.engine.build import build
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text
from parley.store.ledger import Ledger


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
    return Pipeline.make(Settings(), STEPS[:4]).run(page_from_text(f"Ferries\n\n{text}"))


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


def test_a_strike_told_by_its_length_is_counted_from_the_day_another_article_tells(tmp_path: Path) -> None:
    begin = (
        "Harbour Post, Thursday, 6 May 2032\n\nPilots of Ostrel Air walked out on Thursday over pay. The Pilots' Union began the strike at"
        " dawn, union secretary Mara Tolland said. Ostrel Air director Ivo Brask called the strike a mistake."
    )
    end = (
        "Pilots of Ostrel Air went back to work on Monday after a twelve-day strike. “We have a deal,” union secretary Mara Tolland"
        " said. Ostrel Air director Ivo Brask said that the Pilots' Union had won."
    )
    (tmp_path / "a.txt").write_text(f"Pilots walk out\n\n{begin}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"Pilots back at work\n\n{end}", encoding="utf-8")
    build([str(tmp_path / "*.txt")], tmp_path / "l.db", profile="rules", workers=1)
    with Ledger.open(tmp_path / "l.db") as ledger:
        days = {a["source_id"]: (a["published"], [b["rule"] for b in a["published_basis"]]) for a in ledger.articles()}
    assert days["a"] == ("2032-05-06", ["printed"])
    assert days["b"][0] == "2032-05-17"
    assert "same_strike" in days["b"][1]
