"""What a finder's attributions lack, mended by the words around them; and those that are no statements left out.

A finder looks at one stretch of words at a time, and some things show only from beside it: the name signed under a quotation,
the speaker's name in front of a colon, the outlet that passes on what somebody else said, the preposition that makes a name
a place. Each mend is one function; a finder that needs none of them loses nothing by them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from parley.annotate.circumstances import VENUE_WORDS
from parley.annotate.grammar import MONTHS, OBJECT_PRONOUNS, PRONOUNS, TIMES, word_set
from parley.annotate.ranges import ByPlace, Ranges
from parley.annotate.sentence_view import Pair
from parley.annotate.statements_rules import RawAttribution
from parley.codebooks import lexicon
from parley.data import Quotation, Reading, Sentence

_PLACED = word_set("in at on near outside inside to via")
_SIGNED = re.compile(r"[\s”\"’]{0,4}(?:[―—–]|--?)[ \u00a0]{0,2}(\w[^\n;:!?“”\"]{1,80})(?=\n|\Z)")
_NAMED = re.compile(r"(?:^|\n)[ \t\u00a0]{0,4}([A-Z][\w.’' \u00a0-]{1,40}?)[ \u00a0]?:[\s\u00a0]{0,3}\Z")
_AS_SAYING = re.compile(
    r"as[ \u00a0](?:saying|telling[ \u00a0](?:\w+[ \u00a0]){0,3}\w+)(?:[ \u00a0]that)?[ \u00a0]+", re.IGNORECASE
)
# "Nine people died, all but two of them soldiers": a part of those just counted belongs to what was said.
_SUBSET = re.compile(
    r",[ \u00a0](?:including\b|among[ \u00a0](?:them|whom)\b|(?:[\w-]+[ \u00a0]){1,3}of[ \u00a0](?:them|whom)\b|(?:up|down)[ \u00a0]from\b|compared[ \u00a0]with\b)"
)
_LED_IN = re.compile(r"(?:In|At|On|From|Outside|Speaking|Earlier|Meanwhile)\b[^,]{0,60}(?=, )")
_OF_WHICH = re.compile(r"(?:[a-z]+[ \u00a0]){1,3}of[ \u00a0](?:which|whom)[ \u00a0](?=[A-Z])")
_REPORTED_BY = re.compile(
    r"it[ \u00a0](?:was|is|has[ \u00a0]been)[ \u00a0](?:[a-z]+ly[ \u00a0])?[a-z]{3,12}ed[ \u00a0]by[ \u00a0](?=\w)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"[ \u00a0\n]+(?:is|was|has[ \u00a0\n]+(?:also[ \u00a0\n]+)?been|had[ \u00a0\n]+been)[ \u00a0\n]+(?:(?:also|widely|now|being)[ \u00a0\n]+)?"
    r"(?:[a-z]{3,12}ed|said|told|known|understood|thought|felt|learnt|shown|heard)",
    re.IGNORECASE,
)
_EMPTY = PRONOUNS | OBJECT_PRONOUNS | word_set("which that this these those so what whom whose as an the")
# Prepositions that what is said goes on with; a finder cuts at them, and is right about the time and place behind others.
_GOES_ON = word_set("of for in by on at with from to")
_FEW = 40
_TELLS = TIMES | MONTHS | VENUE_WORDS
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that what is said cannot end with.
_HANGING = word_set("and or since of for in by on at with from to the a an its their")
_STOPS = frozenset(',;:—–()“”".!?…') | {"--", "..."}
# Acts that, inside of what somebody says, are as likely to tell of deeds as of words.
_NO_WORDS = word_set("show seem intend think")
_HELPERS = word_set("has have had is are was were be been will would did do does not never also n't")


def mend(
    reading: Reading, raws: Sequence[RawAttribution], sentences: ByPlace[Sentence], quotes: ByPlace[Quotation]
) -> list[RawAttribution]:
    """The attributions, mended, without bare acts."""
    text = reading.text
    out = [_in_pieces(text, _saying(text, _source_alone(text, raw))) for raw in raws]
    out = [raw for raw in out if not is_bare_act(text, raw) and not all(_is_empty(text, p) for p in raw.content)]
    return _to_the_clause_end(text, out, sentences, quotes)


# ---------------------------------------------------------------- sources


def _source_alone(text: str, raw: RawAttribution) -> RawAttribution:
    """The source without the place in front of it ("In Haverstad, the minister said"), and nobody where "it was reported"."""
    if raw.source is None:
        return raw
    start, end = raw.source
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


def _saying(text: str, raw: RawAttribution) -> RawAttribution:
    """ "was quoted as saying that ...": the words of the cue are not what was said."""
    first = raw.content[0]
    match = _AS_SAYING.match(text, *first)
    if match is None or match.end() >= first[1]:
        return raw
    return replace(raw, content=((match.end(), first[1]), *raw.content[1:]))


def _in_pieces(text: str, raw: RawAttribution) -> RawAttribution:
    """Pieces of content with nothing between them are one; a piece of nothing but "an" or "that" is none."""
    if len(raw.content) == 1:
        return raw
    pieces: list[Pair] = []
    for start, end in raw.content:
        if pieces and not text[pieces[-1][1] : start].strip(" \u00a0"):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    kept = [p for p in pieces if not _is_empty(text, p)]
    return replace(raw, content=tuple(kept or pieces))


# ---------------------------------------------------------------- no statements


@cache
def _acts() -> dict[str, frozenset[str]]:
    """What follows a verb that then reports an act and no words: verb forms -> kinds of object (`to`, `noun`)."""
    out: dict[str, frozenset[str]] = {}
    for row in lexicon("cues")["act"]:
        for form in row["forms"]:
            out[form] = frozenset(row["with"])
    return out


def is_bare_act(text: str, raw: RawAttribution) -> bool:
    """True for "rejected the paper", "refused to sign", "agreed to meet": something was done, and no words are told."""
    if raw.cue is None:
        return False
    if _is_question_put(text, raw):
        return True
    words = [w for w in text[raw.cue[0] : raw.cue[1]].lower().replace("’", "'").split() if w not in _HELPERS]
    kinds = _acts().get(words[0]) if words else None
    if kinds is None:
        return False
    if "that" in text[raw.cue[1] : raw.content[0][0]][:20].lower().split():
        return False
    content = text[raw.content[0][0] : raw.content[-1][1]]
    if any(mark in content for mark in '“”"‘'):
        return False
    first = [*words[1:], *content.lower().replace("’", "'").split()[:8]]
    if first[:1] == ["to"] and not (len(first) > 1 and first[1] in ("the", "a", "an", "its", "their", "his", "her")):
        return "to" in kinds
    return "noun" in kinds and not _is_said(first)


def _is_question_put(text: str, raw: RawAttribution) -> bool:
    """True for "Asked whether it would sign, he said ...": what the reporter asked is no statement of the news."""
    if raw.cue is None or text[raw.cue[0] : raw.cue[1]].lower() not in (
        "asked",
        "when asked",
        "asked about",
        "pressed",
    ):
        return False
    before = text[max(0, raw.cue[0] - 3) : raw.cue[0]].rstrip(" \u00a0")
    opens = not before or before[-1] in '.!?\n”"'
    return opens or (before.endswith(",") and raw.source is None)


def _is_said(words: Sequence[str]) -> bool:
    """True where the object is words or a clause: "rejected claims", "rejected the idea as absurd", "accepted that it had"."""
    stems = tuple(lexicon("cues")["objects"]["speech"]["words"])
    return words[:1] == ["that"] or any(w.strip(",.").startswith(stems) and w != "calling" for w in words[:5])


def _is_empty(text: str, piece: Pair) -> bool:
    """True where all that is reported is "which" or "it": the words stand elsewhere."""
    words = (w.strip(",.“”\"'’") for w in text[piece[0] : piece[1]].lower().split())
    if not all(w in _EMPTY or not w for w in words):
        return False
    return not any(mark in text[max(0, piece[0] - 1) : piece[1]] for mark in '“"')


# ---------------------------------------------------------------- to the end of the clause


def _to_the_clause_end(
    text: str, raws: Sequence[RawAttribution], sentences: ByPlace[Sentence], quotes: ByPlace[Quotation]
) -> list[RawAttribution]:
    """Content that stops in front of a preposition goes on to the next mark, or to the next attribution."""
    taken = Ranges(p for raw in raws for p in (raw.source, raw.cue) if p is not None)
    return [_longer(text, raw, taken, sentences, quotes) for raw in raws]


def _longer(
    text: str, raw: RawAttribution, taken: Ranges, sentences: ByPlace[Sentence], quotes: ByPlace[Quotation]
) -> RawAttribution:
    start, end = raw.content[-1]
    behind = max((p[0] for p in (raw.source, raw.cue) if p is not None), default=end) >= end
    sentence = None if behind or quotes.at(end - 1) is not None else sentences.at(end - 1)
    if sentence is None:
        return raw
    subset = _SUBSET.match(text, end)
    last = subset.end() if subset is not None else end
    if subset is None and _tells_when_said(sentence, end):
        return raw
    behind_it = bisect_left(sentence.starts, last)
    before = sentence.lowers[behind_it - 1] if behind_it else ""
    for token in sentence.tokens[behind_it:]:
        if last == end and before not in _HANGING and (token.lower not in _GOES_ON or token.start > end + 1):
            break
        if token.text in _STOPS or quotes.at(token.start) is not None or taken.touches(token.start, token.end):
            break
        last = token.end
    return raw if last == end else replace(raw, content=(*raw.content[:-1], (start, min(last, sentence.span.end))))


def _tells_when_said(sentence: Sentence, end: int) -> bool:
    """ "... for the pact on Thursday", "... in a statement": when and in what it was said, where a finder stops before it;
    in "defended the pact on Thursday as fair" more of what was said comes behind.
    """
    first = bisect_left(sentence.starts, end)
    words = list(sentence.lowers[first : first + 6])
    stop = next((i for i, word in enumerate(words) if word in _STOPS), len(words))
    if "as" in words[:stop]:
        return False
    return words[:1] in (["on"], ["in"], ["at"]) and any(w in _TELLS or _YEAR.fullmatch(w) for w in words[1:stop])


# ---------------------------------------------------------------- a second look


class _ByCue:
    """Attributions by where their cue stands, so that each question costs a look-up, however many there are."""

    def __init__(self, rules: Sequence[RawAttribution]) -> None:
        self._all = sorted((r for r in rules if r.cue is not None), key=lambda r: r.cue or (0, 0))
        self._starts = [r.cue[0] for r in self._all if r.cue is not None]

    def between(self, start: int, end: int) -> list[RawAttribution]:
        """Those whose cue begins in `[start, end)`; at most the first few, as one sentence holds no more."""
        first = bisect_left(self._starts, start)
        return self._all[first : min(bisect_left(self._starts, end), first + _FEW)]


class _Holders:
    """Which stretches lie inside one content."""

    def __init__(self, raws: Sequence[RawAttribution]) -> None:
        pairs = sorted(part for raw in raws for part in raw.content)
        self._starts = [start for start, _ in pairs]
        self._furthest = list(accumulate((end for _, end in pairs), max))

    def hold(self, low: int, high: int) -> bool:
        at = bisect_right(self._starts, low) - 1
        return at >= 0 and self._furthest[at] >= high


def second_look(
    reading: Reading, raws: Sequence[RawAttribution], rules: Sequence[RawAttribution]
) -> list[RawAttribution]:
    """What another finder found, with what the rules see beside it: words it may not know, the speaker whom an outlet passes
    on, and what somebody says inside of what somebody else says.
    """
    by_cue = _ByCue(rules)
    out = [_on_both_sides(_passed_on(reading, raw, by_cue), by_cue) for raw in raws]
    out = [part for raw in out for part in _joined(reading.text, raw, by_cue)]
    cues = Ranges(raw.cue for raw in out if raw.cue is not None)
    contents = Ranges(part for raw in out for part in raw.content)
    holders = _Holders(out)
    for rule in rules:
        if rule.cue is None or cues.touches(*rule.cue):
            continue
        free = not any(contents.touches(*part) for part in rule.content) and not contents.touches(*rule.cue)
        if (rule.also and free) or _is_within(rule, holders):
            out.append(rule)
    return sorted(out, key=lambda r: (r.content[0], r.cue or r.content[0]))


def _is_within(rule: RawAttribution, holders: _Holders) -> bool:
    """True where source, cue and content stand inside one content."""
    if rule.source is None or rule.cue is None or rule.act in _NO_WORDS:
        return False
    parts = (rule.source, rule.cue, *rule.content)
    return holders.hold(min(p[0] for p in parts), max(p[1] for p in parts))


def _on_both_sides(raw: RawAttribution, rules: _ByCue) -> RawAttribution:
    """ "A truce, he said, was a truce": where one half was found, the rules know the other."""
    if raw.cue is None or len(raw.content) != 1:
        return raw
    start, end = raw.content[0]
    for rule in rules.between(raw.cue[0] - 40, raw.cue[1]):
        if rule.cue is None or len(rule.content) != 2 or not (rule.cue[0] < raw.cue[1] and raw.cue[0] < rule.cue[1]):
            continue
        (a, b), (c, d) = rule.content
        if abs(a - start) <= 2 and abs(b - end) <= 3:
            return replace(raw, content=((start, end), (c, d)))
        if abs(c - start) <= 2 and abs(d - end) <= 3:
            return replace(raw, content=((a, b), (start, end)))
    return raw


def _joined(text: str, raw: RawAttribution, rules: _ByCue) -> list[RawAttribution]:
    """ "Told it that the reactor would stay open and demanded that they move first": two statements of one source."""
    if raw.source is None:
        return [raw]
    start, end = raw.content[-1]
    for rule in rules.between(start + 1, end):
        if rule.cue is None or rule.source != raw.source:
            continue
        front = text[start : rule.cue[0]].rstrip()
        words = front.split()
        while words and words[-1].lower() in _HELPERS | {"also", "then"}:
            words.pop()
        if len(words) < 3 or words[-1].lower() not in ("and", "but") or rule.content[0][0] < rule.cue[1]:
            continue
        cut = start + front.rfind(words[-1])
        while cut > start and text[cut - 1] in " \u00a0,":
            cut -= 1
        return [replace(raw, content=(*raw.content[:-1], (start, cut))), replace(rule, confidence=raw.confidence)]
    return [raw]


def _passed_on(reading: Reading, raw: RawAttribution, rules: _ByCue) -> RawAttribution:
    """ "State media reported Barrani said on Sunday that ...", "Rebels have said that ..., the agency reported": the words are
    those of whom the outlet names at the head of what it reports.
    """
    text = reading.text
    if raw.source is None or not is_medium(text[slice(*raw.source)]):
        return raw
    start, end = raw.content[0][0], raw.content[-1][1]
    for rule in rules.between(start, end):
        if rule.source is None or rule.cue is None or rule.source == raw.source:
            continue
        if rule.source[0] < start or rule.cue[1] > end:
            continue
        lead = text[start : rule.source[0]].strip().lower()
        if lead in ("", "that", "the") and rule.content[0][0] >= rule.cue[1] and abs(rule.content[-1][1] - end) <= 3:
            return replace(rule, confidence=raw.confidence, via=text[slice(*raw.source)])
    return raw


@cache
def _media() -> frozenset[str]:
    return frozenset(w for row in lexicon("speakers")["medium"] for w in row["words"])


def is_medium(source: str) -> bool:
    """True for a body that passes on what others say.

    >>> is_medium("Averonese state media"), is_medium("the Kell ministry")
    (True, False)
    """
    words = [w.strip(",.").lower().removesuffix("'s").removesuffix("’s") for w in source.split(",")[0].split()]
    return any(w in _media() for w in words)
