"""A source that is at hand and not yet taken apart: what is costly over a hostile file waits for who can bound it.

Telling the article from a web page, or the text from a PDF or a Word file, is most of the work of reading. Their readers yield the bytes, which
tell already which article it is; so a build leaves alone what it knows, and takes the rest apart in its workers, side by side, within
the time and memory of an article. A document of a news database comes to many articles, which only opening it shows. Everybody else
asks for `opened` pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import cast

from parley.data import RawPage, row_id
from parley.errors import ReadError

Opened = RawPage | ReadError
Extractor = Callable[..., RawPage | Iterator[Opened]]


@dataclass(frozen=True, slots=True)
class Unopened:
    """A file's bytes, and the function ("module:function" below `parley.read`) that makes a page of them, or several.

    `url` and `title` stand in where the page names none itself; `where` is the record as errors name it, None for a file of one article.
    """

    file: str
    source_id: str
    data: bytes
    sha256: str
    extractor: str
    declared: str | None = None
    url: str | None = None
    title: str | None = None
    saved: str | None = None
    where: str | None = None

    @classmethod
    def of(cls, data: bytes, file: str, source_id: str, extractor: str) -> Unopened:
        """What some bytes hold."""
        return cls(file, source_id, data, hashlib.sha256(data).hexdigest(), extractor)

    @property
    def id(self) -> str:
        """The id that the article has once it is opened; of several none has it."""
        return row_id("ar", self.file.replace("\\", "/").rsplit("/", 1)[-1], self.source_id, self.sha256)

    def opened(self) -> tuple[Opened, ...]:
        """The page, or all of those that a news database put into one file; raises ReadError, with file and record, where the bytes hold none."""
        try:
            found = _extractor(self.extractor)(
                self.data, file=self.file, source_id=self.source_id, declared=self.declared
            )
            if not isinstance(found, RawPage):
                return tuple(found)
        except ReadError as error:
            raise ReadError(error.told, file=self.file, record=self.where) from error
        return (replace(found, url=found.url or self.url, title=found.title or self.title, saved=self.saved),)


def opened(pages: Iterator[RawPage | Unopened | ReadError]) -> Iterator[Opened]:
    """The same with nothing left to be opened; an error stands in the place of what cannot be."""
    for page in pages:
        if not isinstance(page, Unopened):
            yield page
            continue
        try:
            yield from page.opened()
        except ReadError as error:
            yield error
        except Exception as error:
            told = f"its reader gave up ({type(error).__name__}: {str(error)[:200]})"
            yield ReadError(told, file=page.file, record=page.where)


@cache
def _extractor(where: str) -> Extractor:
    module, _, function = where.partition(":")
    return cast(Extractor, getattr(import_module(f"parley.read.{module}"), function))
