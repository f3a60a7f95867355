"""Sites of the same papers, each made by another tool, ready to be built and edited.

The rivals' sites are made by the scripts of ../shared/peers, in `.bench/peers`, from the real
papers there; digest gets the same records as one file of JSON Lines, or as a folder of small
Markdown files. A site is set up once and kept: what edits leave in it hurts nobody.
"""

from __future__ import annotations

import functools
import json
import lzma
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common import CORPUS, ROOT, SHARED, WORK, Contestant
from rivals import VENV, install
from watch import Expected

from digest.catalogue.slugs import eprint_slug

PEERS = SHARED / "peers"
PLACE = WORK / "peers"
THEME = ROOT / "bench/themes/peers"
REAL = 100_000
"""Papers of the corpus; more are made of their parts."""
PHASES = ("cold", "no change", "one change")
_PYTHON = VENV / "bin/python"
_SAYING = ("--quiet", "--json", "--profile")
_PLAIN = re.compile(r"[A-Za-z ]{40}")
_MARK = 40
"""Characters of an abstract that an edit replaces."""


@dataclass(frozen=True)
class Entrant:
    """A tool with its site, and what is measured of it."""

    contestant: Contestant
    phases: tuple[str, ...] = PHASES
    ready: Callable[[], None] = lambda: None
    """Called before each cold run."""
    edit: Callable[[], Expected] | None = None
    """Change one paper; returns where that will show."""


def have_tools(names: set[str]) -> dict[str, Path]:
    """Install what `names` need into `.bench/`; commands by name. Says what cannot be had."""
    wanted = [tool for tool in ("hugo", "eleventy") if any(tool in n.lower() for n in names)]
    found = install(tuple(wanted))
    tools = {name: Path(parts[-1]) for name, parts in found.items()}
    if not _PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    packages = {"orjson": "orjson"}
    if any("Pagefind" in name for name in names):
        packages["pagefind_bin"] = "pagefind[bin]"
    for folder, package in packages.items():
        if any(VENV.glob(f"lib/python*/site-packages/{folder}")):
            continue
        pip = [str(_PYTHON), "-m", "pip", "install", "--quiet", package]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"pip cannot install {package}: {done.stderr.strip()[-200:]}", flush=True)
    for path in VENV.glob("lib/python*/site-packages/pagefind_bin/pagefind"):
        tools["pagefind"] = path
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler:
        program = WORK / "floor"
        subprocess.run([compiler, "-O2", "-o", program, ROOT / "bench/floor.c"], check=True)
        tools["floor"] = program
    return tools


def _script(name: str, *arguments: object) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        [_PYTHON.absolute(), (PEERS / name).resolve(), *map(str, arguments)],
        cwd=PLACE,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def have_data(count: int) -> None:
    """The first `count` papers of the corpus in the order of their names' hashes, for everybody."""
    if (PLACE / f"data/{count}/papers.jsonl").exists():
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    source = PLACE / ("papers.jsonl" if count <= REAL else f"papers-{count}.jsonl")
    if not source.exists():
        if count <= REAL:
            with lzma.open(CORPUS, "rb") as packed, source.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
        else:
            tool = SHARED / "tools/expand_corpus.py"
            with source.open("wb") as plain:
                subprocess.run([sys.executable, tool, str(count)], stdout=plain, check=True)
    _script("prep.py", source.resolve(), count)


