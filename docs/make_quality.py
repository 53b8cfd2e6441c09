"""Writes docs/quality.md from the floors that the gate pins.

.venv/bin/python docs/make_quality.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "quality.md"

SETS = ("sample", "practice", "heldback", "seeds", "real_dev", "real_blind")
"""The columns; a set without pinned floors has none."""
LABELS = {
    "article.title": "title",
    "article.outlet": "outlet",
    "article.published": "publication date",
    "article.body": "body, characters F1",
    "statements": "statements",
    "statements.speaker": "statements with the right speaker",
    "statements.exact": "matched statements with the very same characters, share",
    "figures": "figures",
    "figures.all_fields": "figures with qualifier, category and claimant right",
    "positions": "positions",
    "positions.stance": "positions with the right stance",
    "events": "events",
    "events.status": "events with the right status",
    "wording": "loaded labels",
    "wording.voice": "loaded labels with the right voice",
}

HEAD = """# How right the rows are

Made by `docs/make_quality.py` from `benchmarks/quality/floors.json`, which `make bench` measures and holds. F1 unless it says otherwise; how
rows are matched is written in `benchmarks/quality/score.py`. Two people who annotated the same four articles with Parley's guide agree at
.90 on statements (.89 with the speaker), .98 on figures (.87 with every field), .87 on positions with stance, .84 on events, .76 on wording (.71 with voice).

- **sample**: {sample} articles of one invented negotiation that come with Parley, read with its codebook. Rules were developed on it.
- **practice**: {practice} articles of eight other invented stories (three wars, two nuclear files, two tariff disputes, several strikes), read without
  any codebook. Each story was held back at first; since then rules have been developed on all of them.
- **heldback**: {heldback} articles of three more invented stories (a trade dispute, a nuclear file, a truce), read without any codebook. Nobody has read
  their rows while writing rules; their scores were looked at. **Expect this column of a story that nobody prepared for.** It is small, and one
  annotator's.
- **seeds**: {seeds} real articles that do not come with Parley. Rules were developed on them too: read that column as an upper bound.
- **real_dev** and **real_blind**: ten real articles each of sets from elsewhere (wires and radio of 1989-90 printed in capitals, a war as scraped from
  news sites, an election campaign), chosen by lot among those on talks, truces, strikes and trade. One person annotated them from the guide without having seen
  what Parley makes of them, and read every row again; nobody else has, so no agreement is known. Rules may be learned from `real_dev`; of
  `real_blind` only the scores are looked at. The texts do not come with Parley, only offsets and labels do:
  [how they were annotated](../benchmarks/quality/real/README.md).

"""

OUTSIDE_HEAD = """
## On sets from elsewhere

Measured by `make bench` where the sets are at hand (`benchmarks/quality/outside.py`). Peers' figures are from their papers or from runs of their programs on the same data.

| set | measure | Parley | peers |
|---|---|---|---|
"""
OUTSIDE = {
    "polnear.joint": (
        "PolNeAR dev, `accurate`",
        "content overlaps and source agrees, F1",
        "Citron retrained .518 and two people .754, on the test part",
    ),
    "polnear.overlap": ("PolNeAR dev, `accurate`", "content overlaps, F1", ""),
    "polnear.exact": (
        "PolNeAR dev, `accurate`",
        'content exact, F1; Parley\'s guide takes a leading "that" off, which counts as a miss here',
        "",
    ),
    "polnear_guide.joint": (
        "PolNeAR dev, `accurate`",
        'the same with its contents as the guide draws them, without a leading "that": source and content',
        "",
    ),
    "polnear_guide.overlap": ("PolNeAR dev, `accurate`", 'likewise without "that": content overlaps', ""),
    "polnear_guide.exact": ("PolNeAR dev, `accurate`", 'likewise without "that": content exact', ""),
    "polnear_fast.joint": (
        "PolNeAR dev, `fast`",
        "content overlaps and source agrees, F1",
        "a CRF without parser .546, on the test part",
    ),
    "timex.relaxed": ("WikiWars", "date expressions, relaxed F1", ""),
    "timex.value": (
        "WikiWars",
        "value right, F1; its TIMEX2 values are TIMEX3's for days, months, years and durations",
        "HeidelTime .78 on news",
    ),
    "newsquant.value_and_change": ("NewsQuant dev", "value and change, F1", ""),
    "muc4.f1": ("MUC-4 dev", "dead, injured and captives, F1", "a regular expression .54"),
    "plover.accuracy": (
        "PLOVER's examples",
        "event type; rules were written with these sentences in view",
        "a keyword list .47",
    ),
    "plover.negotiation": (
        "PLOVER's examples",
        "macro-F1 of the types of negotiation; the same holds",
        "a keyword list .45",
    ),
}

ACROSS_HEAD = """
## Across articles

