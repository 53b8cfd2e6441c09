"""Mends: what a finder's attributions lack, and what is no statement, whoever found it."""

from __future__ import annotations

import pytest
from cases import reading_of
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.mentions import make as make_mentions
from parley.annotate.statements.rules import RawAttribution, find_attributions
from parley.annotate.statements.step import StatementFinder
from parley.codebooks import lexicon
from parley.data import Reading, Statement
from parley.pipeline import Settings

mentions = make_mentions(Settings(profile="rules"))


def found(text: str, *rows: tuple[str, str, str], rules: bool = False) -> list[Statement]:
    """What becomes of a finder's rows, each (source, cue, content) as words of the text, "" for none."""

    def pair(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    raws = [RawAttribution(pair(s) if s else None, pair(c) if c else None, (pair(w),)) for s, c, w in rows]
    finder = StatementFinder(lambda _: raws, "model", find_attributions if rules else None)
    return list(finder(mentions(reading_of(text))).statements)


def told(statement: Statement) -> tuple[str, str, str]:
    source, cue = statement.source, statement.cue
    return (source.text if source else "", cue.text if cue else "", statement.content[0].text)


@pytest.mark.parametrize(
    ("text", "row", "mended"),
    [
        # a place in front of the source
        (
            "In Haverstad, the minister said the road was open.",
            ("Haverstad, the minister", "said", "the road was open"),
            ("the minister", "said", "the road was open"),
        ),
        (
            "In Haverstad, the minister said the road was open.",
            ("In Haverstad, the minister", "said", "the road was open"),
            ("the minister", "said", "the road was open"),
        ),
        # a source that runs on past its cue
        (
            "He also withheld support from both.",
            ("He also withheld support from both", "also withheld", "support"),
            ("He", "also withheld", "support from both"),
        ),
        # who gave the interview, and not who asked
        (
            "In an interview with the Herald he said the road was open.",
            ("the Herald", "said", "the road was open"),
            ("he", "said", "the road was open"),
        ),
        # whose demand it is
        (
            "Norbus walked out over the union's insistence that the road be closed.",
            ("Norbus", "insistence", "the road be closed"),
            ("the union", "insistence", "the road be closed"),
        ),
        # whoever stands beside the cue, where a semicolon parts two
        (
            "It costs the port a million, according to the firm; the union says it is half that.",
            ("the firm; the union", "according to", "It costs the port a million"),
            ("the firm", "according to", "It costs the port a million"),
        ),
        (
            "It costs the port a million, according to the firm; the union says it is half that.",
            ("the firm; the union", "says", "it is half that"),
            ("the union", "says", "it is half that"),
        ),
        # nobody, where it has been reported; whoever it was reported by
        (
            "It has been reported that the mine lost 80 million crowns.",
            ("It", "reported", "the mine lost 80 million crowns"),
            ("", "reported", "the mine lost 80 million crowns"),
        ),
        (
            "As it was reported by the Chancellery, the text is ready.",
            ("it was reported by the Chancellery", "As", "the text is ready"),
            ("the Chancellery", "As", "the text is ready"),
        ),
        (
            "The army fell back, in an operation of which Aldo Reve spoke as a success.",
            ("an operation of which Aldo Reve", "spoke", "a success"),
            ("Aldo Reve", "spoke", "a success"),
        ),
        # the words of the cue in front of what was said
        (
            "She was quoted by the agency as saying that “nobody left”.",
            ("She", "was quoted by", "as saying that “nobody left”"),
            ("She", "was quoted by", "“nobody left”"),
        ),
        # a name signed under a quotation
        (
            "“We shall not forget this winter, nor forgive it.”\n— Ansa Korr, baker",
            ("", "", "“We shall not forget this winter, nor forgive it.”"),
            ("Ansa Korr, baker", "", "“We shall not forget this winter, nor forgive it.”"),
        ),
        # a name in front of a colon
        (
            "Vahl: The road is open and stays open.",
            ("", "", "The road is open and stays open"),
            ("Vahl", ":", "The road is open and stays open"),
        ),
        # what goes on behind a preposition
        (
            "Vahl promised an answer by Sunday, and left.",
            ("Vahl", "promised", "an answer"),
            ("Vahl", "promised", "an answer by Sunday"),
        ),
        # when and in what it was said goes with the telling: a finder that stops before it is right
        (
            "Vahl endorsed the pact on Thursday, and left.",
            ("Vahl", "endorsed", "the pact"),
            ("Vahl", "endorsed", "the pact"),
        ),
        (
            "Vahl dismissed the claim in a short statement.",
            ("Vahl", "dismissed", "the claim"),
            ("Vahl", "dismissed", "the claim"),
        ),
        (
            "Vahl defended the pact on Thursday as a pause with honour.",
            ("Vahl", "defended", "the pact"),
            ("Vahl", "defended", "the pact on Thursday as a pause with honour"),
        ),
        # an office with a comma is no place
        (
            "Dara Vahl, the minister, said the road was open.",
            ("Dara Vahl, the minister", "said", "the road was open"),
            ("Dara Vahl, the minister", "said", "the road was open"),
        ),
    ],
)
def test_what_a_finder_lacks_is_mended(text: str, row: tuple[str, str, str], mended: tuple[str, str, str]) -> None:
    assert [told(s) for s in found(text, row)] == [mended]


def test_a_quotation_under_a_name_is_not_that_persons() -> None:
    text = "“We shall not forget this winter, nor forgive it.”\n― Ansa Korr, baker\n“They had a year to sign the paper.”\n― Ilo Brandt\n"
    row = ("", "", "“We shall not forget this winter, nor forgive it.”")
    assert [told(s)[::2] for s in found(text, row)] == [
        ("Ansa Korr, baker", "“We shall not forget this winter, nor forgive it.”"),
        ("Ilo Brandt", "“They had a year to sign the paper.”"),
    ]


@pytest.mark.parametrize("row", lexicon("cues")["act"], ids=lambda r: r["lemma"])
def test_a_bare_act_is_no_statement(row: dict[str, str]) -> None:
    words = row["example"].rstrip(".").split()
    at = next(i for i, w in enumerate(words) if w in row["forms"])
    assert found(row["example"], (" ".join(words[:at]), words[at], " ".join(words[at + 1 :]))) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("They would receive a new written proposal.", ("receive a new", "written", "proposal")),
        ("The stated aim was peace.", ("The", "stated", "aim was peace")),
        ("The council has so far refused to step in.", ("The council", "has so far refused", "to step in")),
        ("A mediator would come if both sides asked for one.", ("both sides", "asked for", "one")),
        (
            "In an interview with the Herald published on Monday he left the door open.",
            ("the Herald", "published", "he left the door open"),
        ),
    ],
)
def test_what_tells_no_words_is_no_statement(text: str, row: tuple[str, str, str]) -> None:
    assert found(text, row) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("The union rejected claims that it had lied.", ("The union", "rejected", "claims that it had lied")),
        ("The union rejected the idea as absurd.", ("The union", "rejected", "the idea as absurd")),
        ("The union rejected “this insult”.", ("The union", "rejected", "“this insult”")),
        ("The union agreed that it was late.", ("The union", "agreed", "it was late")),
        ("The union accepted that it was late.", ("The union", "accepted", "that it was late")),
    ],
)
def test_words_told_are_no_bare_act(text: str, row: tuple[str, str, str]) -> None:
    assert len(found(text, row)) == 1


