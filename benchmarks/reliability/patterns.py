"""Every regular expression that Parley compiles, and strings on which each would run away if it could.

    python -m benchmarks.reliability.patterns            # all of them, with the slowest string of the slowest ones

Collected are the patterns that stand in the code, and those that are built while it runs, from codebooks and word lists:
`collect` watches `re` while it imports every module, loads every codebook and takes articles through reading, annotating,
comparing and exporting. A call of `re` in the code that no run reached, and that has no plain string to read off, is reported
in `unreached`, so that no pattern escapes by being rare.

Each pattern is attacked where it repeats: what leads up to the repeat, then what is repeated thousands of times, then
something that makes the match fail. One that takes linear time needs well under a millisecond for that.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "parley"
SHORT, LONG = 600, 6_000
"""Characters of the strings that all patterns are tried on, and of those that the slow ones are tried on again."""
SUSPICIOUS = 0.0015
BOUND = 0.75
"""Seconds of processor time in which every pattern is through with every string of `LONG` characters."""
LIMIT = BOUND + 0.1
"""Seconds after which a search is ended."""
MOST_ATTACKS = 160
_BYTES = 1 << 20
"""Set in the flags of a pattern of bytes."""
REVIEWED = {
    "annotate/figures/coins.py": "a noun between bounded repeats, in the first 60,000 characters",
    "clean/junk.py": "each pattern of the list alone, where one of them is no regular expression",
    "clean/masthead.py": "an outlet's letters or words, each with a bounded repeat, in the first 60,000 characters",
    "store/judgements/fields.py": "escaped words alone",
    "store/judgements/log.py": "escaped words, with white space between them",
}
"""Calls of `re` whose pattern is made of an article's own words, so that no run sees them all; each was read."""
_PUMPS = (
    "a",
    "A",
    "0",
    " ",
    "\n",
    ",",
    ".",
    "-",
    '"',
    "“",
    "(",
    "<",
    "a ",
    "A ",
    "Aa ",
    "a, ",
    "1,",
    "and ",
    "the ",
    "&",
    "’s ",
)
_ENDS = ("", "\n", "!", "\x00", " x\x00")


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern with its flags, the place in the code that made it, and the methods by which it is used."""

    pattern: str
    flags: int
    where: str
    methods: tuple[str, ...] = ("search", "match")


@dataclass(slots=True)
class Collected:
    """What was found, and the calls of `re` that were neither reached nor could be read off."""

    patterns: list[Found] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slow:
    """A pattern that takes longer than it may: how long, on which string (its beginning), how long that is."""

    found: Found
    seconds: float
    string: str
    length: int


def collect() -> Collected:
    """All patterns, collected in a process of its own: what was compiled before it was watched would be missed."""
    code = "from benchmarks.reliability import patterns; patterns._watch_and_run()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    told = json.loads(done.stdout.splitlines()[-1])
    rows = [Found(pattern, flags, where, tuple(methods)) for pattern, flags, where, methods in told["patterns"]]
    return Collected(rows, told["unreached"])


def _watch_and_run() -> None:
    """Watch `re`, use everything, and print what was seen as one line of JSON."""
    seen: dict[tuple[str, int], str] = {}
    used: dict[tuple[str, int], set[str]] = {}
    sites: set[tuple[str, int]] = set()
    compiled: Any = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: Any) -> Any:
        if isinstance(pattern, _Watched):
            pattern.used.add("search")  # given to a function of `re`
            return pattern.pattern_
        frame: FrameType | None = sys._getframe(1)
        while frame and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        if not (frame and frame.f_code.co_filename.startswith(str(PACKAGE)) and isinstance(pattern, str | bytes)):
            return compiled(pattern, flags)
        place = (str(Path(frame.f_code.co_filename).relative_to(PACKAGE)), frame.f_lineno)
        sites.add(place)
        key = _key(pattern, int(flags))
        seen.setdefault(key, f"{place[0]}:{place[1]}")
        return _Watched(compiled(pattern, flags), used.setdefault(key, set()))

    re._compile = watched  # type: ignore[attr-defined]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        _use_everything()
    unreached = []
    for file, first, last, literal in _calls():
        if literal is not None:
            seen.setdefault(_key(literal, 0), f"{file}:{first}")
        elif REVIEWED.get(file) is None and not any((file, line) in sites for line in range(first, last + 1)):
            unreached.append(f"{file}:{first}")
    told = _told_methods()
    patterns = []
    for key, where in seen.items():
        methods = used.get(key, set()) | told.get(where, set())
        patterns.append([*key, where, sorted(methods) or ["search", "match"]])
    print(json.dumps({"patterns": patterns, "unreached": unreached}))


class _Watched:
    """A compiled pattern that notes by which of its methods it is used."""

    def __init__(self, pattern: Any, used: set[str]) -> None:
        self.pattern_, self.used = pattern, used

    def __getattr__(self, name: str) -> Any:
        if name in ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"):
            self.used.add(name)
        return getattr(self.pattern_, name)


def _key(pattern: str | bytes, flags: int) -> tuple[str, int]:
    if isinstance(pattern, str):
        return pattern, flags
    return pattern.decode("latin-1"), flags | _BYTES


def _told_methods() -> dict[str, set[str]]:
    """By the place of `NAME = re.compile(...)`: the methods by which the code uses that name, anywhere."""
    sources = {str(p.relative_to(PACKAGE)): p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py")}
    out: dict[str, set[str]] = {}
    for file, source in sources.items():
        for node in ast.parse(source).body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and isinstance(node.targets[0], ast.Name)
            ):
                name = node.targets[0].id
                places = [source] if name.startswith("_") else sources.values()
                methods = {m for text in places for m in re.findall(rf"\b{name}\.(\w+)\(", text)}
                for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                    out[f"{file}:{line}"] = methods
    return out


def _calls() -> Iterator[tuple[str, int, int, str | bytes | None]]:
    """Every call in the code of a function of `re` that takes a pattern: file, lines, and the pattern where it is a plain string."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            called = node.func
            if not (isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr != "escape"):
                continue
            first = node.args[0]
            literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes) else None
            yield str(path.relative_to(PACKAGE)), node.lineno, node.end_lineno or node.lineno, literal


