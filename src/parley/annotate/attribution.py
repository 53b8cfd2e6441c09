"""Plain text -> attributions: who is reported to have said what, as character spans.

Two small networks read an article. The *tagger* reads windows of whole paragraphs and marks words that may be cues
("said", "according to"). The *linker* then looks at each candidate cue alone, in its neighbourhood, and marks the
source and the content that belong to that cue; it may find no source, a content in several pieces, or answer that the
candidate is no attribution at all. Nothing here needs torch; the same encoding functions serve training, so that
what the model was taught is what it sees. How the files were made: `training/attribution/`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from parley.errors import ModelMissing

MODELS = Path(__file__).resolve().parent.parent / "models"
DEFAULT_MODEL = "attribution-en-20261121"
FAST_MODEL = "attribution-en-fast-20261121"

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
_ROLE_LABELS = {role: (LABELS.index(f"B-{role}"), LABELS.index(f"I-{role}")) for role in ROLES}
_CLS, _SEP = 101, 102

# Tokens of a window, [CLS] and [SEP] included. Attributions are local, and attention costs grow with the square.
WINDOW = 256
# Tokens that the linker sees around a cue. In PolNeAR's training part 95 of 100 attributions lie within; what sticks out
# is found by the tagger's labels.
LEFT, RIGHT = 40, 56
SPAN = LEFT + RIGHT

# Quote states, one per character.
OUTSIDE, INSIDE, OPENING, CLOSING, UNCLOSED, SINGLE = range(6)
# Word shapes, one per character.
LOWER, CAPITALISED, UPPER, NUMBER, PUNCTUATION = range(5)

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; spans are half-open character ranges of the text given, in reading order."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the networks see it: one row per word piece, with its place in the text."""

    ids: Ints
    features: Ints  # [tokens, 3]: quote state, word shape, first of its paragraph
    starts: Ints
    ends: Ints
    paragraphs: tuple[tuple[int, int], ...]  # token ranges


# ---------------------------------------------------------------- text -> features

