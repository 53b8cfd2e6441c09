"""A bounded memory: the answers given lately, by what was asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")


class Lately(Generic[Asked, Answer]):
    """Keeps `size` answers, those used last; `functools.lru_cache` cannot take what computes the answer beside its key.

    >>> seen = Lately[str, int](2)
    >>> [seen.get(word, lambda word=word: len(word)) for word in ("one", "three", "one")], len(seen)
    ([3, 5, 3], 2)
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Asked, Answer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, asked: Asked, answer: Callable[[], Answer]) -> Answer:
        """The answer kept, or the one that `answer` gives now."""
        if asked in self._held:
            self._held.move_to_end(asked)
            return self._held[asked]
        found = answer()
        self._held[asked] = found
        if len(self._held) > self._size:
            self._held.popitem(last=False)
        return found
