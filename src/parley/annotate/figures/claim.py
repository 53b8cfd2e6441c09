"""Who says that it is so many: the speaker of the statement, whoever is named beside the number, or the outlet itself.

A clause of its own goes first: "the union said 3,000 walked out; the company put it at 1,800" has two claimants. Then the
statement that holds the number, then whoever the sentence names at its end or as its subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from parley.annotate.figures.clause import words_in
from parley.annotate.quantities.find import SPACES
from parley.data import Reading, Sentence, Span, Statement

_WORD = r"[^\W\d_][\w'’.&-]{0,30}"
_CITING = re.compile(rf"\b(?:citing|quoting)\s+((?:{_WORD}\s?){{1,7}})", re.I)
_ACCORDING = re.compile(rf"\baccording to\s+((?:{_WORD}\s?){{1,8}})", re.I)
_TALLY = re.compile(
    rf"\b(?:figures|data|numbers|statistics|counts?|tally|toll)\s+(?:from|by|of|provided by|issued by|released by|given by)\s+((?:{_WORD}\s?){{1,7}})",
    re.I,
)
_BY_COUNT = re.compile(
    rf"\bby\s+((?:{_WORD}\s){{0,6}}?{_WORD}?[^\W\d_])['’]s?\s+(?:own\s+)?(?:count|counts|tally|estimates?|reckoning|figures|data|account|toll)\b",
    re.I,
)
_BY = re.compile(
    r"\b(?:put|estimated|counted|valued|calculated|given|reckoned|tallied|confirmed|verified|recorded|documented|compiled|reported|assessed|circulated)\b"
    rf"[^.;]{{0,60}}?\bby\s+((?:{_WORD}\s?){{1,7}})",
    re.I,
)
_SUBJECT = rf"\s*(?:and |but |while |whereas )?((?:{_WORD}\s){{1,9}}?|(?:{_WORD}\s){{0,8}}?{_WORD}, [^,;.]{{1,60}}, )"
_COUNTS = re.compile(
    _SUBJECT + r"(?:(?:has|have|had|also|now|later|today|yesterday|itself|alone) ){0,2}"
    r"(?:reported|reports|confirmed|confirms|counts|counted|recorded|documented|acknowledged|admitted|estimates|estimated|tallied"
    r"|registered|predicts?|predicted|projects|projected|forecasts?|believes?|reckons?|speaks? of|spoke of|announced|announces|lists|listed|cited|puts?\s[^.;]{1,60}?\s?at|(?:gives|gave)(?=\s(?:a|the|its)\s(?:toll|figure|number|total|count)))\s",
    re.I,
)
_SAYS = re.compile(_SUBJECT + r"(?:(?:has|have|had|also) ){0,2}(?:says?|said)\s", re.I)
# A sum or a rate that somebody puts on the table, or foresees, is that somebody's, attribution or none.
_SHOWS = re.compile(_SUBJECT + r"(?:shows?|showed|suggests?|suggested|indicates?|indicated|finds?|found)\s", re.I)
_ASKS = re.compile(
    _SUBJECT + r"(?:(?:has|have|had|is|are|was|also|now|first|initially|originally|since) ){0,2}"
    r"(?:offers?|offered|offering|demands?|demanded|demanding|asks? for|asked for|asking for|seeks?|sought|seeking|wants?|wanted|proposes?|proposed"
    r"|proposing|pledged|pledges|promised|promises|forecasts?|expects?|expected|projects|projected|predicts|predicted"
    r"|tabled|tables|(?:put|puts|putting)(?=\s[^.;]{1,80}\son the table)"
    r"|(?:cut|cuts|raised|lowered|lifted|trimmed|slashed) (?:its|their|his|her) (?:forecasts?|outlook|estimates?|guidance|projections?))\s",
    re.I,
)
_GAPPED = re.compile(rf"\s*(?:and |but )?((?:{_WORD}\s){{1,8}}?{_WORD}),\s*$", re.I)
# What a report, a survey or data says is said by whoever made it.
_MADE_BY = re.compile(
    rf"\s+(?:(?:published|released|issued|compiled|conducted|prepared|provided|produced|written|made|collected|gathered) )?(?:by|from|of)\s+(?:the\s+)?"
    rf"([A-Z](?:{_WORD}\s?){{1,7}})"
)
_ADDED_UP = re.compile(r"\b(?:which (?:brought|brings|took|raised)|bringing|taking|raising)\b[^,;.]{0,40}$", re.I)
_TRAILING = re.compile(
    rf",\s+((?:{_WORD}\s){{1,7}}?)(?:said|says|reported|confirmed|announced|added|noted|shows?|showed)\b[^,;]{{0,40}}[.”\"]?\s*$",
    re.I,
)
_REPORTED = re.compile(rf",\s+((?:{_WORD}\s){{1,5}}?)(?:has |had )?reported[^,;]{{0,20}}[.”\"]?\s*$")
_AS = re.compile(
    rf"\bas\s+((?:{_WORD}\s){{1,6}}?)(?:believes?|says?|said|claims?|claimed|maintains?|maintained|reported|puts? it|estimates?|insists?)\b",
    re.I,
)
_LEAD = re.compile(
    r"(?:on|in|at|by|after|since)\s(?:[^,;]{1,40},|[0-9]{1,2} [a-z]{3,9}|[a-z]{3,9} [0-9]{1,2}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s",
    re.I,
)
_ASIDE = re.compile(
    r",\s+(?:(?:where|which|who)\s[^,.]{0,60}\b(?:has|have|had)\s[^,.]{0,20}|home to\s[^,.]{0,30})$", re.I
)
# A text without any of these spares its pattern the search.
_KEYS: dict[re.Pattern[str], tuple[str, ...]] = {
    _CITING: ("citing", "quoting"),
    _ACCORDING: ("according to",),
    _TALLY: ("figures", "data", "number", "statistics", "count", "tally", "toll"),
    _BY_COUNT: ("by ",),
    _BY: (" by ",),
    _AS: ("as ",),
    _TRAILING: ("said", "says", "reported", "confirmed", "announced", "added", "noted", "show"),
}
_NOT_CLAIMANTS = frozenset(
    ["he", "she", "this", "that", "there", "who", "which", "what", "the", "attack", "i", "we", "you"]
)
_PRONOUNS = frozenset(["it", "they"])
_LEADING = frozenset(
    [
        "for",
        "in",
        "on",
        "by",
        "after",
        "at",
        "from",
        "under",
        "with",
        "as",
        "of",
        "near",
        "during",
        "among",
        "including",
    ]
)
_ENDS = re.compile(
    # A run of spaces is tried from its first alone, here and elsewhere: from each of them it would take their square.
    r"(?<!\s)\s+(?:said|says|told|reported|shows?|showed|on|in|at|that|which|who|as|and|after|while|late|early|yesterday|today|issued|released|since|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|published|with|where|when|but|has|have|is|are|was|were|could|can|cannot|will|would)\b.*",
    re.I | re.S,
)
_INVERTED = re.compile(
    rf"[^,;.]\s(?:said|says|reported|confirmed|announced)\s+(?:the\s+)?([A-Z](?:{_WORD}\s?){{1,6}})", re.ASCII
)
_ADMITTED = re.compile(
    rf"\b(?:whom|that|which)\s+(?:the\s+)?((?:{_WORD}\s){{1,4}}?)(?:has |have )?(?:admits?|admitted|acknowledges?|acknowledged|says?|said|claims?|claimed)\s",
    re.I,
)
_BELIEVED_IF = re.compile(
    rf"\bif\s+(?:the\s+)?((?:{_WORD}\s){{1,7}}?)(?:is|are|was|were)\s+(?:to\s+be\s+(?:believed|trusted)|right|correct)\b",
    re.I,
)
_OWN_DESK = re.compile(
    r"\b(?:our|this)\s+(?:[a-z]+\s+)?(?:correspondents?|reporters?|newspaper|agency|newsroom|staff)\b", re.I
)
_BELIEVES = re.compile(
    rf"\bof (?:whom|which)\s+((?:{_WORD}\s){{1,5}}?)(?:believes?|says?|said|estimates?|thinks?|claims?|reckons?|fears?)\s+$",
    re.I,
)
# "the governor, who put the number of wounded at 47"
_WHO_PUT = re.compile(
    r",\s+who\s+(?:also\s+|later\s+)?(?:puts?|estimates?|estimated|gave|counted|reported)\b[^,;.]{0,60}$", re.I
)
# "short of the 40 percent the union wants"
_WANTED_BY = re.compile(
    rf"(?:\s(?:raises?|rises?|increases?|duty|duties|tariffs?|cuts?))?\s(?:that |which )?((?:the |its )?(?:{_WORD}\s){{1,4}}?)"
    r"(?:has |have |had |is |are |was |were )?(?:wants?|wanted|demands?|demanded|demanding|seeks?|sought|seeking|asked for|asking for|offers?|offered|proposes?|proposed)\b"
)
_SEGMENT_END = re.compile(
    r";|, (?:and|but|while|whereas)\s|\s(?:while|whereas)\s"
    # "a group estimates there are 17,000 missing and the World Office predicts": another who, another clause
    r"|\sand\s(?=(?:the )?(?:[A-Z][\w’'-]{0,20} ){1,5}(?:says?|said|reports?|reported|puts?|counts?|counted|estimates?|estimated|predicts?|predicted|expects?|expected|confirmed|believes?) )"
)
# "rejected a pay offer of more than 5 percent from Harbour Lines": the offer is theirs who made it, and no claim of those who turn it down
_TURNED_DOWN = re.compile(
    r"\b(?:reject(?:s|ed|ing)?|refus(?:es|ed|ing)|spurn(?:s|ed|ing)?|turn(?:s|ed|ing)? down|dismiss(?:es|ed|ing)?|accept(?:s|ed|ing)?|consider(?:s|ed|ing)?|vot(?:es|ed|ing) (?:down|on|against))\b"
    r"[^,;.]{0,50}\b(?:offers?|proposals?|bids?|deals?|packages?|contracts?)\b[^,;.]{0,30}$",
    re.I,
)
_MADE_FROM = re.compile(rf"[^,;.]{{0,30}}?\b(?:from|by|made by|tabled by|put forward by)\s+((?:{_WORD}\s?){{1,7}})")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says that it is so many; `via` relays it. Empty where the outlet counts itself."""

    claimant: str | None = None
    via: str | None = None
    statement: str | None = None


