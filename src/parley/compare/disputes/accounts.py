"""Who is said to have done harm, by whom: accounts of acts of arms and breaches, as statements and outlets give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from parley.codebooks import lexicon
from parley.compare.base import Row, Told, Who
from parley.compare.days import Days, between
from parley.compare.disputes.named import label, parties_named, party, stood
from parley.compare.events.specifics import specifics
from parley.compare.stems import stem
from parley.store.words import fold

LONG = 25
"""Words of a statement beyond which the only party it names need not be the one that it blames: reports weigh both sides."""

WIDE = 14
"""Days that an account may be open by before its day says nothing: then its words alone must tell what it is about."""

AROUND = 200
"""Characters before and after an account whose words tell what it is about."""


@cache
def words_of(name: str) -> frozenset[str]:
    """One of the word classes of the codebook `tellings`; `harm` and `things` without their endings."""
    listed = lexicon("tellings")["accounts"][name].split()
    return frozenset(map(stem, listed) if name in ("harm", "things") else listed)


@cache
def unknown() -> tuple[str, ...]:
    """How it is said that nobody knows who did it."""
    return tuple(lexicon("tellings")["accounts"]["unknown"].strip().splitlines())


class Against(NamedTuple):
    """What somebody speaks against: a statement by another party, just before."""

    id: str
    span: tuple[int, int]
    by: str
    name: str
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Account:
    """One statement, or one event in an outlet's own voice, on who did it.

    `by` is the party that speaks, None of an outlet; `doer` the party that is said to have done it or, where `denies`, not to
    have, None where that is said not to be known. `labels` are what to call parties, `name` is who speaks, `about` words nearby.
    `n` is its place among others, in the order of articles and of their text.
    """

    id: str
    article: str
    span: tuple[int, int]
    by: str | None
    name: str | None
    doer: str | None
    denies: bool
    days: Days | None
    words: Mapping[str, int]
    about: Mapping[str, int]
    labels: Mapping[str, str] = field(default_factory=dict)
    against: Against | None = None
    n: int = 0

    @property
    def whole(self) -> Mapping[str, int]:
        """Its words and those nearby."""
        return {**self.about, **self.words}

    @property
    def wide(self) -> bool:
        """True where its day is as good as unknown."""
        return self.days is None or self.days.last - self.days.first > WIDE


class _Said(NamedTuple):
    """A statement, with who says it and its words."""

    row: Row
    by: str | None
    who: Who | None
    words: Sequence[str]


def accounts(told: Told) -> Iterator[Row]:
    """The accounts of an article as items, statements first."""
    news = between(told.article["published_earliest"], told.article["published_latest"])
    events: dict[str, list[Row]] = {}
    for event in told.events:
        if event["type"] in ("violation", "armed_action"):
            events.setdefault(event["statement"] or "", []).append(event)
    said: list[_Said] = []
    for statement in told.statements:
        who = told.speaker(statement)
        by = party(who) if who and (who.side or who.known) else None
        said.append(_Said(statement, by, who, fold(" ".join(statement["content_text"])).split()))
        found = _account(told, said, events.get(statement["id"], ()))
        if found:
            when = between(statement["said_on"], None) or news
            yield _item(
                told,
                _extent(statement),
                when,
                {"id": statement["id"], "by": by, "name": who.name if who else None, **found},
                who,
            )
    for event in events.get("", ()):
        doers = _named_doers(told, event)
        if event["status"] == "actual" and len(doers) == 1:
            when = between(event["date"], None) or news
            found = {
                "id": event["id"],
                "by": None,
                "name": None,
                "doer": next(iter(doers)),
                "denies": False,
                "against": None,
            }
            yield _item(told, event["span"], when, found, None)


def _account(told: Told, said: Sequence[_Said], events: Sequence[Row]) -> Row | None:
    """What the last statement says of who did it, None where it says nothing of the kind.

    What is denied as a habit ("has repeatedly denied using such weapons") is no account of one act.
    """
    row, by, who, words = said[-1]
    cue = set(fold(row["cue_text"] or "").split())
    if cue & words_of("denials") and _is_habit(told, row):
        return None
    harm = not words_of("harm").isdisjoint(map(stem, words))
    if any(phrase in " ".join(words) for phrase in unknown()):
        return {"doer": None, "denies": False, "against": None} if harm else None
    corrected = corrects(words)
    if by and (corrected or (cue & words_of("denials") and not words_of("claims").isdisjoint(words[:4]))):
        against = _spoken_against(said, corrected)
        return {"doer": by, "denies": True, "against": against} if against else None
    if by and harm and (cue & words_of("denials") or "denied" in {e["status"] for e in events}):
        return {"doer": by, "denies": True, "against": None}
    if not harm or len(words) > LONG or who is None or "since" in words:
        # Whom somebody unnamed blames is neither an outlet's own account nor anybody's; what is told "since" is no one act.
        return None
    others = [p for p in _blamed(told, words) if p != by] or _by_another_name(told, events, words, but=by)
    return {"doer": others[0], "denies": False, "against": None} if len(others) == 1 else None


def _is_habit(told: Told, row: Row) -> bool:
    """True where a cue, or a word or two before it, tells that something is said again and again."""
    start, stop = row["cue"][:2]
    before = fold(told.text[max(0, start - 40) : start]).split()[-2:]
    return not words_of("habits").isdisjoint([*before, *fold(told.text[start:stop]).split()])


def _blamed(told: Told, words: Sequence[str]) -> list[str]:
    """The parties that stand where a doer stands: as the subject of the harm, after "by" or "from", or as whose it was.

    "Veyra has broken the truce", "fired from the Calveran side", "the shells were Veyra's own"; not "Calveran soldiers died", nor
    "Calvera condemned the attack", nor "bombs on Calvera's second city killed nine".
    """
    parties = list(stood(told, words))
    found: list[str] = []
    for n, (start, stop, party_, _) in enumerate(parties):
        end = parties[n + 1][0] if n + 1 < len(parties) else len(words)
        before = words[max(0, start - 3) : start]
        placed = _is_placed(before)
        led = not {"by", "from"}.isdisjoint(before) and _harms(words[max(0, start - LED) : start])
        whose = {"work", "of"} <= set(before) or words[stop : stop + 2] == ["s", "own"]
        if led or whose or (not placed and acts(words[stop : max(end, stop + 1)])):
            found += [party_] if party_ not in found else []
    return found


def _is_placed(before: Sequence[str]) -> bool:
    """True where the words before a name say where something happened, or against whom: "in the Calveran town", "against Veyra".

    >>> _is_placed(["bombs", "on"]), _is_placed(["attack", "in", "the"]), _is_placed(["said", "the"])
    (True, True, False)
    """
    last = [w for w in before if w not in words_of("articles")][-1:]
    return not words_of("places").isdisjoint(last)


LED = 9
"""Words before "by" or "from" among which the harm is told that somebody is blamed for."""

CLOSE = 4
"""Words after a name among which a weapon or an act is the named one's: "the Calveran army's guns"."""


