"""A page that the browser extension SingleFile saved -> RawPage: its pictures and fonts cut out, its address and day kept.

SingleFile writes everything that a page shows into the page itself, as `data:` addresses. They are cut out before
anything looks at the page, and the page without them is what is kept: the same cut of the same file gives the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import BinaryIO

from parley.read.day import day_of
from parley.read.html import EXTRACTOR
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole
from parley.read.unopened import Unopened

LARGEST_SAVED = 100_000_000
_DATA = re.compile(
    rb"data:[A-Za-z]{1,20}/[\w.+-]{1,80}(?:;[\w=.+-]{1,60}){0,4}"
    rb"(?:;base64,[A-Za-z0-9+/=%_-]*|,[^\"'\s)>]*)"
)
_COMMENT = re.compile(rb"<!--\s{0,9}Page saved with SingleFile\s{0,9}(.{0,6000}?)-->", re.DOTALL)
_URL = re.compile(r"^\s{0,9}url:\s{0,9}(https?://\S{1,2000})", re.MULTILINE)
_SAVED = re.compile(r"^\s{0,9}saved date:\s{0,9}([^\r\n]{6,80})", re.MULTILINE)


def read_singlefile(stream: BinaryIO, origin: Origin) -> Pages:
    """The one page that a file holds."""
    data = whole(stream, origin.file, LARGEST_SAVED)
    said = _COMMENT.search(data[:20_000])
    lines = said[1].decode("utf-8", "replace") if said else ""
    url, saved = _URL.search(lines), _SAVED.search(lines)
    source = Unopened.of(without_data(data), origin.file, origin.stem, EXTRACTOR)
    yield replace(source, url=url[1] if url else None, saved=day_of(saved[1]) if saved else None)


def without_data(page: bytes) -> bytes:
    """A page with nothing left of its `data:` addresses but that they were there.

    >>> without_data(b'<img src="data:image/png;base64,iVBORw0KGgo=">')
    b'<img src="data:,">'
    """
    return _DATA.sub(b"data:,", page)
