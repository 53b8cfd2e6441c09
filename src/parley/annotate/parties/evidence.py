"""What an article shows about its names: which bear a government, a delegation, an armed wing; which demand or refuse.

Each capitalised name is looked at in each place where it stands, by the words right beside it. What is found is only counted
here; `cast.py` judges it for the article as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import (
    AUXILIARIES,
    MODALS,
    MONTHS,
    PREPOSITIONS,
    TIMES,
    VERBS,
    WEEKDAYS,
    is_adverb,
    is_mark,
)
from parley.annotate.parties.words import (
    CLOSED,
    POSSESSIVES,
    bases,
    body_words,
    deeds,
    heads,
    is_compound,
    portfolios,
    speech,
    titles,
    words,
)
from parley.data import Mention, Reading, Sentence, Token

_LONGEST_NAME = 8
_IN = frozenset(("in", "at", "near", "outside", "inside", "around", "into", "across"))
_JOINED_BY_OF = frozenset(("league", "union", "organisation", "organization", "federation", "association", "community"))
_THE = frozenset(("the", "a", "an"))
_WITHIN = POSSESSIVES | {",", "-", "("}
"""Marks behind which a sentence goes on, so that a capital after them is one of a name."""
_BETWEEN = POSSESSIVES | {"and", "the", "its"}
_BARE = ("s", "ing", "ion", "ment", "ity", "ness", "ism", "ship", "nce", "age", "ly", "ed", "one", "body", "ture", "cy")
_LANDS = frozenset(("country", "state", "nation", "republic", "kingdom"))
_OFFICES = frozenset(("ministry", "minister", "ministers", "secretary", "head", "chief", "director", "side", "group"))
_TALKERS = frozenset(("invited", "invites", "mediated", "mediates", "hosted", "hosts", "brokered"))
_GO_BETWEENS = frozenset(("envoy", "envoys", "mediator", "mediators"))


@dataclass(slots=True)
class Part:
    """A name in its sentence: words `[first, last)`; `body` where it ends as names of bodies do."""

    first: int
    last: int
    key: str
    body: bool


@dataclass(slots=True)
class Evidence:
    """How often an article shows something about one name."""

    uses: int = 0
    acts: int = 0
    speaks: int = 0
    talks: int = 0
    voice: int = 0
    place: int = 0
    person: int = 0
    which: int = 0
    mediates: int = 0
    foes: int = 0
    """Rebels and opponents said to be its own."""
    kinds: dict[str, int] = field(default_factory=dict)

    def saw(self, kind: str) -> None:
        """Count a noun of this kind beside the name."""
        self.kinds[kind] = self.kinds.get(kind, 0) + 1

    def add(self, other: Evidence) -> None:
        """Count what was found for another form of the same name."""
        for name in ("uses", "acts", "speaks", "talks", "voice", "place", "person", "which", "mediates", "foes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for kind, count in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count


@dataclass(slots=True)
class Scene:
    """A sentence with its names and its outermost mentions by word."""

    sentence: Sentence
    low: tuple[str, ...]
    parts: tuple[Part, ...]
    mentions: tuple[tuple[int, int, int], ...]
    """Each mention as first word, word after the last, number in `Reading.mentions`."""
    at: dict[int, Part]
    ending: dict[int, Part]
    numbers: dict[int, list[int]]
    """Word -> the mentions that hold it."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    def part_at(self, at: int) -> Part | None:
        """The name that begins at word `at`, or behind an article there."""
        if at < len(self.low) and self.low[at] in _THE:
            at += 1
        return self.at.get(at)

    def within(self, first: int, last: int) -> Iterator[Part]:
        """The names that begin among words `[first, last)`."""
        return (self.at[i] for i in range(first, last) if i in self.at)


def scenes(reading: Reading) -> list[Scene]:
    """The sentences of an article, each with its names and mentions."""
    proper = _proper(reading)
    ordered = sorted(range(len(reading.mentions)), key=lambda n: reading.mentions[n].span.start)
    out: list[Scene] = []
    at = 0
    for sentence in sorted(reading.sentences, key=lambda s: s.span.start):
        while at < len(ordered) and reading.mentions[ordered[at]].span.start < sentence.span.start:
            at += 1
        here = []
        while at < len(ordered) and reading.mentions[ordered[at]].span.start < sentence.span.end:
            here.append(ordered[at])
            at += 1
        out.append(_scene(sentence, reading.mentions, here, proper))
    return out


