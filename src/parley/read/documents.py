"""A word processor's document, told as its paragraphs -> RawPages: one article, or as many as a news database put into it.

The readers for DOCX, RTF and ODT yield the file unopened, and give its paragraphs to `pages_of` when somebody opens it. What databases hand out as such documents is told by
its paragraphs, not by its bytes, so its readers stand in `SPLITTERS` here and not in the table of kinds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, cast

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.unopened import Opened

_HEADED = 12
"""Paragraphs among which a document's headline stands, if anywhere."""
_FOLD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Document:
    """A document's paragraphs in order, empty ones too; `title` is what its properties call it, `headings` its first headings."""

    data: bytes
    lines: tuple[str, ...]
    title: str | None = None
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Splitter:
    """A kind of document that holds many articles; both functions are "module:function" below `parley.read`.

    `looks` is `(lines) -> bool`, `split` is `(lines, file) -> pages`.
    """

    name: str
    looks: str
    split: str


SPLITTERS = (
    Splitter("nexis", "vendors.nexis:is_nexis", "vendors.nexis:pages_from_lines"),
    Splitter("factiva", "vendors.factiva:is_factiva_text", "vendors.factiva:pages_from_lines"),
)
"""Asked in order; the first whose look a document has reads it."""


def pages_of(document: Document, *, file: str, source_id: str) -> Iterator[Opened]:
    """The articles of a document; raises ReadError where it holds no text."""
    if not any(line.strip() for line in document.lines):
        raise ReadError("the document holds no text", file=file)
    lines = [part for line in document.lines for part in line.split("\n")]
    for splitter in SPLITTERS:
        if _function(splitter.looks)(lines):
            yield from _function(splitter.split)(lines, file)
            return
    yield _page(document, file, source_id)


@cache
def _function(where: str) -> Callable[..., Any]:
    module, _, function = where.partition(":")
    return cast(Callable[..., Any], getattr(import_module(f"parley.read.{module}"), function))


def _page(document: Document, file: str, source_id: str) -> RawPage:
    return RawPage(
        file=file,
        source_id=source_id,
        data=document.data,
        sha256=hashlib.sha256(document.data).hexdigest(),
        media="document",
        text="\n".join(document.lines).strip("\n"),
        title=_title(document),
    )


def _title(document: Document) -> str | None:
    """The heading that the document opens with; or what its properties call it, where its first paragraphs print that.

    Properties alone prove nothing: they name the template, or the file that this one was made from.
    """
    first = [line for line in document.lines if line.strip()][:_HEADED]
    printed = {fold(line): " ".join(line.split()) for line in first}
    named = [fold(t) for t in (*document.headings[:1], document.title or "")]
    return next((printed[name] for name in named if name and name in printed), None)


def fold(line: str) -> str:
    """Letters and digits alone, lower case, single spaces."""
    return _FOLD.sub(" ", line).strip().casefold()
