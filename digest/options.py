"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., None])

_SITE = (
    click.option(
        "--config",
        "config_path",
        default="digest.yaml",
        show_default=True,
        type=click.Path(path_type=Path),
        help="Settings; may be missing.",
    ),
    click.option("--content", metavar="DIR", help="Folder to read.  [default: content]"),
    click.option("--output", metavar="DIR", help="Folder of the site.  [default: site]"),
    click.option("--base-url", metavar="URL", help="Where the site will stand."),
    click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        metavar="N",
        help="Processes that share the work.  [default: one a core]",
    ),
    click.option("--scheduler", metavar="tcp://HOST:PORT", help="Render on a Dask cluster."),
    click.option("--clean", is_flag=True, help="Forget earlier builds and make every page anew."),
    click.option("--strict", is_flag=True, help="Exit with status 1 where there are errors."),
    click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object."),
    click.option("--quiet", is_flag=True, help="Say nothing but errors."),
)


def site_options(command: Command) -> Command:
    """What `build` and `serve` both take: where everything stands, how much work is done at a time,
    and what is said."""
    for option in reversed(_SITE):
        command = option(command)
    return command


_SNAPSHOT = (
    click.option(
        "--snapshot",
        "snapshots",
        multiple=True,
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="A collection of metadata: any file that digest reads. May be given again.",
    ),
    click.option("--online", is_flag=True, help="Ask arXiv, OpenAlex and Crossref, too."),
    click.argument("more", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path)),
)
_ABOUT = (*_SITE[:2], *_SITE[-2:])
"""Settings, content, and what is said."""


def enrich_options(command: Command) -> Command:
    """What `enrich` takes: the digest, where to look, and what is said."""
    for option in reversed((*_SNAPSHOT, *_ABOUT)):
        command = option(command)
    return command


_CHECKED = (_SITE[0], _SITE[1], _SITE[3], _SITE[4], *_SITE[-2:])
"""Settings, content, address, processes, and what is said."""


def check_options(command: Command) -> Command:
    """What `check` takes besides the site."""
    for option in reversed(_CHECKED):
        command = option(command)
    return command


_EXPORTED = _SITE[0], _SITE[1], _SITE[4]
"""Settings, content and processes."""


def export_options(command: Command) -> Command:
    """What `export` takes besides the form and the choice of papers."""
    for option in reversed(_EXPORTED):
        command = option(command)
    return command


_DEPLOYED = (
    _SITE[0],
    click.option(
        "--output", metavar="DIR", help="Folder of the site that was built.  [default: site]"
    ),
    click.option(
        "--max-deletes",
        "most_deletions",
        type=click.IntRange(0),
        default=256,
        show_default=True,
        metavar="N",
        help="Refuse to delete more files than this.",
    ),
    click.option("--remote", default="origin", show_default=True, help="Where a branch is pushed."),
    click.option(
        "--message", default="Deploy the digest", show_default=True, help="Of the commit."
    ),
    *_SITE[-2:],
)
"""Settings, the site, and what is said."""


def deploy_options(command: Command) -> Command:
    """What `deploy` takes besides the place."""
    for option in reversed(_DEPLOYED):
        command = option(command)
    return command
