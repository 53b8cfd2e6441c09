"""Dating by neighbours: an article that does not say its day is told by those that print the same words, always alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import parley
from parley.store.ledger import Ledger

QUOTE = "Nobody on either bank of this river will carry another stone for nothing"

DATED = {
    "a": ("2031-03-09", f"The ferrymen of Lower Sorn met on Sunday. “{QUOTE},” Ilsa Brandt told them."),
    "b": ("2031-03-20", "Ilsa Brandt said on Thursday that the ferries would run again in a week."),
    "c": ("2031-04-02", "The ferries ran again on Wednesday. Ilsa Brandt said that she was glad of it."),
}
COPY = f"Ferrymen put down their oars on Sunday. “{QUOTE},” said Ilsa Brandt, who leads them."
DATELINE = "LOWER SORN, March 21 (CWS) -- Ilsa Brandt said that the ferries would not run, and went home."


def _source(folder: Path, articles: dict[str, tuple[str | None, str]], order: str) -> Path:
    path = folder / "news.jsonl"
    rows = [{"id": i, "text": f"Ferries\n\n{articles[i][1]}", "date": articles[i][0]} for i in order]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def _dates(ledger: Path) -> dict[str, tuple[Any, ...]]:
    with Ledger.open(ledger) as held:
        return {
            r["source_id"]: (r["published"], r["published_latest"], tuple(b["rule"] for b in r["published_basis"]))
            for r in held.articles()
        }


ARTICLES: dict[str, tuple[str | None, str]] = {**DATED, "u": (None, COPY), "v": (None, DATELINE)}


def test_the_same_words_and_the_same_story_date_what_says_no_day(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    parley.build(_source(tmp_path, ARTICLES, "abcuv"), ledger, profile="fast")
    dates = _dates(ledger)
    assert dates["u"][0] == "2031-03-09"
    assert "same_words" in dates["u"][2]
    assert dates["v"][0] == "2031-03-21"
    assert "same_story" in dates["v"][2]
    with Ledger.open(ledger) as held:
        weekdays = {r["value"] for r in held.dates() if r["text"] == "Sunday"}
    assert weekdays == {"2031-03-09"}


@pytest.mark.parametrize("order", ["uvabc", "cubva"])
@pytest.mark.parametrize("workers", [1, 2])
def test_order_and_workers_change_nothing(tmp_path: Path, order: str, workers: int) -> None:
    plain, other = tmp_path / "plain.db", tmp_path / "other.db"
    parley.build(_source(tmp_path, ARTICLES, "abcuv"), plain, profile="fast")
    parley.build(_source(tmp_path, ARTICLES, order), other, profile="fast", workers=workers)
    assert _dates(other) == _dates(plain)


def test_articles_that_come_later_date_those_that_are_there(tmp_path: Path) -> None:
    ledger, whole = tmp_path / "l.db", tmp_path / "whole.db"
    parley.build(_source(tmp_path, ARTICLES, "uv"), ledger, profile="fast")
    assert _dates(ledger)["u"][0] is None
    report = parley.build(_source(tmp_path, ARTICLES, "uvabc"), ledger, profile="fast")
    assert (report.added, report.unchanged) == (3, 2)
    parley.build(_source(tmp_path, ARTICLES, "abcuv"), whole, profile="fast")
    assert _dates(ledger) == _dates(whole)


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    source = _source(tmp_path, ARTICLES, "abcuv")
    parley.build(source, ledger, profile="fast")
    with Ledger.open(ledger) as held:
        before = list(held.runs())
    parley.build(source, ledger, profile="fast")
    with Ledger.open(ledger) as held:
        assert list(held.runs()) == before


def test_words_that_come_back_for_weeks_date_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    background = f"He recalled her words: “{QUOTE}.” The ferries were late."
    articles = {"a": DATED["a"], "d": ("2031-05-11", background), "u": (None, COPY)}
    parley.build(_source(tmp_path, articles, "adu"), ledger, profile="fast")
    assert _dates(ledger)["u"][0] is None
