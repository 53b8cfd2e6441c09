"""What a sentence says around an attribution: to whom, where or in what, and through which outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parley.annotate.language.grammar import MONTHS, TIMES, word_set
from parley.data import Reading, Sentence, Span


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`told AFP` -> addressee; `in an interview with Al-Aqsa TV` -> venue; `Reuters reported` -> via."""

    addressee: str | None = None
    venue: str | None = None
    via: str | None = None


_NAME = r"[A-Z][\w’'.&-]*(?:[ \u00a0](?:of[ \u00a0]|the[ \u00a0]|&[ \u00a0])?[A-Z0-9][\w’'.&-]*){0,5}"
_KIND = (
    r"interview|press conference|news conference|conference|briefing|statement|speech|address|event|rally|meeting|letter"
    r"|tweet|post|message|broadcast|hearing|debate|summit|phone call|telephone call|video|remarks|op-ed|article|report|email"
    r"|note|memo|sermon|session|vigil|funeral|ceremony|gathering|forum|seminar|programme|program|show|podcast|bulletin|communique|communiqué"
    r"|readout|filing|release|inauguration"
)
_HEARERS = (
    r"reporters|journalists|lawmakers|legislators|senators|supporters|workers|members|residents|delegates|employees|staff"
    r"|students|voters|investors|analysts|diplomats|officials|colleagues|mourners|troops|soldiers|shareholders|strikers"
    r"|parliament|congress|crowd|crowds|audience|nation|clients|correspondents|listeners|viewers|readers|ministers|deputies|villagers"
    r"|mediators|cabinet|chamber|assembly|senate|government|governments"
)
_TIME = (
    r"(?:(?:late|early)\s+)?(?:on\s+)?(?:last\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today)"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
)
# "said on the jetty", "told reporters outside the Harbour Hotel", "said in Toven": the place right behind the cue.
_PLACE = (
    rf"\s*(?:{_TIME}\s+)?(?:(?:up)?on\s+(?:(?:his|her|their)\s+)?(?:arrival|arriving|return|returning)\s+)?(?:(?:at|on|outside|aboard|inside|near)\s+((?:the|an?|his|her|their)\s+[^\W\d][\w’'-]*(?:\s+[\w’'-]+){{0,7}}"
    rf"|{_NAME})|(?:in|from)\s+({_NAME}))"
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "told": re.compile(
            rf"\s+((?:the\s+)?{_NAME}(?:\s+(?:state\s+)?(?:website|newspaper|daily|agency|news\s+agency|television|radio|TV|media|channel|network))?"
            rf"|(?:the\s+)?(?:state|national|public|local|private|regional)(?:-run|-owned)?\s+(?:television|TV|radio|media)\b"
            rf"|(?:(?:foreign|local|state)\s+)?(?:reporters|journalists)\b"
            rf"|(?:an?\s+|the\s+|his\s+|her\s+|its\s+|their\s+)?(?:[a-z]+\s+)?(?:{_HEARERS})\b(?:\s+at\s+{_NAME})?"
            rf"|(?:(?:several|some|many)\s+)?(?:hundreds|thousands|dozens|thousand|hundred)\s+(?:of\s+)?(?:[a-z]+\s+)?(?:{_HEARERS})\b"
            rf"|(?:us|this\s+(?:newspaper|paper|reporter|magazine|website|channel|agency))\b)"
        ),
        "named": re.compile(
            rf"\s+(?:the\s+)?(?:[^\W\d_][\w-]*\s+){{0,3}}?(?:broadcaster|channel|newspaper|daily|weekly|monthly|agency|network|magazine|website|station)\s+({_NAME})"
        ),
        "gathering": re.compile(
            rf"\s+(?:an?|the|his|her|its|their)\s+((?:[\w’'-]+\s+){{0,3}}?(?:{_KIND})\b(?:\s+(?:in|at|on|of)\s+{_NAME})?)"
        ),
        "to": re.compile(rf"(?:{_TIME}\s+)?to\s+((?:the\s+)?(?:{_NAME}|reporters|journalists|(?:{_HEARERS})\b))"),
        "venue": re.compile(
            rf"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Aa]ddressing|[Oo]n)\s+(?:the\s+(?:start|opening|beginning|end|close|sidelines|margins)\s+of\s+)?"
            rf"(?:(?:an?|the|his|her|its|their)\s+|(?=(?:opening|closing|televised|prepared|separate)\s))((?:(?!of\s)[\w’'-]+\s+){{0,3}}?(?:{_KIND})\b"
            rf"(?:\s+(?:with|in|on|to|at|by|from|of)\s+(?:the\s+|this\s+)?(?:(?:[\w-]+\s+)?capital\s+|(?:[a-z][\w’'-]*\s+){{0,3}}?)(?:{_NAME}|magazine|newspaper|{_HEARERS}))?)"
        ),
        "speaking": re.compile(rf"\b[Ss]peaking(?:\s+to\s[\w’' ]{{1,40}}?)?(?={_PLACE})"),
        "spoken": re.compile(rf"\b[Ss]peaking\s+to\s+((?:the\s+)?{_NAME}|(?:the\s+)?(?:{_HEARERS})\b)"),
        "lent": re.compile(
            rf"\b(?:quoted|cited|carried|reported)\s+by\s+((?:the\s+)?(?:[a-z][a-z-]*\s+){{0,3}}?{_NAME})"
        ),
        "place": re.compile(_PLACE),
        "posted": re.compile(
            r"\bon\s+((?:its|his|her|their|the)\s+(?:[\w’'-]+\s+){0,2}?(?:website|page|account|channel|blog)|X|Twitter|Facebook|Telegram"
            r"|Truth Social|Instagram|(?:(?:state|national|live|local)\s+)?(?:television|radio|TV))\b"
        ),
        "via": re.compile(
            rf"(?:,\s*((?:the\s+)?{_NAME}|(?:[\w-]+\s+)?(?:state|local)\s+(?:media|television|radio))"
            rf"\s+(?:reported|reports|said|quoted (?:him|her|them) as saying)\s*[.,]?\s*$)"
            rf"|(?:\b(?:cited|quoted|carried|published|reported|broadcast|aired|relayed|distributed|released)\s+(?:as\s+saying\s+)?(?:by|on|in)\s+"
            rf"((?:the\s+)?(?:{_NAME}(?:\s+(?:state\s+media|state\s+television))?|(?:[\w-]+\s+)?(?:state|local)\s+(?:media|television|radio)|news\s+agency|newspaper)))"
            rf"|(?:\b(?:through|via)\s+(?:its|the|his|her|their)\s+(?:[a-z-]+\s+){{0,2}}({_NAME}(?:\s+(?:news\s+)?(?:agency|television|radio))?))"
            rf"|(?:,\s*according\s+to\s+((?:the\s+)?{_NAME})\s*[.,]?\s*$)"
        ),
    }


