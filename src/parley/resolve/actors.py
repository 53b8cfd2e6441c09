"""Linking names to actors over a whole ledger: who "Melk", "O. Melk" and "Oran Melck" are.

A pure function of the names printed and of the codebook, so the order of articles changes nothing. Each link is a
judgement with its rule and reason, kept beside the rows; what cannot be told is `unsure`, and two people who share a
surname stay two. Names are only held against each other where they share a block (`blocks.py`), so the work grows with the
number of names and not with its square.

A name means the same in all articles, or where that depends on the article (an office and its day, a surname and the role
told there) has a link of its own for each: `judgements.in_article`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, Literal

from parley.annotate.language.names import normalise
from parley.codebooks import Codebook
from parley.data import Actor, Link
from parley.resolve import organs, personal
from parley.resolve.blocks import (
    BODIES,
    Candidate,
    Entity,
    Name,
    Registry,
    Use,
    entities,
    forms,
    most_used,
    office_terms,
)
from parley.resolve.holders import Owners, holder, joined
from parley.resolve.judgements import in_article
from parley.resolve.names import Likeness
from parley.resolve.offices import may_be_one, one_office
from parley.resolve.organs import folded
from parley.resolve.personal import POSITIVE, UNSURE, Person

__all__ = ["Name", "Use", "resolve"]

VERSION = 5
"""Part of what is compared to notice that nothing changed: raise it with every change of the rules here."""

Judgement = Literal["positive", "negative", "unsure"]
Order = tuple[Any, ...]
UsesOf = Callable[[Sequence[str]], Iterable[Use]]

NEGATIVES = 3
"""Actors at most of whom a link says that a name does not mean them: those that somebody could mistake it for."""

CLOSE = 0.1
"""Two likenesses that differ by less are equal: then only role or side tells who is meant."""


def resolve(names: Iterable[Name], codebook: Codebook, uses: UsesOf | None = None) -> tuple[list[Actor], list[Link]]:
    """The actors whom some names mean, and the links from each name's key to them.

    `uses` gives the articles that print some keys, for names that mean one person in one article and another in the next.
    """
    owners = Owners(codebook)
    return Resolver(codebook, owners, uses).resolve(entities(names, owners))


class Resolver:
    """The candidates, and whom each name means of them; used once."""

    def __init__(self, codebook: Codebook, owners: Owners, uses: UsesOf | None = None) -> None:
        self._owners = owners
        self._uses = uses
        self._found = Registry(codebook, owners)
        self._links: list[Link] = []
        self._settled: set[str] = set()
        self._said: list[tuple[Entity, Candidate, bool]] = []

    def resolve(self, names: Sequence[Entity]) -> tuple[list[Actor], list[Link]]:
        """Each name in turn, those that say most first: a surname can only mean somebody whom a full name has made known."""
        by_step: dict[str, list[Entity]] = defaultdict(list)
        for name in names:
            by_step[self._step(name)].append(name)
        self._each(by_step["known"], most_used, self._known)
        self._each(by_step["person"], _telling, self._person)
        self._each(by_step["body"], _named_first, self._body)
        self._each(by_step["short"], most_used, self._short)
        self._each(by_step["office"], most_used, self._office)
        return self._result()

    def _each(self, names: Iterable[Entity], order: Callable[[Entity], Order], take: Callable[[Entity], None]) -> None:
        """Take names in an order; what those of one rank say is noted after all of them: none decides over the others
        because its party comes first in the alphabet."""
        for _, group in groupby(sorted(names, key=lambda n: (order(n), n.key)), key=order):
            for name in group:
                take(name)
            for name, one, again in self._said:
                one.take(name, office_terms(name, self._owners))
                if name.named:
                    self._found.index(one, name, again=again)
            self._said.clear()

    def _step(self, name: Entity) -> str:
        if self._found.exact(name.name, known=True):
            return "known"
        if not name.named:
            return "office" if name.office else "none"
        if name.body is not None and (name.body.organ or name.body.itself or name.person is None):
            return "body"
        if name.person is None:
            return "none"
        return "short" if name.person.alone or len(name.person.words) == 1 else "person"

    # --- names that the codebook has --------------------------------------------------------------------------------

    def _known(self, name: Entity) -> None:
        known = self._found.exact(name.name, known=True)
        fitting = _on_side(known, name.side) or known
        if len(fitting) > 1:
            told = f"“{name.name}” is a name of {len(fitting)} actors"
            for one in fitting:
                self._link(name, one, "unsure", round(1 / len(fitting), 3), "alias", told)
            return
        [one] = fitting
        if normalise(one.name) in forms(name.name):
            self._means(name, one, 1.0, "exact", f"“{name.name}” is the actor's name")
        else:
            self._means(name, one, 0.95, "alias", f"“{name.name}” is listed as another name of {one.name}")

    # --- persons ----------------------------------------------------------------------------------------------------

    def _person(self, name: Entity) -> None:
        assert name.person is not None
        if not name.person.initials and self._same_words(name):
            return
        near = [(c, _likeness(name, parts)) for c, parts in self._found.near(name)]
        fits = [(c, like) for c, like in near if like.score >= UNSURE]
        if fits:
            self._choose(name, fits)
        if not self._meant(name) and not _one_of_several(fits) and (name.kind == "person" or not self._core(name)):
            self._new(name)
        others = sorted(
            (x for x in near if 0 < x[1].score < UNSURE), key=lambda x: (-x[1].score, -x[0].uses, x[0].name)
        )
        for one, like in others[:NEGATIVES]:
            self._link(name, one, "negative", like.score, like.rule, _told(name, one, like.detail))

    def _same_words(self, name: Entity) -> bool:
        """The same words as another actor's: that actor, unless both side and role speak against it."""
        found = self._found.exact(name.name, known=False)
        if not found:
            return False
        on_side = _on_side(found, name.side)
        one = (on_side or found)[0]
        if on_side or not self._clash(name, one):
            score = 1.0 if on_side else 0.9
            self._means(name, one, score, "exact", f"“{name.name}” is the actor's name")
        else:
            why = f"“{name.name}” is the actor's name, but {name.role} of {name.side} may be a namesake"
            self._link(name, one, "unsure", 0.5, "namesake", why)
        return True

    def _clash(self, name: Entity, one: Candidate) -> bool:
        """Side and role both speak against it."""
        if not name.role or not one.roles or one.side_fits(name.side):
            return False
        return not any(may_be_one(role, name.role) for role in one.roles)

    def _choose(self, name: Entity, fits: Sequence[tuple[Candidate, Likeness]]) -> bool:
        """Link to whom of several a name means, or to each as unsure; False where nobody surely is meant."""
        on_side = [(c, like) for c, like in fits if c.side_fits(name.side)]
        pool = on_side or [(c, _less(like)) for c, like in fits]
        best = max(like.score for _, like in pool)
        top = [(c, like) for c, like in pool if best - like.score < CLOSE]
        if len(top) > 1:
            top = _by_evidence(name, top)
        if len(top) == 1:
            one, like = top[0]
            score = self._weighed(name, one, like)
            if score >= POSITIVE and not self._clash(name, one):
                self._means(name, one, score, like.rule, _told(name, one, like.detail))
                return True
        whole = len(top)
        for one, like in sorted(top, key=lambda x: (-x[1].score, x[0].name)):
            more = "; others fit as well" if whole > 1 else ""
            score = round(min(like.score, 0.7) / whole, 3) if whole > 1 else min(like.score, 0.55)
            self._link(name, one, "unsure", score, like.rule, _told(name, one, like.detail + more))
        return False

    def _weighed(self, name: Entity, one: Candidate, like: Likeness) -> float:
        """A likeness that is short of sure is surer where side and role agree."""
        if like.score >= POSITIVE or like.score < 0.5:
            return like.score
        sided = bool(name.side and one.sides and one.side_fits(name.side))
        agree = sided + any(_one_role(role, name.role) for role in one.roles if name.role)
        return min(round(like.score + 0.1 * agree, 3), 0.7)

    def _short(self, name: Entity) -> None:
        """A single word that the codebook does not have: a surname, a surname with a slip, or a name of its own."""
        near = [(c, _likeness(name, parts)) for c, parts in self._found.near(name)]
        fits = [(c, like) for c, like in near if like.score >= UNSURE and not c.alone]
        if fits and name.kind in ("person", "unknown", "group"):
            on_side = [x for x in fits if x[0].side_fits(name.side)]
            if on_side:
                self._choose(name, on_side)
                self._by_role(name, on_side)
                return
            for one, like in sorted(fits, key=lambda x: (-x[1].score, x[0].name))[:NEGATIVES]:
                why = _told(name, one, f"{like.detail}, but articles tell of different sides")
                self._link(name, one, "unsure", 0.3, "side", why)
            return
        if not self._same_words(name) and not self._core(name):
            self._new(name)

    def _by_role(self, name: Entity, fits: Sequence[tuple[Candidate, Likeness]]) -> None:
        """Two of one surname told apart in each article by the role that it gives."""
        if self._meant(name) or self._uses is None or len(set(name.roles)) < 2:
            return
        for use in self._uses([name.key]):
            told = [x for x in fits if use.role and any(_one_role(r, use.role) for r in x[0].roles)]
            if len(told) == 1:
                why = f"{_told(name, told[0][0], told[0][1].detail)}; this article says “{use.role}”"
                self._links.append(
                    Link(in_article(name.key, use.article), told[0][0].ref, "positive", 0.75, "role", why)
                )

    # --- bodies -----------------------------------------------------------------------------------------------------

    def _body(self, name: Entity) -> None:
        body = name.body
        assert body is not None
        if body.itself:
            assert body.owner is not None
            self._means(name, self._owner(body.owner), 0.9, "owner", f"“{name.name}” is {body.owner} itself")
        elif body.organ is not None:
            self._organ(name, body)
        elif not self._same_words(name) and not self._core(name) and not self._letters(name):
            self._new(name)

    def _owner(self, owner: str) -> Candidate:
        return next(iter(self._found.exact(owner, known=False)), None) or self._found.make(owner, "unknown")

    def _organ(self, name: Entity, body: organs.Body) -> None:
        if body.owner is None:
            return  # "the army" of no side is another one in every article
        if body.organ == "ministry":
            found, score, rule = self._found.ministries(body.owner), 0.65, "only ministry"
        else:
            found, score, rule = self._found.organs(body.owner, body.organ or ""), 0.9, "organ"
        if len(found) > 1:
            for one in found:
                why = f"“{name.name}” may be any ministry of {body.owner}"
                self._link(name, one, "unsure", round(score / len(found), 3), rule, why)
        elif found:
            self._means(name, found[0], score, rule, f"“{name.name}” is the {body.organ} of {body.owner}")
        else:
            self._new(name)

    def _core(self, name: Entity) -> bool:
        """A body with and without the noun for what it is: "Orsk Motors Ltd"."""
        body = name.body
        if body is None or not body.core:
            return False
        found = [c for c in self._found.cores(body) if c.side_fits(name.side) and _one_body(body, c)]
        if len(found) != 1:
            return False
        if len(body.core) == 1 and name.kind not in BODIES:
            if body.core == found[0].core:
                why = _told(name, found[0], "one leaves out the noun for what it is, or is something else")
                self._link(name, found[0], "unsure", 0.5, "body", why)
            return False
        if body.core == found[0].core:
            rule, score, why = "body", 0.8, "they are one name, with and without the noun for what it is"
        else:
            rule, score, why = "spelling", 0.75, "they differ by a slip of spelling"
        self._means(name, found[0], score, rule, _told(name, found[0], why))
        return True

    def _letters(self, name: Entity) -> bool:
        if not organs.is_letters(name.name):
            return False
        found = self._found.lettered(name.name.replace(".", ""))
        if len(found) == 1:
            self._means(
                name, found[0], 0.8, "letters", _told(name, found[0], "they are the first letters of its words")
            )
            return True
        for one in found:
            why = _told(name, one, "they are the first letters of its words; others fit as well")
            self._link(name, one, "unsure", round(0.8 / len(found), 3), "letters", why)
        return bool(found)

    # --- offices ----------------------------------------------------------------------------------------------------

    def _office(self, name: Entity) -> None:
        """A description by office: whoever articles of that day call so."""
        assert name.office is not None
        held = self._found.holders(name.office)
        terms = joined({c.ref: spans for c in held if (spans := c.terms.get(name.office))})
        if not terms:
            return
        by_ref = {c.ref: c for c in held}
        day_first, day_last = name.days
        first, last = holder(terms, day_first), holder(terms, day_last)
        between = {t.who for t in terms if day_first and day_last and t.last >= day_first and t.first <= day_last}
        if first[0] and first[0] == last[0] and between <= {first[0]}:
            self._means(name, by_ref[first[0]], 0.75, "office", self._told_office(name, by_ref[first[0]], first[2]))
            return
        people = {t.who for t in terms}
        for ref in sorted(people, key=lambda r: by_ref[r].name):
            why = self._told_office(name, by_ref[ref], "who is meant depends on the day")
            self._link(name, by_ref[ref], "unsure", round(0.7 / max(len(people), 2), 3), "office", why)
        for use in self._uses([name.key]) if self._uses else ():
            who, _, told = holder(terms, use.date)
            if who is not None:
                why = self._told_office(name, by_ref[who], told)
                self._links.append(Link(in_article(name.key, use.article), who, "positive", 0.75, "office", why))

    def _told_office(self, name: Entity, one: Candidate, why: str) -> str:
        owner, office = name.office or ("", "")
        return f"“{name.name}” is the {office} of {owner}, as which {one.name} is named: {why}"

    # --- links and actors -------------------------------------------------------------------------------------------

    def _link(self, name: Entity, to: Candidate, judgement: Judgement, score: float, rule: str, why: str) -> None:
        self._links.append(Link(name.key, to.ref, judgement, score, rule, why))

    def _means(self, name: Entity, one: Candidate, score: float, rule: str, why: str) -> None:
        self._link(name, one, "positive", score, rule, why)
        self._settled.add(name.key)
        self._said.append((name, one, rule not in ("surname", "initials")))

    def _meant(self, name: Entity) -> bool:
        return name.key in self._settled

    def _new(self, name: Entity) -> None:
        made = self._found.made_of(name)
        self._means(name, made, 1.0, "exact", f"“{name.name}” is the actor's name")

    def _result(self) -> tuple[list[Actor], list[Link]]:
        linked = {x.right for x in self._links}
        actors: dict[str, Actor] = {}
        ids: dict[str, str] = {}
        for one in self._found.all:
            if one.ref in linked:
                actor = one.actor()
                if actor.id in actors:
                    actor = one.actor(namesake=True)
                actors[actor.id] = actor
                ids[one.ref] = actor.id
        links = {(x.left, ids[x.right]): x for x in reversed(self._links)}
        told = [Link(left, right, x.judgement, x.score, x.rule, x.detail) for (left, right), x in links.items()]
        return [actors[i] for i in sorted(actors)], sorted(told, key=lambda k: (k.left, k.right))


