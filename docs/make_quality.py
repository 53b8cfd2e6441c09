"""Writes docs/quality.md from the floors that the gate pins.

.venv/bin/python docs/make_quality.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "quality.md"

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
- **practice**: {practice} articles of eight other invented stories (three wars, two nuclear files, two tariff disputes, several strikes), read without any codebook.
  They were held back at first; since then rules have been developed on them too. They are
  fiction, by one annotator.
- **seeds**: {seeds} real articles that do not come with Parley. Rules were developed on them too: read that column as an upper bound.

| | sample | practice | seeds |
|---|---|---|---|
"""

TAIL = """
Who said what is found by a trained model (`--profile accurate`, the default; its [card](../src/parley/models/attribution-en-20261122/card.md) has its scores on PolNeAR's
annotated news) or by rules (`--profile fast`).

Not measured here: languages other than English; broadcasts' transcripts; how well `confidence` is calibrated (fitted on PolNeAR for
statements of the model; elsewhere an estimate by kind of rule, not yet a measured share); agreement of a second annotator with the sample's and the practice gold.
"""


def page() -> str:
    """The whole page."""
    held: dict[str, Any] = json.loads((ROOT / "benchmarks/quality/floors.json").read_text(encoding="utf-8"))
    names = ("sample", "practice", "seeds")
    counts = {name: held[name]["articles"] for name in names}
    rows = []
    for key, label in LABELS.items():
        cells = " | ".join(f"{held[name]['floors'][key]:.3f}" for name in names)
        rows.append(f"| {label} | {cells} |")
    return HEAD.format(**counts) + "\n".join(rows) + "\n" + TAIL


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
