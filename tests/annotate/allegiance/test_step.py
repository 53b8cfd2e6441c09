"""Whose side everybody is on, told by the article as a whole; golden articles of one paragraph each."""

from __future__ import annotations

from collections import Counter

import pytest
from cases import GOLDEN
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.annotate.allegiance.names import joined_names
from parley.annotate.allegiance.people import key_of
from parley.clean.tokens import tokens
from parley.codebooks import lexicon
from parley.data import Mention, Span


def articles() -> list[tuple[str, str, dict[str, str]]]:
    """(title, text, name -> party) of each golden article; `-` is no party."""
    out: list[tuple[str, str, dict[str, str]]] = []
    for path in sorted((GOLDEN / "allegiance").glob("*.txt")):
        title, text = "", ""
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("# "):
                title = line[2:]
            elif line.startswith("=> "):
                name, _, party = line[3:].rpartition(": ")
                out[-1][2][name] = party
            elif line.strip():
                text = f"{text}\n\n{line}" if text else line
                if out and not out[-1][2] and out[-1][0] == title:
                    out[-1] = (title, text, out[-1][2])
                else:
                    text = line
                    out.append((title, text, {}))
    return out


@pytest.mark.parametrize(("title", "text", "expected"), articles(), ids=lambda v: v if isinstance(v, str) else "")
def test_golden(title: str, text: str, expected: dict[str, str]) -> None:
    reading = parley.analyse(text, profile="rules")
    told: dict[str, str] = {}
    for mention in reading.mentions:
        for name in (mention.name, mention.span.text):
            if mention.side or name not in told:
                told[name] = mention.side or "-"
    told |= {s.speaker.name: s.speaker.side or "-" for s in reading.statements if s.speaker}
    assert {name: told.get(name) for name in expected} == expected, title


def test_of_bodies_with_the_same_initials_the_shortest_name_is_meant_in_whatever_order_they_come() -> None:
    tails = ["", " alliance", " command", " council", " fighters", " units", " police", " press office"]
    names = [f"Uplands Relief Front{tail}" for tail in tails] + ["URF alliance"]
    for some in (names, names[::-1]):
        mentions = [Mention(Span(0, len(n), n), "organisation", n) for n in some]
        assert joined_names(mentions, Counter(["Calvera"]))["URF alliance"] == "Uplands Relief Front"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Warren Stroud", "Stroud"),
        ("Its negotiator, Sohel Barrani", "Barrani"),
        ("Battery Alliance", "Battery Alliance"),
        ("second official", "second official"),
    ],
)
def test_a_person_is_looked_up_by_surname(name: str, key: str) -> None:
    assert key_of(name) == key


PIECES = st.sampled_from(
    ["Ondra", "Tessel", "Ada Vahl", "said", "would", "sign", ",", ".", "its", "minister", "the", "in"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=40))
def test_mentions_keep_their_spans_whatever_is_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for mention in parley.analyse(text, profile="rules").mentions:
        assert text[mention.span.start : mention.span.end] == mention.span.text


@pytest.mark.parametrize("row", lexicon("allegiance")["words"], ids=lambda r: r["name"])
def test_each_class_of_words_stands_in_its_example(row: dict[str, str]) -> None:
    assert any(w in tokens_of(row["example"]) for w in row["words"])


def tokens_of(text: str) -> list[str]:
    return [t.lower for t in tokens(text, 0, len(text))]
