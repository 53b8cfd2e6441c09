"""How a clause tells a happening: done, planned, claimed, denied, or not at all."""

from __future__ import annotations

import pytest

import parley

FRAME = "A day in the valley\n\n{}\n\nIt rained. The shops were full. Few looked up."


def statuses(text: str) -> list[tuple[str, str]]:
    reading = parley.analyse(FRAME.format(text), published="2031-05-21", profile="rules")
    return [(e.type, e.status) for e in reading.events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt released twelve prisoners on Monday.", [("release", "actual")]),
        ("Egypt will release twelve prisoners on Friday.", [("release", "planned")]),
        ("Egypt is to release twelve prisoners on Friday.", [("release", "planned")]),
        ("Egypt releases twelve prisoners on 30 May.", [("release", "planned")]),
        ("Egypt has not released the prisoners.", []),
        ("None of the prisoners were released.", []),
        ("Egypt could release twelve prisoners.", []),
        ("If Egypt released the prisoners, the talks would resume.", []),
        ("It is not clear when the talks will resume.", []),
        ("There is no sign that the army is leaving the town.", []),
        ("Sudan said Egypt had released twelve prisoners.", [("release", "claimed")]),
        ("Egypt denied that its army had shelled the town of Hadd.", [("armed_action", "denied")]),
        ("“They shelled our town and broke the talks off because they fear peace,” he said.", []),
        ("Sudan demanded that Egypt release the prisoners.", []),
        ("The army began to withdraw its troops from the valley on Sunday.", [("withdraw", "actual")]),
    ],
)
def test_status(text: str, expected: list[tuple[str, str]]) -> None:
    assert statuses(text) == expected
