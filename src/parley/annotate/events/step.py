"""What happened in and around the talks: by whom, when, where, and on whose word.

An event is a word of the list (`codebooks/events.toml`) in a clause that tells it as done or under way: demands,
conditions and hopes are none, plans are `planned`, what stands only in somebody's words is `claimed`. The same event
told again in the article is one row, at its fullest telling (`same.py`). An article that only mentions a dispute has
none. A text of a sentence or two is read as event coders read a wire lead (`leads.py`).

    found.py    the words of the list in a sentence          status.py   done, planned, claimed, denied, imagined
    actors.py   who                                          single.py   one act of arms, or a total of many
    where.py    where                                        parted.py   whose words a shared clause is
    when.py     when                                         same.py     the same event told twice
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.annotate.events.actors import actors_of
from parley.annotate.events.found import found_in
from parley.annotate.events.happenings import Happening, words
from parley.annotate.events.leads import coded
from parley.annotate.events.parted import parted
from parley.annotate.events.same import Told, once
from parley.annotate.events.single import is_aside, is_one, is_toll
from parley.annotate.events.status import floor_of, is_wished, status_of
from parley.annotate.events.when import date_of, is_dated
from parley.annotate.events.where import placed
from parley.annotate.language.clauses import Doer, clause_end, doer, group_start, negated
from parley.annotate.language.lines import Line, lines
from parley.annotate.language.phrases import Hit
from parley.annotate.positions.issues import is_about_dispute, story_of
from parley.data import Event, EventStatus, Plover, Reading, Statement
from parley.dates.lookup import dates_in

if TYPE_CHECKING:
    from parley.pipeline import Settings

_LOOKS_BACK = frozenset(("had", "earlier", "previously", "last", "since", "previous", "then"))
_BESIDE = 120
"""Characters between an attack and the words that call it a breach."""
_SPEECH = 5
"""A quotation of more words is somebody's speech: of what is told in it, only answers and breaches are events."""
BRIEF = 2
"""A text of so many sentences is a wire lead: there a speech act is coded too, as event coders do."""
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
    rows = [_yet_to_come(e) for e in once(told if brief else _breaches(told))]
    if brief:
        rows = coded(body, rows)
    return replace(reading, events=tuple(sorted(rows, key=lambda e: e.span.start)))


def _yet_to_come(event: Event) -> Event:
    """Talks that have been announced are planned, however the announcement is told."""
    if event.type == "talks_announced" and event.status in ("actual", "claimed"):
        return replace(event, status="planned", confidence=_CONFIDENCE["planned"])
    return event


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
    if act.actors and violation.actors and not set(act.actors) & set(violation.actors):
        return False
    gap = max(act.span.start - violation.span.end, violation.span.start - act.span.end)
    return gap <= _BESIDE or (act.date is not None and act.date == violation.date)


def _as_breach(told: Told) -> Told:
    return replace(told, row=replace(told.row, type="violation", plover=Plover("REJECT")))


def _in_line(line: Line, *, brief: bool) -> list[Told]:
    """The tellings of a sentence, each in the words of its own clause."""
    told = [t for hit in found_in(line) if (t := _told(line, hit, brief=brief)) is not None]
    return placed(line, parted(line, told))


def _told(line: Line, hit: Hit[Happening], *, brief: bool) -> Told | None:
    """What a hit tells; None where it tells nothing that happened, or not as one happening."""
    statement = _said_in(line, hit)
    if is_wished(line, hit, statement) or (not brief and _in_speech(line, hit)):
        return None
    at = _verb(hit)
    who = doer(line, at, floor=floor_of(line, statement))
    first, last = _start(hit, who), max(hit.last, clause_end(line, hit.last - 1))
    span = line.span(first, last)
    date = date_of(line, hit, span, statement)
    status = status_of(line, hit, at, statement, begins=first, date=date)
    if status is None or (status == "hypothetical" and not brief):
        return None
    actors = actors_of(line, hit, who, at)
    dated = date is not None or is_dated(line, first, last)
    if not _has_what_it_needs(hit, status, actors, dated=dated):
        return None
    arms = hit.entry.type == "armed_action"
    if arms and not brief and is_aside(line, first, actors, dated=dated):
        return None
    if arms and not brief and not is_one(line, hit, at, first, last, actors, dated=dated):
        return None
    toll = hit.entry.toll or (arms and is_toll(line, hit, actors))
    row = Event(
        article=line.reading.article.id,
        span=span,
        type=_type(line, hit, status, actors),
        status=status,
        actors=actors,
        plover=hit.entry.plover,
        date=date,
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
        hit.entry.kind == "noun" and not toll,
        plain=hit.entry.needs is None and hit.entry.kind != "noun",
        befalls=hit.entry.kind == "state",
    )


def _has_what_it_needs(hit: Hit[Happening], status: EventStatus, actors: Sequence[str], *, dated: bool) -> bool:
    """True unless the entry asks for a day, a doer or a plan of a meeting, and the clause has none."""
    needs = hit.entry.needs
    if needs == "meeting":
        return status == "planned" and dated
    return dated if needs == "day" else needs != "doer" or bool(actors)


def _type(line: Line, hit: Hit[Happening], status: EventStatus, actors: Sequence[str]) -> str:
    """The entry's type, but for two: a meeting to come has been announced, and a truce that two agree to is agreed upon."""
    if (hit.entry.type, status) == ("talks_held", "planned"):
        return "talks_announced"
    verb, bond = line.lowers[hit.first], line.lowers[hit.last - 1]
    if hit.entry.type == "accept_proposal" and verb.startswith("agree") and len(actors) > 1 and bond in words("bonds"):
        return "agreement"
    return hit.entry.type


def _verb(hit: Hit[Happening]) -> int:
    """The word that says what is done: the first of a verb's phrase, the last of what befalls the talks."""
    return hit.last - 1 if hit.entry.kind == "state" else hit.first


def _said_in(line: Line, hit: Hit[Happening]) -> Statement | None:
    span = line.span(hit.first, hit.last)
    if line.cued_by(span) is not None:
        return None  # "said no": the saying is the deed, and the outlet tells it
    return line.statement_at(span)


def _in_speech(line: Line, hit: Hit[Happening]) -> bool:
    """True inside somebody's own words: what he tells there is his view, unless it is an answer, a reproach or a denial."""
    if hit.entry.type in words("spoken") or (hit.entry.type in words("deniable") and negated(line, hit.first)):
        return False
    span = line.span(hit.first, hit.last)
    quotation = next((q for q in line.quotations if q.inner.holds(span)), None)
    return quotation is not None and len(quotation.inner.text.split()) > _SPEECH


def _start(hit: Hit[Happening], who: Doer) -> int:
    """Where the clause begins: at its doer, or at the words themselves where that stands apart."""
    return min(who.first, hit.first) if hit.entry.kind != "noun" else hit.first
