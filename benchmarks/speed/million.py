"""A ledger of very many articles, made of few: the same rows again and again with other names, days, outlets and ids.

    python -m benchmarks.speed.million --articles 1000000 --ledger FILE|postgresql://... [--words 150] [--template FILE] [--apart]

PolNeAR's articles of the shared folder (else the sample) are cut after so many words and read once, by `parley build --profile fast`, into
the template. Each further round is that ledger with names of the same length (so that every span holds), other days within ten years,
other ids, and sources compressed and hashed anew, so that `parley doctor` finds it sound. Every fifth name and the most frequent
ones stay: so there are people whom a million articles name. Rows go in by the thousand, with indexes made afterwards.

Not multiplied is what no page reads: items of comparisons (`member`), blocks of names, sketches for finding copies.
Results about an outlet as a whole are multiplied as long as outlets are.

With `--apart` rounds have other words too, but for half of the most frequent ones, another half in each, so that no round copies another, and what comparing finds
is left out: a pile to compare (`parley compare`), in which stories have as much to do with each other as they have in print.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import resource
import sqlite3
import string
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

from benchmarks.speed.compare import articles
from parley.store.ledger import Ledger
from parley.store.tally import keep

TABLES = (
    *("run", "source", "article", "dropped", "name", "date", "statement", "figure", "position", "event", "wording"),
    *("passage", "actor", "link", "meant", "copy", "result", "rests"),
)
FOUND = frozenset(("meant", "copy", "result", "rests"))
"""What comparing makes."""
KEPT_BY = {"actor": "id", "link": "left", "meant": "key"}
"""What several rounds have alike is there once; this column tells."""
OF_OUTLETS = frozenset(("wording_share", "heard", "doubt", "naming", "passive"))
OUTLETS_IN = frozenset((("article", "outlet"), ("result", "row"), ("result", "block")))
OUTLETS, YEARS = 40, 10
OUTLET = "\x01"
"""Stands before a token that is an outlet, which may be a word of the text too."""
LINE = "\x02"
"""Stands for the end of a line in a source's JSON, where it is written with a letter."""
FREQUENT, PHRASES = 60, 400
"""The most frequent words: of names, which all rounds have, and of texts, of which each round has some."""
FEW = 80
"""Values of a column up to which they are a scheme's and not the text's, and times that JSON has a word of a scheme."""
_WORD = re.compile(r"[A-Za-z]{4,}")
_ID = re.compile(r"(?:ar|st|fi|po|ev|wo|da|re|cp|li|ac)_[0-9a-f]{20}")
_KEY = re.compile(r'"(\w{4,})":')
_QUOTED = re.compile(r'"([A-Za-z_]{4,})"')
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


# --- the template -----------------------------------------------------------------------------------------------------


def cut(text: str, words: int) -> str:
    """The first paragraphs of a text, up to so many words or one paragraph."""
    kept: list[str] = []
    count = 0
    for paragraph in text.split("\n\n"):
        if kept and count + len(paragraph.split()) > words:
            break
        kept.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(kept)


def template(path: Path, words: int) -> None:
    """Read the articles of which all others are made."""
    from parley import build
    from parley.engine.sample import sample

    try:
        lines = [{**a, "text": cut(a["text"], words)} for a in articles()]
    except (FileNotFoundError, SystemExit):
        build(sample().sources, path, profile="fast")
        return
    source = path.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    build(source, path, profile="fast")


# --- rounds -----------------------------------------------------------------------------------------------------------


class Tokens:
    """What changes from round to round in the texts of a template: ids, days, names, outlets and hashes."""

    def __init__(self, held: sqlite3.Connection, *, apart: bool = False) -> None:
        self.pool: list[str] = []
        self._where: dict[str, int] = {}
        self.outlets = {o for (o,) in held.execute("SELECT DISTINCT outlet FROM article") if o}
        texts, self.some = _words(held) if apart else (frozenset[str](), frozenset[str]())
        self.names = _names(held) | texts | self.some
        quoted = [re.escape(json.dumps(o)) for o in sorted(self.outlets, key=len, reverse=True)]
        tokens = (_ID.pattern, r"\b[0-9a-f]{64}\b", rf"\b{_DAY.pattern}\b", rf"\b{_WORD.pattern}\b")
        self._pattern = re.compile(f"({'|'.join(tokens)})")
        self._with_outlets = re.compile(f"({'|'.join((*quoted, *tokens))})")
        self.changing: list[int] = []
        self._kept = frozenset(_kept_actors(held, self.names))

    def at(self, text: str) -> int:
        """The place of a text in the pool."""
        if text not in self._where:
            self._where[text] = len(self.pool)
            self.pool.append(text)
            if self.changes(text):
                self.changing.append(self._where[text])
        return self._where[text]

    def changes(self, text: str) -> bool:
        """True where a round has another text for it."""
        if _WORD.fullmatch(text):
            return text.lower() in self.names
        if _ID.fullmatch(text):
            return text not in self._kept
        return bool(_DAY.fullmatch(text)) or text.startswith(OUTLET) or (len(text) == 64 and text.isalnum())

    def cell(self, value: Any, *, outlets: bool = False) -> Any:
        """A value, or how to get it out of the pool of a round; outlets have a number behind them, so they change the length."""
        if not isinstance(value, str):
            return value
        pattern = self._with_outlets if outlets else self._pattern
        parts = [p for p in ([value] if outlets and value in self.outlets else pattern.split(value)) if p]
        if outlets:
            parts = [f"{OUTLET}{p}" if p.strip('"') in self.outlets else p for p in parts]
        if not any(map(self.changes, parts)):
            return value
        joined: list[str] = []
        for part in parts:  # what stays goes together
            if joined and not self.changes(part) and not self.changes(joined[-1]):
                joined[-1] += part
            else:
                joined.append(part)
        return _Getter([self.at(p) for p in joined])


