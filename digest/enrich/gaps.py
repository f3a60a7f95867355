"""What is known of each paper, and what no source of it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from digest.catalogue.dates import choose_date, infer_published
from digest.catalogue.gains import FIELDS
from digest.catalogue.keys import keyed
from digest.catalogue.merge import merge_keyed
from digest.catalogue.slugs import record_key
from digest.identifiers import canonical_doi
from digest.paper import Record
from digest.readers import read_parts
from digest.text import fold

_SEEN = 100


class Gap(Struct, frozen=True):
    """A paper of which something is missing."""

    paper: str
    """Its key."""
    seen: str
    """Words by which a reader knows it."""
    known: Record
    """What its sources say, the longest where they differ; `published` may be inferred."""
    missing: tuple[str, ...]
    """Names of fields, in the order of `gains.FIELDS`."""


def find_gaps(papers: Iterable[tuple[Path, str]], fields: dict[str, str]) -> tuple[int, list[Gap]]:
    """How many papers the files hold (each with its name in messages), and those with gaps, by key.

    What was found earlier plays no part, so that a paper keeps its key however much is found.
    """
    records = (
        keyed(sighting)
        for path, name in papers
        for part in read_parts(path, name, fields=fields)
        for sighting in part.reading.sightings
    )
    groups = merge_keyed(records)
    gaps = (_gap([member.sighting.record for member in group]) for group in groups)
    found = {gap.paper: gap for gap in gaps if gap.missing}
    return len(groups), [found[key] for key in sorted(found)]


def _gap(records: Sequence[Record]) -> Gap:
    date = choose_date(filter(None, map(infer_published, records)))
    doi = min((r.doi for r in records if r.doi), default=None)
    known = Record(
        span=(0, 0),
        title=_longest(r.title for r in records),
        abstract=_longest(r.abstract for r in records),
        authors=max((r.authors for r in records), key=lambda a: (len(a), a)),
        eprint=min((r.eprint for r in records if r.eprint), default=None),
        doi=canonical_doi(doi) if doi else None,
        published=date[0] if date else None,
    )
    text = fold(known.title or known.abstract or ", ".join(known.authors))
    return Gap(
        min(map(record_key, records)),
        text if len(text) <= _SEEN else text[:_SEEN].rpartition(" ")[0] + " …",
        known,
        tuple(name for name in FIELDS if not any(getattr(r, name) for r in records)),
    )


def _longest(texts: Iterable[str | None]) -> str | None:
    return max((t for t in texts if t), key=lambda t: (len(t), t), default=None)
