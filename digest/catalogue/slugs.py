"""Addresses of papers: from the strongest identifier, else from words and a hash of the content.

Identifiers are turned into slugs one to one (what would not be gets a hash), so no two papers
with different identifiers ever meet at one address, whatever else the collection holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from digest.catalogue.keys import ABSTRACT_LEAST, text_key
from digest.identifiers import canonical_doi
from digest.paper import Paper, Record
from digest.text import content_hash, slugify

_NOT_IN_SLUG = re.compile(r"[^a-z0-9.]+")
_PLAIN_DOI = re.compile(r"10\.[0-9.]+/[a-z0-9.-]+")
_DOI_LENGTH = 90
_WORDS_LENGTH = 60


def record_slug(record: Record) -> str:
    """The address that `record` would have if it were the only one of its paper."""
    if record.eprint:
        return eprint_slug(record.eprint)
    if record.doi:
        return doi_slug(canonical_doi(record.doi))
    return text_slug(record)


def eprint_slug(eprint: str) -> str:
    """`2309.04669` -> `arxiv-2309.04669`, `hep-th/9901001` -> `arxiv-hep-th-9901001`."""
    return "arxiv-" + _NOT_IN_SLUG.sub("-", eprint.lower()).strip("-.")


def doi_slug(doi: str) -> str:
    """`10.1145/3485447.3512100` -> `doi-10.1145-3485447.3512100`."""
    slug = "doi-" + _NOT_IN_SLUG.sub("-", doi).strip("-.")
    if _PLAIN_DOI.fullmatch(doi) and len(slug) <= _DOI_LENGTH and slug[-1] == doi[-1]:
        return slug
    return f"{slug[:_DOI_LENGTH].strip('-.')}-{content_hash(doi)}"


def text_slug(record: Record) -> str:
    """First words of the title, or of the abstract, and a hash of what tells it from others."""
    words = record.title or (record.abstract or "")[:200]
    return f"{slugify(words, _WORDS_LENGTH)}-{content_hash(_substance(record))}"


def record_key(record: Record) -> str:
    """`arxiv:…`, `doi:…` or `text:…`: the name of a paper in exports and feeds."""
    if record.eprint:
        return f"arxiv:{record.eprint}"
    if record.doi:
        return f"doi:{canonical_doi(record.doi)}"
    return f"text:{content_hash(_substance(record), 16)}"


def _substance(record: Record) -> str:
    # A real abstract decides alone: sources agree on it more often than on a title's spelling.
    abstract = text_key(record.abstract, ABSTRACT_LEAST)
    if abstract:
        return abstract
    parts = (record.title, record.abstract, *record.authors, record.published, record.comment)
    return "|".join(text_key(part) or "" for part in parts)


def settle(papers: Sequence[Paper]) -> list[Paper]:
    """`papers` with keys, slugs and aliases that are unique among them all.

    Only records of the same substance that still are not one paper can meet at one address; all
    but the first then get a hash of their own. `papers` come in the order of their content.
    """
    taken: set[str] = set()
    settled: list[Paper] = []
    for paper in sorted(papers, key=lambda p: p.slug):
        if paper.slug in taken:
            bare = msgspec.structs.replace(paper, sources=())
            mark = content_hash(msgspec.json.encode(bare).decode() + str(len(settled)))
            paper = msgspec.structs.replace(  # noqa: PLW2901 - the same paper, elsewhere
                paper, key=f"{paper.key}~{mark}", slug=f"{paper.slug}-{mark}"
            )
        taken.add(paper.slug)
        settled.append(paper)
    for index, paper in enumerate(settled):
        free = tuple(alias for alias in paper.aliases if alias not in taken)
        taken.update(free)
        if free != paper.aliases:
            settled[index] = msgspec.structs.replace(paper, aliases=free)
    return settled
