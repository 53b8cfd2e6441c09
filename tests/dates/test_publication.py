"""Publication dates: the golden articles, and that no day is told that the evidence does not support."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.codebooks import lexicon, load_codebook
from parley.data import Article, Reading
from parley.dates import since
from parley.dates.expressions import understand
from parley.dates.publication import date_in_url
from parley.errors import UsageError
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "dates" / "publication.txt"
SERIES = "report_date,source,killed,killed_cum\n" + "".join(
    f"2022-08-{day:02d},ministry,{new},{total}\n"
    for day, new, total in [
        (8, 40, 1100),
        (9, 60, 1160),
        (10, 40, 1200),
        (11, 40, 1240),
        (12, 30, 1270),
        (13, 20, 1290),
        (14, 30, 1320),
    ]
)


def _cases() -> Iterator[tuple[str, dict[str, str], str, list[tuple[str, str]]]]:
    """(name, what came with the text, the text, [(field, expected)])"""
    for case in GOLDEN.read_text(encoding="utf-8").split("================ ")[1:]:
        name, _, rest = case.partition("\n")
        rows = rest.splitlines()
        given = dict(row[2:].split(" ", 1) for row in rows if row.startswith("@ "))
        wanted = [tuple(row[3:].split(" ", 1)) for row in rows if row.startswith("=> ")]
        text = "\n".join(row for row in rows if not row.startswith(("@ ", "=> "))).strip()
        yield name, given, text, [(field, value) for field, value in wanted]


CASES = list(_cases())


def _read(text: str, given: dict[str, str], folder: Path) -> Reading:
    series: tuple[str, ...] = ()
    if "series" in given:
        name, _, column = given["series"].partition(":")
        (folder / name).write_text(SERIES, encoding="utf-8")
        series = (f"{folder / name}:{column}",)
    pipeline = Pipeline.make(Settings(series=series, date=given.get("date")), STEPS[:4])
    page = page_from_text(text)
    return pipeline.run(replace(page, published=given.get("field"), published_rule=None, url=given.get("url")))


@pytest.mark.parametrize(("name", "given", "text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_a_golden_article_is_dated_as_written(
    name: str, given: dict[str, str], text: str, wanted: list[tuple[str, str]], tmp_path: Path
) -> None:
    article = _read(text, given, tmp_path).article
    expected = dict(wanted)
    assert (article.published or "-") == expected["published"]
    assert (article.published_latest or "-") == expected.get("latest", "-")
    rules = {basis.rule for basis in article.published_basis}
    assert {value for field, value in wanted if field == "rule"} <= rules


@pytest.mark.parametrize(("name", "given", "text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_every_date_has_its_reason_and_every_reason_its_characters(
    name: str, given: dict[str, str], text: str, wanted: list[tuple[str, str]], tmp_path: Path
) -> None:
    reading = _read(text, given, tmp_path)
    article = reading.article
    assert article.published is None or article.published_basis
    for basis in article.published_basis:
        assert basis.detail
        if basis.span is not None:
            assert article.text[basis.span.start : basis.span.end] == basis.span.text
    for timex in reading.dates:
        assert article.text[timex.span.start : timex.span.end] == timex.span.text
        assert timex.article == article.id


def test_weekdays_are_settled_only_where_both_ends_of_an_interval_agree() -> None:
    text = "Strike goes on\n\nWorkers voted on Tuesday, the union said. The strike, which began on 4 June 2019, is {} week."
    pipeline = Pipeline.make(Settings(), STEPS[:4])
    tight = pipeline.run(page_from_text(text.format("entering its third")))
    assert {t.span.text: t.value for t in tight.dates}["Tuesday"] == "2019-06-18"
    wide = pipeline.run(page_from_text(text.format("in its third")))
    assert {t.span.text: t.value for t in wide.dates}["Tuesday"] == "XXXX-WXX-2"


def test_the_day_on_which_a_page_was_saved_bounds_when_it_was_published() -> None:
    text = (
        "AMBROVA, June 14 – Talks go on\n\nThe council met on 4 June 2019 and named a delegation, two officials said."
    )
    pipeline = Pipeline.make(Settings(), STEPS[:4])
    without = pipeline.run(page_from_text(text)).article
    assert (without.published, without.published_latest) == (None, None)
    article = pipeline.run(replace(page_from_text(text), saved="2019-06-20")).article
    assert (article.published, article.published_latest) == ("2019-06-14", None)
    assert "not after 2019-06-20: it was saved or crawled on that day" in [b.detail for b in article.published_basis]


def test_that_a_page_was_saved_dates_nothing_alone() -> None:
    page = replace(
        page_from_text("AMBROVA, December 31 – Talks go on\n\nHe said that it was over."), saved="2019-01-05"
    )
    assert Pipeline.make(Settings(), STEPS[:4]).run(page).article.published is None


def test_weekdays_stay_open_where_only_the_month_is_known() -> None:
    page = replace(page_from_text("Talks\n\nHe said on Friday that it was over."), published="2024-06")
    reading = Pipeline.make(Settings(), STEPS[:4]).run(page)
    assert (reading.article.published, reading.article.published_precision) == ("2024-06", "month")
    assert reading.dates[0].value == "XXXX-WXX-5"


def test_each_anchor_is_triggered_by_its_example() -> None:
    table = lexicon("anchors")
    assert all(table[key] for key in ("source", "licence", "version"))
    entries = {a.name: a for a in load_codebook().anchors}
    for row in table["anchor"]:
        known = since.anchors_of(understand(row["example"]), [entries[row["name"]]])
        assert [a.name for a in known] == [row["name"]], row["example"]


def test_each_group_of_lasting_things_is_triggered_by_its_example() -> None:
    table = lexicon("anchors")
    assert set(table["examples"]) == set(table["words"])
    for group, example in table["examples"].items():
        assert since.words_of(group).search(example), example


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_any_text_is_dated_twice_alike(text: str) -> None:
    pipeline = Pipeline.make(Settings(), STEPS[:4])
    first, second = (pipeline.run(page_from_text(text)) for _ in range(2))
    assert first == second


def test_a_date_given_with_the_run_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="--date soon: no date such as 2024-06-02"):
        Pipeline.make(Settings(date="soon"), STEPS[:4])


def test_an_address_with_an_id_holds_no_date() -> None:
    assert date_in_url("https://example.org/noticias/373076-20-points-of-2024-plan") is None
    assert date_in_url(None) is None


def test_the_seed_articles_are_dated_rightly_with_their_series(shared: Path) -> None:
    seeds, series = shared / "seeds", shared / "reference" / "gaza_daily.csv"
    if not series.is_file():
        pytest.skip("the reference series is not at hand")
    told: dict[bool, list[Article]] = {True: [], False: []}
    gold = [g for g in json.loads((seeds / "gold.json").read_text(encoding="utf-8")) if g["meta"].get("published")]
    for with_series in told:
        pipeline = Pipeline.make(Settings(series=(f"{series}:killed_cum",) if with_series else ()), STEPS[:4])
        for g in gold:
            told[with_series].append(
                pipeline.run(page_from_text((seeds / g["file"]).read_text(encoding="utf-8"))).article
            )
    days = [g["meta"]["published"] for g in gold]
    assert all((a.published or "").startswith(day) for a, day in zip(told[True], days, strict=True))
    for article, day in zip(told[False], days, strict=True):
        assert article.published is not None
        assert article.published <= day <= (article.published_latest or article.published)
