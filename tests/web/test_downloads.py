"""What is taken along is what is shown: the same rows, in three formats."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from parley.store.ledger import Ledger
from parley.web.downloads import safe_name

EVERY = (
    "statements",
    "figures",
    "positions",
    "events",
    "wording",
    "articles",
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
