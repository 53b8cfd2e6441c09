"""Whom a pronoun or a description may mean: those the article spoke of, with what is known of their gender and number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import COORDINATORS, PREPOSITIONS, SUBORDINATORS, word_set
from parley.annotate.language.nounphrases import given_names
from parley.codebooks import lexicon
from parley.data import Mention, MentionKind, Reading, Span, Speaker
from parley.resolve.offices import heads

Gender = Literal["male", "female", ""]

HE = word_set("he him his himself")
SHE = word_set("she her hers herself")
THEY = word_set("they them their themselves both")
IT = word_set("it its itself")
PRONOUNS = HE | SHE | THEY | IT
_HE_ACTS = word_set("he his himself")
_SHE_ACTS = word_set("she hers herself")
_NO_NOUN = PREPOSITIONS | SUBORDINATORS | COORDINATORS
_BODY_WORDS = word_set("the of for and")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the article spoke of: at which character, as a speaker or as what a sentence is about."""

    at: int
    sentence: int
    speaker: Speaker
    kind: MentionKind
    gender: Gender
    plural: bool
    named: bool
    span: Span


def described(mention: Mention) -> bool:
    """True for a person by his office alone: "the foreign minister"."""
    if mention.kind != "person":
        return False
    if mention.role is None:
        return " of " in mention.name and bool(heads(mention.name))
    if _bare(mention.span.text) == _bare(mention.role):
        return True
    return mention.name == mention.role or set(_bare(mention.name)) <= set(_bare(mention.role))


def _bare(text: str) -> list[str]:
    return text.lower().replace("’", "'").replace("'s", "").split()


def personal(mention: Mention) -> bool:
    """True for the name of a person, known as one or looking like one: two to four capitalised words."""
    if mention.kind == "person":
        return not described(mention)
    if mention.kind != "unknown":
        return False
    words = mention.name.split()
    if heads(words[-1]):
        return False  # "Chief Medical Director"
    if not (2 <= len(words) <= 5 and "-" not in words[0][:2]):
        return False
    initials = [w for w in words if len(w.rstrip(".")) == 1 and w.isupper()]
    return len(words) - len(initials) <= 4 and all(w[0].isupper() and (not w.isupper() or w in initials) for w in words)


@lru_cache(maxsize=4096)
def gender_of(name: str, described: str) -> Gender:
    """What a title, a role or a given name tells."""
    table = _gender_words()
    told = next((table[w] for w in described.lower().replace(",", " ").split() if w in table), None)
    if told:
        return told
    words = name.lower().split()
    given = given_names().get(words[0]) if len(words) > 1 else None
    return "male" if given == "male" else "female" if given == "female" else ""


@cache
def _gender_words() -> dict[str, Gender]:
    return {word.lower(): row["class"] for row in lexicon("speakers")["gender"] for word in row["words"]}


def genders_told(reading: Reading, people: Sequence[Mention]) -> dict[str, Gender]:
    """The gender of a name by the pronouns that stand beside it: of a sentence that names one person and has pronouns of
    one gender, and of one that begins with a pronoun behind a sentence that names one person.
    """
    votes: dict[str, Counter[Gender]] = {}
    followed: dict[str, Counter[Gender]] = {}
    at = 0
    before: str | None = None
    for sentence in reading.sentences:
        names = set()
        while at < len(people) and people[at].span.start < sentence.span.end:
            names.add(people[at].name)
            at += 1
        words = sentence.lowers
        # "His deputy, Thandi Olm, ...": he is somebody of before.
        told: Gender = _one_gender(words[1:] if words[:1] in (("his",), ("her",)) else words)
        one = names.pop() if len(names) == 1 else None
        if told and one is not None:
            votes.setdefault(one, Counter())[told] += 1
        elif told and before is not None and not names and words[0] in HE | SHE:
            followed.setdefault(before, Counter())[told] += 1
            one = before
        before = one
    votes = followed | votes
    return {name: count.most_common(1)[0][0] for name, count in votes.items() if len(count) == 1}


def _one_gender(words: Sequence[str]) -> Gender:
    """Of subjects and owners; whom somebody thanks ("Tarn thanked him") is somebody else."""
    male = not _HE_ACTS.isdisjoint(words)
    female = not _SHE_ACTS.isdisjoint(words) or ("her" in words and _hers(words))
    return "" if male == female else "male" if male else "female"


def _hers(words: Sequence[str]) -> bool:
    """ "Her" in front of a noun owns it."""
    return any(word == "her" and after not in _NO_NOUN and after[:1].isalpha() for word, after in pairwise(words))


def agrees(candidate: Candidate, word: str, told: Mapping[str, Gender]) -> bool:
    """Whether the pronoun may mean the candidate."""
    if word in THEY:
        return candidate.plural or candidate.kind == "organisation"
    if word in IT:
        return not candidate.plural and candidate.kind in ("organisation", "government", "place", "unknown")
    if candidate.plural or candidate.kind not in ("person", "unknown") or _only_an_adjective(candidate):
        return False
    if candidate.kind == "unknown" and (candidate.speaker.name.isupper() or _looks_a_body(candidate.speaker.name)):
        return False
    wrong = "female" if word in HE else "male"
    return (candidate.gender or told.get(candidate.speaker.name, "")) != wrong


def _only_an_adjective(candidate: Candidate) -> bool:
    """ "Foreign" at the head of a sentence is nobody."""
    return candidate.kind == "unknown" and candidate.speaker.name.lower() in words_of_class("modifier")


def _looks_a_body(name: str) -> bool:
    return any(w in _BODY_WORDS for w in name.lower().split())
