"""Who is who: papers under one name that are of several people, and one person's several names.

Every paper's author has the address that the name makes. Where there is evidence, the author gets
another, so that lists and pages by address are of people: first what the group says (see
`people_file`), then ORCIDs (https://orcid.org), then forms of a name: `J. Smith` is taken for
`Jane Smith` where both wrote with the same two people or more, never on one paper, and nobody else
of the collection fits as well. Without evidence a name stays together. Nothing here depends on the
order of the papers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, structs

from digest.catalogue.name_forms import INITIALS, Form, form_of, is_short_of
from digest.catalogue.people_file import People
from digest.catalogue.people_said import Said, say
from digest.paper import Author, Paper
from digest.problems import Problem

_TOGETHER = 2
"""Co-authors that two forms of a name must share."""
_MOST = 60
"""Names of one family with one initial; where there are more, chance brings them together."""


class Known(Struct, frozen=True):
    """What is known of people besides their papers; all by address."""

    names: Mapping[str, str] = {}
    """How somebody is called, where that is not the name as papers print it."""
    forms: Mapping[str, tuple[str, ...]] = {}
    """Other names under which papers of somebody appeared."""
    apart: Mapping[str, tuple[str, ...]] = {}
    """By address of a name the addresses of those who were told from others that bear it."""
    sure: frozenset[str] = frozenset()
    """Whose papers are known to be of one person."""
    moved: tuple[tuple[str, str], ...] = ()
    """Addresses at which nobody stands any more, and where they stand now."""


class Identified(Struct, frozen=True):
    """What `identify` gives."""

    papers: list[Paper]
    """In their order, their authors with the addresses of people."""
    known: Known
    problems: tuple[Problem, ...] = ()


def identify(papers: Sequence[Paper], people: People) -> Identified:
    """Tell the authors of `papers` apart and bring them together, as far as evidence goes."""
    under: dict[str, list[Paper]] = defaultdict(list)
    authors: dict[str, Author] = {}
    has_ids = False
    for paper in papers:
        for author in paper.authors:
            under[author.slug].append(paper)
            known = authors.get(author.slug)
            if known is None or author.name < known.name:
                authors[author.slug] = author
            has_ids = has_ids or bool(author.orcid)
    said = say(people, papers, authors)
    by_orcid = _by_orcid(papers, said) if has_ids else {}
    taken = {*said.joined, *said.apart}
    alike = _alike(under, authors, {slug for slug in authors if slug not in taken})
    if not (said.of_paper or said.joined or by_orcid or alike):
        return Identified([*papers], Known(), said.problems)
    return _with_people(papers, authors, said, by_orcid, alike)


def _with_people(
    papers: Sequence[Paper],
    authors: Mapping[str, Author],
    said: Said,
    by_orcid: Mapping[str, str],
    alike: Mapping[str, str],
) -> Identified:
    forms: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    moved: dict[str, set[str]] = defaultdict(set)
    left: set[str] = set()
    evident: dict[str, bool] = {}

    def address(paper: Paper, author: Author) -> str:
        own = author.slug
        given = said.of_paper.get((paper.slug, own)) or by_orcid.get(author.orcid)
        to = given or said.joined.get(own) or _end(own, alike)
        evident[to] = evident.get(to, True) and bool(given or own in said.joined)
        if to == own:
            left.add(own)
            return own
        moved[own].add(to)
        if to.startswith(f"{own}-") or (paper.slug, own) in said.of_paper:
            apart[own].add(to)
        if own != to and to in authors:
            forms[to].add(author.name)
        return to

    changed = []
    for paper in papers:
        own = tuple(_moved(author, address(paper, author)) for author in paper.authors)
        changed.append(structs.replace(paper, authors=own) if own != paper.authors else paper)
    # One address of an old name is enough: where several people bore it, its page names them all.
    gone = sorted((old, *to) for old, to in moved.items() if old not in left and len(to) == 1)
    known = Known(
        names={to: authors[to].name for to in sorted(forms)} | dict(said.names),
        forms={to: tuple(sorted(found)) for to, found in sorted(forms.items())},
        apart={slug: tuple(sorted(found)) for slug, found in sorted(apart.items())},
        sure=frozenset(slug for slug, is_sure in evident.items() if is_sure),
        moved=tuple((old, to) for old, to in gone),
    )
    return Identified(changed, known, said.problems)


def _moved(author: Author, slug: str) -> Author:
    return author if author.slug == slug else structs.replace(author, slug=slug)


def _end(slug: str, alike: Mapping[str, str]) -> str:
    while slug in alike:
        slug = alike[slug]
    return slug


def _by_orcid(papers: Iterable[Paper], said: Said) -> dict[str, str]:
    """Addresses by ORCID: the name's own, with the ORCID behind it where several people have one
    under that name."""
    names: dict[str, dict[str, Form]] = defaultdict(dict)
    for paper in papers:
        for author in paper.authors:
            if author.orcid and (paper.slug, author.slug) not in said.of_paper:
                names[author.orcid].setdefault(author.slug, form_of(author))
    fullest = {
        orcid: max(found, key=lambda slug: (found[slug].fullness, slug))
        for orcid, found in names.items()
    }
    bearers: dict[str, list[str]] = defaultdict(list)
    for orcid, slug in fullest.items():
        bearers[slug].append(orcid)
    return {
        orcid: said.joined.get(slug, slug) if len(bearers[slug]) == 1 else f"{slug}-{orcid.lower()}"
        for orcid, slug in fullest.items()
    }


def _alike(
    under: Mapping[str, Sequence[Paper]], authors: Mapping[str, Author], free: set[str]
) -> dict[str, str]:
    """By address of a shorter form of a name that of the fuller one which is the same person's."""
    # A look at addresses first: most names have none beside them that might be another form.
    near: dict[str, list[str]] = defaultdict(list)
    for slug in free:
        first, _, rest = slug.partition("-")
        last = rest.rpartition("-")[2]
        if last:
            near[f"{last} {first[0]}"].append(slug)
            if len(last) <= INITIALS:
                near[f"{rest.rpartition('-')[0] or first} {last[0]}"].append(slug)
    families: dict[str, dict[str, Form]] = defaultdict(dict)
    for slugs in near.values():
        for slug in slugs if len(slugs) > 1 else ():
            form = form_of(authors[slug])
            if form.key:
                families[form.key][slug] = form
    found: dict[str, str] = {}
    for members in families.values():
        if not 2 <= len(members) <= _MOST:
            continue
        pairs = [
            (short, full)
            for short, one in members.items()
            for full, other in members.items()
            if short != full and is_short_of(one, other)
        ]
        if pairs:
            found |= _joined(pairs, members, under, authors)
    return found


def _joined(
    pairs: Sequence[tuple[str, str]],
    forms: Mapping[str, Form],
    under: Mapping[str, Sequence[Paper]],
    authors: Mapping[str, Author],
) -> dict[str, str]:
    fuller: dict[str, list[str]] = defaultdict(list)
    for short, full in pairs:
        fuller[short].append(full)
    others: dict[str, set[str]] = {}

    def beside(slug: str) -> set[str]:
        if slug not in others:
            people = {a.slug for paper in under[slug] for a in paper.authors}
            met = {form_of(authors[other]).key for other in people}
            others[slug] = met - {forms[slug].key, ""}
        return others[slug]

    found = {}
    for short, candidates in fuller.items():
        shared = {full: len(beside(short) & beside(full)) for full in candidates}
        near = [full for full, number in shared.items() if number]
        best = max(near, key=lambda full: (forms[full].fullness, full), default="")
        fits = [f for f in near if f == best or is_short_of(forms[f], forms[best])]
        if not best or len(fits) != len(near) or shared[best] < _TOGETHER:
            continue
        if not {p.key for p in under[short]} & {p.key for p in under[best]}:
            found[short] = best
    return found
