"""Writes docs/codebooks.md from the codebooks that Parley ships.

.venv/bin/python docs/make_codebooks.py
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from parley.codebooks import lexicon, shipped

TARGET = Path(__file__).resolve().parent / "codebooks.md"

HEAD = """# Codebooks

Made by `docs/make_codebooks.py` from the files in `src/parley/codebooks`; `parley codebook show NAME` prints one whole.

Codebooks are the schemes and word lists that the steps read: data, not code. Each names its source, licence and version, and each entry carries an
`example` sentence that a test runs. They say which words are looked for, never who is right.

**Your own.** A file with any of the tables below, named with `--codebook FILE`, is read over the shipped ones (`parley codebook check FILE` says what is wrong with it):

    parties = ["Calvera", "Veyra"]              # in the order you want to see them

    [[actor]]
    name = "Calvera"                            # the short name that rows show
    kind = "government"                         # person, organisation, government, group
    side = "Calvera"                            # the party it belongs to or speaks for; its own name for a party
    aliases = ["the Calveran government"]
    demonyms = ["Calveran", "Calverans"]
    capital = "Adrim"                           # stands for the government where it speaks or decides

    [[place]]
    name = "Lower Kell"
    country = "Meruvia"

    [[outlet]]
    name = "Adrim Herald"
    domains = ["adrimherald.example"]
    codes = ["AH"]

    [[anchor]]                                  # a beginning that durations count from
    name = "the war over the dam"
    date = "2030-12-14"
    phrases = ["the war"]
    places = ["Meruvia"]

    [[referent]]                                # a thing whose names are compared outlet by outlet (`parley show wording`)
    name = "the ferry line"
    sided = false                               # true where it matters whose it is

    [[term]]                                    # one of the words for it; a word that nobody disputes stands beside the others
    referent = "the ferry line"                 # one of yours, or one that comes with Parley ("fighters", "army" ...)
    term = "lifeline"
    patterns = ["lifeline|lifelines"]           # phrases: | parts choices, ... leaves a gap, the? may be missing
    unless = ["lifeline fund"]
    used_by = ["Harbour Post"]
    source = "its house style"
    unread = true                               # nobody has looked the source up; else read = ["https://..."], where it was

Things and words of your own come before those that ship: of two entries that claim the same words yours has them, and an entry for the same thing and
term stands in the place of the shipped one. They belong to the ledger until a build names other codebooks.

`src/parley/sample/sides.toml` and `outlets.toml` are complete examples.

**Checking it.** `parley codebook check mine.toml` names every problem at once, with its line, its entry and what to do, and exits with 2:

    mine.toml, line 12, [[actor]] 3 (Tessel council): side 'Tesel' is nobody's name; add it as an [[actor]], or did you mean 'Tessel'?
    mine.toml, line 19, [[actor]] 5 (Ada Vahl): kind 'persn' is not known; did you mean 'person'?
    mine.toml, line 27, [[anchor]] 1 (the war): needs date = "YYYY-MM-DD", a day of the calendar

It looks for fields that do not exist, sides and parties that nobody bears, one name on two sides, days that are none, and, in lists of phrases, phrases
that cannot be read and examples that hold none of them. A codebook that passes is told in one line: what it holds, and whether it says its source, licence and version.

## What is shipped

| codebook | version | licence | source |
|---|---|---|---|
"""


def entries(table: object) -> Iterator[Mapping[str, Any]]:
    """Every entry of a parsed codebook, at any depth: the tables that lists hold."""
    if isinstance(table, Mapping):
        for value in table.values():
            yield from entries(value)
    elif isinstance(table, list):
        for value in table:
            if isinstance(value, Mapping):
                yield value


def page() -> str:
    """The whole page."""
    rows = []
    for name in shipped():
        book = lexicon(name)
        rows.append(f"| `{name}` | {book['version']} | {book['licence']} | {book['source']} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
