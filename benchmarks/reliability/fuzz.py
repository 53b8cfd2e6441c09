"""Everything that reads what others wrote, given what nobody should write: each for a stated number of runs, without a crash.

    python -m benchmarks.reliability.fuzz --runs 2000 --write      # figures into docs/reliability.md; the seed is printed

Readers get the sample files of all formats with bytes changed, cut out, doubled and moved, and bytes drawn at random; what
comes out must be pages and ReadErrors. The date tagger and the quantity parser get texts put together from what they
look for, from what breaks others, and from characters drawn at random; each span must slice back to its words. A run that takes
longer than `SLOWEST` seconds of processor time counts as a failure, too.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin, read_stream

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "tests" / "read" / "files"
DOCS = ROOT / "docs" / "reliability.md"
SLOWEST = 10.0
_ODD = (
    "\x00 \xff \xff\xfe \xfe\xff \xef\xbb\xbf < > { } [ ] \" ' & &# ; , : = % \\ / \r \n \r\n\r\n \x0c \x1a \x7f PK\x03\x04 \x1f\x8b\x08 %PDF- {\\rtf1 "
    "WARC/1.0\r\n Content-Length:-1 <!DOCTYPE <![CDATA[ <?xml --> \\u-1 \\'zz 99999999999999999999 -1 1e999 NaN null \xed\xa0\x80 \xe2\x80\xa8 ____"
)
ODD = tuple(word.encode("latin-1") for word in _ODD.split(" ") if word)
_WORDS = (
    "on at by the of in from to between and or about nearly at least up to some dozens of hundreds thousands a few several one two twenty-three "
    "hundred thousand million billion lakh crore half third per cent percent % $ € £ Rs USD km tonnes people killed wounded children soldiers "
    "January Feb. March Sept 4 MAY Monday Tues. yesterday today tomorrow last next this week month year decade quarter weekend morning night noon "
    "1990s '80s 1979-80 2031-03-04 03/04/2031 4.3.2031 10:30 a.m. pm GMT BC AD 0 00 007 1,234,567 1.234,5 12 345 2.4m 3bn 1/2 ½ 59 -5 +7 1e9 ² ① "
    "١٢ 五 . , ; : ! ? … — – - ( ) [ ] “ ” ‘ ’ \" ' \n \n\n \t \u00a0 \u200b \u202e \ufeff"
)
WORDS = _WORDS.split(" ")


@dataclass(slots=True)
class Tally:
    """What came of one target: runs, what came out, the slowest run in seconds, and the failures in words."""

    target: str
    runs: int = 0
    out: int = 0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


def damaged(data: bytes, choose: random.Random, others: Sequence[bytes]) -> bytes:
    """A file with some of its bytes changed, cut out, doubled, moved, or replaced by those of another."""
    for _ in range(choose.choice((1, 1, 2, 3, 8))):
        start = choose.randint(0, len(data))
        end = min(len(data), start + choose.choice((0, 1, 2, 9, 80, 1_000, 1 << 20)))
        other = choose.choice(others)
        new = choose.choice(
            (
                b"",
                choose.choice(ODD),
                choose.choice(ODD) * choose.choice((2, 50, 3_000)),
                choose.randbytes(choose.randint(1, 20)),
                data[start:end] * 2,
                other[: choose.randint(0, len(other))],
            )
        )
        data = data[:start] + new + data[end:]
    return data[:3_000_000]


def read(name: str, data: bytes) -> int:
    """Read a file of that name; the number of things that came out. Raises where something else than pages and ReadErrors did."""
    count = 0
    for found in read_stream(io.BytesIO(data), Origin(name, name)):
        count += 1
        if isinstance(found, RawPage):
            if not found.text.strip() or any(not 0 <= a < b <= len(found.text) for a, b in found.main):
                raise AssertionError("a page without a text, or with ranges outside it")
        elif not isinstance(found, ReadError) or "its reader gave up" in str(found):
            raise AssertionError(str(found))
    return count


def strange(choose: random.Random) -> str:
    """A text made of what dates and quantities are made of, in no order."""
    parts = []
    for _ in range(choose.choice((3, 12, 40, 200))):
        kind = choose.random()
        if kind < 0.85:
            parts.append(choose.choice(WORDS))
        elif kind < 0.93:
            parts.append("".join(choose.choice("0123456789.,/-: ") for _ in range(choose.randint(1, 30))))
        else:
            parts.append(
                "".join(chr(choose.choice((choose.randint(0, 0x2FF), choose.randint(0, 0xD7FF)))) for _ in range(5))
            )
    return "".join(part + choose.choice(("", " ", " ", " ")) for part in parts)


def dates(text: str) -> int:
    """Tag a text's dates; the number of them."""
    from parley import find_dates

    found = find_dates(text, reference=date(2031, 3, 5))
    for one in found:
        if text[one.span.start : one.span.end] != one.span.text:
            raise AssertionError(f"a span that is not its words: {one}")
    return len(found)


