"""From a JSON object to a record: its fields read, and what of them could not be used."""

from __future__ import annotations

from typing import Any, NamedTuple

from digest.identifiers import Eprint
from digest.paper import Record, Span
from digest.readers.json_records.addresses import read_addresses
from digest.readers.json_records.names import read_names, read_orcids
from digest.readers.json_records.plans import Place, Plan, Texts, reach
from digest.readers.json_records.shapes import JsonObject
from digest.readers.json_records.values import (
    read_abstract,
    read_day,
    read_doi,
    read_eprint,
    read_line,
    read_tags,
)

_NAMELESS = ("title", "neither title nor abstract nor identifier", "give it a title, or remove it")


class Complaint(NamedTuple):
    """A value that could not be used: the field it stands in, what it is, and what to do."""

    field: str
    message: str
    hint: str


def _texts(found: JsonObject, plan: Plan) -> tuple[Any, ...]:
    """The values of the roles of `Texts`, as they stand in the object."""
    if plan.texts is None:
        return tuple(_first(found, plan.paths.get(role, ())) for role in Texts._fields)
    get = found.get
    title, abstract, authors, venue, comment, journal_ref = plan.texts
    return (
        get(title) if title is not None else None,
        get(abstract) if abstract is not None else None,
        get(authors) if authors is not None else None,
        get(venue) if venue is not None else None,
        get(comment) if comment is not None else None,
        get(journal_ref) if journal_ref is not None else None,
    )


def _first(found: JsonObject, places: tuple[Place, ...]) -> Any:
    for key, path in places:
        if value := found.get(key) if path is None else reach(found, path):
            return value
    return None


def read_record(
    found: JsonObject, plan: Plan, span: Span, complaints: list[Complaint]
) -> Record | None:
    """The record of `found`, or None where it says too little to be one."""
    paths, markup = plan.paths, plan.markup
    get = paths.get
    said, summary, people, place, remark, cited = _texts(found, plan)
    title = read_line(said, markup=markup) if said else None
    abstract = read_abstract(summary, markup=markup) if summary else None
    eprint = _eprint(found, plan)
    doi = _doi(found, plan, complaints)
    if eprint is None and doi is not None and doi[:16].lower() == "10.48550/arxiv.":
        eprint = read_eprint(doi[15:])
    authors = read_names(people, markup=markup) if people else ()
    venue = read_line(place, markup=markup) if place else None
    if title is None and abstract is None and eprint is None and doi is None:
        # Where the fields are a paper's, its empty entry is a paper that somebody has to name.
        if not (authors or venue) or "title" not in paths:
            return None
        complaints.append(Complaint(*_NAMELESS))
    published = _day(found, get("published", ()), complaints)
    comment = read_line(remark, markup=markup) if remark else None
    version = eprint.version if eprint else None
    if version is None and eprint is not None and "eprint_version" in found:
        stated = found["eprint_version"]
        version = stated if isinstance(stated, int) and 0 < stated < 1000 else None
    evidence = read_line(found.get("published_source")) if "published_as" in paths else None
    tags: list[str] = []
    for key, path in get("tags", ()):
        value = found.get(key) if path is None else reach(found, path)
        if value:
            tags = [*tags, *read_tags(value)] if tags else read_tags(value)
    return Record(
        span=span,
        title=title,
        abstract=abstract,
        authors=authors,
        eprint=eprint.id if eprint else None,
        eprint_version=version,
        doi=doi,
        published=published,
        published_as=(evidence or plan.evidence) if published else None,
        updated=_day(found, get("updated", ()), complaints),
        comment=comment,
        journal_ref=read_line(cited, markup=markup) if cited else None,
        venue=venue,
        links=read_addresses(found, plan, abstract, comment),
        tags=tuple(dict.fromkeys(tags)) if len(tags) > 1 else tuple(tags),
        # Of OpenAlex the plan reaches names alone.
        orcids=read_orcids(people) or read_orcids(found.get("authorships")),
    )


def _eprint(found: JsonObject, plan: Plan) -> Eprint | None:
    for key, path in plan.eprints:
        value = found.get(key) if path is None else reach(found, path)
        if value and (eprint := read_eprint(value)):
            return eprint
    for key, path in plan.pages:
        value = found.get(key) if path is None else reach(found, path)
        if isinstance(value, str) and "arxiv.org/" in value and (eprint := read_eprint(value)):
            return eprint
    return None


def _doi(found: JsonObject, plan: Plan, complaints: list[Complaint]) -> str | None:
    for key, path in plan.paths.get("doi", ()):
        value = found.get(key) if path is None else reach(found, path)
        if not value:
            continue
        if doi := read_doi(value):
            return doi
        if (line := read_line(value)) and not _is_none(line):
            complaints.append(
                Complaint(
                    path[-1] if path else key,
                    f"`{line[:60]}` is no DOI",
                    "write `10.1145/3485447.3512100`",
                )
            )
    for key, _ in plan.paths.get("id", ()):
        value = found.get(key)
        if isinstance(value, str) and "10." in value[:40] and (doi := read_doi(value)):
            return doi
    for kind, (key, path) in plan.links:
        if kind != "paper":
            continue
        value = found.get(key) if path is None else reach(found, path)
        if isinstance(value, str) and "doi.org/" in value[:24] and (doi := read_doi(value)):
            return doi
    return None


def _is_none(line: str) -> bool:
    """Whether `line` is a word by which tables say that there is nothing."""
    return line.lower() in ("none", "null", "nan", "n/a", "na", "-", "–", "undefined")


def _day(found: JsonObject, paths: tuple[Place, ...], complaints: list[Complaint]) -> str | None:
    for key, path in paths:
        value = found.get(key) if path is None else reach(found, path)
        if not value:
            continue
        if day := read_day(value):
            return day
        line = read_line(value)
        if line and not _is_none(line) and not isinstance(value, bool):
            complaints.append(
                Complaint(
                    path[-1] if path else key,
                    f"`{line[:60]}` is no date",
                    "write `2023-09-08`, `2023-09` or `2023`",
                )
            )
    return None
