"""The whole journey of one article on one screen: STEPS, and `run`.

A step is a plain `(Reading) -> Reading`, or a small object with `__call__` where it holds a codebook or a model.
Each says what it needs and what it adds; a wrong order fails when the pipeline is made, not at article 4,000.
Adding a step = one file, one line in STEPS, one folder of golden files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import Path

from parley._version import __version__
from parley.clean.capitals import as_printed, likeness
from parley.codebooks import Codebook, load_codebook
from parley.data import Article, Position, Profile, RawPage, Reading, row_id
from parley.errors import ParleyError, StepError
from parley.models import shipped

Annotator = Callable[[Reading], Reading]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made with: the codebook, reference series, and what the user said about the sources.

    `date` and `outlet` are the user's word for articles that do not say; `series` are paths as `FILE[:COLUMN]`.
    """

    profile: Profile = "accurate"
    codebook: Codebook = field(default_factory=load_codebook)
    series: tuple[str, ...] = ()
    date: str | None = None
    outlet: str | None = None

    @property
    def fingerprint(self) -> str:
        """Changes when anything changes that could change a row; an article read under the same one is not read again."""
        read_with = (__version__, shipped(), self.profile, self.codebook.sha256)
        return row_id("fp", *read_with, tuple(map(_contents, self.series)), self.date, self.outlet)


def _contents(series: str) -> tuple[str, str]:
    """A series by what its file holds, so that a corrected file counts and its place does not."""
    path = next((p for p in (Path(series), Path(series.rpartition(":")[0])) if p.is_file()), None)
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path else ""
    return Path(series).name, digest


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the journey: `make(settings)` in `module` gives the annotator."""

    name: str
    module: str
    needs: tuple[str, ...]
    adds: tuple[str, ...]

    def make(self, settings: Settings) -> Annotator:
        annotator: Annotator = import_module(self.module).make(settings)
        return annotator


STEPS: tuple[Step, ...] = (
    Step("clean", "parley.clean.article", needs=(), adds=("article",)),
    Step("sentences", "parley.clean.sentences", needs=("article",), adds=("sentences", "quotations")),
    Step("capitals", "parley.clean.capitals", needs=("article", "sentences"), adds=("capitals",)),
    Step("publication", "parley.dates.publication", needs=("article", "sentences"), adds=("published", "dates")),
    Step("mentions", "parley.annotate.mentions", needs=("sentences",), adds=("mentions",)),
    Step("parties", "parley.annotate.parties.step", needs=("sentences", "mentions"), adds=("parties",)),
    Step(
        "statements",
        "parley.annotate.statements.step",
        needs=("sentences", "quotations", "mentions"),
        adds=("statements",),
    ),
    Step("speakers", "parley.resolve.speakers", needs=("statements", "mentions", "dates"), adds=("speakers",)),
    Step(
        "allegiance",
        "parley.annotate.allegiance.step",
        needs=("statements", "speakers", "mentions"),
        adds=("allegiance",),
    ),
    Step(
        "figures",
        "parley.annotate.figures.step",
        needs=("statements", "speakers", "mentions", "dates"),
        adds=("figures",),
    ),
    Step(
        "positions", "parley.annotate.positions.step", needs=("statements", "speakers", "mentions"), adds=("positions",)
    ),
    Step("events", "parley.annotate.events.step", needs=("statements", "mentions", "dates"), adds=("events",)),
    Step("wording", "parley.annotate.wording", needs=("statements", "quotations"), adds=("wording",)),
    Step("confidence", "parley.annotate.confidence", needs=("statements",), adds=("confidence",)),
    Step("clauses", "parley.annotate.clauses.step", needs=("positions", "events", "confidence"), adds=("clauses",)),
)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The steps, made ready once and used for every article."""

    settings: Settings
    annotators: tuple[tuple[Step, Annotator], ...]

    @classmethod
    def make(cls, settings: Settings, steps: Iterable[Step] = STEPS) -> Pipeline:
        """Make every step ready; raises ParleyError where a step needs what no earlier one adds."""
        have: set[str] = set()
        ready: list[tuple[Step, Annotator]] = []
        for step in steps:
            missing = [n for n in step.needs if n not in have]
            if missing:
                raise ParleyError(
                    f"step {step.name!r} needs {', '.join(missing)}, which no step before it adds"
                    f" (before it: {', '.join(s.name for s, _ in ready) or 'none'}); put the step that adds it first"
                )
            have.update(step.adds)
            ready.append((step, step.make(settings)))
        return cls(settings, tuple(ready))

    def run(self, page: RawPage, *, at: Callable[[str], None] | None = None) -> Reading:
        """Read one page through every step; StepError names the step that could not, and the article.

        `at` is told the name of each step before it begins.
        """
        seen = likeness(page, self.settings.codebook)
        article = Article(id=page.id, file=page.file, source_id=page.source_id, sha256=page.sha256, text=seen.text)
        reading = Reading(page=seen, article=article)
        for step, annotate in self.annotators:
            if at is not None:
                at(step.name)
            try:
                reading = annotate(reading)
            except Exception as error:
                raise StepError(step.name, article.id, error) from error
        reading = replace(reading, done=frozenset(step.name for step, _ in self.annotators))
        return as_printed(reading, page)


def analyse(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    profile: Profile = "accurate",
    codebook: Codebook | str | None = None,
    series: Iterable[str] = (),
) -> Reading:
    """Read one article given as text: everything Parley finds in it, each finding with its span in `text`.

    `published` is its ISO date where the caller knows it. The text is taken as it is; junk lines are welcome.
    """
    from parley.read.text import page_from_text

    book = codebook if isinstance(codebook, Codebook) else load_codebook(*([codebook] if codebook else []))
    settings = Settings(profile=profile, codebook=book, series=tuple(series))
    page = page_from_text(text, published=published, title=title, outlet=outlet, url=url, language=language)
    return Pipeline.make(settings).run(page)


def find_positions(text: str, *, codebook: Codebook | str | None = None) -> list[Position]:
    """What a sentence or a passage says that each side wants, offers or refuses; spans count in `text`.

    >>> [(p.party, p.issue, p.stance) for p in find_positions("Egypt rejected the proposal on Monday.")]
    [('Egypt', 'deal', 'rejects')]
    """
    from parley.read.text import page_from_text

    book = codebook if isinstance(codebook, Codebook) else load_codebook(*([codebook] if codebook else []))
    return list(_to_positions(book).run(page_from_text(text)).positions)


@cache
def _to_positions(codebook: Codebook) -> Pipeline:
    """The steps that positions rest on, and no other; by rule, as a single sentence is no place for a model to warm up."""
    needed = [s for s in STEPS if s.name not in ("figures", "events", "clauses", "wording")]
    return Pipeline.make(Settings(profile="rules", codebook=codebook), needed)
