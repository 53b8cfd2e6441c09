"""Where a build puts what it read: into a ledger, one article whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from parley.data import Run
from parley.engine.dating import STATE as DATED
from parley.engine.finish import Stage, finish
from parley.engine.patience import patiently
from parley.engine.worker import Start
from parley.store.ledger import Ledger, Outcome
from parley.store.sheets import Sheet, now


class Into(Protocol):
    """Takes what was read."""

    def known(self, articles: Sequence[str]) -> set[str]:
        """Those of some articles that are there, read with the same settings."""

    def write(self, sheets: Sequence[Sheet]) -> list[Outcome]:
        """Take some articles, all of them or none; what is there already is left alone."""

    def fail(self, *, file: str, record: str | None, article: str | None, step: str, error: str) -> None:
        """Note what could not be read."""

    def end(self, stopped: Callable[[], bool], *, compare: bool) -> None:
        """Everything has been read, or the build was asked to stop."""


class IntoLedger:
    """A ledger, on whatever database; while its server is away, patience."""

    def __init__(self, ledger: Ledger, start: Start, run: Run, stage: Stage) -> None:
        self.ledger = ledger
        self.start = start
        self.run = run
        self.stage = stage
        self.begun = False

    def known(self, articles: Sequence[str]) -> set[str]:
        """Those of some articles that the ledger holds, read with the same settings."""
        return patiently(lambda: self.ledger.known(articles, self.start.fingerprint), waiting=self.stage)

    def write(self, sheets: Sequence[Sheet]) -> list[Outcome]:
        """Write some articles in one transaction.

        Where the connection broke when the transaction was to end, nobody knows whether it did; given again, it tells them as unchanged.
        """
        self._begin()
        return patiently(lambda: self.ledger.write(sheets), waiting=self.stage)

    def fail(self, *, file: str, record: str | None, article: str | None, step: str, error: str) -> None:
        """Note what could not be read."""
        self._begin()
        told = {"file": file, "record": record, "article": article}
        patiently(
            lambda: self.ledger.fail(**told, step=step, error=error, run=self.run.id),  # type: ignore[arg-type]
            waiting=self.stage,
        )

    def end(self, stopped: Callable[[], bool], *, compare: bool) -> None:
        """Bring what only all articles tell up to date, and close the run."""
        if compare and not stopped():
            changed = self.begun
            finish(self.ledger, self.start, changed=changed, begin=self._begin, stage=self.stage, stopped=stopped)
        if self.begun:
            patiently(lambda: self.ledger.save_run(replace(self.run, finished=now())), waiting=self.stage)

    def _begin(self) -> None:
        """A run is written with its first row: a build that finds nothing new leaves no trace."""
        if self.begun:
            return
        patiently(lambda: self.ledger.save_run(self.run), waiting=self.stage)
        # a build that is killed from here on leaves the rest of its work to the next
        patiently(lambda: self.ledger.note(DATED, ""), waiting=self.stage)
        self.begun = True
