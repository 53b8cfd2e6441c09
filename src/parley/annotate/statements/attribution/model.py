"""The accurate model: a tagger that marks candidates for cues, and a linker that finds what belongs to one cue.

Two small networks read an article. The *tagger* reads windows of whole paragraphs and marks words that may be cues
("said", "according to"). The *linker* then looks at each candidate cue alone, in its neighbourhood, and marks the
source and the content that belong to that cue; it may find no source, a content in several pieces, or answer that the
candidate is no attribution at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from parley.annotate.statements.attribution.certainty import Certainty, told
from parley.annotate.statements.attribution.files import load_session, load_tokenizer, read_manifest
from parley.annotate.statements.attribution.lately import Lately
from parley.annotate.statements.attribution.spans import (
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
from parley.annotate.statements.attribution.texts import (
    CLOSING,
    INSIDE,
    OPENING,
    UNCLOSED,
    Bools,
    Encoded,
    Floats,
    Ints,
    continued,
    encode,
    split_blocks,
    windows,
)
from parley.models import FOLDER

DEFAULT_MODEL = "attribution-en-20261122b"
_CLS, _SEP = 101, 102
REMEMBERED = 400
"""Windows whose answers are kept, some twenty megabytes: those of about a hundred articles."""
_HOPELESS = -1.4
"""A candidate whose log odds are less (a chance of one in five) is none, however sure its words are."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """The few numbers that turn the networks' answers into attributions; tuned, and kept in the manifest."""

    cue_threshold: float  # what the tagger must give a word for the linker to be asked
    threshold: float  # the least confidence of an attribution
    source_bonus: float  # added to the log share of source labels: an empty source is rarer than the linker thinks
    certainty: Certainty  # from the linker's answers to `confidence`


@dataclass(frozen=True, slots=True)
class Answers:
    """The networks' answers for one window that begins at token `start` of the article."""

    start: int
    cues: list[tuple[int, int]]
    scores: Floats
    valid: Floats
    mask: Ints
    labels: Ints
    quotes: Ints


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution in tokens of the article, before overlaps are settled."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]
    confidence: float


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
        self, folder: Path, manifest: dict[str, Any], sessions: dict[str, onnxruntime.InferenceSession]
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self._tagger = sessions["tagger.onnx"]
        self._linker = sessions["linker.onnx"]
        self.tokenizer = load_tokenizer((folder / "tokenizer.json").resolve())
        numbers = manifest["decoding"]
        self.decoding = Decoding(
            float(numbers["cue_threshold"]),
            float(numbers["threshold"]),
            float(numbers["source_bonus"]),
            Certainty(**{name: float(value) for name, value in numbers["certainty"].items()}),
        )
        self._window = int(manifest["max_length"])
        self._seen: Lately[tuple[bytes, bytes], Answers | None] = Lately(REMEMBERED)

    @classmethod
    def load(cls, folder: Path | None = None) -> AttributionModel:
        """The model of a folder, by default the accurate one that comes with Parley; its files' hashes are checked."""
        folder = FOLDER / DEFAULT_MODEL if folder is None else folder
        manifest = read_manifest(folder)
        sessions = {name: load_session(folder / name) for name in ("tagger.onnx", "linker.onnx")}
        return cls(folder, manifest, sessions)

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

    def decoded(self, coded: Encoded, answers: Sequence[Answers]) -> list[Attribution]:
        """The answers as attributions of the text."""
        found = _settle(list(links(answers, self.decoding)))
        glued = continued(coded)
        return [in_characters(coded, glued, one) for one in found]

    def read_window(self, coded: Encoded, window: tuple[int, int]) -> Answers | None:
        """What the two networks say about one window, before any decision; None where nothing looks like a cue."""
        start, end = window
        ids, features = coded.ids[start:end], coded.features[start:end]
        answers = self._seen.get((ids.tobytes(), features.tobytes()), lambda: self._run(ids, features))
        return None if answers is None else replace(answers, start=start)

    def _run(self, ids: Ints, features: Ints) -> Answers | None:
        """The answers for a window that begins at token 0."""
        inputs = {
            "ids": np.concatenate(([_CLS], ids, [_SEP]))[None],
            "features": np.pad(features, ((1, 1), (0, 0)))[None],
        }
        logits, hidden = self._tagger.run(None, inputs)
        cues = cue_candidates(softmax(logits[0, 1:-1]), threshold=self.decoding.cue_threshold)
        if not cues:
            return None
        states, mask, marks = neighbourhoods(hidden[0, 1:-1], cues)
        scores, valid = self._linker.run(None, {"states": states, "mask": mask, "marks": marks})
        labels = logits[0, 1:-1].argmax(axis=-1)
        return Answers(0, cues, scores, valid, mask, labels, features[:, 0])


def in_characters(coded: Encoded, glued: Bools, found: Linked) -> Attribution:
    """An attribution of word pieces as one of characters; `glued` tells which pieces go on with a word (`continued`)."""

    def chars(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        whole: list[tuple[int, int]] = []
        for start, end in spans:
            while glued[start]:
                start -= 1
            while end < len(glued) and glued[end]:
                end += 1
            if whole and start < whole[-1][1]:
                whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
            else:
                whole.append((start, end))
        return tuple((int(coded.starts[start]), int(coded.ends[end - 1])) for start, end in whole)

    return Attribution(chars(found.source), chars(found.cue), chars(found.content), round(found.confidence, 4))


def links(answers: Sequence[Answers], decoding: Decoding) -> Iterator[Linked]:
    """The linker's answers for the cues of an article's windows as attributions, those below the threshold left out.

    All windows are looked at together, since searching for labels takes as long for many candidates as for one.
    """
    asked = [(window, at) for window in answers for at in np.flatnonzero(window.valid >= _HOPELESS).tolist()]
    if not asked:
        return
    shares = softmax(np.stack([window.scores[at] for window, at in asked]))
    mask = np.stack([window.mask[at] for window, at in asked])
    chances = 1 / (1 + np.exp(-np.array([window.valid[at] for window, at in asked], dtype=np.float64)))
    paths = label_paths(shares, mask, source_bonus=decoding.source_bonus)
    sure = decoding.certainty.shares(chances, *told(shares, paths, mask))
    for (window, at), path, confidence in zip(asked, paths, sure.tolist(), strict=True):
        if confidence >= decoding.threshold:
            yield from _linked(window, window.cues[at], path, confidence)


def _linked(window: Answers, candidate: tuple[int, int], path: Ints, confidence: float) -> Iterator[Linked]:
    """The attribution of one candidate; none where the path has no content."""
    shift = candidate[0] - LEFT
    spans = {role: [(a + shift, b + shift) for a, b in role_spans(path, role)] for role in ROLES}
    if not spans["content"]:
        return
    seen = (shift, shift + SPAN)
    spans["content"] = [stretched(span, window.labels, window.quotes, seen=seen) for span in spans["content"]]
    spans["cue"] = spans["cue"] or [candidate]
    source, cue, content = ([(a + window.start, b + window.start) for a, b in spans[role]] for role in ROLES)
    yield Linked(source, cue, content, confidence)


def label_paths(shares: Floats, mask: Ints, *, source_bonus: float) -> Ints:
    """The labels of each candidate's neighbourhood; where there is no word, no label."""
    scores = np.log(shares + 1e-9)
    scores[:, :, list(ROLE_LABELS["source"])] += source_bonus
    scores[:, :, 1:] += np.where(mask == 1, 0.0, -1e9).astype(np.float32)[:, :, None]
    return best_paths(scores)


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
