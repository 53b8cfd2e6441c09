"""What a comparison is made of. Each lives in a module of its own, listed in `registry.py`; docs/compare.md shows how to add one.

A `Comparison` is two pure functions: `items` says what one article brings to which blocks, and `results` what comes of the
items of one block. A `Question` is how a person asks for it: `parley show NAME`, and the method of the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from parley.compare.copying.independent import Carried, Pair, Place, carried
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

Row: TypeAlias = dict[str, Any]


_folded = lru_cache(maxsize=50_000)(fold)
"""Names are looked up again and again, by every comparison."""


class Who(NamedTuple):
    """Whom a printed name means. `key` is the actor's id where that is judged (`known`), else the folded name."""

    key: str
    name: str
    side: str | None
    known: bool


class Head(NamedTuple):
    """What is asked of an article beside its rows. `published` and `latest` bound its day; either may be a month or a year."""

    id: str
    source_id: str
    place: str
    title: str | None
    outlet: str | None
    published: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells: its rows in the shape of the export, in the order of the text."""

    article: Row
    text: str
    statements: Sequence[Row] = ()
    figures: Sequence[Row] = ()
    positions: Sequence[Row] = ()
    events: Sequence[Row] = ()
    wording: Sequence[Row] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    referents: str = ""
    """The things and words that a user's codebook adds to those looked for, as `Codebook.referents` holds them."""

    @property
    def id(self) -> str:
        return str(self.article["id"])

    def who(self, name: str) -> Who:
        """Whom a name means in this article, as a speaker, claimant, party or actor of an event."""
        folded = _folded(name)
        meant = self.names.get(folded)
        if meant is None:
            return Who(folded, name, None, known=False)
        id, full, side = meant.split("\t")
        return Who(id, full, side or None, known=True)

    def speaker(self, statement: Row) -> Who | None:
        """Whom a statement's speaker means; the side is the one that the article gives, where it gives one."""
        said = statement["speaker"]
        if said is None:
            return None
        who = self.who(said["name"])
        known = bool(said["id"])
        return Who(said["id"] or who.key, who.name if who.known else said["name"], said["side"] or who.side, known)


@dataclass(frozen=True)
class Pile:
    """What the ledger knows of the articles of some blocks beside the items: their heads, and which of them share text."""

    heads: Mapping[str, Head]
    pairs: Mapping[str, Sequence[Pair]] = field(default_factory=dict)
    referents: str = ""
    """As in `Told`."""

    @cached_property
    def copied(self) -> Mapping[str, Sequence[tuple[str, bool, Pair]]]:
        """By article, the earlier ones that share text with it, each with the side of the pair on which it stands itself."""
        order = {id: (head.published or "~", head.place) for id, head in self.heads.items()}
        earlier: dict[str, list[tuple[str, bool, Pair]]] = defaultdict(list)
        for pair in chain.from_iterable(self.pairs.values()):
            if pair.left == pair.right or not (pair.left in order and pair.right in order):
                continue
            if order[pair.left] < order[pair.right]:
                earlier[pair.right].append((pair.left, True, pair))
            else:
                earlier[pair.left].append((pair.right, False, pair))
        return earlier

    def head(self, article: str) -> Head:
        """An article's head."""
        return self.heads[article]

    def outlet(self, article: str) -> str | None:
        """The outlet that printed an article, None where that is not known."""
        return self.heads[article].outlet

    def independent(self, where: Iterable[Place]) -> Carried:
        """How many outlets carry something, and how many of them by themselves.

        `where` holds article ids, or `(article, start, stop)` where it stands at those characters: an article that copies one
        passage and reports the rest itself is a copy there only.
        """
        return carried(where, self.heads, self.pairs)


@dataclass(frozen=True, slots=True)
class Found:
    """One result of a block.

    `row` is what is shown, less `row` and `id`, which the store puts in front. `rests` are the ids of the rows that it rests on;
    results of one block that rest on the same rows need a `key` to tell them apart. `weight` ranks (more comes first), `date` is
    an ISO date, for asking up to a day.
    """

    kind: str
    row: Row
    rests: Sequence[str]
    key: str = ""
    date: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one article brings to which blocks, and what comes of a block.

    Both functions are pure: `items` knows one article, `results` one block, its items in the order of articles whatever order
    they came in, each with `article`. Items are JSON. `version` changes with the rules: then everything is compared anew.
    """

    name: str
    version: str
    items: Callable[[Told], Iterable[tuple[str, Row]]]
    results: Callable[[str, Sequence[Row], Pile], Iterable[Found]]


Cells: TypeAlias = Callable[[Row], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked across articles.

    `read` takes the ledger and the options named in `asks`, which must be options of `parley show`. `cells` gives one result as
    texts below `headings`, `cites` the ids of the rows whose sentences stand under it, at most a few.
    What is `exported` can be asked without options.
    """

    name: str
    row: str
    read: Callable[..., list[Row]]
    headings: tuple[str, ...]
    cells: Cells
    asks: tuple[str, ...] = ()
    cites: Callable[[Row], Iterable[str]] = lambda row: row["rows"]
    exported: bool = True


def stored(kind: str) -> Callable[..., list[Row]]:
    """A `read` that gives what comparing found of one kind, the weightiest first."""

    def read(ledger: Ledger) -> list[Row]:
        return ledger.found(kind)

    return read
