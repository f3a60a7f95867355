"""Links that lead nowhere are found, and sound ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.check.site import check_site, inside
from digest.problems import Problem
from digest.website.hosts import HOSTS, NO_LIMITS, Limits

FRAME = '<!DOCTYPE html><html lang="en"><title>T</title><body>{}</body></html>'


def checked(
    folder: Path, files: dict[str, str], base_url: str = "", limits: Limits = NO_LIMITS
) -> list[tuple[str, str]]:
    """Path and message of what is wrong with a site of `files`."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(FRAME.format(text) if name.endswith(".html") else text)
    found = check_site(folder, base_url, limits, (), 1, lambda _done, _total: None)
    assert all(isinstance(problem, Problem) and problem.hint for problem in found.problems)
    assert found.files == len(files)
    return [(problem.path, problem.message) for problem in found.problems]


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        ("b.html", "tags/a.html", ("tags/b.html", "")),
        ("../index.html#x%20y", "tags/a.html", ("index.html", "x y")),
        ("#here", "tags/a.html", ("tags/a.html", "here")),
        ("?q=1", "search.html", ("search.html", "")),
        ("../../up.html", "tags/a.html", ("../up.html", "")),
        ("/d/a.html", "tags/a.html", ("a.html", "")),
        ("/elsewhere/a.html", "tags/a.html", None),
        ("https://example.org/d/a.html#b", "tags/a.html", ("a.html", "b")),
        ("https://example.org/d/", "tags/a.html", ("index.html", "")),
        ("https://example.com/", "tags/a.html", None),
        ("mailto:a@example.org", "tags/a.html", None),
        ("//example.com/a.html", "tags/a.html", None),
        ("tags/", "index.html", ("tags/", "")),
    ],
)
def test_where_an_address_leads(target: str, page: str, expected: tuple[str, str] | None) -> None:
    """To a file of the site, or out of it."""
    assert inside(target, page, "https://example.org/d/") == expected


def test_sound_links_are_passed_over(tmp_path: Path) -> None:
    """Pages, their parts, other files, signs that are quoted, and what scripts read."""
    files = {
        "index.html": '<a href="tags/a%20b.html#c">x</a><a href="feed.xml">f</a>'
        '<a href="search.html#anything">s</a><a href="https://example.com/none">e</a>',
        "tags/a b.html": '<p id="c"><a href="../index.html">up</a>',
        "search.html": "",
        "feed.xml": "<feed/>",
    }
    assert checked(tmp_path, files) == []


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    """To no file, to no part of a file, to a folder, out of the site."""
    files = {
        "index.html": '<a href="gone.html">x</a><a href="tags/a.html#no">x</a>'
        '<a href="tags/">x</a><a href="../secret.html">x</a>',
        "tags/a.html": "",
        "tags/index.html": "",
    }
    assert sorted(message for _, message in checked(tmp_path, files)) == [
        "a link leads nowhere: tags/a.html has no #no",
        "a link leads nowhere: there is no gone.html",
        "a link leads out of the site: ../secret.html",
        "a link leads to a folder: tags/",
    ]


def test_what_other_systems_and_hosts_cannot_take(tmp_path: Path) -> None:
    """Names that differ in case alone; more files than the host allows."""
    few = HOSTS["vercel"]._replace(files=1)
    messages = [message for _, message in checked(tmp_path, {"a.xml": "", "A.xml": ""}, "", few)]
    if len(messages) < 2:
        pytest.skip("this file system takes the two names for one")
    assert messages == [
        "the site has 2 files, but Vercel takes 1",
        "differs from a.xml in upper and lower case alone",
    ]


def test_a_page_that_is_no_text(tmp_path: Path) -> None:
    """It is named, and the rest is looked at."""
    (tmp_path / "bad.html").write_bytes(b"\xff\xfe\xfa")
    found = check_site(tmp_path, "", NO_LIMITS, (), 1, lambda _done, _total: None)
    assert [problem.path for problem in found.problems] == ["bad.html"]