class Stretch(NamedTuple):
    """A text of the article with the place of the number in it."""

    text: str
    at: int
    lower: str
    cut: bool


def _stretch(text: str, at: int, *, cut: bool = False) -> Stretch:
    """`cut` says that another clause of the sentence stands before."""
    return Stretch(text, at, text.lower(), cut)


def claim(
    reading: Reading,
    sentence: Sentence,
    span: Span,
    number: Span,
    *,
    before: str | None = None,
    beside: str | None = None,
    asked: bool = False,
) -> Claim:
    """Who counts; `before` is who counted the figure before, for "it puts the number at 40", `beside` the same where that
    figure stands in this sentence; `asked` says that the number is a sum or a rate, which is somebody's who asks for it."""
    offered = _offered(sentence.span.text, span, sentence.span.start) if asked else None
    who = offered or _claim(reading, sentence, span, number, before=before, asked=asked)
    if who.claimant is None and who.statement is None and beside is not None:
        whole = _stretch(sentence.span.text, number.start - sentence.span.start)
        if _ADDED_UP.search(whole.text, max(0, whole.at - 60), whole.at):
            return Claim(beside)
    if who.claimant is None and beside is not None:
        lead = sentence.span.text[: max(0, span.start - sentence.span.start)][-90:]
        if _WHO_PUT.search(lead):
            return Claim(beside, None, who.statement)
    wanted = _WANTED_BY.match(sentence.span.text, span.end - sentence.span.start) if asked else None
    if wanted is not None and words_in("not_in_names").isdisjoint(wanted[1].lower().split()):
        return Claim(_bare(wanted[1].strip()), None, who.statement)
    believed = _BELIEVES.search(sentence.span.text[: max(0, span.start - sentence.span.start)][-80:])
    if believed is not None and (name := _bare(believed[1].strip())).lower() not in _NOT_CLAIMANTS | _PRONOUNS:
        return Claim(name, who.claimant if who.claimant != name else who.via, who.statement)
    if who.claimant is None and (admitted := _told_behind(sentence.span.text, span.end - sentence.span.start)):
        return Claim(admitted, who.via, who.statement)
    if who.claimant is not None and _OWN_DESK.search(who.claimant):
        return Claim(None, None, who.statement)  # what the outlet's own people found is in its own voice
    return who if who.claimant is None else replace(who, claimant=_maker(who.claimant, sentence.span.text))


