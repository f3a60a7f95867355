"""How long it takes from saving a file until the browser shows the page, beside other previews.

    python bench/serve.py [--papers 1000 10000] [--edits 50] [--rivals hugo eleventy]

Each preview serves the same papers, one file a paper (Eleventy: one file of data, which it reads
fastest), to a real Chromium that has the page of one paper open. A sentence is added to that paper;
the clock runs from before the file is written until the browser has drawn the page that shows it.
All previews run at once and are asked in turn, each once it has finished with the edit before.
digest is also measured with the papers in listings of 500, where an edit means reading 500 again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

from build import digest_command
from common import CORPUS, ROOT, WORK, block, in_files, load_corpus, say_machine
from playwright.sync_api import sync_playwright
from rivals import Installed, install, load_export, set_up

GOALS = {1_000: 0.120, 10_000: 0.250, 100_000: 0.600}
"""Seconds, by number of papers."""
PATIENCE = 120.0
WATCH = """
window.__seen = {};
new MutationObserver(() => {
  for (const found of (document.body?.textContent || "").matchAll(/This is revision (\\d+)\\./g)) {
    if (found[1] in window.__seen) continue;
    window.__seen[found[1]] = 0;
    requestAnimationFrame(() => {
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => {
        window.__seen[found[1]] = performance.timeOrigin + performance.now();
      };
      drawn.port2.postMessage(0);
    });
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Notes when a revision was drawn: the message comes after the frame."""


class Preview(NamedTuple):
    """A preview that is to be measured."""

    name: str
    command: Sequence[str]
    folder: Path
    address: str
    """Of the page that shows the paper."""
    change: Callable[[int], None]
    """Add the sentence of one revision to the paper."""


@contextmanager
def running(preview: Preview) -> Iterator[tuple[float, int]]:
    """The preview, up and answering; seconds until it was, and its process."""
    started = time.monotonic()
    with (preview.folder / "preview.log").open("wb") as log:
        process = subprocess.Popen(
            preview.command, cwd=preview.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    try:
        while True:
            try:
                urlopen(preview.address, timeout=PATIENCE).close()
                break
            except HTTPError as error:
                raise RuntimeError(f"{preview.address}: {error}") from None
            except OSError:
                if process.poll() is not None or time.monotonic() - started > 900:
                    words = (preview.folder / "preview.log").read_text("utf-8", "replace")
                    raise RuntimeError(f"{preview.name} does not answer: {words[-800:]}") from None
                time.sleep(0.1)
        yield time.monotonic() - started, process.pid
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def edit(preview: Preview, page: Any, number: int) -> float:
    """Seconds from saving revision `number` until it was drawn."""
    saved = time.time()
    preview.change(number)
    give_up = saved + PATIENCE
    while time.time() < give_up:
        try:
            drawn = page.evaluate(f"window.__seen[{number}] || 0")
        except Exception as error:
            if "navigat" not in str(error) and "context" not in str(error):
                raise
            drawn = 0
        if drawn:
            return float(drawn) / 1000 - saved
        time.sleep(0.004)
    return PATIENCE


def wait_idle(pid: int) -> None:
    """Until the process and its children have done nothing for half a second."""
    still, last = 0, -1.0
    while still < 5:
        time.sleep(0.1)
        used = _cpu(pid)
        still = still + 1 if used - last < 0.02 else 0
        last = used


def _cpu(pid: int) -> float:
    total, family = 0, [pid]
    for member in family:
        with suppress(OSError):
            words = Path(f"/proc/{member}/stat").read_text("utf-8").rpartition(")")[2].split()
            total += int(words[11]) + int(words[12])
            for task in Path(f"/proc/{member}/task").iterdir():
                family += map(int, (task / "children").read_text("utf-8").split())
    return total / os.sysconf("SC_CLK_TCK")


def in_markdown(papers: Sequence[dict[str, Any]], folder: Path) -> Callable[[int], None]:
    """One file a paper; the change is to the one in the middle."""
    content = fresh(folder)
    for number, paper in enumerate(papers):
        head = f"---\ntitle: {paper['title']!r}\narxiv: {paper['arxiv']!r}\ndate: {paper['date']}\n"
        head += "authors:\n" + "".join(f"  - {name!r}\n" for name in paper["authors"][:20])
        path = content / f"{number // 1000:03}" / f"{number:06}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{head}---\n\n{paper['abstract']}\n", "utf-8")
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


def replace(path: Path, text: str) -> None:
    """Save as most editors do."""
    new = path.with_name(f".{path.name}.tmp")
    new.write_text(text, "utf-8")
    new.replace(path)


def fresh(folder: Path) -> Path:
    """The content folder of a new digest."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "content").mkdir(parents=True)
    return folder / "content"


def previews(count: int, rivals: Installed) -> Iterator[Preview]:
    """Those to be measured with `count` papers."""
    papers = list(load_corpus(count))
    digest = [str(part) for part in digest_command()]
    page = f"papers/arxiv-{papers[count // 2]['arxiv'].replace('/', '-')}.html"
    for at, (name, lay_out) in enumerate(
        {"digest, a file a paper": in_markdown, "digest, listings of 500": in_listings}.items()
    ):
        port = 8431 + at
        folder = WORK / f"serve-{count}-{lay_out.__name__}"
        change = lay_out(papers, folder)
        command = [*digest, "serve", "--port", str(port), "--quiet"]
        yield Preview(name, command, folder, f"http://127.0.0.1:{port}/{page}", change)
    if not rivals:
        return
    site = WORK / f"serve-{count}-in_markdown"
    subprocess.run(
        [*digest, "build", "--quiet"], cwd=site, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    export = load_export(site / "site")
    slug = export[len(export) // 2].slug
    for at, (name, more) in enumerate(
        {
            "hugo": ["server", "--port", "8441", "--bind", "127.0.0.1"],
            "eleventy": ["--serve", "--incremental", "--port=8442", "--quiet"],
        }.items()
    ):
        if name not in rivals:
            continue
        rival = set_up(name, rivals[name], export, WORK / f"serve-{count}-{name}")
        command = [*map(str, rivals[name]), *more]
        address = f"http://127.0.0.1:{8441 + at}/papers/{slug}.html"
        yield Preview(rival.name, command, rival.folder, address, _numbered(name, rival, slug))


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


def measure(count: int, edits: int, rivals: Installed, browser: Any) -> None:
    """All previews of `count` papers."""
    print(f"\n### {count:,} papers, {edits} edits each, in turn\n", flush=True)
    with ExitStack() as stack:
        pages = []
        for preview in previews(count, rivals):
            ready = stack.enter_context(running(preview))
            context = browser.new_context()
            stack.callback(context.close)
            context.add_init_script(WATCH)
            page = context.new_page()
            page.goto(preview.address)
            pages.append((preview, page, ready, []))
        time.sleep(2)
        for number in range(1, edits + 1):
            for preview, page, (_, pid), seconds in pages:
                seconds.append(edit(preview, page, number))
                # What an edit leaves to be done is no matter of the next one's.
                wait_idle(pid)
        print("| preview | ready after s | median ms | 90 % within ms | most ms |")
        print("|---|--:|--:|--:|--:|")
        for preview, _, (ready, _), seconds in pages:
            ordered = sorted(seconds)
            middle, high = statistics.median(ordered), ordered[int(0.9 * len(ordered))]
            print(
                f"| {preview.name} | {ready:.1f} | {middle * 1000:.0f} | {high * 1000:.0f} "
                f"| {ordered[-1] * 1000:.0f} |",
                flush=True,
            )
    if count in GOALS:
        best = statistics.median(pages[0][3])
        word = "met" if best <= GOALS[count] else "missed"
        print(f"\nGoal, at most {GOALS[count] * 1000:.0f} ms: {word} ({best * 1000:.0f} ms).")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--rivals", nargs="*", default=["hugo", "eleventy"])
    chosen = parser.parse_args()
    if not CORPUS.exists():
        parser.error(f"{CORPUS.name} is not here")
    say_machine()
    rivals = install(tuple(chosen.rivals)) if chosen.rivals else {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for count in chosen.papers:
            measure(count, chosen.edits, rivals, browser)
        browser.close()


if __name__ == "__main__":
    main()
