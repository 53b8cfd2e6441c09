"""Where something was counted or done: the places that a sentence names, and which of them goes with which number.

A place is what stands after a word of place ("in Fennick", "at the Orlen crossing") or is said to be one ("the town of Tesh"),
whether a gazetteer knows it or not. Where a source sits and where people come from is no place of anything; where talks are
held counts nothing, but it is where they are held (`meetings`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from parley.annotate.figures.clause import words_in
from parley.annotate.quantities.find import SPACES
from parley.data import Mention, Reading, Sentence, Span

_NAME = r"(?:(?:al|el|as|es|ez|ad|ar)-)?[A-Z][\w’'-]{1,30}(?:[ \u00a0](?:(?:al|el|as|es|ez|ad|ar)-)?[A-Z][\w’'-]{1,30}){0,3}"
_LEADS = (
    "in", "at", "near", "across", "inside", "on", "throughout", "around", "outside", "along", "off", "over", "into", "beneath",
    "entered", "reached", "hit", "struck", "shelled", "entering", "left", "bombed", "besieging", "reaching", "stormed", "raided", "captured", "recaptured", "retook", "besieged",
)  # fmt: skip
_SIDES = ("the", "northern", "southern", "eastern", "western", "central", "town", "city")
_SIZED = r"(?:[a-z]{3,9}ern|central|coastal|nearby|neighbouring|neighboring|besieged|occupied|contested|disputed|rebel-held|government-held|[a-z]{2,12}-[a-z]{2,12}|town|city|village|port|capital|province|district|island|border)"
_BREAK = re.compile(r";|, (?:whose|which|who|whom|among)\b|, and that\b| (?:while|whereas|but|because)\b|: ")
_SEATED = r"ministry|authorities|government|embassy|residents?|parliament|court|congress|based|born|educated"
_BEFORE_SEAT = re.compile(rf"\b(?:{_SEATED})\s{{1,3}}$", re.I)
_BEFORE_TALKS = re.compile(
    rf"\b(?:talks|meeting|meetings|negotiations|round|summit|conference|signed|office|offices|officials?|diplomats?|mediators?|reporters?|envoys?|{_SEATED})\s{{1,3}}$",
    re.I,
)
_HEALTH = re.compile(
    r"^(?:the )?(?P<land>[A-Z][\w'’-]{1,30}?)(?:['’]s)? (?:[a-z]{4,12}-?[a-z]{0,12} )?(?:health (?:ministry|authorit\w{1,4}|department|officials)|civil defen[cs]e|red cross|red crescent)\b",
    re.I,
)
_RUN_BY = re.compile(r"-(?:run|led|held|controlled|backed|appointed|linked|aligned|affiliated)$", re.I)  # "Front-run"
_SUPERLATIVE = re.compile(
    r"['’]s (?:(?:second|third|fourth|fifth|[a-z]{3,9}th)[ -])?(?:[a-z]{3,10}est|most|main|biggest|only)\b"
)
_LIES = re.compile(r",\s{1,3}(?:in|on|near|at|outside|of)\s{1,3}(?:the\s{1,3})?(?:[a-z]{2,10}\s{1,3})?")
# "the town" is one that was named before; it says nothing by itself
_NAMED_BEFORE = (
    "town",
    "city",
    "village",
    "region",
    "area",
    "capital",
    "district",
    "province",
    "plant",
    "side",
    "site",
    "front",
    "terminal",
)
_OF_NAME = re.compile(rf" of (?:the )?{_NAME}")
_MOST = 60
_UNCOUNTED = ("rate", "money")


class Place(NamedTuple):
    """A place in the text: where it stands, what it is called, and how sure it is (a name before a bare noun)."""

    start: int
    end: int
    name: str
    named: bool


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    sorts = "|".join(sorted(words_in("place_nouns"), key=len, reverse=True))
    lead = "|".join(_LEADS)
    led = rf"\b(?P<lead>{lead})\s{{1,3}}(?:the\s{{1,3}})?(?:{_SIZED}\s{{1,3}}){{0,3}}(?P<name>{_NAME})(?P<sort>\s{{1,3}}(?:{sorts})\b)?"
    of = rf"\b(?P<sort>{sorts})\s{{1,3}}of\s{{1,3}}(?:the\s{{1,3}})?(?P<name>{_NAME})"
    owned = rf"\bof\s{{1,3}}the\s{{1,3}}(?P<name>{_NAME})(?P<sort>\s{{1,3}}(?:{sorts}))\b"
    bare = rf"\b(?:in|at|on|along|outside|inside|across)\s{{1,3}}(?P<name>(?:the|both)\s{{1,3}}(?:[a-z-]{{2,14}}\s{{1,3}}){{0,2}}(?:{sorts}))\b(?!\s{{1,3}}of\b)"
    return re.compile(led), re.compile(of), re.compile(owned), re.compile(bare)


@cache
def _lies_in() -> re.Pattern[str]:
    """ "the Calveran | village of Orlen": the village is the place, and the name before it tells where that lies."""
    sorts = "|".join(sorted(words_in("place_nouns"), key=len, reverse=True))
    return re.compile(rf"\s{{1,3}}(?:{sorts})\s{{1,3}}of\s{{1,3}}(?:the\s{{1,3}})?[A-Z]")


def places(reading: Reading, sentence: Sentence, *, meetings: bool = False) -> tuple[Place, ...]:
    """The places of a sentence, each once; with `meetings` also those where talks are held."""
    text, start = sentence.span.text, sentence.span.start
    lies = _lies_in()
    elsewhere = _BEFORE_SEAT if meetings else _BEFORE_TALKS
    found: dict[int, Place] = {}
    for mention in reading.mentions:
        if sentence.span.holds(mention.span) and mention.kind in ("place", "government", "unknown"):
            lead = _lead(reading.text, mention, elsewhere)
            named = mention.name.lower().partition(" ")[0] not in words_in("not_places") and not _is_body(mention.name)
            within = lies.match(text, mention.span.end - start) is not None
            within = within or _SUPERLATIVE.match(text, mention.span.end - start) is not None  # "Ostria's largest port"
            if named and lead is not None and not within and not _is_source(reading, mention.span.start):
                end, name = _whole_name(reading.text, mention)
                found[mention.span.start] = _place(mention.span.start, end, name, lead)
    if not text.isupper():
        for match in islice((m for pattern in _patterns()[:3] for m in pattern.finditer(text)), _MOST):
            at = start + match.start("name")
            if match.start("sort") > match.start("name") and _OF_NAME.match(text, match.end()):
                continue  # "near the Karsk village of Dorrin": another pattern finds the village
            called = _name(reading, match, at, elsewhere)
            if called is not None and not any(p.start <= at < p.end for p in found.values()):
                found[at] = _place(at, start + match.end("name"), called, match.groupdict().get("lead"))
        for match in islice(_patterns()[3].finditer(text), _MOST):
            at = start + match.start("name")
            if match["name"].rsplit(" ", 1)[-1] in _NAMED_BEFORE:
                continue
            found.setdefault(at, Place(at, start + match.end(), match["name"], named=False))
    return _most_exact(sentence.span.text, start, [found[k] for k in sorted(found)])


def _whole_name(text: str, mention: Mention) -> tuple[int, str]:
    """ "the Strait of Amun", where only "Strait" was found."""
    after = _OF_NAME.match(text, mention.span.end) if mention.name.lower() in words_in("place_nouns") else None
    return (after.end(), mention.name + after[0]) if after else (mention.span.end, mention.name)


def _most_exact(text: str, offset: int, found: Sequence[Place]) -> tuple[Place, ...]:
    """ "In Dunmere, on the Calveran side of the border": the second only says where the first lies."""
    out: list[Place] = []
    for place in found:
        gap = text[out[-1].end - offset : place.start - offset] if out else ""
        if not out or len(gap) > 24 or _LIES.fullmatch(gap) is None:
            out.append(place)
    return tuple(out)


def _place(start: int, end: int, name: str, lead: str | None) -> Place:
    name = SPACES.sub(" ", name)
    return Place(start, end, f"near {name}" if lead == "near" else name, named=True)


def _name(reading: Reading, match: re.Match[str], at: int, elsewhere: re.Pattern[str]) -> str | None:
    """The name met, without a possessor; None for a month, a person, a body, a people, a source's seat."""
    name = match["name"]
    owned = re.split(r"['’]s(?:\s|$)", name)
    name = owned[-1] or owned[0]
    if name.split()[0].lower() in words_in("not_places") or name.endswith(("'", "’")):
        return None
    if _is_body(name):
        return None
    text, sort = match.string, match["sort"] or ""
    if name.lower() in words_in("place_nouns"):  # "the Strait of Amun"
        rest = _OF_NAME.match(text, match.end("name"))
        return f"{name}{rest[0]}" if rest else None
    kinds = [
        m.kind
        for m in reading.mentions
        if m.span.start <= at < m.span.end and (m.kind != "group" or m.span.start == at)  # "people in Dry Creek"
    ]
    if not sort and ("person" in kinds or "organisation" in kinds or "group" in kinds):
        return None
    if elsewhere.search(text, max(0, match.start() - 24), match.start()) or _is_source(reading, at):
        return None
    if not sort and _is_of_people(text, name, match.end()):
        return None
    return name + (SPACES.sub(" ", sort) if match.start("sort") > match.start("name") else "")


