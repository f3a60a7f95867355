"""Nasty records of the shared corpus, laid out in every format, come back as they were.

Compared are title, abstract, authors and identifiers. What a format cannot carry, or reads in a way
of its own, is counted by its reason in `EXCEPTIONS`: no record is left out in silence.
"""

from __future__ import annotations

import functools
import html
import json
import random
import re
from collections import Counter
from typing import Any

import pytest

from digest.paper import Record
from digest.readers import read_text
from digest.text import fold
from tests.readers.account import lost_in_text
from tests.readers.interchange import CANNOT, INTERCHANGE
from tests.readers.layouts import LAYOUTS, SHARED, Wanted
from tests.readers.page_layouts import PAGES, divides_names

CASES = SHARED / "corpora/hardcases.jsonl"
pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="no shared files")

Paper = dict[str, Any]
EVERY = {**INTERCHANGE, **PAGES, **LAYOUTS}
_NO_NAMES = frozenset({"abstracts", "blocks", "glued", "titles"})
_IDENTIFIED = frozenset({"arxiv-mail", "arxiv-list", "arxiv-list, search", "blocks", "glued"})
_TAG = re.compile(r"<[^<>]{0,80}>")
_NO_NAME = re.compile(r"\W*|et\.? al\.?")
_HAS_DOI = re.compile(r"10\.\d{4}")
_PLAIN_DOI = re.compile(r"10\.\d{4,9}/\S*[^\s.,;]|")
_LABEL = re.compile(r"\b(?:abstract|key ?words?|index terms)\b|\*\*\*", re.I)


@functools.cache
def papers() -> tuple[Paper, ...]:
    """The records, with every field that a layout asks for."""
    found = []
    for line in CASES.read_text("utf-8").split("\n"):
        if line:
            row = json.loads(line)
            for name in ("arxiv", "doi", "comment", "updated"):
                row[name] = row.get(name) or ""
            row["date"] = row.get("date") or "2020-01-02"
            row["tags"] = ["cs.CL"]
            found.append(row)
    return tuple(found)


def why_not(paper: Paper, layout: str) -> str | None:
    """Why `paper` is not compared in this layout; None where it is."""
    has_title, has_abstract = bool(paper["title"].strip()), bool(paper["abstract"].strip())
    if not (has_title or has_abstract or paper["arxiv"] or paper["doi"]):
        return "the record says nothing that tells a paper"
    if layout in PAGES | LAYOUTS and not (has_title and has_abstract):
        return "a title or an abstract is missing"
    if layout in CANNOT and (reason := CANNOT[layout](paper)):
        return reason
    if layout in _IDENTIFIED and not paper["arxiv"]:
        return "there is no arXiv identifier"
    if layout in PAGES and (reason := divides_names(paper)):
        return reason
    if not paper["doi"] and _HAS_DOI.search(paper["comment"]):
        return "the comment names a DOI, and no field does"
    if " " in paper["doi"].strip():
        return "the field of the DOI holds more than a DOI"
    return _why_no_page(paper, layout) if layout not in INTERCHANGE else None


def _why_no_page(paper: Paper, layout: str) -> str | None:
    if layout != "arxiv-mail" and not _PLAIN_DOI.fullmatch(paper["doi"]):
        return "no page prints such a DOI"
    if layout not in ("arxiv-mail", "accepted-papers") and _LABEL.search(paper["abstract"]):
        return "the abstract holds a label"
    if layout in ("titles", "accepted-papers", "blocks", "glued", "arxiv-list") and (
        len(paper["abstract"]) < 150 or not 12 < len(fold(paper["title"])) < 200
    ):
        return "a title or an abstract of unusual length"
    if layout == "accepted-papers" and not all(" " in name for name in paper["authors"]):
        return "a name of one word"
    return None


def shown(value: str | None) -> str:
    """`value` as a page shows it: exports take over elements and references of publishers' HTML,
    which the readers of BibTeX, RIS and XML read as such."""
    text = value or ""
    for _ in range(2):
        text = html.unescape(text)
    return fold(_TAG.sub(" ", text)).replace(" ", "")


def compared(paper: Record | Wanted, layout: str) -> tuple[object, ...]:
    """The fields that have to be alike."""
    names = () if layout in _NO_NAMES else paper.authors
    # Punctuation and `et al.`, which some sources have among the names, are no names.
    kept = [shown(name).strip(",") for name in names if not _NO_NAME.fullmatch(name.strip())]
    kept = [re.sub(r"^and(?=[A-Z])", "", name) for name in kept]
    return shown(paper.title), shown(paper.abstract), kept, paper.eprint, paper.doi


EXCEPTIONS = {
    "accepted-papers": 3,  # names in lower case, or of a broken encoding
    "titles": 7,  # a wrapped formula that begins a line, or a title that begins with one
    "blocks": 1,  # a comment of several sentences
    "glued": 1,
}
"""How many records the reader of a layout reads otherwise at most, and what they have."""


@pytest.mark.parametrize("layout", EVERY)
def test_hard_records_come_back(layout: str) -> None:
    """Each record that the layout can carry is exact, alone in a file; no character is lost."""
    rng = random.Random(7)
    left_out: Counter[str] = Counter()
    wrong = []
    for paper in papers():
        if reason := why_not(paper, layout):
            left_out[reason] += 1
            continue
        page = EVERY[layout]([_flat(paper) if layout not in INTERCHANGE else paper], rng)
        reading = read_text(page.text, "x", layout.partition(",")[0])
        assert not lost_in_text(page.text, reading)
        found = [compared(sighting.record, layout) for sighting in reading.sightings]
        if found != [compared(want, layout) for want in page.wanted]:
            wrong.append((paper["id"], found, page.wanted))
    assert sum(left_out.values()) + len(wrong) < len(papers())
    assert len(wrong) <= EXCEPTIONS.get(layout, 0), (left_out, wrong[:3])


def _flat(paper: Paper) -> Paper:
    """As pages show it: on one line, the identifier without a version of its own."""
    texts = {name: fold(paper[name]) for name in ("title", "abstract", "comment")}
    return {**paper, **texts, "arxiv": re.sub(r"(?<=\d)v\d+$", "", paper["arxiv"])}
