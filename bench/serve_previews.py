"""The previews that `serve.py` measures: the same papers laid out for each, and their processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

from build import digest_command
from common import ROOT, WORK, block, in_files, load_corpus
from rivals import Installed, install, load_export, set_up

SLOWEST_START = 1200.0
SLOWEST_REST = 600.0
SLOWEST_END = 20.0
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


class TooLateError(Exception):
    """A preview did not do in time what was waited for, or failed; says what that was."""


class Preview(NamedTuple):
    """A preview that is to be measured."""

    name: str
    command: Sequence[str]
    folder: Path
    address: str
    """Of the page that shows the paper."""
    change: Callable[[int], None]
    """Add the sentence of one revision to the paper."""


def previews(
    count: int, layouts: Sequence[str], without: Sequence[str], names: Sequence[str]
) -> list[Preview]:
    """Those to be measured with `count` papers: digest in each of `layouts`, and the rivals."""
    papers = list(load_corpus(count))
    digest = [str(part) for part in digest_command()]
    page = f"papers/arxiv-{papers[count // 2]['arxiv'].replace('/', '-')}.html"
    found = []
    for layout in layouts:
        port, folder = _free_port(), WORK / f"serve-{count}-{layout}"
        change = LAYOUTS[layout](papers, folder)
        settings = f"without: [{', '.join(without)}]\n" if without else ""
        (folder / "digest.yaml").write_text(settings, "utf-8")
        command = [*digest, "serve", "--port", str(port), "--quiet"]
        address = f"http://127.0.0.1:{port}/{page}"
        found.append(Preview(f"digest, {layout}", command, folder, address, change))
    rivals = install(tuple(names)) if names else {}
    return [*found, *(_rivals(digest, found[0].folder, rivals) if rivals else ())]


def _rivals(digest: Sequence[str], source: Path, rivals: Installed) -> Iterator[Preview]:
    # Before any preview runs: two builds of one digest keep out of each other's way.
    subprocess.run(
        [*digest, "build", "--quiet", "--output", "export"],
        cwd=source, check=True, env=_ENVIRONMENT, timeout=SLOWEST_START,
    )  # fmt: skip
    export = load_export(source / "export")
    slug = export[len(export) // 2].slug
    for name, command in rivals.items():
        port = str(_free_port())
        rival = set_up(name, command, export, Path(f"{source}-{name}"))
        more = {
            "hugo": ["server", "--port", port, "--bind", "127.0.0.1"],
            "eleventy": ["--serve", "--incremental", f"--port={port}", "--quiet"],
        }[name]
        if name == "eleventy":
            _let_eleventy_watch(rival.folder)
        address = f"http://127.0.0.1:{port}/papers/{slug}.html"
        change = _numbered(name, rival, slug)
        yield Preview(rival.name, [*map(str, command), *more], rival.folder, address, change)


def _let_eleventy_watch(folder: Path) -> None:
    """Its data are read by a script of ours, so it does not know by itself that it must watch
    them: an edit would never be shown."""
    settings = folder / "eleventy.config.js"
    text, place = settings.read_text("utf-8"), "  config.setQuietMode(true);\n"
    if place not in text:
        raise RuntimeError(f"{settings} is not as expected")
    watch = '  config.addWatchTarget("./papers.json");\n'
    settings.write_text(text.replace(place, place + watch), "utf-8")


def _numbered(name: str, rival: Any, slug: str) -> Callable[[int], None]:
    """Change as digest's papers are: the sentence with its own number, once."""
    path = rival.folder / ("papers.json" if name == "eleventy" else f"content/papers/{slug}.md")
    whole = path.read_text("utf-8")
    rival.change(0)
    mark = "Revision 0."
    text = path.read_text("utf-8")
    path.write_text(whole, "utf-8")
    if mark not in text:
        raise RuntimeError(f"{rival.name} does not say its revision as expected")
    return lambda number: replace(path, text.replace(mark, f"This is revision {number}."))


def in_markdown(papers: Sequence[dict[str, Any]], folder: Path) -> Callable[[int], None]:
    """One file a paper; the change is to the one in the middle."""
    content = fresh(folder)
    for number, paper in enumerate(papers):
        fields = {
            "title": paper["title"],
            "arxiv": paper["arxiv"],
            "date": paper["date"],
            "authors": paper["authors"][:20],
        }
        # JSON is YAML, whatever a title holds: an error would lay itself over every page.
        head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
        path = content / f"{number // 1000:03}" / f"{number:06}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{head}---\n\n{paper['abstract']}\n", "utf-8")
    middle = len(papers) // 2
    path = content / f"{middle // 1000:03}" / f"{middle:06}.md"
    whole = path.read_text("utf-8")
    return lambda number: replace(path, f"{whole.rstrip()} This is revision {number}.\n")


