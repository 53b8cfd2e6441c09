"""Articles that attack: whatever a field holds, it is shown as text, in every page and every download."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from web_browsers import served
from web_visitors import ATTACK, addresses, visitor

from parley.store.ledger import Ledger
from parley.web.app import make_app
from parley.web.pages.across import OFFERED


def test_no_field_of_an_article_becomes_markup(attacked: Ledger) -> None:
    client = visitor(attacked)
    seen = 0
    for path in addresses(attacked):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "<img" not in page.text, path
        assert "<script>" not in page.text, path
        assert "onload=alert(3)>" not in page.text.replace("&gt;", ""), path
        assert 'href="javascript' not in page.text, path
        seen += "&lt;script&gt;alert(2)" in page.text
    assert seen >= 12


@pytest.mark.parametrize("path", ["/search?q=road", "/search?q=onerror", *(f"/across?what={w}" for w in OFFERED)])
def test_what_is_found_and_compared_of_articles_that_attack_is_text(attacked: Ledger, path: str) -> None:
    page = visitor(attacked).get(path)
    assert page.status_code == 200
    assert "<img" not in page.text
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    "key", ["text", "speaker", "outlet", "q", "party", "category", "since", "type", "what", "open"]
)
def test_no_part_of_an_address_becomes_markup(attacked: Ledger, key: str) -> None:
    client = visitor(attacked)
    for path in ("/statements", "/search", "/figures", "/positions", "/timeline", "/wording", "/across", "/actors"):
        page = client.get(path, params={key: ATTACK, "issue": "deal"})
        assert page.status_code in (200, 400), path
        assert "<img" not in page.text, path
        assert "<script>" not in page.text, path


def test_downloads_are_attachments_that_a_browser_never_shows(attacked: Ledger, client: TestClient) -> None:
    article = next(iter(attacked.articles()))["id"]
    there = visitor(attacked)
    for path in (
        "/download/statements.csv",
        "/download/figures.jsonl",
        "/download/events.parquet",
        f"/source/{article}",
    ):
        headers = there.get(path).headers
        disposition = headers["content-disposition"]
        assert disposition.startswith('attachment; filename="'), path
        assert disposition.count('"') == 2
        assert set(disposition).isdisjoint("<>\r\n'")
        assert headers["x-content-type-options"] == "nosniff"
        assert "text/html" not in headers["content-type"]


def test_what_is_taken_along_holds_the_words_as_they_are(attacked: Ledger) -> None:
    rows = visitor(attacked).get("/download/statements.jsonl").text
    assert "<script>alert(2)</script>" in rows


ODD = ["%00", "\u202e", "\ufffe", "../../../etc/passwd", "a" * 399, "'; DROP TABLE article; --", "%", "_", '"']


@pytest.mark.parametrize("value", ODD)
def test_odd_words_are_answered(client: TestClient, value: str) -> None:
    for path, key in (("/statements", "speaker"), ("/statements", "text"), ("/search", "q"), ("/actors", "name")):
        assert client.get(path, params={key: value}).status_code in (200, 400), (path, value)


OPENED: list[str] = []
"""What was opened while `watching`, by whatever part of Python."""
_watching = False


def _hears(event: str, given: tuple[object, ...]) -> None:
    if _watching and event == "open":
        OPENED.append(str(given[0]))


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """The names of all files that are opened in a test."""
    global _watching
    sys.addaudithook(_hears)  # for good: nothing is noted while nobody watches
    OPENED.clear()
    _watching = True
    yield OPENED
    _watching = False


def climbing(secret: Path) -> list[str]:
    """Ways to write the path of a file that an address should not reach."""
    up = "../" * 20 + str(secret).lstrip("/")
    back = up.replace("/", "\\")
    ways = [up, str(secret), back, f"file://{secret}", f"{up}\0.css", f"parley.css/{up}", f"statements.csv/{up}"]
    coded = [quote(w, safe="") for w in ways]
    return [*map(quote, ways), *coded, *(quote(c, safe="") for c in coded), up.replace("../", "%c0%ae%c0%ae/")]


def test_no_address_reaches_a_file(web_ledger: Ledger, tmp_path: Path, opened: list[str]) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the one who climbs reads this")
    opened.clear()
    with served(web_ledger) as address:
        asked = 0
        for route in make_app(web_ledger).routes:
            if not isinstance(route, APIRoute) or "{" not in route.path:
                continue
            for name in route.param_convertors:
                for way in climbing(secret):
                    path = re.sub(r"\{\w+\}", "x", route.path.replace(f"{{{name}}}", way))
                    for method in sorted(route.methods or ()):
                        status, body = _raw(address, method, path)
                        assert status in (303, 307, 400, 403, 404, 405), (method, path, status)
                        assert b"climbs" not in body
                        asked += 1
        for page in ("/statements?article=", "/statements?open=", "/across?outlet=", "/search?q=", "/review?article="):
            for way in climbing(secret):
                assert b"climbs reads" not in _raw(address, "GET", page + way)[1]
    assert asked > 100
    assert [name for name in opened if "secret" in name or ".." in name] == []


def _raw(address: str, method: str, path: str) -> tuple[int, bytes]:
    """The answer to an address as it is written: a browser, and most clients, would take the way up out of it."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body
