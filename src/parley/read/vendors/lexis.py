"""LexisNexis Academic and nexis.com before 2019: text of a fixed width, each document under "17 of 250 DOCUMENTS".

                                  17 of 250 DOCUMENTS

                                      Outlet

                            March 5, 2031 Wednesday
                              Late Edition - Final

    Title, over one line or several

    BYLINE: ...
    SECTION: ...
    LENGTH: 543 words

    Paragraphs, wrapped.

    LOAD-DATE: March 5, 2031
    LANGUAGE: ENGLISH
                    Copyright 2031 ... All Rights Reserved

The interface spoke German and French too: "Dokument 17 von 250", "LÄNGE:", "Document 17 de 250", "LONGUEUR:". Documents taken out before
about 2005 have their title under "HEADLINE:" and their text under "BODY:"; broadcasts have "SHOW:" and "TRANSCRIPT:" about their date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import BinaryIO

from parley.errors import ReadError
from parley.read.kinds import Origin, Pages
from parley.read.vendors.days import day_in, is_date_line
from parley.read.vendors.fields import RIGHTS, Fields, page_of, without_rights
from parley.read.vendors.split import parts

MARK = re.compile(rb"(?:\d{1,6} of \d{1,6} DOCUMENTS?|Dokument \d{1,6} von \d{1,6}|Document \d{1,6} de \d{1,6})\Z")
_HEAD = frozenset(
    (
        "byline", "section", "length", "dateline", "highlight", "series", "headline", "anchors", "guests", "correspondents", "autor", "von", "rubrik", "ressort", "länge", "ort", "auteur", "rubrique",
        "longueur", "encart", "origine", "distribution",
    )
)  # fmt: skip
_TAIL = frozenset(
    (
        "load-date", "language", "graphic", "publication-type", "document-type", "journal-code", "subject", "organization", "person", "company",
        "ticker", "industry", "geographic", "state", "country", "city", "correction-date", "correction", "notes", "url", "type", "dist",
        "update", "sprache", "grafik", "publikationstyp", "zeitungs-code", "date-chargement", "langue", "type-publication", "code-revue",
        "graphique", "photo-credit", "image",
    )
)  # fmt: skip
_ABOVE = frozenset(("show", "transcript"))
"""Labels that stand beside the date, where others have outlet and title."""
_BODY = "body"
_BYLINES = ("byline", "autor", "von", "auteur")
_LENGTHS = ("length", "länge", "longueur")
_LANGUAGES = ("language", "sprache", "langue")
_LABEL = re.compile(r"([A-ZÄÖÜÉÈ][A-ZÄÖÜÉÈ-]{1,20}):(?:\s|\Z)")

_NARROW, _WIDE = 59, 121
"""Pages are between so many characters wide; a text that is not was never wrapped."""

Block = list[str]


def read_text(stream: BinaryIO, origin: Origin) -> Pages:
    """The documents of a file, streamed; the request and the search that stand before the first are left out."""
    for found in parts(stream, origin.file, lambda line: bool(MARK.match(line))):
        if isinstance(found, ReadError):
            yield found
        elif found.record.number:
            lines = found.text.replace("\x0c", "").splitlines()[1:]
            yield page_of(_fields(_blocks(lines)), found.record, origin.file, lacks="no text below its header")


def _blocks(lines: Sequence[str]) -> list[Block]:
    """The lines, parted where lines are blank; labels that follow each other without a blank line are parted too."""
    out: list[Block] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
        elif fresh or _label([line]) in _HEAD | _TAIL | {_BODY}:
            out.append([line.rstrip()])
            fresh = False
        else:
            out[-1].append(line.rstrip())
    return out


def _label(block: Block) -> str:
    found = _LABEL.match(block[0].strip()) if block else None
    return found[1].lower() if found else ""


def _fields(blocks: list[Block]) -> Fields:
    labels = [_label(b) for b in blocks]
    first = next((n for n, label in enumerate(labels) if label in _HEAD | _TAIL), len(blocks))
    title, outlet, day, above = _heading(blocks[:first])
    told = {label: _value(b) for label, b in zip(labels[::-1], blocks[::-1], strict=True) if label}
    if _BODY in labels[first:]:
        start = labels.index(_BODY, first)
        blocks[start] = [line for line in (blocks[start][0].partition(":")[2].strip(), *blocks[start][1:]) if line]
    else:
        start = _body_start(labels, first) if any(label in _HEAD for label in labels) else above
    end = next((n for n, label in enumerate(labels[start:], start) if label in _TAIL), len(blocks))
    return Fields(
        title=told.get("headline") or title or told.get("show", ""),
        text=_unwrapped([block for block in _without_rights(blocks[start:end]) if block]),
        outlet=outlet,
        byline=next((told[k] for k in _BYLINES if k in told), ""),
        published=day,
        rule="LexisNexis date",
        language=next((told[k] for k in _LANGUAGES if k in told), ""),
        url=told.get("url", "").split(" ")[0],
    )


def _unwrapped(blocks: Sequence[Block]) -> str:
    """The paragraphs, with a space for each line's end that only the width of the page made.

    A line was wrapped where the next one's first word would not have fitted; a line that ends before that ends there.

    >>> _unwrapped([["The talks in Adrim, which began a week ago with a meeting of the two envoys,", "go on."], ["A", "B"]])
    'The talks in Adrim, which began a week ago with a meeting of the two envoys, go on.\\n\\nA\\nB'
    """
    width = max((len(line) for block in blocks for line in block), default=0)
    paragraphs = []
    for block in blocks:
        out = block[0].lstrip()
        for line, after in pairwise(block):
            wrapped = _NARROW < width < _WIDE and len(line) + 1 + len(after.split(maxsplit=1)[0]) > width
            out += f"{' ' if wrapped else chr(10)}{after.lstrip() if wrapped else after}"
        paragraphs.append(out)
    return "\n\n".join(paragraphs)


def _value(block: Block) -> str:
    """What a label says, over all its lines."""
    return " ".join(" ".join(block).split()).partition(":")[2].strip()


def _body_start(labels: Sequence[str], first: int) -> int:
    """The block after the labels of the header: after that of the length, wherever the others stand."""
    at = next((n for n, label in enumerate(labels) if label in _LENGTHS), first)
    while at < len(labels) and labels[at] in _HEAD:
        at += 1
    return at


def _heading(blocks: Sequence[Block]) -> tuple[str, str, str | None, int]:
    """Title, outlet and day from the blocks above the labels, and the number of the block after the title."""
    shown = [n for n, b in enumerate(blocks) if not RIGHTS.match(b[-1].strip()) and _label(b) not in _ABOVE]
    dated = next((n for n in shown if is_date_line(blocks[n][0])), None)
    if dated is None:
        return (
            _joined(blocks[shown[1]]) if len(shown) > 1 else "",
            _joined(blocks[shown[0]]) if shown else "",
            None,
            2,
        )
    outlets = [n for n in shown if n < dated]
    titles = [n for n in shown if n > dated]
    return (
        _joined(blocks[titles[0]]) if titles else "",
        _joined(blocks[outlets[-1]][-1:]) if outlets else "",
        day_in(" ".join(blocks[dated])),
        titles[0] + 1 if titles else len(blocks),
    )


def _joined(block: Block) -> str:
    return " ".join(" ".join(block).split())


def _without_rights(blocks: list[Block]) -> list[Block]:
    kept = list(blocks)
    while kept and not without_rights(kept[-1]):
        kept.pop()
    return kept
