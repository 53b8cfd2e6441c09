"""Who wrote an article: lines such as "By Jane Doe in Port Amity", and the lines of dates around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.clean.blocks import Block
from parley.clean.dateline import DATE, titled
from parley.clean.junk import bare, look
from parley.clean.masthead import has_media_word, is_name

_LONGEST = 200
# A line of this length that closes as sentences do is one.
_SENTENCE = 110
# One of these stands in every byline and date; most lines have none.
_MAY_BE = re.compile(
    r"\d|\b[Bb][Yy]\b|by-?line|author:|day\W{0,3}\Z|staff|correspondent|reporter|editor|chief|press|reuters|afp|columnist",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,25}(?:\s(?:de|van|von|der|al|bin|el|la|da|di)\b)?"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{0,4}}"
_BY = re.compile(
    rf"(?:(?i:by-?line|author):\s|(?:(?i:written|reported|posted|story|analysis|opinion|words|text|report|column|commentary|comment|essay|review|interview|explainer)\s)?(?i:by)[:\s]\s?)({_NAMES}(?:(?:\s?,\s?(?:and\s)?|\s(?i:and)\s|\s?&\s?){_NAMES}){{0,5}})"
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
    r"\s(?:(?:covers|writes|teaches|heads|leads|directs|works|studies|lives|edits|lectures|has (?:covered|written)|can be reached|reports (?:on|for|from))\b|(?:is|was|are|has been|joined)\b.{0,160}?"
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
    r"first|created|et|pt|\w{2,12} time|min read|minutes?|read|hours?|ago|(?:news|story|article) (?:id|code|no)\W{1,3}\w{1,12}|\d{1,2}|th|st|nd|rd)\b|[\W_]",
    re.IGNORECASE,
)
# "(The Kell Daily) 08:31, June 8, 2029": who stamped the line; "Kell, Sunday 22 October 2028": where it was printed.
_STAMPED_BY = re.compile(r"\([^()]{2,40}\)")
_PRINTED_IN = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,25}+\s?){1,3},\s")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BETWEEN = re.compile(r"\s[|•·/]\s|[ \t\u00a0]{2,}")
_BUTTON_AFTER = re.compile(r"\s(?:Follow|Contact|Subscribe|View profile)\Z")


def is_byline(block: Block) -> bool:
    """True for a line that holds nothing but who wrote it, when.

    >>> from parley.clean.blocks import Block
    >>> is_byline(Block(0, 0, "Saturday 8 March 2031 | By Nils Overby in Port Amity", None, False, True))
    True
    """
    if len(block.text) > _LONGEST or (len(block.text) > _SENTENCE and block.ends) or not _MAY_BE.search(block.text):
        return False
    parts = _parts(block)
    told = [_is_date(p) or _authors(p) is not None for p in parts]
    if not any(said and (p is parts[-1] or any(c.isdigit() for c in p)) for said, p in zip(told, parts, strict=True)):
        return False
    return all(said or len(p.split()) < 4 or look(p) is not None for said, p in zip(told, parts, strict=True))


def _is_date(line: str) -> bool:
    """True for a line that is a date or time and little else."""
    if len(line) > 90 or not (any(c.isdigit() for c in line) or line[-3:].lower() == "day"):
        return False
    rest, dates = DATE.subn(" ", line)
    rest, clocks = _CLOCK.subn(" ", rest)
    if dates and _YEAR.search(line):
        rest = _STAMPED_BY.sub(" ", _PRINTED_IN.sub(" ", rest, count=1) if _PRINTED_IN.match(line) else rest)
    rest = _LEFT_OVER.sub(" ", rest) if dates + clocks else line
    # "OSTREN, 12 MAY 2033 14:05": the place that a stamp is printed with.
    placed = dates > 0 and clocks > 0 and len(rest.split()) <= 2 and rest.isupper()
    return not rest.strip() or placed


def _authors(line: str) -> str | None:
    """The names in a line that is a byline; None for any other line."""
    for part in re.split(r"\s[|•·]\s", line)[:5]:
        part = _BUTTON_AFTER.sub("", part)
        if part[:3].lower() == "by ":
            part = DATE.sub("", part).rstrip(" ,.|–—-")
        match = _BY.fullmatch(part) or _ROLE.fullmatch(part) or _POSTED.fullmatch(part)
        if match and _capital_names(match.group(1)):
            return match.group(1)
    return None


def _parts(block: Block) -> list[str]:
    """The line's parts between bars, slashes and wide gaps; the line as it is where those part nothing."""
    return [p for p in map(bare, _BETWEEN.split(block.text)[:6]) if p] or [block.plain]


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


_WITH_TITLE = re.compile(r"(?:(?:Prof|Professor|Dr|Sir|Dame|Rev|Fr|Ambassador)\.?\s){1,2}")
_ALONE = 3  # of the points below
_IN_BIO, _BY_DATE, _UNMENTIONED = 3, 1, 2


def lone_author(found: Sequence[Block], title: int) -> tuple[str, int] | None:
    """The name that stands alone under the title, with the number of its block, where what else is printed makes it the author's.

    A name alone may be a caption's or a place's. Its bearer is not spoken of in the text; a date stands beside it, or at the foot a
    line tells who that is.
    """
    for number in range(title + 1, min(title + 5, len(found))):
        block = found[number]
        if block.ends or block.words > 12 or block.reason not in (None, "byline", "navigation"):
            continue
        for part in _parts(block):
            name = _WITH_TITLE.sub("", part)
            if not (
                1 < len(name.split()) < 5 and _ONLY_NAMES.fullmatch(name) and _capital_names(name)
            ) or _NOBODY.search(name):
                continue
            if (
                is_name(name)
                and not has_media_word(name)
                and not name.startswith(("The ", "El ", "La "))
                and _points(found, number, name) >= _ALONE
            ):
                return titled(name), number
    return None


def _points(found: Sequence[Block], number: int, name: str) -> int:
    near = [n for n in range(number + 1, min(number + 7, len(found))) if found[n].words < 6]
    beside = (found[n] for n in (number - 1, number, number + 1, *near) if 0 <= n < len(found))
    dated = any(b.words < 14 and (b.reason == "byline" or any(_is_date(p) for p in _parts(b))) for b in beside)
    bio = any(b.plain.startswith(name) for b in found[max(number + 1, len(found) - 6) :])
    surname = name.split()[-1].casefold()
    spoken_of = any(surname in b.folded for b in found[number + 1 :] if not b.plain.startswith(name))
    return (_BY_DATE if dated else 0) + (_IN_BIO if bio else 0) + (0 if spoken_of else _UNMENTIONED)
