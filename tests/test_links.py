"""Links are found as written, get a kind, and become addresses or nothing."""

from __future__ import annotations

import pytest

from digest.links import canonical_link, find_links
from digest.paper import Link
from tests.watchdog import ends


def urls(text: str) -> list[str]:
    return [link.url for link in find_links(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code: https://github.com/a/b.", ["https://github.com/a/b"]),
        ("See https://github.com/a/CHASE .", ["https://github.com/a/CHASE"]),
        ("Project page: splats.github.io.", ["splats.github.io"]),
        (r"at \url{git@github.com:a/B.git}.", ["git@github.com:a/B.git"]),
        (r"\href{https://x.org/a_b}{our page} is up", ["https://x.org/a_b"]),
        ("(http://lab.example.org/w )", ["http://lab.example.org/w"]),
        ("(see http://x.org/a_(b))", ["http://x.org/a_(b)"]),
        ("www.example.com/data, and", ["www.example.com/data"]),
        ("on github.com/a/b and huggingface.co/c/d;", ["github.com/a/b", "huggingface.co/c/d"]),
        (r"http://www.x.edu/\~{}bob/a\_b", ["http://www.x.edu/~bob/a_b"]),
        ("https://a.org/x\nwrapped", ["https://a.org/x"]),
        ("https://a.org/xhttps://b.org/y", ["https://a.org/x", "https://b.org/y"]),
        ("e.g. Node.js, U.S. et al.In 3.5/4 of i.e./or and/or v1.0/v2.0", []),
        ("as in arXiv:2002.09102 and R/R*", []),
        ("mail bob@example.com/ now", []),
        # A host alone counts only where the words before it announce an address.
        ("Project page: moth-atlas.com.", ["moth-atlas.com"]),
        ("The website is sites.tides.ac.uk.", ["sites.tides.ac.uk"]),
        ("Code is available from cran.gulls.org.", ["cran.gulls.org"]),
        ("see scikit-moth.org, our demo (demo.moth.io)", ["scikit-moth.org", "demo.moth.io"]),
        ("We compare Amazon.com and Booking.com", []),
        ("See e.g.this, Fig.it, Eq.no, v2.The; code: main.py, data.csv, utils.cc", []),
        ("figures by anonymous ftp at moth.tides.edu", []),
        ("https://a.org/b.We show that", ["https://a.org/b"]),
        ("https://a.org/index.html and", ["https://a.org/index.html"]),
        ("https://a.org/b…", ["https://a.org/b"]),
    ],
)
def test_links_as_written(text: str, expected: list[str]) -> None:
    """Without TeX wrapper and closing punctuation; nothing is taken for a host that is none."""
    assert urls(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://github.com/a/b", "code"),
        ("https://gitlab.inria.fr/a/b", "code"),
        ("https://a.github.io/p", "project"),
        ("https://zenodo.org/record/1", "data"),
        ("https://huggingface.co/datasets/a", "data"),
        ("https://huggingface.co/spaces/a", "demo"),
        ("https://youtu.be/x", "video"),
        ("https://arxiv.org/abs/2309.04669", "paper"),
        ("https://x.org/a.pdf", "pdf"),
        ("The dataset is at https://x.org/a", "data"),
        ("Our source code: https://x.org/a", "code"),
        ("Project page: https://x.org/a", "project"),
        ("https://x.org/a", "other"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    """Host and path decide, then the words before."""
    assert find_links(text)[0].kind == kind


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("git@github.com:a/b.git", "https://github.com/a/b"),
        ("splats.github.io", "https://splats.github.io"),
        ("www.x.org:8080/a?b=c#d", "https://www.x.org:8080/a?b=c#d"),
        ("HTTP://X.org/A", "http://x.org/A"),
        ("javascript:alert(1)", None),
        ("java\tscript://x.org/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("ftp://x.org/a", None),
        ("https://user:word@x.org/", None),
        ("https://localhost/", None),
        ("https://127.0.0.1/", None),
        ("https://x..org/", None),
        ("https://x.org:99999/", None),
        ("https://[::1", None),
        ("https://x.org/\u202egnp.exe", None),
        ("https://" + "a" * 70 + ".org/", None),
        ("", None),
    ],
)
def test_only_fit_addresses_reach_a_page(url: str, address: str | None) -> None:
    """Absolute http and https addresses with a real host; all else is refused."""
    link = canonical_link(Link("other", url))
    assert (link.url if link else None) == address


@pytest.mark.parametrize(
    "unit", ["http://", "www.a.", "a.b/", r"\url{", "a-", "git@", "(", "\\~{}"]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """200 KB of the worst are searched within a second."""
    with ends():
        find_links(unit * (200_000 // len(unit)))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://example.org/",
        "http://a-b.example.org//x/~y/%20+z.pdf",
        "https://example.org/a.b/../c",
        "https://1.example.org/x",
    ],
)
def test_plain_addresses_stay_as_they_are(url: str) -> None:
    """The short way of plain addresses leads where the long one does: a blank before forces it."""
    link = Link("other", url)
    assert canonical_link(link) == link == canonical_link(Link("other", f" {url}"))


@pytest.mark.parametrize("url", ["https://1.2.3.4/x", "https://Example.org", "https://a-.org"])
def test_numbers_and_capitals_are_not_taken_as_they_are(url: str) -> None:
    """What only looks plain is looked at closely."""
    assert canonical_link(Link("other", url)) != Link("other", url)
