"""The accurate model: a tagger that marks candidates for cues, and a linker that finds what belongs to one cue.

Two small networks read an article. The *tagger* reads windows of whole paragraphs and marks words that may be cues
("said", "according to"). The *linker* then looks at each candidate cue alone, in its neighbourhood, and marks the
source and the content that belong to that cue; it may find no source, a content in several pieces, or answer that the
candidate is no attribution at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from parley.annotate.attribution.files import load_session, load_tokenizer, read_manifest
from parley.annotate.attribution.lately import Lately
from parley.annotate.attribution.spans import (
    LEFT,
    ROLE_LABELS,
    ROLES,
    SPAN,
    Attribution,
    best_paths,
    cue_candidates,
    neighbourhoods,
    role_spans,
    softmax,
)
from parley.annotate.attribution.texts import (
    CLOSING,
    INSIDE,
    OPENING,
    UNCLOSED,
    Encoded,
    Floats,
    Ints,
    continued,
    encode,
    split_blocks,
    windows,
)
from parley.annotate.clauses_model import ClauseModel, Marked
from parley.annotate.confidence import Scale
from parley.models import FOLDER

DEFAULT_MODEL = "attribution-en-20261122"
_CLS, _SEP = 101, 102
REMEMBERED = 400
"""Windows whose answers are kept, some twenty megabytes: those of about a hundred articles."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """The few numbers that turn the networks' answers into attributions; tuned, and kept in the manifest."""

    cue_threshold: float  # what the tagger must give a word for the linker to be asked
    threshold: float  # what the linker must give a candidate
    source_bonus: float  # added to the log share of source labels: an empty source is rarer than the linker thinks
    calibration: Scale  # from the linker's chance to `confidence`


@dataclass(frozen=True, slots=True)
class CueAnswers:
    """The networks' answers for the cues of one window."""

    cues: list[tuple[int, int]]
    scores: Floats
    valid: Floats
    mask: Ints
    labels: Ints
    quotes: Ints


@dataclass(frozen=True, slots=True)
class Answers:
    """The networks' answers for one window that begins at token `start` of the article."""

    start: int
    marked: list[Marked]
    linked: CueAnswers | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution in tokens of the article, before overlaps are settled."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A marked clause in the text's characters; `holders` are words with the share with which they name whose it is."""

    marked: Marked
    span: tuple[int, int]
    holders: tuple[tuple[tuple[int, int], float], ...]


LEAST_SHARE = 0.05
"""Words with a smaller share of the pointer's vote are not kept."""


def found_clause(marked: Marked, start: int, whole: WholeWords) -> FoundClause:
    """A clause of the window that begins at token `start`."""
    shares: dict[tuple[int, int], float] = {}
    for piece in np.flatnonzero(marked.holder >= LEAST_SHARE / 5).tolist():
        word = whole.widened((start + piece, start + piece + 1))
        shares[word] = shares.get(word, 0.0) + float(marked.holder[piece])
    kept = tuple((whole.chars([word])[0], share) for word, share in shares.items() if share >= LEAST_SHARE)
    [span] = whole.chars([(start + marked.start, start + marked.end)])
    return FoundClause(marked, span, kept)


def _settle(found: list[Linked]) -> list[Linked]:
    """Each word is content of one attribution at most: of two that claim mostly the same words, the surer stays."""
    kept: list[tuple[set[int], Linked]] = []
    for one in sorted(found, key=lambda one: (-one.confidence, one.cue)):
        words = {at for start, end in one.content for at in range(start, end)}
        if all(2 * len(words & other) < min(len(words), len(other)) for other, _ in kept):
            kept.append((words, one))
    return sorted((one for _, one in kept), key=lambda one: min(one.cue + one.content))


