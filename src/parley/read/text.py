"""Plain text and Markdown -> RawPage: the file decoded, with nothing stripped and nothing translated."""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What charset-normalizer is asked to judge; more bytes cost time and change no answer that we have seen.
_SAMPLE_BYTES = 256_000
# Of the bytes of a file, the share that may be broken UTF-8 for it still to count as UTF-8 with damage.
_DAMAGE = 0.01


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """The text of some bytes and the encoding it was read with; never fails, newlines stay as they are.

    A byte order mark decides, then UTF-8 where the bytes are valid, then what the source declares, then UTF-8 with
    a little damage (each broken byte becomes U+FFFD), then charset-normalizer's judgement.

    >>> decode("déjà".encode("latin-1"), declared="iso-8859-1")
    ('déjà', 'iso-8859-1')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    strict = _strictly(data, "utf-8")
    if strict is not None:
        return strict, "utf-8"
    if declared and (text := _strictly(data, declared)) is not None:
        return text, declared.lower()
    damaged = data.decode("utf-8", "replace")
    # A file that is mostly valid multi-byte UTF-8 is UTF-8 with damage, not Latin-1 with odd words.
    valid_wide = sum(1 for c in damaged[:_SAMPLE_BYTES] if c > "\x7f" and c != "\ufffd")
    broken = damaged.count("\ufffd")
    if broken <= valid_wide and broken <= max(3, len(damaged) * _DAMAGE):
        return damaged, "utf-8"
    guess = _guess(data)
    text = _strictly(data, guess) if guess else None
    if text is not None and guess is not None:
        return text, guess
    return damaged, "utf-8"


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE_BYTES]
    best = from_bytes(sample).best()
    # Western single-byte guesses (cp1250, mac_iceland ...) on short text are noise; Windows-1252 is what is meant.
    if best is None:
        return "cp1252"
    letters = re.findall(r"[^\W\d_]", str(best))
    wide = sum(1 for c in letters if ord(c) > 0x24F)
    return best.encoding if wide * 2 > len(letters) else _western(data, best.encoding)


def _western(data: bytes, encoding: str) -> str:
    return "cp1252" if _strictly(data, "cp1252") is not None else encoding


def read_text(stream: BinaryIO, origin: Origin) -> Pages:
    """The one article that a text file holds."""
    page = page_from_bytes(whole(stream, origin.file), file=origin.file, source_id=origin.stem)
    if not page.text.strip("\ufeff\x00").strip():
        raise ReadError("the file is empty", file=origin.file)
    yield page


def page_from_bytes(data: bytes, *, file: str, source_id: str) -> RawPage:
    """A text file's bytes as a page; a byte order mark stays in the text, as the character that it is."""
    text, encoding = decode(data)
    if encoding == "utf-8-sig":
        text = "\ufeff" + text
    return RawPage(
        file=file,
        source_id=source_id,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media="text",
        text=text,
        encoding=encoding,
    )


def page_from_text(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    file: str = "<text>",
    source_id: str | None = None,
) -> RawPage:
    """A text that the caller holds as a page; its bytes are its UTF-8.

    >>> page_from_text("Talks resume.", published="2031-03-04").published_rule
    'given'
    """
    data = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    return RawPage(
        file=file,
        source_id=source_id if source_id is not None else digest[:16],
        data=data,
        sha256=digest,
        media="text",
        text=text,
        published=published,
        published_rule="given" if published else None,
        title=title,
        outlet=outlet,
        url=url,
        language=language,
    )
