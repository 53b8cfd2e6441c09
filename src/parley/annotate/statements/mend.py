"""What a finder's attributions lack, mended by the words around them; and those that report no words left out.

A finder looks at one stretch of words at a time, and some things show only from beside it: the name signed under a quotation,
the outlet that passes on what somebody else said, the preposition that makes a name a place. Each mend is one function; a finder
that needs none of them loses nothing by them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from parley.annotate.language.cues import verbs as cue_verbs
from parley.annotate.language.grammar import AUXILIARIES, MODALS, MONTHS, TIMES, word_set
from parley.annotate.language.ranges import ByPlace, Ranges
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.circumstances import VENUE_WORDS
from parley.annotate.statements.relayed import relayed
from parley.annotate.statements.rules import RawAttribution
from parley.annotate.statements.sources import is_printed_in, source_alone
from parley.annotate.statements.unsaid import points, reports_nothing
from parley.data import Quotation, Reading, Sentence

_AS_SAYING = re.compile(
    r"as[ \u00a0](?:saying|telling[ \u00a0](?:\w+[ \u00a0]){0,3}\w+)(?:[ \u00a0]that)?[ \u00a0]+", re.IGNORECASE
)
# "Nine people died, all but two of them soldiers": a part of those just counted belongs to what was said.
_SUBSET = re.compile(
    r",[ \u00a0](?:including\b|among[ \u00a0](?:them|whom)\b|(?:[\w-]+[ \u00a0]){1,3}of[ \u00a0](?:them|whom)\b|(?:up|down)[ \u00a0]from\b|compared[ \u00a0]with\b)"
)
# Prepositions that what is said goes on with; a finder cuts at them, and is right about the time and place behind others.
_GOES_ON = word_set("of for in by on at with from to")
_TELLS = TIMES | MONTHS | VENUE_WORDS
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that what is said cannot end with.
_HANGING = word_set("and or since of for in by on at with from to the a an its their")
_STOPS = frozenset(',;:—–()“”".!?…') | {"--", "..."}
# "... in his evening address on Saturday": in what it was said, at the end of what was said.
_IN_WHAT = re.compile(
    r",?[ \u00a0](?:in|during|at)[ \u00a0](?:an?|his|her|its|their)[ \u00a0](?:[\w-]+[ \u00a0]){0,3}?"
    r"(?:statement|interview|address|speech|post|message|letter|tweet|broadcast|video|press[ \u00a0]conference|news[ \u00a0]conference|briefing)"
    r"(?:[ \u00a0](?:on|to|with|late|early|last|published|posted|broadcast|yesterday|today)\b[^,;:“”\"]{0,60})?\Z"
)
# "said | in a statement", "told them | at the briefing", "pledged | Wednesday".
_BEHIND_VERB = re.compile(
    r"(?:[ \u00a0](?:on[ \u00a0])?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?[ \u00a0](?:(?:in|at|on|during|after|before)[ \u00a0](?:an?|the|his|her|its|their|this|that|opening|closing|televised|written|[A-Z])\b.*"
    r"|(?:on[ \u00a0])?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)\Z",
    re.DOTALL,
)
# "... but did not give any details", ", without elaborating".
_NO_MORE = re.compile(
    r",?[ \u00a0](?:(?:but|and|though|although)[ \u00a0](?:(?:he|she|it|they)[ \u00a0])?(?:did[ \u00a0]not|didn[’']t|declined[ \u00a0]to|would[ \u00a0]not|refused[ \u00a0]to|gave[ \u00a0]no|offered[ \u00a0]no|provided[ \u00a0]no)"
    r"|without[ \u00a0](?:giving|elaborating|providing|offering|naming|going|specifying|saying))\b[ \u00a0]?"
    r"(?=[^.;:“”\"]{0,60}\b(?:detail\w*|elaborat\w*|specif\w*|comment|more|further|timeline|say|reasons?|figures?|names?|evidence|elaborating)\b|\Z)[^.;:“”\"]{0,80}\Z"
)
# Words of a quotation that leads in what is said at most: "to a certain extent".
_LEADING = 6
_LEADS_IN = re.compile(
    r"(?:only[ \u00a0](?:that[ \u00a0])?|(?:earlier|later|also|again|separately)[ \u00a0]"
    r"(?:that[ \u00a0]|(?=(?:they|he|she|it|we|the|his|her|its|their)[ \u00a0])))",
    re.IGNORECASE,
)


def mend(
    reading: Reading, raws: Sequence[RawAttribution], sentences: ByPlace[Sentence], quotes: ByPlace[Quotation]
) -> list[RawAttribution]:
    """The attributions, mended, without those that report nothing."""
    text = reading.text
    places = {m.span.pair for m in reading.mentions if m.kind in ("place", "government")}
    raws = [raw for raw in raws if not (is_printed_in(text, raw) or _is_label(text, raw, places))]
    raws = [_shortest_cue(text, _in_one_sentence(raw, sentences)) for raw in raws]
    out = [_in_pieces(text, _opening(text, relayed(text, source_alone(text, raw)))) for raw in raws]
    out = [
        _behind_a_few_words(text, _told_no_more(text, _without_occasion(text, raw)), sentences)
        for raw in out
        if not reports_nothing(text, raw)
    ]
    return _to_the_clause_end(text, out, sentences, quotes)


# ---------------------------------------------------------------- sources


def _is_label(text: str, raw: RawAttribution, places: set[Pair]) -> bool:
    """ "Yemen: Rebels and government agree to swap": the headline tells where, and nobody speaks."""
    if raw.source not in places or raw.cue is None or text[slice(*raw.cue)].strip() != ":":
        return False
    words = text[slice(*raw.content[0])].split()
    return not any(mark in text[slice(*raw.content[0])] for mark in "“”\"‘'’") and MODALS.isdisjoint(
        map(str.lower, words)
    )


def _in_one_sentence(raw: RawAttribution, sentences: ByPlace[Sentence]) -> RawAttribution:
    """A source that reaches into another sentence is what stands in the cue's: a full stop parts two speakers."""
    if raw.source is None or raw.cue is None:
        return raw
    start, end = raw.source
    first, last = sentences.at(start), sentences.at(end - 1)
    if first is None or last is None or first is last or not _parted(first, last):
        return raw
    own = sentences.at(raw.cue[0])
    if own is last:
        # "... However, according to him": what stands behind the cue, where the source goes on behind it.
        start = last.span.start if raw.cue[1] >= end else max(raw.cue[1], last.span.start)
        return replace(raw, source=(start, end)) if raw.cue[1] < end or raw.cue[0] >= end - 1 else raw
    return replace(raw, source=(start, first.span.end - first.span.text.endswith("."))) if own is first else raw


