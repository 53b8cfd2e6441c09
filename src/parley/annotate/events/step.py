"""What happened in and around the talks: by whom, when, where, and on whose word.

An event is a word of the list (`codebooks/events.toml`) in a clause that tells it as done or under way: demands,
conditions and hopes are none, plans are `planned`, what stands only in somebody's words is `claimed`. The same event
told again in the article is one row, at its fullest telling (`same.py`). An article that only mentions a dispute has
none. A text of a sentence or two is read as event coders read a wire lead (`leads.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from parley.annotate.events.happenings import Happening, finite, happenings, words
from parley.annotate.events.leads import coded
from parley.annotate.events.same import Told, once
from parley.annotate.events.status import floor_of, is_wished, status_of
from parley.annotate.language.clauses import RELATIVES, Doer, clause_end, doer, group_start
from parley.annotate.language.grammar import AUXILIARIES, BE, MONTHS, TIMES, is_mark
from parley.annotate.language.lines import MOST, Line, lines
from parley.annotate.language.phrases import Hit
from parley.annotate.positions.issues import is_about_dispute, story_of
from parley.data import Event, Mention, Plover, Reading, Span, Statement
from parley.dates.lookup import date_near, dates_in, iso_of

if TYPE_CHECKING:
    from parley.pipeline import Settings

_LOOKS_BACK = frozenset(("had", "earlier", "previously", "last", "since", "previous", "then"))
_BESIDE = 120
_FURTHER = 500
"""Characters between an attack and the words that call it a breach: beside it, and where only the attack has a day."""
_SPEECH = 5
"""A quotation of more words is somebody's speech: of what is told in it, only answers and breaches are events."""
BRIEF = 2
"""A text of so many sentences is a wire lead: there a speech act is coded too, as event coders do."""
_BEFORE = 8
"""Words before a plan to go or to come in which those who talk are looked for."""
_ASIDE = 12
"""Words that an aside between two commas may have."""
_DAY_WORDS = frozenset(("on", "late", "early", "last", "this", "next", "again"))
_CLAUSES = frozenset(("that", "which", "who", "because", "if", "when", "while", "whose"))
_CLASSES = frozenset(("labour", "labour or trade", "aid", "ballot", "forces", "meeting", "talkers", "trade", "truce"))
_JOINS = frozenset(("and", "but", "while", "whereas", ";"))
_STOPPAGES = frozenset(("strike_begins", "strike_ends"))
_CONFIDENCE = {"actual": 0.75, "planned": 0.65, "claimed": 0.6, "denied": 0.55, "hypothetical": 0.4}


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  the list needs no setting
    """The step that adds `events`."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """The reading with the events of its body, each once, in the order of their fullest tellings."""
    body = lines(reading) or lines(reading, title=True)
    brief = len(body) <= BRIEF
    if not brief and not is_about_dispute(reading):
        return replace(reading, events=())
    told = [t for group in _carried((line, _in_line(line, brief=brief)) for line in body) for t in group]
    if any(t.row.type in _STOPPAGES for t in told) and story_of(body) == "conflict":
        told = [t for t in told if t.row.type not in _STOPPAGES or _stops_work(t)]
    if any(t.row.type == "armed_action" for t in told) and story_of(body) == "labour":
        told = [t for t in told if t.row.type != "armed_action" or not _is_walkout(t)]
    rows = list(once(told if brief else _breaches(told)))
    if brief:
        rows = coded(body, rows)
    return replace(reading, events=tuple(sorted(rows, key=lambda e: e.span.start)))


def _stops_work(told: Told) -> bool:
    """True where the words say whose work stops: where armies fight, other strikes are no walkouts."""
    return not words("who strike").isdisjoint(told.row.span.text.lower().split())


def _is_walkout(told: Told) -> bool:
    """True where the words for it are a strike and nothing that shoots: in a story of work that is a walkout."""
    said = told.row.span.text.lower().split()
    return not {"strike", "strikes", "struck"}.isdisjoint(said) and words("shoots").isdisjoint(said)


def _carried(rows: Iterable[tuple[Line, list[Told]]]) -> Iterator[list[Told]]:
    """The tellings by sentence; one that goes on in the same paragraph without a date keeps the date before it.

    Only what is told as done, in a sentence without any date of its own, right after one that has told on which day.
    """
    paragraph, date = -1, None
    for line, found in rows:
        if line.sentence.paragraph != paragraph:
            paragraph, date = line.sentence.paragraph, None
        if date is None and not found:
            continue
        bare = not dates_in(line.reading, line.sentence) and not _LOOKS_BACK.intersection(line.lowers)
        if bare and date is not None:
            found = [replace(t, row=replace(t.row, date=date)) if _goes_on(t) else t for t in found]
        dates = [t.row.date for t in found if t.row.status == "actual" and t.row.date is not None]
        date = dates[-1] if dates else (date if bare else None)
        yield found


def _goes_on(told: Told) -> bool:
    return told.row.date is None and told.row.status == "actual"


def _breaches(told: Sequence[Told]) -> list[Told]:
    """An attack told as the breach of a truce is a violation: where the words beside it, or on its day, say so."""
    said = [t.row for t in told if t.row.type == "violation"]
    return [_as_breach(t) if any(_breaks(t.row, v) for v in said) else t for t in told]


def _breaks(act: Event, violation: Event) -> bool:
    if act.type != "armed_action" or act.status not in ("actual", "claimed") or violation.status == "planned":
        return False
    gap = max(act.span.start - violation.span.end, violation.span.start - act.span.end)
    if gap <= _BESIDE:
        return True
    same_day = act.date is not None and act.date == violation.date
    return same_day or (violation.date is None and act.date is not None and gap <= _FURTHER)


def _as_breach(told: Told) -> Told:
    return replace(told, row=replace(told.row, type="violation", plover=Plover("REJECT")))


def _in_line(line: Line, *, brief: bool) -> list[Told]:
    """The tellings of a sentence, each in the words of its own clause."""
    found = _found(line.lowers)
    if not found:
        return []
    blocks = [h for h in found if h.entry.blocks]
    kept = [h for h in found if not h.entry.blocks and not _blocked(h, blocks) and not _crosses(line, h)]
    # What lacks a part tells nothing, and must not stand in the way of a shorter phrase that lacks none.
    hits = _nested(_begun([h for h in kept if _complete(line, h)]))
    # A vote is an event beside what was voted for.
    core = [h for vote in (False, True) for h in _apart(_heads(h for h in hits if (h.entry.type == "vote") == vote))]
    told = [_told(line, hit, brief=brief) for hit in sorted(core, key=lambda h: h.first)[:MOST]]
    return _parted(line, [t for t in told if t is not None])


def _found(lowers: Sequence[str]) -> list[Hit[Happening]]:
    """All hits; where an aside parts a subject from its verb, also those that reach over it."""
    found = happenings().find(lowers)
    kept = _bones(lowers)
    if len(kept) == len(lowers):
        return found
    over = [
        Hit(kept[h.first], kept[h.last - 1] + 1, h.entry)
        for h in happenings().find([lowers[i] for i in kept])
        if kept[h.last - 1] - kept[h.first] > h.last - 1 - h.first
    ]
    return found + over


def _bones(lowers: Sequence[str]) -> list[int]:
    """The places of the words without asides before a verb and without days: "the talks, in their third week, ended on Friday"."""
    if TIMES.isdisjoint(lowers) and lowers.count(",") < 2:
        return list(range(len(lowers)))
    kept: list[int] = []
    i = 0
    while i < len(lowers):
        if lowers[i] == "," and i:
            end = next((j for j in range(i + 2, min(i + _ASIDE, len(lowers) - 1)) if lowers[j] == ","), None)
            if end is not None and (lowers[end + 1] in AUXILIARIES or lowers[end + 1] in finite()):
                i = end + 1
                continue
        if lowers[i] in TIMES and i + 1 < len(lowers) and lowers[i + 1] != "'s":
            while kept and lowers[kept[-1]] in _DAY_WORDS and kept[-1] == i - 1:
                kept.pop()
                i -= 1
            i = next(j for j in range(i, len(lowers)) if lowers[j] in TIMES) + 1
            continue
        kept.append(i)
        i += 1
    return kept


def _crosses(line: Line, hit: Hit[Happening]) -> bool:
    """True where its words stand in two clauses: "announced that it accepts | the truce", "told the meeting that they failed"."""
    if hit.entry.kind == "verb":
        return not _CLAUSES.isdisjoint(line.lowers[hit.first + 1 : hit.last - 1])
    if not hit.entry.type.startswith("talks_"):
        return False
    inside = line.lowers[hit.first : hit.last]
    return any(w == "that" and after not in AUXILIARIES and after not in finite() for w, after in pairwise(inside))


def _begun(hits: Sequence[Hit[Happening]]) -> list[Hit[Happening]]:
    """Without what begins inside the same happening told from its verb on: "went on | strike early on Tuesday for"."""
    verbs = [h for h in hits if h.entry.kind == "verb"]
    return [h for h in hits if h.entry.kind != "verb" or not any(_goes_into(v, h) for v in verbs)]


def _goes_into(verb: Hit[Happening], hit: Hit[Happening]) -> bool:
    return verb.entry.type == hit.entry.type and verb.first < hit.first < verb.last < hit.last


def _nested(hits: Sequence[Hit[Happening]]) -> list[Hit[Happening]]:
    """What befalls a deal leaves the words to what told of the deal: "a truce agreed in May | collapsed"."""
    out = []
    for hit in hits:
        inside = [
            h.last
            for h in hits
            if h.first == hit.first
            and h.last < hit.last
            and h.entry.type != hit.entry.type
            and "verb" not in (h.entry.kind, hit.entry.kind)
        ]
        out.append(replace(hit, first=max(inside)) if inside and hit.entry.kind == "state" else hit)
    return out


def _heads(hits: Iterable[Hit[Happening]]) -> Iterator[Hit[Happening]]:
    """Of the hits that begin at one verb the one that ends at its object: "announced a tariff truce | after talks".

    A verb alone gives way to any of its phrases; what befalls the talks may stand far from them.
    """
    by_first: dict[int, list[Hit[Happening]]] = {}
    for hit in hits:
        if hit.entry.kind == "verb" and hit.last - hit.first > 1:
            by_first.setdefault(hit.first, []).append(hit)
        else:
            yield hit
    for group in by_first.values():
        lasts = {h.last for h in group}
        last = min(lasts)
        while last + 1 in lasts:
            last += 1
        yield next(h for h in group if h.last == last)


def _apart(hits: Iterable[Hit[Happening]]) -> list[Hit[Happening]]:
    """The hits that do not share a word, longer ones first; but what befalls the object of a verb is told too.

    "Ended a strike which began in May" tells of two events, and the strike stands in both.
    """
    taken: set[int] = set()
    kept: list[Hit[Happening]] = []
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first)):
        shared = taken.intersection(range(hit.first, hit.last))
        if (
            not shared
            or (shared == {hit.first} and hit.entry.kind != "verb" and _ends_a_verb(kept, hit))
            or (shared == {hit.last - 1} and hit.entry.kind == "verb" and _begins_a_noun(kept, hit))
        ):
            taken.update(range(hit.first, hit.last))
            kept.append(hit)
    return kept


def _ends_a_verb(kept: Sequence[Hit[Happening]], noun: Hit[Happening]) -> bool:
    return any(h.last == noun.first + 1 and h.entry.kind == "verb" and h.entry.type != noun.entry.type for h in kept)


def _begins_a_noun(kept: Sequence[Hit[Happening]], verb: Hit[Happening]) -> bool:
    return any(h.first == verb.last - 1 and h.entry.kind != "verb" and h.entry.type != verb.entry.type for h in kept)


def _blocked(hit: Hit[Happening], blocks: Sequence[Hit[Happening]]) -> bool:
    return any(b.entry.row == hit.entry.row and b.first < hit.last and hit.first < b.last for b in blocks)


def _parted(line: Line, told: Sequence[Told]) -> list[Told]:
    """Neighbours that share a clause share its words out: the one ends where what the next tells begins."""
    out: list[Told] = []
    clause = 0
    for one in told:
        if out:
            before = out[-1]
            first = one.first if one.first >= before.words[1] else max(before.words[1], one.own)
            begins = _new_clause(line, before.words[1], one)
            if begins is not None:
                clause += 1
                first = max(first, begins)
            if begins is None and one.row.type == before.row.type:
                out.append(replace(one, clause=out[-1].clause))
                continue
            if first < before.last:
                out[-1] = _cut(line, before, before.first, max(before.words[1], first))
            if first > one.first:
                one = _cut(line, one, min(first, one.words[0]), one.last)
        out.append(replace(one, clause=(line.sentence.span.start, clause)))
    return out


def _new_clause(line: Line, after: int, told: Told) -> int | None:
    """Where a clause with a subject of its own begins between two tellings: "... and rockets hit the port"."""
    for i in range(told.own - 1, after - 1, -1):
        word = line.lowers[i]
        if word in _JOINS and i + 1 < told.own + told.befalls:
            return i + 1
        if word == "," and told.noun:
            return i + 1
    return None


def _cut(line: Line, told: Told, first: int, last: int) -> Told:
    """The telling in fewer words; a day among those is its own."""
    while last > told.words[1] and line.lowers[last - 1] in ("and", "but", ",", "while", "who", "which", "that"):
        last -= 1
    span = line.span(first, last)
    own = next((t for t in dates_in(line.reading, line.sentence) if span.holds(t.span) and iso_of(t)), None)
    date = told.row.date if own is None or told.row.type in words("begins") else iso_of(own)
    return replace(told, first=first, last=last, row=replace(told.row, span=span, date=date))


def _told(line: Line, hit: Hit[Happening], *, brief: bool) -> Told | None:
    entry = hit.entry
    at = _verb(hit)
    statement = _said_in(line, hit)
    if is_wished(line, hit, statement):
        return None
    if not brief and _in_speech(line, hit):
        return None
    who = doer(line, at, floor=floor_of(line, statement))
    first, last = _start(hit, who), max(hit.last, clause_end(line, hit.last - 1))
    span = line.span(first, last)
    date = _date_of(line, hit, span, statement)
    status = status_of(line, hit, at, statement, begins=first, date=date)
    if status is None or (status == "hypothetical" and not brief):
        return None
    actors = _actors(line, hit, who, at)
    if entry.type == "armed_action" and not brief and _aside(line, first, date, actors):
        return None
    if entry.needs == "meeting" and (status != "planned" or date is None):
        return None
    if (entry.needs == "day" and date is None and not _dated(line, first, last)) or (
        entry.needs == "doer" and not actors
    ):
        return None
    if entry.type == "armed_action" and not brief and not _is_one(line, hit, at, first, last, date, actors):
        return None
    toll = entry.toll or (entry.type == "armed_action" and _leans(line, hit, actors))
    row = Event(
        article=line.reading.article.id,
        span=span,
        # A meeting that is still to come has been announced, not held.
        type="talks_announced" if (entry.type, status) == ("talks_held", "planned") else entry.type,
        status=status,
        actors=actors,
        plover=entry.plover,
        date=date,
        place=_place(line, first, last),
        statement=statement.id if statement else None,
        confidence=_CONFIDENCE[status],
    )
    return Told(
        row,
        first,
        last,
        (hit.first, hit.last),
        group_start(line, hit.first),
        toll,
        entry.kind == "noun" and not toll,
        plain=entry.needs is None and entry.kind != "noun",
        befalls=entry.kind == "state",
    )


def _leans(line: Line, hit: Hit[Happening], actors: Sequence[str]) -> bool:
    """True for what tells more of an act told elsewhere: what it cost ("dozens were injured"), where "the attack took place"."""
    inside = line.lowers[hit.first : hit.last]
    if hit.entry.kind == "state" and inside[-1] in words("cost") and not {"was", "were", "been"}.isdisjoint(inside):
        return True
    if hit.entry.kind == "state" and line.lowers[max(0, hit.first - 1)] in ("the", "this"):
        return inside[0] in words("one act") and not actors
    return hit.entry.kind == "verb" and not actors and inside[0] in words("cost")


def _dated(line: Line, first: int, last: int) -> bool:
    """True where a day is named, whether or not the article says which one that is."""
    return any(w in TIMES or w in MONTHS for w in line.lowers[first:last])


def _complete(line: Line, hit: Hit[Happening]) -> bool:
    """True unless a bare verb lacks what makes it a happening: people released, somebody met."""
    if hit.entry.needs in _CLASSES:
        beside = line.lowers[max(0, hit.first - _BEFORE) : hit.first] if hit.entry.needs == "meeting" else line.lowers
        if words(f"needs {hit.entry.needs}").isdisjoint(beside):
            return False
    if hit.entry.needs == "position":
        span = line.span(hit.first, hit.last)
        if hit.last - hit.first == 1 and hit.last < len(line.lowers) and not is_mark(line.lowers[hit.last]):
            return False  # "accepted" alone tells it only where nothing follows
        return any(p.span.overlaps(span) for p in line.reading.positions)
    if hit.last - hit.first > 1:
        return True
    near = range(hit.last, min(hit.last + 4, len(line.lowers)))
    if not near or is_mark(line.lowers[hit.last]):
        return hit.entry.needs is None and line.lowers[hit.first] not in words("with a name")
    if hit.entry.needs == "people":
        return any(_counts(line.lowers[i]) for i in near)
    if line.lowers[hit.first] in words("with a name"):
        return any((n := line.named_at(i)) is not None and n.mention.side is not None for i in near[:3])
    return True


def _counts(word: str) -> bool:
    """True for a number, or a word for people: "twenty-four", "12", "sailors"."""
    return word[0].isdigit() or word.partition("-")[0] in words("people")


def _date_of(line: Line, hit: Hit[Happening], span: Span, statement: Statement | None) -> str | None:
    """When it happened, or from when on it holds: "announced on Monday a levy that starts on 1 July"."""
    if hit.entry.type in words("begins"):
        for when in dates_in(line.reading, line.sentence):
            before = [t.lower for t in line.tokens[hit.last :] if t.end <= when.span.start][-2:]
            if iso_of(when) and not words("from").isdisjoint(before):
                return iso_of(when)
    return _date(line.reading, span, statement)


def _date(reading: Reading, span: Span, statement: Statement | None) -> str | None:
    """A date outside of what is said tells when it was said, and is no answer."""
    when = date_near(reading, span)
    if when is None or (statement is not None and not any(c.holds(when.span) for c in statement.content)):
        return None
    return iso_of(when)


def _verb(hit: Hit[Happening]) -> int:
    """The word that says what is done: the first of a verb's phrase, the last of what befalls the talks."""
    return hit.last - 1 if hit.entry.kind == "state" else hit.first


