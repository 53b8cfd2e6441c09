"""Whether an act of arms is told as one happening: not as a running total, a habit, or the scene of another deed."""

from __future__ import annotations

from collections.abc import Sequence

from parley.annotate.events.actors import is_blamed
from parley.annotate.events.happenings import Happening, words
from parley.annotate.language.clauses import RELATIVES, group_start
from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit


def is_one(
    line: Line, hit: Hit[Happening], at: int, first: int, last: int, actors: Sequence[str], *, dated: bool
) -> bool:
    """True where an act of arms is told as one happening, not as a running total or a habit."""
    inside = line.lowers[first:last]
    before = line.lowers[max(0, first - 2) : first]
    told_by = line.statement_at(line.span(hit.first, hit.last))
    beside = [
        *line.lowers[first : hit.first],
        *line.lowers[hit.first + 1 : hit.last - 1],
        *line.lowers[hit.last : last],
    ]
    if any(w in words("ongoing") for w in beside) or "where" in before:
        return False
    if not dated and any(w in RELATIVES for w in before):
        return False
    if "that" in before and told_by is None and not dated:
        return False
    if _is_habit(line, hit, group_start(line, at), dated=dated):
        return False
    text = " ".join(inside)
    if "so far" in text or ("since" in inside and "has" in inside) or ("more than" in text and "months" in inside):
        return False
    group = line.lowers[group_start(line, at) : at]
    if line.lowers[hit.first].endswith("ing") and hit.entry.kind == "verb" and {"was", "were"}.isdisjoint(group):
        return is_blamed(line, hit.first)
    group = [*group, *line.lowers[hit.first : hit.last]]
    if any(w in ("has", "have", "having") for w in group) and not dated and not actors:
        return False
    if hit.entry.kind != "noun":
        return True
    plural = line.lowers[hit.first].endswith("s") and hit.last - hit.first == 2
    one = not words("one act").isdisjoint(line.lowers[hit.first : hit.last])
    return "launched" in inside or dated or bool(actors) or (one and not plural)


def is_aside(line: Line, first: int, actors: Sequence[str], *, dated: bool) -> bool:
    """True for what only sets the scene of another deed: "she was serving him when the shells fell"."""
    opener = line.lowers[max(0, first - 1) : first + 1]
    told = any(t[0].isdigit() or t in words("people") for t in line.lowers[first:])
    return not dated and not actors and not told and any(w in ("when", "as", "where") for w in opener)


def _is_habit(line: Line, hit: Hit[Happening], start: int, *, dated: bool) -> bool:
    """True for what is told of no day: a habit in the present tense, a toll that goes on growing."""
    word = line.lowers[hit.first]
    if hit.entry.toll:
        return "past" in line.lowers or any(w in ("has", "have") for w in line.lowers[start : hit.last])
    so_far = "since" in line.lowers or ("far" in line.lowers and "so" in line.lowers)
    total = so_far and word in words("tolls")
    return total or (hit.entry.kind == "verb" and not dated and word in words("habits"))


def is_toll(line: Line, hit: Hit[Happening], actors: Sequence[str]) -> bool:
    """True for what tells more of an act told elsewhere: what it cost ("dozens were injured"), where "the attack took place"."""
    inside = line.lowers[hit.first : hit.last]
    if hit.entry.kind == "state" and inside[-1] in words("cost") and not {"was", "were", "been"}.isdisjoint(inside):
        return True
    if hit.entry.kind == "state" and line.lowers[max(0, hit.first - 1)] in ("the", "this"):
        return inside[0] in words("one act") and not actors
    return hit.entry.kind == "verb" and not actors and inside[0] in words("cost")
