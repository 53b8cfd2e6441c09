"""What one sentence names and describes: known names, capitalised runs, titles and roles, put together.

"Israeli prime minister Benjamin Netanyahu", "Ghazi Hamad, a senior member of the politburo", "Gaza's health ministry", "the
head of the political bureau of the movement", "residents". No parser: a run of capitalised words or a noun for persons,
groups or bodies is the anchor, and what belongs to it is taken in from the left and the right by closed word classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from parley.annotate.language.cues import verbs as cue_verbs
from parley.annotate.language.gazetteer import Gazetteer, Known, stands_apart, words_of_class, works_for
from parley.annotate.language.grammar import (
    ARTICLES,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    MONTHS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    VERBS,
    WEEKDAYS,
    is_adverb,
    is_mark,
    word_set,
)
from parley.codebooks import lexicon
from parley.data import MentionKind, Reading, Sentence

_FUNCTION = (
    DETERMINERS | PRONOUNS | OBJECT_PRONOUNS | PREPOSITIONS | SUBORDINATORS | COORDINATORS | AUXILIARIES
) | word_set(
    """
    yes there here but however meanwhile earlier later elsewhere still even only just last next according if
    neither either nor around nearly nobody everybody somebody anybody everyone someone anyone nothing everything something none about more less over under most least then now thus hence also later asked
    """
)
_TIME = MONTHS | WEEKDAYS
_JOINERS = word_set("of for and & the")
_PARTICLES = word_set("de del della di da dos du la le van von der den al el bin ibn ben abu y")
_OWNERS = ARTICLES | word_set("its their his her our my your this that these those")
_POSSESSIVE = frozenset({"'s", "’", "'"})
_WHERE = word_set("in inside into near across outside throughout within")
_BELONGS = word_set("of from for at within in with")
# Heads that name a state as its opponents or its friends would: the state itself is meant.
_STATE_HEADS = word_set("regime junta entity state government administration occupation")
_REALMS = word_set("republic kingdom sultanate emirate federation commonwealth confederation principality")
_LONGEST_RUN = 12
_LONGEST_NAME = 4
_NATIONS = ("government", "place")


@dataclass(slots=True)
class Phrase:
    """A mention in the making; `named` where a proper name stands in it, `bare_head` where only a noun does.

    Not frozen, as rows are: what the sentence tells of it is written into it word by word.
    """

    start: int
    end: int
    kind: MentionKind
    name: str
    named: bool
    side: str | None = None
    role: str | None = None
    actor: str | None = None
    definite: bool = False
    bare_head: str | None = None
    heads: frozenset[str] = frozenset()


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case -> `male` or `female`; a name borne by both is left out."""
    out: dict[str, str] = {}
    for row in lexicon("speakers")["gender"]:
        for name in row["names"]:
            out[name.lower()] = "" if out.get(name.lower(), row["class"]) != row["class"] else row["class"]
    return {name: gender for name, gender in out.items() if gender}


@dataclass(slots=True)
class PhraseReader:
    """Reads the phrases of one article's sentences, with what the article as a whole tells about its capitals."""

    known: Gazetteer
    text: str
    proper: frozenset[str]
    surnames: Mapping[str, bool] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, known: Gazetteer) -> PhraseReader:
        """A reader for `reading`: words printed with a capital inside ordinary sentences are proper."""
        body = [s for s in reading.sentences if not s.in_title]
        inside: set[str] = set()
        for sentence in body:
            if sentence.capitals and sentence.capitals[-1] and not _titled(sentence):
                inside.update([sentence.tokens[n].text for n in sentence.capitals if n])
        return cls(known, reading.text, frozenset(inside), _surnames(reading.sentences, known))

    def phrases(self, sentence: Sentence) -> list[Phrase]:
        """The phrases of a sentence, left to right."""
        return _SentenceReader(self, sentence).read()


