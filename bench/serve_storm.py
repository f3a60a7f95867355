"""Whether the preview sees everything that happens to files, and stays small.

    python bench/serve_storm.py [editors] [bursts] [storm] [soak] [--minutes 10]

`editors` saves in the twelve ways of tests/serve/editors.py, fifty times each; `bursts` does 10,000
things to files at random; `storm` writes 40,000 files while the preview is stopped for 5 seconds;
`soak` edits, asks and listens for some minutes, and says what memory, threads and open files do
meanwhile. Each ends with a comparison with a clean build.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from common import ROOT, WORK, say_machine

sys.path.insert(0, str(ROOT))
from digest.build import build
from digest.config import load_config
from digest.problems import DigestError
from tests.serve.editors import WAYS
from tests.serve.process import PAPER, Serving
from tests.serve.talk import get

PREVIEW = ".digest/preview"
WITHOUT = ("related", "trends", "phrases", "inferred-tags")


@contextmanager
def previewing(papers: int) -> Iterator[Serving]:
    """`digest serve` with `papers` files."""
    root = WORK / "serve-hard"
    shutil.rmtree(root, ignore_errors=True)
    for number in range(papers):
        path = root / "content" / f"{number % 7}" / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = PAPER.format(f"thing number {number}")
        # An address that stays whatever the text says.
        text = text.replace("date:", f"doi: 10.5555/thing-{number}\ndate:", 1)
        path.write_text(text, "utf-8")
    # What is measured is whether changes are seen, not what it takes to build.
    (root / "digest.yaml").write_text(f"without: [{', '.join(WITHOUT)}]\n", "utf-8")
    one = Serving(root, "--port", "0")
    try:
        assert one.port
        yield one
    finally:
        one.stop(signal.SIGINT)


def builds(one: Serving) -> int:
    """How many there were."""
    return one.said.count(" changed in ") + one.said.count("no new site")


def is_as_clean(one: Serving) -> bool:
    """Whether the preview's site is that of a clean build."""
    config = load_config(one.root / "digest.yaml", {"output": "clean"})
    shutil.rmtree(one.root / "clean", ignore_errors=True)
    give_up = time.monotonic() + 120
    while True:
        try:
            build(one.root, config, jobs=2)
            break
        except DigestError:  # the preview still builds: two of one digest keep apart
            if time.monotonic() > give_up:
                raise
            time.sleep(0.5)
    return _tree(one.root / "clean") == _tree(one.root / PREVIEW)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def wait_quiet(one: Serving, seconds: float = 1.5, within: float = 300) -> float:
    """Seconds until the last build of those to come; there were none for `seconds` after it."""
    started = last = time.monotonic()
    count = builds(one)
    while time.monotonic() - last < seconds and time.monotonic() - started < within:
        time.sleep(0.02)
        if builds(one) != count:
            count, last = builds(one), time.monotonic()
    return last - started


def measure_editors(times: int = 50) -> None:
    """Twelve ways to save, each many times: was each seen, and no file of the editor's own?"""
    with previewing(20) as one:
        port, path = one.port, one.root / "content" / "3" / "3.md"
        address = "/papers/doi-10.5555-thing-3.html"
        text, seen, stray = path.read_text("utf-8"), Counter(), 0
        for way in WAYS:
            for number in range(times):
                mark = f"Saved as {way.__name__} {number}."
                way(path, f"{text}\n{mark}\n")
                until = time.monotonic() + 10
                while time.monotonic() < until:
                    answer = get(port, address)
                    if mark.encode() in answer.body:
                        seen[way.__name__] += 1
                        break
                    time.sleep(0.01)
        wait_quiet(one)
        stray = sum(any(word in file.name for word in ("4913", "sedxyz", "jb-tmp"))
                    for file in (one.root / PREVIEW).rglob("*"))  # fmt: skip
        print(f"{sum(seen.values())} of {len(WAYS) * times} savings were seen; {stray} pages of "
              f"editors' own files; as a clean build: {is_as_clean(one)}", flush=True)  # fmt: skip


def _act(root: Path, chance: random.Random, number: int) -> None:
    """One thing that may happen to a file."""
    files = sorted(root.rglob("*.md"))
    path = chance.choice(files) if files else root / "0.md"
    match chance.randrange(7):
        case 0:
            fresh = root / str(chance.randrange(9)) / f"new-{number}.md"
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(PAPER.format(f"new thing {number}"), "utf-8")
        case 1 if len(files) > 60:
            path.unlink()
        case 2:
            path.replace(path.with_name(f"moved-{number}.md"))
        case 3:
            chance.choice(WAYS[:6])(path, PAPER.format(f"saved thing {number}"))
        case 4 if path.parent != root:
            path.parent.replace(path.parent.with_name(f"folder-{number}"))
        case _:
            path.write_text(PAPER.format(f"changed thing {number}"), "utf-8")