def _said_in(line: Line, hit: Hit[Happening]) -> Statement | None:
    span = line.span(hit.first, hit.last)
    if line.cued_by(span) is not None:
        return None  # "said no": the saying is the deed, and the outlet tells it
    return line.statement_at(span)


def _in_speech(line: Line, hit: Hit[Happening]) -> bool:
    """True inside somebody's own words: what he tells there is his view, unless it is an answer or a reproach."""
    if hit.entry.type in words("spoken"):
        return False
    span = line.span(hit.first, hit.last)
    quotation = next((q for q in line.quotations if q.inner.holds(span)), None)
    return quotation is not None and len(quotation.inner.text.split()) > _SPEECH


def _actors(line: Line, hit: Hit[Happening], who: Doer, at: int) -> tuple[str, ...]:
    if hit.entry.kind == "noun":
        return _of_noun(line, hit)
    if hit.entry.kind == "state" or hit.entry.who == "parties":
        return _sides(n.mention for n in line.named if who.first <= n.first and n.first < clause_end(line, at))
    group = line.lowers[group_start(line, hit.first) : hit.first]
    passive = any(w in BE for w in group) and not line.lowers[hit.first].endswith("ing")
    if passive and line.lowers[hit.first] not in words("blames"):
        return _by(line, hit.last)
    found = _accused(line, hit.first) or who.sides
    if hit.entry.who == "both":
        end = clause_end(line, hit.last - 1)
        beside = [
            n
            for n in line.named
            if hit.last <= n.first < end and line.lowers[n.first - 1] in ("with", "and", "between")
        ]
        found += _sides(n.mention for n in beside)
    return tuple(dict.fromkeys(found))


