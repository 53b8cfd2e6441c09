"""Nexis Uni and Lexis Advance: documents as DOCX, RTF or text, one after the other, each closed by "End of Document".

    Title
    Outlet
    March 5, 2031 Wednesday 10:21 AM GMT
    Copyright 2031 ... All Rights Reserved
    Section: ...    Length: 543 words    Byline: ...    Highlight: ...    Dateline: ...
    Body
    ...
    Graphic / Notes / Classification, Load-Date: ...
    End of Document

Before the first one may stand a cover: "Date and Time: ...", "Job Number: ...", the list of documents and the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin, Pages
from parley.read.vendors.days import day_in, is_date_line
from parley.read.vendors.fields import RIGHTS, Fields, Record, called, page_of
from parley.read.vendors.split import parts

_END = re.compile(
    r"(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|Einde van document)\Z", re.IGNORECASE
)
_BODY = frozenset(("Body", "Text", "Textkörper", "Corps", "Corps de l'article", "Texte", "Cuerpo"))
_AFTER = frozenset(
    (
        "Graphic", "Grafik", "Graphique", "Gráfico", "Notes", "Hinweise", "Note", "Notas", "Correction", "Correction-Note",
        "Classification", "Klassifizierung", "Classement", "Clasificación", "References", "Table", "Link to Image", "Link to Original Story",
    )
)  # fmt: skip
"""Lines that stand alone above what is no part of the text."""
_LABELS = {
    "byline": ("byline", "autor", "author", "auteur", "verfasser", "von", "autores"),
    "language": ("language", "sprache", "langue", "idioma", "taal"),
    "loaded": ("load-date", "ladedatum", "date de chargement"),
    "other": (
        "section", "ressort", "rubrik", "rubrique", "sección", "length", "länge", "longueur", "longitud", "lengte", "highlight", "dateline",
        "datum", "series", "edition", "ausgabe", "édition", "distribution", "publication-type", "publikationstyp", "type de publication",
        "journal code", "correction-date", "editorial", "url",
    ),
}  # fmt: skip
_NAMES = {name: field for field, names in _LABELS.items() for name in names}
_LABEL = re.compile(r"([^\W\d_][\w .'/-]{1,24}?)[\s\u00a0]?:(?:[\s\u00a0]{1,8}(.*)|)\Z", re.DOTALL)
_COVER = re.compile(
    r"(?:Date and Time|Job Number|Documents? \(|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Datum und Uhrzeit|Auftragsnummer"
    r"|Dokumente? \(|Suchbegriffe|Date et heure|Numéro de la tâche)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:Page|Seite) \d{1,5} (?:of|von|de) \d{1,5}\Z|(?:Link to|Link zum) (?:Image|PDF\b.{0,20}|Original Story)\Z"
)
_UNTITLED = re.compile(r"No Headline In Original\Z", re.IGNORECASE)
_UNSHOWN = "We are sorry but there is an error in this document"


def is_nexis(lines: Iterable[str]) -> bool:
    """True for lines that hold a document of this layout: one that is closed, with a body below its labels."""
    body = labelled = False
    for line in lines:
        text = line.strip()
        body = body or text in _BODY
        labelled = labelled or _field(text) is not None
        if _END.match(text):
            return body or labelled
    return False


def read_text(stream: BinaryIO, origin: Origin) -> Pages:
    """The documents of a text file, streamed."""
    for found in parts(stream, origin.file, _closes, closes=True):
        if isinstance(found, ReadError):
            yield found
        else:
            lines = found.text.splitlines()
            yield from _page(
                lines[:-1] if lines and _END.match(lines[-1].strip()) else lines, found.record, origin.file
            )


def _closes(line: bytes) -> bool:
    return bool(_END.match(line.decode("utf-8", "replace")))


def pages_from_lines(lines: Iterable[str], file: str) -> Iterator[RawPage | ReadError]:
    """The documents of a DOCX or RTF file, of which `lines` are the paragraphs; the kept bytes are a document's own lines in UTF-8."""
    held: list[str] = []
    number = 1
    for line in lines:
        if _END.match(line.strip()):
            yield from _page(held, _kept(held, number), file)
            held, number = [], number + 1
        else:
            held.append(line)
    yield from _page(held, _kept(held, number), file)