class _Getter:
    """A text of some parts of the pool."""

    __slots__ = ("_get",)

    def __init__(self, places: Sequence[int]) -> None:
        self._get: Callable[[Sequence[str]], Any] = itemgetter(*places)
        if len(places) == 1:
            place = places[0]
            self._get = lambda pool: (pool[place],)

    def __call__(self, pool: Sequence[str]) -> str:
        return "".join(self._get(pool))


def _names(held: sqlite3.Connection) -> frozenset[str]:
    """Words of names that rounds have other words for: not the most frequent ones, nor every fifth, nor those that are words too, or keys of JSON."""
    uses: Counter[str] = Counter()
    for name, n in held.execute("SELECT name, sum(uses) FROM name GROUP BY name"):
        for word in _WORD.findall(name):
            uses[word.lower()] += n
    small: Counter[str] = Counter()
    for (text,) in held.execute("SELECT text FROM article"):
        small.update(re.findall(r"\b[a-z]{4,}\b", text))
    keys = {key.lower() for (row,) in held.execute("SELECT row FROM result") for key in _KEY.findall(row)}
    frequent = {w for w, _ in uses.most_common(FREQUENT)}
    fifth = {w for w in uses if zlib.crc32(w.encode()) % 5 == 0}
    return frozenset(w for w in uses if w not in frequent | fifth | keys and small[w] < 5)


def _words(held: sqlite3.Connection) -> tuple[frozenset[str], frozenset[str]]:
    """Words of texts that rounds have other words for, but for what schemes and JSON say; and the most frequent ones."""
    small: Counter[str] = Counter()
    for (text,) in held.execute("SELECT text FROM article"):
        small.update(re.findall(r"\b[a-z]{4,}\b", text))
    frequent = {w for w, _ in small.most_common(PHRASES)}
    told: Counter[str] = Counter()
    for table in TABLES:
        columns = [c[1] for c in held.execute(f'PRAGMA table_info("{table}")')]
        for column in columns:
            for (value,) in held.execute(f'SELECT "{column}" FROM "{table}"'):
                if isinstance(value, str) and value[:1] in "[{":
                    told.update({w.lower() for w in _QUOTED.findall(value)})
    kept = {word for word, n in told.items() if n > FEW}
    for (data,) in held.execute('SELECT "bytes" FROM source'):
        kept.update(json.loads(zlib.decompress(data)))
    return frozenset(small) - kept - frequent, frozenset(frequent - kept)


def _kept_actors(held: sqlite3.Connection, names: frozenset[str]) -> Iterator[str]:
    for id, name in held.execute("SELECT id, name FROM actor"):
        if not any(w.lower() in names for w in _WORD.findall(name)):
            yield id


@dataclass(frozen=True)
class Row:
    """A row of the template: its values, and which of them are made anew."""

    values: list[Any]
    made: list[tuple[int, _Getter]]

    def of(self, pool: Sequence[str]) -> list[Any]:
        row = self.values.copy()
        for at, get in self.made:
            row[at] = get(pool)
        return row


