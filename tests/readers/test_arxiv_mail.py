"""arXiv's mails, monthly lists and .abs files are read entry by entry, whatever a paste did."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from digest.paper import Link, Record
from digest.readers.arxiv_mail import READER
from digest.readers.decode import decode
from digest.readers.listings.dates import DATED, edtf
from digest.text import fold
from tests.readers.layouts import SHARED
from tests.readers.reading import records_of, remarks_of, unread_of

RULER = "-" * 78
DAILY = rf"""Date: Mon,  3 Jun 24 00:10:11 GMT
Subject: cs.XX daily 2 new + 1 crosses received

{RULER}
Send any comments regarding submissions directly to submitter.
{RULER}
Archives at http://arxiv.org/
received from  Thu 30 May 24 18:00:00 GMT  to  Fri 31 May 24 18:00:00 GMT
{RULER}
\\
arXiv:2406.00011
Date: Thu, 30 May 2024 19:00:00 GMT   (120kb,D)

Title: Kites in the wind: a careful study of
  strings and tails
Authors: Zo\"e Lark (1), Omar Finch (2 and 3), Ida Wren, Jr. ((1) Sky School, Hill,
  (2) Air Institute, (3) Nest (North, South)) and Bo Tern
Categories: cs.XX physics.pop-ph
Comments: 9 pages, code at https://github.com/lark/kites
Report-no: SKY-7
Journal-ref: J. Kites 3 (2024) 1-9
DOI: 10.1234/kites.2024.3
\\
  Kites fly when the wind blows. We measure {{\em how}} they do so with
\\
a string. The string is long.
  A second paragraph tells of the tail, which is
 also long.
