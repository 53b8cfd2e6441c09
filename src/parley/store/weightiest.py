"""A ledger of which only the weightiest results of comparing are told, so that a page of any pile is answered at once.

Whoever leafs through a page sees the weightiest (or newest) results first, and rarely the two-thousandth. Exports and `parley show`
read all of them, from the ledger itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.store.ledger import Ledger
from parley.store.rows import Row

MOST = 2_000
"""Results of one kind: read and put in order in some hundredths of a second."""


class Weightiest(Ledger):
    """The same ledger, seen so. `holding` are words that a result must hold, in any case; `newest` asks for the latest first.

    `cut` is true once there were more than were told.
    """

    def __init__(self, ledger: Ledger, *, holding: Sequence[str] = (), newest: bool = False, most: int = MOST) -> None:
        super().__init__(ledger._engine, ledger.where)
        self._holding, self._newest, self._most = holding, newest, most
        self.cut = False

    def found(
        self,
        kind: str,
        *,
        row: str | None = None,
        date: str | None = None,
        limit: int | None = None,
        holding: Sequence[str] = (),
        newest: bool = False,
    ) -> list[Row]:
        most = min(limit or self._most, self._most)
        words = (*self._holding, *holding)
        told = super().found(kind, row=row, date=date, limit=most, holding=words, newest=self._newest or newest)
        self.cut = self.cut or len(told) == most
        return told

    def copied(self, article: str | None = None, *, limit: int | None = None) -> list[Row]:
        return super().copied(article, limit=min(limit or self._most, self._most))