def measure_bursts(events: int = 10_000) -> None:
    """Random acts in bursts of 1 to 400, with pauses."""
    chance = random.Random(9)
    with previewing(100) as one:
        before, done = _memory(one), 0
        while done < events:
            for _ in range(min(chance.choice((1, 5, 40, 400)), events - done)):
                _act(one.root / "content", chance, done)
                done += 1
            time.sleep(chance.random() * 0.5)
        took = wait_quiet(one)
        print(f"{events:,} events: {builds(one)} rebuilds, quiet {took:.1f} s after the last; as a "
              f"clean build: {is_as_clean(one)}; memory {sum(before):.0f} -> "
            f"{sum(_memory(one)):.0f} MiB",
              flush=True)  # fmt: skip


def measure_storm(files: int = 40_000) -> None:
    """Many files written, renamed and deleted, while the preview cannot listen for 5 seconds."""
    with previewing(100) as one:
        content, count = one.root / "content", builds(one)
        os.kill(one.process.pid, signal.SIGSTOP)
        wake = threading.Timer(5, os.kill, (one.process.pid, signal.SIGCONT))
        wake.start()
        started = time.monotonic()
        for number in range(files):
            folder = content / "storm" / str(number % 200)
            if number < 200:
                folder.mkdir(parents=True)
            path = folder / f"{number % 400}.md"
            (folder / f".{number}.tmp").write_text(PAPER.format(f"storm {number}"), "utf-8")
            (folder / f".{number}.tmp").replace(path)
            if number % 400 > 20:
                path.unlink()
        wrote = time.monotonic() - started
        wake.join()
        took = wait_quiet(one, 3)
        print(f"{files:,} files in {wrote:.1f} s, the first 5 s unheard: quiet {took:.1f} s after "
              f"it, {builds(one) - count} rebuilds; as a clean build: {is_as_clean(one)}",
              flush=True)  # fmt: skip


def measure_soak(minutes: float = 10) -> None:
    """Edits without end, pages asked for, listeners that come and go."""
    chance = random.Random(10)
    with previewing(60) as one:
        port, until, done, figures = one.port, time.monotonic() + 60 * minutes, 0, []
        token = (
            get(port, "/", Accept="text/html").body.split(b"client.js?")[1].split(b'"')[0].decode()
        )
        while time.monotonic() < until:
            for _ in range(chance.randrange(1, 20)):
                _act(one.root / "content", chance, done)
                done += 1
            with ExitStack() as stack:
                for _ in range(10):
                    get(port, chance.choice(("/", "/none", "/tags/", "/_preview", "/%00")))
                    live = stack.enter_context(socket.create_connection(("127.0.0.1", port), 10))
                    live.sendall(f"GET /_preview/events?token={token}&path=/&since=0 HTTP/1.1\r\n"
                                 f"Host: localhost:{port}\r\n\r\n".encode())  # fmt: skip
                time.sleep(0.2)
            figures.append(
                (*_memory(one), *_handles(one), len([*one.root.glob("content/**/*.md")]))
            )
        tenth = max(1, len(figures) // 10)
        print(
            f"{minutes} minutes, {done:,} acts, {builds(one):,} rebuilds; MiB of the server and of "
            "the builder, threads, open files, sources:"
        )
        for at in range(0, len(figures), tenth):
            part = figures[at : at + tenth]
            print(
                "   ", *(f"{statistics.median(column):.0f}" for column in zip(*part, strict=True))
            )
        wait_quiet(one)
        print(f"as a clean build: {is_as_clean(one)}", flush=True)


def _family(one: Serving) -> list[int]:
    found = [one.process.pid]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):  # a thread that ended meanwhile
                found += map(int, (task / "children").read_text().split())
    return found


def _memory(one: Serving) -> tuple[float, ...]:
    """MiB of the server, and of the process that builds."""
    found = []
    for pid in _family(one)[:2]:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
        found.append(next(int(x.split()[1]) for x in lines if x.startswith("Pss:")) / 1024)
    return tuple(found)


def _handles(one: Serving) -> tuple[int, int]:
    here = Path(f"/proc/{one.process.pid}")
    return len(list((here / "task").iterdir())), len(list((here / "fd").iterdir()))


PARTS: dict[str, Callable[[], None]] = {
    "editors": measure_editors,
    "bursts": measure_bursts,
    "storm": measure_storm,
}


def main() -> None:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join([*PARTS, "soak"]))
    parser.add_argument("--minutes", type=float, default=10, help="of soaking")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - {*PARTS, "soak"}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    say_machine()
    for name, part in PARTS.items():
        if not chosen.parts or name in chosen.parts:
            print(f"\n### {name}\n", flush=True)
            part()
    if not chosen.parts or "soak" in chosen.parts:
        print("\n### soak\n", flush=True)
        measure_soak(chosen.minutes)


if __name__ == "__main__":
    main()
