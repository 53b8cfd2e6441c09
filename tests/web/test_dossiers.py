"""Dossiers over HTTP, as a browser without script asks for them: each form, each refusal, each download."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from dossiers import hostile_dossier
from lxml import html as lxml_html
from starlette.testclient import TestClient
from web_visitors import HOME, visitor

from parley.export.dossier import FORMATS
from parley.store.ledger import Ledger
from parley.web.dossiers import FIRST
from parley.web.guard import Door

TOKEN = "the-token-of-this-start"
OWN = {"origin": HOME, "sec-fetch-site": "same-origin"}


def reader(ledger: Ledger, **door: Any) -> TestClient:
    """Somebody who opened the printed address."""
    client = visitor(ledger, Door(token=TOKEN, port=8731, **door))
    client.cookies.set("parley_8731", TOKEN)
    return client


@pytest.fixture
def desk(small_ledger: Ledger) -> TestClient:
    """A browser that may change the small ledger."""
    return reader(small_ledger)


def send(client: TestClient, path: str, **fields: str) -> Any:
    return client.post(path, data=fields, headers=OWN)


def follow(client: TestClient, answer: Any) -> Any:
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"])


def rows(ledger: Ledger) -> list[str]:
    return [ledger.statements(kind="mixed")[0]["id"], ledger.figures()[0]["id"], ledger.events()[0]["id"]]


def order(ledger: Ledger) -> list[str]:
    return [e["about"] or e["heading"] for e in ledger.dossier(FIRST)["list"]]


@pytest.fixture
def filled(desk: TestClient, small_ledger: Ledger) -> TestClient:
    """Three rows collected without ever naming a dossier."""
    for row in rows(small_ledger):
        send(desk, "/dossiers/collect", row=row, back="/statements?side=Calvera")
    return desk


def entries(ledger: Ledger) -> list[str]:
    return [e["id"] for e in ledger.dossier(FIRST)["list"]]


def path(ledger: Ledger) -> str:
    return f"/dossier/{ledger.dossier(FIRST)['id']}"


def test_a_row_is_collected_and_the_reader_is_where_they_were(desk: TestClient, small_ledger: Ledger) -> None:
    row = rows(small_ledger)[0]
    answer = send(desk, "/dossiers/collect", row=row, back="/statements?side=Calvera")
    assert answer.headers["location"] == f"/statements?side=Calvera#{row}"
    page = follow(desk, answer).text
    assert "In the dossier: Oran Melk" in page
    assert small_ledger.dossier(FIRST)["entries"] == 1


def test_a_script_gets_the_same_done_and_is_told_as_json(desk: TestClient, small_ledger: Ledger) -> None:
    row = rows(small_ledger)[0]
    headers = {**OWN, "accept": "application/json"}
    told = desk.post("/dossiers/collect", data={"row": row, "back": "/"}, headers=headers).json()
    assert told == {
        "entry": entries(small_ledger)[0],
        "dossier": small_ledger.dossier(FIRST)["id"],
        "name": FIRST,
        "count": 1,
        "row": row,
    }


def test_rows_go_to_the_dossier_that_was_looked_at_last(desk: TestClient, small_ledger: Ledger) -> None:
    first = follow(desk, send(desk, "/dossiers", name="Dams", note="of both sides"))
    assert "of both sides" in first.text
    follow(desk, send(desk, "/dossiers", name="Roads"))
    desk.get(f"/dossier/{small_ledger.dossier('Dams')['id']}")
    send(desk, "/dossiers/collect", row=rows(small_ledger)[0], back="/")
    assert {d["name"]: d["entries"] for d in small_ledger.dossiers()} == {"Dams": 1, "Roads": 0}


def test_a_dossier_shows_its_rows_with_quote_and_citation(filled: TestClient, small_ledger: Ledger) -> None:
    page = lxml_html.fromstring(filled.get(path(small_ledger)).text)
    quotes = [q.text_content() for q in page.xpath("//li[contains(@class, 'entry')]/blockquote")]
    assert quotes[1] == "At least 23 militants were killed, the ministry said."
    cites = page.xpath("//p[@class='cite']/text()")
    assert len(cites) == 3
    assert all("SHA-256" in c and "Herald" in c for c in cites)


def test_entries_are_moved_by_buttons_and_by_number(filled: TestClient, small_ledger: Ledger) -> None:
    here, (a, b, c) = path(small_ledger), rows(small_ledger)
    ids = entries(small_ledger)
    answer = send(filled, here, act="move", entry=ids[2], by="-1")
    assert answer.headers["location"] == f"{here}#{ids[2]}"
    assert order(small_ledger) == [a, c, b]
    send(filled, here, act="move", entry=ids[0], to="3")
    assert order(small_ledger) == [c, b, a]
    send(filled, here, act="move", entry=ids[0], to="999999")
    assert order(small_ledger) == [c, b, a]
    for wrong in ({"to": "-1"}, {"to": "x"}, {"by": "7"}, {}):
        assert send(filled, here, act="move", entry=ids[0], **wrong).status_code == 400


def test_an_entry_is_taken_out_and_put_back_where_it_was(filled: TestClient, small_ledger: Ledger) -> None:
    here, (a, b, c) = path(small_ledger), rows(small_ledger)
    page = follow(filled, send(filled, here, act="out", entry=entries(small_ledger)[1]))
    assert order(small_ledger) == [a, c]
    [undo] = lxml_html.fromstring(page.text).xpath("//form[@id='undo']")
    send(filled, here, act="back", entry=undo.xpath(".//input[@name='entry']/@value")[0])
    assert order(small_ledger) == [a, b, c]
    send(filled, here, act="out", entry=entries(small_ledger)[2])
    send(filled, here, act="back")
    assert order(small_ledger) == [a, b, c]


def test_notes_headings_and_names_are_written(filled: TestClient, small_ledger: Ledger) -> None:
    here = path(small_ledger)
    send(filled, here, act="heading", words="What was offered")
    send(filled, here, act="note", entry=entries(small_ledger)[0], note="one\r\ntwo <b>")
    page = follow(filled, send(filled, here, act="rename", name="Roads", note="for Monday")).text
    held = small_ledger.dossier("Roads")
    assert (held["note"], held["list"][0]["note"]) == ("for Monday", "one\ntwo <b>")
    assert held["list"][3]["heading"] == "What was offered"
    assert "one\ntwo &lt;b&gt;" in page
    send(filled, here, act="note", entry=held["list"][3]["id"], note="What was refused")
    assert small_ledger.dossier("Roads")["list"][3]["heading"] == "What was refused"


def test_a_whole_dossier_is_taken_away_and_brought_back(filled: TestClient, small_ledger: Ledger) -> None:
    here = path(small_ledger)
    page = follow(filled, send(filled, here, act="remove")).text
    assert "was taken away" in page
    assert filled.get(here).status_code == 404
    assert follow(filled, send(filled, here, act="restore")).status_code == 200
    assert len(order(small_ledger)) == 3


@pytest.mark.parametrize(
    ("address", "fields", "told"),
    [
        ("/dossiers", {"name": " "}, "says nothing of name"),
        ("/dossiers", {"name": "x" * 201}, "200 characters"),
        ("/dossiers", {"name": "MY dossier"}, "already"),
        ("/dossiers/collect", {"row": "st_nothing", "back": "/"}, "no row 'st_nothing'"),
        ("/dossiers/collect", {"row": "ru_1", "back": "/"}, "no row"),
        ("/dossiers/collect", {"back": "/"}, "says nothing of row"),
        ("/dossier/do_nothing", {"act": "rename", "name": "x"}, "no dossier"),
        ("/dossier/do_nothing", {"act": "fly"}, "cannot be done"),
        ("/dossier/do_nothing", {"act": "note", "entry": "de_x"}, "has an entry"),
    ],
)
def test_what_cannot_be_done_is_told_on_a_page(
    filled: TestClient, small_ledger: Ledger, address: str, fields: dict[str, str], told: str
) -> None:
    before = small_ledger.dossiers(), order(small_ledger)
    answer = send(filled, address, **fields)
    assert answer.status_code == 400
    assert told in unescape(answer.text)
    assert (small_ledger.dossiers(), order(small_ledger)) == before


def test_nobody_is_sent_elsewhere_after_collecting(desk: TestClient, small_ledger: Ledger) -> None:
    answer = send(desk, "/dossiers/collect", row=rows(small_ledger)[0], back="//evil.example/x")
    assert re.match(r"/dossier/do_\w+#st_", answer.headers["location"])


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}, {"origin": "http://evil.example"}])
def test_no_other_site_collects_here(desk: TestClient, small_ledger: Ledger, headers: dict[str, str]) -> None:
    answer = desk.post("/dossiers/collect", data={"row": rows(small_ledger)[0]}, headers=headers)
    assert answer.status_code == 403
    assert small_ledger.dossiers() == []


def test_who_has_no_token_or_reads_only_is_offered_no_change(small_ledger: Ledger) -> None:
    small_ledger.dossier_make("Roads")
    small_ledger.dossier_add("Roads", rows(small_ledger))
    here = f"/dossier/{small_ledger.dossier('Roads')['id']}"
    for client in (visitor(small_ledger), reader(small_ledger, read_only=True)):
        for address in (here, "/dossiers", "/statements", f"/row/{rows(small_ledger)[0]}"):
            page = lxml_html.fromstring(client.get(address).text)
            assert page.xpath("//form[@method='post'] | //button[@form='collect']") == []
        assert "for reading only" in client.get(here).text
        assert send(client, here, act="remove").status_code == 403
        assert client.get(f"{here}/file/md").status_code == 200


@pytest.mark.parametrize("form", FORMATS)
def test_a_dossier_is_taken_along_as_an_attachment(filled: TestClient, small_ledger: Ledger, form: str) -> None:
    answer = filled.get(f"{path(small_ledger)}/file/{form}")
    assert answer.headers["content-disposition"] == f'attachment; filename="My_dossier.{FORMATS[form].ending}"'
    assert answer.headers["content-security-policy"].endswith("; sandbox")
    assert answer.headers["content-type"] == FORMATS[form].media
    assert filled.get(f"{path(small_ledger)}/file/exe").status_code == 404
    assert filled.get("/dossier/do_nothing/file/md").status_code == 400


def test_a_row_that_is_gone_is_said_aloud(filled: TestClient, small_ledger: Ledger) -> None:
    import sqlalchemy as sa

    with small_ledger._writing() as connection:
        connection.execute(sa.text("DELETE FROM article"))
    page = lxml_html.fromstring(filled.get(path(small_ledger)).text)
    [alert] = page.xpath("//p[@role='alert']")
    assert "3 rows of this page are not in the ledger any more" in alert.text_content()
    assert len(page.xpath("//li[contains(@class, 'entry')]//p[@class='loud']")) == 3
    assert "At least 23 militants" in page.text_content()


def test_nothing_hostile_gets_out_of_its_place(tmp_path: Path, reading: Callable[..., Any]) -> None:
    with hostile_dossier(tmp_path, reading) as ledger:
        client = reader(ledger)
        for address in ("/dossiers", f"/dossier/{ledger.dossiers()[0]['id']}"):
            text = client.get(address).text
            page = lxml_html.fromstring(text)
            assert page.xpath("//main//img | //main//script | //main//*[@onerror or @onload] | //main//iframe") == []
            assert "<script>alert" not in text
            assert "49" not in "".join(page.xpath("//h1/text()"))
        answer = client.get(f"/dossier/{ledger.dossiers()[0]['id']}/file/html")
        assert re.fullmatch(r'attachment; filename="[\w.-]+\.html"', answer.headers["content-disposition"])


def test_a_long_dossier_is_leafed_through_and_a_move_leads_to_its_page(desk: TestClient, small_ledger: Ledger) -> None:
    from parley.web.pages.dossier import PER_PAGE

    held = small_ledger.dossier_make(FIRST)
    for n in range(PER_PAGE + 2):
        small_ledger.dossier_heading(FIRST, f"part {n}")
    here = f"/dossier/{held['id']}"
    first = lxml_html.fromstring(desk.get(here).text)
    assert len(first.xpath("//li[contains(@class, 'entry')]")) == PER_PAGE
    second = desk.get(first.xpath("//a[@rel='next']/@href")[0])
    assert "part 101" in second.text
    answer = send(desk, here, act="move", entry=entries(small_ledger)[0], to=str(PER_PAGE + 2))
    assert answer.headers["location"].startswith(f"{here}?from={PER_PAGE}#")
    assert desk.get(f"{here}?from=9000000").status_code == 400
    assert "first page" in desk.get(f"{here}?from=5000").text
