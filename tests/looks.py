"""An article of talks, read as far as the second look at its positions and events, and that look itself."""

from __future__ import annotations

from functools import cache

from parley.annotate.clauses.step import SecondLook
from parley.data import Reading
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text

TALKS = """Talks stall in Sarnov

SARNOV, 4 March 2031 - The government of Varland and the Lakes Front ended a second day of talks in Sarnov on Tuesday without a deal.

The Front would sit down again only if the army pulled its guns back from the river, its delegate Mira Olt said. She ruled out handing over the captives before that.

"Nobody will lay down his rifle for a piece of paper," Olt told reporters. The government has called for an end to the fighting and offered to free forty prisoners.

On Monday the army shelled two villages near Kesten, and the Front blew up a bridge. A convoy with flour and medicine reached the town of Orle in the evening.

The mediators from Ambrova want both sides back at the table next week. The Front said it was willing to come.
"""


@cache
def before(text: str) -> Reading:
    """A text as it is when the step gets it, by rule."""
    pipeline = Pipeline.make(Settings(profile="rules"), [s for s in STEPS if s.name != "clauses"])
    return pipeline.run(page_from_text(text))


@cache
def look() -> SecondLook:
    return SecondLook.load()
