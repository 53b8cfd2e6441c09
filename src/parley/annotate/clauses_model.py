"""Which clauses state a position or tell an event, by a trained network on top of the encoder that reads attributions."""

from __future__ import annotations

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
