"""Tellings: what one article tells of one event, as the timeline compares it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parley.compare.base import Row, Told, Who
from parley.compare.days import Days, between, days, months
from parley.compare.disputes.named import parties_named, party
from parley.compare.events.specifics import specifics

FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(
        ("talks_announced", "talks_held", "talks_no_progress", "talks_suspended", "talks_resumed", "mediate"), "talks"
    ),
    **dict.fromkeys(("propose", "accept_proposal", "reject_proposal", "vote"), "answer"),
    **dict.fromkeys(("agreement", "agreement_ends"), "agreement"),
    **dict.fromkeys(("armed_action", "violation"), "force"),
    **dict.fromkeys(("strike_begins", "strike_ends"), "strike"),
}
"""Types of which one article may use one and another article another for the same event, or one for the plan and one for what
came of it; other types are a family each."""

MANY = frozenset(("armed_action", "violation", "aid_delivery", "other"))
"""Types of which the same doer may have several on one day: they are one event only where places, numbers or victims say so."""

RECENT = 7
"""Days before its publication in which an event lies that an article tells without a date: a week, the pace of weekly papers."""

MARGIN = 14
"""Days around a month in which tellings are compared with those of the month; more than any two that are joined can be apart."""

BACKGROUND = 10
"""Days before an article's publication beyond which what it tells is background: a week's news, told in a weekly's next issue."""

WIDE = 14
"""Days that the publication of an article may be open by before an undated event in it is left without any day."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One row of an article: what happened, who did it, when, and on whose word.

    `day` is the day told, or, where `dated` is not "day", the day at which to look: the last day of publication, or the first
    of the month told. `first` and `last` bound the day of the event, `news` is when the article appeared. `actors` are the names
    of sides, or of actors who have none, by their keys. `words` are those of its clause, `around` names and numbers
    of its sentence and of the title.
    """

    id: str
    article: str
    span: tuple[int, int]
    type: str
    status: str
    dated: str | None
    date: str | None
    day: int
    first: int
    last: int
    news: Days | None
    actors: Mapping[str, str]
    by: str | None
    place: str | None
    words: Mapping[str, int]
    around: Mapping[str, int]

    @property
    def planned(self) -> bool:
        """True of what is yet to come."""
        return self.status == "planned"

    @property
    def fresh(self) -> bool | None:
        """True where it is news, False where it is background, None where nothing tells.

        What an article tells without a day is news as long as it is known when the article appeared.
        """
        if self.news is None:
            return None
        return self.dated is None or self.planned or self.news.first - self.last <= BACKGROUND

    @property
    def fullness(self) -> tuple[bool, bool, bool, int]:
        """How much it tells: a day before none, its own words before a claim, a doer before none, more words before fewer."""
        return (self.dated == "day", self.status == "actual", bool(self.actors), sum(self.words.values()))


BEFORE = 30
"""Characters before a clause in which its doer may be named: "the Calveran [massacre at the market]"."""

REACH = 300
"""Characters that a sentence goes on for at most, before and after a clause."""

_STOP = re.compile(r"[.!?]\s|\n")


def items(told: Told) -> Iterator[tuple[str, Row]]:
    """What an article brings to the timeline: each event to its family's months, those nearby included."""
    said = {s["id"]: told.speaker(s) for s in told.statements}
    news = between(told.article["published_earliest"], told.article["published_latest"])
    for row in told.events:
        if row["status"] == "hypothetical":
            continue
        when = _when(row, news)
        item = _item(told, row, said.get(row["statement"]))
        family = FAMILIES.get(row["type"], row["type"])
        if when is None:
            yield f"{family}\t", {**item, "day": None}
            continue
        dated, day, first, last = when
        item |= {"dated": dated, "day": day, "first": first, "last": last, "news": news}
        reach = (day, day) if dated in ("month", "year") else (day - MARGIN, day + MARGIN)
        for month in months(*reach):
            yield f"{family}\t{month if dated != 'year' else month[:4]}", item


def _when(row: Row, news: Days | None) -> tuple[str | None, int, int, int] | None:
    """How an event is dated, the day at which to look for it, and the bounds of its day; None where nothing tells."""
    told = days(row["date"])
    if told:
        return {4: "year", 7: "month", 10: "day"}[len(row["date"])], told.first, *told
    if news is None or news.last - news.first > WIDE:
        return None
    if row["status"] == "planned":
        return None, news.last, news.first, news.last + RECENT
    return None, news.last, news.first - RECENT, news.last


def _item(told: Told, row: Row, speaker: Who | None) -> Row:
    doers = _doers(told, row, speaker)
    place = row["place"]
    sides = {meant.split("\t")[2] for meant in told.names.values()} if row["type"] in MANY else set()
    names = [
        *row["actors"],
        *(party(d) for d in doers),
        *sorted(sides - {""}),
    ]  # a country is no place of one act of arms
    words = specifics(row["text"], without=names)
    words |= {w: 2 for w in specifics(f"in {place}") if w not in words} if place else {}
    context = f"{_sentence(told.text, *row['span'])}\n{told.article['title'] or ''}"
    return {
        "id": row["id"],
        "span": row["span"],
        "type": row["type"],
        "status": row["status"],
        "date": row["date"],
        "actors": {party(d): d.side or d.name for d in doers},
        "by": party(speaker) if speaker else None,
        "place": place,
        "words": words,
        "around": {w: n for w, n in specifics(context, without=names).items() if n > 1 and w not in words},
    }


def _doers(told: Told, row: Row, speaker: Who | None) -> list[Who]:
    """Who did it. Of an act of arms, only who is named where it is told: who counts the dead did not therefore kill them.

    Who denies an act is who would have done it.
    """
    doers = [told.who(name) for name in row["actors"]]
    if FAMILIES.get(row["type"]) == "force":
        start, stop = row["span"]
        named = parties_named(told, told.text[max(0, start - BEFORE) : stop])
        doers = [d for d in doers if party(d) in named]
    return [speaker] if not doers and speaker and row["status"] == "denied" else doers


def _sentence(text: str, start: int, stop: int) -> str:
    """The line's stretch around a clause, from stop to stop; some 300 characters at most either way."""
    before = _STOP.split(text[max(0, start - REACH) : start])[-1]
    after = _STOP.split(text[stop : stop + REACH])[0]
    return f"{before}{text[start:stop]}{after}"


def telling(item: Row) -> Telling:
    """The telling of an item of a block."""
    news = item.get("news")
    known = {
        k: item[k] for k in ("id", "article", "type", "status", "date", "actors", "by", "place", "words", "around")
    }
    return Telling(
        **known,
        span=(item["span"][0], item["span"][1]),
        dated=item.get("dated"),
        day=item["day"] if item["day"] is not None else 0,
        first=item.get("first") or 0,
        last=item.get("last") or 0,
        news=Days(*news) if news else None,
    )


def shown_day(tellings: Sequence[Telling]) -> str | None:
    """The date that most tellings give, the first one told of equals; a day before a month.

    None where none gives one.
    """
    dates = [t.date for t in tellings if t.date]
    return max(dict.fromkeys(dates), key=lambda d: (len(d), dates.count(d)), default=None)
