"""Where a build puts what it read: into a ledger or into shards, one article whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from parley.data import Run
from parley.engine.dating import STATE as DATED
from parley.engine.finish import Stage, finish
from parley.engine.patience import patiently
from parley.engine.shards import Failure, Made, ids, shards, write
from parley.engine.worker import Start
from parley.store.ledger import Ledger, Outcome
from parley.store.sheets import Sheet, now
from parley.store.tally import keep


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
            patiently(lambda: keep(self.ledger), waiting=self.stage)

    def _begin(self) -> None:
        """A run is written with its first row: a build that finds nothing new leaves no trace."""
        if self.begun:
            return
        patiently(lambda: self.ledger.save_run(self.run), waiting=self.stage)
        # a build that is killed from here on leaves the rest of its work to the next
        patiently(lambda: self.ledger.note(DATED, ""), waiting=self.stage)
        self.begun = True


SHARD = 200
"""Articles of a shard at most."""

LONGEST_SHARD = 30.0
"""Seconds that articles may wait for a shard to fill; so much work a kill can undo."""


class IntoShards:
    """A folder of shards. An article counts as there once its shard is written."""

    def __init__(self, folder: str, start: Start, run: Run) -> None:
        self.folder = folder
        self.made = Made.of(start, run)
        self._known: set[bytes] | None = None
        self._sheets: list[Sheet] = []
        self._failures: list[Failure] = []
        self._since = 0.0

    def known(self, articles: Sequence[str]) -> set[str]:
        """Those of some articles that the folder's shards hold, read with the same settings."""
        if self._known is None:
            self._known = known_in(self.folder, self.made.fingerprint)
        return {a for a in articles if packed(a) in self._known}

    def write(self, sheets: Sequence[Sheet]) -> list[Outcome]:
        """Take some articles; a shard is written when it is full."""
        assert self._known is not None
        outcomes: list[Outcome] = []
        for sheet in sheets:
            id = packed(sheet.article)
            outcomes.append("unchanged" if id in self._known else "added")
            if id not in self._known:
                self._known.add(id)
                self._wait()
                self._sheets.append(sheet)
        self._flush(full=True)
        return outcomes

    def fail(self, *, file: str, record: str | None, article: str | None, step: str, error: str) -> None:
        """Note what could not be read, in the next shard."""
        self._wait()
        self._failures.append(Failure(file, record, article, step, error))
        self._flush(full=True)

    def end(self, stopped: Callable[[], bool], *, compare: bool) -> None:  # noqa: ARG002
        """Write what waits; comparing is for the ledger that the shards are loaded into."""
        self._flush(full=False)

    def _wait(self) -> None:
        if not self._sheets and not self._failures:
            self._since = time.monotonic()

    def _flush(self, *, full: bool) -> None:
        waiting = len(self._sheets) + len(self._failures)
        if full and waiting < SHARD and time.monotonic() - self._since < LONGEST_SHARD:
            return
        write(self.folder, self._sheets, self._failures, self.made)
        self._sheets, self._failures = [], []


def known_in(folder: str, fingerprint: str) -> set[bytes]:
    """The articles that the shards of a folder hold, read with these settings; ten bytes each."""
    return {packed(id) for shard in shards([folder]) if shard.made.fingerprint == fingerprint for id in ids(shard)}


def packed(article: str) -> bytes:
    """An article's id as its bytes: a third of the room, of a million a hundred megabytes less.

    >>> packed("ar_0123456789abcdef0123").hex()
    '0123456789abcdef0123'
    """
    return bytes.fromhex(article.partition("_")[2])
