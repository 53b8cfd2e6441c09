"""Articles that attack: whatever a field holds, it is shown as text, in every page and every download."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_visitors import visitor

from parley.data import Actor, Link, Plover, Reading, Speaker
from parley.store.ledger import Ledger

ATTACK = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'--{{7*7}}</textarea></title><svg/onload=alert(3)>"


def hostile(reading: Callable[..., Reading]) -> Reading:
    """A reading with an attack in every field that holds text, spans aside: those hold what the text says, which attacks too."""
    text = (
        f"Envoy says road will open\nCALVERA, 3 March 2031. The envoy Oran Melk said on Monday that “the road will open” "
        f"if the dam is returned.\nAt least 23 militants were killed, the ministry said. Élysée officials’ talks were held "
        f"in Port Amity.\n{ATTACK}\n© Herald\n"
    )
    made = reading(text, file=f"in/{ATTACK}.txt", source_id=ATTACK)
    who = Speaker(ATTACK, None, ATTACK, ATTACK, None)
    article = replace(
        made.article,
        title_text=ATTACK,
        outlet=ATTACK,
        url=f"javascript:{ATTACK}",
        authors=(ATTACK,),
        dateline_place=ATTACK,
    )
    return replace(
        made,
        article=article,
        statements=tuple(replace(s, speaker=who, addressee=ATTACK, venue=ATTACK, via=ATTACK) for s in made.statements),
        figures=tuple(replace(f, claimant=ATTACK, place=ATTACK, population=ATTACK) for f in made.figures),
        positions=tuple(replace(p, party=ATTACK, said_by=ATTACK, condition=ATTACK) for p in made.positions),
        events=tuple(replace(e, actors=(ATTACK,), place=ATTACK, plover=Plover(ATTACK, ATTACK)) for e in made.events),
        wording=tuple(replace(w, term=ATTACK, referent=ATTACK) for w in made.wording),
    )


@pytest.fixture
def attacked(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """A ledger with one article that attacks, compared with itself, and an actor of that name."""
    from parley.compare.refresh import refresh

    with Ledger.open(tmp_path / "attacked.db", create=True) as ledger:
        ledger.add(hostile(reading), fingerprint="f", run="ru_1")
        actor = Actor(id="ac_1", name=ATTACK, kind="person", role=ATTACK, side=ATTACK, aliases=(ATTACK,))
        link = Link(ATTACK.lower(), "ac_1", "positive", 1.0, "same", ATTACK, "test")
        ledger.replace_actors([actor], [link], by="test", state=("actors", "x"))
        refresh(ledger)
        yield ledger


def addresses(ledger: Ledger) -> list[str]:
    article = next(iter(ledger.articles()))["id"]
    rows = [
        r[0]["id"]
        for r in (ledger.statements(), ledger.figures(), ledger.positions(), ledger.events(), ledger.wording())
    ]
    pages = ["/", "/statements", "/figures", "/figures/rows", "/positions?all=1", "/positions/rows", "/timeline"]
    pages += [
        "/timeline/rows",
        "/wording",
        "/wording/rows",
        "/articles",
        "/actors",
        "/actor/ac_1",
        "/about",
        "/differences",
    ]
    return [*pages, f"/article/{article}", *(f"/row/{id}" for id in rows)]


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
