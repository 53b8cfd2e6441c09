"""An article as the network sees it: word pieces with their signs, the names hidden, only the paragraphs asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from parley.annotate.clauses.signs import Signs
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.attribution.texts import Encoded, Ints, encode
from parley.annotate.statements.hidden_names import HiddenNames, hide, name_words
from parley.data import Reading


@dataclass(frozen=True, slots=True)
class Seen:
    """Word pieces, their features [tokens, 3 + 5], and the way back to the text."""

    coded: Encoded
    features: Ints
    hidden: HiddenNames

    def tokens(self, span: Pair) -> Pair:
        """The word pieces that a range of the text touches."""
        start, end = self.hidden.into(span)
        first = int(np.searchsorted(self.coded.ends, start, side="right"))
        return first, int(np.searchsorted(self.coded.starts, end, side="left"))


def seen(reading: Reading, paragraphs: Sequence[Pair], marks: Signs, tokenizer: Tokenizer) -> Seen:
    """The paragraphs, given as character ranges, with what `signs` says of their characters."""
    hidden = hide(reading.text, name_words(reading.text, (m.span.pair for m in reading.mentions)))
    coded = encode(hidden.text, blocks=[hidden.into(pair) for pair in paragraphs], tokenizer=tokenizer)
    places = np.array(hidden.starts, dtype=np.int64)[coded.starts] if len(coded.starts) else coded.starts
    return Seen(coded, np.concatenate((coded.features, marks[:, places].T.astype(np.int64)), axis=1), hidden)
