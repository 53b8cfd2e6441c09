"""Which paragraphs the network is asked about."""

from __future__ import annotations

from dataclasses import replace

from looks import before

from parley.annotate.clauses.gate import asked, is_prepared
from parley.annotate.clauses.signs import signs
from parley.annotate.language.lines import lines

WAR = (
    "Guns over Kesten\n\nThe army shelled the town on Monday.\n\nThe sky was grey and the trains were late.\n\n"
    "The Front demanded a withdrawal."
)


def test_paragraphs_that_name_an_issue_or_tell_an_event_are_asked_about() -> None:
    reading = before(WAR)
    whole = lines(reading)
    told = [line.sentence.span.text for line in asked(whole, signs(reading, whole, whole))]
    assert told == ["The army shelled the town on Monday.", "The Front demanded a withdrawal."]


def test_an_article_that_tells_hardly_any_event_is_not_read() -> None:
    reading = before(
        "On trade\n\nShe spoke of the trade deal.\n\n" + "The candidate spoke of schools and of roads. " * 30
    )
    whole = lines(reading)
    assert asked(whole, signs(reading, whole, whole)) == []


def test_a_story_whose_people_a_codebook_knows_is_left_to_the_rules() -> None:
    reading = before("Anna Reve of the Salt Union said no. Bo Lorn of the Salt Union agreed.")
    assert not is_prepared(reading)
    known = tuple(replace(m, actor=m.name) for m in reading.mentions)
    assert is_prepared(replace(reading, mentions=known))
    assert not is_prepared(replace(reading, mentions=()))
