"""`digest serve` as a process of its own, in a digest of one paper."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

PAPER = """---
title: A study of {0}
authors: [Ada Example]
date: 2021-03-04
---

We study {0}, and find that it is not what it was thought to be by anybody who had looked before.
"""


class Serving:
    """`digest serve` in a folder of its own."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.log = root / "log.txt"
        self.output = root / "output.txt"
        with self.log.open("wb") as log, self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "digest", "serve", "--jobs", "1", *options],
                cwd=root, stdout=output, stderr=log, start_new_session=True,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            )  # fmt: skip

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    def wait_for(self, pattern: str, within: float = 60.0) -> re.Match[str]:
        until = time.monotonic() + within
        while time.monotonic() < until:
            if m := re.search(pattern, self.said):
                return m
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} was not said, but: {self.said}")

    def wait_for_output(self, within: float = 60.0) -> str:
        """The first line on standard output."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            line, end, _ = self.output.read_text("utf-8").partition("\n")
            if end:
                return line
            time.sleep(0.02)
        raise AssertionError(f"nothing was printed, but said: {self.said}")

    @property
    def port(self) -> int:
        return int(self.wait_for(r"Serving at http://[^/]+:(\d+)/")[1])

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)


def make_digest(root: Path) -> Path:
    """A digest of one paper."""
    (root / "content").mkdir(parents=True)
    (root / "content" / "a.md").write_text(PAPER.format("first things"), "utf-8")
    return root
