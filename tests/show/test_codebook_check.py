"""`parley codebook check`: every problem at once, with its line, its entry and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.codebooks import shipped
from parley.errors import CodebookError
from parley.show.codebook_check import problems
from parley.show.codebooks import checked, printed

SOUND = """
source = "me"
licence = "CC0"
version = "1"
parties = ["Ondra", "Tessel"]

[[actor]]
name = "Ondra"
kind = "government"
side = "Ondra"
demonyms = ["Ondran"]
capital = "Brell"

[[actor]]
name = "Tessel"
side = "Tessel"
"""


def told(text: str) -> list[str]:
    return [str(p) for p in problems("mine.toml", text.encode())]


def test_a_sound_codebook_has_no_problems() -> None:
    assert told(SOUND) == []


@pytest.mark.parametrize("name", shipped())
def test_what_is_shipped_is_sound(name: str) -> None:
    assert [
        str(p)
        for p in problems(name, printed(name))
        if name.startswith(("issues/", "sides/", "referents/", "stances", "world"))
    ] == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('[[actor]]\nkind = "person"', "line 18, [[actor]] 3: has no name; add name"),
        ('[[actor]]\nname = "A"\nkind = "goverment"', "kind 'goverment' is not known; did you mean 'government'?"),
        ('[[actor]]\nname = "A"\nalias = ["B"]', "'alias' is no field of it; did you mean 'aliases'?"),
        ('[[actor]]\nname = "A"\naliases = "B"', "aliases must be a list of texts"),
        (
            '[[actor]]\nname = "A"\nside = "Tesel"',
            "side 'Tesel' is nobody's name; add it as an [[actor]], or did you mean",
        ),
        ('[[actor]]\nname = "A"\nside = "Tessel"\naliases = ["ondra"]', "'ondra' is also a name of 'Ondra'"),
        ('[[anchor]]\nname = "the war"\ndate = "2031-02-30"', 'needs date = "YYYY-MM-DD", a day of the calendar'),
        ('[[outlet]]\nname = "P"\ndomains = ["https://p.example/"]', "write it bare"),
        ('[[actors]]\nname = "A"', "actors: no such table or key; did you mean 'actor'?"),
        ('[place]\nname = "A"', "write it as [[place]]"),
    ],
)
def test_a_problem_says_where_it_stands_and_what_to_do(entry: str, message: str) -> None:
    found = told(f"{SOUND}\n{entry}\n")
    assert len(found) == 1, found
    assert message in found[0]
    assert found[0].startswith("mine.toml")


def test_a_party_that_nobody_is_called_by_is_named() -> None:
    assert "'Karsk' is nobody's name; add an [[actor]]" in told('parties = ["Karsk"]')[0]


def test_all_problems_are_told_at_once_in_the_order_of_their_lines() -> None:
    found = told('[[actor]]\nkind = "x"\n\n[[actor]]\nname = "A"\nrol = "b"\n')
    assert [p.split(",")[1].strip() for p in found] == ["line 1", "line 1", "line 4"]


def test_broken_toml_is_told_with_its_line() -> None:
    assert told('name = "x"\nparties = ]\n')[0].startswith("mine.toml, line 2: not a TOML file: ")
    assert "save it as UTF-8" in str(problems("mine.toml", b'name = "\xff"')[0])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('patterns = ["... siege"]\nexample = "Lift the siege."', "must begin and end with a word"),
        ('patterns = ["lift ... siege"]\nexample = "Open the road."', "holds none of its phrases"),
        ('patterns = ["lift ... siege"]', "has no example"),
        ('patterns = "lift"\nexample = "Lift."', "patterns must be a list"),
    ],
)
def test_a_list_of_phrases_is_tried_on_its_examples(row: str, message: str) -> None:
    found = told(f'story = "conflict"\n[[issue]]\nname = "blockade"\n{row}\n')
    assert any(message in f for f in found), found
    assert found[0].startswith("mine.toml, line 2, [[issue]] 1 (blockade): ")


def test_the_command_refuses_with_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[actor]]\nname = "A"\nkind = "x"\n[[actor]]\n', encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        checked(str(path))
    assert len(str(error.value).splitlines()) == 2


WORD = """
[[referent]]
name = "army"
example = "The army moved."
[[term]]
referent = "army"
term = "army"
patterns = ["army"]
used_by = ["agencies"]
source = "general usage"
example = "The army moved."
"""


def test_a_sound_list_of_competing_words_has_no_problems() -> None:
    assert told(WORD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('referent = "army"', 'referent = "navy"', "referent 'navy' is no [[referent]] of this file"),
        ('used_by = ["agencies"]', "", "says neither who uses it nor who avoids it"),
        ('used_by = ["agencies"]', 'used_by = "agencies"', "used_by must be a list of texts"),
        (
            'used_by = ["agencies"]',
            'used_by = ["agencies"]\nread = "a page"',
            "read, where its source was looked up, must be",
        ),
        ('used_by = ["agencies"]', 'used_by = ["agencies"]\nunread = "no"', "unread = true stands where nobody"),
        ('source = "general usage"', "", "says not where that is written"),
        ('source = "general usage"', 'source = "x"\nbad = true', "'bad' is no field of it"),
    ],
)
def test_a_competing_word_says_who_uses_it_and_where_that_is_written(old: str, new: str, message: str) -> None:
    assert any(message in line for line in told(WORD.replace(old, new)))
