"""The app, with the collector's long looks taken while nobody waits.

Answers that are kept are hundreds of thousands of objects, and whoever asks while the collector looks at all of them waits for a fifth of a second
or more. So all are looked at when nobody has asked for a moment, and set aside then: what it does by itself in between is short.
"""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

QUIET = 1.0
"""Seconds without a request after which somebody reads, and does not click."""
MANY = 30
"""Requests after which there is enough to be worth a look."""


class Tidied:
    """An app that tidies up when it has answered many requests and none comes."""

    def __init__(self, app: ASGIApp, *, quiet: float = QUIET, many: int = MANY) -> None:
        self._app = app
        self._quiet, self._many = quiet, many
        self._answered = self._waiting = 0
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._waiting += 1
        if self._timer is not None:
            self._timer.cancel()
        try:
            await self._app(scope, receive, send)
        finally:
            self._waiting -= 1
            self._answered += 1
            if not self._waiting and self._answered >= self._many:
                self._timer = asyncio.get_running_loop().call_later(self._quiet, self._tidy)

    def _tidy(self) -> None:
        self._answered = 0
        gc.unfreeze()  # what was set aside before may be rubbish by now
        gc.collect()
        gc.freeze()