_TELEPHONE = re.compile(r"\b(?:by|over the|via) (?:tele)?phone\b")
_HEARER_CUES = (
    "told",
    "tell",
    "tells",
    "telling",
    "informed",
    "informs",
    "assured",
    "reminded",
    "notified",
    "asked",
    "to",
)
_ASSEMBLIES = word_set("parliament congress senate knesset bundestag")
VENUE_WORDS = frozenset(_KIND.replace("|", " ").split())
_POSTED_WORDS = word_set(
    "website page account channel blog x twitter facebook telegram social instagram television radio tv"
)
# Heads of phrases that look like places and are none: "on the issue of", "at the time", "on the eve of".
_NO_PLACE = (
    word_set(
        """
    issue matter question topic subject basis grounds condition time moment end beginning start eve day week month
    year morning afternoon evening night weekend phone telephone record spot face back strength same first last
    return way arrival departure next other one outset risk whole latest need
    """
    )
    | TIMES
    | MONTHS
    | frozenset(month.rstrip(".") for month in MONTHS)
)
_NO_END_OF_PLACE = _NO_PLACE | word_set("on in at of the")
_DAYS = TIMES | MONTHS
_OPENS_TIME = _DAYS | word_set("late early last")
_LEADS = word_set("the a an his her their")
_CUT = word_set(
    "where that who which when while after before as and but amid with to for during following saying adding he she they"
)


def circumstances(
    reading: Reading, sentence: Sentence | None, source: Span | None, cue: Span | None, content: Sequence[Span]
) -> Circumstances:
    """What stands in the cue's sentence outside of source, cue and content."""
    if cue is None or sentence is None or len(sentence.span) > 4000:
        return Circumstances()
    rest = _rest(reading, sentence.span, [*([source] if source else []), *content])
    after = _after(reading.text, cue, [*content, *([source] if source else [])], sentence.span.end)
    addressee, venue, end = _hearer(reading, cue, after)
    words = {word.strip(",.:;") for word in rest.lower().split()}
    venue = venue or _venue(rest, words) or _place(after[end:]) or _spoken_at(rest) or _by_telephone(rest, words)
    return Circumstances(addressee or _spoken_to(rest) or _written_to(venue), venue, _via(rest) or _lent(source))


def _rest(reading: Reading, sentence: Span, taken: Sequence[Span]) -> str:
    """The sentence with what is taken blanked out by one mark, so that no pattern reaches across."""
    out: list[str] = []
    at = sentence.start
    for span in sorted(taken, key=lambda s: s.start):
        if span.end <= at or span.start >= sentence.end:
            continue
        out.append(reading.text[at : max(at, span.start)])
        out.append("|")
        at = max(at, min(span.end, sentence.end))
    out.append(reading.text[at : sentence.end])
    return "".join(out)


