"""How long it takes from saving a file until the browser shows the page, beside other previews.

    python bench/serve.py [--papers 1000 10000] [--edits 50] [--rivals hugo eleventy]
    python bench/serve.py --papers 100000 --edits 10 --layouts files --rivals --without \
        related trends search exports tag-feeds days

Each preview serves the same papers, one file a paper (Eleventy: one file of data, which it reads
fastest), to a real Chromium that has the page of one paper open. A sentence is added to that paper;
the clock runs from before the file is written until the browser has drawn the page that shows it.
All previews run at once and are asked in turn, each once it has finished with the edit before.
digest is also measured with the papers in listings of 500, where an edit means reading 500 again.
A preview that does not do in time what is waited for is left out from then on, and the table says
what that was.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import Any

from common import CORPUS, say_machine
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright
from serve_previews import LAYOUTS, Preview, TooLateError, previews, running, wait_idle

GOALS = {1_000: 0.120, 10_000: 0.250, 100_000: 0.600}
"""Seconds, by number of papers."""
PATIENCE = 60.0
"""Seconds for a page to show an edit."""
WATCH = """{
const seen = new Set();
new MutationObserver(() => {
  for (const found of (document.body?.textContent || "").matchAll(/This is revision (\\d+)\\./g)) {
    if (seen.has(found[1])) continue;
    seen.add(found[1]);
    requestAnimationFrame(() => {
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => {
        window.noteDrawn(Number(found[1]), performance.timeOrigin + performance.now());
      };
      drawn.port2.postMessage(0);
    });
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
}"""
"""Says when a revision was drawn: the message comes after the frame."""


class Watched:
    """A preview that runs, and the browser's page of it."""

    def __init__(self, preview: Preview, browser: Any, stack: ExitStack) -> None:
        """Start both; they end with `stack`. Raises TooLateError."""
        self.preview = preview
        self.seconds: list[float] = []
        self.failure = ""
        self.ready, self._pid = stack.enter_context(running(preview))
        self._drawn: dict[int, float] = {}
        context = browser.new_context()
        stack.enter_context(suppress(BrowserError))  # it may be gone before us
        stack.callback(context.close)
        context.expose_function("noteDrawn", self._note)
        context.add_init_script(WATCH)
        self._page = context.new_page()
        try:
            self._page.goto(preview.address, timeout=PATIENCE * 1000)
        except BrowserError as error:
            raise TooLateError(f"its page did not load: {error.message.splitlines()[0]}") from None
        wait_idle(self._pid)

    def _note(self, number: int, drawn: float) -> None:
        self._drawn.setdefault(number, drawn)

    def edit(self, number: int) -> None:
        """Note the seconds from saving revision `number` to drawing it. Raises TooLateError."""
        saved = time.time()
        self.preview.change(number)
        while number not in self._drawn:
            if time.time() - saved > PATIENCE:
                raise TooLateError(f"edit {number} was not drawn within {PATIENCE:.0f} s")
            # Asks the browser nothing, so that no page that hangs can hold us.
            self._page.wait_for_timeout(5)
        self.seconds.append(self._drawn[number] / 1000 - saved)
        # What an edit leaves to be done is no matter of the next one's.
        wait_idle(self._pid)


def measure(wanted: Sequence[Preview], edits: int, minutes: float, browser: Any) -> list[Watched]:
    """Each of the previews, as far as it came in so many minutes of edits; says at once which gave
    up, and why."""
    found: list[Watched] = []
    with ExitStack() as stack:
        for preview in wanted:
            try:
                found.append(Watched(preview, browser, stack))
            except TooLateError as error:
                print(f"{preview.name} is left out: {error}\n", flush=True)
        end = time.monotonic() + 60 * minutes
        for number in range(1, edits + 1):
            if time.monotonic() > end:
                print(f"Ended after {number - 1} edits: they took {minutes:g} minutes.\n")
                break
            for watched in found:
                if watched.failure:
                    continue
                try:
                    watched.edit(number)
                except TooLateError as error:
                    watched.failure = str(error)
                    print(f"{watched.preview.name}: {error}\n", flush=True)
    return found


def tell(measured: Sequence[Watched]) -> None:
    """The table."""
    print("| preview | ready after s | edits | median ms | 90 % within ms | most ms | |")
    print("|---|--:|--:|--:|--:|--:|---|")
    for watched in measured:
        row = f"| {watched.preview.name} | {watched.ready:.1f} | {len(watched.seconds)} "
        if ordered := sorted(watched.seconds):
            middle, high = statistics.median(ordered), ordered[int(0.9 * len(ordered))]
            figures = (middle, high, ordered[-1])
            row += "".join(f"| {figure * 1000:.0f} " for figure in figures)
        else:
            row += "| – | – | – "
        print(f"{row}| {watched.failure} |")
    sys.stdout.flush()


def main() -> None:
    """Measure; the status is 1 where digest itself did not come to the end."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=30, help="of edits, at most, a size")
    parser.add_argument("--layouts", nargs="+", choices=LAYOUTS, default=list(LAYOUTS))
    parser.add_argument("--rivals", nargs="*", choices=["hugo", "eleventy"],
                        default=["hugo", "eleventy"])  # fmt: skip
    parser.add_argument("--without", nargs="*", default=[], help="parts that digest leaves out")
    chosen = parser.parse_args()
    if not CORPUS.exists():
        parser.error(f"{CORPUS.name} is not here")
    # So that all that was started is ended then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    say_machine()
    failed = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for count in chosen.papers:
            print(f"\n### {count:,} papers, {chosen.edits} edits each, in turn\n", flush=True)
            if chosen.without:
                print(f"digest without {', '.join(chosen.without)}.\n", flush=True)
            wanted = previews(count, chosen.layouts, chosen.without, chosen.rivals)
            measured = measure(wanted, chosen.edits, chosen.minutes, browser)
            tell(measured)
            ours = [one for one in measured if one.preview.name.startswith("digest")]
            failed |= len(ours) < len(chosen.layouts) or any(one.failure for one in ours)
            for one in ours:
                if count in GOALS and one.seconds:
                    took = statistics.median(one.seconds)
                    word = "met" if took <= GOALS[count] else "missed"
                    print(f"\nGoal, {one.preview.name}, at most {GOALS[count] * 1000:.0f} ms: "
                          f"{word} ({took * 1000:.0f} ms).", flush=True)  # fmt: skip
        browser.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
