"""Whole texts of many genres through the whole pipeline: which figures they tell, of what, and who counts so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from parley.data import Figure, Reading
from parley.pipeline import analyse

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "figures_told"
_LINE = re.compile(r"(?P<category>\w+) (?P<value>\S+) (?P<qualifier>\w+) \[(?P<words>[^\]]*)\](?P<rest>.*)")
_FIELD = re.compile(r"(\w+)=\[([^\]]*)\]")


NAMED = (("claimant", "by"), ("via", "via"), ("date", "on"), ("since", "since"), ("place", "in"), ("population", "of"))


@dataclass(frozen=True, slots=True)
class Told:
    """One expected row: a `=>` line, or a `~>` line, which may be told or not."""

    category: str
    value: str
    qualifier: str
    words: str
    fields: dict[str, str]
    asked: bool
    part: bool


@dataclass(slots=True)
class Case:
    title: str
    text: str
    told: list[Told] = field(default_factory=list)


def cases() -> list[Case]:
    """Every text of the golden files with what it tells."""
    out: list[Case] = []
    for path in sorted(GOLDEN.glob("*.txt")):
        title = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                title = f"{path.stem}: {line[1:].strip()}"
            elif line.startswith(("=> ", "~> ")):
                out[-1].told.append(expected(line))
            elif line.strip():
                out.append(Case(title, line))
    return out


def expected(line: str) -> Told:
    found = _LINE.fullmatch(line[3:])
    assert found is not None, line
    fields = dict(_FIELD.findall(found["rest"]))
    return Told(
        found["category"],
        found["value"],
        found["qualifier"],
        found["words"],
        fields,
        line.startswith("=>"),
        line.endswith(" part"),
    )


def same(figure: Figure, told: Told) -> bool:
    """The same number in the same place: its words overlap those of the line."""
    values = {str(v) for v in (figure.value, figure.low, figure.high) if v is not None}
    values |= {f"{v:g}%" for v in (figure.low, figure.high) if v is not None}
    wanted = told.value
    return wanted in values and (told.words in figure.span.text or figure.span.text in told.words)


def alike(name: str | None, wanted: str | None) -> bool:
    """Equal, or one holds all the words of the other."""
    if not name or not wanted:
        return not name and not wanted
    x, y = (set(re.findall(r"\w+", n.lower())) - {"the", "of", "s"} for n in (name, wanted))
    return x <= y or y <= x


def errors(reading: Reading, told: Sequence[Told]) -> list[str]:
    """What is wrong with the rows of a reading, in words."""
    out, used = [], set()
    for one in told:
        row = next((f for f in reading.figures if same(f, one) and f.id not in used), None)
        if row is None:
            out += [f"missed: {one.category} {one.value} [{one.words}]"] if one.asked else []
            continue
        used.add(row.id)
        if one.asked:
            out += wrong(row, one)
    return out + [f"extra: {f.category} [{f.span.text}]" for f in reading.figures if f.id not in used]


def wrong(row: Figure, told: Told) -> list[str]:
    out = []
    for name, has, asked in (("category", row.category, told.category), ("qualifier", row.qualifier, told.qualifier)):
        out += [f"{name} of [{row.span.text}]: {has}, not {asked}"] if has != asked else []
    for name, key in NAMED:
        got, want = getattr(row, name), told.fields.get(key)
        if (key == "by" or want is not None) and not alike(got, want):
            out.append(f"{name} of [{row.span.text}]: {got}, not {want}")
    for key in ("scope", "change"):
        if (want := told.fields.get(key)) is not None and (getattr(row, key) or "") != want:
            out.append(f"{key} of [{row.span.text}]: {getattr(row, key)}, not {want}")
    return out + ([f"[{row.span.text}] is part of nothing"] if told.part and row.part_of is None else [])


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.title)
def test_told(case: Case) -> None:
    assert errors(analyse(case.text, published="2031-05-15", profile="rules"), case.told) == []
