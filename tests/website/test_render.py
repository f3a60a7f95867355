"""Pages are rendered by the user's templates where they work, and alike in folders of any depth."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from digest.paper import Paper
from digest.website.chart_views import TagPage, TimeChart
from digest.website.citation import cite
from digest.website.pages import Page
from digest.website.paper_views import PaperPage, TagNote
from digest.website.render import Rendered, Renderer
from digest.website.theme import Theme, default_folder, load_theme
from digest.website.views import (
    Card,
    Facet,
    FreePage,
    Gone,
    Group,
    NamePage,
    NotFound,
    Pager,
    Redirect,
    Ref,
    SavedSearch,
    SearchPage,
    Site,
)

SITE = Site(
    title="Ours & theirs",
    description="Papers <we> like",
    base_url="https://example.org/d/",
    language="en",
    publisher="",
    styles="",
    grounds=("#fff", "#000"),
    generator="digest",
    free_pages=(Ref("About", "pages/about.html"),),
    has_authors=True,
    has_venues=True,
    has_papers=True,
    assets="?v=1",
)


def card(path: str = "papers/a.html", title: str = "On $x^2$ & <tea>") -> Card:
    return Card(
        path=path,
        title=title,
        derived=False,
        abstract="It boils.",
        byline="A. Lovelace",
        authors=("Ada Lovelace",),
        date="2023-01-02",
        date_label="2 January 2023",
        venue=Ref("KDD", "venues/kdd.html"),
        tags=(Ref("Tea & cake", "tags/tea.html"),),
        code="https://example.org/code",
    )


def tag_page(path: str, *cards: Card) -> Page:
    chart = TimeChart("2000", (1,) * 12, True, 0)
    tag = Ref("Tea", "tags/tea.html", 2)
    pager = Pager("tags/tea.html", None, 1) if path.count("/") > 1 else Pager(None, None, None)
    view = TagPage(tag, "Hot & wet", (), (tag,), (tag,), chart, cards, pager, "tags/tea.xml")
    return Page(path, "tag.html", view)


def paper_page() -> PaperPage:
    title = "On $x^2$ & <tea>"
    note = TagNote(Ref("Tea", "tags/tea.html"), "found in the text", ("tea", "a <cup>"))
    fields: dict[str, Any] = dict.fromkeys(PaperPage.__struct_fields__, "")
    several = ("authors", "links", "related", "sources", "origins", "disputes", "came")
    fields |= dict.fromkeys(several, ())
    fields |= dict.fromkeys(("system", "date", "date_path", "venue", "eprint", "doi"))
    fields |= {"newer": None, "older": None, "tags": (note,), "terms": (note,), "derived": False}
    paper = Paper(key="arxiv:2301.00001", slug="a", title=title, title_source="given")
    fields |= {"paper": paper, "citation": cite(paper, "x2tea")}
    return PaperPage(**(fields | {"title": title, "abstract": "We boil & pour."}))


PAGES = (
    Page("papers/a.html", "paper.html", paper_page()),
    tag_page("tags/tea.html", card()),
    tag_page("tags/tea/2.html", card()),
    Page("venues/kdd.html", "name.html",
         NamePage("venues", "KDD", "", (), (Group(Ref("2023"), (card(),)),), 1)),
    Page("pages/about.html", "free_page.html", FreePage("About", "Some *words*")),
    Page("papers/old.html", "redirect.html", Redirect("papers/a.html", "On tea")),
    Page(
        "search.html",
        "search.html",
        SearchPage(
            3,
            "data/search/",
            "1a2b",
            (Facet("tea", "Tea <b>", 2),),
            (Facet("teaconf", "TEACONF", 1),),
            (Facet("2023", "2023", 3),),
            1,
            (SavedSearch('New "tea"', 'tea "cold brew"', "searches/new-tea.xml"),),
        ),
    ),
    Page("404.html", "not_found.html", NotFound((Ref("Tea", "tags/tea.html", 2),))),
    Page("papers/gone.html", "gone.html", Gone("arXiv:2301.00009", "https://arxiv.org/abs/2301.9")),
)  # fmt: skip


def text(done: Rendered) -> str:
    assert done.problem is None, done.problem
    assert done.body is not None
    return done.body.decode()


@pytest.fixture
def default(tmp_path: Path) -> Theme:
    return load_theme(tmp_path / "none")


def own(tmp_path: Path, **templates: str) -> Theme:
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    for name, source in templates.items():
        (folder / f"{name}.html").write_text(source, "utf-8")
    return load_theme(folder)


def test_a_copy_of_the_theme_makes_the_same_pages(tmp_path: Path, default: Theme) -> None:
    """What is done for the default theme's speed alone changes no byte."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for path in default_folder().glob("*.html"):
        shutil.copy(path, folder)
    copy = load_theme(folder)
    assert len(copy.own) == len(copy.default)
    for page in PAGES:
        assert Renderer(SITE, copy).render(page) == Renderer(SITE, default).render(page)


def test_pages_do_not_depend_on_those_before_them(default: Theme) -> None:
    """What is kept for later pages is what each of them would have made."""
    together = Renderer(SITE, default)
    made = {page.path: together.render(page) for page in (*PAGES, *reversed(PAGES))}
    for page in PAGES:
        assert Renderer(SITE, default).render(page) == made[page.path], page.path