def _harms(words: Sequence[str]) -> bool:
    return not words_of("harm").isdisjoint(map(stem, words))


def acts(after: Sequence[str]) -> bool:
    """True where what follows a name, up to the next one, tells a harm that those named did.

    >>> [acts(words.split()) for words in ("has broken the truce", "guns shelled the crossing", "launched an attack on the town")]
    [True, True, True]
    >>> [acts(words.split()) for words in ("soldiers died when three shells fell", "commanders hiding there were also killed",
    ...     "condemned the attack", "spoke of the shells")]
    [False, False, False, False]
    """
    harm, doing, telling, passive = words_of("harm"), words_of("doing"), words_of("telling"), words_of("passive")
    did = False
    for n, word in enumerate(after):
        if word in telling or word == "died":
            return False
        did = did or word in doing
        if stem(word) in harm:
            suffered = word.endswith(("ed", "t", "k", "n")) and not passive.isdisjoint(after[max(0, n - 3) : n])
            own = n < CLOSE and words_of("articles").isdisjoint(after[:n])
            return not suffered and (did or own or word in words_of("deeds"))
    return False


def _is_name(told: Told, name: str) -> bool:
    """False of a word that the article also prints in small letters: "Videos showed ..." names nobody."""
    return f" {name[:1].lower()}{name[1:]} " not in told.text