\\ ( https://arxiv.org/abs/2406.00011 ,  120kb)
{RULER}
\\
arXiv:2406.00012 (*cross-listing*)
Date: Fri, 31 May 2024 01:02:03 GMT   (3kb)

Title: Broken before its authors
{RULER}
\\
arXiv:24O6.13
Date: someday

Authors: Nobody
\\
{RULER}
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
{RULER}
\\
arXiv:hep-th/9901001
replaced with revised version Fri, 31 May 2024 10:00:00 GMT   (25kb)

Title: An old tail
Authors: A. Gull & B. Stork
Categories: hep-th
\\ ( https://arxiv.org/abs/hep-th/9901001 ,  25kb)
%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---
For subscribe options to combined archives,
e-mail To: cs@arxiv.org, Subject: subscribe

See you at the lake on Sunday.
"""


def test_every_field_of_a_daily_mail() -> None:
    """Wrapped values, nested institutions, bars inside abstracts, paragraphs, footers."""
    first, broken, old = records_of(READER, DAILY)
    assert first.title == "Kites in the wind: a careful study of strings and tails"
    assert first.authors == (r"Zo\"e Lark", "Omar Finch", "Ida Wren, Jr.", "Bo Tern")
    assert first.abstract == (
        r"Kites fly when the wind blows. We measure {\em how} they do so with \\ a string. "
        "The string is long.\n\nA second paragraph tells of the tail, which is also long."
    )
    assert (first.eprint, first.doi) == ("2406.00011", "10.1234/kites.2024.3")
    assert (first.published, first.published_as) == ("2024-05-30", "mail")
    assert first.tags == ("cs.XX", "physics.pop-ph")
    assert first.journal_ref == "J. Kites 3 (2024) 1-9"
    assert first.links == (
        Link("code", "https://github.com/lark/kites"),
        Link("paper", "https://arxiv.org/abs/2406.00011"),
    )
    assert DAILY[slice(*first.span)].startswith("\\\\\narXiv:2406.00011")
    assert DAILY[slice(*first.span)].endswith("120kb)")
    assert (broken.title, broken.confidence < 1) == ("Broken before its authors", True)
    assert (old.eprint, old.abstract, old.updated) == ("hep-th/9901001", None, "2024-05-31")
    assert old.published is None
    assert old.authors == ("A. Gull", "B. Stork")


def test_a_broken_entry_costs_itself_alone_and_is_named() -> None:
    """What cannot be understood is unread, and the problem stands at its line."""
    bad = DAILY[: DAILY.index("arXiv:24O6")].count("\n")
    found = {(line, severity) for line, severity, _ in remarks_of(READER, DAILY)}
    assert (bad, "error") in found
    assert len(unread_of(READER, DAILY)) == 2
    assert unread_of(READER, DAILY)[1] == "See you at the lake on Sunday."


MONTHLY = rf"""{RULER}

Papers received as of Sat May  2 02:55:44 METDST 1992.$
 get 3 2.abs 9205001  , e.g., returns multiple papers.

{RULER}
\\
Paper: astro-ph/9205001
From: A. Crane  <a@example.org>
Date: Fri, 1 May 92 18:20:01 GMT   (11kb)
Date (revised): Sat, 2 May 1992 20:39:38 GMT
Date (revised v3): Mon, 4 May 1992 20:39:38 GMT

Title: Feathers
Author: A. Crane for the Down Collaboration
Subj-class: Soft Things; Warm Things
\\
{RULER}
\\
Paper (*cross-listing*): gr-qc/9205002
Date: Fri, 1 May 1992 18:20:01 GMT   (11kb)

Title: Wings
Authors: The Wing Group: B. Heron, C. Ibis et al.
Categories: gr-qc
\\
"""


def test_a_monthly_list_of_1992() -> None:
    """`Paper:` headers, years of two digits, revisions with and without a version, groups."""
    feathers, wings = records_of(READER, MONTHLY)
    assert feathers.eprint == "astro-ph/9205001"
    assert feathers.eprint_version == 3
    assert (feathers.published, feathers.updated) == ("1992-05-01", "1992-05-04")
    assert feathers.authors == ("A. Crane", "Down Collaboration")
    assert feathers.tags == ("Soft Things", "Warm Things")
    assert (wings.eprint, wings.authors) == (
        "gr-qc/9205002",
        ("The Wing Group", "B. Heron", "C. Ibis"),
    )
    assert not unread_of(READER, MONTHLY)


def _plain(record: Record) -> tuple[Any, ...]:
    return (
        record.title, record.authors, record.eprint, record.doi, record.published, record.comment,
        fold(record.abstract or ""),
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: re.sub("(?m)^ +", " ", text),
        lambda text: re.sub("(?m)^ +", "", text),
        lambda text: re.sub("(?m)^", " ", text),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: re.sub("(?m)$", "  ", text),
    ],
    ids=["crlf", "cr", "one blank", "no blanks", "all set in", "double spaced", "trailing"],
)
def test_what_a_paste_does_to_white_space_changes_nothing(change: Any) -> None:
    """Line ends, indentation and blank lines are no part of what an entry says."""
    text = change(DAILY)
    assert READER.recognise(text) >= 0.5
    assert [_plain(r) for r in records_of(READER, text)] == [
        _plain(r) for r in records_of(READER, DAILY)
    ]


def test_prose_and_code_are_no_mail() -> None:
    """A text that speaks of arXiv, and a source that holds an example, are not claimed."""
    assert READER.recognise("We posted it as\narXiv:2406.00011\nTitle: none\n") == 0
    assert READER.recognise("x = 1\n" * 400 + DAILY[:900].partition("arXiv:2")[2]) < 0.5


# ------------------------------------------------------------------------------ real files

FORMATS = SHARED / "formats"
FILES = sorted(
    path
    for folder in ("arxiv-mail", "arxiv-mail-latin1", "arxiv-abs")
    for path in (FORMATS / folder).rglob("*")
    if path.is_file()
)
needs_shared = pytest.mark.skipif(not FILES, reason="the shared formats are not beside the project")


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_real_file_holds_as_many_papers_as_lines_title(path: Path) -> None:
    """Every `Title:` line that follows a line `arXiv:` is one record, with a date and authors."""
    text = decode(path.read_bytes(), path.name).text
    assert text is not None
    expected = re.findall(r"^(?:arXiv|Paper):(\S+)", text, re.M)
    records = records_of(READER, text)
    assert [record.eprint for record in records] == expected
    assert len(records) == len(re.findall("^Title:", text, re.M))
    assert all(r.title and r.authors and r.tags for r in records)
    assert all(r.published or r.updated for r in records)
    assert not unread_of(READER, text)
    assert READER.recognise(text[:65_536]) >= 0.9


DUMPS = SHARED / "dumps"
NAMES = sorted(path.name for n in ("r16", "r17", "r19") for path in DUMPS.glob(f"{n}*.txt"))


@pytest.mark.skipif(not NAMES, reason="the shared dumps are not beside the project")
@pytest.mark.parametrize("name", NAMES)
def test_dump_equals_truth(name: str) -> None:
    """Every field of every entry is exact."""
    text = (DUMPS / name).read_text()
    papers = json.loads((DUMPS / f"{name}.truth.json").read_text())["papers"]
    for record, paper in zip(records_of(READER, text), papers, strict=True):
        dated = DATED.search(paper["date"])
        assert dated is not None
        assert (record.updated if paper.get("replaced") else record.published) == edtf(dated)
        assert record.title == paper["title"]
        assert (fold(record.abstract) if record.abstract else None) == paper.get("abstract")
        assert (record.eprint, record.doi) == (paper["arxiv"], paper["doi"])
        assert (record.comment, record.journal_ref) == (paper["comment"], paper.get("journal_ref"))
        assert record.tags == tuple(paper["categories"])
        names = paper["authors_raw"].replace(", and ", ", ").replace(" and ", ", ").split(", ")
        assert record.authors == tuple(names)
