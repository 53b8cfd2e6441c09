"""The noun that a number counts, found without a parser: the words up to the first that cannot belong to the noun phrase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parley.annotate.numbers import Tok

STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "if",
        "as",
        "than",
        "then",
        "when",
        "where",
        "while",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "why",
        "how",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "into",
        "onto",
        "with",
        "within",
        "without",
        "of",
        "off",
        "over",
        "under",
        "about",
        "around",
        "after",
        "before",
        "since",
        "until",
        "till",
        "during",
        "between",
        "among",
        "amid",
        "amongst",
        "against",
        "across",
        "along",
        "through",
        "throughout",
        "near",
        "inside",
        "outside",
        "behind",
        "beyond",
        "despite",
        "per",
        "via",
        "upon",
        "toward",
        "towards",
        "above",
        "below",
        "up",
        "down",
        "out",
        "away",
        "back",
        "because",
        "although",
        "though",
        "unless",
        "whether",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "not",
        "no",
        "never",
        "also",
        "only",
        "just",
        "even",
        "still",
        "already",
        "again",
        "too",
        "very",
        "more",
        "most",
        "less",
        "least",
        "fewer",
        "much",
        "many",
        "few",
        "some",
        "any",
        "each",
        "every",
        "all",
        "both",
        "either",
        "neither",
        "other",
        "another",
        "such",
        "own",
        "same",
        "including",
        "included",
        "include",
        "includes",
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "her",
        "us",
        "them",
        "my",
        "your",
        "his",
        "its",
        "our",
        "their",
        "mine",
        "himself",
        "herself",
        "itself",
        "themselves",
        "there",
        "here",
        "now",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "ago",
        "later",
        "earlier",
        "so",
        "far",
        "meanwhile",
        "however",
        "according",
        "said",
        "says",
        "say",
        "told",
        "tells",
        "reported",
        "reports",
        "report",
        "added",
        "adds",
        "noted",
        "stated",
        "announced",
        "claimed",
        "claims",
        "confirmed",
        "fled",
        "left",
        "took",
        "went",
        "came",
        "got",
        "gave",
        "made",
        "fought",
        "fell",
        "rose",
        "stood",
        "began",
        "became",
        "saw",
        "found",
        "held",
        "kept",
        "lost",
        "led",
        "met",
        "paid",
        "put",
        "ran",
        "sent",
        "shot",
        "died",
        "die",
        "dies",
        "dead",
        "killed",
        "injured",
        "wounded",
        "hurt",
        "missing",
        "kidnapped",
        "abducted",
        "detained",
        "arrested",
        "freed",
        "released",
        "displaced",
        "captured",
        "murdered",
        "massacred",
        "slain",
        "executed",
        "perished",
        "lay",
        "live",
        "lives",
        "lived",
        "remain",
        "remained",
        "remains",
        "take",
        "takes",
        "want",
        "wants",
        "need",
        "needs",
        "go",
        "goes",
        "get",
        "gets",
        "come",
        "comes",
        "know",
        "make",
        "makes",
        "give",
        "gives",
        "work",
        "works",
        "fight",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "overnight",
        "early",
        "late",
        "alive",
        "altogether",
        "total",
        "worldwide",
        "nationwide",
        "alone",
        "instead",
        "aged",
        "age",
        "plus",
        "minus",
    ]
)
# Words that end like a participle and yet stand before the noun they describe, or are one.
_PARTICIPLES_BEFORE = frozenset(
    [
        "killed",
        "injured",
        "wounded",
        "dead",
        "murdered",
        "slain",
        "displaced",
        "missing",
        "kidnapped",
        "detained",
        "executed",
        "massacred",
        "abducted",
        "captured",
        "arrested",
    ]
)
_NO_PLURAL = frozenset(
    [
        "is",
        "was",
        "has",
        "his",
        "this",
        "its",
        "us",
        "yes",
        "plus",
        "as",
        "does",
        "less",
        "press",
        "across",
        "news",
        "previous",
        "religious",
        "various",
        "perhaps",
        "always",
    ]
)
_PLURALS = frozenset(
    [
        "people",
        "men",
        "women",
        "children",
        "police",
        "personnel",
        "troops",
        "staff",
        "clergy",
        "cattle",
        "aircraft",
        "police-officers",
        "militia",
        "cavalry",
        "crew",
        "policemen",
        "policewomen",
        "servicemen",
        "servicewomen",
        "gunmen",
        "firemen",
        "congressmen",
        "businessmen",
        "fishermen",
        "militiamen",
        "guardsmen",
        "councilmen",
        "newsmen",
        "noblemen",
        "clergymen",
        "seamen",
        "airmen",
        "countrymen",
        "tribesmen",
        "assemblymen",
        "spokesmen",
        "salesmen",
        "crewmen",
        "riflemen",
        "gentlemen",
        "townspeople",
        "workpeople",
        "youth",
        "dead",
        "wounded",
        "injured",
        "elderly",
        "kin",
        "folk",
        "persons",
        "infantry",
        "media",
        "homeless",
    ]
)


class Noun(NamedTuple):
    """A noun phrase over the tokens `first` to `last` (not included); `head` is its main word in lower case."""

    first: int
    last: int
    head: str
    of: bool


def is_plural(low: str) -> bool:
    """A word that looks like a plural: "soldiers", "people", "policemen"."""
    low = low.removesuffix("'")
    return low in _PLURALS or (
        len(low) > 3 and low[-1] == "s" and low[-2:] not in ("ss", "us", "is", "'s") and low not in _NO_PLURAL
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
    plural = next((k for k in reversed(words) if is_plural(toks[k].low)), None)
    head = plural if plural is not None else words[-1]
    return Noun(words[0], head + 1, toks[head].low.removesuffix("'").removesuffix("'s"), of)


def _next_begins(toks: Sequence[Tok], at: int) -> bool:
    return at < len(toks) and toks[at].kind == "w" and (toks[at].low not in STOP or toks[at].low in _PARTICIPLES_BEFORE)


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
        if tok.kind != "w" or not _belongs(toks, at, out):
            break
        out.append(at)
        at += 1
        if tok.low.endswith("s'"):
            break
    return out


def _belongs(toks: Sequence[Tok], at: int, so_far: list[int]) -> bool:
    """Participles describe a noun only before it: "12 armed men" goes on, "12 men armed with knives" ends at "men"."""
    low = toks[at].low
    follows = _next_begins(toks, at + 1)
    if low in STOP:
        return not so_far and low in _PARTICIPLES_BEFORE and follows and not is_time(toks[at + 1].low)
    if low.endswith(("ed", "ing", "ly")) and low not in (
        "seed",
        "building",
        "wing",
        "king",
        "meeting",
        "bombing",
        "shooting",
        "family",
        "ally",
        "assembly",
        "killing",
        "feed",
        "red",
    ):
        seen_plural = any(is_plural(toks[k].low) for k in so_far)
        return not seen_plural and follows
    return True


_TIME = frozenset(
    [
        "last",
        "this",
        "next",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "overnight",
        "early",
        "late",
    ]
)


def is_time(low: str) -> bool:
    """A word that begins a time expression."""
    return low in _TIME
