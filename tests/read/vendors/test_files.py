"""Each vendor's sample file, read as a user reads it: every article with its fields, and every one that cannot be read said in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.sources import read_pages

FILES = Path(__file__).resolve().parents[1] / "files"

Told = tuple[str, str | None, str | None, str | None, tuple[str, ...], str | None]

ARTICLES: dict[str, list[Told | str]] = {
    "proquest.txt": [
        (
            "3900000001",
            "Calvera says talks in Adrim will go on: Harbour strike enters its third week",
            "The Kell Herald",
            "2031-03-05",
            ("Ana Pell", "Jon Roe"),
            "en",
        ),
        "document 2 (line 68): no full text is in the export (“Photograph of the week”)",
        ("3900000003", "Veyra demands the release of four crew members", "Orlen Post (Online)", "2031-03-07", (), "en"),
    ],
    "proquest.html": [
        (
            "251439970",
            "Calvera says talks go on; Envoys meet a third time in Adrim",
            "The Kell Herald",
            "2031-03-05",
            ("Ana Pell", "Jon Roe"),
            "en",
        ),
        "article 2: no full text is in the export (“Photograph of the week”)",
        (
            "2637783411",
            "Veyra demands the release of four crew members",
            "Orlen Post",
            "2031-03-07",
            ("Mira Tal",),
            "en",
        ),
    ],
    "lexisnexis.txt": [
        (
            "1",
            "Calvera and dock workers return to the table after a night of talks that nobody expected to last",
            "The Kell Herald",
            "2031-03-05",
            ("ANA PELL", "JON ROE"),
            "en",
        ),
        "document 2 (line 66): no text below its header",
        ("3", "Veyra: no deal before the crew is free", "The Straits Times of Veyra", "2031-03-07", (), "en"),
        ("4", "Verhandlungen in Adrim gehen weiter", "Hafenzeitung", "2031-03-08", ("Jule Brandt",), "de"),
        ("5", "NINE TONIGHT 10:00 PM Kell Time", "Channel Nine", "2031-03-08", (), "en"),
        (
            "6",
            "Talks in Adrim Collapse After a Night of Bargaining",
            "The Kell Herald",
            "2001-03-05",
            ("ANA PELL",),
            None,
        ),
    ],
    "nexis_uni.txt": [
        (
            "1",
            "Calvera and Veyra agree to a truce of ten days",
            "The Kell Herald",
            "2031-03-08",
            ("Ana Pell", "Jon Roe"),
            "en",
        ),
        ("2", "June 2031: what happens next", "Orlen Post (Online)", "2031-03-09", (), None),
        "document 3 (line 68): no text: it has no part “Body” (“Photo of the day”)",
        ("4", "Calvera : « Nous restons à la table »", "Le Courrier de Toven", "2031-03-09", ("Léa Morin",), "fr"),
    ],
    "factiva.html": [
        (
            "KELLHR0020310305en3500001",
            "Calvera says talks go on",
            "The Kell Herald",
            "2031-03-05",
            ("Ana Pell", "Jon Roe"),
            "en",
        ),
        "article 2: it has no paragraphs (“Pictures of the week”)",
        ("ORLPST0020310307en3700003", "Truce holds for a second day", "Orlen Post", "2031-03-07", ("Mira Tal",), "en"),
        ("HAFENZ0020310308en3800004", "Verhandlungen in Adrim gehen weiter", "Hafenzeitung", "2031-03-08", (), "de"),
    ],
    "mediacloud.csv": [
        ("2900000001", "Calvera says talks go on", "The Kell Herald", "2031-03-05", (), "en"),
        "row 3: the list has no text of this story (“Veyra walks out, again”); "
        "`parley fetch https://orlenpost.example/veyra-walks-out` may get it",
        ("2900000003", "Truce holds", "Orlen Post", "2031-03-07", (), "en"),
    ],
    "mediacloud_list.csv": [
        "row 2: the list has no text of this story (“Calvera says talks go on”); "
        "`parley fetch https://kellherald.example/2031/03/05/talks` may get it",
        "row 3: the list has no text of this story (“Veyra walks out, again”); "
        "`parley fetch https://orlenpost.example/veyra-walks-out` may get it",
    ],
    "news_please.json": [
        (
            "news_please",
            "Calvera says talks go on",
            "kellherald.example",
            "2031-03-05",
            ("Ana Pell", "Jon Roe"),
            "en",
        )
    ],
    "newsapi.json": [
        "article 1: only the first 128 characters are in the file, and were read (“Calvera says talks go on”)",
        ("1", "Calvera says talks go on", "The Kell Herald", "2031-03-05", ("Ana Pell",), None),
        ("2", "Truce holds", "Orlen Post", "2031-03-07", (), None),
        "article 3: the file has no text of it (“Veyra walks out, again”); "
        "`parley fetch https://orlenpost.example/veyra-walks-out` may get it",
    ],
    "gdelt.json": [
        "article 1: the file has no text of it (“Calvera says talks go on”); "
        "`parley fetch https://kellherald.example/2031/03/05/talks` may get it",
        ("2", "Truce holds", "orlenpost.example", "2031-03-07", (), "en"),
    ],
    "zotero/export.ris": [
        ("KELL2031", "Calvera says talks go on", "The Kell Herald", "2031-03-05", ("Ana Pell", "Jon Roe"), "en"),
        "reference 2 (line 16): no snapshot or PDF of it lies in the export's folder; only its abstract was read (“Truce holds”)",
        ("2", "Truce holds", "Orlen Post", "2031-03", (), None),
        "reference 3 (line 26): no snapshot or PDF of it lies in the export's folder, and it has no abstract (“A page from elsewhere”)",
        ("4", "Veyra walks out, again", None, "2031-03-06", ("Orlen Post staff",), None),
    ],
    "zotero/export.json": [
        (
            "KELL2031",
            "Calvera says talks go on",
            "The Kell Herald",
            "2031-03-05",
            ("Ana Pell", "Jon van der Veld"),
            "en",
        ),
        "reference 2: no snapshot or PDF of it lies in the export's folder; only its abstract was read (“Truce holds”)",
        ("orlen-truce", "Truce holds", "Orlen Post", "2031-03", (), None),
        "reference 3: no snapshot or PDF of it lies in the export's folder, and it has no abstract (“Veyra walks out, again”)",
        "reference 4: a JSON str, not a reference",
    ],
}


ARTICLES["proquest.eml"] = ARTICLES["proquest.html"]
ARTICLES["nexis_uni.DOCX"] = ARTICLES["nexis_uni.rtf"] = [
    told if isinstance(told, tuple) else told.replace(" (line 68)", "") for told in ARTICLES["nexis_uni.txt"]
]
ARTICLES["factiva.rtf"] = [
    ARTICLES["factiva.html"][0],
    ARTICLES["factiva.html"][1],
    ("ORLPST0020310307en3700003", "Truce holds for a second day", "Orlen Post", "2031-03-07", ("Mira Tal",), "en"),
]


def told(found: RawPage | ReadError) -> Told | str:
    if isinstance(found, ReadError):
        return str(found).removeprefix(f"{found.file}, ")
    return found.source_id, found.title, found.outlet, found.published, found.authors, found.language


@pytest.mark.parametrize("name", ARTICLES)
def test_every_article_of_a_file_is_told(name: str) -> None:
    assert [told(found) for found in read_pages(FILES / name)] == ARTICLES[name]


NEVER = (
    "Rights",
    "rights",
    "Copyright",
    "LOAD-DATE",
    "Load-Date",
    "GRAPHIC",
    "LENGTH",
    "Full text",
    "Publication",
    "ocument ",
    "<b>",
    "&quot;",
)


@pytest.mark.parametrize(
    "name",
    [
        "proquest.txt",
        "proquest.html",
        "proquest.eml",
        "lexisnexis.txt",
        "nexis_uni.txt",
        "nexis_uni.DOCX",
        "nexis_uni.rtf",
        "factiva.html",
        "factiva.rtf",
    ],
)
def test_a_text_holds_nothing_of_the_vendors(name: str) -> None:
    texts = [found.text for found in read_pages(FILES / name) if isinstance(found, RawPage)]
    assert [(word, text) for text in texts for word in NEVER if word in text] == []


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("proquest.txt", "ADRIM — Calvera said on Wednesday", "Jon Roe"),
        ("proquest.html", "Calvera said on Wednesday that the talks", "ana.pell@kellherald.example"),
        ("lexisnexis.txt", "Calvera's government and the dock workers", 'until there is a signature."'),
        ("nexis_uni.txt", "Calvera and Veyra agreed on Saturday", "provided that the road to Toven was open."),
        ("factiva.html", "ADRIM, March 5 (Kell Herald) - Calvera said", "the harbour authority said."),
    ],
)
def test_the_text_is_the_headline_and_the_paragraphs(name: str, first: str, last: str) -> None:
    page = next(found for found in read_pages(FILES / name) if isinstance(found, RawPage))
    title, _, text = page.text.partition("\n\n")
    assert title == page.title
    assert text.startswith(first)
    assert text.endswith(last)


def test_a_text_file_is_kept_byte_for_byte() -> None:
    """What is kept of the articles is the file itself, but for what stands above the first and below the last."""
    for name in ("proquest.txt", "proquest.html", "factiva.html", "lexisnexis.txt", "zotero/export.ris"):
        data = (FILES / name).read_bytes()
        kept = [
            found.data for found in read_pages(FILES / name) if isinstance(found, RawPage) and found.media == "record"
        ]
        assert kept
        assert all(part in data for part in kept)


def test_a_nexis_document_reads_alike_in_every_form() -> None:
    """The hits that DOCX and RTF print bold, their page headers and links leave no trace in the text."""
    texts = [
        [found.text for found in read_pages(FILES / f"nexis_uni.{form}") if isinstance(found, RawPage)]
        for form in ("txt", "DOCX", "rtf")
    ]
    assert texts[0] == texts[1] == texts[2]


def test_what_is_read_in_part_is_a_note_and_no_failure() -> None:
    for name in ("newsapi.json", "zotero/export.ris"):
        notes = [found for found in read_pages(FILES / name) if isinstance(found, Remark)]
        assert len(notes) == 1
        assert "read" in str(notes[0])


NEXIS = "{head}\nCopyright 2031 The Kell Herald All Rights Reserved\nSection:\u00a0WORLD\nLength:\u00a0{body}\nLoad-Date:\u00a0March 6, 2031\nEnd of Document\n"
FULL = "40 words\nBody\nTalks in Adrim went on.\nNobody signed."


@pytest.mark.parametrize(
    ("head", "body", "title", "outlet"),
    [
        ("Talks go on\nThe Kell Herald\nMarch 5, 2031 Wednesday", FULL, "Talks go on", "The Kell Herald"),
        ("Talks go on\nMarch 5, 2031 Wednesday", FULL, "Talks go on", None),
        ("No Headline In Original\nThe Kell Herald\nMarch 5, 2031", FULL, None, "The Kell Herald"),
        (
            "Talks go on\nThe Kell Herald\n5 maart 2031 woensdag",
            FULL.replace("Body\n", "Body\nABSTRACT\nWhat went on.\nFULL TEXT\n"),
            "Talks go on",
            "The Kell Herald",
        ),
    ],
    ids=["as a rule", "no outlet", "no headline", "an abstract above the text"],
)
def test_what_a_nexis_document_may_lack(
    tmp_path: Path, head: str, body: str, title: str | None, outlet: str | None
) -> None:
    (tmp_path / "a.txt").write_text(NEXIS.format(head=head, body=body), encoding="utf-8")
    (found,) = read_pages(tmp_path / "a.txt")
    assert isinstance(found, RawPage)
    assert (found.title, found.outlet, found.published) == (title, outlet, "2031-03-05")
    assert found.text.removeprefix(f"{title}\n\n") == "Talks in Adrim went on.\nNobody signed."
