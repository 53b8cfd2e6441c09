"""What bytes say about the vendor that a file comes from: its first `streams.SNIFFED` ones, of a web page all of them."""

from __future__ import annotations

import re

_BOM = b"\xef\xbb\xbf"
_UNDERSCORES = re.compile(rb"\s{0,200}_{30,}\s")
_PROQUEST = re.compile(
    rb"^(?:Publication info|Full text|Abstract|Links|Author|Title|Titel|Titre|Publikationsinfo|Volltext|Texte int|Texto completo|Document \d+ of \d+)",
    re.IGNORECASE | re.MULTILINE,
)
_LEXIS = re.compile(
    rb"^[ \t\x0c]{0,80}(?:\d{1,6} of \d{1,6} DOCUMENTS?|Dokument \d{1,6} von \d{1,6}|Document \d{1,6} de \d{1,6})[ \t]{0,80}\r?$",
    re.MULTILINE,
)
_LEXIS_COVER = re.compile(
    rb"^(?:Download Request:|Time Of Request:|Ausgabeauftrag:|Zeitpunkt der Anfrage:)", re.MULTILINE
)
_NEXIS_COVER = re.compile(rb"^(?:Job Number:|Auftragsnummer:)", re.MULTILINE)
_NEXIS_BODY = re.compile(rb"^(?:Body|Text)[ \t]{0,20}\r?$", re.MULTILINE)
_NEXIS_LENGTH = re.compile(rb"^(?:Length|L\xc3\xa4nge|Load-Date|Section|Byline):", re.MULTILINE)
_RIS = re.compile(rb"\s{0,200}TY  ?- ?[A-Z]")
_CSL = (b'"container-title"', b'"date-parts"', b'"issued"')
_ENVELOPE = re.compile(
    rb'\s{0,200}\{[^\[\]{}]{0,600}"(?:articles|stories|results|news|response|items|docs)"\s{0,20}:\s{0,20}[\[{]'
)
FACTIVA = re.compile(rb"<div[^<>]{0,300}?class\s{0,3}=\s{0,3}[\"']article\s{1,3}[a-z]{2}Article\b", re.IGNORECASE)
PROQUEST_PAGE = re.compile(rb"<div[^<>]{0,300}>\s{0,50}<a\s{1,3}name\s{0,3}=\s{0,3}[\"']?DocID_", re.IGNORECASE)
_STORIES = ({"stories_id"}, {"media_name", "media_url"})


def _plain(head: bytes) -> bytes:
    """The bytes with UTF-16 folded to its low halves, so that one pattern finds both."""
    return head[2:].replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.removeprefix(_BOM)


def is_proquest(head: bytes) -> bool:
    """Underscores on the first line that holds anything, and one of the fields soon after."""
    plain = _plain(head)
    return bool(_UNDERSCORES.match(plain)) and bool(_PROQUEST.search(plain))


def is_lexis(head: bytes) -> bool:
    """The mark above a document, or the request above them all."""
    plain = _plain(head)
    return bool(_LEXIS.search(plain) or _LEXIS_COVER.search(plain))


def is_nexis(head: bytes) -> bool:
    """The cover, or the line above a document's text with the labels above that."""
    plain = _plain(head)
    body = _NEXIS_BODY.search(plain)
    return bool(_NEXIS_COVER.search(plain)) or bool(body and _NEXIS_LENGTH.search(plain, 0, body.start()))


def is_ris(head: bytes) -> bool:
    """The type of a reference on the first line."""
    return bool(_RIS.match(_plain(head)))


def is_csl(head: bytes) -> bool:
    """A list of objects that carry the fields that only references have."""
    plain = _plain(head).lstrip()
    return plain.startswith((b"[", b"{")) and b'"type"' in plain and sum(name in plain for name in _CSL) > 1


def is_envelope(head: bytes) -> bool:
    """An object with a list of articles near its beginning."""
    return bool(_ENVELOPE.match(_plain(head)))


def is_mediacloud(head: bytes) -> bool:
    """A first row that names Media Cloud's columns."""
    first = _plain(head).split(b"\n", 1)[0].decode("utf-8", "replace").lower()
    names = {name.strip(' \t\r"') for name in re.split(r"[,;\t|]", first)}
    return any(wanted <= names for wanted in _STORIES) and bool(names & {"url", "title"})


def is_factiva(page: bytes) -> bool:
    """A web page that holds Factiva's articles; a page saved from a browser holds much else before the first."""
    return bool(FACTIVA.search(page))


def of_page(page: bytes) -> str | None:
    """The function that takes a database's page of many articles apart; None for any other page."""
    if is_factiva(page):
        return "vendors.factiva:pages_from_html"
    return "vendors.proquest:pages_from_html" if PROQUEST_PAGE.search(page) else None
