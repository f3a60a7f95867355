"""The two sites whose quality is judged, their kinds of page, and nginx in front of them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from common import CORPUS, ROOT, WORK, load_corpus

sys.path.insert(0, str(ROOT))  # the example is that of the browser tests
from tests.browser.example import build_example

QUALITY = WORK / "quality"
_SETTINGS = """title: Five thousand papers
description: What physicists, mathematicians and computer scientists wrote, by topic and date.
"""
_NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  default_type application/octet-stream;
  types {{
    text/html html; text/css css; text/javascript js; application/json json jsonl;
    application/xml xml; image/svg+xml svg; text/plain txt bib; font/woff2 woff2; font/woff woff;
  }}
  charset utf-8;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  gzip on;
  gzip_comp_level 6;
  gzip_min_length 256;
  gzip_types text/css text/javascript application/json application/xml image/svg+xml text/plain;
  map $args $kept {{ default "no-cache"; "~^v=" "public, max-age=31536000, immutable"; }}
{servers}
}}
"""
_SERVER = """
  server {{
    listen 127.0.0.1:{port};
    root "{root}";
    error_page 404 /404.html;
    add_header Cache-Control $kept;
  }}
"""
_MATHS = b"<math"
_REDIRECT = re.compile(rb'<meta http-equiv="refresh"')


@dataclass(frozen=True)
class Site:
    """A built site."""

    name: str
    folder: Path
    address: str = ""
    """Where nginx serves it; ends with a slash."""

    @cached_property
    def pages(self) -> tuple[Path, ...]:
        """Every page, in order."""
        return tuple(sorted(self.folder.rglob("*.html")))

    @cached_property
    def papers(self) -> tuple[Path, ...]:
        """The pages of papers that are no redirects."""
        papers = (self.folder / "papers").glob("*.html")
        return tuple(p for p in sorted(papers) if not _REDIRECT.search(p.read_bytes()[:4000]))

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """By kind of page the path of one: the largest, as it has most that can go wrong.

        Papers stand three times: the usual one (the median by size), and the largest without and
        with formulas.
        """
        largest: dict[str, Path] = {}
        for path in self.pages:
            kind = _kind(path.relative_to(self.folder))
            if kind is None:
                continue
            if _REDIRECT.search(path.read_bytes()[:4000]):
                kind = "redirect"
            if kind not in largest or path.stat().st_size > largest[kind].stat().st_size:
                largest[kind] = path
        by_size = sorted(self.papers, key=lambda path: (path.stat().st_size, path.name))
        largest["paper"] = by_size[len(by_size) // 2]
        for kind, wanted in (("paper, longest", False), ("paper of formulas", True)):
            fitting = (p for p in reversed(by_size) if (_MATHS in p.read_bytes()) is wanted)
            largest[kind] = next(fitting, by_size[-1])
        kinds = {k: p.relative_to(self.folder).as_posix() for k, p in sorted(largest.items())}
        return {**kinds, "results": "search.html?q=model"} if "search" in kinds else kinds


def _kind(path: Path) -> str | None:
    """What kind of page stands at `path` below its site; None where it is told by other means."""
    *folders, _ = path.parts
    if not folders:
        return {"index": "home", "404": "not found"}.get(path.stem, path.stem)
    place = folders[0].removesuffix("s")
    if len(folders) > 1:
        return f"{place}, later page"
    if path.name == "index.html":
        return f"{place} index"
    if place == "date":
        kinds = {4: "year", 7: "month", 10: "day"}
        return kinds.get(len(path.stem), path.stem) if path.stem[:1].isdigit() else path.stem
    return None if place == "paper" else place


def example_site() -> Site:
    """The example content with the hard papers of the browser tests, built anew."""
    folder = QUALITY / "example"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return Site("example", build_example(folder))


def real_site(count: int) -> Site | None:
    """`count` papers of the corpus; None where the corpus is not beside the repository."""
    if not CORPUS.exists():
        return None
    folder = QUALITY / f"real-{count}"
    content = folder / "content/papers.jsonl"
    if not content.exists():
        content.parent.mkdir(parents=True)
        with content.open("w", encoding="utf-8") as lines:
            for paper in load_corpus(count):
                lines.write(json.dumps(paper, ensure_ascii=False) + "\n")
    (folder / "digest.yaml").write_text(_SETTINGS, "utf-8")
    command = [sys.executable, "-m", "digest", "build", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return Site(f"{count:,} real papers", folder / "site")


@contextlib.contextmanager
def served(sites: list[Site]) -> Iterator[list[Site]]:
    """The same sites with the addresses at which nginx serves them until the block ends.

    Raises FileNotFoundError where there is no nginx, RuntimeError where it does not start.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise FileNotFoundError("nginx is not installed")
    folder = QUALITY / "nginx"
    folder.mkdir(parents=True, exist_ok=True)
    # Workers of a server that root starts run as somebody else, who may not read a private folder.
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    ports = [_free_port() for _ in sites]
    servers = "".join(
        _SERVER.format(port=port, root=site.folder) for site, port in zip(sites, ports, strict=True)
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(user + _NGINX.format(folder=folder, servers=servers), "utf-8")
    command = [program, "-e", folder / "error.log", "-c", configuration]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, ports, folder / "error.log")
            yield [
                Site(site.name, site.folder, f"http://127.0.0.1:{port}/")
                for site, port in zip(sites, ports, strict=True)
            ]
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], ports: list[int], log: Path) -> None:
    for port in ports:
        for _ in range(100):
            if process.poll() is not None:
                raise RuntimeError(f"nginx ended: {log.read_text('utf-8', 'replace')[-500:]}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
