"""What tests share: makers of records and sightings, and the data that lies beside a checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from digest.paper import Record, Sighting, Source

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real listings and corpora with truth; absent from a clone that stands alone."""
    if not SHARED.is_dir():
        pytest.skip("the real listings are not beside this checkout (../shared)")
    return SHARED


@pytest.fixture
def sighting() -> Callable[..., Sighting]:
    """`sighting(file="a.txt", title=…, …)`: a record with the given fields, found in a file."""

    def make(file: str = "a.txt", start: int = 0, **fields: Any) -> Sighting:
        record = Record(span=(start, start + 10), **fields)
        return Sighting(record, Source(file, "titles", start, start + 10, 1, 2))

    return make
