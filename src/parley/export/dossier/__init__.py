"""A dossier as a file: Markdown, HTML, DOCX with footnotes, and the cited articles as BibTeX or CSL-JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parley.errors import UsageError
from parley.export.dossier.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

__all__ = ["FORMATS", "Format", "save", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """What a format is called, what its files end in, and how they are announced to a browser."""

    name: str
    ending: str
    media: str
    make: Callable[[Sheet], bytes]


def _markdown(sheet: Sheet) -> bytes:
    from parley.export.dossier.markdown import markdown

    return markdown(sheet).encode()


def _html(sheet: Sheet) -> bytes:
    from parley.export.dossier.html import html

    return html(sheet).encode()


def _docx(sheet: Sheet) -> bytes:
    from parley.export.dossier.docx import docx

    return docx(sheet)


def _bibtex(sheet: Sheet) -> bytes:
    from parley.export.dossier.bibtex import bibtex

    return bibtex(sheet).encode()


def _csl(sheet: Sheet) -> bytes:
    from parley.export.dossier.csl import csl

    return csl(sheet).encode()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    "docx": Format("DOCX, with footnotes", "docx", WORD, _docx),
    "md": Format("Markdown", "md", "text/markdown; charset=utf-8", _markdown),
    "html": Format("HTML", "html", "text/html; charset=utf-8", _html),
    "bibtex": Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8", _bibtex),
    "csl": Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", _csl),
}
"""What a dossier can be written as."""


def write(ledger: Ledger, which: str, form: str) -> bytes:
    """A dossier as the bytes of a file; UsageError where there is no such dossier or format."""
    if form not in FORMATS:
        raise UsageError(f"a dossier cannot be written as {form!r}; there are {', '.join(FORMATS)}")
    return FORMATS[form].make(sheet_of(ledger, which))


def save(ledger: Ledger, which: str, form: str, where: Path) -> int:
    """Write a dossier to a file; how many bytes it has."""
    made = write(ledger, which, form)
    try:
        where.write_bytes(made)
    except OSError as error:
        raise UsageError(f"{where} cannot be written: {error.strerror}") from error
    return len(made)
