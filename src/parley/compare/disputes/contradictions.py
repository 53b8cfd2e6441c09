"""Contradictory accounts of one event: A says that B did it and B that A did, or one says so and the other denies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parley.compare.base import Comparison, Found, Pile, Row, Told
from parley.compare.days import iso, months
from parley.compare.disputes.accounts import Account, account, accounts
from parley.compare.events.specifics import names_shared, shared

NEAR = 2
"""Days by which two accounts of one event may be apart: said on the day after, printed on the next."""

LATER = 10
"""Days within which a later account is put to an event that its words name: inquiries take a week."""

FAIRLY = 2
"""What shared words, those nearby included, must be worth on the same days: a name, or two things."""

SURE = 3
"""What shared words must be worth between reports of other days or of outlets: a name and a thing ("Orlen", "crossing")."""

CERTAIN = 6
"""What they must be worth where the day of one is not known: two names and two things."""


@dataclass(slots=True)
class Dispute:
    """Accounts of one event that contradict each other.

    `words` are those of the accounts that it began with, `about` those nearby too. Later ones are held against these alone: in a long
    war each day's accusation is like that of the day before, and one dispute would swallow all.
    """

    accounts: list[Account]
    core: list[Account] = field(init=False)
    words: dict[str, int] = field(init=False)
    about: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.core = list(self.accounts)
        self.words, self.about = {}, {}
        for one in self.core:
            for word, worth in {**one.words, **(one.against.words if one.against else {})}.items():
                self.words[word] = max(worth, self.words.get(word, 0))
            for word, worth in {**one.about, **self.words}.items():
                self.about[word] = max(worth, self.about.get(word, 0))

    def take(self, *new: Account) -> None:
        """Add accounts."""
        held = {a.id for a in self.accounts}
        self.accounts = sorted((*self.accounts, *(a for a in new if a.id not in held)), key=lambda a: a.n)

    def goes_with(self, one: Account) -> bool:
        """True of an account of the days and the words with which it began."""
        return any(_near(a, one, NEAR) for a in self.core) and bool(shared(one.words, self.words))

    @property
    def dated(self) -> list[Account]:
        """The accounts whose day is known, all of them where none is."""
        return [a for a in self.accounts if not a.wide and a.doer] or self.accounts

    @property
    def ids(self) -> set[str]:
        """The rows of its accounts, and of what they speak against."""
        return {a.id for a in self.accounts} | {a.against.id for a in self.accounts if a.against}

    @property
    def parties(self) -> frozenset[str]:
        """Who stands against whom."""
        return frozenset(p for a in self.accounts for p in (a.by, a.doer, a.against.by if a.against else None) if p)

    @property
    def day(self) -> int | None:
        """The first day of the accounts, None where the day of none is known."""
        return min((a.days.first for a in self.dated if a.days and not a.wide), default=None)

    @property
    def month(self) -> str:
        """The month to which it belongs."""
        return iso(min(a.days.first for a in self.dated if a.days))[:7]


def items(told: Told) -> Iterator[tuple[str, Row]]:
    """What an article brings: each account to the months around its days, half a year of them at most."""
    for item in accounts(told):
        if item["days"] is not None:
            first, last = item["days"]
            for month in months(first - LATER, last + LATER)[:6]:
                yield month, item


def disputes(given: Sequence[Account]) -> list[Dispute]:
    """The events on which some accounts contradict each other."""
    found: list[Dispute] = []
    of: dict[str, Dispute] = {}
    for a, b in sorted(_pairs(given), key=lambda pair: (pair[0].n, pair[1].n)):
        if _contradict(a, b):
            known = (of.get(a.id), of.get(b.id))
            dispute = next((d for d in known if d and d.goes_with(a) and d.goes_with(b)), None)
            if dispute is None:
                found.append(dispute := Dispute([a, b]))
            dispute.take(a, b)
            of.setdefault(a.id, dispute)
            of.setdefault(b.id, dispute)
    found += [Dispute([one]) for one in given if one.against and one.id not in of]
    for _ in range(2):
        held = {a.id for dispute in found for a in dispute.accounts}
        _attached(found, (one for one in given if one.id not in held))
        found = _merged(found)
    return found


def _pairs(given: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    """Every two accounts of which both cannot stand, if they are of one event, and whose days are near."""
    said: dict[tuple[str | None, str, bool], list[Account]] = defaultdict(list)
    for one in given:
        if one.doer is not None and one.days is not None:
            said[one.by, one.doer, one.denies].append(one)
    for (by, doer, denies), mine in said.items():
        if denies:
            opposed = [a for (who, whom, no), a in said.items() if by == doer == whom and not no and who != by]
        else:
            opposed = [
                a for (who, whom, no), a in said.items() if not no and whom != doer and (whom == by or who == doer)
            ]
        for one, other in ((a, b) for theirs in opposed for a in mine for b in theirs if _near(a, b, NEAR)):
            if denies or one.n < other.n:
                yield (one, other) if one.n < other.n else (other, one)


def _contradict(a: Account, b: Account) -> bool:
    """True where two accounts that cannot both stand speak of one event."""
    same = a.article == b.article
    if not same and (a.wide or b.wide):
        return False
    if same and not (a.denies or b.denies) and _is_told(a) != _is_told(b):
        return False  # an outlet that tells one thing in its own words and another in somebody's tells of two
    own = shared(a.words, b.words)
    if not own and not same:
        return False
    near = shared(a.whole, b.whole)
    if own:
        return near >= (SURE if same and not (a.denies or b.denies) else FAIRLY) or (same and (a.denies or b.denies))
    # one article that sets both sides' accusations, or somebody's of no party, side by side speaks of one event
    mutual = a.by == b.doer and b.by == a.doer
    unsided = any(one.by is None and one.name for one in (a, b))
    return same and not (a.denies or b.denies) and (mutual or unsided) and near >= SURE


def _is_told(one: Account) -> bool:
    """True of what an outlet tells in its own words."""
    return one.by is None and one.name is None


def _merged(found: Sequence[Dispute]) -> list[Dispute]:
    """Disputes of the same parties over the same thing on the same days are one; those whose days are known come first."""
    kept: list[Dispute] = []
    for one in sorted(found, key=lambda d: d.day is None):
        worth, at = max(((_likeness(one, other), -n) for n, other in enumerate(kept)), default=(0, 0))
        if worth:
            kept[-at].take(*one.accounts)
        else:
            kept.append(one)
    return kept


def _likeness(one: Dispute, other: Dispute) -> int:
    """How surely two disputes are one, 0 where they are not."""
    if one.ids & other.ids:
        return 99 if len(one.accounts) == 1 or any(map(other.goes_with, one.core)) else 0
    wide = one.day is None or other.day is None
    if not wide and not shared(one.words, other.words):
        return 0
    near = any(_near(a, b, NEAR) for a in one.core for b in other.core)
    if not near or len(one.parties & other.parties) < 2:
        return 0
    return _sure(one.about, other.about, wide=wide)


def _sure(one: Mapping[str, int], other: Mapping[str, int], *, wide: bool) -> int:
    """What two share where words alone tell that they are about one thing: a name, and more; else 0."""
    worth = shared(one, other)
    return worth if worth >= (CERTAIN if wide else SURE) and names_shared(one, other) > 0 else 0


def _near(a: Account, b: Account, slack: int) -> bool:
    return bool(a.days and b.days and a.days.meets(b.days, slack))


def _attached(found: Sequence[Dispute], given: Iterable[Account]) -> None:
    """Put accounts to the disputes that they take part in: the same accusation again, or that nobody can say.

    Only disputes of the same article, or that share a word, are looked at.
    """
    shelves: dict[str, set[int]] = defaultdict(set)
    for n, dispute in enumerate(found):
        _shelve(shelves, n, dispute)
    for one in given:
        near = sorted(set().union(*(shelves.get(key, ()) for key in (one.article, *one.words))))
        fits = [(fit, -n) for n in near if (fit := _fit(found[n], one))]
        if fits:
            best = -max(fits)[1]
            found[best].take(one)
            shelves[one.article].add(best)


def _shelve(shelves: dict[str, set[int]], n: int, dispute: Dispute) -> None:
    names = (word for word, worth in dispute.about.items() if worth > 1)
    for key in (*(a.article for a in dispute.accounts), *dispute.words, *names):
        shelves[key].add(n)


def _fit(dispute: Dispute, one: Account) -> int:
    """How surely an account is one of a dispute's, 0 where it is not."""
    same = 50 * any(a.article == one.article for a in dispute.accounts)
    if one.doer is None:
        late = any(_near(a, one, LATER) for a in dispute.core)
        return same or (_sure(one.whole, dispute.about, wide=one.wide or dispute.day is None) if late else 0)
    if dispute.day is None and not one.wide:
        return 0
    again = (a for a in dispute.core if a.by == one.by and a.doer == one.doer and a.denies == one.denies)
    if not any(_near(a, one, NEAR) for a in again):
        return 0
    if same and one.by:
        return same
    if not shared(one.words, dispute.words):
        return 0
    near = shared(one.whole, dispute.about)
    fairly = near if near >= FAIRLY and one.by is not None and not one.wide else 0
    return fairly or _sure(one.whole, dispute.about, wide=one.wide or dispute.day is None)