def _surnames(sentences: Sequence[Sentence], known: Gazetteer) -> dict[str, bool]:
    """Names of states and cities that persons of the article bear ("John *Holland*", "Ms *Chad*").

    False for those whose state the article names by another name as well: there the bare word may be either.
    """
    found = {
        s.tokens[at].text: known.state_called(s.tokens[at].text)
        for s in sentences
        for at in s.capitals
        if _bears_name(s, at, known)
    }
    if not found:
        return {}
    states = {(k.side, s.tokens[k.first].text) for s in sentences for k in known.find(s)}
    return {word: all(by == word or side not in called for side, by in states) for word, called in found.items()}


def _bears_name(sentence: Sentence, at: int, known: Gazetteer) -> bool:
    """True where a given name or "Mr" stands before the word at `at`, the name of a state."""
    if not at or not known.state_called(sentence.tokens[at].text):
        return False
    before = sentence.tokens[at - 1 - (at > 1 and sentence.lowers[at - 1] == ".")]
    given = before.lower in given_names() and not known.state_called(before.text)
    return before.text[0].isupper() and (given or before.lower in words_of_class("title", "honorific"))


def _titled(sentence: Sentence) -> bool:
    """True for a sentence in headline style, "Hamas Reports No Progress": all words but the small ones begin with a capital."""
    content = 0
    for token in sentence.tokens:
        if token.text[0].isalpha() and token.lower not in _FUNCTION and not is_adverb(token.lower):
            if not token.text[0].isupper():
                return False
            content += 1
    return content > 2


