"""A site as the newest commit of a branch, as hosts of repositories publish one.

The commit is made beside the repository's index and work tree, which stay as they are. Everything
in it is this site's, but for files of the branch that no build makes, such as a CNAME.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.deploy.git import Repository
from digest.deploy.outcome import Outcome, check_deletions
from digest.problems import DigestError, Problem
from digest.website.folder import OWN_FOLDERS, is_ours

_PLAIN = ".nojekyll"
"""Tells GitHub Pages to serve what is there, instead of making a site of it."""


def deploy_to_branch(
    site: Path,
    paths: Sequence[str],
    repository: Repository,
    branch: str,
    *,
    remote: str,
    message: str,
    most_deletions: int,
) -> Outcome:
    """Make `branch` hold the files `paths` of the folder `site`, pushed to `remote` where there is
    one of that name.

    Raises DigestError where git refuses, or the branch holds something else.
    """
    repository.run(["check-ref-format", "--branch", branch])
    _check_free(repository, branch)
    pushes = repository.has_remote(remote)
    parent = repository.fetch(remote, branch) if pushes else ""
    parent = parent or repository.commit(f"refs/heads/{branch}")
    old = repository.files(parent)
    if old and not is_ours(old.__contains__) and any(not name.startswith(".") for name in old):
        hint = "Name a branch of its own for the site, such as gh-pages."
        problem = Problem(branch, None, "error", "holds something that digest did not make", hint)
        raise DigestError(problem)
    planned = {*paths, _PLAIN}
    gone = [name for name in old if name.partition("/")[0] in OWN_FOLDERS and name not in planned]
    check_deletions(len(gone), most_deletions, branch)
    with TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        kept = [row for name, row in old.items() if name not in planned and name not in set(gone)]
        blank = repository.run(["hash-object", "-w", "--stdin"]).strip()
        kept.append(b"100644 blob " + blank + b"\t" + _PLAIN.encode())
        lines = b"".join(row + b"\0" for row in kept)
        repository.run(["update-index", "-z", "--index-info"], given=lines, index=index)
        repository.run(
            ["update-index", "--add", "-z", "--stdin"],
            given=b"".join(os.fsencode(path) + b"\0" for path in paths),
            tree=site.resolve(),
            index=index,
        )
        tree = os.fsdecode(repository.run(["write-tree"], index=index)).strip()
    new = repository.files(tree)
    written = sum(old.get(name) != row for name, row in new.items() if name in planned)
    outcome = Outcome(
        where=f"{remote}/{branch}" if pushes else branch,
        written=written,
        unchanged=len(paths) + (_PLAIN not in paths) - written,
        removed=len(gone),
        commit=parent,
    )
    if new == old:
        return outcome
    return outcome.at(_commit(repository, branch, tree, parent, message, remote if pushes else ""))


def _commit(
    repository: Repository, branch: str, tree: str, parent: str, message: str, remote: str
) -> str:
    """The new commit, at which the branch then stands: the remote's, or the one here."""
    parents = ["-p", parent] if parent else []
    made = repository.run(["commit-tree", tree, *parents, "-m", message])
    commit = os.fsdecode(made).strip()
    ref = f"refs/heads/{branch}"
    if remote:
        repository.run(["push", "--quiet", "--", remote, f"{commit}:{ref}"])
    else:
        repository.run(["update-ref", "-m", "digest deploy", ref, commit, parent or "0" * 40])
    return commit


def _check_free(repository: Repository, branch: str) -> None:
    """A branch that is being worked on is not to change under somebody's hands."""
    if repository.head() == f"refs/heads/{branch}":
        hint = "Name a branch of its own for the site, such as gh-pages."
        raise DigestError(Problem(branch, None, "error", "is the branch you are working on", hint))
