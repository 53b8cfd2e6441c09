"""Where a build spends its processor time, as a flame graph.

    python -m benchmarks.speed.flame [--profile fast] [--articles 60] [--write docs/images/flame-fast.svg]

A build in this process is looked at every few milliseconds of its processor time (`ITIMER_PROF`); what was called by what at each look is
added up. A box is as wide as its share, and stands on whoever called it; boxes below half a percent are left out. The picture is one SVG without
script; each box tells its name and share when pointed at, and the same shares are printed as a table.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.quality.gate import ROOT
from benchmarks.speed.scale import lines
from parley.engine.build import build

EVERY = 0.002
"""Seconds of processor time between two looks."""
SMALLEST = 0.005
WIDTH, HEIGHT = 1200, 17
COLOURS = ("#f2c14e", "#f0a35e", "#e8845c", "#d9a066", "#e6b566")

Stack = tuple[str, ...]


def looked(work: Any) -> Counter[Stack]:
    """How often each stack of calls was met while some work was done."""
    seen: Counter[Stack] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        stack: list[str] = []
        while frame is not None:
            stack.append(_name(frame))
            frame = frame.f_back
        seen[tuple(reversed(stack))] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return seen


def _name(frame: FrameType) -> str:
    path = Path(frame.f_code.co_filename)
    parts = path.parts
    last = len(parts) - parts[::-1].index("parley") if "parley" in parts else -2
    inside = "/".join(parts[last:])
    return f"{inside.removesuffix('.py')}:{frame.f_code.co_name}"


def rooted(seen: Counter[Stack], root: str) -> Counter[Stack]:
    """The stacks from the first call of `root` on; what lies elsewhere is left out."""
    out: Counter[Stack] = Counter()
    for stack, count in seen.items():
        at = next((n for n, name in enumerate(stack) if name.endswith(root)), None)
        if at is not None:
            out[stack[at:]] += count
    return out


def boxes(seen: Counter[Stack]) -> list[tuple[int, float, float, str]]:
    """Each box: how many calls below the root, where it begins and how wide it is (both 0 to 1), and its name."""
    whole = sum(seen.values()) or 1
    out: list[tuple[int, float, float, str]] = []

    def put(some: list[tuple[Stack, int]], depth: int, left: float) -> None:
        groups: dict[str, list[tuple[Stack, int]]] = {}
        for stack, count in some:
            if len(stack) > depth:
                groups.setdefault(stack[depth], []).append((stack, count))
        for name, group in sorted(groups.items()):
            share = sum(count for _, count in group) / whole
            if share >= SMALLEST:
                out.append((depth, left, share, name))
                put(group, depth + 1, left)
            left += share

    put(sorted(seen.items()), 0, 0.0)
    return out


def svg(seen: Counter[Stack], title: str) -> str:
    """The flame graph."""
    drawn = boxes(seen)
    high = (max((depth for depth, *_ in drawn), default=0) + 3) * HEIGHT
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" font-family="monospace" font-size="11" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{high}" fill="#fffdf8"/><text x="6" y="14" fill="#222">{escape(title)}</text>',
    ]
    for depth, left, share, name in drawn:
        x, wide, y = left * WIDTH, share * WIDTH, (depth + 1.5) * HEIGHT
        colour = COLOURS[sum(name.encode()) % len(COLOURS)]
        room = int(wide / 6.7) - 1
        shown = name if len(name) <= room else f"{name[: room - 1]}…" if room > 4 else ""
        rows.append(
            f'<g><title>{escape(name)}: {share:.1%}</title><rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{HEIGHT - 1}" fill="{colour}"/>'
            f'<text x="{x + 3:.1f}" y="{y + 12:.1f}" fill="#222">{escape(shown)}</text></g>'
        )
    return "\n".join([*rows, "</svg>\n"])


def shares(seen: Counter[Stack]) -> list[tuple[float, str]]:
    """The share of everything that each function takes with all that it calls, largest first."""
    whole = sum(seen.values()) or 1
    within: Counter[str] = Counter()
    for stack, count in seen.items():
        for name in set(stack):
            within[name] += count
    return [(count / whole, name) for name, count in within.most_common()]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=("rules", "fast", "accurate"), default="fast")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--write", type=Path, metavar="FILE")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        one, pile = Path(name) / "one.jsonl", Path(name) / "pile.jsonl"
        told = [f"{line}\n" for line in lines(given.articles, short=False)]
        one.write_text(told[0], encoding="utf-8")
        pile.write_text("".join(told), encoding="utf-8")
        build(one, f"{name}/one.db", profile=given.profile, workers=1)  # what is loaded once is loaded
        seen = rooted(
            looked(lambda: build(pile, f"{name}/x.db", profile=given.profile, workers=1)), "engine/build:build"
        )
    for share, function in shares(seen)[:40]:
        print(f"{share:6.1%}  {function}")
    if given.write:
        title = f"parley build --profile {given.profile}, {given.articles} articles, processor time of one process"
        given.write.write_text(svg(seen, title), encoding="utf-8")
        print(given.write.resolve().relative_to(ROOT) if given.write.resolve().is_relative_to(ROOT) else given.write)


if __name__ == "__main__":
    main()
