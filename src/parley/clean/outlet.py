"""Which outlet an article is from, and under which URL: from the source's fields, its foot, its domain, its agency code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from parley.clean.blocks import Block, fold
from parley.clean.masthead import Evidence, by_code, by_hosts, fuller, heaviest, hosts_in
from parley.codebooks import Codebook

_URL_LINE = re.compile(
    r"[<(\[]?(?:(?:url|link|source|read (?:it|more) (?:at|on)|available at|(?:this page was )?printed from|original (?:article|url))\s?:?\s?)?(https?://[^\s<>\"”]{4,1500}?)[>)\]]?[.,]?",
    re.IGNORECASE,
)
# What a line is worth that carries the name of an outlet the codebook knows: alone, and as its first words.
_KNOWN, _KNOWN_FIRST = 8, 4


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


def by_code_known(code: str | None, outlets: Outlets) -> str | None:
    """The codebook's name for an agency code such as "RHC"; "AP and Reuters" is none."""
    return None if not code else outlets.codes.get(fold(code)) or by_name(code, outlets)


def named(given: str, outlets: Outlets, text: str = "") -> str:
    """A source's own word for its outlet, as the codebook spells it where it knows it, a domain as `text` prints its name.

    >>> from parley.codebooks import load_codebook
    >>> shipped = Outlets.of(load_codebook())
    >>> named("radiohc.cu", shipped), named("The Kell Herald", shipped)
    ('Radio Habana Cuba', 'The Kell Herald')
    """
    known = by_domain(given, outlets) or by_name(given, outlets)
    host = host_of(given) if not known else None
    spelled = next((e.name for e in by_hosts(text, [host])), None) if host else None
    return known or spelled or " ".join(given.split())


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


def known_in(found: Sequence[Block], first: int, last: int, outlets: Outlets) -> list[Evidence]:
    """What lines around the body say in names that the codebook knows: at the head or foot, in the address of a mirror.

    `first` and `last` are the numbers of the body's first and last block.
    """
    out = []
    for number in [*reversed(range(last + 1, len(found))), *range(first)][:60]:
        block = found[number]
        if len(block.text) >= 300:
            continue
        alone = headed(block.plain, outlets) or by_domain(block.plain, outlets)
        name = alone or _first_words(block, outlets)
        if name:
            out.append(Evidence(name, _KNOWN if alone else _KNOWN_FIRST, number))
    return out


def named_around(
    text: str,
    found: Sequence[Block],
    body: tuple[int, int],
    evidence: Sequence[Evidence],
    outlets: Outlets,
    *,
    agency: str | None,
    authors: Sequence[str],
    url: str | None,
) -> str | None:
    """The outlet that the lines around the body speak for, the codebook's names before all; None where they do not.

    `body` are the numbers of its first and last block, of which none gave `evidence`; `agency` is the code in the dateline.
    """
    hosts = [*([host] if (host := host_of(url)) else []), *(host for host, _ in hosts_in(found, *body))]
    said = [Evidence(by_name(e.name, outlets) or e.name, e.weight, e.block) for e in evidence]
    said += known_in(found, *body, outlets)
    said += by_hosts(text, hosts)
    best = heaviest(said, text, not_these=authors)
    if best is None and agency and by_code_known(agency, outlets) is None and _comes_again(agency, found, body):
        best = agency
    if best and "." in best and host_of(best):
        best = named(best, outlets, text)
    elif best and " " not in best:
        best = fuller(best, (b.plain for n, b in enumerate(found) if not body[0] <= n <= body[1]))
    if best and best.isalnum() and not best.islower() and sum(c.isupper() for c in best) > 1:
        best = next((e.name for e in by_code(text, best)), best)
    if best is None and agency and by_code_known(agency, outlets) is None:
        best = next((e.name for e in by_code(text, agency) if e.name != agency), None)
    return by_name(best, outlets) or best if best else None


def _comes_again(code: str, found: Sequence[Block], body: tuple[int, int]) -> bool:
    """True where a dateline's code stands in a short line around the body too: the copy is its own."""
    return any(b.words < 25 and code in b.text.split() for n, b in enumerate(found) if not body[0] <= n <= body[1])


def host_alone(found: Sequence[Block], body: tuple[int, int]) -> str | None:
    """The host that stands alone on a line around the body: "www.harbourdaily.example"."""
    return next((host for host, alone in hosts_in(found, *body) if alone), None)


def _first_words(block: Block, outlets: Outlets) -> str | None:
    """The outlet that a line speaks of first: "Clipharbour collects the news.", "Adrim Herald, established 1921"."""
    words = block.plain.split()
    heads = (" ".join(words[:n]).rstrip(",.:") for n in range(min(4, len(words)), 0, -1))
    return next(
        (name for head in heads for name in [_by_full_name(head, outlets)] if name and head[:1].isupper()), None
    )


# What outlets and organisations say of themselves in their last line.
_OF_ITSELF = re.compile(
    r"\s(?:is (?:an? |the |written|edited|published|produced|funded|owned|based|supported)|are (?:an? |the )|represents|works (?:in|for|with|to)|covers|thanks"
    r"|publishes|provides|brings|reports on|was (?:founded|established|launched|set up)|receives|welcomes (?:letters|comments)|relies on|invites|aims)\b"
)


def speaks_of_itself(block: Block, names: Sequence[str]) -> bool:
    """True for a line that says of one of the names at the head of the page what it is: "Bank & Sluice is written by ..." """
    plain = block.plain.removeprefix("The ")
    lower = plain.casefold()
    return block.words <= 60 and any(
        lower.startswith(name.casefold()) and _OF_ITSELF.match(plain, len(name))
        for name in (n.removeprefix("The ") for n in names)
    )


def signs_off(block: Block, names: Sequence[str]) -> bool:
    """True for a line that is no sentence and begins with a name from the head of the page: "Tideway FM - the sound of the coast"."""
    plain = fold(block.plain).removeprefix("the ")
    return not block.ends and block.words < 16 and any(plain.startswith(fold(n).removeprefix("the ")) for n in names)


def is_self_praise(block: Block, outlets: Outlets) -> bool:
    """True for a line at the foot in which an outlet speaks of itself."""
    return block.words <= 25 and _first_words(block, outlets) is not None


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
