"""The search page: what it shows and says, its address, its filters, and what a reader keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.measures import CONTRAST, FOCUSED, OVERFLOW

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]

SAVED_KEY = "Object.keys(localStorage).find(key => key.startsWith('digest-searches'))"


def drawn(page: Any, query: str | None = None) -> None:
    """Waits until results and filters of `query` (of the present one) stand on the page."""
    if query is not None:
        page.locator("#q").fill(query)
    page.wait_for_function(
        """() => {
          const { state, query } = document.querySelector("[data-results]").dataset;
          return state === "done" && query === document.querySelector("#q").value;
        }"""
    )


def all_drawn(page: Any, count: int = 10) -> None:
    """The same, and `count` results: those below the screen come as one comes near them."""
    drawn(page)
    page.evaluate("document.querySelector('[data-end]').scrollIntoView()")
    page.wait_for_function(
        "count => document.querySelectorAll('[data-result]').length === count", arg=count
    )


def asked(page: Any) -> dict[str, list[str]]:
    """What the address asks."""
    return parse_qs(urlsplit(page.url).query)


def status(page: Any) -> str:
    """What the page says under the box."""
    return str(page.locator("#search-status").inner_text())


def titles(page: Any) -> list[str]:
    """Of the results on show."""
    return list(page.locator("[data-result] h3").all_inner_texts())


def test_a_result_says_who_when_where_and_why(host: str, visit: Visit) -> None:
    """People, date as elsewhere on the site, venue, tags, code, and the sentence that matches."""
    page = visit(host + "search.html?q=residual+degradation", host)
    drawn(page)
    entry = page.locator("[data-result]", has_text="Deep Residual Learning").first
    said = entry.inner_text()
    assert "K. He, X. Zhang, S. Ren, J. Sun" in said
    assert "10 December 2015" in said
    assert entry.locator("time").get_attribute("datetime") == "2015-12-10"
    assert "CVPR 2016" in said
    assert entry.get_by_role("link", name="Code of this paper").get_attribute("rel")
    assert entry.locator(".chip").count() >= 1
    lead = entry.locator(".lead")
    assert lead.locator("mark").count() >= 1
    assert lead.inner_text().rstrip().endswith(".")


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("schrodinger", {"Schrödinger"}),
        ("ubergang", {"Übergang"}),
        ("QUANTISIERUNG", {"Quantisierung"}),
        ("quantisi", {"Quantisierung"}),
    ],
)
def test_words_are_marked_as_they_are_written(
    query: str, marks: set[str], host: str, visit: Visit
) -> None:
    """Accents, case and endings that the reader left out are marked with the word."""
    page = visit(host + "search.html", host)
    page.locator("#q").press_sequentially(query)
    drawn(page)
    assert marks <= set(page.locator("[data-result] mark").all_inner_texts())


def test_sentences_end_where_they_end(host: str, visit: Visit) -> None:
    """Neither a number's point nor an abbreviation ends the sentence that is quoted."""
    page = visit(host + "search.html?q=learning", host)
    drawn(page)
    quote = """([text, words]) => {
      const holder = document.createElement("p");
      holder.append(text);
      return digestSearch.quote(holder, words).textContent.trim();
    }"""
    for text, words, sentence in (
        ("First of all. It gains 3.5 points of tea. Last.", ["tea"], "It gains 3.5 points of tea."),
        ("One. Tea, e.g. green, as in Li et al. Wei had it. Two.", ["green"], None),
        ("One. See Fig. 3 of T. Smith on tea! Two.", ["tea"], "See Fig. 3 of T. Smith on tea!"),
        ("Was it (“tea?”) Nobody knows.", ["tea"], "Was it (“tea?”)"),
        ("我们提出。深度学习很好。完。", ["深度"], "深度学习很好。"),
        ("No stop at all", ["none"], "No stop at all"),
        ("Tea. Tea and cake.", ["tea", "cake"], "Tea and cake."),
        ("", ["tea"], ""),
    ):
        expected = "Tea, e.g. green, as in Li et al. Wei had it." if sentence is None else sentence
        assert page.evaluate(quote, [text, words]) == expected
    long = page.evaluate(quote, ["word " * 400 + "tea " + "word " * 400, ["tea"]])
    assert "tea" in long
    assert len(long) < 600