def _likeness(name: Entity, persons: Sequence[Person]) -> Likeness:
    assert name.person is not None
    best = max((personal.alike(name.person, p) for p in dict.fromkeys(persons)), key=lambda x: x.score, default=None)
    return best or Likeness(0.0, "different", "they share no name")


def _telling(name: Entity) -> Order:
    """Names in the order of how much they tell: generation, no initials, more words; then the one printed most."""
    one = name.person
    assert one is not None
    return one.generation is None, one.initials, -len(one.words), *most_used(name)


def _named_first(name: Entity) -> Order:
    """Bodies in the order of how much they tell: with a name before letters, a ministry of something before "the ministry"."""
    body = name.body
    bare = body is not None and body.organ == "ministry"
    return bare, organs.is_letters(name.name), not (body and body.owner), *most_used(name)


def _one_of_several(fits: Sequence[tuple[Candidate, Likeness]]) -> bool:
    """True where one of several is surely meant, whoever it is: then the name is nobody else's."""
    return sum(like.score >= POSITIVE for _, like in fits) > 1


def _one_role(left: str, right: str) -> bool:
    """True where two roles name one office, or one has all the words of the other."""
    a, b = set(folded(left).split()), set(folded(right).split())
    return one_office(left, right) or bool(a and b and (a <= b or b <= a))


