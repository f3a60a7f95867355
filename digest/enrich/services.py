"""arXiv, Crossref and OpenAlex: how each is asked, and what it may be asked.

arXiv: https://info.arxiv.org/help/api/user-manual.html (one request in three seconds).
Crossref: https://www.crossref.org/documentation/retrieve-metadata/rest-api/ (the polite pool).
OpenAlex: https://docs.openalex.org/how-to-use-the-api/api-overview (ten requests a second).
Replies are read as files of those forms are.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct

from digest import __version__
from digest.enrich.gaps import Gap
from digest.enrich.wording import family, words
from digest.paper import Record
from digest.problems import DigestError, Problem
from digest.readers import read_text

HOME = "https://pypi.org/project/litdigest/"
BATCH = 50
"""arXiv identifiers of one request."""
_FEW = 5
"""Answers to a search that are looked at."""
_PHRASE = 8
"""Words of an abstract that arXiv is asked for."""
_WORDS = 25
"""Likewise OpenAlex, which ranks by meaning."""


class Service(NamedTuple):
    """One of the three."""

    name: str
    variable: str
    """Of the environment: names another address."""
    address: str
    interval: float
    """Seconds between two requests."""


ARXIV = Service("arXiv", "DIGEST_ARXIV_API", "https://export.arxiv.org/api/query", 3.0)
CROSSREF = Service("Crossref", "DIGEST_CROSSREF_API", "https://api.crossref.org", 0.2)
OPENALEX = Service("OpenAlex", "DIGEST_OPENALEX_API", "https://api.openalex.org", 0.2)
SERVICES = (ARXIV, OPENALEX, CROSSREF)


class Contact(Struct, frozen=True):
    """Whom a service may write to."""

    address: str

    @property
    def agent(self) -> str:
        """The user agent."""
        mail = f"; mailto:{self.address}" if self.address else ""
        return f"digest/{__version__} ({HOME}{mail})"

    def fields(self) -> dict[str, str]:
        """What Crossref and OpenAlex want to hear with a question."""
        return {"mailto": self.address} if self.address else {}


def address_of(service: Service) -> str:
    """Where a service is asked. Raises DigestError where the environment names no web address."""
    address = os.environ.get(service.variable) or service.address
    if not address.startswith(("http://", "https://")):
        said = f"{service.variable} is “{address}”, but must begin with http:// or https://"
        raise DigestError(Problem("", None, "error", said, "Mend or unset it."))
    return address.rstrip("/")


def arxiv_by_id(eprints: Sequence[str]) -> str:
    """The question for these papers, at most `BATCH`."""
    asked = {"id_list": ",".join(eprints), "max_results": str(len(eprints))}
    return f"{address_of(ARXIV)}?{urlencode(asked)}"


def crossref_by_doi(doi: str, contact: Contact) -> str:
    """The question for one paper."""
    return _with(f"{address_of(CROSSREF)}/works/{quote(doi, safe='')}", contact.fields())


def openalex_by_doi(doi: str, contact: Contact) -> str:
    """The question for one paper."""
    return _with(f"{address_of(OPENALEX)}/works/doi:{quote(doi, safe='/')}", contact.fields())


def searches(gap: Gap, contact: Contact) -> list[tuple[Service, str]]:
    """Questions for a paper without identifier, the likeliest to be answered first."""
    known = gap.known
    title = " ".join(words(known.title))
    found = []
    if title:
        few = {"max_results": str(_FEW)}
        query = {"search_query": f'ti:"{title}"', **few}
        found.append((ARXIV, _with(address_of(ARXIV), query)))
        query = {"search": title, "per-page": str(_FEW), **contact.fields()}
        found.append((OPENALEX, _with(f"{address_of(OPENALEX)}/works", query)))
        author = f" {family(known.authors[0])}" if known.authors else ""
        query = {"query.bibliographic": title + author, "rows": str(_FEW), **contact.fields()}
        found.append((CROSSREF, _with(f"{address_of(CROSSREF)}/works", query)))
    elif abstract := words(known.abstract):
        phrase = " ".join(abstract[:_PHRASE])
        query = {"search_query": f'abs:"{phrase}"', "max_results": str(_FEW)}
        found.append((ARXIV, _with(address_of(ARXIV), query)))
        text = " ".join(abstract[:_WORDS])
        query = {"search": text, "per-page": str(_FEW), **contact.fields()}
        found.append((OPENALEX, _with(f"{address_of(OPENALEX)}/works", query)))
    return found


def is_whole(service: Service, body: bytes) -> bool:
    """Whether a reply has the form that the service answers in, from its start to its end."""
    if service is ARXIV:
        # Its errors are feeds, too; pages of a proxy are not.
        return b"<feed" in body[:2_000] and body.rstrip().endswith(b"</feed>")
    try:
        return isinstance(msgspec.json.decode(body), dict)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False


def read_reply(service: Service, body: bytes) -> list[Record]:
    """The papers of a reply."""
    reading = read_text(body.decode("utf-8", "replace"), service.name)
    return [sighting.record for sighting in reading.sightings]


def _with(address: str, query: dict[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address
