"""Review in a real browser: a wrong speaker corrected and kept through a rebuild, the queue by keyboard, words marked, two at once.

Skipped aloud where no Chromium is installed: `apt-get install chromium`, or PARLEY_CHROMIUM names one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from web_browsers import CONTRAST, IN_A_BROWSER, TOKEN, WCAG, a_browser, axe, opened, served
from web_visitors import ATTACK, addresses

from parley.data import Reading
from parley.store.ledger import Ledger

pytestmark = IN_A_BROWSER
FILES = 4


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with a_browser() as started:
        yield started


def build(where: Path, profile: str) -> None:
    from parley.engine.build import build as run
    from parley.engine.sample import sample

    made = sample()
    run(made.sources[:FILES], str(where), profile=profile, workers=1, codebook=made.codebooks)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some articles of the sample, as a fresh ledger."""
    where = tmp_path_factory.mktemp("review") / "fresh.db"
    build(where, "rules")
    return where


@pytest.fixture
def desk(sampled: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of it, for one test to judge in."""
    with Ledger.open(shutil.copy(sampled, tmp_path / "desk.db")) as ledger:
        yield ledger


@contextmanager
def sat_down(browser: Any, address: str, name: str = "Ana Pell", **how: Any) -> Iterator[Any]:
    """A page of somebody who opened the printed address and said who they are."""
    with opened(browser, **how) as page:
        page.goto(f"{address}/review?token={TOKEN}")
        page.get_by_label("Who judges?").fill(name)
        page.get_by_role("button", name="Keep it").click()
        page.get_by_text(f"You judge as {name}").wait_for()
        yield page


def spoken(ledger: Ledger) -> dict[str, Any]:
    """A statement with a speaker and one stretch of words."""
    return next(s for s in ledger.statements() if s["speaker"] and len(s["content"]) == 1 and s["source"])


def test_a_wrong_speaker_is_corrected_and_kept_through_a_rebuild_by_another_model(browser: Any, desk: Ledger) -> None:
    row = spoken(desk)
    with served(desk) as address, sat_down(browser, address) as page:
        page.goto(f"{address}/article/{row['article']}")
        page.goto(f"{address}/row/{row['id']}")
        page.get_by_role("link", name="Confirm or correct it").click()
        page.get_by_label("Who said it", exact=True).select_option(label="nobody is named")
        page.get_by_text("somebody else, or another role").click()
        page.locator('[name="f.speaker.other"]').fill("Senn Adeyar")
        page.get_by_label("Why").fill("the line above names her")
        page.get_by_role("button", name="Save what I changed").click()
        page.get_by_text("Ana Pell corrected speaker to").first.wait_for()
        build(Path(desk.where), "fast")
        page.goto(f"{address}/row/{row['id']}")
        assert "Senn Adeyar" in page.locator("h1").inner_text()
        text = page.locator("main").inner_text()
        assert "corrected by a person" in text
        assert "Corrected by Ana Pell" in text
        assert "the line above names her" in text
    assert desk.lost_judgements() == []
    assert desk.row(row["id"])["speaker"]["name"] == "Senn Adeyar"  # type: ignore[index]


def test_the_queue_is_gone_through_by_keyboard_alone_and_undone(browser: Any, desk: Ledger) -> None:
    first, second, third = [r["id"] for r in desk.queue(limit=3)]
    with served(desk) as address, sat_down(browser, address) as page:
        page.goto(f"{address}/review")
        page.keyboard.press("j")
        page.keyboard.press("c")
        page.locator(f"#{first}:not([open])").wait_for()
        assert "confirmed by a person" in page.locator(f"#{first} .meta").first.inner_text()
        page.locator(f"#{second} > summary:focus").wait_for()
        page.keyboard.press("w")
        page.keyboard.type("no such thing")
        page.keyboard.press("Enter")
        page.keyboard.press("x")
        page.locator(f"#{second}:not([open])").wait_for()
        page.locator(f"#{third} > summary:focus").wait_for()
        assert "rejected" in page.locator("#said-now").inner_text()
        page.keyboard.press("u")
        page.locator(f"#{second}[open]").wait_for()
        page.locator("#said-now", has_text="undid").wait_for()
        page.locator(f"#{second} > summary:focus").wait_for()
        page.keyboard.press("j")
        page.keyboard.press("e")
        page.wait_for_url(f"**/review/row/{third}*")
    log = desk.judgements()
    assert [(e["act"], e["about"], e["why"], e["stands"]) for e in log] == [
        ("confirm", first, "", True),
        ("reject", second, "no such thing", False),
        ("undo", second, "", True),
    ]
    assert {e["by"] for e in log} == {"Ana Pell"}


def test_single_keys_can_be_switched_off(browser: Any, desk: Ledger) -> None:
    with served(desk) as address, sat_down(browser, address) as page:
        page.goto(f"{address}/review")
        page.get_by_role("button", name="Single keys are on").click()
        page.goto(f"{address}/review")
        page.keyboard.press("j")
        page.keyboard.press("c")
        page.get_by_role("button", name="Single keys are off").wait_for()
    assert len(desk.judgements()) == 0


def test_the_words_of_a_row_are_marked_by_keyboard(browser: Any, desk: Ledger) -> None:
    row = spoken(desk)
    text = desk.text(row["article"])
    [start, stop] = row["content"][0]
    with served(desk) as address, sat_down(browser, address) as page:
        page.goto(f"{address}/review/row/{row['id']}")
        page.get_by_role("button", name="Mark in the text for: What was said").first.focus()
        page.keyboard.press("Enter")
        begin = page.get_by_role("slider", name="Where the words begin")
        assert begin.evaluate("e => e === document.activeElement")
        page.keyboard.press("Control+ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowLeft")
        assert "after" in page.get_by_role("slider", name="Where the words end").get_attribute("aria-valuetext")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className") == "grip"
        page.get_by_role("button", name="Save what I changed").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Ana Pell corrected content").first.wait_for()
    second_word = start + len(text[start:stop].split()[0]) + 1
    assert desk.row(row["id"])["content"] == [[second_word, stop - 1]]  # type: ignore[index]


def test_the_words_of_a_row_are_marked_by_mouse_among_characters_of_any_kind(
    browser: Any, tmp_path: Path, reading: Callable[..., Reading]
) -> None:
    text = reading().page.text.replace("CALVERA", "😀𝒜LVERA")  # each is two in script, and one in the ledger
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        ledger.add(reading(text), fingerprint="f", run="r")
        figure = next(iter(ledger.figures()))
        with served(ledger) as address, sat_down(browser, address) as page:
            page.goto(f"{address}/review/row/{figure['id']}")
            page.get_by_role("button", name="Mark in the text for: The words that prove it").click()
            place = page.evaluate(
                """() => { const p = [...document.querySelectorAll('#passage p')].find(p => p.textContent.includes('militants'));
                    const range = document.createRange(); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
                    let n; while ((n = walk.nextNode())) { const at = n.data.indexOf(' were killed');
                      if (at >= 0) { range.setStart(n, at + 5); range.setEnd(n, at + 6); } }
                    const box = range.getBoundingClientRect(); return [box.left, box.top + box.height / 2]; }"""
            )
            handle = page.get_by_role("slider", name="Where the words end").bounding_box()
            page.mouse.move(handle["x"], handle["y"] + handle["height"] / 2)
            page.mouse.down()
            page.mouse.move(place[0] - 20, place[1], steps=4)
            page.mouse.move(place[0], place[1], steps=4)
            page.mouse.up()
            page.get_by_role("button", name="Save what I changed").click()
            page.get_by_text("Ana Pell corrected span").first.wait_for()
        assert ledger.row(figure["id"])["text"] == "At least 23 militants were"  # type: ignore[index]


def test_without_script_rows_are_judged_and_words_corrected_by_writing_them(browser: Any, desk: Ledger) -> None:
    row = spoken(desk)
    words = row["content_text"][0].split()
    with served(desk) as address, sat_down(browser, address, java_script_enabled=False) as page:
        page.goto(f"{address}/review")
        page.get_by_role("button", name="Confirm").first.click()
        page.wait_for_url("**/review?said=*")
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("button", name="Do it again").wait_for()
        page.goto(f"{address}/review/row/{row['id']}")
        page.get_by_label("words as printed").first.fill(" ".join(words[:-1]))
        page.get_by_role("button", name="Save what I changed").click()
        page.get_by_text("Ana Pell corrected content").first.wait_for()
    assert desk.row(row["id"])["content_text"][0].split() == words[:-1]  # type: ignore[index]


@pytest.mark.postgres
def test_two_reviewers_at_one_postgresql_ledger_lose_nothing_and_the_second_decides(
    browser: Any, postgres: str, reading: Callable[..., Reading]
) -> None:
    with Ledger.open(postgres, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="r")
        id = next(iter(ledger.events()))["id"]
        with (
            Ledger.open(postgres) as other,
            served(ledger) as first,
            served(other) as second,
            sat_down(browser, first, "Ana") as ana,
            sat_down(browser, second, "Ben") as ben,
        ):
            ana.goto(f"{first}/review/row/{id}")
            ben.goto(f"{second}/review/row/{id}")
            ana.get_by_label("Place", exact=True).fill("Dunmere")
            ana.get_by_role("button", name="Save what I changed").click()
            ana.get_by_text("Ana corrected place").first.wait_for()
            ben.get_by_label("Place", exact=True).fill("Orlen")
            ben.get_by_role("button", name="Save what I changed").click()
            told = ben.get_by_role("alert")
            assert "changed while you looked at it" in told.inner_text()
            assert "Dunmere" in told.inner_text()
            assert "Orlen" in told.inner_text()
            assert len(ledger.judgements(id)) == 1
            assert ben.get_by_label("Place", exact=True).input_value() == "Orlen"
            ben.get_by_role("button", name="Save what I changed").click()
            ben.get_by_text("Ben corrected place").first.wait_for()
            ana.goto(f"{first}/")
            assert "People disagree on 1 row" in ana.locator("main").inner_text()
        assert [(e["by"], e["changes"]["place"]) for e in ledger.judgements(id)] == [
            ("Ana", "Dunmere"),
            ("Ben", "Orlen"),
        ]


def test_a_confirmation_that_comes_too_late_is_told_in_the_place_of_its_row(browser: Any, desk: Ledger) -> None:
    first = desk.queue(limit=1)[0]["id"]
    with served(desk) as address, sat_down(browser, address) as page:
        page.goto(f"{address}/review")
        desk.judge(first, "reject", by="Ben", why="no such thing")
        page.keyboard.press("j")
        page.keyboard.press("c")
        told = page.locator(f"#{first}").get_by_role("alert")
        told.wait_for()
        assert "no such thing" in told.inner_text()
        assert len(desk.judgements()) == 1
        page.keyboard.press("c")
        page.locator(f"#{first}:not([open])").wait_for()
    assert [e["act"] for e in desk.judgements()] == ["reject", "confirm"]


def test_what_has_lost_its_place_is_said_loudly_and_placed_again(browser: Any, desk: Ledger) -> None:
    row = spoken(desk)
    desk.judge(row["id"], "correct", by="Ben", changes={"venue": "Dunmere"}, why="it says so")
    entries = list(desk.carried())
    with Ledger.open(Path(desk.where).with_name("other.db"), create=True) as other:
        other.take_in(entries)
        with served(other) as address, sat_down(browser, address) as page:
            page.goto(f"{address}/")
            assert "lost its place" in page.get_by_role("alert").inner_text()
            page.get_by_role("link", name="Decide what is to become of it").click()
            assert "Dunmere" in page.locator("main").inner_text()
            page.get_by_role("button", name="Take it back").click()
            page.get_by_text("Nothing waits").wait_for()
            page.goto(f"{address}/")
            assert page.get_by_role("alert").count() == 0


@pytest.mark.timeout(300)
def test_axe_finds_nothing_on_the_pages_of_review_in_either_colours_and_no_page_is_too_wide(
    browser: Any, desk: Ledger
) -> None:
    first, second = [r["id"] for r in desk.queue(limit=2)]
    desk.judge(first, "confirm", by="Ben")
    desk.judge(first, "reject", by="Cem", why="it is not so")
    desk.judge(second, "reject", by="Ben")
    statement, figure = spoken(desk)["id"], next(iter(desk.figures()))["id"]
    actor = next(iter(desk.actors()))["id"]
    pages = [
        "/review",
        "/review?order=disagreement",
        "/review/said",
        f"/review/row/{statement}",
        f"/review/row/{figure}",
    ]
    pages += [f"/review/actor/{actor}", f"/review/utterance/{statement}", "/review/waiting"]
    found: list[Any] = []
    with served(desk) as address:
        for scheme, rules in (("light", WCAG), ("dark", CONTRAST)):
            with sat_down(browser, address, color_scheme=scheme, bypass_csp=True) as page:
                for path in pages:
                    page.goto(address + path)
                    if path.startswith("/review/row"):
                        page.locator(".grip").first.click()
                    found += axe(page, rules)
        with sat_down(browser, address, viewport={"width": 375, "height": 800}) as page:
            for path in pages:
                page.goto(address + path)
                found += [path] * (page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0)
    assert found == []


def test_what_attacks_in_forms_names_and_reasons_is_inert(browser: Any, attacked: Ledger) -> None:
    told: list[str] = []

    def alert(dialog: Any) -> None:
        told.append(f"dialog {dialog.message}")
        dialog.dismiss()

    rows = [r["id"] for r in attacked.queue(limit=3)]
    attacked.judge(rows[0], "confirm", by=ATTACK, why=ATTACK)
    attacked.judge(rows[1], "reject", by=ATTACK, why=ATTACK)
    with served(attacked) as address, sat_down(browser, address, ATTACK[:60]) as page:
        page.on("dialog", alert)
        page.on("console", lambda m: told.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("pageerror", lambda e: told.append(str(e)))
        page.on("request", lambda r: told.append(r.url) if not r.url.startswith(address) else None)
        for path in [p for p in addresses(attacked) if p.startswith("/review")]:
            page.goto(address + path)
            assert page.locator("main img, main script, main iframe, main svg[onload], main [onerror]").count() == 0
        page.goto(f"{address}/review")
        page.keyboard.press("j")
        page.keyboard.press("c")
        page.locator("#said-now", has_text="confirmed").wait_for()
    assert told == []
