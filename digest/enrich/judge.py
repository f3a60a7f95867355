"""Whether a record of a collection is of a paper, by what evidence, and what is taken from it.

Nothing is taken unless it is clear: an identifier that texts contradict, a title that others bear
too, an abstract that two works share, end in a refusal which says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from digest.catalogue.dates import parse_date
from digest.enrich.gaps import Gap
from digest.enrich.keys import ABSTRACT_LEAST, TITLE_LEAST
from digest.enrich.wording import Likeness, compare_texts, letters, overlap, same_person, words
from digest.identifiers import canonical_doi
from digest.paper import Record

_WHOLE_LEAST = 0.9
"""Similarity from which two abstracts are one, other evidence missing; and, below, where one is cut
to its beginning."""
_PART_LEAST = 0.98
_LONG_NOTICE = 300
_NOTICES = frozenset(
    "addendum comment comments correction corrigendum discussion erratum rejoinder reply".split()
)
"""First words of notices shorter than so many letters: several papers have the same."""
_LEAD = 0.05
"""By how much the most similar abstract must be ahead of another paper's."""
_AGREES = 0.3
"""Similarity from which abstracts support what an identifier or a title says."""
_ALIKE = 0.5
"""Share of common words from which titles do."""
_LONG_TITLE = 35
_TITLE_WORDS = 5
"""Letters and words of a title that may stand for a paper alone."""
_YEARS = 2
"""Years that may lie between a preprint and its publication."""


class Candidate(NamedTuple):
    """A record of a collection."""

    record: Record
    origin: str
    """Name of the collection or service."""
    mark: str
    """Of its content; empty where it is a service."""


class Match(NamedTuple):
    """A record that is of the paper."""

    candidate: Candidate
    by: str
    """`arxiv`, `doi`, `abstract` or `title`."""
    similarity: float | None
    """Of the abstracts, where both have one."""
    part: bool = False
    """Whether one abstract is only the beginning of the other."""


class Verdict(NamedTuple):
    """What is found for a paper."""

    found: dict[str, Any]
    """By field; empty where nothing is."""
    match: Match | None
    refused: str | None = None
    """Why nothing is taken from what was met."""


NOTHING = Verdict({}, None)


def judge(gap: Gap, candidates: Sequence[Candidate]) -> Verdict:
    """What `candidates` tell of a paper."""
    asked = _Asked(gap.known)
    for by, weigh in (
        ("identifier", asked.by_identifier),
        ("abstract", asked.by_abstract),
        ("title", asked.by_title),
    ):
        met = [outcome for c in candidates if (outcome := weigh(c)) is not None]
        matches = [outcome for outcome in met if isinstance(outcome, Match)]
        if matches:
            return _taken(gap, matches, by)
        if met:
            return Verdict({}, None, min(map(str, met)))
    return NOTHING


class _Asked:
    """What is known of a paper, in the form in which it is compared."""

    def __init__(self, known: Record) -> None:
        self._known = known
        self._title = letters(known.title)
        self._title_words = len(words(known.title))

    def by_identifier(self, candidate: Candidate) -> Match | str | None:
        known, other = self._known, candidate.record
        if known.eprint and known.eprint == other.eprint:
            by = "arxiv"
        elif known.doi and other.doi and known.doi == canonical_doi(other.doi):
            by = "doi"
        else:
            return None
        if by == "doi" and _differ(known.eprint, other.eprint):
            return f"{other.eprint} bears its DOI"
        alike = self._alike(other)
        said = [alike.similarity >= _AGREES] if alike else []
        if self._title and other.title:
            said.append(overlap(known.title, other.title) >= _ALIKE)
        if said and not any(said) and not self._shares_author(other):
            return "title and abstract differ from those of its identifier"
        return Match(candidate, by, alike.similarity if alike else None)

    def by_abstract(self, candidate: Candidate) -> Match | str | None:
        alike = self._alike(candidate.record)
        if alike is None or alike.compared < ABSTRACT_LEAST or self._other_paper(candidate.record):
            return None
        if alike.compared < _LONG_NOTICE and _is_notice(self._known.abstract):
            return None
        if alike.similarity < (_PART_LEAST if alike.part else _WHOLE_LEAST):
            return None
        if alike.part and self._is_longer(candidate.record) and _is_finished(candidate.record):
            return None
        known, other = self._known, candidate.record
        if self._title and other.title and overlap(known.title, other.title) < _ALIKE:
            return "a paper of another title has its abstract"
        if known.authors and other.authors and not self._shares_author(other):
            return "a paper of other authors has its abstract"
        return Match(candidate, "abstract", alike.similarity, alike.part)

    def by_title(self, candidate: Candidate) -> Match | str | None:
        known, other = self._known, candidate.record
        if len(self._title) < TITLE_LEAST or self._title != letters(other.title):
            return None
        if self._other_paper(other):
            return None
        alike = self._alike(other)
        if known.authors and other.authors:
            if not same_person(known.authors[0], other.authors[0]):
                return "a paper of other authors has its title"
            sure = True
        else:
            sure = False
        if alike is not None and alike.compared >= ABSTRACT_LEAST:
            if alike.similarity < _AGREES:
                return "a paper with another abstract has its title"
            sure = True
        mine, theirs = _year(known.published), _year(other.published)
        if mine and theirs and abs(mine - theirs) > _YEARS:
            return "a paper of another year has its title"
        if not sure and (len(self._title) < _LONG_TITLE or self._title_words < _TITLE_WORDS):
            return "its title is short, and nothing else tells it from others"
        return Match(candidate, "title", alike.similarity if alike else None)

    def _alike(self, other: Record) -> Likeness | None:
        mine = self._known.abstract
        return compare_texts(mine, other.abstract) if mine and other.abstract else None

    def _is_longer(self, other: Record) -> bool:
        return len(letters(self._known.abstract)) > len(letters(other.abstract))

    def _other_paper(self, other: Record) -> bool:
        """Whether identifiers tell that `other` is no record of this paper."""
        known, doi = self._known, canonical_doi(other.doi) if other.doi else None
        return _differ(known.eprint, other.eprint) or _differ(known.doi, doi)

    def _shares_author(self, other: Record) -> bool:
        return any(same_person(a, b) for a in self._known.authors for b in other.authors)


