"""A finder that finds what a test says, and what becomes of it."""

from __future__ import annotations

from cases import reading_of

from parley.annotate.mentions import make as make_mentions
from parley.annotate.statements.rules import RawAttribution, find_attributions
from parley.annotate.statements.step import StatementFinder
from parley.data import Statement
from parley.pipeline import Settings

mentions = make_mentions(Settings(profile="rules"))


def found(text: str, *rows: tuple[str, str, str], rules: bool = False) -> list[Statement]:
    """What becomes of a finder's rows, each (source, cue, content) as words of the text, "" for none."""

    def pair(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    raws = [RawAttribution(pair(s) if s else None, pair(c) if c else None, (pair(w),)) for s, c, w in rows]
    finder = StatementFinder(lambda _: raws, "model", find_attributions if rules else None)
    return list(finder(mentions(reading_of(text))).statements)


def told(statement: Statement) -> tuple[str, str, str]:
    source, cue = statement.source, statement.cue
    return (source.text if source else "", cue.text if cue else "", statement.content[0].text)
