"""What a sentence says around an attribution: to whom, where or in what, and through which outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

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
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "told": re.compile(
            rf"\s+((?:the\s+)?{_NAME}(?:\s+(?:website|newspaper|daily|agency|news\s+agency|television|radio|channel|network))?"
            r"|(?:the\s+)?(?:[a-z]+\s+)?(?:reporters|journalists|lawmakers|supporters|workers|members|residents|delegates))"
        ),
        "to": re.compile(rf"\bto\s+((?:the\s+)?(?:{_NAME}|reporters|journalists))"),
        "venue": re.compile(
            rf"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Aa]ddressing|[Oo]n)\s+(?:an?|the|his|her|its|their)\s+((?:[\w’'-]+\s+){{0,3}}?(?:{_KIND})\b"
            rf"(?:\s+(?:with|in|on|to|at|by)\s+(?:the\s+)?(?:[\w’'-]+\s+){{0,3}}?{_NAME})?)"
        ),
        "posted": re.compile(
            r"\bon\s+((?:its|his|her|their|the)\s+(?:[\w’'-]+\s+){0,2}?(?:website|page|account|channel|blog)|X|Twitter|Facebook|Telegram|Truth Social|Instagram)\b"
        ),
        "via": re.compile(
            rf"(?:,\s*((?:the\s+)?{_NAME})\s+(?:reported|reports|said|quoted (?:him|her|them) as saying)\s*[.,]?\s*$)"
            rf"|(?:(?:cited|quoted|carried|published|reported|broadcast|aired|relayed)\s+by\s+((?:the\s+)?{_NAME}))"
        ),
    }


_HEARER_CUES = ("told", "tell", "tells", "telling", "informed", "informs", "assured", "reminded", "notified", "asked")


def circumstances(
    reading: Reading, sentence: Sentence | None, source: Span | None, cue: Span | None, content: Sequence[Span]
) -> Circumstances:
    """What stands in the cue's sentence outside of source, cue and content."""
    if cue is None or sentence is None or len(sentence.span) > 4000:
        return Circumstances()
    rest = _rest(reading, sentence.span, [*([source] if source else []), *content])
    return Circumstances(_addressee(reading, cue, content), _venue(rest), _via(rest))


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


def _addressee(reading: Reading, cue: Span, content: Sequence[Span]) -> str | None:
    after = reading.text[cue.end : cue.end + 120]
    limit = min((c.start for c in content if c.start >= cue.end), default=cue.end + 120) - cue.end
    after = after[: max(limit, 0)]
    words = cue.text.lower().split()
    if words and words[-1] in _HEARER_CUES:
        match = _patterns()["told"].match(after)
    else:
        match = _patterns()["to"].match(after.lstrip())
    return _tidy(match.group(1)) if match else None


def _venue(rest: str) -> str | None:
    match = _patterns()["venue"].search(rest) or _patterns()["posted"].search(rest)
    return _tidy(match.group(1)) if match else None


def _via(rest: str) -> str | None:
    match = _patterns()["via"].search(rest)
    return _tidy(match.group(1) or match.group(2)) if match else None


def _tidy(text: str) -> str:
    words = " ".join(text.split()).rstrip(".,")
    return words.removeprefix("the ").removesuffix("’s").removesuffix("'s")
