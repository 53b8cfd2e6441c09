"""On which day it was said: golden sentences, and that a day after publication is never told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from parley.data import Reading, Span
from parley.dates.said import said_on
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "dates" / "said.txt"
_MARKED = re.compile(r"[\[\]{}<>]")


def _cases() -> Iterator[tuple[str, str]]:
    for block in GOLDEN.read_text(encoding="utf-8").split("\n\n"):
        rows = [row for row in block.splitlines() if row and not row.startswith("#")]
        if rows:
            yield rows[0], rows[1].removeprefix("=> ")


CASES = list(_cases())


def _spans(marked: str, pair: str, shift: int) -> list[tuple[int, int]]:
    """Where what stands in a pair of marks lies, in the text without marks, which begins at `shift`."""
    found = []
    for match in re.finditer(rf"{re.escape(pair[0])}([^{re.escape(pair)}]*){re.escape(pair[1])}", marked):
        before = len(_MARKED.findall(marked[: match.start()]))
        start = match.start() - before + shift
        found.append((start, start + len(_MARKED.sub("", match.group(1)))))
    return found


def _reading(sentence: str) -> tuple[Reading, int]:
    head = "Ministers meet again\n\n"
    page = replace(page_from_text(head + sentence), published="2024-05-04")
    return Pipeline.make(Settings(), STEPS[:4]).run(page), len(head)


@pytest.mark.parametrize(("marked", "wanted"), CASES, ids=[c[0][:50] for c in CASES])
def test_a_golden_sentence_tells_its_day(marked: str, wanted: str) -> None:
    reading, shift = _reading(_MARKED.sub("", marked))
    cue, source, content = (
        [Span.of(reading.text, *pair) for pair in _spans(marked, marks, shift)] for marks in ("{}", "[]", "<>")
    )
    assert (said_on(reading, cue[0], source=source[0], content=content) or "-") == wanted


def test_a_day_after_publication_is_no_day_of_speech() -> None:
    reading, shift = _reading("The minister said on 7 May 2024 that the road was open.")
    assert said_on(reading, Span.of(reading.text, shift + 13, shift + 17)) is None
