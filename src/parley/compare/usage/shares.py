"""The arithmetic of shares: how sure one can be of them, and when two of them differ. Closed forms; no number is drawn but with a fixed seed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist

import numpy as np

FEWEST_MENTIONS, FEWEST_ARTICLES = 10, 3
"""Of fewer mentions, or in fewer articles, sentences are shown and no rates (product.md: "show examples, not rates")."""

SURE = 0.95
"""The share of cases in which an interval holds the true value."""

DRAWS = 200
"""Times that articles are drawn anew: the ends of an interval of a share then vary by a hundredth or two."""

SEED = 20310303
"""Where drawing begins, always: the same ledger gives the same intervals."""

_Z = NormalDist().inv_cdf(0.5 + SURE / 2)


def enough(mentions: int, articles: int) -> bool:
    """True where a rate may be told."""
    return mentions >= FEWEST_MENTIONS and articles >= FEWEST_ARTICLES


def wilson(n: int, of: int) -> tuple[float, float]:
    """Wilson's score interval (1927) for `n` of `of`.

    >>> [round(end, 3) for end in wilson(0, 10)]
    [0.0, 0.278]
    """
    if of <= 0:
        return 0.0, 1.0
    share, square = n / of, _Z * _Z / of
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * math.sqrt(share * (1 - share) / of + square / (4 * of))
    return (0.0 if n == 0 else max(0.0, middle - half)), (1.0 if n == of else min(1.0, middle + half))


def log_odds(mine: float, my_all: float, theirs: float, their_all: float, *, prior: float, all_prior: float) -> float:
    """How much more of `mine` is there in `my_all` than of `theirs` in `their_all`, as a difference of log-odds.

    `prior` mentions of `all_prior` are added to both, as Monroe, Colaresi and Quinn (2008, eq. 16) do: rare words are pulled
    towards how often everybody uses them.
    """
    one, two = mine + prior, theirs + prior
    return math.log(one / (my_all + all_prior - one)) - math.log(two / (their_all + all_prior - two))


def log_odds_variance(mine: float, theirs: float, *, prior: float) -> float:
    """The variance of that difference, were every mention on its own (eq. 20)."""
    return 1 / (mine + prior) + 1 / (theirs + prior)


def two_sided(z: float) -> float:
    """How often chance alone gives as large a difference, either way.

    >>> round(two_sided(1.96), 3)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def benjamini_hochberg(chances: Sequence[float]) -> list[float]:
    """The share of false alarms among all that are as unlikely or more so (Benjamini and Hochberg 1995), in the order given.

    >>> [round(q, 3) for q in benjamini_hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(chances)), key=lambda i: chances[i], reverse=True)
    out = [1.0] * len(chances)
    least = 1.0
    for passed, at in enumerate(order):
        least = min(least, chances[at] * len(chances) / (len(chances) - passed))
        out[at] = least
    return out


def drawn(articles: int, *, of: int | None = None, turn: int = 0) -> np.ndarray:
    """How often each of `of` articles comes when `articles` are drawn with repeats: a line for each of DRAWS draws.

    `turn` parts draws that must not be the same ones, such as two outlets'.
    """
    held = articles if of is None else of
    chosen = np.random.default_rng((SEED, turn)).integers(0, held, (DRAWS, articles))
    chosen += (
        np.arange(DRAWS)[:, None] * held
    )  # one count over all draws: ten times as fast as drawing from a multinomial
    return np.bincount(chosen.ravel(), minlength=DRAWS * held).reshape(DRAWS, held)


def middle(values: np.ndarray) -> tuple[float, float]:
    """Between which values SURE of them lie; undefined ones are left out."""
    known = np.sort(values[np.isfinite(values)])
    if not known.size:
        return 0.0, 1.0
    spare = int(known.size * (1 - SURE) / 2)
    return float(known[spare]), float(known[-1 - spare])


def by_article(parts: np.ndarray, wholes: np.ndarray) -> list[tuple[float, float]]:
    """The interval of each column's share when articles, not mentions, are drawn anew: what stands in one article leans together.

    A line of `parts` for each article, and of `wholes` what its counts are shares of.
    """
    weights = drawn(len(parts)).astype(float)
    whole = weights @ wholes
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(whole[:, None] > 0, weights @ parts / whole[:, None], np.nan)
    return [middle(column) for column in shares.T]


def table(pairs: Iterable[tuple[str, str, float]]) -> tuple[list[str], np.ndarray]:
    """Amounts by article and name as a table, a line for each article, with the names of its columns in order."""
    articles: dict[str, int] = {}
    known = [(articles.setdefault(article, len(articles)), name, amount) for article, name, amount in pairs]
    names = sorted({name for _, name, _ in known})
    columns = {name: n for n, name in enumerate(names)}
    filled = np.zeros((len(articles), len(names)))
    for line, name, amount in known:
        filled[line, columns[name]] += amount
    return names, filled


def by_name(pairs: Iterable[tuple[str, str, float]]) -> dict[str, tuple[float, float]]:
    """The interval of each name's share of all amounts, by article."""
    names, filled = table(pairs)
    return dict(zip(names, by_article(filled, filled.sum(axis=1)), strict=True))


def jensen_shannon(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The Jensen-Shannon distance of two namings, from 0 (alike) to 1 (no word in common); lines are compared one by one.

    >>> float(jensen_shannon(np.array([1.0, 0.0]), np.array([0.0, 1.0])))
    1.0
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        one = left / left.sum(axis=-1, keepdims=True)
        two = right / right.sum(axis=-1, keepdims=True)
        between = (one + two) / 2
        parts = [np.where(p > 0, p * np.log2(p / between), 0.0).sum(axis=-1) / 2 for p in (one, two)]
    distance: np.ndarray = np.sqrt(np.clip(parts[0] + parts[1], 0.0, 1.0))
    return distance


def rounded(ends: tuple[float, float]) -> list[float]:
    """An interval as it is shown."""
    return [round(end, 4) for end in ends]
