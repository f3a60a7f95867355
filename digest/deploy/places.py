"""Where a site goes: a folder, an address that fsspec knows, or a branch of a git repository."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from digest.deploy.git import Repository
from digest.problems import DigestError, Problem

_BRANCH = "git:"
_CUSTOMARY = frozenset({"gh-pages", "pages"})
"""Branches that hosts of repositories publish; such a name need not be there yet."""
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")


class Folder(Struct, frozen=True):
    """A folder of this machine."""

    path: Path


class Address(Struct, frozen=True):
    """A place on another file system: `s3://bucket/prefix`."""

    url: str


class Branch(Struct, frozen=True):
    """A branch of the repository that the digest stands in."""

    name: str
    repository: Repository


def place_of(target: str, root: Path) -> Folder | Address | Branch:
    """What `target` names: an address where it has `://`, a branch after `git:`, or where it is the
    name of a branch and not of a folder; otherwise a folder.

    `root`: the digest's folder, in whose repository a branch is looked for.

    Raises DigestError where there is none, or `target` is empty.
    """
    if target.startswith("file://") or not target.strip():
        hint = "Name a folder, a branch (git:gh-pages), or an address (s3://bucket/prefix)."
        raise DigestError(Problem(target or "TARGET", None, "error", "names no place", hint))
    if "://" in target:
        return Address(target)
    if target.startswith(_BRANCH):
        return Branch(target.removeprefix(_BRANCH), Repository.around(root))
    if "/" not in target and not Path(target).exists():
        repository = Repository.find(root)
        if repository and (target in _CUSTOMARY or repository.has(target)):
            return Branch(target, repository)
    return Folder(Path(target))


def without_secrets(text: str) -> str:
    """`text` without names and passwords within addresses: messages end in logs."""
    return _SECRET.sub("***@", text)
