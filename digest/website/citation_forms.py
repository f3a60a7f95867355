"""A citation as RIS, as CSL-JSON, as a line of a list of references, and as linked data.

RIS: https://en.wikipedia.org/wiki/RIS_(file_format), with the tags that Zotero and EndNote read.
CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
The reference follows the 7th edition of the APA's style (https://apastyle.apa.org), as plain text.
Linked data: https://schema.org/ScholarlyArticle. `templates/assets/cite.js` makes the same texts
of it in the browser; tests hold the two together.
"""

from __future__ import annotations

import re
from typing import Any

from digest.identifiers import doi_url
from digest.website.citation import Citation, Kind

DERIVED = "Title derived from the abstract"

_RIS = {"journal": "JOUR", "conference": "CONF", "preprint": "UNPB", "other": "GEN"}
_CSL: dict[Kind, str] = {
    "journal": "article-journal",
    "conference": "paper-conference",
    "preprint": "article",
    "other": "document",
}
_INITIAL = re.compile(r"[^\W\d_]")
_MOST_AUTHORS = 20
"""In a reference; of more the first 19 and the last are named."""


def ris(citation: Citation) -> str:
    """One entry of RIS; every line ends as the format asks for."""
    c = citation
    year, month, day = (*c.date.split("-"), "", "")[:3] if c.date else ("", "", "")
    rows = [
        ("TY", _RIS[c.kind]),
        *(("AU", f"{family}, {given}" if given else family) for family, given in c.authors),
        ("TI", c.title),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("T2", c.container),
        ("DO", c.doi),
        ("AN", f"arXiv:{c.eprint}" if c.eprint else ""),
        ("UR", c.url),
        ("N1", c.reference),
        ("N1", DERIVED if c.derived else ""),
        ("ID", c.key),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "".join(f"{line}\r\n" for line in (*lines, "ER  - "))


def csl(citation: Citation) -> dict[str, Any]:
    """One item of CSL-JSON."""
    c = citation
    values: dict[str, Any] = {
        "id": c.key,
        "type": _CSL[c.kind],
        "title": c.title,
        "author": [
            {"family": family, "given": given} if given else {"literal": family}
            for family, given in c.authors
        ],
        "issued": {"date-parts": [[int(part) for part in c.date.split("-")]]} if c.date else None,
        "container-title": c.container,
        "publisher": "arXiv" if c.kind == "preprint" else "",
        "number": f"arXiv:{c.eprint}" if c.eprint else "",
        "DOI": c.doi,
        "URL": c.url,
        "note": "; ".join(filter(None, (c.reference, DERIVED if c.derived else ""))),
    }
    return {name: value for name, value in values.items() if value}


def reference(citation: Citation) -> str:
    """`Rivest, R. L., Shamir, A., & Adleman, L. (1978). A method … . Communications of the ACM.
    https://doi.org/10.1145/359340.359342`"""
    c = citation
    names = _names(c)
    year = f"({c.date[:4] or 'n.d.'})."
    title = _closed(c.title)
    where = c.reference or c.container or (f"arXiv:{c.eprint}" if c.eprint else "")
    at = doi_url(c.doi) if c.doi else c.url
    begin = f"{_closed(names)} {year} {title}" if names else f"{title} {year}"
    return " ".join(" ".join((begin, _closed(where), at)).split())


def linked_data(citation: Citation) -> dict[str, Any]:
    """A ScholarlyArticle, which holds all that the other forms are made of."""
    c = citation
    part_of = {"@type": "Book" if c.kind == "conference" else "Periodical", "name": c.container}
    if c.reference:
        part_of["description"] = c.reference
    identifiers = (c.doi and f"doi:{c.doi}", c.eprint and f"arXiv:{c.eprint}")
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": f"#{c.key}",
        "alternativeHeadline" if c.derived else "headline": c.title,
        "author": [
            {"@type": "Person", "familyName": family, "givenName": given}
            if given
            else {"@type": "Person", "name": family}
            for family, given in c.authors
        ],
        "datePublished": c.date,
        "isPartOf": part_of if c.container else None,
        "identifier": [identifier for identifier in identifiers if identifier],
        "sameAs": doi_url(c.doi) if c.doi else "",
        "url": c.url,
    }
    return {name: value for name, value in values.items() if value}


def _names(c: Citation) -> str:
    names = [f"{family}, {_initials(given)}" if given else family for family, given in c.authors]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return "".join(names)


def _initials(given: str) -> str:
    """`Jean-Luc M.` -> `J.-L. M.`"""
    return " ".join(
        "-".join(f"{found[0]}." for part in name.split("-") if (found := _INITIAL.search(part)))
        or name
        for name in given.split()
    )


def _closed(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."
