"""The commands that make a site, show it and look after it."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import click

from digest.cli.saying import check_named, print_json, say_problems
from digest.messages import closing_lines, problem_fields, report_fields, visible
from digest.options import check_options, deploy_options, site_options
from digest.problems import DigestError, Problem


@click.command()
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
    check_named(config_path)
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
        print_json({**report_fields(report), **stages})
    else:
        say_problems(report.problems, only_errors=quiet)
        if not quiet:
            for line in closing_lines(report, config_path.parent, config):
                click.echo(line, err=True)
        for stage, seconds in report.stages if profile else ():
            click.echo(f"{stage:>12} {seconds:8.3f} s", err=True)
    if strict and any(p.severity == "error" for p in report.problems):
        sys.exit(1)


@click.command()
@site_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535))
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def serve(config_path: Path, as_json: bool, quiet: bool, **options: Any) -> None:
    """Show the site while you work on it: what you save is seen at once."""
    from digest.serve.command import Voice
    from digest.serve.command import serve as preview

    check_named(config_path)

    def say(text: str, **style: Any) -> None:
        click.secho(visible(text), err=True, **style)

    def report(fields: dict[str, Any]) -> None:
        if as_json:
            print_json({**fields, "problems": [problem_fields(p) for p in fields["problems"]]})

    sys.exit(preview(config_path, Voice(say, say_problems, report, quiet or as_json), **options))


@click.command()
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

    check_named(config_path)
    with Bar(visible=not (quiet or as_json)) as bar:
        report = run(config_path, site, settings, jobs or default_jobs(), bar.show)
    if as_json:
        fields = {name: getattr(report, name) for name in report.__struct_fields__}
        print_json({**fields, "problems": [problem_fields(p) for p in report.problems]})
    else:
        say_problems(report.problems, only_errors=quiet)
        if not quiet:
            click.echo(summary(report), err=True)
    if report.failed:
        sys.exit(1)


@click.command()
@click.argument("target")
@deploy_options
def deploy(
    target: str, config_path: Path, output: str | None, as_json: bool, quiet: bool, **asked: Any
) -> None:
    """Bring the site that was built to where readers find it.

    TARGET: a folder, a branch of this git repository (git:gh-pages), or an address
    (s3://bucket/prefix).
    """
    from digest.deploy.command import Request, run, summary
    from digest.progress import Bar

    check_named(config_path)
    with Bar(visible=not (quiet or as_json)) as bar:
        request = Request(**asked)
        outcome, problems = run(config_path, {"output": output}, target, request, bar.show)
    if as_json:
        fields = {name: getattr(outcome, name) for name in outcome.__struct_fields__}
        print_json({**fields, "problems": [problem_fields(p) for p in problems]})
        return
    say_problems(problems, only_errors=quiet)
    if not quiet:
        click.echo(visible(summary(outcome)), err=True)


@click.command()
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
