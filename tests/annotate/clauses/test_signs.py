"""What is known of each character before the network looks."""

from __future__ import annotations

from looks import before

from parley.annotate.clauses.labels import ISSUES, STANCES
from parley.annotate.clauses.signs import ISSUE, NAME, ROLE, SIZES, STANCE, signs
from parley.annotate.language.lines import lines

TEXT = "Talks in Sarnov\n\nThe union demanded a pay rise, its leader Ada Fenn said. The strike at the plant began on Monday."


def test_each_sign_stands_over_its_words() -> None:
    reading = before(TEXT)
    whole = lines(reading)
    marks = signs(reading, whole, whole)
    assert marks.shape == (len(SIZES), len(reading.text) + 1)
    assert all((row >= 0).all() and (row < size).all() for row, size in zip(marks, SIZES, strict=True))
    at = reading.text.index
    assert marks[STANCE, at("demanded")] == STANCES.index("demands") + 1
    assert marks[ISSUE, at("pay rise")] == ISSUES.index("pay") + 1
    assert marks[NAME, at("Ada Fenn")] > 0
    assert marks[ROLE, at("said.")] == 2


def test_a_text_of_nothing_has_no_signs() -> None:
    reading = before("")
    assert not signs(reading, [], []).any()
