"""What speaks for the rows that may stand."""

from __future__ import annotations

from looks import TALKS, before, look

from parley.annotate.clauses.proposals import LEAST, SIGNS, plover_of
from parley.data import Event, Position


def test_every_row_of_the_rules_is_weighed_once_where_its_paragraph_is_read() -> None:
    reading = before(TALKS)
    found = look().proposals(reading) or []
    ruled = [p.row.id for p in found if p.ruled]
    assert len(ruled) == len(set(ruled))
    assert set(ruled) <= {p.id for p in reading.positions} | {e.id for e in reading.events}
    assert all(len(p.signs) == len(SIGNS) for p in found)


def test_proposals_name_parties_of_the_article_and_their_words() -> None:
    reading = before(TALKS)
    new = [p for p in look().proposals(reading) or [] if not p.ruled]
    assert {type(p.row) for p in new} == {Position, Event}
    for one in new:
        assert one.row.span.text == reading.text[one.row.span.start : one.row.span.end]
        assert max(one.clause.marked.labels) >= LEAST / 2
        if isinstance(one.row, Position):
            assert one.row.party
            assert one.row.party != "Ambrova"


def test_an_event_has_the_code_of_its_type() -> None:
    assert plover_of("agreement").type == "AGREE"
