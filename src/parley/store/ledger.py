"""The ledger: one SQLite file, or a PostgreSQL database, that holds what was read and where it stands.

Whatever way an article comes in, it is there whole or not at all: no transaction ends within one.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from parley.data import Actor, Link, Reading, Run, row_id
from parley.errors import LedgerError
from parley.store import narrow, query, rows
from parley.store import schema as t
from parley.store.across import Across
from parley.store.desk import HEAD, Desk, read_all
from parley.store.dossiers.collecting import Dossiers
from parley.store.insert import insert
from parley.store.judgements.actors import clear, settle
from parley.store.judgements.entries import take_turns
from parley.store.judgements.judging import Judgements, moved_to
from parley.store.judgements.rows import reattach
from parley.store.linking import LinkDesk
from parley.store.opening import can_write, engine_at, explained, told, without_password
from parley.store.query import Rows
from parley.store.rows import Row
from parley.store.search import FEW, first, matching
from parley.store.sheets import Sheet, now, sheet_of
from parley.store.whole import Whole, wholes

Outcome = Literal["added", "updated", "unchanged"]

PREFIXES = {"ar": "article", "st": "statement", "fi": "figure", "po": "position", "ev": "event", "wo": "wording"}
PREFIXES |= {"da": "date", "ac": "actor", "li": "link", "ru": "run", "fa": "failure"}
"""The kind of row that an id's first letters name."""


_TABLES = {"article": t.article, **t.FINDINGS, "actor": t.actor, "link": t.link, "run": t.run, "failure": t.failure}


