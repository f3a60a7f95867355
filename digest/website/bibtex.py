"""Papers as BibTeX entries, with citation keys that people can remember."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from digest.identifiers import doi_url
from digest.latex import to_plain
from digest.paper import Author, Paper
from digest.text import content_hash, unaccented
from digest.website.citation import kind_of, url_of

_NOT_KEY = re.compile(r"[^a-z0-9]+")
_SKIPPED = frozenset(["a", "an", "the", "on", "of", "for", "in", "to", "is", "are", "and"])
_BIB_SPECIAL = re.compile(r"(?<!\\)([%&#])")

_KINDS = {"journal": "article", "conference": "inproceedings", "preprint": "misc", "other": "misc"}


def bibtex(paper: Paper, citation_key: str) -> str:
    """`paper` as one BibTeX entry. A derived title is marked in a note."""
    kind = _KINDS[kind_of(paper)]
    url = url_of(paper)
    held = paper.venue.name if paper.venue else paper.journal_ref or ""
    notes = (
        paper.journal_ref if paper.venue and paper.journal_ref != held else None,
        "Title derived from the abstract" if paper.title_source == "derived" else None,
    )
    fields = {
        "title": "{" + _bib_text(paper.title) + "}",
        "author": " and ".join(_bib_author(a) for a in paper.authors),
        "year": (paper.published or "")[:4] or str((paper.venue and paper.venue.year) or ""),
        "month": (paper.published or "")[5:7].lstrip("0"),
        "journal" if kind == "article" else "booktitle": _bib_text(held),
        "doi": paper.doi or "",
        "eprint": paper.eprint or "",
        "archiveprefix": "arXiv" if paper.eprint else "",
        "url": "" if paper.doi and url == doi_url(paper.doi) else url,
        "note": "; ".join(_bib_text(note) for note in notes if note),
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


@lru_cache(200_000)
def _citation_key(paper: Paper) -> str:
    author = _NOT_KEY.sub("", unaccented(paper.authors[0].family)) if paper.authors else ""
    words = _NOT_KEY.split(unaccented(to_plain(paper.title)))
    word = next((w for w in words if w and w not in _SKIPPED), "paper")
    return f"{author}{(paper.published or '')[:4]}{word}"


def _bib_author(author: Author) -> str:
    name = f"{author.family}, {author.given}" if author.given else author.name
    return _bib_text(name)


def _bib_text(text: str) -> str:
    text = _BIB_SPECIAL.sub(r"\\\1", text)
    if "{" not in text and "}" not in text:
        return text
    # Unbalanced braces would end the field early.
    depth = least = 0
    for c in text:
        depth += (c == "{") - (c == "}")
        least = min(least, depth)
    return text if depth == 0 and least == 0 else text.replace("{", "").replace("}", "")
