"""What clauses are told apart by, and how ranges are made of what the network says of each word."""

from __future__ import annotations

import numpy as np

from parley.annotate.statements.attribution.texts import Floats

ISSUES = (
    *("ceasefire", "truce", "withdrawal", "prisoners", "aid", "reconstruction", "displaced", "deal", "talks"),
    *("military_action", "blockade", "guarantees", "disarmament", "governance", "territory", "recognition"),
    *("sanctions", "nuclear", "monitoring"),
    *("tariffs", "purchases", "technology", "enforcement"),
    *("pay", "benefits", "jobs", "plants", "conditions", "strike"),
)
TYPES = (
    *("talks_announced", "talks_held", "talks_no_progress", "talks_suspended", "talks_resumed", "mediate", "propose"),
    *("accept_proposal", "reject_proposal", "agreement", "agreement_ends", "violation", "release", "armed_action"),
    *("withdraw", "aid_delivery", "recognition", "sanction", "strike_begins", "strike_ends", "vote", "other"),
)
STANCES = ("demands", "proposes", "accepts", "rejects", "intends", "conditional", "undecided")
STATUSES = ("actual", "planned", "claimed", "denied", "hypothetical")
OUTSIDE, BEGIN, INSIDE = range(3)
NEIGHBOURS = 24
"""Word pieces on either side that tell of a clause's surroundings."""
PARTS = 6
"""Vectors that stand for a clause."""
SMOOTH = np.array((0.25, 0.5, 0.25), dtype=np.float32)
SHORTEST = 2
"""Word pieces of a clause; what is shorter is noise."""
PARTED = 0.4
"""Share of a begin that parts two clauses which follow each other without a gap."""


def candidates(shares: Floats, *, threshold: float) -> list[tuple[int, int]]:
    """Token ranges that may be a clause, from shares [tokens, outside/begin/inside]; they never overlap.

    A range is what is more likely than `threshold` part of a clause, wherever that begins; it is parted where a second one
    begins, surely (`PARTED`): where exactly a clause starts is often a matter of taste, that there is one less so.
    """
    likely = shares[:, BEGIN] + shares[:, INSIDE]
    # a word alone that the marker is in doubt about goes with its neighbours
    smooth = np.convolve(np.pad(likely, 1, mode="edge"), SMOOTH, mode="valid") if len(likely) else likely
    covered = (smooth >= threshold).tolist()
    begins = shares[:, BEGIN].tolist()
    found: list[tuple[int, int]] = []
    start = None
    for at, (inside, begin) in enumerate(zip([*covered, False], [*begins, 0.0], strict=True)):
        if start is not None and (not inside or begin >= PARTED):
            if at - start >= SHORTEST:
                found.append((start, at))
            start = None
        if start is None and inside:
            start = at
    return found