def test_formulas_of_a_result_are_drawn_and_nothing_else(host: str, visit: Visit) -> None:
    """Titles and sentences keep their MathML; no other element or attribute comes through."""
    # The policy of the pages would stop most of it, too: here the page has to do it alone.
    page = visit(host + "search.html?q=formula+sentence", host, bypass_csp=True)
    drawn(page)
    entry = page.locator("[data-result]", has_text="whose terms are so long").first
    assert entry.locator("h3 math msub, h3 math munder").count() >= 1
    assert entry.locator(".lead math").count() >= 1
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) == []
    made = page.evaluate(
        """html => {
          const card = { path: "x/../y", title: "T", people: "", date: "", tags: [["a/b", "A"]],
                         venue: "", code: "javascript:alert(1)", text: "t", html: [html, html] };
          const made = digestSearch.drawn(card, [], "./");
          document.querySelector("[data-results]").replaceChildren(made);
          return made.outerHTML;
        }""",
        "<img src=x onerror=alert(1)><script>alert(1)</script><a href='javascript:alert(1)'>b</a>"
        "<math onclick=alert(1) href=x style='color:red'><mi xlink:href=x mathvariant=bold>x</mi>"
        "<maction actiontype=statusline>q</maction><annotation-xml encoding=text/html><b>1</b>"
        "</annotation-xml></math><svg><script>alert(2)</script></svg><iframe srcdoc=x></iframe>",
    )
    assert not re.search(
        r"<(?:img|script|svg|iframe|maction|annotation)|onclick|onerror|style=|xlink", made
    )
    assert "javascript:" not in made
    assert '<mi mathvariant="bold">' in made
    assert "papers/x%2F..%2Fy.html" in made


def test_the_address_says_all_and_back_goes_back(host: str, visit: Visit) -> None:
    """Typing changes the address in place; what was come to rest on stays behind; Back shows it."""
    page = visit(host + "index.html", host)
    page.goto(host + "search.html")
    page.locator("#q").press_sequentially("learning")
    drawn(page)
    assert asked(page) == {"q": ["learning"]}
    page.keyboard.press("Enter")
    all_drawn(page)
    first = titles(page)
    page.locator("[data-sort]").select_option("title")
    all_drawn(page)
    assert asked(page) == {"q": ["learning"], "sort": ["title"]}
    assert titles(page) == sorted(titles(page), key=str.lower)
    page.get_by_role("link", name="Next").click()
    all_drawn(page)
    assert asked(page)["page"] == ["2"]
    assert "Showing 11 to" in status(page)
    second = titles(page)
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("network")
    drawn(page)
    assert asked(page) == {"q": ["network"], "sort": ["title"]}

    page.go_back()
    all_drawn(page)
    assert (asked(page)["page"], titles(page)) == (["2"], second)
    page.go_back()
    page.go_back()
    all_drawn(page)
    assert titles(page) == first
    assert page.locator("[data-sort]").input_value() == "relevance"
    page.go_back()
    page.wait_for_url("**/index.html")
    page.goto(host + "search.html?q=learning&sort=title&page=2")
    all_drawn(page)
    assert titles(page) == second
    for odd in ("&page=99999999999", "&page=-3&sort=x", "&page=NaN"):
        page.goto(host + "search.html?q=learning" + odd)
        drawn(page)
        assert titles(page), odd


def test_the_last_key_wins(host: str, visit: Visit) -> None:
    """Whatever order answers come in, the page ends with what stands in the box."""
    page = visit(host + "search.html", host)
    drawn(page, "network")
    page.evaluate(
        """() => {
          const find = digestSearch.find;
          digestSearch.find = async (text, options) => {
            const result = await find(text, options);
            if (text === "slow learning") await new Promise(go => setTimeout(go, 300));
            return result;
          };
        }"""
    )
    page.locator("#q").fill("slow learning")
    page.wait_for_timeout(50)
    drawn(page, "quantisierung")
    page.wait_for_timeout(500)
    assert titles(page)[0] == "Quantisierung als Eigenwertproblem"
    assert page.locator("[data-results]").get_attribute("data-query") == "quantisierung"
    page.locator("#q").fill("slow learning")
    page.wait_for_timeout(50)
    drawn(page, "")
    page.wait_for_timeout(500)
    assert titles(page) == []
    assert "to search" in status(page)


