"""What Lighthouse and the Nu HTML Checker say of pages, and what all pages of papers weigh."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from common import WORK
from quality_sites import Site

NODE = WORK / "node"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_MODULES = NODE / "node_modules"
_LIGHTHOUSE = _MODULES / "lighthouse/cli/index.js"
_VNU = _MODULES / "vnu-jar/build/dist/vnu.jar"
_FILES_AT_ONCE = 400
_ASSET = re.compile(rb'(?:src|href)="(?:\.\./)*(assets/[^"?]+\.(?:css|js))')


def install(*packages: str) -> str:
    """Install what is missing of npm's packages into .bench/node. Returns why not, or nothing."""
    missing = [package for package in packages if not (_MODULES / package).exists()]
    if not missing:
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    NODE.mkdir(parents=True, exist_ok=True)
    if not (NODE / "package.json").exists():
        (NODE / "package.json").write_text('{"private":true}', "utf-8")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *missing]
    done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"npm cannot install it: {done.stderr.strip()[-300:]}"


@dataclass(frozen=True)
class Score:
    """Medians of several runs of Lighthouse on one page."""

    scores: Mapping[str, float]
    """Of 100, by category."""
    lowest: float
    """The worst performance of any run."""
    paint: float
    """Largest contentful paint in seconds, on the slow telephone that is simulated."""
    blocked: float
    """Total blocking time in milliseconds."""
    power: float
    """Lighthouse's own measure of how quick the machine was meanwhile; a desk of today has 1,500
    to 3,000. Below that it blames the page for what is the machine's."""
    lost: tuple[str, ...]
    """Audits below 1 that take points off, of the last run."""


def ask_lighthouse(address: str, rounds: int, chromium: str) -> Score:
    """Judge one page as a slow telephone sees it. Raises RuntimeError where it cannot be run."""
    reports = [_lighthouse(address, chromium) for _ in range(rounds)]
    scores = {
        name: statistics.median(100 * (r["categories"][name]["score"] or 0) for r in reports)
        for name in CATEGORIES
    }
    audits = reports[-1]["audits"]
    lost = tuple(
        f"{name}: {reference['id']}"
        for name in CATEGORIES
        for reference in reports[-1]["categories"][name]["auditRefs"]
        if reference["weight"]
        and (audits[reference["id"]]["score"] or 0) < 1
        and audits[reference["id"]]["scoreDisplayMode"] in ("binary", "numeric", "error")
    )
    return Score(
        scores,
        min(100 * (r["categories"]["performance"]["score"] or 0) for r in reports),
        _figure(reports, "largest-contentful-paint") / 1000,
        _figure(reports, "total-blocking-time"),
        statistics.median(r["environment"]["benchmarkIndex"] for r in reports),
        lost,
    )


def _figure(reports: Sequence[dict], audit: str) -> float:
    return statistics.median(r["audits"][audit].get("numericValue", 0) for r in reports)


def _lighthouse(address: str, chromium: str) -> dict:
    command = [
        "node",
        str(_LIGHTHOUSE),
        address,
        "--output=json",
        "--output-path=stdout",
        "--quiet",
    ]
    command += ["--chrome-flags=--headless=new --no-sandbox", "--form-factor=mobile"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(
        command, cwd=NODE, capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed on {address}: {done.stderr.strip()[-500:]}")
    report = json.loads(done.stdout)
    if "runtimeError" in report:
        raise RuntimeError(f"Lighthouse failed on {address}: {report['runtimeError']['message']}")
    return report


def validate(files: Sequence[Path]) -> tuple[list[str], int]:
    """Errors and the number of warnings of the Nu HTML Checker in `files`."""
    errors: list[str] = []
    warnings = 0
    for start in range(0, len(files), _FILES_AT_ONCE):
        part = [str(path) for path in files[start : start + _FILES_AT_ONCE]]
        command = ["java", "-Xss4m", "-jar", str(_VNU), "--format", "json", "--exit-zero-always"]
        done = subprocess.run([*command, *part], capture_output=True, text=True, check=False)
        for said in json.loads(done.stderr or done.stdout)["messages"]:
            if said["type"] == "info":
                # In a folder it cannot tell what is 'self', the only origin of our policy.
                warnings += "Content Security Policy" not in said["message"]
                continue
            place = "/".join(said.get("url", "").split("/")[-2:])
            extract = " ".join(said.get("extract", "").split())[:100]
            errors.append(f"{place}:{said.get('lastLine', '?')}: {said['message']} — {extract}")
    return errors, warnings


def sample(site: Site, count: int) -> list[Path]:
    """One of each kind of page, and `count` of all others, the same ones in every run."""
    kinds = [site.folder / path.partition("?")[0] for path in site.kinds.values()]
    rest = sorted(set(site.pages) - set(kinds))
    return sorted({*kinds, *random.Random(5).sample(rest, min(count, len(rest)))})


def paper_weights(pages: Iterable[Path], site: Path) -> list[int]:
    """What each page weighs packed by gzip, with its styles and scripts, without fonts."""
    assets: dict[str, int] = {}

    def packed(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 6, mtime=0))

    weights = []
    for page in pages:
        named = {found.decode() for found in _ASSET.findall(page.read_bytes())}
        for name in named - assets.keys():
            assets[name] = packed(site / name)
        weights.append(packed(page) + sum(assets[name] for name in named))
    return sorted(weights)
