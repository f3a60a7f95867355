"""The catalogue as data: BibTeX, and JSON Lines in parts with an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

import msgspec
from msgspec import Struct

from digest.catalogue.related import Related
from digest.language import words_of
from digest.paper import Paper, Source, Tag
from digest.website.bibtex import bibtex
from digest.website.cards import Names
from digest.website.labels import related_by
from digest.website.pages import Page, Recipe, Ways

FORMAT = 1
PART_BYTES = 8_000_000
"""Where parts are made: well below the contract's 20 MB, so that a part may grow."""
_BIB_BYTES = 20_000_000
_ENGLISH = words_of("en")


class Text(Struct, frozen=True):
    """The view of a page that is already text."""

    text: str


def plan_exports(names: Names, keys: Mapping[str, str]) -> Iterator[Page]:
    """`data/index.json`, `data/papers-<part>.jsonl`, `papers.bib` (by year where it is large).

    `keys` are those of `citation_keys`.
    """
    papers = names.catalogue.papers
    size = sum(map(_size, papers))
    parts = 1
    while parts * PART_BYTES < size:
        parts *= 2
    rows = []
    for number, members in enumerate(share_out(papers, parts), 1):
        path = f"data/papers-{number}.jsonl"
        around = _Around(
            tuple(names.catalogue.related.get(paper.key, ()) for paper in members),
            tuple(paper.sources for paper in members),
        )
        yield Page(path, "text", names.recipe(_part, around, members))
        rows.append({"path": path, "papers": len(members)})
    index = {"format": FORMAT, "papers": len(papers), "parts": rows}
    yield Page("data/index.json", "text", Text(_json(index) + "\n"))
    yield from _plan_bib(names, keys)


class _Around(Struct, frozen=True):
    """What a part holds of its papers besides themselves."""

    related: tuple[tuple[Related, ...], ...]
    sources: tuple[tuple[Source, ...], ...]


def share_out(papers: Iterable[Paper], parts: int) -> list[list[Paper]]:
    """`papers` in `parts` parts; a changed paper stays in its part, whatever comes or goes."""
    members: list[list[Paper]] = [[] for _ in range(parts)]
    for paper in papers:
        members[crc32(paper.key.encode()) % parts].append(paper)
    return members


def _size(paper: Paper) -> int:
    """About how many bytes the line of a paper has."""
    return (
        500 + len(paper.title) + len(paper.abstract or "") + 30 * len(paper.authors)
        + 100 * len(paper.tags) + 150 * len(paper.sources)
    )  # fmt: skip


def _part(around: _Around, papers: Sequence[Paper], _: Ways) -> Text:
    rows = zip(papers, around.related, strict=True)
    return Text("".join(f"{_json(export_paper(*row))}\n" for row in rows))


def _tag(tag: Tag) -> dict[str, Any]:
    return {
        "slug": tag.slug,
        "name": tag.name,
        "source": tag.source,
        "kind": tag.kind,
        "evidence": list(tag.evidence),
    }


def export_paper(paper: Paper, related: Sequence[Related]) -> dict[str, Any]:
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
            {"key": other.key, "why": [related_by(why, _ENGLISH) for why in other.why]}
            for other in related
        ],
        "sources": [
            {"file": s.file, "format": s.format, "start": s.start, "end": s.end}
            for s in paper.sources
        ],
        "merged": [
            {"rule": why.rule, "evidence": why.evidence, "confidence": why.confidence}
            for why in paper.merged
        ],
        "provenance": {
            choice.field: {"source": choice.source, "rule": choice.rule}
            for choice in paper.provenance
        },
        "disagreements": [
            {"field": one.field, "values": [{"value": v, "source": at} for v, at in one.values]}
            for one in paper.disagreements
        ],
        "aliases": [f"papers/{alias}.html" for alias in paper.aliases],
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _plan_bib(names: Names, keys: Mapping[str, str]) -> Iterator[Page]:
    papers = names.catalogue.papers

    def entries(papers: Sequence[Paper]) -> Recipe:
        return names.recipe(_bib, tuple(keys[paper.key] for paper in papers), papers)

    if sum(300 + len(paper.title) + 25 * len(paper.authors) for paper in papers) <= _BIB_BYTES:
        yield Page("papers.bib", "text", entries(papers))
        return
    years: dict[str, list[Paper]] = {}
    for paper in papers:
        years.setdefault(paper.published[:4] if paper.published else "undated", []).append(paper)
    for year, members in years.items():
        yield Page(f"papers-{year}.bib", "text", entries(members))
    yield Page(
        "papers.bib",
        "text",
        Text("% Too large for one file: see " + ", ".join(f"papers-{y}.bib" for y in years) + "\n"),
    )


def _bib(keys: Sequence[str], papers: Sequence[Paper], _: Ways) -> Text:
    return Text("\n".join(map(bibtex, papers, keys)))
