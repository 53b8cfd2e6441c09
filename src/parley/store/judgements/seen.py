"""How a row read when somebody looked at it: a mark that goes with the form, and is held against the row when it comes back.

Two people may look at one row at once. The second to speak is not to overrule the first unawares, so what they saw is compared in
the transaction that writes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from parley.errors import Overtaken
from parley.store.judgements import log
from parley.store.judgements.rows import snapshot
from parley.store.rows import Row

_OWN = ("confidence", "method", *log.REFERS)
"""What may change without the row saying anything else."""


def mark(kind: str, held: Mapping[Any, Any], said: Sequence[Row]) -> str:
    """The mark of a row as it is shown, with all that was said of it."""
    last = [e["id"] for e in log.in_order(said)][-1:]
    shown = {k: v for k, v in snapshot(kind, held).items() if k not in _OWN}
    return digest([last, shown])


def digest(what: Any) -> str:
    """A short text that is another one for anything else.

    >>> digest(["a"]) == digest(["a"]), digest(["a"]) == digest(["b"])
    (True, False)
    """
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()[:20]


def check_seen(seen: str | None, now: str) -> None:
    """Raises Overtaken where somebody looked at a row and it reads otherwise by now."""
    if seen is not None and seen != now:
        raise Overtaken("the row was changed while you looked at it: see how it reads now, and decide")
