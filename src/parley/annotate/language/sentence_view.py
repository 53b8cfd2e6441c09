"""One sentence, looked at by the rules for statements: words, quotation marks, auxiliaries and what looks like a verb."""

from __future__ import annotations

from parley.annotate.language.cues import CueHit, find_verbs
from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import (
    AUXILIARIES,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERBS,
    is_mark,
    word_set,
)
from parley.annotate.language.ranges import ByPlace
from parley.data import Mention, Quotation, Reading, Sentence

Pair = tuple[int, int]
"""Half-open character offsets."""

DASHES = frozenset({"-", "–", "—", "--"})
_STOPS = frozenset(".!?…") | {"...", "...."}
RELATIVES = word_set("who which")
POSSESSIVE = frozenset({"'s", "’", "'"})
_TIME_PREPOSITIONS = word_set("on in at since by during until from before after")


class SpeakersByPlace:
    """Who may speak, by where it begins and where it ends; the longest at each place."""

    def __init__(self, reading: Reading) -> None:
        self.by_start: dict[int, Mention] = {}
        self.by_end: dict[int, Mention] = {}
        for m in sorted(reading.mentions, key=lambda m: len(m.span)):
            self.by_start[m.span.start] = m
            self.by_end[m.span.end] = m


class SentenceView:
    """A sentence as the rules see it: its words, which of them are quoted, which may be verbs of attribution."""

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        quotes: ByPlace[Quotation],
        mentions: SpeakersByPlace,
        hits: list[CueHit] | None = None,
    ) -> None:
        self.reading = reading
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.low = sentence.lowers
        self.quotes = quotes
        self.mentions = mentions
        self.quoted = self._quotations(quotes)
        self.hits = find_verbs(self.low) if hits is None else hits
        self.cue_at = {i: h for h in self.hits for i in range(h.first, h.last)}
        self.end = self._sentence_end()
        self.marks = [False] * len(self.tokens)
        if self.has_quotes:
            self.marks = [
                q is not None and (t.start == q.outer.start or t.end == q.outer.end)
                for t, q in zip(self.tokens, self.quoted, strict=True)
            ]

    def _quotations(self, quotes: ByPlace[Quotation]) -> list[Quotation | None]:
        """The quotation that each word stands in; most sentences have none."""
        out: list[Quotation | None] = [None] * len(self.tokens)
        self.has_quotes = False
        for quote in quotes.touching(*self.sentence.span.pair):
            self.has_quotes = True
            for at in range(*self.sentence.words(*quote.outer.pair)):
                if self.tokens[at].start >= quote.outer.start:
                    out[at] = quote
        return out

    def _sentence_end(self) -> int:
        end = len(self.tokens)
        while end and (self.low[end - 1] in _STOPS):
            end -= 1
        return end

    def _chars(self, first: int, last: int) -> Pair:
        return self.tokens[first].start, self.tokens[last - 1].end

    def _word(self, at: int) -> str:
        return self.low[at] if 0 <= at < len(self.low) else ""

    def _token_range(self, pair: Pair | None) -> tuple[int, int]:
        if pair is None:
            return 0, 0
        inside = [i for i, t in enumerate(self.tokens) if pair[0] <= t.start and t.end <= pair[1]]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def _is_possessive(self, at: int) -> bool:
        """True for "'s" and the mark behind "workers’"; a mark behind a comma or a stop closes a quotation."""
        if not 0 <= at < len(self.low) or self.low[at] not in POSSESSIVE:
            return False
        return self.low[at] == "'s" or (at > 0 and not is_mark(self.low[at - 1]) and not self.marks[at])

    def _is_auxiliary(self, at: int) -> bool:
        """True for "has", "was", "will"; for "'s" only behind a pronoun, where it is no possessive."""
        low = self.low[at]
        if low == "may" and at > 0 and self.tokens[at].text == "May":
            return False
        return low in AUXILIARIES and (low != "'s" or self._word(at - 1) in PRONOUNS)

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