def _offered(text: str, span: Span, offset: int) -> Claim | None:
    """Whose the offer is that somebody turns down or weighs; nobody's, where it is not told."""
    if _TURNED_DOWN.search(text[: span.start - offset][-110:]) is None:
        return None
    found = _MADE_FROM.match(text, span.end - offset)
    name = _bare(_ENDS.sub("", SPACES.sub(" ", found.group(1))).strip(" .,")) if found else ""
    return Claim(name if any(c.isupper() for c in name) or name in words_in("own_body") else None)


def _told_behind(text: str, end: int) -> str | None:
    """ "The 506 captives whom Tulkhan admits to holding", "lost 700 million if the Chamber is to be believed"."""
    found = _ADMITTED.match(text[end:].lstrip()) or _BELIEVED_IF.search(text, end)
    name = _bare(found[1].strip()) if found else ""
    fit = name[:1].isupper() and words_in("not_in_names").isdisjoint(name.lower().split())
    return name if fit and name.lower() not in _NOT_CLAIMANTS | _PRONOUNS else None


def _maker(name: str, text: str) -> str:
    """ "a survey published by the Chamber of Commerce" is the Chamber's."""
    if name.rsplit(" ", 1)[-1].lower() not in words_in("documents"):
        return name
    at = text.find(name)
    found = _MADE_BY.match(text, at + len(name)) if at >= 0 else None
    made = _ENDS.sub("", found.group(1)).strip(" .,") if found else ""
    return made or name