def _proper(reading: Reading) -> frozenset[str]:
    """Words printed with a capital inside sentences, and the names from which such words are made: "Ambrova" by "Ambrovan"."""
    inside = {
        sentence.tokens[n].text
        for sentence in reading.sentences
        if not sentence.in_title
        for n in sentence.capitals
        if n and sentence.lowers[n] not in CLOSED
    }
    return frozenset(inside.union(*map(bases, inside)))


def _scene(sentence: Sentence, mentions: Sequence[Mention], here: Sequence[int], proper: frozenset[str]) -> Scene:
    placed: list[tuple[int, int, int]] = []
    covered: set[int] = set()
    tokens = sentence.tokens
    for number in here:
        first, last = sentence.words(*mentions[number].span.pair)
        placed.append((first, last, number))
        covered.update(range(first, last))
    if not sentence.in_title:
        covered.update([n for n in sentence.capitals if tokens[n].text in proper])
    low = sentence.lowers
    if not sentence.in_title and _opens_as_name(tokens, low):
        covered.add(0)
    whole = {
        first: last
        for first, last, number in placed
        if mentions[number].kind == "organisation" and "of" in low[first + 1 : last - 1] and low[first] not in _THE
    }
    parts = tuple(_parts(sentence, low, covered, whole))
    numbers: dict[int, list[int]] = {}
    for first, last, number in placed:
        for i in range(first, last):
            numbers.setdefault(i, []).append(number)
    by_first, by_last = {p.first: p for p in parts}, {p.last: p for p in parts}
    return Scene(sentence, low, parts, tuple(placed), by_first, by_last, numbers)


def _opens_as_name(tokens: Sequence[Token], low: Sequence[str]) -> bool:
    """True for a first word that owns a ministry ("Meruvia's health ministry") or tells a nation ("Ambrovan envoy")."""
    if len(low) < 3 or not tokens[0].text[0].isupper():
        return False
    if low[0] in CLOSED or low[0] in TIMES or low[0] in _common():
        return False
    if low[1] == "'s":
        return any(heads().get(w) in ("state", "voice", "force", "movement") for w in low[2:5])
    initials = tokens[0].text.isupper() and 1 < len(low[0]) < 7
    if initials or low[0].endswith(("an", "ese", "ish", "i")):
        noun = next((w for w in low[1:5] if w not in words_of_class("modifier") or w in heads()), "")
        return heads().get(noun) in ("state", "voice", "force") or noun in titles()
    # Nouns that need no article ("Fighting resumed", "Talks began") end in ways that names seldom do.
    if low[0].endswith(_BARE) or low[0] in words("between") or len(low[0]) < 4 or not low[0].isalpha():
        return False
    deed = low[3] if low[2] in ("not", "never", "also", "now") and len(low) > 3 else low[2]
    does = low[1] in words("act") or (low[1] in MODALS and deed in deeds())
    return does or (low[1] == "," and low[2] == "which")


@cache
def _members_of() -> frozenset[str]:
    """Nouns behind which a name goes on with "of" to who its members are: "Guild of Weavers", not "Government of Ondra"."""
    return words("union") | words("bloc") | words("movement") | _JOINED_BY_OF


@cache
def _common() -> frozenset[str]:
    return titles() | body_words() | words_of_class("modifier") | frozenset(heads())


# ---------------------------------------------------------------- names


def _parts(sentence: Sentence, low: Sequence[str], covered: set[int], whole: Mapping[int, int]) -> list[Part]:
    """The names of a sentence: runs of capitalised words, without titles, parted where a nation meets a person.

    `whole` are the bodies that were read as one name, first word -> word after the last: "Alliance of Film and Stage Producers".
    """
    tokens = sentence.tokens
    out: list[Part] = []
    end = 0
    for at in sentence.capitals:
        if at < end or not _is_name(sentence, low, covered, at):
            continue
        end = whole.get(at, at)
        if end > at and low[low.index("of", at) - 1] in _members_of() and tokens[end - 1].text[0].isupper():
            out.append(_part(tokens, at, end, body=True))
            continue
        end = at + 1
        while end < len(tokens) and end - at < _LONGEST_NAME:
            if _is_name(sentence, low, covered, end) or (low[end - 1] == "local" and low[end].isdigit()):
                end += 1
            elif _joins(tokens, low, end) and _is_name(sentence, low, covered, end + 1):
                end += 2
            else:
                break
        out += _split(tokens, low, at, end)
    return out


