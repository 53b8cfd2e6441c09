"""A database's page of many articles: each is its own part of the bytes, from its mark to the next one's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from parley.errors import ReadError
from parley.read.html import parsed
from parley.read.text import decode
from parley.read.unopened import Opened
from parley.read.vendors.fields import Fields, Record, page_of


def articles(
    data: bytes,
    mark: re.Pattern[bytes],
    fields: Callable[[Any], Fields],
    *,
    file: str,
    declared: str | None,
    lacks: str,
) -> Iterator[Opened]:
    """The articles of a page; `fields` reads one from the root of its own part, `lacks` says what one without a text is told to lack."""
    starts = [m.start() for m in mark.finditer(data)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        own = data[start:end]
        where = f"article {number}"
        source, encoding = decode(own, declared=declared)
        if encoding not in ("utf-8", "utf-8-sig"):
            declared = encoding
        try:
            found = fields(parsed(source, file))
        except ReadError as error:
            yield ReadError(str(error).removeprefix(f"{file}: "), file=file, record=where)
            continue
        yield page_of(found, Record(own, where, number, encoding), file, lacks=lacks)
