"""What a row marks, whose word it is, and which rows it refers to."""

from __future__ import annotations

from parley.export.marks import Mark, label, marks, refers, status


def test_a_statement_marks_its_content_first_then_source_and_cue() -> None:
    row = {"row": "statement", "content": [[9, 12], [20, 22]], "source": [0, 3], "cue": None}
    assert marks(row) == [Mark("content", 9, 12), Mark("content", 20, 22), Mark("source", 0, 3)]


def test_an_events_word_is_not_its_status() -> None:
    assert status({"row": "event", "status": "planned", "row_status": "rejected"}) == "rejected"
    assert status({"row": "figure", "status": "confirmed"}) == "confirmed"


def test_labels_are_codes() -> None:
    assert label({"row": "event", "type": "vote"}) == "vote"
    assert label({"row": "date", "type": "DATE"}) == "DATE"
    assert label({"row": "wording", "voice": "scare"}) == "scare"


def test_only_rows_that_are_there_are_referred_to() -> None:
    row = {"row": "figure", "statement": "st_1", "part_of": "fi_2"}
    assert refers(row, {"st_1"}) == [("in_statement", "st_1")]
