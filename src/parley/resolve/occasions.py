"""When it was said: by the date of the cue's own sentence.

That somebody spoke on Tuesday in one paragraph tells nothing of the next: a rule that carried the day on was wrong four times in five.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.annotate.language.ranges import sentences_of
from parley.data import Reading, Statement
from parley.dates.said import said_on


def dated(reading: Reading, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with `said_on` where the text tells it."""
    # Most sentences hold no date; asking only for those that do keeps long articles linear.
    sentences = sentences_of(reading)
    with_dates = {found.span.start for t in reading.dates if (found := sentences.at(t.span.start)) is not None}
    out = []
    for statement in statements:
        at = sentences.at(statement.cue.start) if statement.cue is not None else None
        out.append(_dated(reading, statement) if at is not None and at.span.start in with_dates else statement)
    return tuple(out)


def _dated(reading: Reading, statement: Statement) -> Statement:
    """`said_on`: the day that the cue's sentence tells, where one does."""
    if statement.cue is None or statement.said_on is not None or statement.nested:
        return statement
    day = said_on(reading, statement.cue, source=statement.source, content=statement.content)
    return statement if day is None else replace(statement, said_on=day)
