"""What a source is called: the name it turns on, several names joined, or its own words as a short description."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from parley.annotate.grammar import DETERMINERS, word_set
from parley.data import Basis, Mention, Span, Speaker
from parley.resolve import sources
from parley.resolve.cast import Cast, Known, plain, printed
from parley.resolve.sources import Source

_KIN = word_set("father mother wife husband brother sister son daughter widow uncle aunt lawyer doctor family")
_COUNTS = word_set("two three four five six seven eight nine ten several some many few more than at least about over")
_LINKS = word_set("of with to from in for by on at near about who which that close familiar")


class NamingRules(Cast):
    """The name of a source by the words that it is made of."""

    __slots__ = ()

    def _mention_in(self, source: Source) -> Mention | None:
        """Whom the source names: the mention that its first part turns on, else none."""
        inside = source.inside
        if not inside:
            return None
        first = inside[0]
        front = source.before(first).lower().split()
        if any(w in _LINKS for w in front):
            return None
        # "Our ally Calvera", "union boss Ed Tarn": the name right behind a noun is who is meant.
        beside = len(inside) > 1 and not source.between(first, inside[1]).strip(" \u00a0")
        if beside and first.name[:1].islower() and inside[1].name[:1].isupper():
            return inside[1]
        people = [m for m in inside if m.kind == "person" or self._is_named(m)]
        named = next((m for m in people if self._is_named(m)), None)
        if first.kind == "person":
            if named is not None and self._closes(source, named):
                return named
            beside = named is not None and not (set(source.between(first, named).lower().split()) & _LINKS)
            return named if beside else first
        # "A group of night workers, the Red Gloves": the name in the apposition is who is meant.
        later = next((m for m in inside[1:] if m.kind in ("organisation", "unknown")), None)
        comma = later is not None and "," in self.reading.text[first.span.end : later.span.start]
        if later is not None and comma and first.kind in ("group", "organisation") and first.name[:1].islower():
            return later
        owned = bool(people) and source.between(first, people[0]).strip(" \u00a0") in ("'s", "’s", "")
        return (named or people[0]) if people and owned and first.kind != "group" else first

    def _closes(self, source: Source, named: Mention) -> bool:
        """ "President of the Republic Nurzhan Bekmatov": the name ends the noun phrase, and hangs on no "for"."""
        front = source.before(named).lower().split()
        at_end = named.span.end - source.span.start >= len(source.first_part)
        return at_end and bool(front) and front[-1] not in _LINKS and not front[-1].endswith(("'s", "’s"))

    def _by_name(self, source: Source, mention: Mention) -> Speaker:
        name = self.letters.get(mention.name) or mention.name
        if mention.kind in ("person", "unknown"):
            name = self._fullest(name)
        detail = f"“{source.text}” is {name}, the fullest name in this article"
        known = self.persons.get(name, Known())
        role, side = mention.role or known.role, mention.side or known.side
        return Speaker(name, role=role, side=side, basis=Basis("name", detail, source.span))

    def _several(self, source: Source, joined: Sequence[Span]) -> Speaker:
        """Several speakers at once keep their own names, joined; the side is theirs where they share it."""
        found = [self._source(part) for part in joined]
        mentions = [self._mention_in(s) for s in found]
        names = [
            plain(m.name if m.kind != "group" else s.first_part) if m is not None else plain(s.first_part)
            for s, m in zip(found, mentions, strict=True)
        ]
        sides = {m.side if m is not None else None for m in mentions}
        return Speaker(
            sources.names_joined(names), side=sides.pop() if len(sides) == 1 else None, basis=printed(source.span)
        )

    def _is_name(self, source: Source) -> bool:
        """True for a paper's noun in a name: "the Washington Post"."""
        words = source.first_part.replace("’", "'").split()
        at = next((i for i, w in enumerate(words) if w.lower().removesuffix("'s") == source.head), 0)
        return at > 0 and words[at][0].isupper()

    def _as_printed(self, source: Source) -> Speaker:
        return Speaker(self._unnamed(source), basis=printed(source.span))

    def _unnamed(self, source: Source) -> str:
        """A short description of somebody whom the article does not name."""
        text = source.first_part
        if text.lower() == "one":
            return self._one_of_them(source) or text
        owner, mark, rest = text.replace("’", "'").partition("'s ")
        if mark and rest.lower() in _KIN:
            return f"{self._fullest(plain(owner).split()[-1])}'s {rest}"
        front, link, group = text.partition(" for the ")
        if link and group.lower() in sources.fighters() and source.inside[-1].side:
            return plain(f"{source.inside[-1].side} {plain(front)}")
        return _uncounted(plain(text)) or plain(source.text)

    def _one_of_them(self, source: Source) -> str | None:
        """ "Some drivers are tired. ... said one": a driver."""
        until = bisect_left(self.starts, source.span.start)
        groups = [
            m
            for m in self.outer[max(0, until - 8) : until]
            if m.kind == "group" and m.span.text.split()[-1].islower() and m.span.text.endswith("s")
        ]
        if not groups or self._paragraph(groups[-1].span) != self._paragraph(source.span):
            return None
        words = [w for w in plain(groups[-1].span.text).split() if w.lower() not in DETERMINERS]
        return " ".join(words).removesuffix("s") or None


def _uncounted(text: str) -> str:
    """ "Two participants", "more than 400 growers": participants, growers."""
    words = text.split()
    at = 0
    if words[:1] and words[0].lower() == "one" and len(words) > 1 and words[1] != "of":
        return " ".join(words[1:])
    while at < len(words) - 1 and (words[at].lower() in _COUNTS or (words[at][0].isdigit() and "-" not in words[at])):
        at += 1
    return " ".join(words[at:]) if at and words[-1].endswith("s") else text
