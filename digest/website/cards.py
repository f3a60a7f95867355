"""Papers as they stand in lists, and names as they lead to pages."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from msgspec import msgpack, structs

from digest.catalogue.catalogue import Catalogue
from digest.catalogue.leads import lead
from digest.config import Config
from digest.paper import Author, Paper, Tag
from digest.text import mark_of
from digest.website.labels import byline, date_label
from digest.website.pages import Recipe
from digest.website.views import Card, Group, Ref

_TAGS_ON_CARD = 4


_SMALL = 1_000
"""Papers up to which every author has a page: in a large collection most names stand once."""


def author_page_from(catalogue: Catalogue, config: Config) -> int:
    """How many papers an author needs for a page."""
    return config.author_page_from or (1 if len(catalogue.papers) <= _SMALL else 2)


class Section(NamedTuple):
    """Papers under a heading, before they are cards."""

    heading: Ref
    size: int
    """How many of the page's papers stand here; they are in order."""


class Names:
    """Where the names of a catalogue lead, and the recipes of pages that list its papers."""

    def __init__(self, catalogue: Catalogue, config: Config) -> None:
        self.catalogue = catalogue
        self._author_from = author_page_from(catalogue, config)
        self._marks: dict[str, bytes] = {}

    def recipe(
        self, make: Callable[[Any, Sequence[Paper]], Any], shown: Any, papers: Sequence[Paper]
    ) -> Recipe:
        """The view that `make` will make of `shown` and `papers`, of which it must not look at the
        places that they were found in."""
        mark = mark_of(msgpack.encode(shown), *map(self._mark, papers))
        return Recipe(make, shown, papers, mark)

    def _mark(self, paper: Paper) -> bytes:
        mark = self._marks.get(paper.key)
        if mark is None:
            mark = mark_of(msgpack.encode(structs.replace(paper, sources=())))
            self._marks[paper.key] = mark
        return mark

    def tag(self, slug: str) -> Ref:
        """The page of a tag, with its number of papers."""
        entry = self.catalogue.tags.get(slug)
        if entry is None:
            topic = self.catalogue.taxonomy.topics.get(slug)
            return Ref(topic.name if topic else slug.replace("-", " ").capitalize())
        return Ref(entry.name, f"tags/{slug}.html", len(entry.papers))

    def is_subject(self, slug: str) -> bool:
        """Whether papers are about a tag: they are not about the data sets that they use."""
        topic = self.catalogue.taxonomy.topics.get(slug)
        return topic is None or topic.kind != "data"

    def date(self, date: str) -> Ref:
        """The page of a year, month or day."""
        papers = self.catalogue.dates.get(date)
        if not papers:
            return Ref(date_label(date))
        return Ref(date_label(date), f"dates/{date}.html", len(papers))

    def author_has_page(self, author: Author) -> bool:
        """Whether enough papers bear the name."""
        return len(self.catalogue.authors[author.slug].papers) >= self._author_from

    def author(self, author: Author) -> Ref:
        """The page of an author, or the search for the name where there is none."""
        return author_ref(author, self.author_has_page(author))

    def sections(self, papers: Iterable[Paper], width: int = 10) -> tuple[Section, ...]:
        """`papers` under their dates, cut to `width` characters (4 year, 7 month, 10 day)."""
        return tuple(
            Section(
                self.date(date) if date else Ref("Undated", "dates/undated.html"), len([*members])
            )
            for date, members in itertools.groupby(papers, lambda p: (p.published or "")[:width])
        )


def groups(sections: Iterable[Section], papers: Sequence[Paper]) -> tuple[Group, ...]:
    """The cards of `papers` under the headings of `sections`."""
    cards = map(card, papers)
    return tuple(Group(own.heading, tuple(itertools.islice(cards, own.size))) for own in sections)


def author_ref(author: Author, has_page: bool) -> Ref:
    """The page of an author, or the search for the name where there is none."""
    if has_page:
        return Ref(author.name, f"authors/{author.slug}.html")
    return Ref(author.name, f"search.html?q={quote(author.name)}")


def tag_ref(tag: Tag) -> Ref:
    """The page of a paper's tag, or the search for it where it has none."""
    path = f"tags/{tag.slug}.html" if tag.page else f"search.html?q={quote(tag.name)}"
    return Ref(tag.name, path)


def venue_ref(paper: Paper) -> Ref | None:
    """The venue of a paper, labelled with its year."""
    if paper.venue is None:
        return None
    return Ref(paper.venue.label, f"venues/{paper.venue.slug}.html")


@functools.lru_cache(20_000)
def card(paper: Paper) -> Card:
    """`paper` in a list; made once, for it stands in several."""
    return Card(
        path=paper.path,
        title=paper.title,
        derived=paper.title_source == "derived",
        lead=lead(paper.abstract or ""),
        byline=byline(paper.authors),
        date=paper.published,
        date_label=date_label(paper.published),
        venue=venue_ref(paper),
        tags=tuple(
            tag_ref(tag)
            for tag in [tag for tag in paper.tags if tag.page][:_TAGS_ON_CARD]
            if tag.source != "implied"
        ),
        code=next((link.url for link in paper.links if link.kind == "code"), None),
    )
