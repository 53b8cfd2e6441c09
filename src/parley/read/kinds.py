"""The table of what is read: each kind of file, the endings it goes by, what its first bytes look like, and its reader.

A reader is a function `(stream, origin) -> pages` in a module of this folder, imported when its first file comes. To
read a new kind, write that function, add a row to `KINDS`, a row to docs/formats.md and a file to tests/read/files.

    def read_ris(stream: BinaryIO, origin: Origin) -> Iterator[RawPage | ReadError]: ...

A reader yields what it reads as it reads it, and a ReadError in the place of each record that it cannot read; it may
raise one where nothing more can come. Where making a page is costly over a hostile file, it yields the page unopened. It consumes its stream once, forwards, and closes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import BinaryIO, cast

from parley.data import RawPage
from parley.errors import ReadError
from parley.read import signs
from parley.read.budget import Budget
from parley.read.streams import head, peekable
from parley.read.unopened import Unopened, opened
from parley.read.vendors import signs as vendors

Pages = Iterator[RawPage | Unopened | ReadError]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stream comes from: `file` is what pages and errors call it, `name` what tells its kind.

    `columns` names a record's own fields for ours ({"text": "artikel"}); `depth` counts the archives around the stream,
    which share one `budget`.
    """

    file: str
    name: str = ""
    columns: Mapping[str, str] | None = None
    depth: int = 0
    budget: Budget | None = None

    @property
    def stem(self) -> str:
        """The file's own name without its ending: what an article is called that has no other id."""
        if self.file == "<stdin>":
            return "stdin"
        last = self.file.replace("\\", "/").rsplit("/", 1)[-1]
        return last.removesuffix(".gz").rsplit(".", 1)[0] or last


Reader = Callable[[BinaryIO, Origin], Pages]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `reader` is "module:function" below `parley.read`; `looks` tells it by its first bytes."""

    name: str
    reader: str
    endings: tuple[str, ...] = ()
    looks: Callable[[bytes], bool] | None = None

    def read(self, stream: BinaryIO, origin: Origin) -> Pages:
        """The pages of a stream of this kind."""
        return _reader(self.reader)(stream, origin)


KINDS: tuple[Kind, ...] = (
    Kind("tar", "archives:read_tar", (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"), signs.is_tar),
    Kind("docx", "docx:read_docx", (".docx", ".docm", ".doc"), signs.is_docx),
    Kind("odt", "odt:read_odt", (".odt",), signs.is_odt),
    Kind("rtf", "rtf:read_rtf", (".rtf", ".doc"), signs.is_rtf),
    Kind("pdf", "pdf:read_pdf", (".pdf",), signs.is_pdf),
    Kind("zip", "archives:read_zip", (".zip",), signs.is_zip),
    Kind("warc", "warc:read_warc", (".warc", ".warc.gz"), signs.is_warc),
    Kind("gzip", "gunzip:read_gzip", (".gz",), signs.is_gzip),
    Kind("feed", "feed:read_feed", (".rss", ".atom", ".rdf", ".xml"), signs.is_feed),
    Kind("mediacloud", "vendors.mediacloud:read_csv", (".csv", ".tsv"), vendors.is_mediacloud),
    Kind("parquet", "parquet:read_parquet", (".parquet",), signs.is_parquet),
    Kind("csv", "records:read_csv", (".csv", ".tsv")),
    Kind("csl", "vendors.zotero:read_csl", (".json",), vendors.is_csl),
    Kind("envelope", "vendors.envelopes:read_json", (".json",), vendors.is_envelope),
    Kind("jsonl", "records:read_jsonl", (".jsonl", ".ndjson"), signs.is_jsonl),
    Kind("json", "records:read_json", (".json",), signs.is_json),
    Kind("singlefile", "singlefile:read_singlefile", (".html", ".htm", ".xhtml"), signs.is_singlefile),
    Kind("mhtml", "mail:read_mhtml", (".mhtml", ".mht"), signs.is_mhtml),
    Kind("mail", "mail:read_eml", (".eml",), signs.is_mail),
    Kind("html", "html:read_html", (".doc", ".html", ".htm", ".xhtml"), signs.is_html),
    Kind("old Word", "docx:read_docx", (".doc",)),
    Kind("ris", "vendors.zotero:read_ris", (".ris",), vendors.is_ris),
    Kind("proquest", "vendors.proquest:read_text", (".txt", ".text"), vendors.is_proquest),
    Kind("lexis", "vendors.lexis:read_text", (".txt", ".text"), vendors.is_lexis),
    Kind("nexis", "vendors.nexis:read_text", (".txt", ".text"), vendors.is_nexis),
    Kind("text", "text:read_text", (".txt", ".text", ".md", ".markdown")),
)
"""Of the kinds that share an ending the first whose look a file has reads it, else the last; so the special ones stand
before the general ones. A file without an ending is read by the first kind whose look it has, else as text."""

UNREAD = frozenset(
    [
        ".epub",
        ".webarchive",
    ]
)
"""Endings of files that may hold articles but are not read: named as failures wherever they lie. Other files that lie
beside articles in a folder (pictures, style sheets, settings) are passed over."""


@cache
def _reader(where: str) -> Reader:
    module, _, function = where.partition(":")
    return cast(Reader, getattr(import_module(f"parley.read.{module}"), function))


@cache
def endings() -> tuple[str, ...]:
    """Every ending that is read, in order of the alphabet."""
    return tuple(sorted({ending for kind in KINDS for ending in kind.endings}))


def ending_of(name: str) -> str:
    """The ending that tells a file's kind: the longest that is read, else the last part of its name; "" without one.

    >>> ending_of("Talks.HTML"), ending_of("a/talks.v2.xyz"), ending_of("a.b/talks")
    ('.html', '.xyz', '')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1].lower()
    known = max((e for e in endings() if last.endswith(e) and last != e), key=len, default="")
    return known or (f".{last.rpartition('.')[2]}" if "." in last.strip(".") else "")


