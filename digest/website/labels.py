"""The interface's words for evidence, links and formats, in English; `Words` say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.catalogue.related import Reason
from digest.language import Words, noted
from digest.paper import Author, Merge

LINKS = {
    "code": noted("Code"),
    "project": noted("Project page"),
    "data": noted("Data"),
    "model": noted("Model"),
    "demo": noted("Demo"),
    "video": noted("Video"),
    "paper": noted("Paper"),
    "pdf": noted("PDF"),
    "other": noted("Link"),
    "arxiv": noted("arXiv"),
    "doi": noted("DOI"),
}

DATE_EVIDENCE = {
    "note": noted("the reading group's note"),
    "created": noted("the source's line “Created”"),
    "page": noted("the date that the source prints with the paper"),
    "front-matter": noted("the source's front matter"),
    "enriched": noted("what “digest enrich” found"),
    "arxiv-id": noted("the month in the arXiv identifier"),
    "markdown": noted("the list that names the paper"),
    "mail": noted("the mail's line “Date”"),
    "bibtex": noted("the BibTeX entry"),
    "ris": noted("the RIS entry"),
    "medline": noted("the MEDLINE entry"),
    "isi": noted("the Web of Science entry"),
    "endnote": noted("the EndNote entry"),
    "ovid": noted("the Ovid entry"),
    "copac": noted("the Copac entry"),
    "atom": noted("the feed's entry"),
    "oai": noted("the harvested record"),
    "pubmed": noted("the PubMed record"),
    "jats": noted("the publisher's record"),
    "crossref": noted("the Crossref record"),
    "csl": noted("the CSL record"),
    "json": noted("the JSON record"),
    "table": noted("the table's row"),
    "journal-ref": noted("the year of the journal reference"),
    "comment": noted("the year in the authors' comment"),
    "venue": noted("the year of the venue"),
}

VENUE_EVIDENCE = {
    "venue": noted("named by the source"),
    "journal-ref": noted("from the journal reference"),
    "comment": noted("from the authors' comment"),
}

FORMATS = {
    "abstracts": noted("list of abstracts"),
    "enriched": noted("found by “digest enrich”"),
    "blocks": noted("blocks of abstract, identifier and date"),
    "titles": noted("titles and abstracts in turn"),
    "glued": noted("abstracts glued to identifiers"),
    "front-matter": noted("Markdown with front matter"),
    "atom": noted("Atom or RSS feed"),
    "oai": noted("OAI-PMH"),
    "pubmed": noted("PubMed or JATS XML"),
    "crossref-xml": noted("Crossref XML"),
    "endnote-xml": noted("EndNote XML"),
    "wrapped": noted("saved answers of a service"),
    "html": noted("saved web page"),
    "bibtex": noted("BibTeX"),
    "ris": noted("RIS"),
    "medline": noted("MEDLINE"),
    "isi": noted("Web of Science export"),
    "endnote": noted("EndNote export"),
    "ovid": noted("Ovid export"),
    "copac": noted("Copac export"),
    "markdown": noted("Markdown that lists papers"),
    "json": noted("JSON"),
    "table": noted("table"),
    "arxiv-mail": noted("arXiv mail"),
    "arxiv-page": noted("arXiv page of a paper"),
    "arxiv-list": noted("arXiv list of papers"),
    "labelled": noted("labelled fields"),
    "papers-cool": noted("papers.cool page"),
    "paper-page": noted("page of a paper"),
    "digest-page": noted("digest page"),
    "repository-search": noted("repository search"),
    "general": noted("unknown layout, by its repeated structure"),
    "reference-list": noted("list of references"),
    "quoted": noted("quoted text"),
    "accepted-papers": noted("list of accepted papers"),
}

MERGE_RULES = {
    "note": noted("a note says that it is the same"),
    "text": noted("says the very same"),
    "arxiv": noted("same arXiv identifier"),
    "doi": noted("same DOI"),
    "link": noted("same identifier in a link"),
    "abstract": noted("same abstract"),
    "title-author": noted("same title and first author"),
    "title": noted("same title"),
    "near-abstract": noted("nearly the same abstract"),
}

TAG_SOURCES = {
    "given": noted("keyword of the source"),
    "category": noted("arXiv category"),
    "taxonomy": noted("found in the text"),
    "implied": noted("broader topic of another tag"),
    "phrase": noted("term of the text"),
    "name": noted("name in the text"),
}


RELATED = {
    "same-text": noted("nearly the same abstract"),
    "cites": noted("cites {names}"),
    "cited": noted("cites this paper"),
    "both-cite": noted("both cite {names}"),
    "system": noted("also about {names}"),
    "subjects": noted("both on {names}"),
    "mentions": noted("both mention {names}"),
}

_BEYOND_DOUBT = 0.98


def byline(authors: Sequence[Author], words: Words, most: int = 3) -> str:
    """`A. Vaswani, N. Shazeer, N. Parmar and 5 others`"""
    names = [_short(author) for author in authors]
    if len(names) > most + 1:
        rest = len(names) - most
        return words.list([*names[:most], words.many("{n} other", "{n} others", rest)])
    return words.list(names)


def _short(author: Author) -> str:
    initials = "".join(f"{part[0]}. " for part in author.given.split() if part[0].isalpha())
    return f"{initials}{author.family}" if author.family else author.name


def evidence(source: str | None, said: Mapping[str, str], words: Words) -> str:
    """`comment (CVRP read as CVPR)` -> `from the authors' comment (CVRP read as CVPR)`."""
    kind, _, rest = (source or "").partition(" (")
    text = words.say(said[kind]) if kind in said else kind
    found, read, meant = rest.removesuffix(")").rpartition(" read as ")
    if not read:
        return f"{text} ({rest}" if rest else text
    return words.say("{text} ({found} read as {meant})", text=text, found=found, meant=meant)


def joined_by(why: Merge, words: Words) -> str:
    """`same title, 80 % sure`; no doubt is told of where there is next to none."""
    rule = words.say(MERGE_RULES[why.rule])
    if why.confidence >= _BEYOND_DOUBT:
        return rule
    return words.say("{rule}, {n} % sure", rule=rule, n=round(why.confidence * 100))


def related_by(why: Reason, words: Words) -> str:
    """`both on Laundry and Folding`"""
    if why.rule == "authors":
        more = (words.many("{n} more", "{n} more", why.more),) if why.more else ()
        number, names = len(why.names) + why.more, words.list([*why.names, *more])
        return words.many("same author: {names}", "same authors: {names}", number, names=names)
    return words.say(RELATED[why.rule], names=words.list(why.names))


def count(number: int, one: str, many: str) -> str:
    """`1 paper`, `1,234 papers`"""
    return f"{number:,} {one if number == 1 else many}"
