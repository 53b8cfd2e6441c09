"""The articles that a dossier cites, as CSL-JSON: what Zotero, Pandoc and other citation programs read."""

from __future__ import annotations

import json
import re
from typing import Any

from parley.export.dossier.bibtex import annotation, url
from parley.export.dossier.sheet import Sheet, Source
from parley.show.citing import line, outlet, title
from parley.store.rows import Row


def csl(sheet: Sheet) -> str:
    """A list of items, in the order in which they are cited."""
    return json.dumps([_item(s) for s in sheet.sources], ensure_ascii=False, indent=1) + "\n"


def _item(source: Source) -> dict[str, Any]:
    article = source.article
    item: dict[str, Any] = {
        "id": article["id"],
        "type": "article-newspaper",
        "title": title(article) if article["title"] else "[no title]",
        "container-title": outlet(article) if article["outlet"] else None,
        # a name is not taken apart: what is family and what given name, no byline says
        "author": [{"literal": line(a)} for a in article["authors"] if line(a)],
        "issued": _when(article),
        "URL": url(article["url"]),
        "language": article["language"],
        "note": annotation(source),
    }
    return {k: v for k, v in item.items() if v}


def _when(article: Row) -> dict[str, Any] | None:
    """The day as exact as it is known, or from which day to which."""
    ends = [article["published"]]
    if article["published_precision"] == "interval":
        ends = [article["published_earliest"], article["published_latest"]]
    told = [[int(n) for n in e.split("-")] for e in ends if e and re.fullmatch(r"\d{4}(-\d\d){0,2}", e)]
    return {"date-parts": told} if told else None
