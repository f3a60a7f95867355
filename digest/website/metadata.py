"""`citation_*` tags, by which Zotero and others read a paper page.

Names as in https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. A preprint names its
archive as `citation_technical_report_institution`: without any such tag Zotero saves it as an
article of no journal.
"""

from __future__ import annotations

from digest.identifiers import arxiv_pdf_url
from digest.latex import to_plain
from digest.paper import Paper


def citation_tags(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Names and contents, none empty. A derived title is none of the paper's and is left out."""
    if paper.title_source == "derived":
        return ()
    tags = [("citation_title", to_plain(paper.title))]
    tags += [
        ("citation_author", f"{a.family}, {a.given}" if a.given else a.family or a.name)
        for a in paper.authors
    ]
    if paper.published:
        tags.append(("citation_publication_date", paper.published.replace("-", "/")))
    if paper.venue:
        tags.append(
            (
                "citation_journal_title" if paper.journal_ref else "citation_conference_title",
                paper.venue.name,
            )
        )
    elif paper.eprint:
        tags.append(("citation_technical_report_institution", "arXiv"))
    if paper.doi:
        tags.append(("citation_doi", paper.doi))
    if paper.eprint:
        tags += [
            ("citation_arxiv_id", paper.eprint),
            ("citation_pdf_url", arxiv_pdf_url(paper.eprint)),
        ]
    return tuple(tags)