def test_filters_count_and_write_into_the_query(host: str, visit: Visit) -> None:
    """Before the first word they count all papers, then what is found; a click adds or removes."""
    page = visit(host + "search.html", host, viewport={"width": 1280, "height": 900})
    tags = page.locator("[data-filters=tags]")
    before = tags.inner_text()
    assert tags.locator("a").count() > 3
    drawn(page, "learning")
    assert tags.inner_text() != before
    name, count = tags.locator("a").nth(1).locator("span").all_inner_texts()
    tags.locator("a").nth(1).click()
    drawn(page)
    assert re.fullmatch(r"tag:[a-z0-9-]+ learning", page.locator("#q").input_value())
    assert status(page).startswith(f"{count} paper")
    current = tags.locator("a[aria-current=true]")
    assert current.locator("span").first.inner_text() == name
    assert page.evaluate("document.activeElement.dataset.clause?.startsWith('tag:')"), "focus"
    current.click()
    drawn(page)
    assert page.locator("#q").input_value() == "learning"
    # A name in quotation marks is the same filter as its slug.
    drawn(page, f'learning tag:"{name}"')
    assert status(page).startswith(f"{count} paper")
    current.click()
    drawn(page)
    assert page.locator("#q").input_value() == "learning"
    page.locator("[data-filters=years] a").first.click()
    drawn(page)
    assert page.locator("[data-filters=years] a[aria-current=true]").count() == 1
    drawn(page, "")
    assert tags.inner_text() == before
    href = tags.locator("a").first.get_attribute("href")
    page.goto(host + "search.html" + href)
    drawn(page)
    assert page.locator("#q").input_value().startswith("tag:")
    assert titles(page)


def test_a_filter_counts_what_its_click_finds(host: str, visit: Visit) -> None:
    """Every number beside a tag, year, venue or “code” is that of the query with this filter."""
    page = visit(host + "search.html", host, viewport={"width": 1280, "height": 900})
    for query in ("learning", "network OR wave", "2015.."):
        drawn(page, query)
        wrong = page.evaluate(
            """async query => {
              const wrong = [];
              for (const item of document.querySelectorAll("[data-filters] a")) {
                const { clause } = item.dataset;
                const found = await digestSearch.find(clause + " " + query, { typing: true });
                const said = Number(item.querySelector(".n").textContent);
                if (found.whole !== said) wrong.push([clause, said, found.whole]);
              }
              return wrong;
            }""",
            query,
        )
        assert wrong == [], query


def test_a_filter_that_is_asked_for_stands_in_the_list(host: str, visit: Visit) -> None:
    """Though it be none of the commonest, or no paper have it: it is seen, and taken out again."""
    page = visit(host + "search.html", host, viewport={"width": 1280, "height": 900})
    for query, filters, said in (
        ("learning tag:no-such-tag", "tags", "no-such-tag"),
        ('learning tag:"No such <b>tag"', "tags", "no such <b>tag"),
        ("network year:1871", "years", "1871"),
        ("network has:video", "code", "video"),
    ):
        drawn(page, query)
        current = page.locator(f"[data-filters={filters}] a[aria-current=true]")
        assert current.inner_text() == said
        current.click()
        drawn(page)
        assert page.locator("#q").input_value() == query.split()[0]
        assert current.count() == 0
    drawn(page, "learning -tag:no-such-tag tag:a OR tag:b")
    assert page.locator("[data-filters] a[aria-current=true]").count() == 0


def test_a_large_collection_counts_when_asked_to(host: str, visit: Visit) -> None:
    """What filters of many papers need is large: it is loaded once one turns to the filters."""
    page = visit(host + "index.html", host, viewport={"width": 1280, "height": 900})
    page.route(
        re.compile(r"data/search/index\.js"),
        lambda route: route.fulfill(
            body=re.sub(r'"papers":\d+', '"papers":30000', _text(route), count=1),
            content_type="text/javascript",
        ),
    )
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(host + "search.html?q=learning")
    drawn(page)
    assert titles(page)
    assert not [url for url in loaded if "column-tags" in url]
    count = page.locator("[data-filters=tags] a").first.locator(".n")
    assert not count.is_visible(), "the counts of all papers are not those of the results"
    page.locator("[data-filters=tags] a").first.hover()
    count.wait_for()
    assert [url for url in loaded if "column-tags" in url]
    page.locator("[data-filters=tags] a").first.click()
    drawn(page)
    assert page.locator("#q").input_value().startswith("tag:")
    assert count.is_visible(), "who stays with the filters goes on seeing counts"


