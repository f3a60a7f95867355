"""What records are compared by: worked out once a record, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec
from msgspec import Struct

from digest.catalogue.cleaning import cleaned
from digest.identifiers import canonical_doi, parse_arxiv
from digest.latex import to_plain
from digest.paper import Merge, Record, Sighting
from digest.text import content_hash, unaccented

WORD = re.compile(r"[^\W_]+")
_COMMAND = re.compile(r"\\[a-zA-Z]+|[\\${}^_~]")
_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
"""Leaves of a text in ASCII what `WORD` finds, and faster."""

ABSTRACT_LEAST = 80
"""Letters and digits below which an equal abstract proves nothing ("This paper has been
withdrawn")."""
_TITLE_LEAST = 20
"""Likewise for titles ("Introduction", "Comment on a paper")."""
ARXIV_DOI = "10.48550/arxiv."
_NOTHING: Mapping[str, str] = MappingProxyType({})
_PLACES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("acl", r"aclanthology\.org/([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9]{1,40}-[a-z0-9]{1,20}\.\d+)"),
        ("openreview", r"openreview\.net/(?:forum|pdf)\?id=([\w-]{6,20})"),
        ("pmid", r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})"),
        ("pmc", r"ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/PMC(\d{1,9})"),
        ("hal", r"hal\.(?:archives-ouvertes\.fr|science)/((?:hal|tel)-\d{6,9})"),
    )
)
"""Addresses of one paper each: its page at an archive of papers."""


class Keyed(Struct, frozen=True, gc=False):
    """A sighting whose texts are fit for a page, and the hashes by which others may equal it."""

    sighting: Sighting
    fingerprint: str
    """Of all that the source says, wherever it stands."""
    abstract: str | None
    """Of the abstract's letters and digits; None where these prove nothing."""
    title: str | None
    """Likewise of the title."""
    merged: Merge | None = None
    """Why it stands among others, once it does."""


def keyed(sighting: Sighting) -> Keyed:
    """`sighting`, cleaned, with its keys."""
    fit = _with_eprint(cleaned(sighting))
    record = fit.record
    return Keyed(
        fit,
        fingerprint(record),
        _hashed(text_key(record.abstract, ABSTRACT_LEAST)),
        _hashed(_title_key(record.title)),
    )


def reasons(group: Sequence[Keyed]) -> tuple[Merge, ...]:
    """Why each of `group` is of its paper; nothing to say where it is alone."""
    if len(group) < 2:
        return ()
    return tuple(member.merged or _SAME for member in group)


_SAME = Merge("text", "", 1.0)


def arxiv_of(doi: str | None) -> str | None:
    """The arXiv identifier that arXiv registered as `doi` (https://info.arxiv.org/help/doi.html)."""
    if doi is None or not (known := canonical_doi(doi)).startswith(ARXIV_DOI):
        return None
    found = parse_arxiv(known.removeprefix(ARXIV_DOI))
    return found.id if found else None


def _with_eprint(sighting: Sighting) -> Sighting:
    eprint = None if sighting.record.eprint else arxiv_of(sighting.record.doi)
    if eprint is None:
        return sighting
    return Sighting(msgspec.structs.replace(sighting.record, eprint=eprint), sighting.source)


def identity(record: Record) -> Mapping[str, str]:
    """The identifiers that tell `record` from all other papers, by kind."""
    found = {"arxiv": record.eprint} if record.eprint else {}
    if record.doi and not (doi := canonical_doi(record.doi)).startswith(ARXIV_DOI):
        found["doi"] = doi
    return found or _NOTHING


def links_of(record: Record) -> tuple[str, ...]:
    """Other identifiers of papers in a record's links, `pmid:12345678`; none of a kind of which
    there are several, for then some are of other papers."""
    found: dict[str, set[str]] = {}
    for link in record.links:
        for kind, pattern in _PLACES:
            if match := pattern.search(link.url):
                found.setdefault(kind, set()).add(match[1])
    return tuple(f"{kind}:{min(ids)}" for kind, ids in sorted(found.items()) if len(ids) == 1)


def _title_key(title: str | None) -> str | None:
    if title and ("\\" in title or "$" in title or "{" in title):
        title = to_plain(title)
    return text_key(title, _TITLE_LEAST)


def fingerprint(record: Record) -> str:
    """Hash of all that the source says, wherever it stands."""
    bare = msgspec.structs.replace(record, span=(0, 0))
    return content_hash(msgspec.json.encode(bare), 32)


def text_key(text: str | None, least: int = 0) -> str | None:
    """`text` reduced to its letters and digits, or None when fewer than `least` remain."""
    if not text:
        return None
    if text.isascii():
        letters = (_COMMAND.sub("", text) if "\\" in text else text).translate(_LETTERS).lower()
    else:
        letters = "".join(WORD.findall(_COMMAND.sub("", unaccented(text))))
    return letters if len(letters) >= max(least, 1) else None


def _hashed(key: str | None) -> str | None:
    return content_hash(key, 32) if key is not None else None
