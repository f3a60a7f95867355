"""What the group says of who is who, held against the papers that there are."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.catalogue.people_file import Apart, People, Written
from digest.paper import Author, Paper
from digest.problems import Problem
from digest.text import content_hash, slugify

_ALIKE = 2_000
"""Names that are compared letter by letter."""


class Said(Struct, frozen=True):
    """Addresses of people, as the group has them."""

    of_paper: Mapping[tuple[str, str], str] = {}
    """By a paper's slug and the address of a name on it."""
    joined: Mapping[str, str] = {}
    """By address of a name."""
    names: Mapping[str, str] = {}
    """How the page at an address is to be called."""
    apart: frozenset[str] = frozenset()
    """Addresses of names that several people bear."""
    problems: tuple[Problem, ...] = ()


def say(people: People, papers: Sequence[Paper], authors: Mapping[str, Author]) -> Said:
    """`people` by address; `authors` stand by the addresses of their names."""
    if not people.apart and not people.same:
        return Said()
    problems: list[Problem] = []
    joined: dict[str, str] = {}
    names: dict[str, str] = {}
    for forms in people.same:
        slugs = [
            slug
            for form in forms
            if (slug := _known(form, authors, people.path, problems)) is not None
        ]
        if len(slugs) > 1:
            # What two entries share joins all their names.
            before = [joined[slug] for slug in slugs if slug in joined]
            to = before[0] if before else slugs[0]
            slugs += [slug for slug, other in joined.items() if other in before]
            joined |= dict.fromkeys(slugs, to)
            names.setdefault(to, forms[0].text)
    of_paper = _parted(people, papers, authors, names, problems)
    return Said(of_paper, joined, names, frozenset(slug for _, slug in of_paper), tuple(problems))


def _parted(
    people: People,
    papers: Sequence[Paper],
    authors: Mapping[str, Author],
    names: dict[str, str],
    problems: list[Problem],
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    if not people.apart:
        return found
    named = {name: paper for paper in papers for name in _names(paper)}
    for entry in people.apart:
        slug = _known(entry.name, authors, people.path, problems)
        if slug is None:
            continue
        to = _address(entry, slug, authors)
        names[to] = entry.known_as or entry.name.text
        for written in entry.papers:
            paper = named.get(_bare(written.text))
            said = hint = ""
            if paper is None:
                said = f"no paper is called “{written.text}”"
                hint = "Write the end of its page's address, its arXiv identifier or its DOI."
            elif not any(author.slug == slug for author in paper.authors):
                said = f"“{entry.name.text}” is no author of “{written.text}”"
                hint = "Write the name as that paper prints it."
            elif found.get((paper.slug, slug), to) != to:
                said = f"another entry says of whom “{written.text}” is"
                hint = "Take it out of one of the two."
            if said or paper is None:
                problems.append(Problem(people.path, written.line, "warning", said, hint))
            else:
                found[paper.slug, slug] = to
    return found


def _known(
    written: Written, authors: Mapping[str, Author], path: str, problems: list[Problem]
) -> str | None:
    """The address of a name that papers bear."""
    family, comma, given = (part.strip() for part in written.text.partition(","))
    slug = slugify(f"{given} {family}" if comma and given else written.text)
    if slug in authors:
        return slug
    # What begins or ends alike: a look at all names of a large collection takes minutes.
    last = slug.rpartition("-")[2]
    some = sorted(known for known in authors if known.endswith(last) or known[:4] == slug[:4])
    near = difflib.get_close_matches(slug, some[:_ALIKE], n=1, cutoff=0.6)
    hint = "Write it as papers print it."
    if near:
        hint = f"Did you mean “{authors[near[0]].name}”?"
    said = f"no paper is by “{written.text}”"
    problems.append(Problem(path, written.line, "warning", said, hint))
    return None


def _address(entry: Apart, slug: str, authors: Mapping[str, Author]) -> str:
    """Of somebody who is told apart: it stays as long as name and first paper are written so."""
    own = slugify(entry.known_as) if entry.known_as else ""
    if own.replace("-", "") and own not in authors:
        return own
    return f"{slug}-{content_hash(entry.known_as or entry.papers[0].text)[:8]}"


def _names(paper: Paper) -> list[str]:
    names = [paper.key, paper.slug, *paper.aliases]
    return [*names, *(name for name in (paper.eprint, paper.doi) if name)]


def _bare(reference: str) -> str:
    name = reference.strip().rsplit("papers/", 1)[-1].removesuffix(".html")
    for start in ("https://doi.org/", "https://arxiv.org/abs/"):
        name = name.removeprefix(start)
    return name if ":" in name else name.lower()
