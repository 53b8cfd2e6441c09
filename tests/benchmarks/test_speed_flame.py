"""The flame graph: what is looked at is counted where it was called from, and drawn as wide as its share."""

from __future__ import annotations

import time
from collections import Counter
from xml.etree import ElementTree

from benchmarks.speed.flame import boxes, looked, rooted, shares, svg


def spin(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_work_is_met_where_it_is_done() -> None:
    seen = rooted(looked(lambda: spin(0.2)), ":spin")
    assert sum(seen.values()) > 10
    assert shares(seen)[0][0] == 1.0
    assert shares(seen)[0][1].endswith("test_speed_flame:spin")


def test_boxes_stand_on_their_callers_and_are_as_wide_as_their_share() -> None:
    seen = Counter({("a", "b"): 30, ("a", "c"): 10, ("a",): 60, ("a", "b", "rare"): 0})
    assert boxes(seen) == [(0, 0.0, 1.0, "a"), (1, 0.0, 0.3, "b"), (1, 0.3, 0.1, "c")]
    drawn = ElementTree.fromstring(svg(seen, "a < b"))
    assert [g[0].text for g in drawn if g.tag.endswith("}g")] == ["a: 100.0%", "b: 30.0%", "c: 10.0%"]
    assert ElementTree.fromstring(svg(Counter(), "nothing")) is not None
