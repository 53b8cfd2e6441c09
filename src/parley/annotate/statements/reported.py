"""The content of an attribution by rule: where what is reported begins and ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parley.annotate.language.cues import CueHit
from parley.annotate.language.grammar import (
    ARTICLES,
    COORDINATORS,
    DETERMINERS,
    HAVE,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
    is_adverb,
    is_mark,
    word_set,
)
from parley.annotate.language.sentence_view import DASHES, Pair
from parley.annotate.statements.subjects import SubjectRules
from parley.data import Quotation

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
# Prepositions that what is reported may begin with: "called for", "warned of", "as a trap".
_OPENING_PREPOSITIONS = word_set("as for about against over of on between until after")
_HEDGES = word_set("even only almost not never just more nearly")
# Acts that what is said is as likely to go on with as the sentence: "said it had counted them and wanted to know".
_INNER_ACTS = word_set("want think seem intend propose accept support show")


@dataclass(slots=True)
class Found:
    """A cue with its verb group `[group, last)`, its subject and the side of the cue that it stands on."""

    hit: CueHit
    group: int
    subject: Pair | None = None
    inverted: bool = False
    negated: bool = False
    hanging: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch that may be the content: whether it is quoted, plainly marked, resumed after the cue, or a whole clause."""

    pair: Pair
    quoted: bool = False
    sure: bool = False
    resumes: bool = False
    whole: bool = False
    connector: bool = False
    short: bool = False


class ContentRules(SubjectRules):
    """What is reported: the words right or left of a cue, to where the sentence or another voice takes over."""

    def _right(self, found: Found, after: int) -> Part | None:
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
        if low == "," or low == ":" or low in DASHES:
            return self._after_mark(found, at)
        if self.marks[at] or self.quoted[at] is not None:
            if found.inverted and not self.marks[at]:
                return None
            return self._part(at, quoted=True, sure=bool(takes & {"quote", "clause", "noun"}))
        if found.inverted:
            return None
        if low == "that" and "noun" in takes and "clause" not in takes:
            return self._part(at)
        if low == "that" and "clause" in takes:
            return self._part(at + 1, sure=True) if at + 1 < self.end else None
        if low == "to":
            return self._part(at, sure=True) if "to" in takes else None
        if low in ("how", "why", "whether", "what", "if") and takes & {"clause", "noun"}:
            return self._part(at)
        return self._bare(found, at)

    def _bare(self, found: Found, at: int) -> Part | None:
        """A clause or noun that follows without "that"."""
        takes = found.hit.cue.takes
        low = self.low[at]
        following = self._word(at + 1)
        if "noun" in takes and low in PREPOSITIONS and (following[:1].isdigit() or following in ("least", "most")):
            return self._part(at)
        clause = "clause" in takes and self._has_verb(at, self.end)
        if low in PREPOSITIONS and low not in _OPENING_PREPOSITIONS and not clause:
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

    def _after_mark(self, found: Found, at: int) -> Part | None:
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
        begins = self.low[following]
        if begins in SUBORDINATORS or begins in COORDINATORS or begins.endswith("ing"):
            return None
        return self._part(following, resumes=True)

    def _next_quotation(self) -> Part | None:
        """The quotation that follows a sentence which ends in a colon."""
        text = self.reading.text
        at = self.sentence.span.end
        while at < len(text) and text[at].isspace():
            at += 1
        quote = self.quotes.at(at)
        return None if quote is None else Part(quote.outer.pair, quoted=True, sure=True)

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
        return self._noun_end(at)

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

    def _part(self, first: int, *, quoted: bool = False, sure: bool = False, resumes: bool = False) -> Part:
        end = self._clause_end(first)
        last_char = self.tokens[end - 1].end
        start_char = self.tokens[first].start
        quote = self.quoted[end - 1]
        if quote is not None and quote.outer.end > last_char and end >= self.end:
            # The quotation goes on in the sentences that follow.
            last_char = quote.outer.end
        elif end == self.end and end < len(self.tokens) and not self.marks[end - 1]:
            last_char = self.tokens[end - 1].end
        return Part((start_char, last_char), quoted, sure, resumes)

    def _until_comma(self, part: Part) -> Part:
        """What a relative clause between commas reports ends with it."""
        start, end = part.pair
        for i, token in enumerate(self.tokens):
            if token.start > start and token.start < end and self.low[i] == "," and self.quoted[i] is None:
                return replace(part, pair=(start, token.start))
        return part

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
            if self.low[i] in (",", *DASHES, ";") and (self._ends_at(i) or self._is_aside(i, first)):
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

    def _left(self, found: Found, edge: int) -> Part | None:
        """What stands before the subject (or, inverted, before the cue) and is reported by it."""
        if edge == 0:
            return self._quote_just_before(found) if not found.inverted else None
        if self.low[edge - 1] == "as" and edge > 1:
            edge -= 1  # "..., as one diplomat put it"
        before = self.low[edge - 1]
        last = edge - 1 if before in (",", *DASHES) else edge
        if last == 0:
            return None
        quote = self.quoted[last - 1]
        if quote is not None and (self.marks[last - 1] or quote.outer.end <= self.tokens[last - 1].end):
            start = self._left_start(quote)
            # `in the daily "Dawn", he said that ...`: a name in quotation marks is nothing said.
            name = start < quote.outer.start and len(quote.inner.text.split()) < 4
            return Part((start, self.tokens[last - 1].end), quoted=True, sure=True, short=name)
        if before not in (",", *DASHES):
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
        return Part(pair, connector=connector, whole=verbal or (last - first > 4 and not opens))

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

    def _left_start(self, quote: Quotation) -> int:
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

    def _quote_just_before(self, found: Found) -> Part | None:
        """ "... ended." He said: nothing; "Leave!" / he said, split at the mark: the quotation that ends just before."""
        quote = self._quote_ending_before()
        if quote is None:
            return None
        # "“Leave!” / he said.": the splitter took the mark for the end of the sentence.
        goes_on = self.tokens[0].text[0].islower() or found.hit.last >= self.end - 3
        ends = quote.inner.text[-1:] in ("?", "!", ",") and goes_on
        return Part((quote.outer.start, quote.outer.end), quoted=True, sure=True) if ends else None

    def _quote_ending_before(self) -> Quotation | None:
        """The closed quotation that ends right before this sentence, in the same line."""
        text = self.reading.text
        at = self.sentence.span.start - 1
        while at > 0 and text[at].isspace() and text[at] != "\n":
            at -= 1
        quote = self.quotes.at(at) if at > 0 else None
        return quote if quote is not None and quote.closed and quote.outer.end == at + 1 else None

    def _around(self, first: int, end: int) -> list[Pair]:
        left_last = first - 1 if first and self.low[first - 1] in (",", *DASHES, "(") else first
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
        while right < self.end and self.low[right] in (",", ":", ")", *DASHES):
            right += 1
        if right < self.end and (not content or (self._word(end) in (",",) and not self._has_verb(0, left_last))):
            content.append(self._part(right).pair)
        return content
