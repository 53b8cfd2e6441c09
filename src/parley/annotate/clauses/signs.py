"""What Parley knows of each character of an article before the network looks at it: who speaks, who is named, which words are on its lists.

    role    part of a statement: its source, its cue, what is said
    name    a name whose side is known, a place, any other name
    issue   a word of the issue lists, for which issue
    stance  a word that takes a stance, and which
    event   a word that tells an event, of which type

The network learns from these signs as from the words themselves, so what the lists know need not be learned again, and a word that they do
not know yet can still be understood by its company.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from parley.annotate.clauses.labels import ISSUES, STANCES, TYPES
from parley.annotate.events.found import found_in
from parley.annotate.language.lines import Line
from parley.annotate.positions.issues import issues_of
from parley.annotate.positions.stances import triggers
from parley.data import Reading

ROLE, NAME, ISSUE, STANCE, EVENT = range(5)
SIZES = (4, 4, len(ISSUES) + 1, len(STANCES) + 2, len(TYPES) + 1)
"""How many values each sign has; 0 is none."""
_SOURCE, _CUE, _CONTENT = 1, 2, 3
_SIDED, _PLACE, _OTHER = 1, 2, 3
_ISSUE = {name: at for at, name in enumerate(ISSUES, 1)}
_STANCE = {name: at for at, name in enumerate(STANCES, 1)}
_NO_STANCE = len(STANCES) + 1
_TYPE = {name: at for at, name in enumerate(TYPES, 1)}
Signs = npt.NDArray[np.int8]


def signs(reading: Reading, asked: Sequence[Line], whole: Sequence[Line]) -> Signs:
    """The signs [5, characters + 1] in the sentences asked about; `whole` is the article's body."""
    out = np.zeros((len(SIZES), len(reading.text) + 1), dtype=np.int8)
    for statement in reading.statements:
        for span in statement.content:
            out[ROLE, span.start : span.end] = _CONTENT
    for statement in reading.statements:  # a statement inside another's content has its source and cue marked there
        if statement.cue is not None:
            out[ROLE, statement.cue.start : statement.cue.end] = _CUE
        if statement.source is not None:
            out[ROLE, statement.source.start : statement.source.end] = _SOURCE
    for line, named in zip(asked, issues_of(asked, whole), strict=True):
        for mention in line.inner:
            kind = _PLACE if mention.kind == "place" else _SIDED if mention.side else _OTHER
            out[NAME, mention.span.start : mention.span.end] = kind
        for issue in named:
            _mark(out[ISSUE], line, issue.first, issue.last, _ISSUE.get(issue.entry.name, 0))
        for stance in triggers().find(line.lowers):
            _mark(out[STANCE], line, stance.first, stance.last, _STANCE.get(stance.entry.stance, _NO_STANCE))
        for event in found_in(line):
            _mark(out[EVENT], line, event.first, event.last, _TYPE.get(event.entry.type, 0))
    return out


def _mark(row: npt.NDArray[np.int8], line: Line, first: int, last: int, value: int) -> None:
    row[line.tokens[first].start : line.tokens[last - 1].end] = value
