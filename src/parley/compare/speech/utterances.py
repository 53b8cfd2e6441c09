"""Utterances: what one speaker said about one thing on one occasion, with every outlet's rendering of it, direct and indirect.

Blocks are a side's statements of a month (a speaker's side, as one outlet names the spokeswoman and another her party); who
belongs to no side is compared with those of the same surname or description. Within a block only statements that share rare words are compared,
so the work grows with the statements and not with their square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from parley.compare.base import Comparison, Found, Pile, Question, Row, Told, Who
from parley.compare.speech.alike import Likeness, Weights, excluded, likeness
from parley.compare.speech.drift import drifts
from parley.compare.speech.occasions import blocks_of, origins, owner, shown_day
from parley.compare.speech.renderings import Rendering, brought, rendering, when
from parley.compare.speech.voices import given_name, shelf
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

VERSION = "7"

RAREST = 8
"""Of a statement's words, the rarest by which others are looked up: two renderings of one utterance share one of these."""

CROWD = 60
"""Statements looked up by one word, the nearest in time; those that share rare words with this one are among them."""


def items(told: Told) -> Iterable[tuple[str, Row]]:
    """What an article brings: each statement that stands, to the blocks of its speaker's side and of its day."""
    head = told.article
    first, last = head["published_earliest"], head["published_latest"]
    sides = {who.split("\t")[0]: who.split("\t")[2] for who in told.names.values()}
    parties = _parties(told, sides)
    title = head["title_span"]
    for row in told.statements:
        if row["nested"] or row["status"] == "rejected":
            continue
        who = _voice(told, row, sides)
        said = when(row["said_on"], first, last)
        start, stop = min(s for s, _ in row["content"]), max(e for _, e in row["content"])
        item: Row = {
            "id": row["id"],
            "start": start,
            "stop": stop,
            "kind": row["kind"],
            "title": bool(title and title[0] <= start < title[1]),
            "who": list(who) if who else None,
            "said_on": row["said_on"],
            "published": first,
            "latest": last,
            **brought(row["content_text"], row["cue_text"]),
        }
        for where, stranger in _shelves(who, row["kind"], parties):
            for block in blocks_of(said.first, said.last):
                yield f"{where}\t{block}", item | {"stranger": True} if stranger else item


def _parties(told: Told, sides: Mapping[str, str]) -> list[str]:
    """The parties that an article tells of: whom somebody speaks for, and whose positions it tells."""
    spoken_for = {row["speaker"]["side"] for row in told.statements if row["speaker"]}
    named = {told.who(row["party"]).name for row in told.positions}
    return sorted({fold(party) for party in {*sides.values(), *spoken_for, *named} if party})


def _shelves(who: Who | None, kind: str, parties: Sequence[str]) -> Iterable[tuple[str, bool]]:
    """Where a statement is compared, and whether as a stranger: with its side, or with those of its speaker's name.

    A quotation of somebody who cannot be told is also looked for with all parties of the article, and one of somebody with a full
    name among those who are called by its first word alone. Nobody's words without quotation marks can be told from anybody's.
    """
    side = fold(who.side or "") if who else ""
    if who and not side and fold(who.name) in parties:
        side = fold(who.name)
    if side:
        yield f"{side}\t", False
        return
    quotes = kind != "indirect"
    if who is not None:
        yield f"\t{shelf(who.name)}", False
        given = given_name(who.name)
        if quotes and given:
            yield f"\t{given}", True
    if quotes and (who is None or not who.known):
        yield "\t", who is not None
        yield from ((f"{party}\t", True) for party in parties)


def _voice(told: Told, row: Row, sides: Mapping[str, str]) -> Who | None:
    """The speaker, on the side that the whole ledger gives: one article's guess would part him from himself."""
    who = told.speaker(row)
    return None if who is None else who._replace(side=sides.get(who.key) or who.side)


