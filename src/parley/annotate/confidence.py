"""The step `confidence`: what models and rules say of their own findings, brought to the share of such rows that are right.

Each layer's raw figure passes through a logistic curve, fitted on annotated articles (`training/calibration`): one for stories that the user
named a codebook for, one for stories that nobody prepared Parley for, where fewer rows are right. The order of a layer's rows stays
as it was.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from parley.codebooks import ALWAYS
from parley.data import Event, Figure, Position, Reading, Statement, Wording
from parley.models import CONFIDENCE

if TYPE_CHECKING:
    from parley.pipeline import Settings

Row = TypeVar("Row", Statement, Figure, Position, Event, Wording)


@dataclass(frozen=True, slots=True)
class Scale:
    """A curve from a raw confidence to a share: slope and shift of its logit (Platt 1999)."""

    slope: float = 1.0
    shift: float = 0.0

    def share(self, raw: float) -> float:
        """The share of right rows among those with this raw confidence, in (0, 1).

        >>> Scale(0.5, 0.0).share(0.9)
        0.75
        """
        return round(1 / (1 + math.exp(-(self.slope * logit(raw) + self.shift))), 4)

    def raw(self, share: float) -> float:
        """The way back; what rounding took is lost."""
        return 1 / (1 + math.exp(-(logit(share) - self.shift) / self.slope))


def logit(share: float) -> float:
    """The log odds of a share, kept within (0.001, 0.999)."""
    held = min(max(share, 0.001), 0.999)
    return math.log(held / (1 - held))


@cache
def scales(*, named: bool) -> Mapping[str, Scale]:
    """The curve of each layer, for stories with a codebook of their own (`named`) or without."""
    held = json.loads(CONFIDENCE.read_text(encoding="utf-8"))["layers"]
    rows = {layer: curves["named" if named else "unnamed"] for layer, curves in held.items()}
    return {layer: Scale(row["slope"], row["shift"]) for layer, row in rows.items()}


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step, with the curves for whether a codebook was named."""
    named = any(name not in ALWAYS for name in settings.codebook.names)
    return Calibration(scales(named=named))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Reading -> Reading with each row's confidence as a share."""

    curves: Mapping[str, Scale]

    def __call__(self, reading: Reading) -> Reading:
        return replace(
            reading,
            statements=self._shares(reading.statements, "statements"),
            figures=self._shares(reading.figures, "figures"),
            positions=self._shares(reading.positions, "positions"),
            events=self._shares(reading.events, "events"),
            wording=self._shares(reading.wording, "wording"),
        )

    def _shares(self, rows: Sequence[Row], layer: str) -> tuple[Row, ...]:
        curve = self.curves[layer]
        return tuple(replace(row, confidence=curve.share(row.confidence)) for row in rows)