def _is_name(sentence: Sentence, low: Sequence[str], covered: set[int], at: int) -> bool:
    if not sentence.tokens[at].text[0].isupper() or low[at] in CLOSED or is_compound(sentence.tokens[at].text):
        return False
    # A capital that every first word has, and every word of a headline, says nothing: the mention must say it.
    opens = at == 0 or _parts_from(sentence.tokens, low, at)
    if opens and is_adverb(low[at]):
        return False  # "- Meanwhile the observers left"
    return at in covered or not (opens or sentence.in_title)


def _parts_from(tokens: Sequence[Token], low: Sequence[str], at: int) -> bool:
    """True where a mark, or a dash between spaces, stands before a word, so that its capital may be that of a first word."""
    if low[at - 1] == "-":
        return tokens[at - 1].end < tokens[at].start
    return is_mark(low[at - 1]) and low[at - 1] not in _WITHIN


def _joins(tokens: Sequence[Token], low: Sequence[str], at: int) -> bool:
    """True for the mark of "Dockers' Union" and for "of" in "League of Border Towns"."""
    if at + 1 >= len(low):
        return False
    if low[at] in ("'", "’"):
        plural = low[at - 1].endswith("s") and tokens[at - 1].end == tokens[at].start
        return plural and low[at + 1] in body_words() and tokens[at].end < tokens[at + 1].start
    return low[at] == "of" and low[at - 1] in _JOINED_BY_OF


def _split(tokens: Sequence[Token], low: Sequence[str], first: int, last: int) -> list[Part]:
    numbered = low[last - 1].isdigit()
    of = next((i for i in range(first, last) if low[i] == "of"), last)
    if (low[of - 1] in body_words() or numbered) and of - first > 1:
        return [_part(tokens, first, last, body=True)]
    out: list[Part] = []
    start = first
    for at in range(first, last + 1):
        if at == last or low[at] in titles():
            common = at - start == 1 and (low[start] in heads() or low[start] in body_words())
            if at > start and not common and not (at < last and portfolios().issuperset(low[start:at])):
                out.append(_part(tokens, start, at, body=of < last))
            start = at + 1
    return out


def _part(tokens: Sequence[Token], first: int, last: int, *, body: bool) -> Part:
    key = " ".join(t.text for t in tokens[first:last]).replace(" ’", "’").replace(" '", "'").replace("’", "'")
    return Part(first, last, key, body)


# ---------------------------------------------------------------- what stands beside a name


def gather(found: Sequence[Scene]) -> dict[str, Evidence]:
    """What the article shows about each of its names."""
    seen: dict[str, Evidence] = {}
    for scene in found:
        for number, part in enumerate(scene.parts):
            evidence = seen.get(part.key)
            if evidence is None:
                evidence = seen[part.key] = Evidence()
            evidence.uses += 1
            _right(scene, part, evidence)
            _left(scene, part, evidence)
            following = scene.parts[number + 1] if number + 1 < len(scene.parts) else None
            if following is not None and joined(scene, part, following):
                other = seen.setdefault(following.key, Evidence())
                _paired(scene, part, following, evidence, other)
    return seen


def head_after(scene: Scene, at: int) -> tuple[int, str] | None:
    """The noun that a name (its possessive included) hangs on, as its place and kind: "Calvera's chief *negotiator*"."""
    low = scene.low
    owned = at < len(low) and low[at] in POSSESSIVES
    at += owned
    first: str | None = None
    for i in range(at, min(len(low), at + 5)):
        kind = heads().get(low[i])
        if kind is not None:
            follows = heads().get(low[i + 1]) if i + 1 < len(low) else None
            if follows is None:
                return i, first or kind
            first = first or kind
        elif not _modifies(low[i], owned=owned) and first is None:
            break
    return None


def _modifies(word: str, *, owned: bool) -> bool:
    if word in words_of_class("modifier") or word in titles():
        return True
    plain = word.isalpha() and word not in CLOSED and word not in VERBS and word not in speech()
    return owned and (plain or "-" in word)