def in_listings(papers: Sequence[dict[str, Any]], folder: Path) -> Callable[[int], None]:
    """Listings of 500; the change is to the same paper."""
    content = fresh(folder)
    middle = papers[len(papers) // 2]
    for number, chunk in enumerate(in_files(papers), 1):
        path = content / f"listing-{number:03}.txt"
        path.write_text("\n\n".join(map(block, chunk)) + "\n", "utf-8")
        if middle in chunk:
            edited, text = path, path.read_text("utf-8")
    before, after = text.split(middle["abstract"], 1)
    return lambda number: replace(
        edited, f"{before}{middle['abstract']} This is revision {number}.{after}"
    )


LAYOUTS = {"files": in_markdown, "listings": in_listings}


def replace(path: Path, text: str) -> None:
    """Save as most editors do."""
    new = path.with_name(f".{path.name}.tmp")
    new.write_text(text, "utf-8")
    new.replace(path)


def fresh(folder: Path) -> Path:
    """The content folder of a new digest."""
    if folder.exists():
        # Moved, not deleted: that makes files slow for a while.
        trash = WORK / "trash"
        trash.mkdir(exist_ok=True)
        shutil.move(folder, trash / f"{time.time_ns()}-{folder.name}")
    (folder / "content").mkdir(parents=True)
    return folder / "content"


@contextmanager
def running(preview: Preview) -> Iterator[tuple[float, int]]:
    """The preview, up and answering; seconds until it was, and its process.

    Raises TooLateError where it does not answer. Nothing that it started outlives it.
    """
    started = time.monotonic()
    log = preview.folder / "preview.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            preview.command, cwd=preview.folder, stdout=sink, stderr=sink,
            stdin=subprocess.DEVNULL, start_new_session=True, env=_ENVIRONMENT,
        )  # fmt: skip
    try:
        while not _answers(preview.address):
            late = time.monotonic() - started > SLOWEST_START
            if late or process.poll() is not None:
                words = log.read_text("utf-8", "replace")[-800:]
                what = f"no answer within {SLOWEST_START:.0f} s" if late else "ended by itself"
                raise TooLateError(f"{what}: {words}")
            time.sleep(0.1)
        yield time.monotonic() - started, process.pid
    finally:
        _end(process)


def _answers(address: str) -> bool:
    try:
        urlopen(address, timeout=10).close()
    except HTTPError as error:
        raise TooLateError(f"{address}: {error}") from None
    except OSError:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    # Their numbers first: a child may have a session of its own, which its parent's end orphans.
    members = _family(process.pid)
    for number in (signal.SIGINT, signal.SIGKILL):
        with suppress(OSError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(SLOWEST_END)
    for member, began in members.items():
        # Not another that has got the number since.
        if began and _began(member) == began:
            with suppress(OSError):
                os.kill(member, signal.SIGKILL)


def wait_idle(pid: int) -> None:
    """Until the process and its children have done nothing for half a second.

    Raises TooLateError.
    """
    give_up = time.monotonic() + SLOWEST_REST
    still, last = 0, -1.0
    while still < 5:
        if time.monotonic() > give_up:
            raise TooLateError(f"still busy {SLOWEST_REST:.0f} s after an edit")
        time.sleep(0.1)
        used = sum(_cpu(member) for member in _family(pid))
        still = still + 1 if used - last < 0.02 else 0
        last = used


def _family(pid: int) -> dict[int, str]:
    """The process and all below it, each with when it began."""
    found = [pid]
    for member in found:
        with suppress(OSError):
            for task in Path(f"/proc/{member}/task").iterdir():
                found += map(int, (task / "children").read_text("utf-8").split())
    return {member: _began(member) for member in found}


def _stat(pid: int) -> list[str]:
    """Fields of the kernel's account of a process, from its state on; see proc(5)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _began(pid: int) -> str:
    return "".join(_stat(pid)[19:20])


def _cpu(pid: int) -> float:
    return sum(map(int, _stat(pid)[11:13])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
