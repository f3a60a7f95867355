"""Pages of authors and venues: their index, people of one name, and what their papers tell."""

from __future__ import annotations

import pytest
from msgspec import structs

from digest.catalogue.catalogue import Catalogue, make_catalogue
from digest.catalogue.people_file import People, read_people
from digest.config import Config
from digest.paper import Paper, Tag, Venue
from digest.website.cards import Names
from digest.website.name_index import Named, plan_index
from digest.website.name_pages import plan_authors, plan_venues
from digest.website.pages import Page
from digest.website.views import NameIndex, NamePage, Redirect, Ref
from tests.catalogue.test_days import taxonomy
from tests.catalogue.test_people import paper

NAMES = ("Ada Noe", "Bo Li", "Wei Wang")


def catalogue_of(papers: list[Paper], people: People | None = None) -> Catalogue:
    return make_catalogue(papers, taxonomy, len(papers), relate=lambda _: {}, people=people)


def pages_of(papers: list[Paper], people: str = "") -> dict[str, Page]:
    catalogue = catalogue_of(papers, read_people(people, "people.yaml")[0])
    names = Names(catalogue, Config())
    return {page.path: page for page in (*plan_authors(names), *plan_venues(names, {}))}


def dated(slug: str, date: str | None, *names: str, venue: str = "") -> Paper:
    place = Venue(venue.lower(), venue, 2023) if venue else None
    return structs.replace(paper(slug, *names), published=date, venue=place)


def test_an_author_s_page_tells_of_years_people_and_venues() -> None:
    """Papers stand under their years, counted as the author's own; co-authors, venues and what
    several papers are about come with their numbers."""
    tag = Tag("ice", "Ice", "taxonomy")
    papers = [
        structs.replace(dated("a", "2021-03", *NAMES[:2], venue="KDD"), tags=(tag,)),
        structs.replace(dated("b", "2023", *NAMES, venue="KDD"), tags=(tag,)),
        dated("c", "2023-01-02", "Bo Li"),
        dated("d", None, "Ada Noe"),
    ]
    view = pages_of(papers)["authors/ada-noe.html"].view
    assert isinstance(view, NamePage)
    assert [(g.heading.name, g.heading.count) for g in view.groups] == [
        ("2023", 1), ("2021", 1), ("Undated", 1),
    ]  # fmt: skip
    assert [(bar.label, bar.count, bar.path) for bar in view.years] == [
        ("2021", 1, "authors/ada-noe.html#2021"),
        ("2022", 0, None),
        ("2023", 1, "authors/ada-noe.html#2023"),
    ]
    assert [(ref.name, ref.count) for ref in view.akin] == [("Bo Li", 2), ("Wei Wang", None)]
    assert view.venues == (Ref("KDD", "venues/kdd.html", 2),)
    assert view.tags == (Ref("Ice", "tags/ice.html", 2),)
    assert not view.sure


def test_a_paper_of_others_in_the_same_year_leaves_a_page_alone() -> None:
    """Who wrote nothing new keeps a page with an equal mark."""
    papers = [dated("a", "2023", "Ada Noe"), dated("b", "2023", "Ada Noe")]
    before = pages_of(papers)["authors/ada-noe.html"].mark
    after = pages_of([*papers, dated("c", "2023", "Bo Li")])["authors/ada-noe.html"].mark
    assert before == after


def test_people_of_one_name_name_each_other() -> None:
    """The page of each links the others; the name's own address tells whose it is where all of its
    papers went elsewhere."""
    papers = [dated(slug, "2023", "Wei Wang") for slug in "abc"]
    some = "- {name: Wei Wang, apart: [a], known_as: Wei Wang of Lyon}\n"
    pages = pages_of(papers, some)
    assert pages["authors/wei-wang.html"].view.apart == (
        Ref("Wei Wang of Lyon", "authors/wei-wang-of-lyon.html", 1),
    )
    lyon = pages["authors/wei-wang-of-lyon.html"].view
    assert lyon.apart == (Ref("Wei Wang", "authors/wei-wang.html", 2),)
    assert lyon.sure
    every = some + "- {name: Wei Wang, apart: [b, c], known_as: Wei Wang of Pisa}\n"
    view = pages_of(papers, every)["authors/wei-wang.html"].view
    assert [ref.name for ref in view.apart] == ["Wei Wang of Lyon", "Wei Wang of Pisa"]
    assert view.total == 0