def _use_everything() -> None:
    """Import every module, load every codebook, and take the sample articles through all that is done with articles."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if not {"sample", "versions", "migrations", "__main__"} & set(parts):
            importlib.import_module(".".join(parts).removesuffix(".__init__"))
    from parley.codebooks import load_codebook
    from parley.data import RawPage
    from parley.engine.build import build
    from parley.pipeline import Pipeline, Settings
    from parley.read.sources import find_sources, read_pages

    sample = PACKAGE / "sample"
    book = [str(sample / "sides.toml"), str(sample / "outlets.toml")]
    articles = [p for p in sorted(sample.iterdir()) if p.suffix in (".txt", ".html", ".jsonl")]
    for file in find_sources([ROOT / "tests" / "read"]):
        list(read_pages(file))
    rules = Pipeline.make(Settings(profile="rules", codebook=load_codebook(*book)))
    for page in [page for file in articles[::6] for page in read_pages(file)]:
        if isinstance(page, RawPage):
            rules.run(page)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "l.db"
        build(articles, ledger, profile="fast", workers=1, codebook=book, series=[str(sample / "series.csv")])
        _ask_everything(ledger)


def _ask_everything(place: Path) -> None:
    """Every question of a ledger, by every way there is to ask one."""
    from parley.cli import main
    from parley.compare.registry import ask, questions
    from parley.store.ledger import Ledger

    with Ledger.open(place) as ledger:
        for name in questions():
            with contextlib.suppress(Exception):
                list(ask(ledger, name, {}))
    for words in (
        ["search", "talks", "-l", str(place)],
        ["show", "statements", "-l", str(place)],
        ["codebook", "list"],
        ["doctor"],
    ):
        sys.argv = ["parley", *words]
        with contextlib.suppress(SystemExit):
            main()


def attacks(found: Found) -> Iterator[str]:
    """Strings of `SHORT` characters that a pattern may run away on, those made from its own repeats first."""
    tree: Any = re._parser.parse(_text(found), found.flags & ~_BYTES)  # type: ignore[attr-defined]
    choose = random.Random(7)
    made: dict[str, None] = {}
    for before, body in _repeats(list(tree), ""):
        for _ in range(2):
            pump = "".join(_sample(part, choose) for part in body) or "a"
            for end in _ENDS[:3]:
                made.setdefault(before + pump * (SHORT // len(pump)) + end)
    lead = "".join(_sample(part, choose) for part in list(tree)[:2])[:40]
    for pump in _PUMPS:
        for start in {"", lead}:
            made.setdefault(start + pump * (SHORT // len(pump)) + _ENDS[-1])
    yield from list(made)[:MOST_ATTACKS]


def _text(found: Found) -> str | bytes:
    return found.pattern.encode("latin-1") if found.flags & _BYTES else found.pattern


def _repeats(parts: Sequence[Any], before: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Each repeat in a parsed pattern: a string that leads up to it, and what it repeats."""
    choose = random.Random(3)
    for part in parts:
        name, value = str(part[0]), part[1]
        if "REPEAT" in name:
            if value[1] > 20:
                yield before, value[2]
            yield from _repeats(list(value[2]), before)
        elif name == "SUBPATTERN":
            yield from _repeats(list(value[3]), before)
        elif name == "BRANCH":
            for branch in value[1][:30]:
                yield from _repeats(list(branch), before)
        elif name in ("ATOMIC_GROUP",):
            yield from _repeats(list(value), before)
        before = (before + _sample(part, choose))[-200:]


