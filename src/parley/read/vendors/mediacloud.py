"""Media Cloud: a list of stories as CSV, with their text (story dumps, one's own crawls) or, as its website gives it, without.

    stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url      (until 2022)
    id,indexed_date,language,media_name,media_url,publish_date,title,url                               (since)

A story without text is named with title and address in its place: it is in the list, and it was not read.
"""

from __future__ import annotations

from typing import BinaryIO

from parley.errors import ReadError
from parley.read.kinds import Origin, Pages
from parley.read.records import pages_from_csv
from parley.read.vendors.fields import called


def read_csv(stream: BinaryIO, origin: Origin) -> Pages:
    """One page a row, streamed; a ReadError for each row that holds no text."""

    def unread(story: dict[str, str], where: str) -> ReadError:
        url = story.get("url", "")
        fetch = f"; `parley fetch {url}` may get it" if url.startswith(("http://", "https://")) else ""
        message = f"the list has no text of this story{called(story.get('title', ''))}{fetch}"
        return ReadError(message, file=origin.file, record=where)

    yield from pages_from_csv(stream, file=origin.file, columns=origin.columns, without_text=unread)