def _right(scene: Scene, part: Part, evidence: Evidence) -> None:
    """Government, delegation or road behind the name; or the verb that it is the subject of."""
    low = scene.low
    at = part.last
    if at >= len(low):
        return
    if low[at] in words("place"):
        evidence.place += 2
        return
    head = head_after(scene, at)
    if head is not None:
        where, kind = head
        verb = low[where] in words("act") and low[at] not in POSSESSIVES  # "Ondra demands" is no noun
        if not verb:
            fought = low[at] in POSSESSIVES and not words("own_foe").isdisjoint(low[at : where + 1])
            evidence.foes += fought
            _count(evidence, "state" if fought else kind)  # who has rebels of its own is a state
            evidence.mediates += low[where] in _GO_BETWEENS
            return
    if low[at] in POSSESSIVES or hangs(low, part.first):
        return
    at = _verb_at(scene, at, evidence)
    if at < len(low):
        modal = low[at - 1] in MODALS or (low[at - 1] in ("not", "never") and low[at - 2] in MODALS)
        does = low[at] in words("act") or (modal and low[at] in deeds())
        evidence.acts += does
        evidence.speaks += low[at] in speech()
        evidence.mediates += low[at] in _TALKERS


def hangs(low: Sequence[str], first: int) -> bool:
    """True for "no family in Dunmere will": what hangs on a preposition does nothing."""
    before = first - 1 - (first > 0 and low[first - 1] in _THE)
    return (
        before >= 0
        and low[before] in PREPOSITIONS
        and low[before] not in ("as", "because", "than", "after", "before", "since")
    )


def _count(evidence: Evidence, kind: str) -> None:
    if kind in ("voice", "force", "claim"):
        evidence.voice += 2 if kind == "voice" else 1
    else:
        evidence.saw(kind)


def _verb_at(scene: Scene, at: int, evidence: Evidence) -> int:
    """Where the verb stands whose subject ends before word `at`, past an aside and past auxiliaries."""
    low = scene.low
    if at + 3 < len(low) and low[at] == ",":
        if low[at + 1] in _THE and low[at + 2] in _LANDS:
            evidence.saw("state")
            evidence.saw("state")
        evidence.which += low[at + 1] == "which"
        evidence.person += 2 * (low[at + 1] == "who") + 2 * low[at + 1].isdigit()
        closing = next((i for i in range(at + 1, min(len(low), at + 14)) if low[i] == ","), None)
        if closing is None:
            return len(low)
        at = closing + 1
    for i in range(at, min(len(low), at + 6)):
        if low[i] == "on" and i + 1 < len(low) and (low[i + 1] in WEEKDAYS or low[i + 1] in MONTHS):
            continue
        if low[i] in TIMES or low[i] in MONTHS or low[i].isdigit():
            continue
        if low[i] not in AUXILIARIES and not is_adverb(low[i]) and low[i] not in ("not", "each"):
            return i
    return len(low)


def _left(scene: Scene, part: Part, evidence: Evidence) -> None:
    """In the town, with the party, of the government: what the word before the name says."""
    low = scene.low
    at = part.first - 1
    if at >= 0 and low[at] in _THE:
        at -= 1
    if at < 0:
        return
    word = low[at]
    if word in _IN:
        evidence.place += 1
    elif word == "of" and at > 0:
        _owned(low[at - 1], evidence)
    elif word in ("with", "against") and at > 0 and low[at - 1] in words("between"):
        evidence.talks += 1
    elif scene.tokens[at].text.islower() and at + 1 == part.first:
        kind = heads().get(word)
        if kind is not None and kind not in ("voice", "force", "claim", "state") and part.last - part.first < 4:
            evidence.saw(kind)


def _owned(noun: str, evidence: Evidence) -> None:
    if noun in words("place"):
        evidence.place += 3
    elif noun == "capital":
        evidence.saw("state")
    elif noun in heads() and noun not in _OFFICES:
        _count(evidence, heads()[noun])


def joined(scene: Scene, part: Part, following: Part) -> bool:
    """True for "X and Y", "the government of X and the Y movement", "X, Y"."""
    between = scene.low[part.last : following.first]
    return 0 < len(between) <= 4 and "and" in between and _BETWEEN.issuperset(between)


def _paired(scene: Scene, part: Part, following: Part, evidence: Evidence, other: Evidence) -> None:
    """Two names in one breath, with talks, a truce or a war beside them: each is a party where the other is."""
    low = scene.low
    before = low[max(0, part.first - 9) : part.first]
    after = low[following.last : following.last + 9]
    if any(w in ("between", "of", "brings", "bring") for w in before[-3:]) and not words("between").isdisjoint(before):
        evidence.talks += 2
        other.talks += 2
    elif not words("between").isdisjoint(after) and (before[-1:] != ("in",)):
        evidence.talks += 1
        other.talks += 1
    verb = _verb_at(scene, following.last, Evidence())
    if verb < len(low):
        evidence.acts += low[verb] in words("act")
