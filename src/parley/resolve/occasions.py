"""When it was said: by the date of the cue's sentence, and on the same occasion in the next lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parley.annotate.language.grammar import word_set
from parley.annotate.language.ranges import ByPlace, sentences_of
from parley.data import Reading, Sentence, Statement
from parley.dates.said import said_on

_EARLIER = word_set("earlier previously once recently repeatedly often always before")


def dated(reading: Reading, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with `said_on` where the text tells it."""
    # Most sentences hold no date; asking only for those that do keeps long articles linear.
    sentences = sentences_of(reading)
    with_dates = {found.span.start for t in reading.dates if (found := sentences.at(t.span.start)) is not None}
    out = []
    for statement in statements:
        at = sentences.at(statement.cue.start) if statement.cue is not None else None
        out.append(_dated(reading, statement) if at is not None and at.span.start in with_dates else statement)
    return tuple(_on_one_occasion(out, sentences, with_dates))


def _dated(reading: Reading, statement: Statement) -> Statement:
    """`said_on`: the day that the cue's sentence tells, where one does."""
    if statement.cue is None or statement.said_on is not None or statement.nested:
        return statement
    day = said_on(reading, statement.cue, source=statement.source, content=statement.content)
    return statement if day is None else replace(statement, said_on=day)


def _on_one_occasion(
    statements: Sequence[Statement], sentences: ByPlace[Sentence], dated: set[int]
) -> Iterator[Statement]:
    """ "Reve declared on Tuesday. ... Reve told parliament": in the same paragraph or the next, and with no date of its own,
    the same speaker said it on the same day.
    """
    last: dict[str, tuple[int, str]] = {}
    for statement in statements:
        at = sentences.at((statement.cue or statement.content[0]).start)
        if at is None or statement.speaker is None or statement.nested:
            yield statement
            continue
        name, day = statement.speaker.name, statement.said_on
        before = last.get(name)
        told = statement.cue is not None and _tells_once(statement.cue.text, at)
        if day is None and told and before is not None and at.paragraph - before[0] <= 1 and at.span.start not in dated:
            day = before[1]
        if day is not None and len(day) == 10:
            last[name] = (at.paragraph, day)
        else:
            last.pop(name, None)
        yield statement if day == statement.said_on else replace(statement, said_on=day)


def _tells_once(cue: str, sentence: Sentence) -> bool:
    """True for "said" and "told", not for "says", "has said" and "had earlier said": those may be of any day."""
    words = cue.lower().split()
    past = words[-1].endswith("ed") or words[-1] in ("said", "told", "wrote", "vowed", "swore", "thought")
    return (
        past
        and words[0] not in ("has", "have", "had", "often", "once")
        and not _EARLIER & {t.lower for t in sentence.tokens}
    )
