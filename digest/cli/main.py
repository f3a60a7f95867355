"""The command `digest`: the only place that prints and exits.

Messages go to standard error, data to standard output. Exit status: 0 done; 1 done with errors
under `--strict`, or a failed check; 2 cannot run; 130 interrupted. What is heavy is imported by the
command that needs it, so that `digest --version` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from digest import __version__
from digest.cli import asking, making
from digest.cli.saying import print_json, say_problems
from digest.interrupt import listen
from digest.messages import problem_fields
from digest.problems import DigestError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def cli() -> None:
    """Turn any pile of papers into a literature digest: a static site with a page per paper."""


for command in (
    making.build,
    making.serve,
    making.check,
    making.deploy,
    asking.read,
    asking.search,
    asking.export,
    asking.enrich,
    making.init,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit."""
    listen()
    try:
        cli.main(arguments, standalone_mode=False)
        status = 0
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except DigestError as error:
        say_problems(error.problems)
        if "--json" in (arguments if arguments is not None else sys.argv):
            print_json({"problems": [problem_fields(p) for p in error.problems]})
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
