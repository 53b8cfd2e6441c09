"""Addresses -> pages in a folder: one request at a time to a host, each host in its turn, by the site's own rules."""

from __future__ import annotations

import heapq
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urljoin

from parley._version import __version__
from parley.errors import FetchError
from parley.fetch.ask import Answer, Limits, ask
from parley.fetch.kept import Kept, Known, now, refusal
from parley.fetch.reach import PUBLIC, Reach, Target, target_of
from parley.fetch.robots import Robots

PAGES = ("text/html", "application/xhtml+xml")
FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
AGENT = "parley"
"""The name that a robots.txt calls this program by."""
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_HOPS = 8
_TRIES = 3
_LEFT_ALONE = 24 * 3600
"""Seconds in which a feed's page that failed for good (404, a robots.txt that forbids it) is not asked for again."""
_LONGEST_WAIT = 120.0
"""Seconds that a server may ask for; who asks for more is asked again in the next run."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of an address. `there`: its page was there already and was not asked for; `told` says why one failed.

    `passing` is true of a failure that a later try may do away with.
    """

    url: str
    what: Literal["new", "changed", "unchanged", "there", "failed"]
    file: str | None = None
    told: str | None = None
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: seconds between two requests to a host, who asks, and where the time comes from."""

    delay: float = 2.0
    contact: str | None = None
    clock: Callable[[], float] = field(default=time.monotonic)
    sleep: Callable[[float], None] = field(default=time.sleep)

    @property
    def headers(self) -> dict[str, str]:
        """What every request says of who asks."""
        contact = f"; +{self.contact}" if self.contact else ""
        return {
            "User-Agent": f"{AGENT}/{__version__} (research reader of news{contact})",
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.1",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }


def fetch(
    urls: Iterable[str],
    folder: str | os.PathLike[str],
    *,
    again: bool = False,
    manners: Manners | None = None,
    limits: Limits | None = None,
    reach: Reach = PUBLIC,
) -> Iterator[Fetched]:
    """Fetch pages into a folder, and say of each address what became of it, as it becomes so.

    A page that is there is not asked for again, unless `again`: then only for what has changed since.
    """
    with Kept.open(folder) as kept:
        yield from Fetcher(kept, manners or Manners(), limits or Limits(), reach).pages(urls, again=again)


class Fetcher:
    """Asks for pages, and knows when each host may be asked again."""

    def __init__(self, kept: Kept, manners: Manners, limits: Limits, reach: Reach) -> None:
        self.kept = kept
        self.manners = manners
        self.limits = limits
        self.reach = reach
        self._free: dict[str, float] = {}
        self._robots = Robots(self._rules_file, AGENT)

    def pages(self, urls: Iterable[str], *, again: bool = False, patient: bool = False) -> Iterator[Fetched]:
        """Each address once, whichever host is free first; `patient` leaves out those that failed for good not long ago."""
        hosts: dict[str, deque[str]] = {}
        for url in dict.fromkeys(u.strip() for u in urls if u.strip()):
            try:
                target = target_of(url, self.reach)
            except FetchError as error:
                yield Fetched(url, "failed", told=error.told)
                continue
            known = self.kept.of(target.url)
            if self.kept.holds(known) and known and not again:
                yield Fetched(url, "there", known.file)
            elif not (patient and known and known.until and known.until > now()):
                hosts.setdefault(target.host, deque()).append(target.url)
        waiting = [(0.0, n, host) for n, host in enumerate(hosts)]
        heapq.heapify(waiting)
        while waiting:
            _, turn, host = heapq.heappop(waiting)
            yield self._page(hosts[host].popleft())
            if hosts[host]:
                heapq.heappush(waiting, (self._free.get(host, 0.0), turn, host))

    def _page(self, url: str) -> Fetched:
        known = self.kept.of(url)
        there = self.kept.holds(known)
        try:
            answer = self.get(url, conditions(known) if there else {}, PAGES)
            if answer.status == 304 and known is not None:
                self.kept.note(replace(known, at=now()))
                return Fetched(url, "unchanged", known.file)
            if answer.status != 200:
                raise refusal(answer)
            kept, new = self.kept.page(url, answer, self.limits.size)
        except FetchError as error:
            before = known if there and known is not None else Known(url, now())
            until = None if error.passing else now(_LEFT_ALONE)
            self.kept.note(replace(before, at=now(), told=error.told, until=until))
            return Fetched(url, "failed", told=error.told, passing=error.passing)
        return Fetched(url, ("changed" if there else "new") if new else "unchanged", kept.file)

    def get(self, url: str, headers: Mapping[str, str], types: tuple[str, ...]) -> Answer:
        """The answer at the end of an address's redirects, every step within reach, allowed by its site and in its turn."""
        for tried in range(1, _TRIES + 1):
            try:
                answer = self._followed(url, headers)
                wait = _asked_wait(answer)
                if answer.status not in (429, 503) or wait > _LONGEST_WAIT or tried == _TRIES:
                    return self._of_type(answer, types)
            except FetchError as error:
                if not error.passing or tried == _TRIES:
                    raise
                wait = self.manners.delay * 2**tried
            self.manners.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _of_type(self, answer: Answer, types: tuple[str, ...]) -> Answer:
        if answer.status == 200 and answer.type not in types:
            raise FetchError(f"{answer.type[:60] or 'of no stated type'}, which is no page", url=answer.url)
        return answer

    def _followed(self, url: str, headers: Mapping[str, str], *, rules: bool = True) -> Answer:
        """`rules` is false for a robots.txt itself."""
        for _ in range(_MOST_HOPS):
            target = target_of(url, self.reach)
            pause = self.manners.delay
            if rules:
                site = self._robots.rules(target)
                why = site.why_not(target.url, AGENT)
                if why:
                    raise FetchError(why, url=target.url)
                pause = max(pause, site.delay(AGENT))
            self._wait(target)
            try:
                answer = ask(target, {**self.manners.headers, **headers}, limits=self.limits, reach=self.reach)
            finally:
                self._free[target.host] = self.manners.clock() + pause
            where = answer.header("Location")
            if answer.status not in _REDIRECTS or not where:
                return answer
            url = urljoin(target.url, where.strip())
        raise FetchError(f"more than {_MOST_HOPS} redirects", url=url)

    def _rules_file(self, url: str) -> Answer:
        return self._followed(url, {}, rules=False)

    def _wait(self, target: Target) -> None:
        wait = self._free.get(target.host, 0.0) - self.manners.clock()
        if wait > 0:
            self.manners.sleep(wait)


def conditions(known: Known | None) -> dict[str, str]:
    """The headers that let a server say that nothing has changed."""
    if known is None:
        return {}
    said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in said.items() if value and value.isprintable()}


def _asked_wait(answer: Answer) -> float:
    """Seconds that a server asks to be left alone, half a minute where it names none."""
    told = (answer.header("Retry-After") or "").strip()
    if told.isascii() and told.isdigit():
        return float(min(int(told[:9]), 10**6))
    with suppress(ValueError, TypeError, OverflowError):
        return max(parsedate_to_datetime(told).timestamp() - time.time(), 1.0)
    return 30.0
