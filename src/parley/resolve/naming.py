"""What a source is called: the name it turns on, several names joined, or its own words as a short description."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import ARTICLES, DETERMINERS, word_set
from parley.data import Basis, Mention, Span, Speaker
from parley.resolve import sources
from parley.resolve.cast import REMEMBERED, Cast, Known, is_body, plain, printed
from parley.resolve.sources import Source

_KIN = word_set("father mother wife husband brother sister son daughter widow uncle aunt lawyer doctor family")
_STATES = word_set("government administration regime junta side state authoritie delegation team")
_HOLDERS = word_set("nominee candidate host lawmaker moderator ally rival critic insider donor aide supporter veteran")
_BESIDE = 3
"""Words between a name and the person who is something there: "presidential nominee"."""
_OWNED = 2
"""Words between a land and the body that it owns: "Karsk's rebel"."""
_COUNTS = word_set("two three four five six seven eight nine ten several some many few more than at least about over")
_UNSAID = word_set("one another other them people")
_ONES = word_set("one of the a another other third second them people those")
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
        holder = next((m for m in reversed(inside) if self._is_named(m)), None)
        if holder is not None and self._behind_letters(source, holder):
            return holder
        front = source.before(first).lower().split()
        if any(w in _LINKS for w in front):
            return None
        # "Our ally Calvera", "union boss Ed Tarn": the name right behind a noun is who is meant.
        beside = len(inside) > 1 and not source.between(first, inside[1]).strip(" \u00a0")
        if beside and first.name[:1].islower() and inside[1].name[:1].isupper():
            return inside[1]
        closing = self._closing_body(source)
        if closing is not None:
            return closing
        owned_body = self._owned_body(source)
        if owned_body is not None:
            return owned_body
        people = [m for m in inside if m.kind == "person" or self._is_named(m)]
        named = next((m for m in people if self._is_named(m)), None)
        last = next((m for m in reversed(inside[1:]) if self._is_named(m)), None)
        if last is not None and self._ends_in(source, first, last):
            return last
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

    def _owned_body(self, source: Source) -> Mention | None:
        """The body of "Karsk's rebel Upland Front", which is a side of its own and speaks for itself."""
        land, *others = source.inside
        if land.kind not in ("government", "place") or not others:
            return None
        body = others[0]
        between = source.between(land, body).replace("’", "'").split()
        owned = land.span.text.endswith(("'s", "’s")) or between[:1] == ["'s"]
        own = body.name[:1].isupper() and body.span.text[0].isupper() and not self._is_named(body)
        if owned and own and len(between) <= 1 and body.kind in ("organisation", "unknown") and not _is_office(body):
            return body  # "Russia's Lukprom": a name of its own, behind nothing but the land
        side = body.side is not None and body.side != land.side
        return body if owned and side and body.kind == "organisation" and len(between) <= _OWNED else None

    def _closing_body(self, source: Source) -> Mention | None:
        """ "Russian gas giant Lukprom", "British rail union RMT": the body whose name ends a noun phrase that a land begins."""
        land, *others = source.inside
        if land.kind not in ("government", "place") or not others or land.name == land.span.text:
            return None
        body = others[-1]
        between = source.between(land, body).split()
        ends = body.span.end - source.span.start == len(source.first_part)
        plain_nouns = 0 < len(between) <= _BESIDE and all(w.isalpha() and w.islower() for w in between)
        return body if ends and plain_nouns and is_body(body) and _LINKS.isdisjoint(between) else None

    def _ends_in(self, source: Source, first: Mention, named: Mention) -> bool:
        """ "Liberal Party nominee Ada Tarn", "“Late Hour” host Ada Tarn": the name that the noun phrase ends in, behind a noun."""
        between = source.between(first, named).lower().strip(" \u00a0”\"’'").split()
        beside = bool(between) and len(between) <= _BESIDE and all(w.replace("-", "").isalpha() for w in between)
        return beside and _LINKS.isdisjoint(between) and "and" not in between and self._closes(source, named)

    def _behind_letters(self, source: Source, named: Mention) -> bool:
        """ "Office of the Adviser on Trade (OAT) Secretary Ada Tarn": her body is spelt out in front of her, and ends in its letters."""
        return source.before(named).rstrip(" \u00a0").endswith(")") and self._closes(source, named)

    def _only_beside(self, source: Source, mention: Mention) -> bool:
        """ "American law enforcement officials", "the party's nominee": the name tells of whom, and is not who speaks."""
        behind = source.first_part[max(0, mention.span.end - source.span.start) :].replace("’", "'")
        owns = behind.startswith("'s ") or mention.span.text.endswith(("'s", "’s"))
        words = behind.removeprefix("'s").split()
        if not words or source.head not in [w.lower() for w in words] or behind[:1] in "-—–":
            return False
        noun = source.head.removesuffix("s")
        if mention.kind == "government":
            other = mention.name != mention.span.text or owns
            return mention.span.text[:1].isupper() and noun not in _STATES and other
        return noun in _HOLDERS

    def _closes(self, source: Source, named: Mention) -> bool:
        """ "President of the Republic Nurzhan Bekmatov": the name ends the noun phrase, and hangs on no "for"."""
        front = source.before(named).lower().split()
        at_end = named.span.end - source.span.start >= len(source.first_part)
        return at_end and bool(front) and front[-1] not in _LINKS and not front[-1].endswith(("'s", "’s"))

    def _by_name(self, source: Source, mention: Mention) -> Speaker:
        name = self.letters.get(mention.name) or self._spelt_out(mention.name) or mention.name
        if source.words[0] == "the" and " " not in name:
            name = self._fuller_body(name, source.span.start)
        if mention.kind in ("person", "unknown") and not (source.words[0] in ARTICLES and " " in name):
            introduced = " " in name and sources.apposed(source) is mention
            name = name if introduced else self._fullest(name)
        detail = f"“{source.text}” is {name}, the fullest name in this article"
        known = self.persons.get(name, Known())
        role, side = mention.role or known.role, mention.side or known.side
        return Speaker(name, role=role, side=side, basis=Basis("name", detail, source.span))

    def _fuller_body(self, name: str, start: int) -> str:
        """ "The Observatory" is the last body before it that has the word in its name."""
        if not name[:1].isupper() or name.lower() not in words_of_class("role", "organisation"):
            return name
        until = bisect_left(self.starts, start)
        near = self.outer[max(0, until - REMEMBERED) : until]
        fuller = (m.name for m in reversed(near) if is_body(m) and " " in m.name and name in m.name.split())
        return next(fuller, name)

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
        words = text.lower().split()
        if words == ["one"] or (words[-1] in _UNSAID and set(words) <= _ONES):
            return self._one_of_them(source) or text
        if words[:2] == ["one", "of"] and len(words) > 3 and words[2] in DETERMINERS and words[3].endswith("s"):
            return " ".join([words[3].removesuffix("s"), *text.split()[4:]])  # "one of the officers"
        owner, mark, rest = text.replace("’", "'").partition("'s ")
        if mark and rest.lower() in _KIN:
            return f"{self._fullest(plain(owner).split()[-1])}'s {rest}"
        if (
            mark
            and rest
            and owner.strip()
            and owner.split()[-1][:1].isupper()
            and (adjective := self._adjective(plain(owner)))
        ):
            return f"{adjective} {rest}"
        front, link, group = text.partition(" for the ")
        if link and group.lower() in sources.fighters() and source.inside[-1].side:
            return plain(f"{source.inside[-1].side} {plain(front)}")
        return _uncounted(plain(text)) or plain(source.text)

    def _adjective(self, owner: str) -> str | None:
        """The word that the article has for what is a government's: "Calveran" for "Calvera's"."""
        if self.adjectives is None:
            self.adjectives = {}
            for mention in self.reading.mentions:
                word = mention.span.text
                made = mention.kind == "government" and mention.name != word and " " not in word
                if made and word.endswith(("n", "i", "ese", "ish", "ch")) and word[:2] == mention.name[:2]:
                    self.adjectives.setdefault(mention.name, word)
        return self.adjectives.get(owner)

    def _one_of_them(self, source: Source) -> str | None:
        """ "Some drivers are tired. ... said one": a driver."""
        until = bisect_left(self.starts, source.span.start)
        groups = [m for m in self.outer[max(0, until - 8) : until] if m.kind == "group" and _head_of(m)]
        if len(source.words) > 1:  # "the other", "one of the people": of those who spoke, not of whoever was counted
            spoke = [c.span for c in self.spoken[-4:]]
            groups = [m for m in groups if any(span.overlaps(m.span) for span in spoke)]
        if not groups or self._paragraph(groups[-1].span) != self._paragraph(source.span):
            return None
        words = [w for w in _uncounted(plain(groups[-1].span.text)).split() if w.lower() not in DETERMINERS]
        at = next((n for n, w in enumerate(words) if w.lower() in _LINKS), len(words))
        return " ".join([*words[: at - 1], words[at - 1].removesuffix("s"), *words[at:]]).lstrip() or None


def _is_office(body: Mention) -> bool:
    """ "Ministry of Commerce", "Supreme Court": what every land has, and whose name is none without the land's."""
    told = {w.lower() for w in body.name.split()}
    return not told.isdisjoint(words_of_class("role", "organisation"))


def _head_of(group: Mention) -> str:
    """The plural that a group turns on, printed small: "officials" of "officials at the ministry"."""
    words = group.span.text.split()
    at = next((n for n, w in enumerate(words) if w.lower() in _LINKS), len(words))
    head = words[at - 1] if at else ""
    if head[:1].isupper() and head.lower() not in words_of_class("role", "group"):
        return ""
    return head if head.endswith("s") and not head.endswith("ies") else ""


def _uncounted(text: str) -> str:
    """ "Two participants", "more than 400 growers": participants, growers."""
    words = text.split()
    at = 0
    if words[:1] and words[0].lower() == "one" and len(words) > 1 and words[1] != "of":
        return " ".join(words[1:])
    while at < len(words) - 1 and (words[at].lower() in _COUNTS or (words[at][0].isdigit() and "-" not in words[at])):
        at += 1
    return " ".join(words[at:]) if at and words[-1].endswith("s") else text
