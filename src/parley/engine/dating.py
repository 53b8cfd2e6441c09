"""Articles that do not say when they were published, read again with what the others in the ledger tell of their day.

It comes after everything is in the ledger and asks only for what articles tell by themselves, so it ends the same whatever
the order of sources, the number of workers, or how often a build was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from parley.data import Reading
from parley.dates import publication
from parley.dates.evidence import Evidence
from parley.dates.neighbours import RULES, Dated, own_days, told_by_others
from parley.engine.worker import Failed, Start, read_one
from parley.pipeline import Pipeline
from parley.store.ledger import Ledger

STATE = "dated by others"


def dated_by_others(ledger: Ledger, start: Start, *, changed: bool) -> Iterator[Reading]:
    """Each reading that the ledger's other articles change; nothing is asked where the ledger is as it was last time."""
    if not any(step.module == publication.__name__ for step in start.steps):
        return
    seen = f"{start.settings.fingerprint} {ledger.counts()['article']}"
    if not changed and ledger.state(STATE) == seen:
        return
    dated = own_days(ledger)
    again = _Again(start)
    for article in dated.undated if dated.days else ():
        reading = _read_again(ledger, ledger.reading(article), dated, again)
        if reading is not None:
            yield reading
    ledger.note(STATE, seen)


class _Again:
    """The pipeline with evidence from outside; made when first needed, as models take their time."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._told: dict[str, Iterable[Evidence]] = {}
        self._pipeline: Pipeline | None = None

    def read(self, reading: Reading, told: tuple[Evidence, ...]) -> Reading | None:
        """The article read again; None where a step fails, and the reading stays as it is."""
        if self._pipeline is None:
            self._pipeline = self._made()
        self._told[reading.article.id] = told
        answer = read_one(self._pipeline, reading.page, self._start.budget)
        del self._told[reading.article.id]
        if isinstance(answer, Failed) and answer.spent:
            self._pipeline = None  # it was interrupted wherever it was
        return answer if isinstance(answer, Reading) else None

    def _made(self) -> Pipeline:
        settings = self._start.settings
        whole = Pipeline.make(settings, self._start.steps)
        dating = publication.make(settings, self._told)
        steps = ((s, dating if s.module == publication.__name__ else a) for s, a in whole.annotators)
        return replace(whole, annotators=tuple(steps))


def _read_again(ledger: Ledger, reading: Reading, dated: Dated, again: _Again) -> Reading | None:
    told = told_by_others(ledger, reading, dated)
    held = {b.detail for b in reading.article.published_basis if b.rule in RULES}
    if {e.basis.detail for e in told} == held:
        return None
    new = again.read(reading, told)
    same = new is None or new.article.published_basis == reading.article.published_basis
    return None if same else new
