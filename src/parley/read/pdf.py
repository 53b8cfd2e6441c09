"""PDF -> RawPage: its text layer, page after page, as one text; a PDF without one is named and not guessed at.

What is read is what pypdf takes out, in the order in which the file draws it: columns come one after the other where the
program that made the file wrote them so, as most do. Lines that stand at the edge of page after page (running titles, page
numbers) are put behind the text, so that a sentence goes on over a page's end; words parted at a line's end are put
together again; and where the size of the letters changes, or the space between lines is wider, a blank line parts headings
and paragraphs. The file's properties name no publication date and are not asked for one.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, BinaryIO

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.documents import fold
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole
from parley.read.unopened import Unopened

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
_PARTED = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-\u2010\u00ad]\Z")
_GOES_ON = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MARKS = re.compile(r"[.,;:!?’”\"')\]]+")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]")
_MOST_UNREADABLE = 0.2
_WIDER = 1.3
"""Times the usual step from line to line, from which a step parts paragraphs."""
_LARGER = 1.15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, the size of its letters and how high on the page it stands, in points."""

    text: str
    size: float = 0.0
    y: float = 0.0


class _TooLong(Exception):  # noqa: N818 - ends the reading of a file from inside pypdf
    """The file takes longer than any honest one."""


def read_pdf(stream: BinaryIO, origin: Origin) -> Pages:
    """The one article that a PDF is taken to be."""
    yield Unopened.of(whole(stream, origin.file), origin.file, origin.stem, "pdf:page_from_pdf")


def page_from_pdf(data: bytes, *, file: str, source_id: str, declared: str | None = None) -> RawPage:  # noqa: ARG001
    """The page; raises ReadError where it has no text layer. A PDF says itself how it is encoded, so nothing `declared` counts."""
    sheets, title = _sheets(data, file)
    shown = "".join(line.text for lines in sheets for line in lines)
    if not shown.strip():
        count = f"{len(sheets)} page{'' if len(sheets) == 1 else 's'}"
        raise ReadError(f"no text layer: {count} of pictures; have its text recognised (OCR) first", file=file)
    if len(_UNREADABLE.findall(shown)) > _MOST_UNREADABLE * len(shown):
        raise ReadError("its text layer does not say which letters it shows; have it recognised (OCR)", file=file)
    body, edges = _without_edges(sheets)
    text = "\n\n".join("\n".join(part) for part in _mended(_paragraphs(body)))
    behind = "\n".join(edges)
    return RawPage(
        file=file,
        source_id=source_id,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media="document",
        text=f"{text}\n\n{behind}" if behind else text,
        main=((0, len(text)),) if behind else (),
        title=_printed(title, [line.text for line in body]),
    )


def _sheets(data: bytes, file: str) -> tuple[list[list[Line]], str | None]:
    """The lines of each page, and the title that the file's properties give."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    check = _deadline()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _check_open(reader, file)
        sheets = []
        for page in reader.pages:
            check()
            drawn = _Drawn()
            page.extract_text(visitor_operand_before=check, visitor_text=drawn)
            sheets.append(drawn.lines())
        title = reader.metadata.title if reader.metadata else None
    except ReadError:
        raise
    except _TooLong as error:
        raise ReadError(f"takes more than {LONGEST:.0f} seconds to read; it is set aside", file=file) from error
    except Exception as error:
        # Its own errors and, over damaged files, nearly all of Python's.
        kind = "" if isinstance(error, PyPdfError) else f"{type(error).__name__}: "
        raise ReadError(f"not a PDF that can be read ({kind}{str(error)[:120]})", file=file) from error
    return sheets, title if isinstance(title, str) else None


class _Drawn:
    """Takes a page's text from pypdf piece by piece, each with where and how large it is drawn."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, float, float]] = []

    def __call__(self, text: str, matrix: Any, text_matrix: Any, _: Any, size: Any) -> None:
        shown = abs(size * (text_matrix[3] or text_matrix[1]) * (matrix[3] or matrix[1]))
        self._pieces.append((text, float(shown), float(text_matrix[5] * matrix[3] + matrix[5])))

    def lines(self) -> list[Line]:
        """The page's lines; a line is as large and stands as high as its first word."""
        out: list[Line] = []
        text, size, y = "", 0.0, 0.0
        for piece, shown, height in [*self._pieces, ("\n", 0.0, 0.0)]:
            for number, part in enumerate(piece.split("\n")):
                if number:
                    out.append(Line(text, size, y))
                    text = ""
                if part.strip() and not text.strip():
                    size, y = shown, height
                text += part
        return out


