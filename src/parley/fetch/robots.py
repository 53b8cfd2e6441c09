"""What a site lets programs read: its robots.txt, by RFC 9309, asked once a day."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from parley.errors import FetchError
from parley.fetch.ask import Answer
from parley.fetch.reach import Target

LARGEST = 512_000
_FRESH = 24 * 3600.0
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """A site's rules: those of its file, or where that cannot be read, why nothing may be asked."""

    parsed: Any = None
    refused: str | None = None
    read: float = 0.0

    def why_not(self, url: str, agent: str) -> str | None:
        """Why a page may not be asked, or None."""
        if self.refused or self.parsed is None:
            return self.refused
        return None if self.parsed.can_fetch(url, agent) else "its robots.txt does not allow it"

    def delay(self, agent: str) -> float:
        """Seconds between two requests that the site asks for, a minute at most."""
        told = self.parsed.crawl_delay(agent) if self.parsed is not None else None
        rate = self.parsed.request_rate(agent) if self.parsed is not None else None
        paces = [told or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
        return float(min(max(paces), _LONGEST_DELAY))


class Robots:
    """The rules of every site that was asked; `get` fetches an address, redirects followed."""

    def __init__(self, get: Callable[[str], Answer], agent: str) -> None:
        self._get = get
        self._agent = agent
        self._rules: dict[str, Rules] = {}

    def rules(self, target: Target) -> Rules:
        """The rules for a page, from its site's file or from what was read of it today."""
        held = self._rules.get(target.origin)
        if held is None or time.monotonic() - held.read > _FRESH:
            held = self._rules[target.origin] = self._read(target.origin)
        return held

    def _read(self, origin: str) -> Rules:
        from protego import Protego

        now = time.monotonic()
        try:
            answer = self._get(f"{origin}/robots.txt")
            if answer.status != 200:
                return Rules(refused=_refusal(answer.status), read=now)
            text = answer.unpacked(LARGEST)[:LARGEST].decode("utf-8", "replace")
        except FetchError as error:
            told = f"its robots.txt cannot be read: {error.told}" if error.passing else error.told
            return Rules(refused=told, read=now)
        return Rules(Protego.parse(text.replace("\x00", " ")), read=now)


def _refusal(status: int) -> str | None:
    """A site without the file allows all; one that cannot say allows nothing for now."""
    return None if 400 <= status < 500 and status != 429 else f"its robots.txt cannot be read: answered {status}"
