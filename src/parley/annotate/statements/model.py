"""Finding attributions with a trained model: the same `(Reading) -> list[RawAttribution]` as the rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.attribution.model import AttributionModel
from parley.annotate.statements.attribution.spans import Attribution
from parley.annotate.statements.attribution.words import WordTagger
from parley.annotate.statements.hidden_names import HiddenNames, hide, name_words
from parley.annotate.statements.rules import RawAttribution
from parley.data import Reading, Token


@dataclass(frozen=True, slots=True)
class ModelFinder:
    """A finder that asks the model, paragraph by paragraph, with the names hidden."""

    model: AttributionModel

    @classmethod
    def load(cls, folder: Path | None = None) -> ModelFinder:
        """With the model of a folder, by default the accurate one that comes with Parley."""
        return cls(AttributionModel.load(folder))

    def __call__(self, reading: Reading) -> list[RawAttribution]:
        hidden = hide(reading.text, name_words(reading.text, (m.span.pair for m in reading.mentions)))
        blocks = [hidden.into(pair) for pair in paragraphs(reading)]
        return [_raw(a, hidden) for a in self.model.attributions(hidden.text, blocks=blocks)]


@dataclass(frozen=True, slots=True)
class FastFinder:
    """A finder that asks the fast model, the whole article at once; to it all names are one word."""

    model: WordTagger

    @classmethod
    def load(cls, folder: Path | None = None) -> FastFinder:
        """With the model of a folder, by default the fast one that comes with Parley."""
        return cls(WordTagger(folder))

    def __call__(self, reading: Reading) -> list[RawAttribution]:
        text = reading.text
        names = {text[start:end] for start, end in name_words(text, (m.span.pair for m in reading.mentions))}
        found: dict[int, list[Token]] = {}
        for sentence in reading.sentences:
            found.setdefault(sentence.paragraph, []).extend(sentence.tokens)
        return [_as_it_stands(a) for a in self.model.attributions(text, list(found.values()), names=names)]


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
