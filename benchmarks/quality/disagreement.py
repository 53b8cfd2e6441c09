"""How many of the conflicts between counts are real: the FA-KES clusters, each the same day and place told by several outlets.

    python -m benchmarks.quality.disagreement [--clusters 30] [--whole] [--profile accurate] [--ledger PATH] [--show]

The clusters are looked for in PARLEY_SHARED, or in `shared` beside the checkout. Each is compared by itself; with `--whole` all 410
articles of the set are, as a user would have them in one ledger. Every conflict was checked by hand against both sentences; the verdicts stand in
`disagreement_checked.json` by article ids and numbers (no sentence is copied), and a conflict that is not in it is named, not counted.
A verdict is `right` (two numbers for one thing that cannot both stand), `later` (one thing, but the higher number is its later toll) or `wrong`.
`--show` prints both sides' sentences, for checking.

What is measured: of the conflicts found, how many are two numbers for one thing that cannot both stand. What is not: how many real
ones are missed. Most outlets of these clusters print "at least" with the number of one monitor, or tell of different happenings of a day, so
the tolls of a cluster that differ are rarely a disagreement; verdicts on those missed would need every pair read.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.quality.gate import shared
from parley import build
from parley.compare.base import Found, Pile, Row, Told
from parley.compare.figures.series import COMPARISONS
from parley.compare.refresh import pile_of, told_of
from parley.data import Profile
from parley.store.ledger import Ledger

CHECKED = Path(__file__).with_name("disagreement_checked.json")
SET = "bench/fakes"


def clusters(count: int) -> list[list[str]]:
    """The first clusters in which the outlets' tolls differ, as article ids."""
    lines = (shared() / SET / "clusters.jsonl").read_text(encoding="utf-8").splitlines()
    docs = [json.loads(line)["docs"] for line in lines]
    return [[d["id"] for d in some] for some in docs if len({d["headline"] for d in some}) > 1][:count]


def built(path: Path, profile: Profile) -> Path:
    """A ledger of the whole set, at `path`; one that is there already is brought up to date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    source = path.parent / "fakes.jsonl"
    keep = ("id", "title", "text", "outlet", "date")
    with source.open("w", encoding="utf-8") as out:
        for line in (shared() / SET / "dev.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            out.write(json.dumps({k: row[k] for k in keep}) + "\n")
    build([source], path, profile=profile)
    return path


def read(path: Path) -> tuple[list[Told], Pile]:
    """The articles of a ledger with their rows, and what is known of them."""
    with Ledger.open(path) as ledger, ledger.comparing() as desk:
        ids = [a["id"] for a in ledger.articles()]
        return [told_of(row) for row in desk.told(ids)], pile_of(desk, ids)


def conflicts(articles: Iterable[Told], pile: Pile) -> list[Row]:
    """The conflicts between counts of some articles."""
    [comparison] = COMPARISONS
    blocks: dict[str, list[Row]] = defaultdict(list)
    for one in articles:
        for block, item in comparison.items(one):
            blocks[block].append({**item, "article": one.id})
    found: list[Found] = [f for b in sorted(blocks) for f in comparison.results(b, blocks[b], pile)]
    return [f.row for f in sorted(found, key=lambda f: -f.weight) if f.kind == "conflict"]


def key(conflict: Row, figures: dict[str, Row], articles: dict[str, str]) -> str:
    """A conflict by its two articles and numbers, the same in every build."""
    sides = [figures[i] for i in conflict["rows"][:2]]
    return " / ".join(sorted(f"{articles[f['article']]} {f['value'] or f['low']}" for f in sides))


def report(groups: Sequence[Sequence[Told]], pile: Pile, verdicts: dict[str, str], *, show: bool) -> Counter[str]:
    """Print every conflict with its verdict; counts by verdict."""
    counts: Counter[str] = Counter()
    seen = set()
    for articles in groups:
        figures = {f["id"]: f for t in articles for f in t.figures}
        texts = {t.id: t for t in articles}
        names = {t.id: str(t.article["source_id"]) for t in articles}
        for conflict in conflicts(articles, pile):
            name = key(conflict, figures, names)
            if name in seen:
                continue
            seen.add(name)
            verdict = verdicts.get(name, "not checked")
            counts[verdict.split(":")[0]] += 1
            print(f"{verdict:14} {name}\n               {conflict['why']}")
            for id in conflict["rows"][:2] if show else ():
                start, end = figures[id]["span"]
                text = texts[figures[id]["article"]].text
                print("               |", " ".join(text[max(0, start - 200) : end + 150].split()))
    return counts


def chosen(told: Sequence[Told], count: int) -> list[list[Told]]:
    """The articles of the first clusters."""
    by_id = {str(t.article["source_id"]): t for t in told}
    return [[by_id[i] for i in ids if i in by_id] for ids in clusters(count)]


def checked() -> dict[str, str]:
    """What was said by hand of each conflict."""
    held: dict[str, str] = json.loads(CHECKED.read_text(encoding="utf-8"))
    return held


def verdicts(ledger: Path, *, whole: bool, count: int = 30) -> Counter[str]:
    """The conflicts of all articles, or of some clusters, counted by what was said of them by hand."""
    told, pile = read(ledger)
    return report([told] if whole else chosen(told, count), pile, checked(), show=False)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clusters", type=int, default=30)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--profile", default="accurate", choices=("accurate", "fast", "rules"))
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    if not (shared() / SET / "clusters.jsonl").is_file():
        print("the FA-KES clusters are not at hand")
        return
    with tempfile.TemporaryDirectory() as folder:
        told, pile = read(built(asked.ledger or Path(folder) / "fakes.db", asked.profile))
    groups = [told] if asked.whole else chosen(told, asked.clusters)
    counts = report(groups, pile, checked(), show=asked.show)
    decided = counts["right"] + counts["wrong"] + counts["later"]
    where = f"{len(told)} articles" if asked.whole else f"{len(groups)} clusters"
    differ = sum(len({f["value"] for t in g for f in t.figures if f["category"] == "killed"}) > 1 for g in groups)
    verdicts_told = ", ".join(f"{counts[v]} {v}" for v in ("right", "later", "wrong", "not checked"))
    print(
        f"{where} ({differ} of them with different numbers killed): {sum(counts.values())} conflicts: {verdicts_told}"
    )
    if decided:
        strict, thing = counts["right"] / decided, (counts["right"] + counts["later"]) / decided
        print(f"precision {strict:.2f}; of one thing {thing:.2f}")


if __name__ == "__main__":
    main()