def _is_finished(record: Record) -> bool:
    """Whether an abstract ends as a sentence does: it is all there, not what a page left of it."""
    text = (record.abstract or "").rstrip()
    return text.endswith((".", "!", "?")) and not text.endswith(("...", ". . ."))


def _is_notice(abstract: str | None) -> bool:
    found = words(abstract)
    return found[:1] != [] and (found[0] in _NOTICES or "withdrawn" in found)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _year(date: str | None) -> int | None:
    edtf = parse_date(date) if date else None
    return int(edtf[:4]) if edtf else None


def _taken(gap: Gap, matches: list[Match], by: str) -> Verdict:
    matches.sort(key=_rank)
    best = matches[0]
    # What is clearly less alike is another paper, and so is what only begins like it, unless all
    # bear the identifier itself.
    if by == "abstract":
        near = 1.0 if best.similarity == 1.0 else (best.similarity or 0) - _LEAD
        matches = [m for m in matches if m.part == best.part and (m.similarity or 0) >= near]
    others = [m for m in matches if not _same_work(best.candidate.record, m.candidate.record)]
    if others:
        names = sorted({_name(m.candidate.record) for m in (best, *others)})
        return Verdict({}, None, f"{len(names)} papers have its {by}: {'; '.join(names[:3])}")
    found = {
        name: value
        for name in gap.missing
        if (value := _agreed(name, [m.candidate.record for m in matches])) is not None
    }
    return Verdict(found, best)


def _rank(match: Match) -> tuple[bool, float, str, bytes]:
    candidate = match.candidate
    return (
        match.part,
        -(match.similarity or 0),
        candidate.origin,
        msgspec.json.encode(candidate.record),
    )


def _same_work(one: Record, other: Record) -> bool:
    dois = [canonical_doi(r.doi) if r.doi else None for r in (one, other)]
    if _differ(one.eprint, other.eprint) or _differ(*dois):
        return False
    if (one.eprint and one.eprint == other.eprint) or (dois[0] and dois[0] == dois[1]):
        return True
    if letters(one.title) != letters(other.title):
        return False
    first = [r.authors[0] for r in (one, other) if r.authors]
    return len(first) < 2 or same_person(*first)


def _name(record: Record) -> str:
    return record.eprint or record.doi or record.title or "a paper without name"


def _agreed(name: str, records: Iterable[Record]) -> Any:
    """The value of a field on which all records agree that have one, else None."""
    values: dict[Any, Any] = {}
    for record in records:
        value = getattr(record, name)
        if name == "published" and value:
            value = parse_date(value)
        if value:
            values.setdefault(_comparable(name, value), value)
    if name == "published" and len(values) > 1:
        # A day says the same as its month.
        finest = max(values, key=len)
        return values[finest] if all(finest.startswith(v) for v in values) else None
    return next(iter(values.values())) if len(values) == 1 else None


def _comparable(name: str, value: Any) -> Any:
    if name == "authors":
        return tuple("".join(sorted(words(author))) for author in value)
    if name in ("title", "abstract", "comment", "journal_ref", "venue"):
        return letters(value)
    return canonical_doi(value) if name == "doi" else value
