"""The collector's long looks are taken while nobody waits."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import Any

from parley.web.tidied import Tidied


class Ring:
    """Rubbish that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


async def answer(*_: Any) -> None:
    """An app that has nothing to say."""


def asked(app: Tidied, times: int, pause: float) -> None:
    async def some() -> None:
        for _ in range(times):
            await app({"type": "http"}, None, None)  # type: ignore[arg-type]
        await asyncio.sleep(pause)

    asyncio.run(some())


def test_rubbish_is_found_once_nobody_asks_any_more() -> None:
    ring = weakref.ref(Ring())
    gc.freeze()  # as if it had been set aside while it was in use
    assert ring() is not None
    asked(Tidied(answer, quiet=0.01, many=3), 3, 0.1)
    assert ring() is None
    assert gc.get_freeze_count() > 0
    gc.unfreeze()


def test_nothing_is_looked_at_after_few_requests_or_while_they_come() -> None:
    ring = weakref.ref(Ring())
    gc.freeze()
    asked(Tidied(answer, quiet=0.01, many=3), 2, 0.05)
    asked(Tidied(answer, quiet=5, many=3), 9, 0.0)
    assert ring() is not None
    gc.unfreeze()
    gc.collect()