def _claim(reading: Reading, sentence: Sentence, span: Span, number: Span, *, before: str | None, asked: bool) -> Claim:
    said = _statement(reading, span, number)
    if said is not None and _is_aside(said, number, reading.text):
        return Claim()
    whole = _stretch(sentence.span.text, span.start - sentence.span.start)
    cited = _named(_CITING, whole)
    if said is None:
        unread = not any(s.cue is not None and sentence.span.holds(s.cue) for s in reading.statements)
        part = _segment(whole)
        told = (
            cited
            or (_subject(part, before, _SAYS) if unread else None)
            or _shown(part, before)
            or _beside(part, before)
            or (_subject(part, before, _ASKS) or _subject(_past_colon(part), before, _ASKS) if asked else None)
            or (_gapped(part) if before is not None and part.cut else None)
            or _beside(whole, before)
            or _named(_TRAILING, whole)
            or (_inverted(whole) if unread else None)
        )
        return Claim(told)
    trailing = _named(_TRAILING, whole) if _stands_before(said, sentence) else None
    if trailing is not None:
        return Claim(trailing)
    speaker = _speaker(said)
    if cited is not None:
        return Claim(cited, said.via or speaker, said.id)
    if _agrees(said) or _is_passive(said, reading.text):
        return Claim(None, None, said.id)
    part = _segment(_content(said, number, whole))
    inner = _beside(part, before) or (_subject(part, before, _SAYS) if _relays(said) else None)
    inner = inner or (_subject(part, before, _ASKS) if asked and part.cut else None)
    inner = inner or (_gapped(part) if before is not None and part.cut and said.kind == "indirect" else None)
    if inner is not None and speaker and _reports_behind(part, said, number, inner):
        return Claim(speaker, said.via or (inner if inner != speaker else None), said.id)
    own = said.kind != "direct" and inner in words_in("own_body")
    if inner is not None and inner != speaker and not (speaker and own):
        relayed = None if inner == before or (part.cut and said.kind != "direct") else speaker
        return Claim(inner, said.via or relayed, said.id)
    if _is_present_state(said, whole):
        return Claim(None, None, said.id)
    if speaker is None and said.cue is None and said.kind != "direct":
        return Claim(_beside(whole, before), said.via, said.id)
    return Claim(speaker, said.via, said.id)


def _statement(reading: Reading, span: Span, number: Span) -> Statement | None:
    """The innermost statement that holds the figure, or the one around it where the inner one only wants or plans."""
    held = sorted(
        (s for s in reading.statements if any(c.holds(number) for c in s.content)),
        key=lambda s: sum(map(len, s.content)),
    )
    exact = [s for s in held if any(c.holds(span) for c in s.content)] or held
    said = next((s for s in exact if not _only_wants(s)), exact[0] if exact else None)
    return None if said is None or _counts_itself(said) else said