def test_an_empty_content_is_left_out() -> None:
    assert found("The talks, which Dara Vahl wants, begin.", ("Dara Vahl", "wants", "which")) == []


def test_an_outlet_passes_on_what_somebody_said() -> None:
    text = "State media reported Dara Vahl said on Sunday that the road was open."
    row = ("State media", "reported", "Dara Vahl said on Sunday that the road was open")
    (statement,) = found(text, row, rules=True)
    assert (*told(statement), statement.via) == ("Dara Vahl", "said", "the road was open", "State media")


def test_words_inside_words_are_nested_whoever_found_the_outer_ones() -> None:
    text = "Dara Vahl said that the council had warned that the bridge would fall."
    row = ("Dara Vahl", "said", "the council had warned that the bridge would fall")
    outer, inner = found(text, row, rules=True)
    assert not outer.nested
    assert (inner.nested, inner.nested_in) == (True, outer.id)
    assert told(inner) == ("the council", "warned", "the bridge would fall")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120), st.data())
def test_no_mend_leaves_the_text(text: str, data: st.DataObject) -> None:
    def pair() -> tuple[int, int]:
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        return start, data.draw(st.integers(start + 1, max(start + 1, len(text))))

    raws = [RawAttribution(pair(), pair(), (pair(),)) for _ in range(3)] if text else []
    reading: Reading = StatementFinder(lambda _: raws, "model", find_attributions)(reading_of(text))
    for s in reading.statements:
        for span in (*s.content, *([s.source] if s.source else []), *([s.cue] if s.cue else [])):
            assert 0 <= span.start < span.end <= len(text)
