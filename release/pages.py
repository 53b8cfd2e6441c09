"""A hook of `make docs`: what the theme would load from elsewhere is loaded from the pages' own folder, and nothing else is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ELSEWHERE = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=["']?(?:https?:)?//[^"'\s>]+""")
SHIM = "https://unpkg.com/iframe-worker/shim"
"""What search needs on pages that are opened from the file system; `docs/assets/iframe-worker.js` is a copy of it."""


def on_post_build(config: Mapping[str, Any]) -> None:
    """Mend every page that was written; SystemExit names a page that would still load something."""
    for page in sorted(Path(config["site_dir"]).rglob("*.html")):
        up = "../" * (len(page.relative_to(config["site_dir"]).parts) - 1)
        text = mended(page.read_text(encoding="utf-8"), up)
        if left := ELSEWHERE.search(text):
            raise SystemExit(f"{page} would load something from elsewhere: {left[0]}")
        page.write_text(text, encoding="utf-8")


def mended(text: str, up: str) -> str:
    """The page with the copy in the place of what stands elsewhere.

    >>> mended('<script src="https://unpkg.com/iframe-worker/shim"></script>', "../")
    '<script src="../assets/iframe-worker.js"></script>'
    """
    return text.replace(SHIM, f"{up}assets/iframe-worker.js")