_BLANK_LINES = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")
_LINES = re.compile(r"\s*\n\s*")
_WORD = re.compile(r"[^\W_]+")
_DOUBLE = re.compile(r"''|[\"“”„«»]")
# A single quotation mark opens before a word and after a gap; it closes after a word or a mark and before a gap.
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[^\s'])([^\n‘\"“]{1,300}?)(?<=[\w.,!?…])[’'](?![\w’'])")


def split_blocks(text: str) -> list[tuple[int, int]]:
    """Character ranges of the paragraphs: parted by blank lines, or by line ends where there are no blank lines."""
    gaps = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINES
    blocks = []
    start = 0
    for gap in gaps.finditer(text):
        blocks.append((start, gap.start()))
        start = gap.end()
    blocks.append((start, len(text)))
    return [block for block in blocks if text[slice(*block)].strip()]


def quote_states(text: str) -> npt.NDArray[np.int8]:
    """The quote state of each character of one paragraph; a stray mark spoils nothing outside of it.

    An opening mark without its partner makes the rest of the paragraph UNCLOSED: so begins each paragraph but the last
    of a long quotation, and so does a slip of the pen.
    """
    states = np.zeros(len(text), dtype=np.int8)
    for found in _SINGLE.finditer(text):
        states[found.start() : found.end()] = SINGLE
    opened: int | None = None
    for found in _DOUBLE.finditer(text):
        start, end = found.span()
        mark = found.group()
        if opened is None and mark != "”":
            opened = start
            states[start:end] = OPENING
        elif opened is not None and mark in "“„«" and mark != "''":
            # A second opening mark: a quotation inside the quotation, or one that was never closed.
            states[start:end] = INSIDE
        elif opened is not None:
            states[opened + len(mark) : start] = INSIDE
            states[start:end] = CLOSING
            opened = None
        else:
            states[start:end] = CLOSING
    if opened is not None:
        states[opened + 1 :] = UNCLOSED
    return states


def word_shapes(text: str) -> npt.NDArray[np.int8]:
    """The shape of the word that each character belongs to."""
    shapes = np.full(len(text), PUNCTUATION, dtype=np.int8)
    for found in _WORD.finditer(text):
        word = found.group()
        if word.islower():
            shape = LOWER
        elif word[0].isdigit():
            shape = NUMBER
        elif len(word) > 1 and word.isupper():
            shape = UPPER
        else:
            shape = CAPITALISED if word[0].isupper() else LOWER
        shapes[found.start() : found.end()] = shape
    return shapes


def encode(text: str, *, blocks: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> Encoded:
    """Word pieces and features of the given blocks; a block that holds no word piece is skipped."""
    ids: list[Ints] = []
    features: list[Ints] = []
    offsets: list[Ints] = []
    paragraphs = []
    total = 0
    pieces = [text[start:end] for start, end in blocks]
    for (start, _), piece, coded in zip(
        blocks, pieces, tokenizer.encode_batch(pieces, add_special_tokens=False), strict=True
    ):
        count = len(coded.ids)
        if not count:
            continue
        place = np.array(coded.offsets, dtype=np.int64)
        first = np.zeros(count, dtype=np.int64)
        first[0] = 1
        ids.append(np.array(coded.ids, dtype=np.int64))
        features.append(np.stack((quote_states(piece)[place[:, 0]], word_shapes(piece)[place[:, 0]], first), axis=1))
        offsets.append(place + start)
        paragraphs.append((total, total + count))
        total += count
    if not ids:
        nothing = np.zeros(0, dtype=np.int64)
        return Encoded(nothing, np.zeros((0, 3), dtype=np.int64), nothing, nothing, ())
    place = np.concatenate(offsets)
    return Encoded(np.concatenate(ids), np.concatenate(features), place[:, 0], place[:, 1], tuple(paragraphs))


def continued(coded: Encoded) -> npt.NDArray[np.bool_]:
    """Which word pieces go on with the word of the piece before; a span never begins or ends inside a word."""
    words = coded.features[:, 1] != PUNCTUATION
    glued = np.zeros(len(coded.ids), dtype=np.bool_)
    glued[1:] = (coded.starts[1:] == coded.ends[:-1]) & words[1:] & words[:-1]
    return glued


def windows(paragraphs: Iterable[tuple[int, int]], *, size: int = WINDOW) -> list[tuple[int, int]]:
    """Token ranges of at most `size - 2` tokens, packed with whole paragraphs; only a longer paragraph is cut."""
    room = size - 2
    packed: list[tuple[int, int]] = []
    for start, end in paragraphs:
        if packed and packed[-1][1] == start and end - packed[-1][0] <= room:
            packed[-1] = (packed[-1][0], end)
            continue
        packed.extend((at, min(at + room, end)) for at in range(start, end, room))
    return packed


# ---------------------------------------------------------------- network output -> spans


def softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def cue_candidates(shares: Floats, *, threshold: float) -> list[tuple[int, int]]:
    """Token ranges that may be a cue, from the tagger's shares [tokens, labels]; they never overlap.

    The threshold is low on purpose: the linker has the last word on whether a candidate is a cue.
    """
    begin, inside = shares[:, _ROLE_LABELS["cue"][0]], shares[:, _ROLE_LABELS["cue"][1]]
    starts = np.flatnonzero(begin >= threshold)
    taken = np.zeros(len(shares), dtype=bool)
    found = []
    for start in sorted(starts.tolist(), key=lambda at: (-float(begin[at]), at)):
        if taken[start]:
            continue
        end = start + 1
        while end < len(shares) and not taken[end] and inside[end] >= max(0.35, float(begin[end])):
            end += 1
        taken[start:end] = True
        found.append((start, end))
    return sorted(found)


def _forbidden() -> Floats:
    moves = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for begin, inside in _ROLE_LABELS.values():
        moves[:, inside] = -1e9
        moves[[begin, inside], inside] = 0.0
    return moves


_MOVES = _forbidden()
_FIRST = np.where(np.array([label.startswith("I-") for label in LABELS]), -1e9, 0.0).astype(np.float32)


def best_paths(scores: Floats) -> Ints:
    """The best label sequence of each row of scores [rows, tokens, labels], where an inside needs its begin."""
    rows, length, count = scores.shape
    back = np.zeros((length, rows, count), dtype=np.int64)
    best = scores[:, 0] + _FIRST
    for at in range(1, length):
        arrivals = best[:, :, None] + _MOVES
        back[at] = arrivals.argmax(axis=1)
        best = arrivals.max(axis=1) + scores[:, at]
    path = np.zeros((rows, length), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    every = np.arange(rows)
    for at in range(length - 1, 0, -1):
        path[:, at - 1] = back[at, every, path[:, at]]
    return path


def role_spans(path: Ints, role: str) -> list[tuple[int, int]]:
    """Ranges of one role in one label sequence."""
    begin, inside = _ROLE_LABELS[role]
    spans: list[tuple[int, int]] = []
    for at, label in enumerate(path.tolist()):
        if label == begin or (label == inside and not (spans and spans[-1][1] == at)):
            spans.append((at, at + 1))
        elif label == inside:
            spans[-1] = (spans[-1][0], at + 1)
    return spans


def neighbourhoods(hidden: Floats, cues: Sequence[tuple[int, int]]) -> tuple[Floats, Ints, Ints]:
    """What the linker sees: for each cue the hidden states around it, which of them are real, and which are the cue."""
    count = len(hidden)
    padded = np.zeros((count + SPAN, hidden.shape[1]), dtype=np.float32)
    padded[LEFT : LEFT + count] = hidden
    states = np.stack([padded[start : start + SPAN] for start, _ in cues])
    place = np.array([start for start, _ in cues])[:, None] - LEFT + np.arange(SPAN)[None]
    mask = ((place >= 0) & (place < count)).astype(np.int64)
    ends = np.array([end for _, end in cues])[:, None]
    marks = ((np.arange(SPAN)[None] >= LEFT) & (place < ends)).astype(np.int64)
    return states, mask, marks


# ---------------------------------------------------------------- the model


@dataclass(frozen=True, slots=True)
class Decoding:
    """The few numbers that turn the networks' answers into attributions; tuned, and kept in the manifest."""

    cue_threshold: float  # what the tagger must give a word for the linker to be asked
    threshold: float  # what the linker must give a candidate
    source_bonus: float  # added to the log share of source labels: an empty source is rarer than the linker thinks
    calibration: tuple[float, float]  # slope and shift from the linker's logit to `confidence`


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


def without_leading_that(text: str, one: Attribution) -> Attribution:
    """The attribution with a leading "that" taken off its contents, as the annotation guide wants it.

    The model is trained on PolNeAR, which counts the "that" as content.
    """
    content = []
    for start, end in one.content:
        lead = re.match(r"that\b,?\s*", text[start:end], re.IGNORECASE)
        content.append((start + lead.end(), end) if lead and lead.end() < end - start else (start, end))
    return replace(one, content=tuple(content))


class AttributionModel:
    """The trained model; one instance may be used by one thread at a time. It holds no state between calls."""

    def __init__(
        self, folder: Path, manifest: dict[str, Any], sessions: dict[str, onnxruntime.InferenceSession]
    ) -> None:
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
            (float(slope), float(shift)),
        )
        self._window = int(manifest["max_length"])

    @classmethod
    def load(cls, folder: Path | None = None) -> AttributionModel:
        """The model of a folder, by default the accurate one that comes with Parley; its files' hashes are checked."""
        folder = MODELS / DEFAULT_MODEL if folder is None else folder
        manifest = read_manifest(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        sessions = {
            name: onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("tagger.onnx", "linker.onnx")
        }
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

    def decoded(self, coded: Encoded, answers: Iterable[Answers]) -> list[Attribution]:
        """The answers as attributions of the text."""

        glued = continued(coded)

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

        return [
            Attribution(chars(one.source), chars(one.cue), chars(one.content), self._calibrated(one.confidence))
            for one in _settle([one for window in answers for one in links(window, self.decoding)])
        ]

    def _calibrated(self, confidence: float) -> float:
        slope, shift = self.decoding.calibration
        logit = np.log(confidence / (1 - confidence)) if 0 < confidence < 1 else (30.0 if confidence >= 1 else -30.0)
        return round(float(1 / (1 + np.exp(-(slope * logit + shift)))), 4)

    def read_window(self, coded: Encoded, window: tuple[int, int]) -> Answers | None:
        """What the two networks say about one window, before any decision; None where nothing looks like a cue."""
        start, end = window
        ids = np.concatenate(([_CLS], coded.ids[start:end], [_SEP]))[None]
        features = np.pad(coded.features[start:end], ((1, 1), (0, 0)))[None]
        logits, hidden = self._tagger.run(None, {"ids": ids, "features": features})
        cues = cue_candidates(softmax(logits[0, 1:-1]), threshold=self.decoding.cue_threshold)
        if not cues:
            return None
        states, mask, marks = neighbourhoods(hidden[0, 1:-1], cues)
        scores, valid = self._linker.run(None, {"states": states, "mask": mask, "marks": marks})
        labels = logits[0, 1:-1].argmax(axis=-1)
        return Answers(start, cues, scores, valid, mask, labels, coded.features[start:end, 0])


def links(answers: Answers, decoding: Decoding) -> Iterator[Linked]:
    """The linker's answers for the cues of one window as attributions, those below the threshold left out."""
    chances = 1 / (1 + np.exp(-answers.valid.astype(np.float64)))
    sure = np.flatnonzero(chances >= decoding.threshold)
    if not len(sure):
        return
    scores = np.log(softmax(answers.scores[sure]) + 1e-9)
    scores[:, :, list(_ROLE_LABELS["source"])] += decoding.source_bonus
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
        source, cue, content = ([(a + answers.start, b + answers.start) for a, b in spans[role]] for role in ROLES)
        yield Linked(source, cue, content, float(chances[at]))


def stretched(span: tuple[int, int], labels: Ints, quotes: Ints, *, seen: tuple[int, int]) -> tuple[int, int]:
    """A content that ends where the linker's view ends goes on as far as its quotation or the tagger's labels do."""
    begin, inside = _ROLE_LABELS["content"]
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


def load_tokenizer(path: Path) -> Tokenizer:
    """The word-piece tokenizer without cutting or padding; these are ours to do."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder, after each file it lists was compared with its hash."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise ModelMissing(
            f"no attribution model in {folder}: manifest.json is missing. "
            "Reinstall parley-ledger, or remake the model as training/attribution/README.md tells."
        )
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name, expected in manifest["files"].items():
        file = folder / name
        if not file.is_file():
            raise ModelMissing(
                f"the attribution model in {folder} is incomplete: {name} is missing. Reinstall parley-ledger."
            )
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest != expected["sha256"]:
            raise ModelMissing(
                f"{file} is not the file its manifest names: sha256 {digest}, expected {expected['sha256']}. "
                "Reinstall parley-ledger; if you trained the model yourself, export it again."
            )
    return manifest
