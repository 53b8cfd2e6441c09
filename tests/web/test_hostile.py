"""Articles that attack: whatever a field holds, it is shown as text, in every page and every download."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from web_visitors import ATTACK, addresses, visitor

from parley.store.ledger import Ledger
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