def test_links_lead_home_from_any_depth(default: Theme) -> None:
    """Cards, frame and constants are relative to the page that they stand on."""
    renderer = Renderer(SITE, default)
    for page in (*PAGES, tag_page("a/b/c/d.html", card()), *PAGES):
        body, root = text(renderer.render(page)), "../" * page.path.count("/")
        links = [part.partition('"')[0] for part in body.split('href="')[1:]]
        inside = [link for link in links if not link.startswith(("https:", "#"))]
        assert inside
        for link in inside:
            assert link.startswith(root), (page.path, link)
            assert not link.removeprefix(root).startswith((".", "/")), (page.path, link)
        assert "\0" not in body


def test_cards_of_one_path_are_told_apart(default: Theme) -> None:
    """A card is kept by what it says, not by where it leads alone."""
    renderer = Renderer(SITE, default)
    for title in ("First", "Second", "First"):
        body = text(renderer.render(tag_page("tags/tea.html", card(title=title))))
        assert f">{title}</a></h3>" in body


def test_the_navigation_shows_where_one_is(default: Theme) -> None:
    """A page of the menu is the current one; below a section, the section is."""
    renderer = Renderer(SITE, default)

    def current(path: str) -> list[str]:
        body = text(renderer.render(Page(path, "free_page.html", FreePage("About", ""))))
        nav = body.partition('<nav class="site-nav"')[2].partition("</nav>")[0]
        return [row.partition("</a>")[0].split(" aria-current=")[-1]
                for row in nav.split("<li")[1:] if "aria-current" in row]  # fmt: skip

    for path, shown in {
        "pages/about.html": ['"page">About'], "pages/other.html": [],
        "tags/index.html": ['"page">Tags'], "tags/tea.html": ['"true">Tags'],
        "tags/tea/2.html": ['"true">Tags'], "papers/a.html": ['"true">Papers'],
        "index.html": ['"page">Papers'], "map.html": ['"true">Trends'],
        "trends.html": ['"page">Trends'], "report.html": [],
    }.items():  # fmt: skip
        assert current(path) == shown, path
        assert current(path) == shown, path


def test_a_block_of_the_frame_is_changed_for_all_pages(tmp_path: Path) -> None:
    """base.html of the user extends the default one: every page has the new block."""
    block = "{% block footer %}<p>{{ page.path }}</p>{% endblock %}"
    theme = own(tmp_path, base='{% extends "default/base.html" %}' + block)
    renderer = Renderer(SITE, theme)
    for page in PAGES:
        body = text(renderer.render(page))
        assert f"<p>{page.path}</p></body>" in body.replace("\n", "")
        assert "site-footer" not in body
        assert '<header class="site-header">' in body


def test_one_page_type_is_changed_alone(tmp_path: Path, default: Theme) -> None:
    """A template that extends the default one of its name changes a block of its pages."""
    block = "{% block after_abstract %}<p>{{ view.title|plain }}, {{ 'a'|href }}</p>{% endblock %}"
    renderer = Renderer(SITE, own(tmp_path, paper='{% extends "default/paper.html" %}' + block))
    assert "<p>On x² &amp; &lt;tea&gt;, ../a</p>" in text(renderer.render(PAGES[0]))
    for page in PAGES[1:]:
        assert renderer.render(page) == Renderer(SITE, default).render(page)


def test_a_card_of_the_user(tmp_path: Path) -> None:
    """card.html of the user stands in every list, with links that hold."""
    theme = own(tmp_path, card='<a href="{{ card.path|href }}">{{ root }}{{ site.title }}</a>')
    renderer = Renderer(SITE, theme)
    for page in PAGES[1:4]:
        root = "../" * page.path.count("/")
        made = f'<a href="{root}papers/a.html">{root}Ours &amp; theirs</a>'
        assert made in text(renderer.render(page))


def test_where_a_template_fails_the_default_one_stands_in(tmp_path: Path, default: Theme) -> None:
    """The problem names the file, the line and what is wrong."""
    theme = own(
        tmp_path,
        tag="{# one #}\n{{ view.tag.name }}\n{{ view.nothing }}",
        card="{{ card.title }}\n\n{% if %}",
        search='{% extends "default/search.html" %}{% block title %}\n{{ 1 // 0 }}{% endblock %}',
    )
    renderer = Renderer(SITE, theme)
    for page, file, line in ((PAGES[1], "tag", 3), (PAGES[3], "card", 3), (PAGES[6], "search", 2)):
        done = renderer.render(page)
        assert done.body == Renderer(SITE, default).render(page).body
        assert done.problem is not None
        assert Path(done.problem.path).name == f"{file}.html"
        assert done.problem.line == line
        assert page.path in done.problem.message


def test_fingerprints_know_theme_site_path_and_view(tmp_path: Path, default: Theme) -> None:
    """Whatever changes the bytes of a page changes its fingerprint, and nothing else does."""
    page = PAGES[1]
    marks = [
        Renderer(SITE, default).fingerprint(page),
        Renderer(structs.replace(SITE, title="Others"), default).fingerprint(page),
        Renderer(SITE, own(tmp_path, card="")).fingerprint(page),
        Renderer(SITE, default).fingerprint(tag_page("tags/tea/2.html", card())),
        Renderer(SITE, default).fingerprint(tag_page("tags/tea.html", card(title="x"))),
    ]
    assert len(set(marks)) == len(marks)
    assert Renderer(SITE, default).fingerprint(tag_page("tags/tea.html", card())) == marks[0]