def test_an_address_of_another_form_of_a_name_leads_on() -> None:
    """Names that were brought together have one page; the other addresses lead to it."""
    papers = [dated("a", "2023", "J. Smith"), dated("b", "2023", "Jane Smith")]
    pages = pages_of(papers, "- same: [Jane Smith, J. Smith]\n")
    assert pages["authors/j-smith.html"].view == Redirect("authors/jane-smith.html", "Jane Smith")
    view = pages["authors/jane-smith.html"].view
    assert (view.total, view.forms, view.sure) == (2, ("J. Smith",), True)
    index = pages["authors/index.html"].view
    assert [ref.name for _, refs in index.letters for ref in refs] == ["Jane Smith"]


def test_a_venue_s_page_has_years_and_subjects() -> None:
    """Its papers stand under the years in which it took place."""
    tag = Tag("ice", "Ice", "taxonomy")
    papers = [
        structs.replace(dated(slug, "2022", "Bo Li", venue="KDD"), tags=(tag,)) for slug in "ab"
    ]
    view = pages_of(papers)["venues/kdd.html"].view
    assert [(group.heading.name, len(group.cards)) for group in view.groups] == [("2023", 2)]
    assert view.tags == (Ref("Ice", "tags/ice.html", 2),)


def named(words: list[str]) -> list[Named]:
    return [Named(w.lower(), Ref(w, f"authors/{w.lower()}.html", 1)) for w in sorted(words)]


def listed(view: NameIndex) -> list[str]:
    return [ref.name for _, refs in view.letters for ref in refs]


def test_a_small_index_is_one_page() -> None:
    """All names stand below their letters."""
    (page,) = plan_index("authors", named(["Ada", "Bo", "Anne", "7up"]), 4)
    assert [letter for letter, _ in page.view.letters] == ["#", "A", "B"]


@pytest.mark.parametrize("most", [1, 2, 5, 12])
def test_a_large_index_is_divided_by_letters(most: int) -> None:
    """Every name stands on one page, whose address is made of letters that it begins with; every
    page can be reached from the index, and few have too many names."""
    words = ["Ada", "Adam", "Adele", "Anne", "Bo", "Sa", "Sato", "Smith", "Smitz", "Smythe"]
    words += ["Żak", "王", "王伟", "7up", "Ó Sé"]
    names = named(words)
    pages = {page.path: page.view for page in plan_index("authors", names, most)}
    found = [name for view in pages.values() for name in listed(view)]
    assert sorted(found) == sorted(words) if len(words) > most else True
    reached, ahead = {"authors/index.html"}, ["authors/index.html"]
    while ahead:
        for ref in pages[ahead.pop()].bar:
            if ref.path and ref.path not in reached:
                reached.add(ref.path)
                ahead.append(ref.path)
    assert reached == pages.keys()
    for path, view in pages.items():
        start = path.removeprefix("authors/names/").removesuffix(".html")
        if start.isalpha() and start != "other":
            assert all(name.lower().startswith(start) for name in listed(view))


def test_addresses_of_letters_stay_as_names_come() -> None:
    """A page that was there is there with more names."""
    few = {page.path for page in plan_index("authors", named(["Ada", "Bo", "Sa"]), 2)}
    more = ["Ada", "Bo", "Sa", "Sb", "Sc", "Sd", "Ta"]
    assert few <= {page.path for page in plan_index("authors", named(more), 2)}
