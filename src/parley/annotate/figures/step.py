"""Figures: the numbers an article reports about people, damage and money at stake, each with who counts so.

`figures_grammar` says what a number counts; this module makes the rows: the span from the qualifier to the counted noun, the
claimant from the statement that carries it, the time counted, subsets tied to their totals, and one row where the same
figure is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from parley.annotate.figures import context
from parley.annotate.figures.claim import Claim, claim
from parley.annotate.figures.clause import Candidate
from parley.annotate.figures.coins import coins
from parley.annotate.figures.grammar import classify
from parley.annotate.figures.handed import DEEDS, Draft, handed_on
from parley.annotate.figures.local import Locals
from parley.annotate.figures.places import Place, land_of, place_of, places
from parley.annotate.figures.population import end_of, population
from parley.annotate.figures.when import begins_anew, time_counted
from parley.annotate.figures.words import words_of
from parley.annotate.quantities.find import Measured, measure
from parley.annotate.quantities.numbers import words_hold_number
from parley.data import Figure, Reading, Sentence, Value
from parley.dates.lookup import dates_in

if TYPE_CHECKING:
    from parley.pipeline import Settings


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  every step is made with the settings
    """The step that adds `figures` to a reading."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """Add the figures of the body, and of the headline those deeds that the body does not tell."""
    drafts: list[Draft] = []
    titles: list[Draft] = []
    themes = _themes(reading.text)
    nearby: Locals | None = None
    for index, sentence in enumerate(reading.sentences):
        if not words_hold_number(sentence.lowers, sentence.span.text):
            continue
        measured = measure(sentence.span.text)
        so_far = titles if sentence.in_title else drafts
        earlier = so_far[-5:]
        told = [d.figure.category for d in earlier]
        found = classify(measured, told, **themes._asdict()) if measured.measures else []
        if found:
            found = [c if (c.parent or 0) < _MOST else replace(c, parent=None) for c in found[:_MOST]]
            nearby = nearby or Locals(reading)
            prior = reading.sentences[index - 1] if index else None
            so_far += _drafts(nearby.at(index), sentence, prior, measured, found, earlier)
    kept = _told_once(handed_on(drafts))
    kept += [d for d in _told_once(titles) if _is_untold(d, kept)]
    ids = {d.key: d.figure.id for d in kept}
    headline = _headline(reading)
    ranked = sorted(kept, key=lambda d: (_rank(d, headline, reading.article.published), d.key))
    rows = (replace(d.figure, part_of=ids.get(d.parent)) if d.parent is not None else d.figure for d in ranked)
    return replace(reading, figures=tuple(rows))


def _is_untold(title: Draft, body: Sequence[Draft]) -> bool:
    """ "Eight killed in bombing", over a text that speaks of "the dead" only."""
    figure, value = title.figure, title.figure.value
    if title.part or figure.category not in DEEDS or not isinstance(value, int | float) or value < 2:
        return False
    return all(value not in (d.figure.value, d.figure.low, d.figure.high) for d in body)


def _rank(draft: Draft, headline: frozenset[float], published: str | None) -> int:
    """Rows stand in order of importance: the headline's number, what is told exactly of a whole, then parts and vague
    numbers, then background."""
    figure = draft.figure
    if isinstance(figure.value, int | float) and figure.value > 1 and figure.value in headline and not draft.part:
        return -1
    if figure.since is not None or draft.background:
        return 2
    return int(
        draft.part
        or figure.qualifier == "vague"
        or figure.value == 1
        or figure.scope == "cumulative"
        or _is_old(figure, published)
    )


def _is_old(figure: Figure, published: str | None) -> bool:
    """True for a deed of another week than that of the article."""
    if figure.date is None or len(figure.date) != 10 or published is None or len(published) != 10:
        return False
    return date.fromisoformat(published) - date.fromisoformat(figure.date) > timedelta(days=6)


def _headline(reading: Reading) -> frozenset[float]:
    """The numbers of the headline; its figures are told in the body, but it says which one matters most."""
    title = reading.article.title_text or (reading.article.title.text if reading.article.title else "")
    return frozenset(m.value for m in measure(title).measures if m.value is not None)


_MOST = 60  # figures in one sentence; more are a table, and each looks through the whole sentence
_POLICY = (
    "tariff",
    " duty",
    " duties",
    " levy",
    " levies",
    " wage",
    " pay ",
    " pay,",
    " pay.",
    " salar",
    "enrich",
    " raise",
)
_LABOUR = (
    " union",
    "walkout",
    "walk out",
    "walked out",
    "picket",
    "stoppage",
    "striker",
    "dockers",
    "lockout",
    "on strike",
    "industrial action",
    " wage",
    " pay ",
)


class _Themes(NamedTuple):
    """What the text is about, as far as a bare number takes its meaning from it."""

    policy: bool
    labour: bool
    coins: frozenset[str]


def _themes(text: str) -> _Themes:
    """A text that speaks of tariffs, pay or enrichment again and again: its bare percentages are rates that somebody sets.
    One of strikes and unions: its workers, counted, are on strike."""
    low = text[:40_000].lower()
    policy = ("%" in low or "cent" in low) and sum(map(low.count, _POLICY)) >= 3
    labour = " union" in low and sum(map(low.count, _LABOUR)) >= 3
    return _Themes(policy, labour, coins(text))


def _drafts(
    reading: Reading,
    sentence: Sentence,
    prior: Sentence | None,
    measured: Measured,
    found: Sequence[Candidate],
    earlier: Sequence[Draft],
) -> list[Draft]:
    offset = sentence.span.start
    out: list[Draft] = []
    spots = places(reading, sentence) if any(c.category not in ("money", "rate") for c in found) else ()
    here = _only_place(reading, spots, sentence, prior)
    settled = begins_anew(sentence) or any(t.day is not None for t in dates_in(reading, sentence))
    for candidate in found:
        parent = None if candidate.parent is None else (offset, found[candidate.parent].measure.first)
        key = (offset, candidate.measure.first)
        figure = _figure(reading, sentence, measured, candidate, [*earlier, *out[-5:]], spots)
        background = context.is_background(sentence, figure.span)
        whole = None if candidate.parent is None else found[candidate.parent].measure.value
        out.append(
            Draft(
                key,
                parent,
                figure,
                candidate.head,
                sentence.paragraph,
                part=candidate.part,
                others=candidate.head in ("others", "more"),
                background=background,
                settled=settled,
                plain=not candidate.perfect and not candidate.toll and not background,
                here=here,
                whole=whole,
            )
        )
    return out


def _only_place(reading: Reading, spots: Sequence[Place], sentence: Sentence, prior: Sentence | None) -> str | None:
    """The place of a sentence that names none: the only one of the sentence before, in the same paragraph."""
    if spots or prior is None or prior.in_title or prior.paragraph != sentence.paragraph:
        return None
    names = {p.name for p in places(reading, prior) if p.named}
    return names.pop() if len(names) == 1 else None


def _figure(
    reading: Reading,
    sentence: Sentence,
    measured: Measured,
    candidate: Candidate,
    earlier: Sequence[Draft],
    spots: Sequence[Place],
) -> Figure:
    m, toks = candidate.measure, measured.toks
    start = sentence.span.start + toks[m.begin].start
    end = sentence.span.start + toks[end_of(measured, candidate) - 1].end
    span = reading.span(start, end)
    number = reading.span(sentence.span.start + toks[m.first].start, sentence.span.start + toks[m.last - 1].end)
    before = next((d.figure.claimant for d in reversed(earlier[-2:]) if d.figure.claimant), None)
    beside = earlier[-1].figure if earlier and sentence.span.holds(earlier[-1].figure.span) else None
    who = claim(
        reading,
        sentence,
        span,
        number,
        before=before,
        beside=beside.claimant if beside else None,
        asked=candidate.category in ("money", "rate"),
    )
    if who.claimant is not None:
        who = replace(who, claimant=_called(reading, sentence, who.claimant))
    if who.claimant is None and beside is not None and toks[m.begin - 1].low == "from" and start - beside.span.end < 60:
        who = Claim(beside.claimant, beside.via, who.statement)  # "13 percent, up from 5 percent"
    time = time_counted(
        reading, sentence, span, category=candidate.category, lasting=candidate.toll or candidate.perfect
    )
    where = place_of(spots, reading.text, span, category=candidate.category)
    if candidate.toll and candidate.category in ("killed", "injured"):
        where = land_of(who.claimant) or where
    bounds = (m.low, m.high) if m.vague or m.qualifier == "between" else (None, None)
    return Figure(
        article=reading.article.id,
        span=span,
        value=_value(candidate),
        qualifier=m.qualifier,
        category=candidate.category,
        low=bounds[0],
        high=bounds[1],
        population=population(
            measured,
            candidate,
            beside=_beside(candidate, earlier)
            if beside is not None and _alike(beside.category, candidate.category)
            else None,
            whole=_last_whole(earlier),
        ),
        place=where,
        claimant=who.claimant,
        via=who.via,
        date=time.date,
        since=time.since,
        until=time.until,
        scope=context.scope(
            sentence,
            time,
            perfect=candidate.perfect,
            toll=candidate.toll,
            category=candidate.category,
            size=m.value or m.low or 0,
            after_incident=_told_of_one(candidate, earlier, [t.low for t in toks[max(0, m.begin - 10) : m.begin]]),
        ),
        change=m.change or context.toll_change(sentence, toll=candidate.toll),
        statement=who.statement,
        confidence=candidate.confidence,
        method=candidate.method,
    )


def _called(reading: Reading, sentence: Sentence, claimant: str) -> str:
    """The claimant under the name that the article resolves those very words to: "the company" to the one spoken of."""
    if any(s.speaker is not None and s.speaker.name == claimant for s in reading.statements):
        return claimant
    plain = claimant.lower()
    here = next(
        (
            m
            for m in reading.mentions
            if sentence.span.holds(m.span) and _bare(m.span.text) == plain and m.name[:1].isupper()
        ),
        None,
    )
    if here is not None and here.kind in ("person", "organisation"):
        return here.name
    said = (s for s in reading.statements if s.source is not None and s.speaker is not None)
    return next((s.speaker.name for s in said if s.source and s.speaker and _bare(s.source.text) == plain), claimant)


def _bare(text: str) -> str:
    words = text.lower().split()
    return " ".join(words[1:] if words and words[0] in ("the", "a", "an") else words)


def _told_of_one(candidate: Candidate, earlier: Sequence[Draft], lead: Sequence[str]) -> bool:
    """ "The governor later put the toll at 16", after a blast that killed 14: a toll of the same event."""
    size = candidate.measure.value or 0
    near = (d.figure for d in earlier[-4:] if d.figure.category == candidate.category and d.figure.scope == "incident")
    if any(w in ("count", "total", "brought", "bringing", "brings") for w in lead):
        return False
    return any(isinstance(f.value, int | float) and f.value / 3 <= size <= 3 * f.value for f in near)


_FATES = frozenset(
    ["killed", "injured", "casualties", "missing", "displaced", "detained", "captives_held", "captives_released"]
)


def _alike(before: str, now: str) -> bool:
    """A number without a noun counts what the one before did, if both count people or both the same."""
    return before == now or (before in _FATES and now in _FATES)


def _beside(candidate: Candidate, earlier: Sequence[Draft]) -> str | None:
    """What the figure before counted; after a part, the whole: "19 people, six children among them, after a raid left dozens dead"."""
    return _last_whole(earlier) if earlier[-1].part and not candidate.part else earlier[-1].figure.population


def _last_whole(earlier: Sequence[Draft]) -> str | None:
    """Whom the last figure counted that was no part of another: "killing nine people, three children, and injuring 31 others"."""
    counted = (
        d.figure.population for d in reversed(earlier[-4:]) if not d.part and d.figure.category not in ("money", "rate")
    )
    name = next((p for p in counted if p), None)
    return name.split(",")[0] if name else None


def _value(candidate: Candidate) -> Value:
    """Shares are told by their meaning: "85%", "1/3"; vague numbers and ranges have bounds only."""
    m = candidate.measure
    if m.share is not None:
        return f"{m.share[0]}/{m.share[1]}"
    if m.kind == "percent":
        return None if m.value is None else f"{m.value:g}%"
    return m.value if m.value is None or m.value != int(m.value) else int(m.value)


# ---- once each --------------------------------------------------------------------------------------------------------------


def _told_once(drafts: Sequence[Draft]) -> list[Draft]:
    """One row for a figure told twice: the first, or a later one that says more of when and by whom."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((i for i, k in enumerate(kept) if _same(k, draft)), None)
        if same is None:
            kept.append(draft)
        elif _fullness(draft.figure) > _fullness(kept[same].figure) and kept[same].figure.qualifier == "exact":
            kept[same] = replace(kept[same], figure=replace(kept[same].figure, qualifier=kept[same].figure.qualifier))
    return kept


def _fullness(figure: Figure) -> int:
    return sum(v is not None for v in (figure.claimant, figure.date, figure.since, figure.place))


def _same(a: Draft, b: Draft) -> bool:
    x, y = a.figure, b.figure
    if (x.category, x.value, x.low, x.high) != (y.category, y.value, y.low, y.high):
        return False
    if x.claimant != y.claimant and y.claimant is not None and x.qualifier != y.qualifier:
        return False  # two count, and not alike
    if a.part != b.part or (a.part and a.whole != b.whole):
        return False
    generic = words_of("generic")
    return (
        a.head == b.head
        or a.head is None
        or b.head is None
        or a.head in generic
        or b.head in generic
        or (x.value is not None and _big(x.value))
    )


def _big(value: Value) -> bool:
    return isinstance(value, int | float) and value >= 20
