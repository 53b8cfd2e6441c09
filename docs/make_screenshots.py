"""Makes docs/images: pages of the sample ledger, as a browser shows them.

parley demo --no-serve && .venv/bin/python docs/make_screenshots.py parley-demo.db

A copy of the ledger is looked at, in which some rows are collected: the one that is given stays as it is.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from parley.store.ledger import Ledger
from parley.web.app import make_app
from parley.web.guard import Door
from parley.web.serve import socket_at

IMAGES = Path(__file__).resolve().parent / "images"
HANDED = "of-this-start"
"""What the printed address hands over, so that a browser may collect."""
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 375, "height": 812}


def pages(ledger: Ledger) -> dict[str, tuple[str, dict[str, int], str]]:
    """What is shown, by the name of its image: address, window and colours."""
    told = ledger.found("utterance", limit=1)[0]["first"]
    article = next(a["id"] for a in ledger.articles() if "16_vom" in a["file"])
    return {
        "overview": ("/", WIDE, "light"),
        "utterance": (f"/row/{told}", WIDE, "light"),
        "figures": ("/figures?category=killed", WIDE, "light"),
        "positions": ("/positions", WIDE, "dark"),
        "timeline": ("/timeline", WIDE, "light"),
        "article": (f"/article/{article}", WIDE, "light"),
        "review": ("/review", WIDE, "light"),
        "correct": (f"/review/row/{told}", WIDE, "light"),
        "dossier": (f"/dossier/{collected(ledger, told)}", WIDE, "light"),
        "phone": (f"/article/{article}", PHONE, "dark"),
    }


def collected(ledger: Ledger, told: str) -> str:
    """A dossier with a quote and some figures; its id."""
    name = "Who counts what"
    numbers = [i for s in ledger.series()[:2] for p in s["points"][-1:] for i in p["rows"][:1]]
    ledger.dossier_add(name, [told, *numbers], make=True)
    return str(next(d["id"] for d in ledger.dossiers() if d["name"] == name))


def shoot(browser: Browser, home: str, ledger: Ledger) -> None:
    """One image for each page."""
    for name, (path, window, scheme) in pages(ledger).items():
        context = browser.new_context(
            viewport={"width": window["width"], "height": window["height"]},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        page.goto(f"{home}/?token={HANDED}")
        page.goto(home + path)
        page.screenshot(path=IMAGES / f"{name}.png")
        context.close()


def main(where: str) -> None:
    """Serve a copy of the ledger, and look at it."""
    import uvicorn

    where = shutil.copy(where, tempfile.mkdtemp())
    IMAGES.mkdir(exist_ok=True)
    door = socket_at("127.0.0.1", 0)
    port = door.getsockname()[1]
    with Ledger.open(where) as ledger, sync_playwright() as playwright:
        server = uvicorn.Server(uvicorn.Config(make_app(ledger, Door(port=port, token=HANDED)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shoot(browser, f"http://127.0.0.1:{port}", ledger)
        browser.close()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
