"""Files of the site: found below its folder and nowhere else, also while it is swapped."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from digest.serve import files
from digest.serve.files import Found, IsFolder, find
from digest.website.media import media_type


def read(site: Path, *parts: str) -> bytes | None:
    found = find(site, parts)
    if not isinstance(found, Found):
        return None
    with found.file:
        return found.file.read()


@pytest.mark.parametrize("stepwise", [True, False])
def test_links_are_not_followed(
    site: Path, stepwise: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither out of the site nor within it, neither as a file nor on the way to one."""
    monkeypatch.setattr(files, "_STEPWISE", stepwise)
    assert read(site, "papers", "one.html")
    assert read(site, "link.txt") is None
    assert read(site, "linked", "secret.txt") is None
    assert read(site, "papers", "inner.html") is None
    assert isinstance(find(site, ("papers",)), IsFolder)
    assert find(site, ("papers", "none.html")) is None
    assert find(site, ("x" * 300,)) is None


def test_what_is_no_file_is_not_there(site: Path) -> None:
    """A pipe would keep whoever opens it waiting."""
    os.mkfifo(site / "pipe")
    assert find(site, ("pipe",)) is None


def test_no_descriptor_is_left_open(site: Path) -> None:
    """Whatever was asked for, found or not."""

    def count() -> int:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    before = count()
    for _ in range(20):
        for parts in (("papers",), ("papers", "x"), ("index.html", "x"), ("link.txt",), ("a", "b")):
            find(site, parts)
        read(site, "index.html")
    assert count() == before


def test_a_site_that_is_swapped_is_never_missing(site: Path) -> None:
    """A build may put a whole new folder in place of the old one at any moment."""
    stop = threading.Event()
    other, old = site.with_name("new"), site.with_name("old")
    other.mkdir()
    (other / "papers").mkdir()
    (other / "papers" / "one.html").write_text("new")

    def swap() -> None:
        while not stop.is_set():
            site.rename(old)
            other.rename(site)
            old.rename(other)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        missed = sum(read(site, "papers", "one.html") is None for _ in range(2_000))
    finally:
        stop.set()
        thread.join()
    assert missed == 0


def test_types_are_said_with_their_encoding() -> None:
    """Text in UTF-8 is not left for browsers to guess."""
    assert media_type("a.html") == "text/html; charset=utf-8"
    assert media_type("A.CSS") == "text/css; charset=utf-8"
    assert media_type("x.png") == "image/png"
    assert media_type("x.unknown") == media_type("none") == "application/octet-stream"