class Ledger(Judgements, Dossiers, Across):
    """A ledger that is open. Use it as a context manager, or close it.

    Every reading method gives rows in the shape of `parley export --format jsonl`.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self.where = where
        self._open = True

    # --- opening ----------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, path_or_url: str | Path, *, create: bool = False) -> Ledger:
        """Open the ledger at a path or a `postgresql://` address; with `create`, make it where there is none.

        A ledger of an older schema is brought up to date; of a newer one, LedgerError says so.
        """
        where = str(path_or_url)
        ledger = cls(engine_at(where, create=create), without_password(where))
        try:
            ledger._prepare(create, where)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Let go of the database."""
        self._open = False
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def version(self) -> str | None:
        """The schema's version, None of an empty database."""
        with self._reading() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            return found

    def _prepare(self, create: bool, address: str) -> None:
        try:
            version = self.version
        except sa.exc.DBAPIError as error:
            # `from None`: what the driver said in full may hold the address with its password
            raise LedgerError(
                f"{self.where} cannot be opened as a ledger: {told(error, address)}{_mend(error)}"
            ) from None
        if version == t.VERSION:
            return
        if version is not None and version > t.VERSION:
            raise LedgerError(
                f"{self.where} was written by a newer Parley (schema {version}; this one knows {t.VERSION}):"
                " install the newer version to open it"
            )
        if version is None and not create:
            raise LedgerError(f"{self.where} holds no ledger: make one with `parley build SOURCE... -l {self.where}`")
        if not can_write(self.where):
            raise LedgerError(
                f"{self.where} was written by an older Parley (schema {version}; this one needs {t.VERSION}) and can only be read"
                " here: copy it to a folder of yours and open the copy, or let somebody who may write it open it once"
            )
        from parley.store.migrate import upgrade

        with self._writing() as connection:
            upgrade(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if not self._open:
            raise LedgerError(f"{self.where} is closed: read its rows while it is open, or keep list(rows)")
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with explained(self.where), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    # --- writing ----------------------------------------------------------------------------------------------------

    def known(self, articles: Iterable[str], fingerprint: str) -> set[str]:
        """Those of some articles' ids that are here, read with the same settings."""
        article = t.article.c
        wanted = sa.select(article.id).where(article.id.in_(list(articles)), article.fingerprint == fingerprint)
        with self._reading() as connection:
            return set(connection.execute(wanted).scalars())

    def all_known(self, fingerprint: str) -> Iterator[str]:
        """The ids of all articles that were read with the same settings, in no order."""
        wanted = sa.select(t.article.c.id).where(t.article.c.fingerprint == fingerprint)
        with self._reading() as connection:
            yield from connection.execution_options(stream_results=True).execute(wanted).scalars()

    def has(self, article: str, fingerprint: str) -> bool:
        """True where the article is here, read with the same settings."""
        return bool(self.known([article], fingerprint))

    def add(self, reading: Reading, *, fingerprint: str, run: str, again: bool = False) -> Outcome:
        """Write what was read out of one article, whole or not at all; nothing where it is here already.

        An article read with other settings is replaced with all its rows; so is one read `again`, with what other articles
        told of its day.
        """
        return self.write([sheet_of(reading, fingerprint=fingerprint, run=run)], again=again)[0]

    def write(self, sheets: Sequence[Sheet], *, again: bool = False) -> list[Outcome]:
        """Write several articles at once, as `add` writes one: all of them, or where one cannot be written, none."""
        with self._writing() as connection:
            for source in sorted({s.sha256 for s in sheets}):
                _take_turns(connection, source)
            article = t.article.c
            wanted = sa.select(article.id, article.fingerprint).where(article.id.in_([s.article for s in sheets]))
            held: dict[str, str] = {row.id: row.fingerprint for row in connection.execute(wanted)}
            outcomes: list[Outcome] = []
            new: dict[str, Sheet] = {}
            before = dict(held)
            for sheet in sheets:
                known = before.get(sheet.article)
                before[sheet.article] = sheet.fingerprint
                if known == sheet.fingerprint and not again:
                    outcomes.append("unchanged")
                else:
                    new[sheet.article] = sheet
                    outcomes.append("added" if known is None else "updated")
            if stale := [id for id in new if id in held]:
                connection.execute(t.article.delete().where(article.id.in_(stale)))
            insert(connection, list(new.values()))
            reattach(connection, list(new))
        return outcomes

    def fail(self, *, file: str, record: str | None, article: str | None, step: str, error: str, run: str) -> None:
        """Note that a source, or one record of it, could not be read; the same failure is noted once, when last met."""
        row = {"id": row_id("fa", file, record, step, error), "file": file, "record": record, "article": article}
        with self._writing() as connection:
            _take_turns(connection, row["id"] or "")
            connection.execute(t.failure.delete().where(t.failure.c.id == row["id"]))
            _insert(connection, t.failure, [{**row, "step": step, "error": error, "run": run, "at": now()}])

    def save_run(self, run: Run) -> None:
        """Write what made the rows, or that it has finished."""
        fields = ("id", "parley", "settings", "started", "finished")
        row = {k: getattr(run, k) for k in fields} | {"models": list(run.models), "codebooks": list(run.codebooks)}
        with self._writing() as connection:
            connection.execute(t.run.delete().where(t.run.c.id == run.id))
            _insert(connection, t.run, [row])

    # --- actors -----------------------------------------------------------------------------------------------------

    def names(self) -> list[Row]:
        """Every name that the articles' rows name, with each kind, side and role it is given, how often, and from which day to which."""
        name, day = t.name.c, t.article.c.published
        columns = [name.key, name.name, name.kind, name.side, name.role]
        counted = sa.select(
            *columns,
            sa.func.sum(name.uses).label("uses"),
            sa.func.count().label("articles"),
            sa.func.min(day).label("first"),
            sa.func.max(day).label("last"),
        ).join(t.article, t.article.c.id == name.article)
        with self._reading() as connection:
            found = connection.execute(counted.group_by(*columns)).mappings()
            # sorted here: databases disagree on where a missing value stands
            return sorted((dict(r) for r in found), key=lambda r: [str(r[c.name] or "") for c in columns])

    def uses(self, keys: Iterable[str], *, limit: int | None = None) -> list[Row]:
        """The articles that print the names of some keys: `key`, `article`, the `name` as printed, the `role` given there and the article's `date`."""
        name, article = t.name.c, t.article.c
        columns = (name.key, name.article, name.name, name.role, article.published.label("date"))
        wanted = sa.select(*columns).join(t.article, article.id == name.article).where(name.key.in_(list(keys)))
        with self._reading() as connection:
            return [
                dict(r) for r in connection.execute(wanted.order_by(name.key, name.article).limit(limit)).mappings()
            ]

    def named_in(self, keys: Iterable[str], *, most: int | None = None) -> int:
        """How many articles print the names of some keys; of no more than `most` is it looked at."""
        some = sa.select(t.name.c.article).where(t.name.c.key.in_(list(keys))).distinct().limit(most).subquery()
        with self._reading() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())

    def state(self, key: str) -> str | None:
        """What was noted under a key."""
        with self._reading() as connection:
            value: str | None = connection.execute(sa.select(t.state.c.value).where(t.state.c.key == key)).scalar()
            return value

    def note(self, key: str, value: str) -> None:
        """Note something under a key, for `state`."""
        with self._writing() as connection:
            _take_turns(connection, key)
            connection.execute(t.state.delete().where(t.state.c.key == key))
            _insert(connection, t.state, [{"key": key, "value": value}])

    def replace_actors(
        self, actors: Sequence[Actor], links: Sequence[Link], *, by: str, state: tuple[str, str]
    ) -> None:
        """Put these actors and links in the place of those that `by` made before; other people's links stay."""
        with self._writing() as connection:
            take_turns(connection)
            _take_turns(connection, "actors")
            clear(connection)
            connection.execute(t.link.delete().where(t.link.c.by == by))
            kept = set(connection.execute(sa.select(t.link.c.right)).scalars())
            connection.execute(t.actor.delete().where(t.actor.c.id.not_in(kept)))
            fields = ("id", "name", "kind", "role", "side")
            made = [
                {k: getattr(a, k) for k in fields} | {"aliases": list(a.aliases)} for a in actors if a.id not in kept
            ]
            _insert(connection, t.actor, made)
            whole = ("id", "left", "right", "judgement", "score", "rule", "detail", "by")
            _insert(connection, t.link, [{k: getattr(x, k) for k in whole} for x in links])
            connection.execute(t.state.delete().where(t.state.c.key == state[0]))
            _insert(connection, t.state, [{"key": state[0], "value": state[1]}])
            settle(connection)

    @contextmanager
    def linking(self) -> Iterator[LinkDesk]:
        """A desk to link names at: all that is done at it is written, or nothing."""
        with self._writing() as connection:
            take_turns(connection)
            _take_turns(connection, "actors")
            yield LinkDesk(connection)

    # --- comparing --------------------------------------------------------------------------------------------------

    @contextmanager
    def comparing(self) -> Iterator[Desk]:
        """A desk to compare articles at: all that is done at it is written, or nothing."""
        with self._writing() as connection:
            _take_turns(connection, "comparing")
            yield Desk(connection)

    def found(
        self,
        kind: str,
        *,
        row: str | None = None,
        date: str | None = None,
        limit: int | None = None,
        holding: Sequence[str] = (),
        newest: bool = False,
    ) -> list[Row]:
        """What comparing found, of one kind, the weightiest first or the `newest`.

        With `row` what rests on that row, with `date` up to that day, with `holding` what has these words somewhere, in any case.
        """
        result = t.result.c
        told = sa.type_coerce(t.result.c.row, t.Words)
        wanted = sa.select(told).where(result.kind == kind)
        if row is not None:
            wanted = wanted.where(result.id.in_(sa.select(t.rests.c.result).where(t.rests.c.row == row)))
        if date is not None:
            wanted = wanted.where(result.date <= f"{date}~")
        for words in holding:
            # stored as JSON: a quotation mark stands there with a backslash
            inner = json.dumps(words, ensure_ascii=False)[1:-1]
            wanted = wanted.where(query.holds(sa.type_coerce(t.result.c.row, sa.Text), inner))
        latest = (result.date.desc().nulls_last(), result.weight.desc(), result.id.desc())
        weightiest = (result.weight.desc(), sa.func.coalesce(result.date, ""), result.id)
        with self._reading() as connection:
            return read_all(
                connection.execute(wanted.order_by(*latest if newest else weightiest).limit(limit)).scalars()
            )

    def found_by_id(self, id: str) -> Row | None:
        """What comparing found, by its id, or by its first letters if no other has them; None where there is none."""
        c = t.result.c
        wanted = sa.select(c.id, c.row).where(c.id >= id, c.id < f"{id}~").order_by(c.id).limit(2)
        with self._reading() as connection:
            found = connection.execute(wanted).all()
        exact: Row | None = next((row for i, row in found if i == id), None)
        return exact or (found[0][1] if len(found) == 1 else None)

    def chances(self) -> list[float]:
        """The p of every test of an over-use, of which there may be many more than results that are looked at."""
        held = sa.type_coerce(t.result.c.row, sa.Text)
        tested = sa.select(held).where(t.result.c.kind == "wording_share", ~held.contains('"overuse":null'))
        with self._reading() as connection:
            found = (
                json.loads(row)["overuse"] for batch in connection.execute(tested).partitions(500) for (row,) in batch
            )
            return [test["p"] for test in found if test]

    def copied(self, article: str | None = None, *, limit: int | None = None) -> list[Row]:
        """Every two articles that share text, as stored, with both their heads under `articles`.

        With `article` only those of that article, and of the ones that it shares text with; with `limit` so many, whole reprints before others.
        """
        copy = t.copy.c
        wanted = sa.select(t.copy)
        with self._reading() as connection:
            if article is not None:
                mine = connection.execute(
                    sa.select(copy.left, copy.right).where(sa.or_(copy.left == article, copy.right == article))
                )
                near = sorted({id for pair in mine for id in pair})
                wanted = wanted.where(sa.or_(copy.left.in_(near), copy.right.in_(near)))
            desk = Desk(connection)
            rank = sa.case({"whole": 0, "edited": 1}, value=copy.kind, else_=2)
            pairs = [dict(r) for r in connection.execute(wanted.order_by(rank, copy.id).limit(limit)).mappings()]
            found = desk.heads(i for p in pairs for i in (p["left"], p["right"]))
            heads = {head[0]: dict(zip(HEAD, head, strict=True)) for head in found}
        whole = [{**p, "articles": (heads[p["left"]], heads[p["right"]])} for p in pairs]
        return sorted(whole, key=lambda p: tuple(a["place"] for a in p["articles"]))

    # --- reading ----------------------------------------------------------------------------------------------------

    def articles(self, *, text: str | None = None, limit: int | None = None, **filters: Any) -> Rows:
        """Articles. Filters: article, outlet, since, until, language."""
        return self._rows("article", filters, text, limit)

    def statements(self, *, text: str | None = None, limit: int | None = None, **filters: Any) -> Rows:
        """Who said what. Filters: article, outlet, since, until, speaker, side, kind, nested, status, min_confidence."""
        return self._rows("statement", filters, text, limit)

    def figures(self, *, text: str | None = None, limit: int | None = None, **filters: Any) -> Rows:
        """Numbers and who counts so. Filters: those of all rows, and category, claimant, place, statement."""
        return self._rows("figure", filters, text, limit)

    def positions(self, *, text: str | None = None, limit: int | None = None, **filters: Any) -> Rows:
        """Who wants what. Filters: those of all rows, and party, issue, stance, said_by, statement."""
        return self._rows("position", filters, text, limit)

    def events(self, *, text: str | None = None, limit: int | None = None, **filters: Any) -> Rows:
        """What happened or is announced. Filters: those of all rows, and type, status, row_status, actor, place, statement."""
        return self._rows("event", filters, text, limit)

    def wording(self, *, text: str | None = None, limit: int | None = None, **filters: Any) -> Rows:
        """Labels that take a side. Filters: those of all rows, and voice, term, referent, statement."""
        return self._rows("wording", filters, text, limit)

    def dates(self, *, limit: int | None = None, **filters: Any) -> Rows:
        """TIMEX3 expressions. Filters: article, outlet, since, until, type."""
        return self._rows("date", filters, None, limit)

    def actors(self, *, name: str | None = None, side: str | None = None, limit: int | None = None) -> Rows:
        """Who somebody is, across articles, by name."""
        asked = {k: v for k, v in (("name", name), ("side", side)) if v}
        wanted = [query.holds(t.actor.c[k], v) for k, v in asked.items()]
        actors = sa.select(t.actor).where(*wanted).order_by(t.actor.c.name, t.actor.c.id).limit(limit)

        def fetch() -> Iterator[Row]:
            with self._reading() as connection, self._reading() as beside:
                ids = narrow.actors(connection, asked)
                chosen = actors if ids is None else actors.where(narrow.among(connection, t.actor.c.id, ids))
                for batch in query.stream(connection, chosen):
                    yield from query.shown(beside, "actor", batch)

        return Rows("actor", fetch)

    def links(self, *, left: str | None = None, right: str | None = None) -> Rows:
        """Judgements that a name means an actor."""
        wanted = [c == v for c, v in ((t.link.c.left, left), (t.link.c.right, right)) if v]
        return self._plain(
            "link", sa.select(t.link).where(*wanted).order_by(t.link.c.left, t.link.c.right, t.link.c.id)
        )

    def runs(self, *, last: int | None = None) -> Rows:
        """The builds that made this ledger, the first one first; or the last so many of them."""
        latest = sa.select(t.run.c.id).order_by(t.run.c.started.desc(), t.run.c.id.desc()).limit(last)
        wanted = sa.select(t.run).order_by(t.run.c.started, t.run.c.id)
        return self._plain("run", wanted if last is None else wanted.where(t.run.c.id.in_(latest)))

    def failures(self) -> Rows:
        """What could not be read, and why."""
        order = (t.failure.c.file, sa.func.coalesce(t.failure.c.record, ""), t.failure.c.id)
        return self._plain("failure", sa.select(t.failure).order_by(*order))

    def search(self, words: str, *, limit: int | None = None) -> Rows:
        """Rows of every kind that hold all the words, a `"phrase in quotes"` as one, in the order of articles.

        Words are found whole, without regard to case, accents or apostrophes; where none are, inside other words. With a `limit`, of words
        that very many rows hold, those that were written first are told.
        """

        def fetch() -> Iterator[Row]:
            with self._reading() as connection:
                passage = t.passage.c
                hits = passage.n.in_(matching(connection, words))
                order = [t.article.c.place, passage.n]
                if limit is not None:
                    met = first(connection, words)
                    many = len(met) > FEW
                    hits = narrow.among(connection, passage.n, sorted(met)[:limit] if many else met)
                    order = [passage.n] if many else order
                found = sa.select(passage.row, passage.kind).join(t.article, t.article.c.id == passage.article)
                wanted = found.where(hits).order_by(*order).limit(limit)
                for batch in query.stream(connection, wanted):
                    yield from self._by_ids([(r["kind"], r["row"]) for r in batch])

        return Rows("search", fetch)

    def row(self, id: str) -> Row | None:
        """The row of an id, of whatever kind, or of its first letters if no other id has them; None where there is none."""
        kind = PREFIXES.get(id.split("_", 1)[0])
        if kind is None:
            return None
        column = _TABLES[kind].c.id
        starting = sa.select(column).where(column >= id, column < f"{id}~").order_by(column).limit(2)
        with self._reading() as connection:
            found = connection.execute(starting).scalars().all() or [moved_to(connection, id)]
        if found == [None]:
            return None
        if len(found) == 1 or id in found:
            return next(self._by_ids([(kind, found[0])]), None)
        return None

    def by_ids(self, ids: Iterable[str]) -> dict[str, Row]:
        """Rows by their ids; those that are not here are left out."""
        kinds = ((PREFIXES.get(i.split("_", 1)[0]), i) for i in dict.fromkeys(ids))
        wanted = [(kind, i) for kind, i in kinds if kind]
        return {r["id"]: r for r in self._by_ids(wanted)}

    def text(self, article: str) -> str:
        """The article's text as read, in which all its spans count."""
        with self._reading() as connection:
            found: str | None = connection.execute(
                sa.select(t.article.c.text).where(t.article.c.id == article)
            ).scalar()
        if found is None:
            raise LedgerError(f"{self.where} has no article {article!r}")
        return found

    def texts(self, articles: Iterable[str]) -> dict[str, str]:
        """The texts of some articles, by id; those that are not here are left out."""
        wanted = sa.select(t.article.c.id, t.article.c.text)
        with self._reading() as connection:
            among = narrow.among(connection, t.article.c.id, list(articles))
            return dict(map(tuple, connection.execute(wanted.where(among))))

    def whole(self, article: str | None = None) -> Iterator[Whole]:
        """Each article (or one) with its text and all its rows, as the ledger stands when the first is asked for."""
        with self._reading() as connection:
            if connection.dialect.name == "postgresql":  # SQLite's transactions see one state of things by themselves
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield from wholes(connection, article)

    def check(self, *, told: Callable[[int, int], None] | None = None) -> Iterator[str]:
        """One sentence for each thing that is wrong: a span that is not its text, a source that is not its hash, a damaged page.

        `told` hears how many of how many articles have been looked at.
        """
        from parley.store.check import problems

        yield from problems(self, told=told)

    def source(self, sha256: str) -> bytes:
        """The bytes of a source as they were held, by their hash."""
        with self._reading() as connection:
            packed = connection.execute(sa.select(t.source.c.bytes).where(t.source.c.sha256 == sha256)).scalar()
        if packed is None:
            raise LedgerError(f"{self.where} has no source with hash {sha256!r}")
        return zlib.decompress(packed)

    def reading(self, article: str) -> Reading:
        """An article with all its rows, as stored: sentences, quotations and mentions are not kept."""
        with self._reading() as connection:
            found = connection.execute(sa.select(t.article).where(t.article.c.id == article)).mappings().first()
            if found is None:
                raise LedgerError(f"{self.where} has no article {article!r}")
            source = (
                connection.execute(sa.select(t.source).where(t.source.c.sha256 == found["sha256"])).mappings().one()
            )
            dropped = connection.execute(_of(t.dropped, article)).mappings().all()
            findings = {
                kind: tuple(rows.finding_of(kind, r) for r in connection.execute(_of(table, article)).mappings())
                for kind, table in t.FINDINGS.items()
            }
        return Reading(
            page=rows.page_of(found, source, zlib.decompress(source["bytes"])),
            article=rows.article_of(found, [dict(d) for d in dropped]),
            dates=findings["date"],
            statements=findings["statement"],
            figures=findings["figure"],
            positions=findings["position"],
            events=findings["event"],
            wording=findings["wording"],
        )

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are."""
        with self._reading() as connection:
            return {
                kind: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for kind, table in _TABLES.items()
            }

    def _rows(self, kind: str, filters: Mapping[str, Any], text: str | None, limit: int | None) -> Rows:
        wanted = query.check_filters(kind, filters)

        def fetch() -> Iterator[Row]:
            with self._reading() as connection, self._reading() as beside:
                for batch in query.stream(connection, query.select(connection, kind, wanted, text, limit)):
                    yield from query.shown(beside, kind, batch)

        return Rows(kind, fetch)

    def _plain(self, kind: str, wanted: sa.Select[Any]) -> Rows:
        def fetch() -> Iterator[Row]:
            with self._reading() as connection:
                for batch in query.stream(connection, wanted):
                    yield from ({"row": kind, **r} for r in batch)

        return Rows(kind, fetch)

    def _by_ids(self, wanted: Sequence[tuple[str, str]]) -> Iterator[Row]:
        """Rows by kind and id, in the order asked for, each once."""
        by_id: dict[str, Row] = {}
        with self._reading() as connection:
            for kind in {k for k, _ in wanted}:
                table = _TABLES[kind]
                ids = [i for k, i in wanted if k == kind]
                among = narrow.among(connection, table.c.id, ids)
                found = connection.execute(sa.select(table).where(among)).mappings().all()
                shaped: Iterable[Row] = (
                    query.shown(connection, kind, found)
                    if kind in query.FILTERS or kind == "actor"
                    else ({"row": kind, **r} for r in found)
                )
                by_id |= {r["id"]: r for r in shaped}
        yield from (by_id[i] for i in dict.fromkeys(i for _, i in wanted) if i in by_id)


def _mend(error: sa.exc.DBAPIError) -> str:
    """What to do about a file that is no database, or no longer."""
    damaged = any(words in str(error.orig) for words in ("not a database", "malformed"))
    return ". If it was a ledger, it is damaged: see docs/reliability.md for what can be saved" if damaged else ""


def _of(table: sa.Table, article: str) -> sa.Select[Any]:
    return sa.select(table).where(table.c.article == article).order_by(table.c.n)


def _insert(connection: Connection, table: sa.Table, values: Sequence[Row]) -> None:
    if values:
        connection.execute(table.insert(), values)


def _take_turns(connection: Connection, what: str) -> None:
    """Of two builds that write one source to PostgreSQL, the second waits and finds it there; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what})
