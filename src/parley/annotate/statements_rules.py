"""Finding attributions by rule: a cue verb, its subject on the left or right, and the stretch of words it reports.

Tokens, quotations, mentions and the codebook `cues`; no parser. Each sentence is read once. What a rule is sure of is in the
order of the code: quotation marks before "that", "that" before a bare clause, a bare clause before a noun.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from parley.annotate.cues import Cue, CueHit, find_phrases, find_verbs
from parley.annotate.gazetteer import words_of_class
from parley.annotate.grammar import (
    ARTICLES,
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    HAVE,
    MODALS,
    MONTHS,
    NEGATIONS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
    VERBS,
    is_adverb,
    is_mark,
    word_set,
)
from parley.data import Mention, Quotation, Reading, Sentence

Pair = tuple[int, int]

_DASHES = frozenset({"-", "–", "—", "--"})
_STOPS = frozenset(".!?…") | {"...", "...."}
_INSERTED = word_set("who which whose where speaking addressing citing quoting referring writing")
_RELATIVES = word_set("who which")
_VENUES = word_set(
    """
    statement interview speech tweet post letter email e-mail report conference briefing remarks telephone
    phone video message address comments note memo filing release broadcast op-ed article hearing meeting
    rally debate memoir
    """
)
_CONNECTORS = word_set(
    """
    however but and meanwhile also then still yet so instead moreover furthermore nevertheless thus therefore
    separately earlier later additionally nonetheless finally elsewhere again for example instance addition
    fact
    """
)
_TIME_PREPOSITIONS = word_set("on in at since by during until from before after")
_WH = word_set("that how why whether what if who when where which")
_HEDGES = word_set("even only almost not never just more nearly")
# Acts that what is said is as likely to go on with as the sentence: "said it had counted them and wanted to know".
_INNER_ACTS = word_set("want think seem intend propose accept support show")
_NOUN_OPENERS = DETERMINERS | PREPOSITIONS
_LONGEST_SUBJECT = 24


@dataclass(frozen=True, slots=True)
class RawAttribution:
    """What was said, by whom, by what word, as character ranges: all that a finder has to find."""

    source: Pair | None
    cue: Pair | None
    content: tuple[Pair, ...]
    confidence: float = 0.5


def find_attributions(reading: Reading) -> list[RawAttribution]:
    """The attributions of an article that the rules can see, in reading order."""
    out: list[RawAttribution] = []
    quotes = _Quotes(reading)
    mentions = _Mentions(reading)
    for sentence in reading.sentences:
        out += _SentenceRules(reading, sentence, quotes, mentions).find()
    return sorted(out, key=lambda a: (a.cue or a.content[0], a.content))


class _Quotes:
    """The outer quotations of an article, by place."""

    def __init__(self, reading: Reading) -> None:
        self.all = sorted((q for q in reading.quotations if q.depth == 1), key=lambda q: q.outer.start)
        self._starts = [q.outer.start for q in self.all]

    def at(self, offset: int) -> Quotation | None:
        """The quotation whose marks or words hold the character at `offset`."""
        i = bisect_left(self._starts, offset + 1) - 1
        if i >= 0 and self.all[i].outer.start <= offset < self.all[i].outer.end:
            return self.all[i]
        return None


class _Mentions:
    """Who may speak, by where it begins and where it ends; the longest at each place."""

    def __init__(self, reading: Reading) -> None:
        self.by_start: dict[int, Mention] = {}
        self.by_end: dict[int, Mention] = {}
        for m in sorted(reading.mentions, key=lambda m: len(m.span)):
            self.by_start[m.span.start] = m
            self.by_end[m.span.end] = m


@dataclass(slots=True)
class _Found:
    """A cue with its verb group `[group, last)`, its subject and the side of the cue that it stands on."""

    hit: CueHit
    group: int
    subject: Pair | None = None
    inverted: bool = False
    negated: bool = False
    hanging: bool = False


class _SentenceRules:
    def __init__(self, reading: Reading, sentence: Sentence, quotes: _Quotes, mentions: _Mentions) -> None:
        self.reading = reading
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.low = [t.lower for t in sentence.tokens]
        self.quotes = quotes
        self.mentions = mentions
        self.quoted = [quotes.at(t.start) for t in sentence.tokens]
        self.hits = find_verbs(self.low)
        self.cue_at = {i: h for h in self.hits for i in range(h.first, h.last)}
        self.end = self._sentence_end()
        self.loud = sentence.span.text.isupper()
        self.marks = [
            q is not None and (t.start == q.outer.start or t.end == q.outer.end)
            for t, q in zip(self.tokens, self.quoted, strict=True)
        ]

    # ------------------------------------------------------------ the whole sentence

    def find(self) -> list[RawAttribution]:
        """The attributions whose cue stands in this sentence."""
        if len(self.tokens) < 3:
            return []
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
        return (
            hit.first > 0 and not self.sentence.in_title and self.tokens[hit.first].text[0].isupper() and not self.loud
        )

    def _sentence_end(self) -> int:
        end = len(self.tokens)
        while end and (self.low[end - 1] in _STOPS):
            end -= 1
        return end

    def _chars(self, first: int, last: int) -> Pair:
        return self.tokens[first].start, self.tokens[last - 1].end

    # ------------------------------------------------------------ verb groups

    def _finite(self, hit: CueHit, last_subject: Pair | None) -> _Found | None:
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
        found = _Found(hit, group, subject, negated=negated)
        if subject is None:
            subject = self._inverted(hit, helpers)
            found = _Found(hit, group, subject, inverted=subject is not None, negated=negated)
        if subject is None and before in ("and", "but", ",", "then") and last_subject is not None and not helpers:
            found.subject = last_subject
        if found.subject is None or (hit.cue.noun and not self._is_verb(found)):
            return None
        if self._is_you(found.subject):
            return None
        relative = self.low[found.group - 1] in _RELATIVES if found.group else False
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
                and not any(h in BE | HAVE for h in helpers)
            )
        if form == "s":
            return not helpers and before not in _NOUN_OPENERS and not self._is_possessive(group - 1)
        return True

    def _is_possessive(self, at: int) -> bool:
        """True for "'s" and the mark behind "workers’"; a mark behind a comma or a stop closes a quotation."""
        if not 0 <= at < len(self.low) or self.low[at] not in _POSSESSIVE:
            return False
        return self.low[at] == "'s" or (at > 0 and not is_mark(self.low[at - 1]) and not self.marks[at])

    def _is_auxiliary(self, at: int) -> bool:
        """True for "has", "was", "will"; for "'s" only behind a pronoun, where it is no possessive."""
        low = self.low[at]
        if low == "may" and at > 0 and self.tokens[at].text == "May":
            return False
        return low in AUXILIARIES and (low != "'s" or self._word(at - 1) in PRONOUNS)

    def _word(self, at: int) -> str:
        return self.low[at] if 0 <= at < len(self.low) else ""

    def _is_verb(self, found: _Found) -> bool:
        """Whether "claims", "plan", "report" is a verb here: by what follows, and a subject that agrees with it."""
        after = self._word(found.hit.last)
        if after in ("of", "for", "by", "and", "or", "was", "were", "is", "are", "in", "on", "made", "from"):
            return found.hit.cue.lemma in ("say",)
        plural = self._is_plural(found.subject)
        if found.hit.cue.form == "s":
            return plural is not True or self.sentence.in_title
        return plural is not False or found.inverted or found.hit.cue.lemma in ("read",)

    def _is_plural(self, subject: Pair | None) -> bool | None:
        if subject is None:
            return None
        printed = [t.text for t in self.tokens if subject[0] <= t.start and t.end <= subject[1]]
        if not printed:
            return None
        words = [w.lower() for w in printed]
        if "and" in words or words[-1] in ("they", "we", "i", "you", "who", "some", "many", "others", "both"):
            return True
        if words[-1] in ("he", "she", "it"):
            return False
        if words[0] in ("a", "an", "this", "that", "each", "neither"):
            return False
        if any(w in words_of_class("role", "group") for w in words):
            return True
        # A name may end in -s and be one; a common noun in -s is many.
        last = printed[-1]
        return True if last.islower() and len(last) > 3 and last.endswith("s") and not last.endswith("ss") else None

    def _participle(self, hit: CueHit, group: int, before: str, last_subject: Pair | None) -> _Found | None:
        """ ", adding that ...": the subject is that of the clause it hangs on."""
        if before not in (",", "and", "while") and before not in _DASHES:
            return None
        subject = last_subject or self._clause_subject(group)
        return None if subject is None else _Found(hit, group, subject, hanging=True)

    def _clause_subject(self, before: int) -> Pair | None:
        """The first name or pronoun of the sentence that a verb follows: whom a hanging participle belongs to."""
        for at in range(min(before, 20)):
            if self.quoted[at] is not None:
                continue
            end = self._np_end_at(at)
            if end and end < before and (self._looks_verb(end) or self._is_auxiliary(end) or is_adverb(self.low[end])):
                return self._chars(at, end)
        return None

    def _np_end_at(self, at: int) -> int | None:
        token = self.tokens[at]
        if token.lower in PRONOUNS - {"who", "you"}:
            return at + 1
        first = at + 1 if token.lower in ARTICLES and at + 1 < len(self.tokens) else at
        mention = self.mentions.by_start.get(self.tokens[first].start)
        if mention is None or mention.kind == "place":
            return None
        return next((i for i in range(first, len(self.tokens)) if self.tokens[i].start >= mention.span.end), None)

    # ------------------------------------------------------------ subjects

    def _subject(self, group: int) -> Pair | None:
        """The words left of a verb group that name who acts, with their apposition."""
        if group == 0:
            return None
        before = self.low[group - 1]
        if before in _RELATIVES and self.quoted[group - 1] is None:
            return self._chars(group - 1, group)
        if before == ",":
            return self._over_insertion(group - 1)
        if before in _DASHES:
            return None
        return self._np_left(group)

    def _over_insertion(self, comma: int) -> Pair | None:
        """ "Hamdan, speaking in Beirut, said"; "Ghazi Hamad, a senior member of the politburo, said"."""
        opening = next((i for i in range(comma - 1, max(-1, comma - 40), -1) if self.low[i] == ","), None)
        while opening is not None and opening > 0:
            subject = self._np_left(opening)
            first = self.low[opening + 1]
            if subject is not None and self._opens_insertion(opening + 1):
                described = first in DETERMINERS or self._is_description(opening + 1)
                return (subject[0], self.tokens[comma - 1].end) if described else subject
            if self._is_description(opening + 1) or self.low[opening + 1] in ARTICLES:
                opening = next((i for i in range(opening - 1, max(-1, comma - 40), -1) if self.low[i] == ","), None)
                continue
            return None
        return None

    def _is_description(self, at: int) -> bool:
        low = self.low[at]
        roles = words_of_class("role", "person", "group") | words_of_class("modifier") | words_of_class("title")
        return low in roles or low[0].isdigit() or self.tokens[at].text[0].isupper()

    def _opens_insertion(self, at: int) -> bool:
        low = self.low[at]
        return (
            low in _INSERTED
            or low in DETERMINERS
            or low in PREPOSITIONS
            or low.endswith(("ing", "ed"))
            or is_adverb(low)
            or self._is_description(at)
        )

    def _np_left(self, end: int) -> Pair | None:
        """The noun phrase that ends before token `end`, back to the edge of its clause."""
        last = end
        while last > 0 and (
            self.low[last - 1] in TIMES or (last < end and self.low[last - 1] in ("on", "late", "early"))
        ):
            last -= 1
        if last == 0:
            return None
        word = self.low[last - 1]
        if word in PRONOUNS:
            return self._chars(last - 1, last)
        if is_mark(word) and not self._is_possessive(last - 1) and word != ")":
            return None
        first = self._clause_edge(last)
        first = self._past_openers(first, last)
        if first is not None and self._may_speak(first, last):
            return self._chars(first, last)
        return self._mention_before(last)

    def _mention_before(self, last: int) -> Pair | None:
        mention = self.mentions.by_end.get(self.tokens[last - 1].end)
        if mention is None or mention.span.start < self.sentence.span.start:
            return None
        first = next(i for i, t in enumerate(self.tokens) if t.end > mention.span.start)
        before = self._word(first - 1)
        if before in PREPOSITIONS and before not in ("as", "because", "than", "after", "before", "since", "like"):
            return None
        if before in ARTICLES:
            first -= 1
        return self._chars(first, last)

    def _clause_edge(self, last: int) -> int:
        """The first token of the stretch before `last` that no clause edge interrupts."""
        first = last
        while first > 0 and last - first < _LONGEST_SUBJECT:
            at = first - 1
            low = self.low[at]
            if self.marks[at]:
                break
            if low == ")":
                opening = next((i for i in range(at - 1, max(-1, at - 8), -1) if self.low[i] == "("), None)
                if opening is None:
                    break
                first = opening
                continue
            if is_mark(low) and not self._is_possessive(at) and low not in ("&", "/", "$", "%"):
                break
            if low in SUBORDINATORS or self._is_auxiliary(at) or low in PRONOUNS or low in OBJECT_PRONOUNS:
                break
            if low in ("and", "or", "but", "nor"):
                if low != "and" or self._and_joins(at, last) is False:
                    break
                first = at
                continue
            if self._looks_verb(at):
                break
            first = at
        return first

    def _and_joins(self, at: int, last: int) -> bool:
        """True where "and" joins two names or two plain nouns of one subject."""
        if at == 0 or at + 1 >= last:
            return False
        left, right = self.tokens[at - 1], self.tokens[at + 1]
        left_named = left.end in self.mentions.by_end
        right_named = right.start in self.mentions.by_start or right.lower in DETERMINERS
        if not right_named and at + 2 < last:
            right_named = self.tokens[at + 2].start in self.mentions.by_start and right.lower not in VERBS
        return left_named and right_named

    def _looks_verb(self, at: int) -> bool:
        low, text = self.low[at], self.tokens[at].text
        if text[0].isupper() and not self.sentence.in_title:
            return False
        hit = self.cue_at.get(at)
        if hit is not None and not hit.cue.noun:
            return not (hit.cue.form == "past" and self._word(at - 1) in DETERMINERS)
        if low in VERBS:
            return self._word(at - 1) not in DETERMINERS and not self._is_possessive(at - 1)
        if low.endswith("ed") and len(low) > 4 and "-" not in low:
            before = self._word(at - 1)
            adjective = before in DETERMINERS or before in PREPOSITIONS or self._is_possessive(at - 1) or before == ""
            return not adjective and low not in words_of_class("modifier") and not before.endswith("ly")
        return False

    def _past_openers(self, first: int, last: int) -> int | None:
        """Past "On Friday", "But", "Earlier in the day" that stand before the subject without a comma."""
        at = first
        while at < last:
            low = self.low[at]
            if low in COORDINATORS or (is_adverb(low) and low not in ("both", "all")) or low in TIMES:
                at += 1
            elif low in PREPOSITIONS and self._time_phrase(at, last):
                at = self._time_phrase(at, last) or at + 1
            else:
                break
        return at if at < last else None

    def _time_phrase(self, at: int, last: int) -> int | None:
        """Where a phrase such as "on Friday", "in early May", "in 2023" ends."""
        if self.low[at] not in _TIME_PREPOSITIONS:
            return None
        end = at + 1
        while end < last and (
            self.low[end] in TIMES
            or self.low[end] in MONTHS
            or self.low[end][0].isdigit()
            or self.low[end] in ("early", "late", "last", "this", "next", "week", "month", "year", ",")
        ):
            end += 1
        return end if end > at + 1 else None

    def _may_speak(self, first: int, last: int) -> bool:
        """True for a stretch that begins as a noun phrase does and has nothing but one inside."""
        low = self.low[first]
        if low in PREPOSITIONS or low in SUBORDINATORS or is_mark(low):
            return False
        if last - first == 1:
            token = self.tokens[first]
            named = token.end in self.mentions.by_end or token.text[0].isupper()
            return (
                named or low in ("some", "many", "others", "both", "analysts") or (low.endswith("s") and len(low) > 3)
            )
        return True

    def _inverted(self, hit: CueHit, helpers: list[str]) -> Pair | None:
        """ "..., said Osama Hamdan, a senior official": only after a comma, a quotation mark or a dash."""
        if helpers or hit.first == 0 or hit.cue.form == "ing" or not hit.cue.takes & {"quote", "clause"}:
            return None
        before = self.low[hit.first - 1]
        ends_quote = self.marks[hit.first - 1] or (before in ",.!?" and self._quote_before(hit.first))
        if not (ends_quote or before in (",", *_DASHES)):
            return None
        end = self._np_right(hit.last)
        if end is None:
            return None
        if (
            not ends_quote
            and self.tokens[hit.last].text[0].islower()
            and self.low[hit.last] not in DETERMINERS | PRONOUNS
        ):
            return None
        return self._chars(hit.last, end)

    def _quote_before(self, at: int) -> bool:
        return any(self.marks[i] for i in range(max(0, at - 2), at))

    def _np_right(self, first: int) -> int | None:
        """Where the noun phrase that begins at token `first` ends, its apposition included."""
        if first >= self.end or self.quoted[first] is not None:
            return None
        if self.low[first] in PRONOUNS or self.low[first] in OBJECT_PRONOUNS:
            return first + 1
        end = first
        while end < self.end and end - first < _LONGEST_SUBJECT:
            low = self.low[end]
            if low in TIMES or low in SUBORDINATORS or self._is_auxiliary(end) or low in PRONOUNS or self.quoted[end]:
                break
            if is_mark(low) and not self._is_possessive(end) and low not in ("&", "(", ")", "/"):
                break
            if low in PREPOSITIONS and low not in ("of", "for", "from", "within", "with", "at"):
                break
            if end > first and (self._looks_verb(end) or is_adverb(low)):
                break
            end += 1
        if end == first or self.low[first] in PREPOSITIONS:
            return None
        if self._word(end) in ("who", "whose"):
            # "said a woman who gave only her first name"
            return next((i for i in range(end, self.end) if self.low[i] in (",", *_DASHES)), self.end)
        return self._with_apposition(end)

    def _with_apposition(self, end: int) -> int:
        if self._word(end) != "," or end + 1 >= self.end:
            return end
        if self.low[end + 1] not in ARTICLES and self.low[end + 1] not in words_of_class("role", "person"):
            return end
        stop = end + 1
        while stop < self.end and not (is_mark(self.low[stop]) and not self._is_possessive(stop)):
            if self._looks_verb(stop) or self._is_auxiliary(stop) or self.low[stop] in TIMES | SUBORDINATORS:
                break
            stop += 1
        return stop

    # ------------------------------------------------------------ contents

    def _attribution(self, found: _Found) -> RawAttribution | None:
        subject_first, subject_last = self._token_range(found.subject)
        after = subject_last if found.inverted else found.hit.last
        right = self._right(found, after)
        if (
            right is not None
            and found.group
            and self._word(found.group - 1) in _RELATIVES
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
        return RawAttribution(found.subject, self._chars(found.hit.first, found.hit.last), tuple(content), confidence)

    def _until_comma(self, part: _Part) -> _Part:
        """What a relative clause between commas reports ends with it."""
        start, end = part.pair
        for i, token in enumerate(self.tokens):
            if token.start > start and token.start < end and self.low[i] == "," and self.quoted[i] is None:
                return replace(part, pair=(start, token.start))
        return part

    def _fits_object(self, cue: Cue, content: Pair) -> bool:
        """Whether the first words of the content are such as the verb needs ("rejected claims") or shuns ("sought refuge")."""
        if not cue.needs and not cue.shuns:
            return True
        first = self.reading.text[content[0] : content[0] + 80].lower().replace("’s", "").replace("'s", "").split()[:6]
        if cue.shuns and any(w.strip(",.") in cue.shuns for w in first[:2]):
            return False
        plain = not any(
            self.quoted[i] is not None for i, t in enumerate(self.tokens) if content[0] <= t.start < content[1]
        )
        said = any(w.strip(",.").startswith(cue.needs) for w in first) if cue.needs else True
        return said or not plain or first[:1] == ["that"]

    def _token_range(self, pair: Pair | None) -> tuple[int, int]:
        if pair is None:
            return 0, 0
        inside = [i for i, t in enumerate(self.tokens) if pair[0] <= t.start and t.end <= pair[1]]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def _choose(self, found: _Found, left: _Part | None, right: _Part | None) -> list[Pair]:
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

    def _right(self, found: _Found, after: int) -> _Part | None:
        """What the cue reports on its right, if anything."""
        takes = found.hit.cue.takes
        at = after
        if "hearer" in takes and not found.inverted:
            at = self._past_hearer(at)
            if found.hit.cue.act == "ask" and self._word(at) in ("to", "for") and at > after:
                # "asked the mediators to strike the clause": who is asked belongs to what is asked, as with "urged".
                return self._part(after)
        at = self._past_adjuncts(at)
        if at >= self.end:
            return None
        low = self.low[at]
        if low == "," or low == ":" or low in _DASHES:
            return self._after_mark(found, at)
        if self.marks[at] or self.quoted[at] is not None:
            if found.inverted and not self.marks[at]:
                return None
            return self._part(at, quoted=True, sure=bool(takes & {"quote", "clause", "noun"}))
        if found.inverted:
            return None
        if low == "that" and "noun" in takes and "clause" not in takes:
            return self._part(at)
        if low == "that" and "clause" in takes and self._that_is_conjunction(at):
            return self._part(at + 1, sure=True) if at + 1 < self.end else None
        if low == "to":
            return self._part(at, sure=True) if "to" in takes else None
        if low in ("how", "why", "whether", "what", "if") and takes & {"clause", "noun"}:
            return self._part(at)
        return self._bare(found, at)

    def _that_is_conjunction(self, at: int) -> bool:
        return at + 1 < self.end

    def _bare(self, found: _Found, at: int) -> _Part | None:
        """A clause or noun that follows without "that"."""
        takes = found.hit.cue.takes
        low = self.low[at]
        following = self._word(at + 1)
        if "noun" in takes and low in PREPOSITIONS and (following[:1].isdigit() or following in ("least", "most")):
            return self._part(at)
        if low in PREPOSITIONS and low not in (
            "as",
            "for",
            "about",
            "against",
            "over",
            "of",
            "on",
            "between",
            "until",
            "after",
        ):
            if "clause" not in takes or not self._has_verb(at, self.end):
                return None
        if low in COORDINATORS or low in SUBORDINATORS:
            return None
        end = self._clause_end(at)
        verbal = self._has_verb(at, end)
        if verbal and "clause" in takes:
            return self._part(at)
        if "noun" in takes and low not in PREPOSITIONS:
            return self._part(at)
        if "noun" in takes and found.hit.cue.lemma in ("support", "vote", "talk"):
            return self._part(at)
        if "clause" in takes and self.sentence.in_title:
            return self._part(at)
        if "quote" in takes and any(self.quoted[i] is not None for i in range(at, end)):
            return self._part(at)
        return None

    def _after_mark(self, found: _Found, at: int) -> _Part | None:
        mark = self.low[at]
        following = at + 1
        takes = found.hit.cue.takes
        if following >= self.end:
            return self._next_quotation() if mark == ":" and takes & {"quote", "clause", "noun"} else None
        if self.marks[following] and takes & {"quote", "clause", "noun"}:
            return self._part(following, quoted=True, sure=mark == ":", resumes=True)
        if mark == ":" and takes & {"quote", "clause"}:
            return self._part(following, sure=True)
        if mark == "," and "noun" in takes and self.low[following] in PREPOSITIONS:
            closing = next((i for i in range(following, min(following + 9, self.end - 1)) if self.low[i] == ","), None)
            if closing is not None and not any(self.quoted[i] for i in range(following, closing)):
                return self._bare(found, closing + 1)
        if mark != "," or not takes & {"quote", "clause"} or not self._has_verb(following, self.end):
            return None
        if self.low[following] in SUBORDINATORS | COORDINATORS or self.low[following].endswith("ing"):
            return None
        return self._part(following, resumes=True)

    def _next_quotation(self) -> _Part | None:
        """The quotation that follows a sentence which ends in a colon."""
        text = self.reading.text
        at = self.sentence.span.end
        while at < len(text) and text[at].isspace():
            at += 1
        quote = self.quotes.at(at)
        return None if quote is None else _Part(quote.outer.pair, quoted=True, sure=True)

    def _past_hearer(self, at: int) -> int:
        """Past "reporters", "the New Arab website", "him"."""
        if at >= self.end:
            return at
        if self.low[at] in OBJECT_PRONOUNS:
            return at + 1
        for first in (at, at + 1):
            if first > at and self.low[at] not in DETERMINERS:
                break
            mention = self.mentions.by_start.get(self.tokens[first].start) if first < self.end else None
            if mention is not None:
                end = next((i for i in range(first, self.end) if self.tokens[i].start >= mention.span.end), self.end)
                while self._word(end) in ("and", "in", "of", "at", "from", "with") and end + 1 < self.end:
                    step = self._noun_end(end + 1)
                    if step == end + 1:
                        break
                    end = step
                return end
        end = self._noun_end(at)
        return end

    def _noun_end(self, at: int) -> int:
        end = at
        while end < self.end and end - at < 8:
            low = self.low[end]
            if low in TIMES or low in SUBORDINATORS or self._is_auxiliary(end) or low in PRONOUNS or self.quoted[end]:
                break
            if (is_mark(low) and not self._is_possessive(end)) or low in COORDINATORS:
                break
            if low in PREPOSITIONS and end > at and low not in ("of",):
                break
            if end > at and (is_adverb(low) or low in ARTICLES or self._looks_verb(end)):
                break
            end += 1
        return end

    def _past_adjuncts(self, at: int) -> int:
        """Past "on Friday", "in a statement", "to reporters", "at a press conference in Beirut"."""
        for _ in range(5):
            if at >= self.end:
                return at
            low = self.low[at]
            if low in TIMES or (is_adverb(low) and low not in _HEDGES and not self._word(at + 1)[:1].isdigit()):
                at += 1
            elif low in ("late", "early", "last", "this", "earlier") and self._word(at + 1) in TIMES | {
                "week",
                "month",
                "year",
                "day",
            }:
                at += 2
            elif low in PREPOSITIONS:
                end = self._adjunct_end(at)
                if end == at:
                    return at
                at = end
            else:
                return at
        return at

    def _adjunct_end(self, at: int) -> int:
        """Where a phrase of time, place or venue after the cue ends; `at` where it may be part of what is said."""
        end = self._time_phrase(at, self.end)
        if end is not None:
            return end
        following = self._word(at + 1)
        if following[:1].isdigit() or following in ("least", "most", "all"):
            return at
        if self.low[at] == "to" and not self._is_hearer(at + 1):
            return at
        stop = at + 1
        venue = False
        while stop < self.end and stop - at < 16:
            low = self.low[stop]
            if low == "that" or self.marks[stop] or low in (",", ":"):
                return stop
            if low in _VENUES or low in TIMES:
                venue = True
            elif venue and low not in PREPOSITIONS:
                named = self.tokens[stop].start in self.mentions.by_start or low in DETERMINERS
                after_preposition = self.low[stop - 1] in PREPOSITIONS or self.low[stop - 1] in DETERMINERS
                if named and not after_preposition:
                    return stop
            if self._is_auxiliary(stop) or low in PRONOUNS or (low in SUBORDINATORS and low != "where"):
                return stop if venue and low in PRONOUNS else at
            stop += 1
        return stop if stop >= self.end else at

    def _is_hearer(self, at: int) -> bool:
        """True where "to" leads to somebody, not to a verb: "said to reporters", "vowed to launch"."""
        if at >= self.end:
            return False
        low = self.low[at]
        return low in DETERMINERS or low in OBJECT_PRONOUNS or self.tokens[at].start in self.mentions.by_start

    def _part(self, first: int, *, quoted: bool = False, sure: bool = False, resumes: bool = False) -> _Part:
        end = self._clause_end(first)
        last_char = self.tokens[end - 1].end
        start_char = self.tokens[first].start
        quote = self.quoted[end - 1]
        if quote is not None and quote.outer.end > last_char and end >= self.end:
            # The quotation goes on in the sentences that follow.
            last_char = quote.outer.end
        elif end == self.end and end < len(self.tokens) and not self.marks[end - 1]:
            last_char = self.tokens[end - 1].end
        return _Part((start_char, last_char), quoted, sure, resumes)

    def _clause_end(self, first: int) -> int:
        """Where what is reported ends: the end of the sentence, or before the next attribution hung on it."""
        at = first
        quote = self.quoted[first]
        if quote is not None and self.marks[first]:
            at = next(
                (i for i in range(first, len(self.tokens)) if self.tokens[i].start >= quote.outer.end), len(self.tokens)
            )
            if at >= self.end:
                return at if at <= len(self.tokens) and at > first else self.end
        for i in range(max(at, first + 1), self.end):
            if self.quoted[i] is not None:
                continue
            if self.low[i] in (",", *_DASHES, ";") and (self._ends_at(i) or self._is_aside(i, first)):
                return i
            if self.low[i] in ("and", "but") and self._new_verb(i + 1):
                return i
        return self.end

    def _ends_at(self, comma: int) -> bool:
        """True where another attribution or an aside of the writer begins after the comma."""
        at = comma + 1
        while at < self.end and (
            self.low[at] in ("and", "but", "while", "also", "although", "though", "as", "with")
            or is_adverb(self.low[at])
        ):
            at += 1
        if at >= self.end:
            return False
        hit = self.cue_at.get(at)
        if hit is not None and hit.cue.form == "ing" and self.quoted[at] is None:
            return True
        if self.low[at] == "according" and self._word(at + 1) == "to":
            return True
        if self._word(comma + 1) in ("and", "but") and self._looks_verb(at) and self.low[at].endswith("ed"):
            return True
        if hit is not None and hit.cue.form in ("past", "s") and self._word(at - 1) in ("and", "but", ",", "also"):
            return True
        later = next(
            (h for h in self.hits if h.first > at and h.first - at < 14 and self.quoted[h.first] is None), None
        )
        if later is None or later.cue.form not in ("past", "s") or not later.cue.takes & {"clause", "quote"}:
            return False
        subject = self._subject(later.first)
        return subject is not None and subject[0] == self.tokens[at].start

    def _is_aside(self, comma: int, first: int) -> bool:
        """True where the writer takes over: "While A wants this, B ...", ", despite ...", and ", which ..." at the very end."""
        at = comma + 1
        if at >= self.end or self.low[comma] != ",":
            return False
        if self.low[0] in ("while", "although", "though", "whereas") and first < comma:
            end = self._np_end_at(at)
            return end is not None and end < self.end and (self._is_auxiliary(end) or self._looks_verb(end))
        if self.low[at] == "despite":
            return True
        if self.low[at] not in ("which", "where"):
            return False
        closes = all(self.low[i] != "," for i in range(at, self.end))
        return closes and not any(h.first > at and self.quoted[h.first] is None for h in self.hits)

    def _new_verb(self, at: int) -> bool:
        """True where "and" goes on with another verb of attribution of the same subject."""
        while at < self.end and (is_adverb(self.low[at]) or self.low[at] in HAVE):
            at += 1
        hit = self.cue_at.get(at)
        return (
            hit is not None
            and self.quoted[at] is None
            and hit.cue.form in ("past", "s")
            and hit.cue.act not in _INNER_ACTS
            and self._word(hit.last) != "by"
            and not (hit.cue.form == "s" and hit.cue.noun and self._word(hit.last) in PREPOSITIONS)
        )

    def _has_verb(self, first: int, last: int) -> bool:
        return any(
            self._is_auxiliary(i)
            or self.low[i] in VERBS
            or (i > first and self._looks_verb(i))
            or (
                i > first + 1
                and self.low[i].endswith("s")
                and self.tokens[i].start not in self.mentions.by_start
                and self._s_verb(i)
            )
            for i in range(first, min(last, len(self.tokens)))
        )

    def _s_verb(self, at: int) -> bool:
        """ "reneges", "expects": an -s word after a name and before an article, a preposition or "to"."""
        after = self._word(at + 1)
        return self.tokens[at - 1].end in self.mentions.by_end and (
            after in DETERMINERS or after in PREPOSITIONS or after == "to" or self.tokens[at].text.islower()
        )

    # ------------------------------------------------------------ contents on the left

    def _left(self, found: _Found, edge: int) -> _Part | None:
        """What stands before the subject (or, inverted, before the cue) and is reported by it."""
        if edge == 0:
            return self._quote_just_before(found) if not found.inverted else None
        before = self.low[edge - 1]
        last = edge - 1 if before in (",", *_DASHES) else edge
        if last == 0:
            return None
        quote = self.quoted[last - 1]
        if quote is not None and (self.marks[last - 1] or quote.outer.end <= self.tokens[last - 1].end):
            start = self._left_start(last, quote)
            # `in the daily "Dawn", he said that ...`: a name in quotation marks is nothing said.
            name = start < quote.outer.start and len(quote.inner.text.split()) < 4
            return _Part((start, self.tokens[last - 1].end), quoted=True, sure=True, short=name)
        if before not in (",", *_DASHES):
            return None
        first = self._left_first(last)
        if first >= last:
            return None
        connector = all(self.low[i] in _CONNECTORS or is_adverb(self.low[i]) for i in range(first, last))
        opens = self.low[first] in PREPOSITIONS or self.low[first] in SUBORDINATORS
        verbal = self._has_verb(first, last) or (last - first > 4 and not opens)
        connector = connector or (opens and not verbal) or self.low[first] in ("asked", "speaking")
        pair = (self.tokens[first].start, self.tokens[last - 1].end)
        # A clause whose verb is on no list is long enough to be told from a connector.
        return _Part(pair, connector=connector, whole=verbal or (last - first > 4 and not opens))

    def _left_first(self, last: int) -> int:
        """The first token of what is reported before the cue: past connectors, and past what another cue reports."""
        first = 0
        for hit in self.hits:
            if (
                hit.last < last
                and self.quoted[hit.first] is None
                and hit.cue.takes & {"clause"}
                and hit.cue.form != "base"
            ):
                following = next((i for i in range(hit.last, last) if self.low[i] in (",", ";")), None)
                if following is not None:
                    first = max(first, following + 1)
        while first < last and (self.low[first] in ("and", "but", "however", "meanwhile", ",", "while")):
            first += 1
        return first

    def _left_start(self, last: int, quote: Quotation) -> int:
        """Where a quotation that ends before the cue begins; words of its sentence before it belong to it (mixed)."""
        if quote.outer.start < self.tokens[0].start:
            return quote.outer.start
        first = next(i for i, t in enumerate(self.tokens) if t.start >= quote.outer.start)
        if first == 0:
            return quote.outer.start
        own = self._left_first(first)
        while own < first and (self.low[own] in _CONNECTORS or self.low[own] in (",", ":")):
            own += 1
        return self.tokens[own].start if own < first else quote.outer.start

    def _quote_just_before(self, found: _Found) -> _Part | None:
        """ "... ended." He said: nothing; "Leave!" / he said, split at the mark: the quotation that ends just before."""
        text = self.reading.text
        start = self.sentence.span.start
        at = start - 1
        while at > 0 and text[at].isspace() and text[at] != "\n":
            at -= 1
        quote = self.quotes.at(at) if at > 0 else None
        lower = self.tokens[0].text[0].islower() or self.low[0] in PRONOUNS
        if quote is None or quote.outer.end != at + 1 or not quote.closed:
            return None
        ends = text[at - 1 : at] in "?!," and (
            (lower and self.tokens[0].text[0].islower()) or found.hit.last >= self.end - 3
        )
        return _Part((quote.outer.start, quote.outer.end), quoted=True, sure=True) if ends else None

    # ------------------------------------------------------------ phrases, passives, no verb

    def _phrases(self) -> list[RawAttribution]:
        """ "According to X, ...", "..., according to X", "..., according to X, ..."."""
        out: list[RawAttribution] = []
        for hit in find_phrases(self.low, "phrase"):
            first, last = hit.first, hit.last
            if self.quoted[first] is not None:
                continue
            end = self._np_right_wide(last)
            if end is None:
                continue
            content = self._around(first, end)
            if content:
                out.append(RawAttribution(self._chars(last, end), self._chars(first, last), tuple(content), 0.85))
        return out

    def _np_right_wide(self, first: int) -> int | None:
        """As `_np_right`, with the places and dates that describe a document: "a report in the Herald on Monday"."""
        end = first
        while end < self.end and end - first < 30:
            low = self.low[end]
            if (is_mark(low) and not self._is_possessive(end) and low not in ("&", "(", ")", "/", ".")) or self.quoted[
                end
            ]:
                break
            if low in ("which", "who", "that", "but", "while", "as"):
                break
            end += 1
        return end if end > first else None

    def _around(self, first: int, end: int) -> list[Pair]:
        left_last = first - 1 if first and self.low[first - 1] in (",", *_DASHES, "(") else first
        content: list[Pair] = []
        if left_last > 0:
            start = self._left_first(left_last)
            if start < left_last:
                quote = self.quoted[left_last - 1]
                at = self.tokens[start].start
                if quote is not None and quote.outer.start < at:
                    at = quote.outer.start
                content.append((at, self.tokens[left_last - 1].end))
        right = end
        while right < self.end and self.low[right] in (",", ":", ")", *_DASHES):
            right += 1
        if right < self.end and (not content or (self._word(end) in (",",) and not self._has_verb(0, left_last))):
            content.append(self._part(right).pair)
        return content

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
            named = self._named(0, colon)
            quoted = self.marks[colon + 1]
            if named and (
                self.sentence.in_title or quoted or self.sentence.tokens[0].start == self.sentence.span.start
            ):
                part = self._part(colon + 1)
                return [RawAttribution(self._chars(0, colon), self._chars(colon, colon + 1), (part.pair,), 0.6)]
        dash = next((i for i in range(len(self.tokens) - 2, 0, -1) if self.low[i] in _DASHES), None)
        if dash is not None and self.marks[dash - 1] and self._named(dash + 1, self.end):
            quote = self.quoted[dash - 1]
            if quote is not None:
                return [RawAttribution(self._chars(dash + 1, self.end), None, (quote.outer.pair,), 0.6)]
        return []

    def _named(self, first: int, last: int) -> bool:
        """True where tokens `[first, last)` are one name or description of somebody who may speak."""
        if first >= last:
            return False
        start = first + (self.low[first] in ARTICLES)
        mention = self.mentions.by_start.get(self.tokens[min(start, last - 1)].start)
        known = mention is not None and mention.kind in ("person", "organisation", "government", "group")
        return known and mention is not None and mention.span.end >= self.tokens[last - 1].end


_POSSESSIVE = frozenset({"'s", "’", "'"})


@dataclass(frozen=True, slots=True)
class _Part:
    """One stretch that may be the content: whether it is quoted, plainly marked, resumed after the cue, or a whole clause."""

    pair: Pair
    quoted: bool = False
    sure: bool = False
    resumes: bool = False
    whole: bool = False
    connector: bool = False
    short: bool = False
