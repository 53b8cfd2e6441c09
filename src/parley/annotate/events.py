"""What happened in and around the talks: by whom, when, where, and on whose word.

An event is a word of the list (`codebooks/events.toml`) in a clause that tells it as done or under way: demands,
conditions and hopes are none, plans are `planned`, what stands only in somebody's words is `claimed`. The same event
told again in the article is one row, at its fullest telling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from parley.annotate.clauses import RELATIVES, Doer, clause_end, doer, group_start, negated
from parley.annotate.grammar import BE, MODALS, is_mark
from parley.annotate.lines import MOST, Line, lines
from parley.annotate.phrases import Hit, Phrases, apart
from parley.codebooks import lexicon
from parley.data import Event, EventStatus, Mention, Plover, Reading, Span, Statement
from parley.dates.lookup import date_near, dates_in, iso_of

if TYPE_CHECKING:
    from parley.pipeline import Settings

_DENIALS = frozenset(("denied", "denies", "deny", "denying"))
_NOS = frozenset(("not", "never", "n't", "no"))
_WISHES = frozenset(("demands", "proposes", "conditional"))
_LOOKS_BACK = frozenset(("had", "earlier", "previously", "last", "since", "previous", "then"))
_BESIDE = 120
_FURTHER = 500
"""Characters between an attack and the words that call it a breach: beside it, and where only the attack has a day."""
BRIEF = 2
"""A text of so many sentences is a wire lead: there a speech act is coded too, as event coders do."""


@cache
def _words(name: str) -> frozenset[str]:
    """One of the small word classes of the list: `ongoing`, `announcing`, `plans`, ..."""
    return frozenset(w for row in lexicon("events")["words"] if row["name"] == name for w in row["words"])


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of the list of happenings."""

    type: str
    plover: Plover
    kind: str = "verb"
    who: str = "doer"
    status: str | None = None
    brief: bool = False
    needs: str | None = None
    toll: bool = False
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event: the row, and how much it tells."""

    row: Event
    weight: tuple[bool, bool, int, int]
    toll: bool


@cache
def _happenings() -> Phrases[Happening]:
    entries: list[tuple[str, Happening]] = []
    for row in lexicon("events")["event"]:
        entry = Happening(
            row["type"],
            Plover(row["plover"], row.get("mode")),
            row.get("kind", "verb"),
            row.get("who", "doer"),
            row.get("status"),
            row.get("brief", False),
            row.get("needs"),
            row.get("toll", False),
        )
        entries += [(p, entry) for p in row["patterns"]]
        entries += [(p, replace(entry, blocks=True)) for p in row.get("unless", ())]
    return Phrases(entries)


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  the list needs no setting
    """The step that adds `events`."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """The reading with the events of its body, each once, in the order of their fullest tellings."""
    body = lines(reading) or lines(reading, title=True)
    brief = len(body) <= BRIEF
    told = [t for group in _carried([(line, list(_in_line(line, brief=brief))) for line in body]) for t in group]
    if not brief:
        told = _breaches(told)
    if any(t.row.type != "other" for t in told):
        told = [t for t in told if t.row.type != "other" or t.row.status != "hypothetical"]
    return replace(reading, events=tuple(sorted(_once(told), key=lambda e: e.span.start)))


def _carried(rows: Sequence[tuple[Line, list[Told]]]) -> Iterator[list[Told]]:
    """The tellings by sentence; one that goes on in the same paragraph without a date keeps the date before it.

    Only what is told as done, in a sentence without any date of its own, right after one that has told on which day.
    """
    paragraph, date = -1, None
    for line, found in rows:
        if line.sentence.paragraph != paragraph:
            paragraph, date = line.sentence.paragraph, None
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


def _in_line(line: Line, *, brief: bool) -> Iterator[Told]:
    hits = _happenings().find(line.lowers)
    blocks = [h for h in hits if h.entry.blocks]
    hits = [h for h in hits if not h.entry.blocks and (brief or not h.entry.brief) and not _blocked(h, blocks)]
    # A vote is an event beside what was voted for.
    core = apart(h for h in hits if not h.entry.brief and h.entry.type != "vote")
    core += apart(h for h in hits if h.entry.type == "vote")
    taken = {i for c in core for i in range(c.first, c.last)}
    speech = [h for h in apart(h for h in hits if h.entry.brief) if taken.isdisjoint(range(h.first, h.last))]
    for hit in sorted([*core, *speech], key=lambda h: h.first)[:MOST]:
        told = _told(line, hit, brief=brief)
        if told is not None:
            yield told


def _blocked(hit: Hit[Happening], blocks: Sequence[Hit[Happening]]) -> bool:
    return any(b.entry.type == hit.entry.type and b.first < hit.last and hit.first < b.last for b in blocks)


def _told(line: Line, hit: Hit[Happening], *, brief: bool) -> Told | None:
    entry = hit.entry
    at = _verb(hit)
    statement = _said_in(line, hit)
    if not _complete(line, hit) or (not entry.brief and _wished(line, hit, statement)):
        return None
    status = _status(line, hit, at, statement)
    if status is None or (status == "hypothetical" and not brief):
        return None
    who = doer(line, at, floor=_floor(line, statement))
    actors = _actors(line, hit, who, at)
    last = max(hit.last, clause_end(line, hit.last - 1))
    first = _start(hit, who)
    span = line.span(first, last)
    date = _date(line.reading, span, statement)
    if entry.type == "armed_action" and not brief and not _is_one(line, hit, at, first, last, date, actors):
        return None
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
        confidence=_confidence(line, hit, status, brief=brief),
    )
    weight = (not entry.toll, status == "actual", (date is not None) + bool(actors), len(span))
    return Told(row, weight, entry.toll)


def _complete(line: Line, hit: Hit[Happening]) -> bool:
    """True unless a bare verb lacks what makes it a happening: people released, somebody met."""
    if hit.entry.needs == "position":
        span = line.span(hit.first, hit.last)
        if hit.last - hit.first == 1 and hit.last < len(line.lowers) and not is_mark(line.lowers[hit.last]):
            return False  # "accepted" alone tells it only where nothing follows
        return any(p.span.overlaps(span) for p in line.reading.positions)
    if hit.last - hit.first > 1:
        return True
    near = range(hit.last, min(hit.last + 4, len(line.lowers)))
    if not near or is_mark(line.lowers[hit.last]):
        return hit.entry.needs is None and line.lowers[hit.first] not in _words("with a name")
    if hit.entry.needs == "people":
        return any(line.lowers[i][0].isdigit() or line.lowers[i] in _words("people") for i in near)
    if line.lowers[hit.first] in _words("with a name"):
        return any((n := line.named_at(i)) is not None and n.mention.side is not None for i in near[:3])
    return True


def _date(reading: Reading, span: Span, statement: Statement | None) -> str | None:
    """When it happened; a date outside of what is said tells when it was said, and is no answer."""
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


def _wished(line: Line, hit: Hit[Happening], statement: Statement | None) -> bool:
    """True for what is demanded, proposed or made a condition: it has not happened for that."""
    if hit.entry.type in _words("deeds"):
        return False
    cue = statement.cue.text.lower() if statement is not None and statement.cue is not None else ""
    if any(w.startswith(tuple(_words("wishing"))) for w in cue.split()):
        return True
    span = line.span(hit.first, hit.last)
    return any(
        p.stance in _WISHES and p.span.start < span.start and p.span.end >= span.end for p in line.reading.positions
    )


def _floor(line: Line, statement: Statement | None) -> int:
    if statement is None:
        return 0
    start = min((c.start for c in statement.content if c.overlaps(line.sentence.span)), default=0)
    return next((i for i, t in enumerate(line.tokens) if t.start >= start), 0)


def _status(line: Line, hit: Hit[Happening], at: int, statement: Statement | None) -> EventStatus | None:
    """How the clause tells it; None where it tells a wish, a condition or nothing that happened."""
    lowers = line.lowers
    group = list(lowers[group_start(line, hit.first) : hit.first])
    inner = list(lowers[hit.first : hit.last])
    says_no = hit.entry.type == "talks_no_progress" or hit.entry.plover.type == "REJECT"
    if negated(line, hit.first) or (any(w in _NOS for w in inner[:-1]) and not says_no):
        return None
    modal = next((w for w in [*group, *inner[:-1]] if w in MODALS), None)
    told: EventStatus = "actual"
    if hit.entry.status == "planned" or modal in ("will", "shall", "'ll"):
        told = "planned"
    elif modal == "would" and statement is not None and statement.kind != "direct":
        told = "planned"  # "said that it would": the future of a past
    elif modal is not None:
        told = "hypothetical"
    elif any(a in BE and b == "to" for a, b in pairwise(inner)):
        told = "planned"
    elif "to" in group[-2:]:
        planned = (len(group) > 1 and group[-2] in BE) or any(
            w in _words("plans") for w in lowers[max(0, hit.first - 6) : hit.first]
        )
        told = "planned" if planned and hit.entry.type not in ("armed_action",) else "hypothetical"
    if any(w in _words("ifs") for w in lowers[max(0, group_start(line, hit.first) - 8) : hit.first]):
        told = "hypothetical"
    if told == "planned" and any(w in _words("ifs") and w != "unless" for w in lowers[hit.last : hit.last + 12]):
        told = "hypothetical"
    if told == "actual" and hit.entry.kind == "verb" and _bare(line, hit, group):
        return None
    if any(w in _DENIALS for w in lowers[max(0, hit.first - 10) : hit.first]):
        return "denied"
    if statement is None or told in ("planned", "hypothetical"):
        return told
    return _on_word(line, hit, at, statement)


def _bare(line: Line, hit: Hit[Happening], group: Sequence[str]) -> bool:
    """True for a participle without a doer of its own ("to be released", "efforts aimed at releasing")."""
    word = line.lowers[hit.first]
    if word in _words("bare") and not hit.entry.brief and not any(w == "to" or w in MODALS for w in group):
        return True
    if word in _words("bare") and line.lowers[hit.first + 1 : hit.first + 2] == ["of"]:
        return True  # a noun: "the release of the captives"
    if word.endswith("ing") and not any(w in BE for w in group):
        before = line.lowers[hit.first - 1] if hit.first else ""
        return before in _words("manner") or before in ("at", "to", "on", "in", "the", "a", "its", "their")
    return bool(group) and group[-1] == "be"


def _on_word(line: Line, hit: Hit[Happening], at: int, statement: Statement) -> EventStatus:
    """Claimed, unless the cue says that it is so, or the speaker does it by saying so."""
    cue = statement.cue.text.lower() if statement.cue else ""
    announcing = tuple(_words("announcing"))
    if any(w.startswith(("den", "reject", "dismiss")) for w in cue.split()):
        return "denied"
    if any(w.startswith(announcing) for w in cue.split()):
        return "actual"
    who = doer(line, at, floor=_floor(line, statement))
    own = who.pronoun in ("we", "i", "it") or (
        statement.speaker is not None and who.side in (statement.speaker.side, statement.speaker.name)
    )
    past = "had" in line.lowers[group_start(line, hit.first) : hit.first]
    return "actual" if hit.entry.type in _words("deeds") and own and not past else "claimed"


def _actors(line: Line, hit: Hit[Happening], who: Doer, at: int) -> tuple[str, ...]:
    if hit.entry.kind == "noun":
        return _of_noun(line, hit)
    if hit.entry.kind == "state" or hit.entry.who == "parties":
        return _sides(n.mention for n in line.named if who.first <= n.first and n.first < clause_end(line, at))
    group = line.lowers[group_start(line, hit.first) : hit.first]
    if any(w in BE for w in group) and not line.lowers[hit.first].endswith("ing"):
        return _by(line, hit.last)
    found = who.sides
    if hit.entry.who == "both":
        end = clause_end(line, hit.last - 1)
        beside = [
            n
            for n in line.named
            if hit.last <= n.first < end and line.lowers[n.first - 1] in ("with", "and", "between")
        ]
        found += _sides(n.mention for n in beside)
    return tuple(dict.fromkeys(found))


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
    words = line.lowers[first:last]
    before = line.lowers[max(0, first - 2) : first]
    told_by = line.statement_at(line.span(hit.first, hit.last))
    if any(w in _words("ongoing") for w in words) or any(w in ("where", *RELATIVES) for w in before):
        return False
    if "that" in before and told_by is None:
        return False
    text = " ".join(words)
    if "so far" in text or ("since" in words and "has" in words) or ("more than" in text and "months" in words):
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
    return "launched" in words or (not plural and (date is not None or bool(actors)))


def _place(line: Line, first: int, last: int) -> str | None:
    for name in line.named:
        if first < name.first < last and name.mention.kind == "place":
            before = line.lowers[max(first, name.first - 3) : name.first]
            if any(w in _words("place") for w in before):
                return name.mention.span.text
    return None


def _confidence(line: Line, hit: Hit[Happening], status: str, *, brief: bool) -> float:
    """Higher for what the outlet tells as done; in a wire lead the first doing is the news."""
    base = {"actual": 0.75, "planned": 0.65, "claimed": 0.6, "denied": 0.55, "hypothetical": 0.4}[status]
    if brief:
        base -= 0.2 * hit.first / max(1, len(line.lowers))
    return round(base, 3)


def _once(told: Sequence[Told]) -> Iterator[Event]:
    """Each event at its fullest telling: the act before its toll, told before claimed, dated before not, long before short.

    What the fullest telling leaves open, another telling of the same event fills in.
    """
    kept: list[Told] = []
    for one in sorted(told, key=lambda t: t.weight, reverse=True):
        same = next((n for n, k in enumerate(kept) if _same(one, k)), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = replace(kept[same], row=_filled(kept[same].row, one.row))
    yield from (k.row for k in kept)


def _filled(row: Event, other: Event) -> Event:
    return replace(row, actors=row.actors or other.actors, date=row.date or other.date, place=row.place or other.place)


def _same(left: Told, right: Told) -> bool:
    one, other = left.row, right.row
    if one.type != other.type or (one.type == "other" and one.plover != other.plover):
        return False
    if left.toll != right.toll:
        return _compatible(one.date, other.date)
    parties = one.type.startswith("talks_") or one.type in ("agreement", "agreement_ends")
    if not parties and one.actors and other.actors and not set(one.actors) & set(other.actors):
        return False
    if one.span.overlaps(other.span):
        return True
    if one.type in _words("many") and not _alike(one, other):
        return False
    return _compatible(one.date, other.date) and (one.status == other.status or "claimed" in (one.status, other.status))


def _alike(one: Event, other: Event) -> bool:
    """True where two acts of arms, or releases, share a word that is not the doer's: a place, a number, a victim."""
    words = [{w.strip(",.”\"'’").lower() for w in e.span.text.split()} for e in (one, other)]
    doers = {w.lower() for e in (one, other) for a in e.actors for w in a.split()}
    return any(len(w) > 4 or w[:1].isdigit() for w in (words[0] & words[1]) - doers - _words("common"))


def _compatible(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.startswith(other) or other.startswith(one)
