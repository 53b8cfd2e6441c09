"""ProQuest: text, each document under a line of underscores, its fields as "Label: value", its text under "Full text:"; and the page of the
same fields that it sends by mail or saves, where each document begins with a name of its own (<div><a name="DocID_...">).

____________________________________________________________

Title

Author: Roe, Jon.
Publication info: Outlet ; City [City]. 05 Mar 2031: A.1.
Abstract: ...
Links: ...
Full text: First paragraph
Second paragraph

Subject: ...
Title: Title
Publication title: Outlet
Publication date: Mar 5, 2031
ProQuest document ID: 1234567890
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from parley.errors import ReadError
from parley.read.kinds import Origin, Pages
from parley.read.unopened import Opened
from parley.read.vendors.days import day_in
from parley.read.vendors.fields import Fields, page_of, without_rights
from parley.read.vendors.pages import articles
from parley.read.vendors.signs import PROQUEST_PAGE
from parley.read.vendors.split import parts
from parley.read.visible import visible_text

MARK = re.compile(rb"_{30,}\Z")
_LABELS = {
    "text": ("full text", "volltext", "texte intégral", "texto completo", "testo completo"),
    "title": ("title", "titel", "titre", "título", "titolo"),
    "outlet": ("publication title", "titel der publikation", "publikationstitel", "titre de la publication", "título de publicación", "título de la publicación"),
    "date": ("publication date", "publikationsdatum", "erscheinungsdatum", "date de publication", "fecha de publicación"),
    "year": ("publication year", "publikationsjahr", "erscheinungsjahr", "année de publication", "año de publicación"),
    "author": ("author", "autor", "verfasser", "auteur", "autores"),
    "language": ("language of publication", "language", "publikationssprache", "sprache der publikation", "langue de publication", "idioma de la publicación"),
    "id": ("proquest document id", "proquest-dokument-id", "identifiant du document proquest", "id del documento de proquest"),
    "info": ("publication info", "publikationsinfo", "infos sur la publication", "información de publicación"),
    "other": (
        "abstract", "links", "subject", "location", "people", "company / organization", "company/organization", "business indexing term",
        "classification", "identifier / keyword", "identifiers", "identifiers / keywords", "publication subject", "publisher", "section",
        "place of publication", "country of publication", "source type", "document type", "document feature", "document url", "documenturl",
        "copyright", "last updated", "database", "pages", "first page", "number of pages", "volume", "issue", "issn", "e-issn", "column",
        "dateline", "word count", "edition", "start page", "ort", "thema", "sujet", "materia", "lugar", "lieu", "herausgeber", "éditeur",
        "column name", "source attribution", "literature indexing term", "correspondence author", "credit line",
    ),
}  # fmt: skip
_NAMES = {name: field for field, names in _LABELS.items() for name in names}
_LABEL = re.compile(r"([^\W\d_][\w /-]{2,40}?)[ \u00a0]?:(?: {1,3}(.*)|)\Z", re.DOTALL)
_UNAVAILABLE = re.compile(
    r"(?:full text )?(?:is )?(?:not available|none available|unavailable|nicht verfügbar|non disponible|no disponible)\.?\Z",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\s?\(\d{4}[-–][^()]{0,30}\)\Z")
_EDITION = re.compile(r", [^,;]{0,60}\b[Ee]dition\b[^,;]{0,40}\Z")
_COUNTED = re.compile(r"Document \d{1,6} of \d{1,6}\Z")
# Marks of search terms, and what else is left of a page; no text of an article holds them.
_ENLARGE = frozenset(("Enlarge this image.", "View Image -", "Enlarge this image"))
"""What stands for a picture in a page."""
_LACKS = "no full text is in the export"
_TAGS = re.compile(r"</?(?:b|em|i|mark|strong|span|hit|p|br)(?: [^<>]{0,200})?/?>", re.IGNORECASE)


def read_text(stream: BinaryIO, origin: Origin) -> Pages:
    """The documents of a file, streamed; what stands before the first line of underscores is left out."""
    for found in parts(stream, origin.file, lambda line: bool(MARK.match(line))):
        if isinstance(found, ReadError):
            yield found
        elif found.record.number:
            lines = found.text.splitlines()[1:]
            # The last mark closes the file; below it stand a contact or the database's own rights.
            if any(_field(line) for line in lines):
                yield page_of(_fields(lines), found.record, origin.file, lacks=_LACKS)


def pages_from_html(data: bytes, *, file: str, source_id: str, declared: str | None = None) -> Iterator[Opened]:  # noqa: ARG001
    """The documents of a page, saved or sent by mail; each keeps the bytes from its own tag to the next one's."""
    yield from articles(data, PROQUEST_PAGE, _from_page, file=file, declared=declared, lacks=_LACKS)


