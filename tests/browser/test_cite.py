"""Citations in the browser: copied in four forms, the same texts as the build makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from digest.paper import Author, Link, Paper, Venue
from digest.website.citation import Citation, cite
from digest.website.citation_forms import csl, linked_data, reference, ris

THEME = Path(__file__).parents[2] / "templates"
PAGE = "papers/arxiv-1706.03762.html"


def cases() -> list[Citation]:
    """Papers of each kind, with names and signs that are easily mistaken."""
    ada = Author("Ada Lovelace", "Lovelace", "Ada")
    names = (ada, Author("Jean-Luc M. Picard", "Picard", "Jean-Luc M."), Author("王伟", "王", "伟"))
    group = Author("The Biscuit Collaboration", "The Biscuit Collaboration", "")
    odd = Author("7 of 9", "9", "7 of")
    crowd = tuple(Author(f"B. N{n}", f"N{n}", "B.") for n in range(25))
    link = Link("project", "https://biscuits.example/?a=1&b=</script>")
    fields: list[dict[str, Any]] = [
        {"eprint": "2301.00001", "published": "2023-01-09"},
        {"venue": Venue("kdd", "KDD", 2023), "doi": "10.1145/a#b?c<d>%", "authors": names},
        {"venue": Venue("n", "Nature"), "journal_ref": "Nature 5, 17", "published": "1999"},
        {"journal_ref": "J. Odd 3", "authors": (odd, group), "published": "2001-11"},
        {"authors": crowd, "links": (link,), "title": "Is $\\alpha$ \\emph{it}?"},
        {"authors": (), "title_source": "derived", "title": "A  title, 100 % & more"},
    ]
    return [
        cite(Paper(**({"key": "x", "slug": "x", "title": "On & <Tea>", "title_source": "given",
                       "authors": (ada,)} | own)), f"key{n}")
        for n, own in enumerate(fields)
    ]  # fmt: skip


def test_the_browser_makes_the_same_forms(browser: Any) -> None:
    """RIS, CSL-JSON and the reference agree to the letter with what the build makes of a paper."""
    page = browser.new_page()
    page.add_script_tag(path=THEME / "assets/cite.js")
    for citation in cases():
        # By way of text, as a page holds it.
        data = json.loads(json.dumps(linked_data(citation)))
        made = page.evaluate("data => window.digestCite(data)", data)
        assert made["ris"] == ris(citation)
        assert made["csl"] == json.loads(json.dumps(csl(citation)))
        assert made["reference"] == reference(citation)
        assert made["bibtex"].startswith("@")
        assert made["bibtex"].count("{") == made["bibtex"].count("}")
    page.close()


def test_every_form_is_copied(visit: Callable[..., Any], host: str) -> None:
    """BibTeX as it is shown, the others made of the page's data; the reader is told."""
    page = visit(host + PAGE, home=host, permissions=["clipboard-read", "clipboard-write"])
    assert page.locator("script#citation").count() == 1
    starts = {"bibtex": "@", "ris": "TY  - ", "csl": "[\n  {", "reference": "Vaswani, A."}
    for form, start in starts.items():
        page.locator(f"[data-cite={form}]").click()
        page.locator(".copy-said", has_text="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(start)
        assert "Attention Is All You Need" in copied
        if form == "bibtex":
            assert copied == page.locator("#bibtex").text_content()
        if form == "csl":
            assert json.loads(copied)[0]["id"] == "vaswani2017attention"


def test_without_a_clipboard_the_text_is_shown(visit: Callable[..., Any], disk: str) -> None:
    """Where the browser gives no clipboard, the form stands on the page, selected."""
    page = visit(disk + PAGE, home=disk)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("[data-cite=ris]").click()
    assert page.locator("#bibtex").is_visible()
    assert page.locator("#bibtex").text_content().startswith("TY  - ")
    assert "TY  - " in page.evaluate("String(getSelection())")


def test_without_scripts_no_button_promises_anything(visit: Callable[..., Any], disk: str) -> None:
    """The buttons are not there, and BibTeX can be opened and read."""
    page = visit(disk + PAGE, home=disk, java_script_enabled=False)
    assert not page.locator("[data-cite]").first.is_visible()
    page.locator("details.cite summary").click()
    assert "@inproceedings{vaswani2017attention" in page.locator("#bibtex").inner_text()