class Rounds:
    """The rows of a template, round after round."""

    def __init__(self, path: Path, *, apart: bool = False) -> None:
        self._apart = apart
        with closing(sqlite3.connect(path)) as held:
            self.tokens = Tokens(held, apart=apart)
            self.columns: dict[str, list[str]] = {}
            self.rows: dict[str, list[Row]] = {}
            self.sources: list[_Getter | str] = []
            self._seen: dict[str, set[int]] = {table: set() for table in KEPT_BY}
            for table in TABLES:
                self._take(held, table)

    def _take(self, held: sqlite3.Connection, table: str) -> None:
        found = held.execute(f'SELECT * FROM "{table}"')
        columns = [c[0] for c in found.description]
        self.columns[table] = columns
        self.rows[table] = []
        schemes = {c for c in columns if self._of_scheme(held, table, c)}
        for values in found:
            cells = [
                v if c in schemes else self.tokens.cell(v, outlets=(table, c) in OUTLETS_IN)
                for c, v in zip(columns, values, strict=True)
            ]
            if table == "source":
                data = zlib.decompress(values[columns.index("bytes")]).decode()
                whole = json.dumps(json.loads(data), ensure_ascii=False).replace("\\n", LINE)
                self.sources.append(self.tokens.cell(whole))
            made = [(at, c) for at, c in enumerate(cells) if isinstance(c, _Getter)]
            if table == "run":
                made = []
            if table == "passage":
                values = (None, *values[1:])
            self.rows[table].append(Row(list(values), made))

    def _of_scheme(self, held: sqlite3.Connection, table: str, column: str) -> bool:
        """True where few values are all that a column has; ids, days and outlets are rounds' own."""
        if not self._apart or (table, column) in OUTLETS_IN:
            return False
        values = [str(v) for (v,) in held.execute(f'SELECT DISTINCT "{column}" FROM "{table}" LIMIT {FEW + 1}')]
        return len(values) <= FEW and not any(_ID.search(v) or _DAY.search(v) or len(v) == 64 for v in values)

    def round(self, number: int, limit: int) -> Iterator[tuple[str, list[list[Any]]]]:
        """The rows of a round by table, of the first `limit` articles."""
        pool = self._pool(number)
        at = self.columns["source"].index
        sources = []
        for row, text in zip(self.rows["source"], self.sources, strict=True):
            told = text(pool) if isinstance(text, _Getter) else text
            told = told.replace(LINE, "\\n")
            data = f'{told[:-1]}, "round": {number}}}'.encode()  # no two sources are the same
            made = row.values.copy()
            digest = hashlib.sha256(data).hexdigest()
            pool[self.tokens.at(made[at("sha256")])] = digest
            made[at("sha256")], made[at("size")], made[at("bytes")] = digest, len(data), zlib.compress(data, 6)
            sources.append(made)
        some = self.rows["article"][:limit]
        whole = limit == len(self.rows["article"])
        sha256 = self.columns["article"].index("sha256")
        wanted = {r.values[0] for r in some}
        held = {r.values[sha256] for r in some}
        yield "source", [s for r, s in zip(self.rows["source"], sources, strict=True) if r.values[0] in held]
        for table in TABLES:
            if table not in {"source", *(FOUND if self._apart else ())} and (table != "run" or not number):
                yield table, list(self._round(table, number, pool, None if whole else wanted))

    def _round(self, table: str, number: int, pool: Sequence[str], wanted: set[str] | None) -> Iterator[list[Any]]:
        columns = self.columns[table]
        key = columns.index(KEPT_BY[table]) if table in KEPT_BY else None
        name = "id" if table == "article" else "article"
        article = columns.index(name) if name in columns else None
        if wanted is not None and table in ("copy", "result", "rests"):
            return
        left_out = self._left_out(number, pool) if table in ("result", "rests") else frozenset()
        for row in self.rows[table]:
            if wanted is not None and article is not None and row.values[article] not in wanted:
                continue
            if left_out and row.values[0] in left_out:
                continue
            made = row.of(pool)
            if key is not None:
                if hash(made[key]) in self._seen[table]:
                    continue
                self._seen[table].add(hash(made[key]))
            yield made

    def _left_out(self, number: int, pool: Sequence[str]) -> frozenset[str]:
        """Results that other rounds have already."""
        if not number:
            return frozenset()
        block, kind = self.columns["result"].index("block"), self.columns["result"].index("kind")
        out = set()
        for row in self.rows["result"]:
            if row.values[kind] in OF_OUTLETS:
                if number >= OUTLETS:
                    out.add(row.values[0])
            elif all(at != block for at, _ in row.made) or dict(row.made)[block](pool) == row.values[block]:
                out.add(row.values[0])
        return frozenset(out)

    def _pool(self, number: int) -> list[str]:
        pool = self.tokens.pool.copy()
        change = Change(number, self.tokens.some) if number else lambda text: text.removeprefix(OUTLET)
        for at in self.tokens.changing:
            pool[at] = change(pool[at])
        return pool


