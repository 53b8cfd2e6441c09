"""Factiva: the page saved or downloaded as HTML, and the RTF file, with the articles one after the other.

With field codes, an article is a table (in RTF, a row a line):

    HD  Title        BY  By Ana Pell     WC  543 words      PD  5 March 2031     ET  10:21
    SN  Outlet       SC  HPOST           LA  English        CY  (c) 2031 ...
    LP  First paragraphs                 TD  The others     AN  Document HPOST00020310305en3500001

Without them, it is a headline, an author, a line for each field in that order, and paragraphs, the last of them
"Document HPOST00020310305en3500001".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.unopened import Opened
from parley.read.vendors.days import day_in, is_date_line
from parley.read.vendors.fields import RIGHTS, Fields, Record, language_code, page_of, without_rights
from parley.read.vendors.pages import articles
from parley.read.vendors.signs import FACTIVA
from parley.read.visible import visible_text

_CODES = frozenset(
    (
        "CLM", "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS",
        "NGC", "GC", "RE", "IPC", "IPD", "PUB", "AN", "ART", "DLN", "CX",
    )
)  # fmt: skip
_ROW = re.compile(r"[\s|]{0,4}([A-Z]{2,3})[ \u00a0]{0,3}(?:[|\t]\s?|\Z)(.*)\Z", re.DOTALL)
_NUMBER = re.compile(r"(?:Document|Dokument|Documento|Documento n\.)\s{1,3}([A-Za-z0-9]{12,40})\Z")
_WORDS = re.compile(r"[\d.,\u00a0 ]{1,9}\s?(?:words|wörter|mots|palabras|parole|woorden|palavras|ord)\Z", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}:\d{2}(?: ?[AP]M)?(?: [A-Z]{2,4})?\Z")
_CODE = re.compile(r"[A-Z0-9]{2,10}\Z")
_LACKS = "it has no paragraphs"


def pages_from_html(data: bytes, *, file: str, source_id: str, declared: str | None = None) -> Iterator[Opened]:  # noqa: ARG001
    """The articles of a page; each keeps the bytes from its own tag to the next one's."""
    yield from articles(data, FACTIVA, _article, file=file, declared=declared, lacks=_LACKS)


def _article(root: Any) -> Fields:
    node = next((n for n in root.iter("div") if (n.get("class") or "").startswith("article")), root)
    rows = dict(_rows(node))
    return _by_codes(rows) if "HD" in rows else _by_order(node)


def _rows(node: Any) -> Iterator[tuple[str, str]]:
    """The codes of the table's rows with what they say."""
    for row in node.iter("tr"):
        cells = [cell for cell in row if cell.tag == "td"]
        code = visible_text(cells[0]).strip() if len(cells) > 1 else ""
        if code in _CODES:
            yield code, visible_text(cells[1]).strip()


def _by_codes(rows: dict[str, str]) -> Fields:
    number = _NUMBER.search(rows.get("AN", "").strip())
    paragraphs = "\n".join(p for p in (rows.get("LP", ""), rows.get("TD", "")) if p).splitlines()
    return Fields(
        title=rows.get("HD", ""),
        text="\n\n".join(p for p in without_rights(paragraphs) if p.strip()),
        outlet=rows.get("SN", ""),
        byline=rows.get("BY", ""),
        published=day_in(rows.get("PD", "")),
        rule="Factiva PD",
        language=rows.get("LA", ""),
        id=number[1] if number else "",
    )


def _by_order(node: Any) -> Fields:
    """An article without codes: its fields by what each looks like, in the order in which they always stand."""
    title = next((_text(n) for n in node.iter() if _has(n, "Headline") or n.get("id") == "hd"), "")
    author = next((_text(n) for n in node.iter("div") if _has(n, "author")), "")
    lines = [
        _text(n)
        for n in node.iter("div")
        if not n.get("class") and not n.get("id") and next(n.iter("div", "p"), n) is n
    ]
    told = [_text(n) for n in node.iter("p")]
    number = next((m[1] for p in told if (m := _NUMBER.match(p))), "")
    # Below the text stand paragraphs of another kind: companies, the publisher, the number.
    paragraphs = [_text(n) for n in node.iter("p") if _has(n, "articleParagraph")] or told
    text = "\n\n".join(without_rights([p for p in paragraphs if p and not _NUMBER.match(p)]))
    return replace(_in_order(lines), title=title, byline=author, text=text, id=number)


def _in_order(lines: Sequence[str]) -> Fields:
    shown = [line for line in lines if line]
    dated = next((n for n, line in enumerate(shown) if is_date_line(line)), None)
    after = shown[dated + 1 :] if dated is not None else []
    named = [x for x in after if not (_TIME.match(x) or _CODE.match(x) or RIGHTS.match(x) or _WORDS.match(x))]
    return Fields(
        outlet=named[0] if named and language_code(named[0]) is None else "",
        published=day_in(shown[dated]) if dated is not None else None,
        rule="Factiva date",
        language=next((x for x in after if " " not in x and language_code(x)), ""),
    )


def _text(node: Any) -> str:
    return visible_text(node).strip()


def _has(node: Any, name: str) -> bool:
    return isinstance(node.tag, str) and name in (node.get("class") or "")


def is_factiva_text(lines: Iterable[str]) -> bool:
    """True for the lines of an RTF or DOCX file that holds Factiva's tables."""
    codes = {found for line in lines if (found := _code(line))}
    return {"HD", "SN", "PD"} <= codes and bool(codes & {"LP", "TD"})


def _code(line: str) -> str:
    row = _ROW.match(line[:4_000])
    return row[1] if row and row[1] in _CODES else ""


def pages_from_lines(lines: Iterable[str], file: str) -> Iterator[RawPage | ReadError]:
    """The articles of an RTF or DOCX file, of which `lines` are the rows of its tables; the kept bytes are those lines in UTF-8."""
    held: list[str] = []
    number = 1
    for line in lines:
        # "HD" opens an article unless it stands below its section or column, which come first; "AN" closes it.
        if _code(line) == "HD" and any(_code(x) == "HD" for x in held):
            yield from _from_rows(held, number, file)
            held, number = [], number + 1
        held.append(line)
        if _code(line) == "AN":
            yield from _from_rows(held, number, file)
            held, number = [], number + 1
    yield from _from_rows(held, number, file)


def _from_rows(lines: Sequence[str], number: int, file: str) -> Iterator[RawPage | ReadError]:
    rows: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        own = _code(line)
        code = own or code
        row = _ROW.match(line) if own else None
        if code:
            rows.setdefault(code, []).append((row[2] if row else line).strip(" |\t"))
    if "HD" in rows:
        record = Record("\n".join(lines).encode("utf-8", "surrogatepass"), f"article {number}", number)
        yield page_of(_by_codes({k: "\n".join(v).strip() for k, v in rows.items()}), record, file, lacks=_LACKS)
