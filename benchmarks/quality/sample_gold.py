"""Compile the gold of a folder, the sample corpus's by default: quotes written by hand become character spans.

    python benchmarks/quality/sample_gold.py            writes src/parley/sample/gold.json
    python benchmarks/quality/sample_gold.py --check    says whether gold.json is what the quotes give; writes nothing
    python benchmarks/quality/sample_gold.py --no-html  leaves the HTML pages out (no package needed)
    python benchmarks/quality/sample_gold.py --sample benchmarks/quality/heldback     the same for another folder

Each `gold/<article>.toml` names its article and gives every span as the words themselves:

    source = "Oran Melk"                   the only place where these words stand, as whole words
    cue = "him, Melk ⟦said⟧ on"            words that stand more than once: the marked ones, in a context found once
    cue = "said@2"                         or the second place

White space in a quote stands for any white space in the article (a no-break space included). A quote that is not
found, or found more than once, stops the run with the name of the file and the words.
HTML pages are read with parley, because spans count in the text that it reads; the other files need no package.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[2] / "src" / "parley" / "sample"
LAYERS = ("statements", "figures", "positions", "events", "wording")
MARKED = re.compile(r"^(?P<before>.*?)⟦(?P<words>.+?)⟧(?P<after>.*)$", re.S)
NTH = re.compile(r"^(?P<words>.+)@(?P<nth>\d+)$", re.S)

Span = list[int]


class GoldError(Exception):
    """A quote in the gold does not point at exactly one place in its article."""


def pattern(words: str) -> str:
    """A regular expression for these words, with any white space between them."""
    return r"\s+".join(re.escape(part) for part in re.split(r"\s+", words))


def whole_words(words: str) -> str:
    """`pattern`, but not in the middle of a longer word."""
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return left + pattern(words) + right


def find(text: str, quote: str) -> Span:
    """The one span that the quote names.

    >>> find("He said so. She said no.", "She ⟦said⟧")
    [16, 20]
    >>> find("He said so. She said no.", "said@1")
    [3, 7]
    """
    nth = NTH.match(quote)
    if marked := MARKED.match(quote):
        before, words, after = marked["before"], marked["words"], marked["after"]
        lead = pattern(before) if before else ""
        expression = lead + "(" + whole_words(words) + ")" + (pattern(after) if after else "")
    elif nth:
        expression = "(" + whole_words(nth["words"]) + ")"
    else:
        expression = "(" + whole_words(quote) + ")"
    found = [list(match.span(1)) for match in re.finditer(expression, text)]
    if nth and not marked:
        place = int(nth["nth"])
        if not 1 <= place <= len(found):
            raise GoldError(f"place {place} asked for, {len(found)} found: {quote!r}")
        return found[place - 1]
    if len(found) != 1:
        raise GoldError(f"found {len(found)} times: {quote!r}")
    return found[0]


def compile_row(text: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its quotes turned into spans; everything else is passed on as it is."""
    compiled = dict(row)
    for key in ("source", "cue", "span"):
        if compiled.get(key) is not None:
            compiled[key] = find(text, compiled[key])
    if "content" in compiled:
        compiled["content"] = [find(text, quote) for quote in compiled["content"]]
        compiled.setdefault("source", None)
        compiled.setdefault("cue", None)
    return compiled


def compile_article(text: str, gold: dict[str, Any]) -> dict[str, Any]:
    """One article of gold.json. `meta.body` is given as its first and its last words."""
    meta = dict(gold["meta"])
    for key in ("outlet", "title", "url", "dateline_place", "published", "published_basis"):
        meta.setdefault(key, None)
    if body := meta.get("body"):
        meta["body"] = [find(text, body[0])[0], find(text, body[1])[1]]
    meta["junk"] = [find(text, quote) for quote in meta.get("junk", [])]
    compiled: dict[str, Any] = {"file": gold["file"], "meta": meta}
    for layer in LAYERS:
        compiled[layer] = [compile_row(text, row) for row in gold.get(layer, [])]
        for row in compiled[layer]:
            fill(layer, row)
    return compiled


def fill(layer: str, row: dict[str, Any]) -> None:
    """TOML has no null: what a row does not say is written out as null where the format asks for the key."""
    empty: dict[str, tuple[str, ...]] = {
        "figures": ("value", "population", "place", "claimant"),
        "positions": ("said_by",),
        "events": ("date", "place"),
    }
    for key in empty.get(layer, ()):
        row.setdefault(key, None)


def jsonl_texts(folder: Path) -> dict[str, str]:
    """source_id -> text of every article in the folder's JSON Lines files."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf8").splitlines():
            if line.strip():
                article = json.loads(line)
                texts[article["id"]] = article["text"]
    return texts


def html_text(path: Path) -> str:
    """The page's text as parley reads it; spans of its rows count in this text."""
    reader = importlib.import_module("parley.read.html")
    return str(reader.page_from_html(path.read_bytes(), file=path.name, source_id=path.stem).text)


def articles(folder: Path, *, html: bool) -> Iterator[dict[str, Any]]:
    """Every article that has gold, in the order of the gold files' names."""
    texts = jsonl_texts(folder)
    for path in sorted((folder / "gold").glob("*.toml")):
        gold = tomllib.loads(path.read_text(encoding="utf8"))
        name = gold["file"]
        if name.endswith(".html"):
            if not html:
                continue
            text = html_text(folder / name)
        else:
            text = texts[name] if name in texts else (folder / name).read_text(encoding="utf8")
        try:
            yield compile_article(text, gold)
        except GoldError as error:
            raise GoldError(f"{path.name}: {error}") from error


def write(rows: list[dict[str, Any]]) -> str:
    """gold.json: one article a line, so that a change shows as the article it is in."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=Path, default=SAMPLE, help="folder with the articles and their gold/")
    parser.add_argument("--no-html", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    target = arguments.sample / "gold.json"
    try:
        rows = list(articles(arguments.sample, html=not arguments.no_html))
    except GoldError as error:
        print(error, file=sys.stderr)
        return 1
    compiled = write(rows)
    if arguments.check:
        same = target.exists() and target.read_text(encoding="utf8") == compiled
        print("gold.json is up to date" if same else "gold.json differs from the quotes")
        return 0 if same else 1
    target.write_text(compiled, encoding="utf8")
    counts = ", ".join(f"{sum(len(row[layer]) for row in rows)} {layer}" for layer in LAYERS)
    print(f"{len(rows)} articles: {counts}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
