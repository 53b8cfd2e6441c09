"""The cost model: what it says of builds that it was told of, and the figures' way into the documents."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.reliability.report import put
from benchmarks.speed.scale import Model, Taken, cost, growth, lines, table


def made(articles: int, processes: int) -> Taken:
    """A build that takes 2 s a process and 50 ms an article."""
    whole = 2 * processes + 0.05 * articles
    return Taken(articles, processes, 0.0, 0.1 * whole, 0.9 * whole, 200.0, 180.0, 5000 * articles, 20_000 * articles)


def test_the_model_finds_what_builds_were_made_by() -> None:
    some = [made(n, p) for n in (100, 300, 1000) for p in (1, 2)]
    model = Model.of(some)
    assert (round(model.start, 6), round(model.article, 6)) == (2.0, 0.05)
    assert "13.9 core hours (0.56 dollars)" in cost(some)
    assert "20.0 GB of ledger" in cost(some)
    assert table(some).count("\n") == 7


def test_the_slope_tells_a_line_from_a_square() -> None:
    assert "with the power 1.00 of" in growth([made(n, 1) for n in (10, 100, 1_000, 10_000)])
    squares = [replace(made(n, 1), builder=0.001 * n * n) for n in (10, 100, 1_000)]
    assert "with the power 1.9" in growth(squares)
    assert growth(squares[:2]) == ""


def test_articles_of_any_number_are_all_different() -> None:
    some = list(lines(300, short=True))
    assert len({json.loads(line)["text"] for line in some}) > 250
    assert len(set(some)) == 300


def test_figures_are_put_where_the_document_has_a_place(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("Before.\n<!-- x -->\nold\n<!-- end x -->\nAfter.\n", encoding="utf-8")
    put("x", "new \\1", document)
    put("x", "new \\2", document)
    assert document.read_text(encoding="utf-8") == "Before.\n<!-- x -->\nnew \\2\n<!-- end x -->\nAfter.\n"
    with pytest.raises(ValueError, match="no place for 'y'"):
        put("y", "new", document)