def _sample(part: Any, choose: random.Random) -> str:
    """A string that one part of a parsed pattern matches, or nearly."""
    name, value = str(part[0]), part[1]
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "a" if value != ord("a") else "b"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _member(value, choose)
    if "REPEAT" in name:
        body = "".join(_sample(p, choose) for p in value[2])
        return body * int(max(value[0], min(value[1], 1)))
    if name == "SUBPATTERN":
        return "".join(_sample(p, choose) for p in value[3])
    if name == "ATOMIC_GROUP":
        return "".join(_sample(p, choose) for p in value)
    if name == "BRANCH":
        return "".join(_sample(p, choose) for p in choose.choice(value[1]))
    return ""


_CLASSES = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_WORD": "-"}  # fmt: skip


def _member(items: Sequence[Any], choose: random.Random) -> str:
    """A character of a class."""
    if str(items[0][0]) == "NEGATE":
        taken = {chr(v) for kind, v in items[1:] if str(kind) == "LITERAL"}
        classes = {str(v) for kind, v in items[1:] if str(kind) == "CATEGORY"}
        wanted = "aA1 ,;-é\n" if "CATEGORY_SPACE" not in classes else "aA1,;-é"
        return next((c for c in wanted if c not in taken and not ("CATEGORY_WORD" in classes and c.isalnum())), "é")
    kind, value = choose.choice(list(items))
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(choose.randint(*value))
    return _CLASSES.get(str(value), "a")


class _Late(Exception):  # noqa: N818 - it ends a search from outside
    """The string took longer than any may."""


def _late(*_: object) -> None:
    raise _Late


def cost(pattern: re.Pattern[Any], string: str, methods: Sequence[str]) -> float:
    """Seconds of processor time that a pattern is at a string, as it is used; `LIMIT` where it takes longer."""
    subject: Any = string if isinstance(pattern.pattern, str) else string.encode("utf-8", "surrogatepass")
    before = signal.signal(signal.SIGVTALRM, _late)
    began = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        if set(methods) - {"match", "fullmatch"}:
            for _ in pattern.finditer(subject):
                pass
        if "match" in methods:
            pattern.match(subject)
        if "fullmatch" in methods:
            pattern.fullmatch(subject)
    except _Late:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - began


def check(found: Found) -> Slow | None:
    """A string that a pattern takes too long for; None where it is through with all in time."""
    pattern = re.compile(_text(found), found.flags & ~_BYTES)
    costs: list[tuple[float, str]] = []
    for string in attacks(found):
        seconds = cost(pattern, string, found.methods)
        if seconds > BOUND:
            return Slow(found, seconds, string, len(string))
        costs.append((seconds, string))
    for short, string in sorted(costs, reverse=True)[:4]:
        if short < SUSPICIOUS:
            break
        longer = _stretched(string)
        seconds = cost(pattern, longer, found.methods)
        if seconds > BOUND and (again := cost(pattern, longer, found.methods)) > BOUND:
            return Slow(found, min(seconds, again), string, len(longer))
    return None


def _stretched(string: str) -> str:
    """The string with its middle, where the pump is, as often again as makes it `LONG`."""
    half = len(string) // 2
    middle = string[half - half // 2 : half + half // 2]
    return string[:half] + middle * ((LONG - len(string)) // max(1, len(middle))) + string[half:]


def main() -> int:
    """Print what was found; 1 where a pattern is slow or a call was not reached."""
    collected = collect()
    print(f"{len(collected.patterns)} patterns; {len(collected.unreached)} calls of re not reached")
    for place in collected.unreached:
        print(f"  {place}")
    slow = [found for pattern in collected.patterns if (found := check(pattern))]
    for one in sorted(slow, key=lambda s: -s.seconds):
        print(
            f"{one.seconds:.2f} s on {one.length} characters {one.string[:40]!r}: {one.found.where}\n    {one.found.pattern[:200]!r}"
        )
    return 1 if slow or collected.unreached else 0


if __name__ == "__main__":
    sys.exit(main())
