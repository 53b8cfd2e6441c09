"""Finding attributions by rule: a cue verb, its subject on the left or right, and the stretch of words it reports.

Tokens, quotations, mentions and the codebook `cues`; no parser. Each sentence is read once. What a rule is sure of is in the
order of the code: quotation marks before "that", "that" before a bare clause, a bare clause before a noun. The rules are
layered: `sentence_view` (words), `subjects` (who), `reported` (what), and here the attribution as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parley.annotate.language.cues import Cue, CueHit, find_phrases, find_verbs, phrase_words
from parley.annotate.language.grammar import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    HAVE,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    is_adverb,
    word_set,
)
from parley.annotate.language.ranges import quotations_of
from parley.annotate.language.sentence_view import DASHES, RELATIVES, Pair, SpeakersByPlace
from parley.annotate.statements.reported import ContentRules, Found, Part
from parley.data import Reading

# Longer ones are tables, lists and junk that lost their line ends; the rules look back and forth inside a sentence.
_LONGEST_SENTENCE = 400
_NOUNS = word_set(
    "state report post order plan claim offer request question demand call show charge comment remark note"
)
_NOUN_OPENERS = DETERMINERS | PREPOSITIONS


@dataclass(frozen=True, slots=True)
class RawAttribution:
    """What was said, by whom, by what word, as character ranges: all that a finder has to find."""

    source: Pair | None
    cue: Pair | None
    content: tuple[Pair, ...]
    confidence: float = 0.5
    via: str | None = None
    act: str = "say"
    """The kind of act that its cue is, as the codebook `cues` has it."""
    also: bool = False
    """Found by a word that other finders may not know."""


def find_attributions(reading: Reading) -> list[RawAttribution]:
    """The attributions of an article that the rules can see, in reading order."""
    out: list[RawAttribution] = []
    quotes = quotations_of(reading)
    mentions = SpeakersByPlace(reading)
    for sentence in reading.sentences:
        if 3 <= len(sentence.tokens) <= _LONGEST_SENTENCE:
            hits = find_verbs(sentence.lowers)
            if _may_report(sentence.lowers, hits):
                out += _SentenceRules(reading, sentence, quotes, mentions, hits).find()
    return sorted(out, key=lambda a: (a.cue or a.content[0], a.content))


def _may_report(low: Sequence[str], hits: Sequence[CueHit]) -> bool:
    """False for most sentences without an attribution, told cheaply: no cue but nouns behind "the" or "of"."""
    if any(not h.cue.noun or h.first == 0 or low[h.first - 1] not in _NOUN_OPENERS for h in hits):
        return True
    return not _without_verb().isdisjoint(low)


@cache
def _without_verb() -> frozenset[str]:
    return phrase_words() | DASHES | {":"}


class _SentenceRules(ContentRules):
    """The attributions of one sentence."""

    def find(self) -> list[RawAttribution]:
        """The attributions whose cue stands in this sentence."""
        out = self._phrases() + self._passives()
        last_subject: Pair | None = None
        for hit in self.hits:
            if self.quoted[hit.first] is not None or self._in_name(hit):
                continue
            found = self._finite(hit, last_subject)
            if found is None:
                continue
            made = self._attribution(found)
            if made is None:
                continue
            last_subject = found.subject or last_subject
            out.append(made)
        return out or self._verbless()

    def _in_name(self, hit: CueHit) -> bool:
        """True for "Post" in "the Washington Post": a capital inside an ordinary sentence is no verb."""
        return hit.first > 0 and not self.sentence.in_title and self.tokens[hit.first].text[0].isupper()

    def _finite(self, hit: CueHit, last_subject: Pair | None) -> Found | None:
        """The cue as the verb of a clause, with its subject; None where it is a noun, passive or infinitive."""
        group = hit.first
        helpers: list[str] = []
        negated = False
        while group > 0 and (
            self._is_auxiliary(group - 1) or self.low[group - 1] in NEGATIONS or is_adverb(self.low[group - 1])
        ):
            if (
                self.low[group - 1] in TIMES
                and self.quoted[group - 1] is None
                and group - 2 >= 0
                and self.low[group - 2] == "on"
            ):
                break
            group -= 1
            word = self.low[group]
            negated = negated or word in NEGATIONS or word.endswith("n't")
            if word in AUXILIARIES:
                helpers.append(word)
        before = self.low[group - 1] if group else ""
        form = hit.cue.form
        if not self._form_fits(hit, helpers, group):
            return None
        if form == "ing" and not any(h in BE for h in helpers):
            return self._participle(hit, group, before, last_subject)
        subject = self._subject(group)
        found = Found(hit, group, subject, negated=negated)
        if subject is None:
            subject = self._inverted(hit, helpers)
            found = Found(hit, group, subject, inverted=subject is not None, negated=negated)
        if subject is None and before in ("and", "but", ",", "then") and last_subject is not None and not helpers:
            found.subject = last_subject
        if found.subject is None or (hit.cue.noun and not self._is_verb(found)):
            return None
        if self._is_you(found.subject):
            return None
        relative = self.low[found.group - 1] in RELATIVES if found.group else False
        return None if relative and not hit.cue.takes & {"clause", "quote"} else found

    def _is_you(self, subject: Pair) -> bool:
        return subject[1] - subject[0] == 3 and self.reading.text[slice(*subject)].lower() == "you"

    def _form_fits(self, hit: CueHit, helpers: list[str], group: int) -> bool:
        before = self._word(group - 1)
        form = hit.cue.form
        if any(h in MODALS for h in helpers):
            return False
        passive = any(h in BE for h in helpers) and form == "past"
        if passive or before in ("to", "by") or (form == "past" and self._word(hit.last) == "by"):
            return False
        if (
            form == "past"
            and not helpers
            and (before in DETERMINERS or self._is_possessive(group - 1) or before in PREPOSITIONS)
        ):
            return False
        if form == "base":
            return (
                before not in _NOUN_OPENERS
                and not self._is_possessive(group - 1)
                and not any(h in BE or h in HAVE for h in helpers)
            )
        if form == "s":
            return not helpers and before not in _NOUN_OPENERS and not self._is_possessive(group - 1)
        return True

    def _is_verb(self, found: Found) -> bool:
        """Whether "claims", "plan", "report" is a verb here: by what follows, and a subject that agrees with it."""
        after = self._word(found.hit.last)
        if after in ("of", "for", "by", "and", "or", "was", "were", "is", "are", "in", "on", "made", "from"):
            return found.hit.cue.lemma in ("say",)
        plural = self._is_plural(found.subject)
        if found.hit.cue.form == "s":
            return plural is not True or self.sentence.in_title
        if found.hit.cue.lemma in _NOUNS:
            # "Averonese state media", "the Kell report": only a plural makes a verb of these.
            return plural is True or found.inverted or self.sentence.in_title
        return plural is not False or found.inverted or found.hit.cue.lemma in ("read",)

    def _participle(self, hit: CueHit, group: int, before: str, last_subject: Pair | None) -> Found | None:
        """ ", adding that ...": the subject is that of the clause it hangs on."""
        if before not in (",", "and", "while") and before not in DASHES:
            return None
        subject = last_subject or self._clause_subject(group)
        return None if subject is None else Found(hit, group, subject, hanging=True)

    def _inverted(self, hit: CueHit, helpers: list[str]) -> Pair | None:
        """ "..., said Osama Hamdan, a senior official": only after a comma, a quotation mark or a dash."""
        if helpers or hit.first == 0 or hit.cue.form == "ing" or not hit.cue.takes & {"quote", "clause"}:
            return None
        before = self.low[hit.first - 1]
        ends_quote = self.marks[hit.first - 1] or (before in ",.!?" and self._quote_before(hit.first))
        if not (ends_quote or before in (",", *DASHES)):
            return None
        end = self._np_right(hit.last)
        if end is None:
            return None
        if (
            not ends_quote
            and self.tokens[hit.last].text[0].islower()
            and self.low[hit.last] not in DETERMINERS
            and self.low[hit.last] not in PRONOUNS
        ):
            return None
        return self._chars(hit.last, end)

    def _quote_before(self, at: int) -> bool:
        return any(self.marks[i] for i in range(max(0, at - 2), at))

    def _attribution(self, found: Found) -> RawAttribution | None:
        subject_first, subject_last = self._token_range(found.subject)
        after = subject_last if found.inverted else found.hit.last
        right = self._right(found, after)
        if (
            right is not None
            and found.group
            and self._word(found.group - 1) in RELATIVES
            and self._word(found.group - 2) == ","
        ):
            right = self._until_comma(right)
        left = self._left(
            found, subject_first if not found.inverted and subject_first < found.hit.first else found.hit.first
        )
        if found.hanging and right is not None:
            left = None
        content = self._choose(found, left, right)
        if not content or not self._fits_object(found.hit.cue, content[0]):
            return None
        confidence = 0.85 if right and right.sure else 0.8 if left and left.quoted else 0.6
        cue = found.hit.cue
        return RawAttribution(
            found.subject,
            self._chars(found.hit.first, found.hit.last),
            tuple(content),
            confidence,
            act=cue.act,
            also=cue.also or (cue.act == "call" and self._word(subject_first - 1) == "what"),
        )

    def _fits_object(self, cue: Cue, content: Pair) -> bool:
        """Whether the first words of the content are such as the verb needs ("rejected claims") or shuns ("sought refuge")."""
        if cue.counts and not _has_number(self.reading.text[content[0] : min(content[1], content[0] + 120)]):
            return False
        if not cue.needs and not cue.shuns:
            return True
        first = (
            self.reading.text[content[0] : min(content[1], content[0] + 80)]
            .lower()
            .replace("’s", "")
            .replace("'s", "")
            .split()[:6]
        )
        if cue.shuns and any(w.strip(",.") in cue.shuns for w in first[:2]):
            return False
        plain = not any(
            self.quoted[i] is not None for i, t in enumerate(self.tokens) if content[0] <= t.start < content[1]
        )
        said = any(w.strip(",.").startswith(cue.needs) for w in first) if cue.needs else True
        return said or not plain or first[:1] == ["that"]

    def _choose(self, found: Found, left: Part | None, right: Part | None) -> list[Pair]:
        if right is not None and right.quoted and (left is None or not left.quoted):
            return [right.pair]
        if left is not None and left.quoted and left.short and right is not None and not right.quoted:
            return [right.pair]
        if left is not None and left.quoted:
            if right is not None and right.quoted and right.resumes:
                return [left.pair, right.pair]
            return [left.pair]
        if right is not None and right.resumes and left is not None and not left.whole:
            return [left.pair, right.pair]
        if right is not None and (right.sure or not right.resumes or left is None or left.connector):
            return [right.pair]
        if left is not None and left.whole and not left.connector and found.hit.cue.takes & {"quote", "clause"}:
            return [left.pair]
        return []

    def _phrases(self) -> list[RawAttribution]:
        """ "According to X, ...", "..., according to X", "..., according to X, ..."."""
        out: list[RawAttribution] = []
        for hit in find_phrases(self.low, "phrase"):
            first, last = hit.first, hit.last
            # "Vahl said, according to AFP, that ...": the words are Vahl's.
            hung = first > 1 and self.low[first - 1] == "," and first - 2 in self.cue_at
            if self.quoted[first] is not None or hung:
                continue
            end = self._np_right_wide(last)
            if end is None:
                continue
            content = self._around(first, end)
            if content:
                out.append(RawAttribution(self._chars(last, end), self._chars(first, last), tuple(content), 0.85))
        return out

    def _passives(self) -> list[RawAttribution]:
        """ "It was reported that ...", "X was quoted as saying"."""
        out: list[RawAttribution] = []
        for hit in find_phrases(self.low, "passive"):
            first, last, source = hit.first, hit.last, hit.source
            if self.quoted[first] is not None or last >= self.end:
                continue
            subject = self._subject(first) if source == "subject" else None
            at = last + 1 if self._word(last) == "that" else last
            while at < self.end and self.low[at] in (",", ":"):
                at += 1
            if at < self.end and (subject is not None or source == "none"):
                out.append(RawAttribution(subject, self._chars(first, last), (self._part(at).pair,), 0.75))
        return out

    def _verbless(self) -> list[RawAttribution]:
        """ "Name: what was said", "“What was said.” -- Name"."""
        colon = next((i for i in range(1, min(len(self.tokens), 14)) if self.low[i] == ":"), None)
        if colon is not None and colon + 1 < self.end and self.quoted[0] is None:
            quoted = self.marks[colon + 1]
            short = colon <= 4 and all(t.text[0].isupper() for t in self.tokens[:colon])
            named = self._named(0, colon) or (quoted and short)
            if named and (
                self.sentence.in_title or quoted or self.sentence.tokens[0].start == self.sentence.span.start
            ):
                part = self._part(colon + 1)
                return [RawAttribution(self._chars(0, colon), self._chars(colon, colon + 1), (part.pair,), 0.6)]
        if self.low[0] in DASHES and self._named(1, self.end):
            said = self._quote_ending_before()
            if said is not None:
                return [RawAttribution(self._chars(1, self.end), None, (said.outer.pair,), 0.6)]
        dash = next((i for i in range(len(self.tokens) - 2, 0, -1) if self.low[i] in DASHES), None)
        if dash is not None and self.marks[dash - 1] and self._named(dash + 1, self.end):
            quote = self.quoted[dash - 1]
            if quote is not None:
                return [RawAttribution(self._chars(dash + 1, self.end), None, (quote.outer.pair,), 0.6)]
        return []


_NUMBERS = word_set("one two three four five six seven eight nine ten dozens hundreds thousands scores half most none")


def _has_number(text: str) -> bool:
    return any(w[0].isdigit() or w in _NUMBERS for w in text.lower().split())
