"""Which outlet an article is from, and under which URL: from the source's fields, its foot, its domain, its agency code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from parley.clean.blocks import Block, fold
from parley.codebooks import Codebook, OutletEntry

_URL_LINE = re.compile(
    r"[<(\[]?(?:(?:url|link|source|read (?:it|more) (?:at|on)|available at)\s?:\s?)?(https?://[^\s<>\"”]{4,1500}?)[>)\]]?[.,]?",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:the )?(.{2,50}?)(?:[’']s?)?(?:\s(?:web)?site)? can also be (?:accessed|reached|visited|read|found|viewed)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|original source|via)\s?[:|]\s?(.{2,60})", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©,]{0,3}(?:\(c\)\s?)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.|]{0,3}(?:by\s)?([^.|,;\d©]{2,60}?)(?:\s?(?:ltd|limited|inc|llc)\.?)?(?:[.,|;]|\sall rights|\Z)",
    re.IGNORECASE,
)
_FOLLOW = re.compile(r"(?:follow|download)\s(?:the\s)?([\w .&’'-]{2,40}?)(?:\sapp|\son\s.{2,60})", re.IGNORECASE)
_NOT_NAMES = re.compile(r"\b(?:us|our|we|all rights|this|reserved|agenc(?:y|ies)|author)\b", re.IGNORECASE)


def host_of(url: str | None) -> str | None:
    """The host of a URL or a bare domain, without "www."; None where there is none.

    >>> host_of("https://www.radiohc.cu/en/1"), host_of("compasswire.example"), host_of("The Herald")
    ('radiohc.cu', 'compasswire.example', None)
    """
    if not url or " " in url.strip():
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    host = host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    return host if "." in host and not host.endswith(".") else None


@lru_cache(maxsize=8)
def _index(entries: tuple[OutletEntry, ...]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """(domain -> name, code -> name, folded name or alias -> name)."""
    domains = {d.casefold(): e.name for e in reversed(entries) for d in e.domains}
    codes = {fold(c): e.name for e in reversed(entries) for c in e.codes}
    names = {fold(n): e.name for e in reversed(entries) for n in (e.name, *e.aliases)}
    return domains, codes, names


def by_domain(url: str | None, book: Codebook) -> str | None:
    """The codebook's name for the outlet that publishes under this URL or domain."""
    host = host_of(url)
    domains = _index(book.outlets)[0]
    while host and "." in host:
        if host in domains:
            return domains[host]
        host = host.split(".", 1)[1]
    return None


def by_name(name: str, book: Codebook) -> str | None:
    """The codebook's name for an outlet as printed, its aliases and codes included."""
    _, codes, names = _index(book.outlets)
    key = fold(name)
    return names.get(key) or names.get(key.removeprefix("the ")) or codes.get(key)


def by_code(code: str | None, book: Codebook) -> str | None:
    """The codebook's name for an agency code such as "RHC"; "AP and Reuters" is none."""
    return None if not code else _index(book.outlets)[1].get(fold(code)) or by_name(code, book)


def named(given: str, book: Codebook) -> str:
    """A source's own word for its outlet, as the codebook spells it where it knows it.

    >>> from parley.codebooks import load_codebook
    >>> named("radiohc.cu", load_codebook()), named("The Kell Herald", load_codebook())
    ('Radio Habana Cuba', 'The Kell Herald')
    """
    return by_domain(given, book) or by_name(given, book) or " ".join(given.split())


def in_text(found: Sequence[Block], first: int, last: int, book: Codebook) -> str | None:
    """The outlet that lines around the body name: at the foot, in the address of a mirror, in the copyright line.

    `first` and `last` are the numbers of the body's first and last block.
    """
    around = [b for b in (*reversed(found[last + 1 :]), *found[:first]) if len(b.text) < 300][:60]
    for block in around:
        known = by_name(block.plain, book)
        if known and len(block.plain) > 3:
            return known
    for pattern in (_ALSO, _COPYRIGHT, _SOURCE, _FOLLOW):
        for block in around:
            match = pattern.match(block.plain)
            name = match.group(1).strip(" .,'’") if match else ""
            if name and name[0].isupper() and not _NOT_NAMES.search(name):
                return by_name(name, book) or name
    return _signed(found, last)


def _signed(found: Sequence[Block], last: int) -> str | None:
    """A name in bold type alone on the last line: "**Radio Habana Cuba**"."""
    if not found or len(found) - 1 <= last:
        return None
    text, plain = found[-1].text.strip(), found[-1].plain
    bold = text[:2] == text[-2:] in ("**", "__")
    words = plain.split()
    return plain if bold and 0 < len(words) <= 6 and all(w[0].isupper() or len(w) < 4 for w in words) else None


def url_in_text(found: Sequence[Block], title: str | None) -> str | None:
    """The article's own address where it stands alone on a line; of several, the one that shares words with the title."""
    urls = []
    for block in found:
        match = _URL_LINE.fullmatch(block.text) if len(block.text) < 1600 else None
        if match and len(urlsplit_path(match.group(1))) > 1:
            urls.append(match.group(1))
    if len(urls) < 2:
        return urls[0] if urls else None
    words = set(fold(title or "").split())
    return max(urls, key=lambda u: len(words & set(fold(urlsplit_path(u)).split())))


def urlsplit_path(url: str) -> str:
    """The path of a URL; empty where it is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
