"""The command `digest`."""

from digest.cli.main import cli, main

__all__ = ["cli", "main"]