def _only_wants(said: Statement) -> bool:
    return said.cue is not None and not words_in("wanting").isdisjoint(said.cue.text.lower().split())


def _agrees(said: Statement) -> bool:
    """ "agreed to raise pay by 6 percent": what is done, in the outlet's own words."""
    return said.kind == "indirect" and said.cue is not None and _first_word(said.cue.text) in words_in("resolving")


def _first_word(text: str) -> str:
    return text.lower().split(None, 1)[0] if text.strip() else ""


def _is_passive(said: Statement, text: str) -> bool:
    """ "The paper is said to foresee 64 releases": nobody is named who says so."""
    if said.cue is None or said.kind == "direct":
        return False
    lead = text[max(0, said.cue.start - 8) : said.cue.start].lower().split()
    return bool(lead) and lead[-1] in ("is", "are", "was", "were") and text[said.cue.end : said.cue.end + 4] == " to "


def _reports_behind(part: Stretch, said: Statement, number: Span, inner: str) -> bool:
    """ "The militia announced that 823 would be freed, the agency has reported": the militia's word, by way of the agency."""
    told = _REPORTED.search(part.text)
    first = said.cue is not None and said.cue.end <= number.start and said.cue.text.lower() in words_in("announcing")
    return told is not None and first and _bare(told[1].strip()) == inner


def _stands_before(said: Statement, sentence: Sentence) -> bool:
    """ "While the delegates argued, shells killed 17, the directorate said": what the first clause reports is its own."""
    led = sentence.span.text[:9].lower().startswith(("while ", "as the ", "hours a", "even as "))
    return led and said.kind == "indirect" and said.cue is not None and said.cue.start < said.content[0].start


def _relays(said: Statement) -> bool:
    """ "Rebels have said they hold 112 men, the agency reported"."""
    return said.cue is not None and said.cue.text.lower() in ("reported", "reports", "report")


def _is_present_state(said: Statement, whole: Stretch) -> bool:
    """ "offered to cut its tariff from 18 percent to 7": what stands today is nobody's offer."""
    return _only_wants(said) and whole.text[: whole.at].rstrip().endswith("from")


def _counts_itself(said: Statement) -> bool:
    """ "Around 1.5 million people have sought refuge", "has called up 12,000": no attribution, whatever the verb is elsewhere."""
    lead = said.content[0].text[:24].lower() if said.content else ""
    took = (
        said.cue is not None and said.cue.text.lower() in ("claimed", "claiming", "claims", "claim") and "lives" in lead
    )
    if took:
        return True  # "has claimed the lives of eight people"
    if (
        said.cue is not None
        and said.cue.text.lower() in ("attacked", "attack", "attacking")
        and said.kind == "indirect"
    ):
        return True  # "Insurgents attacked a convoy, sparking a fight that left five dead"
    called = said.cue is not None and said.cue.text.lower() == "called" and said.content[0].text[:3] == "up "
    return called or (said.source is not None and any(c.isdigit() for c in said.source.text))


def _is_aside(said: Statement, number: Span, text: str) -> bool:
    """ "..., where it has killed 37,000 people since", "the town, home to 640,000": in indirect speech background is the outlet's."""
    content = next((c for c in said.content if c.holds(number)), None)
    if said.kind == "direct" or content is None:
        return False
    lead = text[content.start : number.start]
    quoted = lead.count("“") > lead.count("”") or lead.count('"') % 2 == 1
    return not quoted and _ASIDE.search(lead) is not None


def _speaker(said: Statement) -> str | None:
    if said.speaker is not None:
        return said.speaker.name
    return SPACES.sub(" ", said.source.text) if said.source is not None else None


def _content(said: Statement, number: Span, whole: Stretch) -> Stretch:
    """The part of the statement's content that holds the number, no longer than its sentence."""
    content = next((c for c in said.content if c.holds(number)), None)
    if content is None:
        return whole
    lead = number.start - content.start
    cut = max(0, lead - whole.at - 1)
    return _stretch(content.text[cut : lead + len(whole.text)].lstrip("\"“‘'"), lead - cut)


def _segment(stretch: Stretch) -> Stretch:
    """The clause of the number: between semicolons and ", and"."""
    begin, end = 0, len(stretch.text)
    for mark in _SEGMENT_END.finditer(stretch.text):
        if mark.end() <= stretch.at:
            begin = mark.end()
        elif mark.start() >= stretch.at:
            end = mark.start()
            break
    return _stretch(stretch.text[begin:end], stretch.at - begin, cut=begin > 0)


