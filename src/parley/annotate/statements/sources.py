"""The source of an attribution, mended by the words around it: the name signed below, the owner of a demand, who gave the interview.

A finder looks for a name near the cue, and finds the place, the outlet that asked, or the one who walked out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from parley.annotate.language.grammar import PRONOUNS, word_set
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.rules import RawAttribution
from parley.codebooks import lexicon

_PLACED = word_set("in at on near outside inside to via")
_SIGNED = re.compile(r"[\s”\"’]{0,4}(?:[―—–]|--?)[ \u00a0]{0,2}(\w[^\n;:!?“”\"]{1,80})(?=\n|\Z)")
_NAMED = re.compile(r"(?:^|\n)[ \t\u00a0]{0,4}([A-Z][\w.’' \u00a0-]{1,40}?)[ \u00a0]?:[\s\u00a0]{0,3}\Z")
_LED_IN = re.compile(r"(?:In|At|On|From|Outside|Speaking|Earlier|Meanwhile)\b[^,]{0,60}(?=, )")
_OF_WHICH = re.compile(r"(?:[a-z]+[ \u00a0]){1,3}of[ \u00a0](?:which|whom)[ \u00a0](?=[A-Z])")
_RELATIVE = re.compile(
    r"(?:[\w$’'-]+[ \u00a0]){0,8}?(?:that|which|whom|what|where|in[ \u00a0]which)[ \u00a0]"
    r"(?P<who>(?:(?:the|an?|its|his|her|their|some|many)[ \u00a0](?:[\w’'-]+[ \u00a0]){0,2}[\w’'-]+|it|he|she|they"
    r"|[A-Z][\w’'-]*(?:[ \u00a0][\w’'-]+){0,3}|(?:[\w’'-]+[ \u00a0])?[a-z]{3,}s))\Z"
)
"""What a relative clause says of a thing, up to whoever acts in it."""
_TO_WHOM = re.compile(r"(?P<who>[A-Z][\w’'. \u00a0-]{1,40}?)[ \u00a0](?P<to>to)[ \u00a0][\w’' \u00a0-]{2,40}")
_HELPED = 20
"""Characters between a source and its cue at most, for "has also" and their like."""
_REPORTED_BY = re.compile(
    r"it[ \u00a0](?:was|is|has[ \u00a0]been)[ \u00a0](?:[a-z]+ly[ \u00a0])?[a-z]{3,12}ed[ \u00a0]by[ \u00a0](?=\w)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"[ \u00a0\n]+(?:is|was|has[ \u00a0\n]+(?:also[ \u00a0\n]+)?been|had[ \u00a0\n]+been)[ \u00a0\n]+(?:(?:also|widely|now|being)[ \u00a0\n]+)?"
    r"(?:[a-z]{3,12}ed|said|told|known|understood|thought|felt|learnt|shown|heard)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:interview|conversation|briefing|podcast|remarks|comments|statement|article|essay|letter)[ \u00a0]"
    r"(?:with|to|for|on|in)[ \u00a0](?:(?:the|a|an|his|her|state|local)[ \u00a0]){0,2}\Z",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"[ ,\u00a0](?P<who>{'|'.join(sorted(PRONOUNS - {'it', 'who', 'we', 'i', 'you'}))})[ \u00a0](?:\w+[ \u00a0]){{0,2}}\Z",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"(?<![\w’'-])(?P<who>(?:the|The|its|their|his|her)[ \u00a0](?:[\w-]+[ \u00a0]){0,2}[\w-]+|[A-Z][\w-]*(?:[ \u00a0][A-Z][\w-]*){0,3})"
    r"[’']s?[ \u00a0](?:[a-z-]+[ \u00a0]){0,2}\Z"
)
_PRINTED = word_set("published printed aired broadcast carried released")
_FAR = 80


def source_alone(text: str, raw: RawAttribution) -> RawAttribution:
    """The source without the place in front of it ("In Haverstad, the minister said"), and nobody where "it was reported".

    Two whom a semicolon parts do not speak as one: whoever stands beside the cue does ("according to the firm; the union says").
    """
    raw = _owner(text, _not_who_asked(text, _beside_cue(text, _addressed(text, raw))))
    if raw.source is None:
        return raw
    start, end = raw.source
    if raw.cue is not None and ";" in text[start:end]:
        behind = raw.cue[1] <= start
        start, end = (start, text.index(";", start)) if behind else (text.rindex(";", start, end) + 1, end)
        start += len(text[start:end]) - len(text[start:end].lstrip())
    hangs = _RELATIVE.match(text, start, end)
    if hangs is not None and raw.cue is not None and 0 < raw.cue[0] - end <= _HELPED:
        start = hangs.start("who")  # "a fund that the union says holds $210 million"
    comma = text.find(", ", start, end)
    if comma > 0 and (_is_placed(text, start, raw.cue) or _LED_IN.match(text, start, end)):
        start = comma + 2
    found = _OF_WHICH.match(text, start, end) or _REPORTED_BY.match(text, start, end)
    if found is not None:
        start = found.end()
    source = (start, end) if text[start:end].strip() and not _is_nobody(text, (start, end), raw.cue) else None
    return raw if source == raw.source else replace(raw, source=source)


def _is_nobody(text: str, source: Pair, cue: Pair | None) -> bool:
    """ "It has been reported that", "it is said that": the word stands for what follows."""
    if cue is None or text[source[0] : source[1]].lower() != "it" or not 0 < cue[1] - source[1] < 40:
        return False
    return _PASSIVE.fullmatch(text, source[1], cue[1]) is not None


def _is_placed(text: str, start: int, cue: Pair | None) -> bool:
    """True behind "in", "at" ... that is no part of the cue: what follows is a place, or an outlet."""
    begin = max(0, start - 12)
    if cue is not None and cue[1] <= start and cue[1] > begin:
        return False
    words = text[begin:start].replace("\u00a0", " ").split()
    return bool(words) and text[start - 1].isspace() and words[-1].lower() in _PLACED


def signature(text: str, end: int) -> Pair | None:
    """Where the name stands that is signed, behind a dash, under what ends there."""
    under = _SIGNED.match(text, end)
    words = under[1].split() if under is not None else []
    return under.span(1) if under is not None and len(words) <= 12 and any(w[0].isupper() for w in words) else None


def signed(text: str, raw: RawAttribution) -> RawAttribution:
    """A quotation without a source gets the name signed under it, or printed before it with a colon."""
    if raw.source is not None or raw.cue is not None:
        return raw
    under = signature(text, raw.content[-1][1])
    if under is not None:
        return replace(raw, source=under)
    start = raw.content[0][0]
    begin = max(0, start - 60)
    before = _NAMED.search(text[begin:start])
    if before is not None and len(before[1].split()) <= 5:
        colon = text.rfind(":", begin, start)
        return replace(raw, source=(begin + before.start(1), begin + before.end(1)), cue=(colon, colon + 1))
    return raw


def _addressed(text: str, raw: RawAttribution) -> RawAttribution:
    """ "*Vahl to reporters*: no deal": Vahl, and "to" is what tells that he speaks."""
    if raw.source is None or raw.cue is None or text[slice(*raw.cue)] != ":" or raw.cue[0] - raw.source[1] > 1:
        return raw
    found = _TO_WHOM.fullmatch(text, *raw.source)
    return raw if found is None else replace(raw, source=found.span("who"), cue=found.span("to"))


def _beside_cue(text: str, raw: RawAttribution) -> RawAttribution:
    """A source that runs on past its cue is the side of it that is nobody's words: "*he* also withheld support from both",
    "without Vahl, warned *the spokeswoman*".
    """
    if raw.source is None or raw.cue is None or not raw.source[0] < raw.cue[0] < raw.cue[1] <= raw.source[1]:
        return raw
    before, behind = _stripped(text, raw.source[0], raw.cue[0]), _stripped(text, raw.cue[1], raw.source[1])
    if text[slice(*before)].lower() in PRONOUNS:
        return replace(raw, source=before)
    said = any(start < before[1] and before[0] < end for start, end in raw.content)
    return replace(raw, source=behind) if said and behind[0] < behind[1] else raw


def _stripped(text: str, start: int, end: int) -> Pair:
    while start < end and text[start] in " ,\u00a0":
        start += 1
    while end > start and text[end - 1] in " ,\u00a0":
        end -= 1
    return start, end


def is_printed_in(text: str, raw: RawAttribution) -> bool:
    """True for "in an interview with the Herald published on Tuesday": who printed it said nothing of what follows."""
    if raw.source is None or raw.cue is None or text[slice(*raw.cue)].lower() not in _PRINTED:
        return False
    return _ASKED.search(text, max(0, raw.source[0] - _FAR), raw.source[0]) is not None


def _not_who_asked(text: str, raw: RawAttribution) -> RawAttribution:
    """ "In an interview with the Herald on Tuesday he said": the words are his, or of nobody that is named so near."""
    if raw.source is None or raw.cue is None or not _ASKED.search(text, max(0, raw.source[0] - _FAR), raw.source[0]):
        return raw
    between = text[raw.source[1] : raw.cue[0]]
    if "\n" in between or len(between) > 2 * _FAR or len(between) < 2:
        return raw
    subject = _SUBJECT.search(between)
    start = raw.source[1] + subject.start("who") if subject is not None else 0
    return replace(raw, source=(start, start + len(subject["who"])) if subject is not None else None)


def _owner(text: str, raw: RawAttribution) -> RawAttribution:
    """ "Norbus walked out over the union's insistence that ...": it is the union that insists."""
    if raw.cue is None or raw.source is None or raw.source[1] >= raw.cue[0] - 3:
        return raw
    if text[slice(*raw.cue)].split(" ")[0].lower() not in _said_nouns():
        return raw
    begin = max(raw.source[1], raw.cue[0] - _FAR)
    owner = _OWNER.search(text, begin, raw.cue[0])
    if owner is None or "," in text[owner.end("who") : raw.cue[0]]:
        return raw
    return replace(raw, source=owner.span("who"))


@cache
def _said_nouns() -> frozenset[str]:
    return frozenset(form for row in lexicon("cues")["said_noun"] for form in row["forms"])
