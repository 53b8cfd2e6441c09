"""What a single line looks like: the codebook `junk`, compiled to one pattern per reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from parley.codebooks import lexicon
from parley.data import DropReason
from parley.errors import CodebookError

# No line of navigation, caption or footer that we know is longer; longer lines are left to the reader.
LONGEST = 320
_BEFORE = " \t\n\u00a0#>*_~`|•·◦▪►▶→–—-<"
_AFTER = " \t\n\u00a0*_~`|>#→»›"
_RULE = re.compile(r"[\W_]+")


def bare(line: str) -> str:
    """A line without the marks of emphasis, headings and bullets around it, its white space single.

    >>> bare("# *Talks   resume*")
    'Talks resume'
    """
    return " ".join(line[: LONGEST * 2].lstrip(_BEFORE).rstrip(_AFTER).split())


@dataclass(frozen=True, slots=True)
class _Kind:
    """Entries of one reason as one pattern; `needs` are letters or marks of which a line must have one, or none is named."""

    pattern: re.Pattern[str]
    reason: DropReason
    tail: bool
    needs: tuple[str, ...]


@cache
def _kinds() -> tuple[_Kind, ...]:
    grouped: dict[tuple[DropReason, bool, tuple[str, ...]], list[str]] = {}
    for entry in lexicon("junk")["junk"]:
        key = (entry["reason"], entry.get("tail", False), tuple(entry.get("needs", ())))
        grouped.setdefault(key, []).append(entry["pattern"])
    return tuple(_Kind(_any_of(patterns), *key) for key, patterns in grouped.items())


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
    except re.error as error:
        raise CodebookError(f"junk.toml: {_first_wrong(patterns)!r} is not a regular expression: {error}") from error


def _first_wrong(patterns: Iterable[str]) -> str:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error:
            return pattern
    return " | ".join(patterns)


def look(line: str) -> tuple[DropReason, bool] | None:
    """Why a line is junk by its look, and whether the article ends there; None where it may be prose.

    >>> look("Share It :")
    ('share', False)
    """
    if len(line) > LONGEST:
        return None
    if _RULE.fullmatch(line):
        return "other", False
    plain = bare(line)
    lower = plain.lower()
    for kind in _kinds():
        if kind.needs:
            for need in kind.needs:
                if need in lower:
                    break
            else:
                continue
        if kind.pattern.fullmatch(plain):
            return kind.reason, kind.tail
    return None
