"""Who passes on whose words: "Reuters quoted two officials as saying", "the paper reported, citing an aide, that".

The words are those of whoever is quoted, and the one who quotes is the `via` of the statement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from parley.annotate.statements.rules import RawAttribution

_AS_SAYING = re.compile(
    r"(?:(?P<who>[^\n;:.,“”\"]{2,90}?),?[ \u00a0])?as[ \u00a0](?:saying|telling[ \u00a0](?:\w+[ \u00a0]){0,3}\w+)(?:[ \u00a0]that)?[ \u00a0:,]*",
    re.IGNORECASE,
)
_CITING = re.compile(
    r"[^;:“”\"\n]{0,30}?,?[ \u00a0](?:citing|quoting)[ \u00a0](?P<who>[^;:“”\"\n]{3,120}?),?(?:[ \u00a0]as[ \u00a0]saying)?(?:,?[ \u00a0]that)?[ \u00a0]*\Z"
)
_OPENS = re.compile(
    r"(?:citing|quoting)[ \u00a0](?P<who>[^;:“”\"\n]{3,120}?),[ \u00a0](?:that[ \u00a0])?", re.IGNORECASE
)
_WHO_THAT = re.compile(r"(?P<who>[^;:,“”\"\n]{3,90}),[ \u00a0]that[ \u00a0]")
_REFERS = re.compile(r"referring[ \u00a0]to|citing|quoting|with[ \u00a0]reference[ \u00a0]to", re.IGNORECASE)
_QUOTES = re.compile(r"\b(?:quot|cit|report)(?:e|es|ed|s|ing)?\b", re.IGNORECASE)
_NEAR = 80
_BY = re.compile(r"(?:quoted|cited|carried|reported)[ \u00a0]by[ \u00a0]", re.IGNORECASE)


def relayed(text: str, raw: RawAttribution) -> RawAttribution:
    """The attribution with whoever is quoted as its source, and who quotes as its `via`."""
    if raw.cue is None:
        return raw
    first = raw.content[0]
    found = _AS_SAYING.match(text, *first)
    if found is None and 0 < first[0] - raw.cue[1] < 120:
        found = _AS_SAYING.fullmatch(text, raw.cue[1] + 1, first[0])
    if found is None and raw.content[-1][1] <= raw.cue[0]:
        behind = _AS_SAYING.match(text, raw.cue[1] + 1, raw.cue[1] + _NEAR)
        if behind is not None and behind["who"]:
            return _of_whom(text, raw, behind)
    if found is not None and found.end() < first[1]:
        said = replace(raw, content=((max(found.end(), first[0]), first[1]), *raw.content[1:]))
        return _of_whom(text, said, found) if found["who"] else said
    if raw.source is not None and _REFERS.fullmatch(text, *raw.cue):
        # "The agency's correspondent reports, referring to the Border Service, that ..."
        named = _WHO_THAT.match(text, *first)
        if len(raw.content) > 1:
            return replace(raw, source=first, content=raw.content[1:], via=text[slice(*raw.source)])
        if named is not None:
            content = (named.end(), first[1])
            return replace(raw, source=named.span("who"), content=(content,), via=text[slice(*raw.source)])
    opens = _OPENS.match(text, *first)
    if opens is not None and _QUOTES.search(text[slice(*raw.cue)]) is not None and raw.source is not None:
        return _of_whom(text, replace(raw, content=((opens.end(), first[1]), *raw.content[1:])), opens)
    if not 0 <= first[0] - raw.cue[1] <= 160 or raw.source is None:
        return raw
    cited = _CITING.match(text, raw.cue[1], first[0])
    return _of_whom(text, raw, cited) if cited is not None else raw


def _of_whom(text: str, raw: RawAttribution, found: re.Match[str]) -> RawAttribution:
    """The one quoted as the source; an outlet that only stands behind "by" is already no source."""
    start, end = found.span("who")
    if raw.source is None or raw.cue is None or _QUOTES.search(text[slice(*raw.cue)]) is None:
        return raw
    if _BY.search(text[raw.cue[0] : end]) is not None:
        return raw
    return replace(raw, source=(start, end), via=text[slice(*raw.source)])
