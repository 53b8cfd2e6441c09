"""How well names are linked to actors: pairwise precision and recall on invented names in plain text.

    python -m benchmarks.quality.actors             both lists
    python -m benchmarks.quality.actors tuning -v   one, with every pair that is wrong

`actor_sets/tuning.txt` is what the rules were tuned on, `fresh.txt` was written before and only measured. A pair is two lines
of one list that are linked to the same actor; lines that begin with `?` can mean several and must stay open. A link counts
where it is positive, as that is what every reader of a ledger goes by.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from parley.codebooks import Codebook, load_codebook
from parley.resolve.actors import Name, Use, resolve
from parley.resolve.judgements import decided, in_article
from parley.store.rows import name_key

HERE = Path(__file__).resolve().parent / "actor_sets"
LISTS = ("tuning", "fresh")


@dataclass(frozen=True, slots=True)
class Line:
    """A name in an article of its own; `cluster` is None where it must stay open."""

    name: Name
    article: str
    cluster: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs that are linked, that should be, and that are both; and the names that were linked though they can mean several."""

    linked: int
    asked: int
    right: int
    names: int
    clusters: int
    guessed: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        """Of the pairs that are linked, the share that is right."""
        return self.right / self.linked if self.linked else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are one actor, the share that is linked."""
        return self.right / self.asked if self.asked else 1.0


def codebook() -> Codebook:
    """The shipped codebooks and the invented sides of the lists."""
    return load_codebook(str(HERE / "sides.toml"))


def read(which: str) -> list[Line]:
    """The lines of a list."""
    return list(_lines((HERE / f"{which}.txt").read_text(encoding="utf-8")))


def _lines(text: str) -> Iterator[Line]:
    cluster = 0
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            cluster += 1
        elif not line.startswith("#"):
            fields = [f.strip() or None for f in line.removeprefix("?").split("|")]
            name, kind, side, role, date = (fields + [None] * 4)[:5]
            assert name is not None
            key = name_key(name, side)
            row = Name(key, name, kind or "unknown", side, role, 1, date, date)
            yield Line(row, f"ar_{number:04}", None if line.startswith("?") else cluster)


def linked(lines: list[Line], book: Codebook) -> list[str | None]:
    """Whom each line is linked to."""
    uses = [Use(x.name.key, x.article, x.name.role, x.name.first) for x in lines]
    _, links = resolve([x.name for x in lines], book, lambda keys: [u for u in uses if u.key in keys])
    shown = [{"left": k.left, "right": k.right, "judgement": k.judgement, "score": k.score, "by": k.by} for k in links]
    who: Mapping[str, str] = decided(shown)
    return [who.get(in_article(x.name.key, x.article), who.get(x.name.key)) for x in lines]


def score(which: str) -> Score:
    """The score of a list."""
    lines = read(which)
    who = linked(lines, codebook())
    told = [f"{x.name.name} [{x.name.side or ''}] {x.name.role or ''}" for x in lines]
    found = {(a, b) for a, b in combinations(range(len(lines)), 2) if who[a] is not None and who[a] == who[b]}
    sure = {n for n, x in enumerate(lines) if x.cluster is not None}
    gold = {(a, b) for a, b in combinations(sorted(sure), 2) if lines[a].cluster == lines[b].cluster}
    pairs = {(a, b) for a, b in found if a in sure and b in sure}
    alone = {w for n, w in enumerate(who) if n in sure and w}
    return Score(
        linked=len(pairs),
        asked=len(gold),
        right=len(pairs & gold),
        names=len(lines),
        clusters=len({x.cluster for x in lines if x.cluster is not None}),
        guessed=tuple(told[n] for n in range(len(lines)) if n not in sure and who[n] in alone),
        wrong=tuple((told[a], told[b]) for a, b in sorted(pairs - gold)),
        missed=tuple((told[a], told[b]) for a, b in sorted(gold - pairs)),
    )


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("lists", nargs="*", default=LISTS)
    parser.add_argument("-v", "--verbose", action="store_true", help="every pair that is wrong or missed")
    asked = parser.parse_args()
    for which in asked.lists:
        s = score(which)
        print(
            f"{which}: {s.names} names, {s.clusters} clusters: precision {s.precision:.3f} ({s.right} of {s.linked} pairs),"
            f" recall {s.recall:.3f} ({s.right} of {s.asked}), {len(s.guessed)} guessed that can mean several"
        )
        if asked.verbose:
            for head, pairs in (("wrong", s.wrong), ("missed", s.missed)):
                for a, b in pairs:
                    print(f"  {head}: {a}  |  {b}")
            for name in s.guessed:
                print(f"  guessed: {name}")


if __name__ == "__main__":
    main()
