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

from parley.annotate.language.grammar import DETERMINERS, MONTHS, OBJECT_PRONOUNS, PRONOUNS, TIMES, word_set
from parley.annotate.language.ranges import ByPlace, Ranges
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.circumstances import VENUE_WORDS
from parley.annotate.statements.rules import RawAttribution
from parley.annotate.statements.sources import is_printed_in, source_alone
from parley.codebooks import lexicon
from parley.data import Quotation, Reading, Sentence

_AS_SAYING = re.compile(
    r"as[ \u00a0](?:saying|telling[ \u00a0](?:\w+[ \u00a0]){0,3}\w+)(?:[ \u00a0]that)?[ \u00a0]+", re.IGNORECASE
)
# "Nine people died, all but two of them soldiers": a part of those just counted belongs to what was said.
_SUBSET = re.compile(
    r",[ \u00a0](?:including\b|among[ \u00a0](?:them|whom)\b|(?:[\w-]+[ \u00a0]){1,3}of[ \u00a0](?:them|whom)\b|(?:up|down)[ \u00a0]from\b|compared[ \u00a0]with\b)"
)
_EMPTY = PRONOUNS | OBJECT_PRONOUNS | word_set("which that this these those so what whom whose as an the one")
# Prepositions that what is said goes on with; a finder cuts at them, and is right about the time and place behind others.
_GOES_ON = word_set("of for in by on at with from to")
_FEW = 40
_TELLS = TIMES | MONTHS | VENUE_WORDS
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that what is said cannot end with.
_HANGING = word_set("and or since of for in by on at with from to the a an its their")
_STOPS = frozenset(',;:—–()“”".!?…') | {"--", "..."}
# Acts that, inside of what somebody says, are as likely to tell of deeds as of words.
_PARTICIPLES = word_set(
    "written stated declared promised announced planned reported alleged claimed suspected expected requested"
)
_KINDS = word_set("new first second final latest previous earlier official formal joint separate widely long much")
_NO_WORDS = word_set("show seem intend think")
_HELPERS = word_set(
    "has have had is are was were be been will would did do does not never also n't so far already again"
)


def mend(
    reading: Reading, raws: Sequence[RawAttribution], sentences: ByPlace[Sentence], quotes: ByPlace[Quotation]
) -> list[RawAttribution]:
    """The attributions, mended, without bare acts."""
    text = reading.text
    raws = [raw for raw in raws if not is_printed_in(text, raw)]
    out = [_in_pieces(text, _saying(text, source_alone(text, raw))) for raw in raws]
    out = [raw for raw in out if not is_bare_act(text, raw) and not all(_is_empty(text, p) for p in raw.content)]
    return _to_the_clause_end(text, out, sentences, quotes)


# ---------------------------------------------------------------- contents


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
    if _is_question_put(text, raw) or _describes(text, raw.cue):
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


def _describes(text: str, cue: Pair) -> bool:
    """True for "a new written proposal", "the stated aim": a participle that says of what kind a thing is."""
    if text[slice(*cue)].lower() not in _PARTICIPLES:
        return False
    before = text[max(0, cue[0] - _FEW) : cue[0]].lower().split()
    last = before[-1] if before else ""
    described = last in DETERMINERS or (last in _KINDS and before[-2:-1] != [] and before[-2] in DETERMINERS)
    return described and text[cue[1] : cue[1] + 2].strip(" \u00a0").isalpha()


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
