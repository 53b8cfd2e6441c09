"""Where a clause tells that something happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.annotate.events.same import Told
from parley.annotate.figures.places import Place, places
from parley.annotate.language.lines import Line
from parley.data import Span


def placed(line: Line, told: Sequence[Told]) -> list[Told]:
    """The tellings of a sentence with the first place that each one's clause names; a place where they met is one too."""
    named = [p for p in places(line.reading, line.sentence, meetings=True) if p.named] if told else []
    return [replace(t, row=replace(t.row, place=_first(named, t.row.span))) for t in told]


def _first(found: Sequence[Place], span: Span) -> str | None:
    return next((p.name for p in found if span.start < p.start < span.end), None)
