"""Every page answers, escapes what it shows, and says what is wrong in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from web_visitors import visitor

from parley.data import Reading
from parley.store.ledger import Ledger
from parley.web.app import LISTS, PAGES

EVERY = [p[0] for p in PAGES] + list(LISTS)


@pytest.mark.parametrize("path", EVERY)
def test_every_page_answers_with_one_heading_and_no_inline_script_or_style(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1
    assert re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|javascript:|https?://", answer.text) == []
    assert "Undefined" not in answer.text
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.postgres
def test_no_page_tells_the_password_of_the_server(postgres: str, reading: Callable[..., Reading]) -> None:
    address = postgres.replace("postgres:@", "postgres:se-cret@")
    with Ledger.open(address, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
        browser = visitor(ledger)
        assert "postgres:***@" in browser.get("/about").text
        assert [path for path in [*EVERY, "/nothing"] if "se-cret" in browser.get(path).text] == []


def test_every_row_has_a_page_of_its_own_with_its_exact_words(client: TestClient, web_ledger: Ledger) -> None:
    for rows in (
        web_ledger.statements,
        web_ledger.figures,
        web_ledger.positions,
        web_ledger.events,
        web_ledger.wording,
    ):
        row = rows(limit=1)[0]
        answer = client.get(f"/row/{row['id']}")
        assert answer.status_code == 200
        assert row["id"] in answer.text
        assert "SHA-256" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/row/st_0000", 404),
        ("/row/ar_0000", 404),
        ("/article/st_0000", 404),
        ("/article/..%2f..%2fetc%2fpasswd", 404),
        ("/actor/%00", 404),
        ("/statements?after=x", 400),
        ("/statements?after=[1]", 400),
        ("/statements?text=%22%22", 400),
        ("/positions?at=yesterday", 400),
        ("/figures?from=-3", 400),
        ("/across?what=everything", 400),
        (f"/statements?speaker={'a' * 500}", 400),
    ],
)
def test_what_cannot_be_shown_is_told_in_words(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "<h1" in answer.text


def test_the_app_describes_itself_nowhere(client: TestClient) -> None:
    assert [client.get(p).status_code for p in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]


def test_no_page_takes_a_change(client: TestClient) -> None:
    assert {client.post(p).status_code for p in EVERY} == {403}