def may_hold_articles(name: str) -> bool:
    """True for a file of a folder or archive that is read, or that must be named because it is not."""
    ending = ending_of(name)
    return not ending or ending in endings() or ending in UNREAD


def kind_of(name: str, start: bytes) -> Kind | None:
    """The kind of a file, by its name and its first bytes; None for an ending that is not read.

    >>> [kind.name if (kind := kind_of(name, b"{}")) else None for name in ("a.txt", "a", "a.exe")]
    ['text', 'jsonl', None]
    """
    ending = ending_of(name)
    if not ending:
        return next((kind for kind in KINDS if kind.looks and kind.looks(start)), KINDS[-1])
    fitting = [kind for kind in KINDS if ending in kind.endings]
    looking = (kind for kind in fitting if kind.looks and kind.looks(start))
    return next(looking, fitting[-1] if fitting else None)


def read_stream(stream: BinaryIO, origin: Origin) -> Iterator[RawPage | ReadError]:
    """The pages of a stream by the reader for its kind; whatever goes wrong comes out as a ReadError, last."""
    return opened(read_stream_unopened(stream, origin))


def read_stream_unopened(stream: BinaryIO, origin: Origin) -> Pages:
    """The same with pages of which some are yet to be opened."""
    buffered: io.BufferedReader = peekable(stream)
    try:
        kind = kind_of(origin.name, head(buffered))
        if kind is None:
            yield unread(origin)
        else:
            yield from kind.read(buffered, origin)
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(f"cannot be read ({error.strerror or error})", file=origin.file)
    except Exception as error:
        yield ReadError(f"its reader gave up ({type(error).__name__}: {str(error)[:200]})", file=origin.file)


DEEPEST = 3
"""A page in a .gz in an archive in an archive; what lies deeper is not read."""


def may_be_inside(origin: Origin) -> Origin:
    """The origin one archive deeper; raises ReadError where that is too deep."""
    if origin.depth >= DEEPEST:
        raise ReadError(
            f"lies in more than {DEEPEST} archives, one inside the other; unpack it first", file=origin.file
        )
    return replace(origin, depth=origin.depth + 1)


def unread(origin: Origin) -> ReadError:
    """The error for a file of a kind that is not read."""
    known = " ".join(endings())
    return ReadError(f"files ending in {ending_of(origin.name)} are not read; {known} are", file=origin.file)