def test_further_results_come_as_one_nears_them(host: str, visit: Visit) -> None:
    """The first alone are loaded at once; the rest, and the way to the next page, follow."""
    page = visit(host + "search.html?q=learning", host, viewport={"width": 360, "height": 500})
    drawn(page)
    first = titles(page)
    assert len(first) == 4
    assert not page.get_by_role("link", name="Next").is_visible()
    all_drawn(page)
    assert titles(page)[:4] == first
    assert page.get_by_role("link", name="Next").is_visible()
    # The keyboard need not wait for the screen.
    page.goto(host + "search.html?q=network")
    drawn(page)
    page.locator("[data-result] a").first.focus()
    page.get_by_role("link", name="Next").wait_for()


def test_filters_are_folded_away_on_a_telephone(host: str, visit: Visit) -> None:
    """They take one line there, and are all there again when the screen becomes wide."""
    page = visit(host + "search.html?q=learning", host, viewport={"width": 360, "height": 800})
    drawn(page)
    tags = page.locator("[data-filters=tags]")
    assert not tags.is_visible()
    assert page.locator("[data-result]").first.bounding_box()["y"] < 560
    page.get_by_text("Narrow by tag").click()
    assert tags.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    tags.wait_for()
    page.set_viewport_size({"width": 360, "height": 800})
    tags.wait_for(state="hidden")


def test_nothing_found_helps(host: str, visit: Visit) -> None:
    """It names what is missing, and what is found without each clause; each is one click away."""
    page = visit(host + "search.html", host)
    drawn(page, "learning -learning")
    note = page.locator("[data-note]")
    assert status(page) == "Nothing found."
    assert titles(page) == []
    note.get_by_text("Without “-learning”").get_by_role("link").click()
    drawn(page)
    assert page.locator("#q").input_value() == "learning"
    drawn(page, "wave OR eigenwertproblem has:nothing")
    assert "No paper has “has:nothing”." in note.inner_text()
    assert "Without “has:nothing”" in note.inner_text()
    assert "Without “OR”" not in note.inner_text()
    drawn(page, "tag:machine")
    note.get_by_role("link", name="Machine learning", exact=True).click()
    drawn(page)
    assert page.locator("#q").input_value() == "tag:machine-learning"
    assert titles(page)


def test_a_slip_is_told_and_put_right(host: str, visit: Visit) -> None:
    """The other word is looked for, said, and taken over by a click."""
    page = visit(host + "search.html?q=transfromer+attention", host)
    drawn(page)
    note = page.locator("[data-note]")
    assert "No paper has “transfromer”. Showing “transformer” instead." in note.inner_text()
    assert titles(page)
    note.get_by_role("link", name="“transformer”").click()
    drawn(page)
    assert page.locator("#q").input_value() == "transformer attention"
    assert note.inner_text().strip() == ""


def test_papers_with_some_of_it_stand_apart(host: str, visit: Visit) -> None:
    """Under a heading of their own, and are counted for themselves."""
    page = visit(host + "search.html?q=residual+quantisierung", host)
    drawn(page)
    assert "with some of it" in status(page)
    heading = page.locator("[data-results] h2")
    assert heading.inner_text() == "No paper has all of it; these have some"
    page.goto(host + "search.html?q=residual+image")
    drawn(page)
    assert heading.inner_text() == "Papers with some of it"
    assert page.locator("[data-results] > :first-child h3").count() == 1


def test_hands_on_the_keyboard(host: str, visit: Visit) -> None:
    """Arrows and j, k walk to the next page's link; Esc goes back to the box, then empties it."""
    page = visit(host + "search.html?q=learning", host)
    drawn(page)
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED)["text"] == titles(page)[1]
    assert page.evaluate(FOCUSED)["ring"]
    page.get_by_role("link", name="Next").wait_for()
    for _ in range(9):
        page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED)["text"] == "Next"
    page.keyboard.press("Enter")
    drawn(page)
    assert "Showing 11" in status(page)
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED)["text"] == titles(page)[0]
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED)["id"] == "q"
    assert page.locator("#q").input_value() == "learning"
    page.keyboard.type("jk")
    assert page.locator("#q").input_value() == "jk"
    page.keyboard.press("Escape")
    drawn(page)
    assert page.locator("#q").input_value() == ""
    assert "to search" in status(page)
    assert asked(page) == {}


def test_who_walks_through_the_results_stays_there(host: str, visit: Visit) -> None:
    """Results that arrive late take the place of the others, but not the reader's."""
    page = visit(host + "search.html?q=learning", host)
    drawn(page)
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.evaluate(
        """() => {
          const box = document.querySelector("#q");
          box.value = "network";
          box.dispatchEvent(new Event("input"));
        }"""
    )
    drawn(page)
    assert page.evaluate(FOCUSED)["text"] == titles(page)[1]