def _after(text: str, cue: Span, taken: Sequence[Span], end: int) -> str:
    """What follows the cue, or the source behind it, up to the next part of the attribution."""
    start = next((s.end for s in taken if 0 <= s.start - cue.end <= 2), cue.end)
    limit = min((s.start for s in taken if s.start >= start), default=end)
    return text[start : max(start, min(limit, start + 160, end))]


def _hearer(reading: Reading, cue: Span, after: str) -> tuple[str | None, str | None, int]:
    """Whom a hearer cue names, or the gathering that it was told; and where in `after` that ends."""
    words = cue.text.lower().split()
    if words and words[-1] in _HEARER_CUES:
        return _told(reading, after)
    match = _patterns()["to"].match(after.lstrip())
    return (_tidy(match[1]), None, match.end() + 1) if match else (None, None, 0)


def _told(reading: Reading, after: str) -> tuple[str | None, str | None, int]:
    gathering = _patterns()["gathering"].match(after)
    if gathering is not None:
        return None, _without_time(_tidy(gathering[1])), gathering.end()
    match = _patterns()["named"].match(after) or _patterns()["told"].match(after)
    if match is None:
        return None, None, 0
    hearer = _tidy(match[1])
    if hearer.lower() == "us" or hearer.lower().startswith("this "):
        return reading.article.outlet, None, match.end()
    for article in ("a ", "an ", "his ", "her ", "its ", "their "):
        hearer = hearer.removeprefix(article)
    return hearer, hearer if hearer.lower() in _ASSEMBLIES else None, match.end()


def _venue(rest: str, words: set[str]) -> str | None:
    match = _patterns()["venue"].search(rest) if words & VENUE_WORDS else None
    if match is None and words & _POSTED_WORDS:
        match = _patterns()["posted"].search(rest)
    return _without_time(_tidy(match[1])) if match else None


def _without_time(venue: str) -> str:
    """ "A news conference on Tuesday": the day is no part of the venue."""
    words = venue.split()
    while len(words) > 1 and (words[-1].lower() in _DAYS or words[-1] in ("on", "in", "at", "of")):
        words.pop()
    return " ".join(words)


def _written_to(venue: str | None) -> str | None:
    """ "In an email to employees": they are told."""
    head, link, hearer = (venue or "").partition(" to ")
    return hearer if link and head.split()[-1] in ("email", "letter", "message", "note", "memo", "address") else None


def _place(after: str) -> str | None:
    """ "said at the dock gates on Thursday": the place right behind the cue."""
    match = _patterns()["place"].match(after)
    return _place_of(match[1] or match[2]) if match else None


def _by_telephone(rest: str, words: set[str]) -> str | None:
    """ "Told the agency by telephone", "when reached by phone"."""
    return "telephone" if words & {"telephone", "phone"} and _TELEPHONE.search(rest) else None


def _spoken_at(rest: str) -> str | None:
    if "peaking" not in rest:
        return None
    match = _patterns()["speaking"].search(rest)
    return _place(rest[match.end() :]) if match else None


def _place_of(phrase: str) -> str | None:
    kept: list[str] = []
    for word in phrase.split():
        low = word.lower().strip(",.")
        if kept and (low in _CUT or (low in ("on", "in", "at", "late", "early", "last") and _is_time(phrase, word))):
            break
        kept.append(word)
    while kept and kept[-1].lower().strip(",.") in _NO_END_OF_PLACE:
        kept.pop()
    while len(kept) > 1 and kept[0].lower() in _LEADS:
        del kept[0]
    first = kept[0].lower().strip(",.") if kept else ""
    return None if not first or first in _NO_PLACE or first[0].isdigit() else _tidy(" ".join(kept))


def _is_time(phrase: str, preposition: str) -> bool:
    following = phrase.partition(f" {preposition} ")[2].split()
    return bool(following) and following[0].lower().strip(",.") in _OPENS_TIME


def _spoken_to(rest: str) -> str | None:
    """ "Speaking to dpa, she said"."""
    match = _patterns()["spoken"].search(rest) if "peaking" in rest else None
    return _tidy(match[1]) if match else None


def _via(rest: str) -> str | None:
    match = _patterns()["via"].search(rest)
    name = _tidy(match[1] or match[2] or match[3] or match[4]) if match else ""
    return name if name and name.split()[0].lower() not in TIMES | MONTHS else None


def _lent(source: Span | None) -> str | None:
    """ "The border guards, quoted by the Kell news agency, said": who passes it on stands within the source."""
    match = _patterns()["lent"].search(source.text[:400]) if source is not None and " by " in source.text else None
    return _tidy(match[1]) if match else None


def _tidy(text: str) -> str:
    words = " ".join(text.split()).rstrip(".,")
    return words.removeprefix("the ").removesuffix("’s").removesuffix("'s")
