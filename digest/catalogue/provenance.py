"""Where each field of a paper comes from, and what its sources say differently.

Of a paper that one source alone tells of, the evidence that stands in its fields says all that is
to be said; so both are told where there are several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.catalogue.dates import infer_published
from digest.catalogue.gains import ENRICHED
from digest.catalogue.likeness import same_first_author, words
from digest.catalogue.overrides import Override
from digest.identifiers import canonical_doi
from digest.paper import Choice, Disagreement, Paper, Record, Sighting

_RULES = {
    "title": "most",
    "abstract": "longest",
    "authors": "most names",
    "eprint": "first",
    "doi": "first",
    "updated": "latest",
    "comment": "longest",
    "journal_ref": "longest",
}
"""How a field is chosen where sources differ, as `understand` does it."""


def trace(
    group: Sequence[Sighting], paper: Paper, said: Override | None = None
) -> tuple[Choice, ...]:
    """For each field that `paper` has, the first of `group` that says so, and by which rule."""
    if len(group) < 2:
        return ()
    choices = [
        choice for field in _RULES if (choice := _choice(field, group, paper, said)) is not None
    ]
    if paper.published:
        choices.append(_dated(group, paper, said))
    if paper.venue:
        noted = said is not None and said.record.venue is not None
        name = str(paper.venue_source or "inferred")
        choices.append(Choice("venue", None, "note" if noted else name))
    return tuple(choices)


def _choice(
    field: str, group: Sequence[Sighting], paper: Paper, said: Override | None
) -> Choice | None:
    if not getattr(paper, field):
        return None
    if said is not None and getattr(said.record, field):
        return Choice(field, None, "note")
    if field == "title" and paper.title_source == "derived":
        return Choice(field, _first(group, lambda r: r.abstract == paper.abstract), "derived")
    told = [_value(field, s.record) for s in group]
    values = {value for value in told if value}
    if field == "authors":
        longest = max((s.record.authors for s in group), key=_names_rank)
        place = _first(group, lambda r: r.authors == longest)
    else:
        chosen = canonical_doi(paper.doi) if field == "doi" and paper.doi else None
        wanted = chosen or getattr(paper, field)
        place = next((n for n, value in enumerate(told) if value == wanted), None)
    if place is not None and group[place].source.format == ENRICHED:
        return Choice(field, place, "enriched")
    if sum(map(bool, told)) == 1:
        return Choice(field, place, "only")
    return Choice(field, place, "agreed" if len(values) == 1 else _RULES[field])


def _names_rank(names: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    return len(names), sum(map(len, names)), names


def _value(field: str, record: Record) -> object:
    if field == "doi":
        return canonical_doi(record.doi) if record.doi else None
    return getattr(record, field)


def _dated(group: Sequence[Sighting], paper: Paper, said: Override | None) -> Choice:
    if said is not None and said.record.published:
        return Choice("published", None, "note")

    def says(record: Record) -> bool:
        found = infer_published(record)
        return found is not None and found[0] == paper.published

    return Choice("published", _first(group, says), paper.published_source or "inferred")


def _first(group: Sequence[Sighting], says: Callable[[Record], bool]) -> int | None:
    return next((n for n, sighting in enumerate(group) if says(sighting.record)), None)


def disagreements(group: Sequence[Sighting]) -> tuple[Disagreement, ...]:
    """What `group`, the sightings of one paper, say differently: titles beyond case, accents and
    LaTeX; years; DOIs; first authors."""
    if len(group) < 2:
        return ()
    found = (
        Disagreement(field, values)
        for field, values in (
            ("title", _differing(group, lambda r: r.title, _letters)),
            ("year", _differing(group, _year, str)),
            ("doi", _differing(group, lambda r: r.doi, canonical_doi)),
            ("author", _first_authors(group)),
        )
    )
    return tuple(one for one in found if len(one.values) > 1)


def _differing(
    group: Sequence[Sighting], of: Callable[[Record], str | None], key: Callable[[str], str]
) -> tuple[tuple[str, int], ...]:
    first: dict[str, tuple[str, int]] = {}
    for place, sighting in enumerate(group):
        value = of(sighting.record)
        if value and key(value):
            first.setdefault(key(value), (value, place))
    return tuple(first.values())


def _letters(title: str) -> str:
    return "".join(words(title))


def _year(record: Record) -> str | None:
    # As sources say it; what was inferred from an identifier or a comment is no source's word.
    return record.published[:4] if record.published else None


def _first_authors(group: Sequence[Sighting]) -> tuple[tuple[str, int], ...]:
    kept: list[int] = []
    for place, sighting in enumerate(group):
        record = sighting.record
        if record.authors and not any(
            same_first_author(group[known].record, record) is not False for known in kept
        ):
            kept.append(place)
    return tuple((group[place].record.authors[0], place) for place in kept)
