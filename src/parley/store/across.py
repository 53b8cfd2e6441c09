"""What a ledger answers across articles: each question has its module in `compare/`, and is asked here.

Every answer is a list of dicts, in the shape that `parley show NAME --format json` prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from parley.store.rows import Row

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


REFRESHED = "refreshed"
"""Where it is noted when judged rows were last compared: whoever keeps answers sees by it that they are old."""


class Across:
    """The questions across articles that a ledger can be asked."""

    def copies(self, **asked: Any) -> list[Row]:
        """Articles that share text: which of them had it first, where that can be told, and where the passages stand."""
        return self._asked("copies", asked)

    def utterances(self, **asked: Any) -> list[Row]:
        """What one speaker said on one occasion, with every outlet's rendering and the words that differ."""
        return self._asked("utterances", asked)

    def series(self, **asked: Any) -> list[Row]:
        """Figures of one thing by one claimant over time, and where claimants disagree."""
        return self._asked("series", asked)

    def matrix(self, **asked: Any) -> list[Row]:
        """What each party wants on each issue, at a date (`at`, an ISO date) or now."""
        return self._asked("matrix", asked)

    def shifts(self, **asked: Any) -> list[Row]:
        """Positions that moved."""
        return self._asked("shifts", asked)

    def timeline(self, **asked: Any) -> list[Row]:
        """Events of all articles, each once with all its tellings."""
        return self._asked("timeline", asked)

    def wording_shares(self, **asked: Any) -> list[Row]:
        """How often outlets use which label for whom, with intervals."""
        return self._asked("wording", asked)

    def naming(self, **asked: Any) -> list[Row]:
        """How far apart every two outlets are in naming a thing."""
        return self._asked("naming", asked)

    def doubt(self, **asked: Any) -> list[Row]:
        """How often outlets print whose words with verbs that doubt them, or that take them for true."""
        return self._asked("doubt", asked)

    def heard(self, **asked: Any) -> list[Row]:
        """Whom outlets let speak, how much and how early."""
        return self._asked("heard", asked)

    def passives(self, **asked: Any) -> list[Row]:
        """How often nobody is said to have done it where people were killed or hurt, by their side."""
        return self._asked("passives", asked)

    def missing(self, **asked: Any) -> list[Row]:
        """What other outlets carry and one `outlet` does not."""
        return self._asked("missing", asked)

    def disagreements(self, **asked: Any) -> list[Row]:
        """What to look at first: accounts that cannot both stand."""
        return self._asked("disagreements", asked)

    def actor_facts(self, *, name: str | None = None, side: str | None = None) -> list[Row]:
        """Who somebody is as articles tell it: names and why, roles and sides over time, statements, whom they meet."""
        from parley.compare.actor_facts import read

        return read(cast("Ledger", self), name=name, side=side)

    def refresh(self) -> None:
        """Compare anew what was judged or has come since the last build, and note that it was done."""
        from datetime import UTC, datetime

        from parley.compare.refresh import refresh

        refresh(cast("Ledger", self))
        cast("Ledger", self).note(REFRESHED, datetime.now(UTC).isoformat())

    def _asked(self, name: str, asked: dict[str, Any]) -> list[Row]:
        from parley.compare.registry import ask  # the one place where the ledger knows who compares

        return ask(cast("Ledger", self), name, asked)
