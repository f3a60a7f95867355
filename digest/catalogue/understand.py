"""The sightings of one paper become a Paper: every field is chosen, and its evidence named.

A choice never depends on the order of the sightings: candidates are compared by what they say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import structs

from digest.catalogue.dates import choose_date, infer_published
from digest.catalogue.days import came
from digest.catalogue.gains import complete
from digest.catalogue.keys import ARXIV_DOI, text_key
from digest.catalogue.knowledge import Knowledge
from digest.catalogue.overrides import Override, apply
from digest.catalogue.provenance import disagreements, trace
from digest.catalogue.slugs import record_key, record_slug
from digest.catalogue.titles.derive import derive_title, system_name
from digest.catalogue.topics.infer import Matcher, infer_tags
from digest.catalogue.venues.infer import infer_venue
from digest.identifiers import canonical_doi
from digest.links import canonical_link
from digest.paper import Author, Link, Paper, Record, Sighting, Tag, TitleSource, Venue
from digest.text import content_hash, slugify

_KEY_RANK = {"arxiv": 0, "doi": 1, "text": 2}
_LINK_RANK: dict[str, int] = {
    kind: rank
    for rank, kind in enumerate(
        ("code", "project", "data", "model", "demo", "video", "paper", "pdf", "other")
    )
}


def understand(
    group: tuple[Sighting, ...], knowledge: Knowledge, said: Override | None = None
) -> Paper:
    """`group` is one paper's sightings, as `merge` returns them; the user has `said` the rest."""
    records, gained = complete(group)
    given_records = tuple(records)
    if gained is not None:
        records.append(gained)
    named = [r for r in records if r is not gained or r.eprint or r.doi]
    addresses = sorted((_key_rank(record_key(r)), record_key(r), record_slug(r)) for r in named)
    slugs = tuple(dict.fromkeys([slug for _, _, slug in addresses]))
    if said is not None:
        records = [apply(said, record) for record in records]
    abstract = _longest(r.abstract for r in records)
    given = _likeliest_title(records)
    title, title_source, system = _name(given, abstract)
    if given and gained is not None and given == gained.title:
        title_source = "enriched"
    venues = [infer_venue(knowledge.venues, r.venue, r.journal_ref, r.comment) for r in records]
    venue = _likeliest_venue(list(filter(None, venues)))
    published = choose_date(filter(None, map(_published, records, venues)))
    version = max((r.eprint_version for r in records if r.eprint_version), default=None)
    doi = _likeliest_doi(records)
    keywords = tuple(dict.fromkeys(t for tags in sorted({r.tags for r in records}) for t in tags))
    paper = Paper(
        key=addresses[0][1],
        slug=slugs[0],
        title=title,
        title_source=title_source,
        system=system,
        abstract=abstract,
        authors=_with_orcids(_authors(records), given_records),
        published=published[0] if published else None,
        published_source=published[1] if published else None,
        updated=max((r.updated for r in records if r.updated), default=None),
        eprint=_first(r.eprint for r in records),
        eprint_version=version,
        doi=doi,
        venue=venue[0] if venue else None,
        venue_source=venue[1] if venue else None,
        comment=_longest(r.comment for r in records),
        journal_ref=_longest(r.journal_ref for r in records),
        links=_links(records),
        tags=_tags(
            knowledge.matcher,
            said,
            (given or "", abstract or "", keywords, system)
            if knowledge.infers_tags
            else ("", "", keywords, None),
        ),
        sources=tuple(s.source for s in group),
        aliases=slugs[1:],
        disagreements=disagreements(group),
        came=came(given_records, published[0] if published else None),
    )
    return structs.replace(paper, provenance=trace(group, paper, said))


def _tags(
    matcher: Matcher, said: Override | None, known: tuple[str, str, tuple[str, ...], str | None]
) -> tuple[Tag, ...]:
    """Tags as found, or as the user's note on the paper has them."""
    tags = infer_tags(matcher, *known)
    if said is None:
        return tags
    if said.record.tags:
        tags = tuple(tag for tag in tags if tag.source in ("given", "category"))
    if said.add_tags:
        added = infer_tags(matcher, "", "", said.add_tags)
        tags = (*(tag for tag in added if tag.source in ("given", "category")), *tags)
    unwanted = set(map(slugify, said.drop_tags))
    return tuple(
        {
            tag.slug: tag
            for tag in reversed(tags)
            if tag.slug not in unwanted and slugify(tag.name) not in unwanted
        }.values()
    )[::-1]


