"""A site as it stands in a folder: do its links lead anywhere, and can hosts take it?"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from digest.check.pages import Seen, look
from digest.executors import in_batches
from digest.problems import Problem
from digest.website.hosts import Limits, check_limits
from digest.website.output import files_below

_BATCH = 200
_SCRIPTED = ("search.html", "saved.html")
"""Pages whose scripts read what stands behind `#`."""
_HINT = "Mend the template or the page that says so, or take the link out."


class Checked(Struct, frozen=True):
    """What was found."""

    files: int
    pages: int
    links: int
    """Those that lead to the site itself."""
    problems: tuple[Problem, ...]


def check_site(
    folder: Path,
    base_url: str,
    limits: Limits,
    without: Sequence[str],
    jobs: int,
    advance: Callable[[int, int], None],
) -> Checked:
    """Look at every file of the site in `folder`, which will stand at `base_url` ("" where that is
    not known)."""
    sizes = {path: (folder / path).stat().st_size for path in files_below(folder)}
    paths = sorted(path for path in sizes if path.endswith(".html"))
    seen: dict[str, Seen] = {}
    problems: list[Problem] = [*check_limits(limits, sizes, without), *_alike(sizes)]
    for path, found in in_batches(_look, paths, jobs, folder, batch=_BATCH):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            seen[path] = found
        advance(len(seen), len(paths))
    links = 0
    names = {path: frozenset(page.names) for path, page in seen.items()}
    for path, page in seen.items():
        problems += [Problem(path, line, "warning", what, hint) for line, what, hint in page.faults]
        for lead in page.leads:
            target = inside(lead.target, path, base_url)
            if target is not None:
                links += 1
                if wrong := _wrong(*target, sizes, names):
                    what, hint = wrong
                    problems.append(Problem(path, lead.line, "error", what, hint))
    return Checked(len(sizes), len(paths), links, tuple(sorted(set(problems))))


def inside(target: str, page: str, base_url: str) -> tuple[str, str] | None:
    """The path and the name behind `#` to which `target` on `page` leads; None where it leads out
    of the site."""
    if base_url and target.startswith(base_url):
        target, page = target[len(base_url) :], ""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        root = unquote(urlsplit(base_url).path) if base_url else "/"
        if not path.startswith(root):
            return None
        found = path[len(root) :]
    else:
        found = posixpath.join(posixpath.dirname(page), path) if path else page
    whole = posixpath.normpath(found) if found else "index.html"
    return whole + ("/" if found.endswith("/") and whole != "." else ""), unquote(parts.fragment)


def _wrong(
    path: str, name: str, files: Mapping[str, int], names: Mapping[str, frozenset[str]]
) -> tuple[str, str] | None:
    if path.startswith("../"):
        return f"a link leads out of the site: {path}", _HINT
    if path not in files:
        index = posixpath.join(path, "index.html")
        if index in files or path == ".":
            hint = "Name the page itself: a folder cannot be opened by double-click."
            return f"a link leads to a folder: {path}", hint
        return f"a link leads nowhere: there is no {path}", _HINT
    if name and path in names and name not in names[path] and path not in _SCRIPTED:
        return f"a link leads nowhere: {path} has no #{name}", _HINT
    return None


def _look(paths: Sequence[str], folder: Path) -> list[tuple[str, Seen | Problem]]:
    return [(path, _read(folder, path)) for path in paths]


def _read(folder: Path, path: str) -> Seen | Problem:
    try:
        return look((folder / path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        hint = "Build the site again, or take the file out of its folder."
        return Problem(path, None, "error", f"cannot be read: {error}", hint)


def _alike(files: Mapping[str, int]) -> Iterator[Problem]:
    """Files that Windows and macOS take for one."""
    alike: dict[str, list[str]] = defaultdict(list)
    for path in files:
        alike[path.casefold()].append(path)
    for paths in alike.values():
        if len(paths) > 1:
            message = f"differs from {', '.join(sorted(paths)[1:])} in upper and lower case alone"
            hint = "Rename one of what they are made of: Windows and macOS take them for one."
            yield Problem(min(paths), None, "error", message, hint)