def _on_side(candidates: Sequence[Candidate], side: str | None) -> list[Candidate]:
    return [c for c in candidates if c.side_fits(side)]


def _less(like: Likeness) -> Likeness:
    """Articles that tell of another side make a likeness that is not exact unsure."""
    score = like.score if like.score >= 0.85 else min(like.score, 0.55)
    return Likeness(round(score * 0.85, 3), like.rule, f"{like.detail}, though articles tell of different sides")


def _by_evidence(name: Entity, top: list[tuple[Candidate, Likeness]]) -> list[tuple[Candidate, Likeness]]:
    """Those of several that role, else a side told on both hands, speaks for."""
    if name.role:
        told = [x for x in top if any(_one_role(role, name.role) for role in x[0].roles)]
        if len(told) == 1 and len(set(name.roles)) == 1:
            one, like = told[0]
            return [(one, Likeness(max(like.score, 0.65), "role", f"{like.detail}, and so is “{name.role}”"))]
    sided = [x for x in top if name.side and x[0].sides]
    return sided if len(sided) == 1 else top


def _one_body(body: organs.Body, one: Candidate) -> bool:
    heads = {h for h in (body.head, one.head) if h}
    return len(heads) < 2 and organs.same_core(body.core, one.core)


def _told(name: Entity, one: Candidate, why: str) -> str:
    return f"“{name.name}” and “{one.name}”: {why}"