Measured by `make bench` (`benchmarks/quality/across.py`); each set's module says how it was made, and prints with `--wrong`, `--errors`, `-v` or `--show` what is
wrong in it. Copies and disagreeing counts are measured where their articles are at hand. Joining nothing at all has a B-cubed F1 of .92 on the sample's statements, so the
recall of pairs says more.

| what | measure | |
|---|---|---|
"""
ACROSS = {
    "copies.recall": ("copies: real articles cut, edited and embedded by a script", "recall"),
    "copies.precision": ("the same, beside pairs that share quotations only", "precision"),
    "copies.excerpt_40": ("excerpts of 40 %, alone", "recall"),
    "copies.inside_40": ("excerpts of 40 %, inside another article", "recall"),
    "copies.rewrite_40": ("excerpts of 40 %, edited", "recall"),
    "utterances.sample_gold": ("utterances: annotated statements of the sample", "B-cubed F1"),
    "utterances.sample_machine": ("statements of the sample as read", "B-cubed F1"),
    "utterances.sample_machine_pair_precision": ("the same", "precision of pairs"),
    "utterances.sample_machine_pair_recall": ("the same", "recall of pairs"),
    "utterances.heldback": ("invented statements with hard neighbours, held back", "B-cubed F1"),
    "utterances.heldback_pair_recall": ("the same", "recall of pairs"),
    "actors.fresh_precision": ("actors: invented names, written before they were measured", "precision of pairs"),
    "actors.fresh_recall": ("the same", "recall of pairs"),
    "actors.fresh_open": ("names that may mean several: nobody guessed", "1 where none is"),
    "disagreement.precision": (
        "conflicts between counts in 404 FA-KES articles, each read by hand",
        "both cannot stand, share",
    ),
    "disagreement.one_thing": ("the same", "of one thing, later tolls among them, share"),
}

CONFIDENCE_HEAD = """
## What confidence means

Each row's `confidence` is the share of such rows that are right: a statement in content and source, a figure in all fields, a position in its stance, an event
in its status, wording in its voice. Fitted by `training/calibration/fit.py` on the annotated stories, with one curve for stories that a codebook was named
for (fitted on sample) and one for the others (practice and heldback). Expected calibration error in ten bins:

| | sample | practice | heldback |
|---|---|---|---|
"""

TAIL = """
![Share of right rows against confidence](reliability.svg)

Positions and events of unseen stories are still overconfident: what a fixed curve says of rules that meet new wording is worth less than of a network.

Who said what is found by trained models: [accurate](../src/parley/models/attribution-en-20261122b/card.md), the default, and
[fast](../src/parley/models/attribution-en-fast-20261122/card.md); their cards tell data, licences and known errors.

Not measured here: languages other than English; agreement of a second annotator with the gold of the invented stories and of the twenty real articles.
"""


def page() -> str:
    """The whole page."""
    held: dict[str, Any] = json.loads((ROOT / "benchmarks/quality/floors.json").read_text(encoding="utf-8"))
    names = [name for name in SETS if name in held]
    counts = {name: held[name]["articles"] for name in names}
    header = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    rows = []
    for key, label in LABELS.items():
        cells = " | ".join(f"{held[name]['floors'][key]:.3f}" for name in names)
        rows.append(f"| {label} | {cells} |")
    outside = held["outside"]["floors"]
    others = [f"| {data} | {what} | {outside[key]:.3f} | {peers} |" for key, (data, what, peers) in OUTSIDE.items()]
    found = held["across"]["floors"]
    across = [f"| {what} | {measure} | {found[key]:.3f} |" for key, (what, measure) in ACROSS.items()]
    curves = json.loads((ROOT / "src/parley/models/confidence.json").read_text(encoding="utf-8"))["layers"]
    errors = [
        f"| {layer} | " + " | ".join(f"{row['error'][name]:.3f}" for name in names[:3]) + " |"
        for layer, row in curves.items()
    ]
    tables = [
        HEAD.format(**counts),
        header,
        rows,
        OUTSIDE_HEAD,
        others,
        ACROSS_HEAD,
        across,
        CONFIDENCE_HEAD,
        errors,
        TAIL,
    ]
    return "".join(part if isinstance(part, str) else "\n".join(part) + "\n" for part in tables)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
