"""What day it is: the one thing that a build is told of the clock."""

from __future__ import annotations

import os
import time

_WRITTEN = "2026-11-22"
"""No clock that says an earlier day is right."""


def today() -> str:
    """`2026-11-22` in UTC, by SOURCE_DATE_EPOCH where that is set.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else time.time()
    return max(time.strftime("%Y-%m-%d", time.gmtime(seconds)), _WRITTEN)
