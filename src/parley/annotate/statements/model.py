"""Finding attributions with a trained model: the same `(Reading) -> list[RawAttribution]` as the rules."""

from __future__ import annotations

from collections.abc import Sequence
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
        return [_raw(reading.text, a, hidden) for a in self.model.attributions(hidden.text, blocks=blocks)]


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
        return [_as_it_stands(text, a) for a in self.model.attributions(text, list(found.values()), names=names)]


def paragraphs(reading: Reading) -> list[Pair]:
    """The title and the paragraphs of the body as character ranges, without what was dropped."""
    found: dict[int, Pair] = {}
    for sentence in reading.sentences:
        start, end = sentence.span.pair
        first, last = found.get(sentence.paragraph, (start, end))
        found[sentence.paragraph] = min(first, start), max(last, end)
    return sorted(found.values())


def _raw(text: str, found: Attribution, hidden: HiddenNames) -> RawAttribution:
    """The attribution in ranges of the text before its names were hidden."""
    source, cue, content = (tuple(map(hidden.back, parts)) for parts in (found.source, found.cue, found.content))
    return _as_it_stands(text, Attribution(source, cue, content, found.confidence))


def _as_it_stands(text: str, found: Attribution) -> RawAttribution:
    """The attribution with one source and one cue: of a cue in pieces the longest stands for it."""
    cue = max(found.cue, key=_length, default=None)
    return RawAttribution(_one_source(text, found.source, cue), cue, found.content, found.confidence)


def _one_source(text: str, pieces: Sequence[Pair], cue: Pair | None) -> Pair | None:
    """Pieces with no more than a few words between them are one description ("Hamdan, long the head of the office, of Hamas"); of
    several that stand apart, the one beside the cue is the source, and of two beside it the longer.
    """
    whole: list[Pair] = []
    for start, end in pieces:
        if whole and _goes_on(text[whole[-1][1] : start]):
            whole[-1] = whole[-1][0], end
        else:
            whole.append((start, end))
    if cue is None or len(whole) < 2:
        return max(whole, key=_length, default=None)
    away = [max(start - cue[1], cue[0] - end, 0) for start, end in whole]
    return max((piece for piece, far in zip(whole, away, strict=True) if far <= min(away) + _BESIDE), key=_length)


def _goes_on(gap: str) -> bool:
    """Whether a description goes on behind a gap: few words, and no sentence ends in it."""
    return len(gap.split()) <= _FEW and not any(mark in gap for mark in ".!?\n")


_FEW = 3
_BESIDE = 2
"""Characters that a comma and a space take."""


def _length(pair: Pair) -> int:
    return pair[1] - pair[0]
