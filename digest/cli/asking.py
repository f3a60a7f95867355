"""The commands that tell what is in files and in a digest."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from digest.cli.saying import check_named, print_json, say_problems
from digest.messages import problem_fields, visible
from digest.options import enrich_options, export_options
from digest.problems import DigestError, Problem

if TYPE_CHECKING:
    from digest.readers import Part


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as", "as_format", metavar="FORMAT", help="Read as this format, whatever it looks like."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was understood as JSON.")
def read(paths: Sequence[Path], as_format: str | None, as_json: bool) -> None:
    """Show what is understood of files, and what is not."""
    from digest.account import account, account_json, unreadable_files
    from digest.config import CONFIG_FILE, load_config
    from digest.readers import read_parts

    if unreadable := unreadable_files(paths):
        raise DigestError(*unreadable)
    fields = load_config(Path(CONFIG_FILE)).fields or {}
    parts = (
        part for path in paths for part in read_parts(path, path.as_posix(), as_format, fields)
    )
    if as_json:
        for piece in account_json(parts):
            click.echo(piece, nl=False)
        click.echo()
        return
    for _, of_file in itertools.groupby(parts, lambda part: part.reading.name):
        problems: list[Problem] = []
        for piece, style in account(_noted(of_file, problems)):
            click.secho(piece, nl=False, **style)
        say_problems(problems)


def _noted(parts: Iterable[Part], problems: list[Problem]) -> Iterator[Part]:
    # What is wrong is said last, where it is seen, and the parts are gone by then.
    for part in parts:
        problems += part.reading.problems
        yield part


@click.command()
@enrich_options
def enrich(config_path: Path, as_json: bool, quiet: bool, **asked: Any) -> None:
    """Look up what papers lack, and write it to content/enriched for review.

    Further FILEs may follow the first: digest enrich --snapshot a.jsonl b.jsonl.gz
    """
    from digest.enrich.command import run, summary
    from digest.progress import Bar

    check_named(config_path)
    with Bar(visible=not (quiet or as_json)) as bar:
        report = run(config_path, advance=bar.show, **asked)
    if as_json:
        fields = {name: getattr(report, name) for name in report.__struct_fields__}
        print_json({**fields, "problems": [problem_fields(p) for p in report.problems]})
    else:
        say_problems(report.problems, only_errors=quiet)
        for line in summary(report) if not quiet else ():
            click.echo(visible(line), err=True)


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "title"]),
    default="relevance",
    show_default=True,
)
@click.option("--limit", type=click.IntRange(1, 1_000), default=10, show_default=True)
@click.option(
    "--config",
    "config_path",
    default="digest.yaml",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Settings; may be missing.",
)
@click.option("--output", metavar="DIR", help="Folder of the site.  [default: site]")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one JSON object.")
def search(
    query: Sequence[str],
    sort: Literal["relevance", "date", "title"],
    limit: int,
    config_path: Path,
    output: str | None,
    as_json: bool,
) -> None:
    """Search the site that was built, in the words of its search page."""
    from digest.config import load_config
    from digest.search.command import ask, fields, lines, remarks

    check_named(config_path)
    config = load_config(config_path, {"output": output})
    root, asked = config_path.parent, " ".join(query)
    answer = ask(root, config.output, asked, sort=sort, limit=limit)
    if as_json:
        print_json(fields(answer))
        return
    for line in remarks(answer):
        click.echo(visible(line), err=True)
    for title, known in lines(answer):
        click.secho(visible(title), bold=True)
        click.echo(f"    {visible(known)}")
    shown, total = len(answer.shown), answer.result.total
    if total > shown:
        click.echo(f"{shown:,} of {total:,} papers. See more with --limit.", err=True)


@click.command()
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(["jsonl", "bibtex", "ris", "csl-json", "csv"]),
    help="What to print.",
)
@click.option("--tag", metavar="T", help="Only papers with this tag, or one below it.")
@click.option("--since", metavar="DATE", help="Only papers published then or later: 2023-09-08.")
@export_options
def export(
    form: str,
    tag: str | None,
    since: str | None,
    config_path: Path,
    jobs: int | None,
    **settings: str | None,
) -> None:
    """Print the papers in a form that other programs read."""
    from digest.executors import default_jobs
    from digest.export.command import run
    from digest.progress import Bar
    from digest.today import today

    check_named(config_path)
    with Bar(visible=True) as bar:
        pieces, problems = run(
            config_path, settings, form, tag, since, jobs or default_jobs(), today(), bar.show
        )
    say_problems(problems, only_errors=True)
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
