"""Papers as they stand in lists, and names as they lead to pages."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from msgspec import msgpack, structs

from digest.catalogue.catalogue import Catalogue
from digest.config import Config
from digest.language import Words, words_of
from digest.paper import Author, Paper, Tag
from digest.text import mark_of
from digest.website.labels import byline
from digest.website.pages import Recipe, Ways
from digest.website.views import Card, Group, Ref

_TAGS_ON_CARD = 4


_SMALL = 1_000
"""Papers up to which every author has a page: in a large collection most names stand once."""


def author_page_from(catalogue: Catalogue, config: Config) -> int | None:
    """How many papers an author needs for a page; None where nobody has one."""
    if "authors" in config.without:
        return None
    return config.author_page_from or (1 if len(catalogue.papers) <= _SMALL else 2)


class Section(NamedTuple):
    """Papers under a heading, before they are cards."""

    heading: Ref
    size: int
    """How many of the page's papers stand here; they are in order."""


class Names:
    """Where the names of a catalogue lead, and the recipes of pages that list its papers."""

    def __init__(self, catalogue: Catalogue, config: Config, words: Words | None = None) -> None:
        words = words or words_of(config.language)
        self.catalogue = catalogue
        self._author_from = author_page_from(catalogue, config)
        self.ways = Ways(
            days="days" not in config.without,
            search="search" not in config.without,
            venues="venues" not in config.without,
            language=words.language,
            own_words=words.own,
        )
        self.words = words
        self._ways_mark = mark_of(msgpack.encode(self.ways))
        self._marks: dict[str, bytes] = {}

    def recipe(
        self, make: Callable[[Any, Sequence[Paper], Ways], Any], shown: Any, papers: Sequence[Paper]
    ) -> Recipe:
        """The view that `make` will make of `shown` and `papers`, of which it must not look at the
        places that they were found in."""
        known = self._marks.get
        marks = [known(paper.key) or self.mark(paper) for paper in papers]
        mark = mark_of(msgpack.encode(shown), self._ways_mark, *marks)
        return Recipe(make, shown, papers, self.ways, mark)

    def mark(self, paper: Paper) -> bytes:
        """Changes with all that `paper` says, but for the places that it was found in."""
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
        if not papers or (len(date) == 10 and not self.ways.days):
            return Ref(self.words.date(date))
        return Ref(self.words.date(date), f"dates/{date}.html", len(papers))

    def author_has_page(self, author: Author) -> bool:
        """Whether enough papers bear the name."""
        least = self._author_from
        return least is not None and len(self.catalogue.authors[author.slug].papers) >= least

    def author(self, author: Author) -> Ref:
        """The page of an author, or the search for the name where there is none."""
        return author_ref(author, self.author_has_page(author), self.ways)

    def sections(self, papers: Iterable[Paper], width: int = 10) -> tuple[Section, ...]:
        """`papers` under their dates, cut to `width` characters (4 year, 7 month, 10 day)."""
        undated = self.words.say("Undated")
        return tuple(
            Section(
                self.date(date) if date else Ref(undated, "dates/undated.html"), len([*members])
            )
            for date, members in itertools.groupby(papers, lambda p: (p.published or "")[:width])
        )


def groups(sections: Iterable[Section], papers: Sequence[Paper], ways: Ways) -> tuple[Group, ...]:
    """The cards of `papers` under the headings of `sections`."""
    cards = (card(paper, ways) for paper in papers)
    return tuple(Group(own.heading, tuple(itertools.islice(cards, own.size))) for own in sections)


def author_ref(author: Author, has_page: bool, ways: Ways) -> Ref:
    """The page of an author, or the search for the name where there is none."""
    path = f"authors/{author.slug}.html" if has_page else _search_path(author.name, ways)
    return Ref(author.name, path)


def tag_ref(tag: Tag, ways: Ways) -> Ref:
    """The page of a paper's tag, or the search for it where it has none."""
    return Ref(tag.name, f"tags/{tag.slug}.html" if tag.page else _search_path(tag.name, ways))


def _search_path(words: str, ways: Ways) -> str | None:
    return f"search.html?q={quote(words)}" if ways.search else None


def venue_ref(paper: Paper, ways: Ways) -> Ref | None:
    """The venue of a paper, labelled with its year."""
    if paper.venue is None:
        return None
    return Ref(paper.venue.label, f"venues/{paper.venue.slug}.html" if ways.venues else None)


def date_path(date: str | None, ways: Ways) -> str | None:
    """The page of a paper's date: its month's, where days have none."""
    return f"dates/{date if ways.days else date[:7]}.html" if date else None


@functools.lru_cache(20_000)
def card(paper: Paper, ways: Ways) -> Card:
    """`paper` in a list; made once, for it stands in several."""
    words = ways.words
    return Card(
        path=paper.path,
        title=paper.title,
        derived=paper.title_source == "derived",
        abstract=paper.abstract or "",
        authors=tuple(author.name for author in paper.authors),
        byline=byline(paper.authors, words),
        date=paper.published,
        date_label=words.date(paper.published),
        venue=venue_ref(paper, ways),
        tags=tuple(
            tag_ref(tag, ways)
            for tag in [tag for tag in paper.tags if tag.page][:_TAGS_ON_CARD]
            if tag.source != "implied"
        ),
        code=next((link.url for link in paper.links if link.kind == "code"), None),
        aliases=paper.aliases,
    )