def results(block: str, held: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """The utterances of a block that are printed more than once; of statements that stand alone, the statement says all."""
    if len(held) < 2:
        return
    renderings = renderings_of(held)
    own = block.rpartition("\t")[2]
    for day, group, whys in groups(renderings):
        if owner(day) == own and not all(renderings[i].stranger for i in group):
            yield _found([renderings[i] for i in group], whys, pile)


def renderings_of(held: Sequence[Row]) -> list[Rendering]:
    """The renderings of some items, by day and then by article: whose came first, as far as that is known."""
    places: dict[str, int] = {}
    made = [rendering(item, places.setdefault(item["article"], len(places))) for item in held]
    return sorted(made, key=lambda r: (r.guest, r.when.last or 0, r.place, r.id))


def groups(renderings: Sequence[Rendering]) -> Iterable[tuple[int | None, list[int], list[str]]]:
    """Which of some renderings, in their order, are one utterance, each with its day and why; only those of two and more.

    Guests (whose day or whose side is not known) join the group that they are most like, and never hold two together.
    """
    weights = Weights(renderings)
    links: dict[int, dict[int, Likeness]] = defaultdict(dict)
    for one, two in _candidates(renderings, weights):
        like = likeness(renderings[one], renderings[two], weights)
        if like.same:
            links[one][two] = links[two][one] = like
    hosts = sum(not r.guest for r in renderings)
    days = [renderings[i].when.last or 0 for i in range(hosts)]
    first = origins(days, {i: [j for j in links[i] if j < hosts] for i in range(hosts) if i in links})
    first += [_joined(i, first, hosts, links) for i in range(hosts, len(renderings))]
    members: dict[int, list[int]] = defaultdict(list)
    for at, origin in enumerate(first):
        members[origin].append(at)
    for origin, linked in sorted(members.items()):
        for group in _parted(linked, links, renderings):
            whys = {links[a][b].why for a in group for b in links[a] if a < b and b in group}
            yield renderings[origin].when.last, group, sorted(whys)


def _parted(
    linked: Sequence[int], links: Mapping[int, Mapping[int, Likeness]], renderings: Sequence[Rendering]
) -> list[list[int]]:
    """The groups of two and more among some that hang together: joined from the most alike on, never two that exclude each other."""
    held = {i: [i] for i in linked}
    pairs = sorted((-links[a][b].score, a, b) for a in linked for b in links.get(a, ()) if a < b and b in held)
    for _, a, b in pairs:
        one, two = held[a], held[b]
        if one is not two and not any(excluded(renderings[x], renderings[y]) for x in one for y in two):
            one += two
            held |= dict.fromkeys(two, one)
    return [group for i, one in sorted(held.items()) if (group := sorted(one))[0] == i and len(group) > 1]


def _joined(at: int, first: Sequence[int], hosts: int, links: Mapping[int, Mapping[int, Likeness]]) -> int:
    """The group of a guest: of the host most like it, else of the first guest like it."""
    near = links.get(at, {})
    known = [(-near[i].score, i) for i in near if i < hosts]
    if known:
        return first[min(known)[1]]
    return min([i for i in near if hosts <= i < at], default=at)


def _candidates(renderings: Sequence[Rendering], weights: Weights) -> Iterable[tuple[int, int]]:
    """Pairs that share two rare words, or all of the rare words that one has, or a number; each once.

    Of those that share a word the last ones are looked at: they are nearest in time.
    """
    shelves: dict[object, list[int]] = defaultdict(list)
    lone: set[int] = set()
    rarity = weights.ranks()
    for at, one in enumerate(renderings):
        common = sorted([rarity[stem] for stem in one.stems if stem in rarity])
        # words that stand here alone are the rarest, and lead nowhere
        rare = common[: max(0, RAREST - len(one.stems) + len(common))]
        seen = Counter(chain.from_iterable(shelves[rank][-CROWD:] for rank in rare))
        counted = {other for value in one.values for other in shelves["number", value][-CROWD:]}
        few = set(seen) if len(one.stems) == 1 else seen.keys() & lone
        if len(one.stems) == 1:
            lone.add(at)
        for rank in common:
            shelves[rank].append(at)
        for value in one.values:
            shelves["number", value].append(at)
        yield from ((other, at) for other in sorted(counted | few | {o for o, n in seen.items() if n > 1}))


def _found(group: Sequence[Rendering], whys: Sequence[str], pile: Pile) -> Found:
    outlets, independent = pile.independent((r.article, *r.span) for r in group)
    drift = drifts(group)
    first = first_of(group, pile)
    day = min((r.when.first for r in group if r.when.known and r.when.firm and r.when.first), default=None)
    row: Row = {
        "speaker": speaker_of(group),
        "statements": [r.id for r in group],
        "outlets": outlets,
        "independent": independent,
        "first": first,
        "drift": drift,
        "said_on": shown_day(day),
        "why": "; ".join(whys[:3]),
    }
    published = min((r.printed[0] for r in group if r.printed), default=None)
    weight = independent + outlets / 100 + len(drift) / 1000
    return Found("utterance", row, row["statements"], date=shown_day(published), weight=weight)


def speaker_of(group: Sequence[Rendering]) -> str | None:
    """The fullest name that is printed of the speaker: a known person's or body's before a description, an office before its party."""
    voices = [r.voice for r in group if r.voice]
    best = min(voices, key=lambda v: (v.name == v.side, not v.known, -len(v.name), v.name), default=None)
    return best.name if best else None


def first_of(group: Sequence[Rendering], pile: Pile) -> str | None:
    """The statement of the article that printed it first; None where another may have been as early.

    In that article a quotation goes before its retelling, and the text before the title.
    """
    if any(r.printed is None for r in group):
        return None
    by_article: dict[str, tuple[int, int]] = {r.article: r.printed for r in group if r.printed}
    earliest = min(by_article, key=lambda a: (by_article[a][1], by_article[a][0], a))
    same = pile.outlet(earliest)
    for article, (begin, _) in by_article.items():
        if article != earliest and begin <= by_article[earliest][1] and (same is None or pile.outlet(article) != same):
            return None
    mine = [r for r in group if r.article == earliest]
    return min(mine, key=lambda r: (r.title, r.kind == "indirect", r.span)).id


def read(ledger: Ledger) -> list[Row]:
    """Every utterance that is printed more than once, what most outlets carry by themselves first."""
    return once(ledger.found("utterance"))


def once(found: Iterable[Row]) -> list[Row]:
    """Each statement in one utterance, the first that has it: a guest may have found company in two blocks."""
    taken: set[str] = set()
    kept: list[Row] = []
    for row in found:
        mine = [s for s in row["statements"] if s not in taken]
        if len(mine) > 1:
            taken.update(mine)
            drift = [d for d in row["drift"] if set(d["statements"]) <= set(mine)]
            kept.append(row if len(mine) == len(row["statements"]) else row | {"statements": mine, "drift": drift})
    return kept


def _cells(row: Row) -> tuple[str, ...]:
    told = "1 outlet" if row["outlets"] == 1 else f"{row['outlets']} outlets, {row['independent']} independent"
    return row["speaker"] or "unnamed", told, f"{len(row['drift'])} drifted" if row["drift"] else "printed alike"


COMPARISONS = (Comparison("utterances", VERSION, items, results),)

QUESTIONS = (
    Question(
        "utterances",
        "utterance",
        read,
        ("speaker", "told by", "words"),
        _cells,
        cites=lambda row: row["statements"],
    ),
)
