"""How well statements are brought together as utterances, against groups labelled by hand.

    python -m benchmarks.quality.utterances             the sample corpus (gold and machine statements) and the invented sets
    python -m benchmarks.quality.utterances --errors    with the pairs that are wrong

`utterance_sets/sample.txt` names groups of the sample corpus's gold statements; `utterance_sets/fresh.txt` holds invented statements of
their own, with hard neighbours; `heldback.txt` more of them, written when the rules were settled: look at its score, not at its rows. Everything that no group names is an utterance of its own.

B-cubed (Bagga and Baldwin 1998) asks of each statement which share of those put with it belong there, and which share of those that
belong are put there. Most statements stand alone, so that putting nothing together scores high as well: that is printed beside it
(`alone`), and so are precision and recall of pairs, which it scores nothing on.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.quality.gate import gold_sets
from benchmarks.quality.score import pairs as matched_rows
from parley.compare.base import Head, Pile, Row, Told
from parley.compare.speech.utterances import COMPARISONS, once

SETS = Path(__file__).resolve().parent / "utterance_sets"
Groups = Mapping[str, Hashable]
"""By statement, what names its group."""


# --- the measure ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured:
    """B-cubed and pairs, each in [0, 1]; `alone` is the B-cubed F1 of putting nothing together."""

    precision: float
    recall: float
    f1: float
    pair_precision: float
    pair_recall: float
    alone: float
    statements: int


def b_cubed(gold: Groups, found: Groups) -> tuple[float, float, float]:
    """Precision, recall and F1 over the statements of `gold`.

    >>> b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 2, "c": 3})
    (1.0, 0.6667, 0.8)
    """
    want, have = _members(gold), _members({k: found[k] for k in gold})
    precision = recall = 0.0
    for one in gold:
        both = len(want[gold[one]] & have[found[one]])
        precision += both / len(have[found[one]])
        recall += both / len(want[gold[one]])
    p, r = precision / len(gold), recall / len(gold)
    return round(p, 4), round(r, 4), round(2 * p * r / (p + r), 4)


def _members(groups: Groups) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = defaultdict(set)
    for one, group in groups.items():
        members[group].add(one)
    return members


def together(groups: Groups) -> set[tuple[str, str]]:
    """The pairs of statements that stand in one group."""
    return {pair for group in _members(groups).values() for pair in combinations(sorted(group), 2)}


def measure(gold: Groups, found: Groups) -> Measured:
    """Groups as found against groups as labelled."""
    want, have = together(gold), together({k: found[k] for k in gold})
    both = len(want & have)
    alone = b_cubed(gold, {k: k for k in gold})[2]
    shares = (both / len(have) if have else 1.0, both / len(want) if want else 1.0)
    precision, recall, f1 = b_cubed(gold, found)
    return Measured(precision, recall, f1, round(shares[0], 4), round(shares[1], 4), alone, len(gold))


# --- what is compared -----------------------------------------------------------------------------------------------


def found_groups(told: Iterable[Told], heads: Mapping[str, Head]) -> dict[str, str]:
    """By statement, the first of its utterance, as the comparison finds it."""
    (comparison,) = COMPARISONS
    blocks: dict[str, list[Row]] = defaultdict(list)
    groups: dict[str, str] = {}
    for one in told:
        for block, item in comparison.items(one):
            blocks[block].append({"article": one.id, **item})
        groups |= {s["id"]: s["id"] for s in one.statements}
    found = [f for block, held in sorted(blocks.items()) for f in comparison.results(block, held, Pile(heads))]
    for row in once(f.row for f in sorted(found, key=lambda f: -f.weight)):
        groups |= dict.fromkeys(row["statements"], row["statements"][0])
    return groups


def head_of(article: Row) -> Head:
    """An article's row as comparing sees it."""
    return Head(
        article["id"],
        article["source_id"],
        article["file"],
        article["title"],
        article["outlet"],
        article["published_earliest"],
        article["published_latest"],
    )


# --- the fresh set --------------------------------------------------------------------------------------------------


def fresh(path: Path = SETS / "fresh.txt") -> tuple[list[Told], dict[str, Hashable]]:
    """The invented statements, each in an article of its own, and their groups.

    A line is `outlet | published | speaker | side | cue | said on | words`; a paragraph is an utterance, and `#` begins a note.
    """
    told: list[Told] = []
    gold: dict[str, Hashable] = {}
    group = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            group += 1
        elif not line.startswith("#"):
            outlet, published, speaker, side, cue, said_on, words = (p.strip() or None for p in line.split("|"))
            id = f"st_{len(told):03}"
            gold[id] = group
            told.append(
                _told(
                    f"ar_{len(told):03}", outlet, published, [_statement(id, speaker, side, cue, said_on, words or "")]
                )
            )
    return told, gold


def _told(id: str, outlet: str | None, published: str | None, statements: Sequence[Row]) -> Told:
    row = {"id": id, "source_id": id, "file": f"{id}.txt", "title": None, "title_span": None, "outlet": outlet}
    return Told(
        article=row | {"published_earliest": published, "published_latest": published}, text="", statements=statements
    )


def _statement(id: str, speaker: str | None, side: str | None, cue: str | None, said_on: str | None, words: str) -> Row:
    marks = sum(words.count(m) for m in "“”")
    kind = "indirect" if not marks else "direct" if words[0] == "“" and words[-1] == "”" and marks == 2 else "mixed"
    who = {"id": None, "name": speaker, "role": None, "side": side} if speaker else None
    content = {"content": [[0, len(words)]], "content_text": [words], "cue_text": cue, "said_on": said_on}
    return {"id": id, "kind": kind, "speaker": who, "nested": False, "status": "machine", **content}


# --- the sample corpus ----------------------------------------------------------------------------------------------