def _past_colon(stretch: Stretch) -> Stretch:
    """ "If you are just joining us: the union wants 18 percent": what stands behind the colon."""
    at = stretch.text.rfind(": ", 0, stretch.at)
    return stretch if at < 0 else _stretch(stretch.text[at + 2 :], stretch.at - at - 2, cut=True)


def _beside(stretch: Stretch, before: str | None) -> str | None:
    """Who is named beside the number as the one who counts."""
    named = next((n for p in (_ACCORDING, _BY_COUNT, _TALLY, _BY, _AS) if (n := _named(p, stretch))), None)
    return named or _subject(stretch, before) or _named(_TRAILING, stretch)


def _subject(stretch: Stretch, before: str | None, verbs: re.Pattern[str] = _COUNTS) -> str | None:
    """ "Orlen has reported over 300 casualties", "the ministry puts the number at 1,874": who counts is the subject."""
    lead = _LEAD.match(stretch.text)
    found = verbs.match(stretch.text, lead.end() if lead else 0)
    if found is None or found.end() > stretch.at + 1:
        return None
    name = _led_in(SPACES.sub(" ", found.group(1)).split(",")[0].strip())
    words = _bare(name).lower().split()
    if words and words[-1] in _PRONOUNS:
        return before
    unfit = not words or words[0] in _NOT_CLAIMANTS or not words_in("not_in_names").isdisjoint(words)
    # "rejected a pay offer": an article behind anything but a preposition begins another noun
    unfit = unfit or any(w in ("a", "an") and words[k] not in _LEADING for k, w in enumerate(words[1:]))
    return None if unfit else _bare(name).removesuffix("'s").removesuffix("’s")


def _inverted(stretch: Stretch) -> str | None:
    """ "killed in the strike said the Civil Defence", printed without commas: the name behind the verb, where it stands behind the number."""
    found = _INVERTED.search(stretch.text, stretch.at)
    name = _ENDS.sub("", found.group(1)).strip(" .,") if found else ""
    return name if name and words_in("not_in_names").isdisjoint(name.lower().split()) else None


def _shown(stretch: Stretch, before: str | None) -> str | None:
    """ "Customs data show that imports fell": a document that shows, and not whatever else does."""
    name = _subject(stretch, before, _SHOWS)
    return name if name is not None and name.rsplit(" ", 1)[-1].lower() in words_in("documents") else None


def _gapped(stretch: Stretch) -> str | None:
    """ "; the information office in Toven, 1,300 at most": the verb of the clause before is understood."""
    found = _GAPPED.fullmatch(stretch.text[: stretch.at])
    name = _bare(SPACES.sub(" ", found.group(1))) if found else ""
    if not name or name.split(" ")[0].lower() in _LEADING:
        return None
    unfit = not words_in("not_in_names").isdisjoint(name.lower().split()) or name.lower() in _NOT_CLAIMANTS
    return None if unfit else name or None


def _led_in(name: str) -> str:
    """ "For its own side Adrim": without what leads in the clause."""
    words = name.split(" ")
    if words[0].lower() not in _LEADING:
        return name
    last = len(words)
    while last and words[last - 1][:1].isupper():
        last -= 1
    return " ".join(words[last:]) or name


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", name, flags=re.I)


def _named(pattern: re.Pattern[str], stretch: Stretch) -> str | None:
    """The name that a pattern meets beside the number, cut where its noun phrase ends."""
    if not any(key in stretch.lower for key in _KEYS[pattern]):
        return None
    at = stretch.at
    found = min(pattern.finditer(stretch.text), key=lambda m: max(m.start() - at, at - m.end(), 0), default=None)
    if found is None or ";" in stretch.text[min(found.end(), at) : max(found.start(), at)]:
        return None
    if found.start(1) <= at < found.end(1) or (pattern is not _BY and found.start() <= at < found.end()):
        return None
    name = _ENDS.sub("", SPACES.sub(" ", found.group(1)).strip())
    name = _bare(name).strip(" .,")
    words = name.lower().split(" ")
    unfit = words[-1] in words_in("not_counting") or not words_in("not_in_names").isdisjoint(words)
    return None if unfit else name or None
