"""What the readers make of a layout: the share of papers exact in each field."""

from __future__ import annotations

import random
from collections import Counter
from typing import NamedTuple

from digest.paper import Record
from digest.readers import read_text
from tests.readers.unforeseen.papers import Paper
from tests.readers.unforeseen.styles import Layout, lay_out


class Measure(NamedTuple):
    """Shares 0 to 1 of the papers laid out."""

    reader: str | None
    shares: dict[str, float]
    """Field -> share exact; `all` -> title, authors and identifiers exact together."""
    records: int
    sure_when_right: float
    sure_when_wrong: float
    wrong: list[tuple[Paper, Record | None]]


def _wanted(page: Layout, paper: Paper) -> dict[str, object]:
    people = tuple(page.style(name) for name in paper.people)
    if page.name in ("list_mla", "list_chicago"):
        from tests.readers.unforeseen.styles import inverted

        people = (inverted(paper.people[0]), *people[1:])
    if page.name == "zotero_report":
        from tests.readers.unforeseen.styles import full

        people = tuple(map(full, paper.people))
    title = paper.title.upper() if page.name in ("in_capitals", "abstract_book") else paper.title
    found: dict[str, object] = {"title": title}
    if "authors" in page.shows:
        found["authors"] = people[: page.most] if page.most else people
    if "eprint" in page.shows:
        found["eprint"] = paper.arxiv
    if "doi" in page.shows:
        found["doi"] = paper.doi
    if "abstract" in page.shows:
        found["abstract"] = paper.abstract
    return found


def measure(page: Layout, papers: list[Paper], rng: random.Random) -> Measure:
    """What is read of `papers` laid out as `page`."""
    reading = read_text(lay_out(page, papers, rng), "paste.txt")
    records = [sighting.record for sighting in reading.sightings]
    exact: Counter[str] = Counter()
    wanted = [_wanted(page, paper) for paper in papers]
    by_title = {record.title: record for record in records}
    wrong: list[tuple[Paper, Record | None]] = []
    right = set()
    for paper, want in zip(papers, wanted, strict=True):
        record = by_title.get(str(want["title"]))
        if record is None:
            wrong.append((paper, None))
            continue
        for field, value in want.items():
            exact[field] += getattr(record, field) == value
        if all(getattr(record, f) == v for f, v in want.items() if f != "abstract"):
            exact["all"] += 1
            if record.abstract == want.get("abstract", record.abstract):
                right.add(id(record))
        if id(record) not in right:
            wrong.append((paper, record))
    sure = [r.confidence for r in records if id(r) in right]
    unsure = [r.confidence for r in records if id(r) not in right]
    return Measure(
        reading.format,
        {field: exact[field] / len(papers) for field in (*wanted[0], "all")},
        len(records),
        sum(sure) / len(sure) if sure else 0.0,
        sum(unsure) / len(unsure) if unsure else 0.0,
        wrong,
    )
