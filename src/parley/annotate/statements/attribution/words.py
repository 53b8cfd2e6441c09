"""The fast model: one small network that reads an article word by word, as a whole, and labels it in `sided` labels.

Its inputs are Parley's own tokens, so nothing is cut twice: the number of a word (a name's is one and the same for all names, so that who
bears which name cannot change what is found), its shape, and whether it stands in quotation marks. Paragraphs follow one another
with a separator between them.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np

from parley.annotate.confidence import Scale
from parley.annotate.statements.attribution.files import load_session, read_manifest
from parley.annotate.statements.attribution.sided import LABELS, Marked, Paired, Run, best_runs, paired
from parley.annotate.statements.attribution.spans import Attribution, softmax
from parley.annotate.statements.attribution.texts import Floats, Ints, quote_states, shape_of
from parley.clean.tokens import Remembered
from parley.data import Token
from parley.models import FOLDER

FAST_MODEL = "attribution-en-fast-20261122"

SUFFIXES = 1024
"""Numbers for words outside the vocabulary, told apart by their last three letters."""
SEPARATOR_SHAPE = 5
_QUOTES = re.compile("[\"“”„«»'‘’]")
_STOPS = frozenset(".!?")


class Vocabulary:
    """Words -> numbers: the words of the list first, then any name, any number, the endings, the separator.

    >>> words = Vocabulary(["said", "the"])
    >>> words.number("Said"), words.number("45,514"), words.number("Reve", name=True) == words.name
    (0, 3, True)
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._numbers = {word: at for at, word in enumerate(words)}
        self._met = Remembered(self._number_and_shape)
        self.name = len(words)
        self.digits = self.name + 1
        self.endings = self.digits + 1
        self.separator = self.endings + SUFFIXES
        self.size = self.separator + 1

    def number(self, word: str, *, name: bool = False) -> int:
        """The number of a word as printed."""
        if name:
            return self.name
        word = word.lower().replace("’", "'")
        found = self._numbers.get(word)
        if found is None and "-" in word:
            found = self._numbers.get(word.rsplit("-", 1)[1])
        if found is not None:
            return found
        return self.digits if word[0].isdigit() else self.endings + zlib.crc32(word[-3:].encode()) % SUFFIXES

    def numbers_and_shapes(self, words: Iterable[str]) -> list[tuple[int, int]]:
        """Both for words that are no names."""
        return list(map(self._met.__getitem__, words))

    def _number_and_shape(self, word: str) -> tuple[int, int]:
        return self.number(word), shape_of(word)


class Numbered:
    """A text as the network sees it: each array [tokens + separators]; `places` is where each paragraph begins in them.

    `rows` are the tokens in the same places, a separator's being empty.
    """

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._ids: list[int] = [words.separator]
        self._marks: list[int] = [SEPARATOR_SHAPE]
        self.rows: list[Token] = [_SEPARATOR]
        self.places: list[int] = []

    def add(self, text: str, paragraph: Sequence[Token], names: Collection[str]) -> None:
        """Appends a paragraph; `names` are the words of names in this text, as printed."""
        self.places.append(len(self._ids))
        texts = [token.text for token in paragraph]
        numbers, shapes = zip(*self._words.numbers_and_shapes(texts), strict=True)
        name = self._words.name
        self._ids += [name if word in names else number for word, number in zip(texts, numbers, strict=True)]
        states = _states(text, paragraph)
        self._marks += [s + 6 * state for s, state in zip(shapes, states, strict=True)] if states else shapes
        self._ids.append(self._words.separator)
        self._marks.append(SEPARATOR_SHAPE)
        self.rows += paragraph
        self.rows.append(_SEPARATOR)

    @cached_property
    def arrays(self) -> dict[str, Ints]:
        """The network's inputs."""
        return {"ids": np.array(self._ids, dtype=np.int64), "marks": np.array(self._marks, dtype=np.int64)}

    @cached_property
    def separators(self) -> list[int]:
        """The places of the separators: one in front, and one behind each paragraph."""
        return [0, *(place - 1 for place in self.places[1:]), len(self._ids) - 1]


