"""Which words of a sentence tell something, and which only look like it."""

from __future__ import annotations

import pytest

import parley
from parley.annotate.events.found import found_in
from parley.annotate.language.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks, in their third week, ended on Friday.", [("talks_held", "talks , in their third week , ended")]),
        ("The internationally recognised government paid its clerks.", []),
        ("Some 24 wounded people reached the clinic.", []),
        ("The plan had been frozen in earlier negotiations.", []),
        ("Both sides made concessions and welcomed a deal.", []),
        (
            "Members voted down the offer.",
            [("vote", "members voted"), ("reject_proposal", "voted down the offer")],
        ),
    ],
)
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    reading = parley.analyse(f"A day in the valley\n\n{text} Few looked up.", profile="rules")
    line = lines(reading)[0]
    assert [(h.entry.type, " ".join(line.lowers[h.first : h.last])) for h in found_in(line)] == expected