class AttributionModel:
    """The trained model; one instance may be used by one thread at a time.

    What it read lately it does not read again: paragraphs that many outlets print alike cost once. The answer is the same.
    """

    def __init__(
        self,
        folder: Path,
        manifest: dict[str, Any],
        sessions: dict[str, onnxruntime.InferenceSession],
        clauses: ClauseModel | None = None,
    ) -> None:
        self.clauses = clauses
        self.folder = folder
        self.manifest = manifest
        self._tagger = sessions["tagger.onnx"]
        self._linker = sessions["linker.onnx"]
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")
        numbers = manifest["decoding"]
        slope, shift = numbers["calibration"]
        self.decoding = Decoding(
            float(numbers["cue_threshold"]),
            float(numbers["threshold"]),
            float(numbers.get("source_bonus", 0.0)),
            Scale(float(slope), float(shift)),
        )
        self._window = int(manifest["max_length"])
        self._seen: Lately[tuple[bytes, bytes], tuple[list[Marked], CueAnswers | None]] = Lately(REMEMBERED)

    @classmethod
    def load(cls, folder: Path | None = None) -> AttributionModel:
        """The model of a folder, by default the accurate one that comes with Parley; its files' hashes are checked."""
        folder = FOLDER / DEFAULT_MODEL if folder is None else folder
        manifest = read_manifest(folder)
        sessions = {name: load_session(folder / name) for name in ("tagger.onnx", "linker.onnx")}
        clauses = ClauseModel.load(folder, manifest["clauses"]) if "clauses" in manifest else None
        return cls(folder, manifest, sessions, clauses)

    def attributions(self, text: str, *, blocks: Sequence[tuple[int, int]] | None = None) -> list[Attribution]:
        """All attributions of a text in reading order of their first words.

        `blocks` are the character ranges to read, title and paragraphs; without them the text is split on blank lines,
        or on line ends where it has no blank lines. A span never leaves its block's window. Each window is run by
        itself, so the answer does not depend on what else is being read.
        """
        blocks = split_blocks(text) if blocks is None else blocks
        coded = encode(text, blocks=blocks, tokenizer=self.tokenizer)
        return self.decoded(coded, self.read(coded))

    def read(self, coded: Encoded) -> list[Answers]:
        """The networks' answers, window by window."""
        asked = (self.read_window(coded, window) for window in windows(coded.paragraphs, size=self._window))
        return [answers for answers in asked if answers is not None]

    def decoded(self, coded: Encoded, answers: Iterable[Answers]) -> list[Attribution]:
        """The answers as attributions of the text."""
        whole = WholeWords.of(coded)
        linked = [
            one for window in answers if window.linked for one in links(window.linked, window.start, self.decoding)
        ]
        return [
            Attribution(
                whole.chars(one.source),
                whole.chars(one.cue),
                whole.chars(one.content),
                self.decoding.calibration.share(one.confidence),
            )
            for one in _settle(linked)
        ]

    def clauses_of(self, coded: Encoded, answers: Iterable[Answers]) -> list[FoundClause] | None:
        """The clauses that the answers mark, in the text's characters; None where the model looks for none."""
        if self.clauses is None:
            return None
        whole = WholeWords.of(coded)
        return [found_clause(one, window.start, whole) for window in answers for one in window.marked]

    def read_window(self, coded: Encoded, window: tuple[int, int]) -> Answers | None:
        """What the networks say about one window, before any decision; None where nothing looks like a cue or a clause."""
        start, end = window
        ids, features = coded.ids[start:end], coded.features[start:end]
        marked, linked = self._seen.get((ids.tobytes(), features.tobytes()), lambda: self._run(ids, features))
        return Answers(start, marked, linked) if marked or linked else None

    def _run(self, ids: Ints, features: Ints) -> tuple[list[Marked], CueAnswers | None]:
        inputs = {
            "ids": np.concatenate(([_CLS], ids, [_SEP]))[None],
            "features": np.pad(features, ((1, 1), (0, 0)))[None],
        }
        logits, hidden, *told = self._tagger.run(None, inputs)
        marked = self.clauses.read(told[0][0, 1:-1]) if self.clauses is not None else []
        cues = cue_candidates(softmax(logits[0, 1:-1]), threshold=self.decoding.cue_threshold)
        if not cues:
            return marked, None
        states, mask, marks = neighbourhoods(hidden[0, 1:-1], cues)
        scores, valid = self._linker.run(None, {"states": states, "mask": mask, "marks": marks})
        labels = logits[0, 1:-1].argmax(axis=-1)
        return marked, CueAnswers(cues, scores, valid, mask, labels, features[:, 0])


@dataclass(frozen=True, slots=True)
class WholeWords:
    """Ranges of word pieces as ranges of characters that never begin or end inside a word."""

    coded: Encoded
    glued: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, coded: Encoded) -> WholeWords:
        return cls(coded, continued(coded))

    def widened(self, span: tuple[int, int]) -> tuple[int, int]:
        """The word pieces of whole words."""
        start, end = span
        glued = self.glued
        while glued[start]:
            start -= 1
        while end < len(glued) and glued[end]:
            end += 1
        return start, end

    def chars(self, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Characters of whole words; ranges that share a word become one."""
        whole: list[tuple[int, int]] = []
        for start, end in map(self.widened, spans):
            if whole and start < whole[-1][1]:
                whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
            else:
                whole.append((start, end))
        return tuple((int(self.coded.starts[start]), int(self.coded.ends[end - 1])) for start, end in whole)


def links(answers: CueAnswers, at_token: int, decoding: Decoding) -> Iterator[Linked]:
    """The linker's answers for the cues of the window that begins at a token, as attributions; those below the threshold
    are left out."""
    chances = 1 / (1 + np.exp(-answers.valid.astype(np.float64)))
    sure = np.flatnonzero(chances >= decoding.threshold)
    if not len(sure):
        return
    scores = np.log(softmax(answers.scores[sure]) + 1e-9)
    scores[:, :, list(ROLE_LABELS["source"])] += decoding.source_bonus
    scores[:, :, 1:] += np.where(answers.mask[sure] == 1, 0.0, -1e9).astype(np.float32)[:, :, None]
    for path, at in zip(best_paths(scores), sure.tolist(), strict=True):
        start, end = answers.cues[at]
        shift = start - LEFT
        spans = {role: [(a + shift, b + shift) for a, b in role_spans(path, role)] for role in ROLES}
        if not spans["content"]:
            continue
        spans["content"] = [
            stretched(span, answers.labels, answers.quotes, seen=(shift, shift + SPAN)) for span in spans["content"]
        ]
        spans["cue"] = spans["cue"] or [(start, end)]
        source, cue, content = ([(a + at_token, b + at_token) for a, b in spans[role]] for role in ROLES)
        yield Linked(source, cue, content, float(chances[at]))


def stretched(span: tuple[int, int], labels: Ints, quotes: Ints, *, seen: tuple[int, int]) -> tuple[int, int]:
    """A content that ends where the linker's view ends goes on as far as its quotation or the tagger's labels do."""
    begin, inside = ROLE_LABELS["content"]
    start, end = span

    def quoted(left: int, right: int) -> bool:
        """Both words stand in one quotation."""
        return quotes[left] in (OPENING, INSIDE, UNCLOSED) and quotes[right] in (INSIDE, CLOSING, UNCLOSED)

    if start <= seen[0]:
        while start > 0 and (
            quoted(start - 1, start) or (labels[start] == inside and labels[start - 1] in (begin, inside))
        ):
            start -= 1
    if end >= seen[1]:
        while end < len(labels) and (quoted(end - 1, end) or labels[end] == inside):
            end += 1
    return start, end