def _is_body(name: str) -> bool:
    """ "In the Tarnow National Council": a body, wherever it sits."""
    return name.rsplit(" ", 1)[-1].lower() in words_in("bodies")


def _is_of_people(text: str, name: str, end: int) -> bool:
    """True for a name that only says whose something is: "in Calveran custody", "in the Calveran village of Orlen"."""
    following = _WORD.match(text, end)
    return name.endswith(_OF_PEOPLES) and following is not None and following[1] not in _AFTER_PLACE


_OF_PEOPLES = ("an", "ian", "ese", "ish", "i")
_WORD = re.compile(r"\s{1,3}([a-z]{2,})")
_AFTER_PLACE = frozenset(
    [
        "on",
        "in",
        "at",
        "and",
        "or",
        "since",
        "after",
        "when",
        "during",
        "with",
        "where",
        "last",
        "this",
        "early",
        "late",
        "overnight",
        "was",
        "were",
        "has",
        "have",
        "had",
        "that",
        "who",
        "which",
        "for",
        "by",
        "from",
        "as",
        "before",
        "while",
        "near",
        "alone",
        "shortly",
        "again",
        "today",
        "yesterday",
        "earlier",
        "killed",
        "killing",
        "said",
        "says",
        "to",
        "of",
        "is",
        "are",
        "but",
    ]
)