def _check_open(reader: Any, file: str) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("locked with a password; save it without one", file=file)
    if len(reader.pages) > MOST_PAGES:
        raise ReadError(f"more than {MOST_PAGES:,} pages; split it", file=file)


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


def _without_edges(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[str]]:
    """The lines of all pages one after the other, and apart the lines that stand at the edges of many."""
    kept = [[replace(line, text=line.text.rstrip()) for line in page if line.text.strip()] for page in pages]
    where = Counter(key for page in kept for key in {_masked(page[n].text) for n in _edges(page)})
    enough = max(2, (len(pages) + 1) // 2)
    body: list[Line] = []
    edges: list[str] = []
    for page in kept:
        out = {n for n in _edges(page) if len(pages) > 1 and _runs(page[n].text, where, enough)}
        body += [line for n, line in enumerate(page) if n not in out]
        edges += [page[n].text for n in sorted(out)]
    return body, edges


def _edges(page: Sequence[Line]) -> list[int]:
    count = len(page)
    return sorted({*range(min(_EDGE, count)), *range(max(0, count - _EDGE), count)})


def _masked(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split())).casefold()


def _runs(line: str, where: Counter[str], enough: int) -> bool:
    return len(line) < 160 and (where[_masked(line)] >= enough or _NUMBER.fullmatch(line.strip()) is not None)


def _paragraphs(lines: Sequence[Line]) -> list[list[str]]:
    """The lines in groups, parted where their size changes or the step down to the next is wider than usual."""
    steps: dict[int, list[float]] = {}
    for before, line in pairwise(lines):
        if 0 < before.y - line.y < 4 * line.size:
            steps.setdefault(round(line.size), []).append(before.y - line.y)
    usual = {size: median(found) for size, found in steps.items()}
    out: list[list[str]] = []
    for number, line in enumerate(lines):
        if not number or _parted(lines[number - 1], line, usual.get(round(line.size), 0.0)):
            out.append([])
        out[-1].append(line.text)
    return out


def _parted(before: Line, line: Line, usual: float) -> bool:
    small, large = sorted((before.size, line.size))
    return large > _LARGER * small or (usual > 0 and before.y - line.y > _WIDER * usual)


def _mended(paragraphs: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines with words that a line's end parts put together; a hyphen stays where the file has the word with one.

    >>> _mended([["The negotia-", "tors met."], ["A cease-", "fire holds, a cease-fire of days."]])
    [['The negotiators', 'met.'], ['A cease-fire', 'holds, a cease-fire of days.']]
    """
    shown = " ".join(line for lines in paragraphs for line in lines).casefold()
    words = set(_WORD.findall(shown))
    return [_mended_lines(list(lines), words) for lines in paragraphs]


def _mended_lines(out: list[str], words: set[str]) -> list[str]:
    for number in range(len(out) - 1):
        parted, rest = _PARTED.search(out[number]), _GOES_ON.match(out[number + 1])
        if not parted or not rest or not rest[0][0].islower():
            continue
        hyphen = "-" if f"{parted[1]}-{rest[0]}".casefold() in words else ""
        mark = _MARKS.match(out[number + 1], rest.end())  # a comma or full stop belongs to the word before it
        end = mark.end() if mark else rest.end()
        out[number] = out[number][: parted.start()] + parted[1] + hyphen + out[number + 1][:end]
        out[number + 1] = out[number + 1][end:].lstrip()
    return [line for line in out if line]
