"""Which outlet an article is from, and under which URL: from the source's fields, its foot, its domain, its agency code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from parley.clean.blocks import Block, fold
from parley.codebooks import Codebook

_URL_LINE = re.compile(
    r"[<(\[]?(?:(?:url|link|source|read (?:it|more) (?:at|on)|available at)\s?:\s?)?(https?://[^\s<>\"”]{4,1500}?)[>)\]]?[.,]?",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:the )?(.{2,50}?)(?:[’']s?)?(?:\s(?:web)?site)? can also be (?:accessed|reached|visited|read|found|viewed)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|original source|via)\s?[:|]\s?([^|;\d]{2,60})", re.IGNORECASE)
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


@dataclass(frozen=True, eq=False)
class Outlets:
    """The codebook's outlets, ready for look-ups: by domain, by the folded code and by the folded name."""

    domains: Mapping[str, str]
    codes: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, book: Codebook) -> Outlets:
        """The outlets of a codebook; of two with one domain, code or name, the first counts."""
        entries = book.outlets[::-1]
        return cls(
            domains={d.casefold(): e.name for e in entries for d in e.domains},
            codes={fold(c): e.name for e in entries for c in e.codes},
            names={fold(n): e.name for e in entries for n in (e.name, *e.aliases)},
        )


def by_domain(url: str | None, outlets: Outlets) -> str | None:
    """The codebook's name for the outlet that publishes under this URL or domain."""
    host = host_of(url)
    domains = outlets.domains
    while host and "." in host:
        if host in domains:
            return domains[host]
        host = host.split(".", 1)[1]
    return None


def by_name(name: str, outlets: Outlets) -> str | None:
    """The codebook's name for an outlet as printed, its aliases and codes included."""
    key = fold(name)
    return outlets.names.get(key) or outlets.names.get(key.removeprefix("the ")) or outlets.codes.get(key)


def by_code(code: str | None, outlets: Outlets) -> str | None:
    """The codebook's name for an agency code such as "RHC"; "AP and Reuters" is none."""
    return None if not code else outlets.codes.get(fold(code)) or by_name(code, outlets)


def named(given: str, outlets: Outlets) -> str:
    """A source's own word for its outlet, as the codebook spells it where it knows it.

    >>> from parley.codebooks import load_codebook
    >>> shipped = Outlets.of(load_codebook())
    >>> named("radiohc.cu", shipped), named("The Kell Herald", shipped)
    ('Radio Habana Cuba', 'The Kell Herald')
    """
    return by_domain(given, outlets) or by_name(given, outlets) or " ".join(given.split())


def heads(found: Sequence[Block], outlets: Outlets) -> set[int]:
    """The numbers of the first blocks that carry a known outlet's name and no sentence: "The Herald | Politics"."""
    return {n for n, b in enumerate(found[:12]) if not b.ends and b.words < 16 and headed(b.plain, outlets) is not None}


def headed(line: str, outlets: Outlets) -> str | None:
    """The outlet whose name a line is, or begins with, or holds between bars."""
    parts = [line, *re.split(r"\s[|–—•·/-]\s|,\s", line)]
    return next((name for part in parts[:6] if len(part) > 2 for name in [_by_full_name(part, outlets)] if name), None)


def _by_full_name(name: str, outlets: Outlets) -> str | None:
    key = fold(name).removeprefix("the ")
    names = outlets.names
    return names.get(key) or names.get(f"the {key}") or names.get(key.removesuffix(" english"))


def in_text(found: Sequence[Block], first: int, last: int, outlets: Outlets) -> str | None:
    """The outlet that lines around the body name: at the foot, in the address of a mirror, in the copyright line.

    `first` and `last` are the numbers of the body's first and last block.
    """
    around = [b for b in (*reversed(found[last + 1 :]), *found[:first]) if len(b.text) < 300][:60]
    for block in around:
        known = headed(block.plain, outlets) or by_domain(block.plain, outlets) or _first_words(block, outlets)
        if known:
            return known
    for pattern in (_ALSO, _COPYRIGHT, _SOURCE, _FOLLOW):
        for block in around:
            match = pattern.match(block.plain)
            name = match.group(1).strip(" .,'’") if match else ""
            if name and name[0].isupper() and not _NOT_NAMES.search(name):
                return by_name(name, outlets) or name
    return _signed(found, last)


def _first_words(block: Block, outlets: Outlets) -> str | None:
    """The outlet that a line speaks of first: "Clipharbour collects the news.", "Adrim Herald, established 1921"."""
    words = block.plain.split()
    heads = (" ".join(words[:n]).rstrip(",.:") for n in range(min(4, len(words)), 0, -1))
    return next(
        (name for head in heads for name in [_by_full_name(head, outlets)] if name and head[:1].isupper()), None
    )


def is_self_praise(block: Block, outlets: Outlets) -> bool:
    """True for a line at the foot in which an outlet speaks of itself."""
    return block.words <= 25 and _first_words(block, outlets) is not None


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
