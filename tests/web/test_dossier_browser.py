"""Dossiers in a real browser: collected by button and by key, with and without script, ordered, taken along and opened again.

Skipped aloud where no Chromium is installed: `apt-get install chromium`, or PARLEY_CHROMIUM names one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from dossiers import hostile_dossier
from lxml import etree
from web_browsers import CONTRAST, IN_A_BROWSER, TOKEN, WCAG, a_browser, axe, opened, served

from parley.store.ledger import Ledger

pytestmark = IN_A_BROWSER
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with a_browser() as started:
        yield started


@pytest.fixture(scope="module")
def home(web_ledger: Ledger) -> Iterator[str]:
    with served(web_ledger) as address:
        yield address


@pytest.fixture
def desk(web_ledger: Ledger) -> Iterator[Ledger]:
    """The sample ledger, without a dossier before and after."""
    yield web_ledger
    for held in web_ledger.dossiers():
        web_ledger.dossier_remove(held["id"])


def come_in(page: Any, home: str, path: str) -> None:
    """Open the printed address, then a page."""
    page.goto(f"{home}/?token={TOKEN}")
    page.goto(home + path)


def shown(page: Any) -> list[str]:
    """The entries of the open dossier, by the words of their headings or quotes."""
    page.wait_for_load_state()
    return [e.inner_text() for e in page.locator(".entry h2, .entry > blockquote").all()]


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_dossier_is_built_and_its_docx_opened_again_with_quote_and_footnote(
    browser: Any, home: str, desk: Ledger, tmp_path: Path
) -> None:
    with opened(browser) as page:
        come_in(page, home, "/statements?kind=direct")
        page.locator("button.plus").first.click()
        page.locator("a.plus.in").first.wait_for()
        assert page.url.endswith("/statements?kind=direct")
        assert page.locator("#collected").text_content() == "Added to My dossier: 1 row"
        page.locator("button.plus").first.click()
        page.locator("a.plus.in").nth(1).wait_for()
        assert page.locator("#dossier .n").text_content() == "2"
        page.locator("#dossier").click()
        quote = page.locator(".entry > blockquote").first.inner_text()
        page.get_by_text("add a note").first.click()
        page.locator(".entry").first.get_by_label("Note", exact=True).fill("for Monday")
        page.locator(".entry").first.get_by_role("button", name="Keep").click()
        assert page.locator(".entry .mine").inner_text() == "for Monday"
        with page.expect_download() as waiting:
            page.get_by_role("link", name="DOCX, with footnotes").click()
        where = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(where)
    assert where.name == "My_dossier.docx"
    document = Document(str(where))
    found = next(p for p in document.paragraphs if p.text == quote)
    [mark] = found._p.iter(f"{W}footnoteReference")
    notes = etree.fromstring(document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES).blob)
    [cited] = ["".join(n.itertext()) for n in notes if n.get(f"{W}id") == mark.get(f"{W}id")]
    article = desk.dossier("My dossier")["list"][0]["article"]
    for said in (article["outlet"], article["title"], article["sha256"], "Characters "):
        assert said in cited
    assert "for Monday" in [p.text for p in document.paragraphs]


def test_by_keyboard_alone_rows_are_collected_moved_noted_taken_out_and_put_back(
    browser: Any, home: str, desk: Ledger
) -> None:
    with opened(browser) as page:
        come_in(page, home, "/statements")
        for n in range(3):
            page.keyboard.press("j")
            page.keyboard.press("d")
            page.locator("a.plus.in").nth(n).wait_for()
        page.locator("#dossier").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/dossier/*")
        a, b, c = shown(page)
        page.keyboard.press("j")
        page.keyboard.press("Shift+J")
        page.wait_for_url("**#de_*")
        assert shown(page) == [b, a, c]
        moved = page.url.partition("#")[2]
        assert focused(page) == moved
        page.keyboard.press("Shift+J")
        page.locator(f".entry:nth-of-type(3)#{moved}").wait_for()
        assert shown(page) == [b, c, a]
        page.keyboard.press("n")
        page.keyboard.type("said twice")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator(".entry .mine").wait_for()
        assert page.locator(".entry .mine").inner_text() == "said twice"
        page.keyboard.press("x")
        page.locator("#undo").wait_for()
        assert shown(page) == [b, c]
        page.keyboard.press("u")
        page.wait_for_url("**#de_*")
        assert shown(page) == [b, c, a]


def test_a_key_collects_in_the_margin_of_an_article_and_on_the_page_of_a_row(
    browser: Any, home: str, desk: Ledger
) -> None:
    article = desk.articles()[0]["id"]
    with opened(browser) as page:
        come_in(page, home, f"/article/{article}")
        page.keyboard.press("j")
        page.keyboard.press("d")
        page.locator(".notes a.plus.in").first.wait_for()
        page.get_by_role("button", name="Add the article to the dossier").click()
        page.locator("a.collect.in").wait_for()
        row = desk.figures()[0]["id"]
        page.goto(f"{home}/row/{row}")
        page.keyboard.press("d")
        page.locator("[data-own] a.in").wait_for()
        page.goto(f"{home}/review")
        judged = page.locator("details.judge").first.get_attribute("id")
        page.keyboard.press("j")
        page.keyboard.press("d")
        page.locator("details.judge a.collect.in").first.wait_for()
        kept = [e["about"] for e in desk.dossier("My dossier")["list"]]
        assert kept[1:] == [article, row, judged]


def test_the_key_collects_the_row_that_has_the_focus_and_no_other_outlets_row_in_it(
    browser: Any, home: str, desk: Ledger
) -> None:
    told = next(u for u in desk.found("utterance") if len(u["statements"]) > 1)
    speaker = desk.by_ids(told["statements"][:1])[told["statements"][0]]["speaker"]["name"]
    with opened(browser) as page:
        come_in(page, home, f"/statements?speaker={speaker}")
        row = page.locator("details.line:has(.renderings)").first
        row.locator("summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("d")
        page.locator(".item > a.plus.in").wait_for()
        assert [e["about"] for e in desk.dossier("My dossier")["list"]] == [row.get_attribute("id")]


def test_without_script_everything_is_done_by_forms(browser: Any, home: str, desk: Ledger) -> None:
    with opened(browser, java_script_enabled=False) as page:
        come_in(page, home, "/figures/rows")
        page.locator("button.plus").first.click()
        page.wait_for_url("**/figures/rows#fi_*")
        page.locator("button.plus").first.click()
        page.locator("#dossier").click()
        a, b = shown(page)
        page.get_by_role("button", name="Move down").first.click()
        assert shown(page) == [b, a]
        page.get_by_label("A heading at the end").fill("Who counts what")
        page.get_by_role("button", name="Add heading").click()
        assert shown(page) == [b, a, "Who counts what"]
        page.get_by_role("button", name="Take out").first.click()
        assert shown(page) == [a, "Who counts what"]
        page.get_by_role("button", name="Undo").click()
        assert shown(page) == [b, a, "Who counts what"]


def test_who_opened_the_page_without_the_token_can_read_and_is_told_why_not_change(
    browser: Any, home: str, desk: Ledger
) -> None:
    desk.dossier_make("Roads")
    desk.dossier_add("Roads", desk.figures()[0]["id"])
    with opened(browser) as page:
        page.goto(f"{home}/statements")
        assert page.locator("button.plus").count() == 0
        page.locator("#dossier").click()
        assert len(shown(page)) == 1
        assert "without the token" in page.locator("main").inner_text()
        page.goto(f"{home}/statements")
        page.keyboard.press("d")
        assert page.url.endswith("/statements")


@pytest.mark.parametrize(("scheme", "only"), [("light", WCAG), ("dark", CONTRAST)])
def test_axe_finds_nothing_on_pages_that_collect(
    browser: Any, home: str, desk: Ledger, scheme: str, only: dict[str, Any]
) -> None:
    desk.dossier_make("Roads", note="for Monday")
    desk.dossier_heading("Roads", "What was said")
    desk.dossier_add("Roads", [r["id"] for r in [*desk.statements(limit=2), *desk.figures(limit=2)]], note="see there")
    desk.dossier_make("Dams")
    here = f"/dossier/{desk.dossier('Roads')['id']}"
    article = f"/article/{desk.articles()[0]['id']}"
    row = f"/row/{desk.dossier('Roads')['list'][1]['about']}"
    with opened(browser, color_scheme=scheme, bypass_csp=True) as page:
        for path in (here, "/dossiers", "/statements", article, row, "/figures"):
            come_in(page, home, path)
            page.evaluate("document.querySelectorAll('main details').forEach(function (d) { d.open = true; })")
            assert axe(page, only) == []


@pytest.mark.parametrize("width", [375, 720])
def test_no_page_is_wider_than_a_phone_with_buttons_that_collect(
    browser: Any, home: str, desk: Ledger, width: int
) -> None:
    desk.dossier_make("Roads", note="W" * 300)
    desk.dossier_add("Roads", [r["id"] for r in desk.statements(limit=3)], note="M" * 300)
    here = f"/dossier/{desk.dossier('Roads')['id']}"
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        for path in (here, "/dossiers", "/statements", "/figures", "/timeline", f"/article/{desk.articles()[0]['id']}"):
            come_in(page, home, path)
            page.evaluate("document.querySelectorAll('main .entry details').forEach(function (d) { d.open = true; })")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_dossier_of_hostile_text_runs_nothing_in_the_page_nor_in_its_html_file(
    browser: Any, tmp_path: Path, reading: Callable[..., Any]
) -> None:
    with hostile_dossier(tmp_path, reading) as ledger, served(ledger) as home, opened(browser) as page:
        alarms: list[str] = []
        page.on("dialog", lambda d: alarms.append(d.message))
        come_in(page, home, "/dossiers")
        here = f"/dossier/{ledger.dossiers()[0]['id']}"
        page.goto(home + here)
        assert page.locator(".entry").count() > 5
        with page.expect_download() as waiting:
            page.get_by_role("link", name="HTML").click()
        file = tmp_path / "dossier.html"
        waiting.value.save_as(file)
        asked: list[str] = []
        page.on("request", lambda r: asked.append(r.url))
        page.goto(file.as_uri())
        assert page.locator("article").count() > 5
        assert page.locator("main img, main script, main svg, main iframe").count() == 0
        assert [a for a in asked if not a.startswith("file:")] == []
        assert alarms == []
        page.emulate_media(media="print")
        assert page.locator("ol.notes li").first.is_visible()
