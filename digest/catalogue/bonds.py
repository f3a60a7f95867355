"""What the user says of which records are one paper: `same_as` and `not_same_as` in a note."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.catalogue.groups import Groups
from digest.catalogue.slugs import doi_slug, record_key, record_slug, text_slug
from digest.identifiers import canonical_doi
from digest.paper import Merge, Record
from digest.problems import Problem


class Bond(Struct, frozen=True, order=True):
    """Two papers that are one, or that are not."""

    ours: str
    """Slug of the note that says so."""
    theirs: str
    """As written: a slug, an address of a paper's page, an arXiv identifier, a DOI or a key."""
    same: bool
    path: str
    line: int


def bind(bonds: Sequence[Bond], records: Sequence[Record], groups: Groups) -> list[Problem]:
    """Join and part the sets of `records` in `groups` as `bonds` have it; what is wrong with them.

    What is to stay apart is parted first, so that nothing joins it later by any way.
    """
    if not bonds:
        return []
    named: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        for name in _names(record):
            named.setdefault(name, []).append(place)
    problems: list[Problem] = []
    for number, bond in enumerate(sorted(bonds, key=lambda bond: (bond.same, bond))):
        word = "same_as" if bond.same else "not_same_as"
        ours, theirs = _named(bond.ours, named), _named(bond.theirs, named)
        if not theirs or not ours:
            missing = bond.theirs if not theirs else bond.ours
            problems.append(_unknown(bond, word, missing, named))
        elif bond.same:
            why = Merge("note", bond.path, 1.0)
            every = (*ours, *theirs)
            if [place for place in every if not groups.join(ours[0], place, why, _NOTE)]:
                said = f"`{word}`: another note says that “{bond.theirs}” is not this paper"
                hint = "Take out one of the two lines; until then they stay apart."
                problems.append(Problem(bond.path, bond.line, "warning", said, hint))
        elif not set(ours).isdisjoint(theirs):
            said = f"`{word}`: “{bond.theirs}” is this paper's own name"
            problems.append(Problem(bond.path, bond.line, "warning", said, _HINT))
        else:
            for side, places in (("a", ours), ("b", theirs)):
                for place in places:
                    groups.part(place, f"{_NOTE}{number}", side)
    return problems


def _unknown(bond: Bond, word: str, missing: str, named: Mapping[str, list[int]]) -> Problem:
    # What begins alike first: a look at all names of a large collection takes minutes.
    start = missing[:_ALIKE].lower()
    some = sorted(name for name in named if name.startswith(start))[:_MOST]
    near = difflib.get_close_matches(missing.lower(), some, n=1, cutoff=0.6)
    if not near:
        near = difflib.get_close_matches(missing.lower(), sorted(named)[:_MOST], n=1, cutoff=0.6)
    hint = f"Did you mean “{near[0]}”?" if near else _HINT
    said = f"`{word}`: no paper is called “{missing}”"
    return Problem(bond.path, bond.line, "warning", said, hint)


_NOTE = "note "
_ALIKE = 8
_MOST = 2_000
"""Names that are compared letter by letter."""
_HINT = "Write the end of the other paper's address, its arXiv identifier or its DOI."


def _names(record: Record) -> tuple[str, ...]:
    # Also what it was called before it had its strongest identifier: notes keep old names.
    names = [record_slug(record), record_key(record), text_slug(record)]
    if record.eprint:
        names.append(record.eprint.lower())
    if record.doi:
        doi = canonical_doi(record.doi)
        names += [doi, doi_slug(doi)]
    return tuple(dict.fromkeys(names))


def _named(reference: str, named: Mapping[str, list[int]]) -> list[int]:
    name = reference.strip().lower().rsplit("papers/", 1)[-1].removesuffix(".html")
    bare = name.removeprefix("arxiv:").removeprefix("doi:").removeprefix("https://doi.org/")
    for spelt in (name, bare):
        if spelt in named:
            return named[spelt]
    return []