class _SentenceReader:
    def __init__(self, article: PhraseReader, sentence: Sentence) -> None:
        self.article = article
        self.tokens = sentence.tokens
        self.low = sentence.lowers
        self.titled = _titled(sentence)
        self.knowns = [k for k in article.known.find(sentence) if not self._is_borne(sentence, k)]
        self.known_at: dict[int, Known] = {i: k for k in self.knowns for i in range(k.first, k.last)}
        self.proper = [False] * len(self.tokens)
        for at in self.known_at:
            self.proper[at] = True
        for at in sentence.capitals:
            self.proper[at] = self._is_proper(at)
        self._join_particles()
        self.out: list[Phrase] = []

    # ------------------------------------------------------------ which words are names

    def _is_borne(self, sentence: Sentence, known: Known) -> bool:
        """True for a state's name that is a person's here: "Holland insisted" after "John Holland", and not "in Holland"."""
        alone = self.article.surnames.get(self.tokens[known.first].text) if known.last == known.first + 1 else None
        if alone is None or (known.first and self.low[known.first - 1] in _WHERE):
            return False
        return alone or _bears_name(sentence, known.first, self.article.known)

    def _is_proper(self, at: int) -> bool:
        """True where the word at `at`, printed with a capital, is one of a name."""
        word, low = self.tokens[at].text, self.low[at]
        if at in self.known_at:
            return True
        if low in _FUNCTION or low in _TIME or low.endswith("-based"):
            return False
        opens = at == 0 or (
            is_mark(self.low[at - 1]) and self.low[at - 1] not in (",", "-", "(") and not self._is_initial(at - 2)
        )
        if self.titled or opens:
            return word in self.article.proper or low in _titles() or (opens and not self.titled and self._goes_on(at))
        return True

    def _join_particles(self) -> None:
        """Names that begin in small letters: "Badr *al-Busaidi*", "*el-Amri* said"."""
        for at, low in enumerate(self.low):
            head, mark, tail = self.tokens[at].text.partition("-") if "-" in low else ("", "", "")
            if mark and head in _PARTICLES and tail[:1].isupper():
                self.proper[at] = True

    def _is_initial(self, at: int) -> bool:
        """True for the "J" of "Donald J. Trump": one capital with its full stop, and a name right behind."""
        if at < 0 or at + 2 >= len(self.tokens) or self.low[at + 1] != ".":
            return False
        letter, stop, behind = self.tokens[at : at + 3]
        return (
            len(letter.text) == 1
            and letter.text.isupper()
            and stop.start == letter.end
            and behind.text[0].isupper()
            and behind.lower not in _FUNCTION
            and behind.lower not in _TIME
        )

    def _goes_on(self, at: int) -> bool:
        """True where a sentence's first word is a given name, or the next word goes on as a name would."""
        if self.low[at] in given_names() or self._is_initial(at):
            return True
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if following is None or self.low[at] in _described_by() or is_adverb(self.low[at]):
            return False
        if following.lower in _spoken() and not self.low[at].endswith("s"):
            return True
        return following.text[0].isupper() and following.lower not in _FUNCTION and following.lower not in _TIME

    # ------------------------------------------------------------ the walk

    def read(self) -> list[Phrase]:
        nouns, proper = _nouns(), self.proper
        upto = 0
        for at, low in enumerate(self.low):
            if at < upto:
                continue
            if proper[at]:
                if not self._leads_to_noun(at):
                    upto = self._name(at)
            elif low in nouns and self._is_noun(at):
                upto = self._described(at)
        return self.out

    def _add(self, phrase: Phrase) -> None:
        self.out.append(phrase)

    def _text(self, first: int, last: int) -> str:
        return " ".join(self.article.text[self.tokens[first].start : self.tokens[last - 1].end].split())

    def _leads_to_noun(self, at: int) -> bool:
        """True where the run of names at `at` runs into a lower-case noun that they describe: "senior Hamas official"."""
        end = at
        while end < min(len(self.tokens), at + _LONGEST_RUN) and (
            self.proper[end] or self._is_adjective(end) or self._is_possessive(end)
        ):
            end += 1
        return end < len(self.tokens) and not self.proper[end] and self.low[end] in _nouns() and self._is_noun(end)

    def _is_adjective(self, at: int) -> bool:
        low = self.low[at]
        plain = not self.tokens[at].text[0].isupper() or low.endswith("-based")
        return low in _modifiers() or ("-" in low and len(low) > 3 and plain)

    def _is_noun(self, at: int) -> bool:
        """A plural stands alone; a singular needs something before it that only a noun has."""
        if self.low[at] in _groups() and self.low[at] not in ("states", "heads", "forces", "chiefs", "crew", "men"):
            return True
        if at == 0:
            return False
        before = self.low[at - 1]
        return (
            before in DETERMINERS
            or self._is_possessive(at - 1)
            or self.proper[at - 1]
            or before in _modifiers()
            or self._is_adjective(at - 1)
            or before in _nouns()
            or self._reaches_article(at - 1)
        )

    def _reaches_article(self, at: int) -> bool:
        """True where at most three plain words part `at` from an article or possessive on its left."""
        for back in range(3):
            i = at - back
            if i < 0:
                return False
            if self.low[i] in DETERMINERS or self._is_possessive(i):
                return back > 0
            if not self._is_plain(i):
                return False
        return False

    def _is_possessive(self, at: int) -> bool:
        """True for "'s", and for the mark behind "workers’"; a mark behind a comma closes a quotation."""
        low = self.low[at]
        if low not in _POSSESSIVE:
            return False
        return low == "'s" or (
            at > 0 and not is_mark(self.low[at - 1]) and self.tokens[at - 1].end == self.tokens[at].start
        )

    def _is_plain(self, at: int) -> bool:
        low = self.low[at]
        return not (
            is_mark(low) or low in _FUNCTION or low in VERBS or low in _spoken() or low in _TIME or is_adverb(low)
        )

    # ------------------------------------------------------------ descriptions

    def _described(self, head: int) -> int:
        """The phrase whose noun stands at `head`; returns where reading goes on."""
        first = self._left_of(head)
        core_last = head + 1
        while core_last < len(self.tokens) and self.low[core_last] in _nouns() and not self.proper[core_last]:
            core_last += 1
        head = core_last - 1
        kind = self._kind_of(head)
        run_last = self._run(core_last) if core_last < len(self.tokens) and self.proper[core_last] else core_last
        start = first + (self.low[first] in ARTICLES and first < head)
        inner = [k for k in self.knowns if start <= k.first and k.last <= head]
        if run_last > core_last:
            return self._with_name(start, head, run_last, kind, inner)
        last, tail = self._belonging(core_last, kind)
        if kind == "person" and (named := self._name_tail(head, last)) < last:
            return self._officer(start, named, last)
        if kind == "person" and last == core_last and (sent := self._sent_to(last)) is not None:
            return self._officer(start, *sent)
        side, actor = self._side(inner, tail, self.low[start : head + 1])
        name = self._plain_name(start, head + 1 if kind == "organisation" and not tail else last)
        state = kind == "organisation" and self.low[head] in _STATE_HEADS and side and len(inner) == 1
        state = state and inner[0].kind != "organisation"  # "the FARC's seven-man junta" makes no state of it
        if state and side and self.low[head] not in ("government", "administration"):
            kind, name = "government", side
        proper = bool(inner) or any(self.proper[i] for i in range(start, head))
        self._add(
            Phrase(
                start=self.tokens[start].start,
                end=self.tokens[last - 1].end,
                kind=kind,
                name=name,
                named=proper and kind in ("organisation", "government"),
                side=side,
                role=self._text(start, last) if kind == "person" else None,
                actor=actor if kind == "government" else None,
                definite=self.low[first] in ("the", "this", "that", "its"),
                bare_head=self.low[head] if not proper and not tail and kind in ("organisation", "person") else None,
                heads=frozenset({self.low[head]}),
            )
        )
        for known in tail:
            self._add(self._known(known))
        return last

    def _left_of(self, head: int) -> int:
        first = head
        while first > 0:
            before = self.low[first - 1]
            if before in DETERMINERS:
                return first - 1
            takes = self.proper[first - 1] or self._is_adjective(first - 1) or before in _nouns()
            takes = takes or (
                self._is_possessive(first - 1) and first > 1 and (self.proper[first - 2] or self._is_plain(first - 2))
            )
            if not takes and not (self._is_plain(first - 1) and self._reaches_article(first - 1)):
                break
            first -= 1
        return first

    def _kind_of(self, head: int) -> MentionKind:
        low = self.low[head]
        if low in _groups():
            return "group"
        return "person" if low in _persons() else "organisation"

    def _with_name(self, start: int, head: int, run_last: int, kind: MentionKind, inner: list[Known]) -> int:
        """ "senior Hamas official Osama Hamdan", "the resistance movement Hamas"."""
        first = head + 1
        known = self.known_at.get(first)
        if known is not None and known.how == "demonym" and known.last < run_last:
            known = None  # "the aid group American Relief": part of a longer name
        if kind == "organisation" and known is not None:
            phrase = self._known(known)
            heads = frozenset({self.low[head]})
            self._add(replace(phrase, start=self.tokens[start].start, end=self.tokens[known.last - 1].end, heads=heads))
            return known.last
        if kind == "organisation" and known is None and run_last > first and self.low[head] not in _STATE_HEADS:
            return self._named_body(start, head, run_last, inner)
        if kind == "organisation" or (known is not None and known.kind != "person") or kind == "group":
            self._add_plain(start, head, kind, inner)
            return first
        side, _ = self._side(inner, [], self.low[start : head + 1])
        name_first = self._past_titles(first, run_last)
        self._add(
            Phrase(
                start=self.tokens[start].start,
                end=self.tokens[run_last - 1].end,
                kind="person",
                name=self._text(name_first if name_first < run_last else first, run_last),
                named=True,
                side=side or (known.side if known else None),
                role=self._text(start, head + 1),
                actor=known.name if known else None,
            )
        )
        return run_last

    def _named_body(self, start: int, head: int, last: int, inner: list[Known]) -> int:
        """ "the aid group Lantern Relief"."""
        side, _ = self._side(inner, [], self.low[start:last])
        self._add(
            Phrase(
                start=self.tokens[start].start,
                end=self.tokens[last - 1].end,
                kind="organisation",
                name=self._text(head + 1, last),
                named=True,
                side=side,
                heads=frozenset({self.low[head]}),
            )
        )
        return last

    def _add_plain(self, start: int, head: int, kind: MentionKind, inner: list[Known]) -> None:
        side, _ = self._side(inner, [], self.low[start : head + 1])
        self._add(
            Phrase(
                start=self.tokens[start].start,
                end=self.tokens[head].end,
                kind=kind,
                name=self._plain_name(start, head + 1),
                named=bool(inner) and kind == "organisation",
                side=side,
                heads=frozenset({self.low[head]}),
            )
        )

    def _belonging(self, at: int, kind: MentionKind) -> tuple[int, list[Known]]:
        """Where the phrases "of ...", "within ..." after a description end, and the known names in them."""
        last = at
        while last < len(self.tokens) - 1 and last - at < _LONGEST_RUN:
            word = self.low[last]
            if word not in _BELONGS or (kind == "organisation" and word != "of"):
                break
            end = self._group_end(last + 1)
            if end == last + 1 or (word in ("in", "with", "at", "for") and not any(self.proper[last + 1 : end])):
                break
            last = end
        return last, [k for k in self.knowns if at <= k.first and k.last <= last]

    def _group_end(self, at: int) -> int:
        end = at
        while end < len(self.tokens) and end - at < 9:
            low = self.low[end]
            fits = self.proper[end] or low in _nouns() or self._is_adjective(end) or self._is_possessive(end)
            fits = fits or (end == at and low in DETERMINERS)
            if not fits:
                break
            end += 1
        while end > at and (self._is_possessive(end - 1) or self.low[end - 1] in DETERMINERS):
            end -= 1
        return end

    def _side(
        self, inner: Sequence[Known], tail: Sequence[Known], words: Sequence[str]
    ) -> tuple[str | None, str | None]:
        """The side a description belongs to: a named body before a nation, what stands before the noun before what follows.

        A nation's rebels, its opposition, its churches and those who watch it are not on its government's side.
        """
        for group in (inner, tail):
            bodies = [k for k in group if k.kind == "organisation" and k.side and not works_for(words, k.name)]
            sides = bodies or [k for k in group if k.side and not (_is_apart(k, words))]
            if sides:
                return sides[-1].side, sides[-1].name
        return None, None

    def _plain_name(self, first: int, last: int) -> str:
        """The description without article and possessive: "Gaza health ministry"."""
        if any(
            self.low[i] in ("’", "'") and i + 1 < last and self._is_in_name(i) and self.proper[i + 1]
            for i in range(first + 1, last)
        ):
            return self._text(first, last)
        words = [self.tokens[i].text for i in range(first, last) if not self._is_possessive(i)]
        if len(words) > 1 and words[0].lower() in _OWNERS:
            words = words[1:]
        if len(words) > 1 and words[0].endswith("-based"):
            words = words[1:]
        return " ".join(words).replace(" . ", ". ")

    # ------------------------------------------------------------ names

    def _run(self, at: int) -> int:
        """Where the run of name words at `at` ends; "of", "and" only join words that make a body's name."""
        end = at
        while end < len(self.tokens) and end - at < _LONGEST_RUN:
            if self.proper[end]:
                known = self.known_at.get(end)
                body = known is not None and known.how == "name" and known.kind in ("organisation", "government")
                if body and end > at and self.low[end - 1] not in _JOINERS and self.low[end - 1] not in given_names():
                    break
                end = known.last if known and known.first == end else end + 1
                continue
            step = self._joined(at, end)
            if not step:
                break
            end += step
        return end

    def _joined(self, at: int, end: int) -> int:
        low = self.low[end]
        following = end + 1 if end + 1 < len(self.tokens) else None
        if following is None:
            return 0
        if (low in _PARTICLES or (low == "." and self._is_initial(end - 1))) and self.proper[following]:
            return 1
        if low in ("’", "'") and self.proper[following] and self._is_in_name(end):
            return 1
        official = any(self.low[i] in _nouns() for i in range(at, end))
        if low in ("of", "for", "&", "and") and official:
            another = low == "and" and (following in self.known_at or self._is_next_person(end))
            if self.proper[following] and not another:
                return 1
            if self.low[following] == "the" and end + 2 < len(self.tokens) and self.proper[end + 2] and low != "and":
                return 2
        return 0

    def _is_in_name(self, at: int) -> bool:
        """True for the mark of "Dato’ Ab Ghafar", "Rifa’ Olim": it ends a word as a letter would, and no plural owns anything."""
        before, mark = self.tokens[at - 1], self.tokens[at]
        opened = self.article.text.rfind("‘", max(0, mark.start - 200), mark.start)
        return before.end == mark.start and not self.low[at - 1].endswith("s") and opened < 0

    def _is_next_person(self, at: int) -> bool:
        """True for the "and" of "Defence Minister Yoav Ben-Tal and Gen. Hassan el-Amri": a title behind a name."""
        before = self.low[at - 1]
        return self.low[at + 1] in _titles() and before not in _titles() and before not in _nouns()

    def _before_titles(self, at: int, last: int) -> int:
        """Where titles begin in a run whose first words are no name of a person: "Ambrovan Foreign Minister Pavo Linder"."""
        if self.low[at] in given_names():
            return at
        first = next((i for i in range(at, last) if self.low[i] in _titles()), at)
        after = self._past_titles(first, last)
        held = any(self.low[i] in _persons() or self.low[i] in _short_titles() for i in range(first, after))
        return first if after < last and held else at

    def _past_titles(self, first: int, last: int) -> int:
        while first < last:
            if self.low[first] in _titles() or self.low[first] in _nouns():
                first += 1
                continue
            # "Deputy National Security Adviser": what an office is for, up to the noun for whoever holds it.
            held = next((i for i in range(first, min(first + 3, last - 1)) if self.low[i] in _persons()), first)
            if held == first or not all(self.low[i] in _held() for i in range(first, held)):
                break
            first = held + 1
        return first

    def _name(self, at: int) -> int:
        known = self.known_at.get(at)
        last = max(self._run(at), known.last if known else 0)
        if known is not None and known.last == last:
            self._add(self._known(known))
            self._acronym(known.name, last)
            return last
        if known is not None and known.how != "demonym" and known.kind == "person":
            self._add(self._known(known))
            return known.last
        return self._composed(at, last, known)

    def _known(self, known: Known) -> Phrase:
        person = known.kind == "person"
        kind: MentionKind = known.kind
        name = known.name
        if known.how == "demonym":
            kind = "group" if self.tokens[known.last - 1].text.endswith("s") else "government"
        if person:
            first = self._past_titles(known.first, known.last)
            name = self._text(first if first < known.last else known.first, known.last)
        return Phrase(
            start=self.tokens[known.first].start,
            end=self.tokens[known.last - 1].end,
            kind=kind,
            name=name,
            named=True,
            side=known.side,
            role=known.role,
            actor=known.name,
            heads=frozenset((known.role or "").lower().split()) & _bodies(),
        )

    def _name_tail(self, first: int, last: int) -> int:
        """Where a person's name begins at the end of an office "of" something: "Minister of Defence of Ondra Ada Tarn"; else `last`.

        The name stands behind what an office may be of: a known name, a rank, or a noun such as "Defence", "Staff", "Republic".
        """
        link = next((i for i in range(last - 1, first, -1) if self.low[i] in _JOINERS), None)
        if link is None or not any(self.low[i] in _persons() or self.low[i] in _titles() for i in range(first, link)):
            return last
        for at in range(max(link + 2, last - 4), last - 1):
            before = self.known_at.get(at - 1)
            front = before is not None and before.last == at and before.kind != "person"
            front = front or self.low[at - 1] in _held() or self.low[at - 1] in _titles()
            front = front or self.low[at] in given_names() or (at == link + 2 and self.low[link - 1] in _REALMS)
            if front and all(self._may_name(i) for i in range(at, last)):
                return at
        return last

    def _may_name(self, at: int) -> bool:
        low, known = self.low[at], self.known_at.get(at)
        return (
            self.proper[at]
            and (known is None or known.kind == "person")
            and low not in _nouns()
            and low not in _TIME
            and low not in _titles()
            and low not in _held()
            and low not in _places()
            and not low.endswith(("'s", "s'"))
        )

    def _sent_to(self, at: int) -> tuple[int, int] | None:
        """Where the name behind "envoy to Kell Ada Tarn" begins and ends: behind "to" or "for" and the land of the errand."""
        if at + 1 >= len(self.tokens) or self.low[at] not in ("to", "for"):
            return None
        land = self.known_at.get(at + 1)
        if land is None or land.kind not in _NATIONS or land.how == "demonym":
            return None
        last = land.last
        while last < len(self.tokens) and last - land.last < _LONGEST_NAME and self._may_name(last):
            last += 1
        return (land.last, last) if last - land.last > 1 else None

    def _officer(self, at: int, name_first: int, last: int) -> int:
        """The person whose name ends an office, the office as the role."""
        inner = [k for k in self.knowns if at <= k.first and k.last <= name_first]
        side, _ = self._side(inner, [], [self.low[i] for i in range(at, name_first)])
        self._add(
            Phrase(
                start=self.tokens[at].start,
                end=self.tokens[last - 1].end,
                kind="person",
                name=self._text(name_first, last),
                named=True,
                side=side,
                role=self._text(at, name_first),
            )
        )
        return self._apposition(last)

    def _composed(self, at: int, last: int, known: Known | None) -> int:
        """A run that is more than one known name: nation, title, name; or a body's name; or a name nobody knows."""
        tail = self._name_tail(at, last)
        if tail < last:
            return self._officer(at, tail, last)
        after_nation = known.last if known is not None else self._before_titles(at, last)
        name_first = self._past_titles(after_nation, last)
        words = [self.low[i] for i in range(at, last)]
        # "Treasury", "Foreign" alone are no titles: a title names an office or a rank.
        titled = any(self.low[i] in _offices() for i in range(after_nation, name_first))
        ends_as_body = words[-1] in _bodies() or any(w in _bodies() for w in words if w not in _titles())
        if ends_as_body and not (titled and name_first < last and self.low[name_first] in given_names()):
            kind: MentionKind = "organisation"
        elif words[-1] in _places():
            kind = "place"
        elif titled or self.low[name_first if name_first < last else at] in given_names():
            kind = "person"
        elif known is not None:
            # A nation before a name that nobody knows: two mentions, "Israeli" and what it is said of.
            self._add(self._known(known))
            if known.last < last:
                self._composed(known.last, last, None)
            return last
        else:
            kind = self._guess(at, last)
        inner = [k for k in self.knowns if at <= k.first and k.last <= last]
        side, _ = self._side(inner, [], words) if kind in ("organisation", "person") else (None, None)
        described = kind == "person" and name_first >= last
        first = name_first if kind == "person" and not described else at
        role = self._text(at, name_first) if kind == "person" and name_first > at else None
        name = self._plain_name(first, last)
        person = next((k for k in inner if k.kind == "person"), None)
        self._add(
            Phrase(
                start=self.tokens[at].start,
                end=self.tokens[last - 1].end,
                kind=kind,
                name=name,
                named=not described,
                side=side or (person.side if person else None),
                role=None if role is None or self._is_honorific(at, name_first) else role,
                actor=person.name if person else None,
                heads=frozenset({words[-1]}) if kind == "organisation" else frozenset(),
            )
        )
        self._acronym(name, last)
        return self._apposition(last) if kind in ("person", "unknown") else last

    def _is_honorific(self, first: int, last: int) -> bool:
        return all(self.low[i] in words_of_class("title", "honorific") for i in range(first, last))

    def _guess(self, at: int, last: int) -> MentionKind:
        """Two or three words of which the last is used alone elsewhere are a person's; the rest stays unknown."""
        words = [self.tokens[i].text for i in range(at, last)]
        if any(w.isupper() and len(w) > 1 for w in words):
            return "organisation" if len(words) == 1 else "unknown"
        return "unknown"

    def _acronym(self, name: str, at: int) -> None:
        """ "the Palestinian Authority (PA)": from here on, PA is that body."""
        if at + 2 < len(self.tokens) and self.low[at] == "(" and self.low[at + 2] == ")":
            short = self.tokens[at + 1].text
            if short.isupper() and 2 <= len(short) <= 8 and name[:1].upper() == short[0]:
                self.article.aliases[short] = name

    def _apposition(self, at: int) -> int:
        """ "Ghazi Hamad, a senior member of Hamas politburo": gives the name before the comma its role and side."""
        if at + 2 >= len(self.tokens) or self.low[at] != ",":
            return at
        head = next(
            (i for i in range(at + 1, min(at + 9, len(self.tokens))) if self.low[i] in _nouns() and self._is_noun(i)),
            None,
        )
        if head is None and self.low[at + 1] in _persons():
            head = at + 1
        if head is None or (self._left_of(head) != at + 1 and head != at + 1):
            return at
        before = len(self.out)
        end = self._described(head)
        described = self.out[before]
        person = self.out[before - 1]
        if described.kind != "person" or described.named:
            return end
        self.out[before - 1] = replace(person, kind="person", role=described.role, side=person.side or described.side)
        del self.out[before]
        return end