def results(block: str, brought: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """The disputes that begin in a month."""
    given = [account(item, n) for n, item in enumerate(brought)]
    for dispute in disputes(given):
        if dispute.month == block:
            yield _found(dispute, pile)


def _found(dispute: Dispute, pile: Pile) -> Found:
    n, m = pile.independent((a.article, *a.span) for a in dispute.accounts)
    sides = _sides(dispute, pile)
    rows = list(dict.fromkeys(r for side in sides for r in side["rows"]))
    date = iso(dispute.day) if dispute.day is not None else None
    accused = {(a.by, a.doer) for a in dispute.accounts if a.by and a.doer and not a.denies}
    mutual = any((doer, by) in accused for by, doer in accused)
    row = {
        "type": "events",
        "why": "; ".join(f"{s['who']} {s['says']}" for s in sides),
        "rows": rows,
        "sides": sides,
        "outlets": n,
        "independent": m,
        "date": date,
        "mutual": mutual,
    }
    return Found("dispute", row, rests=rows, date=date, weight=m + mutual + n / 100)


def _sides(dispute: Dispute, pile: Pile) -> list[Row]:
    """Who says what, each with the rows that say so, in the order of articles and of their text."""
    labels = {key: name for a in dispute.accounts for key, name in a.labels.items()}
    sides: dict[tuple[str, str], list[str]] = {}
    for a in dispute.accounts:
        if a.against and all(a.against.id != held.id for held in dispute.accounts):
            sides.setdefault(
                (labels.get(a.against.by, a.against.by), f"says what {_who(a, labels, pile)} denies"), []
            ).append(a.against.id)
        sides.setdefault((_who(a, labels, pile), _says(a, labels)), []).append(a.id)
    return [{"who": who, "says": says, "rows": rows} for (who, says), rows in sides.items()]


def _who(a: Account, labels: Mapping[str, str], pile: Pile) -> str:
    """Who gives an account: a party, somebody of none, or an outlet in its own words."""
    if a.by is not None:
        return labels.get(a.by, a.by)
    return a.name or pile.outlet(a.article) or "an outlet"


def _says(a: Account, labels: Mapping[str, str]) -> str:
    if a.against:
        return f"denies what {labels.get(a.against.by, a.against.by)} says"
    if a.doer is None:
        return "cannot say who did it"
    doer = labels.get(a.doer, a.doer)
    if a.denies:
        return "denies it" if a.by == a.doer else f"denies that it was {doer}"
    if a.by is None and a.name:
        return f"{'say' if _are_several(a.name) else 'says'} that it was {doer}"
    return f"says that it was {doer}" if a.by else f"tells in its own words that it was {doer}"


def _are_several(name: str) -> bool:
    """True of a description of people: "residents", "local officials".

    >>> _are_several("residents"), _are_several("Residents of Orlen"), _are_several("Open Lands"), _are_several("a witness")
    (True, True, False, False)
    """
    head = name.partition(" of ")[0].rpartition(" ")[2]
    small = head[:1].islower() or " " not in name.partition(" of ")[0]
    return small and head.endswith("s") and not head.endswith("ss")


COMPARISONS = (Comparison("disputes", "9", items, results),)
