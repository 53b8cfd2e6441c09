"""An article's page shows its text as read: every character once, in order, junk folded with its reason, spans where they stand."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from parley.store import browse
from parley.store.ledger import Ledger
from parley.web.pages.article import LAYERS, blocks


def rows_of(ledger: Ledger, article: str) -> list[tuple[str, Any]]:
    held = browse.rows_in(ledger, article)
    return [(key, row) for key, kind in LAYERS.items() for row in held[kind]]


def test_every_character_that_is_no_space_is_shown_once_and_in_order(web_ledger: Ledger) -> None:
    for article in web_ledger.articles():
        text = web_ledger.text(article["id"])
        made = blocks(text, article, rows_of(web_ledger, article["id"]))
        shown = "".join(b.text if b.reason else "".join(p.text for p in b.pieces) for b in made)
        assert "".join(shown.split()) == "".join(text.split())


def test_every_span_is_marked_with_its_layer(web_ledger: Ledger) -> None:
    article = next(iter(web_ledger.articles()))
    rows = [(k, r) for k, r in rows_of(web_ledger, article["id"]) if k == "wo"]
    made = list(blocks(web_ledger.text(article["id"]), article, rows))
    marked = "".join(p.text if "wo" in p.layers else "|" for b in made for p in b.pieces)
    assert [r["text"] for _, r in rows if r["text"] not in marked] == []


def test_what_was_set_aside_keeps_its_reason(web_ledger: Ledger) -> None:
    for article in web_ledger.articles():
        made = blocks(web_ledger.text(article["id"]), article, [])
        assert {b.reason for b in made if b.reason} == {d["reason"] for d in article["dropped"]}


def test_a_row_that_is_linked_to_is_on_the_page(client: TestClient, web_ledger: Ledger) -> None:
    for row in web_ledger.statements(limit=5):
        assert f'id="{row["id"]}"' in client.get(f"/article/{row['article']}").text


@pytest.mark.parametrize("layer", list(LAYERS))
def test_layers_can_be_chosen(client: TestClient, web_ledger: Ledger, layer: str) -> None:
    article = web_ledger.wording(limit=1)[0]["article"]
    page = client.get(f"/article/{article}?layers=1&{layer}=1").text
    others = [k for k in LAYERS if k != layer]
    assert not any(f'class="m {k}' in page for k in others)


def test_the_file_comes_back_byte_for_byte_with_its_hash(client: TestClient, web_ledger: Ledger) -> None:
    import hashlib

    article = next(iter(web_ledger.articles()))
    answer = client.get(f"/source/{article['id']}")
    assert hashlib.sha256(answer.content).hexdigest() == article["sha256"] == answer.headers["x-parley-sha256"]
