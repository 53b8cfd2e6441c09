"""Finding attributions with a trained model: the same `(Reading) -> list[RawAttribution]` as the rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from parley.annotate.attribution.model import AttributionModel, FoundClause
from parley.annotate.attribution.spans import Attribution
from parley.annotate.attribution.texts import Floats, encode
from parley.annotate.attribution.words import WordTagger
from parley.annotate.clauses_model import LABELS
from parley.annotate.hidden_names import HiddenNames, hide, name_words
from parley.annotate.sentence_view import Pair
from parley.annotate.statements_rules import RawAttribution, Seen
from parley.data import Clause, Reading, Token


@dataclass(frozen=True, slots=True)
class ModelFinder:
    """A finder that asks the model, paragraph by paragraph, with the names hidden."""

    model: AttributionModel

    @classmethod
    def load(cls, folder: Path | None = None) -> ModelFinder:
        """With the model of a folder, by default the accurate one that comes with Parley."""
        return cls(AttributionModel.load(folder))

    def __call__(self, reading: Reading) -> Seen:
        hidden = hide(reading.text, name_words(reading.text, (m.span.pair for m in reading.mentions)))
        blocks = [hidden.into(pair) for pair in paragraphs(reading)]
        coded = encode(hidden.text, blocks=blocks, tokenizer=self.model.tokenizer)
        answers = self.model.read(coded)
        raw = [_raw(a, hidden) for a in self.model.decoded(coded, answers)]
        clauses = self.model.clauses_of(coded, answers)
        return Seen(raw, None if clauses is None else tuple(_clause(reading, f, hidden) for f in clauses))


@dataclass(frozen=True, slots=True)
class FastFinder:
    """A finder that asks the fast model, the whole article at once; to it all names are one word."""

    model: WordTagger

    @classmethod
    def load(cls, folder: Path | None = None) -> FastFinder:
        """With the model of a folder, by default the fast one that comes with Parley."""
        return cls(WordTagger(folder))

    def __call__(self, reading: Reading) -> Seen:
        text = reading.text
        names = {text[start:end] for start, end in name_words(text, (m.span.pair for m in reading.mentions))}
        found: dict[int, list[Token]] = {}
        for sentence in reading.sentences:
            found.setdefault(sentence.paragraph, []).extend(sentence.tokens)
        return Seen([_as_it_stands(a) for a in self.model.attributions(text, list(found.values()), names=names)])


_LEAST = 0.01
"""Shares below are not kept."""


def _clause(reading: Reading, found: FoundClause, hidden: HiddenNames) -> Clause:
    marked = found.marked
    labels, details = LABELS[marked.kind]
    return Clause(
        "position" if marked.kind == "position" else "event",
        reading.span(*hidden.back(found.span)),
        marked.chance,
        _ranked(labels, marked.labels),
        _ranked(details, marked.details),
        tuple((reading.span(*hidden.back(pair)), share) for pair, share in found.holders),
    )


def _ranked(names: tuple[str, ...], shares: Floats) -> tuple[tuple[str, float], ...]:
    kept = [(name, float(share)) for name, share in zip(names, shares, strict=True) if share >= _LEAST]
    return tuple(sorted(kept, key=lambda pair: -pair[1]))


def paragraphs(reading: Reading) -> list[Pair]:
    """The title and the paragraphs of the body as character ranges, without what was dropped."""
    found: dict[int, Pair] = {}
    for sentence in reading.sentences:
        start, end = sentence.span.pair
        first, last = found.get(sentence.paragraph, (start, end))
        found[sentence.paragraph] = min(first, start), max(last, end)
    return sorted(found.values())


def _raw(found: Attribution, hidden: HiddenNames) -> RawAttribution:
    """The attribution in ranges of the text before its names were hidden."""
    source, cue, content = (tuple(map(hidden.back, parts)) for parts in (found.source, found.cue, found.content))
    return _as_it_stands(Attribution(source, cue, content, found.confidence))


def _as_it_stands(found: Attribution) -> RawAttribution:
    """A source in pieces ("Hamdan, ..., of Hamas") is one description, from its first piece to its last; of a cue the longest
    piece stands for it."""
    return RawAttribution(
        (found.source[0][0], found.source[-1][1]) if found.source else None,
        max(found.cue, key=lambda part: part[1] - part[0], default=None),
        found.content,
        found.confidence,
    )
