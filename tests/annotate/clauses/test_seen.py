"""The article as the network sees it, and the way back."""

from __future__ import annotations

from looks import before

from parley.annotate.clauses.model import ClauseModel
from parley.annotate.clauses.seen import seen
from parley.annotate.clauses.signs import SIZES, signs
from parley.annotate.language.lines import lines

TEXT = "Talks in Sarnov\n\nMira Olt of the Lakes Front rejected the truce on Monday.\n\nRain fell on the river."


def test_names_are_hidden_and_spans_find_their_word_pieces() -> None:
    reading = before(TEXT)
    whole = lines(reading)
    line = whole[0]
    view = seen(reading, [line.sentence.span.pair], signs(reading, whole, whole), ClauseModel.load().tokenizer)
    assert "Olt" not in view.hidden.text
    assert "Rain" not in "".join(view.hidden.text[a:b] for a, b in zip(view.coded.starts, view.coded.ends, strict=True))
    assert view.features.shape == (len(view.coded.ids), 3 + len(SIZES))
    start = TEXT.index("rejected the truce")
    first, last = view.tokens((start, start + len("rejected the truce")))
    back = view.hidden.back((int(view.coded.starts[first]), int(view.coded.ends[last - 1])))
    assert TEXT[slice(*back)] == "rejected the truce"