def _by_another_name(told: Told, events: Sequence[Row], words: Sequence[str], *, but: str | None) -> list[str]:
    """Who is said to have broken what was agreed, called otherwise ("the butchers of Adrim"): whom a statement names, it blames by
    name or not at all."""
    broken = [event for event in events if event["type"] == "violation"]
    found = [party(told.who(name)) for event in broken for name in event["actors"] if _is_name(told, name)]
    named = {key for _, _, key, _ in stood(told, words)}
    return [] if but in found or named.intersection(found) else list(dict.fromkeys(found))


def _named_doers(told: Told, event: Row) -> set[str]:
    """The doers of an outlet's own telling who stand in it as doers."""
    start, stop = event["span"]
    blamed = _blamed(told, fold(told.text[max(0, start - 30) : stop]).split())
    return {party(told.who(name)) for name in event["actors"] if _is_name(told, name)}.intersection(blamed)


def corrects(words: Sequence[str]) -> str | None:
    """What is said to have been something else: the workshop of "the workshop was a dairy".

    >>> corrects("the workshop was a dairy".split()), corrects("the workshop was empty".split())
    ('workshop', None)
    """
    there = len(words) in range(5, 9) and words[0] in ("the", "that", "this")
    return words[1] if there and words[2] in ("was", "were") and words[3] in ("a", "an", "no", "not") else None


def _spoken_against(said: Sequence[_Said], thing: str | None) -> list[object] | None:
    """The statement that the last one speaks against: one of the two before it, by another party, on an act of arms, and of
    the `thing` that is said to have been another."""
    for one in reversed(said[-3:-1]):
        about = thing is None or thing in words_of("sites") or thing in one.words
        other = one.by and one.who and one.by != said[-1].by and about
        if other and one.by and one.who and _harms(one.words):
            text = " ".join(one.row["content_text"])
            return [one.row["id"], _extent(one.row), one.by, one.who.name, _words(text, {one.by: label(one.who)})]
    return None


def _extent(statement: Row) -> list[int]:
    spans = statement["content"]
    return [min(s[0] for s in spans), max(s[1] for s in spans)]


def _item(told: Told, span: Sequence[int], when: Days | None, found: Row, who: Who | None) -> Row:
    start, stop = span
    text = told.text[start:stop]
    near = f"{told.article['title'] or ''}\n{told.text[max(0, start - AROUND) : stop + AROUND]}"
    names = parties_named(told, near) | ({party(who): label(who)} if who else {})
    words = _words(text, names)
    about = {w: n for w, n in _words(near, names).items() if w not in words}
    parties = {p for p in (found["by"], found["doer"], found["against"][2] if found["against"] else None) if p}
    labels = {p: names[p] for p in names if p in parties}
    return {
        **found,
        "span": [start, stop],
        "days": list(when) if when else None,
        "words": words,
        "about": about,
        "labels": labels,
    }


def _words(text: str, names: Mapping[str, str]) -> dict[str, int]:
    """The words by which to know what an account is about."""
    harm = {stem(w): 1 for w in fold(text).split() if stem(w) in words_of("things")}
    return specifics(text, without=[*names, *names.values()]) | harm


def account(item: Row, n: int) -> Account:
    """The account of an item of a block, the n-th of them."""
    known = {k: item[k] for k in ("id", "article", "by", "name", "doer", "denies", "words", "about", "labels")}
    said = item["against"]
    return Account(
        **known,
        span=(item["span"][0], item["span"][1]),
        days=Days(*item["days"]) if item["days"] else None,
        against=Against(said[0], (said[1][0], said[1][1]), *said[2:]) if said else None,
        n=n,
    )
