"""The interface's words for dates, evidence, links and formats."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from digest.paper import Author, Merge

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

LINKS = {
    "code": "Code",
    "project": "Project page",
    "data": "Data",
    "model": "Model",
    "demo": "Demo",
    "video": "Video",
    "paper": "Paper",
    "pdf": "PDF",
    "other": "Link",
    "arxiv": "arXiv",
    "doi": "DOI",
}

DATE_EVIDENCE = {
    "note": "the reading group's note",
    "created": "the source's line “Created”",
    "page": "the date that the source prints with the paper",
    "front-matter": "the source's front matter",
    "enriched": "what “digest enrich” found",
    "arxiv-id": "the month in the arXiv identifier",
    "markdown": "the list that names the paper",
    "mail": "the mail's line “Date”",
    "bibtex": "the BibTeX entry",
    "ris": "the RIS entry",
    "medline": "the MEDLINE entry",
    "isi": "the Web of Science entry",
    "endnote": "the EndNote entry",
    "ovid": "the Ovid entry",
    "copac": "the Copac entry",
    "atom": "the feed's entry",
    "oai": "the harvested record",
    "pubmed": "the PubMed record",
    "jats": "the publisher's record",
    "crossref": "the Crossref record",
    "csl": "the CSL record",
    "json": "the JSON record",
    "table": "the table's row",
    "journal-ref": "the year of the journal reference",
    "comment": "the year in the authors' comment",
    "venue": "the year of the venue",
}

VENUE_EVIDENCE = {
    "venue": "named by the source",
    "journal-ref": "from the journal reference",
    "comment": "from the authors' comment",
}

FORMATS = {
    "abstracts": "list of abstracts",
    "enriched": "found by “digest enrich”",
    "blocks": "blocks of abstract, identifier and date",
    "titles": "titles and abstracts in turn",
    "glued": "abstracts glued to identifiers",
    "front-matter": "Markdown with front matter",
    "atom": "Atom or RSS feed",
    "oai": "OAI-PMH",
    "pubmed": "PubMed or JATS XML",
    "crossref-xml": "Crossref XML",
    "endnote-xml": "EndNote XML",
    "wrapped": "saved answers of a service",
    "html": "saved web page",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "medline": "MEDLINE",
    "isi": "Web of Science export",
    "endnote": "EndNote export",
    "ovid": "Ovid export",
    "copac": "Copac export",
    "markdown": "Markdown that lists papers",
    "json": "JSON",
    "table": "table",
    "arxiv-mail": "arXiv mail",
    "arxiv-page": "arXiv page of a paper",
    "arxiv-list": "arXiv list of papers",
    "labelled": "labelled fields",
    "papers-cool": "papers.cool page",
    "paper-page": "page of a paper",
    "digest-page": "digest page",
    "repository-search": "repository search",
    "general": "unknown layout, by its repeated structure",
    "reference-list": "list of references",
    "quoted": "quoted text",
    "accepted-papers": "list of accepted papers",
}

MERGE_RULES = {
    "note": "a note says that it is the same",
    "text": "says the very same",
    "arxiv": "same arXiv identifier",
    "doi": "same DOI",
    "link": "same identifier in a link",
    "abstract": "same abstract",
    "title-author": "same title and first author",
    "title": "same title",
    "near-abstract": "nearly the same abstract",
}

TAG_SOURCES = {
    "given": "keyword of the source",
    "category": "arXiv category",
    "taxonomy": "found in the text",
    "implied": "broader topic of another tag",
    "phrase": "term of the text",
    "name": "name in the text",
}


@lru_cache(100_000)
def date_label(date: str | None) -> str:
    """`8 September 2023`, `September 2023`, `2023` or "" for an EDTF date."""
    if not date:
        return ""
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = MONTHS[int(parts[1]) - 1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def byline(authors: Sequence[Author], most: int = 3) -> str:
    """`A. Vaswani, N. Shazeer, N. Parmar and 5 others`"""
    names = [_short(author) for author in authors]
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most:,} others"
    if len(names) > 1:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return "".join(names)


def _short(author: Author) -> str:
    initials = "".join(f"{part[0]}. " for part in author.given.split() if part[0].isalpha())
    return f"{initials}{author.family}" if author.family else author.name


def evidence(source: str | None, words: dict[str, str]) -> str:
    """`comment (CVRP read as CVPR)` -> `from the authors' comment (CVRP read as CVPR)`."""
    kind, bracket, rest = (source or "").partition(" (")
    return words.get(kind, kind) + bracket + rest


def joined_by(why: Merge) -> str:
    """`same title, 80 % sure`; no doubt is told of where there is next to none."""
    doubt = f", {why.confidence * 100:.0f} % sure" if why.confidence < _BEYOND_DOUBT else ""
    return MERGE_RULES[why.rule] + doubt


_BEYOND_DOUBT = 0.98


def count(number: int, one: str, many: str) -> str:
    """`1 paper`, `1,234 papers`"""
    return f"{number:,} {one if number == 1 else many}"
