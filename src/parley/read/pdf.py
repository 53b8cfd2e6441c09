"""PDF -> RawPage: its text layer, page after page, as one text; a PDF without one is named and not guessed at.

What is read is what pypdf takes out, in the order in which the file draws it: columns come one after the other where the
program that made the file wrote them so, as most do. Lines that stand at the edge of page after page (running titles, page
numbers) are put behind the text, so that a sentence goes on over a page's end; words parted at a line's end are put
together again. The file's properties name no publication date and are not asked for one.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, BinaryIO

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.documents import fold
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole

MOST_PAGES = 2_000
LONGEST = 60.0
"""Seconds of processor time that one file may take."""
_EDGE = 2
"""Lines at the head and foot of a page that may be running titles."""
_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s{0,3}[-–—|]?\s{0,3}\d{1,4}\s{0,3}(?:(?:of|/|von|\|)\s{0,3}\d{1,4})?\s{0,3}[-–—|]?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_PARTED = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]\Z")
_GOES_ON = re.compile(r"[^\W\d_]+")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]")
_MOST_UNREADABLE = 0.2


class _TooLong(Exception):  # noqa: N818 - ends the reading of a file from inside pypdf
    """The file takes longer than any honest one."""


def read_pdf(stream: BinaryIO, origin: Origin) -> Pages:
    """The one article that a PDF is taken to be; raises ReadError where it has no text layer."""
    data = whole(stream, origin.file)
    texts, title = _texts(data, origin)
    shown = "".join(texts)
    if not shown.strip():
        count = f"{len(texts)} page{'' if len(texts) == 1 else 's'}"
        raise ReadError(f"no text layer: {count} of pictures; have its text recognised (OCR) first", file=origin.file)
    if len(_UNREADABLE.findall(shown)) > _MOST_UNREADABLE * len(shown):
        raise ReadError(
            "its text layer does not say which letters it shows; have it recognised (OCR)", file=origin.file
        )
    body, edges = _without_edges([text.splitlines() for text in texts])
    text = "\n".join(_mended(body))
    behind = "\n".join(edges)
    yield RawPage(
        file=origin.file,
        source_id=origin.stem,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media="document",
        text=f"{text}\n\n{behind}" if behind else text,
        main=((0, len(text)),) if behind else (),
        title=_printed(title, body),
    )


def _texts(data: bytes, origin: Origin) -> tuple[list[str], str | None]:
    """The text of each page, and the title that the file's properties give."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    check = _deadline()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _check_open(reader, origin)
        texts = []
        for page in reader.pages:
            check()
            texts.append(page.extract_text(visitor_operand_before=check))
        title = reader.metadata.title if reader.metadata else None
    except ReadError:
        raise
    except _TooLong as error:
        raise ReadError(f"takes more than {LONGEST:.0f} seconds to read; it is set aside", file=origin.file) from error
    except Exception as error:
        # Its own errors and, over damaged files, nearly all of Python's.
        kind = "" if isinstance(error, PyPdfError) else f"{type(error).__name__}: "
        raise ReadError(f"not a PDF that can be read ({kind}{str(error)[:120]})", file=origin.file) from error
    return texts, title if isinstance(title, str) else None


def _check_open(reader: Any, origin: Origin) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("locked with a password; save it without one", file=origin.file)
    if len(reader.pages) > MOST_PAGES:
        raise ReadError(f"more than {MOST_PAGES:,} pages; split it", file=origin.file)


def _deadline() -> Callable[..., None]:
    end = time.process_time() + LONGEST

    def check(*_: Any) -> None:
        if time.process_time() > end:
            raise _TooLong

    return check


def _printed(title: str | None, lines: Sequence[str]) -> str | None:
    """The title of the properties, where the file opens with it; they often name the template, or a file's name."""
    wanted = fold(title or "")
    head = fold(" ".join(lines[:12]))
    return " ".join((title or "").split()) if wanted and wanted in head else None


def _without_edges(pages: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """The lines of all pages one after the other, and apart the lines that stand at the edges of many."""
    kept = [[line.rstrip() for line in page if line.strip()] for page in pages]
    where = Counter(key for page in kept for key in {_masked(page[n]) for n in _edges(page)})
    enough = max(2, (len(pages) + 1) // 2)
    body: list[str] = []
    edges: list[str] = []
    for page in kept:
        out = {n for n in _edges(page) if len(pages) > 1 and _runs(page[n], where, enough)}
        body += [line for n, line in enumerate(page) if n not in out]
        edges += [page[n] for n in sorted(out)]
    return body, edges


def _edges(page: Sequence[str]) -> list[int]:
    count = len(page)
    return sorted({*range(min(_EDGE, count)), *range(max(0, count - _EDGE), count)})


def _masked(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split())).casefold()


def _runs(line: str, where: Counter[str], enough: int) -> bool:
    return len(line) < 160 and (where[_masked(line)] >= enough or _NUMBER.fullmatch(line.strip()) is not None)


def _mended(lines: Sequence[str]) -> list[str]:
    """The lines with words that a line's end parts put together; a hyphen stays where the file has the word with one.

    >>> _mended(["The negotia-", "tors met.", "A cease-", "fire holds, a cease-fire of days."])
    ['The negotiators', 'met.', 'A cease-fire', 'holds, a cease-fire of days.']
    """
    whole_text = " ".join(lines).casefold()
    words = set(re.findall(r"[^\W_]+(?:-[^\W_]+)*", whole_text))
    out = list(lines)
    for number, (line, following) in enumerate(pairwise(lines)):
        parted, rest = _PARTED.search(line), _GOES_ON.match(following)
        if not parted or not rest or not following[0].islower():
            continue
        hyphened = f"{parted[1]}-{rest[0]}".casefold() in words
        out[number] = out[number][: -len(parted[0])] + parted[1] + ("-" if hyphened else "") + rest[0]
        out[number + 1] = following[rest.end() :]
        # A comma or full stop belongs to the word before it.
        mark = re.match(r"[.,;:!?’”\"')\]]+", out[number + 1])
        if mark:
            out[number] += mark[0]
            out[number + 1] = out[number + 1][mark.end() :]
        out[number + 1] = out[number + 1].lstrip()
    return [line for line in out if line]
