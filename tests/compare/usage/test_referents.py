"""What is named, and how: golden cases in plain text, and what the lists promise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cases import line_cases
from tellings import tell

from parley.annotate.language.phrases import Phrases
from parley.clean.tokens import tokens
from parley.codebooks import lexicon, load_codebook
from parley.compare.base import Told
from parley.compare.usage.referents import OTHER, Naming, books, lists_of, namings
from parley.engine.build import build
from parley.errors import CodebookError
from parley.show.codebook_check import TERM
from parley.store.ledger import Ledger

CASES = line_cases("namings")
TERMS = [term for book in books() for term in book["term"]]


def shown(told: Told, naming: Naming) -> str:
    whose = f"{naming.side}: " if naming.side else ""
    words = told.text[naming.start : naming.stop]
    return f"{whose}{naming.referent} / {naming.term} / {naming.voice} [{words}]"


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_what_is_named(title: str, text: str, expected: list[str]) -> None:
    told = tell(text)
    assert [shown(told, n) for n in namings(told)] == expected


def test_every_label_of_an_article_is_named_once() -> None:
    told = tell("The barbaric regime fell. The so-called plan is a diktat, and the martyrs are many.")
    labels = {row["id"] for row in told.wording}
    named = [n.row for n in namings(told) if n.row]
    assert len(labels) >= 3
    assert sorted(named) == sorted(labels)
    assert OTHER in {n.referent for n in namings(told)}


def test_a_label_that_somebody_rejected_is_not_counted() -> None:
    told = tell("The regime has closed the crossing.")
    [row] = told.wording
    refused = Told(told.article, told.text, wording=[{**row, "status": "rejected"}])
    assert "regime" not in {n.term for n in namings(refused)}


# --- the lists ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", TERMS, ids=[f"{t['referent']}: {t['term']}" for t in TERMS])
def test_an_entry_says_who_uses_it_and_where_that_is_written_and_nothing_of_good_or_bad(
    term: dict[str, object],
) -> None:
    assert term.keys() <= set(TERM)
    assert term["source"]
    assert term.get("used_by") or term.get("avoided_by")
    only_seen = str(term["source"]).startswith("general usage") and ";" not in str(term["source"])
    assert only_seen + bool(term.get("read")) + bool(term.get("unread")) == 1
    example = str(term["example"])
    words = [t.lower for t in tokens(example, 0, len(example))]
    patterns = term["patterns"]
    assert isinstance(patterns, list)
    assert Phrases((p, None) for p in patterns).find(words)


def test_a_source_that_nobody_looked_up_says_so() -> None:
    usage = lists_of().usage
    assert (
        usage["West Bank barrier", "barrier"]["source"]
        == "BBC Academy, 'Israel and the Palestinians' (2013), 'barrier'"
    )
    assert usage["tariffs", "tariffs"]["source"] == "WTO glossary, 'tariffs' (not looked up)"


def test_every_term_has_a_thing_and_every_thing_has_two_terms_or_more() -> None:
    for book in books():
        things = [r["name"] for r in book["referent"]]
        assert len(set(things)) == len(things)
        assert {t["referent"] for t in book["term"]} == set(things)
        for thing in things:
            assert sum(t["referent"] == thing for t in book["term"]) >= 2
    assert len(lists_of().usage) == len(TERMS)


def test_labels_belong_to_one_thing_at_most_and_are_those_of_the_label_list() -> None:
    homes = [label for book in books() for r in book["referent"] for label in r.get("labels", ())]
    assert len(set(homes)) == len(homes)
    assert set(homes) <= {row["term"] for row in lexicon("wording")["label"]}


def test_in_a_dispute_each_side_uses_or_avoids_a_word() -> None:
    for referent in lexicon("referents/disputes")["referent"]:
        terms = [t for t in lexicon("referents/disputes")["term"] if t["referent"] == referent["name"]]
        said = " | ".join(w for t in terms for w in (*t.get("used_by", ()), *t.get("avoided_by", ())))
        assert len(referent["parties"]) >= 2
        for party in referent["parties"]:
            assert party in said, referent["name"]


# --- a user's own ---------------------------------------------------------------------------------------------------

OWN = """
[[referent]]
name = "ferry"
about = "the boats on the lake"

[[term]]
referent = "ferry"
term = "lifeline"
patterns = ["lifeline|lifelines"]
used_by = ["Harbour Post"]
source = "its house style"

[[term]]
referent = "ferry"
term = "ferries"
patterns = ["ferry|ferries"]
used_by = ["everybody"]
source = "general usage"

[[term]]
referent = "fighters"
term = "militants"
patterns = ["militant|militants"]
used_by = ["nobody whom we asked"]
source = "ours"
"""
TEXT = "The ferries stopped. Without its lifeline the island waits, and militants hold the pier."


def own(tmp_path: Path, text: str = OWN) -> str:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    return str(tmp_path / "own.toml")


def test_a_users_things_and_words_are_looked_for_over_those_that_come_with_parley(tmp_path: Path) -> None:
    lists = load_codebook(own(tmp_path)).referents
    told = tell(TEXT)
    found = namings(replace(told, referents=lists))
    assert [(n.referent, n.term) for n in found] == [
        ("ferry", "ferries"),
        ("ferry", "lifeline"),
        ("fighters", "militants"),
    ]
    assert [n.referent for n in namings(told)] == ["fighters"]
    assert lists_of(lists).usage["fighters", "militants"]["source"] == "ours"


def test_they_are_compared_by_the_build_that_names_them_and_forgotten_by_one_that_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Ferries stop\n\n{TEXT}", encoding="utf-8")

    def things(**more: str) -> set[str]:
        build(tmp_path / "a.txt", tmp_path / "l.db", profile="rules", workers=1, **more)  # type: ignore[arg-type]
        with Ledger.open(tmp_path / "l.db") as ledger:
            return {row["referent"] for row in ledger.wording_shares()}

    assert "ferry" not in things()
    assert "ferry" in things(codebook=own(tmp_path))
    assert "ferry" not in things()


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ('patterns = ["lifeline|lifelines"]', "", r"own.toml, \[\[term\]\] 1: has no patterns"),
        (
            'referent = "ferry"\nterm = "lifeline"',
            'referent = "boats"\nterm = "lifeline"',
            "no referent 'boats'; there are",
        ),
        ('["lifeline|lifelines"]', '["... lifeline"]', "must begin and end with a word"),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_is_read(
    tmp_path: Path, line: str, instead: str, said: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert line in OWN
    with pytest.raises(CodebookError, match=said):
        build(tmp_path / "a.txt", tmp_path / "l.db", codebook=own(tmp_path, OWN.replace(line, instead)))
    assert not (tmp_path / "l.db").exists()
