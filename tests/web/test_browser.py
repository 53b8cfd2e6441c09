"""The pages in a real browser: by axe, by keyboard, without script, on a phone, and before articles that attack.

Skipped aloud where no Chromium is installed: `apt-get install chromium`, or PARLEY_CHROMIUM names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from web_browsers import CONTRAST, IN_A_BROWSER, WCAG, a_browser, look, opened, served
from web_visitors import addresses

from parley.store.ledger import Ledger

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with a_browser() as started:
        yield started


@pytest.fixture(scope="module")
def home(web_ledger: Ledger) -> Iterator[str]:
    with served(web_ledger) as address:
        yield address


@pytest.fixture(scope="module")
def every(web_ledger: Ledger) -> list[str]:
    """Every kind of page."""
    return [*addresses(web_ledger), "/search?q=dam", "/across?what=copies", "/statements?text=dam", "/nothing"]


def of_a_kind(every: list[str]) -> list[str]:
    """One page of each layout: lists of rows are laid out like statements, rows like the first of them."""
    rows = [p for p in every if p.startswith("/row/")]
    return [p for p in every if not p.endswith("/rows") and p not in rows[1:]]


@pytest.mark.timeout(400)
def test_axe_finds_nothing_against_wcag_on_any_page(browser: Any, home: str, every: list[str]) -> None:
    # axe is put into the page from outside, which the pages' own policy rightly forbids
    with opened(browser, color_scheme="light", bypass_csp=True) as page:
        assert [v for p in of_a_kind(every) for v in look(page, home + p, WCAG)] == []


@pytest.mark.timeout(400)
def test_dark_colours_have_the_contrast_too(browser: Any, home: str, every: list[str]) -> None:
    with opened(browser, color_scheme="dark", bypass_csp=True) as page:
        assert [v for p in of_a_kind(every) for v in look(page, home + p, CONTRAST)] == []


@pytest.mark.parametrize("width", [375, 720])
def test_no_page_is_wider_than_a_phone_or_a_window_at_twice_the_size(
    browser: Any, home: str, every: list[str], width: int
) -> None:
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        for path in every:
            page.goto(home + path)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_quote_is_found_opened_and_cited_by_keyboard_alone(browser: Any, home: str) -> None:
    with opened(browser) as page:
        page.goto(home)
        page.keyboard.press("/")
        page.keyboard.type("dam")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=dam")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.parentElement.open")
        sentence = page.locator("details.line[open] blockquote").first.inner_text()
        assert "dam" in sentence.lower()
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.textContent") != "Cite or check this row":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/row/*")
        assert "SHA-256" in page.locator(".cite").inner_text()


def test_the_tolls_of_two_ministries_are_compared_each_by_its_own_sentence(
    browser: Any, home: str, web_ledger: Ledger
) -> None:
    group = next(s for s in web_ledger.series() if s["conflicts"] and s["category"] == "killed")
    rivals = list(group["conflicts"][0]["claimants"])
    with opened(browser) as page:
        page.goto(home)
        page.get_by_role("link", name="Figures", exact=True).click()
        page.locator("fieldset", has_text="Category").get_by_role("link", name="killed").first.click()
        page.wait_for_url("**category=killed*")
        chart = page.locator("section.chart", has=page.locator(".conflict")).first
        assert "Not both can stand" in chart.locator(".conflict").first.inner_text()
        names = chart.locator("svg.steps text.label")
        assert chart.locator("svg.steps .key").count() == names.count() > 1  # each name beside a piece of its line
        chart.get_by_text("every count").click()
        rows = chart.locator("tbody tr")
        told = {}
        for claimant in rivals:
            row = rows.filter(has=page.get_by_role("rowheader", name=claimant, exact=True)).last
            told[claimant] = row.locator("td.num a").first
            assert re.search(r"\d", told[claimant].inner_text())
        assert len({t.inner_text() for t in told.values()}) == 2
        links = {claimant: t.get_attribute("href") for claimant, t in told.items()}
        for claimant, link in links.items():
            page.goto(home + link)
            counted = web_ledger.row(link.removeprefix("/row/"))
            assert counted is not None
            assert page.locator("blockquote mark").first.inner_text() == " ".join(counted["text"].split())
            assert "SHA-256" in page.locator(".cite").inner_text()
            assert claimant.split()[-1].lower() in page.locator("main").inner_text().lower()


def test_a_shift_is_seen_with_the_sentences_before_and_after_it(browser: Any, home: str, web_ledger: Ledger) -> None:
    newest = web_ledger.found("shift", limit=1, newest=True)[0]
    with opened(browser) as page:
        page.goto(home)
        link = page.locator("section", has=page.locator("#shifts")).get_by_role("link").first
        assert newest["party"] in link.inner_text()
        link.click()
        page.wait_for_url("**/positions?*")
        assert page.locator("h1").inner_text().startswith(newest["party"])
        assert page.locator(".conflict", has_text="→").count() >= 1
        days = page.locator("ol.lane > li")
        headings = days.locator("h2").all_inner_texts()
        moved = next(n for n, h in enumerate(headings) if newest["to"] in h and n)
        assert any(newest["from"] in h for h in headings[:moved])
        for n in (next(n for n, h in enumerate(headings) if newest["from"] in h), moved):
            line = days.nth(n).locator("details.line").first
            line.locator("summary").click()
            said = line.locator("blockquote mark").first.inner_text()
            assert said
            assert line.locator(".said").inner_text().split()[0] in said
        page.locator("details.line[open]").last.get_by_role("link", name="Read it in the article").click()
        page.wait_for_url("**/article/*#po_*")
        assert page.locator(":target + .m").first.is_visible()


def test_the_first_tab_leads_past_the_navigation_and_focus_is_seen(browser: Any, home: str) -> None:
    with opened(browser) as page:
        page.goto(f"{home}/statements")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("j")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_without_script_rows_open_filters_work_and_pages_turn(browser: Any, home: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{home}/statements")
        page.locator("details.line > summary").first.click()
        assert page.locator("details.line[open] blockquote").first.is_visible()
        page.get_by_label("Words", exact=True).fill("dam")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**/statements?*text=dam*")
        assert "dam" in page.locator(".lines").inner_text().lower()
        page.goto(f"{home}/statements")
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**after=*")
        assert page.locator("details.line").count() > 0


def test_filters_change_the_list_in_place_and_the_address_with_it(browser: Any, home: str) -> None:
    with opened(browser) as page:
        page.goto(f"{home}/statements")
        page.get_by_label("Words", exact=True).fill("dam")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**/statements?*text=dam*")
        assert "dam" in page.locator(".lines").inner_text().lower()
        page.go_back()
        page.wait_for_url(f"{home}/statements")


def test_the_slider_goes_to_the_day_before_by_key_and_keeps_the_focus(browser: Any, home: str) -> None:
    with opened(browser) as page:
        page.goto(f"{home}/positions")
        last = page.locator("#slide output").inner_text()
        page.locator("#slider").focus()
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**at=*")
        assert (
            page.locator("#slider").get_attribute("aria-valuetext")
            == page.locator("#slide output").inner_text()
            != last
        )
        assert page.evaluate("document.activeElement.id") == "slider"


def test_on_a_phone_the_open_page_is_in_sight_and_tables_fold(browser: Any, home: str) -> None:
    with opened(browser, viewport={"width": 375, "height": 800}) as page:
        page.goto(f"{home}/about")
        box = page.locator(".bar nav a[aria-current]").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        page.goto(home)
        assert page.evaluate("(t => t.scrollWidth - t.clientWidth)(document.querySelector('.scroll'))") <= 0


def test_dark_and_light_are_switched_and_kept(browser: Any, home: str) -> None:
    with opened(browser, color_scheme="light") as page:
        page.goto(home)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.get_by_role("button", name="Dark colours").click()
        page.goto(f"{home}/about")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper


def test_articles_that_attack_are_inert_on_every_page(browser: Any, attacked: Ledger) -> None:
    told: list[str] = []

    def alert(dialog: Any) -> None:
        told.append(f"dialog {dialog.message}")
        dialog.dismiss()

    with served(attacked) as address, opened(browser) as page:
        page.on("dialog", alert)
        page.on("console", lambda m: told.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("pageerror", lambda e: told.append(str(e)))
        page.on("request", lambda r: told.append(r.url) if not r.url.startswith(address) else None)
        for path in addresses(attacked):
            page.goto(address + path)
            page.locator("details > summary").evaluate_all("all => all.forEach(s => s.parentElement.open = true)")
            assert page.locator("main img, main script, main iframe, main svg[onload], main [onerror]").count() == 0
    assert told == []


def test_a_page_asks_for_nothing_elsewhere_and_meets_its_own_policy(browser: Any, home: str, every: list[str]) -> None:
    asked: list[str] = []
    with opened(browser) as page:
        page.on("request", lambda r: asked.append(r.url))
        page.on("console", lambda m: asked.append(m.text) if "Content Security" in m.text else None)
        for path in every:
            page.goto(home + path)
    assert [a for a in asked if not a.startswith(home)] == []