_SEPARATOR = Token(0, 0, "", "")


def _states(text: str, paragraph: Sequence[Token]) -> list[int] | None:
    """The quotation state of each token; None where no token is a quotation mark."""
    start, end = paragraph[0].start, paragraph[-1].end
    if not _QUOTES.search(text, start, end) or not any(_QUOTES.match(token.text) for token in paragraph):
        return None
    states = quote_states(text[start:end]).tobytes()
    return [states[token.start - start] for token in paragraph]


class WordTagger:
    """The trained network; it holds no state between calls."""

    def __init__(self, folder: Path | None = None) -> None:
        """Of a folder, by default the fast model that comes with Parley; its files' hashes are checked."""
        folder = FOLDER / FAST_MODEL if folder is None else folder
        self.manifest = read_manifest(folder)
        self._session = load_session(folder / "words.onnx")
        self.vocabulary = Vocabulary((folder / "words.txt").read_text(encoding="utf-8").split("\n")[:-1])
        numbers = self.manifest["decoding"]
        self.bias = float(numbers["outside_bias"])
        slope, shift = numbers["calibration"]
        self.calibration = Scale(float(slope), float(shift))

    def attributions(
        self, text: str, paragraphs: Sequence[Sequence[Token]], *, names: Collection[str] = ()
    ) -> list[Attribution]:
        """All attributions of the paragraphs, each given by its tokens, in reading order."""
        paragraphs = [tokens for tokens in paragraphs if tokens]
        if not paragraphs:
            return []
        numbered = Numbered(self.vocabulary)
        for tokens in paragraphs:
            numbered.add(text, tokens, names)
        shares = self.shares(numbered)
        stops = [at for at, token in enumerate(numbered.rows) if token.text in _STOPS]
        found = [
            one for marked in _by_paragraph(best_runs(shares), numbered.places) for one in paired(marked, stops=stops)
        ]
        confidences = self._confidences(found, shares.max(axis=1))
        return [_attribution(*each, numbered.rows) for each in zip(found, confidences, strict=True)]

    def shares(self, numbered: Numbered) -> Floats:
        """The share of each label for each token [tokens + separators, labels], with the bias against `O`; a separator is outside."""
        (logits,) = self._session.run(None, numbered.arrays)
        logits[:, 0] -= self.bias
        shares = softmax(logits)
        shares[numbered.separators] = _OUTSIDE
        return shares

    def _confidences(self, found: Sequence[Paired], surest: Floats) -> list[float]:
        """Of the surest label's share at the places that decide: where the cue, the source and the contents begin."""
        if not found:
            return []
        begins = [[run[0] for run in (*([one.cue] if one.cue else []), *one.source, *one.content)] for one in found]
        counts = list(map(len, begins))
        firsts = [0, *accumulate(counts[:-1])]
        sums = np.add.reduceat(surest[list(chain.from_iterable(begins))], firsts)
        chances = sums / np.array(counts, dtype=np.float32)
        return list(map(self.calibration.share, chances.tolist()))


_OUTSIDE = np.eye(1, len(LABELS), dtype=np.float32)[0]


def _by_paragraph(marked: Sequence[Marked], places: Sequence[int]) -> Iterator[Sequence[Marked]]:
    """Runs in order, paragraph by paragraph; `places` is where each begins."""
    starts = [run[0] for _, run in marked]
    edges = [bisect_left(starts, place) for place in places]
    for first, last in pairwise([*edges, len(marked)]):
        if last > first:
            yield marked[first:last]


def _attribution(one: Paired, confidence: float, rows: Sequence[Token]) -> Attribution:
    def chars(parts: Sequence[Run]) -> tuple[tuple[int, int], ...]:
        return tuple([(rows[start].start, rows[end - 1].end) for start, end in sorted(parts)])

    return Attribution(chars(one.source), chars([one.cue] if one.cue else []), chars(one.content), confidence)
