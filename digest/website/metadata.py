"""`citation_*` tags, by which Zotero and others read a paper page.

Names as in https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. A preprint names its
archive as `citation_technical_report_institution`: without any such tag Zotero saves it as an
article of no journal.
"""

from __future__ import annotations

from typing import NamedTuple

from digest.identifiers import arxiv_pdf_url
from digest.latex import to_plain
from digest.website.citation import Citation


def citation_tags(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Names and contents, none empty. A derived title is none of the paper's and is left out."""
    c = citation
    if c.derived:
        return ()
    tags = [("citation_title", c.title)]
    tags += [
        ("citation_author", f"{family}, {given}" if given else family)
        for family, given in c.authors
    ]
    if c.date:
        tags.append(("citation_publication_date", c.date.replace("-", "/")))
    if c.container:
        journal = c.kind == "journal"
        name = "citation_journal_title" if journal else "citation_conference_title"
        tags.append((name, c.container))
    elif c.eprint:
        tags.append(("citation_technical_report_institution", "arXiv"))
    if c.doi:
        tags.append(("citation_doi", c.doi))
    if c.eprint:
        tags += [("citation_arxiv_id", c.eprint), ("citation_pdf_url", arxiv_pdf_url(c.eprint))]
    return tuple(tags)


_SOURCE = 500
"""Characters of an abstract that are read for its beginning, and what must come of them: where a
formula is cut, it is far from what is shown."""
_READ = 300
_SHOWN = 220
_LEEWAY = 5
"""Characters by which a text may be longer and still be shown whole."""


class Excerpt(NamedTuple):
    """How a text begins."""

    text: str
    cut: bool
    """There is more."""


def excerpt(abstract: str) -> Excerpt:
    """How an abstract begins, as plain text of some 220 characters, cut between words.

    For search engines, which show no more.
    """
    text = ""
    if len(abstract) > _SOURCE:
        text = to_plain(abstract[:_SOURCE].rpartition(" ")[0])
    if len(text) < _READ:
        text = to_plain(abstract)
    if len(text) <= _SHOWN + _LEEWAY:
        return Excerpt(text, cut=False)
    return Excerpt(text[: _SHOWN - 1].rsplit(" ", 1)[0], cut=True)
