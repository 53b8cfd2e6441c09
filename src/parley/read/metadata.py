"""What a web page says of itself: JSON-LD and meta tags, read as data and trusted for nothing else."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LONGEST_BLOCK = 500_000
_MOST_NODES = 2_000
_ARTICLE_TYPES = re.compile(
    r"(?:News|Report|Analysis|Opinion|Background|Review|Live|Blog|Tech)?\w{0,12}(?:Article|Posting|Report)\Z"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "cxenseparse:recs:publishtime",
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The page's own statements, each None where it makes none."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_rule: str | None = None
    language: str | None = None


def page_facts(root: Any) -> PageFacts:
    """What JSON-LD says, then the meta tags."""
    metas = _metas(root)
    linked = next(_articles(root), {})
    published, rule = _published(linked, metas)
    return PageFacts(
        title=_clean(linked.get("headline")) or metas.get("og:title") or metas.get("twitter:title"),
        outlet=metas.get("og:site_name") or _name(linked.get("publisher")) or metas.get("application-name"),
        url=_canonical(root) or metas.get("og:url") or _clean(linked.get("url")),
        authors=_authors(linked, metas),
        published=published,
        published_rule=rule,
        language=_language(root, linked, metas),
    )


def _metas(root: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for node in root.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        value = _clean(node.get("content"))
        if key and value:
            out.setdefault(key, value)
    return out


def _clean(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value[:2_000]).split()) or None


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes that describe an article, first first."""
    for node in root.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower() or not node.text or len(node.text) > _LONGEST_BLOCK:
            continue
        try:
            data = json.loads(node.text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _walk(data)


def _walk(data: Any) -> Iterator[dict[str, Any]]:
    queue = [data]
    for seen, item in enumerate(queue):
        if seen > _MOST_NODES:
            return
        if isinstance(item, list):
            queue.extend(item[:200])
        elif isinstance(item, dict):
            types = item.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(t, str) and _ARTICLE_TYPES.match(t) for t in names):
                yield item
            queue.extend(item[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in item)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _clean(value.get("name")) if isinstance(value, dict) else _clean(value)


def _authors(linked: dict[str, Any], metas: dict[str, str]) -> tuple[str, ...]:
    listed = linked.get("author")
    people = listed if isinstance(listed, list) else [listed]
    names = [n for n in (_name(p) for p in people[:20]) if n and "://" not in n]
    if not names:
        meta = metas.get("author") or metas.get("article:author") or metas.get("parsely-author") or ""
        names = [] if "://" in meta else [n.strip() for n in re.split(r"\s*[;,]\s*|\sand\s", meta) if n.strip()]
    return tuple(dict.fromkeys(names))


def _published(linked: dict[str, Any], metas: dict[str, str]) -> tuple[str | None, str | None]:
    stamped = linked.get("datePublished") or linked.get("dateCreated")
    day = _DAY.match(stamped) if isinstance(stamped, str) else None
    if day:
        return day.group(), "JSON-LD datePublished"
    for key in _TIME_METAS:
        day = _DAY.match(metas.get(key, ""))
        if day:
            return day.group(), f"meta {key}"
    return None, None


def _canonical(root: Any) -> str | None:
    for node in root.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split():
            return _clean(node.get("href"))
    return None


def _language(root: Any, linked: dict[str, Any], metas: dict[str, str]) -> str | None:
    found = root.get("lang") or linked.get("inLanguage") or metas.get("og:locale") or metas.get("content-language")
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", found) if isinstance(found, str) else None
    return match.group().lower() if match else None
