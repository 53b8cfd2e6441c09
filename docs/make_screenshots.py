"""Makes docs/images: pages of the sample ledger, as a browser shows them.

parley demo --no-serve && .venv/bin/python docs/make_screenshots.py parley-demo.db
"""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from parley.store.ledger import Ledger
from parley.web.app import make_app
from parley.web.guard import Door
from parley.web.serve import socket_at

IMAGES = Path(__file__).resolve().parent / "images"
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
        "phone": (f"/article/{article}", PHONE, "dark"),
    }


def shoot(browser: Browser, home: str, ledger: Ledger) -> None:
    """One image for each page."""
    for name, (path, window, scheme) in pages(ledger).items():
        context = browser.new_context(
            viewport={"width": window["width"], "height": window["height"]},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        page.goto(home + path)
        page.screenshot(path=IMAGES / f"{name}.png")
        context.close()


def main(where: str) -> None:
    """Serve the ledger, and look at it."""
    import uvicorn

    IMAGES.mkdir(exist_ok=True)
    door = socket_at("127.0.0.1", 0)
    port = door.getsockname()[1]
    with Ledger.open(where) as ledger, sync_playwright() as playwright:
        server = uvicorn.Server(uvicorn.Config(make_app(ledger, Door(port=port)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shoot(browser, f"http://127.0.0.1:{port}", ledger)
        browser.close()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
