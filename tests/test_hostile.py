"""Whatever stands in a source, the site stays whole: hostile strings in every field of a paper."""

from __future__ import annotations

import json
import lzma
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from digest.build import build
from digest.config import Config
from digest.paper import Link, Record, Sighting, Source
from digest.readers import FileReading, read_file
from digest.readers.parts import Part
from digest.readers.reading import NOTHING
from digest.website.output import files_below
from tests.website.pages_html import parse

OWN = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "../../../etc/passwd",
    "CON",
    "..",
    "",
    "\x00\x1b[31m\u202eabc\u2066",
    "\ud800 lone",
    "$\\href{javascript:alert(1)}{x}$",
    "\\url{data:text/html,<script>alert(1)</script>}",
    "]]>&entity;<!--",
    "a" * 5000,
    "${\\sqrt" * 200,
    "\u0301\u0301 combining",
    "=cmd|' /C calc'!A0",
    "% \\end{document} }{",
]


def records(strings: list[str]) -> list[Record]:
    return [
        Record(
            span=(0, 9),
            title=f"{text} {n}",
            abstract=f"We present {text} and nothing else, {n}.",
            authors=(text or "x", f"A {text}"),
            comment=text,
            journal_ref=text,
            venue=text,
            doi=text if n % 3 == 0 else None,
            tags=(text,),
            published="2020-01-01",
            links=(Link("code", text), Link("other", f"https://a.example/{text}")),
        )
        for n, text in enumerate(strings)
    ]


def check(site: Path) -> None:
    """Every page is well made and holds nothing that runs; feeds and data parse."""
    for name in files_below(site):
        if name.endswith(".woff2"):
            continue
        text = (site / name).read_text("utf-8")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]", text), name
        if name.endswith(".html"):
            page = parse(text)
            assert not page.faults, f"{name}: {page.faults[:3]}"
            assert page.tags["script"] <= (4 if name.startswith("papers/") else 3), name
            assert not {"iframe", "object", "embed", "style"} & page.tags.keys(), name
            for link in page.links:
                assert not re.match(r"\s*(?:javascript|data|vbscript|file):", link, re.I), name
        elif name.endswith(".xml"):
            ET.fromstring(text)
        elif name.endswith(".json"):
            json.loads(text)
        elif name.endswith(".jsonl"):
            for line in text.splitlines():
                json.loads(line)


def make(root: Path, strings: list[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of papers whose every field is hostile, as if a reader had found them."""
    (root / "content").mkdir()
    (root / "content" / "a.txt").write_text("x")

    def reading(_path: Path, name: str, **_: object) -> list[Part]:
        found = tuple(Sighting(r, Source(name, "titles", 0, 9, 1, 1)) for r in records(strings))
        return [Part(FileReading(name, "titles", "utf-8", 1, found), "x", NOTHING)]

    monkeypatch.setattr("digest.intake.read_parts", reading)
    report = build(root, Config(base_url="https://example.org"), jobs=1)
    assert not [p for p in report.problems if "template" in p.message], report.problems[:3]
    return root / "site"


def test_hostile_fields_cannot_break_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Markup, schemes, templates, controls, long and broken text in every field."""
    site = make(tmp_path, OWN, monkeypatch)
    check(site)
    assert not (tmp_path / "etc").exists()


def test_collections_of_attacks_cannot_break_the_site(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sample of each public collection of attack strings."""
    with lzma.open(shared / "hostile/strings-clean.jsonl.xz", "rt", encoding="utf-8") as lines:
        strings = [json.loads(line)["s"] for number, line in enumerate(lines) if number % 140 == 0]
    check(make(tmp_path, strings, monkeypatch))


def test_hostile_files_are_read_calmly(shared: Path) -> None:
    """Thousands of broken files of every kind: an account of each, and never an exception."""
    files = [p for p in sorted((shared / "hostile").rglob("*")) if p.is_file()]
    for path in files[::4]:
        reading = read_file(path, path.name)
        assert reading.sightings or reading.problems or reading.unread or not reading.characters
