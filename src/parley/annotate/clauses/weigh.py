"""Which rows stand: what speaks for each, weighed by logistic curves that were fitted on articles left out while the network learned."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parley.annotate.clauses.proposals import Proposal
from parley.annotate.events.same import Told, same_event
from parley.data import Event, Position, Reading


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights of what speaks for a row, the shift last, and the share from which it stands.

    `whole` is how many of the right rows are right in their stance, or status, too: a row's confidence is of that.
    """

    weights: tuple[float, ...]
    least: float
    whole: float = 1.0

    def share(self, signs: Sequence[float]) -> float:
        """How likely a row with these signs is right."""
        *weights, shift = self.weights
        return 1 / (1 + math.exp(-sum(w * s for w, s in zip(weights, signs, strict=True)) - shift))


@dataclass(frozen=True, slots=True)
class Scales:
    """The curves for positions and events, of the rules and of the network alone."""

    curves: Mapping[tuple[str, bool], Scale]

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> Scales:
        rows = manifest["scales"]
        return cls(
            {
                (layer, ruled): Scale(
                    tuple(rows[layer][who]["weights"]), rows[layer][who]["least"], rows[layer][who]["whole"]
                )
                for layer in ("positions", "events")
                for ruled, who in ((True, "ruled"), (False, "marked"))
            }
        )

    def settled(self, reading: Reading, found: Sequence[Proposal]) -> Reading:
        """The reading with the rows that stand, in the order of the text."""
        positions = list(self._positions(reading, [p for p in found if isinstance(p.row, Position)]))
        events = list(self._events(reading, [p for p in found if isinstance(p.row, Event)]))
        kept = {p.id for p in positions}
        positions = [replace(p, waits_for=None) if p.waits_for and p.waits_for not in kept else p for p in positions]
        return replace(
            reading,
            positions=tuple(sorted(positions, key=lambda p: p.span.start)),
            events=tuple(sorted(events, key=lambda e: e.span.start)),
        )

    def _positions(self, reading: Reading, found: Sequence[Proposal]) -> Iterator[Position]:
        kept: list[Position] = []
        seen = {p.row.id for p in found if p.ruled}
        kept += [p for p in reading.positions if p.id not in seen]
        for share, one in self._standing("positions", found):
            row = one.row
            assert isinstance(row, Position)
            if any((k.party, k.issue) == (row.party, row.issue) and k.span.overlaps(row.span) for k in kept):
                continue
            kept.append(replace(row, confidence=self._told("positions", one, share)))
        yield from kept

    def _events(self, reading: Reading, found: Sequence[Proposal]) -> Iterator[Event]:
        seen = {p.row.id for p in found if p.ruled}
        kept = [e for e in reading.events if e.id not in seen]
        for share, one in self._standing("events", found):
            row = one.row
            assert isinstance(row, Event)
            if not one.ruled and any(again(row, k) for k in kept):
                continue
            kept.append(replace(row, confidence=self._told("events", one, share)))
        yield from kept

    def _told(self, layer: str, one: Proposal, share: float) -> float:
        return round(share * self.curves[layer, one.ruled].whole, 4)

    def _standing(self, layer: str, found: Sequence[Proposal]) -> list[tuple[float, Proposal]]:
        """The rows that stand, those of the rules first, then the surest first."""
        out = []
        for one in found:
            scale = self.curves[layer, one.ruled]
            share = scale.share(one.signs)
            if share >= scale.least:
                out.append((share, one))
        return sorted(out, key=lambda pair: (not pair[1].ruled, -pair[0], pair[1].row.span.start))


def again(row: Event, other: Event) -> bool:
    """True where a row tells what another does, or stands in its words."""
    if row.type == other.type and row.span.overlaps(other.span):
        return True
    return same_event(_told(row), _told(other))


def _told(row: Event) -> Told:
    return Told(row, 0, 0, (0, 0), 0, clause=row.span.pair)
