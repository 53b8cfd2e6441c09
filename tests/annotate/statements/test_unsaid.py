"""What reads like an attribution and reports no words is left out, whoever found it."""

from __future__ import annotations

import pytest
from finders import found

from parley.codebooks import lexicon


@pytest.mark.parametrize("row", lexicon("cues")["act"], ids=lambda r: r["lemma"])
def test_a_bare_act_is_no_statement(row: dict[str, str]) -> None:
    words = row["example"].rstrip(".").split()
    at = next(i for i, w in enumerate(words) if any(f.split()[0] == w for f in row["forms"]))
    end = at + len(row["forms"][0].split())
    assert found(row["example"], (" ".join(words[:at]), " ".join(words[at:end]), " ".join(words[end:]))) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("They would receive a new written proposal.", ("receive a new", "written", "proposal")),
        ("The stated aim was peace.", ("The", "stated", "aim was peace")),
        (
            "The union has yet to announce when its members walk out.",
            ("The union", "has yet to announce", "when its members walk out"),
        ),
        ("Nor did Vahl say whether the road was open.", ("Vahl", "say", "whether the road was open")),
        ("Neither side would comment on the offer.", ("Neither side", "would comment on", "the offer")),
        ("The envoy was told to keep his suitcase packed.", ("The envoy", "told", "keep his suitcase packed")),
        ("Both sides are encouraged to honour the truce.", ("Both sides", "are encouraged", "to honour the truce")),
        ("Vahl, asked whether it would rain, shrugged.", ("Vahl", "asked", "whether it would rain")),
        ("A deal is expected on Monday.", ("", "is expected", "A deal")),
        ("The council has not ruled out a strike.", ("The council", "has not ruled", "out")),
        ("Sudan: Rebels and government swap captives.", ("Sudan", ":", "Rebels and government swap captives")),
        ("An accord had raised hopes of a lasting truce.", ("An accord", "had raised hopes of", "a lasting truce")),
        ("The union gave up its demand for a veto.", ("The union", "gave up its demand for", "a veto")),
        ("The delegates will meet on Friday to discuss the draft.", ("The delegates", "to discuss", "the draft")),
        (
            "The rebels launched an offensive to capture Orlo.",
            ("The rebels", "launched an offensive to", "capture Orlo"),
        ),
        ("Parents marched in support of a fair deal.", ("Parents", "marched in support of", "a fair deal")),
        ("A team was last evening expected to join them.", ("", "expected", "to join them")),
        ("The high-stakes talks appear to be on course.", ("", "appear", "to be on course")),
        ("Neither side admits the shelling.", ("Neither side", "admits", "the shelling")),
        ("Nobody at the port answered our questions.", ("Nobody at the port", "answered", "our questions")),
        ("If both say yes, it ends.", ("both", "say", "yes")),
        ("Officials have yet to determine a date.", ("Officials", "have yet to determine", "a date")),
        (
            "The general is leading military chiefs to assess progress.",
            ("The general", "is leading military chiefs", "to assess progress"),
        ),
        ("It is what our readers ask most.", ("our readers", "ask", "most")),
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
        ("Analysts agreed it was still too late.", ("Analysts", "agreed", "it was still too late")),
        ("The union agreed that it was late.", ("The union", "agreed", "it was late")),
        ("The union has not rejected the claim.", ("The union", "has not rejected", "the claim")),
        (
            "Vahl, who leads the union, asked both sides to wait.",
            ("Vahl, who leads the union", "asked", "both sides to wait"),
        ),
        ("It was also stressed that the road was open.", ("", "was also stressed", "the road was open")),
        ("The union accepted that it was late.", ("The union", "accepted", "that it was late")),
    ],
)
def test_words_told_are_kept(text: str, row: tuple[str, str, str]) -> None:
    assert len(found(text, row)) == 1


def test_an_empty_content_is_left_out() -> None:
    assert found("The talks, which Dara Vahl wants, begin.", ("Dara Vahl", "wants", "which")) == []


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("silence", ("The ministry", "did not respond to", "a request for comment")),
        ("silence", ("The envoy", "did not explain", "how the road would be kept open")),
        ("silence", ("The ministry", "would not name", "a sum")),
        ("nominal", ("The", "rejection of", "the contract")),
        ("participle", ("The", "stated", "aim was peace")),
        ("idle", ("The union", "puts", "it otherwise")),
        ("unnamed", ("One driver", "asked", "not to be named")),
    ],
)
def test_the_examples_of_the_codebook_report_nothing(table: str, row: tuple[str, str, str]) -> None:
    text = next(r["example"] for r in lexicon("cues")[table] if all(words in r["example"] for words in row))
    assert found(text, row) == []
