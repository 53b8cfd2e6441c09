"""What only all articles of a ledger together can tell, once they are in it: days, who is who, and what comparing finds.

Each stage goes on where it was stopped, and does nothing where nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable

from parley.dates.series import load_series
from parley.engine.dating import dated_by_others
from parley.engine.patience import patiently
from parley.engine.worker import Start
from parley.store.ledger import Ledger

Stage = Callable[[str], None]
"""Is told what a build is at, once it is through with reading."""


def finish(
    ledger: Ledger, start: Start, *, changed: bool, begin: Callable[[], None], stage: Stage, stopped: Callable[[], bool]
) -> None:
    """Date, link and compare; `begin` is called before the first article is written again."""

    def date() -> None:
        for reading in dated_by_others(ledger, start, changed=changed):
            begin()
            ledger.add(reading, fingerprint=start.fingerprint, run=start.run, again=True)

    def link() -> None:
        from parley.resolve.relink import link_names

        link_names(ledger, start.settings.codebook)

    def compare() -> None:
        from parley.compare.figures.references import keep_references
        from parley.compare.refresh import REFERENTS, refresh

        own = start.settings.codebook.referents
        if (ledger.state(REFERENTS) or "") != own:
            ledger.note(REFERENTS, own)
        keep_references(ledger, map(load_series, start.settings.series))
        refresh(ledger)

    for name, work in (("dating articles by others", date), ("linking names", link), ("comparing articles", compare)):
        if stopped():
            return
        stage(name)
        patiently(work, waiting=stage)
