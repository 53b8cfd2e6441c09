"""What is taken along is what is shown: the same rows, in three formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient
from web_visitors import visitor

from parley.data import Reading
from parley.export.carried import read
from parley.store.ledger import Ledger
from parley.web.downloads import safe_name

EVERY = (
    "statements",
    "figures",
    "positions",
    "events",
    "wording",
    "articles",
    "actors",
    "series",
    "matrix",
    "timeline",
    "wording-shares",
)


@pytest.mark.parametrize("what", EVERY)
def test_three_formats_hold_the_same_rows(client: TestClient, what: str) -> None:
    lines = [json.loads(line)["id"] for line in client.get(f"/download/{what}.jsonl").text.splitlines()]
    table = list(csv.DictReader(io.StringIO(client.get(f"/download/{what}.csv").content.decode())))
    arrow = pq.read_table(io.BytesIO(client.get(f"/download/{what}.parquet").content))
    assert lines
    assert lines == [r["id"] for r in table] == arrow.column("id").to_pylist()


def test_a_download_has_the_filters_of_its_page(client: TestClient, web_ledger: Ledger) -> None:
    wanted = [r["id"] for r in web_ledger.statements(speaker="Castel")]
    got = client.get("/download/statements.jsonl?speaker=Castel&after=x&open=y").text.splitlines()
    assert [json.loads(line)["id"] for line in got] == wanted


@pytest.mark.parametrize(
    ("page", "download", "column"),
    [
        ("/differences?type=positions", "/download/disagreements.jsonl?type=positions", "type"),
        ("/wording?referent=army", "/download/wording-shares.jsonl?referent=army", "referent"),
        ("/actors?side=Veyra", "/download/actors.jsonl?side=Veyra", "side"),
        ("/positions?party=Veyra&issue=deal", "/download/positions.jsonl?party=Veyra&issue=deal", "issue"),
    ],
)
def test_what_a_page_shows_a_part_of_is_taken_along_as_that_part(
    client: TestClient, page: str, download: str, column: str
) -> None:
    value = page.rpartition("=")[2]
    assert f'href="{download}"' in unescape(client.get(page).text)
    rows = [json.loads(line) for line in client.get(download).text.splitlines()]
    assert {row[column] for row in rows} == {value}


def test_how_many_outlets_at_least_is_a_number(client: TestClient, web_ledger: Ledger) -> None:
    asked = {"outlet": next(a["outlet"] for a in web_ledger.articles() if a["outlet"]), "least": "2"}
    assert client.get("/download/missing.jsonl", params=asked).status_code == 200
    assert client.get("/download/missing.jsonl", params=asked | {"least": "²"}).status_code == 400


@pytest.mark.parametrize(
    "name", ["statements.exe", "state.csv", "links.csv", ".csv", "statements", "../statements.csv"]
)
def test_other_downloads_are_not_there(client: TestClient, name: str) -> None:
    assert client.get(f"/download/{name}").status_code == 404


@pytest.mark.parametrize("name", ["", "..", "/", "a\\b\\..", 'x"; filename="y', "ü\n.html", "." * 300])
def test_a_file_name_is_plain(name: str) -> None:
    plain = safe_name(name)
    assert plain
    assert not plain.startswith(".")
    assert set(plain) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")


def test_an_article_comes_as_linked_data(client: TestClient, web_ledger: Ledger) -> None:
    article = web_ledger.articles()[0]["id"]
    assert f"/linked/{article}/webanno" in client.get(f"/article/{article}").text
    answer = client.get(f"/linked/{article}/webanno")
    assert answer.headers["content-disposition"] == f'attachment; filename="{article}.webanno.jsonld"'
    assert answer.headers["content-type"] == "application/ld+json"
    found = {i["id"] for i in answer.json()["first"]["items"]}
    assert {f"urn:parley:{r['id']}" for r in web_ledger.statements(article=article)} <= found
    graph = client.get(f"/linked/{article}/schemaorg").json()["@graph"]
    assert sum(node["@type"] == "NewsArticle" for node in graph) == 1
    statement = web_ledger.statements()[0]["id"]
    for path in (f"/linked/{article}/brat", "/linked/ar_none/webanno", f"/linked/{statement}/webanno"):
        assert client.get(path).status_code == 404


def test_what_a_search_found_an_actor_said_and_the_overview_tells_is_taken_along(
    client: TestClient, web_ledger: Ledger
) -> None:
    actor = web_ledger.actors(name="Castel")[0]
    for page, download in (
        ("/search?q=dam", "/download/statements.jsonl?text=dam"),
        ("/search?q=dam", "/download/articles.jsonl?text=dam"),
        (f"/actor/{actor['id']}", f"/download/statements.jsonl?{urlencode({'speaker': actor['name']})}"),
        ("/", "/download/disagreements.jsonl"),
        ("/", "/download/shifts.jsonl"),
        ("/", "/download/series.jsonl"),
    ):
        assert f'href="{download}"' in client.get(page).text
        assert client.get(download).text.startswith("{")


def test_what_people_said_is_taken_into_another_ledger(
    small_ledger: Ledger, tmp_path: Path, reading: Callable[..., Reading]
) -> None:
    row = next(iter(small_ledger.statements()))["id"]
    small_ledger.judge(row, "reject", by="Ana Pell", why="no such thing")
    browser = visitor(small_ledger)
    assert 'href="/download/judgements.jsonl"' in browser.get("/review/said").text
    (tmp_path / "said.jsonl").write_bytes(browser.get("/download/judgements.jsonl").content)
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        other.add(reading(), fingerprint="f", run="ru_1")
        other.take_in(list(read(str(tmp_path / "said.jsonl"))))
        assert other.row(row)["status"] == "rejected"  # type: ignore[index]
