"""`digest check`: what is wrong with the sources and with the site, before anybody else sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from digest.check.site import check_site
from digest.check.sources import check_sources
from digest.config import load_config
from digest.problems import DigestError, Problem
from digest.website.hosts import limits_of


class Report(Struct, frozen=True, kw_only=True):
    """What was looked at, and what was found."""

    records: int
    """In the sources."""
    files: int
    """Of the site."""
    pages: int
    links: int
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether anything must be mended."""
        return any(problem.severity == "error" for problem in self.problems)


def run(
    config_path: Path,
    site: Path | None,
    settings: dict[str, str | None],
    jobs: int,
    advance: Callable[[str, int, int], None],
) -> Report:
    """Check the digest of `config_path`: its content, where it has any, and the folder `site` (that
    of its settings unless given).

    Raises DigestError where there is no site to look at.
    """
    root = config_path.parent
    config = load_config(config_path, settings)
    folder = site or root / config.output
    if "://" in str(site or config.output):
        hint = "Build it into a folder (--output) and check that."
        raise DigestError(Problem(config.output, None, "error", "is no folder here", hint))
    if not folder.is_dir():
        hint = "Run “digest build” first, or name the site's folder: digest check FOLDER"
        raise DigestError(Problem(folder.as_posix(), None, "error", "there is no such site", hint))
    records, problems = 0, list[Problem]()
    if (root / config.content).is_dir():
        records, problems = check_sources(
            root, config, lambda done, total: advance("read", done, total)
        )
    found = check_site(
        folder,
        config.root_url,
        limits_of(config.host),
        config.without,
        jobs,
        lambda done, total: advance("check", done, total),
    )
    return Report(
        records=records,
        files=found.files,
        pages=found.pages,
        links=found.links,
        problems=(*sorted(problems), *found.problems),
    )


def summary(report: Report) -> str:
    """What was looked at, in a line."""
    errors = sum(problem.severity == "error" for problem in report.problems)
    others = len(report.problems) - errors
    looked = (
        f"{report.records:,} records, {report.files:,} files, {report.pages:,} pages and "
        f"{report.links:,} links looked at"
    )
    if not report.problems:
        return f"All is well: {looked}."
    return f"{errors:,} to mend, {others:,} to know: {looked}."
