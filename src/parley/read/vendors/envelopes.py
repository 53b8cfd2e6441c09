"""JSON that search services answer with: an object around a list of articles, as NewsAPI, GDELT and their like give it.

Some give a text cut short, some no text at all. A cut text is read, without the mark of the cut, and said beside it; an
article without a text is named, with its address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.kinds import Origin, Pages
from parley.read.records import page_from_record, pages_from_json
from parley.read.streams import whole
from parley.read.text import decode
from parley.read.vendors.days import day_in
from parley.read.vendors.fields import called, language_code

_LISTS = ("articles", "results", "stories", "news", "items", "docs", "data", "hits")
# NewsAPI's "… [+2345 chars]"; the dots stay, and others end in dots alone, which a text may do by itself.
_CUT = re.compile(r"\s{0,3}\[\+?\d{1,7} chars\]\s{0,3}\Z")
_SEEN = re.compile(r"(\d{4})(\d{2})(\d{2})T\d{6}Z\Z")
_DEEPEST = 3


def read_json(stream: BinaryIO, origin: Origin) -> Pages:
    """The articles of the list in the object; a file that holds no such list is read as any JSON file."""
    data = whole(stream, origin.file)
    text, _ = decode(data)
    try:
        items = _listed(json.loads(text, strict=False))
    except (ValueError, RecursionError):
        items = None
    if items is None:
        yield from pages_from_json(data, file=origin.file, columns=origin.columns)
        return
    for number, item in enumerate(items, 1):
        yield from _article(item, number, origin)


def _listed(value: Any, depth: int = 0) -> list[Any] | None:
    """The list of articles in an object, or in the objects that it holds."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    for name in _LISTS:
        if isinstance(value.get(name), list):
            return list(value[name])
    inner = (_listed(v, depth + 1) for v in list(value.values())[:20])
    return next((found for found in inner if found is not None), None)


def _article(item: Any, number: int, origin: Origin) -> Iterator[RawPage | ReadError]:
    where = f"article {number}"
    data = json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass")
    page = page_from_record(
        item, data=data, file=origin.file, where=where, number=number, encoding="utf-8", columns=origin.columns
    )
    if isinstance(page, ReadError):
        yield _without_text(item, where, origin) if isinstance(item, dict) else page
        return
    cut = _CUT.search(page.text[-60:])
    if cut:
        page = replace(page, text=page.text[: len(page.text) - len(cut.group())])
        message = (
            f"only the first {len(page.text):,} characters are in the file, and were read{called(page.title or '')}"
        )
        yield Remark(message, file=origin.file, record=where)
    language = language_code(page.language or "") or page.language
    yield _dated(replace(page, language=language), item)


def _without_text(item: dict[str, Any], where: str, origin: Origin) -> ReadError:
    title, url = item.get("title"), item.get("url") or item.get("link")
    named = called(title) if isinstance(title, str) else ""
    fetch = (
        f"; `parley fetch {url}` may get it" if isinstance(url, str) and url.startswith(("http://", "https://")) else ""
    )
    return ReadError(f"the file has no text of it{named}{fetch}", file=origin.file, record=where)


def _dated(page: RawPage, item: Any) -> RawPage:
    """With GDELT's `seendate` as the date where nothing better is given: it is when the article was first seen."""
    seen = _SEEN.match(str(item.get("seendate", ""))) if isinstance(item, dict) else None
    day = day_in("-".join(seen.groups())) if seen and page.published is None else None
    return replace(page, published=day, published_rule="field seendate") if day else page
