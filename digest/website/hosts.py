"""What hosts of static sites allow, on their free plans, and what to do about a larger site.

Their pages say so and change: looked at in November 2026.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from digest.problems import Problem

_MEGABYTE, _GIGABYTE = 1_000_000, 1_000_000_000
_ENDLESS = 1 << 60
_SHARE = 20
"""One file of so many may be the search's."""
_SPARING = ("tag-feeds", "days", "authors", "venues", "phrases")
"""Parts of the site, those first that cost most files for what they are worth."""


class Limits(NamedTuple):
    """What a host allows."""

    name: str
    source: str
    files: int = _ENDLESS
    in_folder: int = _ENDLESS
    """Files in one folder."""
    file_bytes: int = _ENDLESS
    site_bytes: int = _ENDLESS


HOSTS = {
    "github-pages": Limits(
        "GitHub Pages",
        "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
        file_bytes=100 * (1 << 20),  # of a file in a repository
        site_bytes=_GIGABYTE,
    ),
    "gitlab-pages": Limits(
        "GitLab Pages",
        "https://docs.gitlab.com/user/gitlab_com/#gitlab-pages",
        files=200_000,
        site_bytes=_GIGABYTE,
    ),
    "cloudflare-pages": Limits(
        "Cloudflare Pages",
        "https://developers.cloudflare.com/pages/platform/limits/",
        files=20_000,
        file_bytes=25 * (1 << 20),
    ),
    "netlify": Limits(
        "Netlify", "https://docs.netlify.com/site-deploys/overview/", in_folder=54_000
    ),
    "vercel": Limits(
        "Vercel", "https://vercel.com/docs/limits", files=15_000, site_bytes=100 * _MEGABYTE
    ),
}
"""By their names in digest.yaml; `none` has no limits."""
NO_LIMITS = Limits("", "")


def limits_of(host: str) -> Limits:
    """Those of the host of that name."""
    return HOSTS.get(host, NO_LIMITS)


def search_files(limits: Limits, papers: int) -> int:
    """How many files the search of so many papers may take."""
    return min(30 + papers // 40, 1_100, limits.files // _SHARE)


def check_limits(
    limits: Limits, sizes: Mapping[str, int], without: Collection[str]
) -> Iterator[Problem]:
    """What a site is too large in. `sizes`: bytes of its files by path."""
    spare = [part for part in _SPARING if part not in without]
    less = f"Write “without: [{', '.join(spare)}]”, or some of these" if spare else ""
    if len(sizes) > limits.files:
        yield _problem(limits, f"{len(sizes):,} files", f"{limits.files:,}", less)
    folders: dict[str, int] = {}
    for path in sizes:
        folder = path.rpartition("/")[0]
        folders[folder] = folders.get(folder, 0) + 1
    for folder, count in sorted(folders.items()):
        if count > limits.in_folder:
            yield _problem(limits, f"{count:,} files in {folder}/", f"{limits.in_folder:,}", "")
    total = sum(sizes.values())
    if total > limits.site_bytes:
        yield _problem(limits, _megabytes(total), _megabytes(limits.site_bytes), less)
    for path, size in sorted(sizes.items()):
        if size > limits.file_bytes:
            large = f"{path} of {_megabytes(size)}"
            yield _problem(limits, large, f"{_megabytes(limits.file_bytes)} a file", "")


def _problem(limits: Limits, found: str, most: str, hint: str) -> Problem:
    elsewhere = f"choose a host that takes more; see {limits.source}"
    return Problem(
        "",
        None,
        "error",
        f"the site has {found}, but {limits.name} takes {most}",
        f"{hint}; or {elsewhere}" if hint else elsewhere[0].upper() + elsewhere[1:],
    )


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.0f} MB"
