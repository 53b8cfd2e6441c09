"""The measures on sets from elsewhere, where they are at hand, against pinned floors.

    python -m benchmarks.quality.outside [--task NAME] [--update] [--lower]

The sets and the program that scores them do not come with Parley: they are looked for in PARLEY_SHARED, or in `shared` beside the
checkout, and skipped where they are not. Floors stand in floors.json under `outside`, as shares in [0, 1] unless the name says otherwise.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.quality.gate import asked, pinned, shared


@dataclass(frozen=True, slots=True)
class Task:
    """A set with what is read off its scorer's answer: name -> pattern with one group, in per cent or as a share."""

    name: str
    kind: str
    data: str
    figures: dict[str, str]
    options: tuple[str, ...] = ()
    adapted: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    """How each record of the set is changed before it is scored."""

    @property
    def here(self) -> bool:
        return (shared() / "bench" / self.data).is_file()


def without_leading_that(record: dict[str, Any]) -> dict[str, Any]:
    """A record of PolNeAR with the contents as Parley's guide draws them: it counts no "that" in front of a clause."""
    text, told = record["text"], record["attributions"]
    told = json.loads(told) if isinstance(told, str) else told

    def content(start: int, end: int) -> list[int]:
        return [start + 5, end] if text[start : start + 5].lower() == "that " and end - start > 5 else [start, end]

    return record | {"attributions": [{**one, "content": [content(*span) for span in one["content"]]} for one in told]}


_F1 = r"\s+P\s+[\d.]+\s+R\s+[\d.]+\s+F1\s+([\d.]+)"
_POLNEAR = {"joint": rf"^joint {_F1}", "overlap": rf"^overlap content{_F1}", "exact": rf"^exact content {_F1}"}
TASKS = (
    Task("polnear", "polnear", "polnear/dev.jsonl", _POLNEAR),
    Task("polnear_guide", "polnear", "polnear/dev.jsonl", _POLNEAR, adapted=without_leading_that),
    Task("polnear_fast", "polnear", "polnear/dev.jsonl", _POLNEAR, ("--profile", "fast")),
    Task("timex", "timex", "wikiwars/wikiwars.jsonl", {"relaxed": rf"^relaxed{_F1}", "value": rf"^value {_F1}"}),
    Task("newsquant", "newsquant", "newsquant/dev.jsonl", {"value_and_change": r"VALUE\+CHANGE .*?F1 ([\d.]+)"}),
    Task("muc4", "muc4", "muc4/dev.jsonl", {"f1": r"F1 ([\d.]+)"}, ("--profile", "fast")),
    Task(
        "plover",
        "plover",
        "plover/dev.jsonl",
        {"accuracy": r"accuracy [\d/]+=([\d.]+)", "negotiation": r"negotiation macro-F1 ([\d.]+)"},
        ("--profile", "fast"),
    ),
)


def measure(task: Task) -> dict[str, float]:
    """What the set's own scorer says of this Parley; raises where it could not be run."""
    data = shared() / "bench" / task.data
    if task.adapted is None:
        return _measured(task, data)
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / data.name
        records = (json.loads(line) for line in data.read_text(encoding="utf-8").splitlines() if line.strip())
        changed.write_text("".join(json.dumps(task.adapted(record)) + "\n" for record in records), encoding="utf-8")
        return _measured(task, changed)


def _measured(task: Task, data: Path) -> dict[str, float]:
    parley = f"{sys.executable} -m parley"
    command = [sys.executable, str(shared() / "tools/bench.py"), task.kind, str(data)]
    done = subprocess.run(
        [*command, "--parley", parley, "--python", sys.executable, *task.options],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{task.name}: the scorer ended with {done.returncode}:\n{done.stderr[-2000:]}")
    scores = {}
    for name, pattern in task.figures.items():
        found = re.search(pattern, done.stdout, re.MULTILINE)
        if found is None:
            raise SystemExit(f"{task.name}: the scorer's answer does not tell {name}:\n{done.stdout}")
        value = float(found.group(1))
        scores[f"{task.name}.{name}"] = round(value / 100 if value > 1 else value, 4)
    return scores


def main() -> int:
    """The command line; 0 where every floor holds."""
    options = asked(__doc__, "task")
    tasks = {task.name: partial(_at_hand, task) for task in TASKS}
    return pinned("outside", tasks, set(options.names), update=options.update, lower=options.lower)


def _at_hand(task: Task) -> dict[str, float] | None:
    return measure(task) if task.here else None


if __name__ == "__main__":
    sys.exit(main())