def test_a_screen_reader_hears_one_sentence_once_it_is_quiet(host: str, visit: Visit) -> None:
    """The live region speaks the last state alone, after a rest."""
    page = visit(host + "search.html?q=learning", host)
    drawn(page)
    spoken = page.locator("[role=status][data-spoken]")
    spoken.get_by_text(status(page)).wait_for(state="attached")
    page.evaluate(
        """() => {
          window.heard = [];
          const region = document.querySelector("[data-spoken]");
          new MutationObserver(() => heard.push(region.textContent))
            .observe(region, { childList: true });
        }"""
    )
    page.locator("#q").select_text()
    page.locator("#q").press_sequentially("quantisierung", delay=10)
    drawn(page)
    spoken.get_by_text(status(page)).wait_for(state="attached")
    assert page.evaluate("heard") == [status(page)]
    assert page.locator("[role=status]:not(.notice)").count() == 1


def test_the_examples_of_the_help_can_be_clicked(host: str, visit: Visit) -> None:
    """The grammar is open while nothing is asked, folds away with a query, and each line works."""
    page = visit(host + "search.html", host)
    drawn(page)
    table = page.locator("[data-help] table")
    assert table.is_visible()
    for query in table.locator("a").evaluate_all("all => all.map(one => one.dataset.q)"):
        page.goto(host + "search.html")
        drawn(page)
        page.locator(f"[data-help] a[data-q='{query}']").click()
        drawn(page)
        assert page.locator("#q").input_value() == query
        assert asked(page) == {"q": [query]}
    table.wait_for(state="hidden")


def scripts(page: Any) -> list[str]:
    """Names of the theme's scripts and of the index's parts that a page has loaded, in order."""
    names = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    found = [urlsplit(name).path.rpartition("/")[2] for name in names]
    return [name for name in found if name.startswith("search") or name == "index.js"]


def test_what_searches_comes_once_somebody_asks(host: str, visit: Visit) -> None:
    """A page that is only looked at has the small script; a key, or a query, brings the others and
    the index, each once, and nothing that was typed meanwhile is lost."""
    page = visit(host + "search.html", host)
    drawn(page)
    page.wait_for_timeout(300)
    assert scripts(page) == ["search.js"]
    page.locator("#q").press_sequentially("quantisierung")
    drawn(page)
    assert page.locator("#q").input_value() == "quantisierung"
    assert titles(page)[0] == "Quantisierung als Eigenwertproblem"
    assert asked(page) == {"q": ["quantisierung"]}
    parts = ["aside", "cards", "engine", "index", "page", "words"]
    assert sorted(scripts(page)) == [
        "index.js",
        *(f"search-{name}.js" for name in parts),
        "search.js",
    ]
    page.goto(host + "search.html?q=learning")
    drawn(page)
    assert sorted(scripts(page))[0] == "index.js"
    assert len(scripts(page)) == 8


def test_a_script_that_does_not_come_is_told(host: str, visit: Visit) -> None:
    """And is asked for again with the next key."""
    page = visit(host + "search.html", host)
    lost = re.compile(r"search-engine\.js")
    page.route(lost, lambda route: route.abort("aborted"))
    page.locator("#q").press_sequentially("quantis")
    page.get_by_text("The search index could not be loaded.").wait_for()
    page.unroute_all()
    page.locator("#q").press_sequentially("ierung")
    drawn(page)
    assert titles(page)[0] == "Quantisierung als Eigenwertproblem"


def test_searches_are_kept_with_what_is_new(host: str, visit: Visit) -> None:
    """In this browser, with the papers published since they were last looked at, and forgotten."""
    page = visit(host + "search.html?q=learning", host)
    drawn(page)
    page.get_by_role("button", name="Save this search").click()
    assert status(page) == "Saved in this browser."
    saved = page.locator("[data-own] li")
    assert saved.count() == 1
    key = page.evaluate(SAVED_KEY)
    kept = json.loads(page.evaluate("key => localStorage.getItem(key)", key))
    assert [one["q"] for one in kept] == ["learning"]
    page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)",
        [key, json.dumps([{"q": "learning", "seen": "2015-12-01"}, 3, {"q": 4}])],
    )
    page.goto(host + "search.html")
    saved.get_by_text("new since 1 December 2015").wait_for()
    new = int(saved.locator(".n").inner_text().split()[0])
    assert new > 0
    saved.get_by_role("link").click()
    drawn(page)
    assert page.locator("#q").input_value() == "learning"
    assert page.locator("[data-sort]").input_value() == "date"
    assert page.locator("[data-result] time").first.get_attribute("datetime") > "2015-12"
    page.reload()
    saved.get_by_text("nothing new since").wait_for()
    saved.get_by_role("button", name="Forget learning").click()
    assert saved.count() == 0
    assert not page.locator("[data-saved]").is_visible()


