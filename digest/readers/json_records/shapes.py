"""The shapes of JSON in which services give papers: which fields hold what.

Sources: arXiv snapshot (https://www.kaggle.com/datasets/Cornell-University/arxiv), OpenReview
(https://docs.openreview.net, versions 1 and 2), Semantic Scholar
(https://api.semanticscholar.org), Hugging Face daily papers, CSL-JSON
(https://citeproc-js.readthedocs.io/en/latest/csl-json), Crossref (https://api.crossref.org),
OpenAlex (https://docs.openalex.org), Mini-Conf, DataCite (https://api.datacite.org), and the
export of `digest` itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

JsonObject = dict[str, Any]


class Shape(NamedTuple):
    """One known shape. `fields` maps a role to dotted paths, of which the first that holds
    something counts; what it does not name is told by the names of fields, but for `ignored`."""

    name: str
    marks: tuple[frozenset[str], ...]
    """Sets of fields; an object that has all of one set has this shape."""
    fields: Mapping[str, tuple[str, ...]]
    markup: bool = False
    """Whether its texts are HTML or XML."""
    prepare: Callable[[JsonObject], JsonObject | None] | None = None
    """Brings an object into plain form; None where the object is not meant as a paper."""
    ignored: frozenset[str] = frozenset()


def _marks(*sets: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(names.split()) for names in sets)


def _prepare_arxiv(found: JsonObject) -> JsonObject:
    """Names are taken as printed where they part as arXiv's own parsing of them says."""
    parsed, printed = found.get("authors_parsed"), found.get("authors")
    if isinstance(parsed, list) and parsed:
        names: Any = None
        if isinstance(printed, str) and "(" not in printed:
            names = [n.strip() for n in re.split(r",\s+and\s+|,\s|\sand\s", printed) if n.strip()]
        if names is None or len(names) != len(parsed):
            names = parsed
        found = {**found, "authors": names}
    return found


def _prepare_openreview(found: JsonObject) -> JsonObject | None:
    content = found.get("content")
    if not isinstance(content, dict):
        return None
    forum, own = found.get("forum"), found.get("id")
    if found.get("replyto") and forum and forum != own:
        return None  # a review, a comment or a decision
    flat = {k: v.get("value", v) if isinstance(v, dict) else v for k, v in content.items()}
    pdf = flat.get("pdf") or flat.get("pdf_url")
    if isinstance(pdf, str) and pdf.startswith("/"):
        pdf = "https://openreview.net" + pdf
    place = forum or own
    is_theirs = not found.keys().isdisjoint(("invitation", "invitations", "signatures", "cdate"))
    page = f"https://openreview.net/forum?id={place}" if is_theirs and place else None
    dates = {k: found.get(k) for k in ("pdate", "odate", "cdate", "tcdate") if found.get(k)}
    return {**dates, **flat, "pdf": pdf, "forum": page or flat.get("url")}


def _prepare_daily(found: JsonObject) -> JsonObject | None:
    paper = found.get("paper")
    if not isinstance(paper, dict):
        return None
    outer = {k: v for k, v in found.items() if k in ("title", "summary")}
    return {**outer, **paper}


def _prepare_export(found: JsonObject) -> JsonObject:
    """A title that was derived is none that the source gave, nor are tags that were inferred."""
    title = found.get("title") if found.get("title_source") != "derived" else None
    tags = found.get("tags")
    given = [
        tag for tag in (tags if isinstance(tags, list) else [])
        if not isinstance(tag, dict) or tag.get("source", "given") in ("given", "category")
    ]  # fmt: skip
    return {**found, "title": title, "tags": given}


def _prepare_datacite(found: JsonObject) -> JsonObject | None:
    inner = found.get("attributes")
    return {**inner, "titles": _inner(inner, "titles", "title"),
            "descriptions": _inner(inner, "descriptions", "description"),
            } if isinstance(inner, dict) else None  # fmt: skip


def _inner(found: JsonObject, name: str, key: str) -> Any:
    items = found.get(name)
    first = items[0] if isinstance(items, list) and items else None
    return first.get(key) if isinstance(first, dict) else None


