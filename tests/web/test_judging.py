"""The forms of Review: what is said is kept, nobody overrules anybody unawares, and nothing is taken from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from web_reviewers import OWN, form, reviewer, say
from web_visitors import ATTACK, visitor

from parley.data import Reading
from parley.store.ledger import Ledger
from parley.web.guard import Door


@pytest.fixture
def desk(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """One article with a row of every kind, that people may judge."""
    with Ledger.open(tmp_path / "desk.db", create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
        yield ledger


def speaking(ledger: Ledger) -> str:
    return next(str(s["id"]) for s in ledger.statements() if s["speaker"])


def test_a_row_is_confirmed_in_the_queue_and_can_be_undone_there(desk: Ledger) -> None:
    client = reviewer(desk)
    sent = form(client.get("/review").text, "confirm")
    answer = say(client, sent)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "confirmed" in page
    row = desk.row(sent["row"])
    assert row
    assert (row.get("row_status", row["status"]), row["judged"]["by"]) == ("confirmed", "Ana")
    entry = re.search(r'name="entry" value="(ju_\w+)"', page)
    assert entry
    answer = say(client, {"entry": entry[1], "back": "/review"}, "/review/undo")
    assert desk.row(sent["row"])["judged"] is None  # type: ignore[index]
    assert "Do it again" in client.get(answer.headers["location"]).text


def test_a_wrong_speaker_is_corrected_with_a_reason(desk: Ledger) -> None:
    client = reviewer(desk, "Ana Pell")
    id = speaking(desk)
    sent = form(client.get(f"/review/row/{id}").text)
    answer = say(client, sent | {"f.speaker.other": "Talia Wren", "why": "named a line above"})
    assert answer.status_code == 303
    row = desk.row(id)
    assert row
    assert (row["speaker"]["name"], row["status"]) == ("Talia Wren", "corrected")
    [entry] = desk.judgements(id)
    assert (entry["by"], entry["why"], list(entry["changes"])) == ("Ana Pell", "named a line above", ["speaker"])
    page = client.get(f"/review/row/{id}").text
    assert "What Parley has there" in page
    assert "Oran Melk" in page


def test_words_are_corrected_by_their_place_and_without_script_by_themselves(desk: Ledger) -> None:
    client = reviewer(desk)
    figure = next(iter(desk.figures()))
    text = desk.text(figure["article"])
    at = text.index("23 militants")
    sent = form(client.get(f"/review/row/{figure['id']}").text)
    assert say(client, sent | {"f.span": "23 militants", "at.span": f"{at}:{at + 12}"}).status_code == 303
    assert desk.row(figure["id"])["span"] == [at, at + 12]  # type: ignore[index]
    sent = form(client.get(f"/review/row/{figure['id']}").text)
    assert say(client, sent | {"f.span": "At least 23\n militants"}).status_code == 303
    assert desk.row(figure["id"])["text"] == "At least 23 militants"  # type: ignore[index]


def test_what_cannot_be_is_said_above_the_form_as_it_was_left(desk: Ledger) -> None:
    client = reviewer(desk)
    id = speaking(desk)
    sent = form(client.get(f"/review/row/{id}").text)
    answer = say(client, sent | {"f.content": ["no such words"], "at.content": [""], "f.venue": "Dunmere", "why": "so"})
    assert answer.status_code == 400
    assert "does not hold the words “no such words”" in answer.text
    again = form(answer.text)
    assert (again["f.venue"], again["why"]) == ("Dunmere", "so")
    assert "no such words" in str(again["f.content"])
    assert len(desk.judgements()) == 0
    untouched = say(client, form(client.get(f"/review/row/{id}").text))
    assert untouched.status_code == 400
    assert "nothing was changed" in untouched.text.lower()


def test_the_second_of_two_reviewers_is_told_with_both_readings_and_decides(desk: Ledger) -> None:
    ana, ben = reviewer(desk, "Ana"), reviewer(desk, "Ben")
    id = next(iter(desk.events()))["id"]
    first, second = (form(c.get(f"/review/row/{id}").text) for c in (ana, ben))
    assert say(ana, first | {"f.place": "Dunmere", "why": "the hall is there"}).status_code == 303
    answer = say(ben, second | {"f.place": "Orlen", "f.date": "2031-03-04"})
    assert answer.status_code == 409
    assert len(desk.judgements(id)) == 1
    told = answer.text
    assert all(w in told for w in ("Ana", "the hall is there", "“Dunmere”", "“Orlen”"))
    assert say(ben, form(told)).status_code == 303
    row = desk.row(id)
    assert row
    assert (row["place"], row["date"], row["judged"]["disputed"]) == ("Orlen", "2031-03-04", True)
    assert [(e["by"], e["stands"]) for e in desk.judgements(id)] == [("Ana", True), ("Ben", True)]


def test_two_who_correct_different_fields_take_nothing_back_from_each_other(desk: Ledger) -> None:
    ana, ben = reviewer(desk, "Ana"), reviewer(desk, "Ben")
    id = next(iter(desk.events()))["id"]
    first, second = (form(c.get(f"/review/row/{id}").text) for c in (ana, ben))
    say(ana, first | {"f.place": "Dunmere"})
    answer = say(ben, second | {"f.date": "2031-03-04"})
    assert answer.status_code == 409
    assert say(ben, form(answer.text)).status_code == 303
    row = desk.row(id)
    assert row
    assert (row["place"], row["date"], row["judged"]["disputed"]) == ("Dunmere", "2031-03-04", False)


def test_a_confirmation_that_was_overtaken_is_told_too_by_script_in_the_place_of_the_row(desk: Ledger) -> None:
    ana, ben = reviewer(desk, "Ana"), reviewer(desk, "Ben")
    sent = form(ben.get("/review").text, "confirm")
    say(ana, sent | {"act": "reject", "why": "no such thing"})
    plain, by_script = say(ben, sent), say(ben, sent, **{"hx-request": "true"})
    for answer in (plain, by_script):
        assert answer.status_code == 409
        assert "no such thing" in answer.text
        assert "about to confirm" in answer.text
    assert "<html" not in by_script.text
    assert f'id="{sent["row"]}"' in by_script.text
    assert say(ben, form(by_script.text, "confirm")).status_code == 303


def test_by_script_a_row_is_answered_alone(desk: Ledger) -> None:
    client = reviewer(desk)
    sent = form(client.get("/review").text, "confirm")
    answer = say(client, sent, **{"hx-request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "● " in answer.text.replace("</span>", "") or "●</span> confirmed" in answer.text


def test_who_judges_is_asked_once_and_what_was_sent_is_kept_meanwhile(desk: Ledger) -> None:
    client = reviewer(desk, None)
    sent = form(client.get("/review").text, "confirm")
    asked = say(client, sent | {"why": "it says so"})
    assert asked.status_code == 200
    assert "Who says so?" in asked.text
    assert len(desk.judgements()) == 0
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked.text))
    answer = say(client, kept | {"by": "Élysée Ng"})
    assert answer.status_code == 303
    assert [(e["by"], e["why"]) for e in desk.judgements()] == [("Élysée Ng", "it says so")]
    assert 'You judge as <strong dir="auto">Élysée Ng' in client.get("/review").text
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("where", ["/review/judge", "/review/undo", "/review/place", "/review/name"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"cookie": "parley_8731=guess; parley_reviewer=Ana"},
    ],
)
def test_forms_from_elsewhere_are_refused(desk: Ledger, where: str, headers: dict[str, str]) -> None:
    client = reviewer(desk)
    sent = form(client.get("/review").text, "confirm")
    assert say(client, sent | {"entry": "ju_1"}, where, **headers).status_code == 403
    assert len(desk.judgements()) == 0


def test_read_only_and_without_the_token_no_form_is_offered_or_taken(desk: Ledger) -> None:
    id = speaking(desk)
    closed = Door(port=8731, read_only=True)
    for client in (visitor(desk), reviewer(desk, None, closed)):
        for page in ("/review", f"/review/row/{id}", "/review/said", "/review/waiting", f"/review/utterance/{id}"):
            text = client.get(page).text
            assert "For reading only" in text
            assert 'action="/review/undo"' not in text
            assert re.search(r"<fieldset[^>]*disabled", text) or 'action="/review/judge"' not in text
        assert client.post("/review/judge", data={"row": id, "act": "confirm"}, headers=OWN).status_code == 403
    assert len(desk.judgements()) == 0


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_no_form_leads_to_another_site(desk: Ledger, back: str) -> None:
    client = reviewer(desk)
    sent = form(client.get("/review").text, "confirm")
    assert say(client, sent | {"back": back}).headers["location"].startswith("/review?said=")
    assert client.post("/review/name", data={"by": "Ana", "back": back}, headers=OWN).headers["location"] == "/review"
    assert "evil" not in client.get("/review/row/" + sent["row"], params={"back": back}).text
    assert "javascript" not in client.get("/review/row/" + sent["row"], params={"back": back}).text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"row": "st_none", "act": "confirm"}, 400),
        ({"row": "nonsense", "act": "confirm"}, 400),
        ({"row": "st_none", "act": "correct"}, 404),
        ({"row": "ac_none", "act": "merge", "others": "ac_x"}, 404),
        ({"row": "re_none", "act": "split", "others": "st_x"}, 404),
        ({"row": "ROW", "act": "nonsense"}, 400),
        ({"row": "ROW", "act": "confirm", "others": "st_x"}, 400),
    ],
)
def test_forms_that_make_no_sense_are_refused_in_words(desk: Ledger, sent: dict[str, str], status: int) -> None:
    id = speaking(desk)
    answer = say(reviewer(desk), {k: id if v == "ROW" else v for k, v in sent.items()})
    assert answer.status_code == status
    assert "<h1" in answer.text
    assert len(desk.judgements()) == 0


def test_whatever_is_written_into_the_forms_is_shown_and_never_run(desk: Ledger) -> None:
    client = reviewer(desk, ATTACK[:80])
    id = speaking(desk)
    sent = form(client.get(f"/review/row/{id}").text)
    wrong = sent | {"f.speaker.other": ATTACK, "f.venue": ATTACK, "f.said_on": ATTACK, "why": ATTACK}
    assert ATTACK not in say(client, wrong).text
    assert say(client, sent | {"f.speaker.other": ATTACK, "f.venue": ATTACK, "why": ATTACK}).status_code == 303
    other = reviewer(desk, "Ben")
    for page in ("/", "/review", "/review/said", f"/review/row/{id}", f"/row/{id}", "/statements", "/review/waiting"):
        assert ATTACK not in other.get(page).text
        assert "<script>alert" not in other.get(page).text
    assert "alert(2)" in other.get(f"/review/row/{id}").text


def test_what_rests_on_a_row_is_compared_anew_and_every_page_follows(desk: Ledger) -> None:
    client = reviewer(desk)
    desk.refresh()
    position = next(iter(desk.positions()))
    assert position["party"] in client.get("/positions?all=1").text
    sent = form(client.get(f"/review/row/{position['id']}").text)
    assert say(client, sent | {"f.party": "Northmark"}).status_code == 303
    comparer: Any = client.app.state.comparer  # type: ignore[attr-defined]
    assert comparer.done()
    assert "Northmark" in client.get("/positions?all=1").text


def test_actors_are_put_together_and_corrected_on_their_page(desk: Ledger) -> None:
    from parley.data import Actor, Link
    from parley.store.rows import name_key

    people = (Actor("ac_melk", "Oran Melk", "person", "envoy", "Calvera"), Actor("ac_o", "O. Melk", "person"))
    links = (
        Link("oran melk [calvera]", "ac_melk", "positive", 1.0, "exact", "his name"),
        Link(name_key("O. Melk"), "ac_o", "positive", 1.0, "exact", "his name"),
    )
    desk.replace_actors(people, links, by="parley", state=("actors", "x"))
    client = reviewer(desk)
    page = client.get("/review/actor/ac_melk").text
    assert "O. Melk" in page
    assert say(client, form(page, "merge") | {"others": "ac_o"}).status_code == 303
    assert desk.row("ac_o")["status"] == "rejected"  # type: ignore[index]
    overtaken = say(client, form(page) | {"f.role": "negotiator"})
    assert overtaken.status_code == 409
    now = client.get("/review/actor/ac_melk").text
    assert say(client, form(now) | {"f.role": "negotiator", "why": "since March"}).status_code == 303
    actor = desk.row("ac_melk")
    assert actor
    assert (actor["role"], actor["status"], actor["judged"]["why"]) == ("negotiator", "corrected", "since March")
    page = client.get("/review/actor/ac_melk").text
    assert 'name="others" value="O. Melk"' in page
    assert say(client, form(page, "split") | {"others": "O. Melk"}).status_code == 303
    assert say(client, {"row": "ac_melk", "act": "merge", "others": "ac_none"}).status_code == 400


def test_statements_are_put_together_and_taken_apart_on_their_page(desk: Ledger) -> None:
    client = reviewer(desk)
    first, second = (s["id"] for s in desk.statements())
    page = client.get(f"/review/utterance/{first}", params={"find": "road"}).text
    assert second in page
    assert say(client, form(page, "merge") | {"others": second}).status_code == 303
    together = client.get(f"/review/utterance/{second}").text
    assert "held to be one thing said once" in together
    assert say(client, form(page, "merge") | {"others": second}).status_code == 409
    assert say(client, form(together, "split") | {"others": second, "why": "a headline"}).status_code == 303
    assert "stands alone" in client.get(f"/review/utterance/{first}").text
    assert [e["act"] for e in desk.judgements()] == ["merge", "split"]


def test_what_has_lost_its_place_is_said_of_another_row_and_waits_no_more(
    desk: Ledger, tmp_path: Path, reading: Callable[..., Reading]
) -> None:
    figure = next(iter(desk.figures()))
    desk.judge(figure["id"], "correct", by="Ben", changes={"place": "Dunmere"}, why="it says so")
    elsewhere = reading(file="in/77.txt", source_id="77.txt", url=None)
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        other.take_in(desk.carried())
        other.add(
            reading(elsewhere.page.text + "\nMore.\n", file="in/77.txt", source_id="77.txt"), fingerprint="f", run="r"
        )
        assert len(other.lost_judgements()) == 1
        client = reviewer(other)
        assert "lost its place" in client.get("/").text
        page = client.get("/review/waiting").text
        row = next(iter(other.figures()))["id"]
        assert f'value="{row}"' in page
        entry = other.lost_judgements()[0]["id"]
        assert say(client, {"entry": entry, "row": row, "back": "/review/waiting"}, "/review/place").status_code == 303
        shown = other.row(row)
        assert shown
        assert (shown["place"], shown["judged"]["by"]) == ("Dunmere", "Ana")
        assert "as Ben said on" in shown["judged"]["why"]
        assert other.lost_judgements() == []
        assert "lost its place" not in client.get("/").text
        assert say(client, {"entry": entry, "row": row}, "/review/place").status_code == 400