class Change:
    """How one round writes what changes."""

    def __init__(self, number: int, some: frozenset[str]) -> None:
        chance = random.Random(number)
        self._mask = chance.getrandbits(80)
        self._days = timedelta(days=chance.randrange(365 * YEARS) - 365 * YEARS // 2)
        self._outlet = number % OUTLETS
        self._letters = _letters(chance)
        self._kept = frozenset(word for word in sorted(some) if chance.random() < 0.5)

    def __call__(self, token: str) -> str:
        if _ID.fullmatch(token):
            return f"{token[:3]}{int(token[3:], 16) ^ self._mask:020x}"
        if _DAY.fullmatch(token):
            return self._day(token)
        if token.startswith(OUTLET):
            quoted = '"' if token.endswith('"') else ""
            return f"{token.removeprefix(OUTLET).removesuffix(quoted)} {self._outlet}{quoted}"
        return token.translate(self._letters) if len(token) < 64 and token.lower() not in self._kept else token

    def _day(self, day: str) -> str:
        try:
            return str(date.fromisoformat(day) + self._days)
        except ValueError:
            return day


def _letters(chance: random.Random) -> dict[int, str]:
    out: dict[int, str] = {}
    for some in ("aeiou", "".join(c for c in string.ascii_lowercase if c not in "aeiou")):
        mixed = "".join(chance.sample(some, len(some)))
        out |= {ord(a): b for a, b in zip(some + some.upper(), mixed + mixed.upper(), strict=True)}
    return out


# --- into a database --------------------------------------------------------------------------------------------------


def into_sqlite(path: Path, rounds: Rounds, count: int) -> None:
    """Write so many articles into a new SQLite ledger; indexes are made when all rows are in."""
    Ledger.open(path, create=True).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as held:
        for pragma in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "foreign_keys=OFF",
            "cache_size=-1500000",
            "locking_mode=EXCLUSIVE",
        ):
            held.execute(f"PRAGMA {pragma}")
        made = held.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        )
        later = [row for row in made if not row[1].startswith(("sqlite_", "spelling", "ix_spelling"))]
        for type, name, _ in later:
            held.execute(f'DROP {type} "{name}"')
        for number, limit in _told(rounds, count):
            held.execute("BEGIN")
            for table, rows in rounds.round(number, limit):
                marks = ", ".join("?" * len(rounds.columns[table]))
                names = ", ".join(f'"{c}"' for c in rounds.columns[table])
                held.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
            held.execute("COMMIT")
        for index in [
            r[0] for r in held.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        ]:
            _say(f"index {index}")
            held.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        for _, name, sql in later:
            _say(f"index {name}")
            held.execute(sql)
        held.execute("PRAGMA journal_mode=WAL")


def into_postgres(url: str, rounds: Rounds, count: int) -> None:
    """Write so many articles into an empty PostgreSQL database, by COPY; the user must be its superuser."""
    import psycopg

    Ledger.open(url, create=True).close()
    with psycopg.connect(url, autocommit=True) as held:
        held.execute("SET session_replication_role = replica")
        held.execute("SET synchronous_commit = off")
        held.execute("SET maintenance_work_mem = '1GB'")
        later = held.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'ix\\_%'"
        ).fetchall()
        for name, _ in later:
            held.execute(f'DROP INDEX "{name}"'.encode())
        for number, limit in _told(rounds, count):
            with held.transaction():
                for table, rows in rounds.round(number, limit):
                    _copy(held, table, rounds.columns[table], rows)
        for name, sql in later:
            _say(f"index {name}")
            held.execute(sql.encode())
        held.execute("ANALYZE")


def _copy(held: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    skipped = 1 if table == "passage" else 0  # its number is given by the database
    names = ", ".join(f'"{c}"' for c in columns[skipped:])
    with held.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as copy:
        for row in rows:
            copy.write_row(row[skipped:])


def _told(rounds: Rounds, count: int) -> Iterable[tuple[int, int]]:
    """Rounds with how many articles of each; how far it is goes to standard error."""
    each, began = len(rounds.rows["article"]), time.time()
    for number in range(-(-count // each)):
        yield number, min(each, count - number * each)
        if number % 20 == 0:
            _say(f"{(number + 1) * each:,} of {count:,} articles in {time.time() - began:.0f} s")


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=150)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--template", type=Path, default=Path("template.db"))
    given = parser.parse_args(argv)
    if not given.template.exists():
        template(given.template, given.words)
    began = time.time()
    rounds = Rounds(given.template, apart=given.apart)
    if "://" in given.ledger:
        into_postgres(given.ledger, rounds, given.articles)
    else:
        into_sqlite(Path(given.ledger), rounds, given.articles)
    with Ledger.open(given.ledger) as held:
        keep(held)
    used = time.process_time()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(f"made in {time.time() - began:.0f} s ({used:.0f} s of processor here), {megabytes:.0f} MB of memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