def _accused(line: Line, at: int) -> tuple[str, ...]:
    """Who did it, by another's word: the second of "Ondra accused Karsk of breaking the truce", and not the first."""
    blames = words("blames")
    if line.lowers[at] in blames:
        end = next((i for i in range(at, len(line.lowers)) if line.lowers[i] in ("of", "for")), at)
        return _sides(n.mention for n in line.named if at < n.first < end)
    if not line.lowers[at].endswith("ing") or line.lowers[at - 1 : at] not in (["of"], ["for"]):
        return ()
    cue = next((i for i in range(at - 2, max(-1, at - _ASIDE), -1) if line.lowers[i] in blames), None)
    return _sides(n.mention for n in line.named if cue is not None and cue < n.first < at)


def _of_noun(line: Line, hit: Hit[Happening]) -> tuple[str, ...]:
    by = _by(line, hit.first)
    if by:
        return by
    before = [n for n in line.named if n.last <= hit.first + 1 and hit.first - n.last <= 3]
    return _sides(n.mention for n in before)


def _by(line: Line, at: int) -> tuple[str, ...]:
    for i in range(at, min(len(line.lowers), at + 12)):
        if line.lowers[i] == "by":
            return _sides(n.mention for n in line.named if i < n.first <= i + 4)
    return ()


