"""A git repository, through the program `git`: commits are made without touching files or index."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from digest.problems import DigestError, Problem

_AS_IT_IS = (
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.attributesFile=",
    "core.quotePath=false",
)
"""Files go in byte for byte, and names come out as they are."""


class Repository(Struct, frozen=True):
    """A repository, by its git folder."""

    folder: str

    @staticmethod
    def find(root: Path) -> Repository | None:
        """The repository that `root` stands in; None where there is none, or no git."""
        try:
            found = subprocess.run(
                ["git", "-C", root, "rev-parse", "--absolute-git-dir"],
                capture_output=True,
                check=False,
            )
        except OSError:
            return None
        folder = os.fsdecode(found.stdout).strip()
        return Repository(folder) if found.returncode == 0 else None

    @staticmethod
    def around(root: Path) -> Repository:
        """As `find`. Raises DigestError where there is none."""
        found = Repository.find(root)
        if found is None:
            hint = "Run “git init” there, install git, or name a folder or an address."
            message = "stands in no git repository"
            raise DigestError(Problem(str(root.resolve()), None, "error", message, hint))
        return found

    def run(
        self,
        arguments: Sequence[str],
        *,
        given: bytes = b"",
        tree: Path | None = None,
        index: Path | None = None,
    ) -> bytes:
        """What git prints. `tree`, `index`: a work tree and an index other than the repository's.

        Raises DigestError with git's own words where it fails.
        """
        done = self._start(arguments, given, tree, index)
        if done.returncode:
            words = os.fsdecode(done.stderr).strip().splitlines() or ["git gives no reason"]
            message = f"git {arguments[0]} failed: {' '.join(words[-3:])}"
            raise DigestError(Problem(self.folder, None, "error", message, _advice(message)))
        return done.stdout

    def has(self, branch: str, remote: str = "origin") -> bool:
        """Whether there is such a branch, here or as last seen of the remote."""
        return any(map(self.commit, (f"refs/heads/{branch}", f"refs/remotes/{remote}/{branch}")))

    def commit(self, name: str) -> str:
        """The commit of that name; "" where there is none."""
        done = self._start(["rev-parse", "--quiet", "--verify", f"{name}^{{commit}}"])
        return os.fsdecode(done.stdout).strip() if done.returncode == 0 else ""

    def head(self) -> str:
        """The branch that is being worked on; "" where that is none, but a single commit."""
        done = self._start(["symbolic-ref", "--quiet", "HEAD"])
        return os.fsdecode(done.stdout).strip()

    def has_remote(self, remote: str) -> bool:
        """Whether a remote of that name is known."""
        return remote in os.fsdecode(self.run(["remote"])).split()

    def fetch(self, remote: str, branch: str) -> str:
        """The commit that the remote's branch stands at, brought here; "" where it has none."""
        ref = f"refs/heads/{branch}"
        if not self.run(["ls-remote", "--", remote, ref]).strip():
            return ""
        self.run(["fetch", "--quiet", "--no-tags", "--", remote, f"+{ref}:refs/digest/{branch}"])
        return self.commit(f"refs/digest/{branch}")

    def files(self, commit: str) -> dict[str, bytes]:
        """What a commit holds: by path, the line that `git update-index --index-info` takes."""
        if not commit:
            return {}
        rows = self.run(["ls-tree", "-r", "-z", commit]).split(b"\0")
        return {os.fsdecode(row.partition(b"\t")[2]): row for row in rows if row}

    def _start(
        self,
        arguments: Sequence[str],
        given: bytes = b"",
        tree: Path | None = None,
        index: Path | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        command = ["git", *(part for setting in _AS_IT_IS for part in ("-c", setting))]
        command += [f"--git-dir={self.folder}", "--literal-pathspecs"]
        if tree is not None:
            command.append(f"--work-tree={tree}")
        # Nobody is asked for a password where nobody may be listening.
        environment: Mapping[str, str] = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        if index is not None:
            environment = {**environment, "GIT_INDEX_FILE": str(index)}
        return subprocess.run(
            [*command, *arguments],
            input=given,
            env=environment,
            # Paths that are told to git are relative to the work tree.
            cwd=tree,
            capture_output=True,
            check=False,
        )


def _advice(message: str) -> str:
    low = message.lower()
    if "tell me who you are" in low or "ident" in low:
        return "Set git config user.name and user.email, then deploy again."
    if "rejected" in low or "non-fast-forward" in low:
        return "Somebody else deployed meanwhile: deploy again."
    if "not a valid" in low and "name" in low:
        return "Name a branch such as gh-pages."
    return "Mend that with git, then deploy again: the branch is as it was."
