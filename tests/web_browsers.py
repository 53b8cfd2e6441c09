"""A real browser at a real server, for tests; they are skipped aloud where no Chromium is installed."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from parley.store.ledger import Ledger
from parley.web.app import make_app
from parley.web.guard import Door
from parley.web.serve import socket_at

CHROMIUM = os.environ.get("PARLEY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
IN_A_BROWSER = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium"),
]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TOKEN = "the-token-of-this-start"
"""What the printed address holds: `{address}/?token={TOKEN}` opens a browser that may change the ledger."""


@contextmanager
def served(ledger: Ledger, **door: Any) -> Iterator[str]:
    """The address of the app over a ledger, as `parley serve` would serve it."""
    import uvicorn

    listening = socket_at("127.0.0.1", 0)
    port = listening.getsockname()[1]
    app = make_app(ledger, Door(port=port, token=TOKEN, **door))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    listening.close()


@contextmanager
def a_browser() -> Iterator[Any]:
    """A Chromium that runs."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@contextmanager
def opened(browser: Any, **how: Any) -> Iterator[Any]:
    """A page in a window of its own, without anything from other ones."""
    context = browser.new_context(**how)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def look(page: Any, address: str, only: dict[str, Any]) -> list[tuple[str, ...]]:
    """What axe finds on a page."""
    page.goto(address)
    return axe(page, only)


def axe(page: Any, only: dict[str, Any]) -> list[tuple[str, ...]]:
    """What axe finds on the page as it is."""
    from axe_playwright_python.sync_playwright import Axe

    violations = Axe().run(page, options={"runOnly": only}).response["violations"]
    return [(page.url, v["id"], v["nodes"][0]["html"], v["nodes"][0]["failureSummary"]) for v in violations]


WCAG = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
