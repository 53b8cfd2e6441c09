"""Names at the head of a page that are its outlet's though no word in them says so: they come again where an outlet signs.

A name in the first lines may be an outlet's, a section's, a party's or a person's. What tells is everything else on the page: the name
comes again in the foot, menus follow it, somebody in the article speaks to it ("told Bank & Sluice"), and its words are not what
the article is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from parley.clean.blocks import Block, fold
from parley.clean.byline import is_byline
from parley.clean.dateline import DATE
from parley.clean.junk import look
from parley.clean.masthead import (
    ENOUGH,
    MASTHEAD,
    Evidence,
    has_media_word,
    is_motto,
    is_name,
    is_whole_name,
    tidy,
)
from parley.clean.ranking import of_the_site, stems, text_below

_HEAD_LINES, _FOOT_LINES, _LAST_LINES = 14, 12, 3
_AGAIN, _TOLD, _SIGNED, _FIRST, _MENU, _MEDIA, _BODY, _ARTICLE = 5, 3, 3, 2, 2, 2, 2, 2
_DATED, _APART, _SUBJECT = 1, 1, -2
_SMALL_NAME = re.compile(r"[a-z][\w-]{2,20}(?:\.[a-z]{2,8})?")
_ISSUER = re.compile(
    r"^(?:The )?(?:Ministry|Department|Office|Embassy|Institute|Council|Union|Federation|Association|Committee|Commission|Cent(?:re|er)|University|Bureau"
    r"|Government|Presidency|Secretariat|Foundation|Society|Network|Alliance|Campaign|Chamber) (?:of|for|on)\b"
    r"|\b(?:Ministry|Institute|Federation|Association|Foundation|Secretariat|University|Embassy|Commission|Society|Alliance)\Z"
)
_WITH_ARTICLE = re.compile(r"(?:The|THE|El|La|Le|Les|Der|Die|Das|Il|Lo|De|O|Al) [^\W\d_a-z]")
_PERSON = re.compile(r"(?:[^\W\d_a-z][\w.’'-]{0,20}\s){1,3}[^\W\d_a-z][\w.’'-]{1,25}")
_PARTS = re.compile(r"\s{0,2}(?:[|•·›»>]|\s(?:[–—-]|--)\s|\s/\s)\s{0,2}|\s{2,}|[()]")
_MOST_WORDS, _READ = 7, 60_000
_GENERIC = re.compile(r"(?<=\w{5})\s(?:now|today|online|english|news|daily|international|service)\Z")
_SIGNS = re.compile(
    r"(?:[\W_]{0,4}(?:©|\(c\)|copyright|the|by|source|about|from|more from|follow)[\s:]{1,3}){0,4}\W{0,4}(?:\d{4}\s)?",
    re.IGNORECASE,
)


def brands(found: Sequence[Block], first: int, text: str) -> list[Evidence]:
    """The names in the lines above the first block of prose, `first`, that what else the page prints makes an outlet's."""
    out: list[Evidence] = []
    below: set[str] | None = None
    opening = True
    for number, block in enumerate(found[: min(first, _HEAD_LINES)]):
        if block.reason in ("caption", "share") or block.words > 16:
            continue
        parts = [p for p in _PARTS.split(DATE.sub(" | ", block.text))[:7] if p.strip()]
        # Of a menu or a path only what it begins with may be a name.
        named = [p for n, p in enumerate(parts) if not n or block.reason != "navigation" or has_media_word(tidy(p))]
        dated = DATE.search(block.text) is not None
        for part in named:
            name = tidy(part)
            # "Pell, Saturday 3 May": beside a date a bare name is a place's.
            if not _may_be(name, opening=opening) or (dated and not has_media_word(name) and not opening):
                continue
            weight = _again(found, number, name, first) + (_opens(found, number, name, first) if opening else 0)
            weight += _menu(found, number, parts) + _looks(name) + _stamped(found, number, parts, part)
            # The dear questions last, and only where they can decide.
            if weight + _TOLD + _APART >= ENOUGH:
                below = text_below(found, first) if below is None else below
                weight += _aboutness(name, below) + (_TOLD if weight < ENOUGH + 2 and _spoken_to(name, text) else 0)
            if weight >= ENOUGH:
                out.append(Evidence(name, max(weight, MASTHEAD) if weight > ENOUGH else weight, number))
                break
        opening = opening and (block.reason is not None or block.ends or of_the_site(block.plain))
    return out


