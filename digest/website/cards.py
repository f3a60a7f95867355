"""Papers as they stand in lists, and names as they lead to pages."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from urllib.parse import quote

from digest.catalogue.catalogue import Catalogue, author_slug
from digest.catalogue.leads import lead
from digest.config import Config
from digest.paper import Author, Paper, Tag
from digest.website.labels import byline, date_label
from digest.website.views import Card, Group, Ref

_TAGS_ON_CARD = 4


_SMALL = 1_000
"""Papers up to which every author has a page: in a large collection most names stand once."""


def author_page_from(catalogue: Catalogue, config: Config) -> int:
    """How many papers an author needs for a page."""
    return config.author_page_from or (1 if len(catalogue.papers) <= _SMALL else 2)


class Names:
    """Where the names of a catalogue lead, and its papers' cards, each made once."""

    def __init__(self, catalogue: Catalogue, config: Config) -> None:
        self.catalogue = catalogue
        self._author_from = author_page_from(catalogue, config)
        self.card = functools.cache(self._card)

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

    def tag_ref(self, tag: Tag) -> Ref:
        """The page of a paper's tag, or the search for it where it has none."""
        path = f"tags/{tag.slug}.html" if tag.page else f"search.html?q={quote(tag.name)}"
        return Ref(tag.name, path)

    def date(self, date: str) -> Ref:
        """The page of a year, month or day."""
        papers = self.catalogue.dates.get(date)
        if not papers:
            return Ref(date_label(date))
        return Ref(date_label(date), f"dates/{date}.html", len(papers))

    def venue(self, paper: Paper) -> Ref | None:
        """The venue of a paper, labelled with its year."""
        if paper.venue is None:
            return None
        return Ref(paper.venue.label, f"venues/{paper.venue.slug}.html")

    def author_has_page(self, author: Author) -> bool:
        """Whether enough papers bear the name."""
        return len(self.catalogue.authors[author_slug(author)].papers) >= self._author_from

    def author(self, author: Author) -> Ref:
        """The page of an author, or the search for the name where there is none."""
        if self.author_has_page(author):
            return Ref(author.name, f"authors/{author_slug(author)}.html")
        return Ref(author.name, f"search.html?q={quote(author.name)}")

    def _card(self, paper: Paper) -> Card:
        return Card(
            path=paper.path,
            title=paper.title,
            derived=paper.title_source == "derived",
            lead=lead(paper.abstract or ""),
            byline=byline(paper.authors),
            date=paper.published,
            date_label=date_label(paper.published),
            venue=self.venue(paper),
            tags=tuple(
                self.tag_ref(tag)
                for tag in [tag for tag in paper.tags if tag.page][:_TAGS_ON_CARD]
                if tag.source != "implied"
            ),
            code=next((link.url for link in paper.links if link.kind == "code"), None),
        )

    def groups(self, papers: Iterable[Paper], width: int = 10) -> tuple[Group, ...]:
        """Cards under their dates, cut to `width` characters (4 year, 7 month, 10 day)."""
        found: dict[str, list[Card]] = {}
        for paper in papers:
            found.setdefault((paper.published or "")[:width], []).append(self.card(paper))
        return tuple(
            Group(self.date(date) if date else Ref("Undated", "dates/undated.html"), tuple(cards))
            for date, cards in found.items()
        )
