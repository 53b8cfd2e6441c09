"""Who wrote an article: lines such as "By Jane Doe in Port Amity", and the lines of dates around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.clean.blocks import Block
from parley.clean.dateline import DATE, titled

_LONGEST = 200
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,25}(?:\s(?:de|van|von|der|al|bin|el|la|da|di)\b)?"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{0,4}}"
_BY = re.compile(
    rf"(?:(?i:written|reported|posted|story|analysis|opinion|words|text|report|column|commentary|comment|essay|review|interview|explainer)\s)?(?i:by)[:\s]\s?({_NAMES}(?:(?:\s?,\s?(?:and\s)?|\s(?i:and)\s|\s?&\s?){_NAMES}){{0,5}})"
    r"(?i:\s?[,|–—-]?\s?(?:in\s.{2,40}|\||[–—-]|,|for\s.{2,40}|.{0,40}(?:correspondent|reporter|writer|editor|desk|staff|bureau|press|news|reuters|agencies)\b.{0,40}|@\w{2,30}|and agencies).{0,80})?"
)
_ROLE = re.compile(
    rf"({_NAMES})\s?[,|–—-]\s?(?:.{{0,40}}\b)?(?i:staff writer|correspondent|reporter|editor|bureau chief|associated press|reuters|afp|staff|columnist)\b.{{0,60}}"
)
_POSTED = re.compile(
    rf"(?i:posted|published|updated|submitted|filed|written)\b.{{0,60}}?\s(?i:by)\s({_NAMES}(?:(?:\s?,\s?|\s(?i:and)\s){_NAMES}){{0,3}})\Z"
)
_ONLY_NAMES = re.compile(rf"{_NAMES}(?:(?:\s?,\s?|\s(?i:and)\s|\s?&\s?){_NAMES}){{0,3}}")
_ROLE_LINE = re.compile(
    r"(?:[\w’'&-]{2,20}\s){0,4}(?:correspondent|reporter|editor|columnist|writer|bureau chief|contributor|journalist|producer)"
    r"(?:s?(?:,| at| for| in|\s?[|–—-])\s?.{2,50})?",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"[(\[]?(?:additional |further )?(?:reporting|report|writing|written|story|text)(?: and (?:writing|editing))? by\s",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\s(?:in|from|at)\s.{2,60}")
_BIO = re.compile(
    r"\s(?:(?:covers|writes|has (?:covered|written)|can be reached|reports (?:on|for|from))\b|(?:is|was|are|has been|joined)\b.{0,160}?"
    r"(?:\b(?:reporter|correspondent|editor|columnist|writer|journalist|author|fellow|professor|lecturer|freelance\w{0,8}|bureau chief|producer|staff"
    r"|analyst|contributor|director|researcher|bureau|reached)\b|@))",
)
_IS_BIO = re.compile(
    rf"{_NAMES}\s(?:is|was) (?:an? |the |our )?(?:\w{{2,20}}[\s-]){{0,3}}(?:reporter|correspondent|columnist|journalist|freelancer|staff writer|contributor|contributing \w{{2,12}})\b"
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?\b|\b\d{1,2}\s?[ap]\.?m\.?(?!\w)|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_NOBODY = re.compile(
    r"\b(?:staff|agencies|agency|desk|news|press|wire|writers?|reporters?|correspondents?|team|bureau|service|board|post|times|herald)\b",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"\b(?:gmt|utc|est|edt|cet|cest|pst|pdt|bst|ist|msk|local time|at|on|updated?|published|last|modified|posted|posted on|time|date|"
    r"first|created|et|pt|\w{2,12} time|min read|minutes?|read|hours?|ago|\d{1,2}|th|st|nd|rd)\b|[\W_]",
    re.IGNORECASE,
)


def is_byline(block: Block) -> bool:
    """True for a line that holds nothing but who wrote it, when.

    >>> from parley.clean.blocks import Block
    >>> is_byline(Block(0, 0, "Saturday 8 March 2031 | By Nils Overby in Port Amity", None, False, True))
    True
    """
    if len(block.text) > _LONGEST:
        return False
    return any(_is_date(p) or _authors(p) is not None for p in _parts(block.plain)[-1:]) and all(
        _is_date(p) or _authors(p) is not None or len(p.split()) < 4 for p in _parts(block.plain)
    )


def _is_date(line: str) -> bool:
    """True for a line that is a date or time and little else."""
    if len(line) > 90 or not (any(c.isdigit() for c in line) or line[-3:].lower() == "day"):
        return False
    rest, dates = DATE.subn(" ", line)
    rest, clocks = _CLOCK.subn(" ", rest)
    rest = _LEFT_OVER.sub(" ", rest) if dates + clocks else line
    # "OSTREN, 12 MAY 2033 14:05": the place that a stamp is printed with.
    placed = dates > 0 and clocks > 0 and len(rest.split()) <= 2 and rest.isupper()
    return not rest.strip() or placed


def _authors(line: str) -> str | None:
    """The names in a line that is a byline; None for any other line."""
    for part in _parts(line):
        if part[:3].lower() == "by ":
            part = DATE.sub("", part).rstrip(" ,.|–—-")
        match = _BY.fullmatch(part) or _ROLE.fullmatch(part) or _POSTED.fullmatch(part)
        if match and _capital_names(match.group(1)):
            return match.group(1)
    return None


def _parts(line: str) -> list[str]:
    return re.split(r"\s[|•·]\s", line)[:5]


def _capital_names(names: str) -> bool:
    words = [
        w
        for w in re.findall(r"[\w.’'-]+", names)
        if w.lower() not in ("and", "de", "van", "von", "der", "al", "bin", "el", "la", "da", "di")
    ]
    return bool(words) and all(w[0].isupper() for w in words)


def authors_in(found: Sequence[Block]) -> tuple[str, ...]:
    """The people whom the first byline names, else who reported by the line at the foot; agencies and "staff" are no authors."""
    near = found[:60]
    for number, block in enumerate(near):
        names = _authors(block.plain) if len(block.text) <= _LONGEST else None
        people = _people(names) if names else ()
        if people:
            return people
        if not names and number + 1 < len(near) and names_above_role(block, near[number + 1]):
            return _people(block.plain)
    return next((p for b in reversed(found) if b.reason == "byline" for p in [_reporting(b.plain)] if p), ())


def _people(names: str) -> tuple[str, ...]:
    people = re.split(r"\s?,\s?(?:and\s)?|\sand\s|\s?&\s?", names, flags=re.IGNORECASE)
    return tuple(titled(p.strip()) for p in people if len(p.split()) > 1 and not _NOBODY.search(p))


def _reporting(line: str) -> tuple[str, ...]:
    """The people in "Reporting by Nadia Kestrel in Dolmar and Owen Blyth; Editing by Pia Lund": those who reported.

    >>> _reporting("(Reporting by Nadia Kestrel in Dolmar and Owen Blyth; Editing by Pia Lund)")
    ('Nadia Kestrel', 'Owen Blyth')
    """
    match = _REPORTING.match(line)
    if not match:
        return ()
    listed = re.split(
        r"[;.)\]]|,?\s(?:additional|further|editing|writing|edited)\b", line[match.end() :], flags=re.IGNORECASE
    )[0]
    parts = re.split(r"\s?,\s?(?:and\s)?|\sand\s|\s?&\s?", listed)
    people = [
        p for part in parts for p in _people(_PLACED.sub("", part)) if _ONLY_NAMES.fullmatch(p) and _capital_names(p)
    ]
    return tuple(people)


def names_above_role(block: Block, below: Block) -> bool:
    """True for a line of names with what they are on the next: "Sanna Uhr", "Transport correspondent"."""
    plain = block.plain
    if block.reason is not None or len(plain) > 80 or len(below.text) > 100 or not 2 <= block.words <= 9:
        return False
    if not _ROLE_LINE.fullmatch(below.plain) or block.ends or below.ends:
        return False
    return bool(_ONLY_NAMES.fullmatch(plain)) and _capital_names(plain) and not _NOBODY.search(plain)


def is_bio(block: Block, authors: Sequence[str]) -> bool:
    """True for a line at the foot that tells who an author is.

    >>> is_bio(Block(0, 0, "Ruth Ambler covers the county for The Valley Post.", None, False, True), ["Ruth Ambler"])
    True
    """
    if block.words > 70:
        return False
    named = any(block.plain.startswith((a, f"{a.split()[0]} {a.split()[-1]}")) for a in authors)
    return bool((named and _BIO.search(block.plain[:400])) or _IS_BIO.match(block.plain))
