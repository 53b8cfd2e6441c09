"""Parley reads what many outlets report about a negotiation and builds a cited ledger of who said what.

The public names, and nothing else; everything heavy is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from parley._version import __version__

if TYPE_CHECKING:
    from parley.annotate.quantities.find import find_quantities
    from parley.data import (
        Actor,
        Article,
        Event,
        Figure,
        Position,
        Quantity,
        Reading,
        Span,
        Speaker,
        Statement,
        Timex,
        Wording,
    )
    from parley.dates.expressions import find_dates
    from parley.engine.build import BuildReport, build
    from parley.errors import ParleyError
    from parley.pipeline import analyse, find_positions
    from parley.store.ledger import Ledger

_HOMES = {
    "analyse": "parley.pipeline",
    "build": "parley.engine.build",
    "BuildReport": "parley.engine.build",
    "find_dates": "parley.dates.expressions",
    "find_positions": "parley.pipeline",
    "find_quantities": "parley.annotate.quantities.find",
    "Ledger": "parley.store.ledger",
    "ParleyError": "parley.errors",
    **dict.fromkeys(
        (
            "Actor",
            "Article",
            "Event",
            "Figure",
            "Position",
            "Quantity",
            "Reading",
            "Span",
            "Speaker",
            "Statement",
            "Timex",
            "Wording",
        ),
        "parley.data",
    ),
}

__all__ = [
    "Actor",
    "Article",
    "BuildReport",
    "Event",
    "Figure",
    "Ledger",
    "ParleyError",
    "Position",
    "Quantity",
    "Reading",
    "Span",
    "Speaker",
    "Statement",
    "Timex",
    "Wording",
    "__version__",
    "analyse",
    "build",
    "find_dates",
    "find_positions",
    "find_quantities",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'parley' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return __all__
