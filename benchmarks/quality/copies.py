"""How well copies are found: real articles, cut, edited and embedded by this script, and pairs that only share quotations.

    python -m benchmarks.quality.copies [--wrong] [--json]

Of the PolNeAR articles of the shared folder (nothing of them is kept), four in ten are originals, three in ten hosts into which
passages are put, the rest stand as they are. Every original is copied once in each way:

    whole      as it is, with quotation marks, dashes and spaces as another outlet sets them
    edited     one word in `EDITS` changed, left out or put in, one sentence in ten left out, two paragraphs swapped
    excerpt N  N % of its words, sentences in a row, alone
    inside N   N % of its words, paragraphs or sentences in a row, in the middle of a host
    rewrite N  N % of its words, edited as above, alone

A host with two to six of the original's quotations, each with a speech verb of its own, is no copy; nor are two hosts with one
outlet's lines about itself. Copies of one original share text with one another by chance: they are neither asked for nor held
against anyone. Of PolNeAR's articles that were printed alike, found here and read by hand, the second is left out (`PRINTED_ALIKE`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.quality.gate import shared
from parley.compare.copying.candidates import candidates
from parley.compare.copying.shared import own, share
from parley.compare.copying.shingles import numbers, sketch

EDITS = 14
PRINTED_ALIKE = frozenset(
    (
        "breitbart_2016-03-15_the-latest-sanders-declares-revo",
        "huff-post_2015-11-11_watch-the-best-moments-from-the-",
        "nyt_2015-11-26_with-fewer-golfers-in-u-s-course",
        "nyt_2016-03-05_polls-suggest-possibility-of-dea",
        "nyt_2016-03-16_via-legislative-side-doors-sande",
        "west-journal_2016-07-14_hillary-clinton-visit-to-police-",
        "usa-today_2016-04-06_sanders-winning-streak-continues",
        "wash-post_2016-03-05_some-emails-to-powell-rice-s-aid",
        "wash-post_2015-12-13_misinformation-enters-mainstream",
        "wash-post_2015-12-23_as-spotlight-shines-on-trump-and",
    )
)
"""Second editions, the next day's page, an agency's paragraph, a list of links that one outlet repeats."""
SIZES = (40, 50, 60, 80)
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_QUOTED = re.compile(r"“[^“”\n]{40,}”")
SYNONYMS = {
    **{"said": "stated", "told": "informed", "big": "large", "also": "likewise", "but": "however", "many": "numerous"},
    **{
        "about": "around",
        "after": "following",
        "before": "ahead of",
        "people": "persons",
        "while": "as",
        "would": "will",
    },
    **{"percent": "per cent", "president": "leader", "campaign": "effort", "because": "since", "more": "further"},
}
ABOUT_US = (
    "The Harbour Post is an independent newspaper that is owned by its readers. Follow us for more news from the coast.",
    "This story will be updated as more becomes known; readers may write to the desk at any hour of the day or night.",
)


@dataclass(frozen=True, slots=True)
class Text:
    """An article of the set; `of` is the original that it was made from, `how` in which way, `host` what that was put into."""

    id: str
    text: str
    of: str | None = None
    how: str = "original"
    host: str | None = None
    outlet: str | None = None

    @property
    def parts(self) -> set[str]:
        return {self.of or self.id, self.host or self.id}


def articles() -> list[Text]:
    """The PolNeAR articles, in the order of the files."""
    folder = shared()
    texts = [(folder / f"bench/polnear/{name}.jsonl").read_text(encoding="utf-8") for name in ("train", "dev")]
    lines = [line for text in texts for line in text.split("\n") if line]
    read = [json.loads(line) for line in lines]
    return [Text(d["id"], d["text"], outlet=d["publisher"]) for d in read if d["id"] not in PRINTED_ALIKE]


def made() -> tuple[list[Text], set[frozenset[str]]]:
    """The set, and the pairs that are no copies though they share quotations or lines."""
    whole = articles()
    rng = random.Random(5)
    rng.shuffle(whole)
    originals = [a for a in whole[: len(whole) * 4 // 10] if len(a.text.split()) >= 60]
    hosts = whole[len(whole) * 4 // 10 : len(whole) * 7 // 10]
    others = whole[len(whole) * 7 // 10 :]
    texts = [*originals, *others]
    quoting: set[frozenset[str]] = set()
    for one in originals:
        texts += _copies(one, hosts, rng)
        quotes = _QUOTED.findall(one.text)
        if quotes:
            chosen = rng.sample(quotes, min(len(quotes), rng.randint(2, 6)))
            spoken = [
                f"{q} {rng.choice(('the candidate', 'a spokesman', 'she', 'he'))} {rng.choice(VERBS)}." for q in chosen
            ]
            id = f"{one.id} quoted"
            host = rng.choice(hosts)
            texts.append(Text(id, _inside(host.text, spoken, rng), None, "quotes", host.id))
            quoting.add(frozenset((one.id, id)))
    for at, host in enumerate(hosts[:60]):
        texts.append(Text(f"{host.id} lines", f"{host.text}\n\n{ABOUT_US[at % 2]}", None, "lines", host.id))
    return texts, quoting


KINDS = {
    **{"whole": ("whole",), "edited": ("edited",), "excerpt": ("excerpt", "whole"), "inside": ("excerpt",)},
    "rewrite": ("excerpt", "edited"),
}
"""The kinds that are right; the sentences of a short article that make 80 % of it may be all of it."""
VERBS = (
    "said on Tuesday",
    "told reporters",
    "added at a rally in the evening",
    "replied when asked about it",
    "insisted",
)


def _copies(one: Text, hosts: Sequence[Text], rng: random.Random) -> Iterable[Text]:
    def as_(how: str, text: str, host: str | None = None) -> Text:
        return Text(f"{one.id} {how}", text, one.id, how, host)

    yield as_("whole", _reset(one.text))
    yield as_("edited", _edited(one.text, rng))
    for size in SIZES:
        part = _part(one.text, size, rng)
        yield as_(f"excerpt {size}", " ".join(part))
        host = rng.choice(hosts)
        yield as_(f"inside {size}", _inside(host.text, [" ".join(part)], rng), host.id)
        yield as_(f"rewrite {size}", _edited(" ".join(_part(one.text, size, rng)), rng))


def _reset(text: str) -> str:
    return re.sub(r"\n+", "\n", text.replace("“", '"').replace("”", '"').replace("’", "'").replace("—", " - "))


def _sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.split(text) if s.strip()]


def _part(text: str, size: int, rng: random.Random) -> list[str]:
    """Sentences in a row that have at least so many of a hundred words."""
    sentences = _sentences(text)
    wanted = len(text.split()) * size / 100
    lengths = [len(s.split()) for s in sentences]
    latest = max(n for n in range(len(sentences)) if sum(lengths[n:]) >= wanted)
    begin = end = rng.randint(0, latest)
    while sum(lengths[begin:end]) < wanted:
        end += 1
    return sentences[begin:end]


def _edited(text: str, rng: random.Random) -> str:
    sentences = [s for n, s in enumerate(_sentences(text)) if n == 0 or rng.random() > 0.1]
    if len(sentences) > 5:
        at = rng.randrange(1, len(sentences) - 1)
        sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
    words = " ".join(sentences).split(" ")
    out: list[str] = []
    for word in words:
        if word.lower() in SYNONYMS and rng.random() < 0.5:
            out.append(SYNONYMS[word.lower()])
            continue
        if rng.random() < 1 / EDITS:
            out += rng.choice(([], [word, "reportedly"], [f"{word}s"], ["such"]))
            continue
        out.append(word)
    return " ".join(out)


def _inside(host: str, put: Sequence[str], rng: random.Random) -> str:
    """A host's sentences with others put in between."""
    sentences = _sentences(host)
    for one in put:
        sentences.insert(rng.randint(len(sentences) // 3, 2 * len(sentences) // 3), one)
    return "\n".join(sentences)


def found(texts: Sequence[Text]) -> tuple[dict[frozenset[str], str], float, int]:
    """The pairs found with their kinds, the seconds of processor that it took, and how many pairs were held against each other."""
    began = time.process_time()
    spans = {t.id: [(0, len(t.text))] for t in texts}
    by_id = {t.id: t for t in texts}
    sketches = {t.id: sketch(numbers(t.text, spans[t.id])) for t in texts}
    near = candidates(sketches)
    read = {i: own(i, by_id[i].text, spans[i], by_id[i].outlet) for i in {i for pair in near for i in pair}}
    pairs: dict[frozenset[str], str] = {
        frozenset((a, b)): got.kind for a, b in near if (got := share(read[a], read[b]))
    }
    return pairs, time.process_time() - began, len(near)


def measure(*, wrong: bool = False) -> dict[str, float]:
    """Recall by way of copying, and precision of all that is found."""
    texts, quoting = made()
    by_id = {t.id: t for t in texts}
    pairs, _, looked = found(texts)
    plain = articles()
    seconds = min(found(plain)[1] for _ in range(3))
    asked: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    right_kind: Counter[str] = Counter()
    for t in texts:
        if t.of:
            asked[t.how] += 1
            kind = pairs.get(frozenset((t.of, t.id)))
            hit[t.how] += kind is not None
            right_kind[t.how] += kind in KINDS[t.how.split()[0]]
            if wrong and kind is None:
                print("missed", t.id, len(t.text.split()))
    true = sum(hit.values())
    false = 0
    for pair in pairs:
        a, b = sorted(pair)
        if by_id[a].parts & by_id[b].parts:
            continue
        false += 1
        if wrong:
            print("false", "quotes only" if pair in quoting else "", pairs[pair], a, "|", b)
    out = {how: round(hit[how] / asked[how], 3) for how in asked}
    out |= {f"kind of {how}": round(right_kind[how] / asked[how], 3) for how in asked}
    out |= {"recall": true / sum(asked.values()), "precision": true / (true + false), "false": false}
    return out | {"texts": len(texts), "looked": looked, "articles a second": len(plain) / seconds}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="name what was missed and what was found wrongly")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    result = measure(wrong=given.wrong)
    print(json.dumps(result) if given.json else "\n".join(f"{k:18} {v:.3f}" for k, v in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
