"""The list of saved papers goes out and comes in again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest.readers import read_file
from tests.browser.test_reading import count, said, until

pytestmark = pytest.mark.browser


def save_some(page: Any, host: str, types: dict[str, str], most: int = 3) -> list[str]:
    """Saves papers of a list; their slugs, the newest first."""
    page.goto(host + types["tag"])
    for button in page.locator(".entry .save").all()[:most]:
        button.click()
    page.wait_for_load_state("networkidle")
    page.goto(host + "saved.html")
    page.locator("[data-saved-list] .entry").nth(most - 1).wait_for()
    page.wait_for_load_state("networkidle")
    return list(
        page.locator("[data-saved-list] .entry").evaluate_all("all => all.map(e => e.dataset.slug)")
    )


def handed_out(page: Any, form: str) -> str:
    return file_of(page, form).read_text("utf-8")


def file_of(page: Any, form: str) -> Path:
    with page.expect_download() as got:
        page.locator(f"[data-export={form}]").click()
    return Path(got.value.path())


@pytest.mark.parametrize("place", ["host", "disk"])
def test_citations_of_saved_papers(
    place: str, request: pytest.FixtureRequest, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """BibTeX, RIS and CSL-JSON that our own readers understand: one entry a paper, with authors
    where the site is served; from a folder, where scripts cannot read pages, it is said that
    parts are lacking until a page was opened."""
    home = request.getfixturevalue(place)
    page = visit(home + "index.html", home)
    slugs = save_some(page, home, types, 5)
    titles = page.locator("[data-saved-list] .entry-title a").all_inner_texts()
    lacking = page.locator("[data-saved-lacking]")
    assert lacking.inner_text().startswith("5 papers lack") == (place == "disk")
    for form, name in (("bibtex", "a.bib"), ("ris", "a.ris"), ("csl", "a.json")):
        file = file_of(page, form)
        text = file.read_text("utf-8")
        assert all(slug in text for slug in slugs), form
        if place == "host":
            found = [one.record for one in read_file(file, name).sightings]
            assert {record.title for record in found} == set(titles), form
            assert any(record.authors for record in found), form
    if place == "disk":
        page.locator("[data-saved-list] .entry-title a").first.click()
        page.locator("article.paper").wait_for()
        page.go_back()
        until(page, "document.querySelector('[data-saved-lacking]').textContent[0] == 4")
        # Its own key for citing, where the others have but their address.
        text = handed_out(page, "bibtex")
        assert [f"{{{slug}," in text for slug in slugs] == [False, True, True, True, True]


@pytest.mark.parametrize("form", ["json", "bibtex", "ris", "csl"])
def test_a_file_comes_into_another_browser(
    form: str, host: str, visit: Callable[..., Any], types: dict[str, str], tmp_path: Path
) -> None:
    """What went out is added to what another browser had; what is there twice stays once; and it
    can be taken back."""
    page = visit(host + "index.html", host)
    slugs = save_some(page, host, types)
    file = tmp_path / "saved"
    file.write_text(handed_out(page, form), "utf-8")
    other = visit(host + "index.html", host)
    own = save_some(other, host, types, 1)
    assert own == slugs[-1:]
    other.locator("[data-import]").set_input_files(file)
    other.locator("[data-saved-list] .entry").nth(2).wait_for()
    assert said(other).startswith("2 papers added. 1 was here already.")
    assert count(other) == "3"
    other.locator("[data-saved-list] .entry .chip").nth(2).wait_for()
    other.get_by_role("button", name="Undo").click()
    until(other, "document.querySelectorAll('[data-saved-list] .entry').length === 1")
    assert said(other) == "Undone"


def test_a_link_comes_into_another_browser(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """Of hundreds of papers, too; it leaves the address once it was taken in."""
    page = visit(host + "index.html", host)
    slugs = save_some(page, host, types)
    page.locator("[data-export=link]").click()
    link = page.locator("[data-link]").input_value()
    assert link.startswith(host + "saved.html#")
    other = visit(link, host)
    other.locator("[data-saved-list] .entry").nth(2).wait_for()
    assert said(other).startswith("3 papers added.")
    assert other.url == host + "saved.html"
    other.locator("[data-saved-list] .entry .chip").nth(2).wait_for()
    assert set(slugs) == set(
        other.locator("[data-saved-list] .entry").evaluate_all(
            "all => all.map(e => e.dataset.slug)"
        )
    )
    other.goto(link)
    assert said(other).startswith("No paper is new here. 3 were here already.")
    assert count(other) == "3"


def test_a_link_of_hundreds(disk: str, visit: Callable[..., Any]) -> None:
    """Three hundred slugs fit into an address of five kilobytes."""
    many = ",".join(f"~2401.{n:05}" for n in range(300))
    assert len(many) < 5_000
    page = visit(disk + "saved.html#" + many, disk)
    until(page, "document.querySelectorAll('[data-saved-list] .entry').length === 300")
    assert count(page) == "300"


HOSTILE = {
    "page.json": json.dumps(
        {
            "digest": "saved",
            "saved": [
                {"slug": "../../evil", "title": "x"},
                {"slug": "__proto__", "title": "x"},
                {"slug": "constructor", "title": "<img src=x onerror=alert(1)>", "at": 1e99,
                 "tags": [["a", "<b>"], "c", None], "by": {"a": 1}, "cite": {"@id": "#x"}},
            ],
            "read": {"javascript:alert(1)": 5},
        }
    ),
    "other.json": '{"a": [1, 2]}',
    "null.json": "null",
    "noise.bib": "@article{a,\n title = {" + "x" * 100_000 + "\n digest = {" * 5,
    "empty.ris": "",
}  # fmt: skip


def test_files_of_others_do_no_harm(host: str, visit: Callable[..., Any], tmp_path: Path) -> None:
    """What is no list of ours brings nothing; texts stay texts; addresses stay within the site."""
    page = visit(host + "saved.html", host)
    page.route("**/papers/constructor.html", lambda route: route.fulfill(status=200, body="no"))
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text, "utf-8")
        page.locator("[data-import]").set_input_files(tmp_path / name)
        if name == "page.json":
            page.locator("[data-saved-list] .entry").wait_for()
            assert said(page).startswith("1 paper added.")
            link = page.locator("[data-saved-list] .entry-title a")
            assert link.inner_text() == "<img src=x onerror=alert(1)>"
            assert link.get_attribute("href") == host + "papers/constructor.html"
            assert handed_out(page, "bibtex").count("@") == 1
        else:
            page.get_by_text("Nothing was brought in").wait_for()
        assert page.locator("[data-saved-list] .entry").count() == 1
        page.locator(".notice").evaluate("box => box.replaceChildren()")


def test_the_page_says_what_it_is_without_scripts(host: str, visit: Callable[..., Any]) -> None:
    """And how to have all papers; what needs scripts is not there."""
    page = visit(host + "saved.html", host, java_script_enabled=False)
    assert page.locator('noscript a[href="papers.bib"]').is_visible()
    assert page.locator("[data-export], [data-import]").all()
    assert not [one for one in page.locator("main button, main input").all() if one.is_visible()]


def test_removing_all_can_be_taken_back(
    host: str, visit: Callable[..., Any], types: dict[str, str]
) -> None:
    """With one click, in the order that was."""
    page = visit(host + "index.html", host)
    slugs = save_some(page, host, types)
    page.locator("[data-clear]").click()
    page.locator("[data-saved-empty]").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator("[data-saved-list] .entry").nth(2).wait_for()
    entries = page.locator("[data-saved-list] .entry")
    assert set(entries.evaluate_all("all => all.map(e => e.dataset.slug)")) == set(slugs)
    page.locator("[data-saved-sort]").select_option("title")
    titles = page.locator("[data-saved-list] .entry-title a").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)
