"""The command `digest`: the only place that prints and exits.

Messages go to standard error, data to standard output. Exit status: 0 done; 1 done with errors
under `--strict`, or a failed check; 2 cannot run; 130 interrupted. What is heavy is imported by the
command that needs it, so that `digest --version` answers at once.
"""

from __future__ import annotations

import gc
import itertools
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

from digest import __version__
from digest.messages import closing_lines, problem_fields, problem_lines, report_fields, visible
from digest.options import check_options, enrich_options, site_options
from digest.problems import DigestError, Problem

if TYPE_CHECKING:
    from digest.readers import Part


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def cli() -> None:
    """Turn any pile of papers into a literature digest: a static site with a page per paper."""


@cli.command()
@site_options
@click.option("--profile", is_flag=True, help="Say how long each stage took.")
def build(
    config_path: Path,
    jobs: int | None,
    scheduler: str | None,
    clean: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
    profile: bool,
    **settings: str | None,
) -> None:
    """Read content/ and make the site."""
    from digest.build import build as make_site
    from digest.config import load_config
    from digest.executors import default_jobs
    from digest.progress import Bar
    from digest.today import today

    # A build makes many values and hardly a cycle: looking for some costs a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    _check_named(config_path)
    config = load_config(config_path, settings)
    with Bar(visible=not (quiet or as_json)) as bar:
        report = make_site(
            config_path.parent,
            config,
            jobs=jobs or default_jobs(),
            scheduler=scheduler,
            clean=clean,
            progress=bar.show,
            today=today(),
        )
    stages = {"stages": dict(report.stages)} if profile else {}
    if as_json:
        _print_json({**report_fields(report), **stages})
    else:
        _say(report.problems, only_errors=quiet)
        if not quiet:
            for line in closing_lines(report, config_path.parent, config):
                click.echo(line, err=True)
        for stage, seconds in report.stages if profile else ():
            click.echo(f"{stage:>12} {seconds:8.3f} s", err=True)
    if strict and any(p.severity == "error" for p in report.problems):
        sys.exit(1)


def _check_named(config: Path) -> None:
    if not config.exists() and config.name != "digest.yaml":
        hint = "Check the path given with --config."
        raise DigestError(Problem(config.as_posix(), None, "error", "there is no such file", hint))


@cli.command()
@site_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535))
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def serve(config_path: Path, as_json: bool, quiet: bool, **options: Any) -> None:
    """Show the site while you work on it: what you save is seen at once."""
    from digest.serve.command import Voice
    from digest.serve.command import serve as preview

    _check_named(config_path)

    def say(text: str, **style: Any) -> None:
        click.secho(visible(text), err=True, **style)

    def report(fields: dict[str, Any]) -> None:
        if as_json:
            _print_json({**fields, "problems": [problem_fields(p) for p in fields["problems"]]})

    sys.exit(preview(config_path, Voice(say, _say, report, quiet or as_json), **options))


@cli.command()
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
        _say(problems)


def _noted(parts: Iterable[Part], problems: list[Problem]) -> Iterator[Part]:
    # What is wrong is said last, where it is seen, and the parts are gone by then.
    for part in parts:
        problems += part.reading.problems
        yield part


@cli.command()
@enrich_options
def enrich(config_path: Path, as_json: bool, quiet: bool, **asked: Any) -> None:
    """Look up what papers lack, and write it to content/enriched for review.

    Further FILEs may follow the first: digest enrich --snapshot a.jsonl b.jsonl.gz
    """
    from digest.enrich.command import run, summary
    from digest.progress import Bar

    _check_named(config_path)
    with Bar(visible=not (quiet or as_json)) as bar:
        report = run(config_path, advance=bar.show, **asked)
    if as_json:
        fields = {name: getattr(report, name) for name in report.__struct_fields__}
        _print_json({**fields, "problems": [problem_fields(p) for p in report.problems]})
    else:
        _say(report.problems, only_errors=quiet)
        for line in summary(report) if not quiet else ():
            click.echo(visible(line), err=True)


@cli.command()
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

    _check_named(config_path)
    config = load_config(config_path, {"output": output})
    root, asked = config_path.parent, " ".join(query)
    answer = ask(root, config.output, asked, sort=sort, limit=limit)
    if as_json:
        _print_json(fields(answer))
        return
    for line in remarks(answer):
        click.echo(visible(line), err=True)
    for title, known in lines(answer):
        click.secho(visible(title), bold=True)
        click.echo(f"    {visible(known)}")
    shown, total = len(answer.shown), answer.result.total
    if total > shown:
        click.echo(f"{shown:,} of {total:,} papers. See more with --limit.", err=True)


@cli.command()
@click.argument("site", required=False, type=click.Path(path_type=Path))
@check_options
def check(
    site: Path | None,
    config_path: Path,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    **settings: str | None,
) -> None:
    """Check the sources, and the site's links, pages and size. SITE: another folder than that of
    the settings."""
    from digest.check.command import run, summary
    from digest.executors import default_jobs
    from digest.progress import Bar

    _check_named(config_path)
    with Bar(visible=not (quiet or as_json)) as bar:
        report = run(config_path, site, settings, jobs or default_jobs(), bar.show)
    if as_json:
        fields = {name: getattr(report, name) for name in report.__struct_fields__}
        _print_json({**fields, "problems": [problem_fields(p) for p in report.problems]})
    else:
        _say(report.problems, only_errors=quiet)
        if not quiet:
            click.echo(summary(report), err=True)
    if report.failed:
        sys.exit(1)


@cli.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Start a digest: settings, content/ and a workflow that publishes it."""
    from digest.scaffold import scaffold

    try:
        made, kept = scaffold(folder)
    except OSError as error:
        raise DigestError(
            Problem(
                str(error.filename or folder),
                None,
                "error",
                f"cannot be written: {error.strerror}",
                "Choose a folder that you may write to.",
            )
        ) from error
    for name in made:
        click.secho(f"  made  {name}", fg="green", err=True)
    for name in kept:
        click.echo(f"  kept  {name} (was there)", err=True)
    go = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"Next: drop your files into {folder / 'content'}, then: {go}digest build", err=True)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit."""
    try:
        cli.main(arguments, standalone_mode=False)
        status = 0
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except DigestError as error:
        _say(error.problems)
        if "--json" in (arguments if arguments is not None else sys.argv):
            _print_json({"problems": [problem_fields(p) for p in error.problems]})
        status = 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        status = 130
    except BrokenPipeError:
        # Whoever read our output has enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:
        if os.environ.get("DIGEST_DEBUG"):
            raise
        click.secho(f"digest failed: {type(error).__name__}: {error}", fg="red", err=True)
        click.echo(
            "This is a fault of digest. Please report it, with what "
            "“DIGEST_DEBUG=1 digest …” prints.",
            err=True,
        )
        status = 2
    sys.exit(status)


def _say(problems: Sequence[Problem], *, only_errors: bool = False) -> None:
    for line in problem_lines(problems, only_errors=only_errors):
        click.echo(line, err=True)


def _print_json(value: object) -> None:
    from digest.account import to_json

    click.echo(to_json(value))