def _set_up(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of a site; made where it is not yet, and marked when it is complete."""
    folder = PLACE / "sites" / name
    if not (folder / ".ok").exists():
        make(folder)
        (folder / ".ok").touch()
    return folder


@functools.cache
def _candidates(count: int) -> list[dict[str, Any]]:
    """Papers whose abstracts begin with plain words, from the middle of the file on."""
    with (PLACE / f"data/{count}/papers.jsonl").open("rb") as lines:
        papers = [json.loads(line) for number, line in enumerate(lines) if number >= count // 2]
    return [paper for paper in papers if _PLAIN.match(paper["abstract"])][:500]


def _editor(
    count: int, folder: Path, file: Callable[[str], str], page: Callable[[dict[str, Any]], str]
) -> Callable[[], Expected]:
    """Edits that replace the first words of another paper's abstract each time, in place.

    `file` names the source of a paper by its slug, `page` its page, both below `folder`.
    """

    def edit() -> Expected:
        counter = folder / ".edits"
        number = int(counter.read_text("utf-8")) if counter.exists() else 0
        counter.write_text(str(number + 1), "utf-8")
        paper = _candidates(count)[number]
        source = folder / file(paper["slug"])
        text = source.read_bytes()
        at = max(0, text.find(f'"slug":"{paper["slug"]}"'.encode()))
        at = text.index(paper["abstract"][:_MARK].encode(), at)
        mark = f"Revision {number} ".ljust(_MARK, "z").encode()
        with source.open("r+b") as writable:
            writable.seek(at)
            writable.write(mark)
        return Expected(folder / page(paper), mark)

    return edit


def _our_page(output: str) -> Callable[[dict[str, Any]], str]:
    return lambda p: f"{output}/papers/{eprint_slug(p['id'].removeprefix('arXiv:'))}.html"


def digest_site(
    name: str, count: int, package: Path, *, same_pages: bool = False, small_files: bool = False
) -> Entrant:
    """digest's own site; with `same_pages` what the rivals make and nothing else."""

    def make(folder: Path) -> None:
        (folder / "content").mkdir(parents=True, exist_ok=True)
        _script("setup_digest.py", "x", count)
        made = PLACE / f"sites/digest-x-{count}"
        if small_files:
            with (made / "content/papers.jsonl").open("rb") as lines:
                for line in lines:
                    _small_file(folder / "content/papers", json.loads(line))
        else:
            shutil.copy(made / "content/papers.jsonl", folder / "content/papers.jsonl")
        shutil.rmtree(made)
        text = "title: Digest\nbase_url: https://example.org/\n"
        (folder / "digest.yaml").write_text(text, "utf-8")

    kind = ("same" if same_pages else "whole") + ("-files" if small_files else "")
    folder = _set_up(f"digest-{kind}-{count}", make)
    if same_pages:
        # Again each time: the theme may have changed since.
        shutil.copy(THEME / "digest.yaml", folder / "digest.yaml")
        shutil.copytree(THEME, folder / "templates", dirs_exist_ok=True)
    contestant = Contestant(
        name,
        (sys.executable, "-m", "digest", "build", *_SAYING, "--output", "out"),
        folder,
        ("out", ".digest"),
        environment={"PYTHONPATH": str(package.resolve())},
    )
    source = "content/papers/{}.md" if small_files else "content/papers.jsonl"
    return Entrant(contestant, edit=_editor(count, folder, source.format, _our_page("out")))


def _small_file(folder: Path, paper: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    head = {
        "title": paper["title"],
        "authors": paper["authors"],
        "date": paper["date"],
        "arxiv": paper["id"].removeprefix("arXiv:"),
        "doi": paper["doi"],
        "tags": paper["tags"],
    }
    # JSON's strings and lists are YAML's too.
    rows = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items() if value
    ]
    text = "\n".join(["---", *rows, "---", paper["abstract"], ""])
    (folder / f"{paper['slug']}.md").write_text(text, "utf-8")


def hugo_site(name: str, count: int, tools: dict[str, Path]) -> Entrant:
    """Hugo: from Markdown files or one JSON file, flat or not, alone or with Pagefind after it."""
    kind = "adapter" if "JSON" in name else "md"
    folder = _set_up(f"hugo-{kind}-{count}", lambda _folder: _script("setup_hugo.py", kind, count))
    build: tuple[str | Path, ...] = (tools["hugo"], "--quiet", "-d")
    environment: dict[str, str] = {}
    phases = PHASES
    output = "out"
    if "flat" in name:
        output, phases, environment = "out-flat", PHASES[:1], {"HUGO_UGLYURLS": "true"}
    command = (*build, output)
    if "Pagefind" in name:
        output, phases = "out-search", PHASES[:1]
        find = f"{tools['pagefind']} --site {output} --output-path {output}/pagefind"
        command = ("sh", "-c", f"{tools['hugo']} --quiet -d {output} && {find}")
    source = "assets/papers.json" if kind == "adapter" else "content/papers/{}.md"
    edit = _editor(
        count, folder, source.format, lambda paper: f"{output}/papers/{paper['slug']}/index.html"
    )
    contestant = Contestant(name, command, folder, (output, "resources"), environment=environment)
    return Entrant(contestant, phases, edit=edit)


def eleventy_site(name: str, count: int, tools: dict[str, Path]) -> Entrant:
    """Eleventy with JavaScript templates."""
    link = PLACE / "node24"
    if not link.exists():
        link.symlink_to(tools["eleventy"].parents[3])
    folder = _set_up(f"11ty-js-{count}", lambda _folder: _script("setup_11ty.py", "js", count))
    node = shutil.which("node") or "node"
    command = (node, "--max-old-space-size=16000", tools["eleventy"], "--quiet")
    edit = _editor(
        count,
        folder,
        lambda _slug: "papers.json",
        lambda paper: f"out/papers/{paper['slug']}/index.html",
    )
    return Entrant(Contestant(name, command, folder, ("out",)), edit=edit)


def floor(name: str, of: Entrant, tools: dict[str, Path]) -> Entrant:
    """Files of the same names and sizes as `of` has made, written with C by two processes."""
    site = of.contestant.output
    folder = PLACE / "sites" / f"floor-{of.contestant.folder.name}"
    folder.mkdir(parents=True, exist_ok=True)

    def ready() -> None:
        files = sorted(path for path in site.rglob("*") if path.is_file())
        rows = [f"{path.stat().st_size} {path.relative_to(site).as_posix()}\n" for path in files]
        (folder / "manifest").write_text("".join(rows), "utf-8")

    contestant = Contestant(name, (tools["floor"], "manifest", "out", "2"), folder, ("out",))
    return Entrant(contestant, PHASES[:1], ready)
