"""The catalogue as data: BibTeX, and JSON Lines in parts with an index."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

from msgspec import Struct

from digest.catalogue.catalogue import Catalogue
from digest.identifiers import arxiv_url
from digest.latex import to_plain
from digest.paper import Author, Paper, Tag
from digest.text import content_hash, unaccented
from digest.website.pages import Page

FORMAT = 1
PART_BYTES = 8_000_000
"""Where parts are made: well below the contract's 20 MB, so that a part may grow."""
_BIB_BYTES = 20_000_000
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_SKIPPED = frozenset(["a", "an", "the", "on", "of", "for", "in", "to", "is", "are", "and"])
_BIB_SPECIAL = re.compile(r"(?<!\\)([%&#])")


class Text(Struct, frozen=True):
    """The view of a page that is already text."""

    text: str


def plan_exports(catalogue: Catalogue) -> Iterator[Page]:
    """`data/index.json`, `data/papers-<part>.jsonl`, `papers.bib` (by year where it is large)."""
    lines = {paper.key: _json(export_paper(paper, catalogue)) for paper in catalogue.papers}
    size = sum(map(len, lines.values()))
    parts = 1
    while parts * PART_BYTES < size:
        parts *= 2
    members: list[list[Paper]] = [[] for _ in range(parts)]
    for paper in catalogue.papers:
        # By key: a changed paper stays in its part.
        members[crc32(paper.key.encode()) % parts].append(paper)
    rows = []
    for number, papers in enumerate(members, 1):
        path = f"data/papers-{number}.jsonl"
        yield Page(path, "text", Text("".join(lines[p.key] + "\n" for p in papers)))
        rows.append({"path": path, "papers": len(papers)})
    yield Page(
        "data/index.json",
        "text",
        Text(_json({"format": FORMAT, "papers": len(catalogue.papers), "parts": rows}) + "\n"),
    )
    yield from _plan_bib(catalogue.papers)


def _tag(tag: Tag) -> dict[str, Any]:
    return {
        "slug": tag.slug,
        "name": tag.name,
        "source": tag.source,
        "kind": tag.kind,
        "evidence": list(tag.evidence),
    }


def export_paper(paper: Paper, catalogue: Catalogue) -> dict[str, Any]:
    """One line of the catalogue, as the documentation describes it."""
    return {
        "key": paper.key,
        "path": paper.path,
        "title": paper.title,
        "title_source": paper.title_source,
        "abstract": paper.abstract,
        "authors": [author.name for author in paper.authors],
        "published": paper.published,
        "published_source": paper.published_source,
        "updated": paper.updated,
        "eprint": paper.eprint,
        "eprint_version": paper.eprint_version,
        "doi": paper.doi,
        "venue": paper.venue.label if paper.venue else None,
        "venue_source": paper.venue_source,
        "comment": paper.comment,
        "journal_ref": paper.journal_ref,
        "links": [{"kind": link.kind, "url": link.url} for link in paper.links],
        "tags": [_tag(tag) for tag in paper.tags if tag.page],
        "terms": [_tag(tag) for tag in paper.tags if not tag.page],
        "related": [
            {"key": r.key, "why": list(r.why)} for r in catalogue.related.get(paper.key, ())
        ],
        "sources": [
            {"file": s.file, "format": s.format, "start": s.start, "end": s.end}
            for s in paper.sources
        ],
        "aliases": [f"papers/{alias}.html" for alias in paper.aliases],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plan_bib(papers: Sequence[Paper]) -> Iterator[Page]:
    keys = citation_keys(papers)
    entries = [(paper.published or "undated", bibtex(paper, keys[paper.key])) for paper in papers]
    if sum(len(entry) for _, entry in entries) <= _BIB_BYTES:
        yield Page("papers.bib", "text", Text("\n".join(entry for _, entry in entries)))
        return
    years: dict[str, list[str]] = {}
    for date, entry in entries:
        years.setdefault(date[:4] if date != "undated" else date, []).append(entry)
    for year, texts in years.items():
        yield Page(f"papers-{year}.bib", "text", Text("\n".join(texts)))
    yield Page(
        "papers.bib",
        "text",
        Text("% Too large for one file: see " + ", ".join(f"papers-{y}.bib" for y in years) + "\n"),
    )


def bibtex(paper: Paper, citation_key: str) -> str:
    """`paper` as one BibTeX entry. A derived title is marked in a note."""
    journal = paper.journal_ref is not None
    kind = "article" if journal else "inproceedings" if paper.venue else "misc"
    fields = {
        "title": "{" + _bib_text(paper.title) + "}",
        "author": " and ".join(_bib_author(a) for a in paper.authors),
        "year": (paper.published or "")[:4] or str((paper.venue and paper.venue.year) or ""),
        "month": (paper.published or "")[5:7].lstrip("0"),
        "journal" if journal else "booktitle": _bib_text(paper.venue.name)
        if paper.venue
        else _bib_text(paper.journal_ref or ""),
        "doi": paper.doi or "",
        "eprint": paper.eprint or "",
        "archiveprefix": "arXiv" if paper.eprint else "",
        "url": arxiv_url(paper.eprint)
        if paper.eprint
        else next((link.url for link in paper.links if link.kind in ("paper", "project")), ""),
        "note": "Title derived from the abstract" if paper.title_source == "derived" else "",
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{citation_key},\n{rows}}}\n"


def citation_keys(papers: Sequence[Paper]) -> dict[str, str]:
    """`vaswani2017attention` for every paper by its key; a hash follows where two would share it,
    or where there is neither author nor date to tell papers apart."""
    plain = {paper.key: _citation_key(paper) for paper in papers}
    shared = Counter(plain.values())
    return {
        paper.key: f"{plain[paper.key]}-{content_hash(paper.key, 4)}"
        if shared[plain[paper.key]] > 1 or not (paper.authors or paper.published)
        else plain[paper.key]
        for paper in papers
    }


def _citation_key(paper: Paper) -> str:
    author = _NOT_KEY.sub("", unaccented(paper.authors[0].family)) if paper.authors else ""
    words = _NOT_KEY.split(unaccented(to_plain(paper.title)))
    word = next((w for w in words if w and w not in _SKIPPED), "paper")
    return f"{author}{(paper.published or '')[:4]}{word}"


def _bib_author(author: Author) -> str:
    name = f"{author.family}, {author.given}" if author.given else author.name
    return _bib_text(name)


def _bib_text(text: str) -> str:
    # Unbalanced braces would end the field early.
    text = _BIB_SPECIAL.sub(r"\\\1", text)
    depth = least = 0
    for c in text:
        depth += (c == "{") - (c == "}")
        least = min(least, depth)
    return text if depth == 0 and least == 0 else text.replace("{", "").replace("}", "")
