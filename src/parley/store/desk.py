"""The desk at which comparing works: what has changed since the last time, and putting results in the place of old ones.

A desk is one transaction (`Ledger.comparing`), and of two processes at one ledger the second waits for it. Each transaction
ends with the ledger in a state from which the next one can go on: an article is in `compared` with the members that it brings,
and a block whose members changed is in `touched` until its results are made again.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.data import row_id
from parley.resolve.judgements import MACHINE, decided, in_article, of_key
from parley.store import narrow, query
from parley.store import schema as t
from parley.store.roles import kept
from parley.store.rows import Row
from parley.store.shelves import Shelves
from parley.store.words import fold

Block: TypeAlias = tuple[str, str]
"""A comparison's name and the key of one of its blocks."""

STATE = "comparisons"
COPIES = "copies"
_PLACE = 2
HEAD = ("id", "source_id", "place", "title_text", "outlet", "published", "published_latest")
LAYERS = ("statement", "figure", "position", "event", "wording")
_MANY = 900
"""Values of one `IN`: older SQLites refuse more than 999."""
_NUMBERS = 20_000
"""Numbers that are looked up at once."""


class Desk:
    """One transaction of comparing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[str, tuple[Any, ...]] = {}
        self.shelves = Shelves(connection)

    # --- what is to be done -----------------------------------------------------------------------------------------

    def begin(self, signature: str, comparisons: Iterable[str]) -> None:
        """Forget what was compared by other rules than these; `signature` names the rules."""
        key = t.state.c.key == STATE
        if self._scalar(sa.select(t.state.c.value).where(key)) == signature:
            return
        self._run(t.compared.update().values(held=None))
        for table in (t.member, t.touched, t.result):
            self._run(table.delete().where(table.c.comparison.not_in(list(comparisons))))
        self._run(t.state.delete().where(key))
        self._run(t.state.insert().values(key=STATE, value=signature))

    def begin_copies(self, version: str) -> None:
        """Forget the copies that were found by other rules; everything that rests on them is compared anew."""
        key = t.state.c.key == COPIES
        if self._scalar(sa.select(t.state.c.value).where(key)) == version:
            return
        for table in (t.sketch, t.shelf, t.bucket, t.copy):
            self._run(table.delete())
        self._run(t.compared.update().values(held=None))
        self._run(t.state.delete().where(key))
        self._run(t.state.insert().values(key=COPIES, value=version))

    def waiting(self, limit: int, among: Sequence[str] | None = None) -> list[str]:
        """Articles that are new, or were read again, since they were last compared, or those of some that still are so; in the order
        of articles, so many at most."""
        return self._without(t.compared.c.held, limit, among)

    def forget_gone(self) -> None:
        """Take what articles brought that are gone, or will be brought anew, out of the blocks."""
        gone = list(
            self._connection.execute(sa.select(t.compared.c.article).where(t.compared.c.held.is_(None))).scalars()
        )
        for some in _cut(gone):
            self._take_out(some)
            self._run(t.compared.delete().where(t.compared.c.article.in_(some)))

    def forget_renamed(self) -> None:
        """Let the articles be compared again that print a name which now means somebody else."""
        doubtful = sorted(self._doubtful())
        after = self._meanings(doubtful)
        before: dict[str, str] = {}
        for some in _cut(doubtful):
            meant = sa.select(t.meant.c.key, t.meant.c.actor).where(t.meant.c.key.in_(some))
            before |= {row[0]: row[1] for row in self._connection.execute(meant)}
        changed = [k for k in doubtful if before.get(k) != after.get(k)]
        for keys in _cut(changed):
            told = [of_key(key) for key in keys]
            here = [article for _, article in told if article]
            everywhere = [key for key, article in told if not article]
            printing = sa.select(t.name.c.article).where(t.name.c.key.in_(everywhere))
            touched = sa.or_(t.compared.c.article.in_(printing), t.compared.c.article.in_(here))
            self._run(t.compared.update().where(touched).values(held=None))
            self._run(t.meant.delete().where(t.meant.c.key.in_(keys)))
        self._insert(t.meant, [{"key": k, "actor": after[k]} for k in sorted(changed) if k in after])

    def _doubtful(self) -> set[str]:
        """The names that may mean another than was last compared: those of which a link says so, those of which none says anything
        any more, and those of which a person has said anything.

        Nearly every name has one link that says whom it means, and it says what it said before: the database passes those over.
        Whom a name does not mean, or may mean, the machine says of thousands; that alone tells nothing of whom it does mean.
        """
        link, actor, meant = t.link.c, t.actor.c, t.meant.c
        said = actor.id + "\t" + actor.name + "\t" + sa.func.coalesce(actor.side, "")
        beside = t.link.outerjoin(t.meant, meant.key == link.left).outerjoin(t.actor, actor.id == link.right)
        positive = link.judgement == "positive"
        other = sa.select(link.left).select_from(beside).where(positive, (meant.actor == said).is_not(sa.true()))
        judged = sa.select(link.left).where(link.by != MACHINE)
        gone = sa.select(meant.key).where(~sa.exists().where(link.left == meant.key, positive))
        return {key for wanted in (other, judged, gone) for key in self._connection.execute(wanted).scalars()}

    # --- articles ---------------------------------------------------------------------------------------------------

    def told(self, articles: Sequence[str]) -> list[Row]:
        """Each article's rows as exports have them: `article`, `text`, a list by kind, and `names`, whom each name means; of articles
        that are there, and that nobody reads anew until this is done."""
        wanted = sa.select(t.article).where(t.article.c.id.in_(articles)).order_by(t.article.c.place)
        found = self._connection.execute(kept(self._connection, wanted))
        heads = found.mappings().all()
        names = self._names(articles)
        layers = {kind: self._layer(kind, articles) for kind in LAYERS}
        return [
            {
                "article": shown,
                "text": head["text"],
                "names": names.get(head["id"], {}),
                **{kind: layers[kind].get(head["id"], []) for kind in LAYERS},
            }
            for head, shown in zip(heads, query.shown(self._connection, "article", heads), strict=True)
        ]

    def _layer(self, kind: str, articles: Sequence[str]) -> dict[str, list[Row]]:
        table = t.FINDINGS[kind]
        wanted = sa.select(table).where(table.c.article.in_(articles)).order_by(table.c.start, table.c.n)
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in query.shown(self._connection, kind, self._connection.execute(wanted).mappings().all()):
            rows[row["article"]].append(row)
        return rows

    def _names(self, articles: Sequence[str]) -> dict[str, dict[str, str]]:
        """By article and folded name, whom the name means: id, name and side in one text."""
        found = self._connection.execute(
            sa.select(t.name.c.article, t.name.c.key, t.name.c.name).where(t.name.c.article.in_(articles))
        ).all()
        meant = self._meanings({k for article, key, _ in found for k in (key, in_article(key, article))})
        names: dict[str, dict[str, str]] = defaultdict(dict)
        for article, key, name in sorted(found):
            if who := meant.get(in_article(key, article), meant.get(key)):
                names[article].setdefault(fold(name), who)
        return names

    def _meanings(self, keys: Iterable[str]) -> dict[str, str]:
        """Whom some names mean, as far as that is decided: id, name and side in one text."""
        link, actor = t.link.c, t.actor.c
        columns = (link.left, link.right, link.judgement, link.score, link.by)
        linked = sa.select(*columns)
        parts = [linked.where(link.left.in_(some)) for some in _cut(sorted(keys))]
        chosen = _chosen([row for part in parts for row in self._connection.execute(part).all()])
        wanted = sa.select(actor.id, actor.name, actor.side)
        ids = sorted(set(chosen.values()))
        parts = [wanted.where(actor.id.in_(some)) for some in _cut(ids)]
        rows = [row for part in parts for row in self._connection.execute(part).all()]
        who = {row[0]: "\t".join((row[0], row[1], row[2] or "")) for row in rows}
        return {left: who[right] for left, right in chosen.items() if right in who}

    def keep(self, articles: Sequence[str], brought: Mapping[str, Mapping[Block, Sequence[Row]]]) -> None:
        """Note what articles bring to which blocks, in the place of what they brought before."""
        for some in _cut(articles):
            self._take_out(some)
            self._run(t.compared.delete().where(t.compared.c.article.in_(some)))
        rows = [
            {"comparison": comparison, "block": block, "article": article, "items": list(items)}
            for article in articles
            for (comparison, block), items in brought.get(article, {}).items()
        ]
        self._insert(t.member, rows)
        self._touch({block for held in brought.values() for block in held})
        self._insert(t.compared, [{"article": a, "held": a} for a in articles])

    def _take_out(self, articles: Sequence[str]) -> None:
        where = t.member.c.article.in_(articles)
        blocks = self._connection.execute(
            sa.select(t.member.c.comparison, t.member.c.block).where(where).distinct()
        ).all()
        self._touch({(str(row[0]), str(row[1])) for row in blocks})
        self._run(t.member.delete().where(where))

    def _touch(self, blocks: set[Block]) -> None:
        rows = [{"comparison": c, "block": b} for c, b in sorted(blocks)]
        if rows:
            insert = _insert_ignoring(self._connection, t.touched)
            self._connection.execute(insert, rows)

    # --- blocks -----------------------------------------------------------------------------------------------------

    def touched(self, limit: int, members: int | None = None) -> list[Block]:
        """Blocks whose results are to be made again, some at a time: so many at most, and one at least of so many `members` together."""
        columns = (t.touched.c.comparison, t.touched.c.block)
        found = self._connection.execute(sa.select(*columns).order_by(*columns).limit(limit))
        blocks: list[Block] = [(comparison, block) for comparison, block in found]
        if members is None:
            return blocks
        many = self._many(blocks)
        total = accumulate(many.get(block, 0) for block in blocks)
        return [block for n, (block, sum) in enumerate(zip(blocks, total, strict=True)) if not n or sum <= members]

    def _many(self, blocks: Sequence[Block]) -> dict[Block, int]:
        """How many articles bring something to some blocks."""
        c = t.member.c
        many: dict[Block, int] = {}
        for comparison, keys in _by_comparison(blocks).items():
            wanted = sa.select(c.block, sa.func.count()).group_by(c.block).where(c.comparison == comparison)
            for some in _cut(keys):
                found = self._connection.execute(wanted.where(c.block.in_(some)))
                many |= {(comparison, block): count for block, count in found}
        return many

    def items(self, blocks: Sequence[Block]) -> dict[Block, list[Row]]:
        """What articles bring to some blocks, each with its `article`, in the order of articles."""
        held: dict[Block, list[Row]] = {block: [] for block in blocks}
        for comparison, keys in _by_comparison(blocks).items():
            for some in _cut(keys):
                brought = sa.type_coerce(t.member.c["items"], t.Words)
                wanted = sa.select(t.member.c.block, t.member.c.article, brought)
                here = wanted.where(t.member.c.comparison == comparison, t.member.c.block.in_(some))
                rows = self._in_order(self._connection.execute(here).all())
                for (block, article, _), items in zip(rows, read_all(row[2] for row in rows), strict=True):
                    for item in items:
                        item["article"] = article
                    held[comparison, block] += items
        return held

    def _in_order(self, rows: Sequence[Any]) -> list[Any]:
        """Members in the order of articles, those of articles that are gone left out. The order is made here: heads are wanted
        anyway, and a database that sorts looks every article up once more."""
        places = {head[0]: head[_PLACE] for head in self.heads({row[1] for row in rows})}
        return sorted((row for row in rows if row[1] in places), key=lambda row: str(places[row[1]]))

    def heads(self, articles: Iterable[str]) -> list[tuple[Any, ...]]:
        """What comparing asks of articles beside their rows, as HEAD names it; of those that are there."""
        wanted = set(articles)
        c = t.article.c
        latest = sa.func.coalesce(c.published_latest, c.published)
        columns = (c.id, c.source_id, c.place, c.title_text, c.outlet, c.published, latest)
        if new := sorted(wanted - self._heads.keys()):
            found = self._connection.execute(sa.select(*columns).where(narrow.among(self._connection, c.id, new)))
            self._heads |= {row[0]: tuple(row) for row in found}
        return [self._heads[id] for id in sorted(wanted & self._heads.keys())]

    def shared(self, articles: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """The pairs of some articles that share text, each with its passages as JSON: most of them are never looked at."""
        among = set(articles)
        columns = (t.copy.c.left, t.copy.c.right, sa.type_coerce(t.copy.c.passages, t.Words))
        for some in _cut(sorted(among)):
            wanted = sa.select(*columns).where(t.copy.c.left.in_(some))
            found = self._connection.execute(wanted).all()
            yield from ((left, right, passages) for left, right, passages in found if right in among)

    def replace(self, made: Mapping[Block, Sequence[Row]]) -> None:
        """Put results in the place of those that these blocks had: rows with `kind`, `key`, `row`, `rests`, `date`, `weight`."""
        for comparison, keys in _by_comparison(made).items():
            for some in _cut(keys):
                for table in (t.result, t.touched):
                    self._run(table.delete().where(table.c.comparison == comparison, table.c.block.in_(some)))
        results: dict[str, Row] = {}
        for (comparison, block), found in made.items():
            for one in found:
                id = row_id("re", comparison, block, one["kind"], one["key"], *sorted(set(one["rests"])))
                about = {k: one[k] for k in ("kind", "date", "weight", "rests")}
                shown = {"row": one["kind"], "id": id, **one["row"]}
                results.setdefault(id, {"id": id, "comparison": comparison, "block": block, **about, "row": shown})
        rests = [{"result": r["id"], "row": row} for r in results.values() for row in sorted(set(r.pop("rests")))]
        self._insert(t.result, list(results.values()))
        self._insert(t.rests, rests)

    # --- copies -----------------------------------------------------------------------------------------------------

    def unsketched(self, limit: int, among: Sequence[str] | None = None) -> list[str]:
        """Articles that have no sketch, or those of some; in the order of articles, so many at most."""
        return self._without(t.sketch.c.article, limit, among)

    def unmatched(self, limit: int) -> dict[str, bytes]:
        """The hashes of articles that have a sketch and were not held against the others, so many at most."""
        c = t.sketch.c
        wanted = sa.select(c.article, c.hashes).where(c.number.is_(None)).order_by(c.article).limit(limit)
        return {row[0]: row[1] for row in self._connection.execute(wanted)}

    def numbered(self, numbers: Iterable[int]) -> dict[int, str]:
        """The articles that have some numbers; of those that are gone, none."""
        c, known = t.sketch.c, sorted(set(numbers))
        parts = (known[at : at + _NUMBERS] for at in range(0, len(known), _NUMBERS))
        wanted = sa.select(c.number, c.article)
        held = (self._connection.execute(wanted.where(narrow.among(self._connection, c.number, p))) for p in parts)
        return {number: article for rows in held for number, article in rows}

    def number(self, articles: Sequence[str], first: int) -> None:
        """Number articles that were held against the others, from `first`."""
        mine = t.sketch.c.article == sa.bindparam("mine")
        rows = [{"mine": article, "number": first + n} for n, article in enumerate(articles)]
        self._connection.execute(t.sketch.update().where(mine), rows)

    def pages(self, articles: Iterable[str]) -> list[Row]:
        """Articles with their text, what was set aside of it, and what tells their origin, in the order of articles; of those that are
        there, and that nobody reads anew until this is done."""
        c = t.article.c
        columns = (
            c.id,
            c.place,
            c.text,
            c.body_start,
            c.body_stop,
            c.outlet,
            c.authors,
            c.published,
            c.published_latest,
        )
        rows: list[Row] = []
        for some in _cut(sorted(set(articles))):
            found = (
                self._connection.execute(kept(self._connection, sa.select(*columns).where(c.id.in_(some))))
                .mappings()
                .all()
            )
            dropped = query.dropped_of(self._connection, some)
            rows += [{**page, "dropped": dropped.get(page["id"], [])} for page in found]
        return sorted(rows, key=lambda r: str(r["place"]))

    def keep_sketches(self, sketches: Sequence[Row]) -> None:
        """Write the sketches of articles."""
        self._insert(t.sketch, sketches)

    def keep_copies(self, copies: Sequence[Row]) -> None:
        """Write copies that were found; a pair is written once."""
        if copies:
            self._connection.execute(_insert_ignoring(self._connection, t.copy), copies)

    # --- the database -----------------------------------------------------------------------------------------------

    def _run(self, statement: sa.Executable) -> None:
        self._connection.execute(statement)

    def _scalar(self, statement: sa.Select[Any]) -> Any:
        return self._connection.execute(statement).scalar()

    def _without(self, known: sa.ColumnElement[str], limit: int, among: Sequence[str] | None) -> list[str]:
        """The articles that a column of ids lacks, in the order of articles, so many at most. Two lists of ids are held against each
        other: to ask for each article by itself takes five times as long, and mostly there is none. That takes as long as there are
        articles; whoever works through many asks for many, and again `among` those that are next: others may be at work too."""
        here, there = sa.select(t.article.c.id), sa.select(known)
        if among is not None:
            here = here.where(narrow.among(self._connection, t.article.c.id, among))
            there = there.where(narrow.among(self._connection, known, among))
        lacking = here.except_(there).subquery()
        wanted = sa.select(t.article.c.id).where(t.article.c.id.in_(sa.select(lacking.c.id)))
        return list(self._connection.execute(wanted.order_by(t.article.c.place).limit(limit)).scalars())

    def _insert(self, table: sa.Table, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)


def _chosen(links: Sequence[Any]) -> dict[str, str]:
    """Whom each name means. Nearly every name has one link, and that is decided at a glance; there may be a million."""
    often = Counter(link[0] for link in links)
    alone = {link[0]: link[1] for link in links if link[2] == "positive" and often[link[0]] == 1}
    return alone | decided([dict(link._mapping) for link in links if often[link[0]] > 1])


def read_all(told: Iterable[str]) -> list[Any]:
    """Many values written as JSON, read as one: to begin anew with each takes as long as reading it."""
    found: list[Any] = json.loads(f"[{','.join(told)}]")
    return found


def _cut(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _MANY] for at in range(0, len(values), _MANY))


def _by_comparison(blocks: Iterable[Block]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for comparison, block in blocks:
        keys[comparison].append(block)
    return keys


def _insert_ignoring(connection: Connection, table: sa.Table) -> Any:
    """An insert that leaves rows alone that are there."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()