def _from_page(root: Any) -> Fields:
    """A document of a page: as in a text file, but that the page itself mostly tells where the text ends."""
    node = next(root.iter("text"), None)
    if node is None:
        return _fields(_apart(visible_text(root)))
    text = [line for line in visible_text(node).splitlines() if line.strip() and line.strip() not in _ENLARGE]
    tail = node.tail
    node.clear()
    node.tail = tail
    told = _fields(_apart(visible_text(root)))
    body = "\n\n".join(without_rights(text))
    return replace(told, text="" if _UNAVAILABLE.match(body) else _clean(body))


def _apart(text: str) -> list[str]:
    """The lines of a page's text with a blank one behind each, as a text file has them."""
    return [part for line in text.splitlines() if line.strip() for part in (line, "")]


def _field(line: str) -> str | None:
    """Which field a line gives."""
    label = _LABEL.match(line[:2_000].strip())
    return _NAMES.get(" ".join(label[1].lower().split())) if label else None


def _fields(lines: Sequence[str]) -> Fields:
    begins = next((n for n, line in enumerate(lines) if _field(line) == "text"), None)
    text, rest = _text(lines[begins:]) if begins is not None else ("", [])
    told = _told([*lines[:begins], *rest])
    day = day_in(told.get("date", "")) or day_in(told.get("info", "")) or _year(told.get("year", ""))
    heading = next((line for line in lines if line.strip() and not _COUNTED.match(line.strip())), "")
    return Fields(
        title=_clean(told.get("title") or ("" if _field(heading) else heading)),
        text="" if _UNAVAILABLE.match(text) else _clean(text),
        outlet=_outlet(told.get("outlet") or told.get("info", "")),
        byline=told.get("author", ""),
        turned=True,
        published=day,
        rule="ProQuest publication date",
        language=told.get("language", ""),
        id=told.get("id", ""),
    )


def _outlet(value: str) -> str:
    """The name before the place, without edition and the years of its volumes: "The Kell Herald (1936-), Late Edition; Kell, Averone"."""
    return _YEARS.sub("", _EDITION.sub("", _clean(re.split(r" ?; |: ", value[:300])[0])))


def _year(value: str) -> str | None:
    return value if re.fullmatch(r"[12]\d{3}", value) else None


def _told(lines: Sequence[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for line in lines:
        label = _LABEL.match(line.strip()[:4_000])
        if label and (field := _NAMES.get(" ".join(label[1].lower().split()))):
            told.setdefault(field, (label[2] or "").strip())
    return told


def _text(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The text, from its label on, and the lines of the fields below it.

    Paragraphs are lines, and the fields come after a blank one: the first that begins a run of fields that goes on to the title's.
    """
    opening = _LABEL.match(lines[0].strip())
    first = (opening[2] or "") if opening else ""
    fields = [n for n in range(1, len(lines)) if not lines[n - 1].strip() and _field(lines[n])]
    titles = [n for n in fields if _field(lines[n]) == "title"]
    end = titles[-1] if titles else fields[0] if fields else len(lines)
    for n in reversed([n for n in fields if n < end]):
        if any(line.strip() for line in lines[n + 1 : end]):
            break  # more than blank lines between two fields: the run began below
        end = n
    return "\n".join(without_rights([first, *lines[1:end]])).strip("\n "), list(lines[end:])


def _clean(text: str) -> str:
    return html.unescape(_TAGS.sub("", text))
