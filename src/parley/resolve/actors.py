"""Linking names to actors, over a whole ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.codebooks import Codebook
    from parley.store.ledger import Ledger


def link_names(ledger: Ledger, codebook: Codebook) -> None:
    return