def test_where_nothing_can_be_kept_it_is_said(host: str, visit: Visit) -> None:
    """As in private windows of some browsers."""
    page = visit(host + "search.html?q=learning", host)
    drawn(page)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'Quota'); }; }"
    )
    page.get_by_role("button", name="Save this search").click()
    assert "could not be saved" in status(page)


def test_a_site_that_changed_says_so(host: str, visit: Visit) -> None:
    """A part of another build is not used; the page offers to be loaded again."""
    page = visit(host + "search.html", host)
    page.route(
        re.compile(r"data/search/w-.*\.js"),
        lambda route: route.fulfill(
            body=re.sub(r'^(digestSearch\.load\("[^"]*",")[^"]*', r"\1other", _text(route)),
            content_type="text/javascript",
        ),
    )
    page.locator("#q").fill("learning")
    page.get_by_text("The site has just changed. Load this page again").wait_for()
    assert titles(page) == []
    page.unroute_all()
    page.get_by_role("button", name="Load it again").click()
    page.locator("[data-result]").first.wait_for()
    assert page.locator("#q").input_value() == "learning"


def _text(route: Any) -> str:
    """Of the file that was asked for, as the host has it."""
    return str(route.fetch().text())


def test_without_texts_the_pages_are_read(host: str, visit: Visit) -> None:
    """Large collections keep no texts in the index: once the reader rests, the pages give them."""

    def bare(route: Any) -> None:
        text = _text(route)
        if "index.js" in route.request.url:
            text = text.replace('"text":"whole"', '"text":"none"')
        else:
            head, value = re.match(
                r"(digestSearch\.load\(\"[^\"]*\",\"[^\"]*\",)(.*)\);", text, re.S
            ).groups()  # type: ignore[union-attr]
            cards = json.loads(value)
            cards["texts"] = ["" for _ in cards["texts"]]
            cards["html"] = {place: [title, ""] for place, (title, _) in cards["html"].items()}
            text = f"{head}{json.dumps(cards)});"
        route.fulfill(body=text, content_type="text/javascript")

    page = visit(host + "index.html", host)
    page.route(re.compile(r"data/search/(?:index|c-\d+)\.js"), bare)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(host + "search.html?q=learning")
    drawn(page)
    assert page.locator(".lead:visible").count() == 0
    page.locator(".lead mark").first.wait_for()
    page.wait_for_timeout(300)
    papers = [url for url in fetched if "/papers/" in url]
    assert 1 <= len(papers) <= 10
    assert page.locator("[data-result] .lead:visible").count() >= 4
    page.evaluate(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})",
    )
    fetched.clear()
    drawn(page, "network")
    page.wait_for_timeout(900)
    assert not [url for url in fetched if "/papers/" in url]


@pytest.mark.parametrize("query", ["", "learning", "learning zzqqxx", "zzqqxx -a"])
def test_every_state_fits_and_can_be_read(query: str, host: str, visit: Visit) -> None:
    """Nothing scrolls sideways and every text has its contrast, in both themes, at every width."""
    page = visit(host + "search.html", host)
    drawn(page, query)
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(OVERFLOW) == [], (scheme, width)
        assert page.evaluate(CONTRAST)[1] == [], scheme


def test_nothing_moves_while_one_types(host: str, visit: Visit) -> None:
    """From one result list to the next, neither the list nor the filters change their place."""
    page = visit(host + "search.html", host, viewport={"width": 1280, "height": 900})
    where = """() => ["[data-results]", "aside", "[data-filters=tags]"].map(
      name => Math.round(document.querySelector(name).getBoundingClientRect().top))"""
    drawn(page, "learn")
    first = page.evaluate(where)
    for query in ("learning", "network", "wave"):
        drawn(page, query)
        assert page.evaluate(where) == first, query


def test_without_scripts_the_ways_to_the_papers_are_named(host: str, visit: Visit) -> None:
    """No box that does nothing, no filters that do nothing: links to tags and dates."""
    page = visit(host + "search.html", host, java_script_enabled=False)
    assert "needs JavaScript" in page.locator("noscript .page-about").inner_text()
    assert not page.locator("#q").is_visible()
    assert not page.locator("[data-filters=tags]").is_visible()