def labelled(gold: Sequence[Row], texts: Mapping[str, str], path: Path = SETS / "sample.txt") -> dict[str, Hashable]:
    """The groups of the sample corpus's gold statements, by `file#n`; raises ValueError for words that name none, or two."""
    contents = {
        f"{a['file']}#{n}": " … ".join(texts[a["file"]][s:e] for s, e in row["content"])
        for a in gold
        for n, row in enumerate(a["statements"])
    }
    groups: dict[str, Hashable] = {k: k for k in contents}
    group = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            group += 1
        elif not line.startswith("#"):
            file, words = line.split(": ", 1)
            named = [k for k, text in contents.items() if k.startswith(f"{file}#") and words in text]
            exact = [k for k in named if contents[k] == words]
            if len(exact or named) != 1:
                raise ValueError(f"{line!r} names {len(named)} statements")
            groups[(exact or named)[0]] = group
    return groups


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample corpus, built: gold statements and machine statements as comparing takes them, and which machine row is which gold row."""

    gold: dict[str, Hashable]
    gold_told: list[Told]
    told: list[Told]
    heads: dict[str, Head]
    same: dict[str, str]
    words: dict[str, str]


def sample(profile: Any = "accurate") -> Sample:
    """Build the sample corpus, and lay the labelled groups beside it."""
    import parley
    from parley.compare.refresh import told_of

    corpus = next(s for s in gold_sets() if s.name == "sample")
    articles = json.loads(corpus.gold.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "sample.db")
        parley.build(corpus.sources, ledger=path, codebook=corpus.codebooks, series=corpus.series, profile=profile)
        with parley.Ledger.open(path) as ledger, ledger.comparing() as desk:
            told = [told_of(row) for row in desk.told([r["id"] for r in ledger.articles()])]
            sides = {fold(r["name"]): r["side"] for r in ledger.actors() if r["side"]}
    by_file = {name: t for t in told for name in (t.article["file"].rsplit("/", 1)[-1], t.article["source_id"])}
    texts = {a["file"]: by_file[a["file"]].text for a in articles}
    gold_told = [_gold_told(a, by_file[a["file"]], sides) for a in articles]
    same: dict[str, str] = {}
    for a in articles:
        rows = [r for r in by_file[a["file"]].statements if not r["nested"]]
        same |= {rows[j]["id"]: f"{a['file']}#{i}" for i, j in matched_rows("statements", a["statements"], rows)}
    words = {s["id"]: " … ".join(s["content_text"]) for t in (*gold_told, *told) for s in t.statements}
    heads = {t.id: head_of(t.article) for t in told}
    return Sample(labelled(articles, texts), gold_told, told, heads, same, words)


def fold(name: str) -> str:
    """A name as the ledger folds it."""
    from parley.store.words import fold as folded

    return folded(name)


def _gold_told(gold: Row, read: Told, sides: Mapping[str, str]) -> Told:
    def text(span: Sequence[int] | None) -> str | None:
        return read.text[span[0] : span[1]] if span else None

    statements = [
        {
            "id": f"{gold['file']}#{n}",
            "kind": row["kind"],
            "speaker": {"id": fold(row["speaker"]), "name": row["speaker"], "side": sides.get(fold(row["speaker"]))},
            "content": row["content"],
            "content_text": [text(c) for c in row["content"]],
            "cue_text": text(row["cue"]),
            "said_on": row.get("said_on"),
            "nested": False,
            "status": "machine",
        }
        for n, row in enumerate(gold["statements"])
    ]
    published = gold["meta"]["published"]
    article = read.article | {"published_earliest": published, "published_latest": published}
    return Told(article=article, text=read.text, statements=statements)


# --- telling --------------------------------------------------------------------------------------------------------


def all_measured(profile: Any = "accurate") -> dict[str, tuple[Measured, list[str]]]:
    """Every set by name, measured, with its wrong pairs in words."""
    out: dict[str, tuple[Measured, list[str]]] = {}
    for name in ("fresh", "heldback"):
        told, gold = fresh(SETS / f"{name}.txt")
        found = found_groups(told, {t.id: head_of(t.article) for t in told})
        words = {s["id"]: s["content_text"][0] for t in told for s in t.statements}
        out[name] = measure(gold, found), wrong(gold, found, words) if name == "fresh" else []
    corpus = sample(profile)
    found = found_groups(corpus.gold_told, corpus.heads)
    out["sample, gold statements"] = measure(corpus.gold, found), wrong(corpus.gold, found, corpus.words)
    found = found_groups(corpus.told, corpus.heads)
    asked = {machine: corpus.gold[gold] for machine, gold in corpus.same.items()}
    out["sample, machine statements"] = measure(asked, found), wrong(asked, found, corpus.words)
    return out


def wrong(gold: Groups, found: Groups, words: Mapping[str, str]) -> list[str]:
    """The pairs that are together and should not be, and the other way round."""
    want, have = together(gold), together({k: found[k] for k in gold})
    lines = []
    for sign, some in (("together, wrongly", have - want), ("apart, wrongly", want - have)):
        lines += [f"{sign}: {a} “{words[a]}” / {b} “{words[b]}”" for a, b in sorted(some)]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="the pairs that are wrong")
    parser.add_argument("--profile", default="accurate")
    options = parser.parse_args(arguments)
    for name, (measured, lines) in all_measured(options.profile).items():
        print(
            f"{name}: {measured.statements} statements, B-cubed {measured.f1:.3f}"
            f" (precision {measured.precision:.3f}, recall {measured.recall:.3f}; alone {measured.alone:.3f});"
            f" pairs: precision {measured.pair_precision:.3f}, recall {measured.pair_recall:.3f}"
        )
        if options.errors:
            print("\n".join(f"  {line}" for line in lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
