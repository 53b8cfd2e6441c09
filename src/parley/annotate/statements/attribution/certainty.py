"""How sure an attribution is: as sure as that there is one, that these are its words, and that this is who said them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parley.annotate.statements.attribution.spans import ROLE_LABELS
from parley.annotate.statements.attribution.texts import Floats, Ints

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Certainty:
    """A logistic curve over three log odds that the linker gives with a candidate; fitted, and kept in the manifest.

    The linker's own answer to "is this an attribution?" is the weightiest; alone it ranks right before wrong ones worse, since
    it says nothing of where content ends and whose it is.
    """

    attribution: float
    content: float
    source: float
    shift: float

    def shares(self, attributions: Shares, contents: Shares, sources: Shares) -> Shares:
        """The share of such attributions that are right in content and source.

        >>> Certainty(1.0, 0.0, 0.0, 0.0).shares(*np.array([[0.25, 0.5], [0.9, 0.9], [0.9, 0.9]])).round(3).tolist()
        [0.25, 0.5]
        """
        odds = (
            self.attribution * log_odds(attributions)
            + self.content * log_odds(contents)
            + self.source * log_odds(sources)
        )
        fitted: Shares = 1 / (1 + np.exp(-(odds + self.shift)))
        return fitted


def log_odds(shares: Shares) -> Shares:
    """The log odds of shares, kept within (0.001, 0.999)."""
    held = np.clip(shares, 0.001, 0.999)
    odds: Shares = np.log(held / (1 - held))
    return odds


def told(shares: Floats, paths: Ints, mask: Ints) -> tuple[Shares, Shares]:
    """For each candidate the mean share of the content labels where the path has content, and the same of the source; where
    it has no source, the chance that there is none. `shares` [rows, tokens, labels], `paths` and `mask` [rows, tokens].
    """
    contents, _ = _mean(shares, paths, "content")
    sources, named = _mean(shares, paths, "source")
    free = np.where(mask == 1, 1 - shares[:, :, list(ROLE_LABELS["source"])].sum(axis=2), 1.0)
    return contents, np.where(named, sources, free.prod(axis=1))


def _mean(shares: Floats, paths: Ints, role: str) -> tuple[Shares, npt.NDArray[np.bool_]]:
    """The mean share of a role's labels where a path has them, and whether it has any."""
    labelled = np.isin(paths, ROLE_LABELS[role])
    count = labelled.sum(axis=1)
    mean: Shares = (shares[:, :, list(ROLE_LABELS[role])].sum(axis=2) * labelled).sum(axis=1) / np.maximum(count, 1)
    return mean, count > 0