def _may_be(name: str, *, opening: bool) -> bool:
    # "nordschau": on the first line a name may do without its capital.
    formed = is_whole_name(name) or (opening and _SMALL_NAME.fullmatch(name) is not None)
    return formed and len(name.split()) <= _MOST_WORDS and is_name(name) and (look(name) is None or "." in name)


def _opens(found: Sequence[Block], number: int, name: str, first: int) -> int:
    """What it says for a name that the page opens with it, the more so where the name is a ministry's or a union's."""
    headed = any(b.reason is None and b.words > 4 for b in found[number + 1 : first])
    return _FIRST + (headed and number == 0) + (_BODY if headed and _ISSUER.search(name) else 0)


def _looks(name: str) -> int:
    if has_media_word(name):
        return _MEDIA
    return _ARTICLE if _WITH_ARTICLE.match(name) and len(name.split()) < 5 else 0


def _stamped(found: Sequence[Block], number: int, parts: Sequence[str], part: str) -> int:
    """ "Ona Petri / Sagva Observer", "The Orrin Lamp" above a date: where a byline names who printed it."""
    if (
        len(parts) > 1
        and has_media_word(tidy(part))
        and any(p is not part and _PERSON.fullmatch(p.strip()) for p in parts)
    ):
        return _SIGNED
    after = found[number + 1] if number + 1 < len(found) else None
    dated = after is not None and len(parts) == 1 and is_byline(after)
    return (_DATED + bool(_looks(tidy(part)))) if dated else 0


def _menu(found: Sequence[Block], number: int, parts: Sequence[str]) -> int:
    if any(is_motto(p) for p in parts[1:]):
        return _MENU
    after = found[number + 1] if number + 1 < len(found) else None
    return _MENU if after is not None and (after.reason == "navigation" or is_motto(after.plain)) else 0


def _again(found: Sequence[Block], number: int, name: str, first: int) -> int:
    """Whether the name comes again at the foot, or in another line of the head that is not the same line printed twice."""
    key = _GENERIC.sub("", fold(name).removeprefix("the "))
    foot = range(max(first + 1, len(found) - _FOOT_LINES), len(found))
    for n in (*range(min(first, _HEAD_LINES)), *foot):
        block = found[n]
        if (
            n == number
            or len(key) < 3
            or key not in block.folded
            or (n < first and block.folded == found[number].folded)
        ):
            continue
        signed = n >= len(found) - _LAST_LINES and _begins(block, key)
        if (block.reason not in (None, "also_read") or signed or (n < first and block.words < 12)) and _capitals(
            block, key
        ):
            return _AGAIN
    return 0


def _begins(block: Block, key: str) -> bool:
    start = _SIGNS.match(block.plain)
    return fold(block.plain[start.end() if start else 0 :]).startswith(key)


def _capitals(block: Block, key: str) -> bool:
    """Whether the line prints the name as a name: with a capital where each of its words begins."""
    spelled = r"[\W_]{1,4}".join(map(re.escape, key.split()))
    found = re.search(rf"(?<!\w){spelled}(?!\w)", block.plain, re.IGNORECASE)
    return found is not None and (found.group()[:1].isupper() or found.group() == found.string[: found.end()])


def _aboutness(name: str, below: set[str]) -> int:
    """A name that is what the article is about is its subject, one that is not is more likely who prints it."""
    own = stems(name)
    hits = sum(s in below for s in own)
    return _SUBJECT if hits * 2 > len(own) else 0 if hits else _APART


def _spoken_to(name: str, text: str) -> bool:
    """True where the article itself has somebody speak to the name, or it speak: "told Delta FM", "Delta FM has learned"."""
    spelled = r"\s".join(map(re.escape, name.removeprefix("The ").split()))
    pattern = (
        rf"\b(?:told|tells|telling|commented to|(?:said|confirmed) (?:to|in comments? (?:to|for))|seen by|obtained by|interview with|(?:speaking|spoke) (?:to|with)) (?:the )?{spelled}(?!\w)"
        rf"|(?<!\w){spelled} (?:has learned|has learnt|can reveal|understands|has seen|was told|reported earlier)\b"
    )
    return next(islice(re.finditer(pattern, text[:_READ], re.IGNORECASE), 1), None) is not None