def _key_rank(key: str) -> int:
    return _KEY_RANK[key.partition(":")[0]]


def _name(given: str | None, abstract: str | None) -> tuple[str, TitleSource, str | None]:
    if given:
        return given, "given", system_name(given, abstract)
    derived = derive_title(abstract or "")
    return derived.text, "derived", derived.system


def _likeliest_title(records: list[Record]) -> str | None:
    """The spelling that most sources share; of equals the one that is not all capitals, then the
    longest."""
    titles = [r.title for r in records if r.title and r.title.strip()]
    if len(titles) <= 1:
        return titles[0] if titles else None
    votes = Counter(text_key(title) for title in titles)
    return max(titles, key=lambda t: (votes[text_key(t)], not t.isupper(), len(t), t))


def _longest(texts: Iterable[str | None]) -> str | None:
    return max((t for t in texts if t), key=lambda t: (len(t), t), default=None)


def _first(values: Iterable[str | None]) -> str | None:
    return min((v for v in values if v), default=None)


def _likeliest_doi(records: list[Record]) -> str | None:
    """A publisher's before arXiv's own."""
    found = {canonical_doi(r.doi) for r in records if r.doi}
    return min(found, key=lambda doi: (doi.startswith(ARXIV_DOI), doi), default=None)


def _authors(records: list[Record]) -> tuple[Author, ...]:
    names = records[0].authors
    if len(records) > 1:
        names = max((r.authors for r in records), key=lambda a: (len(a), sum(map(len, a)), a))
    return tuple(dict.fromkeys(map(_author, names)))


def _with_orcids(authors: tuple[Author, ...], records: Iterable[Record]) -> tuple[Author, ...]:
    """`authors`, each with the ORCID that the sources give for the name, where they agree."""
    found: dict[str, set[str]] = {}
    for record in records:
        for name, orcid in record.orcids or ():
            found.setdefault(_author(name).slug, set()).add(orcid)
    if not found:
        return authors
    return tuple(
        structs.replace(author, orcid=min(own))
        if len(own := found.get(author.slug, ())) == 1
        else author
        for author in authors
    )


@lru_cache(maxsize=20_000)  # who writes one paper writes others
def _author(name: str) -> Author:
    """Parts of a name: `Family, Given`, or the last word as family name."""
    family, comma, given = (part.strip() for part in name.partition(","))
    whole = f"{given} {family}"
    if not (comma and given):
        whole = name.strip()
        given, _, family = whole.rpartition(" ")
    # One address a name; names that fold to the same letters share it.
    slug = slugify(whole)
    slug = slug if slug.replace("-", "") else f"author-{content_hash(whole)}"
    return Author(whole, family, given.strip(), slug)


def _published(record: Record, venue: tuple[Venue, str] | None) -> tuple[str, str] | None:
    # A venue that we concluded from a comment is no evidence beside the comment itself.
    return infer_published(record, venue[0] if venue and venue[1] == "venue" else None)


def _likeliest_venue(found: list[tuple[Venue, str]]) -> tuple[Venue, str] | None:
    if len(found) <= 1:
        return found[0] if found else None
    # A dated venue says more than a bare name; then what most sources say.
    votes = Counter(venue for venue, _ in found)
    return max(
        found, key=lambda v: (v[0].year is not None, votes[v[0]], v[0].name, v[1]), default=None
    )


def _links(records: list[Record]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in _in_order((link for r in records for link in r.links), canonical_link):
        found.setdefault(link.url.removesuffix("/"), link)
    if len(found) <= 1:
        return tuple(found.values())
    return tuple(sorted(found.values(), key=lambda k: (_LINK_RANK[k.kind], k.url)))


def _in_order(links: Iterable[Link], make: Callable[[Link], Link | None]) -> list[Link]:
    # A known kind wins over "other" where two sources name one address.
    fit = [made for link in links if (made := make(link)) is not None]
    return sorted(fit, key=lambda k: (_LINK_RANK[k.kind], k.url))
