"""Mends: what a finder's attributions lack, whoever found them."""

from __future__ import annotations

import pytest
from cases import reading_of
from finders import found, told
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.statements.rules import RawAttribution, find_attributions
from parley.annotate.statements.step import StatementFinder
from parley.data import Reading


@pytest.mark.parametrize(
    ("text", "row", "mended"),
    [
        # the verb alone is the cue
        (
            "The ministry said in a statement the road was open.",
            ("The ministry", "said in a statement", "the road was open"),
            ("The ministry", "said", "the road was open"),
        ),
        (
            "Both sides pledged Wednesday to keep the road open.",
            ("Both sides", "pledged Wednesday", "to keep the road open"),
            ("Both sides", "pledged", "to keep the road open"),
        ),
        (
            "“This has gone on long enough,” Olim said Thursday in a statement about the strike.",
            ("Olim", "said Thursday in a statement about", "“This has gone on long enough,”"),
            ("Olim", "said", "“This has gone on long enough,”"),
        ),
        # a relative clause says of a thing what somebody says of it
        (
            "It drew on a fund that the union says holds ten million.",
            ("a fund that the union", "says", "holds ten million"),
            ("the union", "says", "holds ten million"),
        ),
        (
            "It was an attack in which local medics said eleven people died.",
            ("an attack in which local medics", "said", "eleven people died"),
            ("local medics", "said", "eleven people died"),
        ),
        # a source around its cue is the side of it that is nobody's words
        (
            "Without Olim, warned the spokeswoman, there is no tenth day.",
            ("Without Olim, warned the spokeswoman", "warned", "Without Olim"),
            ("the spokeswoman", "warned", "Without Olim"),
        ),
        # what was left unsaid
        (
            "She said the two had met but did not give any details.",
            ("She", "said", "the two had met but did not give any details"),
            ("She", "said", "the two had met"),
        ),
        (
            "He said the gap had narrowed, without elaborating.",
            ("He", "said", "the gap had narrowed, without elaborating"),
            ("He", "said", "the gap had narrowed"),
        ),
        # a few quoted words that lead in
        (
            "He added that “to a certain extent,” the breakthrough hangs on the mode of transition.",
            ("He", "added", "“to a certain extent,”"),
            ("He", "added", "“to a certain extent,” the breakthrough hangs on the mode of transition"),
        ),
        # whom it is said to
        (
            "Vahl to reporters: no deal without the road.",
            ("Vahl to reporters", ":", "no deal without the road"),
            ("Vahl", "to", "no deal without the road"),
        ),
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
        # a full stop parts two speakers
        (
            "“We stay,” said Ada Tarn of St James's. A porter who stood by said the road was open.",
            ("Ada Tarn of St James's. A porter who stood by", "said the road was open"[:4], "the road was open"),
            ("Ada Tarn of St James's", "said", "the road was open"),
        ),
        # what stands in front of "that"; and "that" as the subject
        (
            "Vahl said only that the road was open.",
            ("Vahl", "said", "only that the road was open"),
            ("Vahl", "said", "the road was open"),
        ),
        (
            "Vahl said that was no longer the plan.",
            ("Vahl", "said", "was no longer the plan"),
            ("Vahl", "said", "that was no longer the plan"),
        ),
        # in what it was said, at the end of what was said
        (
            "Vahl proposed a truce in her evening address on Saturday.",
            ("Vahl", "proposed", "a truce in her evening address on Saturday"),
            ("Vahl", "proposed", "a truce"),
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
