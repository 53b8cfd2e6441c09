"""The measures of what comparing articles finds, against pinned floors: copies, utterances, actors, disagreeing counts.

    python -m benchmarks.quality.across [--task NAME] [--update] [--lower]

Each set has a module of its own that says how it was made and prints what is wrong in it. `copies` and `disagreement` are made of articles that do not
come with Parley: they are looked for in PARLEY_SHARED, or in `shared` beside the checkout, and skipped where they are not.
Floors stand in floors.json under `across`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.quality import actors, copies, disagreement, utterances
from benchmarks.quality.gate import Measuring, asked, pinned, shared


def of_copies() -> dict[str, float] | None:
    """Recall of copies by the way of copying, and precision of all that is found."""
    if not (shared() / "bench/polnear/train.jsonl").is_file():
        return None
    found = copies.measure()
    ways = [way for way in found if f"kind of {way}" in found]
    shown = {way.replace(" ", "_"): found[way] for way in ways} | {k: found[k] for k in ("recall", "precision")}
    return {f"copies.{name}": round(value, 4) for name, value in shown.items()}


def of_utterances() -> dict[str, float]:
    """B-cubed of each set of statements, and what pairs alone tell."""
    out = {}
    for name, (measured, _) in utterances.all_measured().items():
        called = name.replace(", ", "_").replace(" statements", "")
        out[f"utterances.{called}"] = measured.f1
        out[f"utterances.{called}_pair_precision"] = measured.pair_precision
        out[f"utterances.{called}_pair_recall"] = measured.pair_recall
    return out


def of_actors() -> dict[str, float]:
    """Pairs of names that are one actor; `open` is the share of ambiguous names that nobody was guessed for."""
    out = {}
    for name in actors.LISTS:
        found = actors.score(name)
        out[f"actors.{name}_precision"] = round(found.precision, 4)
        out[f"actors.{name}_recall"] = round(found.recall, 4)
        out[f"actors.{name}_open"] = 0.0 if found.guessed else 1.0
    return out


def of_disagreement() -> dict[str, float] | None:
    """Of the conflicts between counts that are found in all FA-KES articles, the share that is right, and that was read by hand."""
    if not (shared() / disagreement.SET / "clusters.jsonl").is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        counts = disagreement.verdicts(disagreement.built(Path(folder) / "fakes.db", "accurate"), whole=True)
    read = counts["right"] + counts["later"] + counts["wrong"]
    shares = {
        "precision": counts["right"] / max(1, read),
        "one_thing": (counts["right"] + counts["later"]) / max(1, read),
        "checked": read / max(1, counts.total()),
    }
    return {f"disagreement.{name}": round(value, 4) for name, value in shares.items()}


TASKS: Mapping[str, Measuring] = {
    "copies": of_copies,
    "utterances": of_utterances,
    "actors": of_actors,
    "disagreement": of_disagreement,
}


def main() -> int:
    """The command line; 0 where every floor holds."""
    options = asked(__doc__, "task")
    return pinned("across", TASKS, set(options.names), update=options.update, lower=options.lower)


if __name__ == "__main__":
    sys.exit(main())
