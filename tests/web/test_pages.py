"""What people come to the pages for, asked as they would ask it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_visitors import visitor

from parley.data import Reading
from parley.store.ledger import Ledger


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_claimant_of_a_toll_stands_beside_the_others(client: TestClient, web_ledger: Ledger) -> None:
    series = next(s for s in web_ledger.series() if s["claimant"] and s["category"] == "killed")
    page = words(client.get("/figures", params={"category": "killed", "claimant": series["claimant"]}).text)
    assert series["claimant"] in page
    assert "every count" in page


def test_a_conflict_of_counts_is_marked_with_its_reason(client: TestClient, web_ledger: Ledger) -> None:
    conflicts = [c for s in web_ledger.series() for c in s["conflicts"]]
    page = words(client.get("/figures").text)
    assert ("Not both can stand" in page) == bool(conflicts)


def test_a_cell_of_the_matrix_opens_its_sentences(client: TestClient, web_ledger: Ledger) -> None:
    cell = web_ledger.matrix()[0]
    page = client.get("/positions", params={"party": cell["party"], "issue": cell["issue"]}).text
    clause = web_ledger.by_ids(cell["rows"][:1])[cell["rows"][0]]["text"]
    assert " ".join(clause.split()) in words(page)
    assert "/article/" in page


def test_the_matrix_of_a_day_knows_nothing_of_later_ones(client: TestClient, web_ledger: Ledger) -> None:
    page = words(client.get("/positions?at=2000-01-01").text)
    assert "No position is reported up to then" in page


def test_an_event_stands_with_the_words_of_a_telling(client: TestClient, web_ledger: Ledger) -> None:
    event = web_ledger.timeline()[0]
    page = words(client.get("/timeline", params={"type": event["type"]}).text)
    told = web_ledger.by_ids(event["rows"])
    assert any(" ".join(r["text"].split()) in page for r in told.values())


def test_few_mentions_are_no_share(client: TestClient, web_ledger: Ledger) -> None:
    page = words(client.get("/wording").text)
    assert all(s["share"] is None for s in web_ledger.wording_shares() if s["n"] < 3 and s["of"] < 10)
    assert "too few for a share" in page


def test_the_row_that_an_address_names_is_open(client: TestClient, web_ledger: Ledger) -> None:
    row = web_ledger.figures(limit=1)[0]
    page = client.get(f"/figures/rows?open={row['id']}&article={row['article']}").text
    assert re.search(rf'id="{row["id"]}" open', page)


def test_what_is_not_known_is_written_out(client: TestClient, web_ledger: Ledger) -> None:
    undated = next(r for r in web_ledger.events() if r["date"] is None)
    assert "no day in the text" in client.get(f"/row/{undated['id']}").text


def test_an_actor_shows_why_names_are_held_to_be_one(client: TestClient, web_ledger: Ledger) -> None:
    link = next(iter(web_ledger.links()))
    page = words(client.get(f"/actor/{link['right']}").text)
    assert "Ada Quill (Veyra)" in page
    assert " ".join(link["detail"].split()) in page


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "empty.db", create=True) as ledger:
        client = visitor(ledger)
        assert "parley build" in client.get("/").text
        for path in (
            "/statements",
            "/figures",
            "/positions",
            "/timeline",
            "/wording",
            "/articles",
            "/actors",
            "/about",
        ):
            assert client.get(path).status_code == 200, path


def test_about_says_how_much_of_each_layer_is_likely_wrong(client: TestClient, web_ledger: Ledger) -> None:
    page = client.get("/about").text
    held = [s["confidence"] for s in web_ledger.statements()]
    wrong = f"{(1 - sum(held) / len(held)) * 100:.0f} in 100"
    told = page.split('id="errors"')[1].split("<tbody>")[1].split("</tr>")[0]
    assert "statements" in told
    assert wrong in told


def test_the_slider_stands_at_the_day_that_is_asked_for(client: TestClient) -> None:
    page = client.get("/positions").text
    days = page.split('data-days="')[1].split('"')[0].split()
    for asked, place in ((days[0], 0), (days[1], 1), (days[-1], len(days) - 1), ("1999-01-01", 0)):
        shown = client.get("/positions", params={"at": asked}).text
        assert f'max="{len(days) - 1}" value="{place}"' in shown


@pytest.mark.parametrize(
    ("page", "facet", "download"),
    [
        ("/figures?category=killed", "claimant", "series"),
        ("/timeline?type=armed_action", "place", "timeline"),
        ("/wording?voice=outlet", "term", "wording-shares"),
    ],
)
def test_what_a_facet_offers_beside_a_filter_fits_that_filter(
    client: TestClient, page: str, facet: str, download: str
) -> None:
    offered = re.findall(
        rf'href="/\w+(\?[^"]*\b{facet}=[^"]+)"><span dir="auto">[^<]*</span> <span class="n">', client.get(page).text
    )
    assert offered
    for asked in map(unescape, offered):
        assert client.get(f"/download/{download}.jsonl{asked}").text


def test_where_outlets_name_things_too_seldom_to_be_compared_the_page_says_why(client: TestClient) -> None:
    page = words(client.get("/across?what=naming").text)
    assert "at least 10 times, in 3 articles or more" in page


def test_events_are_told_in_the_same_words_everywhere(client: TestClient, web_ledger: Ledger) -> None:
    event = next(e for e in web_ledger.events() if e["status"] == "actual")
    assert ", happened" in words(client.get(f"/row/{event['id']}").text)
    assert "happened" in words(client.get("/timeline/rows").text)


def test_a_row_says_by_what_it_was_found_and_an_article_why_a_passage_was_set_aside(
    client: TestClient, web_ledger: Ledger
) -> None:
    figure = next(f for f in web_ledger.figures() if "_" in f["method"])
    assert f"a rule: {figure['method'].replace('_', ' ')}" in words(client.get(f"/row/{figure['id']}").text)
    article = next(a for a in web_ledger.articles() if any(d["reason"] == "share" for d in a["dropped"]))
    assert "buttons for sharing" in words(client.get(f"/article/{article['id']}").text)


def test_what_was_not_asked_for_does_not_fail_to_fit(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "empty.db", create=True) as ledger:
        for path, says in (
            ("/figures", "Nothing that is counted was found in what was read"),
            ("/timeline", "No event was found in what was read"),
            ("/wording", "No label was found in what was read"),
            ("/positions", "No position of which the day is known was found"),
        ):
            page = words(visitor(ledger).get(path).text)
            assert says in page, path
            assert "Show all" not in page, path


def test_positions_say_that_articles_without_a_day_stand_in_no_cell(
    tmp_path: Path, reading: Callable[..., Reading]
) -> None:
    made = reading()
    with Ledger.open(tmp_path / "one.db", create=True) as ledger:
        article = replace(made.article, published=None, published_latest=None, outlet=None)
        ledger.add(replace(made, article=article), fingerprint="f", run="r")
        page = words(visitor(ledger).get("/positions").text)
        assert "Of 1 article no day is known: positions in it are listed row by row" in page
        assert "1 article of outlets that are not known" in words(visitor(ledger).get("/").text)


def test_a_wrong_day_is_told_without_the_words_of_a_terminal(client: TestClient) -> None:
    page = words(client.get("/positions?at=nonsense").text)
    assert "'nonsense' is not a date; write 2031-03-20" in page
    assert "--" not in page
