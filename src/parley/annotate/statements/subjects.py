"""The source of an attribution by rule: the words beside a cue that name who speaks."""

from __future__ import annotations

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import (
    ARTICLES,
    COORDINATORS,
    DETERMINERS,
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
from parley.annotate.language.sentence_view import DASHES, RELATIVES, Pair, SentenceView

_INSERTED = word_set("who which whose where speaking addressing citing quoting referring writing")
_LONGEST_SUBJECT = 24


class SubjectRules(SentenceView):
    """Who acts: the noun phrase left or right of a verb, with its apposition, to the edge of its clause."""

    def _subject(self, group: int) -> Pair | None:
        """The words left of a verb group that name who acts, with their apposition."""
        if group == 0:
            return None
        before = self.low[group - 1]
        if before in RELATIVES and self.quoted[group - 1] is None:
            return self._chars(group - 1, group)
        if before == ",":
            return self._over_insertion(group - 1)
        if before in DASHES:
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
        first = self._past_openers(self._clause_edge(last), last)
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
            return next((i for i in range(end, self.end) if self.low[i] in (",", *DASHES)), self.end)
        return self._with_apposition(end)

    def _with_apposition(self, end: int) -> int:
        if self._word(end) != "," or end + 1 >= self.end:
            return end
        if self.low[end + 1] not in ARTICLES and self.low[end + 1] not in words_of_class("role", "person"):
            return end
        stop = end + 1
        while stop < self.end and not (is_mark(self.low[stop]) and not self._is_possessive(stop)):
            if self._looks_verb(stop) or self._is_auxiliary(stop):
                break
            if self.low[stop] in TIMES or self.low[stop] in SUBORDINATORS:
                break
            stop += 1
        return stop

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

    def _named(self, first: int, last: int) -> bool:
        """True where tokens `[first, last)` are one name or description of somebody who may speak."""
        if first >= last:
            return False
        start = first + (self.low[first] in ARTICLES)
        mention = self.mentions.by_start.get(self.tokens[min(start, last - 1)].start)
        known = mention is not None and (mention.kind not in ("place", "unknown") or " " in mention.name)
        return known and mention is not None and mention.span.end >= self.tokens[last - 1].end

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
