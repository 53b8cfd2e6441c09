"""Everything Parley raises on purpose.

    ParleyError
      UsageError        the call itself is off: an unknown name, a bad option
        Overtaken       a row is not as it was when somebody looked at it: look again, and decide
      ReadError         a source could not be read; names file, record and place
        Remark          no failure: what is to be said of a source that was read
      FetchError        an address could not be fetched, or may not be
      CleanError        a page was read, and no article could be told from it
      StepError         a step of the pipeline could not get through an article; names both
      ModelMissing      a model folder is not there, or is not what its manifest says
      CodebookError     a codebook file breaks its own rules; names file and entry
      LedgerError       the ledger cannot be opened, or holds something it should not

Messages say what happened, where, and what to do. The library never prints and never exits; `cli` does.
"""

from __future__ import annotations


class ParleyError(Exception):
    """Base of all errors that Parley raises on purpose."""


class UsageError(ParleyError):
    """The call cannot be carried out as it was given."""


class Overtaken(UsageError):  # noqa: N818  (the name says what happened)
    """Somebody, or a build, has changed a row since the person who judges it looked at it; nothing was written."""


class ReadError(ParleyError):
    """A source, or one record of it, could not be read."""

    def __init__(self, message: str, *, file: str, record: str | None = None) -> None:
        where = file if record is None else f"{file}, {record}"
        super().__init__(f"{where}: {message}")
        self.told = message
        self.file = file
        self.record = record

    def __reduce__(self) -> tuple[object, ...]:
        """A worker may meet it, and hands it to its builder."""
        return _met, (type(self), self.told, self.file, self.record)


def _met(kind: type[ReadError], message: str, file: str, record: str | None) -> ReadError:
    return kind(message, file=file, record=record)


class Remark(ReadError):  # noqa: N818  (nothing went wrong)
    """Nothing failed: what a reader says of a source that it read, as how many parts were passed over and why."""


class FetchError(ParleyError):
    """An address could not be fetched, or may not be; `passing` where a later try may do better."""

    def __init__(self, message: str, *, url: str, passing: bool = False) -> None:
        super().__init__(f"{url[:200]}: {message}")
        self.told = message
        self.url = url
        self.passing = passing


class CleanError(ParleyError):
    """No article could be told from a page that was read."""


class StepError(ParleyError):
    """A step of the pipeline could not get through an article; the error it met is the cause."""

    def __init__(self, step: str, article: str, error: Exception) -> None:
        super().__init__(f"step {step!r} on article {article}: {type(error).__name__}: {error}")
        self.step = step
        self.article = article


class ModelMissing(ParleyError):  # noqa: N818  (the name says what is wrong)
    """A trained model is missing or differs from its manifest."""


class CodebookError(ParleyError):
    """A codebook file breaks the rules of its kind."""


class LedgerError(ParleyError):
    """A ledger cannot be opened, is of another version, or contradicts itself."""