def _sides(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return Doer(0, tuple(m for m in mentions if m.kind != "place")).sides


def _start(hit: Hit[Happening], who: Doer) -> int:
    """Where the clause begins: at its doer, or at the words themselves where that stands apart."""
    return min(who.first, hit.first) if hit.entry.kind != "noun" else hit.first


def _is_one(
    line: Line, hit: Hit[Happening], at: int, first: int, last: int, date: str | None, actors: Sequence[str]
) -> bool:
    """True where an act of arms is told as one happening, not as a running total or a habit."""
    inside = line.lowers[first:last]
    before = line.lowers[max(0, first - 2) : first]
    told_by = line.statement_at(line.span(hit.first, hit.last))
    beside = [*line.lowers[first : hit.first], *line.lowers[hit.last : last]]
    if any(w in words("ongoing") for w in beside) or "where" in before:
        return False
    if date is None and any(w in RELATIVES for w in before):
        return False
    if "that" in before and told_by is None and date is None:
        return False
    if _is_habit(line, hit, group_start(line, at), date):
        return False
    text = " ".join(inside)
    if "so far" in text or ("since" in inside and "has" in inside) or ("more than" in text and "months" in inside):
        return False
    if (
        line.lowers[hit.first].endswith("ing")
        and hit.entry.kind == "verb"
        and not any(w in ("was", "were") for w in line.lowers[group_start(line, at) : at])
    ):
        return False
    group = [*line.lowers[group_start(line, at) : at], *line.lowers[hit.first : hit.last]]
    if any(w in ("has", "have", "having") for w in group) and date is None:
        return False
    if hit.entry.kind != "noun":
        return True
    plural = line.lowers[hit.first].endswith("s") and hit.last - hit.first == 2
    one = not words("one act").isdisjoint(line.lowers[hit.first : hit.last])
    return "launched" in inside or (not plural and (date is not None or bool(actors) or one))


def _aside(line: Line, first: int, date: str | None, actors: Sequence[str]) -> bool:
    """True for what only sets the scene of another deed: "she was serving him when the shells fell"."""
    opener = line.lowers[max(0, first - 1) : first + 1]
    told = any(t[0].isdigit() or t in words("people") for t in line.lowers[first:])
    return date is None and not actors and not told and any(w in ("when", "as", "where") for w in opener)


def _is_habit(line: Line, hit: Hit[Happening], start: int, date: str | None) -> bool:
    """True for what is told of no day: a habit in the present tense, a toll that goes on growing."""
    word = line.lowers[hit.first]
    if hit.entry.toll:
        return "past" in line.lowers or any(w in ("has", "have") for w in line.lowers[start : hit.last])
    so_far = "since" in line.lowers or ("far" in line.lowers and "so" in line.lowers)
    total = so_far and word in words("tolls")
    return total or (hit.entry.kind == "verb" and date is None and word in words("habits"))


def _place(line: Line, first: int, last: int) -> str | None:
    for name in line.named:
        if first < name.first < last and name.mention.kind == "place":
            before = line.lowers[max(first, name.first - 3) : name.first]
            if any(w in words("place") for w in before):
                return name.mention.span.text
    return None
