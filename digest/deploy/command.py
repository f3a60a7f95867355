"""`digest deploy`: the site as it was built goes to where readers find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, structs

from digest.config import load_config
from digest.deploy.branch import deploy_to_branch
from digest.deploy.copying import deploy_to_output
from digest.deploy.outcome import Outcome
from digest.deploy.places import Address, Branch, place_of, without_secrets
from digest.problems import DigestError, Problem
from digest.website.folder import is_ours
from digest.website.output import Local, files_below
from digest.website.publish import turn
from digest.website.remote import Remote

_MEMORY = ".digest/deployed.json"
_SEEN_FIRST = "index.html"


class Request(Struct, frozen=True, kw_only=True):
    """What is asked for besides the place."""

    remote: str
    """Of the repository, where a branch is pushed to."""
    message: str
    """Of the commit."""
    most_deletions: int


def run(
    config_path: Path,
    settings: dict[str, str | None],
    target: str,
    request: Request,
    advance: Callable[[str, int, int], None],
) -> tuple[Outcome, tuple[Problem, ...]]:
    """Bring the site to `target`, and say what is worth knowing about it.

    Raises DigestError where there is no site, or the place refuses it; what was there is whole.
    """
    root = config_path.parent
    config = load_config(config_path, settings)
    site = root / config.output
    if "://" in config.output or not is_ours(lambda name: (site / name).is_file()):
        hint = "Run “digest build” first, into a folder."
        raise DigestError(Problem(config.output, None, "error", "holds no site", hint))
    problems = list[Problem]()
    paths = sorted(_files(site, problems), key=lambda path: (turn(path), path == _SEEN_FIRST, path))
    if not config.base_url:
        hint = "Set base_url in digest.yaml to where readers find the site, and build again."
        message = "feeds and the sitemap have no full addresses"
        problems.append(Problem(config_path.as_posix(), None, "warning", message, hint))
    place = place_of(target, root)

    def heard(done: int, total: int) -> None:
        advance("deploy", done, total)

    try:
        if isinstance(place, Branch):
            outcome = deploy_to_branch(
                site,
                paths,
                place.repository,
                place.name,
                remote=request.remote,
                message=request.message,
                most_deletions=request.most_deletions,
            )
        else:
            output = (
                Remote(place.url, root / _MEMORY)
                if isinstance(place, Address)
                else Local(_apart(place.path, site))
            )
            most = request.most_deletions
            outcome = deploy_to_output(
                site, paths, output, root / config.content, most_deletions=most, advance=heard
            )
    except DigestError as error:
        raise DigestError(*map(_discreet, error.problems)) from None
    return structs.replace(outcome, where=without_secrets(outcome.where)), tuple(sorted(problems))


def summary(outcome: Outcome) -> str:
    """What was done, in a sentence."""
    files = outcome.written + outcome.unchanged
    at = f", at commit {outcome.commit[:10]}" if outcome.commit else ""
    return (
        f"{files:,} files at {outcome.where}{at}: {outcome.written:,} written, "
        f"{outcome.unchanged:,} unchanged, {outcome.removed:,} removed."
    )


def _files(site: Path, problems: list[Problem]) -> Iterator[str]:
    for path in files_below(site):
        # What a link leads to need not be of the site, nor for others to see.
        if (site / path).is_symlink():
            hint = "Put the file itself there, if readers are to have it."
            problems.append(Problem(path, None, "warning", "is a link: left out", hint))
        elif not path.startswith(".new/"):
            yield path


def _apart(folder: Path, site: Path) -> Path:
    one, other = folder.resolve(), site.resolve()
    if one == other or one in other.parents or other in one.parents:
        hint = "Name a folder beside it."
        problem = Problem(str(folder), None, "error", "is the site that would be copied", hint)
        raise DigestError(problem)
    return folder


def _discreet(problem: Problem) -> Problem:
    return structs.replace(
        problem,
        path=without_secrets(problem.path),
        message=without_secrets(problem.message),
        hint=without_secrets(problem.hint),
    )