def _lead(text: str, mention: Mention, elsewhere: re.Pattern[str]) -> str | None:
    """The word of place before a mention, an article or a side of the compass between; None where there is none."""
    words = text[max(0, mention.span.start - 30) : mention.span.start].lower().split()
    known = mention.kind != "unknown"
    if mention.span.text[:1].islower() or (
        known and mention.span.text != mention.name and mention.span.text.endswith(("n", "i", "ese"))
    ):
        return None
    if elsewhere.search(
        text, max(0, mention.span.start - 40), mention.span.start - len(words[-1] if words else "") - 1
    ):
        return None
    for word in reversed(words[-2:]):
        if word in _LEADS:
            return word
        if word not in _SIDES:
            return None
    return None


def _is_source(reading: Reading, at: int) -> bool:
    """ "The ministry in Orlen said": where the source sits is not where the figure was counted."""
    return any(s.source is not None and s.source.start <= at < s.source.end for s in reading.statements)


def place_of(found: Sequence[Place], text: str, span: Span, *, category: str) -> str | None:
    """The place nearest to a figure in its own clause; a bare "the hills" only right after it, where nothing has a name."""
    if category in _UNCOUNTED:
        return None
    reach = [(d, p) for p in found if p.named and (d := _distance(p, text, span)) is not None]
    if not reach:
        reach = [
            (d, p)
            for p in found
            if not p.named and 0 <= p.start - span.end <= 45 and (d := _distance(p, text, span)) is not None
        ]
    best = min(reach, key=lambda r: r[0], default=None)
    return None if best is None else best[1].name


def _distance(place: Place, text: str, span: Span) -> int | None:
    """How far a place stands from a figure; None where it stands in another clause."""
    low, high = (place.end, span.start) if place.end <= span.start else (span.end, place.start)
    if low > high:
        return 0
    between = text[low:high]
    if _BREAK.search(between) is not None:
        return None
    return high - low + 30 * between.count(" and ")


def land_of(claimant: str | None) -> str | None:
    """ "Meruvia's health ministry" counts in Meruvia: the land of a body that counts the dead of its own."""
    found = _HEALTH.match(claimant) if claimant else None
    if found is None or found["land"].lower() in ("the", "local", "national", "public"):
        return None
    of_people = (
        found["land"].endswith(_OF_PEOPLES) and found.end("land") < len(found[0]) and found[0][found.end("land")] == " "
    )
    return None if of_people or _RUN_BY.search(found["land"]) else found["land"]
