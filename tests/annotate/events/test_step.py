"""Events: what happened, by whom, when, on whose word; what is wished, planned or merely said is told apart."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from cases import EVENT_TYPES, PLOVER_TYPES
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.data import Event

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "events"


def cases() -> list[tuple[str, str, str | None, list[str]]]:
    """(title, text, date of publication, expected lines) of every golden file."""
    out: list[tuple[str, str, str | None, list[str]]] = []
    for path in sorted(GOLDEN.glob("*.txt")):
        title, date = "", None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                title, date = line[1:].strip(), None
            elif line.startswith("date:"):
                date = line[5:].strip()
            elif line.startswith("=> "):
                out[-1][3].append(line[3:])
            elif line.strip():
                out.append((title, line, date, []))
    return out


def told(row: Event) -> str:
    """An event as the golden files write it."""
    actors = f" actors={', '.join(row.actors)}" if row.actors else ""
    day = f" on={row.date}" if row.date else ""
    return f"{row.type} {row.status} [{row.span.text}]{actors}{day}" + (f" at={row.place}" if row.place else "")


@pytest.mark.parametrize(("title", "text", "date", "expected"), cases(), ids=lambda v: v if isinstance(v, str) else "")
def test_golden(title: str, text: str, date: str | None, expected: list[str]) -> None:
    """A sentence is read as part of an article: three more, that tell nothing, stand under it."""
    article = f"A day in the valley\n\n{text}\n\nIt rained. The shops were full. Few looked up."
    assert [told(e) for e in parley.analyse(article, published=date, profile="rules").events] == expected, title


def test_both_sides_are_read_alike() -> None:
    left = "Egypt violated the truce on Sunday, Sudan said. Sudan released forty prisoners and rejected the proposal."
    right = left.replace("Egypt", "X").replace("Sudan", "Egypt").replace("X", "Sudan")
    swap = {"Egypt": "Sudan", "Sudan": "Egypt"}
    mirrored = [
        (e.type, e.status, tuple(swap[a] for a in e.actors)) for e in parley.analyse(left, profile="rules").events
    ]
    assert mirrored
    assert mirrored == [(e.type, e.status, e.actors) for e in parley.analyse(right, profile="rules").events]


FRAGMENTS = st.sampled_from(
    [
        "Egypt",
        "Sudan",
        "attacked",
        "released",
        "the",
        "prisoners",
        "talks",
        "collapsed",
        "will",
        "if",
        "was",
        "by",
        "truce",
        ",",
        ".",
        "“",
        "”",
        "to",
        "not",
        "agreed",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=40))
def test_spans_slice_back_whatever_is_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading = parley.analyse(text, profile="rules")
    for row in reading.events:
        assert reading.text[row.span.start : row.span.end] == row.span.text
        assert row.type in EVENT_TYPES
        assert row.plover is not None
        assert row.plover.type in PLOVER_TYPES


def test_a_sentence_without_an_end_takes_bounded_time() -> None:
    text = "Egypt attacked Sudan and released the prisoners and the talks collapsed while " * 400
    parley.analyse("Egypt attacked Sudan.", profile="rules")
    started = time.process_time()
    parley.analyse(text, profile="rules")
    assert time.process_time() - started < 15


TYPES_FOUND = 0.85


def typed() -> list[tuple[str, str]]:
    """Sentences written, ten to seventeen a type, before the list that reads them; `none` tell no event."""
    folder = GOLDEN.parent / "event_types"
    return [(row, p.stem) for p in sorted(folder.glob("*.txt")) for row in p.read_text("utf-8").splitlines() if row]


def test_types_are_found_in_many_wordings() -> None:
    wrong, rows = [], typed()
    for text, kind in rows:
        article = f"A day in the valley\n\n{text}\n\nIt rained. The shops were full. Few looked up."
        found = {e.type for e in parley.analyse(article, published="2031-05-21", profile="rules").events}
        if (found != set()) if kind == "none" else (kind not in found):
            wrong.append((kind, found, text))
    assert 1 - len(wrong) / len(rows) >= TYPES_FOUND, wrong


def test_an_article_that_only_mentions_a_war_has_no_events_of_it() -> None:
    """What happened "in or around the talks" is asked for; a campaign's report is not about them."""
    rally = "The candidate spoke of schools and of roads for a while, and nobody in the hall left early. "
    text = f"At the rally\n\n{rally * 12}\n\nHe recalled that rebels had attacked the camp in May."
    assert not parley.analyse(text, profile="rules").events
    war = "The army shelled the camp for an hour, and the rebels left their trenches early. "
    assert parley.analyse(text.replace(rally, war), profile="rules").events
