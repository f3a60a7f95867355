"""How good the pages are: accessibility, fit, weight, speed and valid HTML, judged by others.

    python bench/quality.py                          # everything, some twenty minutes
    python bench/quality.py --only axe vnu weight    # parts
    python bench/quality.py --sites example          # without the real papers

Two sites are built into .bench/quality (the example content with the hard papers of the browser
tests, and real papers of ../shared/corpora), served by nginx with gzip, and judged page type by
page type: each by its largest page, light and dark.

- axe: axe-core, WCAG 2.2 A and AA; its rules of good practice are counted apart
- fit: no sideways scroll at 320 px, at 1280 px zoomed to 200 % and with text of 200 %, nothing
  cut off with the text spacing of WCAG 1.4.12
- keys: the Tab key reaches every stop, in order, with a mark that is seen, and gets out again
- colours: contrast by own measure, also with forced colours and where more contrast is asked for
- plain: without scripts
- weight: bytes of a first visit by kind, layout shift
- lighthouse: mobile preset, medians; needs npm
- vnu: the Nu HTML Checker; needs npm and java

What is not installed is left out, and the end says so. Exits with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from common import say_machine
from quality_browser import KINDS, Judge, Verdict, axe_source
from quality_sites import Site, example_site, real_site, served
from quality_tools import (
    CATEGORIES,
    ask_lighthouse,
    install,
    paper_weights,
    sample,
    validate,
)

PARTS = ("axe", "fit", "keys", "colours", "plain", "weight", "lighthouse", "vnu")
_BY_BROWSER: dict[str, Callable[[Judge], None]] = {
    "axe": Judge.ask_axe,
    "fit": Judge.fit,
    "keys": Judge.press_keys,
    "plain": Judge.without_scripts,
    "weight": Judge.weigh,
}
SEEN_BY_LIGHTHOUSE = ("home", "tag", "day", "paper", "results", "search")
SCORES = dict(zip(CATEGORIES, (99, 100, 100, 100), strict=True))
MOST = {"paper": 30_000, "tag": 45_000}
"""Bytes of a first visit, without fonts."""
CARDS = 50
"""A tag page with more may weigh more."""
MOST_ASSETS = 12 * 1024
"""Bytes of styles, and of scripts, of a page, heads of the answers included."""
_SHOWN = 12


class Report:
    """What was found, skipped and missed."""

    def __init__(self) -> None:
        self.skipped: list[str] = []
        self.missed: list[str] = []

    def demand(self, met: bool, what: str) -> None:
        """Note a goal that is missed."""
        if not met:
            self.missed.append(what)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument(
        "--sites", nargs="+", choices=("example", "real"), default=["example", "real"]
    )
    parser.add_argument("--papers", type=int, default=5000, help="real papers")
    parser.add_argument("--rounds", type=int, default=3, help="runs of Lighthouse a page")
    parser.add_argument("--pages", type=int, default=300, help="pages of papers that vnu checks")
    return parser.parse_args()


def main() -> int:
    """Judge; 0 where every goal that could be judged is met."""
    wanted = _arguments()
    report = Report()
    say_machine()
    sites = [example_site()] if "example" in wanted.sites else []
    if "real" in wanted.sites:
        real = real_site(wanted.papers)
        sites += [real] if real else []
        if real is None:
            report.skipped.append("real papers: ../shared/corpora is not there")
    with ExitStack() as stack:
        try:
            at = stack.enter_context(served(sites))
        except (FileNotFoundError, RuntimeError) as error:
            report.skipped.append(f"all but vnu: {error}")
            wanted.only = [part for part in wanted.only if part == "vnu"]
            at = sites
        for site in at:
            print(f"\n## {site.name}: {len(site.pages):,} pages\n", flush=True)
            _judge_in_browser(site, wanted.only, report)
            if "weight" in wanted.only:
                _print_papers(site, report)
            if "lighthouse" in wanted.only:
                _print_lighthouse(site, wanted.rounds, report)
            if "vnu" in wanted.only:
                _print_validity(site, wanted.pages, report)
    for title, lines in (("Skipped", report.skipped), ("Missed", report.missed)):
        print(f"\n{title}: " + ("nothing" if not lines else "\n- " + "\n- ".join(lines)))
    return 1 if report.missed else 0


def _judge_in_browser(site: Site, parts: Sequence[str], report: Report) -> None:
    todo = [part for part in parts if part in (*_BY_BROWSER, "colours")]
    chromium = _chromium()
    axe = axe_source()
    if "axe" in todo and axe is None:
        report.skipped.append("axe: pip install axe-playwright-python")
        todo.remove("axe")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be missing
    except ModuleNotFoundError:
        report.skipped.append(f"{', '.join(todo)}: playwright is not installed")
        return
    if not chromium:
        report.skipped.append(f"{', '.join(todo)}: no Chromium on this machine")
        return
    if not todo:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        judge = Judge(browser, site, axe)
        for part in todo:
            for judged in (
                (Judge.force_colours, Judge.want_contrast)
                if part == "colours"
                else (_BY_BROWSER[part],)
            ):
                judged(judge)
        browser.close()
    verdicts = [v for v in judge.verdicts.values() if v.kind != "redirect"]
    _print_faults(site, verdicts, report)
    if "weight" in todo:
        _print_weights(site, verdicts, report)


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def _print_faults(site: Site, verdicts: Sequence[Verdict], report: Report) -> None:
    columns = list(dict.fromkeys(name for v in verdicts for name in v.faults))
    columns.sort(key=lambda name: (not name.startswith(("axe", "good")), name))
    if not columns:
        return
    print("| faults on page | " + " | ".join(columns) + " | stops |")
    print("|---" + "|--:" * (len(columns) + 1) + "|")
    for verdict in verdicts:
        counts = (str(len(verdict.faults.get(name, ()))) for name in columns)
        print(f"| {verdict.kind} | " + " | ".join(counts) + f" | {verdict.stops or '–'} |")
        for name, faults in verdict.faults.items():
            report.demand(not faults, f"{site.name}, {verdict.kind}: {len(faults)} × {name}")
    print(flush=True)
    for verdict in verdicts:
        for name, faults in verdict.faults.items():
            for fault in list(dict.fromkeys(faults))[:_SHOWN]:
                print(f"- {verdict.kind} ({verdict.path}), {name}: {fault}")


def _print_weights(site: Site, verdicts: Sequence[Verdict], report: Report) -> None:
    print(
        "\n| bytes of a first visit | "
        + " | ".join(KINDS)
        + " | cards | all but fonts | all | CLS |"
    )
    print("|---" + "|--:" * (len(KINDS) + 4) + "|")
    for v in verdicts:
        bare = sum(v.weight.values()) - v.weight["font"]
        parts = " | ".join(f"{v.weight[kind]:,}" for kind in KINDS)
        whole = bare + v.weight["font"]
        print(f"| {v.kind} | {parts} | {v.cards} | {bare:,} | {whole:,} | {v.shift:.4f} |")
        where = f"{site.name}, {v.kind}"
        most = MOST.get(v.kind.partition(",")[0])
        report.demand(most is None or bare < most or v.cards > CARDS, f"{where}: {bare:,} bytes")
        for kind in ("CSS", "JS"):
            weight = v.weight[kind]
            report.demand(weight < MOST_ASSETS, f"{where}: {weight:,} bytes of {kind}")
    print(flush=True)


def _print_papers(site: Site, report: Report) -> None:
    weights = paper_weights(site.papers, site.folder)
    if not weights:
        return
    over = sum(weight >= MOST["paper"] for weight in weights)
    print(
        f"{len(weights):,} pages of papers with styles and scripts, packed by gzip: median "
        f"{statistics.median(weights):,.0f} bytes, 99 % at most "
        f"{weights[int(len(weights) * 0.99)]:,}, largest {weights[-1]:,}; {over} of them not below "
        f"{MOST['paper']:,}.\n",
        flush=True,
    )
    report.demand(over == 0, f"{site.name}: {over} pages of papers not below {MOST['paper']:,}")


def _print_lighthouse(site: Site, rounds: int, report: Report) -> None:
    chromium = _chromium()
    why = "no Chromium on this machine" if chromium is None else install("lighthouse")
    if chromium is None or why:
        report.skipped.append(f"lighthouse: {why}")
        return
    print(
        f"| Lighthouse, {rounds} runs | "
        + " | ".join(CATEGORIES)
        + " | worst run | LCP s | TBT ms | power |"
    )
    print("|---" + "|--:" * (len(CATEGORIES) + 4) + "|")
    lost: dict[str, tuple[str, ...]] = {}
    for kind in SEEN_BY_LIGHTHOUSE:
        if kind not in site.kinds:
            continue
        found = ask_lighthouse(site.address + site.kinds[kind], rounds, chromium)
        scores = " | ".join(f"{found.scores[name]:.0f}" for name in CATEGORIES)
        tail = f"{found.lowest:.0f} | {found.paint:.2f} | {found.blocked:.0f} | {found.power:.0f}"
        print(f"| {kind} | {scores} | {tail} |", flush=True)
        lost[kind] = found.lost
        for name, least in SCORES.items():
            what = f"{site.name}, {kind}: Lighthouse {name} {found.scores[name]:.0f}"
            report.demand(found.scores[name] >= least, what)
    print()
    for kind, audits in lost.items():
        for audit in audits:
            print(f"- {kind}: below 1 in {audit}")


def _print_validity(site: Site, count: int, report: Report) -> None:
    why = "java is not installed" if shutil.which("java") is None else install("vnu-jar")
    if why:
        report.skipped.append(f"vnu: {why}")
        return
    files = sample(site, count)
    errors, warnings = validate(files)
    print(f"\nvnu: {len(files)} pages, {len(errors)} errors, {warnings} warnings", flush=True)
    for error in list(dict.fromkeys(errors))[:_SHOWN]:
        print(f"- {error}")
    report.demand(not errors, f"{site.name}: {len(errors)} errors of vnu")


if __name__ == "__main__":
    sys.exit(main())
