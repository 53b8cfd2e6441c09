"""The noun that a number counts, found without a parser: the words up to the first that cannot belong to the noun phrase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parley.annotate.quantities.numbers import Tok, words_named


def stop_words() -> frozenset[str]:
    """Words that cannot belong to a noun phrase after a number."""
    return words_named("quantities", "stop")


class Noun(NamedTuple):
    """A noun phrase over the tokens `first` to `last` (not included); `head` is its main word in lower case."""

    first: int
    last: int
    head: str
    of: bool


def is_plural(low: str) -> bool:
    """A word that looks like a plural: "soldiers", "people", "policemen"."""
    low = low.removesuffix("'")
    return low in words_named("quantities", "plurals") or (
        len(low) > 3
        and low[-1] == "s"
        and low[-2:] not in ("ss", "us", "is", "'s")
        and low not in words_named("quantities", "no_plural")
    )


def noun_after(toks: Sequence[Tok], at: int) -> Noun | None:
    """The noun phrase right after token `at`: "Palestinian civilians", "of the captives", "unidentified armed men".

    Runs to the last plural among up to six words, or to the last word where none is plural. None where the next word
    cannot begin a noun phrase ("killed 12 and wounded three").
    """
    of = False
    at += at < len(toks) and toks[at].low == "-"
    while (
        at < len(toks)
        and toks[at].low in ("more", "other", "others", "additional", "further", "new")
        and _next_begins(toks, at + 1)
    ):
        at += 1
    if at + 1 < len(toks) and toks[at].low == "of" and toks[at + 1].kind == "w":
        of, at = True, at + 1
        while at < len(toks) and toks[at].low in (
            "the",
            "those",
            "these",
            "its",
            "his",
            "her",
            "their",
            "our",
            "all",
            "more",
        ):
            at += 1
    words = _words(toks, at)
    if not words:
        return None
    plural = next((k for k in reversed(words) if is_plural(toks[k].low) or _is_nation(toks[k])), None)
    if plural is None and (rest := _past_bracket(toks, words[-1] + 1)):
        words, plural = [*words, *rest], next((k for k in reversed(rest) if is_plural(toks[k].low)), None)
    head = plural if plural is not None else words[-1]
    return Noun(words[0], head + 1, toks[head].low.removesuffix("'").removesuffix("'s"), of)


def _past_bracket(toks: Sequence[Tok], at: int) -> list[int]:
    """ "three Norsk [a state firm] engineers": the words after an editor's bracket."""
    if at >= len(toks) or toks[at].low != "[":
        return []
    close = next((k for k in range(at, min(at + 16, len(toks))) if toks[k].low == "]"), None)
    return [] if close is None else _words(toks, close + 1)


def _is_nation(tok: Tok) -> bool:
    """ "six Orlenis": the plural of a people in -i."""
    return tok.capital and len(tok.low) > 5 and tok.low.endswith("is")


def _next_begins(toks: Sequence[Tok], at: int) -> bool:
    return (
        at < len(toks)
        and toks[at].kind == "w"
        and (toks[at].low not in stop_words() or toks[at].low in words_named("quantities", "participles_before"))
    )


def _words(toks: Sequence[Tok], at: int) -> list[int]:
    """The indices of the words that may belong to one noun phrase."""
    out: list[int] = []
    while at < len(toks) and len(out) < 6:
        tok = toks[at]
        if (
            tok.low in ("-", "‑")
            and out
            and at + 1 < len(toks)
            and toks[at + 1].kind == "w"
            and toks[at + 1].start == tok.end
        ):
            at += 1
            continue
        if tok.low in ('"', "“", "'", "‘") and not out:
            at += 1
            continue
        if _is_initials(toks, at):  # "two U.S. missionaries"
            out.append(at)
            at += 4
            continue
        if tok.kind != "w" or not _belongs(toks, at, out):
            break
        out.append(at)
        at += 1
        if tok.low.endswith("s'"):
            break
    return out


def _is_initials(toks: Sequence[Tok], at: int) -> bool:
    if at + 4 >= len(toks) or toks[at].kind != "w" or len(toks[at].low) != 1:
        return False
    second = toks[at + 2]
    plain = toks[at + 1].low == "." and toks[at + 3].low == "." and second.kind == "w" and len(second.low) == 1
    return plain and toks[at + 4].kind == "w" and second.start == toks[at + 1].end


def _belongs(toks: Sequence[Tok], at: int, so_far: list[int]) -> bool:
    """Participles describe a noun only before it: "12 armed men" goes on, "12 men armed with knives" ends at "men"."""
    low = toks[at].low
    follows = _next_begins(toks, at + 1)
    if low in stop_words():
        return (
            not so_far
            and low in words_named("quantities", "participles_before")
            and follows
            and not is_time(toks[at + 1].low)
        )
    if low.endswith("ly") and so_far and low not in words_named("quantities", "nouns_like_verbs"):
        return False
    if low.endswith(("ed", "ing", "ly")) and low not in words_named("quantities", "nouns_like_verbs"):
        return follows and not any(is_plural(toks[k].low) or _is_nation(toks[k]) for k in so_far)
    return True


def is_time(low: str) -> bool:
    """A word that begins a time expression."""
    return low in words_named("quantities", "time")