def _kept(lines: Sequence[str], number: int) -> Record:
    return Record("\n".join(lines).encode("utf-8", "surrogatepass"), f"document {number}", number)


def _page(lines: Sequence[str], record: Record, file: str) -> Iterator[RawPage | ReadError]:
    """The document as a page or an error; nothing where only blank lines or the end of the last page are left."""
    shown = [line for line in lines if not _FURNITURE.match(line.strip())]
    if not any(line.strip() for line in shown):
        return
    if any(_UNSHOWN in line for line in shown[:60]):
        title = next(line for line in shown if line.strip())
        yield ReadError(
            f"the vendor could not display it{called(title)}; download it again", file=file, record=record.where
        )
        return
    yield page_of(_fields(shown), record, file, lacks="no text: it has no part “Body”")


def _fields(lines: Sequence[str]) -> Fields:
    at = next((n for n, line in enumerate(lines) if line.strip() in _BODY), len(lines))
    head = [line.strip() for line in lines[:at] if line.strip()]
    body, tail = _parted(lines[at + 1 :])
    told = {**_labels(tail), **_labels(head)}
    title, outlet, day = _heading(head)
    return Fields(
        title="" if _UNTITLED.match(title) else title,
        text=_without_abstract(body),
        outlet=re.sub(r"(?<=\w)\(", " (", outlet),
        byline=told.get("byline", ""),
        published=day,
        rule="Nexis date",
        language=told.get("language", ""),
    )


def _without_abstract(body: str) -> str:
    """The text below "FULL TEXT", where "ABSTRACT" stands above: some papers' documents hold both."""
    abstract, mark, text = body.partition("\nFULL TEXT\n")
    return text.strip("\n ") if mark and abstract.startswith("ABSTRACT\n") else body


def _parted(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The text, and the lines below it that are none of it."""
    end = next((n for n, line in enumerate(lines) if _field(line.strip()) == "loaded"), len(lines))
    # A paragraph of the text may be the one word "Notes"; what counts is the last such line before the classification.
    alone = [n for n, line in enumerate(lines[:end]) if line.strip() in _AFTER]
    classified = next(
        (n for n in reversed(alone) if lines[n].strip().startswith(("Classif", "Klassif", "Clasif"))), end
    )
    end = min(end, classified)
    for n in reversed(alone[-5:]):
        if n < end and not any(_is_prose(line) for line in [x for x in lines[n + 1 : end] if x.strip()][8:]):
            end = n
    return "\n".join(lines[:end]).strip("\n "), list(lines[end:])


def _is_prose(line: str) -> bool:
    return len(line.split()) > 12


def _field(line: str) -> str | None:
    """Which field a line such as "Byline: Ana Pell" gives."""
    label = _LABEL.match(line[:2_000])
    return _NAMES.get(label[1].strip().lower()) if label else None


def _labels(lines: Iterable[str]) -> dict[str, str]:
    """The fields that the lines give, by our names; the first of each."""
    told: dict[str, str] = {}
    for line in lines:
        label = _LABEL.match(line.strip()[:2_000])
        if label and (field := _NAMES.get(label[1].strip().lower())):
            told.setdefault(field, (label[2] or "").strip())
    return told


def _heading(head: Sequence[str]) -> tuple[str, str, str | None]:
    """Title, outlet and day, from the lines above the labels: a title of one or more lines, the outlet, the date."""
    covered = max((n for n, line in enumerate(head) if _COVER.match(line)), default=-1)
    own = head[covered + 1 :]
    # A title may begin with a month; a date line has a title and an outlet above it.
    dated = [n for n, line in enumerate(own) if n > 1 and is_date_line(line) and _field(line) is None]
    if not dated and len(own) > 1 and is_date_line(own[1]):
        return own[0], "", day_in(own[1])
    if not dated:
        own = [line for line in own if _field(line) is None and not RIGHTS.match(line)]
        return (own[0] if own else "", own[1] if len(own) > 1 else "", None)
    at = dated[-1] if covered >= 0 else dated[0]
    title = own[at - 2 : at - 1] if covered >= 0 else own[: at - 1]
    return " ".join(title), own[at - 1], day_in(own[at])
