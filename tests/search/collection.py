"""A small collection of made-up papers, and a search of it that reads every paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from digest.latex import to_plain
from digest.paper import Author, Link, Paper, Tag, Venue
from digest.search.files import make_files
from digest.search.query import Atom, Query
from digest.search.reader import Reader
from digest.search.words import name_words, words

ROWS: list[tuple[str, str, str, str, str, str]] = [
    # title | abstract | authors | published | tags | venue
    ("Graph networks for tea", "We study graph neural networks that sort leaves of tea.",
     "Ada Byron;Lin Wei", "2021-03", "gnn", "TEACONF"),
    ("Neural ranking of tea leaves", "Ranking by neural networks; a graph of tasters helps.",
     "Lin Wei", "2022-05-01", "ranking", "TEACONF"),
    ("A survey of graphs", "Graphs are everywhere, and so are surveys on them.",
     "Emmy Noether", "2022", "gnn;survey", ""),
    ("t-SNE maps of coffee", "We map coffee by t-SNE and multi-task learning.",
     "Zoë Müller;Ada King", "2023-07-09", "maps", "COFFEE"),
    ("Multitask coffee", "Learning several tasks at a time with a recommender system.",
     "Do An", "2023-08", "maps;ranking", "COFFEE"),
    ("Recommender systems at breakfast", "Attention is all you need for breakfast.",
     "Grace Hopper", "", "ranking", ""),
    ("深度学习 of menus", "学习 from menus in several scripts.", "王小伟", "2020-02", "", ""),
    ("β-decay of biscuits", "Biscuits decay at a rate of 3.5 per day.", "Paul O'Neil",
     "2019", "physics", ""),
    ("Biscuit matrices", "A matrix of biscuits, and its vertices.", "Ada Byron", "2024-01", "", ""),
    ("Networks of tea houses", "Tea houses form networks, said the neural seer.",
     "Ada King", "2024-01-20", "gnn", "TEACONF"),
]  # fmt: skip


def paper(
    number: int, title: str, abstract: str, authors: str, date: str, tags: str, venue: str
) -> Paper:
    """A paper of which the lists are divided by semicolons."""
    people = tuple(
        Author(name, name.split()[-1], " ".join(name.split()[:-1]))
        for name in filter(None, authors.split(";"))
    )
    return Paper(
        key=f"text:{number}",
        slug=f"paper-{number}",
        title=title,
        title_source="given",
        abstract=abstract or None,
        authors=people,
        published=date or None,
        tags=tuple(Tag(slug, slug.upper(), "given") for slug in filter(None, tags.split(";"))),
        venue=Venue(venue.lower(), venue) if venue else None,
        links=(Link("code", "https://example.org/code"),) if number % 3 == 0 else (),
    )


PAPERS = [paper(number, *row) for number, row in enumerate(ROWS)]


def index_of(papers: list[Paper]) -> Reader:
    """The index of `papers`, in memory."""
    return Reader(make_files(papers).__getitem__)


def paths(index: Reader, slots: Iterable[int]) -> list[str]:
    """Of the papers at `slots`."""
    return [card.path for card in index.cards(slots)]


def holds(one: Paper, query: Query) -> bool:
    """Whether a paper has all that `query` asks for, told from the paper itself."""
    return all(
        any(_has(one, atom) for atom in clause.atoms) != clause.negative for clause in query.clauses
    )


def _has(one: Paper, atom: Atom) -> bool:
    if atom.kind in ("tag", "venue", "has"):
        return _passes(one, atom)
    if atom.kind == "dates":
        return _dated(one.published, atom.first, atom.last)
    title, abstract = words(to_plain(one.title)), words(one.abstract or "")
    elsewhere = [found for tag in one.tags for found in words(tag.name)]
    elsewhere += words(one.venue.label) if one.venue else []
    people = {word for author in one.authors for word in name_words(author.name)}
    if atom.kind == "phrase":
        rows: list[Any] = [title] if atom.field else [title, abstract]
        return any(
            all(
                (word, start + place) in row
                for word, place in zip(atom.words, atom.places, strict=True)
            )
            for row in rows
            for start in range(len(row) + 9)
        )
    everywhere = {word for word, _ in [*title, *abstract, *elsewhere]} | people
    within = {"": everywhere, "title": {word for word, _ in title}, "author": people}[atom.field]
    if atom.joined and atom.joined in within:
        return True
    last = len(atom.words) - 1
    return all(
        word in within
        or (at == last and atom.prefix and any(w.startswith(atom.prefix) for w in within))
        for at, word in enumerate(atom.words)
    )


def _passes(one: Paper, atom: Atom) -> bool:
    value = atom.value.lower()
    if atom.kind == "tag":
        return value in {tag.slug for tag in one.tags}
    if atom.kind == "venue":
        return one.venue is not None and value == one.venue.slug
    return value in {link.kind for link in one.links} or (
        value == "abstract" and bool(one.abstract)
    )


def _dated(date: str | None, first: int | None, last: int | None) -> bool:
    if not date:
        return False
    month = int(date[:4]) * 12 + int(date[5:7] or 1) - 1
    return (first is None or month >= first) and (last is None or month <= last)