SHAPES: tuple[Shape, ...] = (
    Shape(
        "digest",
        _marks("title_source published_source", "key title_source"),
        {
            "published": ("published",),
            "published_as": ("published_source",),
            "tags": ("tags.name",),
            "links": ("links",),
        },
        prepare=_prepare_export,
        ignored=frozenset({"related", "sources", "aliases", "path", "id", "key"}),
    ),
    Shape(
        "arxiv",
        _marks("authors_parsed", "submitter update_date", "journal-ref categories abstract"),
        {
            "title": ("title",),
            "authors": ("authors",),
            "eprint": ("id",),
            "published": ("versions.0.created", "created"),
            "updated": ("update_date",),
            "journal_ref": ("journal-ref",),
            "comment": ("comments",),
            "tags": ("categories",),
        },
        prepare=_prepare_arxiv,
    ),
    Shape(
        "openreview",
        _marks("content forum", "content invitation", "content invitations", "content signatures",
               "content id"),
        {
            "published": ("pdate", "odate", "cdate", "tcdate"),
            "venue": ("venue",),
            "tags": ("keywords",),
            "paper": ("forum", "url"),
            "pdf": ("pdf",),
        },
        prepare=_prepare_openreview,
        ignored=frozenset({"venueid", "authorids", "_bibtex", "data", "subject_areas"}),
    ),
    Shape(
        "daily-papers",
        _marks("paper publishedAt", "paper submittedBy", "paper submittedOnDailyBy"),
        {
            "eprint": ("id",),
            "authors": ("authors.name", "authors"),
            "published": ("publishedAt",),
            "tags": ("ai_keywords",),
            "code": ("githubRepo",),
            "project": ("projectPage",),
        },
        prepare=_prepare_daily,
        ignored=frozenset({"submittedOnDailyAt", "discussionId", "ai_summary"}),
    ),
    Shape(
        "semantic-scholar",
        _marks("paperId", "externalIds", "corpusId", "corpusid", "s2FieldsOfStudy", "externalids"),
        {
            "eprint": ("externalIds.ArXiv", "externalids.ArXiv", "arxivId"),
            "doi": ("externalIds.DOI", "externalids.DOI", "doi"),
            "published": ("publicationDate", "publicationdate", "year"),
            "venue": ("venue", "publicationVenue.name", "journal.name"),
            "tags": ("fieldsOfStudy", "s2FieldsOfStudy.category"),
            "pdf": ("openAccessPdf.url", "pdf"),
        },
        markup=True,
        ignored=frozenset({"journal", "paperId"}),
    ),
    Shape(
        "openalex",
        _marks("abstract_inverted_index", "authorships", "publication_date primary_location"),
        {
            "title": ("title", "display_name"),
            "abstract": ("abstract_inverted_index", "abstract"),
            "authors": ("authorships.author.display_name", "authorships.raw_author_name"),
            "doi": ("doi", "ids.doi"),
            "eprint": ("ids.arxiv", "primary_location.landing_page_url",
                       "best_oa_location.landing_page_url"),
            "published": ("publication_date", "publication_year"),
            "venue": ("primary_location.source.display_name", "host_venue.display_name"),
            "tags": ("keywords.display_name", "keywords.keyword", "topics.display_name"),
            "paper": ("primary_location.landing_page_url", "doi"),
            "pdf": ("best_oa_location.pdf_url", "primary_location.pdf_url", "open_access.oa_url"),
        },
        markup=True,
        ignored=frozenset({"concepts", "created_date", "updated_date", "updated", "created", "id"}),
    ),
    Shape(
        "datacite",
        _marks("attributes type id"),
        {
            "title": ("titles",),
            "abstract": ("descriptions",),
            "authors": ("creators",),
            "published": ("published", "publicationYear", "issued"),
            "tags": ("subjects.subject",),
            "venue": ("container.title",),
            "paper": ("url",),
        },
        markup=True,
        prepare=_prepare_datacite,
        ignored=frozenset({"created", "updated", "id"}),
    ),
    Shape(
        "crossref",
        _marks("DOI container-title reference-count", "DOI deposited", "DOI indexed", "DOI prefix",
               "DOI URL member"),
        {
            "title": ("title",),
            "authors": ("author",),
            "doi": ("DOI",),
            "eprint": ("number",),
            "published": ("published", "issued", "published-online", "published-print", "posted",
                          "created"),
            "venue": ("container-title", "event.name", "institution.name"),
            "tags": ("subject", "keyword"),
            "paper": ("URL",),
        },
        markup=True,
        ignored=frozenset({"link", "reference", "relation", "update-to", "resource", "name"}),
    ),
    Shape(
        "csl",
        _marks("issued", "container-title", "DOI title", "citation-key", "author type"),
        {
            "title": ("title",),
            "authors": ("author",),
            "doi": ("DOI",),
            "eprint": ("number", "arxiv", "eprint", "URL", "note"),
            "published": ("issued", "published", "original-date"),
            "venue": ("container-title", "event-title", "event"),
            "tags": ("keyword", "categories"),
            "comment": ("note",),
            "paper": ("URL",),
        },
        markup=True,
        ignored=frozenset({"submitted", "data", "created"}),
    ),
)  # fmt: skip
"""Known shapes, the most telling first."""


def find_shape(found: JsonObject) -> Shape | None:
    """The known shape that `found` has."""
    names = found.keys()
    for shape in SHAPES:
        if any(marks <= names for marks in shape.marks):
            return shape
    return None