def _parted(first: Sentence, last: Sentence) -> bool:
    """False where a line of a wire ends in the middle of what is one sentence."""
    return first.paragraph != last.paragraph or first.span.text[-1:] in ".!?…”\"’'"


# ---------------------------------------------------------------- cues


def _shortest_cue(text: str, raw: RawAttribution) -> RawAttribution:
    """ "*Said* in a statement", "*pledged* Wednesday": the verb is the cue; where and when stand behind it."""
    if raw.cue is None:
        return raw
    start, end = raw.cue
    found = _BEHIND_VERB.search(text, start, end)
    if found is None or text[start : found.start()].split()[-1:] == []:
        return raw
    last = text[start : found.start()].split()[-1].lower()
    if last not in cue_verbs():
        return raw
    # "said in a statement about *the strike*": what the statement was about is none of what was said in front.
    said = tuple(p for p in raw.content if not 0 <= p[0] - end <= 1) if text[start:end].endswith(" about") else ()
    return replace(raw, cue=(start, found.start()), content=said or raw.content)


# ---------------------------------------------------------------- contents


def _opening(text: str, raw: RawAttribution) -> RawAttribution:
    """ "Said only that ...": the words in front of "that" are not what was said; "said that is over": "that" is."""
    first = raw.content[0]
    lead = _LEADS_IN.match(text, *first)
    close = raw.cue is not None and 0 <= first[0] - raw.cue[1] <= 2
    if lead is not None and close and lead.end() < first[1]:
        return replace(raw, content=((lead.end(), first[1]), *raw.content[1:]))
    if text[max(0, first[0] - 5) : first[0]].lower() in ("that ", "that\u00a0") and starts_with_its_verb(
        text, first[0]
    ):
        return replace(raw, content=((first[0] - 5, first[1]), *raw.content[1:]))
    return raw


def starts_with_its_verb(text: str, start: int) -> bool:
    """True in front of "is over", "wasn't how it looked": what stands before is the subject."""
    word = text[start : start + 12].split(maxsplit=1)[:1]
    return bool(word) and word[0].lower().replace("’", "'") in AUXILIARIES


def _without_occasion(text: str, raw: RawAttribution) -> RawAttribution:
    """ "Proposed a truce in his evening address on Saturday": in what and when it was said is none of what was said."""
    start, end = raw.content[-1]
    if raw.cue is None or raw.cue[0] > start:
        return raw
    found = _IN_WHAT.search(text, max(start + 1, end - 160), end)
    return replace(raw, content=(*raw.content[:-1], (start, found.start()))) if found is not None else raw


def _told_no_more(text: str, raw: RawAttribution) -> RawAttribution:
    """ "Said the two had met but did not give any details": what somebody left unsaid is none of what he said."""
    start, end = raw.content[-1]
    found = _NO_MORE.search(text, max(start + 1, end - 120), end)
    return replace(raw, content=(*raw.content[:-1], (start, found.start()))) if found is not None else raw


def _behind_a_few_words(text: str, raw: RawAttribution, sentences: ByPlace[Sentence]) -> RawAttribution:
    """ "Added that “to a certain extent,” the breakthrough hangs on it": a few quoted words that lead in are not all that was said."""
    start, end = raw.content[-1]
    sentence = sentences.at(end - 1)
    if (
        len(raw.content) > 1
        or raw.cue is None
        or sentence is None
        or text[end - 2 : end] not in (",”", ',"', "”,", '",')
    ):
        return raw
    led = text[raw.cue[1] : start].strip().lower() == "that" and len(text[start:end].split()) <= _LEADING
    behind = text[end : sentence.span.end].strip()
    if not led or not behind[:1].islower() or any(mark in behind for mark in '“”"'):
        return raw
    return replace(raw, content=((start, sentence.span.end - behind.endswith((".", "!", "?"))),))


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
    kept = [p for p in pieces if not points(text, p)]
    return replace(raw, content=tuple(kept or pieces))


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