def quantities(text: str) -> int:
    """Parse a text's quantities; the number of them."""
    from parley import find_quantities

    found = find_quantities(text)
    for one in found:
        if text[one.span.start : one.span.end] != one.span.text:
            raise AssertionError(f"a span that is not its words: {one}")
    return len(found)


def targets(choose: random.Random) -> Iterator[tuple[str, Callable[[], int]]]:
    """Each target's name, and one run of it."""
    paths = sorted(p for p in FILES.rglob("*") if p.is_file())
    samples = {p.relative_to(FILES).as_posix(): p.read_bytes() for p in paths}
    for name, data in samples.items():
        yield f"reader: {name}", lambda name=name, data=data: read(name, damaged(data, choose, list(samples.values())))  # type: ignore[misc]
    yield (
        "reader: bytes at random",
        lambda: read(choose.choice(list(samples)), choose.randbytes(choose.randint(1, 5_000))),
    )
    yield "`parley.find_dates`", lambda: dates(strange(choose))
    yield "`parley.find_quantities`", lambda: quantities(strange(choose))


def run(runs: int, seed: int) -> list[Tally]:
    """Every target so many times."""
    tallies = []
    for name, once in targets(random.Random(seed)):
        tally = Tally(name)
        for _ in range(runs if name.startswith("reader: ") else 10 * runs):
            began = time.process_time()
            try:
                tally.out += once()
            except Exception:
                tally.failures.append(traceback.format_exc()[-600:])
            took = time.process_time() - began
            tally.runs += 1
            tally.slowest = max(tally.slowest, took)
            if took > SLOWEST:
                tally.failures.append(f"took {took:.1f} s")
        tallies.append(tally)
        print(f"{name}: {tally.runs} runs, {len(tally.failures)} failures, slowest {tally.slowest:.2f} s", flush=True)
        for failure in tally.failures[:3]:
            print(failure, file=sys.stderr)
    return tallies


def told(tallies: Sequence[Tally], seed: int) -> str:
    """The figures as a section of the page."""
    rows = [f"| {t.target} | {t.runs:,} | {t.out:,} | {len(t.failures)} | {t.slowest:.2f} s |" for t in tallies]
    total = f"{sum(t.runs for t in tallies):,} runs, {sum(len(t.failures) for t in tallies)} failures (seed {seed})."
    head = "| target | runs | pages, errors or spans that came out | crashes or late | slowest, processor time |\n|---|---|---|---|---|"
    return "\n".join([total, "", head, *rows])


def write(section: str) -> None:
    """Put the figures into their place in docs/reliability.md."""
    page = DOCS.read_text(encoding="utf-8")
    new = re.sub(
        r"(<!-- fuzz -->\n).*?(<!-- end fuzz -->)", lambda m: f"{m[1]}{section}\n{m[2]}", page, flags=re.DOTALL
    )
    DOCS.write_text(new, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and write where asked to; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--runs", type=int, default=200, help="per sample file; ten times as many for dates and quantities"
    )
    parser.add_argument("--seed", type=int, default=20_310_305)
    parser.add_argument("--write", action="store_true", help="write the figures into docs/reliability.md")
    given = parser.parse_args(arguments)
    tallies = run(given.runs, given.seed)
    section = told(tallies, given.seed)
    print(section)
    if given.write:
        write(section)
    return int(any(t.failures for t in tallies))


if __name__ == "__main__":
    sys.exit(main())