@cache
def _spoken() -> frozenset[str]:
    """The past forms of verbs of attribution: whoever stands before one acts, and a lone capitalised word is a name."""
    return frozenset(word for word, found in cue_verbs().items() if any(c.form == "past" for c in found))


@cache
def _persons() -> frozenset[str]:
    return words_of_class("role", "person")


@cache
def _groups() -> frozenset[str]:
    return words_of_class("role", "group")


def _is_apart(known: Known, words: Sequence[str]) -> bool:
    """True where a description tells of those who do not speak for the name in it: a nation's rebels, a company's hands."""
    return stands_apart(words) if known.kind in _NATIONS else works_for(words, known.name)


@cache
def _bodies() -> frozenset[str]:
    return words_of_class("role", "organisation")


@cache
def _places() -> frozenset[str]:
    return words_of_class("role", "place")


@cache
def _nouns() -> frozenset[str]:
    return _persons() | _groups() | _bodies()


@cache
def _titles() -> frozenset[str]:
    return words_of_class("title")


@cache
def _held() -> frozenset[str]:
    """What an office may be of, beside names: the last word of "Minister of Defence", "Chief of Staff"."""
    return (words_of_class("modifier") | _bodies() | _places()) | word_set(
        "affairs defence defense staff republic state police health interior justice finance economy energy commerce trade"
        " labour labor transport education agriculture industry security information emergencies situations"
    )


@cache
def _offices() -> frozenset[str]:
    return (
        words_of_class("title") - words_of_class("modifier") - word_set("trade treasury labor labour rear vice prime")
    )


@cache
def _short_titles() -> frozenset[str]:
    """Offices and ranks cut short, which stand before nothing but a name: "Ohio Gov. Ada Tarn"."""
    return frozenset(word for word in words_of_class("title", "rank", "office") if word.endswith(".")) | word_set(
        "gov sen rep gen col lt speaker ceo mp"
    )


@cache
def _modifiers() -> frozenset[str]:
    return words_of_class("modifier")


@cache
def _described_by() -> frozenset[str]:
    return _nouns() | _modifiers()
