"""Text -> what the networks see of it: word pieces with their quotation state and shape, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Tokens of a window, [CLS] and [SEP] included. Attributions are local, and attention costs grow with the square.
WINDOW = 256

# Quote states, one per character.
OUTSIDE, INSIDE, OPENING, CLOSING, UNCLOSED, SINGLE = range(6)
# Word shapes, one per character.
LOWER, CAPITALISED, UPPER, NUMBER, PUNCTUATION = range(5)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the networks see it: one row per word piece, with its place in the text."""

    ids: Ints
    features: Ints  # [tokens, 3]: quote state, word shape, first of its paragraph
    starts: Ints
    ends: Ints
    paragraphs: tuple[tuple[int, int], ...]  # token ranges


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
        shapes[found.start() : found.end()] = _shape(found.group())
    return shapes


def shape_of(token: str) -> int:
    """The shape of the word that a token begins with.

    >>> [shape_of(token) == shape for token, shape in (("U.S.-backed", CAPITALISED), ("“", PUNCTUATION), ("45", NUMBER))]
    [True, True, True]
    """
    found = _WORD.match(token)
    return _shape(found.group()) if found else PUNCTUATION


def _shape(word: str) -> int:
    if word.islower():
        return LOWER
    if word[0].isdigit():
        return NUMBER
    if len(word) > 1 and word.isupper():
        return UPPER
    return CAPITALISED if word[0].isupper() else LOWER


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


def continued(coded: Encoded) -> Bools:
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
