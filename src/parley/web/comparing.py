"""Comparing judged rows anew, beside the pages: whoever judges does not wait for it, and several judgements share one."""

from __future__ import annotations

import logging
from threading import Condition, Thread

from parley.errors import LedgerError
from parley.store.ledger import Ledger

LOG = logging.getLogger(__name__)
PAUSE = 0.5
"""Seconds without another judgement after which rows are compared: who goes through a queue judges one row a second or two."""


class Comparer:
    """Compares a ledger's judged rows anew some moments after it is told that there are some."""

    def __init__(self, ledger: Ledger, *, pause: float = PAUSE) -> None:
        self._ledger = ledger
        self._pause = pause
        self._waits = False
        self._runs = False
        self._turn = Condition()

    def judged(self) -> None:
        """There is something to compare. Returns at once."""
        with self._turn:
            self._waits = True
            self._turn.notify_all()
            if not self._runs:
                self._runs = True
                Thread(target=self._work, name="comparing", daemon=True).start()

    def done(self, timeout: float = 60) -> bool:
        """Wait until there is nothing to compare; False where that takes longer."""
        with self._turn:
            return self._turn.wait_for(lambda: not self._runs, timeout)

    def _work(self) -> None:
        while self._next():
            try:
                self._ledger.refresh()
            except LedgerError:
                LOG.debug("the ledger was closed before what was judged was compared; the next build does it")
            except Exception:
                # the judgement stands whatever happens here, and the next build, or `parley build`, compares it
                LOG.warning("what was judged could not be compared yet; the next build does it", exc_info=True)

    def _next(self) -> bool:
        """Wait for a pause; False where nothing waits, and then this ends."""
        with self._turn:
            while self._waits:
                self._waits = False
                if not self._turn.wait_for(lambda: self._waits, self._pause):
                    return True
            self._runs = False
            self._turn.notify_all()
            return False
